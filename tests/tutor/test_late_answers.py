"""A click can overtake a choice on its way to the kernel; what the learner chose is what counts."""

from tutor_tools import Stage

from engramlab.course import progress
from engramlab.course.predictions import predictions
from engramlab.tutor._summary import latest


def locked_in(stage: Stage, number: int):
    stage.lesson("08").predict(number)
    panel = stage.last
    panel.choice.index, panel.confidence.index = 0, 0
    if panel.prediction.number is not None:
        panel.number.value = "0.3"
    panel.button.click()
    return panel


def counted(stage: Stage, number: int):
    return latest(progress.read(stage.folder.parent, "08"), predictions("08")[number - 1])


def test_choice_that_arrives_after_the_click_is_the_answer(stage: Stage):
    panel = locked_in(stage, 1)
    before = panel.reveal.value
    panel.choice.index = 1  # the second of two quick arrow keys
    panel.confidence.index = 2
    assert counted(stage, 1)["answer"] == "b"
    assert counted(stage, 1)["confidence"] == 0.8
    assert panel.reveal.value != before
    assert "You chose b" in panel.message.value
    assert panel.children.count(panel.reveal) == 1


def test_number_that_arrives_after_the_click_is_the_answer(stage: Stage):
    panel = locked_in(stage, 3)
    panel.number.value = "0.14"
    assert counted(stage, 3)["guess"] == 0.14


def test_second_notebook_cannot_change_what_is_locked_in():
    record = {"kind": "prediction", "prediction": "08-1", "skipped": False}
    records = [
        record | {"answer": "a", "lock": "first"},
        record | {"answer": "b", "lock": "first"},
        record | {"answer": "c", "lock": "second"},
        record | {"answer": "d"},
    ]
    assert latest(records, predictions("08")[0])["answer"] == "b"
    assert latest(records[3:] + records[:3], predictions("08")[0])["answer"] == "d"


def test_panel_that_opens_on_an_earlier_answer_records_nothing(stage: Stage):
    locked_in(stage, 1)
    n_records = len(progress.read(stage.folder.parent, "08"))
    stage.lesson("08").predict(1)
    assert stage.last.locked
    assert len(progress.read(stage.folder.parent, "08")) == n_records
