"""Item 1: `linking_window`."""

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
    judge,
    numbers,
    remembered,
    show,
)
from engramlab.course.checks.c06_linking._own_work import OWN_WORK

Array = np.ndarray[Any, Any]

RISE = "counts a later rise"
FORGETS = "forgets chance"
AT_CHANCE = "takes an overlap of exactly chance for more"
NONE = "gives a window where the shortest gap is not above chance"
EMPTY = "has no answer where no gap is above chance"
ALL = "has no answer where all gaps are above chance"
ZERO = "takes a gap of 0 for none"


def _examine_linking_window(ask: Ask, rng: np.random.Generator) -> None:
    for n_gaps, rises in ((9, False), (14, True), (30, False), (12, True)):
        gaps, overlap, chance = _case(n_gaps, rises, rng)
        k = _last(overlap, chance)
        judge(
            ask(gaps, overlap, chance),
            float(gaps[k]),
            _faces(gaps, overlap, chance),
            what="The longest gap",
            told=f"At {gaps[k]:.4g} h the overlap is {overlap[k]:.3f} and chance "
            f"{chance[k]:.3f}, at the next gap, {gaps[k + 1]:.4g} h, {overlap[k + 1]:.3f} and "
            f"{chance[k + 1]:.3f}. The window should be {gaps[k]:.6g} h; yours is",
        )
    _judge_edges(ask, rng)
    _judge_none(ask, rng)


@remembered
def _case(n_gaps: int, rises: bool, rng: np.random.Generator) -> tuple[Array, Array, Array]:
    """Return a curve of overlaps for which no two ideas give the same.

    Engrams differ in size, and chance with them. With a rise, some later gap is above chance again.
    """
    while True:
        gaps = np.sort(rng.permutation(np.arange(1, 600))[:n_gaps]) / 10
        chance = rng.uniform(0.06, 0.22, n_gaps)
        k = int(rng.integers(3, n_gaps - 3))
        above = np.arange(n_gaps) <= k
        if rises:
            above[int(rng.integers(k + 2, n_gaps - 1))] = True
        extra = 0.01 + 0.7 * np.clip(1 - np.arange(n_gaps) / k, 0, 1) * rng.uniform(
            0.6, 1.0, n_gaps
        )
        overlap = np.where(above, chance + extra, chance * rng.uniform(0.5, 0.95, n_gaps))
        others = [_last(overlap, np.full(n_gaps, level)) for _, level in _levels(overlap, chance)]
        if k in others or -1 in others:
            continue
        if apart(float(gaps[k]), _faces(gaps, overlap, chance)):
            return gaps, overlap, chance


def _last(overlap: Array, chance: Array) -> int:
    """Return the place of the last gap before the first that is not above chance, -1 for none."""
    last = -1
    for shared, by_lot in zip(overlap, chance, strict=True):
        if shared <= by_lot:
            break
        last += 1
    return last


def _faces(gaps: Array, overlap: Array, chance: Array) -> Faces:
    k = _last(overlap, chance)
    above = overlap > chance
    kept = gaps[: k + 1]
    faces: list[tuple[str, Any]] = [
        (FORGETS, gaps[-1]),
        ("goes one gap too far", gaps[k + 1]),
        ("returns the shortest gap", gaps[0]),
        ("returns the gap of the largest overlap", gaps[np.argmax(overlap)]),
        ("returns the place, not the hours", k),
        ("counts the gaps", k + 1),
        ("returns an overlap, not a gap", overlap[k]),
        ("returns an overlap, not a gap", overlap[k] - chance[k]),
        ("returns every gap", kept),
        ("returns every gap", above),
    ]
    if above[k + 1 :].any():
        faces += [(RISE, gaps[above][-1]), ("returns every gap", gaps[above]),
                  ("counts the gaps", above.sum())]  # fmt: skip
    low, high = overlap[k] - chance[k], overlap[k + 1] - chance[k + 1]
    faces.append(("reads between the gaps", gaps[k] + low / (low - high) * (gaps[k + 1] - gaps[k])))
    for name, level in _levels(overlap, chance):
        faces.append((name, gaps[_last(overlap, np.full(gaps.size, level))]))
    return faces


def _levels(overlap: Array, chance: Array) -> list[tuple[str, float]]:
    """Return the misconceptions that compare all overlaps with one number, and that number."""
    half = "asks for half of the overlap, not for chance"
    return [
        ("one chance for all gaps", float(chance.mean())),
        ("one chance for all gaps", float(chance.max())),
        (half, float(overlap.max()) / 2),
        (half, 0.5),
    ]


def _judge_edges(ask: Ask, rng: np.random.Generator) -> None:
    """Exactly chance, never at chance, and a gap of 0 that is the only one above chance."""
    gaps = np.array([0.0, 1.5, 6.0, 24.0, 48.0]) + float(rng.integers(1, 9)) / 8
    chance = np.full(5, 0.125)
    overlap = np.array([0.75, 0.5, 0.25, 0.125, 0.125])
    answer = ask(gaps, overlap, chance)
    if not _is(answer, gaps[2]):
        later = face_of(answer, [(AT_CHANCE, gaps[3]), (AT_CHANCE, gaps[4])])
        raise Wrong(
            later,
            f"From {gaps[3]:g} h on the overlap is 0.125, exactly chance, and that is not above "
            f"it. The window should be {gaps[2]:g} h; yours is {show(answer)}.",
        )
    where = "The overlap is above chance at all gaps."
    answer = ask.at_edge(ALL, where, gaps, overlap + 0.0625, chance)
    if not _is(answer, gaps[4]):
        raise Wrong(
            ALL, f"{where} The window should be the longest gap, {gaps[4]:g} h, and is perhaps "
            f"longer; yours is {show(answer)}."
        )  # fmt: skip
    gaps = gaps - gaps[0]
    overlap = np.array([0.75, 0.1, 0.1, 0.1, 0.1])
    answer = ask(gaps, overlap, chance)
    if not _is(answer, 0.0):
        raise Wrong(
            ZERO if np.isnan(numbers(answer, (), "The longest gap").astype(float)) else None,
            "Only the gap of 0 h is above chance, so that the window is 0 h; yours is "
            f"{show(answer)}.",
        )


def _judge_none(ask: Ask, rng: np.random.Generator) -> None:
    """No gap is above chance; then a later one, but not the shortest."""
    gaps = np.sort(rng.permutation(np.arange(1.0, 30.0))[:6])
    chance = np.full(6, 0.2)
    overlap = rng.uniform(0.05, 0.19, 6)
    where = "No overlap is above chance, so that there is no window."
    answer = ask.at_edge(EMPTY, where, gaps, overlap, chance)
    if not np.isnan(numbers(answer, (), "The longest gap").astype(float)):
        raise Wrong(NONE, f"{where} Return nan; yours is {show(answer)}.")
    overlap[3] = 0.4
    where = f"The overlap is above chance at {gaps[3]:g} h, but not at the shortest gap."
    answer = ask.at_edge(EMPTY, where, gaps, overlap, chance)
    if not np.isnan(numbers(answer, (), "The longest gap").astype(float)):
        name = RISE if _is(answer, gaps[3]) else NONE
        raise Wrong(name, f"{where} Return nan; yours is {show(answer)}.")


def _is(answer: Any, right: float) -> bool:
    return agrees(numbers(answer, (), "The longest gap").astype(float), float(right))


LINKING_WINDOW = Item(
    name="linking_window",
    lesson="06",
    title="The window of linking",
    statement="Return the longest gap up to which the overlap is above chance: there, and at all "
    "shorter gaps; nan where it is not even at the shortest.",
    signature="linking_window(gaps_hours, overlap, chance)",
    points=2,
    hints=(
        "Go through the gaps from the shortest on. At which one would you stop, and which one did "
        "you see just before?",
        "`above = overlap > chance` is True or False for each gap. How many are True before the "
        "first False? `np.cumprod(above)` is 1 up to there and 0 from then on.",
    ),
    misconceptions={
        FORGETS: "Some cells are shared by chance alone. Compare the overlap with `chance`, not "
        "with 0.",
        RISE: "The window ends at the first gap that is not above chance. What rises above it "
        "later is no longer part of it.",
        "goes one gap too far": "At this gap the overlap is no longer above chance. Return the one "
        "before it.",
        "returns the shortest gap": "That is the shortest gap. Asked is the longest one up to "
        "which the overlap is above chance.",
        "returns the gap of the largest overlap": "That is where the overlap is largest. Asked is "
        "how far it reaches above chance.",
        "returns the place, not the hours": "This is a place in the array. Take the gap at this "
        "place, in hours.",
        "counts the gaps": "This is how many gaps are above chance. Return the last of them, in "
        "hours.",
        "returns an overlap, not a gap": "You return an overlap. Choose by `overlap`, return from "
        "`gaps_hours`.",
        "returns every gap": "This says something of each gap. Return one number, in hours.",
        "reads between the gaps": "You draw a line between two gaps and read off where it crosses "
        "chance. Return a gap that was measured.",
        "one chance for all gaps": "Engrams differ in size, and so does chance: compare gap by "
        "gap, `overlap > chance`.",
        "asks for half of the overlap, not for chance": "You ask where the overlap is still large. "
        "The question is whether it is more than chance gives.",
        AT_CHANCE: "An overlap of exactly chance is not above chance: `>`, not `>=`.",
        EMPTY: "Ask for that case first: `if not above[0]: return np.nan`.",
        NONE: "Where not even the shortest gap is above chance there is no window: return "
        "`np.nan`. A place of -1 means the *last* gap to Python.",
        ALL: "There is then no gap at which you could stop. Return the longest gap that was "
        "measured.",
        ZERO: "A gap of 0 h, both events at once, is a gap like any other, but Python takes 0 for "
        "False. Ask whether it is above chance, not whether it is 0.",
    },
    examine=_examine_linking_window,
    own_work=OWN_WORK,
)
