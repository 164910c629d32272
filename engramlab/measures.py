"""What is read out of a network: overlap, energy, and the course of a recall."""

from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engramlab._checks import signs, square


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
        If `weights` is not a square matrix of finite numbers, or `state` does not fit it.

    Examples
    --------
    Two units that excite each other rest when they agree:

    >>> energy([[0, 1], [1, 0]], [1, 1]), energy([[0, 1], [1, 0]], [1, -1])
    (-1.0, 1.0)
    """
    matrix = square("weights", weights)
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
        If `patterns` does not fit the recall.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> run = SimpleNamespace(cue=[1, -1], n_sweeps=2, flips=[1], flip_sweeps=[0.5])
    >>> sweeps, overlaps = overlap_course(run, [1, 1])
    >>> sweeps.tolist(), overlaps.tolist()
    ([0.0, 0.5, 2.0], [[0.0, 1.0, 1.0]])
    """
    state = signs("recall.cue", recall.cue, ndim=1).copy()
    memories = np.atleast_2d(signs("patterns", patterns, ndim=(1, 2), n_neurons=state.size))
    changes = np.zeros((len(memories), len(recall.flips) + 2), dtype=np.int64)
    changes[:, 0] = memories.astype(np.int64) @ state
    for flip, unit in enumerate(recall.flips):
        state[unit] *= -1
        changes[:, flip + 1] = 2 * int(state[unit]) * memories[:, unit].astype(np.int64)
    sweeps = np.concatenate([[0.0], recall.flip_sweeps, [float(recall.n_sweeps)]])
    return sweeps, np.cumsum(changes, axis=1) / state.size
