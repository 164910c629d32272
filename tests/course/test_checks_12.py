"""Lesson 12's checks: any right way of writing an answer is right, and the package's own is not."""

import numpy as np
import pytest
from answer_tools import function_of, right
from wrong_answers_12 import early_with, halves_with, replay_with, stores_with, width_with

from engramlab.course import checks
from engramlab.course.checks import Outcome
from engramlab.course.checks._asks import BORROWS

SEEDS = range(25)

VARIANTS = [
    ("generalisation_width", width_with()),
    ("generalisation_width", width_with(result="max(1 - kept)")),
    ("generalisation_width", width_with(nothing="not drive[-1]", none="float('nan')")),
    ("generalisation_width", width_with(nothing="drive[-1] <= 0", result="(1 - kept)[0]")),
    ("generalisation_width", width_with(reached="~(drive < half)", result="1 - sorted(kept)[0]")),
    ("generalisation_width", width_with(result="1 - similarity[np.argmax(drive >= half)]")),
    (
        "generalisation_width",
        """
def generalisation_width(similarity, drive):
    if not np.any(drive):
        return np.nan
    for place, found in zip(similarity, drive):
        if 2 * found >= drive[-1]:
            return 1 - place
""",
    ),
    (
        "generalisation_width",
        """
def generalisation_width(similarity, drive):
    share = drive / drive[-1]
    far = np.where(share >= 0.5, 1 - similarity, np.nan)
    return np.nan if np.isnan(far).all() else np.nanmax(far)
""",
    ),
    ("replay", replay_with()),
    ("replay", replay_with(taught="active[:, None] & pattern[None, :]")),
    ("replay", replay_with(result="w + taught * share * (1 - w)")),
    ("replay", replay_with(moved="1 - (1 - share) * (1 - w)")),
    ("replay", replay_with(share="np.reshape(eta, (-1, 1))", result="(w + taught * (moved - w))"
                                                                    ".tolist()")),
    (
        "replay",
        """
def replay(w, pattern, active, eta):
    new = w.copy()
    new[np.ix_(active, pattern)] += eta[active][:, None] * (1 - w[np.ix_(active, pattern)])
    return new
""",
    ),
    (
        "replay",
        """
def replay(w, pattern, active, eta):
    new = w.copy()
    for i in range(len(active)):
        for j in range(len(pattern)):
            if active[i] and pattern[j]:
                new[i, j] = new[i, j] + eta[i] * (1 - new[i, j])
    return new
""",
    ),
    ("dissociation", halves_with()),
    ("dissociation", halves_with(young="np.mean(ctx_off[:, 0] - hpc_off[:, 0])")),
    ("dissociation", halves_with(result="np.min([young, old])")),
    ("dissociation", halves_with(result="young if young < old else old")),
    (
        "dissociation",
        """
def dissociation(hpc_off, ctx_off):
    difference = (np.array(ctx_off) - hpc_off).mean(axis=0) * [1, -1]
    return difference.min()
""",
    ),
    ("two_store_month", stores_with()),
    ("two_store_month", stores_with(result="[hippocampus, cortex]")),
    ("two_store_month", stores_with(n="int(n)", gain="(1 - c) * h * eta")),
    (
        "two_store_month",
        """
def two_store_month(replays, eta, tau_days):
    h = np.exp(-np.arange(len(replays) + 1) / tau_days)
    left = np.cumprod((1 - eta * h[:-1]) ** replays)
    return np.stack([h, np.concatenate([[0], 1 - left])])
""",
    ),
    ("a", early_with("1 - (1 - eta) ** n_replays")),
    ("a", early_with("-np.expm1(n_replays * np.log1p(-np.minimum(eta, 1 - 1e-12)))")),
    ("a", early_with("1 - np.power(1 - eta, n_replays)")),
]  # fmt: skip

BORROWED = [
    (
        "replay",
        "from engramlab.kernels.ensemble import change_inputs\n\n\n"
        "def replay(w, pattern, active, eta):\n"
        "    new = w.astype(np.float32)\n"
        "    change_inputs(np.ones_like(new), pattern, active, eta, 0.0, new)\n"
        "    return new\n",
    ),
    (
        "dissociation",
        "from engramlab.experiments import month_drives\n\n\n"
        "def dissociation(hpc_off, ctx_off):\n    return float(month_drives(rng=1)[0, 0])\n",
    ),
    (
        "generalisation_width",
        "from engramlab.ensemble import generalisation_curve\n\n\n"
        "def generalisation_width(similarity, drive):\n"
        "    return generalisation_curve(None, similarity, rng=1)\n",
    ),
]


@pytest.mark.parametrize(("name", "source"), VARIANTS)
def test_any_right_way_is_right(name, source):
    item = checks.item("12", name)
    for seed in SEEDS:
        verdict = item.check(function_of(source, item.function), seed=seed)
        assert verdict.outcome is Outcome.RIGHT, (seed, verdict.message, verdict.misconception)


@pytest.mark.parametrize(("name", "source"), BORROWED)
def test_the_package_s_own_is_refused(name, source):
    item = checks.item("12", name)
    verdict = item.check(function_of(source, item.function))
    assert (verdict.outcome, verdict.misconception) == (Outcome.WRONG, BORROWS)


def test_the_worked_values_are_right():
    width, replay = right("12", "generalisation_width"), right("12", "replay")
    places = np.array([0, 0.25, 0.5, 0.75, 1])
    assert width(places, np.array([0.1, 0.4, 0.9, 1.3, 1.2])) == 0.5
    assert np.isnan(width(places, np.zeros(5)))
    w = np.array([[0.2, 0.2]])
    after = replay(w, np.array([True, False]), np.array([True]), np.array([0.5]))
    assert after == pytest.approx(np.array([[0.6, 0.2]]))
    hpc_off, ctx_off = np.array([[0.3, 1.2], [0.5, 1.4]]), np.array([[1.4, 0.5], [1.6, 0.3]])
    assert right("12", "dissociation")(hpc_off, ctx_off) == pytest.approx(0.9)
    stores = right("12", "two_store_month")(np.array([1, 0]), 0.2, 2.0)
    assert stores == pytest.approx(np.array([[1, 0.607, 0.368], [0, 0.2, 0.2]]), abs=5e-4)


def test_three_replays_of_one_cell_are_the_lesson_s_own_check():
    replay, early_after = right("12", "replay"), right("12", "a")
    w, on, eta = np.zeros((1, 1)), np.array([True]), np.array([0.15])
    for _ in range(3):
        w = replay(w, on, on, eta)
    assert w[0, 0] == pytest.approx(early_after(0.15, 3))


@pytest.mark.parametrize("result", ["young", "max(young, old)", "min(young, old) / 2"])
def test_two_experiments_are_judged_together_and_the_one_told_of_is_shown(result):
    item = checks.item("12", "dissociation")
    for seed in SEEDS:
        verdict = item.check(function_of(halves_with(result=result), item.function), seed=seed)
        assert verdict.outcome is Outcome.WRONG
        assert f"it is {verdict.returned}." in verdict.message, seed
