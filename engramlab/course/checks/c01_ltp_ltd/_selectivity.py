"""Item 1: `selectivity`."""

from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import Faces, agrees, apart, face_of, numbers, shape_of, show
from engramlab.course.checks.c01_ltp_ltd._own_work import OWN_WORK

Array = np.ndarray[Any, Any]

BELOW_ZERO = "counts responses below 0 as they are"
SILENT_SELECTS = "calls a silent cell selective"
SILENT_FAILS = "has no number for a silent cell"


def _examine_selectivity(ask: Ask, rng: np.random.Generator) -> None:
    for n_patterns, n_inputs in ((6, 6), (4, 7), (9, 3), (30, 50)):
        w, patterns = _cell(n_patterns, n_inputs, rng)
        _judge(ask(w, patterns), w, patterns)
    n = int(rng.integers(3, 8))
    one = float(rng.uniform(0.5, 4.0)) * np.eye(n)[rng.integers(n)]
    _judge(ask(one, np.eye(n)), one, np.eye(n))
    _judge(ask(one, one[None]), one, one[None])
    patterns = rng.uniform(0.1, 1.0, (5, n))
    for silent in (np.zeros(n), -rng.uniform(0.1, 1.0, n)):
        _judge_silent(ask(silent, patterns), float((patterns @ silent).max()))


def _cell(n_patterns: int, n_inputs: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Return weights and patterns for which no two ideas give the same."""
    while True:
        w = rng.normal(0.2, 1.0, n_inputs)
        patterns = rng.uniform(0.0, 1.0, (n_patterns, n_inputs))
        y = patterns @ w
        if not (y.max() > 0.3 and np.median(y) > 0 and y.min() < -0.1):
            continue
        if n_patterns == n_inputs and np.median(w @ patterns) <= 0:
            continue
        if apart(_selectivity(y), _faces(w, patterns)):
            return w, patterns


def _selectivity(y: Array) -> float:
    rate = np.where(y > 0, y, 0.0)
    return float(1.0 - rate.sum() / (rate.size * rate.max()))


def _faces(w: Array, patterns: Array) -> Faces:
    y = patterns @ w
    rate, n = np.where(y > 0, y, 0.0), y.size
    mean, best = rate.sum() / n, rate.max()
    positive = np.where(w > 0, w, 0.0)
    faces: list[tuple[str, Any]] = [
        ("forgets to subtract from 1", mean / best),
        (BELOW_ZERO, 1 - y.mean() / y.max()),
        ("loses the sign of a response", 1 - np.abs(y).mean() / np.abs(y).max()),
        ("turns the fraction round", 1 - best / mean),
        ("adds up instead of averaging", 1 - n * mean / best),
        ("leaves the best response out of the mean", 1 - (n * mean - best) / (n - 1) / best),
        ("leaves the silent patterns out of the mean", 1 - n * mean / (rate > 0).sum() / best),
        ("looks at the weights, not the responses", 1 - positive.mean() / max(w.max(), 1e-9)),
        ("looks at the weights, not the responses", 1 - w.mean() / w.max()),
        ("compares the best response with the worst", 1.0),
        ("compares the best response with the worst", 1 - y.min() / y.max()),
        ("one number for each pattern", 1 - rate / best),
        ("one number for each pattern", rate / best),
    ]
    if n == w.size:
        faces.append(("takes the columns for the patterns", _selectivity(w @ patterns)))
    return faces


def _judge(answer: Any, w: Array, patterns: Array) -> None:
    y = patterns @ w
    right = _selectivity(y)
    if shape_of(answer) == () and agrees(numbers(answer, (), "The selectivity"), right):
        return
    name = face_of(answer, _faces(w, patterns)) if y.size > 1 else None
    if name is None:
        numbers(answer, (), "The selectivity")
    raise Wrong(
        name,
        f"For {y.size} responses with mean {show(float(y.clip(min=0).mean()))} (those below 0 "
        f"counted as 0) and maximum {show(float(y.max()))} the selectivity should be "
        f"{show(right)}; it is {show(answer)}.",
    )


def _judge_silent(answer: Any, largest: float) -> None:
    value = float(numbers(answer, (), "The selectivity"))
    if agrees(value, 0.0):
        return
    name = SILENT_SELECTS if value == 1 else None
    raise Wrong(
        name if np.isfinite(value) else SILENT_FAILS,
        f"No pattern makes this cell respond (the largest y is {show(largest)}): its selectivity "
        f"should be 0; it is {show(value)}.",
    )


SELECTIVITY = Item(
    name="selectivity",
    lesson="01",
    title="How choosy a cell is",
    statement="Return 1 minus the mean response divided by the largest one, over all patterns; a "
    "response below 0 counts as 0, and a cell that never responds has selectivity 0.",
    signature="selectivity(w, patterns)",
    points=2,
    hints=(
        "`patterns @ w` gives all responses at once, one number for each pattern. What becomes of "
        "those below 0 before you take the mean?",
        "`np.maximum(y, 0)` sets them to 0. For which cell would you then divide by 0? Ask for "
        "that one first.",
    ),
    misconceptions={
        "forgets to subtract from 1": "That is mean over maximum: it is large for a cell that "
        "responds to everything. Selectivity is 1 minus that.",
        BELOW_ZERO: "A cell cannot fire less than not at all. Set the responses below 0 to 0 "
        "before you take the mean: `np.maximum(y, 0)`.",
        "loses the sign of a response": "A strongly negative y is a silent cell, not a strong "
        "response. Use `np.maximum(y, 0)`, not `np.abs`.",
        "turns the fraction round": "You divide the maximum by the mean. Divide the mean by the "
        "maximum, so that the result lies between 0 and 1.",
        "adds up instead of averaging": "You divide the sum of the responses by the maximum. Take "
        "their mean.",
        "leaves the best response out of the mean": "The mean runs over all patterns, the best one "
        "included. That is why a cell that responds to one of five has 0.8, not 1.",
        "leaves the silent patterns out of the mean": "The mean runs over all patterns, also those "
        "with a response of 0. It is their silence that makes the cell selective.",
        "takes the columns for the patterns": "Each row of `patterns` is one pattern, not each "
        "column. Use `patterns @ w`, without turning `patterns` round.",
        "looks at the weights, not the responses": "Weights are not responses. What counts is how "
        "the cell responds to each pattern: `patterns @ w`.",
        "compares the best response with the worst": "One silent pattern would make any cell fully "
        "selective. Compare the maximum with the mean over all patterns.",
        "one number for each pattern": "You have one number for each pattern. Selectivity is one "
        "number for the cell: take the mean.",
        SILENT_SELECTS: "A cell that responds to nothing chooses nothing. By the conventions its "
        "selectivity is 0.",
        SILENT_FAILS: "For a cell that never responds you divide 0 by 0. Return 0 in that case, "
        "also where every y is negative.",
    },
    examine=_examine_selectivity,
    own_work=OWN_WORK,
)
