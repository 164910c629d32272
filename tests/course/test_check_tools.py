"""What the checks share: questions drawn once, ideas told apart, experiments run once."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import engramlab as el
from engramlab.course.checks._runs import drives
from engramlab.course.checks._tools import apart, close, remembered


def test_a_remembered_drawing_is_made_once_and_moves_the_generator_as_ever():
    made = []

    def draw(size, rng):
        made.append(size)
        return rng.random(size), {"first": int(rng.integers(100))}

    kept = remembered(draw)
    for seed in (1, 2, 1, 1):
        ours, plain = np.random.default_rng(seed), np.random.default_rng(seed)
        found, right = kept(3, ours), draw(3, plain)
        assert np.array_equal(found[0], right[0])
        assert found[1] == right[1]
        assert ours.bit_generator.state == plain.bit_generator.state
        found[0][:] = 0.0  # each asker has a copy
    assert len(made) == 4 + 2


def slowly_apart(right, faces):
    """The same, pair by pair."""
    return not any(
        one != other and np.shape(a) == np.shape(b) and close(a, b, 1e-3)
        for (one, a), (other, b) in combinations([("", right), *faces], 2)
    )


NUMBERS = st.sampled_from([0.0, 0.0005, 0.0015, 1.0, 1.0009, np.nan, np.inf, -np.inf])
VALUES = st.one_of(
    NUMBERS,
    st.booleans(),
    st.lists(NUMBERS, max_size=2).map(np.array),
    st.lists(NUMBERS, min_size=2, max_size=2),
)


@given(VALUES, st.lists(st.tuples(st.sampled_from("abc"), VALUES), max_size=5))
def test_ideas_are_told_apart_as_pair_by_pair(right, faces):
    assert apart(right, faces) == slowly_apart(right, faces)


def test_an_experiment_gives_the_drives_of_its_readings():
    steps = [("label", "A"), ("encode", "A", "shock"), ("wait", 24.0), ("recall", "A"),
             ("light", "labelled", "B")]  # fmt: skip
    for labels in ({}, {"label_efficiency": 1.0, "label_background": 0.0}):
        for seed in (1, 2, 1):
            right = [one.drive for one in el.run_protocol(steps, rng=seed, **labels)]
            assert drives([list(step) for step in steps], seed, **labels) == pytest.approx(right)
