"""A server and a browser for each file of tests: both end with it, so that no event loop stays."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_tools import Notebook, Visit, visit
from lab_server import Lab, engramlab_lab

from engramlab.course.syllabus import find

pytest.register_assert_rewrite("lesson_tests")

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    """Where screenshots go: `artefacts/` to be looked at if ENGRAMLAB_ARTEFACTS is set."""
    name = request.module.__name__.rpartition(".")[2].removeprefix("test_")
    if os.environ.get("ENGRAMLAB_ARTEFACTS"):
        folder = ROOT / "artefacts" / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder
    return tmp_path_factory.mktemp(f"pictures-{name}")


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """`engramlab lab` in a new workspace, as a learner starts it."""
    installed = Path(sys.prefix) / "share" / "jupyter" / "labextensions" / "engramlab-access"
    for source in (ROOT / "frontend" / "engramlab-access").rglob("*.js*"):
        copy = installed / source.relative_to(ROOT / "frontend" / "engramlab-access")
        assert copy.read_bytes() == source.read_bytes(), "stale: run pip install -e . again"
    folder = tmp_path_factory.mktemp("learner")
    options = ["--LabApp.expose_app_in_browser=True"]
    with engramlab_lab(folder / "work", home=folder / "home", options=options) as server:
        yield server


@pytest.fixture(scope="module")
def learner(lab: Lab, pictures: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """Chromium with a fresh profile on that server."""
    with visit(lab, profile=tmp_path_factory.mktemp("profile"), pictures=pictures) as one:
        yield one


@pytest.fixture(scope="class")
def notebook(learner: Visit, pictures: Path, request: pytest.FixtureRequest) -> Notebook:
    """The lesson of a class of tests, run from its first cell to its last."""
    lesson = find(request.cls.lesson)
    learner.pictures = pictures.parent / f"lesson{lesson.number}"
    learner.pictures.mkdir(exist_ok=True)
    opened = learner.open(f"lessons/{lesson.stem}.ipynb")
    opened.run_all()
    return opened


WHOLE = ("00", "05", "08")
"""Lessons whose every control is tried at each run; in the others .ci/full does it."""
LONG = (
    "test_controls_by_keyboard_to_both_ends_and_back",
    "test_freeze_and_compare",
    "test_every_control_has_a_name_and_a_slider_says_its_unit",
    "test_axe_finds_no_serious_fault",
    "test_dark_theme_is_as_readable",
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave to .ci/full what takes long: a minute and more for each lesson."""
    for item in items:
        name = item.cls.__name__ if isinstance(item, pytest.Function) and item.cls else ""
        number = name.removeprefix("TestLesson")
        if number != name and number not in WHOLE and item.originalname in LONG:
            item.add_marker(pytest.mark.full)
