"""What every lesson does in a real browser, in the order in which a learner meets it.

A test file makes a class for each lesson, `class TestLesson08(LeftAgain, Own, Met)`: pytest runs
the tests of the last base first, and those of `LeftAgain` close the first kernel. Which cells hold
panels, predictions, questions and checks is read from the notebook.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from house_tools import ROOT, read_notebook, source
from panel_tools import Look, accessible, panel, violations
from prediction_tools import lock_in, pick, reveal, wait_until

from engramlab.course import syllabus
from engramlab.course.predictions import prediction
from engramlab.course.progress import Progress
from engramlab.tutor._summary import latest
from engramlab.widgets import EXHIBITS, Choice

WIDGET = re.compile(r"el\.widgets\.(\w+)\(\)")
PREDICTION = re.compile(r"L\.predict\((\d)\)")
ASKS = ("warm_up", "quiz", "check", "summary")
SETTLED = re.compile("^(●|○)? ?(Right|Not this one)")
STALE = {  # what stands where the kernel is gone
    "warm_up": "run the cell to answer",
    "quiz": "run the cell to answer",
    "check": "run the cell to check again",
}


@dataclass(frozen=True)
class Page:
    """What the cells of a lesson show: widgets, predictions, and what the tutor asks or tells."""

    panels: dict[str, str]
    predictions: dict[str, int]
    asks: dict[str, str]


@cache
def page(lesson):
    """Return what the notebook of a lesson holds."""
    cells = read_notebook(ROOT / "lessons" / f"{syllabus.find(lesson).stem}.ipynb")["cells"]
    code = {cell["id"]: source(cell) for cell in cells if cell["cell_type"] == "code"}
    last = {name: text.rstrip().rpartition("\n")[2] for name, text in code.items()}
    panels = {name: WIDGET.fullmatch(line) for name, line in last.items()}
    predictions = {name: PREDICTION.fullmatch(line) for name, line in last.items()}
    return Page(
        panels={name: found[1] for name, found in panels.items() if found},
        predictions={name: int(found[1]) for name, found in predictions.items() if found},
        asks={what: name for what in ASKS for name, text in code.items() if f"L.{what}(" in text},
    )


def assert_true(one, exhibit):
    """The text alternative is the reading, and what the model says at this setting."""
    assert one.alt
    assert one.says() == one.alt
    assert one.alt == exhibit.alt(exhibit.model(**one.setting(exhibit)))


def ends_of(kind):
    """Return the keys to both ends of a control with the values there; the start never last.

    A Reset that changes nothing gives the page nothing to wait for, and the move after it would
    count as overtaken.
    """
    ends = list(zip(("Home", "End"), kind.ends, strict=True))
    return ends[::-1] if kind.value == kind.ends[1] else ends


class Met:
    """A lesson that a learner opens, runs, moves, and answers by the keyboard."""

    lesson: ClassVar[str]

    def pytest_generate_tests(self, metafunc):
        """Give a test that takes a cell each cell of that kind."""
        own = page(metafunc.cls.lesson)
        for kind, cells in (("cell", own.panels), ("prediction_cell", own.predictions)):
            if kind in metafunc.fixturenames:
                metafunc.parametrize(kind, cells)

    def exhibit(self, cell):
        return EXHIBITS[page(self.lesson).panels[cell]]()

    def test_runs_from_the_first_cell_to_the_last(self, notebook):
        assert notebook.errors() == []
        code = {cell["id"]: cell["prompt"] for cell in notebook.cells() if cell["kind"] == "code"}
        assert all(code.values())
        own = page(self.lesson)
        assert set(own.panels) | set(own.predictions) | set(own.asks.values()) < set(code)
        assert own.panels
        assert set(own.predictions.values()) == {1, 2, 3}
        assert set(own.asks) == set(ASKS)

    def test_controls_by_keyboard_to_both_ends_and_back(self, notebook, cell):
        """A menu is walked with the arrows too, word by word."""
        one, exhibit = panel(notebook, cell), self.exhibit(cell)
        start = Look.at(one)
        assert_true(one, exhibit)
        one.photograph("default")
        for name, control in one.controls(exhibit).items():
            kind = exhibit.controls[name]
            looks = {kind.value: start}
            keys = ends_of(kind)
            if isinstance(kind, Choice):
                words = list(kind.options)
                down = [("ArrowDown", word) for word in words[1:]]
                keys = [("Home", words[0]), *down, ("ArrowUp", words[-2]), *keys]
            for key, value in keys:
                one.press(control, key)
                assert one.setting(exhibit)[name] == value
                assert_true(one, exhibit)
                if not key.startswith("Arrow"):
                    one.photograph(f"{name}-{key.lower()}")
                look = Look.at(one)
                assert look == looks.setdefault(value, look)
            assert len({look.alt for look in looks.values()}) == len(looks)
            assert len({look.digest for look in looks.values()}) == len(looks)
            one.click("Reset")
            one.wait_for(start.alt)
            assert Look.at(one.settled()) == start

    def test_freeze_and_compare(self, notebook, cell):
        one, exhibit = panel(notebook, cell), self.exhibit(cell)
        kind = next(iter(exhibit.controls.values()))
        control, start = next(iter(one.controls(exhibit).values())), Look.at(one)
        tall = [one.height()]
        one.click("Freeze and compare")
        one.button("Unfreeze").wait_for()
        for key, _ in ends_of(kind):
            one.press(control, key)
            one.says()
            tall.append(one.height())
        assert tall == tall[:1] * 3  # nothing below the panel moves
        assert f"frozen: {start.alt}" in one.alt
        assert one.says() == one.alt
        one.photograph("frozen")
        compared = Look.at(one)
        one.click("Unfreeze")
        one.wait_for(compared.alt.partition("; frozen: ")[0])
        alone = Look.at(one.settled())
        assert alone.digest != compared.digest
        one.click("Reset")
        one.wait_for(start.alt)
        assert Look.at(one.settled()) == start

    def test_prediction_is_locked_in_by_keyboard(self, lab, notebook, prediction_cell):
        """First the answer alone; then the answer, as it was given, beside the truth."""
        asked = prediction(self.lesson, page(self.lesson).predictions[prediction_cell])
        number = asked.number and min(max(0.3, asked.number.low), asked.number.high)
        out = notebook.go_to(prediction_cell)
        pictures = out.locator("img").count()
        lock_in(notebook, out, choice=1, sure=2, number=f"{number}")
        shown = reveal(notebook, out, more_than=pictures)
        assert out.get_by_role("button", name="Locked in").is_disabled()

        def as_given():
            """A choice that the click has overtaken on the way to the kernel is taken in later."""
            record = latest(Progress(self.lesson, lab.folder).records(), asked)
            told = (record["answer"], record["confidence"], record.get("guess", number))
            alt = shown.get_attribute("alt") or ""
            return told == ("b", 0.8, number) and alt.startswith("your pick, b: ")

        wait_until(notebook, as_given)
        notebook.visit.photograph(f"{prediction_cell}-reveal", out)

    def test_every_control_has_a_name_and_a_slider_says_its_unit(self, notebook, learner, cell):
        panel(notebook, cell)
        sliders, menus = accessible(learner, "slider"), accessible(learner, "combobox")
        assert all(one["name"] for one in sliders + menus)
        units = [(one["name"], one["says"]) for one in sliders]
        words = [(one["name"], one["value"]) for one in menus]
        for kind in self.exhibit(cell).controls.values():
            if isinstance(kind, Choice):
                assert (kind.label, kind.value) in words
            else:
                assert (kind.label, kind.said) in units

    def test_radio_buttons_stand_in_a_named_group(self, notebook, learner):
        notebook.go_to(next(iter(page(self.lesson).predictions)))
        names = {group["name"] for group in accessible(learner, "radiogroup")}
        assert names >= {"Your picture", "How sure are you?"}

    def test_tab_stops_once_at_the_buttons_of_a_question(self, notebook):
        """With the first answer chosen, the next stop is the question's own button."""
        question = notebook.go_to(page(self.lesson).asks["quiz"]).locator(".elab-question").first
        pick(notebook, question.locator(".widget-radio"), 0)
        notebook.page.keyboard.press("Tab")
        button = question.get_by_role("button")
        assert button.evaluate("one => one === document.activeElement")
        notebook.page.keyboard.press("Enter")
        question.get_by_text(SETTLED).first.wait_for()

    def test_axe_finds_no_serious_fault(self, notebook, learner):
        own = page(self.lesson)
        for cell in [*own.panels, *list(own.predictions)[:1], *own.asks.values()]:
            notebook.go_to(cell)
            assert violations(learner) == []

    def test_dark_theme_is_as_readable(self, notebook, learner):
        own = page(self.lesson)
        asks = [own.asks[what] for what in ("check", "quiz", "summary")]
        learner.theme("JupyterLab Dark")
        for cell in (next(iter(own.panels)), list(own.predictions)[1], *asks):
            out = notebook.go_to(cell)
            assert violations(learner) == []
            learner.photograph(f"{cell}-dark", out)
        learner.theme("JupyterLab Light")


class LeftAgain:
    """What stays when the learner comes back another day, and what the browser asked for."""

    lesson: ClassVar[str]

    def test_pictures_stay_after_a_reload_with_a_new_kernel(self, notebook, learner):
        before = {cell: Look.at(panel(notebook, cell)) for cell in page(self.lesson).panels}
        saved = notebook.save()
        kept = {cell["id"]: str(cell.get("outputs")) for cell in saved["cells"]}
        for cell, look in before.items():
            assert look.alt.split(":")[0] in kept[cell]
        again = learner.reload_with_a_new_kernel(notebook)
        if not panel(again, next(iter(before))).has_controls():
            # JupyterLab gives up on saved controls if the kernel takes more than 4 s to answer, as
            # on a machine that is busy; a learner, too, would load the page once more.
            again = learner.reload_with_a_new_kernel(again)
        for cell, look in before.items():
            one = panel(again, cell)
            assert Look.at(one) == look
            assert "run the cell" in one.reading
            assert one.out.get_by_text("Error displaying widget").count() == 0
            one.photograph("reloaded")
        for what, words in STALE.items():
            out = again.go_to(page(self.lesson).asks[what])
            out.get_by_text(words).first.wait_for()
            learner.photograph(f"{what}-reloaded", out)
            assert not re.search("Right|Not this one|Not attempted", out.inner_text())
            assert out.get_by_role("button").count() == 0

    def test_nothing_left_the_machine(self, learner):
        assert len(learner.requests) > 50
        assert any(url.startswith("ws://") for url in learner.requests)
        assert learner.strangers() == []
        assert learner.faults == []
