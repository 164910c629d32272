"""The lesson's own check: `change_sign`."""

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import agrees, face_of, numbers, show


def _examine_change_sign(ask: Ask, rng: np.random.Generator) -> None:
    for _ in range(3):
        theta = float(np.round(rng.uniform(1.5, 6.0), 3))
        above, below = theta + float(rng.uniform(1.2, 3.0)), theta * float(rng.uniform(0.2, 0.8))
        cases = [above, below, theta, 0.0]
        values, told = [], []
        for y in cases:
            values.append(float(numbers(ask(y, theta), (), "The answer")))
            told.append((ask.asked, ask.returned))
        right = [1, -1, 0, 0]
        wrong = [k for k in range(4) if not agrees(values[k], right[k])]
        if not wrong:
            continue
        ask.asked, ask.returned = told[wrong[0]]
        change = [y * (y - theta) for y in cases]
        faces = (
            ("has no threshold", [1, 1, 1, 0]),
            ("has no threshold", [1, 1, 1, 1]),
            ("turns the sign", [-1, 1, 0, 0]),
            ("weakens a cell that does not fire", [1, -1, 0, -1]),
            ("a response at theta strengthens", [1, -1, 1, 0]),
            ("a response at theta weakens", [1, -1, -1, 0]),
            ("never weakens", [1, 0, 0, 0]),
            ("knows only stronger and weaker", [1, -1, -1, -1]),
            ("knows only stronger and weaker", [1, -1, 1, -1]),
            ("returns the change, not its sign", change),
            ("returns the change, not its sign", [y - theta for y in cases]),
        )
        raise Wrong(
            face_of(values, faces),
            f"With theta = {show(theta)}, responses of {show(cases)} should give [1, -1, 0, 0]; "
            f"yours gives {show(values)}.",
        )


CHANGE_SIGN = Item(
    name="a",
    lesson="01",
    title="Stronger, weaker, unchanged",
    statement="Return +1 where the rule strengthens an active synapse, -1 where it weakens it, "
    "and 0 where it leaves it as it is.",
    signature="change_sign(y, theta)",
    points=0,
    hints=(
        "The change of an active synapse has the sign of `y * (y - theta)`. Where is that 0?",
        "Three cases: y above theta; y between 0 and theta; y exactly 0 or exactly theta.",
    ),
    misconceptions={
        "has no threshold": "By Hebb's rule alone every response strengthens. Here one below theta "
        "weakens: look at `y - theta`.",
        "turns the sign": "A response above theta strengthens, one below weakens; yours is the "
        "other way round.",
        "weakens a cell that does not fire": "A cell that does not fire changes nothing: at "
        "y = 0 the factor y makes the change 0.",
        "a response at theta strengthens": "Exactly at theta the rule changes nothing: 0. Mind the "
        "difference between `>` and `>=`.",
        "a response at theta weakens": "Exactly at theta the rule changes nothing: 0. An `else` "
        "that means weaker takes that case along.",
        "never weakens": "There are three cases: below theta an active synapse gets weaker, -1.",
        "knows only stronger and weaker": "There is a third answer, 0: a response exactly at theta "
        "changes nothing, nor does a cell that does not fire (y = 0).",
        "returns the change, not its sign": "That is how much it changes. Only the direction is "
        "asked for: 1, -1 or 0.",
    },
    examine=_examine_change_sign,
    graded=False,
    solution="def change_sign(y, theta):\n    return np.sign(y * (y - theta))\n",
)
