"""Cai DJ et al. (2016) Nature 534:115-118, 10.1038/nature17955.

Two contexts met within a day share more CA1 cells than a week apart, and fear passes from one to
the other; not so in old mice. No percentages of the paper are used. Transfer at 6 h stands on the
steep part of the read-out, so the drive is compared at 3 h and 24 h.
"""

import numpy as np
import pytest
from claim_tools import holds
from effect_tools import assert_holds, means, near, runs

import engramlab as el
from engramlab.ensemble import COURSE
from engramlab.experiments import drive_at

HOURS = (0.5, 1.5, 3.0, 6.0, 12.0, 24.0, 48.0, 168.0)
OVERLAPS = (0.87, 0.82, 0.70, 0.49, 0.23, 0.12, 0.10, 0.10)


@pytest.fixture(scope="module")
def animals():
    """`Linked` by animal and hours between A and B, shape (20, 8, 6)."""
    return np.stack([runs(el.linked, gap_hours=gap) for gap in HOURS], axis=1)


@pytest.fixture(scope="module")
def curve(animals):
    """Means over animals, shape (8, 6)."""
    return animals.mean(axis=0)


def test_overlap_falls_with_the_gap(curve):
    """Within 0.15 of the specification at this size.

    What is left after a week, 0.16, is above chance, 0.10: A and B share two or three of their 30
    units, and those are potentiated. The specification has 0.10 here and 0.16 at 1,000 cells.
    """
    overlap, chance = curve[:, 0], curve[:, 1]
    assert overlap == pytest.approx(OVERLAPS, abs=0.15)
    assert (np.diff(overlap) < 0.01).all()
    assert chance == pytest.approx(0.10, abs=0.01)
    assert 0 < overlap[-1] - chance[-1] < 0.10
    holds("C-m-linking", *overlap)
    holds("C-m-linking-chance", chance.mean())


def test_within_a_day_more_than_a_week_apart(curve):
    by_hours = dict(zip(HOURS, curve[:, 0], strict=True))
    assert by_hours[6.0] - by_hours[168.0] > 0.2


def test_fear_passes_to_the_first_context_and_not_to_a_new_one(curve):
    drive = dict(zip(HOURS, curve[:, 2], strict=True))
    elsewhere = curve[:, 4]
    assert drive[3.0] > drive_at(0.5) > drive[24.0]
    assert elsewhere.max() < drive_at(0.2)
    assert_holds("transfers")
    holds("C-m-transfers", drive[3.0], drive[24.0], elsewhere.max())


def test_the_recall_index_beside_it(animals):
    index = animals[:, 2:6, 3]  # 3, 6, 12 and 24 h
    assert near(index, [0.85, 0.56, 0.16, 0.04])
    holds("C-m-transfers-index", *index.mean(axis=0))


def test_in_aged_animals_the_two_do_not_meet():
    """A smaller bump of excitability, the model's word for age: built in."""
    near, far = (
        [means(el.linked, gap_hours=gap, constants=COURSE._replace(bump=bump))[0]
         for bump in (0.0, 0.4, 0.8)]
        for gap in (5.0, 24.0)
    )  # fmt: skip
    assert near == pytest.approx([0.27, 0.44, 0.62], abs=0.15)
    assert (np.diff(near) > 0.05).all()
    assert np.ptp(far) < 0.1
    assert_holds("ages")
    holds("C-m-ages", *near)
    holds("C-m-ages-day", *far)


def test_the_cells_of_one_place_stay_over_days():
    """A limit: recorded ensembles drift, the model's, met again each day, keep 0.85 to 0.9."""
    kept = means(el.kept_cells)
    assert kept.min() > 0.8
    assert kept.max() < 0.95
    holds("C-m-kept-cells", kept.min(), kept.max())
