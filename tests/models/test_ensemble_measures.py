"""Engrams compared: shared cells against chance, and who was recruited."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import engramlab as el

pairs = st.integers(1, 40).flatmap(
    lambda n: st.tuples(hnp.arrays(np.bool_, n), hnp.arrays(np.bool_, n))
)


@given(pairs)
def test_overlap_is_symmetric_and_from_0_to_1(masks):
    a, b = masks
    found = el.engram_overlap(a, b)
    assert found == el.engram_overlap(b, a)
    assert 0 <= found <= 1 + 1e-12
    if a.any():
        assert el.engram_overlap(a, a) == pytest.approx(1)
        assert el.engram_overlap(a, ~a) == 0
    assert el.engram_overlap(a, np.zeros_like(a)) == 0
    chance, above = el.chance_overlap(a, b), el.overlap_above_chance(a, b)
    assert 0 <= chance <= 1
    if chance < 1:
        assert above == pytest.approx((found - chance) / (1 - chance))
        assert above * (found - chance) >= 0
    else:
        assert above == 0


def test_random_engrams_overlap_by_chance():
    rng = np.random.default_rng(1)
    found = []
    for _ in range(2000):
        a, b = (el.winners(rng.random(400), k) for k in (40, 60))
        found.append((el.engram_overlap(a, b), el.overlap_above_chance(a, b)))
    assert np.mean(found, axis=0) == pytest.approx([math.sqrt(40 * 60) / 400, 0], abs=0.005)


def test_numbers_by_hand():
    assert el.engram_overlap([1, 1, 1, 1, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0]) == 0.5
    assert el.chance_overlap([1, 1, 1, 1, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0]) == 0.25
    assert el.overlap_above_chance([1, 0, 0, 0], [0, 0, 0, 1]) == pytest.approx(-1 / 3)
    assert el.recruitment_ratio([1, 0, 1, 0, 0, 0], [1, 1, 0, 0, 0, 0]) == 2.0
    assert el.recruitment_ratio([0, 0, 1, 0], [1, 1, 0, 0]) == 0.0
    assert el.recruitment_ratio([1, 0, 0, 0], [1, 1, 0, 0]) == math.inf


@pytest.mark.parametrize("measure", [el.engram_overlap, el.chance_overlap, el.overlap_above_chance])
def test_masks_that_do_not_fit_are_refused(measure):
    with pytest.raises(ValueError, match="b has 3 entries; give one for each of the 2 cells"):
        measure([1, 0], [1, 0, 0])
    with pytest.raises(ValueError, match="a holds 7; give True or False for each cell, no indices"):
        measure([1, 7], [1, 0])
    with pytest.raises(ValueError, match=r"a has shape \(0,\)"):
        measure([], [])
    with pytest.raises(TypeError, match="a holds <U1"):
        measure(["x"], [1])
    with pytest.raises(TypeError, match="b has rows of different lengths"):
        measure([1], [[1], [1, 0]])
    with pytest.raises(ValueError, match="b holds nan"):
        measure([1], [math.nan])


@pytest.mark.parametrize(
    ("engram", "treated", "words"),
    [
        ([0, 0], [1, 0], "engram has no cell in it"),
        ([1, 0], [0, 0], "treated has no cell in it"),
        ([1, 0], [1, 1], "treated holds every cell"),
        ([1, 0], [1], "treated has 1 entries"),
    ],
)
def test_recruitment_needs_something_to_compare(engram, treated, words):
    with pytest.raises(ValueError, match=words):
        el.recruitment_ratio(engram, treated)
