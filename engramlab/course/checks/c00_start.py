"""Lesson 00: the lesson's own check, on a degraded letter."""

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import binary, close, name_of, numbers, shape_of, show


def _examine_n_wrong(ask: Ask, rng: np.random.Generator) -> None:
    for n_neurons in (20, 100, 301):
        memory = binary(rng, n_neurons)
        wrong = np.zeros(n_neurons, dtype=bool)
        on, off = np.flatnonzero(memory == 1), np.flatnonzero(memory == -1)
        wrong[on[: 1 + on.size // 3]] = True
        wrong[off[: 1 + off.size // 6]] = True
        state = np.where(wrong, -memory, memory).astype(np.int8)
        answer = ask(state, memory)
        if shape_of(answer) != ():
            raise Wrong(
                "answers for each unit",
                f"The answer is one number; yours has shape {shape_of(answer)}.",
            )
        value, right = float(numbers(answer, (), "The answer")), int(wrong.sum())
        if close(value, right):
            continue
        twins = {
            "counts the units that agree": n_neurons - right,
            "returns a share": right / n_neurons,
            "adds up the differences": 2 * right,
            "counts one kind of error": int((wrong & (memory == 1)).sum()),
            "lets errors cancel": float((state - memory).sum()),
        }
        other = int((wrong & (memory == -1)).sum())
        name = name_of(value, twins)
        if name is None and close(value, other):
            name = "counts one kind of error"
        raise Wrong(
            name, f"{right} of {n_neurons} units differ; your function returns {show(value)}."
        )


N_WRONG = Item(
    name="a",
    lesson="00",
    title="How many units are wrong",
    statement="Return the number of units in which a state differs from the memory.",
    signature="n_wrong(state, memory)",
    points=0,
    hints=(
        "`state != memory` is an array of True and False, one for each unit.",
        "True counts as 1: `np.sum(state != memory)`.",
    ),
    misconceptions={
        "answers for each unit": "You have one answer for each unit. Add them up with `np.sum`.",
        "counts the units that agree": "These are the units that agree. Use `!=` instead of `==`.",
        "returns a share": "That is the share of units, a mean. The number of units is the sum.",
        "adds up the differences": "A wrong unit differs by 2, from -1 to +1. Count the units with "
        "`!=` instead of adding up differences.",
        "counts one kind of error": "A unit may be wrongly on or wrongly off. `!=` finds both.",
        "lets errors cancel": "A unit wrongly on and a unit wrongly off cancel in a sum of "
        "differences. Count with `!=`.",
    },
    examine=_examine_n_wrong,
    graded=False,
    solution="def n_wrong(state, memory):\n    return np.sum(state != memory)\n",
)

ITEMS = (N_WRONG,)
