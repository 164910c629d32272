"""Graupner M, Brunel N (2012) PNAS 109:3991-3996, 10.1073/pnas.1109359109.

One calcium rule gives every published shape of the window of spike timing. Parameters and expected
numbers follow the authors' code (mgraupe/CalciumBasedPlasticityModel at 038a1c1).
"""

import dataclasses

import numpy as np
import pytest

import engramlab as el
from engramlab.plasticity import CALCIUM_SETS

LAGS = np.linspace(-100, 100, 401)


def test_there_are_nine_sets_and_dp_is_the_published_one():
    assert list(CALCIUM_SETS) == [
        "DP", "DPD", "DPD'", "P", "D", "D'",
        "hippocampal slices", "hippocampal cultures", "cortical slices",
    ]  # fmt: skip
    dp = el.CalciumRule.named("DP")
    assert (dp.threshold_down, dp.threshold_up, dp.rho_star) == (1.0, 1.3, 0.5)
    assert (dp.gamma_down, dp.gamma_up, dp.sigma) == (200.0, 321.808, 2.8284)
    assert (dp.tau_ms, dp.delay_ms, dp.tau_calcium_ms) == (150_000.0, 13.7, 20.0)
    assert (dp.c_pre, dp.c_post) == (1.0, 2.0)


@pytest.mark.parametrize(
    ("name", "highest", "at_highest", "lowest", "at_lowest"),
    [
        ("DP", 1.242, 5.5, 0.724, -24.0),
        ("DPD", 1.206, None, 0.839, None),
        ("P", 1.268, None, 1.003, None),
        ("D", None, None, 0.637, None),
        ("D'", None, None, 0.693, None),
        ("hippocampal cultures", 1.250, 6.5, 0.750, -1.0),
        ("cortical slices", 1.130, 5.0, 0.733, -3.5),
    ],
)
def test_windows_at_one_hertz(name, highest, at_highest, lowest, at_lowest):
    window = el.CalciumRule.named(name).change(LAGS, rate_hz=1.0, n_pairs=60)
    for expected, found in ((highest, window.max()), (lowest, window.min())):
        assert expected is None or found == pytest.approx(expected, abs=1e-3)
    for expected, found in ((at_highest, window.argmax()), (at_lowest, window.argmin())):
        assert expected is None or LAGS[found] == expected


def test_the_shapes_are_what_their_names_say():
    windows = {name: el.CalciumRule.named(name).change(LAGS) for name in CALCIUM_SETS}
    for name in ("DP", "DPD", "DPD'"):
        assert windows[name].max() > 1.2
        assert windows[name].min() < 0.9
    assert windows["P"].min() > 1 > windows["D'"].max()
    assert windows["D"].max() == pytest.approx(1, abs=1e-3)
    peak = windows["DPD"].argmax()
    for side in (windows["DPD"][:peak], windows["DPD"][peak:]):
        assert side.min() < 0.9  # weakens on either side of the peak
    assert windows["DP"][LAGS > 0].min() > 0.98  # after pre comes no weakening


@pytest.mark.parametrize(
    ("rate_hz", "expected"),
    [
        (1, (1.061, 0.691)),
        (10, (1.083, 0.621)),
        (20, (1.253, 0.635)),
        (30, (1.192, 1.186)),
        (40, (1.553, 1.585)),
        (50, (1.637, 1.637)),
    ],
)
def test_cortical_slices_turn_from_weakening_to_strengthening_with_the_rate(rate_hz, expected):
    rule = el.CalciumRule.named("cortical slices")
    found = rule.change([10.0, -10.0], rate_hz=rate_hz, n_pairs=75)
    assert found == pytest.approx(expected, abs=1e-3)


def test_time_above_counts_and_not_the_peak():
    """The same peak, held for twice as long, twice the share of time above both thresholds."""
    rule = dataclasses.replace(el.CalciumRule.named("P"), c_post=0.0)
    slow = dataclasses.replace(rule, tau_calcium_ms=2 * rule.tau_calcium_ms)
    for theirs, ours in zip(slow.fractions(0.0), rule.fractions(0.0), strict=True):
        assert theirs == pytest.approx(2 * ours, rel=1e-6)
    assert rule.fractions(0.0)[1] == pytest.approx(0.02 * np.log(2 / 1.3), rel=1e-6)


def test_a_jump_below_the_threshold_counts_for_nothing():
    rule = dataclasses.replace(el.CalciumRule.named("DP"), c_pre=0.5, c_post=0.4)
    assert rule.fractions(40.0, rate_hz=1.0) == (0.0, 0.0)
    assert rule.change(40.0, rate_hz=1.0) == 1.0
    down, up = rule.fractions(40.0, rate_hz=200.0)  # many small jumps pile up
    assert down == up == 1.0


def test_a_delay_of_one_period_more_is_the_same_train():
    rule = el.CalciumRule.named("DPD'")
    lags = np.linspace(-40, 40, 33)
    assert np.allclose(rule.change(lags, rate_hz=10.0), rule.change(lags + 100.0, rate_hz=10.0))
