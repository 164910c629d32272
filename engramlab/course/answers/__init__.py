"""The reference answer of each item, made from `solutions/` by `engramlab build`.

The answers of a public course are public. The grader relies on no secret: it asks fresh questions.
"""

import tomllib
from pathlib import Path

from engramlab._types import CourseError

_FOLDER = Path(__file__).parent


def references(lesson: str) -> dict[str, str]:
    """Return the source of every reference answer of a lesson's exercise, by item.

    Raises
    ------
    CourseError
        If the lesson has no answers, or the file was damaged.
    """
    path = _FOLDER / f"{lesson}.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        known = ", ".join(sorted(found.stem for found in _FOLDER.glob("*.toml"))) or "none yet"
        raise CourseError(
            f"There are no reference answers for lesson {lesson!r}. Those that exist: {known}."
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise CourseError(
            f"{path.name} cannot be read. Run `engramlab build`, or install engramlab again."
        ) from None
    return {name: entry["source"] for name, entry in table.items()}


def reference(lesson: str, name: str) -> str:
    """Return the source of one reference answer.

    Raises
    ------
    CourseError
        If the lesson or the item has no reference answer; the message names those that have.
    """
    found = references(lesson)
    if name not in found:
        raise CourseError(
            f"Lesson {lesson} has no reference answer {name!r}. "
            f"Those that exist: {', '.join(found)}."
        )
    return found[name]
