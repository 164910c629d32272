"""Which cells get an event, and what that changes in them: one step of the ensemble model each.

Time passes in `kernels.capture.advance` and, for excitability, in `drift`.
"""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from engramlab.kernels import CACHE


@njit(cache=CACHE, nogil=True)
def add_drives(
    baseline: NDArray[np.float32],
    early: NDArray[np.float32],
    late: NDArray[np.float32],
    units: NDArray[np.int64],
    drive: NDArray[np.float64],
) -> None:
    """Add to each cell's drive what the context gives it; `drive` changes in place.

    drive_i += sum_j w_ij x_j with w_ij = baseline_ij max(1 + early_ij + late_ij, 0) and x_j = 1 for
    the units of the context.

    Parameters
    ----------
    baseline, early, late : ndarray of shape (n_cells, n_inputs)
        Baseline weight (0 where there is no contact) and its relative changes.
    units : ndarray of shape (n_active,)
        The input units that are on.
    drive : ndarray of shape (n_cells,)
        What else drives the cells, such as excitability; the mean drive of a context is 1.
    """
    for i in range(baseline.shape[0]):
        total = 0.0
        for j in units:
            change = 1.0 + float(early[i, j]) + float(late[i, j])
            if change > 0.0:
                total += float(baseline[i, j]) * change
        drive[i] += total


@njit(cache=CACHE, nogil=True)
def settle(drive: NDArray[np.float64], inhibition: float, active: NDArray[np.bool_]) -> float:
    """Let cells compete under feedback inhibition; fill `active`, return the threshold.

    theta = inhibition x (share of cells active) and active_i = drive_i > theta must hold together.
    By one sort: k cells are active, where k is the largest number for which the k-th strongest
    drive is above inhibition x k / n_cells. One more cell would raise the threshold above its own
    drive. Cells with equal drives come in the order of their indices.

    The form is ours. That silencing interneurons enlarges an engram: Morrison DJ et al. (2016)
    Neurobiol Learn Mem, 10.1016/j.nlm.2016.07.007.

    Parameters
    ----------
    drive : ndarray of shape (n_cells,)
        No NaN; -inf for a cell that cannot fire.
    inhibition : float
        Threshold if all cells were active, 0 or more.
    active : ndarray of shape (n_cells,)
        Filled.

    Returns
    -------
    float
        theta, in the unit of the drive.
    """
    n_cells = drive.size
    order = np.argsort(-drive, kind="mergesort")
    k = 0
    while k < n_cells and drive[order[k]] > inhibition * (k + 1) / n_cells:
        k += 1
    active[:] = False
    for rank in range(k):
        active[order[rank]] = True
    return inhibition * k / n_cells


@njit(cache=CACHE, nogil=True)
def win(drive: NDArray[np.float64], k: int, active: NDArray[np.bool_]) -> None:
    """Fill `active` with the k strongest cells; equal drives in the order of their indices."""
    order = np.argsort(-drive, kind="mergesort")
    active[:] = False
    for rank in range(k):
        active[order[rank]] = True


@njit(cache=CACHE, nogil=True)
def change_inputs(
    baseline: NDArray[np.float32],
    context: NDArray[np.bool_],
    active: NDArray[np.bool_],
    eta: NDArray[np.float64],
    eta_off: float,
    early: NDArray[np.float32],
) -> None:
    """Let active cells learn a context; `early` changes in place, where there is a contact.

    With eta_i of the cell, inputs that are on are potentiated, early_ij += eta_i (1 - early_ij);
    those that are off are depressed, early_ij -= eta_off (0.5 + early_ij) (heterosynaptic LTD). The
    form is ours.

    Parameters
    ----------
    baseline : ndarray of shape (n_cells, n_inputs)
        0 where there is no contact.
    context : ndarray of shape (n_inputs,)
        The units that are on.
    active : ndarray of shape (n_cells,)
        The cells that learn.
    eta : ndarray of shape (n_cells,)
        Share of the way to the limit, from 0 to 1, of each cell; read for active cells only.
    eta_off : float
        The same for inputs that are off, of all cells.
    early : ndarray of shape (n_cells, n_inputs)
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


@njit(cache=CACHE, nogil=True)
def change_output(
    active: NDArray[np.bool_],
    grows: NDArray[np.bool_],
    eta: NDArray[np.float64],
    contacts: NDArray[np.bool_],
    early: NDArray[np.float32],
) -> None:
    """Tie active cells to the read-out; `contacts` and `early` change in place.

    An active cell without a contact gets one where `grows` says so; then every contact of an active
    cell is potentiated, early_i += eta_i (1 - early_i).

    Parameters
    ----------
    active, grows : ndarray of shape (n_cells,)
        Which cells learn, and which of them may grow a contact.
    eta : ndarray of shape (n_cells,)
        Share of the way to the limit, from 0 to 1, of each cell; read for active cells only.
    contacts, early : ndarray of shape (n_cells,)
        Of the read-out; changed in place.
    """
    for i in range(active.size):
        if active[i]:
            contacts[i] = contacts[i] or grows[i]
            if contacts[i]:
                early[i] += eta[i] * (1.0 - early[i])


@njit(cache=CACHE, nogil=True)
def move_contacts(
    moves: NDArray[np.int64],
    picks: NDArray[np.float64],
    baseline: NDArray[np.float32],
    early: NDArray[np.float32],
    late: NDArray[np.float32],
) -> None:
    """Move some contacts of each cell to inputs that it had none with; arrays change in place.

    A contact takes its baseline weight along and loses its early and late part.

    Parameters
    ----------
    moves : ndarray of shape (n_cells,)
        How many contacts of each cell move; at most its contacts, and its inputs without one.
    picks : ndarray of shape (n_cells, 2, n_most)
        Uniform from 0 to 1 (1 left out): which contact goes, and where to.
    baseline, early, late : ndarray of shape (n_cells, n_inputs)
        Changed in place; 0 where there is no contact.
    """
    n_cells, n_inputs = baseline.shape
    old = np.empty(n_inputs, dtype=np.int64)
    new = np.empty(n_inputs, dtype=np.int64)
    for i in range(n_cells):
        n_old = 0
        for j in range(n_inputs):
            if baseline[i, j] > 0:
                old[n_old] = j
                n_old += 1
            else:
                new[j - n_old] = j
        n_new = n_inputs - n_old
        for k in range(moves[i]):  # the first steps of a Fisher-Yates shuffle of both lists
            a = k + int(picks[i, 0, k] * (n_old - k))
            b = k + int(picks[i, 1, k] * (n_new - k))
            old[k], old[a] = old[a], old[k]
            new[k], new[b] = new[b], new[k]
            gone = old[k]
            baseline[i, new[k]] = baseline[i, gone]
            baseline[i, gone] = 0
            early[i, gone] = 0
            late[i, gone] = 0


@njit(cache=CACHE, nogil=True)
def drift(
    noise: NDArray[np.float64],
    hours: float,
    tau_hours: float,
    sd: float,
    excitability: NDArray[np.float64],
) -> None:
    """Let excitability drift for some hours (Ornstein-Uhlenbeck, exact); changes in place.

    x <- a x + sd sqrt(1 - a^2) noise with a = exp(-hours / tau_hours): a bump fades, and the spread
    over cells stays sd.

    The form and 7 h are ours; amygdala cells of an engram stay more excitable for about 6 h: Lau
    JMH et al. (2020) Neurobiol Learn Mem 174:107284 (PMC7583262).

    Parameters
    ----------
    noise : ndarray of shape (n_cells,)
        Standard normal.
    hours, tau_hours : float
        Time that passes and time constant.
    sd : float
        Of the excitability at rest, in units of the drive.
    excitability : ndarray of shape (n_cells,)
        Changed in place.
    """
    kept = math.exp(-hours / tau_hours)
    fresh = sd * math.sqrt(-math.expm1(-2.0 * hours / tau_hours))
    for i in range(excitability.size):
        excitability[i] = kept * excitability[i] + fresh * noise[i]
