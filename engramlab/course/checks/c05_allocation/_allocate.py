"""Item 2: `allocate`."""

from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import Faces, face_of, numbers, shape_of, show
from engramlab.course.checks.c05_allocation._own_work import OWN_WORK

Array = np.ndarray[Any, Any]

BOTH_OF_EQUAL = "takes all cells of equal drive"
LAST_OF_EQUAL = "of equal cells the last comes first"
AT_THE_THRESHOLD = "takes a cell that is just at the threshold"
NONE = "has no answer where no cell wins"
ONE_MORE = "takes one cell more than the threshold allows"
ALL = "has no answer where all cells win"


def _examine_allocate(ask: Ask, rng: np.random.Generator) -> None:
    drive = _drive(30, 1.2, rng, apart=True)  # with much inhibition many ideas find no winner
    _judge(ask(drive, 1.2), drive, 1.2)
    for n_cells, inhibition in ((6, 2.0), (50, 7.0), (400, 14.0)):
        drive = _drive(n_cells, inhibition, rng)
        _judge(ask(drive, inhibition), drive, inhibition)
    _at_edges(ask, rng)


def _at_edges(ask: Ask, rng: np.random.Generator) -> None:
    low = rng.uniform(0.1, 0.9, 8)
    low[[1, 4, 6]] = 1.3  # two of three equal cells have room
    _edge(ask, low, 4.0, [1, 4], {BOTH_OF_EQUAL: [1, 4, 6], LAST_OF_EQUAL: [4, 6]},
          "Three cells share the largest drive, and there is room for two.")  # fmt: skip
    tie = rng.uniform(0.1, 0.4, 8)
    tie[[2, 5]] = 1.5, 1.0
    where = "With two active cells the threshold would be 1, the second cell's very drive."
    _edge(ask, tie, 4.0, [2], {AT_THE_THRESHOLD: [2, 5]}, where)
    quiet = -rng.uniform(0.1, 0.9, 8)
    _edge(ask, quiet, 4.0, [], {NONE: [int(np.argmax(quiet))]}, "No drive is above 0.", NONE)
    lively = rng.uniform(1.0, 2.0, 8)
    _edge(ask, lively, 0.5, list(range(8)), {}, "With all cells active the threshold is 0.5, "
          "and each drive is above it.", ALL)  # fmt: skip


def _edge(
    ask: Ask,
    drive: Array,
    inhibition: float,
    winners: list[int],
    faces: dict[str, list[int]],
    where: str,
    stops: str | None = None,
) -> None:
    """Judge an answer at an edge; an error there is the mistake `stops`, if that has a name."""
    answer = ask.at_edge(stops, where, drive, inhibition) if stops else ask(drive, inhibition)
    value = numbers(answer, drive.shape, "The mask").astype(float)
    right = np.isin(np.arange(drive.size), winners)
    if np.array_equal(value, right):
        return
    fits = (n for n, cells in faces.items() if set(np.flatnonzero(value)) == set(cells))
    raise Wrong(
        next(fits, stops),
        f"{where} Drives {show(drive.round(2))} and inhibition {inhibition:g}: the cells with "
        f"index {winners} win; yours are {np.flatnonzero(value).tolist()}.",
    )


def _drive(n_cells: int, inhibition: float, rng: np.random.Generator, apart: bool = False) -> Array:
    """Return drives where no idea finds the right cells; `apart`: and no two find the same."""
    while True:
        typical = float(rng.uniform(0.7, 1.4))
        drive = rng.normal(typical, 0.3 * typical, n_cells)
        drive[int(rng.integers(n_cells))] *= -0.2
        right = settled(drive, inhibition)
        named = [("", right), *_faces(drive, inhibition)]
        some = named if apart else named[:1]
        same = any(
            one != other and np.shape(a) == np.shape(b) and np.array_equal(a, b)
            for k, (one, a) in enumerate(some)
            for other, b in named[k + 1 :]
        )
        if 1 < right.sum() < n_cells - 1 and not same:
            return drive


def settled(drive: Array, inhibition: float) -> Array:
    """Return who wins, found by letting in the strongest cell that is left, one after the other."""
    active = np.zeros(drive.size, dtype=bool)
    for n_active, cell in enumerate(sorted(range(drive.size), key=lambda i: -drive[i]), start=1):
        if drive[cell] > inhibition * n_active / drive.size:
            active[cell] = True
    return active


def _first(drive: Array, k: int) -> Array:
    return np.isin(np.arange(drive.size), np.argsort(-drive, kind="stable")[: max(k, 0)])


def _faces(drive: Array, inhibition: float) -> Faces:
    n = drive.size
    down = np.sort(drive)[::-1]
    right = settled(drive, inhibition)
    k = int(right.sum())
    counted = int((down > inhibition * np.arange(1, n + 1)).sum())
    return (
        ("takes the inhibition for the threshold", drive > inhibition),
        ("counts cells instead of the share", _first(drive, counted)),
        ("the threshold follows the drive, not the active cells",
         drive > inhibition * drive.mean()),
        (ONE_MORE, _first(drive, k + 1)),
        ("leaves the last winner out", _first(drive, k - 1)),
        ("asks once and does not wait for the crossing", drive > 0),
        ("asks once and does not wait for the crossing", np.zeros(n, dtype=bool)),
        ("asks once and does not wait for the crossing",
         drive > inhibition * (drive > drive.mean()).mean()),
        ("commands a number of winners", _first(drive, max(1, round(0.1 * n)))),
        ("the weakest cells win", _first(-drive, k)),
        ("returns the losers", ~right),
        ("returns the mask in the order of drive", np.arange(n) < k),
        ("returns indices, not a mask", np.flatnonzero(right)),
        ("returns indices, not a mask", np.argsort(-drive, kind="stable")[:k]),
        ("returns the threshold", inhibition * k / n),
        ("returns the number of winners", k),
        ("returns the number of winners", k / n),
        ("returns drives, not a mask", np.where(right, drive, 0)),
        ("returns drives, not a mask", drive[right]),
        ("returns drives, not a mask", down[:k]),
    )  # fmt: skip


def _judge(answer: Any, drive: Array, inhibition: float) -> None:
    right = settled(drive, inhibition)
    if shape_of(answer) == right.shape:
        value = numbers(answer, right.shape, "The mask").astype(float)
        if np.array_equal(value, right):
            return
    name = face_of(answer, _faces(drive, inhibition))
    if name is None and shape_of(answer) != right.shape:
        numbers(answer, right.shape, "The mask")
    k = int(right.sum())
    edge = np.sort(drive)[::-1]
    raise Wrong(
        name,
        f"{drive.size} cells, inhibition {inhibition:g}: {k} win. Number {k} has the drive "
        f"{edge[k - 1]:.4g}, above {inhibition * k / drive.size:.4g}; number {k + 1} has "
        f"{edge[k]:.4g}, not above {inhibition * (k + 1) / drive.size:.4g}. Yours says "
        f"{show(answer)}.",
    )


ALLOCATE = Item(
    name="allocate",
    lesson="05",
    title="Who wins",
    statement="Return which cells are active where threshold and activity agree: k cells, with k "
    "the largest number for which the k-th strongest drive is above inhibition x k / n_cells.",
    signature="allocate(drive, inhibition)",
    points=4,
    hints=(
        "Put the cells in the order of their drive, the strongest first. If the first k were "
        "active, which threshold would that bring about? Ask for each k whether the k-th cell "
        "is above it.",
        '`order = np.argsort(-drive, kind="stable")` gives the strongest first, and of equal ones '
        "the first. `drive[order] > inhibition * np.arange(1, n + 1) / n` is True for the first k "
        "and then False. Put True at these cells of a mask of False.",
    ),
    misconceptions={
        "takes the inhibition for the threshold": "`inhibition` is the threshold only if all cells "
        "were active. The threshold is inhibition times the share of cells active.",
        "counts cells instead of the share": "The threshold rises with the *share* of active "
        "cells: divide their number by the number of cells.",
        "the threshold follows the drive, not the active cells": "Interneurons hear active cells, "
        "not drives: the threshold is inhibition times the share of cells *above it*.",
        ONE_MORE: "You take one cell too many: with it active, the threshold is above its own "
        "drive. The k-th cell has to pass the threshold that k cells make, itself among them.",
        "leaves the last winner out": "You take one cell too few: the next one is above the "
        "threshold even with itself among the active ones. Does the count start at 1?",
        "asks once and does not wait for the crossing": "The cells that you find would make "
        "another threshold, and asking again and again only swings between many and few. Look for "
        "the number at which both agree.",
        "commands a number of winners": "Nobody commands the number of winners: it follows from "
        "inhibition. Find the k at which drive and threshold agree.",
        "the weakest cells win": "You sort from weak to strong, so the weakest win. `-drive` "
        "turns the order.",
        "returns the losers": "True is for the cells that are active, False for the others.",
        "returns the mask in the order of drive": "Your mask is in the order of drive, strongest "
        "first. Put it back: each cell has to keep its own place.",
        "returns indices, not a mask": "These are the numbers of the cells. Return a mask: True or "
        "False for each cell.",
        "returns the threshold": "That is the threshold. Who is active?",
        "returns the number of winners": "That is how many. The question is which ones: a mask.",
        "returns drives, not a mask": "Return True or False for each cell, not its drive.",
        BOTH_OF_EQUAL: "Cells of equal drive do not all fit in. Take them one after the other, "
        "the lowest index first.",
        LAST_OF_EQUAL: 'Of equal drives the lowest index comes first. Sort with `kind="stable"` '
        "on `-drive`; reversing an ascending order turns ties round.",
        AT_THE_THRESHOLD: "A drive of exactly the threshold is not above it: `>`, not `>=`.",
        NONE: "If no drive is above its threshold, no cell wins: a mask of False.",
        ALL: "With little inhibition all cells may win. Nothing needs to fail for the search to "
        "end: count the cells that pass.",
    },
    examine=_examine_allocate,
    own_work=OWN_WORK,
)
