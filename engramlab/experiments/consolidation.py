"""Runs of lesson 12: a month of offline replay, and how far a memory generalises.

As in `experiments.engrams`.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from engramlab._quantities import known, not_negative, reals
from engramlab._types import Rng, generator
from engramlab.ensemble import (
    COURSE,
    REGIONS,
    RegionConstants,
    TwoRegions,
    consolidation_course,
    random_contexts,
    similar_context,
)
from engramlab.experiments.allocation import DAY_HOURS
from engramlab.trials import sweep

MONTH_DAYS = tuple(float(day) for day in range(1, 29, 3))
"""Days since learning on which lesson 12 reads out."""

READ_OUTS = (
    "intact",
    "hippocampus off",
    "cortex off",
    "light on hippocampus",
    "light on cortex",
    "another place",
)
"""Of `month_drives`, in its order."""

REPLAYS = ("on", "blocked", "out of reach")
"""What may be done to offline replay; see `month_drives`."""

SIMILARITIES = tuple(round(0.1 * step, 1) for step in range(11))
INHIBITIONS = (14.0, 9.0)


def month_drives(
    *,
    days: Sequence[float] = MONTH_DAYS,
    hypothesis: str = "decays",
    replay: str = "on",
    constants: RegionConstants = REGIONS,
    rng: Rng,
) -> NDArray[np.float64]:
    """Return the drive in one animal with two regions, on some days after one shock.

    Parameters
    ----------
    days : sequence of float
        Days since learning, ascending, each above 0.
    hypothesis : {"decays", "loses precision"}
        What becomes of the hippocampal trace; see `TwoRegions`.
    replay : {"on", "blocked", "out of reach"}
        "blocked": hippocampal output is blocked in each replay. "out of reach": the hippocampus
        replays and is heard, but its cells give no drive to the cortical ones onto which they have
        contacts (`reach` 0).
    constants : RegionConstants
        Of the model.
    rng : int or numpy.random.Generator
        Draws the animal, the contexts, drift and replays.

    Returns
    -------
    ndarray of shape (6, n_days)
        One row for each of `READ_OUTS`.

    Raises
    ------
    TypeError, ValueError
        If a setting is unknown or the days are not as above.

    See Also
    --------
    consolidation_course : the same with names. Lesson 12.

    Examples
    --------
    >>> month = month_drives(days=[1, 28], rng=1)
    >>> young, old = month[READ_OUTS.index("hippocampus off")]
    >>> bool(old > 2 * young)
    True
    """
    how = known("replay", replay, REPLAYS)
    month = consolidation_course(
        days,
        hypothesis=hypothesis,
        blocked=how == "blocked",
        constants=constants._replace(reach=0.0) if how == "out of reach" else constants,
        rng=rng,
    )
    return np.array(
        [
            month.intact,
            month.hippocampus_off,
            month.cortex_off,
            month.light_hippocampus,
            month.light_cortex,
            month.neutral,
        ]
    )


def gist_drives(
    *,
    day: float = 1.0,
    inhibitions: Sequence[float] = INHIBITIONS,
    similarities: Sequence[float] = SIMILARITIES,
    n_contexts: int = 4,
    rng: Rng,
) -> NDArray[np.float64]:
    """Return the drive from the hippocampus alone, in places that resemble the one of the shock.

    Parameters
    ----------
    day : float
        Days since the shock, 0 or more. The hippocampal trace stays: what differs is inhibition.
    inhibitions : sequence of float
        Of the hippocampus at recall.
    similarities : sequence of float
        Shares of its units that a test place has on as well, from 0 to 1.
    n_contexts : int
        Test places for each similarity; the drive is their mean.
    rng : int or numpy.random.Generator
        Draws the animal, the places, drift and replays.

    Returns
    -------
    ndarray of shape (n_inhibitions, n_similarities)

    Raises
    ------
    TypeError, ValueError
        If a setting is out of range.

    See Also
    --------
    generalisation_curve : of a brain as it is. Lesson 12.

    Examples
    --------
    The same place drives the read-out; with less inhibition a place that shares a fifth does more.

    >>> narrow, wide = gist_drives(similarities=[0.2, 1], rng=1)
    >>> bool(narrow[1] > 1), bool(wide[0] > narrow[0])
    (True, True)
    """
    source, hours = generator(rng), DAY_HOURS * not_negative("day", day, example="1")
    levels, shares = reals("inhibitions", inhibitions), reals("similarities", similarities)
    context = random_contexts(1, n_inputs=COURSE.n_inputs, n_active=COURSE.n_active, rng=source)[0]
    brain = TwoRegions.build(hypothesis="loses precision", rng=source).encode(context, rng=source)
    hippocampus = brain.advance(hours, rng=source).hippocampus
    drives = [
        [
            [hippocampus.recall(place, inhibition=level).drive for level in levels.tolist()]
            for place in (similar_context(context, share, rng=source) for _ in range(n_contexts))
        ]
        for share in shares.tolist()
    ]
    return np.asarray(np.mean(drives, axis=1).T)


def many_months(
    n_animals: int = 20, *, hypothesis: str = "decays", replay: str = "on"
) -> NDArray[np.float64]:
    """Return `month_drives` of the first animals of a sweep, of shape (n_animals, 6, n_days).

    Run once, however it is called: a widget, the predictions and the claims of lesson 12 show the
    same animals.
    """
    return _months(n_animals, hypothesis, replay)


@cache
def _months(n_animals: int, hypothesis: str, replay: str) -> NDArray[np.float64]:
    months: NDArray[np.float64] = sweep(
        month_drives,
        seeds=n_animals,
        grid={"hypothesis": [hypothesis], "replay": [replay]},
        progress=False,
    )[0, 0]
    months.setflags(write=False)
    return months


def many_gists(
    n_animals: int = 20, *, inhibitions: tuple[float, ...] = INHIBITIONS
) -> NDArray[np.float64]:
    """Return `gist_drives` of the same animals, (n_animals, n_inhibitions, n_similarities)."""
    return _gists(n_animals, inhibitions)


@cache
def _gists(n_animals: int, inhibitions: tuple[float, ...]) -> NDArray[np.float64]:
    gists: NDArray[np.float64] = sweep(
        gist_drives, seeds=n_animals, grid={"inhibitions": [inhibitions]}, progress=False
    )[0]
    gists.setflags(write=False)
    return gists
