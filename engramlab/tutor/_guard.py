"""What keeps faults of the course away from a learner, and the modes without a learner."""

import functools
import inspect
import os
from collections.abc import Callable
from typing import Any, ParamSpec

from engramlab._types import CourseError
from engramlab.tutor._cards import sentence

P = ParamSpec("P")


class CheckFailed(Exception):
    """Raised in nbgrader's runs, where a cell that does not raise gets full credit."""

    def _render_traceback_(self) -> list[str]:
        return [f"CheckFailed: {self}"]


def grading() -> bool:
    """Return whether the course's own grader runs the notebook."""
    return os.environ.get("ENGRAMLAB_GRADING") == "1"


def nbgrader() -> bool:
    """Return whether nbgrader runs the notebook."""
    return bool(os.environ.get("NBGRADER_EXECUTION"))


def fault(error: Exception) -> str:
    """Put a fault of ours into one sentence with a way on."""
    if isinstance(error, CourseError):
        return str(error)
    name = type(error).__name__
    told = " ".join(str(error).split())[:160]
    return (
        f"Something in the course itself went wrong here ({name}: {told}). Your work is not "
        "touched; you can go on, and `engramlab doctor` helps to find the cause."
    )


def refuse_call(method: Callable[..., object], args: Any, kwargs: Any) -> None:
    """Say how a method of `L` is called, if it is called otherwise.

    Raises
    ------
    CourseError
        If the arguments do not fit the method.
    """
    signature = inspect.signature(method)
    try:
        signature.bind(*args, **kwargs)
    except TypeError:
        name = method.__name__
        asked = [each for each in signature.parameters if each != "self"]
        example = {"name": '"a"', "number": "1"}.get(asked[0], "") if asked else ""
        raise CourseError(f"L.{name} is called as L.{name}({example}).") from None


def shown(method: Callable[P, object]) -> Callable[P, None]:
    """Display what a method returns, and turn every fault of it into one sentence.

    The method then returns None, so that two of them in one cell both show. Under nbgrader nothing
    is done at all.
    """

    @functools.wraps(method)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
        if nbgrader():
            return
        try:
            refuse_call(method, args, kwargs)
            show(method(*args, **kwargs))
        except Exception as error:
            show(sentence(fault(error), kind="elab-fault"))

    return guarded


def checking(method: Callable[P, None]) -> Callable[P, None]:
    """Turn every fault of a check into one sentence; under nbgrader into `CheckFailed`."""

    @functools.wraps(method)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            refuse_call(method, args, kwargs)
            method(*args, **kwargs)
        except CheckFailed:
            raise
        except Exception as error:
            if nbgrader():
                raise CheckFailed(" ".join(fault(error).split())) from None
            show(sentence(fault(error)))

    return guarded


def _nothing(*_: object, **__: object) -> None:
    """Do nothing, whatever is asked."""


def saying(text: str) -> Callable[..., None]:
    """Return a function that answers every call with one sentence."""

    def say(*_: object, **__: object) -> None:
        show(sentence(text, kind="elab-fault"))

    return say


class Inert:
    """What a lesson is while it is graded: every method does nothing and returns None."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("_"):
            raise AttributeError(name)
        return _nothing

    def __repr__(self) -> str:
        return "engramlab lesson (inert while grading)"


class Missing:
    """What a lesson is when there is none of that name: every method says so."""

    def __init__(self, why: str) -> None:
        self._why = why

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("_"):
            raise AttributeError(name)
        return saying(self._why)

    def __repr__(self) -> str:
        return self._why


def show(thing: object) -> None:
    """Display a thing in the notebook; print its text elsewhere."""
    try:
        from IPython import get_ipython
        from IPython.display import display
    except ImportError:
        print(thing)
        return
    if get_ipython() is None:
        print(thing)
    else:
        display(thing)  # type: ignore[no-untyped-call]
