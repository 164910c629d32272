"""No number in a lesson or a solution without its row in the ledger, and none that differs from it.

What counts as a number and when it agrees stands in tests/claim_rules.py.
"""

from pathlib import Path

import nbformat
import pytest
from claim_rules import faults, numbers, sentences

from engramlab.course.claims import Claim, claims, quoted

ROOT = Path(__file__).resolve().parents[2]
LESSONS = sorted((ROOT / "lessons").glob("*.ipynb"))
SOLUTIONS = sorted((ROOT / "solutions").glob("*.ipynb"))
LEDGER = {row.id: row for row in claims()}
WITH_RESULTS = [path for path in LESSONS if path.stem != "00_start"]


def cells(path: Path) -> list[str]:
    book = nbformat.read(path, as_version=4)
    return [cell.source for cell in book.cells if cell.cell_type == "markdown"]


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", LESSONS + SOLUTIONS, ids=name)
def test_every_number_has_a_row_and_agrees_with_it(path: Path):
    found = faults(cells(path), LEDGER)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", WITH_RESULTS, ids=name)
def test_the_lesson_quotes_the_ledger(path: Path):
    ids = quoted("\n".join(cells(path)))
    assert len(ids) >= 8
    kinds = {LEDGER[each].kind for each in ids if each in LEDGER}
    assert kinds >= {"model", "published"}


RECALLED = Claim(id="C-old", sentence="Several-fold.", kind="published", known="recalled")
SECOND = Claim(
    id="C-hand", sentence="About 3.", kind="published", known="secondary", value=(3.0,), unit="x"
)
CANARY_LEDGER = LEDGER | {"C-old": RECALLED, "C-hand": SECOND}


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("The network recalls 97 % of its memories.", "97 % without an id"),
        ("All is well [C-T1]. But 12 cells fired.", "12 without an id"),
        ("It holds 0.15 N [C-nobody2020].", "C-nobody2020 has no row"),
        ("It grows 3 times [C-old].", "a recalled claim with a number"),
        ("It grows 3 times [C-hand].", "without 'about'"),
        ("- first\n- 40 cells\n", "40 without an id"),
        ("**Worked value.** It is 3.\n\nThe mean is 0.7.", "0.7 without an id"),
    ],
)
def test_canary_a_number_without_a_row_fails(source: str, why: str):
    assert any(why in fault for fault in faults([source], CANARY_LEDGER))


AGREE = [
    ("it runs all the way: overlap 1.00 with the memory [C-m-completion].", "1.00", "0.80"),
    ("From $30\\,\\%$ of the units, the overlap is 1.00 [C-m-completion].", "$30", "$20"),
    ("0.189, 0.174, 0.164, 0.157 for 250, 500, 1000, 2000 units [C-m-finite].", "0.189", "0.289"),
    ("0.189, 0.174, 0.164, 0.157 for 250, 500, 1000, 2000 units [C-m-finite].", "1000", "1500"),
    ("Hopfield's limit was about 0.15 memories per unit [C-T1].", "0.15", "0.25"),
    ("About 0.14, with fewer than 1.5 % of the units wrong [C-T11].", "1.5 %", "5 %"),
    ("The theory gives 0.138 [C-m-ags].", "0.138", "0.139"),
    ("The theory gives 0.1379, with 1.63 % of the units wrong [C-m-ags, C-m-ags-error].",
     "1.63 %", "1.63"),
    ("About 36 000 memories [C-T23].", "36 000", "46 000"),
    ("It ends at 0.37 [C-m-remanent].", "0.37", "0.47"),
    ("About 19 % are left at 0.20 [C-m-blackout].", "19 %", "29 %"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "right", "wrong"), AGREE, ids=[row[2] for row in AGREE])
def test_canary_a_number_that_differs_from_its_row_fails(source: str, right: str, wrong: str):
    assert right in source
    assert not faults([source], LEDGER)
    assert any("is not in C-" in fault for fault in faults([source.replace(right, wrong)], LEDGER))


MUTATIONS = [
    ("overlap 1.00 with the memory [C-m-completion]", "overlap 0.80 with the memory"),
    ("0.189, 0.174", "0.289, 0.174"),
    ("about 0.15 memories per unit", "about 0.25 memories per unit"),
    ("fewer than 1.5 %", "fewer than 5 %"),
]


@pytest.mark.parametrize(("right", "wrong"), MUTATIONS, ids=[row[1] for row in MUTATIONS])
def test_canary_a_number_changed_in_lesson_08_fails(right: str, wrong: str):
    """The lesson itself with one number changed; where its words have moved, so must these."""
    text = "\n\n".join(cells(ROOT / "lessons" / "08_pattern_completion.ipynb"))
    assert text.count(right) == 1
    spoilt = text.replace(right, wrong + right[right.find(" [") :] * (" [" in right))
    assert any("is not in C-" in fault for fault in faults([spoilt], LEDGER))


@pytest.mark.parametrize(
    "source",
    [
        "# 12 lessons\n\nNo number here.",
        "| a | 12 |\n|---|---|\n| b | 13 |",
        "Run `x[3]` and read $m = 0.3$, then\n\n$$ E = -1/2 $$",
        "A network of $400$ units is drawn.",
        "Hopfield (1982) wrote it first; see lesson 05 and lessons 16 to 20, in 40 minutes.",
        "About 0.15 N memories fit. [C-T1]",
        "Mice without CA3 receptors were impaired [C-nakazawa2002].",
        "It grows several-fold [C-old], and about 3 times [C-hand].",
        "Open [it](../exercises/08_pattern_completion.ipynb), then 08_pattern_completion.",
        "**Worked value.** The weight is 0.5,\nfor 4 units.\n\nNo number here.",
    ],
)
def test_what_may_hold_numbers_passes(source: str):
    assert not faults([source], CANARY_LEDGER)


def test_numbers_are_read_as_printed():
    (line,) = sentences("It holds 36 000, 1,500 and 0.15 of 2 000 units, $5\\,\\%$ and $64$.")
    assert [str(each) for each in numbers(line)] == ["36000", "1500", "0.15", "2000"]
    assert [str(each) for each in numbers(line, math=True)][4:] == ["5 %", "64"]


def test_canary_a_bad_notebook_on_the_disk_fails(tmp_path: Path):
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("It holds 42 memories.")])
    path = tmp_path / "99_bad.ipynb"
    nbformat.write(book, path)
    assert faults(cells(path), LEDGER) == ["42 without an id: 'It holds 42 memories.'"]
