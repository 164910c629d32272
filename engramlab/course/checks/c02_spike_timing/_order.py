"""The lesson's own check: `order_sign`."""

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import agrees, face_of, numbers, shape_of, show
from engramlab.course.checks.c02_spike_timing._twins import SIGN_OF_DT

MOMENT = "one moment is an order"


def _examine_order_sign(ask: Ask, rng: np.random.Generator) -> None:
    for far in (40.0, 7.0, 0.3):
        early = float(np.round(rng.uniform(1.0, 50.0), 3))
        late = early + float(np.round(rng.uniform(0.5, 0.9) * far, 3))
        cases = [(early, late), (late, early), (late, late)]
        values = []
        for pre, post in cases:
            answer = ask(pre, post)
            if type(answer) is str:
                raise Wrong(None, f"The answer is a number, such as 1; yours is {show(answer)}.")
            if shape_of(answer) != ():
                raise Wrong(None, f"The answer is one number; yours has shape {shape_of(answer)}.")
            values.append(float(numbers(answer, (), "The answer")))
        if agrees(values, [1.0, -1.0, 0.0]):
            continue
        dt = late - early
        faces = (
            (SIGN_OF_DT, [-1.0, 1.0, 0.0]),
            ("gives the delay, not its sign", [dt, -dt, 0.0]),
            ("gives the delay, not its sign", [-dt, dt, 0.0]),
            ("says yes or no", [1.0, 0.0, 0.0]),
            ("says yes or no", [0.0, 1.0, 0.0]),
            ("says yes or no", [1.0, 0.0, 1.0]),
            ("loses the order", [1.0, 1.0, 0.0]),
            (MOMENT, [1.0, -1.0, 1.0]),
            (MOMENT, [1.0, -1.0, -1.0]),
        )
        name = face_of(values, faces)
        if name is None and np.isnan(values[2]) and agrees(values[:2], [1.0, -1.0]):
            name = MOMENT
        raise Wrong(
            name,
            f"A spike of the sender {show(dt)} ms before, {show(dt)} ms after and at the moment of "
            f"the receiver's should give 1, -1 and 0; yours gives {show(values)}.",
        )


ORDER_SIGN = Item(
    name="a",
    lesson="02",
    title="Which spike came first",
    statement="Return 1 if the sender's spike (pre) came first, -1 if the receiver's (post) did, "
    "and 0 if both came at the same moment.",
    signature="order_sign(pre_ms, post_ms)",
    points=0,
    hints=(
        "The spike with the smaller time came first. There are three cases.",
        "Subtract one time from the other. Of the difference only the sign counts, and a "
        "difference of 0 is the third case.",
    ),
    misconceptions={
        SIGN_OF_DT: "The delay is counted from the sender's spike: dt = post - pre. Sender first "
        "gives +1.",
        "gives the delay, not its sign": "That is a time in ms. Only its sign is asked for: 1, -1 "
        "or 0.",
        "says yes or no": "True and False are 1 and 0. There are three cases: 1, -1, and 0 for the "
        "same moment only.",
        "loses the order": "Both orders give the same answer. Take no absolute value: the sign is "
        "the order.",
        MOMENT: "Two spikes at the same moment have no order: give 0.",
    },
    examine=_examine_order_sign,
    graded=False,
    solution="def order_sign(pre_ms, post_ms):\n"
    "    if pre_ms < post_ms:\n        return 1\n"
    "    if post_ms < pre_ms:\n        return -1\n"
    "    return 0\n",
)
