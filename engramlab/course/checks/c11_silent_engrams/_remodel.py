"""Item 2: `remodel`, judged by what has to hold of any draw."""

from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import numbers, show
from engramlab.course.checks.c11_silent_engrams._own_work import OWN_WORK

Array = np.ndarray[Any, Any]

CUTS, ADDS, BY_INPUT, COUNT = (
    "cuts contacts and makes none",
    "makes contacts and cuts none",
    "keeps the contacts of each input, not of each cell",
    "the number of contacts changes",
)
NOTHING, ALL_INPUTS, FLOOR, CEIL, ONE_NUMBER = (
    "nothing moves",
    "a share of all inputs",
    "rounds down",
    "rounds up",
    "as many in each cell",
)
BACK, CHANCE, OVER_ALL, KEPT = (
    "lands where a contact was",
    "each contact moves with a chance",
    "a share over all cells together",
    "the share stays instead of moving",
)
OWN_SEED, OTHER_SOURCE, SAME_CELLS, BY_PLACE, FULL = (
    "the same for every rng",
    "draws from another source",
    "the same draw in every cell",
    "goes by place, not at random",
    "has no answer where few inputs are free",
)
SPREAD = 6.0


def _examine_remodel(ask: Ask, rng: np.random.Generator) -> None:
    for n_cells, n_inputs, fraction in ((12, 40, None), (30, 61, None), (8, 24, 0.0)):
        structure = _structure(n_cells, n_inputs, rng)
        share = _share(structure, rng) if fraction is None else fraction
        _judge(_asked(ask, structure, share, rng), structure, share)
    _judge_source(ask, structure := _structure(12, 40, rng), _share(structure, rng), rng)
    _judge_draws(ask, rng)
    _judge_full(ask, rng)


def _structure(n_cells: int, n_inputs: int, rng: np.random.Generator) -> Array:
    """Return contacts of about a third of the inputs, in each cell another number of them."""
    structure = np.zeros((n_cells, n_inputs), dtype=bool)
    counts = rng.integers(n_inputs // 5, n_inputs // 2, n_cells)
    counts[:3] = n_inputs // 5, n_inputs // 3, n_inputs // 2
    for cell, count in enumerate(rng.permutation(counts)):
        structure[cell, rng.permutation(n_inputs)[:count]] = True
    return structure


def _share(structure: Array, rng: np.random.Generator) -> float:
    """Return a share with which rounding up and down both differ from rounding, and never a tie."""
    there = structure.sum(axis=1)
    while True:
        share = float(np.round(rng.uniform(0.25, 0.45), 3))
        exact = share * there
        right = _moves(structure, share)
        apart = np.abs(exact - np.floor(exact) - 0.5).min() > 0.02
        kept = (there - right != right).any()
        if apart and kept and (np.floor(exact) != right).any() and (np.ceil(exact) != right).any():
            return share


def _moves(structure: Array, share: float) -> Array:
    """Return how many contacts move in each cell."""
    there = structure.sum(axis=1)
    nearest = np.floor(share * there + 0.5)
    return np.asarray(np.minimum(nearest, structure.shape[1] - there), dtype=int)


def _asked(ask: Ask, structure: Array, share: float, rng: np.random.Generator) -> Array:
    """Ask with a Generator of its own; return the answer as a mask of the right shape."""
    return _mask(ask(structure, share, _source(rng)), structure)


def _source(rng: np.random.Generator) -> np.random.Generator:
    return np.random.default_rng(int(rng.integers(2**32)))


def _mask(answer: Any, structure: Array) -> Array:
    value = numbers(answer, structure.shape, "The new contacts")
    if not np.isin(value, (0, 1)).all():
        raise Wrong(None, f"The new contacts should be True and False; they are {show(answer)}.")
    return np.asarray(value, dtype=bool)


def _judge(new: Array, structure: Array, share: float) -> None:
    """Judge one draw: contacts are kept in number, and the right share of them has moved."""
    n_inputs, there = structure.shape[1], structure.sum(axis=1)
    lost, gained = (structure & ~new).sum(axis=1), (new & ~structure).sum(axis=1)
    right = _moves(structure, share)
    if not np.array_equal(lost, gained):
        name = COUNT
        if np.array_equal(new.sum(axis=0), structure.sum(axis=0)):
            name = BY_INPUT
        elif not gained.any():
            name = CUTS
        elif not lost.any():
            name = ADDS
        elif np.array_equal(lost, there) and (gained <= right).all():
            name = "returns only the new contacts"
        cell = int(np.argmax(lost != gained))
        raise Wrong(
            name,
            f"With fraction = {share:g} the cell of row {cell} had {there[cell]} contacts and has "
            f"{new[cell].sum()}: {lost[cell]} are gone and {gained[cell]} are new. Their number "
            f"should stay.",
        )
    if np.array_equal(lost, right):
        return
    exact = share * there
    twins = (
        (NOTHING, np.zeros(there.size)),
        (FLOOR, np.floor(exact)),
        (CEIL, np.ceil(exact)),
        (ALL_INPUTS, np.minimum(np.round(share * n_inputs), np.minimum(there, n_inputs - there))),
        (KEPT, np.minimum(there - right, n_inputs - there)),
        (OVER_ALL if lost.sum() == round(share * there.sum()) else CHANCE, lost),
    )
    name = next(name for name, twin in twins if np.array_equal(lost, twin))
    if name == CHANCE and (lost <= right).all():
        name = BACK
    elif np.unique(lost).size == 1 and name in (CHANCE, OVER_ALL, BACK):
        name = ONE_NUMBER
    cell = int(np.argmax(lost != right))
    raise Wrong(
        name,
        f"With fraction = {share:g} a cell with {there[cell]} contacts should move {right[cell]} "
        f"of them; that of row {cell} moves {lost[cell]}.",
    )


def _judge_source(ask: Ask, structure: Array, share: float, rng: np.random.Generator) -> None:
    """Equal Generators draw the same, others something else."""
    seed = int(rng.integers(2**32))
    one, again, other = (
        _mask(ask(structure, share, np.random.default_rng(each)), structure)
        for each in (seed, seed, seed + 1)
    )
    if np.array_equal(one, other):
        raise Wrong(OWN_SEED, "Two different Generators move the very same contacts.")
    if not np.array_equal(one, again):
        raise Wrong(OTHER_SOURCE, "Two equal Generators should move the same contacts.")


def _judge_draws(ask: Ask, rng: np.random.Generator) -> None:
    """Many cells with the same contacts: each contact goes, and each free input gets one, alike."""
    n_cells, n_inputs, n_there, share = 400, 40, 16, 0.25
    row = np.zeros(n_inputs, dtype=bool)
    row[rng.permutation(n_inputs)[:n_there]] = True
    structure = np.tile(row, (n_cells, 1))
    new = _asked(ask, structure, share, rng)
    _judge(new, structure, share)
    if (new == new[0]).all():
        raise Wrong(SAME_CELLS, "400 cells with the same contacts all move the same ones.")
    n_moved = int(_moves(structure, share)[0])
    for what, count, n in (
        ("contact", (structure & ~new).sum(axis=0)[row], n_there),
        ("free input", (new & ~structure).sum(axis=0)[~row], n_inputs - n_there),
    ):
        chance = n_moved / n
        spread = np.sqrt(n_cells * chance * (1 - chance))
        if np.abs(count - n_cells * chance).max() > SPREAD * spread:
            raise Wrong(
                BY_PLACE,
                f"In {n_cells} cells with the same {n_there} contacts, {n_moved} of which move, "
                f"each {what} should be drawn about {n_cells * chance:.0f} times; yours are drawn "
                f"{count.min()} to {count.max()} times.",
            )


def _judge_full(ask: Ask, rng: np.random.Generator) -> None:
    """Cells with few or no free inputs, and one without a contact."""
    structure = rng.random((6, 10)) < 0.5
    structure[0], structure[1], structure[2] = True, True, False
    structure[1, rng.permutation(10)[:2]] = False
    structure = structure[rng.permutation(6)]
    where = "Some cells have a contact with all ten inputs, with eight, or with none."
    answer = ask.at_edge(FULL, where, structure, 1.0, _source(rng))
    new = _mask(answer, structure)
    lost, gained = (structure & ~new).sum(axis=1), (new & ~structure).sum(axis=1)
    right = _moves(structure, 1.0)
    if not (np.array_equal(lost, right) and np.array_equal(gained, right)):
        cell = int(np.argmax((lost != right) | (gained != right)))
        raise Wrong(
            FULL,
            f"{where} With fraction = 1 a cell with {structure[cell].sum()} of 10 contacts can "
            f"move {right[cell]}; in yours {lost[cell]} are gone and {gained[cell]} are new.",
        )


REMODEL = Item(
    name="remodel",
    lesson="11",
    title="Contacts that move",
    statement="In each cell, move a share of its contacts, chosen at random, to inputs that it "
    "had no contact with; return a new array.",
    signature="remodel(structure, fraction, rng)",
    points=4,
    hints=(
        "Do it for one cell on paper: which inputs does it contact, and which are free? How many "
        "contacts move? Then two draws: who goes, and where to.",
        "For one row: `there = np.flatnonzero(row)`, `free = np.flatnonzero(~row)`, both from the "
        "*old* row. `rng.choice(there, n, replace=False)` draws n of them, none twice; n is "
        "`round(fraction * there.size)`, but at most `free.size`.",
    ),
    misconceptions={
        CUTS: "Contacts are cut and none is made. Each that goes has to come back elsewhere, in "
        "the same cell.",
        ADDS: "New contacts are made and no old one is cut. Moving means both.",
        BY_INPUT: "You move contacts within a column: from cell to cell, each input keeping its "
        "number. They move within a row: each *cell* keeps its number.",
        COUNT: "A cell ends with more or fewer contacts than it had. Draw as many free inputs as "
        "contacts go, and none of them twice (`replace=False`).",
        "returns only the new contacts": "The contacts that stay are missing. Return all contacts "
        "that the cells have now.",
        NOTHING: "Nothing has moved.",
        FLOOR: "`int` cuts off. Round to the nearest whole number, with `round`.",
        CEIL: "That rounds up. Round to the nearest whole number, with `round`.",
        ALL_INPUTS: "The share is one of the cell's contacts, not of all inputs: a cell with fewer "
        "contacts moves fewer.",
        KEPT: "`fraction` is the share that moves. With yours it is the share that stays.",
        ONE_NUMBER: "Each cell moves the share of its *own* contacts: cells with more contacts "
        "move more.",
        BACK: "Some contacts come back to an input that the cell has just left, or had all along. "
        "Draw the new places from those that were free *before* (`~structure`).",
        CHANCE: "Each cell moves exactly round(fraction x its contacts), not a number that varies "
        "from draw to draw.",
        OVER_ALL: "The share is right over all cells together, but not in each. Go through the "
        "cells one by one.",
        OWN_SEED: "Another `rng` has to move other contacts. Draw with the `rng` that is handed "
        "over, and do not seed one of your own.",
        OTHER_SOURCE: "All that is random has to come from the `rng` that is handed over, so that "
        "a run can be repeated.",
        SAME_CELLS: "Each cell needs a draw of its own: draw within the loop over cells.",
        BY_PLACE: "Some contacts, or some free inputs, are preferred. All should have the same "
        "chance: draw them with `rng.choice` or from `rng.permutation`.",
        FULL: "A cell cannot move more contacts than it has free inputs, and one without contacts "
        "moves none: `min(..., free.size)`.",
    },
    examine=_examine_remodel,
    own_work=OWN_WORK,
)
