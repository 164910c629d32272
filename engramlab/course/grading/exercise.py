"""Which exercise it is that the learners handed in."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from engramlab._types import CourseError
from engramlab.course import checks
from engramlab.course.grading import choosing
from engramlab.course.grading.choosing import File
from engramlab.course.grading.submissions import HandIn
from engramlab.course.reading import Unreadable, content, parse

_DEFINED = re.compile(rb"def ([a-zA-Z_]\w{0,80})\(")


def exercise_of(handed_in: Iterable[HandIn], wanted: str | None) -> tuple[str, str]:
    """Return the number and the stem of the exercise to grade.

    The teacher's word counts; else the names of the notebooks; else which functions they hold.

    Raises
    ------
    CourseError
        If there is no such exercise, or more than one could be meant.
    """
    known = _known()
    if wanted is not None:
        number = str(wanted)[:2].rjust(2, "0")
        if number not in known:
            raise CourseError(
                f"There is no exercise {wanted!r}. Those that exist: {', '.join(known)}."
            )
        return number, known[number]
    files = [file for one in handed_in for file in choosing.handed_in(one.files) if file.is_wanted]
    there = {number for file in files for number in _named(file, known)}
    there = there or {number for file in files for number in _asked_for(file)}
    chosen = sorted(there) or sorted(known)
    if len(chosen) > 1:
        raise CourseError(
            f"The submissions may hold the exercises {', '.join(chosen)}. "
            "Say which with --exercise NN."
        )
    return chosen[0], known[chosen[0]]


def exercises_in(code: bytes) -> list[str]:
    """Return the numbers of the exercises whose functions are all defined in a notebook."""
    defined = {name.decode() for name in _DEFINED.findall(code)}
    return [
        number
        for number in _known()
        if defined.issuperset(item.function for item in checks.graded(number))
    ]


@cache
def _known() -> dict[str, str]:
    return {number: stem for number, stem in checks.lessons().items() if checks.graded(number)}


def _named(file: File, known: dict[str, str]) -> Iterator[str]:
    for number, stem in known.items():
        if stem in file.name or file.name.startswith(f"{number}_"):
            yield number


def _asked_for(file: File) -> list[str]:
    """Return the exercises whose functions all stand in a file, whatever its name.

    The text is searched as it is, which is much faster than reading it as a notebook: what defines
    a function looks the same in a cell and in the file.
    """
    if file.path is None:
        return []
    try:
        data = content(file.path)
        if b"\0" in data[:4]:  # an encoding of several bytes a letter
            data = "\n".join(parse(data).cells).encode("utf-8", "replace")
    except Unreadable:
        return []
    return exercises_in(data)
