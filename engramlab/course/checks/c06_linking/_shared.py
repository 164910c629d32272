"""The lesson's own check: `shared_by_chance`."""

from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import Faces, agrees, apart, judge, numbers, show

Array = np.ndarray[Any, Any]


def _examine_shared_by_chance(ask: Ask, rng: np.random.Generator) -> None:
    for shape in ((), (5,), ()):
        size_a, size_b, n_cells = _case(shape, rng)
        judge(
            ask(size_a, size_b, n_cells),
            _shared(size_a, size_b, n_cells),
            _faces(size_a, size_b, n_cells),
            what="The number of cells",
            told=f"Engrams of {show(size_a)} and {show(size_b)} cells out of {n_cells} share "
            f"{show(_shared(size_a, size_b, n_cells))} by chance; yours says",
        )
    answer = ask(0, 30, 100)
    if not agrees(numbers(answer, (), "The number of cells").astype(float), 0.0):
        raise Wrong(None, f"An engram without a cell shares none; yours says {show(answer)}.")


def _case(shape: tuple[int, ...], rng: np.random.Generator) -> tuple[Any, Any, int]:
    """Return sizes for which no two ideas agree: numbers, or arrays with one entry a pair."""
    while True:
        n_cells = int(rng.integers(80, 1000))
        size_a, size_b = rng.integers(n_cells // 20, n_cells // 3, (2, *shape))
        if not shape:
            size_a, size_b = int(size_a), int(size_b)
        right = _shared(size_a, size_b, n_cells)
        fractional = np.abs(right - np.round(right)) > 0.02
        if np.all(fractional) and apart(right, _faces(size_a, size_b, n_cells)):
            return size_a, size_b, n_cells


def _shared(size_a: Any, size_b: Any, n_cells: int) -> Any:
    """Return the mean over draws, cell by cell of A: each is in B with the share of B's cells."""
    return np.asarray(size_a) * (np.asarray(size_b) / n_cells)


def _faces(size_a: Any, size_b: Any, n: int) -> Faces:
    a, b = np.asarray(size_a, dtype=float), np.asarray(size_b, dtype=float)
    return (
        ("returns the chance overlap, not cells", np.sqrt(a * b) / n),
        ("returns a share of all cells", a * b / n**2),
        ("forgets how many cells there are", a * b),
        ("forgets how many cells there are", np.sqrt(a * b)),
        ("adds the sizes", (a + b) / n),
        ("adds the sizes", (a + b) / 2),
        ("looks at one engram only", a / n),
        ("looks at one engram only", b / n),
        ("takes the most that they could share", np.minimum(a, b)),
        ("says that chance shares nothing", np.zeros(a.shape)),
        ("rounds to whole cells", np.round(a * b / n)),
        ("rounds to whole cells", np.floor(a * b / n)),
    )


SHARED_BY_CHANCE = Item(
    name="a",
    lesson="06",
    title="Shared by chance",
    statement="Return how many cells two engrams of these sizes share on average if both are drawn "
    "by lot (numbers or arrays).",
    signature="shared_by_chance(size_a, size_b, n_cells)",
    points=0,
    hints=(
        "Take one cell of A. With which probability is it in B too? How many cells of A are there?",
        "A cell is in B with probability `size_b / n_cells`. Multiply by the number of A's cells.",
    ),
    misconceptions={
        "returns the chance overlap, not cells": "That is the chance overlap. Asked is a number of "
        "cells: no root.",
        "returns a share of all cells": "That is a share of all cells. Multiply it by how many "
        "there are.",
        "forgets how many cells there are": "The more cells there are, the fewer are shared by "
        "chance: `n_cells` has to come in.",
        "adds the sizes": "A shared cell is in A *and* in B: the shares multiply.",
        "looks at one engram only": "Both sizes count: twice as large an engram, A or B, shares "
        "twice as many.",
        "takes the most that they could share": "That is the most that they can share. By lot only "
        "a part of A's cells is in B.",
        "says that chance shares nothing": "Two engrams drawn by lot share some cells. How likely "
        "is one cell of A to be in B too?",
        "rounds to whole cells": "On average it may be part of a cell: do not round.",
    },
    examine=_examine_shared_by_chance,
    graded=False,
    solution="def shared_by_chance(size_a, size_b, n_cells):\n"
    "    return size_a * size_b / n_cells\n",
)
