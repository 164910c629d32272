"""`engramlab build`: the exercises are what the solutions give, and staleness is named."""

import json
import shutil
from pathlib import Path

import pytest

from engramlab._types import CourseError
from engramlab.course import build, checks
from engramlab.course.answers import reference, references
from engramlab.course.checks._items import RUBRIC

ROOT = Path(__file__).parents[2]
STEM = "08_pattern_completion"
SOLUTION = ROOT / "solutions" / f"{STEM}.ipynb"
EXERCISE = ROOT / "exercises" / f"{STEM}.ipynb"
STEMS = {lesson: stem for lesson, stem in checks.lessons().items() if checks.graded(lesson)}

each_exercise = pytest.mark.parametrize("lesson", STEMS)


@pytest.fixture
def clone(tmp_path):
    """A repository of one solved notebook."""
    (tmp_path / "solutions").mkdir()
    shutil.copy(SOLUTION, tmp_path / "solutions")
    return tmp_path


def solution(lesson):
    path = ROOT / "solutions" / f"{STEMS[lesson]}.ipynb"
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def edit(clone, change):
    path = clone / "solutions" / SOLUTION.name
    notebook = json.loads(path.read_text(encoding="utf-8"))
    change(notebook["cells"])
    path.write_text(json.dumps(notebook), encoding="utf-8")


def test_the_repository_is_up_to_date(capsys):
    assert build.run(check=True, root=ROOT) == 0, capsys.readouterr().err


def test_building_twice_gives_the_same_bytes(clone, capsys):
    assert build.run(root=clone) == 0
    assert (clone / "exercises" / EXERCISE.name).read_bytes() == EXERCISE.read_bytes()
    before = {path: path.stat().st_mtime_ns for path in clone.rglob("*") if path.is_file()}
    assert build.run(root=clone) == 0
    assert "Nothing to do" in capsys.readouterr().out
    assert before == {path: path.stat().st_mtime_ns for path in clone.rglob("*") if path.is_file()}


def test_check_names_what_is_stale_and_writes_nothing(clone, capsys):
    assert build.run(root=clone) == 0
    (clone / "exercises" / EXERCISE.name).write_text("{}", encoding="utf-8")
    (clone / "exercises" / "09_gone.ipynb").write_text("{}", encoding="utf-8")
    (clone / "engramlab/course/answers/08.toml").unlink()
    assert build.run(check=True, root=clone) == 1
    said = capsys.readouterr().err
    for name in (EXERCISE.name, "09_gone.ipynb", "08.toml", "engramlab build"):
        assert name in said
    assert (clone / "exercises" / EXERCISE.name).read_text(encoding="utf-8") == "{}"
    assert build.run(root=clone) == 0
    assert not (clone / "exercises" / "09_gone.ipynb").exists()
    assert build.run(check=True, root=clone) == 0


@each_exercise
def test_no_answer_is_left_in_the_exercise(lesson):
    text = (ROOT / "exercises" / f"{STEMS[lesson]}.ipynb").read_text(encoding="utf-8")
    assert "SOLUTION" not in text
    for source in references(lesson).values():
        body = source.partition('"""\n')[2]
        lines = [line.strip() for line in body.splitlines() if len(line.strip()) > 12]
        assert lines
        assert not [line for line in lines if json.dumps(line)[1:-1] in text]
    n_items = len(checks.graded(lesson))
    assert text.count("raise NotImplementedError()") == n_items + 1  # one in prose
    assert text.count("YOUR ANSWER HERE") == 1


@each_exercise
def test_cells_agree_with_the_checks(lesson):
    """nbgrader's points are the items' own; a stretch adds nothing to nbgrader's maximum."""
    cells = solution(lesson)
    marks = {c["metadata"]["nbgrader"]["grade_id"]: c for c in cells if "nbgrader" in c["metadata"]}
    items = checks.graded(lesson)
    solved = [
        name
        for name, c in marks.items()
        if c["cell_type"] == "code" and c["metadata"]["nbgrader"]["solution"]
    ]
    assert solved == [item.name for item in items] == list(references(lesson))
    for item in items:
        test = marks[f"check_{item.name}"]
        assert test["metadata"]["nbgrader"]["points"] == (0 if item.stretch else item.points)
        assert test["source"] == [f'L.check("{item.name}")']
        assert f"def {item.signature}:" in reference(lesson, item.name)
    assert marks["explain"]["metadata"]["nbgrader"]["points"] == len(RUBRIC)


@each_exercise
def test_the_notebook_teaches_before_it_asks(lesson):
    prose = ["".join(c["source"]) for c in solution(lesson) if c["cell_type"] == "markdown"]
    assert sum("## Conventions" in text for text in prose) == 1
    assert sum("**Worked value.**" in text for text in prose) == len(checks.graded(lesson))
    for item in checks.items(lesson):
        assert len(item.hints) == 2
        assert all(item.hints)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("def f():\n    ### BEGIN SOLUTION\n    return 1", "does not end"),
        ("### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION", "inside a solution"),
        ("'''a'''", "ends a text in TOML"),
    ],
)
def test_a_broken_solution_is_named(clone, source, sentence):
    def change(cells):
        next(c for c in cells if c["id"] == "recall")["source"] = [source]

    edit(clone, change)
    with pytest.raises(CourseError, match=sentence) as fault:
        build.run(root=clone)
    assert STEM in str(fault.value)


def test_a_solution_outside_a_solution_cell_is_refused(clone):
    def change(cells):
        cells[1]["source"] = ["### BEGIN SOLUTION\n1\n### END SOLUTION"]

    edit(clone, change)
    with pytest.raises(CourseError, match="no nbgrader metadata"):
        build.run(root=clone)


def test_where_there_are_no_solutions_it_says_so(tmp_path):
    with pytest.raises(CourseError, match="no notebooks in solutions"):
        build.run(root=tmp_path)
    (tmp_path / "solutions").mkdir()
    (tmp_path / "solutions" / "08_x.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(CourseError, match="not a notebook"):
        build.run(root=tmp_path)


def test_unknown_answers_name_those_that_exist():
    with pytest.raises(CourseError, match="hebbian_weights"):
        reference("08", "recal")
    with pytest.raises(CourseError, match="08"):
        reference("77", "recall")
