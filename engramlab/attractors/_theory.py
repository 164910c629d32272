"""The theory of the Hebbian attractor network: where recall is lost, for N to infinity.

Amit DJ, Gutfreund H, Sompolinsky H (1987) Ann Phys 173:30-67, 10.1016/0003-4916(87)90092-3.
"""

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from engramlab._types import array_repr


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class AgsCritical:
    """The point at which recall is lost, by theory.

    Attributes
    ----------
    load : float
        Memories per unit, alpha_c.
    overlap : float
        Overlap of the recalled state with the memory just below, m_c.
    error : float
        Share of wrong units just below, (1 - m_c) / 2.
    """

    load: float
    overlap: float
    error: float

    __repr__ = array_repr


def ags_critical() -> AgsCritical:
    """Return the critical load of the Hebbian network with +1/-1 units for N to infinity.

    Solved, not looked up: the largest alpha for which the equation of `ags_overlap` has a solution.
    The paper's abstract rounds it to 0.14 with errors "less than 1.5 %"; the equation gives 0.1379
    and 1.63 %.

    Returns
    -------
    AgsCritical
        `load` 0.1379 memories per unit, and `overlap` and `error` of the recalled state just below.

    References
    ----------
    Amit DJ, Gutfreund H, Sompolinsky H (1987) Ann Phys 173:30-67, 10.1016/0003-4916(87)90092-3.

    See Also
    --------
    ags_overlap : the overlap at any load.

    Examples
    --------
    >>> round(ags_critical().load, 3)
    0.138
    """
    y = _critical_argument()
    return AgsCritical(load=_load_at(y), overlap=math.erf(y), error=(1 - math.erf(y)) / 2)


def ags_overlap(load: ArrayLike) -> Any:
    """Return the overlap of a recalled state with its memory, by theory, at a load P / N.

    The equation at zero temperature, y (sqrt(2 alpha) + (2 / sqrt pi) exp(-y^2)) = erf(y), is
    solved for its largest y; the overlap is m = erf(y). It falls at once from 0.967 to 0 at
    alpha_c.

    Parameters
    ----------
    load : float or array_like
        alpha, 0 or more.

    Returns
    -------
    float or ndarray of the shape of `load`
        m from 0 to 1; 0 above the critical load, where only the state without memory is left in the
        theory (simulated networks keep a remnant of about 0.3).

    Raises
    ------
    TypeError, ValueError
        If a load is not a number of 0 or more.

    References
    ----------
    Amit DJ, Gutfreund H, Sompolinsky H (1987) Ann Phys 173:30-67, 10.1016/0003-4916(87)90092-3.

    Examples
    --------
    >>> ags_overlap(0.0), ags_overlap(0.2), round(ags_overlap(0.1), 3)
    (1.0, 0.0, 0.998)
    """
    loads = np.asarray(load)
    if loads.dtype.kind not in "iuf":
        raise TypeError(f"load is {load!r}; give a number of memories per unit, 0 or more")
    if not (loads >= 0).all():
        raise ValueError(f"load is {load!r}; give a number of memories per unit, 0 or more")
    overlaps = np.array([_overlap_at(float(alpha)) for alpha in loads.ravel()])
    return float(overlaps[0]) if loads.ndim == 0 else overlaps.reshape(loads.shape)


def _load_at(y: float) -> float:
    """Return alpha(y) = 1/2 (erf(y) / y - (2 / sqrt pi) exp(-y^2))^2."""
    return 0.5 * (math.erf(y) / y - 2 / math.sqrt(math.pi) * math.exp(-y * y)) ** 2


@cache
def _critical_argument() -> float:
    """Return the y at which alpha(y) is largest, where its slope changes sign."""
    low, high = 1.0, 2.0
    while high - low > 1e-14:
        y = (low + high) / 2
        bell = 2 / math.sqrt(math.pi) * math.exp(-y * y)
        if bell / y + 2 * y * bell > math.erf(y) / y**2:
            low = y
        else:
            high = y
    return low


def _overlap_at(alpha: float) -> float:
    """Return m at one load by halving the interval on the branch where alpha(y) falls."""
    low = _critical_argument()
    if alpha > _load_at(low):
        return 0.0
    if alpha == 0:
        return 1.0
    high = max(low, 1 / math.sqrt(2 * alpha))  # since alpha(y) < 1 / (2 y^2)
    for _ in range(100):
        y = (low + high) / 2
        low, high = (y, high) if _load_at(y) > alpha else (low, y)
    return math.erf(low)
