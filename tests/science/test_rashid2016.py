"""Rashid AJ et al. (2016) Science 353:383-387, 10.1126/science.aaf0594.

In the amygdala events up to 6 h apart share cells and 24 h apart do not; exciting the first engram
just before the second event ties them at 24 h. The model shows neither the separation below chance
nor that silencing the first engram at 6 h harms the second memory.
"""

import pytest
from claim_tools import holds
from effect_tools import assert_holds, means

import engramlab as el


def test_shared_cells_at_six_hours_not_at_a_day():
    near, far = (means(el.linked, gap_hours=gap)[0] for gap in (6.0, 24.0))
    assert near - far > 0.2
    assert_holds("links")
    holds("C-m-links", near, far)


def test_exciting_the_first_engram_ties_the_two_at_a_day():
    plain, excited = (means(el.linked, gap_hours=24.0, excited=by)[0] for by in (0.0, 0.4))
    assert excited > 2 * plain
    assert (plain, excited) == pytest.approx((0.21, 0.52), abs=0.15)
    assert_holds("excited")
    holds("C-m-excited", plain, excited)
    others = means(el.linked, gap_hours=24.0, excited=0.4, excited_cells="others")[0]
    assert others < plain  # as many other cells: they take places in the second engram
    holds("C-m-excited-others", others)
