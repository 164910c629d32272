"""The control of an experiment on chosen cells: as many others."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engramlab._checks import mask
from engramlab._types import Rng, generator


def as_many_others(
    cells: ArrayLike, *, among: ArrayLike | None = None, rng: Rng
) -> NDArray[np.bool_]:
    """Return a random mask of as many cells as `cells` has, none of them in `cells`.

    Parameters
    ----------
    cells : array_like of shape (n_cells,)
        True or False (or 1 and 0).
    among : array_like of shape (n_cells,), optional
        The cells to draw from; all by default.
    rng : int or numpy.random.Generator
        Draws the cells.

    Returns
    -------
    ndarray of shape (n_cells,)
        bool.

    Raises
    ------
    TypeError, ValueError
        If an argument is no mask, the lengths differ, or fewer other cells are left than needed.

    Examples
    --------
    >>> as_many_others([1, 1, 0, 0], rng=1).tolist()
    [False, False, True, True]
    """
    chosen = mask("cells", cells)
    pool = ~chosen if among is None else mask("among", among, n=chosen.size) & ~chosen
    n, left = int(chosen.sum()), int(pool.sum())
    if n > left:
        raise ValueError(
            f"cells holds {n} cells and only {left} others are left to draw from; give a smaller "
            "mask, so that as many others exist"
        )
    others = np.zeros(chosen.size, dtype=np.bool_)
    others[generator(rng).permutation(np.flatnonzero(pool))[:n]] = True
    return others
