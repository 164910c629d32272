"""Asynchronous recall in an attractor network, one pass over all units at a time.

Hopfield JJ (1982) PNAS 79:2554-2558, 10.1073/pnas.79.8.2554.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from engramlab.kernels import CACHE


@njit(cache=CACHE, nogil=True)
def update_all(
    couplings: NDArray[np.float32],
    order: NDArray[np.int64],
    state: NDArray[np.int8],
    fields: NDArray[np.float32],
    flipped: NDArray[np.int64],
) -> tuple[int, float]:
    """Let each unit, in turn, follow its local field; `state`, `fields`, `flipped` change in place.

    The equation: S_i <- sign(h_i) with h_i = sum_j J_ij S_j; a field of exactly 0 keeps S_i.
    Fields are not summed anew for each unit. They are carried along, and change only when a unit
    flips: h_j += 2 S_i J_ij with the new S_i. With whole-number couplings every sum is exact.

    Parameters
    ----------
    couplings : ndarray of shape (n_neurons, n_neurons)
        Symmetric J; row i is read when unit i flips.
    order : ndarray of shape (n_neurons,)
        The units in the order of this pass.
    state : ndarray of shape (n_neurons,)
        S, +1 or -1; changed in place.
    fields : ndarray of shape (n_neurons,)
        h = J S; changed in place.
    flipped : ndarray of shape (n_neurons,)
        Filled with the places in `order` at which a unit flipped.

    Returns
    -------
    n_flips : int
        How many entries of `flipped` count.
    energy_change : float
        Change of E = -1/2 sum_ij J_ij S_i S_j over the pass: 2 (S_i h_i - J_ii) for each flip,
        with the old S_i and h_i. Never above 0 where no J_ii is negative.
    """
    n_flips = 0
    energy_change = 0.0
    for place in range(order.size):
        i = order[place]
        agreement = state[i] * fields[i]
        if agreement < 0:
            energy_change += 2.0 * (agreement - couplings[i, i])
            state[i] = -state[i]
            kick = np.float32(2 * state[i])
            row = couplings[i]
            for j in range(row.size):
                fields[j] += kick * row[j]
            flipped[n_flips] = place
            n_flips += 1
    return n_flips, energy_change


@njit(cache=CACHE, nogil=True)
def update_all_many(
    couplings: NDArray[np.float32],
    order: NDArray[np.int64],
    states: NDArray[np.int8],
    fields: NDArray[np.float32],
    n_flips: NDArray[np.int64],
) -> None:
    """Update all units of many states at once; `states`, `fields`, `n_flips` change in place.

    All states take their units in the same order, so row i of J is fetched from memory once for
    all of them. A state whose `n_flips` is 0 on entry is at rest and is left out.

    Parameters
    ----------
    couplings : ndarray of shape (n_neurons, n_neurons)
        Symmetric J.
    order : ndarray of shape (n_neurons,)
        The units in the order of this pass.
    states : ndarray of shape (n_states, n_neurons)
        S, +1 or -1; changed in place.
    fields : ndarray of shape (n_states, n_neurons)
        h = J S of each state; changed in place.
    n_flips : ndarray of shape (n_states,)
        On entry 0 for each state at rest; on return the number of flips in this pass.

    See Also
    --------
    update_all : the equation, for one state.
    """
    moving = np.flatnonzero(n_flips)
    n_flips[:] = 0
    for i in order:
        row = couplings[i]
        for b in moving:
            if states[b, i] * fields[b, i] < 0:
                states[b, i] = -states[b, i]
                kick = np.float32(2 * states[b, i])
                own = fields[b]
                for j in range(row.size):
                    own[j] += kick * row[j]
                n_flips[b] += 1
