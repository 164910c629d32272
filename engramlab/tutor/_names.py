"""Finding the learner's function, and the line of theirs at which it stopped."""

import sys
from collections.abc import Callable
from typing import Any

from engramlab._types import CourseError


def namespace() -> dict[str, Any]:
    """Return the notebook's names, or those of the first caller outside this package."""
    try:
        from IPython import get_ipython
    except ImportError:
        get_ipython = None
    shell = get_ipython() if get_ipython is not None else None
    if shell is not None:
        names: dict[str, Any] = shell.user_ns
        return names
    frame = sys._getframe(1)
    while frame is not None:
        if not str(frame.f_globals.get("__name__", "")).startswith("engramlab."):
            return {**frame.f_globals, **frame.f_locals}
        if frame.f_back is None:
            break
        frame = frame.f_back
    return {}


def learners_function(name: str, given: Any, names: dict[str, Any]) -> Callable[..., Any]:
    """Return the function to check.

    Parameters
    ----------
    name : str
        The function's name in the exercise.
    given : object
        What the learner passed by hand, or None.
    names : dict
        The notebook's namespace.

    Raises
    ------
    CourseError
        If there is no such function, or if it is not a function.
    """
    if given is None:
        if name not in names:
            raise CourseError(
                f"this notebook has no {name} yet: run the cell that starts with `def {name}(`, "
                "then this one"
            )
        given = names[name]
    if isinstance(given, str):
        raise CourseError(
            f"{given!r} is a name in quotes; pass the function itself, without quotes"
        )
    if not callable(given):
        raise CourseError(
            f"{name} is {_article(type(given).__name__)} here and not a function; write it as "
            f"`def {name}(...):` and pass it without calling it"
        )
    function: Callable[..., Any] = given
    return function


def _article(word: str) -> str:
    return f"{'an' if word[0].lower() in 'aeiou' else 'a'} {word}"
