"""A slice of hippocampus with a few pathways onto one cell: tagging and capture over hours."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engramlab._checks import fraction, whole, yes_or_no
from engramlab._quantities import not_negative, spike_times
from engramlab._types import array_repr
from engramlab.kernels import calcium
from engramlab.kernels.capture import LUBOEINSKI_2021, CaptureConstants, advance
from engramlab.protocols import Stimulus

C_PRE, C_POST, DELAY_MS = 1.0, 0.2758, 18.8  # calcium of a spike, and how late it is (same paper)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class Slice:
    """One cell with several pathways, each a synapse with an early and a late part.

    A tetanus sets the early part, which fades in hours, and leaves a tag on its own synapses. A
    strong one also makes the cell build proteins, and any synapse that has a tag can use them: a
    weak tetanus borrows what a strong one paid for.

    Attributes
    ----------
    early, late : ndarray of shape (n_pathways,)
        float32, from -1 to 1 and from -0.5 to 1; the weight is 1 + early + late.
    protein : float
        Plasticity-related proteins of the cell, from 0 to 1.
    at_hours : float
        Time since the start.
    constants : CaptureConstants
        Of Luboeinski and Tetzlaff (2021): the early part fades with 1.91 h; the tag stands while
        it is above 0.2, synthesis goes on while it is above 0.5; proteins and the late part build
        up with 1 h each.

    References
    ----------
    Luboeinski J, Tetzlaff C (2021) Commun Biol 4:275, 10.1038/s42003-021-01778-y. Experiments:
    Frey U, Morris R (1997) Nature 385:533-536, 10.1038/385533a0; Frey U, Morris R (1998)
    Neuropharmacology 37:545-552. In the second paper a weak tetanus is rescued by a strong one that
    comes 1 h later; in the model its tag is nearly spent by then (0.089), so the model's window is
    too short.

    See Also
    --------
    slice_course : the same over ten hours. Lesson 03.

    Examples
    --------
    A weak tetanus is gone the next day; with a strong one on another pathway it outlasts the day.

    >>> weak = Slice.rest().potentiate(0, 0.43)
    >>> round(float(weak.advance(24).weight[0]), 2)
    1.0
    >>> both = weak.potentiate(1, 0.98).advance(24)
    >>> round(float(both.weight[0]), 2)
    1.49
    """

    early: NDArray[np.float32]
    late: NDArray[np.float32]
    protein: float
    at_hours: float
    constants: CaptureConstants

    __repr__ = array_repr

    @classmethod
    def rest(
        cls,
        n_pathways: int = 2,
        *,
        constants: CaptureConstants = LUBOEINSKI_2021,
    ) -> Self:
        """Return a slice before any stimulation: all weights at 1.

        Parameters
        ----------
        n_pathways : int
            How many, 1 or more.
        constants : CaptureConstants
            Another set, for example with `tau_late_hours`.

        Raises
        ------
        TypeError, ValueError
            If `n_pathways` is not a whole number of 1 or more.
        """
        n = whole("n_pathways", n_pathways, least=1)
        zero = np.zeros(n, dtype=np.float32)
        floats = CaptureConstants(*(float(value) for value in constants))
        return cls(early=zero, late=zero.copy(), protein=0.0, at_hours=0.0, constants=floats)

    @property
    def n_pathways(self) -> int:
        """Number of pathways."""
        return len(self.early)

    @property
    def weight(self) -> NDArray[np.float64]:
        """Weight of each pathway, 1 + early + late, never below 0; shape (n_pathways,)."""
        return np.maximum(1.0 + self.early.astype(np.float64) + self.late, 0.0)

    @property
    def tagged(self) -> NDArray[np.bool_]:
        """Whether each pathway's synapses have their tag; shape (n_pathways,)."""
        return np.asarray(np.abs(self.early) > self.constants.threshold_tag)

    @property
    def tag_left_hours(self) -> NDArray[np.float64]:
        """How long each tag will stand if nothing else happens; shape (n_pathways,)."""
        return self._above_hours(self.constants.threshold_tag)

    @property
    def synthesis_left_hours(self) -> float:
        """How long the cell will go on building proteins, without a drug."""
        return float(self._above_hours(self.constants.threshold_protein).max())

    def _above_hours(self, threshold: float) -> NDArray[np.float64]:
        """Return for how long the early parts will be above a threshold."""
        size = np.maximum(np.abs(self.early.astype(np.float64)) / threshold, 1.0)
        return np.asarray(self.constants.tau_early_hours * np.log(size))

    def potentiate(self, pathway: int, size: float) -> Self:
        """Return the slice after a stimulation that strengthens: early += size (1 - early).

        Parameters
        ----------
        pathway : int
            Which, from 0.
        size : float
            From 0 to 1; from rest it is the early part itself. 0.43 is weak, 0.98 strong (ours).

        Raises
        ------
        TypeError, ValueError
            If there is no such pathway or the size is out of range.
        """
        return self._moved(pathway, fraction("size", size), 1.0)

    def depress(self, pathway: int, size: float) -> Self:
        """Return the slice after a stimulation that weakens: early -= size (1 + early).

        Parameters
        ----------
        pathway : int
            Which, from 0.
        size : float
            From 0 to 1; the tag needs more than 0.2.

        Raises
        ------
        TypeError, ValueError
            If there is no such pathway or the size is out of range.
        """
        return self._moved(pathway, fraction("size", size), -1.0)

    def apply(self, stimulus: Stimulus) -> Self:
        """Return the slice after a stimulus, whatever its time; see `protocols.Stimulus`.

        Raises
        ------
        ValueError
            If there is no such pathway.
        """
        goal = 1.0 if stimulus.size >= 0 else -1.0
        return self._moved(stimulus.pathway, abs(stimulus.size), goal)

    def tetanise(self, pathway: int, pre_ms: ArrayLike, post_ms: ArrayLike = ()) -> Self:
        """Return the slice after a train of spikes, by the calcium rule of the same paper.

        The train counts as one instant for proteins and tags; without noise.

        Parameters
        ----------
        pathway : int
            Which, from 0.
        pre_ms, post_ms : array_like of shape (n_spikes,)
            Spike times; see `protocols.tetanus`. No spikes change nothing.

        Raises
        ------
        TypeError, ValueError
            If there is no such pathway, or times are negative, unsorted, NaN or no numbers.

        Examples
        --------
        >>> from engramlab.protocols import tetanus
        >>> round(float(Slice.rest().tetanise(0, tetanus(100, 200)).early[0]), 2)
        0.36
        """
        pre, post = spike_times("pre_ms", pre_ms), spike_times("post_ms", post_ms)
        which = self._known(pathway)
        times = np.concatenate([pre + DELAY_MS, post])
        if times.size == 0:
            return self
        order = np.argsort(times, kind="stable")
        jumps = np.concatenate([np.full(pre.size, C_PRE), np.full(post.size, C_POST)])[order]
        rule = calcium.LUBOEINSKI_2021
        before = rule.rest * (1.0 + float(self.early[which]))
        after = calcium.follow_calcium(
            times[order], jumps, before, float(times.max() + 10 * rule.tau_calcium_ms), rule
        )
        return self._with_early(which, after / rule.rest - 1.0)

    def advance(self, hours: float, *, protein_synthesis: bool = True) -> Self:
        """Return the slice some hours later; one long step equals many short ones.

        Parameters
        ----------
        hours : float
            0 or more.
        protein_synthesis : bool
            False while a drug such as anisomycin blocks it; proteins that are there stay.

        Raises
        ------
        TypeError, ValueError
            If the time is negative or no finite number.
        """
        span = not_negative("hours", hours, example="0.5")
        early, late = self.early[None].copy(), self.late[None].copy()
        protein = np.array([self.protein], dtype=np.float32)
        advance(
            early,
            late,
            protein,
            span,
            1.0 if yes_or_no("protein_synthesis", protein_synthesis) else 0.0,
            self.constants,
        )
        return replace(
            self,
            early=early[0],
            late=late[0],
            protein=float(protein[0]),
            at_hours=self.at_hours + span,
        )

    def _known(self, pathway: int) -> int:
        """Return the number of a pathway that exists."""
        which = whole("pathway", pathway, least=0)
        if which >= self.n_pathways:
            raise ValueError(
                f"pathway is {pathway}; this slice has {self.n_pathways}, numbered from 0 to "
                f"{self.n_pathways - 1}"
            )
        return which

    def _moved(self, pathway: int, size: float, goal: float) -> Self:
        """Return the slice with the early part a share of the way to its limit."""
        which = self._known(pathway)
        start = float(self.early[which])
        return self._with_early(which, start + size * (goal - start))

    def _with_early(self, pathway: int, value: float) -> Self:
        early = self.early.copy()
        early[pathway] = value
        return replace(self, early=early)
