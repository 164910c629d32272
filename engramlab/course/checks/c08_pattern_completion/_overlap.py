"""The lesson's own check: `overlap`."""

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import binary, close, name_of, numbers, shape_of, show
from engramlab.course.checks.c08_pattern_completion._twins import OVERFLOW, flipped


def _examine_overlap(ask: Ask, rng: np.random.Generator) -> None:
    for n_neurons in (5, 12, 301):
        pattern = binary(rng, n_neurons)
        for n_flips in (n_neurons // 5, n_neurons - 1):
            state = flipped(pattern, n_flips, rng)
            answer = ask(state, pattern)
            if shape_of(answer) != ():
                raise Wrong(
                    "compares units one by one",
                    f"The overlap is one number; yours has shape {shape_of(answer)}.",
                )
            total = n_neurons - 2 * n_flips
            value = float(numbers(answer, (), "The overlap"))
            if close(value, total / n_neurons):
                continue
            twins = {
                "does not divide by the number of units": total,
                "counts the units that agree": (n_neurons - n_flips) / n_neurons,
                "loses the sign of the overlap": abs(total) / n_neurons,
                OVERFLOW: float(np.int64(total).astype(np.int8)) / n_neurons,
            }
            raise Wrong(
                name_of(value, twins),
                f"{n_flips} of {n_neurons} units differ: the overlap should be "
                f"{show(total / n_neurons)}; it is {show(value)}.",
            )


OVERLAP = Item(
    name="a",
    lesson="08",
    title="How much came back",
    statement="Return the overlap of a state with a memory: 1 if all units agree, -1 if none does.",
    signature="overlap(state, pattern)",
    points=0,
    hints=(
        "The product `state * pattern` is +1 where a unit agrees and -1 where it does not.",
        "The overlap is the mean of that product: `np.mean(state * pattern)`.",
    ),
    misconceptions={
        "compares units one by one": "Right so far for each unit; now take the mean over units.",
        "does not divide by the number of units": "That is the sum. The overlap is the mean: it "
        "lies between -1 and 1.",
        "counts the units that agree": "That is the share of units that agree, which is 0.5 by "
        "chance. The overlap is 0 by chance: the mean of `state * pattern`.",
        "loses the sign of the overlap": "The mirror image of a memory has overlap -1, not 1. Take "
        "no absolute value.",
        OVERFLOW: "`state @ pattern` of two int8 arrays wraps round above 127. Use "
        "`np.mean(state * pattern)`.",
    },
    examine=_examine_overlap,
    graded=False,
    solution="def overlap(state, pattern):\n    return np.mean(state * pattern)\n",
)
