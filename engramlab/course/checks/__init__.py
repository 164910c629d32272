"""The graded items of each exercise and each lesson's own check, by lesson.

A module or folder `cNN_topic` holds the items of lesson NN in the order of its exercise, as the
tuple `ITEMS`. It is imported only when that lesson is asked for.

To write an item: compute the right answer in another way than the reference does; compute beside it
what each misconception would give (its *twin*), on inputs where no two of them agree; raise `Wrong`
with the name of the twin that fits. Each name has a hint in the item and a wrong answer in
`tests/course/wrong_answers_NN.py` that brings out exactly this name.
"""

from importlib import import_module
from pkgutil import iter_modules

from engramlab._types import CourseError
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Outcome, Stopped, Verdict, Wrong

__all__ = ["Item", "Outcome", "Stopped", "Verdict", "Wrong", "graded", "item", "items", "lessons"]


def lessons() -> dict[str, str]:
    """Return the lessons that have checks: their numbers and stems, such as "08_topic"."""
    names = sorted(module.name for module in iter_modules(__path__))
    return {name[1:3]: name[1:] for name in names if name[0] == "c" and name[1:3].isdigit()}


def items(lesson: str) -> tuple[Item, ...]:
    """Return all items of a lesson, the lesson's own check last.

    Raises
    ------
    CourseError
        If the lesson has no checks.
    """
    known = lessons()
    stem = known.get(str(lesson)[:2])
    if stem is None:
        raise CourseError(
            f"There are no checks for lesson {lesson!r}. Those that exist: {', '.join(known)}."
        )
    found: tuple[Item, ...] = import_module(f"{__name__}.c{stem}").ITEMS
    return found


def graded(lesson: str) -> tuple[Item, ...]:
    """Return the items of a lesson's exercise that carry points, in their order."""
    return tuple(item for item in items(lesson) if item.graded)


def item(lesson: str, name: str) -> Item:
    """Return one item by its id.

    Raises
    ------
    CourseError
        If the lesson or the item does not exist; the message names those that do.
    """
    found = {each.name: each for each in items(lesson)}
    if name not in found:
        raise CourseError(
            f"Lesson {lesson} has no check {name!r}. Those that exist: {', '.join(found)}."
        )
    return found[name]
