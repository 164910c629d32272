"""Stretch: `two_store_month`."""

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
    shape_of,
    show,
    within,
)
from engramlab.course.checks.c12_consolidation._own_work import OWN_WORK

Array = np.ndarray[Any, Any]
Case = tuple[Array, float, float]


def _examine_two_store_month(ask: Ask, rng: np.random.Generator) -> None:
    for n_nights in (5, 12, 28):
        case = _case(n_nights, rng)
        _judge(ask(*case), case)
    blocked = (np.zeros(n_nights, dtype=int), *case[1:])
    _judge(ask(*blocked), blocked, named=False)


def _case(n_nights: int, rng: np.random.Generator) -> Case:
    """Return nights with none to four replays for which no two ideas agree."""
    while True:
        replays = rng.integers(0, 5, n_nights)
        replays[:2] = rng.permutation([2, 3])
        eta, tau_days = float(rng.uniform(0.08, 0.3)), float(rng.uniform(2.5, 9.0))
        case = (replays, eta, tau_days)
        if (replays == 0).any() and apart(_month(*case), _faces(*case)):
            return case


def _month(
    replays: Array, eta: float, tau_days: float, *,
    kept: float | None = None, fades_first: bool = False, hears: bool = True,
    once: bool = False, moves: bool = False, cortex_fades: bool = False, linear: bool = False,
    straight: bool = False, in_one_go: bool = False,
) -> Array:  # fmt: skip
    kept = float(np.exp(-1 / tau_days)) if kept is None else kept
    hippocampus, cortex = [1.0], [0.0]
    for night, n in enumerate(replays.tolist()):
        h, c = hippocampus[-1], cortex[-1]
        fade = (max(1 - (night + 1) / tau_days, 0.0) / h if h else 0.0) if straight else kept
        h = h * fade if fades_first else h
        for _ in range(min(n, 1) if once or in_one_go else n):
            gain = eta * (h if hears else 1.0) * (1.0 if linear else 1 - c)
            gain *= n if in_one_go else 1
            c += gain
            h -= gain if moves else 0.0
        hippocampus.append(h if fades_first else h * fade)
        cortex.append(c * kept if cortex_fades else c)
    return np.array([hippocampus, cortex])


def _faces(replays: Array, eta: float, tau_days: float) -> Faces:
    case = (replays, eta, tau_days)
    right, mean = _month(*case), np.full(replays.size, round(float(replays.mean())))
    return [
        ("fades before the replays", _month(*case, fades_first=True)),
        ("the cortex learns without the hippocampus", _month(*case, hears=False)),
        ("one replay a night", _month(*case, once=True)),
        ("adds the replays of a night in one go", _month(*case, in_one_go=True)),
        ("the same number every night", _month(mean, eta, tau_days)),
        ("the same number every night", _month(np.full(replays.size, replays[0]), eta, tau_days)),
        ("moves the memory instead of copying it", _month(*case, moves=True)),
        ("moves the memory instead of copying it", _month(*case, moves=True, kept=1.0)),
        ("the cortex fades too", _month(*case, cortex_fades=True)),
        ("the hippocampus does not fade", _month(*case, kept=1.0)),
        ("adds eta, however much is there", _month(*case, linear=True)),
        ("adds eta, however much is there", np.minimum(_month(*case, linear=True), 1.0)),
        ("takes tau for a half-life", _month(*case, kept=2.0 ** (-1 / tau_days))),
        ("loses 1 / tau each day", _month(*case, kept=1 - 1 / tau_days)),
        ("loses 1 / tau each day", _month(*case, straight=True)),
        ("leaves out day 0", right[:, 1:]),
        ("stops a day early", right[:, :-1]),
        ("the cortex stands first", right[::-1]),
        ("one row for each day", right.T),
        ("returns the last day only", right[:, -1]),
        ("returns the sum of the two", right.sum(axis=0)),
        ("returns one store only", right[0]),
        ("returns one store only", right[1]),
    ]


def _judge(answer: Any, case: Case, *, named: bool = True) -> None:
    right = _month(*case)
    if shape_of(answer) == right.shape:
        value = numbers(answer, right.shape, "The two stores").astype(float)
        if agrees(value, right):
            return
    name = face_of(answer, _faces(*case)) if named else None
    if name is None and shape_of(answer) != right.shape:
        numbers(answer, right.shape, "The array of the two stores")
    value = numbers(answer, np.shape(answer), "The two stores").astype(float)
    told = f"With {show(case[0])} replays in the nights, eta = {show(case[1])} and tau = "
    told += f"{show(case[2])} days "
    if value.shape != right.shape:
        raise Wrong(name, f"{told}the shape should be {right.shape}; it is {value.shape}.")
    far = ~(np.abs(value - right) <= within(right))
    day = int(np.flatnonzero(far.any(axis=0))[0])
    store = int(np.flatnonzero(far[:, day])[0])
    raise Wrong(
        name,
        f"{told}the {('hippocampus', 'cortex')[store]} should hold "
        f"{show(float(right[store, day]))} on day {day}; yours holds "
        f"{show(float(value[store, day]))}.",
    )


TWO_STORE_MONTH = Item(
    name="two_store_month",
    lesson="12",
    title="Stretch: a month of two stores",
    statement="Return the strength of the trace in hippocampus (first row) and cortex (second), "
    "from day 0 to the last day.",
    signature="two_store_month(replays, eta, tau_days)",
    points=2,
    hints=(
        "Start with two lists, `[1.0]` and `[0.0]`. Each night appends one number to both. Which "
        "comes first in a night, the replays or the fading?",
        "In a night with `n` replays, `n` times: the cortex gains `eta * h * (1 - c)`. After them "
        "`h` is multiplied by `np.exp(-1 / tau_days)`, and both are appended.",
    ),
    misconceptions={
        "fades before the replays": "The replays of a night come first, then the hippocampal trace "
        "fades.",
        "the cortex learns without the hippocampus": "The cortex gains as if the hippocampal trace "
        "were whole. What it gets is weaker once that has faded: multiply by `h`.",
        "one replay a night": "There may be several replays in a night, each from where the last "
        "one left off, and in some nights none.",
        "adds the replays of a night in one go": "The second replay of a night finds less left to "
        "learn than the first: take them one after the other, each with a new `1 - c`.",
        "the same number every night": "Each night has its own number: take them from `replays`, "
        "one after the other.",
        "moves the memory instead of copying it": "The hippocampus loses what the cortex gains. A "
        "replay copies: the trace fades by time alone.",
        "the cortex fades too": "In this model only the hippocampal trace fades.",
        "the hippocampus does not fade": "The hippocampal trace should shrink to "
        "`np.exp(-1 / tau_days)` of itself each day.",
        "adds eta, however much is there": "The cortex covers a share of what is left to 1: "
        "multiply by `1 - c`.",
        "takes tau for a half-life": "`tau_days` is a time constant: in a day `np.exp(-1 / "
        "tau_days)` is left, not a power of 2.",
        "loses 1 / tau each day": "The fading is exponential: in a day `np.exp(-1 / tau_days)` is "
        "left.",
        "leaves out day 0": "Begin with day 0, before the first night: 1 in the hippocampus, 0 in "
        "the cortex.",
        "stops a day early": "The last night counts too: there is one day more than nights.",
        "the cortex stands first": "The first row is the hippocampus, the second the cortex.",
        "one row for each day": "Two rows, one for each region; a column for each day.",
        "returns the last day only": "Return all days from 0 on, not only the last.",
        "returns the sum of the two": "Return both stores, not their sum.",
        "returns one store only": "Return both stores: two rows.",
    },
    examine=_examine_two_store_month,
    stretch=True,
    own_work=OWN_WORK,
)
