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
NUMBERS = [each for each in EVERY if each.number]
FEWER = {"00": 1}  # lessons that ask for fewer than three predictions

each_prediction = pytest.mark.parametrize("one", EVERY, ids=IDS)
each_number = pytest.mark.parametrize("one", NUMBERS, ids=[one.id for one in NUMBERS])


@pytest.mark.parametrize("lesson", lessons())
def test_each_lesson_has_three_with_their_ids(lesson: str):
    asked = predictions(lesson)
    assert predictions(syllabus.find(lesson).stem) == asked
    n_asked = FEWER.get(lesson, 3)
    assert [each.id for each in asked] == [f"{lesson}-{k}" for k in range(1, n_asked + 1)]
    assert {each.lesson for each in asked} == {lesson}


@pytest.mark.parametrize("lesson", [lesson for lesson in lessons() if lesson not in FEWER])
def test_first_the_effect_then_the_control_with_reasons_then_the_limit_in_a_number(lesson: str):
    effect, control, limit = predictions(lesson)
    assert (effect.kind, effect.because) == ("choice", ())
    assert (control.kind, len(control.because)) == ("choice", 3)
    assert limit.kind == "number"


def test_every_lesson_of_this_version_has_its_predictions():
    assert {lesson.number for lesson in syllabus.LESSONS if lesson.ready} <= set(lessons())
    assert predictions("99") == ()


def test_the_right_key_is_spread():
    """All four letters are right somewhere, none in more than half; each lesson has several."""
    answers = [each.answer for each in EVERY]
    assert set(answers) == set("abcd")
    assert max(answers.count(key) for key in "abcd") <= len(answers) / 2
    for lesson in lessons():
        own = [each.answer for each in predictions(lesson)]
        assert len(set(own)) >= min(len(own), 2)


@each_prediction
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
        assert len({reason.feedback for reason in one.because}) == 3


@each_prediction
def test_every_wrong_picture_is_a_belief_of_its_own(one: Prediction):
    beliefs = [option.belief for option in one.options]
    assert len({belief.id for belief in beliefs}) == len(beliefs)
    for belief in beliefs:
        assert belief.id.isidentifier()
        assert belief.sentence.endswith(".")
        assert len(belief.sentence) <= 90


@each_prediction
def test_every_wrong_picture_differs_from_the_truth_by_more_than_the_seeds_spread(one: Prediction):
    pictures = one.pictures()
    truth = pictures.mean(one.answer)
    for key in one.keys:
        if key == one.answer:
            continue
        gap = np.abs(pictures.mean(key) - truth)
        spread = pictures.curves[key].std(axis=0) + pictures.curves[one.answer].std(axis=0)
        where = int(np.argmax(gap))
        first, *_, last = one.y_ticks
        assert gap[where] > 0.12 * (last - first), f"{one.id} {key} looks like the truth"
        assert gap[where] > 2 * spread[where], f"{one.id} {key} lies within the spread"


@each_prediction
def test_the_pictures_are_arrays_over_the_seeds_and_the_same_at_every_call(one: Prediction):
    first, again = one.simulate(3), one.simulate(3)
    assert set(first.curves) == set(one.keys)
    for key in one.keys:
        assert first.curves[key].shape == (3, len(first.x))
        np.testing.assert_array_equal(first.curves[key], again.curves[key])
    assert one.pictures().curves[one.answer].shape[0] >= 20


@each_prediction
def test_every_picture_stays_on_its_axis(one: Prediction):
    """Single runs may leave it, as an overlap of chance goes below 0; their mean does not."""
    low, *_, high = one.y_ticks
    room, pictures = high - low, one.pictures()
    for key in one.keys:
        mean, runs, (below, above) = pictures.mean(key), pictures.curves[key], pictures.band(key)
        assert low - 1e-9 <= mean.min(), f"{one.id} {key} runs below its axis"
        assert mean.max() <= high + 1e-9, f"{one.id} {key} runs above its axis"
        assert low - 0.05 * room <= below.min()
        assert above.max() <= high + 0.05 * room
        assert low - 0.35 * room <= runs.min()
        assert runs.max() <= high + 0.35 * room


@each_prediction
def test_the_ticks_rise_and_lie_on_what_is_drawn(one: Prediction):
    x = one.pictures().x
    assert np.isfinite(x).all()
    assert (np.diff(x) > 0).all()
    for ticks in (list(one.x_ticks), list(one.y_ticks)):
        assert len(ticks) >= 2
        assert ticks == sorted(set(ticks))
    assert x[0] <= min(one.x_ticks)
    assert max(one.x_ticks) <= x[-1]


@pytest.mark.parametrize("lesson", ["00", "08"])
def test_an_overlap_and_a_share_are_at_most_one(lesson: str):
    for one in predictions(lesson):
        for runs in one.simulate(3).curves.values():
            assert runs.min() >= -0.35
            assert runs.max() <= 1.0


def test_the_truth_of_lesson_08():
    effect, control, limit = predictions("08")
    assert effect.pictures().mean("c")[-1] > 0.98
    assert abs(control.pictures().mean("d")[-1]) < 0.1
    assert limit.pictures().number == pytest.approx(0.174, abs=0.008)
    assert [each.answer for each in (effect, control, limit)] == ["c", "d", "b"]


@pytest.mark.parametrize("one", [one for one in EVERY if one.because], ids=lambda one: one.id)
def test_only_the_right_picture_with_the_right_reason_is_right(one: Prediction):
    for key in one.keys:
        for reason in one.because:
            wanted = (key, reason.key) == (one.answer, one.reason)
            assert one.right(key, reason.key) is wanted


@each_number
def test_a_number_is_right_near_the_truth_only(one: Prediction):
    number, truth = one.number, one.pictures().number
    assert number is not None
    assert truth is not None
    assert 0 <= number.low < truth < number.high
    assert number.label
    assert number.unit
    assert 1 < number.near < number.wide
    assert one.right(one.answer, guess=truth)
    assert not one.right(one.answer)
    assert not one.right(one.answer, guess=truth * 1.05 * number.near)
    assert number.score(truth, truth) == 1.0
    assert number.score(truth * number.wide, truth) == pytest.approx(0.0, abs=1e-9)
    assert number.read(number.example) == number.high


@each_number
@pytest.mark.parametrize("share", [0.5, 1.0, 2.0])
def test_a_picture_is_drawn_through_any_guess(one: Prediction, share: float):
    pictures = one.pictures()
    for key in one.keys:
        drawn = one.picked(key, share * (pictures.number or 0))
        assert drawn.shape == pictures.x.shape
        assert np.isfinite(drawn).all()


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
    assert limit.near(0.14)
    assert limit.right("b", guess=0.14)
    assert not limit.right("b", guess=0.5)


def test_a_near_number_with_a_shape_that_does_not_happen_is_not_right():
    """The shape is asked too, and a number may be met by luck: the score by distance says that."""
    limit = prediction("08", 3)
    for key in ("a", "c"):
        assert not limit.right(key, guess=limit.pictures().number)
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
        "import sys; from engramlab.course.predictions import lessons, predictions\n"
        "assert all(map(predictions, lessons()))\n"
        "print([m for m in ('matplotlib', 'ipywidgets') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
