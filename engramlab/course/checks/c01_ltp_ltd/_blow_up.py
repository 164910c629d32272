"""Stretch: `hebb_blow_up_time`."""

import math
from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import Faces, agrees, apart, face_of, numbers, shape_of, show
from engramlab.course.checks.c01_ltp_ltd._own_work import OWN_WORK

Array = np.ndarray[Any, Any]

NEVER = "gives a time where nothing grows"
AT_LIMIT = "stops when the limit is reached, not passed"
GIVES_UP = "gives up after a set number of steps"
AT_ONCE = "does not look before the first step"


def _examine_blow_up(ask: Ask, rng: np.random.Generator) -> None:
    for n_inputs in (3, 5, 12):
        w, x, eta, limit = _cell(n_inputs, rng)
        _judge(ask(w, x, eta, limit), w, x, eta, limit)
    _judge_long(ask, w, x, rng)
    silent = np.zeros_like(x)
    for start, shown in ((-w, x), (w, silent), (np.where(x > 0, 0.0, w), x)):
        answer = ask(start, shown, eta, limit)
        if _is_never(answer):
            continue
        raise Wrong(
            NEVER,
            f"The response starts at {show(float(start @ shown))} and never gets above "
            f"{show(limit)}: the number of steps should be inf; it is {show(answer)}.",
        )
    _judge_start(ask(w, x, eta, float(w @ x) / 2))
    one = np.ones(1)
    answer = ask(one, one, 1.0, 8.0)
    if not agrees(numbers(answer, (), "The number of steps"), 4):
        at_limit = AT_LIMIT if agrees(answer, 3) else None
        raise Wrong(
            at_limit,
            "The response doubles: 1, 2, 4, 8, 16. The first one above 8 comes after 4 steps; "
            f"yours says {show(answer)}.",
        )


def _is_never(answer: Any) -> bool:
    """Return whether an answer is plus infinity."""
    return float(numbers(answer, (), "The number of steps")) == math.inf


def _cell(n_inputs: int, rng: np.random.Generator) -> tuple[Array, Array, float, float]:
    """Return a case for which no two ideas give the same, and no step ends near the limit."""
    while True:
        w, x = rng.normal(0.1, 0.2, n_inputs), rng.uniform(0.2, 1.6, n_inputs)
        x[0] = 0.0
        y, eta = float(w @ x), float(rng.uniform(0.02, 0.1))
        if not 0.1 < y < 0.5:
            continue
        limit = y * float(rng.uniform(4.0, 9.0))
        exact = math.log(limit / y) / math.log1p(eta * float(x @ x))
        if 0.15 < exact % 1 < 0.85 and 4 < exact < 45 and apart(
            math.ceil(exact), _faces(w, x, eta, limit)
        ):  # fmt: skip
            return w, x, eta, limit


def _steps(y: float, growth: float, limit: float) -> int:
    return math.floor(math.log(limit / y) / math.log(growth)) + 1


def _faces(w: Array, x: Array, eta: float, limit: float) -> Faces:
    y, squares = float(w @ x), float(x @ x)
    right = _steps(y, 1 + eta * squares, limit)
    exact = math.log(limit / y) / math.log1p(eta * squares)
    return (
        ("keeps the first response", math.floor((limit - y) / (eta * y * squares)) + 1),
        ("leaves out the input", _steps(y, 1 + eta, limit)),
        ("adds up the input, not its squares", _steps(y, 1 + eta * float(x.sum()), limit)),
        ("counts one step too few", right - 1),
        ("counts one step too many", right + 1),
        ("counts parts of a step", exact),
        ("returns the response, not the number of steps", y * (1 + eta * squares) ** right),
        ("compares the weights with the limit", _by_weights(w, x, eta, limit, np.max)),
        ("compares the weights with the limit", _by_weights(w, x, eta, limit, np.sum)),
    )


def _by_weights(w: Array, x: Array, eta: float, limit: float, measure: Any) -> int:
    """Return after how many steps the largest weight, or their sum, is above the limit."""
    y, squares, step = float(w @ x), float(x @ x), 0
    while measure(w) <= limit and step < 500:
        w = w + eta * y * x
        y *= 1 + eta * squares
        step += 1
    return step


def _judge(answer: Any, w: Array, x: Array, eta: float, limit: float) -> None:
    y = float(w @ x)
    right = _steps(y, 1 + eta * float(x @ x), limit)
    if shape_of(answer) == () and agrees(numbers(answer, (), "The number of steps"), right):
        return
    name = face_of(answer, _faces(w, x, eta, limit))
    if name is None:
        numbers(answer, (), "The number of steps")
    raise Wrong(
        name,
        f"From y = {show(y)}, with eta = {show(eta)}, the response is above {show(limit)} for the "
        f"first time after {right} steps; yours says {show(answer)}.",
    )


def _judge_long(ask: Ask, w: Array, x: Array, rng: np.random.Generator) -> None:
    """Ask for thousands of steps, with a limit halfway between the last two responses."""
    y, n = float(w @ x), int(rng.integers(3000, 5000))
    limit = y * float(rng.uniform(4.0, 9.0))
    eta = math.expm1(math.log(limit / y) / (n - 0.5)) / float(x @ x)
    answer = ask(w, x, eta, limit)
    value = float(numbers(answer, (), "The number of steps"))
    if agrees(value, n):
        return
    same = value == float(numbers(ask.aside(w, x, eta, 2 * limit), (), "The number of steps"))
    raise Wrong(
        GIVES_UP if same and value > 0 else None,
        f"With eta = {show(eta)} the response grows slowly from y = {show(y)}, and is above "
        f"{show(limit)} for the first time after {n} steps; yours says {show(answer)}"
        f"{', and the same for a limit twice as high' if same else ''}.",
    )


def _judge_start(answer: Any) -> None:
    if not agrees(numbers(answer, (), "The number of steps"), 0):
        raise Wrong(
            AT_ONCE,
            "The response is above the limit from the start: the number of steps should be 0; it "
            f"is {show(answer)}.",
        )


HEBB_BLOW_UP_TIME = Item(
    name="hebb_blow_up_time",
    lesson="01",
    title="Stretch: when Hebb's rule blows up",
    statement="Return after how many steps of Hebb's rule the response to one input is above a "
    "limit for the first time; infinity when it never is.",
    signature="hebb_blow_up_time(w, x, eta, limit)",
    points=2,
    hints=(
        "A loop: as long as `w @ x <= limit`, do one step `w = w + eta * (w @ x) * x` and count "
        "it. Before the loop, ask whether the response can grow at all.",
        "A step multiplies the response by the same factor, 1 + eta times the sum of the squares "
        "of `x`. A response of 0 or below therefore never gets above the limit: `np.inf`.",
    ),
    misconceptions={
        "keeps the first response": "You use the response of the start in every step. It grows "
        "with the weights, and so does the next change: that is why it explodes.",
        "leaves out the input": "The change of a weight is eta times y times **x**, and each "
        "weight counts by x once more in the response: the factor is `1 + eta * (x @ x)`.",
        "adds up the input, not its squares": "x enters twice: in the change of the weight and in "
        "the response. The factor holds the sum of its squares, `x @ x`.",
        "counts one step too few": "You are one step short. Count a step when the weights change, "
        "and stop when the new response is above the limit.",
        "counts one step too many": "You count one step too many. After how many changes of the "
        "weights is the response above the limit for the first time?",
        "counts parts of a step": "Steps are whole: round up to the first one after which the "
        "response is above the limit.",
        "returns the response, not the number of steps": "That is how large the response is. The "
        "question is after how many steps.",
        "compares the weights with the limit": "The limit is one for the response `w @ x`, not for "
        "the weights.",
        NEVER: "A response of 0 changes no weight, and a negative one only grows more negative: "
        "it never gets above the limit. Return `np.inf`.",
        AT_LIMIT: "A response of exactly the limit is not above it. Go on while `w @ x <= limit`.",
        GIVES_UP: "Your loop ends after a set number of steps, and a small `eta` needs thousands. "
        "Once it is clear that the response grows, go on until it is above the limit.",
        AT_ONCE: "Where the response is above the limit from the start, no step is needed: "
        "return 0.",
    },
    examine=_examine_blow_up,
    stretch=True,
    own_work=OWN_WORK,
)
