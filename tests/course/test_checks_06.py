"""Lesson 06's checks: any right way of writing an answer is right, and the package's own is not."""

import numpy as np
import pytest
from answer_tools import function_of
from wrong_answers_06 import (
    above_with,
    bare,
    chance_with,
    overlap_with,
    shuffles_with,
    walk_with,
    window_with,
)

import engramlab as el
from engramlab.course import checks
from engramlab.course.checks import Outcome
from engramlab.course.checks.c06_linking import _masks, _shuffles
from engramlab.plots._linking_parts import chance_band

BY_SETS = """
def engram_overlap(a, b):
    one = {i for i, there in enumerate(a) if there}
    other = {i for i, there in enumerate(b) if there}
    if not one or not other:
        return 0
    return len(one & other) / (len(one) * len(other)) ** 0.5
"""

BY_SETS_ABOVE = """
def overlap_above_chance(a, b):
    n, m, shared = np.count_nonzero(a), np.count_nonzero(b), np.count_nonzero(a * b)
    if n == 0 or m == 0 or n == m == len(a):
        return 0
    expected, most = n * m / len(a), np.sqrt(n * m)
    return (shared - expected) / (most - expected)
"""

ALL_AT_ONCE = """
def shuffle_p_value(a, b, n_shuffles, rng):
    drawn = rng.permuted(np.tile(a, (n_shuffles, 1)), axis=1)
    hits = np.count_nonzero((drawn & b).sum(axis=1) >= np.sum(a & b))
    return (hits + 1) / (n_shuffles + 1)
"""

PLACES = """
def shuffle_p_value(a, b, n_shuffles, rng):
    hits = 1
    for _ in range(n_shuffles):
        drawn = np.zeros(len(b), dtype=bool)
        drawn[rng.choice(len(b), b.sum(), replace=False)] = True
        hits += int(np.sum(a & drawn) >= np.sum(a & b))
    return hits / (1 + n_shuffles)
"""

VARIANTS = [
    ("linking_window", window_with("gaps_hours[n - 1]")),
    ("linking_window", walk_with()),
    ("linking_window", walk_with(above="o - c > 0")),
    (
        "linking_window",
        bare("np.nan if not above[0] else gaps_hours[np.argmin(np.append(above, False)) - 1]"),
    ),
    ("engram_overlap", overlap_with("shared / size")),
    ("engram_overlap", overlap_with("shared / max(size, 1)", first="pass")),
    ("engram_overlap", overlap_with("np.sqrt(shared / a.sum() * shared / b.sum())")),
    ("engram_overlap", overlap_with("np.nan_to_num(shared / size)", first="pass")),
    ("engram_overlap", BY_SETS),
    ("overlap_above_chance", above_with()),
    ("overlap_above_chance", above_with("1 - (1 - overlap) / (1 - chance)")),
    ("overlap_above_chance", BY_SETS_ABOVE),
    ("shuffle_p_value", shuffles_with()),
    ("shuffle_p_value", shuffles_with(drawn="rng.choice(b, b.size, replace=False)")),
    ("shuffle_p_value", ALL_AT_ONCE),
    ("shuffle_p_value", PLACES),
    ("a", chance_with("size_a * size_b / n_cells")),
    ("a", chance_with("size_a / n_cells * (size_b / n_cells) * n_cells")),
]


@pytest.mark.parametrize(("name", "source"), VARIANTS)
def test_any_right_way_is_right(name, source):
    item = checks.item("06", name)
    for seed in range(6 if name == "shuffle_p_value" else 25):
        verdict = item.check(function_of(source, item.function), seed=seed)
        assert verdict.outcome is Outcome.RIGHT, (seed, verdict.message)


def test_the_packages_own_functions_do_not_pass_for_an_answer():
    for name in ("engram_overlap", "overlap_above_chance"):
        source = f"import engramlab as el\ndef {name}(a, b):\n    return el.{name}(a, b)\n"
        verdict = checks.item("06", name).check(function_of(source, name), seed=1)
        assert verdict.misconception == "calls the package's own model"
    mixed = shuffles_with(
        before="import engramlab as el",
        hit="el.engram_overlap(a, drawn) >= el.engram_overlap(a, b)",
    )
    verdict = checks.item("06", "shuffle_p_value").check(function_of(mixed, "shuffle_p_value"))
    assert verdict.misconception == "calls the package's own model"


@pytest.mark.parametrize("seed", range(20))
def test_the_check_measures_as_the_package_does(seed):
    a, b = _masks.pair(60, np.random.default_rng(seed))
    overlap, chance = _masks.overlap(a, b), _masks.by_lot(a, b)
    assert el.engram_overlap(a, b) == pytest.approx(overlap)
    assert el.overlap_above_chance(a, b) == pytest.approx((overlap - chance) / (1 - chance))


def test_the_exact_chance_is_that_of_the_lessons_band():
    """Of pairs of 40 of 400 cells at most one in forty shares more than the band's upper end."""
    a = np.arange(400) < 40
    _, _, high = chance_band(40, 400)
    most = round(40 * high)
    tails = [_shuffles._exact(a, np.roll(a, 40 - shared)) for shared in (most, most + 1)]
    assert tails[1] < 0.025 < tails[0]


@pytest.mark.parametrize("seed", range(5))
def test_the_exact_chance_agrees_with_many_shuffles(seed):
    rng = np.random.default_rng(seed)
    for a, b in (_shuffles._dense(rng), _shuffles._sparse(rng)):
        shared = (a & b).sum()
        found = np.mean([(a & rng.permutation(b)).sum() >= shared for _ in range(4000)])
        assert found == pytest.approx(_shuffles._exact(a, b), abs=0.035)


def test_what_the_messages_say():
    def message(name, source):
        return checks.item("06", name).check(function_of(source, name), seed=3).message

    later = message("linking_window", window_with("gaps_hours[above][-1]"))
    assert "at the next gap" in later
    dice = message("engram_overlap", overlap_with("2 * shared / (a.sum() + b.sum())"))
    assert "cells out of 20 share" in dice
    assert "The overlap should be" in dice
    strict = message("shuffle_p_value", shuffles_with(hit="(a & drawn).sum() > shared"))
    assert "shuffles shares just as many cells: the p-value should be 1; yours is" in strict
    loose = message("shuffle_p_value", shuffles_with(drawn="np.roll(b, rng.integers(b.size))"))
    assert "p-value" in loose or "By lot" in loose
