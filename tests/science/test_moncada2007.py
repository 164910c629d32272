"""Moncada D, Viola H (2007) J Neurosci 27:7476-7481, 10.1523/JNEUROSCI.1083-07.2007.

A weak training lasts if something novel happens near that time (also Ballarini et al. 2009, PNAS
106:14599-14604, 10.1073/pnas.0907078106). The hours are ours.
"""

import numpy as np
import pytest
from claim_tools import holds
from effect_tools import assert_holds, drives, near, runs

import engramlab as el
from engramlab.experiments import drive_at

GAPS = (-4.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0)


@pytest.fixture(scope="module")
def animals():
    """`Reading` of each animal, by hours from the shock to the novelty."""
    return {gap: runs(el.weak_with_novelty, novelty_after_hours=gap) for gap in (*GAPS, None)}


@pytest.fixture(scope="module")
def by_gap(animals):
    return {gap: found.mean(axis=0) for gap, found in animals.items()}


def test_inside_the_window_a_weak_memory_is_saved(by_gap):
    assert min(by_gap[gap][0] for gap in (-1.0, 0.0, 1.0)) > drive_at(0.4)
    assert_holds("novel")
    holds("C-m-novel", *(by_gap[gap][0] for gap in (-1.0, 0.0, 1.0)))


def test_outside_it_is_not(by_gap):
    assert max(by_gap[gap][0] for gap in (-4.0, -2.0, 2.0, 4.0, None)) < drive_at(0.2)
    holds("C-m-novel-outside", *(by_gap[gap][0] for gap in (-4.0, -2.0, 2.0, 4.0, None)))


def test_the_recall_index_beside_it(animals):
    """0.06, 0.18, 0.56, 0.90, 0.50, 0.04, 0.04 and alone 0.03, within 0.15.

    But for 1 h after: 0.80 over 48 animals, near the 0.76 of the specification at 1,000 cells,
    since the drive, 1.0 with a standard deviation of 0.2, is on the steep part. It is held to 0.76.
    """
    index = np.stack([animals[gap][:, 1] for gap in (*GAPS, None)], axis=1)
    assert near(index, [0.06, 0.18, 0.56, 0.90, 0.76, 0.04, 0.04, 0.03])
    holds("C-m-novel-index", *index.mean(axis=0))


def test_a_shock_that_makes_proteins_of_its_own_needs_no_novelty(by_gap):
    strong, _ = drives(el.weak_with_novelty, novelty_after_hours=None, strength=1.0)
    assert strong > 2 * by_gap[None][0]
