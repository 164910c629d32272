"""The widgets of lesson 06: what they read is the model's and the ledger's, and chance is there."""

import numpy as np
import pytest

import engramlab as el
from engramlab.course.claims import claim
from engramlab.ensemble import COURSE
from engramlab.widgets.ensemble import _linking, _linking_back


def test_the_curve_is_the_one_of_the_ledger():
    held = dict(zip((0.5, 1.5, 3, 6, 12, 24, 48, 168), claim("C-m-linking").value, strict=True))
    means = dict(zip(_linking.GAPS, _linking.all_gaps()[..., 0].mean(axis=1), strict=True))
    for gap, overlap in held.items():
        if gap in means:
            assert means[gap] == pytest.approx(overlap, abs=0.01)


@pytest.mark.parametrize("gap", [3.0, 6.0, 24.0, 48.0])
def test_the_gap_reads_overlap_chance_and_what_a_brings_back(gap):
    shown = _linking.move_apart(gap)
    words = el.widgets.view("linking", gap=gap).alt
    assert words.startswith(f"gap {gap:g} h: overlap {shown.overlap.mean():.2f} (20 animals: ")
    assert "chance 0.10" in words
    assert words.endswith(
        f"A brings back a drive of {shown.drive.mean():.2f}, a new place "
        f"{shown.drive_new.mean():.2f}"
    )


@pytest.mark.parametrize("gap", [3.0, 6.0, 24.0])
def test_the_cells_drawn_are_those_of_one_of_the_animals(gap):
    shown = _linking.move_apart(gap)
    cells = shown.shared
    overlap = cells.both / np.sqrt(cells.first * cells.second)
    assert overlap == pytest.approx(shown.overlap[_linking.SHOWN])
    assert overlap == pytest.approx(shown.overlap.mean(), abs=0.06)  # a typical one


def test_age_is_a_smaller_bump():
    none, half, whole = (_linking.move_bump(percent) for percent in (0, 50, 100))
    for shown, held in zip((none, half, whole), claim("C-m-ages").value, strict=True):
        assert shown.at.mean() == pytest.approx(held, abs=0.01)
    day = [shown.overlap[_linking.AGED_GAPS == 24].mean() for shown in (none, half, whole)]
    assert day == pytest.approx(claim("C-m-ages-day").value, abs=0.01)
    words = el.widgets.view("ageing").alt
    assert words.startswith("bump 0 % of a young cell's: overlap 0.25 at 5 h (20 animals: ")
    assert "young 0.61, chance 0.10" in words


def test_the_arms_of_two_bouts_are_those_of_the_ledger():
    drives = [one.mean() for one in _linking_back.strengthen("yes", 2).drives]
    together, without, alone, no_shock, first, new = drives
    assert (together, without) == pytest.approx(claim("C-m-links-back").value, abs=0.01)
    held = claim("C-m-links-back-alone").value
    assert (alone, no_shock) == pytest.approx((held[0], held[2]), abs=0.01)
    assert first == pytest.approx(claim("C-m-links-forward").value[0], abs=0.01)
    assert new == pytest.approx(claim("C-m-many-bouts").value[0], abs=0.01)
    many = _linking_back.strengthen("yes", 8).drives[-1].mean()
    assert many == pytest.approx(claim("C-m-many-bouts").value[1], abs=0.01)


def test_without_bouts_nobody_is_active_offline_and_their_number_changes_nothing():
    few, many = (_linking_back.strengthen("no", n) for n in (1, 8))
    assert set(few.offline) == {""}
    np.testing.assert_array_equal(few.drives, many.drives)
    np.testing.assert_array_equal(few.drives[0], few.drives[1])  # A, and the arm without bouts
    words = _linking_back.back_reading(few)
    assert words.startswith("no bouts: A, two days before the shock, brings back a drive of 0.31")
    assert "bouts of A alone" not in words


def test_without_a_shock_no_number_of_bouts_ties_anything():
    """So that arm is run at one number of bouts only."""
    found = el.sweep(el.linked_back, grid={"shock": [False], "n_bouts": [8]}, progress=False)
    assert found[..., 2].max() == found[..., 4].max() == 0


@pytest.mark.parametrize("n_bouts", [1, 2, 8])
def test_no_animal_is_above_the_axis(n_bouts):
    drives = _linking_back.strengthen("yes", n_bouts).drives
    assert max(one.max() for one in drives) < _linking_back._Y_TOP


def test_the_table_says_what_each_arm_is_given():
    rows = [dict(way.rows) for way in _linking_back.WAYS]
    assert [row["comes first"] for row in rows] == ["A", "A", "A", "A", "B", "A"]
    assert [row["shock in B"] for row in rows] == ["yes", "yes", "yes", "", "yes", "yes"]
    assert [row["tested in"] for row in rows] == ["A"] * 5 + ["C, new"]
    assert _linking_back._hours(2) == 48
    assert COURSE.threshold_recall == 0.8
