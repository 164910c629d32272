"""Item 2: `engram_overlap`."""

from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import Faces, agrees, apart, judge, numbers, show
from engramlab.course.checks.c06_linking._masks import by_lot, counts, overlap, pair, told
from engramlab.course.checks.c06_linking._own_work import OWN_WORK

Array = np.ndarray[Any, Any]

EMPTY = "has no answer for an empty engram"


def _examine_engram_overlap(ask: Ask, rng: np.random.Generator) -> None:
    for n_cells in (20, 60, 400):
        a, b = _case(n_cells, rng)
        judge(
            ask(a, b),
            overlap(a, b),
            _faces(a, b),
            what="The overlap",
            told=f"{told(a, b)} The overlap should be {overlap(a, b):.6g}; yours is",
        )
    _judge_edges(ask, rng)


def _judge_edges(ask: Ask, rng: np.random.Generator) -> None:
    """The same cells, none of the same, and engrams without a cell."""
    n_cells = 24
    one = rng.permutation(np.arange(n_cells) < int(rng.integers(4, 9)))
    none = np.zeros(n_cells, dtype=bool)
    for a, b, right in ((one, one.copy(), 1.0), (one, ~one, 0.0)):
        answer = ask(a, b)
        if not agrees(numbers(answer, (), "The overlap").astype(float), right):
            raise Wrong(
                None, f"{told(a, b)} The overlap should be {right:g}; yours is {show(answer)}."
            )
    for a, b in ((one, none), (none, one), (none, none.copy())):
        answer = ask.at_edge(EMPTY, told(a, b), a, b)
        if not agrees(numbers(answer, (), "The overlap").astype(float), 0.0):
            raise Wrong(EMPTY, f"{told(a, b)} The overlap should be 0; yours is {show(answer)}.")


def _case(n_cells: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Return two engrams for which no two ideas agree."""
    while True:
        a, b = pair(n_cells, rng)
        if apart(overlap(a, b), _faces(a, b)):
            return a, b


def _faces(a: Array, b: Array) -> Faces:
    size_a, size_b, shared = counts(a, b)
    n, right = a.size, overlap(a, b)
    together = size_a + size_b - shared
    return (
        ("divides by the mean size", 2 * shared / (size_a + size_b)),
        ("divides by all cells of either engram", shared / together),
        ("divides by all cells", shared / n),
        ("divides by one size only", shared / size_a),
        ("divides by one size only", shared / size_b),
        ("divides by the product, without the root", shared / (size_a * size_b)),
        ("divides by the sum of the sizes", shared / (size_a + size_b)),
        ("returns the number of shared cells", shared),
        ("silent in both counts as shared", float((a == b).mean())),
        ("silent in both counts as shared", (n - together + shared) / (size_a * size_b) ** 0.5),
        ("takes chance away", right - by_lot(a, b)),
        ("returns chance, not the overlap", by_lot(a, b)),
        ("a cell of either counts as shared", together / (size_a * size_b) ** 0.5),
        ("takes the root of everything", right**0.5),
        ("answers in per cent", 100 * right),
        ("returns the shared cells, not their share", a & b),
    )


ENGRAM_OVERLAP = Item(
    name="engram_overlap",
    lesson="06",
    title="What two engrams share",
    statement="Return the overlap of two engrams: shared cells over the root of the product of the "
    "two sizes; 0 where an engram is empty.",
    signature="engram_overlap(a, b)",
    points=4,
    hints=(
        "Three numbers are needed: how many cells are in both, in `a` and in `b`. For masks of "
        "True and False each is a sum.",
        "`(a & b).sum()` counts the cells of both. Divide by `np.sqrt(a.sum() * b.sum())`, but "
        "first ask whether that is 0.",
    ),
    misconceptions={
        "divides by the mean size": "You divide by the mean of the two sizes. With unequal sizes "
        "the root of their product is smaller.",
        "divides by all cells of either engram": "You divide by the cells of `a` or `b` together. "
        "That is another measure (Jaccard's): for engrams of equal size, half of which is shared, "
        "it gives a third.",
        "divides by all cells": "You divide by all cells. Then small engrams overlap little even "
        "where they are the same cells.",
        "divides by one size only": "You divide by the size of one engram. The overlap must not "
        "depend on which of the two comes first: take the root of the product.",
        "divides by the product, without the root": "The product of the sizes is right; take its "
        "root, so that engrams of the same cells give 1.",
        "divides by the sum of the sizes": "Engrams of the same cells should give 1; yours gives "
        "a half. Divide by the root of the product of the sizes, not by their sum.",
        "returns the number of shared cells": "That is how many cells are shared. Divide, so that "
        "large and small engrams can be compared.",
        "silent in both counts as shared": "Most cells are in neither engram. Shared are only "
        "those in both: `a & b`, not `a == b`.",
        "takes chance away": "That is what item 3 is about. Here the plain overlap is asked for.",
        "returns chance, not the overlap": "That is what chance gives for engrams of these sizes. "
        "Which cells do these two really share?",
        "a cell of either counts as shared": "`a | b` are the cells of either engram. Shared are "
        "those in both, `a & b`.",
        "takes the root of everything": "The root is of the product of the sizes only, not of the "
        "shared cells.",
        "answers in per cent": "Return a number from 0 to 1.",
        "returns the shared cells, not their share": "This is the mask of the shared cells. Count "
        "them and divide.",
        EMPTY: "Nothing can be shared with an engram without cells, and dividing by 0 gives no "
        "number: return 0 first where a size is 0.",
    },
    examine=_examine_engram_overlap,
    own_work=OWN_WORK,
)
