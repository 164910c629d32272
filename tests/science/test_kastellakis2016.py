"""Kastellakis G, Silva AJ, Poirazi P (2016) Cell Rep 17:1491-1504, 10.1016/j.celrep.2016.10.015.

A weak memory is helped by a strong one that came before, where they share cells and so proteins.
Our window is two hours, as long as the proteins last; at 5 h it fails.
"""

import pytest
from claim_tools import holds
from effect_tools import assert_holds, means

import engramlab as el
from engramlab.ensemble import WEAK


@pytest.fixture(scope="module")
def by_gap():
    return {gap: means(el.weak_after_strong, gap_hours=gap) for gap in (0.5, 1.5, 5.0, 24.0)}


def test_a_strong_memory_helps_a_weak_one_for_two_hours(by_gap):
    drive = {gap: result[0] for gap, result in by_gap.items()}
    assert drive[1.5] / drive[24.0] > 1.2
    assert list(drive.values()) == pytest.approx([0.64, 0.64, 0.39, 0.45], abs=0.15)
    assert_holds("helps")
    holds("C-m-helps", *drive.values())


def test_a_weak_memory_does_not_help_another(by_gap):
    """The control: the first event leaves tags and no proteins."""
    weak = means(el.weak_after_strong, strength_first=WEAK)
    assert by_gap[1.5][0] > 1.2 * weak[0]
    assert by_gap[1.5][1] > 4 * weak[1]
    holds("C-m-helps-weak", *weak)


def test_the_window_is_too_short(by_gap):
    """Animals link over hours; here at 5 h the drive is that of a day."""
    assert by_gap[5.0][0] == pytest.approx(by_gap[24.0][0], abs=0.1)


def test_the_help_is_in_the_late_part(by_gap):
    late = [result[1] for result in by_gap.values()]
    assert late == pytest.approx([0.50, 0.50, 0.04, 0.01], abs=0.15)
    assert late[1] > 5 * late[2]
    holds("C-m-helps-late", *late)
