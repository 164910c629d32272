"""Stimulation protocols: the trains, their units, and what they refuse."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import engramlab as el
from engramlab import protocols

NAN = float("nan")


@given(st.floats(0.1, 100), st.floats(-50, 50), st.integers(1, 80))
def test_pairs_have_their_rate_their_delay_and_start_at_zero(rate_hz, dt_ms, n_pairs):
    pre_ms, post_ms = el.pairing(rate_hz, dt_ms, n_pairs)
    assert len(pre_ms) == len(post_ms) == n_pairs
    assert np.allclose(post_ms - pre_ms, dt_ms, atol=1e-6)
    assert np.allclose(np.diff(pre_ms), 1000 / rate_hz)
    assert min(pre_ms[0], post_ms[0]) == 0


@given(st.floats(-1e6, 1e6))
def test_hours_and_milliseconds_are_inverse(hours):
    assert protocols.ms_to_hours(protocols.hours_to_ms(hours)) == pytest.approx(hours)
    assert protocols.hours_to_ms([hours, 0.0]).shape == (2,)


def test_tetani_and_bursts():
    strong = el.tetanus(100, 1000, n_trains=3)
    assert len(strong) == 300
    assert strong[100] == 600_000
    assert el.tetanus(100, 200)[-1] == pytest.approx(190)
    bursts = el.theta_burst(10)
    assert len(bursts) == 40
    assert (np.diff(bursts) > 0).all()
    assert np.diff(bursts)[3] == pytest.approx(200 - 30)


def test_random_spikes_have_their_mean_rate_and_their_spread():
    counts = [len(el.poisson_train(20, 10_000, rng=seed)) for seed in range(400)]
    assert np.mean(counts) == pytest.approx(200, abs=4)
    assert np.var(counts) / np.mean(counts) == pytest.approx(1, abs=0.25)
    gaps = np.diff(el.poisson_train(20, 1e6, rng=1))
    assert np.std(gaps) / np.mean(gaps) == pytest.approx(1, abs=0.05)
    assert np.array_equal(el.poisson_train(5, 1e4, rng=7), el.poisson_train(5, 1e4, rng=7))


def test_no_rate_or_no_time_gives_the_empty_train():
    assert el.poisson_train(0, 1000, rng=1).shape == (0,)
    assert el.poisson_train(10, 0, rng=1).shape == (0,)


def test_stimuli_are_values():
    weak = el.weak_stimulation(1, at_hours=2.0)
    assert (weak.pathway, weak.at_hours, weak.size) == (1, 2.0, protocols.WEAK)
    assert el.strong_stimulation().size > 0.5 > weak.size > 0.2  # around the two thresholds
    with pytest.raises(dataclasses.FrozenInstanceError):
        weak.size = 1.0
    assert el.drug_window(0.5, hours=0.0).end_hours == 0.5


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: el.pairing(0, 10), ValueError, "rate_hz is 0; give a number above 0"),
        (lambda: el.pairing(-5, 10), ValueError, "rate_hz is -5; give a number above 0"),
        (lambda: el.pairing(NAN, 10), ValueError, "rate_hz is nan"),
        (lambda: el.pairing("5", 10), TypeError, "rate_hz is '5'"),
        (lambda: el.pairing(True, 10), TypeError, "rate_hz is True"),
        (lambda: el.pairing(5, NAN), ValueError, "dt_ms is nan; give one number"),
        (lambda: el.pairing(5, None), TypeError, "dt_ms is None"),
        (lambda: el.pairing(5, 1, 0), ValueError, "n_pairs is 0; give a whole number, 1 or more"),
        (lambda: el.pairing(5, 1, 2.5), TypeError, "n_pairs is 2.5"),
        (lambda: el.tetanus(100, 1), ValueError, "a train holds no spike: give 10 ms or more"),
        (lambda: el.tetanus(100, -1), ValueError, "duration_ms is -1; give a number above 0"),
        (lambda: el.tetanus(n_trains=2, gap_ms=500), ValueError, "gap_ms is 500; give at least"),
        (lambda: el.tetanus(n_trains=0), ValueError, "n_trains is 0"),
        (lambda: el.theta_burst(n_spikes=30), ValueError, "n_spikes is 30; .*give 20 or fewer"),
        (lambda: el.theta_burst(0), ValueError, "n_bursts is 0"),
        (lambda: el.poisson_train(-1, 10, rng=1), ValueError, "rate_hz is -1; .*0 or more"),
        (lambda: el.poisson_train(1, -10, rng=1), ValueError, "duration_ms is -10; .*0 or more"),
        (lambda: el.poisson_train(1, 10, rng=None), TypeError, "rng is None"),
        (lambda: el.weak_stimulation(-1), ValueError, "pathway is -1"),
        (lambda: el.weak_stimulation(at_hours=-1), ValueError, "at_hours is -1; .*0 or more"),
        (lambda: el.strong_stimulation(at_hours=NAN), ValueError, "at_hours is nan"),
        (lambda: protocols.Stimulus(at_hours=0, pathway=0, size=2), ValueError, "size is 2; give"),
        (lambda: el.drug_window(-1), ValueError, "start_hours is -1"),
        (lambda: el.drug_window(1, hours=-1), ValueError, "hours is -1; .*0 or more"),
        (
            lambda: protocols.DrugWindow(start_hours=2, end_hours=1),
            ValueError,
            "end_hours is 1; give a time at or after the start, 2",
        ),
        (lambda: protocols.ms_to_hours(NAN), ValueError, "ms holds NaN"),
        (lambda: protocols.hours_to_ms("1"), TypeError, "hours holds"),
        (lambda: protocols.interval_ms(0), ValueError, "rate_hz is 0"),
    ],
)
def test_what_cannot_be_done_is_named(call, error, words):
    with pytest.raises(error, match=words):
        call()
