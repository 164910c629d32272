"""Which exercise was handed in, told without work that the marking does again."""

import json

import pytest
from grading_tools import STEM, exercise, outcomes, results, solved, write_class

from engramlab._types import CourseError
from engramlab.course import reading
from engramlab.course.grading import batch
from engramlab.course.grading.exercise import exercise_of
from engramlab.course.grading.submissions import find, gathered


def test_the_exercise_is_known_without_reading_where_the_names_tell(tmp_path, monkeypatch):
    folder = write_class(tmp_path / "class", {f"ada_{STEM}": exercise(), "ben": exercise()})
    nameless = write_class(tmp_path / "nameless", {"ada": solved(), "ben": b"\0{"})
    wide = write_class(tmp_path / "wide", {"ada": json.dumps(exercise()).encode("utf-16-le")})
    mixed = write_class(tmp_path / "mixed", {"08_mine": exercise(), "03_mine": exercise()})
    for place in (nameless, wide):
        with gathered(place) as handed_in:
            assert exercise_of(handed_in, None) == ("08", STEM)
    with gathered(mixed) as handed_in, pytest.raises(CourseError, match="exercises 03, 08"):
        exercise_of(handed_in, None)
    monkeypatch.setattr(reading, "opened", None)
    with gathered(folder) as handed_in:
        assert exercise_of(handed_in, None) == ("08", STEM)
        assert [one.path.name for one in find(handed_in, STEM)] == [
            f"ada_{STEM}.ipynb",
            "ben.ipynb",
        ]


def test_each_notebook_is_parsed_once(tmp_path, monkeypatch):
    parsed = []
    parse = reading.parse
    monkeypatch.setattr(reading, "parse", lambda data: parsed.append(1) or parse(data))
    folder = write_class(tmp_path / "class", {"ada": exercise(), "ben": exercise()})
    assert batch.run(folder, tmp_path / "out", unsafe=True) == 0
    assert len(parsed) == 2
    assert set(outcomes(results(tmp_path / "out")["ada"]).values()) == {"not attempted"}
