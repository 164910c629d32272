"""The plasticity kernels against their twins and their laws.

The tests named oracle also run with NUMBA_DISABLE_JIT=1.
"""

import math

import numpy as np
import plasticity_oracles as oracles
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import engramlab as el
from engramlab.kernels import calcium, capture, competition, plasticity
from engramlab.plasticity import TRIPLET_SETS

RULE = capture.LUBOEINSKI_2021
FADING = RULE._replace(tau_late_hours=192.0)
# Whole milliseconds, so that spikes of both cells often coincide.
trains = st.lists(st.integers(0, 300), max_size=12, unique=True).map(
    lambda times: sorted(map(float, times))
)
times = st.floats(0, 30)


def rows(dtype=np.float64, n_neurons=2, n_synapses=4):
    """Early and late parts and proteins of a few neurons."""
    return st.tuples(
        hnp.arrays(np.float64, (n_neurons, n_synapses), elements=st.floats(-1, 1)),
        hnp.arrays(np.float64, (n_neurons, n_synapses), elements=st.floats(-0.5, 1)),
        hnp.arrays(np.float64, n_neurons, elements=st.floats(0, 1)),
    ).map(lambda arrays: [array.astype(dtype) for array in arrays])


def passed(state, hours, synthesis=1.0, rule=RULE, kernel=capture.advance):
    """A copy of the state, `hours` later."""
    early, late, protein = (array.copy() for array in state)
    kernel(early, late, protein, float(hours), synthesis, rule)
    return early, late, protein


def exactly(state, hours, synthesis=1.0, rule=RULE):
    """The same in plain Python on float64."""
    return passed(state, hours, synthesis, rule, oracles.plain(capture.advance))


def furthest(some, others):
    """The largest difference, of numbers above 1 in parts of the largest of them."""
    pairs = [(np.asarray(a), np.asarray(b)) for a, b in zip(some, others, strict=True)]
    return max(np.abs(a - b).max() / max(1.0, np.abs(b).max()) for a, b in pairs)


@given(trains, trains)
def test_oracle_pairs(pre_ms, post_ms):
    rule = el.PairSTDP(a_plus=0.3, a_minus=0.2, tau_plus_ms=17.0, tau_minus_ms=34.0)
    twin = oracles.pair_stdp(pre_ms, post_ms, 0.3, 0.2, 17.0, 34.0)
    assert rule.change(pre_ms, post_ms) == pytest.approx(twin, abs=1e-12)


@pytest.mark.parametrize("name", TRIPLET_SETS)
@given(pre_ms=trains, post_ms=trains)
def test_oracle_triplets(name, pre_ms, post_ms):
    rule = el.TripletSTDP.named(name)
    twin = oracles.triplet_stdp(pre_ms, post_ms, rule)
    assert rule.change(pre_ms, post_ms) == pytest.approx(twin, abs=1e-12)


@given(trains, trains)
def test_without_triplets_the_triplet_rule_is_the_pair_rule(pre_ms, post_ms):
    pair = el.PairSTDP(a_plus=0.01, a_minus=0.02, tau_plus_ms=16.8, tau_minus_ms=33.7)
    triplet = el.TripletSTDP(a2_plus=0.01, a2_minus=0.02, a3_plus=0.0, a3_minus=0.0)
    assert triplet.change(pre_ms, post_ms) == pytest.approx(pair.change(pre_ms, post_ms), abs=1e-12)


@given(trains, trains, st.integers(0, 1000))
def test_a_later_start_changes_nothing(pre_ms, post_ms, shift):
    rule = el.TripletSTDP.named("all-to-all full")
    moved = rule.change(np.array(pre_ms) + shift, np.array(post_ms) + shift)
    assert moved == pytest.approx(rule.change(pre_ms, post_ms), abs=1e-12)


@given(st.integers(0, 2**32 - 1), st.sampled_from([20.0, math.inf]))
def test_oracle_bcm(seed, tau):
    rng = np.random.default_rng(seed)
    patterns, weights = rng.random((3, 5)), rng.random(5)
    cell = el.BCM.from_weights(weights, eta=0.02, tau_steps=tau, y0=0.7)
    run = cell.learn(patterns, n_steps=60, rng=seed)
    theirs = oracles.bcm(weights, patterns, run.shown, 0.7, 0.02, tau, 0.7)
    ours = run.cell.weights, run.outputs, run.thresholds
    assert furthest(ours, theirs) < 1e-12
    assert run.cell.threshold == run.thresholds[-1]
    assert np.array_equal(cell.weights, weights)  # the cell before learning is as it was


def test_a_learners_step_gives_the_same_numbers():
    def step(w, x, theta, eta):
        y = w @ x
        return w + eta * y * (y - theta) * x

    def threshold_step(theta, y, tau, y0):
        return theta + (y**2 / y0 - theta) / tau

    cell = el.BCM.start(4, rng=1, eta=0.01)
    compiled = cell.learn(np.eye(4), n_steps=500, rng=2)
    for own in ({"step": step}, {"threshold_step": threshold_step},
                {"step": step, "threshold_step": threshold_step}):  # fmt: skip
        theirs = cell.learn(np.eye(4), n_steps=500, rng=2, **own)
        assert np.abs(theirs.outputs - compiled.outputs).max() < 1e-12
        assert np.abs(theirs.cell.weights - compiled.cell.weights).max() < 1e-12


@given(st.integers(0, 2**32 - 1), st.sampled_from([0.0, 1.0]))
def test_oracle_oja(seed, decay):
    rng = np.random.default_rng(seed)
    inputs, weights = rng.standard_normal((50, 4)), rng.standard_normal(4)
    run = el.Oja(weights=weights, eta=0.01, decay=decay).learn(inputs)
    twin = oracles.oja(weights, inputs, 0.01, decay)
    assert np.abs(run.cell.weights - twin).max() < 1e-12
    assert run.lengths[-1] == pytest.approx(np.linalg.norm(twin))


@pytest.mark.parametrize("rule", ["bcm", "oja"])
def test_a_run_ends_where_it_runs_away(rule):
    if rule == "bcm":
        cell = el.BCM.from_weights([2.0], tau_steps=math.inf)
        run = cell.learn([[1.0]], n_steps=10**6, rng=1)
        assert np.isfinite(run.outputs).all()
        n_steps = len(run.outputs)
        assert len(run.shown) == len(run.thresholds) == n_steps
    else:
        run = el.Oja(weights=np.ones(1), decay=0.0).learn(np.ones((10**5, 1)))
        n_steps = len(run.lengths)
    assert run.ran_away
    assert n_steps < 10**5
    assert plasticity.RUNAWAY == 1e6


@settings(max_examples=25)
@given(
    st.floats(0, 0.99), st.sampled_from([12.0, 25.0, 100.0, 1000.0]),
    st.floats(0, 2), st.floats(0, 2), st.sampled_from([10.0, 22.7, 48.8]), st.floats(0.3, 3),
)  # fmt: skip
def test_oracle_time_above(share, period, first, second, tau, threshold):
    above = np.empty(1)
    lag = share * period
    calcium.time_above(np.array([lag]), period, first, second, tau, threshold, above)
    twin = oracles.calcium_above(lag, period, first, second, tau, threshold, n=20_000)
    assert above[0] == pytest.approx(twin, abs=3e-4 * period)


@pytest.mark.parametrize("seed", range(3))
def test_oracle_follow_calcium(seed):
    rng = np.random.default_rng(seed)
    at = np.sort(rng.integers(0, 400, 25)).astype(float)
    jumps = rng.choice([0.3, 1.0, 2.5], 25)
    rule = calcium.LUBOEINSKI_2021
    ours = calcium.follow_calcium(at, jumps, 0.42, 600.0, rule)
    twins = [oracles.follow_calcium(at, jumps, 0.42, 600.0, rule, step) for step in (0.02, 0.01)]
    errors = [abs(ours - twin) for twin in twins]
    assert errors[1] < 1e-3
    assert errors[1] < 0.7 * errors[0] + 1e-6  # the twin comes nearer with smaller steps


@pytest.mark.parametrize("rule", [RULE, FADING], ids=["lasting", "fading"])
@pytest.mark.parametrize("synthesis", [0.0, 1.0])
def test_oracle_capture(rule, synthesis):
    state = np.array([[0.9, 0.43, -0.6, 0.1]]), np.array([[0.1, 0.0, 0.2, 0.3]]), np.array([0.3])
    early, late, protein = exactly(state, 5.0, synthesis, rule)
    errors = []
    for n_steps in (5000, 10_000):
        twin = oracles.capture(state[0][0], state[1][0], 0.3, 5.0, synthesis, rule, n_steps)
        errors.append(furthest((early[0], late[0], protein), twin))
    assert errors[1] < 1e-3
    assert errors[1] < 0.7 * errors[0]


@given(rows(), times, times, st.sampled_from([0.0, 1.0]), st.sampled_from([RULE, FADING]))
def test_two_advances_are_one(state, first, second, synthesis, rule):
    at_once = exactly(state, first + second, synthesis, rule)
    in_steps = exactly(exactly(state, first, synthesis, rule), second, synthesis, rule)
    assert furthest(at_once, in_steps) < 1e-12


@given(rows(np.float32), times, times, st.sampled_from([0.0, 1.0]), st.sampled_from([RULE, FADING]))
def test_two_advances_are_one_in_the_compiled_kernel(state, first, second, synthesis, rule):
    at_once = passed(state, first + second, synthesis, rule)
    in_steps = passed(passed(state, first, synthesis, rule), second, synthesis, rule)
    assert furthest(at_once, in_steps) < 2e-6
    assert furthest(at_once, exactly([a.astype(float) for a in state], first + second, synthesis,
                                     rule)) < 2e-6  # fmt: skip


@given(rows(), times, st.floats(0, 1))
def test_more_protein_never_takes_a_late_part_further_from_its_goal(state, hours, more):
    early, late, protein = state
    richer = exactly((early, late, np.maximum(protein, more)), hours)[1]
    poorer = exactly(state, hours)[1]
    goal = np.where(early > 0, RULE.late_up, RULE.late_down)
    assert (np.abs(goal - richer) <= np.abs(goal - poorer) + 1e-12).all()


@given(rows(), times)
def test_a_drug_from_the_start_leaves_the_late_part(state, hours):
    early, late, _ = state
    after = exactly((early, late, np.zeros(2)), hours, 0.0)
    assert np.array_equal(after[1], late)
    assert (after[2] == 0).all()
    assert np.array_equal(after[0], exactly(state, hours)[0])  # and the early part fades as ever


@given(rows(), times, st.permutations(range(4)))
def test_the_order_of_synapses_and_neurons_does_not_matter(state, hours, order):
    early, late, protein = state
    shuffled = exactly((early[::-1, order], late[::-1, order], protein[::-1]), hours)
    straight = exactly(state, hours)
    assert np.array_equal(shuffled[1], straight[1][::-1, order])
    assert np.array_equal(shuffled[2], straight[2][::-1])


@given(rows(), times)
def test_parts_stay_in_their_bounds(state, hours):
    early, late, protein = exactly(state, hours)
    assert np.abs(early).max() <= 1
    assert late.min() >= RULE.late_down
    assert late.max() <= RULE.late_up
    assert protein.min() >= 0
    assert protein.max() <= 1
    assert (np.sign(early) * np.sign(state[0]) >= 0).all()


def test_a_late_part_fades_only_without_a_tag():
    state = np.array([[0.1, 0.9]]), np.array([[0.5, 0.5]]), np.zeros(1)
    half = FADING._replace(tau_late_hours=1 / math.log(2))
    after = exactly(state, 1.0, 0.0, half)[1][0]
    assert after == pytest.approx([0.25, 0.5])


@pytest.mark.parametrize("same_step", [0.0, 1.0])
def test_oracle_competition(same_step):
    cell = el.CompetingSynapses(n_synapses=40, g_max=0.3, a_plus=0.02)
    constants = cell._constants(bool(same_step))
    start = np.random.default_rng(3).random(40)
    strengths, spikes = start.copy(), np.zeros(4, dtype=np.int64)
    competition.compete(strengths, 4000, 1.0, 0.01, constants, spikes, np.random.default_rng(5))
    twin, n_spikes = oracles.compete(start, 4000, 1.0, 0.01, constants, np.random.default_rng(5))
    assert n_spikes == spikes.sum() > 20
    assert np.abs(strengths - twin).max() < 1e-9
