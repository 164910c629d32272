"""Item 1: `engram_synapse_table`."""

from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import (
    Faces,
    agrees,
    apart,
    close,
    face_of,
    numbers,
    remembered,
    shape_of,
    show,
)
from engramlab.course.checks.c11_silent_engrams._own_work import OWN_WORK

Array = np.ndarray[Any, Any]

EMPTY = "a number for a kind that does not exist"
STOPS = "has no answer where a kind does not exist"
NAN = "a missing contact spoils the mean"


def _examine_table(ask: Ask, rng: np.random.Generator) -> None:
    for n_cells, n_inputs in ((9, 14), (30, 12), (80, 100)):
        late, cue, engram = _case(n_cells, n_inputs, rng)
        _judge(ask(late, cue, engram), late, cue, engram)
    _judge_empty(ask, rng)


@remembered
def _case(n_cells: int, n_inputs: int, rng: np.random.Generator) -> tuple[Array, Array, Array]:
    """Return late parts of half the contacts, for which no two ideas give the same table."""
    while True:
        cue, engram = np.zeros(n_inputs, dtype=bool), np.zeros(n_cells, dtype=bool)
        cue[rng.permutation(n_inputs)[: n_inputs // 3]] = True
        engram[rng.permutation(n_cells)[: n_cells // 3]] = True
        late = rng.uniform(-0.4, 0.4, (n_cells, n_inputs))
        late[np.ix_(engram, cue)] += rng.uniform(0.3, 0.5)
        late[np.ix_(engram, ~cue)] -= rng.uniform(0.05, 0.15)
        late[np.ix_(~engram, cue)] += rng.uniform(0.05, 0.15)
        late[rng.random(late.shape) < rng.uniform(0.4, 0.6, (n_cells, 1))] = np.nan
        right = _table(late, cue, engram)
        if np.isfinite(right).all() and apart(right, _faces(late, cue, engram)):
            return late, cue, engram


def _each(late: Array, cue: Array, engram: Array, fold: Any) -> Array:
    """Return one number for each kind of contact: rows by input, columns by cell."""
    return np.array([
        [fold(late[cells][:, inputs]) for cells in (engram, ~engram)] for inputs in (cue, ~cue)
    ])  # fmt: skip


def _mean(part: Array) -> float:
    there = part[~np.isnan(part)]
    return float(there.sum() / there.size) if there.size else np.nan


def _table(late: Array, cue: Array, engram: Array) -> Array:
    return _each(late, cue, engram, _mean)


def _faces(late: Array, cue: Array, engram: Array) -> Faces:
    def each(fold: Any) -> Array:
        return _each(late, cue, engram, fold)

    right = each(_mean)
    both = np.array([True, True])
    all_inputs = _each(late, np.ones(cue.size, dtype=bool), engram, _mean)[0]
    all_cells = _each(late, cue, np.ones(engram.size, dtype=bool), _mean)[:, 0]
    return (
        ("rows and columns exchanged", right.T),
        ("False comes first", right[::-1, ::-1]),
        ("False comes first", right[::-1]),
        ("False comes first", right[:, ::-1]),
        ("False comes first", right.T[::-1, ::-1]),
        ("counts missing contacts as 0", each(lambda part: np.nan_to_num(part).mean())),
        ("adds up instead of averaging", each(np.nansum)),
        ("counts the contacts", each(lambda part: np.isfinite(part).sum())),
        ("averages cells, not contacts", each(lambda part: _of_means(part, 1))),
        ("averages cells, not contacts", each(lambda part: _of_means(part, 0))),
        ("drops the sign", each(lambda part: _mean(np.abs(part)))),
        ("drops the sign", np.abs(right)),
        ("takes all for the others", np.array([right[0], all_inputs])),
        ("takes all for the others", np.column_stack([right[:, 0], all_cells])),
        ("takes all for the others",
         np.array([[right[0, 0], all_cells[0]], [all_inputs[0], _mean(late)]])),
        ("divides by all contacts", each(np.nansum) / np.isfinite(late).sum()),
        ("divides by all contacts", each(np.nansum) / late.size),
        ("four numbers in a row", right.ravel()),
        ("one mean for all", right[0, 0]),
        ("one mean for all", _mean(late)),
        ("one mean for all", right.mean(axis=1)[both]),
    )  # fmt: skip


def _of_means(part: Array, axis: int) -> float:
    """Return the mean of means over the rows or columns that hold a contact."""
    n = np.isfinite(part).sum(axis=axis)
    return float((np.nansum(part, axis=axis)[n > 0] / n[n > 0]).mean())


def _judge(answer: Any, late: Array, cue: Array, engram: Array) -> None:
    right = _table(late, cue, engram)
    faces = _faces(late, cue, engram)
    name = face_of(answer, faces) if shape_of(answer) is not None and _numeric(answer) else None
    if name is None:
        value = numbers(answer, (2, 2), "The table").astype(float)
        if agrees(value, right):
            return
        if np.isnan(value).any():
            name = NAN
    raise Wrong(
        name,
        f"{engram.sum()} of {engram.size} cells are in the engram and {cue.sum()} of {cue.size} "
        f"inputs are on. The table should be {show(right.round(4))}; it is {show(answer)}.",
    )


def _numeric(answer: Any) -> bool:
    return np.asarray(answer).dtype.kind in "biuf"


def _judge_empty(ask: Ask, rng: np.random.Generator) -> None:
    """The cells outside the engram have no contact with inputs that are on; then no engram."""
    late, cue, engram = _case(9, 14, rng)
    late[np.ix_(~engram, cue)] = np.nan
    no_engram = np.zeros_like(engram)
    cases = (
        (late, engram, "No cell outside the engram has a contact with an input that is on."),
        (np.nan_to_num(late), no_engram, "No cell is in the engram."),
    )
    for parts, cells, where in cases:
        right = _table(parts, cue, cells)
        answer = ask.at_edge(STOPS, where, parts, cue, cells)
        value = numbers(answer, (2, 2), "The table").astype(float)
        none = np.isnan(right)
        if not np.isnan(value[none]).all() or not close(value[~none], right[~none]):
            others_right = close(value[~none], right[~none])
            raise Wrong(
                EMPTY if others_right else None,
                f"{where} The table should be {show(right.round(4))}; it is {show(answer)}.",
            )


ENGRAM_SYNAPSE_TABLE = Item(
    name="engram_synapse_table",
    lesson="11",
    title="Synapses of four kinds",
    statement="Return the mean late part of four kinds of contacts: rows = from inputs that are "
    "on, and from the others; columns = onto cells of the engram, and onto other cells.",
    signature="engram_synapse_table(late, cue, engram)",
    points=2,
    hints=(
        "In `late` a row is a cell. Which rows are the engram, and which columns are the cue? "
        "`late[engram][:, cue]` is one of the four kinds.",
        "`part[~np.isnan(part)]` are the contacts that exist. Take their mean, or `np.nan` where "
        "there are none (`.size == 0`). In the table inputs give the rows, unlike in `late`.",
    ),
    misconceptions={
        "rows and columns exchanged": "The table is turned: by the conventions its rows are the "
        "inputs (on, off) and its columns the cells (engram, others). In `late` it is the other "
        "way round.",
        "False comes first": "The order is: inputs that are on first, cells of the engram first.",
        "counts missing contacts as 0": "Where `late` is nan there is no contact. It is not a "
        "contact of strength 0: leave it out of the mean.",
        "adds up instead of averaging": "That is a sum. The four kinds have very different numbers "
        "of contacts: take the mean.",
        "counts the contacts": "That is how many contacts there are. Return their mean late part.",
        "averages cells, not contacts": "You take a mean of means. Cells differ in how many "
        "contacts they have, and each contact counts once: one mean over all of them.",
        "drops the sign": "A late part may be negative, a weakening that lasts. Keep the sign.",
        "takes all for the others": "The second row and column are the *others*: `~cue` and "
        "`~engram`, not all.",
        "divides by all contacts": "Each mean is over the contacts of its own kind: divide by how "
        "many of them exist.",
        "four numbers in a row": "These are the right numbers in the wrong shape: (2, 2) is asked "
        "for.",
        "one mean for all": "That mixes several kinds. The table keeps the four apart.",
        NAN: "Where a cell has no contact with an input `late` is nan, and a mean over nan is nan. "
        "Leave those out, as `np.nanmean` does.",
        EMPTY: "A mean over no contact at all is no number: `np.nan`. A 0 would say that there are "
        "contacts and that they learned nothing.",
        STOPS: "Ask first whether any contact of this kind exists, `.size == 0`, and give `np.nan` "
        "if none does.",
    },
    examine=_examine_table,
    own_work=OWN_WORK,
)
