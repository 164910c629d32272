"""The gradebook: one row for each learner, safe to open in a spreadsheet."""

import csv
import io
from pathlib import Path
from typing import Any

from engramlab.course.checks import Item
from engramlab.course.files import write_atomic
from engramlab.course.grading.results import Result

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(out: Path, results: list[Result], items: tuple[Item, ...]) -> Path:
    """Write `gradebook.csv` from the results and return its path."""
    heads = ["learner", "exercise"]
    for item in items:
        heads += [item.name, f"{item.name} points"]
    heads += ["total", "maximum", "stretch", "free text (by hand)", "status", "sandbox"]
    heads += ["course version", "class key"]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(heads)
    for result in results:
        writer.writerow([safe(value) for value in _row(result, items)])
    path = out / "gradebook.csv"
    write_atomic(path, text.getvalue().encode("utf-8", "replace"))
    return path


def _row(result: Result, items: tuple[Item, ...]) -> list[Any]:
    row = [result["learner"], result["exercise"]]
    verdicts = {verdict["item"]: verdict for verdict in result["items"]}
    for item in items:
        verdict = verdicts.get(item.name)
        row += ["", ""] if verdict is None else [said(verdict), verdict["points"]]
    row += [result["total"], result["maximum"], result["bonus"], ""]
    row += [result["status"], result["sandbox"], result["course_version"], result["class_key"]]
    return row


def said(verdict: dict[str, Any]) -> str:
    """Return an outcome with what belongs in its brackets: the misconception, or the line."""
    detail = verdict["misconception"] or verdict["line"]
    return f"{verdict['outcome']} ({detail})" if detail else str(verdict["outcome"])


def safe(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula: text like one is quoted."""
    if isinstance(value, float):
        return f"{value:g}"
    if not isinstance(value, str):
        return value
    value = "".join(letter for letter in value if letter >= " " or letter in "\t\n")
    return f"'{value}" if value.lstrip().startswith(_FORMULA) or value[:1] in _FORMULA else value
