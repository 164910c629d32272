"""The page that a learner gets back: what was asked, what came, and the hint; never the answer."""

import re
from pathlib import Path

import jinja2
from markupsafe import Markup, escape

from engramlab.course.checks import Item
from engramlab.course.checks._items import RUBRIC
from engramlab.course.files import write_atomic
from engramlab.course.grading.results import Result
from engramlab.course.syllabus import find

MARKS = {
    "right": "\N{CHECK MARK}",
    "wrong": "\N{MULTIPLICATION SIGN}",
    "not attempted": "\N{EN DASH}",
    "error": "!",
    "timeout": "\N{HOURGLASS WITH FLOWING SAND}",
    "crashed": "!",
}


def write(out: Path, result: Result, items: tuple[Item, ...]) -> Path:
    """Write the page of one learner and return its path."""
    path = out / "feedback" / f"{result['learner']}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, page(result, items).encode("utf-8", "replace"))
    return path


def page(result: Result, items: tuple[Item, ...]) -> str:
    """Return one self-contained page of HTML without script; all that is not ours is escaped."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["marked"] = marked
    verdicts = {verdict["item"]: verdict for verdict in result["items"]}
    return environment.get_template("feedback.html.j2").render(
        result=result,
        question=find(result["exercise"]).question,
        pairs=[(item, verdicts.get(item.name)) for item in items],
        marks=MARKS,
        rubric=RUBRIC,
    )


def marked(text: str) -> Markup:
    """Return our own sentences as HTML, what stands between backquotes as code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))
