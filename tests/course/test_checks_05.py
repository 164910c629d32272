"""Lesson 05's checks: any right way of writing an answer is right, and the package's own is not."""

import numpy as np
import pytest
from answer_tools import function_of
from wrong_answers_05 import (
    ERROR,
    allocate_with,
    paired_with,
    ratio_with,
    size_with,
    threshold_with,
)

import engramlab as el
from engramlab.course import checks
from engramlab.course.checks import Outcome
from engramlab.course.checks.c05_allocation._allocate import settled
from engramlab.course.checks.c05_allocation._size import _case, _share

SEEDS = range(25)

ONE_BY_ONE = """
def allocate(drive, inhibition):
    active = np.zeros(len(drive), dtype=bool)
    left = list(enumerate(drive))
    while left:
        cell, strongest = max(left, key=lambda pair: (pair[1], -pair[0]))
        if strongest <= inhibition * (active.sum() + 1) / len(drive):
            break
        active[cell] = True
        left.remove((cell, strongest))
    return active
"""

LOOP = """
def allocate(drive, inhibition):
    n = len(drive)
    order = sorted(range(n), key=lambda i: -drive[i])
    active = [False] * n
    for k, cell in enumerate(order, start=1):
        if drive[cell] > inhibition * k / n:
            active[cell] = True
    return active
"""

VARIANTS = [
    ("recruitment_ratio", ratio_with("mine / others")),
    ("recruitment_ratio", ratio_with("np.inf if others == 0 else mine / others")),
    (
        "recruitment_ratio",
        ratio_with(
            "float('inf') if inside == engram.sum() else "
            "(inside / treated.sum()) / ((engram.sum() - inside) / (~treated).sum())"
        ),
    ),
    ("allocate", allocate_with()),
    ("allocate", allocate_with(result="active.astype(int)")),
    ("allocate", allocate_with(result="active.tolist()")),
    ("allocate", allocate_with(k="np.count_nonzero(wins)")),
    ("allocate", ONE_BY_ONE),
    ("allocate", LOOP),
    ("paired_effect", paired_with(f"(each.mean(), {ERROR})")),
    ("paired_effect", paired_with(f"np.array([np.mean(each), {ERROR}])")),
    (
        "paired_effect",
        paired_with(
            "[sum(each) / n, (sum((each - sum(each) / n) ** 2) / (n - 1)) ** 0.5 / np.sqrt(n)]"
        ),
    ),
    ("mean_field_size", size_with()),
    ("mean_field_size", size_with(rounds="60")),
    ("mean_field_size", size_with(above="drives.cdf(2 * mean - inhibition * share)")),
    ("a", threshold_with("inhibition * np.mean(active)")),
    ("a", threshold_with("inhibition * active.sum() / len(active)")),
    ("a", threshold_with("np.mean(active) * inhibition")),
]


@pytest.mark.parametrize(("name", "source"), VARIANTS)
def test_any_right_way_is_right(name, source):
    item = checks.item("05", name)
    for seed in SEEDS:
        verdict = item.check(function_of(source, item.function), seed=seed)
        assert verdict.outcome is Outcome.RIGHT, (seed, verdict.message)


def test_the_packages_own_functions_do_not_pass_for_an_answer():
    own = {
        "allocate": "def allocate(drive, inhibition):\n    return el.allocate(drive, inhibition)",
        "recruitment_ratio": "def recruitment_ratio(engram, treated):\n"
        "    return el.recruitment_ratio(engram, treated)",
    }
    for name, source in own.items():
        source = f"import engramlab as el\n{source}\n"
        verdict = checks.item("05", name).check(function_of(source, name), seed=1)
        assert verdict.misconception == "calls the package's own model"


@pytest.mark.parametrize("seed", range(20))
def test_the_check_settles_as_the_model_does(seed):
    rng = np.random.default_rng(seed)
    drive, inhibition = rng.normal(1, 0.4, 60), float(rng.uniform(0, 15))
    drive[5:9] = drive[4]
    assert np.array_equal(settled(drive, inhibition), el.allocate(drive, inhibition))


def test_what_the_messages_say():
    def verdict(name, source):
        return checks.item("05", name).check(function_of(source, name), seed=3)

    one_more = verdict("allocate", allocate_with(k="wins.sum() + 1"))
    assert "30 cells, inhibition 1.2:" in one_more.message
    assert "not above" in one_more.message
    ratio = verdict("recruitment_ratio", ratio_with("float(mine) / float(others)"))
    assert "None of the others is in the engram. Your code stops there" in ratio.message


def test_the_size_that_is_called_right_is_where_the_curves_cross():
    """Newton's method alone leaps to and fro in about one network of a hundred."""
    exact = function_of(size_with(), "mean_field_size")
    networks = [_case(np.random.default_rng(seed)) for seed in range(300)]
    for network in [*networks, (14.0, 1.0, 0.29), (56.0, 1.0, 0.29), (0.0, 1.0, 2.0)]:
        assert _share(*network) == pytest.approx(exact(*network), abs=1e-9)
