"""The stretch: `shuffle_p_value`, judged at its edges and against the exact chance."""

from collections.abc import Callable
from itertools import combinations
from math import comb
from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import Faces, close, face_of, numbers, show
from engramlab.course.checks.c06_linking._masks import counts, told
from engramlab.course.checks.c06_linking._own_work import OWN_WORK

Array = np.ndarray[Any, Any]

ZERO, DIVIDES, STRICT, TAIL = (
    "leaves the real pair out",
    "counts the real pair above only",
    "leaves out shuffles that share as many",
    "counts shuffles that share fewer",
)
COMPLEMENT, COUNT, PERCENT, EMPTY = (
    "returns how many share less",
    "returns a number, not a share",
    "answers in per cent",
    "has no answer for an empty engram",
)
EXACT, ONCE, EQUAL, TWO_TAILS = (
    "computes the exact chance instead of shuffling",
    "shuffles only once",
    "counts only shuffles that share exactly as many",
    "counts both tails",
)
SIZE, SHIFT, OWN_SEED, OTHER_SOURCE = (
    "a shuffle that changes the size",
    "shifts instead of shuffling",
    "the same for every rng",
    "draws from another source",
)
SPREAD = 5.0
N_SHUFFLES, FEWER, FEWEST = 4000, 1000, 300
"""Shuffles where ideas lie close to each other, where they lie farther apart, and very far."""
N_SEEDS = 7
"""They give the same by chance less than once in 400,000 times."""


def _examine_shuffle_p_value(ask: Ask, rng: np.random.Generator) -> None:
    _judge_edges(ask, rng)
    a, b = _dense(rng)
    _judge_source(ask, a, b, rng)
    _judge_middle(ask, rng)
    _judge(ask, a, b, N_SHUFFLES, rng)
    _judge(ask, *_sparse(rng), FEWER, rng)


def _judge_edges(ask: Ask, rng: np.random.Generator) -> None:
    """Where each shuffle shares as many, and where none will."""
    n = 2 * int(rng.integers(8, 20))  # half of them is no share that another mistake gives
    one = rng.permutation(np.arange(60) < 30)
    full, none = np.ones(60, dtype=bool), np.zeros(60, dtype=bool)
    always, never = 1.0, 1 / (1 + n)
    where = f"Each of {n} shuffles shares just as many cells"
    faces: Faces = (
        (STRICT, never), (ZERO, n / (1 + n)), (DIVIDES, (1 + n) / n), (COMPLEMENT, 0.0),
        (COUNT, 1 + n), (COUNT, n), (PERCENT, 100.0), *((SIZE, k / (1 + n)) for k in range(2, n)),
    )  # fmt: skip
    for a, b in ((one, full), (full, one)):
        answer = ask(a, b, n, _source(rng))
        if face_of(answer, faces) == STRICT and _is(ask.aside(one, none, n, _source(rng)), always):
            raise Wrong(SIZE, f"{told(a, b)} {where}, unless it loses cells; yours do.")
        _judge_edge(answer, always, faces, f"{told(a, b)} {where}")
    faces = ((TAIL, always), (ZERO, 0.0), (DIVIDES, 1 / n), (COMPLEMENT, n / (1 + n)),
             (COUNT, 1.0), (COUNT, 0.0), (PERCENT, 100 / (1 + n)),
             *((SHIFT, k / (1 + n)) for k in range(2, 10)))  # fmt: skip
    answer = ask(one, one.copy(), n, _source(rng))
    where = f"The same 30 of 60 cells: none of {n} shuffles will share as many"
    if 0 < numbers(answer, (), "The p-value") < 1e-9:
        raise Wrong(EXACT, f"{where}: the p-value should be {never:.6g}; yours is {show(answer)}.")
    _judge_edge(answer, never, faces, where)
    for a, b in ((none, one), (one, none)):
        where = f"{told(a, b)} Each of {n} shuffles shares just as many"
        answer = ask.at_edge(EMPTY, f"{where}.", a, b, n, _source(rng))
        if not _is(answer, always):
            raise Wrong(EMPTY, f"{where}: the p-value should be 1; yours is {show(answer)}.")


def _is(answer: Any, right: float) -> bool:
    return close(numbers(answer, (), "The p-value").astype(float), right)


def _judge_edge(answer: Any, right: float, faces: Faces, where: str) -> None:
    if not _is(answer, right):
        raise Wrong(
            face_of(answer, faces),
            f"{where}: the p-value should be {right:.6g}; yours is {show(answer)}.",
        )


def _judge_source(ask: Ask, a: Array, b: Array, rng: np.random.Generator) -> None:
    """Equal Generators give the same, others something else."""
    n, seed = FEWEST, int(rng.integers(2**32))
    places = (*range(N_SEEDS), *range(3))
    questions = [(a, b, n, np.random.default_rng(seed + place)) for place in places]
    values = [_value(answer, n) for answer in ask.each(questions)]
    some, again = values[:N_SEEDS], values[N_SEEDS:]
    if all(one in (1 / (1 + n), 1.0) for one in some):
        raise Wrong(ONCE, f"Whatever the Generator, all {n} shuffles or none of them share as "
                    f"many cells as the real pair: {show(some)}.")  # fmt: skip
    if len(set(values)) == 1:
        raise Wrong(
            OWN_SEED, f"{N_SEEDS} different Generators give the same p-value, {some[0]:.6g}."
        )
    if some[:3] != again:
        raise Wrong(
            OTHER_SOURCE,
            f"Two equal Generators should give the same; yours give {show(some[:3])}, and asked "
            f"once more {show(again)}.",
        )


def _judge_middle(ask: Ask, rng: np.random.Generator) -> None:
    """A pair that shares just what chance gives on average: no other is nearer to chance."""
    n, cells = FEWEST, rng.permutation(60)
    a, b = np.zeros((2, 60), dtype=bool)
    a[cells[:30]] = b[cells[15:45]] = True
    value = _value(ask(a, b, n, _source(rng)), n)
    right, equal = _exact(a, b), _tail(a, b, lambda k, real: k == real)
    name = TWO_TAILS if value > 0.99 else EQUAL if _near(value, equal, n) else None
    if name:
        raise Wrong(name, f"{told(a, b)} By lot as many or more are shared with a probability of "
                    f"{right:.4f}; {n} shuffles of yours give {value:.4f}.")  # fmt: skip


def _value(answer: Any, n: int) -> float:
    """Return a p-value that n shuffles can give."""
    value = float(numbers(answer, (), "The p-value").astype(float))
    hits = value * (1 + n) - 1
    if -0.01 <= hits <= n + 0.01 and abs(hits - round(hits)) < 0.01:
        return (1 + round(hits)) / (1 + n)
    possible = 0 < value <= 1
    raise Wrong(
        EXACT if possible else None,
        f"With {n} shuffles the p-value is a whole number over {1 + n}, from 1/{1 + n} to 1; "
        f"yours is {show(answer)}.",
    )


def _judge(ask: Ask, a: Array, b: Array, n: int, rng: np.random.Generator) -> None:
    value = _value(ask(a, b, n, _source(rng)), n)
    right = _exact(a, b)
    if _near(value, right, n):
        return
    name = next((name for name, twin in _twins(a, b) if _near(value, twin, n)), None)
    raise Wrong(
        name,
        f"{told(a, b)} By lot as many or more are shared with a probability of {right:.4f}, and "
        f"{n} shuffles give that within {SPREAD * _error(right, n):.3f}; yours give {value:.4f}.",
    )


def _source(rng: np.random.Generator) -> np.random.Generator:
    return np.random.default_rng(int(rng.integers(2**32)))


def _error(p: float, n: int) -> float:
    """Return the standard error of a share found by n shuffles."""
    return float(np.sqrt(max(p * (1 - p), 1 / n) / n))


def _near(value: float, p: float, n: int) -> bool:
    return abs(value - p) <= SPREAD * _error(p, n) + 1 / n


def _dense(rng: np.random.Generator) -> tuple[Array, Array]:
    """Return engrams of neighbouring cells, and of most cells, so that no two ideas agree.

    So large, they cannot share few, as those could whose size is left to chance.
    """
    while True:
        n_cells = int(rng.integers(44, 80))
        size_a, size_b = (round(n_cells * rng.uniform(0.6, 0.75)) for _ in range(2))
        start = int(rng.integers(0, n_cells - size_b + 1))
        a, b = (np.arange(n_cells) < size for size in (size_a, size_b))
        b = np.roll(b, start)
        if 0.03 < _exact(a, b) < 0.25 and _told_apart(a, b):
            return a, b


def _sparse(rng: np.random.Generator) -> tuple[Array, Array]:
    """Return engrams of a tenth of the cells and a fifth, anywhere."""
    n_cells, size_a, size_b = 200, 20, 40
    shared = int(rng.integers(5, 8))
    cells = rng.permutation(n_cells)
    a, b = np.zeros((2, n_cells), dtype=bool)
    a[cells[:size_a]] = True
    b[cells[size_a - shared : size_a - shared + size_b]] = True
    return a, b


def _told_apart(a: Array, b: Array) -> bool:
    """Return whether shuffles tell what is right from each other idea, and these from another."""
    named = [("", _exact(a, b)), *_twins(a, b)]
    return all(
        abs(p - q) > SPREAD * (_error(p, N_SHUFFLES) + _error(q, N_SHUFFLES))
        for (one, p), (other, q) in combinations(named, 2)
        if one != other
    )


def _exact(a: Array, b: Array) -> float:
    """Return the probability of as many shared cells or more, from the hypergeometric law."""
    return _tail(a, b, lambda k, shared: k >= shared)


def _tail(a: Array, b: Array, counted: Callable[[int, int], bool]) -> float:
    size_a, size_b, shared = counts(a, b)
    n = a.size
    ways = (
        comb(size_a, k) * comb(n - size_a, size_b - k)
        for k in range(max(0, size_a + size_b - n), min(size_a, size_b) + 1)
        if counted(k, shared)
    )
    return sum(ways) / comb(n, size_b)


def _twins(a: Array, b: Array) -> list[tuple[str, float]]:
    size_a, size_b, shared = counts(a, b)
    n = a.size
    rolled = [np.count_nonzero(a & np.roll(b, k)) >= shared for k in range(n)]
    loose = [
        sum(comb(size, k) * p**k * (1 - p) ** (size - k) for k in range(shared, size + 1))
        for size, p in ((size_a, size_b / n), (size_b, size_a / n))
    ]
    return [
        (SHIFT, float(np.mean(rolled))),
        *((SIZE, p) for p in loose),
    ]


SHUFFLE_P_VALUE = Item(
    name="shuffle_p_value",
    lesson="06",
    title="Would chance do that?",
    statement="Return the share of shuffles of one engram with at least as many shared cells, the "
    "real pair counted as one: (1 + hits) / (1 + n_shuffles).",
    signature="shuffle_p_value(a, b, n_shuffles, rng)",
    points=2,
    hints=(
        "A shuffle puts the cells of one engram elsewhere and keeps their number. How many of the "
        "shuffles share at least as many cells with the other engram as the real pair does?",
        "`rng.permutation(b)` is a shuffled copy of `b`. Count in a loop how often "
        "`(a & rng.permutation(b)).sum() >= (a & b).sum()`.",
    ),
    misconceptions={
        ZERO: "The real pair is one way of drawing too: add 1 to the hits and to the number of "
        "shuffles. A p-value is never 0.",
        DIVIDES: "The real pair counts in both numbers: (1 + hits) / (1 + n_shuffles).",
        STRICT: "*At least* as many: shuffles that share just as many count too, `>=`.",
        TAIL: "You count shuffles that share as few or fewer. The question is how often chance "
        "gives as *many*.",
        COMPLEMENT: "That is how often chance gives less. Small p-values are for pairs that share "
        "more than chance.",
        COUNT: "That is how many. Divide by 1 + n_shuffles.",
        PERCENT: "Return a number from 0 to 1.",
        EMPTY: "An engram without cells shares 0 cells, and so does each shuffle: the p-value is "
        "1. Compare numbers of shared cells, not overlaps, and nothing is divided by 0.",
        EXACT: "This is no share of shuffles. The exact chance is worth knowing beside it, but "
        "shuffle here: that also works where no formula is known.",
        ONCE: "You shuffle once and count that shuffle again and again. Draw inside the loop.",
        EQUAL: "You count only the shuffles that share exactly as many. Those that share more "
        "count too: `>=`.",
        TWO_TAILS: "You also count shuffles that share far fewer. The question is whether the "
        "pair shares *more* than chance.",
        SIZE: "Your shuffled engram has another number of cells from draw to draw. Keep its size: "
        "`rng.permutation(b)`.",
        SHIFT: "Shifting keeps neighbours together, so that cells are not drawn one by one. "
        "Shuffle: `rng.permutation(b)`.",
        OWN_SEED: "Another `rng` has to give other shuffles. Draw with the `rng` that is handed "
        "over, and do not seed one of your own.",
        OTHER_SOURCE: "All that is random has to come from the `rng` that is handed over, so that "
        "a run can be repeated.",
    },
    examine=_examine_shuffle_p_value,
    stretch=True,
    own_work=OWN_WORK,
)
