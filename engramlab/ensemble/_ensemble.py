"""The ensemble: cells that compete for an event, keep it in their synapses, and recall it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engramlab._checks import fraction, yes_or_no
from engramlab._quantities import not_negative
from engramlab._types import Rng, generator
from engramlab.ensemble._constants import STRONG
from engramlab.ensemble._results import Reactivation, recall_index
from engramlab.ensemble._treatments import TreatableCells
from engramlab.kernels.capture import advance
from engramlab.kernels.ensemble import add_drives, change_inputs, change_output, drift, settle


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class Ensemble(TreatableCells):
    """Cells of one region, driven by contexts, with a read-out such as fear.

    Cells compete for an event by their drive: what the context gives them through their synapses,
    and their excitability. The active ones potentiate the inputs that were on; if there is a shock,
    they also get contacts with the read-out. They stay more excitable for hours, and what they
    learned lasts where tagged synapses meet new proteins.

    Attributes
    ----------
    baseline, early, late : ndarray of shape (n_cells, n_inputs)
        float32; an input weight is baseline x max(1 + early + late, 0). No contact where the
        baseline is 0.
    protein : ndarray of shape (n_cells,)
        float32, plasticity-related proteins of each cell, from 0 to 1.
    excitability : ndarray of shape (n_cells,)
        float64, in units of the mean drive of a context; drifts around 0 with sd 0.2 in 7 h.
    virus : ndarray of shape (n_cells,)
        float64, what CREB or a channel adds to the excitability for good.
    alive : ndarray of shape (n_cells,)
        bool, False where ablated.
    contacts : ndarray of shape (n_cells,)
        bool, whether the cell has a contact with the read-out.
    out_early, out_late : ndarray of shape (n_cells,)
        float32; the weight of such a contact is max(1 + out_early + out_late, 0).
    out_protein : float
        Proteins of the read-out, from 0 to 1.
    at_hours : float
        Time since it was built.
    constants : EnsembleConstants
        `COURSE` holds the values and where each comes from.

    Notes
    -----
    Early and late parts follow Luboeinski J, Tetzlaff C (2021) Commun Biol 4:275,
    10.1038/s42003-021-01778-y. Competition by relative excitability: Han et al. (2007) and Yiu AP
    et al. (2014) Neuron 83:722-735, 10.1016/j.neuron.2014.07.017. That contacts outlive a block of
    protein synthesis is the hypothesis of Ryan TJ et al. (2015) Science 348:1007-1013,
    10.1126/science.aaa5542. The cells do not excite each other.

    See Also
    --------
    TwoRegions : hippocampus and cortex. Lessons 05, 06, 07 and 11.

    Examples
    --------
    A shock in one box; a day later that box recalls it and another does not.

    >>> from engramlab.ensemble import random_contexts
    >>> box, other = random_contexts(2, rng=1)
    >>> ensemble, engram = Ensemble.build(rng=2).encode(box, shock=True, rng=3)
    >>> later = ensemble.advance(24, rng=4)
    >>> later.recall(box).drive > 1.2, later.recall(other).drive < 0.5
    (True, True)
    """

    def encode(
        self,
        context: ArrayLike,
        *,
        shock: bool = False,
        strength: float = STRONG,
        light: ArrayLike | None = None,
        silence: ArrayLike | None = None,
        rng: Rng,
    ) -> tuple[Self, NDArray[np.bool_]]:
        """Return the ensemble after an event, and the cells that were active: its engram.

        No time passes. In active cells, inputs that are on move towards their upper limit by
        `strength`, inputs that are off a little towards their lower one, and excitability rises by
        0.8. With a shock each active cell gets a contact with the read-out with a chance of one
        half, unless it has one, and these contacts are potentiated by `strength`.

        Parameters
        ----------
        context : array_like of shape (n_inputs,)
            Units that are on.
        shock : bool
            Whether the event teaches the read-out.
        strength : float
            From 0 to 1; 1 is strong, 0.43 weak (ours).
        light, silence : array_like of shape (n_cells,), optional
            Cells driven by light, and cells that cannot fire; silence wins where both are given.
        rng : int or numpy.random.Generator
            Draws the new contacts.

        Returns
        -------
        ensemble : Ensemble
            After the event.
        engram : ndarray of shape (n_cells,)
            bool.

        Raises
        ------
        TypeError, ValueError
            If `context` does not fit the inputs or nothing is on in it, a mask does not fit the
            cells, every cell is silenced, or another argument is of the wrong kind.

        Examples
        --------
        >>> from engramlab.ensemble import random_contexts
        >>> after, engram = Ensemble.build(rng=1).encode(random_contexts(1, rng=2)[0], rng=3)
        >>> bool(0.08 < engram.mean() < 0.12), after.at_hours
        (True, 0.0)
        """
        scene = self._context(context)
        teaches = yes_or_no("shock", shock)
        eta = fraction("strength", strength)
        source = generator(rng)
        drive = self._driven(np.flatnonzero(scene), self._lit(light))
        active, _ = self._settled(drive, silence, self.constants.inhibition)
        early = self.early.copy()
        alike, eta_off = np.full(self.n_cells, eta), self.constants.eta_heterosynaptic
        change_inputs(self.baseline, scene, active, alike, eta_off, early)
        after = replace(self, early=early, excitability=self._bumped(active))
        return (after._tied(active, eta, source) if teaches else after), active

    def coreactivate(
        self, engrams: Sequence[ArrayLike], *, strength: float = STRONG, rng: Rng
    ) -> Self:
        """Return the ensemble after one bout of offline co-reactivation of several engrams.

        No context is there; a random 30 % of the cells of all `engrams` fire together (tuned) and
        become more excitable; inputs do not change. If they drive the read-out above a gate of 0.25
        (tuned), they are tied to it as by a shock: so cells of a memory that was never shocked are
        tied only in the company of one that was. More bouts tie other memories too.

        Parameters
        ----------
        engrams : sequence of array_like of shape (n_cells,)
            One or more.
        strength : float
            From 0 to 1.
        rng : int or numpy.random.Generator
            Draws which cells fire, and the new contacts.

        Raises
        ------
        TypeError, ValueError
            If no engram is given, one is no mask of these cells or empty, or `strength` lies
            outside [0, 1].

        Notes
        -----
        Zaki Y et al. (2024) Nature 637:145-155, 10.1038/s41586-024-08168-4: after a strong aversive
        event its ensemble and that of a neutral memory from two days before are reactivated
        together, and fear links back to the older memory.

        Examples
        --------
        >>> from engramlab.ensemble import random_contexts
        >>> box, cage = random_contexts(2, rng=2)
        >>> start, neutral = Ensemble.build(rng=1).encode(box, rng=3)
        >>> after, shocked = start.advance(48, rng=4).encode(cage, shock=True, rng=5)
        >>> alone, both = [neutral & ~shocked], [neutral & ~shocked, shocked]
        >>> [bool((after.coreactivate(cells, rng=6).contacts & alone[0]).any())
        ...  for cells in (alone, both)]
        [False, True]
        """
        eta = fraction("strength", strength)
        source = generator(rng)
        if not isinstance(engrams, (Sequence, np.ndarray)) or isinstance(engrams, str):
            raise TypeError(f"engrams is {engrams!r}; give a list of masks")
        if len(engrams) == 0:
            raise ValueError("engrams is empty; give a list of at least one mask")
        together = np.zeros(self.n_cells, dtype=np.bool_)
        for number, cells in enumerate(engrams):
            together |= self._cells(f"engrams[{number}]", cells, some=True)
        together &= self.alive & (source.random(self.n_cells) < self.constants.share_offline)
        after = replace(self, excitability=self._bumped(together))
        opens = self._read_out(together) > self.constants.gate_offline
        return after._tied(together, eta, source) if opens else after

    def advance(self, hours: float, *, protein_synthesis: bool = True, rng: Rng) -> Self:
        """Return the ensemble some hours later.

        Exact for any time: but for the drift of excitability, one long step equals many short ones.

        Parameters
        ----------
        hours : float
            0 or more.
        protein_synthesis : bool
            False while a drug such as anisomycin blocks it; proteins that are there stay.
        rng : int or numpy.random.Generator
            Draws the drift of excitability.

        Raises
        ------
        TypeError, ValueError
            If the time is negative or no finite number, or another argument is of the wrong kind.

        Examples
        --------
        >>> start = Ensemble.build(rng=1)
        >>> start.advance(24, rng=2).at_hours, start.at_hours
        (24.0, 0.0)
        """
        span = not_negative("hours", hours, example="24")
        synthesis = 1.0 if yes_or_no("protein_synthesis", protein_synthesis) else 0.0
        source = generator(rng)
        constants = self.constants
        early, late, protein = self.early.copy(), self.late.copy(), self.protein.copy()
        advance(early, late, protein, span, synthesis, constants.capture)
        out_early, out_late = self.out_early[None].copy(), self.out_late[None].copy()
        out_protein = np.array([self.out_protein], dtype=np.float32)
        advance(out_early, out_late, out_protein, span, synthesis, constants.capture)
        excitability = self.excitability.copy()
        drift(
            source.standard_normal(self.n_cells),
            span,
            constants.tau_excitability_hours,
            constants.sd_excitability,
            excitability,
        )
        return replace(
            self,
            early=early,
            late=late,
            protein=protein,
            excitability=excitability,
            out_early=out_early[0],
            out_late=out_late[0],
            out_protein=float(out_protein[0]),
            at_hours=self.at_hours + span,
        )

    def recall(
        self,
        context: ArrayLike,
        *,
        light: ArrayLike | None = None,
        silence: ArrayLike | None = None,
        inhibition: float | None = None,
    ) -> Reactivation:
        """Return what a context brings back; nothing is learned and no time passes.

        Parameters
        ----------
        context : array_like of shape (n_inputs,)
            Units that are on.
        light, silence : array_like of shape (n_cells,), optional
            Cells driven by light, and cells that cannot fire; silence wins where both are given.
        inhibition : float, optional
            At this recall, 0 or more; the ensemble's own by default.

        Raises
        ------
        TypeError, ValueError
            If `context` does not fit the inputs or nothing is on in it, a mask does not fit the
            cells, every cell is silenced, or `inhibition` is negative.

        Examples
        --------
        >>> from engramlab.ensemble import random_contexts
        >>> naive = Ensemble.build(rng=1).recall(random_contexts(1, rng=2)[0])
        >>> naive.drive, naive.recall_index < 0.001
        (0.0, True)
        """
        drive = self._driven(np.flatnonzero(self._context(context)), self._lit(light))
        gain = self.constants.inhibition
        if inhibition is not None:
            gain = not_negative("inhibition", inhibition, example="9")
        active, threshold = self._settled(drive, silence, gain)
        u = self._read_out(active)
        return Reactivation(
            cell_drive=drive,
            active=active,
            threshold=threshold,
            drive=u,
            recall_index=recall_index(u, self.constants),
        )

    def _read_out(self, active: NDArray[np.bool_]) -> float:
        """Return the drive that these cells give the read-out; 1 is an unstrengthened engram."""
        constants = self.constants
        unit = constants.p_contact * constants.size_expected * self.n_cells
        return float(self.out_weight[active].sum() / unit)

    def _lit(self, light: ArrayLike | None) -> NDArray[np.float64]:
        """Return excitability and what light adds to it, as a new array."""
        lasting = self.excitability + self.virus
        if light is not None:
            lasting += self.constants.light * self._cells("light", light)
        return lasting

    def _driven(self, units: NDArray[np.int64], start: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return each cell's drive: `start`, changed in place by what the inputs add."""
        add_drives(self.baseline, self.early, self.late, units, start)
        return start

    def _settled(
        self, drive: NDArray[np.float64], silence: ArrayLike | None, inhibition: float
    ) -> tuple[NDArray[np.bool_], float]:
        """Return which cells win, and the threshold."""
        able = self.alive
        if silence is not None:
            able = able & ~self._cells("silence", silence)
            if not able.any():
                raise ValueError("silence leaves no cell that can fire; leave at least one")
        active = np.zeros(self.n_cells, dtype=np.bool_)
        threshold = settle(np.where(able, drive, -np.inf), inhibition, active)
        return active, threshold

    def _bumped(self, active: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return the excitability after these cells were active."""
        return np.asarray(self.excitability + self.constants.bump * active)

    def _tied(self, active: NDArray[np.bool_], eta: float, rng: np.random.Generator) -> Self:
        """Return the ensemble with active cells tied to the read-out."""
        contacts, early = self.contacts.copy(), self.out_early.copy()
        grows = rng.random(self.n_cells) < self.constants.p_contact
        change_output(active, grows, np.full(self.n_cells, eta), contacts, early)
        return replace(self, contacts=contacts, out_early=early)
