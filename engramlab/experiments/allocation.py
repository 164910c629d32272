"""Runs of lesson 05: which cells get an event; and what the runs of lessons 06, 07, 11 begin with.

Each starts a new animal: cells, their contacts and excitability, and contexts A, B, C are drawn.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engramlab._checks import number_within, whole
from engramlab._quantities import known, not_negative
from engramlab._types import Bool, Rng, generator
from engramlab.ensemble import (
    COURSE,
    Ensemble,
    EnsembleConstants,
    Reactivation,
    random_contexts,
)
from engramlab.measures import recruitment_ratio

TREATMENTS = ("creb", "lowered", "none")
DAY_HOURS = 24.0


class Reading(NamedTuple):
    """What a recall gives, each a float."""

    drive: float
    """u: 1 is one engram whose contacts have not been strengthened."""
    recall_index: float
    """From 0 to 1; half where the drive is `threshold_recall`."""
    reactivated: float
    """Share of the first engram that is active again, from 0 to 1."""


class Recruited(NamedTuple):
    """Who joins an engram, each a float."""

    ratio: float
    """Share of the treated cells that join it over that of the others; 1 is no effect."""
    size: float
    """Share of all cells that are in it."""
    size_untreated: float
    """The same of the same animal without the treatment."""


def newborn(
    n_contexts: int, constants: EnsembleConstants, *, rng: np.random.Generator
) -> tuple[Ensemble, NDArray[np.bool_]]:
    """Return an animal to which nothing has happened, and contexts A, B, ... that it may meet.

    Parameters
    ----------
    n_contexts : int
        How many contexts.
    constants : EnsembleConstants
        Of the animal; the contexts have its number of inputs.
    rng : numpy.random.Generator
        Draws both.

    Returns
    -------
    ensemble : Ensemble
    contexts : ndarray of shape (n_contexts, n_inputs)

    Examples
    --------
    >>> animal, contexts = newborn(2, COURSE, rng=np.random.default_rng(1))
    >>> animal.n_cells, contexts.shape
    (400, (2, 400))
    """
    contexts = random_contexts(
        n_contexts, n_inputs=constants.n_inputs, n_active=constants.n_active, rng=rng
    )
    return Ensemble.build(constants=constants, rng=rng), contexts


def reading(recall: Reactivation, engram: Bool) -> Reading:
    """Return the numbers of a recall; `engram` is the one that is looked for.

    Examples
    --------
    >>> source = np.random.default_rng(1)
    >>> animal, contexts = newborn(1, COURSE, rng=source)
    >>> later, engram = animal.encode(contexts[0], shock=True, rng=source)
    >>> reading(later.recall(contexts[0]), engram).drive > 1
    True
    """
    return Reading(recall.drive, recall.recall_index, recall.reactivated(engram))


def recruited(
    *,
    treatment: str = "creb",
    fraction_treated: float = 0.15,
    constants: EnsembleConstants = COURSE,
    rng: Rng,
) -> Recruited:
    """Treat some cells before a shock; return how they fare in the competition (Han 2007).

    Parameters
    ----------
    treatment : {"creb", "lowered", "none"}
        More CREB, which makes a cell easier to excite; less excitability by the same amount; or a
        mark without effect.
    fraction_treated : float
        Share of the cells, from 0.05 to 0.95, so that there is someone to compare with.
    constants : EnsembleConstants
        Of the animal.
    rng : int or numpy.random.Generator
        Draws the animal, the context and the treated cells.

    Returns
    -------
    Recruited
        As an array from `el.sweep`: ratio, size, size untreated.

    Raises
    ------
    TypeError, ValueError
        If a setting is out of range.

    References
    ----------
    Han J-H et al. (2007) Science 316:457-460, 10.1126/science.1139438. Yiu AP et al. (2014) Neuron
    83:722-735, 10.1016/j.neuron.2014.07.017.

    See Also
    --------
    Lesson 05.

    Examples
    --------
    >>> recruited(treatment="creb", rng=1).ratio > 2
    True
    """
    known("treatment", treatment, TREATMENTS)
    share = number_within("fraction_treated", fraction_treated, 0.05, 0.95)
    source = generator(rng)
    animal, (context,) = newborn(1, constants, rng=source)
    if treatment == "lowered":
        treated = animal.lower_excitability(share, rng=source)
        cells = treated.lowered
    else:
        treated = animal.overexpress_creb(share, rng=source)
        cells = treated.creb
    if treatment == "none":
        treated = animal
    # The two arms draw the same numbers for what is by chance in learning.
    coins = int(source.integers(2**32))
    _, engram = treated.encode(context, shock=True, rng=coins)
    _, untreated = animal.encode(context, shock=True, rng=coins)
    return Recruited(
        recruitment_ratio(engram, cells), float(engram.mean()), float(untreated.mean())
    )


def engram_size(
    *, inhibition: float | None = None, constants: EnsembleConstants = COURSE, rng: Rng
) -> float:
    """Return which share of the cells an event takes, under more or less inhibition.

    Parameters
    ----------
    inhibition : float, optional
        0 or more; by default that of the constants.
    constants : EnsembleConstants
        Of the animal.
    rng : int or numpy.random.Generator
        Draws the animal and the context.

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    TypeError, ValueError
        If the inhibition is negative or no number.

    References
    ----------
    Morrison DJ et al. (2016) Neurobiol Learn Mem, 10.1016/j.nlm.2016.07.007.

    See Also
    --------
    Lesson 05.

    Examples
    --------
    >>> engram_size(inhibition=28.0, rng=1) < engram_size(inhibition=7.0, rng=1)
    True
    """
    level = constants.inhibition if inhibition is None else inhibition
    source = generator(rng)
    animal, (context,) = newborn(
        1,
        constants._replace(inhibition=not_negative("inhibition", level, example="14")),
        rng=source,
    )
    return float(animal.encode(context, shock=True, rng=source)[1].mean())


def sizes_in_a_row(
    *,
    n_events: int = 5,
    gap_hours: float = 0.0,
    constants: EnsembleConstants = COURSE,
    rng: Rng,
) -> NDArray[np.int64]:
    """Return how many cells each of several events takes, one soon after the other.

    Without rest engrams grow from event to event, since excitability and potentiation add up: a
    limit of the model.

    Parameters
    ----------
    n_events : int
        How many, each in a context of its own.
    gap_hours : float
        From each to the next.
    constants : EnsembleConstants
        Of the animal.
    rng : int or numpy.random.Generator
        Draws the animal, the contexts and the drift of excitability.

    Returns
    -------
    ndarray of shape (n_events,)

    Raises
    ------
    TypeError, ValueError
        If a setting is out of range.

    Examples
    --------
    >>> sizes = sizes_in_a_row(n_events=4, rng=1)
    >>> bool(sizes[-1] > sizes[0])
    True
    """
    gap = not_negative("gap_hours", gap_hours, example="12")
    source = generator(rng)
    animal, contexts = newborn(whole("n_events", n_events, least=1), constants, rng=source)
    sizes = []
    for context in contexts:
        animal, engram = animal.encode(context, shock=True, rng=source)
        animal = animal.advance(gap, rng=source)
        sizes.append(int(engram.sum()))
    return np.array(sizes)
