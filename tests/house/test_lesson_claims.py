"""No number in a lesson without its row in the ledger.

A sentence of a markdown cell that holds a digit needs the id of a claim, unless the digits stand in
`code`, $math$, a heading, a table, a year in brackets, the number of a lesson or exercise, minutes,
or an id itself.
"""

import re
from pathlib import Path

import nbformat
import pytest

from engramlab.course.claims import Claim, claims, quoted

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted((ROOT / "lessons").glob("*.ipynb"))
LEDGER = {row.id: row for row in claims()}

FENCE = re.compile(r"^(```|~~~).*?^\1", re.M | re.S)
DISPLAY = re.compile(r"\$\$.*?\$\$", re.S)
INLINE = re.compile(r"\$[^$\n]+\$")
CODE = re.compile(r"`[^`]*`")
TAG = re.compile(r"<[^>]*>")
LINK = re.compile(r"\]\([^)]*\)")
YEARS = re.compile(r"\([^()]*\b(1[5-9]|20)\d\d[^()]*\)")
LESSON = re.compile(
    r"\b(lessons?|exercises?|predictions?|loops?|questions?|steps?|parts?)\s+"
    r"\d+(\s*(,|and|to|or|-|–)\s*\d+)*",
    re.I,
)
MINUTES = re.compile(r"\d+\s*(\+\s*\d+\s*)?min(ute)?s?\b", re.I)
STEM = re.compile(r"\b\d\d_[a-z_]+")
NAMES = re.compile(r"\bC-[A-Za-z0-9-]+|\b[A-Za-z]+\d+\b|CC BY(-SA)? \d\.\d")
ITEM = re.compile(r"^\s*\d+\.\s", re.M)
NOT_A_STOP = re.compile(r"\b(e\.g|i\.e|et al|Fig|cf|vs)\.")


def prose(source: str) -> str:
    """The markdown without what may hold numbers freely."""
    for pattern in (FENCE, DISPLAY, INLINE, CODE):
        source = pattern.sub(" ", source)
    lines = []
    for line in source.splitlines():
        bare = line.strip()
        if bare.startswith(("#", "|")):
            lines.append("")
        else:
            lines.append(line)
    text = "\n".join(lines)
    text = TAG.sub(" ", LINK.sub("]", text))
    return ITEM.sub("", NOT_A_STOP.sub(lambda found: found.group()[:-1], text))


def sentences(source: str) -> list[str]:
    """Sentences of the prose: a paragraph or a list item, split at full stops."""
    parts = re.split(r"\n\s*\n|\n\s*[-*+]\s", prose(source))
    found = []
    for part in parts:
        joined = " ".join(part.split())
        # an id in brackets after the full stop still belongs to the sentence before it
        joined = re.sub(r"([.!?])(\s*\[C-[^\]]*\])", r"\2\1", joined)
        found += re.split(r"(?<=[.!?:])\s+(?=[A-Z\"“*(])", joined)
    return [each for each in found if each]


def numbers(sentence: str) -> list[str]:
    """Digits that need an id."""
    if MINUTES.search(sentence):
        sentence = re.sub(r"\b\d+ more\b", " ", sentence)  # "20 minutes, 10 more if ..."
    for pattern in (YEARS, LESSON, MINUTES, STEM, NAMES):
        sentence = pattern.sub(" ", sentence)
    return re.findall(r"\d+(?:[.,]\d+)*", sentence)


def cells(path: Path) -> list[str]:
    book = nbformat.read(path, as_version=4)
    return [cell.source for cell in book.cells if cell.cell_type == "markdown"]


def faults(sources: list[str], ledger: dict[str, Claim] = LEDGER) -> list[str]:
    """Every breach of the rule in a notebook's markdown cells."""
    found = []
    for source in sources:
        unknown = [claim_id for claim_id in quoted(source) if claim_id not in ledger]
        found += [f"{claim_id} has no row in the ledger" for claim_id in unknown]
        for sentence in sentences(source):
            rows = [ledger[each] for each in quoted(sentence) if each in ledger]
            held = numbers(sentence)
            if held and not rows and not quoted(sentence):
                found.append(f"{', '.join(held)} without an id: {sentence!r}")
            if held and rows and all(row.known == "recalled" for row in rows):
                found.append(f"a recalled claim with a number: {sentence!r}")
            unsure = [row for row in rows if row.known == "secondary" and row.value]
            if held and len(unsure) == len(rows) > 0 and "about" not in sentence.lower():
                found.append(f"a second-hand number without 'about': {sentence!r}")
    return found


@pytest.mark.parametrize("path", LESSONS, ids=[path.stem for path in LESSONS])
def test_every_number_has_a_row(path: Path):
    assert not faults(cells(path)), "\n".join(faults(cells(path)))


@pytest.mark.parametrize("stem", ["08_pattern_completion"])
def test_the_lesson_quotes_the_ledger(stem: str):
    path = ROOT / "lessons" / f"{stem}.ipynb"
    ids = quoted("\n".join(cells(path)))
    assert len(ids) >= 8
    assert any(LEDGER[each].kind == "model" for each in ids if each in LEDGER)


RECALLED = Claim(id="C-old", sentence="Several-fold.", kind="published", known="recalled")
SECOND = Claim(
    id="C-hand", sentence="About 3.", kind="published", known="secondary", value=(3.0,), unit="x"
)
CANARY_LEDGER = LEDGER | {"C-old": RECALLED, "C-hand": SECOND}


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("The network recalls 97 % of its memories.", "97 without an id"),
        ("All is well [C-T1]. But 12 cells fired.", "12 without an id"),
        ("It holds 0.15 N [C-nobody2020].", "C-nobody2020 has no row"),
        ("It grows 3 times [C-old].", "a recalled claim with a number"),
        ("It grows 3 times [C-hand].", "without 'about'"),
        ("- first\n- 40 cells\n", "40 without an id"),
    ],
)
def test_canary_a_bad_lesson_fails(source: str, why: str):
    assert any(why in fault for fault in faults([source], CANARY_LEDGER))


@pytest.mark.parametrize(
    "source",
    [
        "# 12 lessons\n\nNo number here.",
        "| a | 12 |\n|---|---|\n| b | 13 |",
        "Run `x[3]` and read $m = 0.3$, then\n\n$$ E = -1/2 $$",
        "Hopfield (1982) wrote it first; see lesson 05 and lessons 16 to 20, in 40 minutes.",
        "About 0.15 N memories fit. [C-T1]",
        "Mice without CA3 receptors failed [C-nakazawa2002].",
        "It grows several-fold [C-old], and about 3 times [C-hand].",
        "Open [it](../exercises/08_pattern_completion.ipynb), then 08_pattern_completion.",
    ],
)
def test_what_may_hold_numbers_passes(source: str):
    assert not faults([source], CANARY_LEDGER)


def test_canary_a_bad_notebook_on_the_disk_fails(tmp_path: Path):
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("It holds 42 memories.")])
    path = tmp_path / "99_bad.ipynb"
    nbformat.write(book, path)
    assert faults(cells(path)) == ["42 without an id: 'It holds 42 memories.'"]
