"""A school that runs nbgrader: its release equals ours, its autograder gives the same points."""

import json

import pytest
from answer_tools import wrong_answers
from grading_tools import exercise, solved
from nbgrader_tools import call, export_course, hand_in, release

from engramlab.course import checks, resources

pytestmark = pytest.mark.teach

LESSONS = [lesson for lesson in checks.lessons() if checks.graded(lesson)]


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    pytest.importorskip("nbgrader", reason="needs the extra: pip install -e '.[teach]'")
    return export_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module", params=LESSONS)
def lesson(request, course):
    """Each lesson, after nbgrader has released its exercise."""
    release(course, request.param)
    return request.param


def in_words(notebook):
    """Return a notebook with the free text written, which nbgrader leaves to the teacher."""
    (cell,) = [cell for cell in notebook["cells"] if cell["id"] == "explain"]
    cell["source"] = "Overlap 0.98 against 0.61 in the control."
    return notebook


def wrong_notebooks(lesson):
    """Return notebooks that together hold every wrong answer of every graded item."""
    every = wrong_answers(lesson)
    lists = {item.name: list(every[item.name].values()) for item in checks.graded(lesson)}
    for k in range(max(map(len, lists.values()))):
        answers = {item: sources[k % len(sources)] for item, sources in lists.items()}
        yield f"wrong-{k:02}", in_words(solved(lesson, **answers))


def failed_cells(notebook):
    """Return the test cells that ended in an error, by nbgrader's name."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return {
        cell["metadata"]["nbgrader"]["grade_id"]
        for cell in cells
        if any(output["output_type"] == "error" for output in cell.get("outputs", ()))
        and cell["metadata"]["nbgrader"]["grade"]
    }


def test_our_build_equals_nbgraders_release(lesson, course):
    stem = checks.lessons()[lesson]
    released = course / "release" / stem / f"{stem}.ipynb"
    ours = resources.exercises_folder() / f"{stem}.ipynb"
    assert released.read_bytes() == ours.read_bytes()


def test_validate_passes_the_reference_only(lesson, tmp_path, course):
    said = {}
    for name, notebook in {"right": solved(lesson), "untouched": exercise(lesson)}.items():
        path = tmp_path / f"{name}.ipynb"
        path.write_text(json.dumps(in_words(notebook)), encoding="utf-8")
        said[name] = call(course, "validate", str(path))
    assert said["right"].startswith("Success!")
    assert f"FAILED ON {len(checks.graded(lesson))} CELL(S)" in said["untouched"]


def test_autograde_gives_full_points_to_the_reference_only(lesson, course):
    stem = checks.lessons()[lesson]
    class_ = {"reference": in_words(solved(lesson)), "untouched": exercise(lesson)}
    class_ |= dict(wrong_notebooks(lesson))
    hand_in(course, lesson, class_)
    call(course, "autograde", stem)

    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        points = {
            learner: {
                grade.name: grade.auto_score
                for grade in book.find_submission_notebook(stem, stem, learner).grades
                if grade.name != "explain"
            }
            for learner in class_
        }
    items = checks.graded(lesson)
    full = {f"check_{i.name}": 0.0 if i.stretch else float(i.points) for i in items}
    nothing = dict.fromkeys(full, 0.0)
    assert points == {name: full if name == "reference" else nothing for name in class_}
    for learner in class_:  # a stretch carries no points in nbgrader; its cell fails all the same
        failed = failed_cells(course / "autograded" / learner / stem / f"{stem}.ipynb")
        assert failed == (set() if learner == "reference" else set(full)), learner
