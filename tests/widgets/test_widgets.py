"""Every widget: each control to both ends, true words, legible pictures, ghosts that go again."""

import re
from dataclasses import is_dataclass
from itertools import product

import matplotlib as mpl
import numpy as np
import pytest
from picture_tools import crossings, faults
from picture_tools import words as words_of

import engramlab as el
from engramlab.widgets import EXHIBITS, Choice

NAMES = sorted(EXHIBITS)
PLACES = 13  # of a slider, its ends among them
WIDE = 760  # px
MOST_MOVING = 10  # artists drawn at each step

each_widget = pytest.mark.parametrize("name", NAMES)


@pytest.fixture(scope="module")
def panels():
    return {name: getattr(el.widgets, name)() for name in NAMES}


def places(control):
    """Return values of a control from end to end: all words of a choice, places on a slider."""
    if isinstance(control, Choice):
        return list(control.options)
    n_steps = round((control.high - control.low) / control.step)
    steps = sorted({*np.linspace(0, n_steps, PLACES).astype(int).tolist()})
    return [control.low + step * control.step for step in steps]


def faults_of(panel):
    """Return what is wrong with the words of a panel's picture as it stands, ghosts included."""
    for artist in panel._stage._moving:
        artist.set_animated(False)
    figure = panel._stage.scene.figure
    figure.set_dpi(100)
    found = faults(figure) + crossings(figure)
    for artist in panel._stage._moving:
        artist.set_animated(True)
    return [f"{panel.alt}: {fault}" for fault in found]


@each_widget
def test_every_control_goes_to_both_ends_and_back(panels, name):
    panel = panels[name]
    first, seen = panel.png(100), {panel.reading}
    for control, widget in panel.controls.items():
        before = None
        for end in EXHIBITS[name]().controls[control].ends:
            panel.set(**{control: end})
            assert panel.error is None
            assert panel.alt == panel.reading == panel._alt(panel.result)
            assert widget.value == end
            picture = panel.png(100)
            assert picture != before
            before = picture
            seen.add(panel.reading)
            assert faults_of(panel) == []
        panel.reset()
        assert panel.png(100) == first
    assert len(seen) >= 1 + len(panel.controls)


@pytest.mark.full
@each_widget
def test_words_stay_off_each_other_and_off_every_mark_and_ghost(name):
    """A ghost of each setting in turn, with the control that made it at each of its ends."""
    panel, exhibit = getattr(el.widgets, name)(), EXHIBITS[name]()
    for control, kind in exhibit.controls.items():
        for value in places(kind):
            panel.reset()
            panel.set(**{control: value})
            panel.freeze()
            assert panel.error is None
            assert faults_of(panel) == []
            for end in kind.ends:
                panel.set(**{control: end})
                assert faults_of(panel) == []
            panel.unfreeze()


@each_widget
def test_all_controls_at_their_ends_together(name):
    panel, controls = getattr(el.widgets, name)(), EXHIBITS[name]().controls
    for corner in product(*(control.ends for control in controls.values())):
        panel.set(**dict(zip(controls, corner, strict=True)))
        assert panel.error is None
        assert faults_of(panel) == []


@each_widget
def test_the_view_is_the_panel_drawn_once(panels, name):
    before = dict(mpl.rcParams)
    picture = el.widgets.view(name)
    assert dict(mpl.rcParams) == before
    panel = panels[name]
    panel.reset()
    assert picture.alt == panel.reading
    fine = el.plots.render(picture, 100).astype(int)
    live = panel._stage.pixels(100).astype(int)
    assert np.abs(fine - live).mean() < 0.3  # the order of drawing differs where marks touch


@each_widget
def test_a_ghost_is_drawn_and_goes(panels, name):
    panel = panels[name]
    panel.reset()
    plain = panel.png(100)
    panel.freeze()
    control, widget = next(iter(panel.controls.items()))
    low, high = EXHIBITS[name]().controls[control].ends
    other = high if widget.value != high else low
    panel.set(**{control: other})
    ghost = panel.png(100)
    panel.unfreeze()
    assert panel.png(100) != ghost
    panel.reset()
    assert panel.png(100) == plain


@each_widget
def test_at_most_three_controls_and_a_question(name):
    exhibit = EXHIBITS[name]()
    assert 1 <= len(exhibit.controls) <= 3
    assert exhibit.question.endswith("?")
    labels = [control.label for control in exhibit.controls.values()]
    assert all(labels)
    assert len(set(labels)) == len(labels)
    for control in exhibit.controls.values():
        if isinstance(control, Choice):
            assert 2 <= len(set(control.options)) == len(control.options)
        else:
            assert control.unit


@each_widget
def test_what_people_read_has_a_true_minus(name):
    exhibit = EXHIBITS[name]()
    for control, kind in exhibit.controls.items():
        for end in kind.ends:
            figure = exhibit.view(**{control: end})
            told = [text for text, _, _ in words_of(figure)]
            assert not re.search(r"-\d", " ".join([figure.alt, *told]))


@each_widget
def test_the_reading_is_the_setting_and_then_a_number(panels, name):
    panel = panels[name]
    panel.reset()
    setting, colon, result = panel.reading.partition(": ")
    assert setting
    assert colon
    assert re.search(r"\d", result)
    assert "\n" not in panel.reading
    assert "; frozen: " not in panel.reading


@each_widget
def test_a_result_cannot_be_changed_and_comes_out_again(panels, name):
    panel, exhibit = panels[name], EXHIBITS[name]()
    panel.reset()
    result = panel.result
    assert is_dataclass(result)
    assert type(result).__dataclass_params__.frozen
    assert exhibit.alt(exhibit.model(**panel.params)) == panel.reading


@each_widget
def test_the_picture_has_the_width_of_the_page_and_moves_few_things(panels, name):
    stage = panels[name]._stage
    assert round(stage.scene.figure.bbox.width * 100 / stage.scene.figure.get_dpi()) == WIDE
    assert len(stage._moving) <= MOST_MOVING


def test_view_names_what_there_is():
    names = ", ".join(NAMES)
    with pytest.raises(ValueError, match=f"there is no widget 'nothing'; there are {names}"):
        el.widgets.view("nothing")
    for name in NAMES:
        settings = ", ".join(EXHIBITS[name]().controls)
        with pytest.raises(ValueError, match=f"no setting 'nothing'; there are {settings}"):
            el.widgets.view(name, nothing=3)
