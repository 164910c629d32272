"""The lessons in a real browser, but for those that have a file of their own."""

import pytest
from house_tools import ROOT
from lesson_tests import LeftAgain, Met

from engramlab.course.syllabus import LESSONS

pytestmark = pytest.mark.browser

READY = [
    one.number for one in LESSONS if one.ready and (ROOT / "lessons" / f"{one.stem}.ipynb").exists()
]
OWN_FILE = [
    path.stem.removeprefix("test_lesson") for path in ROOT.glob("tests/browser/test_lesson??.py")
]
HERE = [number for number in READY if number not in OWN_FILE]

for number in HERE:
    globals()[f"TestLesson{number}"] = type(
        f"TestLesson{number}", (LeftAgain, Met), {"lesson": number, "__module__": __name__}
    )


def test_every_lesson_of_this_version_is_opened_in_a_browser():
    assert [one.number for one in LESSONS if one.ready] == READY
    assert {*HERE, *OWN_FILE} == set(READY)
