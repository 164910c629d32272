"""Each wrong picture is a belief, and no belief can be mistaken for the truth."""

import numpy as np
import pytest

from engramlab._types import CourseError
from engramlab.course import syllabus
from engramlab.course.claims import claims
from engramlab.course.predictions import (
    CONFIDENCE,
    Number,
    Prediction,
    brier,
    lessons,
    prediction,
    predictions,
)

EVERY = [each for lesson in lessons() for each in predictions(lesson)]
IDS = [each.id for each in EVERY]


def test_lessons_00_and_08_have_theirs():
    assert [each.id for each in predictions("00")] == ["00-1"]
    assert [each.id for each in predictions("08_pattern_completion")] == ["08-1", "08-2", "08-3"]
    assert predictions("07") == ()


def test_ids_are_unique_and_lessons_exist():
    assert len(set(IDS)) == len(IDS)
    for each in EVERY:
        assert syllabus.find(each.lesson).number == each.lesson


def test_the_right_key_is_spread():
    """The four answers of this version stand at four different letters."""
    assert sorted(each.answer for each in EVERY) == ["a", "b", "c", "d"]


@pytest.mark.parametrize("one", EVERY, ids=IDS)
def test_the_shape_of_a_prediction(one: Prediction):
    assert one.keys == tuple("abcd"[: len(one.options)])
    assert 3 <= len(one.options) <= 4
    assert one.option(one.answer).key == one.answer
    assert one.question.endswith("?")
    lengths = [len(option.text) for option in one.options]
    assert max(lengths) <= 24
    ledger = {row.id for row in claims()}
    assert one.claims
    assert set(one.claims) <= ledger
    if one.because:
        assert len(one.because) == 3
        assert one.reason in [reason.key for reason in one.because]


@pytest.mark.parametrize("one", EVERY, ids=IDS)
def test_every_wrong_picture_is_a_belief_of_its_own(one: Prediction):
    beliefs = [option.belief for option in one.options]
    assert len({belief.id for belief in beliefs}) == len(beliefs)
    for belief in beliefs:
        assert belief.id.isidentifier()
        assert belief.sentence.endswith(".")
        assert len(belief.sentence) <= 90


@pytest.mark.parametrize("one", EVERY, ids=IDS)
def test_every_wrong_picture_differs_from_the_truth_by_more_than_the_seeds_spread(one: Prediction):
    pictures = one.pictures()
    truth = pictures.mean(one.answer)
    for key in one.keys:
        if key == one.answer:
            continue
        gap = np.abs(pictures.mean(key) - truth)
        spread = pictures.curves[key].std(axis=0) + pictures.curves[one.answer].std(axis=0)
        where = int(np.argmax(gap))
        assert gap[where] > 0.12, f"{one.id} {key} looks like the truth"
        assert gap[where] > 2 * spread[where], f"{one.id} {key} lies within the spread"


@pytest.mark.parametrize("one", EVERY, ids=IDS)
def test_the_pictures_are_arrays_over_the_seeds_and_the_same_at_every_call(one: Prediction):
    first, again = one.simulate(3), one.simulate(3)
    assert set(first.curves) == set(one.keys)
    for key in one.keys:
        assert first.curves[key].shape == (3, len(first.x))
        np.testing.assert_array_equal(first.curves[key], again.curves[key])
        assert first.curves[key].min() >= -0.35
        assert first.curves[key].max() <= 1.0
    assert one.pictures().curves[one.answer].shape[0] >= 20


def test_the_truth_of_lesson_08():
    effect, control, limit = predictions("08")
    assert effect.pictures().mean("c")[-1] > 0.98
    assert abs(control.pictures().mean("d")[-1]) < 0.1
    assert limit.pictures().number == pytest.approx(0.174, abs=0.008)


def test_picture_and_reason_count_together():
    control = prediction("08", 2)
    assert control.right("d", "2")
    assert not control.right("d", "1")
    assert not control.right("a", "2")


def test_a_number_is_scored_by_distance():
    limit = prediction("08", 3)
    number = limit.number
    assert isinstance(number, Number)
    truth = limit.pictures().number
    scores = [number.score(guess, truth) for guess in (truth, 0.138, 0.08, 0.02, 2.0)]
    assert scores[0] == 1.0
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] == 0.0
    assert limit.right("a", guess=0.14)
    assert not limit.right("b", guess=0.5)
    assert not limit.right("b")


@pytest.mark.parametrize("key", ["a", "b", "c"])
@pytest.mark.parametrize("guess", [0.05, 0.12, 0.22])
def test_a_shape_is_drawn_through_the_learners_number(key: str, guess: float):
    limit = prediction("08", 3)
    assert limit.through(key, guess, np.array([guess]))[0] == pytest.approx(0.5, abs=0.02)
    assert limit.picked(key, guess).shape == limit.pictures().x.shape


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "not a number"), ("many", "not a number"), ("-1", "outside"), ("7", "outside"),
     ("nan", "outside"), ("inf", "outside")],
)  # fmt: skip
def test_what_is_no_number_is_a_sentence(text: str, why: str):
    number = prediction("08", 3).number
    with pytest.raises(CourseError, match=why):
        number.read(text)
    assert number.read(" 0,14 ") == 0.14


def test_an_unknown_prediction_is_a_sentence():
    with pytest.raises(CourseError, match=r"no prediction 4.*L\.predict\(1\)"):
        prediction("08", 4)
    for wrong in (0, -1, True, "1", None, 1.0):
        with pytest.raises(CourseError, match="no prediction"):
            prediction("08", wrong)
    with pytest.raises(CourseError, match="no option 'z'"):
        prediction("08", 1).option("z")


def test_brier_score():
    assert list(CONFIDENCE.values()) == [0.40, 0.60, 0.80, 0.95]
    assert brier([1.0, 0.0], [True, False]) == 0.0
    assert brier([0.5, 0.5], [True, False]) == 0.25
    assert brier([0.95], [False]) == pytest.approx(0.9025)
    assert brier([], []) is None


def test_predictions_draw_nothing():
    """A grader's machine has no display: the data load neither matplotlib nor ipywidgets."""
    import subprocess
    import sys

    code = (
        "import sys; from engramlab.course.predictions import predictions; predictions('08')\n"
        "print([m for m in ('matplotlib', 'ipywidgets') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
