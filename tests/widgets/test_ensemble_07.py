"""The widgets of lesson 07: they read what the ledger holds, and controls stand beside results."""

import numpy as np
import pytest

import engramlab as el
from engramlab.course.claims import claim
from engramlab.experiments.shares import SHARES
from engramlab.widgets.ensemble import _engrams, _engrams_lost


def test_the_first_views_read_what_the_ledger_holds():
    drive, index = claim("C-m-light-half").value
    others, dark = claim("C-m-light-others").value
    _, place = claim("C-m-light-natural").value
    words = el.widgets.view("label_and_light").alt
    assert words.startswith(
        "50 % of the engram labelled, and 5 % of the other cells: in a new place"
    )
    assert f"drives the read-out by {drive:.2f}" in words
    assert f"recall index {index:.2f}; no light by {dark:.2f}" in words
    assert words.endswith(f"the place of the shock by {place:.2f}")
    words = el.widgets.view("light_and_others").alt
    assert f"light on as many others by {others:.2f}" in words
    neutral = claim("C-m-light-neutral").value[0]
    assert words.endswith(f"light on the cells of a place without a shock by {neutral:.2f}")
    words = el.widgets.view("silence_share").alt
    assert f"by {claim('C-m-silences').value[0]:.2f} (" in words
    assert words.endswith(f"cells silenced by {claim('C-m-silences-others').value[0]:.2f}")


def test_the_loss_reads_what_the_ledger_holds():
    whole, creb, others = claim("C-m-ablates").value
    words = el.widgets.view("creb_loss").alt
    assert words.startswith("60 cells with more CREB, 47 % of the engram: without them the place")
    assert f"drives the read-out by {creb:.2f} (" in words
    assert f"by {others:.2f}; with all cells by {whole:.2f}" in words
    assert _engrams_lost.kill(15).held == pytest.approx(claim("C-m-creb-share").value[0], abs=0.05)


@pytest.mark.parametrize("share", [20, 40, 60, 80, 100])
def test_the_label_reads_the_dose_of_the_ledger(share):
    place = (20, 40, 60, 80, 100).index(share)
    shown = _engrams.shine(share)
    assert claim("C-m-label-dose").agrees(float(shown.light.mean()), place)
    assert f"{claim('C-m-label-dose').value[place]:.2f} (" in _engrams.light_reading(shown)
    index = float(_engrams.light_reading(shown).partition("recall index ")[2][:4])
    assert claim("C-m-label-dose-index").agrees(index, place)


def test_controls_stay_below_the_result_at_every_share():
    for share in range(30, 101, 10):
        shown = _engrams.shine(share)
        assert shown.light.mean() > max(shown.others.mean(), shown.dark.mean())
        assert not shown.neutral.any()


def test_half_of_the_engram_is_half_of_the_drive():
    assert 100 * _engrams_lost.halving_share() == pytest.approx(
        claim("C-m-silence-half").value[0], abs=3
    )
    assert "50 % of the drive without silencing" in el.widgets.view("silence_share", share=50).alt


def test_the_markers_stand_on_the_curves():
    scene = _engrams_lost.SilenceScene()
    for share in (0, 50, 100):
        shown = _engrams_lost.hush(share)
        scene.update(shown)
        marks = np.asarray(scene.drawing.marks.get_offsets())
        assert marks[:, 0] == pytest.approx([share / 100] * 2)
        assert marks[:, 1] == pytest.approx([shown.others.mean(), shown.engram.mean()])


def test_more_creb_cells_hold_more_of_the_engram_and_never_all():
    lost = [_engrams_lost.kill(fraction) for fraction in range(5, 41, 5)]
    assert (np.diff([one.held for one in lost]) > 0).all()
    assert all(one.creb.mean() > 0.3 for one in lost)
    assert all(one.others.mean() > 0.8 * one.whole.mean() for one in lost)


def test_the_dots_are_the_animals():
    scene = _engrams.LightScene()
    shown = _engrams.shine(80)
    scene.update(shown)
    dots = np.asarray(scene.drawing.dots.get_offsets())[:, 1]
    assert dots == pytest.approx(np.concatenate([shown.place, shown.light, shown.dark]))
    assert _engrams.lit("labelled").shape == (20, len(SHARES))
