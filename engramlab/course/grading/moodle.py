"""Moodle: the assignment's offline grading worksheet, and a zip file with the feedback pages.

Moodle reads the columns "Identifier", "Grade" and "Last modified (grade)", all three of which it
must find, and the feedback types' own, such as "Feedback comments"; the identifier is "Participant"
and the number that also stands in the names of downloaded files. A blank grade changes nothing, one
above the maximum is left out without a word. Feedback files are found by a folder of the form
"name_number_assignsubmission_file".

https://docs.moodle.org/en/Assignment_settings (feedback types) and, for what is read and written,
https://github.com/moodle/moodle: mod/assign/feedback/offline and mod/assign/feedback/file.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from engramlab._types import CourseError
from engramlab.course.grading import sheets
from engramlab.course.grading.grades import (
    NO_NUMBER,
    Found,
    Grade,
    Order,
    Report,
    refuse_other_maximum,
)
from engramlab.course.grading.showing import counted, one_row

HEADS = [
    "Identifier",
    "Full name",
    "Grade",
    "Maximum Grade",
    "Last modified (grade)",
    "Feedback comments",
]
LOCKED = ("no", "0", "false")
"""What stands under "Grade can be changed" where Moodle takes no grade."""
_PAGE = "_assignsubmission_file_/feedback.html"
_WHEN = (1980, 1, 1, 0, 0, 0)


def write(order: Order, grades: Sequence[Grade]) -> Report:
    """Write the worksheet; return what became of each learner.

    Raises
    ------
    CourseError
        If the worksheet given is none of Moodle's, or out of another maximum.
    """
    if order.worksheet is not None:
        return _fill(order, grades)
    table = sheets.Table(rows=[list(HEADS)], marked=False)
    report = Report()
    for grade in grades:
        if grade.number is None or grade.points is None:
            report.leave(grade, grade.why or NO_NUMBER)
        if grade.number is not None:
            points = _grade(order, grade, report)
            row = [f"Participant {grade.number}", sheets.safe(grade.name), points]
            table.rows.append([*row, f"{order.full:g}", "-", sheets.safe(grade.told)])
    sheets.write(order.target, table.encode(), keep=True)
    return report


def _fill(order: Order, grades: Sequence[Grade]) -> Report:
    assert order.worksheet is not None
    table = sheets.read(order.worksheet, "Identifier", "Grade", "Last modified (grade)")
    rows = [row for row in table.rows[1:] if any(row)]
    found = Found(grades, [table.cell(row, "Full name") for row in rows])
    report = Report()
    for row in rows:
        number = re.search(r"(\d+)$", table.cell(row, "Identifier"))
        grade = found.grade(number[1] if number else "", table.cell(row, "Full name"))
        if grade is None:
            continue
        maximum = table.cell(row, "Maximum Grade")
        refuse_other_maximum(order, maximum, sheets.number(maximum))
        earlier = table.cell(row, "Grade").strip("-")
        if grade.points is None:
            report.leave(grade, grade.why, earlier)
        elif table.cell(row, "Grade can be changed").casefold() in LOCKED:
            report.leave(grade, "Moodle says that their grade cannot be changed", earlier)
        else:
            points = _grade(order, grade, report)
            report.replace(grade, earlier, points)
            table.put(row, "Grade", points)
            _comment(table, row, grade, report)
    found.leave_the_rest(report)
    sheets.write(order.target, table.encode(), keep=True)
    return report


def _comment(table: sheets.Table, row: list[str], grade: Grade, report: Report) -> None:
    if table.column("Feedback comments") is None:
        return
    earlier = sheets.plain(table.cell(row, "Feedback comments"))
    if earlier and earlier != sheets.plain(grade.told):
        report.reworded.append(one_row(grade.learner, 80))
    table.put(row, "Feedback comments", grade.told)


def _grade(order: Order, grade: Grade, report: Report) -> str:
    """Return the points, at most the maximum: Moodle leaves out what is above it."""
    if grade.points is not None and grade.points > order.full:
        report.cut.append((one_row(grade.learner, 80), grade.points))
        return f"{order.full:g}"
    return grade.written


def write_feedback(out: Path, target: Path, grades: Sequence[Grade]) -> str:
    """Write the pages for "Upload multiple feedback files in a zip"; return a sentence, or "".

    Raises
    ------
    CourseError
        If the zip file cannot be written.
    """
    data = io.BytesIO()
    count = 0
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for grade in grades:
            page = out / "feedback" / f"{grade.learner}.html"
            if grade.number is None or not page.is_file():
                continue
            name = re.sub(r"[^\w .'-]|_", " ", grade.name).strip() or "learner"
            entry = zipfile.ZipInfo(f"{name}_{grade.number}{_PAGE}", _WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, page.read_bytes())
            count += 1
    if not count:
        return ""
    try:
        sheets.write(target, data.getvalue(), keep=not _is_ours(target))
    except OSError as error:
        raise CourseError(f"{target} cannot be written ({error.strerror}).") from None
    return f"Wrote {target}: {counted(count, 'feedback page')}."


def _is_ours(target: Path) -> bool:
    """Return whether a zip file holds feedback pages and nothing else, as one of ours does."""
    try:
        with zipfile.ZipFile(target) as archive:
            return all(name.endswith(_PAGE) for name in archive.namelist())
    except (OSError, zipfile.BadZipFile):
        return False
