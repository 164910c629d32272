"""Item 3: `overlap_above_chance`."""

from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import Faces, agrees, apart, judge, numbers, show
from engramlab.course.checks.c06_linking._masks import by_lot, counts, overlap, pair, told
from engramlab.course.checks.c06_linking._own_work import OWN_WORK

Array = np.ndarray[Any, Any]

NEGATIVE = "never below 0"
EMPTY = "has no answer for an empty engram"
FULL = "has no answer where chance is 1"


def _examine_overlap_above_chance(ask: Ask, rng: np.random.Generator) -> None:
    for n_cells in (25, 60, 400):
        a, b = _case(n_cells, rng)
        _judge(ask, a, b)
    a, b = _apart(40, rng)
    _judge(ask, a, b)
    _judge_edges(ask, rng)


def _judge(ask: Ask, a: Array, b: Array) -> None:
    judge(
        ask(a, b),
        _above(a, b),
        _faces(a, b),
        what="The overlap above chance",
        told=f"{told(a, b)} The overlap is {overlap(a, b):.4g} and chance {by_lot(a, b):.4g}: "
        f"it should be {_above(a, b):.6g}; yours is",
    )


def _judge_edges(ask: Ask, rng: np.random.Generator) -> None:
    """The same cells, an engram without a cell, and engrams of all cells."""
    n_cells = 16
    one = rng.permutation(np.arange(n_cells) < int(rng.integers(4, 7)))
    none, full = np.zeros(n_cells, dtype=bool), np.ones(n_cells, dtype=bool)
    for a, b, right, name in (
        (one, one.copy(), 1.0, None),
        (one, none, 0.0, EMPTY),
        (none, one, 0.0, EMPTY),
        (none, none.copy(), 0.0, EMPTY),
        (full, full.copy(), 0.0, FULL),
    ):
        answer = ask.at_edge(name, told(a, b), a, b) if name else ask(a, b)
        if not agrees(numbers(answer, (), "The overlap above chance").astype(float), right):
            raise Wrong(name, f"{told(a, b)} It should be {right:g}; yours is {show(answer)}.")


def _case(n_cells: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Return two engrams that share more than chance, for which no two ideas agree."""
    while True:
        a, b = pair(n_cells, rng)
        if _above(a, b) > 0.02 and apart(_above(a, b), _faces(a, b)):
            return a, b


def _apart(n_cells: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Return two engrams that share less than chance."""
    while True:
        a, b = pair(n_cells, rng)
        if _above(a, b) < -0.02 and apart(_above(a, b), _faces(a, b)):
            return a, b


def _above(a: Array, b: Array) -> float:
    chance = by_lot(a, b)
    return (overlap(a, b) - chance) / (1 - chance)


def _faces(a: Array, b: Array) -> Faces:
    size_a, size_b, shared = counts(a, b)
    n, o, chance = a.size, overlap(a, b), by_lot(a, b)
    either = shared / (size_a + size_b - shared)
    mean = (size_a + size_b) / 2

    def scaled(x: float, c: float) -> float:
        return (x - c) / (1 - c)

    faces: list[tuple[str, Any]] = [
        ("does not ask what chance gives", o),
        ("returns chance", chance),
        ("subtracts chance and does not rescale", o - chance),
        ("divides by chance", o / chance),
        ("divides by chance", o / chance - 1),
        ("turns the scale round", scaled(chance, o)),
        ("chance as the product of the shares", scaled(o, size_a * size_b / n**2)),
        ("takes one chance for all engrams", scaled(o, 0.1)),
        ("chance from the mean size", scaled(o, mean / n)),
        ("chance from one size only", scaled(o, size_a / n)),
        ("chance from one size only", scaled(o, size_b / n)),
        ("chance in cells, not as an overlap", scaled(o, size_a * size_b / n)),
        ("starts from another overlap", scaled(shared / mean, chance)),
        ("starts from another overlap", scaled(either, chance)),
        ("starts from another overlap", scaled(shared / n, chance)),
        ("starts from another overlap", scaled(shared / size_a, chance)),
        ("starts from another overlap", scaled(shared / size_b, chance)),
        ("counts cells above chance", shared - size_a * size_b / n),
        ("1 - chance stands in the wrong place", o - chance / (1 - chance)),
        ("1 - chance stands in the wrong place", (o - chance) * (1 - chance)),
        ("1 - chance stands in the wrong place", o - chance / 1 - chance),
        ("answers in per cent", 100 * scaled(o, chance)),
    ]
    if o < chance:
        faces += [(NEGATIVE, 0.0), (NEGATIVE, -scaled(o, chance))]
    else:
        faces.append(("turns the scale round", -scaled(o, chance)))
    return faces


OVERLAP_ABOVE_CHANCE = Item(
    name="overlap_above_chance",
    lesson="06",
    title="The overlap above chance",
    statement="Return the overlap of two engrams on a scale where chance is 0 and the same cells "
    "are 1: (o - chance) / (1 - chance); below 0 for less than chance.",
    signature="overlap_above_chance(a, b)",
    points=3,
    hints=(
        "Two numbers are needed: the overlap and its chance, the root of the product of the sizes "
        "over the number of cells. Then the rest above chance, as a part of what could be above.",
        "`size = np.sqrt(a.sum() * b.sum())` serves twice: `(a & b).sum() / size` is the overlap, "
        "`size / a.size` is chance. Ask first whether `size` is 0, or chance 1.",
    ),
    misconceptions={
        "does not ask what chance gives": "That is the overlap itself. How much of it would two "
        "engrams drawn by lot have?",
        "returns chance": "That is what chance gives. How far does the overlap lie above it?",
        "subtracts chance and does not rescale": "The same cells should give 1, and yours do not. "
        "Divide by what is left above chance, `1 - chance`.",
        "divides by chance": "That is how many times chance it is (or how many times more). Its "
        "largest value depends on the sizes. Take the difference, then divide by `1 - chance`.",
        "turns the scale round": "Overlap and chance have changed places.",
        "chance as the product of the shares": "The product of the two shares is how many of *all* "
        "cells would be shared. Chance is an overlap too: divided by the sizes as well it is the "
        "root of their product over the number of cells.",
        "takes one chance for all engrams": "0.1 is chance in the lesson, for engrams of a tenth "
        "of all cells. Work it out from the sizes of these two.",
        "chance from the mean size": "Chance, too, is made with the root of the product of the "
        "sizes, not with their mean.",
        "chance from one size only": "Chance depends on both sizes: the root of their product over "
        "the number of cells.",
        "chance in cells, not as an overlap": "That is how many cells are shared by chance. To "
        "compare it with an overlap, divide it by the root of the product of the sizes.",
        "starts from another overlap": "The overlap is the shared cells over the root of the "
        "product of the sizes, as in item 2.",
        "counts cells above chance": "That is a number of cells. Give it on the scale from chance, "
        "0, to the same cells, 1.",
        "1 - chance stands in the wrong place": "The whole difference is divided: "
        "`(overlap - chance) / (1 - chance)`, with both brackets.",
        NEGATIVE: "Engrams can share *less* than chance, as if they avoided each other. Then it is "
        "below 0: no `max`, no `abs`.",
        "answers in per cent": "Return a number; the same cells give 1.",
        EMPTY: "An engram without cells has nothing to share: return 0 first where a size is 0.",
        FULL: "If both engrams hold all cells, chance is 1 and nothing can be above it: return 0 "
        "before you divide by `1 - chance`.",
    },
    examine=_examine_overlap_above_chance,
    own_work=OWN_WORK,
)
