"""The pages: what a learner gets back, and what the teacher reads to mark the free texts.

A learner's page says what was asked, what came, and the hint; never the answer.
"""

import functools
import re
from collections.abc import Sequence
from pathlib import Path

import jinja2
from markupsafe import Markup, escape

from engramlab.course.checks import Item
from engramlab.course.checks._items import RUBRIC
from engramlab.course.grading import marks, sheets
from engramlab.course.grading.entries import ALL
from engramlab.course.grading.marks import Marks, Standing
from engramlab.course.grading.results import Result
from engramlab.course.grading.showing import cut
from engramlab.course.syllabus import find

MARKS = {
    "right": "\N{CHECK MARK}",
    "wrong": "\N{MULTIPLICATION SIGN}",
    "not attempted": "\N{EN DASH}",
    "error": "!",
    "timeout": "\N{HOURGLASS WITH FLOWING SAND}",
    "crashed": "!",
}
OURS = b'<meta name="generator" content="engramlab">'
"""By what a page is known as one of ours, which may be made anew."""
LONGEST_WORDS = 20_000
"""Characters of a learner's free text, or of a teacher's comment, that a page shows."""


def write(
    out: Path, result: Result, items: tuple[Item, ...], standing: Standing | None = None
) -> Path:
    """Write the page of one learner and return its path."""
    path = out / "feedback" / f"{result['learner']}.html"
    sheets.write_ours(out, path, page(result, items, standing).encode("utf-8", "replace"), OURS)
    return path


def page(result: Result, items: tuple[Item, ...], standing: Standing | None = None) -> str:
    """Return one self-contained page of HTML without script; all that is not ours is escaped.

    Parameters
    ----------
    result : Result
        What the grader kept.
    items : tuple of Item
        The exercise's graded items.
    standing : Standing, optional
        What the teacher entered is counted in there; without it that stays open.
    """
    verdicts = {verdict["item"]: verdict for verdict in result["items"]}
    return (
        _environment()
        .get_template("feedback.html.j2")
        .render(
            result=result,
            standing=standing or marks.by_machine(result),
            all=ALL,
            question=find(result["exercise"]).question,
            beside=marks.beside(result),
            pairs=[(item, verdicts.get(item.name)) for item in items],
            marks=MARKS,
            rubric=RUBRIC,
        )
    )


def write_free_texts(out: Path, kept: Sequence[Result], merged: Marks) -> Path:
    """Write the page with every learner's free text, those to mark first; return its path."""
    path = out / "free_text.html"
    rows = [(result, merged.standings[result["learner"]]) for result in kept]
    rows.sort(key=lambda row: merged.rows.get(row[0]["learner"], 0))
    waiting = [row for row in rows if row[1].text in (marks.OPEN, marks.CHANGED)]
    text = (
        _environment()
        .get_template("free_text.html.j2")
        .render(
            exercise=kept[0]["exercise"],
            question=find(kept[0]["exercise"]).question,
            groups=[
                ("To mark", waiting),
                ("Marked", [row for row in rows if row[1].text == marks.MARKED]),
            ],
            missing=[row for row in rows if row[1].text in (marks.NOT_ATTEMPTED, marks.UNREAD)],
            rubric=RUBRIC,
            file=marks.FREE_TEXT,
            numbers=merged.rows,
            beside=marks.beside,
        )
    )
    sheets.write_ours(out, path, text.encode("utf-8", "replace"), OURS)
    return path


def marked(text: str) -> Markup:
    """Return our own sentences as HTML, what stands between backquotes as code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["marked"] = marked
    environment.filters["words"] = lambda text: cut(text, LONGEST_WORDS)
    environment.filters["cut"] = cut
    return environment
