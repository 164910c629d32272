"""Cai DJ et al. (2016) and Zaki Y et al. (2024): the model rows that only lesson 06 quotes.

The curve itself, ageing and the arms of linking back are held in test_cai2016, test_rashid2016 and
test_zaki2024. Each test reads value and tolerance from engramlab/data/claims.toml.
"""

import numpy as np
import pytest
from claim_tools import holds
from effect_tools import means

import engramlab as el
from engramlab.course.predictions import prediction
from engramlab.ensemble import COURSE, STRONG
from engramlab.experiments.allocation import newborn
from engramlab.measures import engram_overlap
from engramlab.plots._linking_parts import chance_band

OLD = COURSE._replace(bump=0.0)


def own_drive(*, constants, rng):
    """What B itself brings back a day after its shock, 5 h after A; and the sizes of both."""
    animal, (a, b) = newborn(2, constants, rng=rng)
    animal, first = animal.encode(a, rng=rng)
    animal, second = animal.advance(5.0, rng=rng).encode(b, shock=True, rng=rng)
    drive = animal.advance(24.0, rng=rng).recall(b).drive
    return drive, float(first.mean()), float(second.mean())


def test_old_animals_learn_as_well():
    old, young = (means(own_drive, seeds=20, constants=one) for one in (OLD, COURSE))
    holds("C-m-ages-learn", old[0], young[0])
    assert old[1:] == pytest.approx(young[1:], abs=0.01)


def test_exciting_the_first_cells_links_in_old_animals_too():
    """Cai 2016 rescued old mice; the control excites as many other cells."""
    plain, mine, others = (
        means(el.linked, seeds=20, gap_hours=5.0, constants=OLD, **how)[0]
        for how in ({}, {"excited": 0.4}, {"excited": 0.4, "excited_cells": "others"})
    )
    assert mine > 2 * plain > 2 * others
    holds("C-m-ages-rescue", plain, mine, others)


def shared(*, gap_hours, strength=STRONG, common=True, constants=COURSE, rng):
    """The overlap of two events; A may strengthen nothing, or share no input with B."""
    animal, (a, b) = newborn(2, constants, rng=rng)
    if not common:
        both, free = a & b, np.flatnonzero(~(a | b))
        b = b & ~both
        b[rng.choice(free, both.sum(), replace=False)] = True
    animal, first = animal.encode(a, strength=strength, rng=rng)
    _, second = animal.advance(gap_hours, rng=rng).encode(b, rng=rng)
    return engram_overlap(first, second)


def test_the_floor_is_what_a_strengthened_of_common_inputs():
    """A week on; without either the engrams share what chance gives, or less."""
    week = {"gap_hours": 168.0}
    found = [means(shared, **week, **how) for how in ({}, {"strength": 0.0}, {"common": False})]
    holds("C-m-floor", *found)
    plain, unstrengthened, apart = (
        means(shared, seeds=100, **week, **how)
        for how in ({}, {"strength": 0.0}, {"common": False})
    )
    assert plain > 0.13
    assert unstrengthened == pytest.approx(0.1, abs=0.012)
    assert apart < 0.1


def test_slow_excitability_is_what_old_animals_share_within_hours():
    """With no bump, and no synapse changed, cells that were easy to excite still are."""
    plain = {"strength": 0.0, "constants": OLD}
    found = [means(shared, gap_hours=gap, **plain) for gap in (5.0, 168.0)]
    holds("C-m-ages-rest", *found)
    near, far = (means(shared, seeds=100, gap_hours=gap, **plain) for gap in (5.0, 168.0))
    assert near > 1.4 * far


def test_about_one_bout_brings_a_to_half():
    """As prediction 3 asks it, and again over 40 other animals."""
    holds("C-m-links-back-half", prediction("06", 3).pictures().number)
    bouts = np.arange(3)
    drive = [
        means(el.linked_back, seeds=40, n_bouts=max(int(n), 1), coactivated=bool(n))[2]
        for n in bouts
    ]
    assert el.crossing(bouts, drive, COURSE.threshold_recall) == pytest.approx(1.09, abs=0.2)


def test_the_chance_band_is_where_pairs_drawn_by_lot_lie():
    low, mean, high = chance_band(40, 400)
    rng = np.random.default_rng(6)
    cells = np.arange(400) < 40
    shared = np.array([(cells & rng.permutation(cells)).sum() for _ in range(4000)]) / 40
    assert shared.mean() == pytest.approx(mean, abs=0.003)
    assert np.mean(shared < low) < 0.025  # cells are whole: at most
    assert np.mean(shared > high) < 0.025
    step = 1 / 40
    assert np.mean(shared < low + step) > 0.025 < np.mean(shared > high - step)
