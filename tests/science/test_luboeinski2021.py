"""Luboeinski J, Tetzlaff C (2021) Commun Biol 4:275, 10.1038/s42003-021-01778-y.

Tagging and capture in a slice. Experiments: Frey U, Morris R (1997) Nature 385:533-536,
10.1038/385533a0; Frey U, Morris R (1998) Neuropharmacology 37:545-552 (PMID 9704995).
"""

import numpy as np
import pytest

import engramlab as el
from engramlab.kernels.capture import LUBOEINSKI_2021
from engramlab.protocols import STRONG, WEAK


def slice_after(size, hours):
    return el.Slice.rest(1).potentiate(0, size).advance(hours)


def rescued(gap_hours):
    """The late part of the weak pathway; a positive gap is weak before strong."""
    return el.rescue(strong_after_hours=gap_hours, spread=0.0, rng=0)


def test_the_constants_are_the_authors():
    assert LUBOEINSKI_2021.tau_early_hours == pytest.approx(1.912, abs=1e-3)
    assert LUBOEINSKI_2021[1:5] == (0.2, 0.5, 1.0, 1.0)
    assert (LUBOEINSKI_2021.late_up, LUBOEINSKI_2021.late_down) == (1.0, -0.5)


@pytest.mark.parametrize(("hours", "weight"), [(0, 1.980), (0.5, 1.856), (2, 1.951), (8, 1.702)])
def test_a_strong_tetanus_lasts(hours, weight):
    assert slice_after(STRONG, hours).weight[0] == pytest.approx(weight, abs=1e-3)


def test_a_strong_tetanus_lasts_by_its_late_part():
    later = slice_after(STRONG, 8)
    assert later.late[0] == pytest.approx(0.687, abs=1e-3)
    assert later.early[0] < 0.02


@pytest.mark.parametrize(("hours", "weight"), [(0, 1.430), (1, 1.255), (3, 1.090), (8, 1.007)])
def test_a_weak_tetanus_fades(hours, weight):
    tissue = slice_after(WEAK, hours)
    assert tissue.weight[0] == pytest.approx(weight, abs=1e-3)
    assert tissue.late[0] == 0
    assert tissue.protein == 0


@pytest.mark.parametrize(("start", "weight"), [(0, 1.002), (0.5, 1.376), (1, 1.602), (2, 1.689)])
def test_the_window_of_the_drug_closes(start, weight):
    """Four hours of a blocker of protein synthesis; read at 12 h."""
    course = el.slice_course(
        [el.strong_stimulation()], until_hours=12, drug=el.drug_window(start, hours=4), n_points=2
    )
    assert course.final.weight[0] == pytest.approx(weight, abs=1e-3)


@pytest.mark.parametrize(
    ("gap", "late"),
    [(0.5, 0.556), (1, 0.501), (1.5, 0.362), (2, 0.239), (3, 0.095), (4, 0.036), (6, 0.005)],
)
def test_strong_before_weak(gap, late):
    assert rescued(-gap) == pytest.approx(late, abs=1e-3)


@pytest.mark.parametrize(("gap", "late"), [(0.5, 0.292), (1, 0.089), (1.5, 0), (2, 0), (3, 0)])
def test_weak_before_strong(gap, late):
    assert rescued(gap) == pytest.approx(late, abs=1e-3)


def test_the_window_for_weak_before_strong_is_shorter_than_in_slices():
    """Frey and Morris 1998: the rescue works at 5 min and 1 h, and is weak or absent at 2 and 4 h.

    The model agrees at 5 min, 2 h and 4 h. At 1 h it keeps less than a quarter of what it keeps at
    5 min, since the tag of a weak tetanus lasts 1.46 h: a mismatch with the experiment.
    """
    assert rescued(5 / 60) > 0.4
    assert rescued(2) == rescued(4) == 0
    assert 0 < rescued(1) < 0.25 * rescued(5 / 60)


def test_without_proteins_nothing_is_rescued():
    for gap in (-1.0, 0.5):
        assert el.rescue(strong_after_hours=gap, spread=0.0, drug=True, rng=0) == 0


def test_how_long_tags_and_synthesis_last():
    strong, weak = slice_after(STRONG, 0), slice_after(WEAK, 0)
    assert strong.tag_left_hours[0] == pytest.approx(3.04, abs=5e-3)
    assert strong.synthesis_left_hours == pytest.approx(1.29, abs=5e-3)
    assert weak.tag_left_hours[0] == pytest.approx(1.46, abs=5e-3)
    assert weak.synthesis_left_hours == 0
    assert slice_after(0.355, 0).tag_left_hours[0] == pytest.approx(1.10, abs=5e-3)
    # Frey and Morris 1997: early LTP and the tag are gone within three hours, nearly so here.
    assert weak.tag_left_hours[0] < 3
    assert slice_after(WEAK, 3).weight[0] < 1.1


@pytest.mark.parametrize(
    ("train", "early"),
    [
        (el.tetanus(100, 200), 0.355),
        (el.tetanus(100, 1000), 0.898),
        (el.tetanus(100, 1000, n_trains=3), 0.950),
    ],
    ids=["weak", "one second", "strong"],
)
def test_from_spikes_to_the_early_part(train, early):
    assert el.Slice.rest(1).tetanise(0, train).early[0] == pytest.approx(early, abs=1e-3)


def test_from_spikes_to_hours():
    weak, strong = el.tetanus(100, 200), el.tetanus(100, 1000, n_trains=3)
    both = el.Slice.rest().tetanise(0, weak).advance(0.5).tetanise(1, strong).advance(8)
    alone = el.Slice.rest().tetanise(0, weak).advance(8.5)
    assert both.late[0] > 0.05
    assert alone.late[0] == 0


def test_the_sign_of_the_change_follows_the_rate():
    """900 presynaptic spikes: nothing at 10 Hz and below, down from 20 to 50, up from 60 on."""

    def early(rate_hz):
        spikes = np.arange(900) * 1000.0 / rate_hz
        return float(el.Slice.rest(1).tetanise(0, spikes).early[0])

    assert early(1) == pytest.approx(0, abs=1e-6)
    assert early(10) == pytest.approx(0, abs=1e-6)
    assert max(early(rate) for rate in (20, 30, 50)) < -0.9
    assert min(early(rate) for rate in (60, 80, 100)) > 0.5
