"""Item 2: `matched_control`, judged by what has to hold of any draw."""

from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Outcome, Stopped, Wrong
from engramlab.course.checks._tools import numbers, shape_of, show
from engramlab.course.checks.c07_engram_cells._own_work import OWN_WORK

Array = np.ndarray[Any, Any]

SHARES, ALL_OTHERS, SAME, TWICE, CHANCE = (
    "may take cells of the engram",
    "takes all other cells",
    "returns the engram itself",
    "draws some cells twice",
    "as many on average only",
)
PLACES, BY_PLACE, OWN_SEED, OTHER_SOURCE = (
    "returns places, not a mask",
    "goes by place, not at random",
    "the same for every rng",
    "draws from another source",
)
TOO_FEW, OTHER_ERROR, TOO_STRICT, NO_CELL = (
    "says nothing where too few are left",
    "stops with another error",
    "refuses though enough are left",
    "has no answer for an engram without cells",
)
SPREAD = 6.0


def _examine_control(ask: Ask, rng: np.random.Generator) -> None:
    for n_cells, n_engram in ((30, 9), (60, 7), (400, 45)):
        engram = _engram(n_cells, n_engram, rng)
        _judge(ask(engram, _source(rng)), engram)
    _judge_source(ask, _engram(80, 20, rng), rng)
    _judge_draws(ask, rng)
    _judge_just_enough(ask, rng)
    _judge_none(ask, rng)
    _judge_too_few(ask, rng)


def _engram(n_cells: int, n_engram: int, rng: np.random.Generator) -> Array:
    engram = np.zeros(n_cells, dtype=bool)
    engram[rng.permutation(n_cells)[:n_engram]] = True
    return engram


def _source(rng: np.random.Generator) -> np.random.Generator:
    return np.random.default_rng(int(rng.integers(2**32)))


def _judge(answer: Any, engram: Array) -> Array:
    """Judge one draw: a mask of as many cells, none of them in the engram."""
    control = _mask(answer, engram)
    n, found, shared = int(engram.sum()), int(control.sum()), int((control & engram).sum())
    if found == n and not shared:
        return control
    name = None
    if np.array_equal(control, engram):
        name = SAME
    elif np.array_equal(control, ~engram):
        name = ALL_OTHERS
    elif shared:
        name = SHARES
    elif found:
        name = CHANCE if found > n else TWICE
    raise Wrong(
        name,
        f"Of {engram.size} cells {n} are in the engram. The control should be {n} others; yours "
        f"has {found} cells, {shared} of them in the engram.",
    )


def _mask(answer: Any, engram: Array) -> Array:
    n = int(engram.sum())
    if shape_of(answer) == (n,) != engram.shape:
        value = numbers(answer, (n,), "The control")
        if value.dtype.kind in "iuf" and np.isin(value, np.arange(engram.size)).all():
            raise Wrong(
                PLACES,
                f"The control should be a mask of {engram.size} cells; yours holds {n} whole "
                f"numbers: {show(value[:8])}.",
            )
    value = numbers(answer, engram.shape, "The control")
    if not np.isin(value, (0, 1)).all():
        raise Wrong(None, f"The control should be True and False; it is {show(answer)}.")
    return np.asarray(value, dtype=bool)


def _judge_source(ask: Ask, engram: Array, rng: np.random.Generator) -> None:
    """Equal Generators draw the same, others something else."""
    seed = int(rng.integers(2**32))
    one, again, *others = (
        _judge(ask(engram, np.random.default_rng(each)), engram)
        for each in (seed, seed, seed + 1, seed + 2)
    )
    if all(np.array_equal(one, other) for other in others):
        free = np.flatnonzero(~engram)
        by_place = [free[: engram.sum()], free[-int(engram.sum()) :]]
        ends = any(np.array_equal(np.flatnonzero(one), end) for end in by_place)
        raise Wrong(
            BY_PLACE if ends else OWN_SEED,
            "Three different Generators give the very same control"
            + (", the first or the last of the other cells." if ends else "."),
        )
    if not np.array_equal(one, again):
        raise Wrong(OTHER_SOURCE, "Two equal Generators should give the same control.")


def _judge_draws(ask: Ask, rng: np.random.Generator) -> None:
    """Over many draws, each of the other cells is taken about as often."""
    n_cells, n_engram, n_draws = 24, 6, 200
    engram, source = _engram(n_cells, n_engram, rng), _source(rng)
    seeds = source.integers(2**32, size=n_draws)
    total = np.zeros(n_cells)
    for answer in ask.each((engram, np.random.default_rng(int(seed))) for seed in seeds):
        total += _judge(answer, engram)
    chance = n_engram / (n_cells - n_engram)
    spread = np.sqrt(n_draws * chance * (1 - chance))
    count = total[~engram]
    if np.abs(count - n_draws * chance).max() > SPREAD * spread:
        raise Wrong(
            BY_PLACE,
            f"In {n_draws} draws each of the {n_cells - n_engram} other cells should be taken "
            f"about {n_draws * chance:.0f} times; yours are taken {count.min():.0f} to "
            f"{count.max():.0f} times.",
        )


def _judge_just_enough(ask: Ask, rng: np.random.Generator) -> None:
    engram = _engram(12, 6, rng)
    where = "The engram has 6 of 12 cells, so that just enough others are left."
    answer = ask.at_edge(TOO_STRICT, where, engram, _source(rng))
    _judge(answer, engram)


def _judge_none(ask: Ask, rng: np.random.Generator) -> None:
    engram = np.zeros(10, dtype=bool)
    answer = ask.at_edge(NO_CELL, "The engram has no cell.", engram, _source(rng))
    if _mask(answer, engram).any():
        raise Wrong(NO_CELL, "The engram has no cell; the control should have none either.")


def _judge_too_few(ask: Ask, rng: np.random.Generator) -> None:
    """More than half of the cells are in the engram: a ValueError is asked for."""
    for n_cells, n_engram in ((12, 7), (20, 18), (5, 5)):
        engram = _engram(n_cells, n_engram, rng)
        told = f"The engram has {n_engram} of {n_cells} cells; only {n_cells - n_engram} are left. "
        try:
            answer = ask(engram, _source(rng))
        except Stopped as stop:
            if stop.outcome is not Outcome.ERROR:
                raise
            if "ValueError" not in stop.kinds:
                text = f"{told}Your code stops with another error there: {stop.message}."
                raise Wrong(OTHER_ERROR, text) from None
        except Wrong as wrong:
            if wrong.misconception != "returns nothing":
                raise
            raise Wrong(TOO_FEW, f"{told}Your function returns None there.") from None
        else:
            raise Wrong(TOO_FEW, f"{told}Your function returns {show(answer)} as control.")


MATCHED_CONTROL = Item(
    name="matched_control",
    lesson="07",
    title="A matched control",
    statement="Return a mask of as many cells as the engram has, drawn at random from the others; "
    "raise ValueError where too few are left.",
    signature="matched_control(engram, rng)",
    points=3,
    hints=(
        "Which places of the array are not in the engram? Draw as many of them as the engram has "
        "cells, none twice. The answer is a mask again.",
        "`others = np.flatnonzero(~engram)` are the places. `rng.choice(others, engram.sum(), "
        "replace=False)` draws without repeats, and raises ValueError by itself where too few are "
        "left. Set these places of `np.zeros(engram.size, dtype=bool)` to True.",
    ),
    misconceptions={
        SHARES: "Some cells of the engram are in your control. Then it contains part of what it "
        "should be without: draw from `~engram` only.",
        ALL_OTHERS: "Those are all other cells. A control that is larger than the engram differs "
        "in two things: draw as many as the engram has.",
        SAME: "That is the engram. A control is made of other cells.",
        TWICE: "The control is too small: some cells were drawn more than once. Draw without "
        "repeats, `replace=False`.",
        CHANCE: "The number of cells is right on average only, or not at all. It should be exactly "
        "that of the engram, in every draw.",
        PLACES: "Those are the places of the cells. Return a mask, True there and False elsewhere.",
        BY_PLACE: "Some cells are preferred by their place. Neighbours may have something in "
        "common: draw with `rng`, each of the others with the same chance.",
        OWN_SEED: "Another `rng` has to give other cells. Draw with the `rng` that is handed over, "
        "and do not seed one of your own.",
        OTHER_SOURCE: "All that is random has to come from the `rng` that is handed over, so that "
        "a run can be repeated.",
        TOO_FEW: "Where fewer other cells are left than needed there is no matched control. A "
        "smaller one would pass unseen: `raise ValueError(...)`.",
        OTHER_ERROR: "The conventions ask for a ValueError: `raise ValueError(...)`. `assert` and "
        "an index out of range give other errors.",
        TOO_STRICT: "An engram of exactly half of the cells leaves just enough others: refuse only "
        "where *fewer* are left.",
        NO_CELL: "An engram without cells has a control without cells: a mask of False.",
    },
    examine=_examine_control,
    own_work=OWN_WORK,
)
