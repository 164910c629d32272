"""Item 2: `hebbian_weights`."""

from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import binary, close, name_of, numbers, shape_of, show
from engramlab.course.checks.c08_pattern_completion._twins import (
    OVERFLOW,
    OWN_WORK,
    SELF_COUPLING,
    Array,
    hebb,
    off_diagonal,
)

EACH_ONCE = "counts a repeated memory once"


def _examine_hebbian_weights(ask: Ask, rng: np.random.Generator) -> None:
    shapes = ((3, 4), (2, 7), (9, 40), (41, 25), (9, 40), (1, 9), (4, 200))
    each = [_distinct(n_patterns, n_neurons, rng) for n_patterns, n_neurons in shapes]
    each.append(binary(rng, 3, 20)[[0, 1, 2, 0]])
    for answer, patterns in zip(ask.each((patterns,) for patterns in each), each, strict=True):
        _judge_hebb(answer, patterns)
    patterns = binary(rng, 3, 30)
    mixed = patterns[::-1] * np.array([[1], [-1], [1]], dtype=np.int8)
    if not close(ask(mixed), hebb(patterns)):
        raise Wrong(None, "Another order of the memories, or a mirrored one, changes the weights.")
    same = np.repeat(binary(rng, 1, 12), 200, axis=0)
    _judge_hebb(ask(same), same)


def _distinct(n_patterns: int, n_neurons: int, rng: np.random.Generator) -> Array:
    """Return random memories of which no two are the same."""
    while True:
        patterns = binary(rng, n_patterns, n_neurons)
        if len({pattern.tobytes() for pattern in patterns}) == n_patterns:
            return patterns


def _judge_hebb(answer: Any, patterns: Array) -> None:
    n_patterns, n_neurons = patterns.shape
    right = hebb(patterns)
    if shape_of(answer) == (n_patterns, n_patterns) != right.shape:
        raise Wrong(
            "compares memories, not units",
            f"{n_patterns} memories of {n_neurons} units give weights of shape {right.shape}; "
            f"yours have shape {shape_of(answer)}.",
        )
    weights = numbers(answer, right.shape, "The weight matrix").astype(float)
    where = f"With {n_patterns} memories of {n_neurons} units"
    if not close(off_diagonal(weights), off_diagonal(right)):
        row, column = np.argwhere(~(np.abs(weights - right) <= 1e-6) & (np.eye(n_neurons) == 0))[0]
        raise Wrong(
            name_of(off_diagonal(weights), _twins(patterns, right)),
            f"{where}, W[{row}, {column}] should be {show(float(right[row, column]))}; "
            f"it is {show(float(weights[row, column]))}.",
        )
    if not close(np.diag(weights), 0):
        raise Wrong(
            SELF_COUPLING,
            f"{where}, W[0, 0] should be 0; it is {show(float(weights[0, 0]))}.",
        )


def _twins(patterns: Array, right: Array) -> dict[str, Array]:
    """Return what mistakes that have a name give, without the diagonal."""
    n_patterns, n_neurons = patterns.shape
    total = off_diagonal(right) * n_neurons
    last = np.outer(patterns[-1], patterns[-1]).astype(float)
    wrapped = np.round(total).astype(np.int64).astype(np.int8)
    twins = {
        OVERFLOW: wrapped / n_neurons,
        "divides by the number of memories": total / n_patterns,
        "does not divide": total,
        "stores only the last memory": off_diagonal(last) / n_neurons,
        "turns the sign": -total / n_neurons,
        "rounds the weights": total // n_neurons,
    }
    each_once = np.unique(patterns, axis=0)
    if 1 < len(each_once) < n_patterns:
        twins[EACH_ONCE] = off_diagonal(hebb(each_once))
    return twins


HEBBIAN_WEIGHTS = Item(
    name="hebbian_weights",
    lesson="08",
    title="Hebb's weights",
    statement="Return the weights that store the given memories by Hebb's rule.",
    signature="hebbian_weights(patterns)",
    points=3,
    hints=(
        "For one memory, the contribution to the weight between units i and j is the product of "
        "their states. A whole matrix of such products is `np.outer(pattern, pattern)`.",
        "The sum over all memories is one matrix product: `X.T @ X`, with `X = "
        "patterns.astype(float)`. Divide by the number of units and set the diagonal to zero with "
        "`np.fill_diagonal`.",
    ),
    misconceptions={
        SELF_COUPLING: "With a weight to itself each unit votes for the state it has. Below "
        "capacity that makes little difference; at high load a damaged copy mostly stays as "
        "damaged as it was. Set the diagonal to zero.",
        OVERFLOW: "The memories are int8, which holds no number above 127: the sum over 200 "
        "memories wraps round. Convert with `astype(float)` before you multiply.",
        "divides by the number of memories": "You divide by the number of memories. The rule "
        "divides by the number of units N, `patterns.shape[1]`.",
        "does not divide": "The sum over memories is right; it still has to be divided by the "
        "number of units, `patterns.shape[1]`.",
        "stores only the last memory": "Each memory replaces the one before it. Add them: "
        "`W += ...`, not `W = ...`.",
        EACH_ONCE: "A memory that occurs twice counts twice: it is learned twice. Sum over all "
        "rows of `patterns`, without `np.unique`.",
        "turns the sign": "Units that agree should excite each other: agreement, +1, gives a "
        "positive weight. Yours are all of the opposite sign.",
        "rounds the weights": "Your weights are whole numbers: `//` or an integer array cuts off "
        "the fraction. Divide with `/` and keep floats.",
        "compares memories, not units": "Your matrix has one row per memory: it says how similar "
        "the memories are. Weights join units: sum over memories, `X.T @ X`.",
    },
    examine=_examine_hebbian_weights,
    own_work=OWN_WORK,
)
