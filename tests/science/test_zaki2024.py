"""Zaki Y et al. (2024) Nature 637:145-155, 10.1038/s41586-024-08168-4.

A strong aversive event links back to a neutral memory from two days before, by co-reactivation, and
not forward. Built in: the model is told to reactivate both. Two bouts, 12 h apart (ours), and the
gate that a bout must pass to tie its cells to the read-out are tuned, so that neither memory does
it alone.
"""

import pytest
from claim_tools import holds
from effect_tools import assert_holds, near, runs

import engramlab as el
from engramlab.ensemble import WEAK
from engramlab.experiments import drive_at

ARMS = {
    "with": {},
    "without": {"coactivated": False},
    "A alone": {"bouts_of": "A"},
    "B alone": {"bouts_of": "B"},
    "no shock": {"shock": False},
    "weak shock": {"strength": WEAK},
    "shock first": {"shock_first": True},
    "shock first, without": {"shock_first": True, "coactivated": False},
}


@pytest.fixture(scope="module")
def animals():
    """`Linked` of each animal, by arm."""
    return {arm: runs(el.linked_back, **settings) for arm, settings in ARMS.items()}


@pytest.fixture(scope="module")
def arms(animals):
    return {arm: found.mean(axis=0) for arm, found in animals.items()}


def test_with_bouts_the_shock_reaches_back_two_days(animals, arms):
    assert arms["with"][2] > 2 * arms["without"][2]
    for arm, wanted in (("with", 0.93), ("without", 0.03)):
        assert near(animals[arm][:, 3], wanted)
    assert_holds("links_back")
    holds("C-m-links-back", *(arms[arm][2] for arm in ("with", "without")))
    holds("C-m-links-back-index", *(arms[arm][3] for arm in ("with", "without")))


def test_neither_memory_does_it_alone(arms):
    """It takes the neutral engram and the shocked one in the same bout."""
    controls = ("A alone", "B alone", "no shock")
    for arm in controls:
        assert arms[arm][2] < 0.5 * arms["with"][2]
        assert arms[arm][2] < drive_at(0.3)
    assert arms["no shock"][2] == 0
    holds("C-m-links-back-alone", *(arms[arm][2] for arm in controls))
    holds("C-m-links-back-alone-index", *(arms[arm][3] for arm in controls))


def test_a_weak_shock_links_back_in_part(arms):
    """A mismatch: the paper has it of a strong event; here a weak one does it in some animals."""
    assert arms["without"][2] < arms["weak shock"][2] < arms["with"][2]
    holds("C-m-links-back-weak", *arms["weak shock"][2:4])


def test_it_does_not_reach_forward(animals, arms):
    for arm in ("shock first", "shock first, without"):
        assert near(animals[arm][:, 3], 0.04)
        assert arms[arm][2] < 0.5 * arms["with"][2]
    holds("C-m-links-forward", *(arms[arm][2] for arm in ("shock first", "shock first, without")))


def test_no_cell_need_be_shared(arms):
    """The overlap of the engrams is what a week's gap leaves, in every arm."""
    overlaps = [arm[0] for arm in arms.values()]
    assert max(overlaps) < 0.2
    assert arms["with"][0] == pytest.approx(arms["without"][0], abs=0.02)
    holds("C-m-links-back-cells", arms["with"][0], arms["without"][0])


def test_many_bouts_spread_the_fear_to_new_places(animals, arms):
    many = runs(el.linked_back, n_bouts=8).mean(axis=0)
    assert near(animals["with"][:, 5], 0.11)
    assert many[5] > 0.4
    assert many[4] > 1.5 * arms["with"][4]
    holds("C-m-many-bouts", arms["with"][4], many[4])
    holds("C-m-many-bouts-index", arms["with"][5], many[5])
