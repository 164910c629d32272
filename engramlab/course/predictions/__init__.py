"""The three predictions of each lesson: data and arrays, no drawing."""

import pkgutil
from importlib import import_module

from engramlab._types import CourseError
from engramlab.course.predictions._types import (
    CONFIDENCE,
    NO_IDEA,
    Belief,
    Number,
    Option,
    Prediction,
    Reason,
    Simulated,
    Ticks,
    brier,
)

__all__ = [
    "CONFIDENCE",
    "NO_IDEA",
    "Belief",
    "Number",
    "Option",
    "Prediction",
    "Reason",
    "Simulated",
    "Ticks",
    "brier",
    "lessons",
    "prediction",
    "predictions",
]


def _modules() -> dict[str, str]:
    names = (module.name for module in pkgutil.iter_modules(__path__))
    return {name[1:3]: name for name in sorted(names) if name[1:3].isdigit()}


def lessons() -> tuple[str, ...]:
    """Return the numbers of the lessons that have predictions, as ("00", "08")."""
    return tuple(_modules())


def predictions(lesson: str) -> tuple[Prediction, ...]:
    """Return the predictions of a lesson, given its number ("08") or stem; () if it has none."""
    module = _modules().get(str(lesson)[:2])
    if module is None:
        return ()
    found: tuple[Prediction, ...] = import_module(f"{__name__}.{module}").PREDICTIONS
    return found


def prediction(lesson: str, number: int) -> Prediction:
    """Return one prediction of a lesson, counted from 1.

    Raises
    ------
    CourseError
        If there is no such prediction; the sentence names those that exist.
    """
    all_of_them = predictions(lesson)
    if isinstance(number, int) and not isinstance(number, bool) and 1 <= number <= len(all_of_them):
        return all_of_them[number - 1]
    those = ", ".join(f"L.predict({k})" for k in range(1, len(all_of_them) + 1)) or "none"
    raise CourseError(f"there is no prediction {number!r} in this lesson; it has {those}")
