"""Runs of lessons 07 and 11: what proves that cells hold a memory, and what light recalls.

Each starts a new animal, as in `experiments.allocation`, and returns what it is asked for a day or
more after a shock in A. The arms of an experiment are settings: at one seed the animal is the same.
"""

import numpy as np

from engramlab._checks import number_within, yes_or_no
from engramlab._quantities import known
from engramlab._types import Bool, Rng, generator
from engramlab.ensemble import COURSE, Ensemble, EnsembleConstants, as_many_others
from engramlab.experiments.allocation import DAY_HOURS, Reading, newborn, reading

CELLS = ("none", "labelled", "others")
PLACES = ("A", "B", "C")
LESIONS = ("none", "creb", "others")
STRENGTHENED = ("none", "visit", "unlit", "full", "others", "elsewhere")


def day_after(
    *,
    place: str = "A",
    light: str = "none",
    silence: str = "none",
    drug: bool = False,
    shock: bool = True,
    strengthened: str = "none",
    efficiency: float = 1.0,
    background: float = 0.0,
    constants: EnsembleConstants = COURSE,
    rng: Rng,
) -> Reading:
    """Shock in A, wait a day, read out: with light, with cells silenced, after a drug.

    Parameters
    ----------
    place : {"A", "B", "C"}
        Where the animal is read out; B and C are new to it.
    light, silence : {"none", "labelled", "others"}
        Which cells meanwhile: those that were labelled in A, or as many that were neither labelled
        nor active in A.
    drug : bool
        Whether protein synthesis is blocked in the hours after A.
    shock : bool
        Whether there is a shock in A; a neutral memory is a control.
    strengthened : {"none", "visit", "unlit", "full", "others", "elsewhere"}
        What follows, without drug or shock, before another day passes. "full": A once more, with
        light on the labelled cells, and a bout of LTP at the contacts that they have with the
        read-out. Its controls: "visit", A once more and nothing else; "unlit", the bout without
        the light; "others", both on as many other cells; "elsewhere", both on the labelled cells,
        in C. Named after Roy 2016, where light at a frequency that causes LTP met a mouse model of
        early Alzheimer's disease, not a drug.
    efficiency, background : float
        Share of the engram that is labelled, and of the other cells.
    constants : EnsembleConstants
        Of the animal.
    rng : int or numpy.random.Generator
        Draws the animal, the contexts, the label and the drift of excitability.

    Returns
    -------
    Reading
        As an array from `el.sweep`: drive, recall index, share of the engram that is active again.

    Raises
    ------
    TypeError, ValueError
        If a setting is out of range, or light and silence are asked for at once.

    References
    ----------
    Liu X et al. (2012) Nature 484:381-385, 10.1038/nature11028. Tanaka KZ et al. (2014) Neuron
    84:347-354, 10.1016/j.neuron.2014.09.037. Ryan TJ et al. (2015) Science 348:1007-1013,
    10.1126/science.aaa5542. Roy DS et al. (2016) Nature 531:508-512, 10.1038/nature17172.

    See Also
    --------
    Lessons 07 and 11.

    Examples
    --------
    >>> lost = day_after(drug=True, rng=1)
    >>> lit = day_after(drug=True, light="labelled", place="C", rng=1)
    >>> lit.drive > 2 * lost.drive
    True
    """
    here = PLACES.index(known("place", place, PLACES))
    known("light", light, CELLS)
    known("silence", silence, CELLS)
    if light != "none" and silence != "none":
        raise ValueError(f"light is {light!r} and silence {silence!r}; give one of them")
    known("strengthened", strengthened, STRENGTHENED)
    blocked, shocked = yes_or_no("drug", drug), yes_or_no("shock", shock)
    animal, contexts, engram, source = a_day_later(constants, rng, shock=shocked, drug=blocked)
    label = animal.label(engram, efficiency=efficiency, background=background, rng=source)
    groups = {"none": None, "labelled": label}
    if "others" in (light, silence, strengthened):
        groups["others"] = unlabelled(label, engram, rng=source.spawn(1)[0])
    if strengthened != "none":
        aim = groups["others" if strengthened == "others" else "labelled"]
        lit = None if strengthened in ("visit", "unlit") else aim
        there = contexts[2 if strengthened == "elsewhere" else 0]
        animal, _ = animal.encode(there, light=lit, rng=source)
        if aim is not None and strengthened != "visit":
            animal = animal.potentiate(aim)
        animal = animal.advance(DAY_HOURS, rng=source)
    recall = animal.recall(contexts[here], light=groups[light], silence=groups[silence])
    return reading(recall, engram)


def a_day_later(
    constants: EnsembleConstants, rng: Rng, *, shock: bool = True, drug: bool = False
) -> tuple[Ensemble, Bool, Bool, np.random.Generator]:
    """Return the animal a day after A, its contexts A to C, the engram, and what draws on."""
    source = generator(rng)
    animal, contexts = newborn(3, constants, rng=source)
    animal, engram = animal.encode(contexts[0], shock=shock, rng=source)
    later = animal.advance(DAY_HOURS, protein_synthesis=not drug, rng=source)
    return later, contexts, engram, source


def unlabelled(label: Bool, engram: Bool, *, rng: Rng) -> Bool:
    """Return as many cells as are labelled, none of them labelled or in the engram."""
    pool, n = ~(label | engram), int(label.sum())
    if n > pool.sum():
        raise ValueError(
            f"background labels {n} cells and leaves {int(pool.sum())} others, too few for the "
            "control of as many; give a smaller background, such as 0.05"
        )
    return as_many_others(label, among=pool, rng=rng)


def false_memory(
    *,
    place: str = "A",
    light: str = "labelled",
    constants: EnsembleConstants = COURSE,
    rng: Rng,
) -> Reading:
    """Show A; a day later shock in B while cells are lit; another day later, read out.

    Parameters
    ----------
    place : {"A", "B", "C"}
        Where the animal is read out; C is new to it.
    light : {"labelled", "others", "none"}
        Which cells are lit during the shock: those of A, or as many that were not active in A.
    constants : EnsembleConstants
        Of the animal.
    rng : int or numpy.random.Generator
        Draws the animal, the contexts and the drift of excitability.

    Returns
    -------
    Reading
        Of the engram of A.

    Raises
    ------
    TypeError, ValueError
        If a setting is out of range.

    References
    ----------
    Ramirez S et al. (2013) Science 341:387-391, 10.1126/science.1239073, in dentate gyrus; with
    cells of CA1 it did not work. There the false memory weakened the true one of B; in the model
    the two do not compete.

    See Also
    --------
    Lesson 07, below the line.

    Examples
    --------
    >>> false_memory(rng=1).drive > 2 * false_memory(light="others", rng=1).drive
    True
    """
    here = PLACES.index(known("place", place, PLACES))
    known("light", light, CELLS)
    source = generator(rng)
    animal, contexts = newborn(3, constants, rng=source)
    animal, engram = animal.encode(contexts[0], rng=source)
    animal = animal.advance(DAY_HOURS, rng=source)
    others = as_many_others(engram, rng=source.spawn(1)[0])
    lit = {"none": None, "labelled": engram, "others": others}[light]
    animal, _ = animal.encode(contexts[1], shock=True, light=lit, rng=source)
    animal = animal.advance(DAY_HOURS, rng=source)
    return reading(animal.recall(contexts[here]), engram)


def without_cells(
    *,
    ablated: str = "creb",
    fraction_treated: float = 0.15,
    constants: EnsembleConstants = COURSE,
    rng: Rng,
) -> Reading:
    """Give some cells more CREB, shock in A, kill cells a day later, and read out in A.

    Parameters
    ----------
    ablated : {"none", "creb", "others"}
        Those with more CREB, or as many of the others.
    fraction_treated : float
        Share of the cells with more CREB, from 0 to 0.5, so that there are as many others.
    constants : EnsembleConstants
        Of the animal.
    rng : int or numpy.random.Generator
        Draws the animal, the context, the treated cells and the drift of excitability.

    Returns
    -------
    Reading
        Of the engram of A, dead cells included.

    Raises
    ------
    TypeError, ValueError
        If a setting is out of range.

    References
    ----------
    Han J-H et al. (2009) Science 323:1492-1496, 10.1126/science.1164139. There the loss of the
    CREB cells blocked the memory; in the model it weakens it.

    See Also
    --------
    Lesson 07.

    Examples
    --------
    >>> without_cells(ablated="creb", rng=1).drive < without_cells(ablated="others", rng=1).drive
    True
    """
    known("ablated", ablated, LESIONS)
    share = number_within("fraction_treated", fraction_treated, 0.0, 0.5)
    source = generator(rng)
    animal, (context,) = newborn(1, constants, rng=source)
    animal = animal.overexpress_creb(share, rng=source)
    animal, engram = animal.encode(context, shock=True, rng=source)
    animal = animal.advance(DAY_HOURS, rng=source)
    others = as_many_others(animal.creb, rng=source)
    if ablated != "none":
        animal = animal.ablate(animal.creb if ablated == "creb" else others)
    return reading(animal.recall(context), engram)
