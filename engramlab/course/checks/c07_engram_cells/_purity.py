"""The lesson's own check: `label_purity`."""

from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import Faces, agrees, apart, face_of, numbers, shape_of, show

Array = np.ndarray[Any, Any]

OTHER_QUESTION = "says which share of the engram is labelled"
BASE_RATE = "forgets that the others are many"
COUNTED_TWICE = "counts the engram among the others"
MISTAKES = "says which share is labelled by mistake"
HOW_MANY = "says how many, not which share"
OF_ALL = "says which share of all cells is labelled"
CAUGHT = "divides by all cells, not by the labelled"
RATIO = "compares the two kinds of labelled cells"
PERFECT = "takes every labelled cell for a cell of the engram"


def _examine_label_purity(ask: Ask, rng: np.random.Generator) -> None:
    for shape in ((), (), (7,), (25,)):
        case = _case(shape, rng)
        _judge(ask(*case), case)
    size, n_cells, efficiency, _ = _case((), rng)
    answer = ask(size, n_cells, efficiency, 0.0)
    if not agrees(numbers(answer, (), "The share without background"), 1.0):
        raise Wrong(
            None,
            "Without background, every labelled cell belongs to the engram: the share is 1; "
            f"yours is {show(answer)}.",
        )


def _case(shape: tuple[int, ...], rng: np.random.Generator) -> tuple[Any, ...]:
    """Return engrams and labels for which no two ideas give the same."""
    while True:
        n_cells = int(rng.integers(200, 800))
        size = int(rng.integers(n_cells // 12, n_cells // 5))
        efficiency = np.round(rng.uniform(0.15, 0.9, shape), 2)
        background = np.round(rng.uniform(0.02, 0.12, shape), 2)
        label = (efficiency, background) if shape else (float(efficiency), float(background))
        case = (size, n_cells, *label)
        if apart(_purity(*case), _faces(*case)):
            return case


def _purity(size: int, n_cells: int, efficiency: Any, background: Any) -> Any:
    return 1 / (1 + background * (n_cells - size) / (efficiency * size))


def _faces(size: int, n_cells: int, efficiency: Any, background: Any) -> Faces:
    hits, mistakes = efficiency * size, background * (n_cells - size)
    zero = 0 * hits
    return (
        (OTHER_QUESTION, efficiency),
        (BASE_RATE, efficiency / (efficiency + background)),
        (BASE_RATE, 1 - background + zero),
        (COUNTED_TWICE, hits / (hits + background * n_cells)),
        (MISTAKES, mistakes / (hits + mistakes)),
        (HOW_MANY, hits),
        (HOW_MANY, hits + mistakes),
        (OF_ALL, (hits + mistakes) / n_cells),
        (CAUGHT, hits / n_cells),
        (RATIO, hits / mistakes),
        (PERFECT, 1.0 + zero),
    )


def _judge(answer: Any, case: tuple[Any, ...]) -> None:
    size, n_cells, efficiency, background = case
    right = _purity(*case)
    if shape_of(answer) == np.shape(right):
        value = numbers(answer, np.shape(right), "The share").astype(float)
        if agrees(value, right):
            return
    name = face_of(answer, _faces(*case))
    if name is None:
        numbers(answer, np.shape(right), "The share")
    first = np.s_[:5]
    raise Wrong(
        name,
        f"With {size} of {n_cells} cells in the engram, efficiency "
        f"{show(np.ravel(efficiency)[first])} and background {show(np.ravel(background)[first])} "
        f"the share should be {show(np.round(np.ravel(right)[first], 4))}; yours is "
        f"{show(np.ravel(answer)[first])} (at most five are shown).",
    )


LABEL_PURITY = Item(
    name="a",
    lesson="07",
    title="How pure is the label?",
    statement="Return which share of the labelled cells belongs to the engram, on average (numbers "
    "or arrays).",
    signature="label_purity(engram_size, n_cells, efficiency, background)",
    points=0,
    hints=(
        "Count cells, first those of the engram that are labelled, then the others that are. Which "
        "share of the two together are the first?",
        "The engram gives `efficiency * engram_size` labelled cells, the other `n_cells - "
        "engram_size` cells give `background` times their number. Divide the first by the sum.",
    ),
    misconceptions={
        OTHER_QUESTION: "That is which share of the engram is labelled. Asked is the reverse: "
        "which share of the labelled cells is engram.",
        BASE_RATE: "The engram is small and the others are many: a small share of them is many "
        "cells. Multiply each share by the number of cells that it is a share of.",
        COUNTED_TWICE: "The background is a share of all *other* cells: `n_cells - engram_size`.",
        MISTAKES: "That is the share that was labelled by mistake. Asked is the rest.",
        HOW_MANY: "That is a number of cells. Divide the labelled cells of the engram by all that "
        "are labelled.",
        OF_ALL: "That is which share of all cells is labelled. Asked is which share of the "
        "labelled cells is engram.",
        CAUGHT: "Divide by the labelled cells, of the engram and others together, not by all "
        "cells.",
        RATIO: "That compares the two kinds. Divide the first by both together.",
        PERFECT: "Some other cells are labelled too, by background: they are labelled cells that "
        "are not engram.",
    },
    examine=_examine_label_purity,
    graded=False,
    solution="def label_purity(engram_size, n_cells, efficiency, background):\n"
    "    hits = efficiency * engram_size\n"
    "    return hits / (hits + background * (n_cells - engram_size))\n",
)
