"""The runs of lesson 01: courses that agree with the cell, and what they refuse."""

import numpy as np
import pytest

import engramlab as el
from engramlab.experiments import (
    answer_courses,
    hebb_courses,
    strongest_course,
    threshold_courses,
)


def test_a_course_starts_and_ends_with_the_weights_and_passes_through_the_outputs():
    start = [0.9, 1.1, 0.7]
    run = el.BCM.from_weights(start).learn(np.eye(3), n_steps=500, rng=3)
    course = answer_courses(run, n_patterns=3, n_steps=500, every=1)
    assert course.shape == (501, 3)
    assert course[0].tolist() == start
    np.testing.assert_array_equal(course[-1], run.cell.weights)
    shown = course[np.arange(500), run.shown]
    np.testing.assert_array_equal(shown, run.outputs)


def test_a_course_that_ran_away_is_infinite_from_there_on():
    course = strongest_course(tau_steps=10_000.0, rng=1)
    assert np.isinf(course[-1])
    assert (np.diff(np.isinf(course).astype(int)) >= 0).all()
    assert el.held_share(tau_steps=10_000.0, rng=1) == 0.0


def test_fixed_thresholds_agree_with_the_cell_until_one_runs_away():
    rng = np.random.default_rng(5)
    cell = el.BCM.from_weights(rng.uniform(0.5, 1.5, 5), tau_steps=np.inf, threshold=0.8)
    run = cell.learn(np.eye(5), n_steps=2000, rng=rng)
    course = threshold_courses(rule="fixed", every=500, threshold=0.8, n_steps=2000, rng=5)
    np.testing.assert_allclose(course[-1, :5], run.cell.weights, rtol=1e-12)
    assert (course[:, -1] == 0.8).all()


def test_with_a_fixed_threshold_every_answer_goes_its_own_way():
    """All that start above it run away, not only the first; what starts below fades."""
    for seed in range(6):
        start = np.random.default_rng(seed).uniform(0.5, 1.5, 5)
        ends = el.learned_outputs(rule="fixed", rng=seed)
        assert np.isinf(ends).sum() == (start > 1).sum()
        assert (ends[np.isfinite(ends)] < 0.2).all()


def test_a_sliding_threshold_is_told_as_the_mean_since_the_last_point():
    course = threshold_courses(n_patterns=2, n_steps=1000, every=100, rng=2)
    rng = np.random.default_rng(2)
    cell = el.BCM.from_weights(rng.uniform(0.5, 1.5, 2), threshold=1.0)
    run = cell.learn(np.eye(2), n_steps=1000, rng=rng)
    np.testing.assert_allclose(course[3, -1], run.thresholds[200:300].mean())
    np.testing.assert_array_equal(course[-1, :2], run.cell.weights)


@pytest.mark.parametrize(
    ("call", "why"),
    [
        (lambda: threshold_courses(rule="hebb", rng=1), "rule"),
        (lambda: threshold_courses(every=0, rng=1), "every"),
        (lambda: hebb_courses(eta=-0.1, rng=1), "eta"),
        (lambda: hebb_courses(n_patterns=0, rng=1), "n_patterns"),
        (lambda: el.held_share(tau_steps=0.0, rng=1), "tau_steps"),
        (lambda: el.hebb_growth(n_steps=0, rng=1), "n_steps"),
    ],
)
def test_what_is_out_of_range_is_a_sentence(call, why):
    with pytest.raises(ValueError, match=why):
        call()
