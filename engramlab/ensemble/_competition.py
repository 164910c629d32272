"""Competition between cells, as functions of their drive alone."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engramlab._checks import whole
from engramlab._quantities import not_negative, reals
from engramlab.kernels.ensemble import settle, win


def allocate(drive: ArrayLike, inhibition: float) -> NDArray[np.bool_]:
    """Return which cells win when each active cell adds to an inhibition that all of them feel.

    A cell is active if its drive is above theta = inhibition x (share of cells active); k cells
    win, where k is the largest number for which the k-th strongest drive is above
    inhibition x k / n_cells. Of cells with equal drives the one with the lowest index comes first.

    Parameters
    ----------
    drive : array_like of shape (n_cells,)
        In units of the mean drive of a context.
    inhibition : float
        0 or more; the threshold if all cells were active. 14 gives about 10 % (tuned).

    Returns
    -------
    ndarray of shape (n_cells,)
        bool.

    Raises
    ------
    TypeError, ValueError
        If `drive` is empty, not one row of finite numbers, or `inhibition` is negative.

    See Also
    --------
    winners : a number of winners that is given. Lesson 05.

    Examples
    --------
    Two cells make a threshold of 2 x 2/4 = 1, which both pass; a third would make it 1.5.

    >>> allocate([1.9, 0.2, 1.6, 1.4], 2.0).tolist()
    [True, False, True, False]
    """
    row = _row(drive)
    active = np.zeros(row.size, dtype=np.bool_)
    settle(row, not_negative("inhibition", inhibition, example="14"), active)
    return active


def winners(drive: ArrayLike, k: int) -> NDArray[np.bool_]:
    """Return the k cells with the strongest drive; of equal ones the lowest index comes first.

    Parameters
    ----------
    drive : array_like of shape (n_cells,)
        Any unit.
    k : int
        From 0 to n_cells.

    Returns
    -------
    ndarray of shape (n_cells,)
        bool, with exactly k True.

    Raises
    ------
    TypeError, ValueError
        If `drive` is empty or not one row of finite numbers, or `k` is more than there are cells.

    See Also
    --------
    allocate : lets inhibition find the number.

    Examples
    --------
    >>> winners([0.5, 0.7, 0.7, 0.1], 1).tolist()
    [False, True, False, False]
    """
    row = _row(drive)
    n = whole("k", k, least=0)
    if n > row.size:
        raise ValueError(f"k is {k}; there are {row.size} cells")
    active = np.zeros(row.size, dtype=np.bool_)
    win(row, n, active)
    return active


def _row(drive: ArrayLike) -> NDArray[np.float64]:
    """Return drives as a contiguous row, not empty."""
    row = reals("drive", drive)
    if row.ndim != 1 or row.size == 0:
        raise ValueError(f"drive has shape {row.shape}; give shape (n_cells,), not empty")
    return np.ascontiguousarray(row)
