"""Weeks of consolidation, read out day by day, and how far a memory generalises."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engramlab._checks import whole
from engramlab._quantities import reals
from engramlab._types import Rng, array_repr, generator
from engramlab.ensemble._constants import COURSE, EnsembleConstants
from engramlab.ensemble._contexts import random_contexts, similar_context
from engramlab.ensemble._region_constants import (
    DAY_HOURS,
    REGIONS,
    RegionConstants,
    checked_ensemble,
)
from engramlab.ensemble._regions import TwoRegions

DAYS = (1.0, 2.0, 4.0, 8.0, 14.0, 28.0)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class ConsolidationCourse:
    """The drive of the read-out, day by day; each array has shape (n_days,).

    Attributes
    ----------
    days : ndarray
        Days since learning.
    intact : ndarray
        Recall in the context with both regions.
    hippocampus_off, cortex_off : ndarray
        The same with one of them silenced.
    light_hippocampus, light_cortex : ndarray
        Light on all of one engram in another context, with the other region silenced.
    neutral : ndarray
        Both regions in that other context, without light.
    final : TwoRegions
        The regions after the last day.
    """

    days: NDArray[np.float64]
    intact: NDArray[np.float64]
    hippocampus_off: NDArray[np.float64]
    cortex_off: NDArray[np.float64]
    light_hippocampus: NDArray[np.float64]
    light_cortex: NDArray[np.float64]
    neutral: NDArray[np.float64]
    final: TwoRegions

    __repr__ = array_repr


def consolidation_course(
    days: Sequence[float] = DAYS,
    *,
    hypothesis: str = "decays",
    blocked: bool = False,
    constants: RegionConstants = REGIONS,
    ensemble: EnsembleConstants = COURSE,
    rng: Rng,
) -> ConsolidationCourse:
    """Return weeks of offline replay after one shock, read out on some days.

    Parameters
    ----------
    days : sequence of float
        Days since learning, ascending, each above 0.
    hypothesis : {"decays", "loses precision"}
        What becomes of the hippocampal trace; see `TwoRegions`.
    blocked : bool
        Whether no replay reaches the cortex, neither the context nor a call: the control for
        replay as a whole.
    constants : RegionConstants
        Of the two regions. With `reach` 0 the context comes back in replay, but hippocampal cells
        do not call cortical ones: the control for the call alone.
    ensemble : EnsembleConstants
        Of each region.
    rng : int or numpy.random.Generator
        Draws the regions, the contexts, drift and replays.

    Returns
    -------
    ConsolidationCourse

    Raises
    ------
    TypeError, ValueError
        If the days are not as above or a setting is unknown.

    See Also
    --------
    TwoRegions : how a replay works, and its two controls. Lesson 12.

    Examples
    --------
    Without the hippocampus a memory of one day fails (a drive below 0.66 is a recall index below
    0.2), one of four weeks does not; without the cortex it is the other way round.

    >>> month = consolidation_course(days=[1, 28], rng=1)
    >>> (month.hippocampus_off < 0.66).tolist(), (month.cortex_off < 0.66).tolist()
    ([True, False], [False, True])
    """
    when = reals("days", days)
    if when.ndim != 1 or when.size == 0 or when[0] <= 0 or (np.diff(when) <= 0).any():
        raise ValueError(f"days is {days}; give days above 0 in ascending order, such as [1, 28]")
    source = generator(rng)
    checked_ensemble(ensemble)
    box, other = random_contexts(
        2, n_inputs=ensemble.n_inputs, n_active=ensemble.n_active, rng=source
    )
    start = TwoRegions.build(
        hypothesis=hypothesis, constants=constants, ensemble=ensemble, rng=source
    )
    brain = start.encode(box, rng=source)
    rows = []
    for day in when:
        brain = brain.advance(DAY_HOURS * day - brain.age_hours, blocked=blocked, rng=source)
        first, second = brain.engram_hippocampus, brain.engram_cortex
        rows.append(
            [
                brain.recall(box).drive,
                brain.recall(box, off="hippocampus").drive,
                brain.recall(box, off="cortex").drive,
                brain.recall(other, off="cortex", light_hippocampus=first).drive,
                brain.recall(other, off="hippocampus", light_cortex=second).drive,
                brain.recall(other).drive,
            ]
        )
    intact, no_hippocampus, no_cortex, lit_hippocampus, lit_cortex, neutral = np.array(rows).T
    return ConsolidationCourse(
        days=when,
        intact=intact,
        hippocampus_off=no_hippocampus,
        cortex_off=no_cortex,
        light_hippocampus=lit_hippocampus,
        light_cortex=lit_cortex,
        neutral=neutral,
        final=brain,
    )


def generalisation_curve(
    brain: TwoRegions,
    similarities: Sequence[float] = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0),
    *,
    off: str | None = None,
    n_contexts: int = 1,
    rng: Rng,
) -> NDArray[np.float64]:
    """Return the drive in contexts that share less and less with the one that was learned.

    Parameters
    ----------
    brain : TwoRegions
        With a memory.
    similarities : sequence of float
        Shares of its units that a test context has on as well, from 0 to 1.
    off : {"hippocampus", "cortex"}, optional
        A region that is silenced meanwhile.
    n_contexts : int
        Test contexts for each similarity, 1 or more.
    rng : int or numpy.random.Generator
        Draws the contexts.

    Returns
    -------
    ndarray of shape (n_similarities, n_contexts)

    Raises
    ------
    TypeError, ValueError
        If nothing has been learned, or an argument is not as above.

    Examples
    --------
    The same context drives the read-out, one without a unit in common does not.

    >>> brain = TwoRegions.build(rng=1).encode(random_contexts(1, rng=2)[0], rng=3)
    >>> (generalisation_curve(brain.advance(24, rng=4), [0, 1], rng=5) > 0.6).tolist()
    [[False], [True]]
    """
    if not isinstance(brain, TwoRegions):
        raise TypeError(
            f"brain is {brain!r}; give a TwoRegions, such as consolidation_course(rng=1).final"
        )
    brain._learned()
    source, n = generator(rng), whole("n_contexts", n_contexts, least=1)
    shares = reals("similarities", similarities)
    if shares.ndim != 1 or shares.size == 0:
        raise ValueError(f"similarities is {similarities}; give one row of numbers from 0 to 1")
    return np.array(
        [
            [
                brain.recall(similar_context(brain.context, share, rng=source), off=off).drive
                for _ in range(n)
            ]
            for share in shares.tolist()
        ]
    )
