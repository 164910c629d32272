"""The Hopfield network against its twins, its laws, and everything that it must refuse.

The tests named oracle also run with NUMBA_DISABLE_JIT=1.
"""

import dataclasses

import numpy as np
import oracles
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st

import engramlab as el
from engramlab.kernels import attractors as kernels

PAIRS = strategies.networks_and_cues()


def whole(net):
    """The couplings as whole numbers; fails if they are none."""
    couplings = net.couplings.astype(np.int64)
    assert np.array_equal(couplings, net.couplings)
    return couplings


@given(strategies.patterns())
def test_oracle_hebbian_couplings(patterns):
    net = el.Hopfield.store(patterns)
    assert np.array_equal(net.couplings, oracles.hebbian_couplings(patterns))
    assert np.array_equal(net.weights, net.couplings.astype(float) * (1 / net.n_neurons))
    kept = el.Hopfield.store(patterns, self_coupling=True)
    assert (np.diag(kept.couplings) == len(patterns)).all()


@given(PAIRS, strategies.seeds)
def test_oracle_recall(pair, seed):
    net, cues = pair
    run = net.recall(cues[0], rng=seed)
    state, flips, n_sweeps = oracles.recall(whole(net), cues[0], np.random.default_rng(seed))
    assert np.array_equal(run.final, state)
    assert run.flips.tolist() == flips
    assert run.n_sweeps == n_sweeps
    assert run.converged


@given(PAIRS, strategies.seeds)
def test_oracle_recall_many(pair, seed):
    """Each cue of many gets exactly what it gets alone, and what batched numpy gives."""
    net, cues = pair
    runs = net.recall_many(cues, rng=seed)
    for b, cue in enumerate(cues):
        run = net.recall(cue, rng=seed)
        assert np.array_equal(runs.final[b], run.final)
        assert runs.n_sweeps[b] == run.n_sweeps
        assert runs.converged[b] == run.converged
        assert runs.energies[b] == run.energies[-1]
    batched = oracles.recall_batched(net.couplings, cues, np.random.default_rng(seed))
    assert np.array_equal(runs.final, batched)


@given(PAIRS, strategies.seeds)
def test_oracle_kernel_fields_stay_exact(pair, seed):
    """After a sweep the carried fields are J S, and the energy change is E after less E before."""
    net, cues = pair
    state, fields = cues[0].copy(), whole(net) @ cues[0].astype(np.int64)
    fields = fields.astype(np.float32)
    order = np.random.default_rng(seed).permutation(net.n_neurons)
    flipped = np.empty(net.n_neurons, dtype=np.int64)
    n_flips, change = kernels.update_all(net.couplings, order, state, fields, flipped)
    after, units = oracles.update_all(whole(net), order, cues[0])
    assert np.array_equal(state, after)
    assert order[flipped[:n_flips]].tolist() == units
    assert np.array_equal(fields, whole(net) @ after)
    twice = oracles.energy(net.couplings, after) - oracles.energy(net.couplings, cues[0])
    assert 2 * change == twice


@given(PAIRS)
def test_oracle_step_dense_and_low_rank(pair):
    net, cues = pair
    assert np.array_equal(net.step(cues), oracles.step(net.couplings, cues))
    assert np.array_equal(net.step(cues[0]), net.step(cues)[0])


@pytest.mark.parametrize("self_coupling", [False, True])
@pytest.mark.parametrize("n_patterns", [1, 3, 60])
def test_low_rank_and_dense_agreements_are_the_same_numbers(n_patterns, self_coupling):
    patterns = el.random_patterns(n_patterns, n_neurons=100, rng=1)
    net = el.Hopfield.store(patterns, self_coupling=self_coupling)
    dense = dataclasses.replace(net, rule="given")
    states = el.random_patterns(20, n_neurons=100, rng=2)
    assert np.array_equal(net._agreement(states), dense._agreement(states))
    assert np.array_equal(net.step(states), dense.step(states))


@given(PAIRS, strategies.seeds)
def test_energy_never_rises_at_any_flip(pair, seed):
    """In whole numbers: each flip lowers 2 E."""
    net, cues = pair
    run = net.recall(cues[0], rng=seed)
    couplings, state = whole(net), cues[0].astype(np.int64)
    for unit in run.flips:
        before = -state @ couplings @ state
        state[unit] *= -1
        assert -state @ couplings @ state < before
    assert (np.diff(run.energies) <= 0).all()
    assert run.energies[0] == pytest.approx(el.energy(net.weights, run.cue))
    assert run.energies[-1] == pytest.approx(el.energy(net.weights, run.final))
    assert run.energies.shape == (run.n_sweeps + 1,)
    assert run.energies.dtype == np.float64


@given(PAIRS, strategies.seeds)
def test_recall_ends_where_every_unit_agrees_or_has_no_field(pair, seed):
    net, cues = pair
    run = net.recall(cues[0], rng=seed)
    fields = whole(net) @ run.final.astype(np.int64)
    assert (fields * run.final >= 0).all()
    again = net.recall(run.final, rng=seed + 1)
    assert again.n_sweeps == 1
    assert again.flips.size == 0


@given(PAIRS, strategies.seeds)
def test_the_mirror_cue_ends_in_the_mirror_state(pair, seed):
    net, cues = pair
    there, back = net.recall(cues[0], rng=seed), net.recall(-cues[0], rng=seed)
    assert np.array_equal(there.final, -back.final)
    assert np.array_equal(there.energies, back.energies)


@given(strategies.patterns(), st.data())
def test_names_of_units_and_order_of_patterns_do_not_matter(patterns, data):
    n_patterns, n_neurons = patterns.shape
    units = np.array(data.draw(st.permutations(range(n_neurons))))
    rows = np.array(data.draw(st.permutations(range(n_patterns))))
    net = el.Hopfield.store(patterns)
    assert np.array_equal(el.Hopfield.store(patterns[rows]).couplings, net.couplings)
    assert np.array_equal(el.Hopfield.store(-patterns).couplings, net.couplings)
    renamed = el.Hopfield.store(patterns[:, units])
    assert np.array_equal(renamed.couplings, net.couplings[np.ix_(units, units)])
    state = data.draw(strategies.states(n_neurons))
    assert np.array_equal(renamed.step(state[units]), net.step(state)[units])


@given(strategies.patterns(), strategies.patterns())
def test_storing_both_is_the_sum_of_storing_each(a, b):
    width = min(a.shape[1], b.shape[1])
    a, b = a[:, :width], b[:, :width]
    both = el.Hopfield.store(np.concatenate([a, b]))
    parts = el.Hopfield.store(a).couplings + el.Hopfield.store(b).couplings
    assert np.array_equal(both.couplings, parts)


def test_a_field_of_zero_keeps_the_unit():
    net = el.Hopfield.from_weights(np.zeros((6, 6)))
    cue = np.array([1, -1, 1, 1, -1, -1])
    assert np.array_equal(net.recall(cue, rng=1).final, cue)
    assert np.array_equal(net.step(cue), cue)
    # Two opposite memories' worth of input to unit 0: +1 - 1 = 0.
    weights = np.array([[0, 1, 1], [1, 0, 0], [1, 0, 0]]) / 3
    for first in (1, -1):
        state = net.from_weights(weights).step([first, 1, -1])
        assert state[0] == first


def test_two_units_that_inhibit_each_other_settle_only_when_they_take_turns():
    net = el.Hopfield.from_weights([[0, -1], [-1, 0]])
    assert net.step([1, 1]).tolist() == [-1, -1]
    assert net.step([-1, -1]).tolist() == [1, 1]
    run = net.recall([1, 1], rng=1)
    assert run.converged
    assert sorted(run.final.tolist()) == [-1, 1]


def test_the_order_is_random_and_drawn_from_the_generator():
    rng = np.random.default_rng(1)
    upper = np.triu(rng.integers(-3, 4, (30, 30)), 1)
    net = el.Hopfield.from_weights(upper + upper.T)
    cue = el.random_patterns(1, n_neurons=30, rng=2)[0]
    ends = {tuple(net.recall(cue, rng=seed).final.tolist()) for seed in range(20)}
    assert len(ends) > 1
    a, b = net.recall(cue, rng=5), net.recall(cue, rng=np.random.default_rng(5))
    assert np.array_equal(a.flips, b.flips)
    assert np.array_equal(a.flip_sweeps, b.flip_sweeps)


def test_flip_times_lie_in_their_sweeps():
    patterns = el.random_patterns(30, n_neurons=200, rng=1)
    run = el.Hopfield.store(patterns).recall(el.corrupt(patterns[0], 0.4, rng=2), rng=3)
    assert run.n_sweeps > 2
    assert run.flips.shape == run.flip_sweeps.shape
    assert (np.diff(run.flip_sweeps) > 0).all()
    assert run.flip_sweeps.min() > 0
    assert run.flip_sweeps.max() <= run.n_sweeps - 1  # the last sweep is quiet


def test_a_run_that_is_cut_short_says_so():
    patterns = el.random_patterns(30, n_neurons=200, rng=1)
    net = el.Hopfield.store(patterns)
    cues = el.corrupt(patterns, 0.4, rng=2)
    run = net.recall(cues[0], rng=3, max_sweeps=1)
    assert run.n_sweeps == 1
    assert not run.converged
    runs = net.recall_many(cues, rng=3, max_sweeps=1)
    assert (runs.n_sweeps == 1).all()
    assert not runs.converged[0]
    assert np.array_equal(runs.final[0], run.final)


def test_nothing_of_the_callers_is_changed_or_shared():
    patterns = el.random_patterns(3, n_neurons=40, rng=1)
    cues = el.corrupt(patterns, 0.2, rng=2)
    kept = patterns.copy(), cues.copy()
    net = el.Hopfield.store(patterns)
    run, runs, after = net.recall(cues[0], rng=3), net.recall_many(cues, rng=3), net.step(cues)
    assert np.array_equal(patterns, kept[0])
    assert np.array_equal(cues, kept[1])
    results = [net.patterns, run.cue, run.final, runs.final, after]
    for array in results:
        assert not np.shares_memory(array, patterns)
        assert not np.shares_memory(array, cues)
    assert np.array_equal(run.cue, cues[0])
    cues.flags.writeable = False
    assert np.array_equal(net.recall(cues[0], rng=3).final, run.final)
    assert np.array_equal(net.recall_many(cues, rng=3).final, runs.final)


def test_cues_of_any_number_type_and_stride_give_the_same():
    patterns = el.random_patterns(3, n_neurons=40, rng=1)
    net, cue = el.Hopfield.store(patterns), el.corrupt(patterns[0], 0.3, rng=2)
    wanted = net.recall(cue, rng=3).flips
    for given_as in (cue.tolist(), cue.astype(float), cue.astype(np.int64), np.repeat(cue, 2)[::2]):
        assert np.array_equal(net.recall(given_as, rng=3).flips, wanted)
    assert np.array_equal(
        net.recall_many(np.asfortranarray([cue, cue]), rng=3).final[1], net.recall(cue, rng=3).final
    )
    turned = el.Hopfield.store(np.asfortranarray(patterns.astype(float)))
    assert np.array_equal(turned.recall(cue, rng=3).flips, wanted)


def test_many_equal_patterns_do_not_overflow():
    patterns = np.ones((200, 10), dtype=np.int8)
    net = el.Hopfield.store(patterns)
    assert (net.couplings == 200 * (1 - np.eye(10))).all()
    assert net.weights[0, 1] == pytest.approx(20)


def test_the_largest_network_that_is_exact_and_the_first_that_is_not():
    with pytest.raises(
        ValueError,
        match=r"patterns has 4096 rows of 4096 units; .* below 16,777,216 .* at most 4095 patterns",
    ):
        el.Hopfield.store(np.ones((4096, 4096), dtype=np.int8))
    # The same bound at a size that a test can hold: all sums meet in one unit.
    few = np.ones((2**21 - 1, 8), dtype=np.int8)
    net = el.Hopfield.store(few)
    state = np.ones((1, 8), dtype=np.int8)
    assert net._agreement(state)[0, 0] == 7 * (2**21 - 1)


def test_weights_given_back_make_the_same_network():
    patterns = el.random_patterns(7, n_neurons=60, rng=1)
    net, cue = el.Hopfield.store(patterns), el.corrupt(patterns[0], 0.3, rng=2)
    run = net.recall(cue, rng=3)
    for scale in (1.0, 60.0, 1 / 7, 0.1):
        for dtype in (np.float64, np.float32):
            back = el.Hopfield.from_weights((net.weights * scale).astype(dtype))
            again = back.recall(cue, rng=3)
            assert np.array_equal(again.flips, run.flips)
            assert np.allclose(again.energies, run.energies * scale, rtol=1e-5)
            assert (whole(back) % 1 == 0).all()
    assert back.n_patterns == 0
    assert back.load == 0


def test_weights_that_are_no_whole_multiples_are_kept_as_they_are():
    rng = np.random.default_rng(1)
    upper = np.triu(rng.normal(size=(50, 50)), 1)
    weights = upper + upper.T
    net = el.Hopfield.from_weights(weights)
    assert net.scale == 1
    assert np.allclose(net.weights, weights, rtol=1e-6)
    cues = el.random_patterns(20, n_neurons=50, rng=2)
    for cue in cues:
        run = net.recall(cue, rng=3)
        assert run.converged
        assert (np.diff(run.energies) <= 0).all()
        assert run.energies[-1] == pytest.approx(el.energy(weights, run.final), rel=1e-5)
        assert np.array_equal(net.recall_many(cue[None], rng=3).final[0], run.final)
    tiny = el.Hopfield.from_weights(weights * 1e-9)
    assert np.allclose(tiny.weights, weights * 1e-9, rtol=1e-6, atol=0)


def test_the_shuffled_control_keeps_the_weights_and_loses_their_places():
    patterns = el.random_patterns(5, n_neurons=100, rng=1)
    net = el.Hopfield.store(patterns)
    control = net.shuffled(rng=2)
    upper = np.triu_indices(100, 1)
    assert np.array_equal(control.couplings, control.couplings.T)
    assert np.array_equal(np.sort(control.couplings[upper]), np.sort(net.couplings[upper]))
    assert (np.diag(control.couplings) == 0).all()
    assert not np.array_equal(control.couplings, net.couplings)
    assert control.scale == net.scale
    assert np.array_equal(control.patterns, patterns)
    cues = el.corrupt(patterns, 0.1, rng=3)
    assert el.overlap(net.recall_many(cues, rng=4).final, patterns).min() == 1
    assert el.overlap(control.recall_many(cues, rng=4).final, patterns).max() < 0.8
    assert np.array_equal(net.shuffled(rng=2).couplings, control.couplings)
    assert np.array_equal(net.couplings, el.Hopfield.store(patterns).couplings)
    kept = el.Hopfield.store(patterns, self_coupling=True).shuffled(rng=2)
    assert (np.diag(kept.couplings) == 5).all()


def test_what_a_network_says_about_itself():
    net = el.Hopfield.store(el.random_patterns(5, n_neurons=100, rng=1))
    assert (net.n_patterns, net.n_neurons, net.load) == (5, 100, 0.05)
    assert "float32 (100, 100)" in repr(net)
    assert len(repr(net)) < 200
    run = net.recall(net.patterns[0], rng=1)
    assert "final=int8 (100,)" in repr(run)
    assert "final=int8 (5, 100)" in repr(net.recall_many(net.patterns, rng=1))
    with pytest.raises(dataclasses.FrozenInstanceError):
        net.scale = 2.0
    with pytest.raises(dataclasses.FrozenInstanceError):
        run.final = None


def test_a_network_is_made_by_store_or_from_weights():
    net = el.Hopfield.store([[1, -1, 1]])
    for wrong in (net.weights, net.couplings[0], np.ones((4, 4), dtype=np.float32)[:3, :3]):
        with pytest.raises(TypeError, match=r"couplings is .*Hopfield\.store\(patterns\)"):
            el.Hopfield(couplings=wrong, scale=1.0, patterns=net.patterns, rule="given")


def test_each_kernel_has_one_specialisation():
    net = el.Hopfield.store(el.random_patterns(5, n_neurons=20, rng=1))
    for model in (
        net,
        net.shuffled(rng=1),
        el.Hopfield.from_weights(net.weights),
        el.Hopfield.store(net.patterns, rule="pseudo_inverse"),
    ):
        model.recall(model.patterns[0] if model.n_patterns else np.ones(20), rng=1)
        model.recall_many(np.asfortranarray(np.ones((3, 20))), rng=1)
    for kernel in (kernels.update_all, kernels.update_all_many):
        assert len(getattr(kernel, "signatures", [()])) == 1
