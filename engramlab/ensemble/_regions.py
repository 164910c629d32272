"""Hippocampus and cortex: one memory, replayed offline for weeks."""

import math
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engramlab._checks import mask, yes_or_no
from engramlab._quantities import known, not_negative
from engramlab._types import Rng, array_repr, generator
from engramlab.ensemble._constants import COURSE, STRONG, EnsembleConstants
from engramlab.ensemble._ensemble import Ensemble
from engramlab.ensemble._region_constants import (
    DAY_HOURS,
    HYPOTHESES,
    PLACES,
    REGIONS,
    RegionConstants,
    checked_ensemble,
    checked_regions,
)
from engramlab.ensemble._results import Reactivation, recall_index
from engramlab.kernels.ensemble import change_inputs, change_output


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class RegionsReactivation:
    """What a recall with both regions, or with one of them, gives back.

    Attributes
    ----------
    hippocampus, cortex : Reactivation or None
        Of each region; None for the one that is off.
    drive : float
        What the read-out gets: the sum over the regions that are on.
    recall_index : float
        Its logistic, from 0 to 1; see `Reactivation`.
    """

    hippocampus: Reactivation | None
    cortex: Reactivation | None
    drive: float
    recall_index: float

    __repr__ = array_repr


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class TwoRegions:
    """A hippocampus that learns at once and a cortex that learns a little in each replay.

    An event leaves an engram in both. Cells of the hippocampal engram get contacts onto cells of
    the cortical one. Each night, replays bring back part of the context in both regions;
    hippocampal cells that are active again call their cortical partners, and the cortical cells
    that win strengthen their synapses a little. What becomes of the hippocampal trace meanwhile is
    the open question, so it is a setting.

    Replay has two controls. `blocked`: no replay reaches the cortex; neither does the context come
    back there, nor does any cell call. `reach` 0 in the constants: the context comes back in both
    regions and hippocampal cells fire, but their call moves no cortical cell. The first asks what
    replay does, the second what the call does.

    Built in: that the cortex learns slowly and the hippocampus fast; that a replay brings back the
    context (as in complementary learning systems); that contacts, once there, stay; that the late
    parts fade in one region only; that both regions drive one read-out, which adds. At recall each
    region answers the context by itself, without a call from the hippocampus.

    Attributes
    ----------
    hippocampus, cortex : Ensemble
        The two regions, on one clock.
    contacts : ndarray of shape (n_cells, n_cells)
        bool; row = cortical cell, column = hippocampal cell.
    context : ndarray of shape (n_inputs,)
        bool, what was learned; nothing is on before that.
    engram_hippocampus, engram_cortex : ndarray of shape (n_cells,)
        bool, the cells that were active while it was learned.
    learned_at_hours : float
        On the clock; NaN before.
    hypothesis : {"decays", "loses precision"}
        Of the hippocampal trace. "decays": the late parts of its synapses fade with 8 days. "loses
        precision": they stay, and inhibition at its recall falls from 14 to 9 over 28 days.
    constants : RegionConstants
        What was added to the constants of an ensemble, with what was tuned.

    References
    ----------
    Kitamura T et al. (2017) Science 356:73-78, 10.1126/science.aam6808: prefrontal engram cells
    form on day 1, are silent at first and mature with hippocampal input, while hippocampal engram
    cells fall silent. The field is split on whether the hippocampus is needed for old memories.

    See Also
    --------
    consolidation_course : a month of it. Lesson 12.

    Examples
    --------
    Before anything is learned, a context gives the read-out nothing.

    >>> from engramlab.ensemble import random_contexts
    >>> box = random_contexts(1, rng=1)[0]
    >>> TwoRegions.build(rng=2).recall(box).drive
    0.0
    """

    hippocampus: Ensemble
    cortex: Ensemble
    contacts: NDArray[np.bool_]
    context: NDArray[np.bool_]
    engram_hippocampus: NDArray[np.bool_]
    engram_cortex: NDArray[np.bool_]
    learned_at_hours: float
    hypothesis: str
    constants: RegionConstants

    def __repr__(self) -> str:
        """Say how large the regions are and when it is."""
        return (
            f"TwoRegions({self.n_cells} cells each, hippocampal trace {self.hypothesis}, "
            f"at {self.at_hours:g} hours)"
        )

    @classmethod
    def build(
        cls,
        *,
        hypothesis: str = "decays",
        constants: RegionConstants = REGIONS,
        ensemble: EnsembleConstants = COURSE,
        rng: Rng,
    ) -> Self:
        """Return two regions that know nothing.

        Parameters
        ----------
        hypothesis : {"decays", "loses precision"}
            What becomes of the hippocampal trace.
        constants : RegionConstants
            Of the two regions; their `n_cells` is the one that counts.
        ensemble : EnsembleConstants
            Of each region.
        rng : int or numpy.random.Generator
            Draws the baseline weights.

        Raises
        ------
        TypeError, ValueError
            If the hypothesis is none of the two or a constant is out of range.
        """
        which = known("hypothesis", hypothesis, HYPOTHESES)
        checked_regions(constants)
        checked_ensemble(ensemble)
        source = generator(rng)
        base = ensemble._replace(n_cells=constants.n_cells)
        fading = base.capture._replace(tau_late_hours=float(constants.tau_late_hours))
        first = base._replace(capture=fading) if which == "decays" else base
        hippocampus = Ensemble.build(constants=first, rng=source)
        cortex = Ensemble.build(constants=base, rng=source)
        n = hippocampus.n_cells
        return cls(
            hippocampus=hippocampus,
            cortex=cortex,
            contacts=np.zeros((n, n), dtype=np.bool_),
            context=np.zeros(base.n_inputs, dtype=np.bool_),
            engram_hippocampus=np.zeros(n, dtype=np.bool_),
            engram_cortex=np.zeros(n, dtype=np.bool_),
            learned_at_hours=math.nan,
            hypothesis=which,
            constants=constants,
        )

    @property
    def n_cells(self) -> int:
        """Number of cells of each region."""
        return self.hippocampus.n_cells

    @property
    def at_hours(self) -> float:
        """Time on the clock that both regions share."""
        return self.hippocampus.at_hours

    @property
    def age_hours(self) -> float:
        """Time since the memory was made; NaN before."""
        return self.at_hours - self.learned_at_hours

    @property
    def inhibition_hippocampus(self) -> float:
        """Inhibition in the hippocampus at recall: constant, or falling with the memory's age."""
        fresh = self.hippocampus.constants.inhibition
        if self.hypothesis != "loses precision" or math.isnan(self.learned_at_hours):
            return float(fresh)
        share = min(self.age_hours / self.constants.precision_hours, 1.0)
        return float(fresh + (self.constants.inhibition_remote - fresh) * share)

    def encode(self, context: ArrayLike, *, rng: Rng) -> Self:
        """Return the regions after one shock in a context; the clock stands still.

        The hippocampus learns all at once, the cortex a little. In both, active cells get contacts
        with the read-out; between active cells, contacts grow from hippocampus to cortex.

        Parameters
        ----------
        context : array_like of shape (n_inputs,)
            True or False (or 1 and 0).
        rng : int or numpy.random.Generator
            Draws the contacts.

        Raises
        ------
        TypeError, ValueError
            If it is no context, or a memory has been made before: this model follows one.
        """
        if self.context.any():
            raise ValueError(
                f"a memory was made at {self.learned_at_hours:g} h; this model follows one memory, "
                "so build two regions for each"
            )
        source = generator(rng)
        units = mask("context", context, n=self.context.size, what="input", some=True)
        hippocampus, first = self.hippocampus.encode(units, shock=True, strength=STRONG, rng=source)
        little = self.constants.eta_cortex
        cortex, second = self.cortex.encode(units, shock=True, strength=little, rng=source)
        contacts = self.contacts.copy()
        pairs = np.ix_(second, first)
        contacts[pairs] = source.random(contacts[pairs].shape) < self.constants.p_contact
        return replace(
            self,
            hippocampus=hippocampus,
            cortex=cortex,
            contacts=contacts,
            context=units,
            engram_hippocampus=first,
            engram_cortex=second,
            learned_at_hours=self.at_hours,
        )

    def advance(self, hours: float, *, blocked: bool = False, rng: Rng) -> Self:
        """Return the regions some hours later, with the replays of each night in between.

        Parameters
        ----------
        hours : float
            0 or more. The first night comes 12 h after learning, the next ones every 24 h.
        blocked : bool
            Whether no replay reaches the cortex: neither does the context come back there, nor does
            a hippocampal cell call. The control for replay as a whole; that for the call alone is
            the constant `reach` at 0.
        rng : int or numpy.random.Generator
            Draws the drift of excitability and the replays.

        Raises
        ------
        TypeError, ValueError
            If the time is negative or no finite number.
        """
        span = not_negative("hours", hours, example="24")
        source, stopped = generator(rng), yes_or_no("blocked", blocked)
        brain, end = self, self.at_hours + span
        for night in self._nights(end):
            brain = brain._pass(night - brain.at_hours, source)
            for _ in range(brain.constants.n_replays):
                brain = brain.replay(blocked=stopped, rng=source)
        return brain._pass(end - brain.at_hours, source)

    def _learned(self) -> None:
        """Refuse to go on before there is a memory."""
        if not self.context.any():
            raise ValueError("nothing has been learned; call encode(context, rng=...) first")

    def _nights(self, end: float) -> list[float]:
        """Return the hours of the nights after now and up to `end`; none before learning."""
        if math.isnan(self.learned_at_hours):
            return []
        first = self.learned_at_hours + self.constants.first_night_hours
        # A hair of tolerance: sums of many short times miss a night by rounding.
        passed, coming = (
            max(math.floor((hour - first) / DAY_HOURS + 1e-9) + 1, 0)
            for hour in (self.at_hours, end)
        )
        return [first + DAY_HOURS * k for k in range(passed, coming)]

    def _pass(self, hours: float, source: np.random.Generator) -> Self:
        """Return the regions after hours without a replay."""
        if hours <= 0:
            return self
        return replace(
            self,
            hippocampus=self.hippocampus.advance(hours, rng=source),
            cortex=self.cortex.advance(hours, rng=source),
        )

    def replay(self, *, blocked: bool = False, rng: Rng) -> Self:
        """Return the regions after one offline replay; the clock stands still.

        Part of the context comes back in both regions (built in). The hippocampal cells that it
        makes active call the cortical cells onto which they have contacts; the cortical cells that
        win with that help learn, each by a strength of its own. Without a call (`reach` 0) those
        learn that win by the context alone.

        Parameters
        ----------
        blocked : bool
            Whether the replay does not reach the cortex, neither context nor call: see `advance`.
        rng : int or numpy.random.Generator
            Draws which units come back, and how strongly each cell takes part.

        Raises
        ------
        TypeError, ValueError
            If nothing has been learned, or an argument is not as above.
        """
        self._learned()
        source, c, cortex = generator(rng), self.constants, self.cortex
        # Drawn for the blocked arm too, so that both arms see the same chances.
        back = self.context & (source.random(self.context.size) < c.fidelity)
        scatter = c.spread_replay * source.standard_normal(self.n_cells) - c.spread_replay**2 / 2
        if yes_or_no("blocked", blocked) or not back.any():
            return self
        calling = self.hippocampus.recall(back).active
        partners = c.p_contact * self.engram_hippocampus.sum()
        called = c.reach * self.contacts[:, calling].sum(axis=1) / max(partners, 1.0)
        helped = replace(cortex, excitability=cortex.excitability + called)
        learning = helped.recall(back).active
        eta = np.minimum(c.eta_cortex * np.exp(scatter), 1.0)
        early, out_early = cortex.early.copy(), cortex.out_early.copy()
        eta_off = cortex.constants.eta_heterosynaptic
        change_inputs(cortex.baseline, back, learning, eta, eta_off, early)
        # No contact with the read-out is new: those grow when an event is encoded.
        change_output(learning, np.zeros_like(learning), eta, cortex.contacts.copy(), out_early)
        return replace(self, cortex=replace(cortex, early=early, out_early=out_early))

    def recall(
        self,
        context: ArrayLike,
        *,
        off: str | None = None,
        light_hippocampus: ArrayLike | None = None,
        light_cortex: ArrayLike | None = None,
    ) -> RegionsReactivation:
        """Return what a context, or light, brings back; nothing is learned.

        Parameters
        ----------
        context : array_like of shape (n_inputs,)
            True or False (or 1 and 0).
        off : {"hippocampus", "cortex"}, optional
            A region that is silenced meanwhile.
        light_hippocampus, light_cortex : array_like of shape (n_cells,), optional
            Which cells of a region are lit, for example `engram_cortex`.

        Raises
        ------
        TypeError, ValueError
            If a mask does not fit, there is no such region, or one is lit that is off.
        """
        silent = None if off is None else known("off", off, PLACES)
        inhibition = {"hippocampus": self.inhibition_hippocampus, "cortex": None}
        found: dict[str, Reactivation | None] = dict.fromkeys(PLACES)
        lights = (light_hippocampus, light_cortex)
        for place, region, light in zip(
            PLACES, (self.hippocampus, self.cortex), lights, strict=True
        ):
            if place == silent:
                if light is not None:
                    raise ValueError(
                        f"light_{place} is given and the {place} is off; leave one out"
                    )
                continue
            lit = None if light is None else mask(f"light_{place}", light, n=self.n_cells)
            found[place] = region.recall(context, light=lit, inhibition=inhibition[place])
        drive = float(sum(part.drive for part in found.values() if part is not None))
        return RegionsReactivation(
            **found, drive=drive, recall_index=recall_index(drive, self.cortex.constants)
        )
