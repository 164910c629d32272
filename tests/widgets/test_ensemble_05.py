"""The widgets of lesson 05: what they draw and read is the model's and the ledger's."""

import itertools

import numpy as np
import pytest

import engramlab as el
from engramlab.course.claims import claim
from engramlab.ensemble import COURSE
from engramlab.plots._allocation import percent
from engramlab.plots._allocation_curves import above
from engramlab.plots._cells import places
from engramlab.widgets.ensemble import _allocation, _allocation_threshold

G = COURSE.inhibition


def test_the_first_views_read_what_the_ledger_holds():
    words = el.widgets.view("allocation").alt
    treated, untreated = claim("C-m-size-kept").value
    (ratio,) = claim("C-m-recruits").value
    assert f": {100 * treated:.1f} % of all cells" in words
    assert f"control {100 * untreated:.1f} %)" in words
    assert words.endswith(f"{ratio:.1f} times as likely to be in it")
    words = el.widgets.view("exclusion").alt
    treated, untreated = claim("C-m-excludes-size").value
    assert f": {100 * treated:.1f} % of all cells" in words
    assert f"control {100 * untreated:.1f} %)" in words
    after, before = claim("C-m-others").value
    words = el.widgets.view("exclusion", cells=50).alt
    assert f"{100 * after:.1f} % of the other cells" in words
    assert words.endswith(f"control {100 * before:.1f} %)")
    for level, size in zip((3.5, 7, 14, 28, 56), claim("C-m-sizes").value, strict=True):
        words = el.widgets.view("engram_sizes", inhibition=level).alt
        assert words.startswith(f"inhibition {level:g}: engram of {100 * size:.1f} % of the cells")


@pytest.mark.parametrize("cells", [5, 15, 50])
@pytest.mark.parametrize("step", [-0.6, 0.0, 0.6])
def test_every_network_settles_where_its_threshold_says(cells, step):
    shown = _allocation.compete(cells, step, G)
    drives = _allocation.networks().drive + step * shown.treated
    theta = G * shown.engram.mean(axis=1, keepdims=True)
    assert (drives[shown.engram] > np.broadcast_to(theta, drives.shape)[shown.engram]).all()
    one_more = theta + G / drives.shape[1]
    losers = np.where(shown.engram, -np.inf, drives).max(axis=1, keepdims=True)
    assert (losers <= one_more).all()
    assert (shown.treated.sum(axis=1) == round(cells * 4)).all()


def test_without_a_step_the_treatment_changes_nothing():
    shown = _allocation.compete(30, 0.0, G)
    np.testing.assert_array_equal(shown.engram, shown.untreated)
    for pair in (shown.sizes, shown.theirs, shown.others):
        np.testing.assert_array_equal(*pair)


def test_more_treated_cells_are_the_earlier_ones_and_others():
    few, many = (_allocation.give_creb(cells, 0.3, G).treated for cells in (15, 20))
    assert not (few & ~many).any()


def test_the_sheet_rings_the_winners_where_they_stand():
    scene = _allocation.CrebScene()
    shown = _allocation.give_creb(15, 0.3, G)
    scene.update(shown)
    sheet = scene.drawing.sheet
    ringed = np.asarray(sheet.rings.get_offsets())
    np.testing.assert_array_equal(ringed, places(400)[shown.engram[0]])
    outlines = sheet.cells.get_paths()
    diamonds = [len(outline.vertices) == 5 for outline in outlines]
    np.testing.assert_array_equal(diamonds, shown.treated[0])
    assert len(scene.drawing.moving()) <= 6


@pytest.mark.parametrize("cells", [5, 15, 50])
def test_the_reading_says_what_the_picture_writes(cells):
    scene = _allocation.CrebScene()
    shown = _allocation.give_creb(cells, 0.3, G)
    scene.update(shown)
    words = _allocation.creb_reading(shown)
    size, theirs = (words_.get_text().split("\n")[1] for words_ in scene.drawing.words)
    assert f": {size} % of all cells ({percent(shown.sizes[1].min())} to" in words
    assert f", {theirs} % of them CREB cells" in words


@pytest.mark.parametrize("name", ["allocation", "exclusion"])
def test_no_network_stands_beside_its_axis(name):
    exhibit = el.widgets.EXHIBITS[name]()
    ends = itertools.product(*((one.low, one.high) for one in exhibit.controls.values()))
    for setting in ends:
        shown = exhibit.model(*setting)
        second = shown.theirs if name == "allocation" else shown.others
        strips = _allocation.CREB_STRIPS if name == "allocation" else _allocation.LOWER_STRIPS
        for strip, pair in zip(strips, (shown.sizes, second), strict=True):
            assert 100 * np.max(pair) <= strip.ticks[-1], (setting, strip.title)


def test_the_strips_show_every_network_and_the_means():
    scene = _allocation.CrebScene()
    shown = _allocation.give_creb(15, 0.3, G)
    scene.update(shown)
    drawing = scene.drawing
    x = np.asarray(drawing.dots.get_offsets())[:, 0].reshape(2, 2, _allocation.N_NETWORKS)
    means = [segment[0][0] for segment in drawing.means.get_segments()]
    np.testing.assert_allclose(x.mean(axis=2).ravel(), means[:4], atol=1e-9)
    one_per_cent = [118 / strip.ticks[-1] for strip in drawing.strips]
    sizes, theirs = shown.sizes, shown.theirs
    np.testing.assert_allclose(x[0, 1] - x[0, 0], 100 * one_per_cent[0] * (sizes[1] - sizes[0]))
    np.testing.assert_allclose(x[1, 1] - x[1, 0], 100 * one_per_cent[1] * (theirs[1] - theirs[0]))
    assert drawing.words[0].get_text() == f"{percent(sizes[0].mean())}\n{percent(sizes[1].mean())}"


@pytest.mark.parametrize("inhibition", [7, 14, 28])
@pytest.mark.parametrize("cells", [0, 15, 50])
def test_the_mark_stands_where_the_two_curves_cross(inhibition, cells):
    scene = _allocation_threshold.ThresholdScene()
    shown = _allocation_threshold.settle_at(inhibition, cells)
    scene.update(shown)
    (theta,), (share,) = scene.drawing.mark.get_data()
    assert share == theta / inhibition == pytest.approx(shown.sizes[1][0], abs=1 / 400)
    drives = _allocation.networks().drive[0] + shown.step * shown.treated[0]
    before, after = above(drives, np.array([theta - 1e-9, theta]))
    assert after - 1e-9 <= share <= before + 1e-9
    x, y = scene.drawing.makes.get_data()
    np.testing.assert_allclose(y, x / inhibition)


def test_the_brake_from_outside_agrees_at_our_inhibition_only():
    sizes, outside = _allocation_threshold.all_sizes()
    here = np.flatnonzero(_allocation_threshold.LEVELS == G)[0]
    np.testing.assert_array_equal(sizes[here], outside[here])
    assert (outside[:here].mean(axis=1) > sizes[:here].mean(axis=1)).all()
    assert (outside[here + 1 :].mean(axis=1) < sizes[here + 1 :].mean(axis=1)).all()
    assert (np.diff(sizes.mean(axis=1)) <= 0).all()
