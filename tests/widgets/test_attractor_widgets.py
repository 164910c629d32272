"""The widgets of pattern completion: what each reads is what its networks did."""

from dataclasses import replace

import numpy as np
import pytest

import engramlab as el
from engramlab.measures import crossing
from engramlab.widgets.attractors import EXHIBITS, _arms, _capacity, _completion, _rules

NAMES = sorted(EXHIBITS)


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
    with pytest.raises(ValueError, match="there are ageing, allocation, basins"):
        el.widgets.view("nothing")
    with pytest.raises(ValueError, match="no setting 'speed'; there are cue, stored"):
        el.widgets.view("pattern_completion", speed=3)
