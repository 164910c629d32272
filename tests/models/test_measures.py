"""Overlap, energy and the course of a recall."""

import numpy as np
import oracles
import pytest
import strategies
from hypothesis import given

import engramlab as el


@given(strategies.patterns(max_patterns=4))
def test_overlap_is_the_mean_product(patterns):
    for row in patterns:
        assert el.overlap(row, patterns[0]) == pytest.approx(oracles.overlap(row, patterns[0]))
    assert el.overlap(patterns[0], patterns[0]) == 1
    assert el.overlap(-patterns[0], patterns[0]) == -1


def test_overlap_has_the_shape_that_its_docstring_promises():
    patterns = el.random_patterns(3, n_neurons=50, rng=1)
    states = el.random_patterns(4, n_neurons=50, rng=2)
    assert isinstance(el.overlap(states[0], patterns[0]), float)
    assert el.overlap(states[0], patterns).shape == (3,)
    assert el.overlap(states, patterns[0]).shape == (4,)
    assert el.overlap(patterns, patterns).tolist() == [1, 1, 1]  # pair by pair
    each = el.overlap(states[:, None], patterns)
    assert np.allclose(each, states.astype(int) @ patterns.T / 50)
    assert el.overlap(states.reshape(2, 2, 50), patterns[0]).shape == (2, 2)


@pytest.mark.parametrize(
    ("state", "pattern", "error", "words"),
    [
        ([1, 1], [1, 1, 1], ValueError, "pattern has 3 units in its last axis, state has 2"),
        (np.ones((4, 5)), np.ones((3, 5)), ValueError, r"state has shape \(4, 5\) and pattern"),
        ([1, 0], [1, 1], ValueError, "state holds 0"),
        ([1, 1], [1, 3], ValueError, "pattern holds 3"),
        ([], [], ValueError, "state is empty"),
        (1, 1, ValueError, r"state has shape \(\)"),
        ("ab", [1], TypeError, "state holds"),
    ],
)
def test_overlap_names_its_faults(state, pattern, error, words):
    with pytest.raises(error, match=words):
        el.overlap(state, pattern)


@given(strategies.whole_weights(max_neurons=8), strategies.seeds)
def test_energy_is_the_double_sum(weights, seed):
    states = el.random_patterns(3, n_neurons=len(weights), rng=seed)
    twice = [oracles.energy(weights, state) for state in states]
    assert (2 * el.energy(weights, states)).tolist() == twice
    assert 2 * el.energy(weights, states[0]) == twice[0]
    assert np.array_equal(el.energy(weights, -states), el.energy(weights, states))


@pytest.mark.parametrize(
    ("weights", "state", "error", "words"),
    [
        (np.ones((2, 3)), [1, 1], ValueError, r"weights has shape \(2, 3\); give a square matrix"),
        (np.ones(4), [1, 1], ValueError, r"weights has shape \(4,\)"),
        (
            [[0, 1], [2, 0]],
            [1, 1],
            ValueError,
            r"weights\[0, 1\] is 1 and weights\[1, 0\] is 2; give",
        ),
        (np.empty((0, 0)), [1], ValueError, r"weights has shape \(0, 0\)"),
        ([[0, np.nan], [0, 0]], [1, 1], ValueError, "weights holds NaN or infinity"),
        ([[0, 1], [1, 0]], [1, 1, 1], ValueError, "state has 3 units.*this network has 2"),
        ([["a"]], [1], TypeError, "weights holds <U1"),
        ([[0, 1], [1]], [1, 1], TypeError, "weights has rows of different lengths"),
    ],
)
def test_energy_names_its_faults(weights, state, error, words):
    with pytest.raises(error, match=words):
        el.energy(weights, state)


@given(strategies.networks_and_cues(), strategies.seeds)
def test_the_course_is_what_replaying_the_flips_gives(pair, seed):
    net, cues = pair
    run = net.recall(cues[0], rng=seed)
    sweeps, overlaps = el.overlap_course(run, cues)
    state = cues[0].copy()
    replayed = [el.overlap(state, cues)]
    for unit in run.flips:
        state[unit] *= -1
        replayed.append(el.overlap(state, cues))
    replayed.append(el.overlap(run.final, cues))
    assert np.array_equal(state, run.final)
    assert np.allclose(overlaps, np.transpose(replayed))
    assert sweeps.shape == overlaps.shape[1:] == (len(run.flips) + 2,)
    assert sweeps[0] == 0
    assert sweeps[-1] == run.n_sweeps
    assert (np.diff(sweeps) >= 0).all()


def test_the_course_ends_at_the_memory():
    patterns = el.random_patterns(5, n_neurons=400, rng=1)
    run = el.Hopfield.store(patterns).recall(el.corrupt(patterns[2], 0.3, rng=2), rng=3)
    _, overlaps = el.overlap_course(run, patterns)
    assert overlaps[2, 0] == pytest.approx(0.4)
    assert overlaps[2, -1] == 1
    assert np.delete(overlaps[:, -1], 2).max() < 0.2
    assert el.overlap_course(run, patterns[2])[1].shape == (1, len(run.flips) + 2)


def test_the_course_refuses_patterns_of_another_size():
    run = el.Hopfield.store([[1, -1, 1]]).recall([1, 1, 1], rng=1)
    with pytest.raises(ValueError, match=r"patterns has 4 units.*this network has 3"):
        el.overlap_course(run, np.ones((2, 4)))


@pytest.mark.parametrize("rising", [True, False])
def test_crossing_lies_on_the_straight_line_between_two_points(rising):
    x, y = np.array([0.0, 1.0, 3.0, 4.0]), np.array([0.0, 0.2, 0.8, 1.0])
    if not rising:
        y = 1 - y
    assert el.crossing(x, y, 0.5) == pytest.approx(2.0)
    assert el.crossing(x, y, y[2]) == 3.0
    assert el.crossing(x, y, y[0]) == 0.0


def test_crossing_takes_the_first_of_several():
    assert el.crossing([0, 1, 2, 3], [0, 1, 0, 1], 0.5) == 0.5


@pytest.mark.parametrize(
    ("x", "y", "level", "error", "words"),
    [
        ([1, 2], [0.9, 1.0], 0.5, ValueError, r"y never reaches level 0.5: it runs from 0.9 to 1"),
        ([1, 2, 3], [0, 1], 0.5, ValueError, "x has 3 points, y has 2"),
        ([2, 1], [0, 1], 0.5, ValueError, "x is not in ascending order"),
        ([1, 1], [0, 1], 0.5, ValueError, "x is not in ascending order"),
        ([], [], 0.5, ValueError, r"x has shape \(0,\); give one row of numbers"),
        ([1, 2], [0, np.nan], 0.5, ValueError, "y holds NaN"),
        ([1, 2], [[0, 1]], 0.5, ValueError, r"y has shape \(1, 2\); give one row"),
        ([1, 2], ["a", "b"], 0.5, TypeError, "y holds <U1"),
        ([1, 2], [0, 1], "half", TypeError, "level holds"),
    ],
)
def test_crossing_names_its_faults(x, y, level, error, words):
    with pytest.raises(error, match=words):
        el.crossing(x, y, level)


@pytest.mark.parametrize("recall", [3, None, "run", np.ones(5)])
def test_a_course_is_of_a_recall_only(recall):
    with pytest.raises(TypeError, match=r"recall is \w+ without \.cue; give what Hopfield\.recall"):
        el.overlap_course(recall, [1, -1])
