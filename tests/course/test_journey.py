"""A learner and a teacher, all the way: workspace, answers, checks, an update, hand-in, gradebook.

The notebooks are the course's own. Cells run in a real kernel, commands through `engramlab`'s main.
Every exercise is solved and graded; the whole way, with an update and a hand-in, is gone in one.
"""

import csv
import json
import shutil
import subprocess
import sys
from functools import cache

import pytest
from answer_tools import wrong_answers
from journey_tools import paste, paste_references
from lab_server import private_environment

from engramlab.course import checks, resources
from engramlab.course.cli import main
from engramlab.course.grading.feedback import marked
from engramlab.course.progress import Progress
from engramlab.course.workspace import Workspace

STEMS = {lesson: stem for lesson, stem in checks.lessons().items() if checks.graded(lesson)}
ITEMS = {lesson: checks.graded(lesson) for lesson in STEMS}
WRONG = [
    (lesson, item.name, name)
    for lesson in STEMS
    for item in ITEMS[lesson]
    for name in wrong_answers(lesson).get(item.name, ())
]

STEM = "08_pattern_completion"
LESSON = f"lessons/{STEM}.ipynb"
EXERCISE = f"exercises/{STEM}.ipynb"

each_lesson = pytest.mark.parametrize("lesson", STEMS)

RUN = """
import sys, nbclient, nbformat
book = nbformat.read(sys.argv[1], as_version=4)
nbclient.NotebookClient(book, timeout=120, resources={"metadata": {"path": sys.argv[2]}}).execute()
nbformat.write(book, sys.argv[1])
"""


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def save(notebook, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook, indent=1), encoding="utf-8")


def run_notebook(path, home):
    """Run a notebook in place, as JupyterLab's "run all" and "save" do."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, path, path.parent],
        env=private_environment(home), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def said(cell):
    """Return all that a cell's outputs say in plain text."""
    texts = [one.get("data", {}).get("text/plain", one.get("text", "")) for one in cell["outputs"]]
    return "\n".join("".join(text) for text in texts)


def check_cells(notebook, lesson):
    """Return what each `L.check` cell of an exercise said, by item."""
    return {
        item.name: said(cell)
        for item in ITEMS[lesson]
        for cell in notebook["cells"]
        if "".join(cell["source"]).strip() == f'L.check("{item.name}")'
    }


def gradebook(out):
    with (out / "gradebook.csv").open(newline="", encoding="utf-8") as file:
        return {row["learner"]: row for row in csv.DictReader(file)}


def page(out, learner):
    return (out / "feedback" / f"{learner}.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A copy of the course's notebooks, which may move on."""
    folder = tmp_path_factory.mktemp("course")
    for kind, source in resources.sources().items():
        shutil.copytree(source, folder / kind)
    return {kind: folder / kind for kind in resources.sources()}


@pytest.fixture(scope="module")
def workspace(course, tmp_path_factory):
    """A learner's folder."""
    folder = tmp_path_factory.mktemp("learner") / "work"
    Workspace.create(folder, sources=course, version="0.1.0")
    return folder


@pytest.fixture(scope="module")
def solve(workspace):
    """Return a function that solves the exercise of a lesson and runs it, once."""

    @cache
    def solved(lesson):
        path = workspace / "exercises" / f"{STEMS[lesson]}.ipynb"
        save(paste_references(load(path), lesson), path)
        run_notebook(path, workspace.parent / "home")
        return load(path)

    return solved


@pytest.fixture(scope="module")
def solved(workspace, solve):
    """The workspace in which exercise 08 is solved."""
    solve("08")
    return workspace


def test_each_exercise_has_items_and_all_items_an_exercise():
    paths = resources.exercises_folder().glob("*.ipynb")
    assert sorted(path.stem for path in paths) == sorted(STEMS.values())


@each_lesson
def test_all_checks_come_out_right(solve, lesson):
    cells = check_cells(solve(lesson), lesson)
    assert cells.keys() == {item.name for item in ITEMS[lesson]}
    for item in ITEMS[lesson]:
        assert cells[item.name].startswith(f"Right: {item.title}")


@each_lesson
def test_progress_holds_each_check(workspace, solve, lesson):
    solve(lesson)
    records = Progress(lesson, workspace).records()
    right = {one["item"] for one in records if one["kind"] == "check" and one["outcome"] == "right"}
    assert right == {item.name for item in ITEMS[lesson]}


def test_course_moves_on_and_nothing_is_lost(course, solved):
    """A new version of both notebooks: the untouched one is refreshed, the solved one is kept."""
    mine = (solved / EXERCISE).read_bytes()
    before = {one["uid"] for one in Progress("08", solved).records()}
    for kind in ("lessons", "exercises"):
        path = course[kind] / f"{STEM}.ipynb"
        notebook = load(path)
        notebook["cells"][0]["source"] = ["# A new version\n"]
        save(notebook, path)
    workspace = Workspace.create(solved, sources=course, version="0.2.0")
    told = "\n".join(workspace.changes.sentences())
    assert (solved / EXERCISE).read_bytes() == mine
    assert load(solved / LESSON)["cells"][0]["source"] == ["# A new version\n"]
    (beside,) = (solved / "exercises").glob(f"{STEM}.course-0.2.0.ipynb")
    assert beside.read_bytes() == (course["exercises"] / f"{STEM}.ipynb").read_bytes()
    assert beside.name in told
    assert LESSON in told
    assert {one["uid"] for one in Progress("08", solved).records()} == before


def test_hand_in_is_graded_to_full_marks(solved, tmp_path, capsys):
    assert main(["submit", "08", "--workspace", str(solved)]) == 0
    handed_in = solved / "submissions" / f"{STEM}.ipynb"
    told = capsys.readouterr().out
    assert str(handed_in) in told
    assert "Still without an answer: the item in your own words." in told  # only functions here
    shutil.copytree(handed_in.parent, tmp_path / "class" / "ada")
    out = tmp_path / "out"
    assert main(["grade", str(tmp_path / "class"), str(out), "--unsafe"]) == 0
    row = gradebook(out)["ada"]
    graded = [item for item in ITEMS["08"] if not item.stretch]
    stretch = [item for item in ITEMS["08"] if item.stretch]
    assert float(row["total"]) == float(row["maximum"]) == sum(item.points for item in graded)
    assert float(row["stretch"]) == sum(item.points for item in stretch) > 0
    assert row["status"] == "graded"
    assert {row[item.name] for item in ITEMS["08"]} == {"right"}
    assert "unsafe" in row["sandbox"]


@pytest.fixture(scope="module")
def grade_class(tmp_path_factory):
    """Return a function that grades, once, a class of learners of one lesson.

    One learner for each wrong answer, all else right, and one who changed nothing.
    """

    @cache
    def graded(lesson):
        folder = tmp_path_factory.mktemp(f"class-{lesson}")
        untouched = load(resources.exercises_folder() / f"{STEMS[lesson]}.ipynb")
        right = paste_references(untouched, lesson)
        save(untouched, folder / "submissions" / "untouched.ipynb")
        for number, (where, item, name) in enumerate(WRONG):
            if where == lesson:
                wrong = paste(right, item, wrong_answers(lesson)[item][name])
                save(wrong, folder / "submissions" / f"wrong-{number:03}.ipynb")
        out = folder / "out"
        call = ["grade", str(folder / "submissions"), str(out), "--exercise", lesson, "--jobs", "2"]
        assert main([*call, "--unsafe"]) == 0
        return out, gradebook(out)

    return graded


@each_lesson
def test_there_are_wrong_answers_to_each_item(lesson):
    assert all(len(wrong_answers(lesson).get(item.name, ())) >= 3 for item in ITEMS[lesson])


@pytest.mark.parametrize("number", range(len(WRONG)), ids=["-".join(one) for one in WRONG])
def test_wrong_answer_costs_its_item_and_gets_its_own_hint(grade_class, number):
    lesson, name, misconception = WRONG[number]
    out, rows = grade_class(lesson)
    learner = f"wrong-{number:03}"
    row = rows[learner]
    assert row[name] == f"wrong ({misconception})"
    assert {row[item.name] for item in ITEMS[lesson] if item.name != name} == {"right"}
    item = checks.item(lesson, name)
    assert float(row[f"{name} points"]) == 0
    text = page(out, learner)
    own = item.hint_for(misconception)
    assert own
    assert str(marked(own)) in text
    others = {item.hint_for(other) for other in wrong_answers(lesson)[name]} - {own}
    assert not [hint for hint in others if hint and str(marked(hint)) in text]


@each_lesson
def test_untouched_exercise_is_not_attempted(grade_class, lesson):
    out, rows = grade_class(lesson)
    row = rows["untouched"]
    assert {row[item.name] for item in ITEMS[lesson]} == {"not attempted"}
    assert float(row["total"]) == 0
    assert row["status"] == "graded"
    assert page(out, "untouched").count("not attempted") >= len(ITEMS[lesson])


@pytest.mark.parametrize(
    "lesson",  # that each one runs is known from the notebooks themselves
    [pytest.param(one, marks=[] if one == "08" else pytest.mark.full) for one in STEMS],
)
def test_untouched_exercise_runs_and_says_so(tmp_path, lesson):
    Workspace.create(tmp_path / "work", version="0.1.0")
    path = tmp_path / "work" / "exercises" / f"{STEMS[lesson]}.ipynb"
    run_notebook(path, tmp_path / "home")
    cells = check_cells(load(path), lesson)
    assert len(cells) == len(ITEMS[lesson])
    assert all(text.startswith("Not attempted") for text in cells.values())
