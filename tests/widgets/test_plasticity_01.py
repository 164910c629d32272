"""The widgets of lesson 01: readings that say what the cells did."""

import re

import numpy as np
import pytest

from engramlab.widgets.plasticity import _rates, _rates_deeper, _rates_threshold


@pytest.mark.parametrize(("rate", "step"), [(2.0, 500), (0.0, 500), (1.25, 130)])
def test_hebb_reads_what_the_synapses_did(rate, step):
    shown = _rates.run_hebb(rate, step)
    words = _rates.hebb_reading(shown)
    now = shown.strength[:, step]
    assert words.startswith(
        f"learning rate {rate:.2f} %, {step} patterns shown: synapses {now.mean():.2f}"
    )
    assert f"(20 cells: {now.min():.2f} to {now.max():.2f})" in words
    if rate == 0:
        assert (shown.courses == shown.courses[:, :1]).all()


def test_the_same_cells_come_back_at_every_rate():
    slow, quick = _rates.run_hebb(0.5, 0), _rates.run_hebb(2.0, 0)
    np.testing.assert_array_equal(slow.courses[:, 0], quick.courses[:, 0])


@pytest.mark.parametrize(
    ("kind", "start", "said"),
    [
        ("sliding", 0.8, "1 of 5 still responded to"),
        ("fixed", 1.6, "0 of 5 still responded to"),
        ("fixed", 0.4, "5 of 5 still responded to"),
    ],
)
def test_the_reading_counts_the_patterns_that_are_left(kind, start, said):
    shown = _rates_threshold.learn_with(kind, start, 5)
    assert said in _rates_threshold.threshold_reading(shown)


def test_where_a_sliding_threshold_starts_changes_nothing_in_the_end():
    low, high = (_rates_threshold.learn_with("sliding", start, 5) for start in (0.4, 1.6))
    assert np.median(np.abs(low.strongest - high.strongest)[:, -1]) < 0.05


def test_the_thick_line_is_a_response_that_ran_away_first():
    scene = _rates_threshold.ThresholdScene()
    shown = _rates_threshold.learn_with("fixed", 0.8, 5)
    scene.update(shown)
    drawn = np.asarray(scene.line.get_ydata())
    away = np.isinf(shown.responses[0])
    first = away.argmax(axis=0)[away.any(axis=0)].min()
    assert drawn[first] == 2 * _rates_threshold.TOP
    off = shown.responses[0, -1] > _rates_threshold.TOP
    assert len(scene.off.get_xdata()) == off.sum() > 1


def test_the_marker_stands_where_the_curve_is():
    memory = int(_rates_threshold.MEMORIES[10])
    live = _rates_threshold.run_slow(memory)
    np.testing.assert_array_equal(live.held, _rates_threshold.all_memories()[10])
    assert f"held for {100 * live.held.mean():.0f} %" in _rates_threshold.slow_reading(live)


def test_a_cell_that_ran_away_is_said_to():
    words = _rates_threshold.slow_reading(_rates_threshold.run_slow(4000))
    assert re.search(r"\d+ of 20 ran away", words)
    words = _rates_threshold.slow_reading(_rates_threshold.run_slow(2000))
    assert re.search(r"\d+ of 20 fell silent", words)


def test_how_many_responses_ran_away_is_said_as_a_mean_over_the_cells():
    shown = _rates_threshold.learn_with("fixed", 0.8, 5)
    away = np.isinf(shown.responses[:, -1]).sum(axis=1)
    assert away.min() < away.max()
    assert f"on average {away.mean():.1f} ran away" in _rates_threshold.threshold_reading(shown)
    assert "ran away" not in _rates_threshold.threshold_reading(
        _rates_threshold.learn_with("sliding", 0.8, 5)
    )


@pytest.mark.parametrize("order", list(_rates_deeper.ORDERS))
def test_the_calcium_marker_lies_on_its_curve(order):
    shown = _rates_deeper.pair_spikes(20, order)
    at = int(np.flatnonzero(_rates_deeper.RATES == 20)[0])
    assert shown.change == pytest.approx(_rates_deeper.curve(order)[at])
    scene = _rates_deeper.CalciumScene()
    scene.update(shown)
    n_points = 0 if order == "in any order" else 5
    assert len(scene.points.get_xdata()) == n_points
    assert bool(scene.legend.get_text()) == bool(n_points)  # names points only where there are any


def test_the_calcium_drawn_spends_the_time_above_that_is_said():
    shown = _rates_deeper.pair_spikes(40, "receiver 10 ms earlier")
    steady = shown.calcium[len(shown.calcium) // 2 :]
    assert (steady > 1.3).mean() == pytest.approx(shown.above[1], abs=0.05)
