"""Song S, Miller KD, Abbott LF (2000) Nat Neurosci 3:919-926, 10.1038/78829.

Synapses compete by spike timing and end in two groups, weak and strong. Here without the 200
inhibitory inputs of the paper.
"""

import dataclasses

import numpy as np
import pytest

import engramlab as el

SEEDS = range(6)


@pytest.fixture(scope="module")
def ends():
    """Shares of weak, middling and strong synapses and the rate, for each seed."""
    return np.array([el.competition_shares(rng=seed) for seed in SEEDS])


def test_synapses_end_weak_or_strong(ends):
    weak, middle, strong, _ = ends.T
    assert weak.min() > 0.25
    assert strong.min() > 0.25
    assert middle.max() < 0.15


def test_the_cell_keeps_a_moderate_rate(ends):
    rates_hz = ends[:, 3]
    assert rates_hz.min() > 5
    assert rates_hz.max() < 20


def test_it_ends_the_same_from_all_strong():
    end = el.CompetingSynapses().run(2e6, start=np.ones(1000), rng=1)
    assert end.rates_hz[0] > 100  # wild at first
    assert end.rates_hz[-200:].mean() < 20
    assert end.share_between(0, 0.2) > 0.25
    assert end.share_between(0.8, 1) > 0.25
    assert end.share_between(0.4, 0.6) < 0.15


def test_pairs_in_one_step_are_a_fault_that_makes_the_cell_fire_wildly(ends):
    """Counting them as pre before post outweighs the 5 % by which weakening leads."""
    faulty = [el.competition_shares(same_step_counts=True, rng=seed) for seed in range(2)]
    assert min(end[3] for end in faulty) > 100
    assert min(end[2] for end in faulty) > 0.4 > ends[:, 2].max()


def test_the_step_does_not_decide():
    """A tenth of the step, the same groups; the fault shrinks with the step, so it is one."""
    fine = dataclasses.replace(el.CompetingSynapses(), step_ms=0.1)
    right = [cell.run(5e5, rng=1) for cell in (el.CompetingSynapses(), fine)]
    rates = [end.rates_hz[-200:].mean() for end in right]
    assert rates[0] == pytest.approx(rates[1], rel=0.15)
    for low, high in ((0.0, 0.2), (0.4, 0.6), (0.8, 1.0)):
        shares = [end.share_between(low, high) for end in right]
        assert shares[0] == pytest.approx(shares[1], abs=0.06)
    wrong = fine.run(5e5, same_step_counts=True, rng=1)
    assert wrong.rates_hz[-200:].mean() < 2 * rates[1]


def test_balance_of_the_two_sides_sets_the_rate():
    rates = [
        el.competition_shares(ratio=ratio, duration_ms=4e5, rng=1)[3] for ratio in (1.0, 1.05, 1.1)
    ]
    assert rates[0] > 100 > rates[1] > rates[2]
