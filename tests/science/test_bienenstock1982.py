"""Bienenstock EL, Cooper LN, Munro PW (1982) J Neurosci 2:32-48.

10.1523/JNEUROSCI.02-01-00032.1982.

A threshold that slides with the cell's own activity makes it answer to one pattern.
"""

import math

import numpy as np
import pytest

import engramlab as el


def settled(n_patterns, seed, patterns=None, **settings):
    """Mean answer to each pattern over the last half of a long run."""
    rows = np.eye(n_patterns) if patterns is None else patterns
    cell = el.BCM.start(rows.shape[1], eta=5e-4, rng=seed, **settings)
    run = cell.learn(rows, n_steps=200_000, rng=seed)
    shown, outputs = run.shown[100_000:], run.outputs[100_000:]
    return np.array([outputs[shown == k].mean() for k in range(n_patterns)])


@pytest.mark.parametrize("n_patterns", [2, 5, 10])
@pytest.mark.parametrize("seed", range(6))
def test_the_cell_selects_one_pattern_and_answers_it_by_their_number(n_patterns, seed):
    answers = np.sort(settled(n_patterns, seed))
    assert answers[-1] == pytest.approx(n_patterns, rel=0.1)
    assert np.abs(answers[:-1]).max() < 0.05


def test_the_answer_is_in_units_of_y0():
    answers = settled(3, 1, y0=2.0)
    assert answers.max() == pytest.approx(6, rel=0.1)


def test_patterns_in_any_direction_are_told_apart():
    rng = np.random.default_rng(4)
    patterns = np.linalg.qr(rng.standard_normal((20, 4)))[0].T
    cell = el.BCM.from_weights([0.6, 0.8, 0.9, 0.7] @ patterns, eta=5e-4)
    run = cell.learn(patterns, n_steps=200_000, rng=1)
    answers = np.sort(run.cell.outputs(patterns))
    assert answers[-1] == pytest.approx(4, rel=0.15)
    assert np.abs(answers[:-1]).max() < 0.05


@pytest.mark.parametrize("seed", range(4))
def test_overlapping_patterns_too(seed):
    patterns = el.tuned_inputs(10, n_inputs=100, width=5)
    cell = el.BCM.start(100, rng=seed)
    answers = cell.learn(patterns, n_steps=100_000, rng=seed).cell.outputs(patterns)
    assert 1 - answers.mean() / answers.max() > 0.8
    before = cell.outputs(patterns)
    assert 1 - before.mean() / before.max() < 0.2


@pytest.mark.parametrize(("threshold", "grows"), [(0.1, True), (2.0, False)])
def test_control_with_a_fixed_threshold_all_grow_or_all_die(threshold, grows):
    for seed in range(4):
        cell = el.BCM.start(5, rng=seed, tau_steps=math.inf, threshold=threshold, eta=0.01)
        run = cell.learn(np.eye(5), n_steps=40_000, rng=seed)
        answers = run.cell.outputs(np.eye(5))
        if grows:
            assert run.ran_away
            assert (answers > cell.outputs(np.eye(5))).all()
        else:
            assert np.abs(answers).max() < 1e-3


def test_hebb_alone_runs_away_for_all_patterns():
    assert np.isinf(el.learned_outputs(rule="hebb", rng=1)).all()


def test_a_threshold_slower_than_the_weights_fails():
    """Sliding in 50 steps it selects; in 5000 the answers swing and run away or die."""
    for seed in range(6):
        quick = el.learned_outputs(tau_steps=50.0, eta=1e-3, rng=seed)
        assert 4 < quick[0] < 6
        slow = el.learned_outputs(tau_steps=5000.0, eta=1e-3, rng=seed)
        assert not 4 < slow[0] < 6


def test_before_it_fails_a_slow_threshold_swings():
    def swing(tau_steps):
        run = el.BCM.from_weights([0.5], eta=1e-3, tau_steps=tau_steps).learn(
            [[1.0]], n_steps=60_000, rng=1
        )
        return 0.0 if run.ran_away else float(np.ptp(run.outputs[:30_000]))

    assert swing(100.0) < 0.6 < swing(900.0)
