"""The README keeps its promises: the two lines, the table that is the syllabus, its picture."""

import re
from io import BytesIO

import numpy as np
import pytest
from house_tools import ROOT
from matplotlib.image import imread

from engramlab import plots
from engramlab.course.syllabus import LESSONS, PATHS

README = (ROOT / "README.md").read_text(encoding="utf-8")
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

OPEN = "python3 -m venv .venv && .venv/bin/pip install -e . && .venv/bin/engramlab lab"
TEST = "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest"


def rows():
    """The README's table of lessons: stem, then the row's cells."""
    found = re.findall(r"^\|\s*(\[?(\d\d_\w+).*)\|\s*$", README, flags=re.M)
    return [(stem, [cell.strip() for cell in row.split("|")]) for row, stem in found]


@pytest.mark.parametrize("line", [OPEN, TEST, "uv run engramlab lab", "uv run pytest"])
def test_line_stands_there_word_for_word(line):
    written = [one.strip() for one in README.splitlines()]
    inline = re.findall(r"`([^`\n]+)`", README)
    assert line in written + inline


def test_ci_runs_the_test_line():
    """`.ci/run` runs each part of the line, in order; pip and venv may be told to say less."""
    quiet = re.sub(r" (-q|--quiet)\b", "", CI)
    at = 0
    for part in TEST.split(" && "):
        found = re.compile(rf"(^|&& ){re.escape(part)}( &&|$)", flags=re.M).search(quiet, at)
        assert found, f"{part!r} is not run, or not in this order"
        at = found.start() + 1


def test_ci_runs_the_short_forms():
    assert re.search(r"\buv\b.* run (-q )?engramlab", CI)
    assert re.search(r"\buv\b.* run (-q )?pytest", CI)


def test_first_screen_says_what_this_is():
    first = README[:1200]
    assert "neuroscience course" in first
    assert re.search(r"!\[[^\]]{20,}\]\([^)]+\.png\)", first), "a picture with a text alternative"


def test_table_is_the_syllabus():
    table = [(stem, cells[1], cells[2].partition(",")[0]) for stem, cells in rows()]
    assert table == [
        (
            lesson.stem,
            lesson.question,
            f"{lesson.minutes} + {lesson.exercise_minutes}"
            if lesson.has_exercise
            else f"{lesson.minutes}",
        )
        for lesson in LESSONS
    ]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.number)
def test_ready_lessons_are_linked_and_the_others_marked(lesson):
    (cells,) = [cells for stem, cells in rows() if stem == lesson.stem]
    notebook = f"lessons/{lesson.stem}.ipynb"
    assert cells[0] == (f"[{lesson.stem}]({notebook})" if lesson.ready else lesson.stem)
    assert cells[2].endswith("to come") != lesson.ready
    assert (ROOT / notebook).is_file() == lesson.ready


def test_paths_are_those_of_the_syllabus():
    for name, numbers in PATHS.items():
        (told,) = re.findall(rf"\*{re.escape(name)}\* ([^.]+)\.", README)
        assert tuple(_numbers(told)) == numbers


def _numbers(told):
    for part in told.split(", "):
        first, _, last = part.partition(" to ")
        yield from (f"{number:02}" for number in range(int(first), int(last or first) + 1))


def test_borrowed_model_does_what_the_readme_says():
    (code,) = re.findall(r"```python\n(.*?)```", README, flags=re.S)
    *lines, last = code.strip().splitlines()
    expression, _, promised = last.partition("  # ")
    names = {}
    exec("\n".join(lines), names)
    assert eval(expression, names) == float(promised)


def test_links_lead_somewhere():
    targets = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", README)
    assert targets
    assert not [target for target in targets if not (ROOT / target).exists()]


def test_picture_is_made_by_the_package():
    """The stored picture has the size that the package draws today, and nearly its pixels."""
    (name,) = re.findall(r"!\[[^\]]+\]\(([^)]+\.png)\)", README[:1200])
    stored = (ROOT / name).read_bytes()
    drawn = plots.hero().png()
    old, new = (imread(BytesIO(picture))[..., :3] for picture in (stored, drawn))
    assert old.shape == new.shape, "run docs/draw_hero.py"
    assert np.mean(np.abs(old - new) > 0.1) < 0.02, "run docs/draw_hero.py"
