"""Lesson 08 in a real browser, from the first cell to the page that opens again another day.

The tests stand in the order in which a learner meets things; the last one closes the first kernel.
"""

import re
from dataclasses import dataclass

import pytest
from browser_tools import leaves_the_machine
from panel_tools import Panel, accessible, panel, violations
from prediction_tools import lock_in, reveal, wait_until

import engramlab as el
from engramlab.course.predictions import predictions
from engramlab.course.progress import Progress
from engramlab.tutor._summary import latest
from engramlab.widgets.attractors import EXHIBITS

pytestmark = pytest.mark.browser

PANELS = {  # cell: widget
    "completion": "pattern_completion",
    "control": "cue_control",
    "blackout": "blackout",
    "deeper-basins-widget": "basins",
    "deeper-self-widget": "self_coupling",
    "deeper-pinv-widget": "pseudo_inverse",
}


@dataclass(frozen=True)
class Look:
    """What a panel shows at one moment."""

    alt: str
    digest: str

    @classmethod
    def at(cls, one: Panel) -> "Look":
        return cls(alt=one.alt, digest=one.digest)


@pytest.fixture(scope="module")
def notebook(learner):
    opened = learner.open("lessons/08_pattern_completion.ipynb")
    opened.run_all()
    return opened


def test_runs_from_the_first_cell_to_the_last(notebook):
    assert notebook.errors() == []
    code = [cell for cell in notebook.cells() if cell["kind"] == "code"]
    assert all(cell["prompt"] for cell in code)
    assert set(PANELS) < {cell["id"] for cell in code}


@pytest.mark.parametrize("cell", PANELS)
def test_sliders_by_keyboard_to_both_ends_and_back(notebook, cell):
    one = panel(notebook, cell)
    exhibit = EXHIBITS[PANELS[cell]]()
    assert len(one.sliders) == len(exhibit.controls)
    start = Look.at(one)
    assert_true(one, exhibit)
    one.photograph("default")
    for slider, (name, control) in zip(one.sliders, exhibit.controls.items(), strict=True):
        looks = [start]
        for key, end in zip(("Home", "End"), control.ends, strict=True):
            one.press(slider, key)
            assert float(slider.get_attribute("aria-valuenow")) == end
            assert_true(one, exhibit)
            one.photograph(f"{name}-{key.lower()}")
            looks.append(Look.at(one))
        assert len({look.alt for look in looks}) == len(looks)
        assert len({look.digest for look in looks}) == len(looks)
        one.click("Reset")
        one.wait_for(start.alt)
        assert Look.at(one.settled()) == start


def assert_true(one, exhibit):
    """The text alternative is the reading, and what the model says at this setting."""
    assert one.alt
    assert one.says() == one.alt
    assert one.alt == exhibit.alt(exhibit.model(**setting_of(one, exhibit)))


def setting_of(one, exhibit):
    """Where the sliders stand, as the model takes it."""
    values = [int(value) if value.is_integer() else value for value in one.params()]
    return dict(zip(exhibit.controls, values, strict=True))


def test_alt_text_states_the_overlap_that_the_states_have(notebook):
    """Read the number off the picture's text and compute it anew from the bare states."""
    one = panel(notebook, "completion")
    cue, stored = (int(value) for value in one.params())
    shown = EXHIBITS["pattern_completion"]().model(cue=cue, stored=stored)
    said = [float(number) for number in re.findall(r"\d\.\d\d", one.alt)]
    overlap = float((shown.run.final.astype(int) * shown.patterns[0].astype(int)).mean())
    assert any(abs(number - overlap) < 0.0051 for number in said), (said, overlap)
    assert overlap == el.overlap(shown.run.final, shown.patterns[0])
    assert f"cue {cue} %" in one.alt


@pytest.mark.parametrize("cell", PANELS)
def test_freeze_and_compare(notebook, cell):
    one = panel(notebook, cell)
    slider, start = one.sliders[0], Look.at(one)
    tall = [one.height()]
    one.click("Freeze and compare")
    one.button("Unfreeze").wait_for()
    for key in ("Home", "End"):
        one.press(slider, key)
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


OVERTAKE = """([out, slider, name]) => {
  const button = [...out.querySelectorAll('button')].find(one => one.innerText.trim() === name);
  for (let k = 0; k < 6; k += 1) {
    slider.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowRight', bubbles: true}));
  }
  button.click();
}"""


@pytest.mark.parametrize("cell", PANELS)
def test_reset_stands_though_the_click_overtakes_the_slider(notebook, cell):
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


@pytest.mark.parametrize("cell", PANELS)
def test_ghost_is_the_setting_named_frozen_though_the_click_overtakes(notebook, cell):
    one = panel(notebook, cell)
    start, exhibit = Look.at(one), EXHIBITS[PANELS[cell]]()
    notebook.page.evaluate(
        OVERTAKE, [one.out.element_handle(), one.sliders[0].element_handle(), "Freeze and compare"]
    )
    notebook.page.wait_for_timeout(1000)
    now, _, frozen = one.alt.partition("; frozen: ")
    values = setting_of(one, exhibit)
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


@pytest.mark.parametrize("cell", ["predict-1", "predict-2", "predict-3"])
def test_prediction_is_locked_in_by_keyboard(lab, notebook, cell):
    """First the answer alone; then the answer, as it was given, beside the truth."""
    out = notebook.go_to(cell)
    pictures = out.locator("img").count()
    lock_in(notebook, out, choice=1, sure=2, number="0.3")
    shown = reveal(notebook, out, more_than=pictures)
    assert out.get_by_role("button", name="Locked in").is_disabled()
    asked = predictions("08")[int(cell[-1]) - 1]

    def as_given():
        """A choice that the click has overtaken on the way to the kernel is taken in after it."""
        record = latest(Progress("08", lab.folder).records(), asked)
        told = (record["answer"], record["confidence"], record.get("guess", 0.3))
        alt = shown.get_attribute("alt") or ""
        return told == ("b", 0.8, 0.3) and alt.startswith("your pick, b: ")

    wait_until(notebook, as_given)
    notebook.visit.photograph(f"{cell}-reveal", out)


@pytest.mark.parametrize("cell", PANELS)
def test_every_slider_has_a_name_and_says_its_unit(notebook, learner, cell):
    panel(notebook, cell)
    sliders = accessible(learner, "slider")
    assert all(slider["name"] for slider in sliders)
    told = [(slider["name"], slider["says"]) for slider in sliders]
    for control in EXHIBITS[PANELS[cell]]().controls.values():
        assert (control.label, control.said) in told


def test_radio_buttons_stand_in_a_named_group(notebook, learner):
    notebook.go_to("predict-1")
    names = {group["name"] for group in accessible(learner, "radiogroup")}
    assert names >= {"Your picture", "How sure are you?"}


def test_axe_finds_no_serious_fault(notebook, learner):
    for cell in [*PANELS, "predict-1", "warm-up", "quiz", "check-a", "summary"]:
        notebook.go_to(cell)
        assert violations(learner) == []


def test_dark_theme_is_as_readable(notebook, learner):
    learner.theme("JupyterLab Dark")
    for cell in ("completion", "predict-2", "check-a", "quiz", "summary"):
        out = notebook.go_to(cell)
        assert violations(learner) == []
        learner.photograph(f"{cell}-dark", out)
    learner.theme("JupyterLab Light")


def test_pictures_stay_after_a_reload_with_a_new_kernel(notebook, learner):
    before = {cell: Look.at(panel(notebook, cell)) for cell in PANELS}
    saved = notebook.save()
    kept = {cell["id"]: str(cell.get("outputs")) for cell in saved["cells"]}
    for cell, look in before.items():
        assert look.alt.split(":")[0] in kept[cell]
    again = learner.reload_with_a_new_kernel(notebook)
    for cell, look in before.items():
        one = panel(again, cell)
        assert Look.at(one) == look
        assert "run the cell" in one.reading
        assert one.out.get_by_text("Error displaying widget").count() == 0
        one.photograph("reloaded")


def test_nothing_left_the_machine(learner):
    assert len(learner.requests) > 50
    assert any(url.startswith("ws://") for url in learner.requests)
    assert leaves_the_machine("https://cdn.example.org/a.js")
    assert learner.strangers() == []
    assert learner.faults == []
