"""Ramirez S et al. (2013) Science 341:387-391, 10.1126/science.1239073.

Shocked in B while the cells of A are lit, a mouse fears A. Not in the model: that the false memory
weakens the true one of B, and that cells of CA1 do not do it.
"""

import pytest
from claim_tools import holds
from effect_tools import assert_holds, drives

import engramlab as el
from engramlab.experiments import drive_at


@pytest.fixture(scope="module")
def lit():
    return {place: drives(el.false_memory, place=place) for place in "ABC"}


@pytest.fixture(scope="module")
def dark():
    return {place: drives(el.false_memory, place=place, light=False) for place in "ABC"}


def test_fear_of_a_place_where_nothing_happened(lit, dark):
    assert lit["A"][0] > drive_at(0.7)
    assert lit["C"][0] < drive_at(0.3)
    assert dark["A"][0] < drive_at(0.3)
    assert_holds("false")
    holds("C-m-false", lit["A"][0], lit["C"][0], dark["A"][0])


def test_the_recall_index_beside_it(lit, dark):
    indices = [lit[place][1] for place in "ABC"]
    assert indices == pytest.approx([1.00, 0.99, 0.03], abs=0.15)
    assert dark["A"][1] == pytest.approx(0.04, abs=0.15)
    holds("C-m-false-index", *indices, dark["A"][1])


def test_the_true_memory_of_b_hardly_suffers(lit, dark):
    """A mismatch: in mice fear of B halves. Here the lit cells take a fifth of its drive."""
    assert lit["B"][0] > 0.7 * dark["B"][0]
    assert lit["B"][0] > drive_at(0.9)
    holds("C-m-false-b", lit["B"][0], dark["B"][0])
