"""What an experimenter does to the cells of an ensemble."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engramlab._checks import fraction as unit_share
from engramlab._checks import is_number
from engramlab._quantities import real
from engramlab._types import Rng, generator
from engramlab.ensemble._cells import Cells
from engramlab.ensemble._constants import STRONG
from engramlab.kernels.ensemble import move_contacts


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class TreatableCells(Cells):
    """Cells that can be treated; each treatment returns a new value."""

    def overexpress_creb(self, fraction: float, *, rng: Rng) -> Self:
        """Return the ensemble with more CREB in a random share of its cells: excitability + 0.3.

        Exactly round(fraction x n_cells) cells; `.creb` says which. It lasts, and replaces what an
        earlier treatment did to these cells.

        Parameters
        ----------
        fraction : float
            From 0 to 1; 0.15 in the lessons (ours).
        rng : int or numpy.random.Generator
            Chooses the cells.

        Raises
        ------
        TypeError, ValueError
            If that would be more cells than exist or are alive, or less than one, or `rng` is no
            seed.

        Notes
        -----
        Han J-H et al. (2007) Science 316:457-460, 10.1126/science.1139438: neurons with more CREB
        were more likely to be recruited. The size of the step is tuned.

        Examples
        --------
        >>> from engramlab.ensemble import Ensemble
        >>> int(Ensemble.build(rng=1).overexpress_creb(0.15, rng=2).creb.sum())
        60
        """
        return self._infected("CREB", fraction, self.constants.creb, rng)

    def lower_excitability(self, fraction: float, *, rng: Rng) -> Self:
        """Return the ensemble with a random share of its cells harder to excite, by 0.3 for good.

        Exactly round(fraction x n_cells) cells; `.lowered` says which. It stands for less CREB, or
        more of an inward-rectifier potassium channel.

        Parameters
        ----------
        fraction : float
            From 0 to 1.
        rng : int or numpy.random.Generator
            Chooses the cells.

        Raises
        ------
        TypeError, ValueError
            If that would be more cells than exist, or `rng` is no seed.

        Examples
        --------
        >>> from engramlab.ensemble import Ensemble
        >>> int(Ensemble.build(rng=1).lower_excitability(0.1, rng=2).lowered.sum())
        40
        """
        return self._infected("lower excitability", fraction, -self.constants.lowered, rng)

    def _infected(self, what: str, fraction: float, step: float, rng: Rng) -> Self:
        """Return the ensemble with a lasting step of excitability in a random share of cells."""
        if is_number(fraction) and fraction > 1:
            raise ValueError(
                f"fraction is {fraction}: {what} in {fraction * self.n_cells:.0f} cells of "
                f"{self.n_cells}; give a number from 0 to 1 (0.15 means 15 %)"
            )
        share = unit_share("fraction", fraction)
        wanted, alive = round(share * self.n_cells), int(self.alive.sum())
        if wanted > alive:
            raise ValueError(
                f"fraction is {fraction}: {what} in {wanted} cells, and only {alive} are alive; "
                f"give at most {alive / self.n_cells:g}"
            )
        if share and not wanted:
            raise ValueError(
                f"fraction is {fraction}, less than one of {self.n_cells} cells; give 0 or at "
                f"least {1 / self.n_cells:g}"
            )
        order = generator(rng).permutation(self.n_cells)
        virus = self.virus.copy()
        virus[order[self.alive[order]][:wanted]] = step
        return replace(self, virus=virus)

    def excite(self, cells: ArrayLike, amount: float) -> Self:
        """Return the ensemble with some cells made more excitable, as after activity: it fades.

        Parameters
        ----------
        cells : array_like of shape (n_cells,)
            True or False (or 1 and 0).
        amount : float
            In units of the mean drive of a context; below 0 makes them less excitable.

        Raises
        ------
        TypeError, ValueError
            If `cells` is no mask of these cells or `amount` no finite number.

        Notes
        -----
        Rashid AJ et al. (2016) Science 353:383-387, 10.1126/science.aaf0594: exciting the cells of
        one event just before a second, a day later, ties the two.

        Examples
        --------
        >>> import numpy as np
        >>> from engramlab.ensemble import Ensemble
        >>> start = Ensemble.build(rng=1)
        >>> more = start.excite(np.ones(400, dtype=bool), 0.4)
        >>> round(float((more.excitability - start.excitability).mean()), 3)
        0.4
        """
        step = real("amount", amount, cure="give one number, such as 0.4")
        return replace(self, excitability=self.excitability + step * self._cells("cells", cells))

    def ablate(self, cells: ArrayLike) -> Self:
        """Return the ensemble with some cells dead: they are never active again.

        Inhibition stays what it was: the threshold counts active cells among all that were built.

        Parameters
        ----------
        cells : array_like of shape (n_cells,)
            True or False (or 1 and 0).

        Raises
        ------
        TypeError, ValueError
            If `cells` is no mask of these cells, or no cell would be left.

        Examples
        --------
        >>> from engramlab.ensemble import Ensemble
        >>> treated = Ensemble.build(rng=1).overexpress_creb(0.15, rng=2)
        >>> int(treated.ablate(treated.creb).alive.sum())
        340
        """
        alive = self.alive & ~self._cells("cells", cells)
        if not alive.any():
            raise ValueError("cells would ablate every cell; leave at least one")
        return replace(self, alive=alive)

    def novelty(self) -> Self:
        """Return the ensemble after a novel experience: proteins are there, in every cell at once.

        Proteins go to 1 and fade with 1 h. Nothing is learned of the novel place itself.

        Notes
        -----
        Moncada D, Viola H (2007) J Neurosci 27:7476-7481, 10.1523/JNEUROSCI.1083-07.2007: a weak
        training lasts if the rat explores a novel place near that time. That novelty fills all
        cells with proteins is our reading of it.

        Examples
        --------
        >>> from engramlab.ensemble import Ensemble
        >>> Ensemble.build(rng=1).novelty().out_protein
        1.0
        """
        return replace(self, protein=np.ones_like(self.protein), out_protein=1.0)

    def remodel(self, fraction: float, *, rng: Rng) -> Self:
        """Return the ensemble after some of its input contacts moved to other inputs.

        In each cell round(fraction x its contacts) contacts, chosen at random, go to inputs that it
        had no contact with. They keep their baseline weight and lose what they learned. Contacts
        with the read-out stay: that is a hypothesis, not a finding.

        Parameters
        ----------
        fraction : float
            Of each cell's contacts, from 0 to 1; call once for each day.
        rng : int or numpy.random.Generator
            Chooses the contacts and where they go.

        Raises
        ------
        TypeError, ValueError
            If `fraction` lies outside [0, 1] or `rng` is no seed.

        Examples
        --------
        >>> import numpy as np
        >>> from engramlab.ensemble import Ensemble
        >>> start = Ensemble.build(rng=1)
        >>> later = start.remodel(0.05, rng=2)
        >>> bool(np.allclose(later.baseline.sum(axis=1), start.baseline.sum(axis=1)))
        True
        """
        part = unit_share("fraction", fraction)
        source = generator(rng)
        there = (self.baseline > 0).sum(axis=1)
        moves = np.minimum(np.rint(part * there).astype(np.int64), self.baseline.shape[1] - there)
        picks = source.random((self.n_cells, 2, int(moves.max())))
        baseline, early, late = self.baseline.copy(), self.early.copy(), self.late.copy()
        move_contacts(moves, picks, baseline, early, late)
        return replace(self, baseline=baseline, early=early, late=late)

    def depress(self, cells: ArrayLike, strength: float = STRONG) -> Self:
        """Return the ensemble after LTD of some cells' contacts with the read-out.

        One bout: early -= strength (1 + early), as in a slice. What lasts of it builds up in the
        hours after; let time pass between bouts.

        Parameters
        ----------
        cells : array_like of shape (n_cells,)
            True or False (or 1 and 0); cells without a contact are left as they are.
        strength : float
            From 0 to 1.

        Raises
        ------
        TypeError, ValueError
            If `cells` is no mask of these cells or `strength` lies outside [0, 1].

        Notes
        -----
        Nabavi S et al. (2014) Nature 511:348-352, 10.1038/nature13294: LTD switched a memory off,
        LTP switched it on again.

        Examples
        --------
        >>> import numpy as np
        >>> from engramlab.ensemble import Ensemble, random_contexts
        >>> start, box = Ensemble.build(rng=1), random_contexts(1, rng=2)[0]
        >>> shocked, engram = start.encode(box, shock=True, rng=3)
        >>> float(shocked.depress(engram, 0.5).out_early.max())
        0.0
        """
        return self._moved(cells, unit_share("strength", strength), -1.0)

    def potentiate(self, cells: ArrayLike, strength: float = STRONG) -> Self:
        """Return the ensemble after LTP of some cells' contacts with the read-out.

        One bout: early += strength (1 - early). No new contact is made.

        Parameters
        ----------
        cells : array_like of shape (n_cells,)
            True or False (or 1 and 0); cells without a contact are left as they are.
        strength : float
            From 0 to 1.

        Raises
        ------
        TypeError, ValueError
            If `cells` is no mask of these cells or `strength` lies outside [0, 1].

        See Also
        --------
        depress : the opposite, with the paper.

        Examples
        --------
        >>> from engramlab.ensemble import Ensemble, random_contexts
        >>> start, box = Ensemble.build(rng=1), random_contexts(1, rng=2)[0]
        >>> weak, engram = start.encode(box, shock=True, strength=0.5, rng=3)
        >>> float(weak.potentiate(engram, 0.5).out_early.max())
        0.75
        """
        return self._moved(cells, unit_share("strength", strength), 1.0)

    def _moved(self, cells: ArrayLike, strength: float, goal: float) -> Self:
        """Return the ensemble with read-out contacts a share of the way to their limit."""
        which = self._cells("cells", cells) & self.contacts & self.alive
        early = self.out_early.copy()
        early[which] += strength * (goal - early[which])
        return replace(self, out_early=early)

    def label(
        self, engram: ArrayLike, *, efficiency: float = 0.5, background: float = 0.05, rng: Rng
    ) -> NDArray[np.bool_]:
        """Return which cells carry a label: part of an engram, and some others by mistake.

        Parameters
        ----------
        engram : array_like of shape (n_cells,)
            Cells that were active while the label was open.
        efficiency, background : float
            Chance of the label for a cell of the engram, and for any other; from 0 to 1. With 1 and
            0 the label is the engram itself. Both values are ours.
        rng : int or numpy.random.Generator
            Draws the labels.

        Returns
        -------
        ndarray of shape (n_cells,)
            bool.

        Raises
        ------
        TypeError, ValueError
            If `engram` is no mask of these cells, a chance lies outside [0, 1] or `rng` is no seed.

        Examples
        --------
        >>> from engramlab.ensemble import Ensemble, random_contexts
        >>> start, box = Ensemble.build(rng=1), random_contexts(1, rng=2)[0]
        >>> _, engram = start.encode(box, rng=3)
        >>> labelled = start.label(engram, efficiency=1.0, background=0.0, rng=4)
        >>> bool((labelled == engram).all())
        True
        """
        cells = self._cells("engram", engram)
        chance = np.where(
            cells, unit_share("efficiency", efficiency), unit_share("background", background)
        )
        return np.asarray((generator(rng).random(self.n_cells) < chance) & self.alive)
