"""Offline replay: what one reactivation changes in the cells of the region that learns from it."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from engramlab.kernels import CACHE


@njit(cache=CACHE, nogil=True)
def learn_from_replay(
    baseline: NDArray[np.float32],
    context: NDArray[np.bool_],
    active: NDArray[np.bool_],
    eta: NDArray[np.float64],
    eta_off: float,
    contacts: NDArray[np.bool_],
    early: NDArray[np.float32],
    out_early: NDArray[np.float32],
) -> None:
    """Let each active cell learn, by a strength of its own; `early`, `out_early` change in place.

    With eta_i of the cell: inputs that are on, early_ij += eta_i (1 - early_ij); inputs that are
    off, early_ij -= eta_off (0.5 + early_ij); its contact with the read-out, if it has one,
    out_early_i += eta_i (1 - out_early_i). No contact is new: those grow when an event is encoded.

    Parameters
    ----------
    baseline : ndarray of shape (n_cells, n_inputs)
        0 where there is no contact.
    context : ndarray of shape (n_inputs,)
        The units that the replay brings back.
    active : ndarray of shape (n_cells,)
        The cells that it reactivates.
    eta : ndarray of shape (n_cells,)
        Share of the way to the limit, from 0 to 1, of each cell; read for active cells only.
    eta_off : float
        The same for inputs that are off (heterosynaptic LTD).
    contacts : ndarray of shape (n_cells,)
        Which cells have a contact with the read-out.
    early : ndarray of shape (n_cells, n_inputs)
        Changed in place where there is a contact.
    out_early : ndarray of shape (n_cells,)
        Changed in place.
    """
    for i in range(active.size):
        if active[i]:
            for j in range(context.size):
                if baseline[i, j] > 0:
                    if context[j]:
                        early[i, j] += eta[i] * (1.0 - early[i, j])
                    else:
                        early[i, j] -= eta_off * (0.5 + early[i, j])
            if contacts[i]:
                out_early[i] += eta[i] * (1.0 - out_early[i])
