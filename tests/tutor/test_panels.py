"""Predictions and quizzes with real ipywidgets, moved as a learner moves them."""

import asyncio
import re

import pytest
from tutor_tools import Stage, words

from engramlab.course import progress
from engramlab.course.predictions import CONFIDENCE, NO_IDEA, lessons, predictions
from engramlab.tutor import _prediction, _quiz

every_prediction = pytest.mark.parametrize(
    ("lesson", "number"),
    [(lesson, k + 1) for lesson in lessons() for k in range(len(predictions(lesson)))],
)


def kept(stage: Stage, kind: str, lesson: str = "08") -> list[dict]:
    return [each for each in progress.read(stage.folder.parent, lesson) if each["kind"] == kind]


def opened(stage: Stage, number: int = 1, lesson: str = "08"):
    stage.lesson(lesson).predict(number)
    return stage.last


def answer(
    panel, choice: int = 0, sure: int = 2, reason: int = 0, number: str | None = None
) -> None:
    """Answer every part and lock in; the number is the upper end of its scale if none is given."""
    panel.choice.index, panel.confidence.index = choice, sure
    if panel.prediction.because:
        panel.reason.index = reason
    if panel.prediction.number is not None:
        panel.number.value = panel.prediction.number.example if number is None else number
    panel.button.click()


def everything(panel) -> str:
    """All the HTML and labels that a panel holds now."""
    found = []
    waiting = [panel]
    while waiting:
        widget = waiting.pop()
        waiting += list(getattr(widget, "children", ()))
        found += [str(getattr(widget, "value", "")), str(getattr(widget, "description", ""))]
        found += [str(getattr(widget, "options", ""))]
    return " ".join(found)


@every_prediction
def test_nothing_is_told_before_the_lock(stage: Stage, lesson: str, number: int):
    panel = opened(stage, number, lesson)
    held = everything(panel)
    assert panel.prediction.finding not in held
    assert panel.reveal not in panel.children
    assert panel.beliefs not in panel.children
    for option in panel.prediction.options:
        assert option.belief.sentence not in held
    assert panel.choice.index is None
    assert panel.confidence.index is None
    assert kept(stage, "prediction", lesson) == []


def test_the_number_that_is_asked_for_stands_nowhere_in_the_question(stage: Stage):
    panel = opened(stage, 3)
    told = words(panel.heading) + words(panel.strip) + panel.number.placeholder
    assert panel.strip.value.count("<img") == 1
    for part in re.findall(r"\d\.\d+", told):
        assert part == "0.001" or not 0.1 < float(part) < 0.25


@every_prediction
def test_locking_in_reveals_and_records(stage: Stage, lesson: str, number: int):
    panel = opened(stage, number, lesson)
    answer(panel)
    assert panel.locked
    assert panel.reveal in panel.children
    assert 'alt="your pick, a: from' in panel.reveal.value
    assert "what happens" in panel.reveal.value
    for control in (panel.choice, panel.confidence, panel.button):
        assert control.disabled
    [record] = kept(stage, "prediction", lesson)
    assert record["prediction"] == panel.prediction.id
    assert record["answer"] == "a"
    assert record["confidence"] == 0.80
    assert record["skipped"] is False
    panel.button.click()
    assert len(kept(stage, "prediction", lesson)) == 1


def test_an_answer_with_a_part_missing_is_not_locked_in(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(_prediction, "_OVERTAKEN", 0.0)  # all that follows is late
    panel = opened(stage, 2)
    for said, control in (
        ("Choose one of the pictures", panel.choice),
        ("Choose a reason too", panel.reason),
        ("how sure", panel.confidence),
    ):
        panel.button.click()
        assert said in words(panel.message)
        assert not panel.locked
        control.index = 0
        assert words(panel.message) == "Choose, then lock in. Nothing is shown before that."
    assert kept(stage, "prediction") == []
    panel.button.click()
    assert panel.locked


def test_a_part_that_the_click_has_overtaken_completes_the_answer(stage: Stage):
    panel = opened(stage, 1)
    panel.choice.index = 0
    panel.button.click()  # the confidence was chosen before, and is still on its way
    assert not panel.locked
    panel.confidence.index = 2
    assert panel.locked
    assert "how sure" not in words(panel.message)
    [record] = kept(stage, "prediction")
    assert (record["answer"], record["confidence"]) == ("a", 0.8)


@pytest.mark.parametrize("typed", ["", "   ", "many", "-3", "9", "nan", "<b>"])
def test_a_number_that_is_none_is_asked_again(stage: Stage, typed: str):
    panel = opened(stage, 3)
    answer(panel, number=typed)
    assert not panel.locked
    assert "<b>" not in panel.message.value
    panel.number.value = "0,2"
    panel.button.click()
    assert panel.locked
    assert kept(stage, "prediction")[0]["guess"] == 0.2


def test_picture_and_reason_are_scored_together(stage: Stage):
    for reason, right in ((0, False), (1, True)):
        panel = opened(stage, 2)
        if not panel.locked:
            answer(panel, choice=3, reason=reason)
            assert panel.answer["right"] is right
            assert ("reason is another one" in words(panel.message)) is not right
        stage.folder.joinpath("../.engramlab/progress").resolve()
        for path in (stage.folder.parent / ".engramlab" / "progress").glob("*"):
            path.unlink()


def test_a_number_is_scored_by_distance(stage: Stage):
    panel = opened(stage, 3)
    answer(panel, choice=1, number="0.15")
    record = kept(stage, "prediction")[0]
    assert record["guess"] == 0.15
    assert record["right"] is True
    assert 0.8 < record["score"] < 1
    said = words(panel.message)
    assert "Shape: as predicted, a cliff." in said
    assert "off by 16 %, which counts as right" in said
    assert "Score by distance" in said


@pytest.mark.parametrize(
    ("choice", "number", "said", "row"),
    [
        (0, "0.15", ("you chose a; what happens is b", "counts as right"), "other shape"),
        (1, "0.05", ("as predicted", "a factor of 3.5; up to 30 % counts"), "other number"),
        (2, "1", ("you chose c", "a factor of 5.8;"), "otherwise"),
    ],
)
def test_shape_and_number_are_told_apart_and_right_only_together(
    stage: Stage, choice: int, number: str, said: tuple[str, str], row: str
):
    panel = opened(stage, 3)
    answer(panel, choice=choice, number=number)
    assert kept(stage, "prediction")[0]["right"] is False
    for part in said:
        assert part in words(panel.message)
    stage.lesson().summary()
    assert f"{row} (score" in words(stage.last)


def test_no_idea_is_an_answer_without_a_score(stage: Stage):
    panel = opened(stage, 1)
    panel.choice.value = NO_IDEA
    panel.button.click()
    assert panel.locked
    assert "not scored" in words(panel.message)
    [record] = kept(stage, "prediction")
    assert record["answer"] == NO_IDEA
    assert record["confidence"] is None
    assert record["right"] is None
    assert "your pick" not in panel.reveal.value


def test_after_the_reveal_a_belief_is_chosen_and_only_then_the_finding_told(stage: Stage):
    panel = opened(stage, 1)
    answer(panel, choice=0)
    assert panel.prediction.finding not in everything(panel)
    panel.beliefs.index = 2
    assert "No: this one drew picture c" in words(panel.verdict)
    panel.beliefs.index = 0
    assert "Yes: it draws picture a" in words(panel.verdict)
    assert "belief behind your choice" in words(panel.verdict)
    assert panel.prediction.finding in words(panel.verdict)
    assert [each["ruled_out"] for each in kept(stage, "belief")] == [False, True]


def test_the_belief_that_was_chosen_stands_there_after_a_rerun(stage: Stage):
    panel = opened(stage, 1)
    answer(panel, choice=0)
    assert opened(stage, 1).beliefs.index is None
    for chosen in (1, 3):
        panel.beliefs.index = chosen
        again = opened(stage, 1)
        assert again.beliefs.index == chosen
        assert again.prediction.finding in words(again.verdict)
    assert len(kept(stage, "belief")) == 2


def test_a_locked_prediction_stays_locked_in_the_next_kernel(stage: Stage):
    answer(opened(stage, 2), choice=1, sure=3, reason=2)
    again = opened(stage, 2)
    assert again.locked
    assert again.choice.index == 1
    assert again.reason.index == 2
    assert again.confidence.index == 3
    assert "your pick, b" in again.reveal.value
    again.button.click()
    assert len(kept(stage, "prediction")) == 1
    stage.lesson()
    assert "1 of 3 predictions locked in" in words(stage.last)


@pytest.mark.parametrize(
    "fields",
    [
        {"answer": "z", "confidence": 0.8},
        {"answer": None},
        {},
        {"answer": "a", "confidence": "high", "reason": 7, "guess": None},
        {"answer": "a", "confidence": 0.77, "right": "maybe"},
    ],
)
def test_a_strange_record_never_raises(stage: Stage, fields: dict):
    L = stage.lesson()
    L._record("prediction", prediction="08-2", skipped=False, **fields)
    assert L.predict(2) is None
    assert L.summary() is None
    assert all("in the course itself" not in words(thing) for thing in stage.shown)


def test_the_four_words_of_confidence(stage: Stage):
    panel = opened(stage)
    assert list(panel.confidence.options) == [
        "a hunch (40 %)", "leaning (60 %)", "fairly sure (80 %)", "very sure (95 %)",
    ]  # fmt: skip
    assert len(CONFIDENCE) == 4


@pytest.mark.parametrize("number", [1, 2, 3])
def test_every_control_has_a_label_and_every_picture_its_words(stage: Stage, number: int):
    panel = opened(stage, number)
    answer(panel)
    for control in (panel.choice, panel.confidence, panel.beliefs, panel.button):
        assert control.description
    for picture in (panel.strip, panel.reveal):
        [alt] = re.findall(r'alt="([^"]+)"', picture.value)
        assert len(alt) > 40
        assert re.search(r"\d\.\d", alt)
    assert 'role="status"' in panel.message.value
    assert 'role="heading"' in panel.heading.value


def test_a_fault_in_a_callback_is_a_sentence_in_the_panel(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
):
    panel = opened(stage)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no figure today")

    monkeypatch.setattr("engramlab.plots.prediction_reveal", broken)
    answer(panel)
    assert "no figure today" in words(panel.message)
    assert "in the course itself" in words(panel.message)


@pytest.mark.parametrize("number", [0, 4, -1, None, "1", 1.0, True])
def test_an_unknown_prediction_is_a_sentence(stage: Stage, number):
    stage.lesson().predict(number)
    assert "L.predict(1)" in words(stage.last)


def test_the_quiz_gives_a_word_for_every_answer_and_counts_the_first(stage: Stage):
    stage.lesson().quiz()
    panel = stage.last
    assert len(panel.questions) == 4
    question = panel.questions[0]
    assert words(question.feedback) == ""
    for index, option in enumerate(question.item.options):
        question.choice.index = index
        assert words(question.feedback) == ""
        question.button.click()
        said = words(question.feedback)
        assert ("Right." in said) is option.right
        assert option.feedback.split("`")[0] in said
        assert 'role="status"' in question.feedback.value
    [record] = kept(stage, "quiz")
    assert record["item"] == question.item.id
    assert record["right"] is question.item.options[0].right


@pytest.mark.parametrize("part", ["warm_up", "quiz"])
@pytest.mark.parametrize("lesson", lessons())
def test_passing_over_answers_with_the_arrow_keys_settles_nothing(
    stage: Stage, lesson: str, part: str
):
    getattr(stage.lesson(lesson), part)()
    question = stage.last.questions[0]
    right = question.item.answer
    for index in (0, 1, 2, right):
        question.choice.index = index
    assert words(question.feedback) == ""
    assert kept(stage, "quiz", lesson) == []
    question.button.click()
    assert "Right." in words(question.feedback)
    assert [record["right"] for record in kept(stage, "quiz", lesson)] == [True]


def test_each_question_has_a_button_of_its_own_name_and_waits_for_an_answer(stage: Stage):
    stage.lesson().quiz()
    questions = stage.last.questions
    assert len({question.button.description for question in questions}) == len(questions)
    questions[0].button.click()
    assert "Choose an answer first" in words(questions[0].feedback)
    assert kept(stage, "quiz") == []


def test_an_answer_that_the_click_has_overtaken_is_the_one_that_counts(stage: Stage):
    stage.lesson().quiz()
    question = stage.last.questions[0]
    right = question.item.answer

    async def press() -> None:
        question.choice.index = (right + 1) % 3
        question.button.click()
        question.choice.index = right
        await asyncio.sleep(_quiz._OVERTAKEN + 0.2)

    asyncio.run(press())
    assert [record["right"] for record in kept(stage, "quiz")] == [True]
    assert "Right." in words(question.feedback)


def test_the_warm_up_of_lesson_00_says_what_to_do_next(stage: Stage):
    for right in (True, False):
        stage.lesson("00").warm_up()
        panel = stage.last
        for question in panel.questions:
            assert words(panel.end) == ""
            item = question.item
            question.choice.index = item.answer if right else (item.answer + 1) % 3
            question.button.click()
        assert ("skip the three cells" in words(panel.end)) is right
        assert ("three cells below first" in words(panel.end)) is not right
    for question in panel.questions:
        assert "three cells below first" in words(panel.end)
        question.choice.index = question.item.answer
        question.button.click()
    assert "All corrected: well done." in words(panel.end)
    assert "first" not in words(panel.end)


def test_code_in_a_question_is_set_as_code(stage: Stage):
    stage.lesson("00").warm_up()
    assert "<code>(x == 1).sum()</code>" in stage.last.questions[0].heading.value


def test_every_prediction_of_every_lesson_opens(stage: Stage):
    for lesson in lessons():
        L = stage.lesson(lesson)
        for number in range(1, len(predictions(lesson)) + 1):
            L.predict(number)
            assert stage.last.prediction.id == f"{lesson}-{number}"
