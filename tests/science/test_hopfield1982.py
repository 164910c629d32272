"""Hopfield JJ (1982) PNAS 79:2554-2558, 10.1073/pnas.79.8.2554.

His units are 0 or 1 with threshold 0; ours are +1 or -1, which he says is worth a factor of 2.
"""

import math

import numpy as np
import oracles
import pytest

import engramlab as el


def normal_tail(z):
    """Probability that a standard normal variable exceeds z."""
    return math.erfc(z / math.sqrt(2)) / 2


def exactly_recalled(n_networks, zero_one):
    """Share of the 10 memories of 100 units that are resting states, over networks."""
    kept = []
    for seed in range(n_networks):
        rng = np.random.default_rng(seed)
        patterns = el.random_patterns(10, n_neurons=100, rng=rng)
        net = el.Hopfield.store(patterns)
        if zero_one:
            couplings = net.couplings.astype(np.int64)
            memories = (patterns + 1) // 2
            ends = [oracles.recall_zero_one(couplings, memory, rng) for memory in memories]
            kept += [np.array_equal(end, m) for end, m in zip(ends, memories, strict=True)]
        else:
            kept += (net.recall_many(patterns, rng=rng).final == patterns).all(axis=1).tolist()
    return np.mean(kept)


def test_his_estimate_of_the_error_of_one_bit():
    """Equation 10: n = 10, N = 100 gives P = 0.0091, and e^-0.91 = 0.40 of the memories perfect.

    The field of a 0/1 unit is N/2 from its own memory and noise of variance (n - 1) N / 2 from the
    others; he rounds the tail of 2.357 to 0.0091, the exact one is 0.0092.
    """
    error = normal_tail((100 / 2) / math.sqrt((10 - 1) * 100 / 2))
    assert error == pytest.approx(0.0091, abs=2e-4)
    assert math.exp(-100 * error) == pytest.approx(0.40, abs=0.005)


def test_his_simulation_recalled_six_in_ten():
    """ "In the simulation ... the experimental number was 0.6": 0/1 units, 600 memories here."""
    assert exactly_recalled(60, zero_one=True) == pytest.approx(0.6, abs=0.06)


def test_units_of_plus_and_minus_one_do_far_better():
    assert exactly_recalled(60, zero_one=False) > 0.92


def test_the_energy_never_rises_in_exact_whole_numbers():
    """Any start, frustrated and overloaded networks included: each flip lowers the energy."""
    rng = np.random.default_rng(1)
    n_flips = 0
    for n_neurons, n_patterns in ((30, 5), (100, 10), (100, 40), (200, 200)):
        net = el.Hopfield.store(el.random_patterns(n_patterns, n_neurons=n_neurons, rng=rng))
        couplings = net.couplings.astype(np.int64)
        assert np.array_equal(couplings, net.couplings)
        for cue in el.random_patterns(10, n_neurons=n_neurons, rng=rng):
            run = net.recall(cue, rng=rng)
            state = cue.astype(np.int64)
            twice = [-(state @ couplings @ state)]
            for unit in run.flips:
                state[unit] *= -1
                twice.append(-(state @ couplings @ state))
            assert (np.diff(twice) < 0).all()
            assert (np.diff(run.energies) <= 0).all()
            assert run.energies[-1] * n_neurons * 2 == pytest.approx(twice[-1], rel=1e-12)
            assert run.converged
            n_flips += run.flips.size
    assert n_flips > 1000


def test_together_the_energy_can_rise():
    """Why he lets the units take turns: the same start, all at once, can climb."""
    rises = 0
    for seed in range(20):
        patterns = el.random_patterns(80, n_neurons=100, rng=seed)
        net = el.Hopfield.store(patterns)
        state = el.random_patterns(1, n_neurons=100, rng=seed + 100)[0]
        for _ in range(10):
            after = net.step(state)
            rises += el.energy(net.weights, after) > el.energy(net.weights, state) + 1e-9
            state = after
    assert rises > 0


def test_one_memory_too_many_is_one_too_many_for_all():
    """Overload "makes all memory states irretrievable": the old and the new alike."""
    for seed in range(6):
        patterns = el.random_patterns(150, n_neurons=500, rng=seed)
        net = el.Hopfield.store(patterns)
        found = el.overlap(net.recall_many(patterns, rng=seed).final, patterns) > 0.95
        assert found.mean() < 0.1
        assert abs(found[:75].mean() - found[75:].mean()) < 0.1
