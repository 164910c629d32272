"""What is stored and what the cue is: random memories, real pictures, and their fragments."""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engramlab._checks import Signs, fraction, signs, whole
from engramlab._types import Rng, generator

INK = 8  # grey levels run from 0 to 16; from the middle on a pixel counts as ink


def random_patterns(n_patterns: int, *, n_neurons: int, rng: Rng) -> Signs:
    """Return memories without any likeness to each other: each unit is +1 or -1 by a fair coin.

    Parameters
    ----------
    n_patterns : int
        How many, 1 or more.
    n_neurons : int
        Units in each, 1 or more.
    rng : int or numpy.random.Generator
        Seed or source of the draws.

    Returns
    -------
    ndarray of shape (n_patterns, n_neurons)
        int8, +1 or -1.

    Raises
    ------
    TypeError, ValueError
        If a count is not a whole number of 1 or more, or `rng` is no seed.

    Examples
    --------
    >>> random_patterns(3, n_neurons=8, rng=1).shape
    (3, 8)
    """
    shape = whole("n_patterns", n_patterns, least=1), whole("n_neurons", n_neurons, least=1)
    coin = generator(rng).integers(0, 2, size=shape, dtype=np.int8)
    return np.asarray(2 * coin - 1, dtype=np.int8)


def corrupt(pattern: ArrayLike, fraction: float, *, rng: Rng) -> Signs:
    """Return a copy in which exactly round(fraction x n_neurons) units, all different, are flipped.

    Half the units flipped is the hardest cue, which tells nothing; all flipped is the mirror image,
    which tells everything. The overlap with `pattern` is 1 - 2 x (share flipped).

    Parameters
    ----------
    pattern : array_like of shape (n_neurons,) or (n, n_neurons)
        +1 or -1; each row is corrupted on its own.
    fraction : float
        From 0 to 1. A product that ends in .5 goes to the even neighbour, as `round` does.
    rng : int or numpy.random.Generator
        Chooses the units.

    Returns
    -------
    ndarray of the shape of `pattern`
        int8, +1 or -1.

    Raises
    ------
    TypeError, ValueError
        If `pattern` holds other values, or `fraction` would flip fewer than none or more than all.

    See Also
    --------
    partial_cue : the other way to spoil a cue.

    Examples
    --------
    >>> int((corrupt([1, 1, 1, 1, 1], 0.4, rng=1) == -1).sum())
    2
    """
    return _spoil("fraction", pattern, fraction, rng, keep=False)


def partial_cue(pattern: ArrayLike, kept: float, *, rng: Rng) -> Signs:
    """Return a fragment: round(kept x n_neurons) units as in `pattern`, the rest by a fair coin.

    The expected overlap with `pattern` is `kept`, since half of the coins fall right.

    Parameters
    ----------
    pattern : array_like of shape (n_neurons,) or (n, n_neurons)
        +1 or -1; each row is treated on its own.
    kept : float
        Share of the units that the cue gives, from 0 to 1.
    rng : int or numpy.random.Generator
        Chooses the units and throws the coins.

    Returns
    -------
    ndarray of the shape of `pattern`
        int8, +1 or -1.

    Raises
    ------
    TypeError, ValueError
        If `pattern` holds other values than +1 and -1, or `kept` lies outside [0, 1].

    See Also
    --------
    corrupt : flips units instead.

    Examples
    --------
    >>> partial_cue([1, -1, 1, -1], 1.0, rng=1).tolist()
    [1, -1, 1, -1]
    """
    return _spoil("kept", pattern, kept, rng, keep=True)


def _spoil(name: str, pattern: ArrayLike, share: float, rng: Rng, *, keep: bool) -> Signs:
    """Flip a share of the units of each row, or keep a share and draw the others."""
    spoilt = signs("pattern", pattern, ndim=(1, 2)).copy()
    n_neurons = spoilt.shape[-1]
    chosen = round(fraction(name, share) * n_neurons)
    source = generator(rng)
    for row in np.atleast_2d(spoilt):
        order = source.permutation(n_neurons)
        if keep:
            others = order[chosen:]
            row[others] = 2 * source.integers(0, 2, size=others.size, dtype=np.int8) - 1
        else:
            row[order[:chosen]] *= -1
    return spoilt


def embed(pictures: ArrayLike, *, n_neurons: int, rng: Rng) -> Signs:
    """Return memories whose first units are a picture and whose other units are random.

    The picture is what we see of a memory; the other units stand for the rest of what was lived.
    They make pictures that resemble each other into memories that hardly do.

    Parameters
    ----------
    pictures : array_like of shape (n, n_pixels) or (n_pixels,)
        +1 or -1.
    n_neurons : int
        Units in each memory, at least n_pixels.
    rng : int or numpy.random.Generator
        Draws the other units.

    Returns
    -------
    ndarray of shape (n, n_neurons) or (n_neurons,)
        int8, +1 or -1.

    Raises
    ------
    TypeError, ValueError
        If `pictures` holds other values, or `n_neurons` is smaller than a picture.

    Examples
    --------
    >>> embed([[1, -1]], n_neurons=5, rng=1)[:, :2].tolist()
    [[1, -1]]
    """
    seen = signs("pictures", pictures, ndim=(1, 2))
    n_pixels = seen.shape[-1]
    if whole("n_neurons", n_neurons, least=1) < n_pixels:
        raise ValueError(
            f"n_neurons is {n_neurons}, but a picture has {n_pixels} pixels; "
            f"give at least {n_pixels}"
        )
    source = generator(rng)
    unseen = 2 * source.integers(0, 2, (*seen.shape[:-1], n_neurons - n_pixels), dtype=np.int8) - 1
    return np.concatenate([seen, unseen.astype(np.int8)], axis=-1)


def digit_patterns(digits: int | Iterable[int] = range(10), *, nth: int = 0) -> Signs:
    """Return handwritten digits as patterns of 64 units: the nth example of each asked digit.

    Real pictures resemble each other, which random memories do not: on average two of these digits
    agree on far more than half of their units. Reshape a row to (8, 8) to see it.

    Parameters
    ----------
    digits : int or iterable of int
        Which digits, 0 to 9, in this order. Default: all ten.
    nth : int
        Which example of each, from 0; there are at least 174 of every digit.

    Returns
    -------
    ndarray of shape (n, 64)
        int8: +1 where the grey level (0 to 16) is 8 or more, else -1.

    Raises
    ------
    TypeError, ValueError
        If a digit is not 0 to 9, or there is no such example.

    Notes
    -----
    Source: Alpaydin E, Kaynak C (1998) Optical Recognition of Handwritten Digits, UCI Machine
    Learning Repository, 10.24432/C50P49, CC BY 4.0. See engramlab/data/digits.md.

    Examples
    --------
    >>> digit_patterns([3, 8]).shape
    (2, 64)
    """
    if not isinstance(digits, Iterable) and not isinstance(digits, (int, np.integer)):
        raise TypeError(f"digits is {digits!r}; give a digit from 0 to 9 or a list of them")
    wanted = list(digits) if isinstance(digits, Iterable) else [digits]
    if not wanted:
        raise ValueError("digits is empty; give at least one digit from 0 to 9")
    images, labels = _digits()
    rows = []
    for digit in wanted:
        if whole("digits", digit, least=0) > 9:
            raise ValueError(f"digits holds {digit}; a digit is a whole number from 0 to 9")
        examples = np.flatnonzero(labels == digit)
        if whole("nth", nth, least=0) >= examples.size:
            raise ValueError(
                f"nth is {nth}, but there are {examples.size} examples of the digit {digit}; "
                f"give 0 to {examples.size - 1}"
            )
        rows.append(images[examples[nth]].ravel())
    return np.where(np.array(rows) >= INK, 1, -1).astype(np.int8)


def letter_patterns(letters: str) -> Signs:
    """Return capital letters as patterns of 100 units, drawn on a grid of 10 x 10.

    Parameters
    ----------
    letters : str
        Letters A to Z in the order wanted; small ones are read as capitals.

    Returns
    -------
    ndarray of shape (len(letters), 100)
        int8: +1 ink, -1 paper. Reshape a row to (10, 10) to see it.

    Raises
    ------
    TypeError
        If `letters` is not a string.
    ValueError
        If it is empty or holds anything but letters of the Latin alphabet.

    Examples
    --------
    >>> letter_patterns("ENGRAM").shape
    (6, 100)
    """
    if not isinstance(letters, str):
        raise TypeError(f"letters is {letters!r}; give a string such as 'ENGRAM'")
    if not letters:
        raise ValueError("letters is empty; give a string such as 'ENGRAM'")
    drawn = _letters()
    unknown = sorted({letter for letter in letters if letter.upper() not in drawn})
    if unknown:
        raise ValueError(f"letters holds {unknown[0]!r}; only A to Z are drawn")
    return np.array([drawn[letter.upper()] for letter in letters], dtype=np.int8)


@cache
def _digits() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Read the images (1797, 8, 8), grey levels 0 to 16, and their labels (1797,)."""
    with (files("engramlab") / "data" / "digits.npz").open("rb") as stream:
        stored: Any = np.load(stream)
        return stored["images"], stored["labels"]


@cache
def _letters() -> dict[str, list[int]]:
    """Read the letters: a line with the name, then ten lines of ten, `#` ink and `.` paper."""
    text = (files("engramlab") / "data" / "letters.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line]
    return {
        lines[start]: [
            1 if pixel == "#" else -1 for pixel in "".join(lines[start + 1 : start + 11])
        ]
        for start in range(0, len(lines), 11)
    }
