"""Pairs of engrams as masks, and what is to be computed of them, cell by cell."""

from math import sqrt
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


def pair(n_cells: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Return two engrams that share cells, one of them about twice as large as the other."""
    small = max(3, round(n_cells * rng.uniform(0.1, 0.2)))
    large = max(small + 2, round(n_cells * rng.uniform(0.25, 0.45)))
    shared = int(rng.integers(1, small))
    cells = rng.permutation(n_cells)
    masks = np.zeros((2, n_cells), dtype=bool)
    masks[0, cells[:small]] = True
    masks[1, cells[small - shared : small - shared + large]] = True
    first, second = masks[rng.permutation(2)]
    return first, second


def counts(a: Array, b: Array) -> tuple[int, int, int]:
    """Return the sizes of two engrams and how many cells are in both, counted one by one."""
    one, other = set(np.flatnonzero(a).tolist()), set(np.flatnonzero(b).tolist())
    return len(one), len(other), len(one & other)


def overlap(a: Array, b: Array) -> float:
    """Return shared / sqrt(size_a size_b), 0 for an empty engram."""
    size_a, size_b, shared = counts(a, b)
    return shared / sqrt(size_a * size_b) if shared else 0.0


def by_lot(a: Array, b: Array) -> float:
    """Return the overlap of engrams of these sizes drawn by lot."""
    size_a, size_b, _ = counts(a, b)
    return sqrt(size_a * size_b) / a.size


def told(a: Array, b: Array) -> str:
    """Say how large two engrams are and what they share."""
    size_a, size_b, shared = counts(a, b)
    return f"Engrams of {size_a} and {size_b} cells out of {a.size} share {shared}."
