"""Rows of the ledger that lesson 05 quotes and no paper's file holds: this course's own networks.

The networks are those of the widgets and of `el.sweep`. Each test reads value and tolerance from
engramlab/data/claims.toml.
"""

from statistics import NormalDist

import numpy as np
import pytest
from claim_tools import holds

import engramlab as el
from engramlab.ensemble import COURSE
from engramlab.experiments.allocation import newborn
from engramlab.measures import crossing
from engramlab.widgets.ensemble._allocation import give_creb, lower, networks
from engramlab.widgets.ensemble._allocation_threshold import LEVELS, all_sizes

SIZES = (3.5, 7.0, 14.0, 28.0, 56.0)


@pytest.fixture(scope="module")
def without_feedback():
    """Size with CREB in 15 % of the cells if the threshold stays where it was without."""
    found, shown = networks(), give_creb(15, COURSE.creb, COURSE.inhibition)
    best_loser = np.where(shown.untreated, -np.inf, found.drive).max(axis=1, keepdims=True)
    return (found.drive + COURSE.creb * shown.treated > best_loser).mean(axis=1)


def test_the_others_are_recruited_more_though_nothing_was_done_to_them():
    before, after = lower(50, COURSE.lowered).others
    assert (after > before).all()
    holds("C-m-others", after.mean(), before.mean())


def test_a_fixed_threshold_would_let_the_engram_grow(without_feedback):
    shown = give_creb(15, COURSE.creb, COURSE.inhibition)
    control, with_feedback = shown.sizes
    assert (without_feedback > with_feedback).all()
    holds("C-m-no-feedback", control.mean(), without_feedback.mean())


def test_a_fixed_threshold_would_still_shut_out_lowered_cells():
    """So that they join less is built in, and no proof of a competition."""
    found, shown = networks(), give_creb(15, COURSE.creb, COURSE.inhibition)
    best_loser = np.where(shown.untreated, -np.inf, found.drive).max(axis=1, keepdims=True)
    engram = found.drive - COURSE.lowered * shown.treated > best_loser
    inside, outside = engram[shown.treated].mean(), engram[~shown.treated].mean()
    assert inside / outside < 0.3
    untreated = shown.untreated[~shown.treated].mean()
    assert outside == untreated  # the others do not notice


def test_half_of_the_cells_are_left_at_about_twice_the_inhibition():
    sizes, _ = all_sizes()
    above = COURSE.inhibition <= LEVELS
    mean = sizes.mean(axis=1)[above]
    holds("C-m-half-size", crossing(LEVELS[above] / COURSE.inhibition, mean / mean[0], 0.5))


def mean_field_size(inhibition, spread):
    """Where the tail of a Gaussian of mean 1 crosses the share that makes the threshold."""
    low, high = 0.0, 1.0
    for _ in range(60):
        share = (low + high) / 2
        if 1 - NormalDist(1, spread).cdf(inhibition * share) > share:
            low = share
        else:
            high = share
    return share


def test_a_gaussian_gives_the_same_sizes_as_the_networks():
    spread = networks().drive.std(axis=1).mean()
    assert networks().drive.mean() == pytest.approx(1, abs=0.01)
    sizes = [mean_field_size(level, spread) for level in SIZES]
    holds("C-m-mean-field", spread, *sizes)
    measured = [all_sizes()[0][level == LEVELS].mean() for level in SIZES]
    np.testing.assert_allclose(sizes, measured, atol=0.005)


def test_a_context_is_coded_before_a_synapse_changes():
    """The first recall of a context that was never met finds the cells that encoding changes."""
    for seed in range(20):
        source = np.random.default_rng([0, seed])
        animal, (context,) = newborn(1, COURSE, rng=source)
        seen = animal.recall(context).active
        later, engram = animal.encode(context, shock=True, rng=source)
        np.testing.assert_array_equal(seen, engram)
        assert not (later.early != animal.early)[~engram].any()


def test_the_networks_of_the_widgets_are_those_of_the_sweep():
    ratio, size, untreated = el.sweep(el.recruited, progress=False).T
    shown = give_creb(15, COURSE.creb, COURSE.inhibition)
    np.testing.assert_array_equal(shown.sizes[0], untreated)
    np.testing.assert_array_equal(shown.sizes[1], size)
    assert shown.ratio == pytest.approx(ratio.mean())
