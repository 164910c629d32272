"""Personnaz L, Guyon I, Dreyfus G (1985) J Phys Lett 46:L359, 10.1051/jphyslet:01985004608035900.

The projection rule; its limits from Kanter I, Sompolinsky H (1987) PRA 35:380-392,
10.1103/PhysRevA.35.380: any linearly independent set is recalled, up to a load of 1.
"""

import numpy as np
import oracles
import pytest
from claim_tools import holds

import engramlab as el


def recalled(net, patterns, cues, rng):
    """Share of memories whose recall ends within 1 % of them."""
    return np.mean(el.overlap(net.recall_many(cues, rng=rng).final, patterns) > 0.99)


@pytest.mark.parametrize("seed", range(4))
def test_the_weights_project_onto_the_memories(seed):
    patterns = el.random_patterns(40, n_neurons=120, rng=seed)
    net = el.Hopfield.store(patterns, rule="pseudo_inverse", self_coupling=True)
    weights = net.weights
    assert np.abs(weights - oracles.pseudo_inverse_weights(patterns)).max() < 1e-6
    assert np.array_equal(weights, weights.T)
    assert np.abs(weights @ patterns.T - patterns.T).max() < 1e-5  # float32
    assert np.abs(weights @ weights - weights).max() < 1e-5
    assert np.trace(weights) == pytest.approx(40, abs=1e-3)
    plain = el.Hopfield.store(patterns, rule="pseudo_inverse")
    assert (np.diag(plain.weights) == 0).all()
    assert plain.scale == 1


def test_it_agrees_with_hebb_where_memories_do_not_overlap():
    """Rows of a Hadamard matrix are orthogonal: X^+ X is X^T X / N."""
    hadamard = np.array([[1]])
    for _ in range(6):
        hadamard = np.block([[hadamard, hadamard], [hadamard, -hadamard]])
    patterns = hadamard[:12]
    hebb = el.Hopfield.store(patterns)
    projection = el.Hopfield.store(patterns, rule="pseudo_inverse")
    assert np.abs(hebb.weights - projection.weights).max() < 1e-6


@pytest.mark.parametrize("seed", range(6))
def test_memories_that_resemble_each_other_fool_hebb_only(seed):
    """20 variants of one prototype, 10 % of it flipped: Hebb falls to the prototype each time."""
    rng = np.random.default_rng(seed)
    prototype = el.random_patterns(1, n_neurons=300, rng=rng)
    patterns = el.corrupt(np.repeat(prototype, 20, axis=0), 0.1, rng=rng)
    hebb = el.Hopfield.store(patterns).recall_many(patterns, rng=rng)
    ours = el.Hopfield.store(patterns, rule="pseudo_inverse").recall_many(patterns, rng=rng)
    assert not (hebb.final == patterns).all(axis=1).any()
    assert el.overlap(hebb.final, prototype).min() > 0.95
    assert (ours.final == patterns).all()


def test_real_digits_are_too_alike_for_hebb():
    digits = el.digit_patterns()
    hebb = el.Hopfield.store(digits).recall_many(digits, rng=1).final
    projection = el.Hopfield.store(digits, rule="pseudo_inverse").recall_many(digits, rng=1).final
    assert (hebb == digits).all(axis=1).mean() <= 0.1
    assert (projection == digits).all()


def test_equal_memories_are_one_memory():
    patterns = np.repeat(el.random_patterns(3, n_neurons=50, rng=1), 2, axis=0)
    twice = el.Hopfield.store(patterns, rule="pseudo_inverse")
    once = el.Hopfield.store(patterns[::2], rule="pseudo_inverse")
    assert np.abs(twice.weights - once.weights).max() < 1e-6


def on_it_and_from_a_cue(load, seed):
    """Shares recalled from the memory itself, and from a copy with 10 % of it wrong."""
    rng = np.random.default_rng([12, seed])
    patterns = el.random_patterns(round(load * 500), n_neurons=500, rng=rng)
    net = el.Hopfield.store(patterns, rule="pseudo_inverse")
    some = patterns[:30]
    spoilt = el.corrupt(some, 0.1, rng=rng)
    return recalled(net, some, some, rng), recalled(net, some, spoilt, rng)


def test_stored_up_to_a_load_of_one_but_usable_to_about_a_half():
    usable = {}
    for load in (0.3, 0.5, 0.9):
        stored, usable[load] = on_it_and_from_a_cue(load, seed=1)
        assert stored == 1
    assert usable[0.3] > 0.95
    assert 0.2 < usable[0.5] < 0.85
    assert usable[0.9] < 0.05


def test_pseudo_inverse_stores_more_than_it_can_use():
    each = [on_it_and_from_a_cue(0.7, seed) for seed in range(6)]
    holds("C-m-pinv", *np.mean(each, axis=0))


def test_at_a_load_of_one_every_state_is_a_memory_and_nothing_completes():
    patterns = el.random_patterns(60, n_neurons=40, rng=1)
    net = el.Hopfield.store(patterns, rule="pseudo_inverse")
    assert (net.couplings == 0).all()
    cue = el.random_patterns(1, n_neurons=40, rng=2)[0]
    assert np.array_equal(net.recall(cue, rng=3).final, cue)
