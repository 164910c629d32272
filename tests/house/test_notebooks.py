"""Notebooks in git: no output, stable ids, sorted keys, and the shape that lessons promise."""

import json
import re

import pytest
from house_tools import core_cells, notebooks, read_notebook, source

from engramlab.course import syllabus

ALL = notebooks("lessons", "solutions", "exercises")
LESSONS = notebooks("lessons")
# Cells that the learner writes, or that show the equation as plain numpy.
WRITES_CODE = re.compile(r"L\.check\(|by-hand")


def name(path):
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", ALL, ids=name)
def test_is_stripped_and_stable(path):
    text = path.read_text(encoding="utf-8")
    notebook = json.loads(text)
    assert text == json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9_-]*", name) for name in ids)
    assert not [name for name in ids if re.fullmatch(r"[0-9a-f]{8}", name)]  # made by chance
    assert "widgets" not in notebook["metadata"]
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None


@pytest.mark.parametrize("path", ALL, ids=name)
def test_code_fetches_nothing_and_hides_nothing(path):
    for cell in read_notebook(path)["cells"]:
        text = source(cell)
        assert not re.search(r"<YOUR_|@title|BEGIN HIDDEN TESTS", text)
        if cell["cell_type"] == "code":
            assert not re.search(r"https?://|\bfrom engramlab import \*|plt\.show", text), text
            assert not text.rstrip().endswith(";")


@pytest.mark.parametrize("path", LESSONS, ids=name)
def test_code_cells_are_short_and_define_nothing(path):
    for cell in read_notebook(path)["cells"]:
        if cell["cell_type"] != "code":
            continue
        lines = [line for line in source(cell).splitlines() if line.strip()]
        assert len(lines) <= 12, cell["id"]
        if not (WRITES_CODE.search(source(cell)) or WRITES_CODE.search(cell["id"])):
            assert not re.search(r"^\s*def |\baxes?\b", source(cell), re.MULTILINE), cell["id"]


@pytest.mark.parametrize("path", LESSONS, ids=name)
def test_core_stays_within_its_promise(path):
    notebook = read_notebook(path)
    core = core_cells(notebook)
    prose = "\n".join(source(cell) for cell in core if cell["cell_type"] == "markdown")
    said = notebook["metadata"]["engramlab"]
    assert len(core) <= 20
    assert len(words(prose)) <= 1100
    assert len(said["terms"]) <= 6
    assert len(said["symbols"]) <= 6
    assert prose.count("$$") <= 2  # one display equation
    for term in said["terms"]:
        assert f"**{term}**" in prose, f"the term {term!r} is not introduced in bold"


def stated_minutes(notebook):
    """Minutes in the metadata, and those that the first cell states."""
    said = re.search(r"\b(\d+) minutes \(estimated", source(notebook["cells"][0]))
    return notebook["metadata"]["engramlab"]["minutes"], int(said[1]) if said else None


@pytest.mark.parametrize("path", LESSONS, ids=name)
def test_a_lesson_states_the_minutes_of_the_syllabus(path):
    wanted = syllabus.find(path.stem).minutes
    assert stated_minutes(read_notebook(path)) == (wanted, wanted)


@pytest.mark.parametrize("path", notebooks("solutions", "exercises"), ids=name)
def test_an_exercise_states_the_minutes_of_the_syllabus(path):
    wanted = syllabus.find(path.stem).exercise_minutes
    assert stated_minutes(read_notebook(path)) == (wanted, wanted)


def test_other_minutes_are_found():
    lesson = {
        "cells": [{"cell_type": "markdown", "source": "Time: 45 minutes (estimated)."}],
        "metadata": {"engramlab": {"minutes": 40}},
    }
    assert stated_minutes(lesson) == (40, 45)
    lesson["cells"][0]["source"] = "Time: a while."
    assert stated_minutes(lesson) == (40, None)


def words(prose):
    prose = re.sub(r"\$\$.*?\$\$|`[^`]*`|\[C-[^\]]*\]|[|#*_-]", " ", prose, flags=re.DOTALL)
    return re.findall(r"[\w'’+-]+", prose)


def test_the_counts_can_fail():
    long = {"cells": [{"cell_type": "markdown", "source": "word " * 1200}], "metadata": {}}
    assert len(words(source(core_cells(long)[0]))) == 1200


@pytest.mark.parametrize("path", LESSONS, ids=name)
def test_result_cells_state_their_finding(path):
    """At least one cell asserts: nbval compares no output, so the truth is asserted."""
    code = [source(cell) for cell in read_notebook(path)["cells"] if cell["cell_type"] == "code"]
    assert any(re.search(r"^assert ", text, re.MULTILINE) for text in code)
