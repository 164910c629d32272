"""Each widget of pattern completion: every control to both ends, true words, legible pictures."""

import re
from dataclasses import replace

import matplotlib as mpl
import numpy as np
import pytest
from picture_tools import crossings, faults
from picture_tools import words as words_of

import engramlab as el
from engramlab.measures import crossing
from engramlab.widgets.attractors import EXHIBITS, _arms, _capacity, _completion, _rules

NAMES = sorted(EXHIBITS)


@pytest.fixture(scope="module")
def panels():
    return {name: getattr(el.widgets, name)() for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
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


@pytest.mark.parametrize("name", NAMES)
def test_words_stay_off_each_other_and_off_every_mark_and_ghost(name):
    """A ghost of each setting in turn, with the control that made it at each of its ends."""
    panel, exhibit = getattr(el.widgets, name)(), EXHIBITS[name]()
    for control, slider in exhibit.controls.items():
        n_steps = round((slider.high - slider.low) / slider.step)
        for step in sorted({*np.linspace(0, n_steps, 13).astype(int).tolist()}):
            panel.reset()
            panel.set(**{control: slider.low + step * slider.step})
            panel.freeze()
            assert faults_of(panel) == []
            for end in slider.ends:
                panel.set(**{control: end})
                assert faults_of(panel) == []
            panel.unfreeze()


@pytest.mark.parametrize("name", NAMES)
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


@pytest.mark.parametrize("name", NAMES)
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


@pytest.mark.parametrize("name", NAMES)
def test_at_most_three_controls_and_a_question(name):
    exhibit = EXHIBITS[name]()
    assert 1 <= len(exhibit.controls) <= 3
    assert exhibit.question.endswith("?")
    for control in exhibit.controls.values():
        assert control.label
        assert control.unit


def test_completion_reads_what_the_network_did():
    for cue, stored in ((30, 5), (0, 5), (50, 60), (100, 1)):
        shown = _completion.complete_digit(cue, stored)
        memory = _completion.digit_memories()[0]
        right = int((shown.run.final == memory).sum())
        words = _completion.reading(shown)
        assert words.startswith(f"cue {cue} %, {stored} stored: overlap {2 * right / 400 - 1:.2f}")
        assert f"{right} of 400 units right" in words
        assert ("still moving" in words) == (not shown.run.converged)


def test_a_recall_that_ends_on_another_memory_says_so():
    shown = _completion.complete_digit(0, 5)
    ends = el.overlap(shown.run.final, shown.patterns)
    other = int(np.argmax(ends))
    assert other != shown.target
    name = shown.names[other]
    said = f"overlap {ends[other]:.2f} with the {name} instead"
    assert said in _completion.reading(shown)


def test_a_recall_that_ends_on_a_mirror_says_so():
    shown = _completion.complete_digit(0, 1)
    assert el.overlap(shown.run.final, shown.patterns[0]) == -1
    words = _completion.reading(shown)
    assert "overlap −1.00 with the stored 3" in words
    assert "this is the mirror of the 3, every unit reversed" in words
    other = _completion.complete_digit(30, 5)
    turned = replace(other, run=replace(other.run, final=-other.patterns[3]))
    assert "overlap −1.00 with the 9, its mirror, instead" in _completion.reading(turned)


def test_a_letter_names_what_came_instead_and_a_memory_without_a_name_is_told_too():
    shown = _completion.complete_letter(0)
    assert "overlap −0.08 with the stored G" in _completion.reading(shown)
    assert "overlap 1.00 with the N instead" in _completion.reading(shown)
    crowd = _completion.complete_digit(30, 60)
    lost = replace(crowd, run=replace(crowd.run, final=crowd.patterns[40]))
    assert "overlap 1.00 with another memory instead" in _completion.reading(lost)


@pytest.mark.parametrize("cue", range(0, 101, 10))
def test_every_network_of_every_arm_stands_inside_the_axes(cue):
    scene = _arms.ArmsScene()
    scene.update(_arms.compare_arms(cue))
    low, high = scene.ax.get_ylim()
    for dots in (scene.dots, scene.hollow, scene.cues):
        y = np.asarray(dots.get_offsets())[:, 1]
        assert low <= y.min()
        assert y.max() <= high


@pytest.mark.parametrize("name", NAMES)
def test_what_people_read_has_a_true_minus(name):
    exhibit = EXHIBITS[name]()
    for control, slider in exhibit.controls.items():
        for end in slider.ends:
            figure = exhibit.view(**{control: end})
            told = [text for text, _, _ in words_of(figure)]
            assert not re.search(r"-\d", " ".join([figure.alt, *told]))


def test_sliders_say_their_value_with_its_unit():
    said = {
        (name, control): slider.said
        for name in NAMES
        for control, slider in EXHIBITS[name]().controls.items()
    }
    assert said["pseudo_inverse", "stored"] == "6 in 64 pixels"
    assert said["blackout", "stored"] == "40 in 500 units"
    assert said["basins", "stored"] == "40 in 500 units"
    assert said["basins", "cue"] == "0.30 of at most 1"
    assert el.widgets.basins().controls["cue"].readout_format == ".2f"


def test_a_larger_cue_gives_what_the_smaller_gave():
    memory = _completion.digit_memories()[0]
    small, few = _completion.fragment(memory, 0.2, seed=8)
    large, many = _completion.fragment(memory, 0.6, seed=8)
    assert few.sum() == 80
    assert many.sum() == 240
    assert (few <= many).all()
    assert (large[many] == memory[many]).all()
    assert (small[~many] == large[~many]).all()


def test_the_first_view_completes_and_too_small_a_cue_does_not():
    assert "overlap 1.00" in el.widgets.view("pattern_completion").alt
    assert "overlap 1.00" in el.widgets.view("letter").alt
    assert _completion.complete_digit(0, 5).run.final.tolist() != (
        _completion.digit_memories()[0].tolist()
    )


def test_the_control_arms_are_those_of_the_experiment():
    result = _arms.compare_arms(30)
    grid = {"arm": ["stored"], "kept": [0.3]}
    again = el.sweep(_arms.completion, seeds=20, grid=grid, progress=False)
    assert result.overlaps[0] == pytest.approx(again[0, 0])
    assert result.overlaps[0].mean() > 0.9
    assert result.overlaps[1:].max() < 0.5
    assert f"{result.overlaps[0].mean():.2f} from a stored memory" in _arms.reading(result)


def test_blackout_counts_its_memories():
    result = _capacity.fill(80)
    mean = _capacity.all_loads()[list(_capacity.STORED).index(80)].mean()
    words = _capacity.blackout_reading(result)
    assert words.startswith(f"load 0.16: {80 * mean:.0f} of 80 memories recalled (20 networks:")
    assert _capacity.all_loads()[0].min() == 1.0
    assert _capacity.all_loads()[-1].max() < 0.2


def test_the_two_humps_stand_apart_as_the_picture_says():
    overlaps = _capacity.two_humps()
    assert overlaps.size == 1500
    between = ((overlaps > 0.6) & (overlaps < 0.85)).mean()
    assert between < 0.03
    assert ((overlaps > 0.2) & (overlaps < 0.6)).mean() > 0.2
    assert (overlaps > 0.9).mean() > 0.5


def test_basins_shrink_before_capacity():
    edges = [
        crossing(
            _capacity.BASIN_CUES,
            (_capacity.look_into_basin(n, 0).final > 0.9).mean(axis=(1, 2)),
            0.5,
        )
        for n in (10, 30, 50)
    ]
    assert edges == sorted(edges)
    assert edges[0] < 0.2 < edges[2] < 0.6


def test_self_coupling_looks_stable_but_does_not_repair():
    shown = _rules.listen_to_itself(160)
    assert shown.leave[1].mean() < 0.05 < shown.leave[0].mean()
    assert shown.repaired[1].mean() < 1 - 2 * _rules.NOISE


def test_pseudo_inverse_holds_what_resembles_itself():
    shown = _rules.two_rules(10, 0)
    assert (shown.overlaps(1) == 1).all()
    assert (shown.overlaps(0) < 1).all()
    assert "10 of 10 by the pseudo-inverse" in _rules.rules_reading(shown)


def test_view_names_what_there_is():
    with pytest.raises(ValueError, match="there are basins, blackout"):
        el.widgets.view("nothing")
    with pytest.raises(ValueError, match="no setting 'speed'; there are cue, stored"):
        el.widgets.view("pattern_completion", speed=3)
