"""Exercise 01, the free text: the teacher's example says what the exercise's own cell gives."""

import numpy as np
import pytest
from claim_tools import holds
from own_words_tools import run_together, solution_cells

import engramlab as el

STEM = "01_ltp_ltd"


@pytest.fixture(scope="module")
def names():
    return run_together(STEM, ["selectivity", "bcm_step", "threshold_step"])


def test_the_numbers_of_the_example_are_in_the_ledger(names):
    """The very run that exercise 01 asks for."""
    best, others, ran_away = names["best"], names["others"], np.isinf(names["y"]).sum(axis=2)
    assert best.size == 20
    holds("C-m-ex01-sliding", best.mean(), best.std(), others.max())
    assert not ran_away[0].any()
    holds("C-m-ex01-fixed", ran_away[1].mean(), (ran_away[1] >= 1).sum())
    holds("C-m-ex01-hebb", (ran_away[2] == 5).sum())


def test_the_cell_built_of_the_learners_rules_chooses_one_pattern(names):
    cell, patterns = names["cell"], names["patterns"]
    responses = np.sort(cell.outputs(patterns))
    assert responses[-1] == pytest.approx(5, rel=0.1)
    assert np.abs(responses[:-1]).max() < 0.05
    assert names["selectivity"](cell.weights, patterns) == pytest.approx(0.8, abs=1e-3)
    assert names["selectivity"](names["start"], patterns) < 0.4
    own = el.BCM.from_weights(names["start"]).learn(patterns, n_steps=50_000, rng=2).cell
    assert np.allclose(own.weights, cell.weights)


def test_with_a_fixed_threshold_what_starts_below_it_shrinks():
    """As the example says: responses to patterns that do not overlap, below 1 at the start."""
    for seed in range(20):
        weights = np.random.default_rng(seed).uniform(0.5, 1.5, 5)
        cell = el.BCM.from_weights(weights, tau_steps=np.inf)
        after = cell.learn(np.eye(5), n_steps=5000, rng=seed).cell.weights
        assert (after[weights < 1] < weights[weights < 1]).all()
        assert (after[weights > 1] > weights[weights > 1]).all()


def test_another_set_of_cells_says_the_same():
    y = el.sweep(
        el.learned_outputs, grid={"rule": ["sliding", "fixed", "hebb"]}, seed=1, progress=False
    )
    assert np.abs(y[0, :, 0] - 5).max() < 1
    assert y[0, :, 1:].max() < 0.01
    sliding, fixed, hebb = np.isinf(y).sum(axis=2)
    assert not sliding.any()
    assert 2 < fixed.mean() < 3  # those that start above the threshold
    assert (hebb == 5).all()


def test_the_example_quotes_the_three_arms():
    text = solution_cells(STEM)["explain"]
    for arm in ("sliding", "fixed", "hebb"):
        assert f"[C-m-ex01-{arm}]" in text
