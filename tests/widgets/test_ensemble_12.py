"""The widgets of lesson 12: what they read is the model's, and what the ledger holds."""

import numpy as np
import pytest

import engramlab as el
from engramlab.course.claims import claim
from engramlab.experiments import MONTH_DAYS, READ_OUTS, REPLAYS, many_gists, many_months
from engramlab.widgets.ensemble import _month


def within(number, row, index):
    assert claim(row).agrees(number, index), (number, row, claim(row).value[index])


@pytest.mark.parametrize(
    ("trace", "row"),
    [("decays", "C-m-month-decays"), ("stays, less precise", "C-m-month-stays")],
)
def test_the_month_reads_what_the_ledger_holds(trace, row):
    ends = [_month.move_day(trace, day) for day in (1, 28)]
    drives = [end.on_the_day(f"{region} off").mean() for region in ("hippocampus", "cortex")
              for end in ends]  # fmt: skip
    for index, drive in enumerate(drives):
        within(drive, row, index)
    words = el.widgets.view("month", trace=trace, day=28).alt
    assert words.startswith(f"hippocampal trace {trace}, day 28: drive with the hippocampus off")
    assert f"off {drives[1]:.2f} (" in words
    assert f"off {drives[3]:.2f} (" in words
    assert words.endswith("; 20 animals")


def test_light_on_the_cortical_engram_is_high_on_the_first_day():
    first, last = (_month.move_day("decays", day).on_the_day("light on cortex").mean()
                   for day in (1, 28))  # fmt: skip
    within(first, "C-m-month-light", 2)
    within(last, "C-m-month-light", 3)
    assert first > 0.94


def test_without_replay_the_cortex_stays_where_it_was():
    blocked = [_month.block_replay("blocked", day) for day in (1, 28)]
    drives = [end.on_the_day(name).mean() for name in ("hippocampus off", "intact")
              for end in blocked]  # fmt: skip
    for index, drive in enumerate(drives):
        within(drive, "C-m-month-blocked", index)
    words = el.widgets.view("replay_blocked", day=28).alt
    assert words.startswith("replay blocked, day 28: drive with the hippocampus off")
    free = _month.block_replay("free", 28)
    assert f"with free replay {free.on_the_day('hippocampus off').mean():.2f}" in words


def test_the_three_arms_differ_in_the_cortex_only():
    months = {how: many_months(replay=how) for how in REPLAYS}
    at = READ_OUTS.index("cortex off")
    for how in REPLAYS[1:]:
        np.testing.assert_array_equal(months[how][:, at], months["on"][:, at])
    alone = READ_OUTS.index("hippocampus off")
    blocked, context, free = (months[how][:, alone, -1].mean()
                              for how in ("blocked", "out of reach", "on"))  # fmt: skip
    assert blocked < context < free
    within(context, "C-m-month-reach", 1)


def test_the_animals_are_those_of_a_sweep():
    again = el.sweep(el.month_drives, seeds=2, progress=False)
    np.testing.assert_array_equal(many_months()[:2], again)
    precise = el.sweep(el.gist_drives, seeds=2, progress=False)
    np.testing.assert_array_equal(many_gists(2), precise)
    shown = np.stack([_month.gist_at(level)[:, :2].T for level in (14, 9)], axis=1)
    np.testing.assert_allclose(shown, precise)
    assert not many_months().flags.writeable


def test_the_same_animals_are_run_once_however_they_are_asked_for():
    assert many_months() is many_months(20, hypothesis="decays", replay="on")
    assert many_months(replay="blocked") is many_months(20, replay="blocked")
    assert many_gists() is many_gists(20, inhibitions=(14.0, 9.0))


def test_the_slider_stops_at_each_day_that_was_read_out():
    slider = _month.month_exhibit().controls["day"]
    days = np.arange(slider.low, slider.high + 1, slider.step)
    assert tuple(days.astype(float)) == MONTH_DAYS


def test_the_gist_reads_where_the_drive_is_half():
    for inhibition, index in ((14, 0), (9, 1)):
        within(100 * _month.move_place(40, inhibition).half, "C-m-gist-half", index)
    words = el.widgets.view("gist", similarity=100, inhibition=14).alt
    drive = _month.gist_at(14.0)[-1].mean()
    assert words.startswith(f"inhibition 14, a place that shares 100 %: drive {drive:.2f} (")
    assert f"in the first place {drive:.2f}; half of that at 34 % shared" in words


def test_less_inhibition_at_recall_widens_generalisation():
    halves = [_month.move_place(0, level).half for level in (8, 9, 12, 14, 20)]
    assert halves == sorted(halves)
    assert halves[-1] - halves[0] > 0.08
