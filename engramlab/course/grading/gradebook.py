"""The gradebook: one row for each learner, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engramlab.course.checks import Item
from engramlab.course.faults import shorten
from engramlab.course.grading import sheets
from engramlab.course.grading.marks import Standing, by_machine
from engramlab.course.grading.results import Result

BY_HAND = "by hand"
LONGEST_CELL = 1000


def write(
    out: Path,
    results: list[Result],
    items: tuple[Item, ...],
    standings: Mapping[str, Standing] | None = None,
) -> Path:
    """Write `gradebook.csv` and return its path.

    Parameters
    ----------
    out : Path
        The folder for it.
    results : list of Result
        Sorted by learner.
    items : tuple of Item
        The exercise's graded items.
    standings : mapping of str to Standing, optional
        What the teacher entered is counted in there; without it that stays open.
    """
    heads = ["learner", "exercise"]
    for item in items:
        heads += [item.name, f"{item.name} points"]
    heads += ["total", "maximum", "stretch", "free text", "free text points"]
    heads += ["final total", "final maximum", "status", BY_HAND]
    heads += ["sandbox", "course version", "class key"]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heads)
    for result in results:
        standing = (standings or {}).get(result["learner"]) or by_machine(result)
        writer.writerow([sheets.safe(_short(value)) for value in _row(result, items, standing)])
    path = out / "gradebook.csv"
    data = text.getvalue().encode("utf-8", "replace")
    sheets.write_ours(out, path, data, data[: data.index(b"\n") + 1])
    return path


def _row(result: Result, items: tuple[Item, ...], standing: Standing) -> list[Any]:
    row = [result["learner"], result["exercise"]]
    verdicts = {verdict["item"]: verdict for verdict in result["items"]}
    for item in items:
        verdict = verdicts.get(item.name)
        if item.name in standing.given:
            row += [BY_HAND, standing.given[item.name]]
        else:
            row += ["", ""] if verdict is None else [said(verdict), verdict["points"]]
    row += [standing.total, standing.maximum, standing.bonus]
    row += [standing.text, standing.text_points, standing.final, standing.full]
    row += [standing.why_open or standing.status, standing.reason]
    row += [result["sandbox"], result["course_version"], result["class_key"]]
    return row


def _short(value: Any) -> Any:
    """Return text no longer than a spreadsheet's cell can be read."""
    return shorten(value, LONGEST_CELL) if isinstance(value, str) else value


def said(verdict: dict[str, Any]) -> str:
    """Return an outcome with what belongs in its brackets: the misconception, or the line."""
    detail = verdict["misconception"] or verdict["line"]
    return f"{verdict['outcome']} ({detail})" if detail else str(verdict["outcome"])
