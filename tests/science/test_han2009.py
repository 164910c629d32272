"""Han J-H et al. (2009) Science 323:1492-1496, 10.1126/science.1164139.

Killing the cells with more CREB after learning blocked the memory, killing as many others did not.
In the model the loss weakens it: those cells are a half of the engram, and the rest still recalls.
"""

import pytest
from claim_tools import holds
from effect_tools import assert_holds, means, near, runs

import engramlab as el


@pytest.fixture(scope="module")
def animals():
    """`Reading` of each animal, by arm."""
    return {arm: runs(el.without_cells, ablated=arm) for arm in ("none", "creb", "others")}


@pytest.fixture(scope="module")
def arms(animals):
    return {arm: found.mean(axis=0) for arm, found in animals.items()}


def test_losing_the_creb_cells_costs_more_than_losing_as_many_others(animals, arms):
    """The specification asks for a difference of 0.2 in the index; over seeds it is 0.3."""
    assert arms["others"][0] - arms["creb"][0] > 0.2
    assert arms["others"][1] - arms["creb"][1] > 0.2
    for arm, wanted in (("creb", 0.72), ("others", 1.00)):
        assert near(animals[arm][:, 1], wanted)
    assert_holds("ablates")
    holds("C-m-ablates-index", *(arms[arm][1] for arm in ("creb", "others")))


def test_it_weakens_and_does_not_abolish(arms):
    assert 0.4 < arms["creb"][0] / arms["none"][0] < 0.75
    assert arms["others"][0] / arms["none"][0] > 0.8
    holds("C-m-ablates", *(arms[arm][0] for arm in ("none", "creb", "others")))


def test_the_creb_cells_are_about_half_of_the_engram():
    ratio, _, _ = means(el.recruited)
    share = 0.15 * ratio / (0.15 * ratio + 0.85)
    assert 0.35 < share < 0.6
    holds("C-m-creb-share", share)
