"""One learner's points in the words of a learning platform, and how their row is found there."""

import html
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from engramlab._types import CourseError
from engramlab.course.checks._items import RUBRIC
from engramlab.course.grading.marks import Standing
from engramlab.course.grading.results import Result
from engramlab.course.grading.sheets import number, plain
from engramlab.course.grading.showing import counted, cut, one_row


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
        why = standing.why_open or f"free text {standing.text}"
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

    def without_number(self, why: str) -> "Grade":
        """Return a grade that goes nowhere, with the reason."""
        return replace(self, number=None, points=None, why=why, told="")


def _told(standing: Standing) -> str:
    parts = [f"Functions: {standing.total:g} of {standing.maximum:g}."]
    if standing.bonus:
        parts.append(f"Stretch: {standing.bonus:g} on top.")
    attempted = f" ({standing.text})" if not standing.lines else ""
    parts.append(f"Your own words: {standing.text_points:g} of {len(RUBRIC)}{attempted}.")
    parts += [cut(said, 4000) for said in (standing.reason, standing.comment) if said]
    return html.escape(" ".join(" ".join(parts).split()), quote=False)


def only_one_each(grades: Sequence[Grade]) -> list[Grade]:
    """Return the grades; those of two results with one number of the platform go nowhere."""
    owners: dict[str, list[str]] = {}
    for grade in grades:
        if grade.number is not None:
            owners.setdefault(grade.number, []).append(one_row(grade.learner, 80))
    return [
        grade.without_number(f"two results have the number {grade.number}: {' and '.join(names)}")
        if len(names := owners.get(grade.number or "", [])) > 1
        else grade
        for grade in grades
    ]


class Found:
    """Finds the grade of each row of a platform's table: by number, else by an unambiguous name."""

    def __init__(self, grades: Sequence[Grade], names: Iterable[str]) -> None:
        self._grades = grades
        self._by_number = {grade.number: grade for grade in grades if grade.number}
        self._ours = Counter(_key(grade.name) for grade in grades)
        self._theirs = Counter(map(_key, names))
        self._by_name = {
            name: grade
            for grade in grades
            if not grade.number and self._ours[name := _key(grade.name)] == 1 == self._theirs[name]
        }
        self._used: set[str] = set()

    def grade(self, number: str, name: str) -> Grade | None:
        """Return the grade that belongs into a row, or None."""
        grade = self._by_number.get(number) or self._by_name.get(_key(name))
        if grade is not None:
            self._used.add(grade.learner)
        return grade

    def leave_the_rest(self, report: "Report") -> None:
        """Note those for whom no row was asked for, and why."""
        for grade in self._grades:
            if grade.learner not in self._used:
                report.leave(grade, grade.why or self._why_not(grade))

    def _why_not(self, grade: Grade) -> str:
        """Return why no row was found for a grade."""
        name = _key(grade.name)
        if grade.number is None and self._theirs[name] > 1:
            return f"{self._theirs[name]} rows of the worksheet have their name"
        if grade.number is None and self._theirs[name] and self._ours[name] > 1:
            return f"{self._ours[name]} results have their name"
        return "no row of the worksheet is theirs"


def _key(name: str) -> str:
    return plain(name).casefold()


NO_NUMBER = "their number there is not known; --worksheet may find them by name"


@dataclass(slots=True, kw_only=True)
class Report:
    """What an export did with each learner.

    Attributes
    ----------
    blank : list of (str, str)
        Who got no points, and why.
    kept : list of (str, str, str)
        Whose earlier grade stays: the learner, that grade, and why.
    replaced : list of (str, str, str)
        Whose earlier grade was another one: the learner, that grade and the new one.
    reworded : list of str
        Whose earlier comment was another one.
    cut : list of (str, float)
        Who has more points than the platform takes, and how many.
    """

    blank: list[tuple[str, str]] = field(default_factory=list)
    kept: list[tuple[str, str, str]] = field(default_factory=list)
    replaced: list[tuple[str, str, str]] = field(default_factory=list)
    reworded: list[str] = field(default_factory=list)
    cut: list[tuple[str, float]] = field(default_factory=list)

    def leave(self, grade: Grade, why: str, earlier: str = "") -> None:
        """Note that a learner got no points; `earlier` stays where there is one."""
        name = one_row(grade.learner, 80)
        if earlier:
            self.kept.append((name, one_row(earlier, 40), why))
        else:
            self.blank.append((name, why))

    def replace(self, grade: Grade, earlier: str, new: str) -> None:
        """Note that a learner's grade was filled in over an earlier one."""
        was, now = number(earlier), number(new)
        if earlier and earlier != new and (was is None or was != now):
            self.replaced.append((one_row(grade.learner, 80), one_row(earlier, 40), new))

    def sentences(self, most: float) -> list[str]:
        """Return what the teacher should know, a line each; `most` is the platform's maximum."""
        told = []
        if self.cut:
            names = ", ".join(f"{name} ({points:g})" for name, points in self.cut)
            told.append(
                f"Moodle takes no more than {most:g}. These have more, and get {most:g}: {names}."
            )
        if self.replaced:
            names = ", ".join(f"{name} ({old}, now {new})" for name, old, new in self.replaced)
            told.append(f"{counted(len(self.replaced), 'row')} had another grade: {names}.")
        if self.reworded:
            names = ", ".join(self.reworded)
            told.append(f"{counted(len(self.reworded), 'row')} had another comment: {names}.")
        told += [f"Left at {old}: {name} ({why})." for name, old, why in self.kept]
        return told + [f"Left blank: {name} ({why})." for name, why in self.blank]


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
