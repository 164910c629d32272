"""The runs over a range of shares: each point is the single run, and more cells never help less."""

import numpy as np
import pytest

import engramlab as el
from engramlab.experiments.shares import (
    SHARES,
    TREATED,
    creb_losses,
    lit_shares,
    silenced_shares,
)

SEEDS = range(3)


@pytest.mark.parametrize("cells", ["labelled", "others"])
def test_a_point_of_the_light_is_the_single_run(cells):
    for seed in SEEDS:
        single = [
            el.day_after(light=cells, place="C", efficiency=share, background=0.05, rng=seed).drive
            for share in (0.2, 1.0)
        ]
        assert lit_shares(cells=cells, shares=(0.2, 1.0), rng=seed).tolist() == single


@pytest.mark.parametrize("cells", ["labelled", "others"])
def test_a_point_of_the_silence_is_the_single_run(cells):
    for seed in SEEDS:
        single = [
            el.day_after(silence=cells, efficiency=share, rng=seed).drive for share in (0.3, 1.0)
        ]
        assert silenced_shares(cells=cells, shares=(0.3, 1.0), rng=seed).tolist() == single


def test_a_point_of_the_loss_is_the_single_run():
    for seed in SEEDS:
        lost = creb_losses(fractions=(0.1, 0.3), rng=seed)
        for k, share in enumerate((0.1, 0.3)):
            for row, which in enumerate(("none", "creb", "others")):
                one = el.without_cells(ablated=which, fraction_treated=share, rng=seed)
                assert lost[row, k] == one.drive


def test_each_share_holds_the_cells_of_the_smaller_one():
    for seed in SEEDS:
        assert (np.diff(silenced_shares(rng=seed)) <= 1e-12).all()


def test_the_cells_of_a_neutral_memory_drive_nothing():
    for seed in SEEDS:
        assert not lit_shares(shock=False, rng=seed).any()


def test_shapes_and_a_wrong_group():
    assert lit_shares(rng=1).shape == silenced_shares(rng=1).shape == (len(SHARES),)
    assert creb_losses(rng=1).shape == (5, len(TREATED))
    for run in (lit_shares, silenced_shares):
        with pytest.raises(ValueError, match="cells"):
            run(cells="all", rng=1)
