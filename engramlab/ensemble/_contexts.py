"""Contexts: what is there to be learned, as units of the world that are on or off."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engramlab._checks import fraction, mask, whole
from engramlab._types import Rng, generator
from engramlab.ensemble._constants import COURSE


def random_contexts(
    n_contexts: int,
    *,
    n_inputs: int = COURSE.n_inputs,
    n_active: int = COURSE.n_active,
    rng: Rng,
) -> NDArray[np.bool_]:
    """Return contexts without any likeness to each other, each with equally many units on.

    Two of them share n_active^2 / n_inputs units on average: 2 or 3 of 30 at the usual size.

    Parameters
    ----------
    n_contexts : int
        How many, 1 or more.
    n_inputs : int
        Units of the world, 1 or more.
    n_active : int
        Units on in each, from 1 to n_inputs.
    rng : int or numpy.random.Generator
        Chooses the units.

    Returns
    -------
    ndarray of shape (n_contexts, n_inputs)
        bool.

    Raises
    ------
    TypeError, ValueError
        If a count is not a whole number of 1 or more, more units are on than there are, or `rng` is
        no seed.

    Examples
    --------
    >>> box, cage = random_contexts(2, rng=1)
    >>> int(box.sum()), int(cage.sum())
    (30, 30)
    """
    n = whole("n_contexts", n_contexts, least=1)
    width = whole("n_inputs", n_inputs, least=1)
    on = whole("n_active", n_active, least=1)
    if on > width:
        raise ValueError(f"n_active is {n_active}, n_inputs {n_inputs}; give at most all units")
    source = generator(rng)
    contexts = np.zeros((n, width), dtype=np.bool_)
    for row in contexts:
        row[source.permutation(width)[:on]] = True
    return contexts


def similar_context(context: ArrayLike, similarity: float, *, rng: Rng) -> NDArray[np.bool_]:
    """Return another context that shares a chosen part with one: round(similarity x units on).

    The other units on are drawn from those that are off in `context`, so 0 means that nothing is
    shared and 1 gives the same context.

    Parameters
    ----------
    context : array_like of shape (n_inputs,)
        True or False (or 1 and 0).
    similarity : float
        From 0 to 1.
    rng : int or numpy.random.Generator
        Chooses the units.

    Returns
    -------
    ndarray of shape (n_inputs,)
        bool, with as many units on as `context`.

    Raises
    ------
    TypeError, ValueError
        If `context` is none or nothing is on in it, `similarity` lies outside [0, 1], or too few
        units are off to take from.

    Examples
    --------
    >>> box = random_contexts(1, rng=1)[0]
    >>> int((box & similar_context(box, 0.8, rng=2)).sum())
    24
    """
    first = mask("context", context, what="input", some=True)
    source = generator(rng)
    on = source.permutation(np.flatnonzero(first))
    off = source.permutation(np.flatnonzero(~first))
    shared = round(fraction("similarity", similarity) * on.size)
    if on.size - shared > off.size:
        raise ValueError(
            f"similarity is {similarity}; it asks for {on.size - shared} other units and only "
            f"{off.size} are off; give a larger similarity"
        )
    other = np.zeros(first.size, dtype=np.bool_)
    other[on[:shared]] = True
    other[off[: on.size - shared]] = True
    return other
