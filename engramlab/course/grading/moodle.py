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
    NO_ROW,
    Found,
    Grade,
    Order,
    left_out,
    refuse_other_maximum,
)

HEADS = [
    "Identifier",
    "Full name",
    "Grade",
    "Maximum Grade",
    "Last modified (grade)",
    "Feedback comments",
]
_WHEN = (1980, 1, 1, 0, 0, 0)


def write(order: Order, grades: Sequence[Grade]) -> list[tuple[str, str]]:
    """Write the worksheet; return who got no points, with the reason.

    Raises
    ------
    CourseError
        If the worksheet given is none of Moodle's, or out of another maximum.
    """
    if order.worksheet is not None:
        return _fill(order, grades)
    table = sheets.Table(rows=[list(HEADS)], marked=False)
    used = set()
    for grade in grades:
        if grade.number is None:
            continue
        used.add(grade.learner)
        row = [f"Participant {grade.number}", sheets.safe(grade.name), _grade(order, grade)]
        table.rows.append([*row, f"{order.full:g}", "-", sheets.safe(grade.told)])
    sheets.write(order.target, table.encode(), keep=True)
    return left_out(grades, used, NO_NUMBER)


def _fill(order: Order, grades: Sequence[Grade]) -> list[tuple[str, str]]:
    assert order.worksheet is not None
    table = sheets.read(order.worksheet, "Identifier", "Grade", "Last modified (grade)")
    rows = [row for row in table.rows[1:] if any(row)]
    found = Found(grades, [table.cell(row, "Full name") for row in rows])
    for row in rows:
        number = re.search(r"(\d+)$", table.cell(row, "Identifier"))
        grade = found.grade(number[1] if number else "", table.cell(row, "Full name"))
        if grade is None:
            continue
        maximum = table.cell(row, "Maximum Grade")
        refuse_other_maximum(order, maximum, sheets.number(maximum))
        if grade.points is not None:
            table.put(row, "Grade", _grade(order, grade))
            if table.column("Feedback comments") is not None:
                table.put(row, "Feedback comments", grade.told)
    sheets.write(order.target, table.encode(), keep=True)
    return left_out(grades, found.used, NO_ROW)


def _grade(order: Order, grade: Grade) -> str:
    """Return the points, at most the maximum: Moodle leaves out what is above it."""
    if grade.points is not None and grade.points > order.full:
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
            folder = f"{name}_{grade.number}_assignsubmission_file_"
            entry = zipfile.ZipInfo(f"{folder}/feedback.html", _WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, page.read_bytes())
            count += 1
    if not count:
        return ""
    try:
        sheets.write(target, data.getvalue())
    except OSError as error:
        raise CourseError(f"{target} cannot be written ({error.strerror}).") from None
    return f"Wrote {target}: {count} feedback pages."
