"""The lesson's own check: `threshold_of`."""

from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._tools import Faces, apart, judge

Array = np.ndarray[Any, Any]


def _examine_threshold_of(ask: Ask, rng: np.random.Generator) -> None:
    for n_cells in (5, 40, 400):
        active, inhibition = _case(n_cells, rng)
        right = inhibition * float(np.count_nonzero(active)) / n_cells
        judge(
            ask(active, inhibition),
            right,
            _faces(active, inhibition),
            what="The threshold",
            told=f"{active.sum()} of {n_cells} cells are active and the inhibition is "
            f"{inhibition:g}: the threshold should be {right:.6g}; yours is",
        )


def _case(n_cells: int, rng: np.random.Generator) -> tuple[Array, float]:
    """Return active cells and an inhibition for which no two ideas agree."""
    while True:
        active = rng.permutation(np.arange(n_cells) < max(2, n_cells // int(rng.integers(4, 9))))
        inhibition = round(float(rng.uniform(3, 20)), 1)
        if apart(inhibition * float(active.mean()), _faces(active, inhibition)):
            return active, inhibition


def _faces(active: Array, inhibition: float) -> Faces:
    share = float(active.mean())
    return (
        ("counts cells instead of the share", inhibition * float(active.sum())),
        ("divides by the share", inhibition / share),
        ("turns the division round", share / inhibition),
        ("takes the silent cells", inhibition * (1 - share)),
        ("forgets the inhibition", share),
        ("the threshold does not feel the cells", inhibition),
        ("one threshold for each cell", inhibition * active),
    )


THRESHOLD_OF = Item(
    name="a",
    lesson="05",
    title="The threshold that they make",
    statement="Return the threshold that these active cells bring about: inhibition times the "
    "share of cells active.",
    signature="threshold_of(active, inhibition)",
    points=0,
    hints=(
        "Which part of all cells is active? The threshold is that share times the inhibition.",
        "`np.mean` of a mask of True and False is the share of True.",
    ),
    misconceptions={
        "counts cells instead of the share": "That is the number of cells. Divide by how many "
        "there are: `np.mean` instead of `np.sum`.",
        "divides by the share": "More active cells bring a *higher* threshold: multiply.",
        "turns the division round": "Nothing is divided by the inhibition: multiply by it.",
        "takes the silent cells": "Active cells drive the interneurons, silent ones do not.",
        "forgets the inhibition": "That is the share. Multiply it by `inhibition`.",
        "the threshold does not feel the cells": "That is the threshold if all cells were active. "
        "Here a part of them is.",
        "one threshold for each cell": "All cells feel the same threshold: return one number.",
    },
    examine=_examine_threshold_of,
    graded=False,
    solution="def threshold_of(active, inhibition):\n    return inhibition * np.mean(active)\n",
)
