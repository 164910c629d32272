"""Lesson 00 in a real browser: it is what `engramlab lab` opens, and a newcomer's first page."""

import re

import pytest
from lab_server import Lab
from panel_tools import accessible, panel, violations
from prediction_tools import lock_in, pick, reveal

from engramlab.course import answers, checks
from engramlab.course.progress import Progress
from engramlab.course.quizzes import quiz
from engramlab.widgets.attractors import EXHIBITS

pytestmark = pytest.mark.browser

PATH = "lessons/00_start.ipynb"


@pytest.fixture(scope="module")
def notebook(learner):
    opened = learner.open(PATH)
    opened.run_all()
    return opened


def test_the_address_that_the_command_prints_leads_to_lesson_0(lab: Lab, learner):
    """The page without a path is the lesson; nobody has to look for it."""
    learner.page.goto(lab.url("/"))
    learner.page.wait_for_url(f"**/lab/tree/{PATH}**")


def test_runs_from_the_first_cell_to_the_last(notebook):
    assert notebook.errors() == []
    assert all(cell["prompt"] for cell in notebook.cells() if cell["kind"] == "code")


def test_slider_by_keyboard_to_both_ends_and_back(notebook):
    one = panel(notebook, "letter")
    exhibit = EXHIBITS["letter"]()
    (slider,) = one.sliders
    (control,) = exhibit.controls.values()
    seen = {}
    for key in ("Reset", "Home", "End"):
        if key != "Reset":
            one.press(slider, key)
        one.photograph(key.lower())
        value = int(one.params()[0])
        assert one.says() == one.alt == exhibit.alt(exhibit.model(value))
        seen[value] = (one.alt, one.digest)
    assert set(seen) == {control.value, *control.ends}
    assert len(set(seen.values())) == len({digest for _, digest in seen.values()}) == 3
    one.click("Reset")
    one.wait_for(seen[control.value][0])
    assert one.settled().digest == seen[control.value][1]


def test_prediction_is_locked_in_by_keyboard(notebook):
    out = notebook.go_to("predict-1")
    pictures = out.locator("img").count()
    lock_in(notebook, out, choice=2, sure=1, number="")
    assert reveal(notebook, out, more_than=pictures).get_attribute("alt")
    notebook.visit.photograph("predict-1-reveal", out)


@pytest.mark.parametrize("cell", ["criteria", "warm-up"])
def test_each_question_is_settled_by_its_button_and_by_nothing_else(lab, notebook, cell):
    """By keyboard: the arrows pass over every answer, Tab leads to the button, Enter settles."""
    out = notebook.go_to(cell)
    questions = out.locator(".elab-question").all()
    assert questions
    part = {"criteria": "exit", "warm-up": "warm_up"}[cell]
    for number, (question, item) in enumerate(
        zip(questions, getattr(quiz("00"), part), strict=True), start=1
    ):
        group = question.locator(".widget-radio")
        pick(notebook, group, len(item.options) - 1)
        assert not question.get_by_role("status").all_inner_texts()
        notebook.page.keyboard.press("Tab")
        button = question.get_by_role("button", name=f"Check answer {number}", exact=True)
        assert button.evaluate("one => one === document.activeElement")
        notebook.page.keyboard.press("Enter")
        question.get_by_text(re.compile("^(●|○)? ?(Right|Not this one)")).first.wait_for()
    notebook.visit.photograph(f"{cell}-answered", out)
    kept = [
        (each["item"], each["answer"])
        for each in Progress("00", lab.folder).records()
        if each["kind"] == "quiz" and each["part"] == part
    ]
    assert kept == [(item.id, item.options[-1].text) for item in getattr(quiz("00"), part)]


def test_check_is_right_once_the_answer_is_typed(notebook):
    """Untouched: nothing to check yet. With the answer typed in and run again: right."""
    (item,) = checks.items("00")
    out = notebook.go_to("check-a")
    assert "Not attempted" in out.inner_text()
    source = item.solution or answers.reference("00", item.name)
    cell = {one["id"]: one for one in notebook.cells()}["check-a"]
    notebook.replace("check-a", source + '\n\nL.check("a")', prompt=cell["prompt"])
    out = notebook.go_to("check-a")
    out.get_by_text("Right").first.wait_for()
    notebook.visit.photograph("check-a-right", out)


def test_every_slider_has_a_name_and_says_its_unit(notebook, learner):
    panel(notebook, "letter")
    (control,) = EXHIBITS["letter"]().controls.values()
    told = [(one["name"], one["says"]) for one in accessible(learner, "slider")]
    assert told == [(control.label, control.said)]


def test_axe_finds_no_serious_fault(notebook, learner):
    for cell in ("criteria", "warm-up", "predict-1", "letter", "check-a", "summary"):
        notebook.go_to(cell)
        assert violations(learner) == []


def test_picture_stays_after_a_reload_with_a_new_kernel(notebook, learner):
    one = panel(notebook, "letter")
    before = one.alt, one.digest
    notebook.save()
    again = panel(learner.reload_with_a_new_kernel(notebook), "letter")
    assert (again.alt, again.digest) == before


def test_nothing_left_the_machine(learner):
    assert len(learner.requests) > 50
    assert learner.strangers() == []
    assert learner.faults == []
