"""The gradebook: safe in a spreadsheet, its columns in one order, open points blank."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marks_tools import ITEMS, gradebook, heads, keep, points, result

from engramlab.course.grading import gradebook as book
from engramlab.course.grading import sheets

FORMULAS = ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", " =1", "\n=1", "=cmd|' /C calc'!A0"]


ITEM_HEADS = [head for item in ITEMS for head in (item.name, f"{item.name} points")]
HEADS = ["learner", "exercise", *ITEM_HEADS, "total", "maximum", "stretch"]
HEADS += ["free text", "free text points", "final total", "final maximum"]
HEADS += ["status", "by hand", "sandbox", "course version", "class key"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula(tmp_path, formula):
    made = result("ada", reasons=[formula], class_key=formula, sandbox=formula)
    for verdict in made["items"]:
        verdict["misconception"] = formula
    row = keep(tmp_path, made)["ada"]
    for separator in ",;\t":
        text = (tmp_path / "gradebook.csv").read_text(encoding="utf-8")
        cells = [c for r in csv.reader(io.StringIO(text), delimiter=separator) for c in r]
        assert not [cell for cell in cells if cell.lstrip()[:1] in ("=", "+", "-", "@")]
    assert row["class key"] == "'" + re.sub(r"\s", " ", formula)


@given(st.text())
def test_no_cell_of_any_text_begins_a_formula(text):
    cell = sheets.safe(text)
    assert cell.lstrip()[:1] not in ("=", "+", "-", "@") or cell == ""
    assert not any(part.lstrip()[:1] in ("=", "+", "-", "@") for part in cell.split(";") if part)


def test_cells_with_separators_quotes_and_line_ends_come_back(tmp_path):
    names = ['Zoë "Z", née Ø', "a;b", "two words", "c d", "e,f", "ן"]
    keep(tmp_path, *(result(name) for name in names))
    assert set(gradebook(tmp_path)) == set(names)


def test_a_row_says_all_and_what_is_open_is_blank(tmp_path):
    keep(tmp_path, result("ada"), result("ben", items=(), text="", reasons=["not JSON"]))
    points(tmp_path / "free_text.csv", "ada", "1", "1", "1", "0")
    found = keep(tmp_path, result("ada"))
    assert list(found["ada"]) == HEADS
    assert found["ada"] | {"course version": ""} == {
        "learner": "ada",
        "exercise": "08",
        "completion_curve": "wrong (a tie becomes 0)",
        "completion_curve points": "0",
        "hebbian_weights": "wrong (a tie becomes 0)",
        "hebbian_weights points": "0",
        "recall": "right",
        "recall points": "4",
        "pseudo_inverse_weights": "wrong (a tie becomes 0)",
        "pseudo_inverse_weights points": "0",
        "total": "4",
        "maximum": "9",
        "stretch": "0",
        "free text": "marked",
        "free text points": "3",
        "final total": "7",
        "final maximum": "13",
        "status": "graded",
        "by hand": "",
        "sandbox": "bubblewrap",
        "course version": "",
        "class key": "",
    }
    blank = ("recall", "recall points", "total", "stretch", "free text points", "final total")
    assert [found["ben"][name] for name in blank] == [""] * len(blank)
    assert found["ben"]["maximum"] == "9"


def test_a_gradebook_without_the_teachers_entries(tmp_path):
    book.write(tmp_path, [result("ada"), result("cem", text="")], ITEMS)
    found = gradebook(tmp_path)
    assert (found["ada"]["final total"], found["cem"]["final total"]) == ("", "4")
    assert heads(tmp_path / "gradebook.csv")[0] == "learner"


@given(st.text(max_size=30))
def test_a_name_is_found_again_after_any_spreadsheet(text):
    cell = str(sheets.safe(text))
    assert sheets.plain(cell) == sheets.plain(text)
    assert sheets.safe(cell) == cell


def test_points_beside_words():
    assert [sheets.number(cell) for cell in ("1", "1,0", "0.5", " 2 ", "'1")] == [1, 1, 0.5, 2, 1]
    assert [sheets.number(cell) for cell in ("", "x", "1e3", "-1", "nan", "1.2.3", "9" * 9)] == [
        None
    ] * 7
