"""Tools for writing an `examine`: random inputs, comparisons that fear no answer, short texts."""

import math
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from functools import lru_cache, wraps
from typing import Any, TypeVar

import numpy as np

from engramlab.course.checks._outcomes import Wrong
from engramlab.course.faults import shorten

Faces = Iterable[tuple[str, Any]]
"""Names of misconceptions, each with what it gives; a name may stand beside several values."""

Drawing = TypeVar("Drawing", bound=Callable[..., Any])


def remembered(draw: Drawing) -> Drawing:
    """Make a function that draws questions remember the last of them.

    In a class each learner is asked the same, so that a long search for questions on which no two
    ideas agree is made once. Each call returns a copy.

    Parameters
    ----------
    draw : function
        ``draw(*numbers, rng)``; the Generator, of numpy's default kind, ends where it would have.
    """

    @lru_cache(maxsize=256)
    def drawn(numbers: tuple[Any, ...], state: tuple[Any, ...]) -> tuple[Any, dict[str, Any]]:
        rng = np.random.default_rng()
        rng.bit_generator.state = _opened(state)
        return draw(*numbers, rng), dict(rng.bit_generator.state)

    @wraps(draw)
    def asked(*arguments: Any) -> Any:
        *numbers, rng = arguments
        found, after = drawn(tuple(numbers), _closed(rng.bit_generator.state))
        rng.bit_generator.state = after
        return deepcopy(found)

    return asked  # type: ignore[return-value]


def _closed(state: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return the state of a Generator as something that can be looked up."""
    return tuple((k, _closed(v) if isinstance(v, dict) else v) for k, v in state.items())


def _opened(state: tuple[Any, ...]) -> dict[str, Any]:
    return {k: _opened(v) if isinstance(v, tuple) else v for k, v in state}


def numbers(answer: Any, shape: tuple[int, ...] | None, what: str) -> np.ndarray[Any, Any]:
    """Return an answer as an array of numbers of the asked shape, or raise `Wrong`."""
    try:
        array = np.asarray(answer)
        if array.dtype.kind not in "biuf":
            raise ValueError
    except ValueError:
        kind = "one number" if shape == () else "an array of numbers"
        raise Wrong(None, f"{what} should be {kind}; it is {show(answer)}.") from None
    if array.shape != shape:
        if shape == ():
            raise Wrong(None, f"{what} should be one number; it has shape {array.shape}.")
        raise Wrong(None, f"{what} should have shape {shape}; it has shape {array.shape}.")
    return array


def close(a: Any, b: Any, tolerance: float = 1e-6) -> bool:
    """Return whether two arrays agree within a tolerance; never true of NaN or infinity.

    An infinite tolerance, as an infinite twin has, agrees with nothing.
    """
    with np.errstate(invalid="ignore"):  # of two infinities
        difference = np.abs(np.asarray(a, dtype=float) - np.asarray(b, dtype=float))
    return math.isfinite(tolerance) and bool(np.all(difference <= tolerance))


def name_of(answer: Any, twins: Mapping[str, Any], tolerance: float = 1e-6) -> str | None:
    """Return the name of the misconception whose own calculation gives this answer, or None."""
    shape = shape_of(answer)
    for name, twin in twins.items():
        if np.shape(twin) == shape and close(numbers(answer, shape, "The answer"), twin, tolerance):
            return name
    return None


def within(value: Any) -> float:
    """Return the tolerance for numbers of this size, so that 32 bits are enough."""
    largest = np.max(np.abs(np.asarray(value, dtype=float)), initial=1.0)
    return 1e-6 * float(largest)


def agrees(answer: Any, right: Any) -> bool:
    """Return whether an answer of the right shape is right, in 32 bits too."""
    return close(answer, right, within(right))


def face_of(answer: Any, faces: Faces) -> str | None:
    """Return the name that goes with an answer, or None."""
    for name, twin in faces:
        if name_of(answer, {name: twin}, within(twin)) is not None:
            return name
    return None


def apart(right: Any, faces: Faces) -> bool:
    """Return whether no two names give nearly the same, and none of them what is right."""
    alike: dict[tuple[int, ...], list[tuple[str, Any]]] = {}
    for name, value in [("", right), *faces]:
        alike.setdefault(np.shape(value), []).append((name, value))
    for named in alike.values():
        names = np.array([name for name, _ in named])
        values = np.array([np.ravel(value) for _, value in named], dtype=float)
        with np.errstate(invalid="ignore"):  # of two infinities
            near = np.all(np.abs(values[:, None] - values) <= 1e-3, axis=-1)
        if np.any(near & (names[:, None] != names)):
            return False
    return True


def judge(answer: Any, right: Any, faces: Faces, what: str, told: str | None = None) -> None:
    """Return if an answer is right; else raise `Wrong` with the name of the twin that it is.

    The message is `told` and the answer; by default it says what `what` should be.
    """
    shape = np.shape(right)
    if shape_of(answer) == shape and agrees(numbers(answer, shape, what), right):
        return
    name = face_of(answer, faces)
    if name is None:
        numbers(answer, shape, what)
    told = f"{what} should be {show(right)}; it is" if told is None else told
    raise Wrong(name, f"{told} {show(answer)}.")


def steps_in_words(answer: Any, most: int = 200) -> list[tuple[str, ...]]:
    """Return a protocol's steps that are words only, of the first `most`; none if it is no list."""
    if type(answer) not in (list, tuple):
        return []
    return [
        tuple(step)
        for step in answer[:most]
        if type(step) in (list, tuple) and step and all(type(word) is str for word in step)
    ]


def shape_of(answer: Any) -> tuple[int, ...] | None:
    """Return the shape of an answer, or None when it is ragged and has none."""
    try:
        shape: tuple[int, ...] = np.shape(answer)
        return shape
    except ValueError:
        return None


def binary(rng: np.random.Generator, *shape: int) -> np.ndarray[Any, Any]:
    """Return random units of -1 and +1, int8 as the package's own patterns are."""
    return rng.choice(np.array([-1, 1], dtype=np.int8), size=shape)


def show(value: Any) -> str:
    """Return a value as short text, numbers to 6 significant digits."""
    if type(value) in (np.float64, np.float32, np.int64, np.int32, np.bool_):
        value = value.item()
    if type(value) is np.ndarray:
        if value.size > 24:
            return f"{value.dtype} array of shape {value.shape}"
        return shorten(show(value.tolist()), 200)
    if type(value) is float:
        return f"{value:.6g}" if math.isfinite(value) else str(value)
    if type(value) in (list, tuple):
        left, right = "[]" if type(value) is list else "()"
        shown = [show(item) for item in value[:24]] + ["..."] * (len(value) > 24)
        return shorten(f"{left}{', '.join(shown)}{right}", 200)
    if type(value) is np.random.Generator:
        return "a Generator"
    if callable(value):
        return "a function"
    return shorten(repr(value), 80)


def describe_call(name: str, parameters: list[str], arguments: tuple[Any, ...]) -> str:
    """Return a call as text in which large arrays stand as their shapes."""
    shown = [
        f"{parameter}={show(argument)}"
        for parameter, argument in zip(parameters, arguments, strict=False)
    ]
    return f"{name}({', '.join(shown)})"
