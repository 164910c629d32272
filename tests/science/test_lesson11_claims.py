"""Guskjolen A et al. (2018), Nabavi S et al. (2014): the model rows that only lesson 11 quotes.

Drug and light are held in test_ryan2015, LTD and LTP in test_nabavi2014, remodelling day by day in
test_guskjolen2018. Each test reads value and tolerance from engramlab/data/claims.toml.
"""

import numpy as np
import pytest
from claim_tools import holds
from effect_tools import runs

import engramlab as el
from engramlab.course.predictions import prediction
from engramlab.ensemble import COURSE
from engramlab.experiments.allocation import newborn


def test_half_is_left_in_the_third_week():
    """As prediction 3 asks it, and again over 20 other animals."""
    holds("C-m-remodels-half", prediction("11", 3).pictures().number)
    days = np.arange(1, 29, 3)
    course = el.sweep(el.remodelled, grid={"days": [tuple(days.tolist())]}, seed=11, progress=False)
    place = course[0][..., 0, 0]
    share = (place / place[:, :1]).mean(axis=0)
    holds("C-m-remodels-half", el.crossing(days, -share, -0.5))


def test_time_alone_takes_nothing():
    place = runs(el.remodelled, daily_share=0.0)[..., 0, 0].mean(axis=0)
    assert np.ptp(place) < 0.1
    holds("C-m-remodels-none", place[0], place[-1])


@pytest.mark.parametrize("seed", range(4))
def test_under_ltd_light_on_the_cells_fails_too(seed):
    """The lesson says that this memory is not silent: its weak point lies behind the cells."""
    rng = np.random.default_rng([11, seed])
    animal, (a, c) = newborn(2, COURSE, rng=rng)
    animal, engram = animal.encode(a, shock=True, rng=rng)
    animal = animal.advance(24.0, rng=rng)
    before = animal.recall(c, light=engram).drive
    for _ in range(3):
        animal = animal.depress(engram).advance(24.0, rng=rng)
    assert animal.recall(c, light=engram).drive < 0.5 * before
    assert animal.recall(c, light=engram).drive < COURSE.threshold_recall
