"""Runs of lesson 06: when two events share cells, and what passes from one memory to the other."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engramlab._checks import fraction, whole, yes_or_no
from engramlab._quantities import known, not_negative, positive
from engramlab._types import Bool, Rng, generator
from engramlab.ensemble import (
    COURSE,
    STRONG,
    WEAK,
    Ensemble,
    EnsembleConstants,
    as_many_others,
)
from engramlab.experiments.allocation import DAY_HOURS, newborn
from engramlab.measures import chance_overlap, engram_overlap

BOUT_HOURS = 12.0  # ours: from the shock, or one bout of co-reactivation, to the next bout
EXCITED = ("A", "others")
BOUTS_OF = ("both", "A", "B")


class Linked(NamedTuple):
    """Two memories of one animal, each a float."""

    overlap: float
    """Of the two engrams: shared cells / sqrt(size_a size_b)."""
    chance: float
    """That overlap for cells drawn at random."""
    drive: float
    """In A, where nothing happened, a day after the shock in B."""
    recall_index: float
    """Of that drive."""
    drive_elsewhere: float
    """In C, which is new."""
    recall_index_elsewhere: float
    """Of that drive."""


class Helped(NamedTuple):
    """What became of a weak memory, each a float."""

    drive: float
    """In its own context, a day later."""
    late: float
    """Mean late part of the synapses from its context onto its engram."""


def linked(
    *,
    gap_hours: float = 6.0,
    excited: float = 0.0,
    excited_cells: str = "A",
    constants: EnsembleConstants = COURSE,
    rng: Rng,
) -> Linked:
    """Show A, wait, shock in B; return what the engrams share and what A brings back a day later.

    Parameters
    ----------
    gap_hours : float
        From A to B, 0 or more.
    excited : float
        How much some cells are excited just before B (Rashid 2016); 0.4 links over a day.
    excited_cells : {"A", "others"}
        Which: the engram of A, or as many other cells, the control.
    constants : EnsembleConstants
        Of the animal; a smaller `bump` is an aged one.
    rng : int or numpy.random.Generator
        Draws the animal, the contexts and the drift of excitability.

    Returns
    -------
    Linked
        As an array from `el.sweep`: overlap, chance, drive in A, its index, drive in C, its index.

    Raises
    ------
    TypeError, ValueError
        If a setting is out of range.

    References
    ----------
    Cai DJ et al. (2016) Nature 534:115-118, 10.1038/nature17955. Rashid AJ et al. (2016) Science
    353:383-387, 10.1126/science.aaf0594.

    See Also
    --------
    linked_back : when the shock comes days later. Lesson 06.

    Examples
    --------
    >>> linked(gap_hours=1, rng=1).overlap > linked(gap_hours=48, rng=1).overlap
    True
    """
    gap = not_negative("gap_hours", gap_hours, example="6")
    extra = not_negative("excited", excited, example="0.4")
    known("excited_cells", excited_cells, EXCITED)
    source = generator(rng)
    animal, (a, b, c) = newborn(3, constants, rng=source)
    animal, engram_a = animal.encode(a, rng=source)
    animal = animal.advance(gap, rng=source)
    if extra:
        others = as_many_others(engram_a, rng=source.spawn(1)[0])  # the arms stay paired
        animal = animal.excite(engram_a if excited_cells == "A" else others, extra)
    animal, engram_b = animal.encode(b, shock=True, rng=source)
    animal = animal.advance(DAY_HOURS, rng=source)
    return _links(animal, (engram_a, engram_b), (a, c))


def linked_back(
    *,
    coactivated: bool = True,
    bouts_of: str = "both",
    shock: bool = True,
    strength: float = STRONG,
    shock_first: bool = False,
    gap_hours: float = 48.0,
    n_bouts: int = 2,
    constants: EnsembleConstants = COURSE,
    rng: Rng,
) -> Linked:
    """Show A, wait two days, shock in B strongly; offline, the engrams are active together.

    The bouts of reactivation come in the hours after B and take in the engrams that are there by
    then; so where B came first, A is not among them.

    Parameters
    ----------
    coactivated : bool
        Whether there are bouts.
    bouts_of : {"both", "A", "B"}
        Whose cells are reactivated in the bouts; "A" and "B" alone are controls.
    shock : bool
        Whether there is a shock in B; without it the bouts come all the same, a control.
    strength : float
        Of the event in B, from 0 to 1; 0.43 is weak. The paper tells it of a strong event; in the
        model a weak one links back in part.
    shock_first : bool
        Whether B comes before A.
    gap_hours : float
        From the one to the other; after a shock in B long enough for the bouts.
    n_bouts : int
        How many, 12 hours apart (ours; two is tuned). More of them spread the drive to new places.
    constants : EnsembleConstants
        Of the animal.
    rng : int or numpy.random.Generator
        Draws the animal, the contexts and the drift of excitability.

    Returns
    -------
    Linked
        As an array from `el.sweep`: overlap, chance, drive in A, its index, drive in C, its index.

    Raises
    ------
    TypeError, ValueError
        If a setting is out of range, the bouts do not fit into the gap, or they are to be of A
        before there is an A.

    References
    ----------
    Zaki Y et al. (2024) Nature 637:145-155, 10.1038/s41586-024-08168-4. That bouts follow a strong
    event and take in all engrams of the last days is the model's assumption; that a bout ties only
    cells that already drive the read-out is tuned to it.

    See Also
    --------
    Lesson 06, its limit.

    Examples
    --------
    >>> linked_back(rng=1).drive > linked_back(coactivated=False, rng=1).drive
    True
    """
    together = yes_or_no("coactivated", coactivated)
    reverse = yes_or_no("shock_first", shock_first)
    shocks = yes_or_no("shock", shock)
    known("bouts_of", bouts_of, BOUTS_OF)
    if reverse and bouts_of == "A":
        raise ValueError(
            "bouts_of is 'A' and shock_first True; there is no A yet when the bouts come: give "
            "'both' or 'B', or let A come first"
        )
    gap, n = positive("gap_hours", gap_hours, example="48"), whole("n_bouts", n_bouts, least=1)
    if reverse and gap < n * BOUT_HOURS:
        raise ValueError(
            f"gap_hours is {gap_hours} and n_bouts {n_bouts}; give a gap of at least "
            f"{n * BOUT_HOURS:g} h, since a bout comes every {BOUT_HOURS:g} h"
        )
    source = generator(rng)
    animal, (a, b, c) = newborn(3, constants, rng=source)
    engrams: dict[str, Bool] = {}
    for name in "BA" if reverse else "AB":
        if name == "A":
            animal, engrams[name] = animal.encode(a, rng=source)
        else:
            animal, engrams[name] = animal.encode(b, shock=shocks, strength=strength, rng=source)
        pause = DAY_HOURS if len(engrams) == 2 else gap
        if name == "B":
            chosen = [engrams[each] for each in engrams if bouts_of in ("both", each)]
            for _ in range(n):
                animal = animal.advance(BOUT_HOURS, rng=source)
                if together:
                    animal = animal.coreactivate(chosen, rng=source)
            if len(engrams) == 1:
                pause -= n * BOUT_HOURS
        animal = animal.advance(pause, rng=source)
    return _links(animal, (engrams["A"], engrams["B"]), (a, c))


def _links(
    animal: Ensemble, engrams: tuple[Bool, Bool], places: tuple[NDArray[np.bool_], ...]
) -> Linked:
    """Read out what two engrams share, and what A and a new place bring back."""
    in_a, in_c = (animal.recall(place) for place in places)
    return Linked(
        engram_overlap(*engrams),
        chance_overlap(*engrams),
        in_a.drive,
        in_a.recall_index,
        in_c.drive,
        in_c.recall_index,
    )


def weak_after_strong(
    *,
    gap_hours: float = 1.5,
    strength: float = WEAK,
    strength_first: float = STRONG,
    constants: EnsembleConstants = COURSE,
    rng: Rng,
) -> Helped:
    """Show A, wait, shock weakly in B; return what is left of B a day later.

    Where the two share cells, the proteins that A has made serve the tags of B.

    Parameters
    ----------
    gap_hours : float
        From A to B, 0 or more.
    strength : float
        Of the shock in B, from 0 to 1.
    strength_first : float
        Of the event in A; at 0.43 it makes no proteins and cannot help: the control.
    constants : EnsembleConstants
        Of the animal.
    rng : int or numpy.random.Generator
        Draws the animal, the contexts and the drift of excitability.

    Returns
    -------
    Helped
        As an array from `el.sweep`: drive, late part.

    Raises
    ------
    TypeError, ValueError
        If a setting is out of range.

    References
    ----------
    Kastellakis G, Silva AJ, Poirazi P (2016) Cell Rep 17:1491-1504, 10.1016/j.celrep.2016.10.015,
    a model. In ours the help lasts two hours, as long as the proteins do: shorter than the hours
    over which animals link (Cai 2016).

    See Also
    --------
    Lesson 06, below the line.

    Examples
    --------
    >>> weak_after_strong(gap_hours=1, rng=1).late > weak_after_strong(gap_hours=24, rng=1).late
    True
    """
    gap = not_negative("gap_hours", gap_hours, example="1.5")
    source = generator(rng)
    animal, (a, b) = newborn(2, constants, rng=source)
    animal, _ = animal.encode(a, strength=fraction("strength_first", strength_first), rng=source)
    animal = animal.advance(gap, rng=source)
    animal, engram = animal.encode(b, shock=True, strength=strength, rng=source)
    animal = animal.advance(DAY_HOURS, rng=source)
    synapses = (animal.baseline > 0) & engram[:, None] & b
    return Helped(animal.recall(b).drive, float(animal.late[synapses].mean()))


def kept_cells(
    *, n_visits: int = 10, constants: EnsembleConstants = COURSE, rng: Rng
) -> NDArray[np.float64]:
    """Show one place every day; return the overlap of each day's active cells with the first.

    The model does not drift as recorded ensembles do: what has been learned holds the cells.

    Parameters
    ----------
    n_visits : int
        How often, a day apart, after the first.
    constants : EnsembleConstants
        Of the animal.
    rng : int or numpy.random.Generator
        Draws the animal, the context and the drift of excitability.

    Returns
    -------
    ndarray of shape (n_visits,)

    Raises
    ------
    TypeError, ValueError
        If a setting is out of range.

    See Also
    --------
    Lesson 06, its limits.

    Examples
    --------
    >>> bool(kept_cells(n_visits=3, rng=1).min() > 0.7)
    True
    """
    source = generator(rng)
    animal, (context,) = newborn(1, constants, rng=source)
    animal, first = animal.encode(context, rng=source)
    overlaps = []
    for _ in range(whole("n_visits", n_visits, least=1)):
        animal = animal.advance(DAY_HOURS, rng=source)
        animal, cells = animal.encode(context, rng=source)
        overlaps.append(engram_overlap(first, cells))
    return np.array(overlaps)
