"""What a recall gives back: one in full, or many by where they end."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engramlab._types import array_repr


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class Recall:
    """One recall: where it began, how it went, where it came to rest.

    Attributes
    ----------
    cue : ndarray of shape (n_neurons,)
        int8, the state at the start.
    final : ndarray of shape (n_neurons,)
        int8, the state at the end.
    energies : ndarray of shape (n_sweeps + 1,)
        Energy of the cue and after each sweep; it never rises.
    n_sweeps : int
        Sweeps made; the last one changed nothing if `converged`.
    converged : bool
        Whether every unit agrees with its field at the end.
    flips : ndarray of shape (n_flips,)
        int64, the unit of each flip in order.
    flip_sweeps : ndarray of shape (n_flips,)
        Time of each flip in sweeps: 1.25 is a quarter of the way through the second sweep.
    """

    cue: NDArray[np.int8]
    final: NDArray[np.int8]
    energies: NDArray[np.float64]
    n_sweeps: int
    converged: bool
    flips: NDArray[np.int64]
    flip_sweeps: NDArray[np.float64]

    __repr__ = array_repr


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class Recalls:
    """Many recalls from many cues.

    Attributes
    ----------
    final : ndarray of shape (n_cues, n_neurons)
        int8, the states at the end.
    energies : ndarray of shape (n_cues,)
        Energy of each final state.
    n_sweeps : ndarray of shape (n_cues,)
        int64, sweeps until each came to rest, its last quiet one included.
    converged : ndarray of shape (n_cues,)
        bool, whether every unit agrees with its field at the end.
    """

    final: NDArray[np.int8]
    energies: NDArray[np.float64]
    n_sweeps: NDArray[np.int64]
    converged: NDArray[np.bool_]

    __repr__ = array_repr
