"""Results without running a learner's code, and the teacher's files as a spreadsheet saves them."""

import csv
import io

from engramlab.course import checks
from engramlab.course.checks import Outcome
from engramlab.course.checks._items import RUBRIC
from engramlab.course.grading import books, results

ITEMS = checks.graded("08")
WORDS = "It recalls 0.97 of the memory, the novel cue does not."


def result(learner, *, right=("recall",), reasons=(), text=WORDS, items=ITEMS, digest="d", **more):
    """Return a kept result: some items right, the others wrong; `items=()` could not be read."""
    verdicts = [
        item.verdict(1, Outcome.RIGHT, "Right.")
        if item.name in right
        else item.verdict(1, Outcome.WRONG, "Not yet.", misconception="a tie becomes 0")
        for item in items
    ]
    made = results.make(
        learner,
        "08",
        items=ITEMS,
        verdicts=verdicts,
        reasons=list(reasons),
        digest=digest,
        text=text,
        class_key="",
        sandbox="bubblewrap",
    )
    return made | more


def keep(out, *kept):
    """Keep results in a folder and write the books, as the command does; return the gradebook."""
    for each in kept:
        results.keep(out, each)
    return again(out)


def again(out):
    """Write the books once more, as the same command does; return the gradebook."""
    print(*books.sentences(out, books.write(out, results.load_all(out), ITEMS)), sep="\n")
    return gradebook(out)


def gradebook(out):
    """Return the gradebook's rows by learner."""
    return {row["learner"]: row for row in table(out / "gradebook.csv")}


def table(path):
    """Return a table's rows as a spreadsheet reads them."""
    text = path.read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def heads(path):
    """Return the heads of a table."""
    return next(csv.reader([path.read_text(encoding="utf-8-sig").splitlines()[0]]))


def fill(path, learner, /, **cells):
    """Enter cells in the first row of a learner, by the first word of the column's head."""
    rows = table(path)
    row = next(row for row in rows if row["learner"] == learner)
    for word, value in cells.items():
        row[next(head for head in row if head.split()[0] == word)] = value
    save(path, rows)


def points(path, learner, *values, comment=""):
    """Enter the points of the rubric's lines for a learner."""
    rows = table(path)
    row = next(row for row in rows if row["learner"] == learner)
    for line, value in zip(RUBRIC, values, strict=True):
        row[f"{line} (0 or 1)"] = value
    row["comment"] = comment
    save(path, rows)


def save(path, rows, *, encoding="utf-8-sig", **dialect):
    """Save rows as a spreadsheet does."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), **dialect)
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
