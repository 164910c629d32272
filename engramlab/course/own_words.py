"""Own words that stand elsewhere than in the cell for them, whose placeholder was left as it was.

Where in doubt they count as words: a human then looks, where a zero would be silent.
"""

import functools
import json
import keyword
import re
from collections.abc import Iterable

from engramlab.course import resources

UNANSWERED = "YOUR ANSWER HERE"
LONGEST_CODE = 20_000
"""Characters of a code cell above which it is no text."""
LONGEST_LINE = 10_000
MOST = 500_000
"""Characters of code, and as many of prose, that are looked at."""

_HEADING = re.compile(r"#+\s")
_SHORT_HEADING = 8
_WORD = re.compile("[\u3000-\uffff]|[^\\W\u3000-\uffff]+")  # there a letter may be a word
_COMMENT = r"#[^\n]*"
_STRINGS = (
    r'"{3}(?:[^\\]|\\.)*?(?:"{3}|\Z)',
    r"'{3}(?:[^\\]|\\.)*?(?:'{3}|\Z)",
    r'"(?:[^"\\\n]|\\.)*+"?',
    r"'(?:[^'\\\n]|\\.)*+'?",
)
_SAID = re.compile("|".join((_COMMENT, *(f"[rRbBfFuU]{{0,2}}{s}" for s in _STRINGS))), re.DOTALL)
_AROUND = re.compile(r"\b(?:print\b|\w{1,40}\s{0,4}=(?!=))|[\s();,]")
_MAGIC = re.compile(r"(?m)^\s{0,80}[%!?][^\n]*")
_NAMES = re.compile(r"\b([^\W\d]\w{0,60}) {1,3}(?=([^\W\d]\w{0,60})\b)")
_KEYWORDS = frozenset({*keyword.kwlist, *keyword.softkwlist, "print", "exec"})


def elsewhere(cells: Iterable[tuple[str, str]]) -> str:
    """Return the prose of a notebook that no exercise of the course was given out with, or "".

    Parameters
    ----------
    cells : iterable of (str, str)
        Kind and source of each cell. A code cell counts if it holds nothing but text.
    """
    given_out = _given_out()
    found: list[str] = []
    looked = room = MOST
    for kind, source in cells:
        if kind == "code":
            looked -= min(len(source), LONGEST_CODE)
            if looked < 0 or not _is_said(source):
                continue
        source = source[:room]
        room -= len(source)
        lines = [line for line in source.split("\n") if _plain(line) not in given_out]
        if _says_something(lines):
            found.append("\n".join(lines).strip())
    return "\n\n".join(found)


def _says_something(lines: list[str]) -> bool:
    """Return whether lines hold more than short headings and a single word."""
    words = 0
    for line in lines:
        count = len(_WORD.findall(line[:LONGEST_LINE]))
        is_heading = _HEADING.match(line.lstrip()) is not None
        words += 0 if is_heading and count <= _SHORT_HEADING else count
        if words > 1:
            return True
    return False


def _is_said(source: str) -> bool:
    """Return whether a code cell holds strings and comments only, or is no Python but prose."""
    if len(source) > LONGEST_CODE:
        return False
    code = _MAGIC.sub("", source)
    rest = _SAID.sub(" ", code)
    if not _AROUND.sub("", rest):
        return _SAID.search(code) is not None
    is_prose = any(not _KEYWORDS & set(pair) for pair in _NAMES.findall(rest))
    return is_prose and not re.search(r"\bdef\b", rest)


@functools.cache
def _given_out() -> frozenset[str]:
    """Return every line that stands in an exercise of the course."""
    lines = {UNANSWERED}
    for path in resources.exercises_folder().glob("*.ipynb"):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            lines.update(map(_plain, "".join(cell["source"]).split("\n")))
    return frozenset(lines)


def _plain(line: str) -> str:
    return " ".join(line.split()) if len(line) <= LONGEST_LINE else line
