"""What is read out of a network: overlap, energy, the course of a recall, engrams compared."""

import math
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engramlab._checks import mask, numbers, signs, square, symmetric


class Course(Protocol):
    """What `overlap_course` reads of a recall; `engramlab.Recall` has it."""

    @property
    def cue(self) -> NDArray[np.int8]:
        """The start, shape (n_neurons,)."""

    @property
    def n_sweeps(self) -> int:
        """How many sweeps were made."""

    @property
    def flips(self) -> NDArray[np.int64]:
        """The unit of each flip, in order."""

    @property
    def flip_sweeps(self) -> NDArray[np.float64]:
        """The time of each flip in sweeps."""


_COURSE = ("cue", "n_sweeps", "flips", "flip_sweeps")


def overlap(state: ArrayLike, pattern: ArrayLike) -> Any:
    """Return how much of a memory a state holds: m = (1/N) sum_i xi_i S_i.

    1 is the memory itself, 0 is chance, -1 its mirror image; a share q of right
    units gives 2 q - 1.

    Parameters
    ----------
    state : array_like of shape (..., n_neurons)
        +1 or -1.
    pattern : array_like of shape (..., n_neurons)
        +1 or -1.

    Returns
    -------
    float or ndarray
        A float for one state and one pattern. Otherwise the axes before the last broadcast as
        numpy's do: one state with P patterns gives (P,); n states with n patterns go pair by
        pair, (n,); `overlap(states[:, None], patterns)` gives each with each, (n, P).

    Raises
    ------
    TypeError, ValueError
        If a value is not +1 or -1, or the shapes do not fit.

    Examples
    --------
    >>> overlap([1, 1, -1, -1], [1, 1, 1, -1])
    0.5
    """
    left = signs("state", state, ndim=range(1, 9))
    right = signs("pattern", pattern, ndim=range(1, 9))
    n_neurons = left.shape[-1]
    if right.shape[-1] != n_neurons:
        raise ValueError(
            f"pattern has {right.shape[-1]} units in its last axis, state has {n_neurons}; "
            "give both the same number"
        )
    try:
        shared = (left * right).sum(axis=-1, dtype=np.int64)
    except ValueError as error:
        raise ValueError(
            f"state has shape {left.shape} and pattern {right.shape}; give one pattern, "
            "or as many patterns as states, or state[:, None] for each with each"
        ) from error
    result = shared / n_neurons
    return float(result) if result.ndim == 0 else result


def energy(weights: ArrayLike, state: ArrayLike) -> Any:
    """Return E = -1/2 sum_ij w_ij S_i S_j, which no asynchronous update of a unit can raise.

    Parameters
    ----------
    weights : array_like of shape (n_neurons, n_neurons)
        Symmetric weights w.
    state : array_like of shape (..., n_neurons)
        +1 or -1.

    Returns
    -------
    float or ndarray of shape (...)
        float64; exact where the weights are whole numbers.

    Raises
    ------
    TypeError, ValueError
        If `weights` is not a square matrix of finite numbers, or not symmetric, or `state` does not
        fit it.

    Examples
    --------
    Two units that excite each other rest when they agree:

    >>> energy([[0, 1], [1, 0]], [1, 1]), energy([[0, 1], [1, 0]], [1, -1])
    (-1.0, 1.0)
    """
    matrix = square("weights", weights)
    symmetric("weights", matrix)
    units = signs("state", state, ndim=range(1, 9), n_neurons=len(matrix)).astype(np.float64)
    result = -0.5 * ((units @ matrix) * units).sum(axis=-1)
    return float(result) if result.ndim == 0 else result


def overlap_course(
    recall: Course, patterns: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the overlap with each memory through a recall, rebuilt from the flips of units.

    Parameters
    ----------
    recall : Recall
        What `Hopfield.recall` returned.
    patterns : array_like of shape (n_patterns, n_neurons) or (n_neurons,)
        +1 or -1.

    Returns
    -------
    sweeps : ndarray of shape (n_flips + 2,)
        Time in sweeps: 0 for the cue, then each flip, then the end.
    overlaps : ndarray of shape (n_patterns, n_flips + 2)
        The overlap with each pattern from that time on.

    Raises
    ------
    TypeError, ValueError
        If `recall` is no result of a recall, or `patterns` does not fit it.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> run = SimpleNamespace(cue=[1, -1], n_sweeps=2, flips=[1], flip_sweeps=[0.5])
    >>> sweeps, overlaps = overlap_course(run, [1, 1])
    >>> sweeps.tolist(), overlaps.tolist()
    ([0.0, 0.5, 2.0], [[0.0, 1.0, 1.0]])
    """
    missing = [name for name in _COURSE if not hasattr(recall, name)]
    if missing:
        raise TypeError(
            f"recall is {type(recall).__name__} without .{missing[0]}; "
            "give what Hopfield.recall returns"
        )
    state = signs("recall.cue", recall.cue, ndim=1).copy()
    memories = np.atleast_2d(signs("patterns", patterns, ndim=(1, 2), n_neurons=state.size))
    changes = np.zeros((len(memories), len(recall.flips) + 2), dtype=np.int64)
    changes[:, 0] = memories.astype(np.int64) @ state
    for flip, unit in enumerate(recall.flips):
        state[unit] *= -1
        changes[:, flip + 1] = 2 * int(state[unit]) * memories[:, unit].astype(np.int64)
    sweeps = np.concatenate([[0.0], recall.flip_sweeps, [float(recall.n_sweeps)]])
    return sweeps, np.cumsum(changes, axis=1) / state.size


def engram_overlap(a: ArrayLike, b: ArrayLike) -> float:
    """Return how many cells two engrams share: shared / sqrt(size_a size_b).

    1 for the same cells, 0 for none; chance is `chance_overlap`.

    Parameters
    ----------
    a, b : array_like of shape (n_cells,)
        True or False (or 1 and 0) for each cell.

    Returns
    -------
    float
        From 0 to 1; 0 if an engram is empty.

    Raises
    ------
    TypeError, ValueError
        If an engram is no mask, or the lengths differ.

    See Also
    --------
    overlap : compares +1/-1 states. Lesson 06.

    Examples
    --------
    >>> engram_overlap([1, 1, 0, 0], [0, 1, 1, 0])
    0.5
    """
    first, second = _pair(a, b)
    sizes = int(first.sum()) * int(second.sum())
    return int((first & second).sum()) / math.sqrt(sizes) if sizes else 0.0


def chance_overlap(a: ArrayLike, b: ArrayLike) -> float:
    """Return the overlap of engrams of these sizes drawn at random: sqrt(size_a size_b) / n_cells.

    Parameters
    ----------
    a, b : array_like of shape (n_cells,)
        True or False (or 1 and 0) for each cell.

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    TypeError, ValueError
        If an engram is no mask, or the lengths differ.

    Examples
    --------
    >>> chance_overlap([1, 0, 0, 0], [0, 1, 0, 0])
    0.25
    """
    first, second = _pair(a, b)
    return math.sqrt(int(first.sum()) * int(second.sum())) / first.size


def overlap_above_chance(a: ArrayLike, b: ArrayLike) -> float:
    """Return the overlap of two engrams on a scale where chance is 0 and the same cells are 1.

    (overlap - chance) / (1 - chance); below 0 where they share fewer cells than chance would.

    Parameters
    ----------
    a, b : array_like of shape (n_cells,)
        True or False (or 1 and 0) for each cell.

    Returns
    -------
    float
        At most 1; 0 if an engram is empty or both hold every cell.

    Raises
    ------
    TypeError, ValueError
        If an engram is no mask, or the lengths differ.

    Examples
    --------
    Chance is 2/4 here, and so is the overlap.

    >>> overlap_above_chance([1, 1, 0, 0], [0, 1, 1, 0])
    0.0
    """
    chance = chance_overlap(a, b)
    return (engram_overlap(a, b) - chance) / (1 - chance) if chance < 1 else 0.0


def recruitment_ratio(engram: ArrayLike, treated: ArrayLike) -> float:
    """Return how much likelier treated cells are to be in an engram than the others.

    (share of treated cells in the engram) / (share of the others in it).

    Parameters
    ----------
    engram, treated : array_like of shape (n_cells,)
        True or False (or 1 and 0) for each cell.

    Returns
    -------
    float
        1 is no difference; inf if none of the others is in the engram.

    Raises
    ------
    TypeError, ValueError
        If a mask is none, the lengths differ, the engram is empty, or all cells are treated or
        none.

    See Also
    --------
    Ensemble.overexpress_creb : a treatment. Lesson 05.

    Examples
    --------
    Two of two treated cells, and one of four others:

    >>> recruitment_ratio([1, 1, 1, 0, 0, 0], [1, 1, 0, 0, 0, 0])
    4.0
    """
    cells = mask("engram", engram, some=True)
    which = mask("treated", treated, n=cells.size, some=True)
    if which.all():
        raise ValueError("treated holds every cell; leave some to compare with")
    mine, others = float(cells[which].mean()), float(cells[~which].mean())
    return mine / others if others > 0 else math.inf


def _pair(a: ArrayLike, b: ArrayLike) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return two masks of the same cells."""
    first = mask("a", a)
    return first, mask("b", b, n=first.size)


def crossing(x: ArrayLike, y: ArrayLike, level: float) -> float:
    """Return where a curve first crosses a level, by straight lines between its points.

    Parameters
    ----------
    x : array_like of shape (n_points,)
        In ascending order.
    y : array_like of shape (n_points,)
        The curve, rising or falling.
    level : float
        The height to cross, in the unit of `y`.

    Returns
    -------
    float
        In the unit of `x`; a curve that starts at the level crosses it at once.

    Raises
    ------
    TypeError, ValueError
        If `x` and `y` are not one row of finite numbers each, equally long and `x` ascending, or if
        the curve never reaches the level.

    Examples
    --------
    >>> crossing([0.1, 0.2, 0.3], [1.0, 0.75, 0.25], 0.5)
    0.25
    """
    at, height = _row("x", x), _row("y", y)
    wanted = _row("level", [level])[0]
    if at.size != height.size:
        raise ValueError(f"x has {at.size} points, y has {height.size}; give as many of each")
    if not (np.diff(at) > 0).all():
        raise ValueError("x is not in ascending order; sort the points, each x once")
    if height[0] == wanted:
        return float(at[0])
    passed = (height >= wanted) if height[0] < wanted else (height <= wanted)
    if not passed.any():
        raise ValueError(
            f"y never reaches level {level}: it runs from {height.min():.4g} to "
            f"{height.max():.4g}; give a wider range of x"
        )
    k = int(np.argmax(passed))
    share = (wanted - height[k - 1]) / (height[k] - height[k - 1])
    return float(round(at[k - 1] + share * (at[k] - at[k - 1]), 12))


def _row(name: str, value: Any) -> NDArray[np.float64]:
    """Return `value` as a non-empty row of finite numbers."""
    row = numbers(name, value)
    if row.ndim != 1 or row.size == 0:
        raise ValueError(f"{name} has shape {row.shape}; give one row of numbers")
    if not np.isfinite(row).all():
        raise ValueError(f"{name} holds NaN or infinity; give finite numbers")
    return np.asarray(row, dtype=np.float64)
