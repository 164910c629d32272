"""Exercise 02, the free text: the teacher's example says what the exercise's own cell gives."""

import numpy as np
import pytest
from claim_tools import holds
from own_words_tools import run_together, solution_cells

import engramlab as el

STEM = "02_spike_timing"
SETTINGS = {"rate_hz": [10.0, 30.0], "duration_ms": [10_000.0]}


@pytest.fixture(scope="module")
def names():
    """Return what the code of the cell `together` leaves behind, with the reference functions."""
    return run_together(STEM, ("weighted_error", "stdp_window", "pair_change"))


@pytest.fixture(scope="module")
def change(names):
    return dict(zip(names["arms"]["rule"], names["change"], strict=True))


def test_the_numbers_of_the_example_are_those_of_the_cell(change):
    assert change["triplet"].shape == change["pair"].shape == (2, 20)
    low, high = change["triplet"]
    assert low.max() < 0 < high.min()
    holds("C-m-ex02-triplet", low.mean(), high.mean(), low.std(), high.std())
    calm = change["pair"]
    holds("C-m-ex02-pair", *calm.mean(axis=1), *calm.std(axis=1))
    text = solution_cells(STEM)["explain"]
    for told in ("by 0.11 of its strength", "by 1.19", "0.00 at 10 Hz and by -0.06 at 30 Hz"):
        assert told in text
    assert abs(calm[0].mean()) < calm[0].std()
    assert (calm[1] < 0).mean() > 0.8  # a small weakening, and the sign does not turn


def test_another_set_of_runs_says_the_same():
    arms = {"rule": ["triplet", "pair"]} | SETTINGS
    runs = el.sweep(el.random_spikes_change, seeds=40, grid=arms, seed=1, progress=False)
    triplet, pair = runs.reshape(2, 2, 40)
    assert (triplet[0] < 0).mean() >= 0.95
    assert (triplet[1] > 0).all()
    assert triplet[1].mean() > 0.8
    assert np.abs(pair.mean(axis=1)).max() < 0.1


def test_the_learners_own_functions_show_that_no_pair_rule_fits(names):
    data = names["data"]
    error = names["weighted_error"](names["model"], data.change, data.sem)
    assert error == pytest.approx(el.fit_pair_rule(data).error, rel=1e-3)
    assert error > 2
    triplet = el.TripletSTDP.named("all-to-all minimal")
    assert data.error(triplet.pairing_change(data.rate_hz, data.dt_ms)) < 0.5
