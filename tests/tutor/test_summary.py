"""Confidence against outcome: over all lessons, and told only when there is enough of it."""

from dataclasses import replace
from pathlib import Path

import pytest
from tutor_tools import Stage, words

from engramlab.course import progress, syllabus
from engramlab.course.predictions import prediction
from engramlab.tutor._summary import sureness

EVERY = [replace(prediction("08", 1), id=f"08-{k}") for k in range(1, 7)]
ANSWERS = [(0.80, True), (0.95, False), (0.60, True), (0.40, False), (0.95, True)]


def locked(number: int, sure: float | None, right: bool | None) -> dict:
    return {
        "kind": "prediction",
        "prediction": f"08-{number}",
        "answer": "a" if sure else "no idea",
        "confidence": sure,
        "right": right,
    }


def test_from_five_predictions_on_it_is_told_in_words():
    records = [locked(k, *one) for k, one in enumerate(ANSWERS, start=1)]
    five = sureness([*records, locked(6, None, None)], EVERY)
    assert (five.n, five.n_right) == (5, 3)
    expected = (0.2**2 + 0.95**2 + 0.4**2 + 0.4**2 + 0.05**2) / 5
    assert five.score == pytest.approx(expected)
    said = five.sentence()
    assert "in 5 predictions, over all lessons, you were 74 % sure on average" in said
    assert "right in 3 (60 %)" in said
    assert f"Taken one by one: {expected:.2f}, where 0 is perfect" in said
    assert "Brier" not in said


@pytest.mark.parametrize("n", range(5))
def test_before_that_the_line_says_only_what_is_to_come(n: int):
    few = sureness([locked(k, *one) for k, one in enumerate(ANSWERS[:n], start=1)], EVERY)
    assert few.sentence() == (
        f"After five predictions ({n} so far, over all lessons) this line says how well you know "
        "what you know."
    )


def test_predictions_of_other_lessons_count_too(stage: Stage):
    L = stage.lesson("08")
    for number, (sure, right) in enumerate(ANSWERS[:3], start=1):
        fields = locked(number, sure, right)
        L._record(fields.pop("kind"), **fields)
    L.summary()
    assert "(3 so far" in words(stage.last)
    start = progress.Progress("00", stage.folder.parent)
    start.record("prediction", prediction="00-1", answer="b", confidence=0.4, right=False)
    L.summary()
    assert "(4 so far" in words(stage.last)


def test_lesson_00_has_no_exercise_to_point_to(stage: Stage):
    L = stage.lesson("00")
    L.summary()
    said = words(stage.last)
    assert "exercise" not in said
    assert "Next: lesson " in said


def test_after_an_exercise_the_next_lesson_follows(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "exercises").mkdir()
    monkeypatch.chdir(tmp_path / "exercises")
    stage.lesson("03").summary()
    said = words(stage.last)
    following = next(row for row in syllabus.LESSONS if row.ready and row.number > "03")
    assert "the exercise" not in said
    assert f"Next: lesson {following.number}, ../lessons/{following.stem}.ipynb" in said
