"""The plasticity models: values that stay, courses that do not depend on how they are drawn."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import engramlab as el
from engramlab import plasticity
from engramlab.kernels.capture import LUBOEINSKI_2021
from engramlab.protocols import Stimulus

hours = st.floats(0, 10)
stimuli = st.lists(
    st.builds(
        Stimulus, at_hours=hours, pathway=st.integers(0, 1), size=st.floats(-1, 1)
    ),
    max_size=4,
)  # fmt: skip


@given(stimuli, st.none() | st.tuples(hours, hours), st.integers(2, 60))
def test_a_course_does_not_depend_on_the_moments_drawn(events, window, n_points):
    drug = None if window is None else el.drug_window(window[0], hours=window[1])
    drawn = el.slice_course(events, drug=drug, n_points=n_points)
    coarse = el.slice_course(events, drug=drug, n_points=2)
    for name in ("early", "late"):
        ours, theirs = getattr(drawn.final, name), getattr(coarse.final, name)
        assert np.abs(ours - theirs).max() < 2e-6 * n_points
    assert abs(drawn.final.protein - coarse.final.protein) < 2e-6 * n_points
    assert (np.diff(drawn.hours) >= 0).all()
    assert drawn.hours[[0, -1]].tolist() == [0.0, 10.0]
    assert drawn.weight.shape == drawn.tagged.shape == (2, len(drawn.hours))
    assert np.allclose(drawn.weight, np.maximum(1 + drawn.early + drawn.late, 0))


def test_a_course_shows_each_stimulus_just_before_and_just_after():
    course = el.slice_course([el.strong_stimulation(0, at_hours=1.0)], n_points=11)
    (before, after) = np.flatnonzero(course.hours == 1.0)
    assert course.early[0, before] == 0
    assert course.early[0, after] == pytest.approx(0.98)
    assert not course.synthesis[before]
    assert course.synthesis[after]
    assert course.tagged[:, after].tolist() == [True, False]
    assert course.protein[after] == 0
    assert course.protein.max() > 0.5


def test_two_stimuli_at_one_time_come_in_the_order_given():
    up, down = Stimulus(at_hours=0, pathway=0, size=0.5), Stimulus(at_hours=0, pathway=0, size=-0.5)
    assert el.slice_course([up, down]).early[0, 1] == pytest.approx(0.5 - 0.5 * 1.5)
    assert el.slice_course([down, up]).early[0, 1] == pytest.approx(-0.5 + 0.5 * 1.5)


def test_the_drug_counts_from_its_start_to_its_end():
    course = el.slice_course([el.strong_stimulation()], drug=el.drug_window(0.25, hours=0.5))
    drugged = course.hours[course.drugged]
    assert drugged.min() == 0.25
    assert drugged.max() < 0.75
    assert not course.synthesis[course.drugged].any()
    by_hand = el.Slice.rest().potentiate(0, 0.98).advance(0.25)
    by_hand = by_hand.advance(0.5, protein_synthesis=False).advance(9.25)
    assert course.final.late[0] == pytest.approx(by_hand.late[0], abs=1e-5)


@given(st.floats(0, 1), st.floats(0, 1))
def test_stimulation_saturates(first, second):
    up = el.Slice.rest().potentiate(0, first).potentiate(0, second)
    assert up.early[0] == pytest.approx(1 - (1 - first) * (1 - second), abs=1e-6)
    down = el.Slice.rest().depress(0, first).depress(0, second)
    assert down.early[0] == pytest.approx((1 - first) * (1 - second) - 1, abs=1e-6)
    assert down.weight.min() >= 0


def test_a_weakened_pathway_captures_towards_weakness():
    """With the proteins of a strong neighbour, weakening lasts too; alone it does not."""
    both = el.Slice.rest().depress(0, 0.45).potentiate(1, 0.98).advance(12)
    alone = el.Slice.rest().depress(0, 0.45).advance(12)
    assert -0.5 < both.late[0] < -0.15
    assert both.late[1] > 0.5
    assert alone.late[0] == 0


def test_the_tag_sits_on_synapses_and_proteins_serve_the_cell():
    after = el.Slice.rest(3).potentiate(0, 0.98).potentiate(1, 0.43)
    assert after.tagged.tolist() == [True, True, False]
    later = after.advance(8)
    assert later.late[0] > 0.5
    assert later.late[1] > 0.4
    assert later.late[2] == 0


def test_the_clocks_agree_with_the_states():
    tissue = el.Slice.rest().potentiate(0, 0.98)
    tag, synthesis = float(tissue.tag_left_hours[0]), tissue.synthesis_left_hours
    assert tag == pytest.approx(LUBOEINSKI_2021.tau_early_hours * math.log(0.98 / 0.2), abs=1e-5)
    assert synthesis == pytest.approx(LUBOEINSKI_2021.tau_early_hours * math.log(1.96), abs=1e-5)
    assert tissue.advance(tag - 0.01).tagged[0]
    assert not tissue.advance(tag + 0.01).tagged[0]
    assert tissue.advance(20).tag_left_hours.tolist() == [0.0, 0.0]
    assert tissue.advance(1.5).advance(0.5).at_hours == 2.0


def test_a_late_part_can_fade():
    fading = LUBOEINSKI_2021._replace(tau_late_hours=192)  # a whole number is taken as well
    tissue = el.Slice.rest(constants=fading).potentiate(0, 0.98).advance(24)
    later = tissue.advance(192)
    assert later.late[0] == pytest.approx(tissue.late[0] * math.exp(-1), rel=1e-5)
    lasting = el.Slice.rest().potentiate(0, 0.98).advance(24)
    assert lasting.advance(1000).late[0] == lasting.late[0]


@pytest.mark.parametrize(
    "value",
    [
        el.Slice.rest(),
        el.BCM.start(2, rng=1),
        el.PairSTDP(),
        el.TripletSTDP.named("nearest full"),
        el.CalciumRule.named("P"),
        el.CompetingSynapses(),
        el.sjostrom2001(),
        el.slice_course([], n_points=3),
        el.Oja(weights=np.ones(2)),
        el.BCM.from_weights([1.0]).learn([[1.0]], n_steps=2, rng=1),
    ],
    ids=lambda value: type(value).__name__,
)
def test_values_are_frozen_and_show_shapes(value):
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, dataclasses.fields(value)[0].name, 1)
    assert repr(value).startswith(type(value).__name__ + "(")
    assert "array(" not in repr(value)


def test_the_window_is_the_change_by_one_pair():
    rule = el.PairSTDP(a_plus=0.4, a_minus=0.3, tau_plus_ms=17.0, tau_minus_ms=34.0)
    lags = np.arange(-50, 51, 5.0)
    one = rule.pairing_change(1.0, lags, n_pairs=1)
    assert np.abs(rule.window(lags) - one).max() < 1e-15
    assert rule.window(10.0) == rule.window([10.0])[0]
    assert rule.window(0.0) == 0


def test_rates_and_delays_broadcast():
    rule = el.TripletSTDP.named("all-to-all minimal")
    table = rule.pairing_change([[10.0], [50.0]], [10.0, -10.0])
    assert table.shape == (2, 2)
    assert table[1, 0] == rule.pairing_change(50.0, 10.0)
    calcium = el.CalciumRule.named("DP")
    assert calcium.change([[1.0, 2.0]]).shape == (1, 2)
    assert calcium.change(1.0) == calcium.change([1.0])[0]


def test_nearest_and_all_differ_only_where_spikes_crowd():
    far, near = np.arange(5) * 1e4, np.arange(5) * 20.0
    every, nearest = el.PairSTDP(), el.PairSTDP(nearest=True)
    assert every.change(far, far + 5) == pytest.approx(nearest.change(far, far + 5))
    assert every.change(near, near + 5) > nearest.change(near, near + 5)


def test_which_values_were_recalled_is_on_record():
    recalled = {name: el.TripletSTDP.named(name).recalled for name in plasticity.TRIPLET_SETS}
    assert recalled["all-to-all full"] == recalled["all-to-all minimal"] == ()
    assert recalled["nearest full"] == ("a2_plus",)
    assert set(recalled["nearest minimal"]) == {"a3_plus", "a2_minus", "tau_y_ms"}


def test_runs_repeat_with_their_seed():
    cell = el.CompetingSynapses(n_synapses=50, g_max=0.3)
    one, two = (cell.run(3000.0, rng=4) for _ in range(2))
    assert np.array_equal(one.strengths, two.strengths)
    assert np.array_equal(one.rates_hz, two.rates_hz)
    other = cell.run(3000.0, rng=5)
    assert not np.array_equal(one.strengths, other.strengths)
    assert el.rescue(rng=3) == el.rescue(rng=3)
    assert np.array_equal(el.learned_outputs(rng=3), el.learned_outputs(rng=3))


def test_sweeps_take_the_experiments():
    late = el.sweep(
        el.rescue, seeds=3, grid={"strong_after_hours": [-1.0, 3.0]}, progress=False, n_jobs=1
    )
    assert late.shape == (2, 3)
    assert late[0].min() > 0.2 > 0.05 > late[1].max()
