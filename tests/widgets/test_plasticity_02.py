"""What the widgets of lesson 02 say is what the models do."""

import re

import numpy as np
import pytest
from picture_tools import faults

import engramlab as el
from engramlab.experiments import plateau_share
from engramlab.plots._timing import apart
from engramlab.widgets.plasticity import _timing, _timing_competition, _timing_window


def test_the_reading_of_a_rate_is_the_rule_and_the_measurement():
    rule = el.TripletSTDP.named("all-to-all minimal")
    words = _timing.rate_reading(_timing.pair_faster(40, 100))
    assert f"{rule.pairing_change(40.0, -10.0):.2f} with the receiver first" in words
    assert "in short bursts, 0.56 ± 0.32 and 0.53 ± 0.11 [C-sjostrom2001]" in words
    assert "not measured at this rate" in _timing.rate_reading(_timing.pair_faster(33, 100))


def test_the_rows_of_spikes_are_the_pairs_at_that_rate():
    scene = _timing.PairingScene()
    for rate, n_spikes in ((10, 2), (50, 10)):
        scene.update(_timing.pair_faster(rate, 100))
        pre, post = (
            [x for (x, y), _ in scene.rows.spikes.get_segments() if (y > 1) == up]
            for up in (True, False)
        )
        assert len(pre) == len(post) == n_spikes
        assert np.subtract(pre, post) == pytest.approx(10.0)
    assert np.subtract(post[1:], pre[:-1]) == pytest.approx(10.0)  # at 50 a second, both ways


def test_the_band_is_the_runs_of_the_lessons_control():
    arms = {"order": ["no order"], "rate_hz": _timing.CONTROL_HZ.tolist()}
    runs = el.sweep(el.paired_spikes, grid=arms, progress=False)[0]
    assert _timing.pair_faster(50, 100).runs == pytest.approx(runs.T)


def test_the_window_of_your_own_pairs_says_what_it_shows():
    picture = el.plots.timing_window([-33.7, 0.0, 16.8], [-0.18, 0, 0.22], 0.6, 0.5, 16.8, 33.7)
    assert "your pairs: −0.18 at −33.7 ms, 0.00 at 0.0 ms, 0.22 at 16.8 ms" in picture.alt
    assert faults(picture) == []
    with pytest.raises(ValueError, match=r"dt_ms has shape \(2,\) and change \(1,\)"):
        el.plots.timing_window([1.0, 2.0], [0.1], 0.6, 0.5, 16.8, 33.7)


def test_without_triplets_nothing_strengthens():
    shown = _timing.pair_faster(50, 0)
    assert max(shown.late.max(), shown.early.max(), shown.runs.mean(axis=0).max()) < 1e-6


def test_no_turn_of_the_knobs_comes_near_the_triplet_rule():
    errors = [
        _timing.turn_pair_rule(up, down, window).error
        for up in range(0, 201, 20)
        for down in range(0, 201, 20)
        for window in _timing.WINDOWS
    ]
    assert min(errors) == pytest.approx(el.fit_pair_rule(el.sjostrom2001()).error)
    assert min(errors) > 6 * _timing.pick_set("all-to-all minimal").error


def test_turned_halves_are_the_rule():
    shown = _timing.turn_pair_rule(100, 100, _timing.WINDOWS[0])
    fit = el.fit_pair_rule(el.sjostrom2001())
    assert shown.error == pytest.approx(fit.error)
    assert shown.at(40)[1] == pytest.approx(fit.rule.pairing_change(40.0, 10.0))


def test_a_recalled_set_says_so():
    said = {name: _timing.pick_set(name).told for name in _timing.TRIPLET_SETS}
    assert [name for name, words in said.items() if "recalled" in words] == [
        "nearest full",
        "nearest minimal",
    ]


def test_a_gap_of_a_second_is_nothing_to_a_pair_and_much_to_a_plateau():
    shown = _timing_window.widen("1 s")
    assert max(map(abs, shown.pairs)) < 1e-9
    assert shown.plateaus[0].mean() > shown.plateaus[1].mean() > 0.15
    assert "in our sketch" in _timing_window.gap_reading(shown)


def test_the_calcium_reading_has_the_ends_of_its_window():
    shown = _timing_window.pick_calcium("P", 1)
    low = re.search(r"lowest ([\d.]+)", _timing_window.calcium_reading(shown))[1]
    assert float(low) == pytest.approx(shown.strength.min(), abs=0.005)


def test_only_program_a_changes_with_its_clock():
    rates = {
        program: [_timing_competition.run_program(program, step).late_hz for step in steps]
        for program in _timing_competition.PROGRAMS
        for steps in [("1 ms", "0.25 ms")]
    }
    assert rates["A"][0] > 4 * rates["A"][1]
    assert rates["B"][0] == pytest.approx(rates["B"][1], rel=0.15)


def test_names_are_pushed_apart_and_keep_their_order():
    ends = apart([0.75, 0.76, 0.98], 0.2)
    assert ends == sorted(ends)
    assert np.diff(ends).min() > 0.19


def test_wrong_settings_are_refused():
    with pytest.raises(ValueError, match="order is 'random'"):
        el.paired_spikes(order="random", rng=1)
    with pytest.raises(ValueError, match="gap_ms goes down to -5"):
        plateau_share([-5.0], rng=1)
