"""Small classes of learners for the tests of the grader."""

import copy
import csv
import json

import journey_tools

from engramlab.course import checks, resources
from engramlab.course.grading import batch
from engramlab.course.grading.sandbox import Limits

STEM = "08_pattern_completion"
SHORT = Limits(cell_s=15, call_s=3, submission_s=120)
ITEMS = ["completion_curve", "hebbian_weights", "recall", "pseudo_inverse_weights"]


def exercise(lesson="08", /):
    """Return the untouched exercise of a lesson."""
    path = resources.exercises_folder() / f"{checks.lessons()[lesson]}.ipynb"
    return json.loads(path.read_text(encoding="utf-8"))


def solved(lesson="08", /, **answers):
    """Return the exercise with the references, some of them replaced by other source."""
    notebook = journey_tools.paste_references(exercise(lesson), lesson)
    for item, source in answers.items():
        notebook = journey_tools.paste(notebook, item, source)
    return notebook


def without_metadata(notebook):
    """Return a notebook as a tool leaves it that knows no metadata and no ids."""
    notebook = copy.deepcopy(notebook)
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        cell.pop("id", None)
    return notebook


def of_format_3(notebook):
    """Return a notebook in the format of ten years ago."""
    cells = [
        {"cell_type": "code", "input": cell["source"], "language": "python", "outputs": []}
        if cell["cell_type"] == "code"
        else {"cell_type": cell["cell_type"], "source": cell["source"]}
        for cell in notebook["cells"]
    ]
    return {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}


def write_class(folder, learners):
    """Write one notebook (a dict), or whatever bytes, for each learner and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for learner, content in learners.items():
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        (folder / f"{learner}.ipynb").write_bytes(data)
    return folder


def grade(tmp_path, learners, **options):
    """Grade a class and return the results by learner."""
    options = {"unsafe": True, "limits": SHORT, "exercise": "08"} | options
    folder = write_class(tmp_path / "class", learners)
    assert batch.run(folder, tmp_path / "out", **options) == 0
    return results(tmp_path / "out")


def results(out):
    """Return the results in a folder by learner."""
    loaded = [
        json.loads(path.read_text(encoding="utf-8")) for path in (out / "results").glob("*.json")
    ]
    return {result["learner"]: result for result in loaded}


def outcomes(result):
    """Return the outcome of each item of a result."""
    return {verdict["item"]: verdict["outcome"] for verdict in result["items"]}


def rows(out):
    """Return the rows of the gradebook by learner."""
    with (out / "gradebook.csv").open(encoding="utf-8", newline="") as file:
        return {row["learner"]: row for row in csv.DictReader(file)}


def contents(out):
    """Return all that a run leaves behind, but for its log with the times."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name != "run.log"
    }
