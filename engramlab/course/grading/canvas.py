"""Canvas: the gradebook's own CSV file, with one assignment's column filled in.

Canvas wants the columns "Student", "ID", "SIS User ID", "SIS Login ID" and "Section" first, then
one for each assignment, "name (number)", and finds a student by ID, then by the SIS columns. A row
whose first cell reads "Points Possible" holds the maxima. An assignment that it does not know it
offers to make.

https://teaching.resources.osu.edu/toolsets/carmencanvas/guides/calculating-final-grades/import-csv-file-carmen-grades
and, for what is read, https://github.com/instructure/canvas-lms: lib/gradebook_importer.rb.
"""

import re
from collections.abc import Sequence

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

HEADS = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
MAXIMA = "Points Possible"
EXCUSED = "ex"


def write(order: Order, grades: Sequence[Grade]) -> Report:
    """Write the gradebook's file; return what became of each learner.

    Raises
    ------
    CourseError
        If the file given is none of Canvas's, has no such assignment, or is out of another maximum.
    """
    if order.worksheet is not None:
        return _fill(order, grades)
    name = order.assignment or grades[0].title
    table = sheets.Table(rows=[[*HEADS, sheets.safe(name)]], marked=False)
    table.rows.append([f"    {MAXIMA}", "", "", "", "", f"{order.full:g}"])
    report = Report()
    for grade in grades:
        if grade.number is None or grade.points is None:  # a blank cell would wipe out a grade
            report.leave(grade, grade.why or NO_NUMBER)
            continue
        table.rows.append([sheets.safe(grade.name), grade.number, "", "", "", grade.written])
    sheets.write(order.target, table.encode(), keep=True)
    return report


def _fill(order: Order, grades: Sequence[Grade]) -> Report:
    assert order.worksheet is not None
    table = sheets.read(order.worksheet, "Student", "ID")
    at = _assignment(table, order)
    head = table.heads[at]
    rows = [row for row in table.rows[1:] if any(cell.strip() for cell in row)]
    students = []
    for row in rows:
        if MAXIMA in row[0]:
            cell = row[at].strip() if at < len(row) else ""
            refuse_other_maximum(order, cell, sheets.number(cell))
        elif table.cell(row, "ID"):
            students.append(row)
    found = Found(grades, [_name(table.cell(row, "Student")) for row in students])
    report = Report()
    for row in students:
        grade = found.grade(table.cell(row, "ID"), _name(table.cell(row, "Student")))
        if grade is None:
            continue
        earlier = row[at].strip() if at < len(row) else ""
        if grade.points is None:
            report.leave(grade, grade.why, earlier)
        elif earlier.casefold() == EXCUSED:
            report.leave(grade, "excused in Canvas", earlier)
        else:
            report.replace(grade, earlier, grade.written)
            table.put(row, head, grade.written)
    found.leave_the_rest(report)
    sheets.write(order.target, table.encode(), keep=True)
    return report


def _name(student: str) -> str:
    """Return "Ada Lovelace" for "Lovelace, Ada"."""
    last, comma, first = student.partition(", ")
    return f"{first} {last}" if comma else student


def _assignment(table: sheets.Table, order: Order) -> int:
    """Return the column of the assignment, by its head, its name or its number."""
    columns = {
        at: match
        for at, head in enumerate(table.heads)
        if (match := re.search(r" \((\d+)\)$", head))
    }
    wanted = order.assignment
    fits = [
        at
        for at, match in columns.items()
        if wanted in (None, table.heads[at], table.heads[at][: match.start()], match[1])
    ]
    if len(fits) == 1:
        return fits[0]
    there = ", ".join(f'"{table.heads[at]}"' for at in columns) or "none"
    asked = "Say which with --assignment" if wanted is None else f"--assignment is {wanted!r}"
    raise CourseError(f"{asked}: the assignments in {order.worksheet} are {there}.")
