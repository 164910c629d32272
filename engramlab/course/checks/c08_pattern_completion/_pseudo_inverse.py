"""Item 4, the stretch: `pseudo_inverse_weights`."""

from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import binary, close, name_of, numbers, shape_of, show
from engramlab.course.checks.c08_pattern_completion._twins import (
    OWN_WORK,
    SELF_COUPLING,
    Array,
    flipped,
    hebb,
    off_diagonal,
    projection,
)


def _examine_pseudo_inverse(ask: Ask, rng: np.random.Generator) -> None:
    for n_patterns, n_neurons in ((3, 12), (8, 31)):
        patterns = _independent(n_patterns, n_neurons, rng)
        _judge_pseudo_inverse(ask(patterns), patterns)
    prototype = binary(rng, 60)
    alike = np.stack([flipped(prototype, 6, rng) for _ in range(6)])
    _judge_pseudo_inverse(ask(alike), alike)
    nearly_same = np.tile(binary(rng, 100), (12, 1))
    nearly_same[np.arange(12), rng.permutation(100)[:12]] *= -1
    _judge_pseudo_inverse(ask(nearly_same), nearly_same)
    patterns = _independent(3, 20, rng)
    repeated = patterns[[0, 1, 2, 0]]
    try:
        _judge_pseudo_inverse(ask(repeated), repeated)
    except Exception as fault:
        if isinstance(fault, Wrong) and fault.misconception is not None:
            raise
        if not isinstance(fault, Wrong) and "LinAlgError" not in str(fault):
            raise
        raise Wrong(
            "inverts a singular matrix",
            "With a memory that occurs twice, the function fails or returns other weights.",
        ) from None


def _independent(n_patterns: int, n_neurons: int, rng: np.random.Generator) -> Array:
    """Return random memories, linearly independent and none of them orthogonal to all others."""
    while True:
        patterns = binary(rng, n_patterns, n_neurons)
        similar = off_diagonal(patterns.astype(float) @ patterns.T)
        if np.linalg.matrix_rank(patterns) == n_patterns and np.abs(similar).max() > 1:
            return patterns


def _judge_pseudo_inverse(answer: Any, patterns: Array) -> None:
    n_patterns, n_neurons = patterns.shape
    right = projection(patterns)
    if shape_of(answer) == (n_patterns, n_patterns):
        raise Wrong(
            "multiplies in the wrong order",
            f"{n_patterns} memories of {n_neurons} units give weights of shape {right.shape}; "
            f"yours have shape {shape_of(answer)}.",
        )
    weights = numbers(answer, right.shape, "The weight matrix").astype(float)
    twins = {
        "is Hebb's rule": off_diagonal(hebb(patterns)),
        "forgets that the overlaps are divided by N": off_diagonal(right) * n_neurons,
        "divides by the number of units": off_diagonal(right) / n_neurons,
        "turns the sign": -off_diagonal(right),
    }
    where = f"With {n_patterns} memories of {n_neurons} units"
    if not close(off_diagonal(weights), off_diagonal(right)):
        off = show(float(weights[0, 1]))
        raise Wrong(
            name_of(off_diagonal(weights), twins),
            f"{where}, W[0, 1] should be {show(float(right[0, 1]))}; it is {off}.",
        )
    if not close(np.diag(weights), 0):
        raise Wrong(
            SELF_COUPLING, f"{where}, W[0, 0] should be 0; it is {show(float(weights[0, 0]))}."
        )


PSEUDO_INVERSE_WEIGHTS = Item(
    name="pseudo_inverse_weights",
    lesson="08",
    title="Stretch: weights for similar memories",
    statement="Return the pseudo-inverse weights, under which even memories that resemble each "
    "other are stable.",
    signature="pseudo_inverse_weights(patterns)",
    points=2,
    hints=(
        "Before the diagonal is removed, the weights are the projection onto the memories: "
        "the pseudo-inverse of the matrix of memories, times that matrix.",
        "`np.linalg.pinv(X) @ X` with `X = patterns.astype(float)`, then the diagonal to zero as "
        "in `hebbian_weights`.",
    ),
    misconceptions={
        SELF_COUPLING: "The projection has a diagonal. Remove it, as in `hebbian_weights`, so that "
        "no unit votes for itself.",
        "multiplies in the wrong order": "`X @ pinv(X)` joins memories with memories. Weights join "
        "units: `pinv(X) @ X`.",
        "is Hebb's rule": "These are Hebb's weights. They ignore how similar the memories are; the "
        "pseudo-inverse takes that out.",
        "forgets that the overlaps are divided by N": "Your weights are N times too large: if the "
        "matrix of overlaps is divided by N, the outer products must be as well.",
        "divides by the number of units": "The projection is not divided by the number of units.",
        "turns the sign": "The weights have the opposite sign.",
        "inverts a singular matrix": "When a memory occurs twice the matrix of overlaps has no "
        "inverse. `np.linalg.pinv` exists for that case.",
    },
    examine=_examine_pseudo_inverse,
    stretch=True,
    own_work=OWN_WORK,
)
