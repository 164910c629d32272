"""Item 2: `replay`."""

from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import (
    Faces,
    agrees,
    apart,
    face_of,
    numbers,
    remembered,
    shape_of,
    show,
    within,
)
from engramlab.course.checks.c12_consolidation._own_work import OWN_WORK

Array = np.ndarray[Any, Any]
Case = tuple[Array, Array, Array, Array]


def _examine_replay(ask: Ask, rng: np.random.Generator) -> None:
    # As many cells as units first: there, exchanged axes are no error but an idea with a name.
    for n_cells, n_units in ((6, 6), (5, 9), (40, 12)):
        case = _case(n_cells, n_units, rng)
        _judge(ask(*case), case)
    w, pattern, active, eta = case
    for still in ((w, ~pattern & pattern, active, eta), (w, pattern, ~active & active, eta)):
        _judge(ask(*still), still, named=False)


@remembered
def _case(n_cells: int, n_units: int, rng: np.random.Generator) -> Case:
    """Return synapses, of which some are at 0, for which no two ideas agree."""
    while True:
        w = rng.uniform(0.05, 0.9, (n_cells, n_units))
        w[rng.random(w.shape) < 0.2] = 0.0
        pattern, active = rng.random(n_units) < 0.5, rng.random(n_cells) < 0.5
        eta = rng.uniform(0.08, 0.4, n_cells)
        case = (w, pattern, active, eta)
        if 1 < pattern.sum() < n_units - 1 and 1 < active.sum() < n_cells - 1:
            if n_cells == n_units and np.array_equal(pattern, active):
                continue
            if apart(_replayed(*case), _faces(*case)):
                return case


def _replayed(w: Array, pattern: Array, active: Array, eta: Array) -> Array:
    new: Array = w.copy()
    for cell in np.flatnonzero(active):
        for unit in np.flatnonzero(pattern):
            new[cell, unit] += eta[cell] * (1 - w[cell, unit])
    return new


def _faces(w: Array, pattern: Array, active: Array, eta: Array) -> Faces:
    right, share = _replayed(w, pattern, active, eta), eta[:, None]
    taught = active[:, None] & pattern[None, :]
    moved = w + share * (1 - w)

    def on(mask: Array) -> Array:
        return np.asarray(np.where(mask, moved, w))

    faces: list[tuple[str, Any]] = [
        ("every cell learns", on(np.broadcast_to(pattern, w.shape))),
        ("every unit comes back", on(np.broadcast_to(active[:, None], w.shape))),
        ("every synapse learns", moved),
        ("learns where either is on", on(active[:, None] | pattern[None, :])),
        ("learns where nothing is on", on(~taught)),
        ("adds eta, whatever is there", w + share * taught),
        ("adds eta, whatever is there", np.minimum(w + share * taught, 1.0)),
        ("takes a share of what is there", w + share * w * taught),
        ("moves the other way", w - share * (1 - w) * taught),
        ("moves the other way", w - share * w * taught),
        ("learns at once", np.where(taught, 1.0, w)),
        ("sets what is taught to eta", np.where(taught, share, w)),
        ("sets what is taught to eta", np.where(taught, share * (1 - w), w)),
        ("weakens what is not taught", w + share * (taught - w)),
        ("weakens units that did not come back",
         np.where(active[:, None], w + share * (pattern[None, :] - w), w)),
        ("weakens cells that were silent",
         np.where(pattern[None, :], w + share * (active[:, None] - w), w)),
        ("returns only the change", right - w),
        ("returns only what was taught", right[taught]),
        ("returns only what was taught", np.where(taught, right, 0.0)),
        ("one eta for all cells", w + eta.mean() * (1 - w) * taught),
        ("one eta for all cells", w + eta[0] * (1 - w) * taught),
        ("replays more than once", np.where(taught, moved + share * (1 - moved), w)),
        ("replays more than once", np.where(taught, 1 - (1 - w) * (1 - share) ** 3, w)),
        ("forgets what the cell has learned", np.where(taught, share, 0.0)),
    ]  # fmt: skip
    if w.shape[0] == w.shape[1]:
        turned = pattern[:, None] & active[None, :]
        faces += [
            ("exchanges cells and units", on(turned)),
            ("exchanges cells and units", w + eta * (1 - w) * turned),
            ("eta belongs to the units", w + eta * (1 - w) * taught),
        ]
    return faces


def _judge(answer: Any, case: Case, *, named: bool = True) -> None:
    w, pattern, active, eta = case
    right = _replayed(*case)
    if shape_of(answer) == w.shape:
        value = numbers(answer, w.shape, "The strengths").astype(float)
        if agrees(value, right):
            return
    name = face_of(answer, _faces(*case)) if named else None
    if name is None and shape_of(answer) != w.shape:
        numbers(answer, w.shape, "The array of strengths")
    value = numbers(answer, np.shape(answer), "The strengths").astype(float)
    if value.shape != w.shape:
        raise Wrong(name, f"w has shape {w.shape}; your answer has shape {value.shape}.")
    far = ~(np.abs(value - right) <= within(right))
    cell, unit = (int(place) for place in np.argwhere(far)[0])
    words = {True: "active", False: "silent"}[bool(active[cell])]
    raise Wrong(
        name,
        f"Cell {cell} is {words}, unit {unit} {'came' if pattern[unit] else 'did not come'} back, "
        f"and eta of the cell is {show(float(eta[cell]))}. From w = {show(float(w[cell, unit]))} "
        f"the strength should become {show(float(right[cell, unit]))}; it is "
        f"{show(float(value[cell, unit]))}.",
    )


REPLAY = Item(
    name="replay",
    lesson="12",
    title="One replay",
    statement="In each active cell, move the synapses from units that came back by the share eta "
    "of that cell towards 1; leave all others as they are. Return a new array.",
    signature="replay(w, pattern, active, eta)",
    points=4,
    hints=(
        "Which synapses change? Those of a cell that is active, from a unit that came back: a "
        "table of True and False, with a row for each cell. How far is each of them from 1?",
        "`np.outer(active, pattern)` is that table, and `eta[:, None]` gives every row the eta of "
        "its cell. What is left of the way is `1 - w`.",
    ),
    misconceptions={
        "every cell learns": "Silent cells change as well. Only the cells that are active learn.",
        "every unit comes back": "Synapses from units that did not come back change as well. Use "
        "`pattern` too.",
        "every synapse learns": "All synapses change. A synapse needs both: its cell is active, "
        "and its unit came back.",
        "learns where either is on": "A synapse needs both, an active cell *and* a unit that came "
        "back; yours changes where one of them is there.",
        "learns where nothing is on": "The synapses that should change stay, and the others "
        "change: the mask is turned round.",
        "adds eta, whatever is there": "Each synapse gets the same. It should cover the share eta "
        "of what is left to 1: `eta` times `1 - w`.",
        "takes a share of what is there": "You take a share of `w`, so a synapse at 0 could never "
        "learn. Take a share of what is left, `1 - w`.",
        "moves the other way": "Your synapses become weaker. A replay strengthens: towards 1.",
        "learns at once": "The cortex learns slowly: a share eta of the way, not all of it.",
        "sets what is taught to eta": "What the synapse had learned before is lost. Start from `w` "
        "and add to it.",
        "weakens what is not taught": "Synapses that were not taught become weaker. Here they stay "
        "as they are.",
        "weakens units that did not come back": "In active cells the synapses from other units "
        "become weaker. Here they stay as they are.",
        "weakens cells that were silent": "The synapses of silent cells become weaker. Here they "
        "stay as they are.",
        "returns only the change": "That is the change. Return the strengths after it: `w` plus "
        "the change.",
        "returns only what was taught": "Return the whole array, also where nothing was taught.",
        "one eta for all cells": "Each cell has its own eta: `eta[:, None]` gives every row of "
        "`w` that of its cell.",
        "replays more than once": "That is more than one replay. Move each synapse once.",
        "forgets what the cell has learned": "Whatever the cells had learned is gone. Start from a "
        "copy of `w`.",
        "exchanges cells and units": "Rows are cells, columns are units: `active` belongs to the "
        "rows, `pattern` to the columns.",
        "eta belongs to the units": "`eta` holds one number for each cell, that is for each row: "
        "`eta[:, None]`.",
    },
    examine=_examine_replay,
    own_work=OWN_WORK,
)
