"""Runs of lesson 11: when recall fails, is the memory gone? Also what saves a weak one.

As in `experiments.engrams`.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engramlab._checks import fraction, number_within, whole, yes_or_no
from engramlab._quantities import known
from engramlab._types import Bool, Rng, generator
from engramlab.ensemble import COURSE, WEAK, Ensemble, EnsembleConstants, as_many_others
from engramlab.experiments.allocation import DAY_HOURS, Reading, newborn, reading

ARMS_REMODELLED = ("natural", "light", "light on others")
AIMS = ("A", "B")


class Switched(NamedTuple):
    """Two memories of one animal, read out in their places, each a float."""

    drive: float
    """In A."""
    recall_index: float
    """Of that drive."""
    drive_b: float
    """In B."""
    recall_index_b: float
    """Of that drive."""


def weak_with_novelty(
    *,
    novelty_after_hours: float | None = 0.0,
    strength: float = WEAK,
    constants: EnsembleConstants = COURSE,
    rng: Rng,
) -> Reading:
    """Shock weakly in A, with something novel before or after; read out in A a day after both.

    Parameters
    ----------
    novelty_after_hours : float, optional
        From the shock to the novelty, from -24 to 24; negative: novelty first. None: no novelty.
    strength : float
        Of the shock, from 0 to 1. Above half it makes proteins of its own.
    constants : EnsembleConstants
        Of the animal.
    rng : int or numpy.random.Generator
        Draws the animal, the context and the drift of excitability.

    Returns
    -------
    Reading

    Raises
    ------
    TypeError, ValueError
        If a setting is out of range.

    References
    ----------
    Moncada D, Viola H (2007) J Neurosci 27:7476-7481, 10.1523/JNEUROSCI.1083-07.2007. Ballarini F
    et al. (2009) PNAS 106:14599-14604, 10.1073/pnas.0907078106. The hours here are ours.

    See Also
    --------
    rescue : the same of two pathways in a slice. Lesson 03.

    Examples
    --------
    >>> alone = weak_with_novelty(novelty_after_hours=None, rng=1)
    >>> weak_with_novelty(novelty_after_hours=0.0, rng=1).drive > 1.5 * alone.drive
    True
    """
    gap = None
    if novelty_after_hours is not None:
        gap = number_within("novelty_after_hours", novelty_after_hours, -DAY_HOURS, DAY_HOURS)
    source = generator(rng)
    animal, (context,) = newborn(1, constants, rng=source)
    if gap is not None and gap < 0:
        animal = animal.novelty().advance(-gap, rng=source)
    animal, engram = animal.encode(context, shock=True, strength=strength, rng=source)
    if gap is not None and gap >= 0:
        animal = animal.advance(gap, rng=source).novelty()
    return reading(animal.advance(DAY_HOURS, rng=source).recall(context), engram)


def switched(
    *,
    n_weakenings: int = 2,
    restored: bool = False,
    aim: str = "A",
    constants: EnsembleConstants = COURSE,
    rng: Rng,
) -> Switched:
    """Shock in A, a day later in B; then bouts of LTD at the output of one of the two, and of LTP.

    The bouts come a day apart. The memory that is left alone is the control: a few cells are in
    both engrams, so that it suffers a little.

    Parameters
    ----------
    n_weakenings : int
        How many bouts of LTD.
    restored : bool
        Whether a bout of LTP follows.
    aim : {"A", "B"}
        Whose cells get the bouts.
    constants : EnsembleConstants
        Of the animal.
    rng : int or numpy.random.Generator
        Draws the animal, the contexts and the drift of excitability.

    Returns
    -------
    Switched
        A day after the last bout; as an array from `el.sweep`: drive in A, its index, drive in B,
        its index.

    Raises
    ------
    TypeError, ValueError
        If a setting is out of range.

    References
    ----------
    Nabavi S et al. (2014) Nature 511:348-352, 10.1038/nature13294. That one of two memories is
    weakened alone: Abdou K et al. (2018) Science 360:1227-1231, 10.1126/science.aat3810.

    See Also
    --------
    Lesson 11.

    Examples
    --------
    >>> weakened = switched(n_weakenings=3, rng=1)
    >>> weakened.drive < 0.8 < weakened.drive_b
    True
    """
    n = whole("n_weakenings", n_weakenings, least=0)
    back = yes_or_no("restored", restored)
    chosen = AIMS.index(known("aim", aim, AIMS))
    source = generator(rng)
    animal, contexts = newborn(2, constants, rng=source)
    engrams = []
    for context in contexts:
        animal, engram = animal.encode(context, shock=True, rng=source)
        animal = animal.advance(DAY_HOURS, rng=source)
        engrams.append(engram)
    for _ in range(n):
        animal = animal.depress(engrams[chosen]).advance(DAY_HOURS, rng=source)
    if back:
        animal = animal.potentiate(engrams[chosen]).advance(DAY_HOURS, rng=source)
    in_a, in_b = (animal.recall(context) for context in contexts)
    return Switched(in_a.drive, in_a.recall_index, in_b.drive, in_b.recall_index)


def remodelled(
    *,
    daily_share: float = 0.05,
    days: Sequence[int] = (1, 7, 14, 28),
    constants: EnsembleConstants = COURSE,
    rng: Rng,
) -> NDArray[np.float64]:
    """Shock in A; each day a share of all input contacts moves; read out on some days.

    Parameters
    ----------
    daily_share : float
        Of each cell's contacts, from 0 to 1; those to the read-out stay (the model's assumption).
    days : sequence of int
        Days after the shock, ascending, 1 or more.
    constants : EnsembleConstants
        Of the animal.
    rng : int or numpy.random.Generator
        Draws the animal, the contexts, what moves and the drift of excitability.

    Returns
    -------
    ndarray of shape (len(days), 3, 3)
        For each day: without light in A, with light on the engram in a new place, with light on as
        many other cells there (`ARMS_REMODELLED`); of each a `Reading`: drive, recall index, share
        of the engram that is active again.

    Raises
    ------
    TypeError, ValueError
        If a setting is out of range or the days do not ascend.

    See Also
    --------
    Lesson 11, its limit.

    Examples
    --------
    >>> course = remodelled(daily_share=0.2, days=(1, 20), rng=1)
    >>> natural, light, others = course[..., 0].T
    >>> bool(natural[0] > 2 * natural[1]), bool(light[1] > 0.99 * light[0])
    (True, True)
    """
    share = fraction("daily_share", daily_share)
    if not isinstance(days, (Sequence, np.ndarray)) or isinstance(days, str):
        raise TypeError(f"days is {days!r}; give a list of days, such as (1, 7, 14, 28)")
    wanted = [whole("days", day, least=1) for day in days]
    if not wanted or wanted != sorted(set(wanted)):
        raise ValueError(f"days is {days!r}; give days of 1 or more in ascending order")
    source = generator(rng)
    animal, (a, c) = newborn(2, constants, rng=source)
    animal, engram = animal.encode(a, shock=True, rng=source)
    others = as_many_others(engram, rng=source)
    course = []
    for day in range(1, wanted[-1] + 1):
        animal = animal.advance(DAY_HOURS, rng=source)
        if share > 0:
            animal = animal.remodel(share, rng=source)
        if day in wanted:
            recalls = [animal.recall(a)]
            recalls += [animal.recall(c, light=cells) for cells in (engram, others)]
            course.append([reading(recall, engram) for recall in recalls])
    return np.array(course)


def engram_synapses(
    *, drug: bool = False, constants: EnsembleConstants = COURSE, rng: Rng
) -> NDArray[np.float64]:
    """Shock in A; return the late parts a day later by input and by cell: built in.

    Parameters
    ----------
    drug : bool
        Whether protein synthesis is blocked after the shock.
    constants : EnsembleConstants
        Of the animal.
    rng : int or numpy.random.Generator
        Draws the animal, the context and the drift of excitability.

    Returns
    -------
    ndarray of shape (2, 2)
        Mean late part of the contacts. Row 0: from inputs that were on, row 1: from the others.
        Column 0: onto cells of the engram, column 1: onto other cells.

    Raises
    ------
    TypeError
        If `drug` is neither True nor False.

    References
    ----------
    Choi J-H et al. (2018) Science 360:430-435, 10.1126/science.aas9204.

    See Also
    --------
    Lesson 11.

    Examples
    --------
    >>> float(engram_synapses(rng=1)[0, 0]) > 0.5
    True
    """
    blocked = yes_or_no("drug", drug)
    source = generator(rng)
    animal, (context,) = newborn(1, constants, rng=source)
    animal, engram = animal.encode(context, shock=True, rng=source)
    animal = animal.advance(DAY_HOURS, protein_synthesis=not blocked, rng=source)
    return synapse_table(animal, context, engram)


def synapse_table(animal: Ensemble, context: Bool, engram: Bool) -> NDArray[np.float64]:
    """Return mean late parts: rows = input on or off, columns = in the engram or not."""
    exists = animal.baseline > 0
    return np.array(
        [
            [float(animal.late[exists & cells[:, None] & inputs].mean()) for cells in
             (engram, ~engram)]
            for inputs in (context, ~context)
        ]
    )  # fmt: skip
