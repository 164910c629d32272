"""The widgets of lesson 11: they read what the ledger holds, and controls stand beside results."""

import numpy as np
import pytest

import engramlab as el
from engramlab.course.claims import claim
from engramlab.experiments.shares import SHARES
from engramlab.widgets.ensemble import _silence, _silence_days


def test_the_first_views_read_what_the_ledger_holds():
    place, place_drug, light, light_drug = claim("C-m-silent").value
    others, new = claim("C-m-silent-controls").value
    words = el.widgets.view("silent_engram").alt
    assert words.startswith("100 % of the engram labelled: after the drug the place drives")
    assert f"read-out by {place_drug:.2f} (" in words
    assert f"animals, light by {light_drug:.2f} (" in words
    assert f"as many others by {others:.2f}; without the drug the place by {place:.2f}" in words
    assert words.endswith(f"light by {light:.2f}, a new place by {new:.2f}")


def test_the_first_views_of_ltd_and_of_remodelling_read_the_ledger():
    start, _, twice, _ = claim("C-m-ltd").value
    other_start, _, other, _ = claim("C-m-ltd-others").value
    words = el.widgets.view("switch_off_and_on").alt
    assert words.startswith(
        f"2 bouts of LTD at the cells of A: place A drives the read-out by {t2(twice)}"
    )
    assert f"before by {t2(start)}; place B by {t2(other)} (" in words
    assert words.endswith(f"before by {t2(other_start)}")
    words = el.widgets.view("remodelled_contacts").alt
    assert words.startswith("5 % of the contacts move each day, day 14: the place drives the")
    assert f"read-out by {t2(claim('C-m-remodels').value[2])} (" in words


def t2(value):
    return f"{value:.2f}"


@pytest.mark.parametrize("n", [1, 2, 3])
def test_bouts_read_the_ledger(n):
    weak, back = (_silence.switch(n, ltp, "A") for ltp in ("none", "one bout"))
    assert claim("C-m-ltd").agrees(float(weak.after.mean()), n)
    assert claim("C-m-ltd-others").agrees(float(weak.other_after.mean()), n)
    assert claim("C-m-ltp").agrees(float(back.after.mean()), n - 1)
    reverse = _silence.switch(n, "none", "B")
    assert claim("C-m-ltd-reverse").agrees(float(reverse.other_after.mean()), n)
    assert claim("C-m-ltd-reverse").agrees(float(reverse.after.mean()), 4 + n)
    assert weak.after.mean() < 0.7 * weak.other_after.mean()
    assert "then LTP, at the cells of B" in el.widgets.view(
        "switch_off_and_on", ltd=n, ltp="one bout", aim="B"
    ).alt  # fmt: skip


def test_no_bout_changes_nothing():
    shown = _silence.switch(0, "none", "B")
    np.testing.assert_array_equal(shown.before, shown.after)
    np.testing.assert_array_equal(shown.other_before, shown.other_after)
    assert shown.words == "no bout of LTD at the cells of B"


def test_light_beats_the_place_only_if_enough_is_labelled():
    """The place gives 0.38 under the drug: with a third of the engram lit, light gives no more."""
    few, whole = _silence.block(30), _silence.block(100)
    assert few.light_drug.mean() < few.place_drug.mean() < 0.6 * whole.light_drug.mean()
    for share in range(50, 101, 10):
        shown = _silence.block(share)
        assert shown.others_drug.mean() < 0.12
        assert shown.light_drug.mean() > shown.new_place.mean()
        assert shown.light.mean() > shown.light_drug.mean()


def test_a_run_over_shares_is_the_experiment_at_each_share():
    """`lit_shares` with the drug gives at one share what `day_after` measures there."""
    how = {
        "light": ["labelled", "others"],
        "place": ["C"],
        "drug": [True],
        "efficiency": [0.5, 1.0],
    }
    single = el.sweep(el.day_after, seeds=4, grid=how, progress=False)[:, 0, 0, ..., 0]
    at = [SHARES.index(0.5), SHARES.index(1.0)]
    for cells, drives in zip((_silence.LIT, _silence.OTHERS), single, strict=True):
        np.testing.assert_allclose(_silence.lit(cells, drug=True)[:4, at].T, drives)


def test_the_dots_are_the_animals_and_controls_are_last():
    scene = _silence.SilentScene()
    shown = _silence.block(60)
    scene.update(shown)
    dots = np.asarray(scene.drawing.dots.get_offsets())[:, 1]
    arms = [shown.place, shown.place_drug, shown.light, shown.light_drug, shown.others_drug,
            shown.new_place]  # fmt: skip
    assert dots == pytest.approx(np.concatenate(arms))
    assert [arm.control for arm in scene.drawing.arms] == [False] * 4 + [True] * 2


@pytest.mark.parametrize(("day", "place"), [(1, 0), (7, 1), (14, 2), (28, 3)])
def test_the_days_read_the_ledger(day, place):
    shown = _silence_days.move("5 %", day)
    drive = shown.natural[_silence_days.DAYS.index(day)].mean()
    assert claim("C-m-remodels").agrees(float(drive), place)


def test_light_stays_and_so_does_the_place_if_nothing_moves():
    for moved in _silence_days.SHARES_MOVED:
        shown = _silence_days.move(moved, 28)
        assert np.ptp(shown.light.mean(axis=1)) < 0.001
        assert np.ptp(shown.still.mean(axis=1)) < 0.1
        assert shown.others.mean(axis=1).max() < 0.15
        assert shown.natural[-1].mean() < shown.still[-1].mean() - 0.4
    assert claim("C-m-remodels-slow").agrees(
        float(_silence_days.move("2 %", 28).natural[-1].mean())
    )


def test_the_marks_stand_on_the_curves():
    scene = _silence_days.DaysScene()
    shown = _silence_days.move("2 %", 21)
    scene.update(shown)
    marks = np.asarray(scene.drawing.marks.get_offsets())
    curves = (shown.natural, shown.light, shown.others, shown.still)
    assert marks[:, 1] == pytest.approx([drives[20].mean() for drives in curves])
    assert marks[:, 0] == pytest.approx([21] * 4)
