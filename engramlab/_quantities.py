"""What a time, a rate or a train of spikes must be: each check returns it or says what to give."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engramlab._checks import is_number, numbers


def real(name: str, value: Any, *, cure: str = "give one number") -> float:
    """Return `value` as a finite float.

    Raises
    ------
    TypeError
        If `value` is not one real number (a bool is not one here).
    ValueError
        If it is NaN or infinite.
    """
    if not is_number(value):
        raise TypeError(f"{name} is {value!r}; {cure}")
    if not math.isfinite(value):
        raise ValueError(f"{name} is {value}; {cure}")
    return float(value)


def positive(name: str, value: Any, *, example: str) -> float:
    """Return `value` as a float above 0.

    Raises
    ------
    TypeError, ValueError
        If it is no finite number above 0.
    """
    cure = f"give a number above 0, such as {example}"
    number = real(name, value, cure=cure)
    if not number > 0:
        raise ValueError(f"{name} is {value}; {cure}")
    return number


def not_negative(name: str, value: Any, *, example: str) -> float:
    """Return `value` as a float of 0 or more.

    Raises
    ------
    TypeError, ValueError
        If it is no finite number of 0 or more.
    """
    cure = f"give a number of 0 or more, such as {example}"
    number = real(name, value, cure=cure)
    if number < 0:
        raise ValueError(f"{name} is {value}; {cure}")
    return number


def spike_times(name: str, value: Any) -> NDArray[np.float64]:
    """Return spike times (ms) as a contiguous float64 array; an empty train stays one.

    Raises
    ------
    TypeError
        If `value` does not hold numbers.
    ValueError
        If a time is negative, NaN or infinite, or the times are not in ascending order, each once.
    """
    times = np.asarray(value) if np.size(value) == 0 else numbers(name, value)
    if times.ndim != 1:
        raise ValueError(f"{name} has shape {times.shape}; give spike times of shape (n_spikes,)")
    times = np.ascontiguousarray(times, dtype=np.float64)
    if not np.isfinite(times).all():
        raise ValueError(f"{name} holds NaN or infinity; every spike has a time in ms")
    if (times < 0).any():
        raise ValueError(
            f"{name} holds the time {times[times < 0][0]:g}; give times of 0 ms or more "
            "(shift both trains by the same amount)"
        )
    wrong = np.flatnonzero(np.diff(times) <= 0)
    if wrong.size:
        k = int(wrong[0])
        fault = "has two spikes" if times[k] == times[k + 1] else "goes back from"
        ends = (
            f"at {times[k]:g}" if times[k] == times[k + 1] else f"{times[k]:g} to {times[k + 1]:g}"
        )
        raise ValueError(
            f"{name} {fault} {ends} ms (index {k} and {k + 1}); give each time once, in ascending "
            "order, as numpy.unique does"
        )
    return times


def reals(name: str, value: Any) -> NDArray[np.float64]:
    """Return `value` as a float64 array of finite numbers, of any shape.

    Raises
    ------
    TypeError
        If `value` does not hold numbers.
    ValueError
        If a number is NaN or infinite.
    """
    array = numbers(name, value)
    if not np.isfinite(array).all():
        raise ValueError(f"{name} holds NaN or infinity; every value is a finite number")
    return np.asarray(array, dtype=np.float64)


def vectors(name: str, value: Any, *, ndim: int, n_inputs: int | None = None) -> Any:
    """Return rates or weights as a contiguous float64 array, copied, so that it may be changed.

    Raises
    ------
    TypeError
        If `value` does not hold numbers.
    ValueError
        If it is empty, of another shape, or holds NaN or infinity.
    """
    array = reals(name, value)
    wanted = "(n_inputs,)" if ndim == 1 else "(n, n_inputs)"
    if array.ndim != ndim or array.size == 0:
        raise ValueError(f"{name} has shape {array.shape}; give shape {wanted}, not empty")
    if n_inputs is not None and array.shape[-1] != n_inputs:
        raise ValueError(
            f"{name} has {array.shape[-1]} inputs (shape {array.shape}); the weights have "
            f"{n_inputs}"
        )
    return np.array(array, dtype=np.float64, order="C")


def known(name: str, value: Any, names: Mapping[str, Any] | Iterable[str]) -> str:
    """Return `value` if it is one of `names`.

    Raises
    ------
    ValueError
        If it is not; names those that exist.
    """
    if not isinstance(value, str) or value not in names:
        raise ValueError(f"{name} is {value!r}; give one of {', '.join(map(repr, names))}")
    return value
