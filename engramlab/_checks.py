"""What an argument must be: each check returns it in one form or says what to give."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Signs = NDArray[np.int8]


def whole(name: str, value: Any, *, least: int) -> int:
    """Return `value` as an int of at least `least`.

    Raises
    ------
    TypeError
        If `value` is not an integer (a bool is not one here).
    ValueError
        If it is too small.
    """
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError(f"{name} is {value!r}; give a whole number, {least} or more")
    if value < least:
        raise ValueError(f"{name} is {value}; give a whole number, {least} or more")
    return int(value)


def is_number(value: Any) -> bool:
    """Return whether `value` is one real number; True and False are none here."""
    return isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool)


def fraction(name: str, value: Any) -> float:
    """Return `value` as a float between 0 and 1; refuse NaN.

    Raises
    ------
    TypeError
        If `value` is not one real number.
    ValueError
        If it lies outside [0, 1] or is NaN.
    """
    if not is_number(value):
        raise TypeError(f"{name} is {value!r}; give one number from 0 to 1")
    if not 0 <= value <= 1:
        raise ValueError(f"{name} is {value}; give a number from 0 to 1 (0.2 means 20 %)")
    return float(value)


def signs(
    name: str, value: Any, *, ndim: int | Sequence[int], n_neurons: int | None = None
) -> Signs:
    """Return states of +1 and -1 as a contiguous int8 array, never written to by the caller.

    Parameters
    ----------
    name : str
        The argument as the user knows it.
    value : array_like
        Numbers that are all +1 or -1; the last axis is the units.
    ndim : int or sequence of int
        The numbers of dimensions that are accepted.
    n_neurons : int, optional
        The length that the last axis must have.

    Raises
    ------
    TypeError
        If `value` does not hold numbers.
    ValueError
        If the shape or any value is wrong.
    """
    wanted = [ndim] if isinstance(ndim, int) else list(ndim)
    shapes = " or ".join({1: "(n_neurons,)", 2: "(n, n_neurons)"}.get(d, f"{d}-D") for d in wanted)
    array = numbers(name, value)
    if array.ndim not in wanted:
        raise ValueError(f"{name} has shape {array.shape}; give shape {shapes}")
    if array.size == 0:
        raise ValueError(
            f"{name} is empty (shape {array.shape}); give at least one unit's +1 or -1"
        )
    if n_neurons is not None and array.shape[-1] != n_neurons:
        raise ValueError(
            f"{name} has {array.shape[-1]} units in its last axis (shape {array.shape}); "
            f"this network has {n_neurons}"
        )
    wrong = (array != 1) & (array != -1)
    if wrong.any():
        cure = "; turn 0 and 1 into signs by 2 * x - 1" if (array[wrong] == 0).any() else ""
        raise ValueError(f"{name} holds {array[wrong][0]}; every unit is +1 or -1{cure}")
    return np.ascontiguousarray(array, dtype=np.int8)


def mask(
    name: str, value: Any, *, n: int | None = None, what: str = "cell", some: bool = False
) -> NDArray[np.bool_]:
    """Return one row of True and False (or of 1 and 0) as a contiguous bool array.

    Parameters
    ----------
    name : str
        The argument as the user knows it.
    value : array_like
        One entry for each cell or input.
    n : int, optional
        The length that it must have.
    what : str
        What an entry stands for, for the message.
    some : bool
        Whether at least one entry must be True.

    Raises
    ------
    TypeError
        If `value` holds neither bools nor numbers.
    ValueError
        If it is empty, of another shape or length, or holds other numbers than 0 and 1.
    """
    array = _regular(name, value)
    if array.dtype.kind != "b":
        array = numbers(name, value)
    if array.ndim != 1 or array.size == 0:
        raise ValueError(f"{name} has shape {array.shape}; give one True or False for each {what}")
    if n is not None and array.size != n:
        raise ValueError(f"{name} has {array.size} entries; give one for each of the {n} {what}s")
    if array.dtype.kind != "b" and not ((array == 0) | (array == 1)).all():
        raise ValueError(
            f"{name} holds {array[(array != 0) & (array != 1)][0]}; give True or False for each "
            f"{what}, no indices"
        )
    made = np.ascontiguousarray(array, dtype=np.bool_)
    if some and not made.any():
        raise ValueError(f"{name} has no {what} in it; give at least one True")
    return made


def square(name: str, value: Any) -> NDArray[np.float64]:
    """Return a square matrix of finite numbers as float64.

    Raises
    ------
    TypeError
        If `value` does not hold numbers.
    ValueError
        If it is not a non-empty square matrix or holds NaN or infinity.
    """
    array = numbers(name, value)
    if array.ndim != 2 or array.shape[0] != array.shape[1] or array.size == 0:
        raise ValueError(
            f"{name} has shape {array.shape}; give a square matrix (n_neurons, n_neurons)"
        )
    if not np.isfinite(array).all():
        raise ValueError(f"{name} holds NaN or infinity; every weight is a finite number")
    return np.asarray(array, dtype=np.float64)


def symmetric(name: str, matrix: NDArray[np.float64]) -> None:
    """Refuse a square matrix in which two units are tied differently in the two directions.

    Raises
    ------
    ValueError
        If an entry and its mirror differ by more than a millionth of the largest entry.
    """
    gap = np.abs(matrix - matrix.T)
    if gap.max() > 1e-6 * max(np.abs(matrix).max(), 1e-300):
        i, j = (int(k) for k in np.unravel_index(gap.argmax(), gap.shape))
        raise ValueError(
            f"{name} is not symmetric: {name}[{i}, {j}] is {matrix[i, j]:.4g} and "
            f"{name}[{j}, {i}] is {matrix[j, i]:.4g}; give w_ij = w_ji, "
            "since only then does the energy never rise"
        )


def yes_or_no(name: str, value: Any) -> bool:
    """Return `value` if it is True or False; refuse what merely counts as true, such as "no".

    Raises
    ------
    TypeError
        If `value` is anything else.
    """
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} is {value!r}; give True or False")
    return bool(value)


def number_within(name: str, value: Any, low: float, high: float) -> float:
    """Return `value` as a float from `low` to `high`; refuse NaN.

    Raises
    ------
    TypeError
        If `value` is not one real number.
    ValueError
        If it lies outside or is NaN.
    """
    if not is_number(value):
        raise TypeError(f"{name} is {value!r}; give one number from {low:g} to {high:g}")
    if not low <= value <= high:
        raise ValueError(f"{name} is {value}; give a number from {low:g} to {high:g}")
    return float(value)


def numbers(name: str, value: Any) -> NDArray[Any]:
    """Return `value` as an array of integers or floats.

    Raises
    ------
    TypeError
        If `value` is ragged or holds anything but real numbers.
    """
    array = _regular(name, value)
    if array.dtype.kind not in "iuf":
        raise TypeError(
            f"{name} holds {array.dtype} ({type(value).__name__}); give an array of numbers"
        )
    return array


def _regular(name: str, value: Any) -> NDArray[Any]:
    """Return `value` as an array, whatever it holds."""
    try:
        return np.asarray(value)
    except ValueError as error:
        raise TypeError(f"{name} has rows of different lengths; give a regular array") from error
