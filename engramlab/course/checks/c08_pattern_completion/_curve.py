"""Item 1: `completion_curve`."""

from collections.abc import Callable
from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Outcome, Stopped, Wrong
from engramlab.course.checks._tools import binary, close, name_of, numbers, shape_of, show
from engramlab.course.checks.c08_pattern_completion._twins import (
    OVERFLOW,
    OWN_WORK,
    Array,
    energy,
    flipped,
    frustrated,
    hebb,
    one_at_a_time,
)

Calls = list[tuple[int, int]]

SWEEPS = 100
OTHER_SWEEPS = "calls recall with another number of sweeps"
ONE_THING = "takes the two things that recall returns as one"
AGREEING = "counts the units that agree"
OWN_CHANCE = "makes its own chance"
SAME_CHANCE = "gives every recall the same chance"


def _examine_completion_curve(ask: Ask, rng: np.random.Generator) -> None:
    for shape in ((4, 2, 20), (2, 3, 41), (2, 2, 200)):
        given, mask = _question(shape, rng)
        weights, patterns, cues = given
        calls: Calls = []
        try:
            answer = ask(*given, _stand_in(weights, mask, calls), rng.spawn(1)[0])
            _judge_curve(answer, patterns, cues, cues * mask, calls)
        except (Stopped, Wrong) as end:
            if calls and _is_nameless(end):
                _try_without_energies(ask, given, mask, rng.spawn(1)[0], end)
            raise
    _examine_chance(ask, rng)
    patterns = binary(rng, 2, 80)
    cues = np.stack([patterns, [flipped(xi, 8, rng) for xi in patterns], -patterns])
    answer = ask(hebb(patterns), patterns, cues, one_at_a_time, rng.spawn(1)[0])
    if not close(numbers(answer, (3,), "The curve"), [1, 1, -1], 0.05):
        raise Wrong(
            None,
            "With two memories in 80 units, the whole memory, 8 flipped units and the mirrored "
            f"memory should end at overlaps 1, 1 and -1; the curve is {show(answer)}.",
        )


def _question(
    shape: tuple[int, int, int], rng: np.random.Generator
) -> tuple[tuple[Array, Array, Array], Array]:
    """Return weights, memories and cues, and the units that the stand-in for `recall` turns."""
    n_levels, n_patterns, n_neurons = shape
    weights, patterns = frustrated(n_neurons, rng), binary(rng, n_patterns, n_neurons)
    flip_rate = np.linspace(0.05, 0.95, n_levels)[:, None, None]
    cues = np.where(rng.random(shape) < flip_rate, -patterns, patterns)
    mask = np.where(np.arange(n_neurons) < max(2, n_neurons // 10), -1, 1).astype(np.int8)
    return (weights, patterns, cues), mask


def _examine_chance(ask: Ask, rng: np.random.Generator) -> None:
    """The same `rng` gives each recall the same chance again, another one another chance.

    Any Generator that follows from `rng` will do: a copy of it, a child, one with a seed from it.
    """
    given, mask = _question((2, 2, 20), rng)
    seeds = rng.integers(2**32, size=2)
    drawn = []
    for seed in (seeds[0], seeds[0], seeds[1]):
        calls: Calls = []
        ask(*given, _stand_in(given[0], mask, calls), np.random.default_rng(seed))
        drawn.append([draw for _, draw in calls])
    first, again, other = map(set, drawn)
    if not again <= first or first & other:
        raise Wrong(
            OWN_CHANCE,
            "Asked twice with the same `rng`, and once with another, recall should draw the same "
            "numbers twice and others the third time. The Generator that it was given does not "
            "follow `rng`.",
        )
    if len(first) < len(drawn[0]):
        raise Wrong(
            SAME_CHANCE,
            f"Of {len(drawn[0])} calls of recall, {len(drawn[0]) - len(first)} drew the same "
            "random number first as a call before.",
        )


def _is_nameless(end: Stopped | Wrong) -> bool:
    """Whether an answer ended in an error of its own, or in a result without a name."""
    if isinstance(end, Stopped):
        return end.outcome is Outcome.ERROR
    return end.misconception is None


def _try_without_energies(
    ask: Ask,
    given: tuple[Array, Array, Array],
    mask: Array,
    rng: np.random.Generator,
    end: Stopped | Wrong,
) -> None:
    """Name the mistake if the same code goes well once `recall` returns the state and no more.

    `ask` keeps what it said of the first call.
    """
    weights, patterns, cues = given
    right = (cues * mask * patterns.astype(float)).mean(axis=(1, 2))
    told = ask.asked, ask.returned
    try:
        answer = ask(*given, _stand_in(weights, mask, [], alone=True), rng)
        well = name_of(answer, {ONE_THING: right, AGREEING: (right + 1) / 2}) is not None
    except (Stopped, Wrong):
        return
    finally:
        ask.asked, ask.returned = told
    if well:
        where = f" ({end.line})" if isinstance(end, Stopped) and end.line else ""
        raise Wrong(
            ONE_THING,
            "recall returns two things, the final state and the energies, and your code uses them "
            f"as one{where}. {end.message}",
        )


def _stand_in(
    weights: Array, mask: Array, calls: Calls, *, alone: bool = False
) -> Callable[..., Any]:
    """Return a `recall` with a known result: it turns a fixed set of units in every cue.

    Each call adds its `max_sweeps` to `calls`, and a number that it draws from its Generator. With
    `alone` it returns no energies.
    """

    def recall(W: Any, cue: Any, rng: Any, max_sweeps: Any = 100) -> Any:
        if np.shape(W) != weights.shape or not close(W, weights):
            raise ValueError("recall was given other weights than W")
        if np.shape(cue) != mask.shape:
            raise ValueError(
                f"recall takes one cue of shape ({mask.size},), and was given shape {np.shape(cue)}"
            )
        if not isinstance(rng, np.random.Generator):
            raise TypeError("recall takes the Generator rng as its third argument")
        if isinstance(max_sweeps, bool) or not isinstance(max_sweeps, (int, np.integer)):
            raise ValueError("recall takes max_sweeps, a whole number, as its fourth argument")
        calls.append((int(max_sweeps), int(rng.integers(2**63))))
        state = (np.asarray(cue) * mask).astype(np.int8)
        if alone:
            return state
        return state, np.array([energy(weights, np.asarray(cue)), energy(weights, state)])

    return recall


def _judge_curve(answer: Any, patterns: Array, cues: Array, finals: Array, calls: Calls) -> None:
    n_levels, n_patterns, n_neurons = cues.shape
    each = (finals.astype(float) * patterns).mean(axis=2)
    right = each.mean(axis=1)
    shape = shape_of(answer)
    if shape == right.shape and close(numbers(answer, shape, "The curve"), right):
        other = [sweeps for sweeps, _ in calls if sweeps != SWEEPS]
        if other:
            raise Wrong(
                OTHER_SWEEPS,
                f"recall was called with max_sweeps={other[0]}; the exercise asks for {SWEEPS}.",
            )
        return
    first = patterns[0].astype(float)
    wrapped = (finals * patterns).sum(axis=2, dtype=np.int8)
    twins = {
        "measures the cue, not the final state": (cues.astype(float) * patterns).mean(axis=(1, 2)),
        "compares every state with the first memory": (finals @ first / n_neurons).mean(axis=1),
        "loses the sign of the overlap": np.abs(each).mean(axis=1),
        "counts memories instead of averaging overlaps": (each > 0.9).mean(axis=1),
        AGREEING: (right + 1) / 2,
        "does not divide by the number of units": right * n_neurons,
        OVERFLOW: wrapped.mean(axis=1) / n_neurons,
        "averages over the wrong axis": each.mean(axis=0),
        "one number for all levels": right.mean(),
    }
    if isinstance(answer, str):
        numbers(answer, right.shape, "The curve")
    name = name_of(answer, twins)
    if name is None and not calls:
        name = "ignores the recall that is handed in"
    if shape != right.shape and name is None:
        numbers(answer, right.shape, "The curve")
    raise Wrong(
        name,
        f"With {n_levels} levels, {n_patterns} memories and {n_neurons} units the curve should be "
        f"{show(right)}; it is {show(answer)}.",
    )


COMPLETION_CURVE = Item(
    name="completion_curve",
    lesson="08",
    title="The completion curve",
    statement="Recall from every cue and return the mean overlap of the final states with their "
    "memories, one number per level of the cue.",
    signature="completion_curve(W, patterns, cues, recall, rng)",
    points=2,
    hints=(
        "Two loops: over the levels and over the memories. In the inner one, "
        "`state, energies = recall(W, cues[level, k], rng, 100)`.",
        "The overlap of one final state with its own memory is `np.mean(state * patterns[k])`. "
        "Average over the memories, and keep one number per level.",
    ),
    misconceptions={
        "measures the cue, not the final state": "The curve you return says how good the cues were "
        "before recall. Compare the memory with the state that `recall` returns.",
        "compares every state with the first memory": "Cue k belongs to memory k: compare each "
        "final state with `patterns[k]`, not with `patterns[0]`.",
        "loses the sign of the overlap": "A network that ends in the mirror image of a memory has "
        "overlap -1, which is a failure to complete. Take no absolute value.",
        "counts memories instead of averaging overlaps": "You return the share of memories above a "
        "threshold. The question is the mean overlap itself.",
        "does not divide by the number of units": "The overlap is a mean over units: it lies "
        "between -1 and 1. Divide the sum by the number of units.",
        OVERFLOW: "States and memories are int8, which holds no number above 127, so the product "
        "`state @ pattern` wraps round in a large network. Use `np.mean(state * pattern)`, or "
        "convert with `astype(float)` first.",
        AGREEING: "With `==` you get the share of units that agree, which is 0.5 by chance. The "
        "overlap is 0 by chance: take the mean of `state * pattern`.",
        ONE_THING: "Take the two apart where you call it, `state, energies = recall(...)`, and "
        "compare the memory with `state`.",
        "averages over the wrong axis": "You return one number per memory. Average over the "
        "memories, so that one number per level is left: `cues` has shape "
        "(n_levels, n_patterns, n_neurons).",
        "one number for all levels": "You average over levels too. The curve needs one number for "
        "each level, shape (n_levels,).",
        OTHER_SWEEPS: "Recall needs time to settle. Call it as `recall(W, cue, rng, 100)`: it "
        "stops on its own when nothing changes any more.",
        OWN_CHANCE: "Chance comes from `rng` only. Hand it on as it is, "
        "`recall(W, cues[level, k], rng, 100)`, not a Generator that you make yourself.",
        SAME_CHANCE: "Each recall begins with the same random numbers, as from a copy of `rng` or "
        "a seed used again. Hand on `rng` itself, so that each recall draws new ones.",
        "ignores the recall that is handed in": "Your function never calls the `recall` among its "
        "arguments. Call that one, whatever else in the notebook has the same use.",
    },
    examine=_examine_completion_curve,
    own_work=OWN_WORK,
)
