"""`engramlab progress`: what the learner has done, lesson by lesson."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engramlab._types import CourseError
from engramlab.course.progress import CHECK, PREDICTION, read
from engramlab.course.syllabus import LESSONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One lesson's line.

    Parameters
    ----------
    number, title : str
        The lesson.
    passed : tuple of str
        Checks that came out right at least once.
    checks : int or None
        How many the lesson has; None if that is not known.
    predictions, skipped : int
        Predictions locked in, and those passed over.
    last : str
        Day of the last record, or "".
    """

    number: str
    title: str
    passed: tuple[str, ...]
    checks: int | None
    predictions: int
    skipped: int
    last: str


def rows(workspace: Path) -> list[Row]:
    """Return a row for each lesson that is ready or has records."""
    records: dict[str, list[dict[str, Any]]] = {}
    for record in read(workspace):
        records.setdefault(record["lesson"], []).append(record)
    return [
        _row(lesson.number, lesson.title, records.get(lesson.number, []))
        for lesson in LESSONS
        if lesson.ready or lesson.number in records
    ]


def table(found: Iterable[Row]) -> str:
    """Return the rows as a table of plain text."""
    heads = ("lesson", "", "checks passed", "predictions", "last day")
    body = [heads, *(_cells(row) for row in found)]
    widths = [max(len(line[column]) for line in body) for column in range(len(heads))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in body
    )


def run(workspace: Path) -> int:
    """Print the table of a workspace."""
    print(table(rows(workspace)))
    return 0


def _row(number: str, title: str, records: list[dict[str, Any]]) -> Row:
    passed = {
        str(record.get("item"))
        for record in records
        if record["kind"] == CHECK and record.get("outcome") == "right"
    }
    made: dict[str, bool] = {}  # the first word on a prediction stands, unless it was a skip
    for record in records:
        if record["kind"] == PREDICTION:
            key = str(record.get("prediction"))
            made[key] = made.get(key, False) or not record.get("skipped", False)
    return Row(
        number=number,
        title=title,
        passed=tuple(sorted(passed)),
        checks=_count(number),
        predictions=sum(made.values()),
        skipped=len(made) - sum(made.values()),
        last=records[-1]["at"][:10] if records else "",
    )


def _count(number: str) -> int | None:
    """Return how many checks a lesson has, or None while it has none written."""
    from engramlab.course import checks

    try:
        return len(checks.items(number))
    except CourseError:
        return None


def _cells(row: Row) -> tuple[str, ...]:
    checks = str(len(row.passed)) if row.checks is None else f"{len(row.passed)} of {row.checks}"
    predictions = str(row.predictions)
    if row.skipped:
        predictions += f" ({row.skipped} skipped)"
    return row.number, row.title, checks, predictions, row.last or "not begun"
