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


def fraction(name: str, value: Any) -> float:
    """Return `value` as a float between 0 and 1; refuse NaN.

    Raises
    ------
    TypeError
        If `value` is not one real number.
    ValueError
        If it lies outside [0, 1] or is NaN.
    """
    if isinstance(value, (bool, np.bool_)) or not isinstance(
        value, (int, float, np.integer, np.floating)
    ):
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


def numbers(name: str, value: Any) -> NDArray[Any]:
    """Return `value` as an array of integers or floats.

    Raises
    ------
    TypeError
        If `value` is ragged or holds anything but real numbers.
    """
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise TypeError(f"{name} has rows of different lengths; give a regular array") from error
    if array.dtype.kind not in "iuf":
        raise TypeError(
            f"{name} holds {array.dtype} ({type(value).__name__}); give an array of numbers"
        )
    return array
