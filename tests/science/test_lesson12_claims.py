"""Ko S et al. (2025) Nature 643:735-743, 10.1038/s41586-025-08993-1.

The model rows of the claims ledger that only lesson 12 quotes; the month itself stands in
test_kitamura2017.py. Each test reads value and tolerance from engramlab/data/claims.toml.
"""

import numpy as np
import pytest
from claim_tools import holds, over_seeds

import engramlab as el
from engramlab.course.predictions import prediction
from engramlab.experiments import MONTH_DAYS, READ_OUTS, SIMILARITIES, many_gists, many_months
from engramlab.measures import crossing

SHARES = 100 * np.array(SIMILARITIES)
ALONE = READ_OUTS.index("hippocampus off")


def half_at(drives):
    """Per cent shared at which the mean drive is half of that in the first place."""
    mean = drives.mean(axis=0)
    return crossing(SHARES, -mean, -mean[-1] / 2)


def test_a_third_of_the_place_gives_half_of_the_drive():
    """As prediction 3 asks it, and again over 20 other animals."""
    found = many_gists()
    fresh, remote = (half_at(found[:, level]) for level in (0, 1))
    holds("C-m-gist-half", fresh, remote)
    assert prediction("12", 3).pictures().number == pytest.approx(fresh, abs=1.0)
    others = over_seeds(el.gist_drives, 12)
    assert half_at(others[:, 0]) == pytest.approx(fresh, abs=3)
    assert half_at(others[:, 1]) < half_at(others[:, 0]) - 3


def test_a_place_brings_back_more_than_its_share():
    """Control: nothing shared brings back next to nothing, and all of it brings back all."""
    drives = many_gists()[:, 0]
    share = (drives / drives[:, -1:]).mean(axis=0)
    assert share[0] < 0.15
    assert (share[3:9] > SHARES[3:9] / 100 + 0.1).all()


def test_a_month_in_other_animals():
    """What the cortex learns over 20 other animals, and its control."""
    free = over_seeds(el.month_drives, 13, days=(1, 28))[:, ALONE].mean(axis=0)
    blocked = over_seeds(el.month_drives, 13, days=(1, 28), replay="blocked")[:, ALONE]
    shown = many_months()[:, ALONE].mean(axis=0)
    assert free == pytest.approx(shown[[0, -1]], abs=0.15)
    assert free[1] > 0.94 > 0.66 > blocked.mean(axis=0).max()
    assert MONTH_DAYS[0] == 1
    assert MONTH_DAYS[-1] == 28


def test_a_call_from_the_hippocampus_is_most_of_what_replay_brings():
    """The third arm: the context comes back in the cortex, but no hippocampal cell calls."""
    on, context, blocked = (
        many_months(replay=how)[:, ALONE, -1].mean() for how in ("on", "out of reach", "blocked")
    )
    assert blocked + 0.2 < context < on - 0.4
