"""One learner's points in the words of a learning platform, and how their row is found there."""

import html
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from engramlab._types import CourseError
from engramlab.course.checks._items import RUBRIC
from engramlab.course.grading.marks import Standing
from engramlab.course.grading.results import Result
from engramlab.course.grading.sheets import plain
from engramlab.course.grading.showing import cut, one_row


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be written: where to, into which table, and the assignment's name and maximum."""

    target: Path
    worksheet: Path | None
    assignment: str | None
    full: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """One learner's row.

    Parameters
    ----------
    learner, name : str
        As in the gradebook, and as the platform calls them.
    title : str
        The exercise's.
    number : str or None
        The platform's number of the learner, or None when the hand-in did not tell it.
    points : float or None
        All points, scaled; None while something is open.
    full : float
        Full marks, without the stretch.
    why : str
        What is still open.
    told : str
        One paragraph for the learner, escaped as HTML.
    """

    learner: str
    name: str
    title: str
    number: str | None
    points: float | None
    full: float
    why: str
    told: str

    @classmethod
    def of(
        cls, result: Result, standing: Standing, title: str, system: str, out_of: float | None
    ) -> "Grade":
        """Return the row of a result for a system, scaled if its maximum is another one."""
        platform = result.get("platform") or {}
        is_here = platform.get("system") == system
        points = standing.final
        if points is not None and out_of is not None:
            points = points * out_of / standing.full
        why = standing.status if standing.is_open else f"free text {standing.text}"
        return cls(
            learner=result["learner"],
            name=str(platform.get("name") or result["learner"]),
            title=title,
            number=str(platform["id"]) if is_here and platform.get("id") else None,
            points=None if points is None else round(points, 2),
            full=standing.full,
            why="" if points is not None else one_row(why),
            told="" if points is None else _told(standing),
        )

    @property
    def written(self) -> str:
        """The points as a cell."""
        return "" if self.points is None else f"{self.points:g}"


def _told(standing: Standing) -> str:
    parts = [f"Functions: {standing.total:g} of {standing.maximum:g}."]
    if standing.bonus:
        parts.append(f"Stretch: {standing.bonus:g} on top.")
    attempted = f" ({standing.text})" if not standing.lines else ""
    parts.append(f"Your own words: {standing.text_points:g} of {len(RUBRIC)}{attempted}.")
    parts += [cut(said, 4000) for said in (standing.reason, standing.comment) if said]
    return html.escape(" ".join(" ".join(parts).split()), quote=False)


class Found:
    """Finds the grade of each row of a platform's table: by number, else by an unambiguous name."""

    def __init__(self, grades: Sequence[Grade], names: Iterable[str]) -> None:
        self._by_number = {grade.number: grade for grade in grades if grade.number}
        ours = Counter(plain(grade.name).casefold() for grade in grades)
        theirs = Counter(plain(name).casefold() for name in names)
        self._by_name = {
            name: grade
            for grade in grades
            if not grade.number and ours[name := plain(grade.name).casefold()] == 1 == theirs[name]
        }
        self.used: set[str] = set()

    def grade(self, number: str, name: str) -> Grade | None:
        """Return the grade that belongs into a row, or None."""
        grade = self._by_number.get(number) or self._by_name.get(plain(name).casefold())
        if grade is not None:
            self.used.add(grade.learner)
        return grade


NO_ROW = "no row of the worksheet is theirs"
NO_NUMBER = "their number there is not known; --worksheet may find them by name"


def left_out(grades: Sequence[Grade], used: set[str], why: str) -> list[tuple[str, str]]:
    """Return who got no points and why: still open, or no row of theirs."""
    return [
        (one_row(grade.learner, 80), grade.why or why)
        for grade in grades
        if grade.points is None or grade.learner not in used
    ]


def refuse_other_maximum(order: Order, cell: str, maximum: float | None) -> None:
    """Refuse points that would be read on another scale.

    Raises
    ------
    CourseError
        If the platform's maximum is not that of the points.
    """
    if maximum is not None and abs(maximum - order.full) > 0.005:
        raise CourseError(
            f"The assignment is out of {cell} there, the points are out of {order.full:g}. Give it "
            f"that maximum on the platform, or scale the points with --out-of {maximum:g}."
        )
