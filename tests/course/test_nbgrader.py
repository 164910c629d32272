"""A school that runs nbgrader: its release equals ours, its autograder gives the same points."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from grading_tools import ITEMS, STEM, exercise, solved
from wrong_answers_08 import WRONG_ANSWERS

from engramlab.course import checks
from engramlab.course.grading import export

pytestmark = pytest.mark.teach

EXERCISE = Path(__file__).parents[2] / "exercises" / f"{STEM}.ipynb"
FULL = {
    f"check_{item.name}": 0.0 if item.stretch else float(item.points)
    for item in checks.graded("08")
}


def call(folder, *arguments):
    """Run one nbgrader command in a course folder."""
    tools = Path(sys.executable).parent  # nbgrader calls alembic by its bare name
    changes = {"HOME": str(folder), "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=folder,
        env=os.environ | changes,
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    pytest.importorskip("nbgrader", reason="needs the extra: pip install -e '.[teach]'")
    folder = tmp_path_factory.mktemp("course")
    assert export.run("nbgrader", folder) == 0
    call(folder, "generate_assignment", STEM)
    return folder


def test_our_build_equals_nbgraders_release(course):
    released = course / "release" / STEM / f"{STEM}.ipynb"
    assert released.read_bytes() == EXERCISE.read_bytes()


def wrong_notebooks():
    """Return notebooks that together hold every wrong answer of every graded item."""
    lists = {item: list(WRONG_ANSWERS[item].values()) for item in ITEMS}
    for k in range(max(map(len, lists.values()))):
        answers = {item: sources[k % len(sources)] for item, sources in lists.items()}
        yield f"wrong-{k:02}", solved(**answers)


def test_autograde_gives_full_points_to_the_reference_only(course):
    class_ = {"reference": solved(), "untouched": exercise()} | dict(wrong_notebooks())
    for learner, notebook in class_.items():
        path = course / "submitted" / learner / STEM / f"{STEM}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(notebook), encoding="utf-8")
    call(course, "autograde", STEM)

    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        points = {
            learner: {
                grade.name: grade.auto_score
                for grade in book.find_submission_notebook(STEM, STEM, learner).grades
                if grade.name != "explain"
            }
            for learner in class_
        }
    nothing = dict.fromkeys(FULL, 0.0)
    assert points == {name: FULL if name == "reference" else nothing for name in class_}
