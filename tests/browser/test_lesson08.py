"""Lesson 08 in a real browser: what every lesson does, and keys that a click overtakes."""

import re

import pytest
from browser_tools import leaves_the_machine
from lesson_tests import LeftAgain, Met, page
from panel_tools import Look, panel

import engramlab as el
from engramlab.widgets import EXHIBITS

pytestmark = pytest.mark.browser

OVERTAKE = """([out, slider, name]) => {
  const button = [...out.querySelectorAll('button')].find(one => one.innerText.trim() === name);
  for (let k = 0; k < 6; k += 1) {
    slider.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true}));
  }
  button.click();
}"""


class Own:
    """What only lesson 08 shows, and what one lesson shows for all."""

    @pytest.mark.full  # a race with the clock: on a busy machine it is lost now and then
    def test_reset_stands_though_the_click_overtakes_the_slider(self, notebook, cell):
        """An arrow key held down, and Reset in the same moment."""
        one = panel(notebook, cell)
        start, values = Look.at(one), one.params()
        for slider in one.sliders:
            notebook.page.evaluate(
                OVERTAKE, [one.out.element_handle(), slider.element_handle(), "Reset"]
            )
            notebook.page.wait_for_timeout(1000)  # what is late must have come
            assert one.params() == values
            assert one.says() == start.alt
            assert Look.at(one.settled()) == start

    @pytest.mark.full  # a race with the clock: on a busy machine it is lost now and then
    def test_ghost_is_the_setting_named_frozen_though_the_click_overtakes(self, notebook, cell):
        one, exhibit = panel(notebook, cell), self.exhibit(cell)
        start, handle = Look.at(one), one.sliders[0].element_handle()
        notebook.page.evaluate(OVERTAKE, [one.out.element_handle(), handle, "Freeze and compare"])
        notebook.page.wait_for_timeout(1000)
        now, _, frozen = one.alt.partition("; frozen: ")
        values = one.setting(exhibit)
        assert one.says() == one.alt
        assert now == exhibit.alt(exhibit.model(**values))
        first, control = next(iter(exhibit.controls.items()))
        steps = [control.value + k * control.step for k in range(7)]
        named = [exhibit.alt(exhibit.model(**(values | {first: step}))) for step in steps]
        assert frozen in named
        one.click("Unfreeze")
        one.wait_for(now)
        one.click("Reset")
        one.wait_for(start.alt)
        one.settled()

    def test_alt_text_states_the_overlap_that_the_states_have(self, notebook):
        """Read the number off the picture's text and compute it anew from the bare states."""
        one = panel(notebook, "completion")
        cue, stored = (int(value) for value in one.params())
        shown = EXHIBITS["pattern_completion"]().model(cue=cue, stored=stored)
        said = [float(number) for number in re.findall(r"\d\.\d\d", one.alt)]
        overlap = float((shown.run.final.astype(int) * shown.patterns[0].astype(int)).mean())
        assert any(abs(number - overlap) < 0.0051 for number in said), (said, overlap)
        assert overlap == el.overlap(shown.run.final, shown.patterns[0])
        assert f"cue {cue} %" in one.alt


class TestLesson08(LeftAgain, Own, Met):
    lesson = "08"


def test_the_cells_are_read_from_the_notebook():
    own = page("08")
    assert own.panels == {
        "completion": "pattern_completion",
        "control": "cue_control",
        "blackout": "blackout",
        "deeper-basins-widget": "basins",
        "deeper-self-widget": "self_coupling",
        "deeper-pinv-widget": "pseudo_inverse",
    }
    assert own.predictions == {"predict-1": 1, "predict-2": 2, "predict-3": 3}
    assert list(own.asks.values()) == ["warm-up", "quiz", "check-a", "summary"]


def test_an_address_elsewhere_is_seen():
    assert leaves_the_machine("https://cdn.example.org/a.js")
    assert not leaves_the_machine("ws://127.0.0.1:8888/api")
