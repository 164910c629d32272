"""Zaki Y et al. (2024) Nature 637:145-155, 10.1038/s41586-024-08168-4.

A strong aversive event links back to a neutral memory from two days before, by co-reactivation, and
not forward. Built in: the model is told to reactivate both. Two bouts, 12 h apart (ours).
"""

import pytest
from claim_tools import holds
from effect_tools import assert_holds, means

import engramlab as el


@pytest.fixture(scope="module")
def arms():
    return {
        "with": means(el.linked_back),
        "without": means(el.linked_back, coactivated=False),
        "shock first": means(el.linked_back, shock_first=True),
        "shock first, without": means(el.linked_back, shock_first=True, coactivated=False),
    }


def test_with_bouts_the_shock_reaches_back_two_days(arms):
    assert arms["with"][2] > 2 * arms["without"][2]
    indices = [arms[arm][3] for arm in ("with", "without")]
    assert indices == pytest.approx([0.93, 0.03], abs=0.15)
    assert_holds("links_back")
    holds("C-m-links-back", *(arms[arm][2] for arm in ("with", "without")))
    holds("C-m-links-back-index", *indices)


def test_it_does_not_reach_forward(arms):
    for arm in ("shock first", "shock first, without"):
        assert arms[arm][3] == pytest.approx(0.04, abs=0.15)
        assert arms[arm][2] < 0.5 * arms["with"][2]
    holds("C-m-links-forward", *(arms[arm][2] for arm in ("shock first", "shock first, without")))


def test_no_cell_need_be_shared(arms):
    """The overlap of the engrams is what a week's gap leaves, in every arm."""
    overlaps = [arm[0] for arm in arms.values()]
    assert max(overlaps) < 0.2
    assert arms["with"][0] == pytest.approx(arms["without"][0], abs=0.02)
    holds("C-m-links-back-cells", arms["with"][0], arms["without"][0])


def test_many_bouts_spread_the_fear_to_new_places(arms):
    many = means(el.linked_back, n_bouts=8)
    assert arms["with"][5] == pytest.approx(0.11, abs=0.15)
    assert many[5] > 0.4
    assert many[4] > 1.5 * arms["with"][4]
    holds("C-m-many-bouts", arms["with"][4], many[4])
    holds("C-m-many-bouts-index", arms["with"][5], many[5])
