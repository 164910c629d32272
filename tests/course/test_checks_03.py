"""Lesson 03's checks: any right way of writing an answer is right, and the package's own is not."""

import pytest
from answer_tools import function_of
from wrong_answers_03 import arms_with, capture_with, captured_with, tag_with, window_with

from engramlab.course import checks
from engramlab.course.checks import Outcome

SEEDS = range(25)

VARIANTS = [
    ("rescue_window", window_with()),
    ("rescue_window", window_with(result="[kept[0], kept[-1]]", nothing="[np.nan, np.nan]")),
    ("rescue_window", window_with(result="np.array([min(kept), max(kept)])")),
    ("rescue_window", window_with(never="not len(kept)", nothing="float('nan'), float('nan')")),
    (
        "rescue_window",
        window_with(
            kept="[g for g, part in zip(gaps_hours, late) if part >= criterion]",
            never="not kept",
            result="kept[0], kept[-1]",
        ),
    ),
    (
        "rescue_window",
        window_with(
            kept="np.flatnonzero(~(late < criterion))",
            result="gaps_hours[kept[0]], gaps_hours[kept[-1]]",
        ),
    ),
    (
        "rescue_window",
        """
def rescue_window(gaps_hours, late, criterion):
    kept = np.where(late >= criterion, gaps_hours, np.nan)
    if np.isnan(kept).all():
        return np.full(2, np.nan)
    return np.nanmin(kept), np.nanmax(kept)
""",
    ),
    (
        "rescue_window",
        """
def rescue_window(gaps_hours, late, criterion):
    low = high = np.nan
    for gap, part in zip(gaps_hours, late):
        if part >= criterion:
            low = gap if np.isnan(low) else low
            high = gap
    return low, high
""",
    ),
    (
        "rescue_window",
        """
def rescue_window(gaps_hours, late, criterion):
    try:
        kept = sorted(g for g, part in zip(gaps_hours, late) if part >= criterion)
        return kept[0], kept[-1]
    except IndexError:
        return [np.nan] * 2
""",
    ),
    (
        "rescue_window",
        """
def rescue_window(gaps_hours, late, criterion):
    if max(late) < criterion:
        return np.nan, np.nan
    ok = np.asarray(late) >= criterion
    return np.min(gaps_hours, where=ok, initial=np.inf), np.max(gaps_hours[ok])
""",
    ),
    ("capture", capture_with()),
    ("capture", capture_with(goal="np.select([early > 0, early < 0], [1.0, -0.5], 0.0)")),
    ("capture", capture_with(result="(1 - tagged * share) * late + tagged * share * goal")),
    ("capture", capture_with(result="late + tagged * share * (goal - late)")),
    ("capture", capture_with(share="-np.expm1(-protein_integral / tau_hours)")),
    ("capture", capture_with(goal="0.25 + 0.75 * np.sign(early)")),
    ("capture", capture_with(tagged="(early > theta_tag) | (early < -theta_tag)")),
    (
        "capture",
        capture_with(result="np.where(tagged, goal - (goal - late) * (1 - share), late).tolist()"),
    ),
    (
        "capture",
        """
def capture(late, early, protein_integral, theta_tag, tau_hours):
    new = late.copy()
    left = np.exp(-protein_integral / tau_hours)
    up, down = early > theta_tag, early < -theta_tag
    new[up] = 1 - (1 - late[up]) * left
    new[down] = -0.5 + (late[down] + 0.5) * left
    return new
""",
    ),
    (
        "capture",
        """
def capture(late, early, protein_integral, theta_tag, tau_hours):
    new = []
    for part, change in zip(late, early):
        if abs(change) > theta_tag:
            goal = 1 if change > 0 else -0.5
            part = part + (1 - np.exp(-protein_integral / tau_hours)) * (goal - part)
        new.append(part)
    return np.array(new, dtype=np.float32)
""",
    ),
    ("tag_alive_hours", tag_with("hours")),
    ("tag_alive_hours", tag_with("np.nan_to_num(np.maximum(tau_hours * np.log(size / theta_tag), "
                                 "0))")),
    ("tag_alive_hours", tag_with("np.log(np.maximum(size / theta_tag, 1) ** tau_hours)")),
    ("tag_alive_hours", tag_with("np.round(hours, 7)")),
    ("tag_alive_hours", tag_with("list(hours)")),
    ("tag_alive_hours", tag_with("hours.astype(np.float32)")),
    (
        "tag_alive_hours",
        tag_with("np.maximum(tau_hours * (np.log(np.abs(early)) - np.log(theta_tag)), 0)"),
    ),
    ("tag_alive_hours", tag_with("np.clip(tau_hours * np.log(size / theta_tag), 0, None)")),
    (
        "tag_alive_hours",
        tag_with("np.where(size > theta_tag, tau_hours * np.log(size / theta_tag), 0)"),
    ),
    ("tag_alive_hours", tag_with("-tau_hours * np.log(theta_tag / np.maximum(size, theta_tag))")),
    (
        "tag_alive_hours",
        """
import math


def tag_alive_hours(early, theta_tag, tau_hours):
    return [
        tau_hours * math.log(abs(e) / theta_tag) if abs(e) > theta_tag else 0 for e in early
    ]
""",
    ),
    ("late_after", arms_with()),
    ("late_after", arms_with(gap="0.25")),
    ("late_after", arms_with(gap="1")),
    (
        "late_after",
        arms_with(
            drug='[("drug", 1), ("weak", weak), ("drug", gap), ("strong", strong), '
            '("drug", 4), ("wait", rest - 4)]'
        ),
    ),
    (
        "late_after",
        arms_with(
            drug='[("weak", weak), ("wait", gap), ("strong", strong), ("drug", rest)]',
            control='[["weak", weak], ["wait", gap], ["wait", rest]]',
        ),
    ),
    (
        "late_after",
        arms_with(rescued='(("weak", np.int64(weak)), ("wait", np.float64(gap)), '
                  '("strong", strong), ("wait", 1), ("wait", rest - 1))'),
    ),
    ("late_after", arms_with(result='arms | {"strong alone": [("strong", strong)]}')),
    ("a", captured_with("tag_ends > protein_starts")),
    ("a", captured_with("protein_starts < tag_ends")),
    ("a", captured_with("np.where(tag_ends > protein_starts, 1, 0)")),
    ("a", captured_with("np.greater(tag_ends, protein_starts)")),
    ("a", captured_with("(tag_ends - protein_starts) > 0")),
    ("a", captured_with("~np.asarray(tag_ends <= protein_starts)")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "source"), VARIANTS)
def test_any_right_way_is_right(name, source):
    item = checks.item("03", name)
    for seed in SEEDS:
        verdict = item.check(function_of(source, item.function), seed=seed)
        assert verdict.outcome is Outcome.RIGHT, (seed, verdict.message)


def test_the_packages_own_slice_does_not_pass_for_an_answer():
    own = {
        "tag_alive_hours": """
import engramlab as el
def tag_alive_hours(early, theta_tag, tau_hours):
    slice_ = el.Slice.rest(len(early))
    for k, size in enumerate(early):
        slice_ = slice_.potentiate(k, abs(size))
    return slice_.tag_left_hours
""",
        "capture": """
from engramlab.kernels import capture as kernels
def capture(late, early, protein_integral, theta_tag, tau_hours):
    e, l = early[None].astype(np.float32), late[None].astype(np.float32)
    p = np.ones(1, dtype=np.float32)
    kernels.advance(e, l, p, 1.0, 1.0, kernels.LUBOEINSKI_2021)
    return l[0]
""",
    }
    for name, source in own.items():
        verdict = checks.item("03", name).check(function_of(source, name), seed=1)
        assert verdict.misconception == "calls the package's own model"


def test_the_protocol_may_be_tried_on_the_packages_slice():
    """The stretch asks for an experiment: trying it on the model is the point."""
    source = "import engramlab as el\n" + arms_with().replace(
        "    gap =", "    el.Slice.rest().potentiate(0, 0.43)\n    gap ="
    )
    item = checks.item("03", "late_after")
    assert item.check(function_of(source, "late_after"), seed=1).outcome is Outcome.RIGHT


def test_what_the_messages_say():
    def message(name, source, seed=3):
        return checks.item("03", name).check(function_of(source, name), seed=seed)

    empty = message("rescue_window", window_with(never="False"))
    assert "no gap is left. Your code stops there" in empty.message
    assert "np.nan, np.nan" in empty.hint
    pair = message("rescue_window", window_with(result="None, None"))
    assert "should be two numbers" in pair.message
    minutes = message("late_after", arms_with(gap="30.0"))
    assert "steps of 30 and of -" in minutes.message
    many = message("late_after", arms_with(control='[("wait", 0.1)] * 90'))
    assert many.message == "Arm 'control' has 90 steps; at most 50 are run."
    written = message("capture", capture_with().replace("tagged =", "late += 1; tagged ="))
    assert "`new = late.copy()`, or build a new array: `late + ...`" in written.message
    asked = "if tag_ends > protein_starts else False"
    verdict = checks.item("03", "a").check(
        function_of(captured_with(f"True {asked}"), "is_captured"), seed=1
    )
    assert verdict.outcome is Outcome.ERROR
    assert "without `if`" in verdict.hint


@pytest.mark.parametrize("gap", [5 / 60, 0.1, 0.4, 0.7, 1.0, 1.1])
def test_a_rescue_in_time_is_right_at_any_gap(gap):
    item = checks.item("03", "late_after")
    verdict = item.check(function_of(arms_with(gap=str(gap)), "late_after"), seed=2)
    assert verdict.outcome is Outcome.RIGHT, verdict.message


@pytest.mark.parametrize("gap", [1.2, 1.5, 2.0, 4.0, 6.0, 8.0])
def test_a_rescue_too_late_says_so(gap):
    item = checks.item("03", "late_after")
    verdict = item.check(function_of(arms_with(gap=str(gap)), "late_after"), seed=2)
    assert verdict.misconception == "waits too long"
    assert f"comes {gap:g} h after the weak one" in verdict.message
