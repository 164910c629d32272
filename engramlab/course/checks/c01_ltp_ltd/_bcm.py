"""Item 2: `bcm_step`."""

from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import Faces, agrees, apart, face_of, numbers, shape_of, show
from engramlab.course.checks.c01_ltp_ltd._own_work import OWN_WORK

Array = np.ndarray[Any, Any]

NO_THRESHOLD = "has no threshold"
NOTHING = "changes nothing"
NEVER_WEAKENS = "never weakens"
OTHER_THRESHOLD = "uses another threshold than theta"


def _examine_bcm_step(ask: Ask, rng: np.random.Generator) -> None:
    for n_inputs, above in ((3, False), (4, True), (24, True)):
        w, x, theta, eta = _cell(n_inputs, above, rng)
        _judge(ask, w, x, theta, eta)
        _judge(ask, w, x, theta + float(rng.uniform(0.3, 1.0)), eta)
        _judge(ask, w, x, float(w @ x), eta)
    quiet = np.array([2.5, -2.5, 0.25])
    _judge(ask, quiet, np.array([0.5, 0.5, 0.0]), 1.0, 0.1)


def _cell(
    n_inputs: int, above: bool, rng: np.random.Generator
) -> tuple[Array, Array, float, float]:
    """Return weights, input, threshold and rate for which no two ideas give the same."""
    while True:
        w, x = rng.normal(0.3, 0.6, n_inputs), rng.uniform(0.4, 1.2, n_inputs)
        w[0], x[1] = -0.02, 0.0
        x[2:] *= rng.random(n_inputs - 2) < max(0.2, 4 / n_inputs)
        y, eta = float(w @ x), float(rng.uniform(0.05, 0.2))
        theta = y * float(rng.uniform(0.3, 0.7) if above else rng.uniform(1.4, 2.0))
        if 0.6 < y < 3 and abs(y - 1) > 0.2:
            right = w + eta * y * (y - theta) * x
            if apart(right, _faces(w, x, theta, eta)):
                return w, x, theta, eta


def _faces(w: Array, x: Array, theta: float, eta: float) -> Faces:
    y, each = float(w @ x), w * x
    mean = y / w.size
    change = eta * (y * y - y * theta) * x
    faces: list[tuple[str, Any]] = [
        (NO_THRESHOLD, w + eta * y * x),
        (NO_THRESHOLD, w + eta * y * y * x),
        ("turns the sign", w - change),
        ("leaves out the response", w + eta * (y - theta) * x),
        ("changes by the input alone", w + eta * x),
        ("counts all active inputs alike", w + eta * y * (y - theta) * (x > 0)),
        ("changes silent synapses too", w + eta * y * (y - theta)),
        ("returns only the change", change),
        ("makes each synapse a cell of its own", w + eta * each * (each - theta) * x),
        ("leaves out the learning rate", w + change / eta),
        ("compares the square of the response", w + eta * (y**2 - theta) * x),
        ("compares the square of the response", w + eta * y * (y**2 - theta) * x),
        ("adds up the input, not the response", w + eta * x.sum() * (x.sum() - theta) * x),
        ("takes the mean for the response", w + eta * mean * (mean - theta) * x),
        ("one number for all synapses", float(w.sum() + change.sum())),
        ("one number for all synapses", eta * y * (y - theta)),
    ]
    if y < theta:
        faces.append((NEVER_WEAKENS, w))
    if (w + change < 0).any():
        faces.append(("keeps the weights above 0", np.where(w + change > 0, w + change, 0.0)))
    return faces


def _judge(ask: Ask, w: Array, x: Array, theta: float, eta: float) -> None:
    answer, y = ask(w, x, theta, eta), float(w @ x)
    right = w + eta * y * (y - theta) * x
    if shape_of(answer) == w.shape and agrees(numbers(answer, w.shape, "The weights"), right):
        return
    name = face_of(answer, _faces(w, x, theta, eta))
    if name is None:
        numbers(answer, w.shape, "The new array of weights")
        silent = w - y / float(x @ x) * x
        rests = _moves_along(ask.aside(silent, x, theta, eta), silent, x) == 0
        if rests and _moves_along(ask.aside(w, x, y, eta), w, x):
            ask(w, x, y, eta)
            name, theta, right = OTHER_THRESHOLD, y, w
    elif name == NEVER_WEAKENS and _moves_along(ask.aside(w, x, y / 2, eta), w, x) == 0:
        name = NOTHING
    raise Wrong(
        name,
        f"With y = {show(y)}, theta = {show(theta)} and eta = {show(eta)} the weights should be "
        f"{show(right)}; they are {ask.returned}.",
    )


def _moves_along(answer: Any, w: Array, x: Array) -> float | None:
    """Return how far weights have moved along the input; None if they moved in other ways too."""
    change = numbers(answer, w.shape, "The new array of weights").astype(float) - w
    length = float(change @ x) / float(x @ x)
    if not agrees(change, length * x):
        return None
    return length if abs(length) > 1e-6 else 0.0


BCM_STEP = Item(
    name="bcm_step",
    lesson="01",
    title="One step of the weights",
    statement="Return the weights after one input: each active synapse changes by eta times "
    "y times (y - theta) times its input. theta is used as it is given.",
    signature="bcm_step(w, x, theta, eta)",
    points=4,
    hints=(
        "First the response, one number: `y = w @ x`. It decides the direction for the whole cell; "
        "`x` decides which synapses take part.",
        "The change is the learning rate, times `y`, times how far `y` lies above theta, times "
        "the array `x`. Add it to `w` in a new array.",
    ),
    misconceptions={
        NO_THRESHOLD: "This is Hebb's rule: every response strengthens, so nothing ever weakens, "
        "and it is not stable by itself. Multiply by `(y - theta)`.",
        "turns the sign": "A response above theta should strengthen the active synapses and one "
        "below weaken them; yours does the opposite. It is `y - theta`.",
        "leaves out the response": "Without the factor `y` a cell that does not fire would "
        "change its synapses. The change is proportional to `y * (y - theta)`.",
        "changes by the input alone": "The input says only which synapses take part. How much they "
        "change, and in which direction, is `y * (y - theta)`.",
        NOTHING: "The weights come back as they were. Add the change to `w`, and return the sum.",
        NEVER_WEAKENS: "A response below theta weakens the active synapses. Do not cut `y - theta` "
        "off at 0.",
        "counts all active inputs alike": "The stronger the input, the more its synapse changes. "
        "Multiply by `x` itself, not by `x > 0`.",
        "changes silent synapses too": "All synapses change, also those whose input is 0. Multiply "
        "by `x`: only active synapses take part.",
        "returns only the change": "That is the change. Return the weights after it: `w` plus the "
        "change.",
        "makes each synapse a cell of its own": "`w * x` gives a response for each synapse. The "
        "cell has one response, the sum: `w @ x`.",
        "leaves out the learning rate": "The step is not multiplied by `eta`.",
        "compares the square of the response": "It is the threshold's own step in which y is "
        "squared. Here y itself is compared with theta: `y * (y - theta)`.",
        "adds up the input, not the response": "The sum of the input is not the response: each "
        "input counts by its weight, `w @ x`.",
        "takes the mean for the response": "The response is the sum of the inputs, each times its "
        "weight: `w @ x`. You take the mean.",
        "one number for all synapses": "You return one number. Each synapse has a weight: return "
        "an array of the shape of `w`.",
        "keeps the weights above 0": "A negative weight is allowed here (inhibition by way of "
        "another cell). Do not cut the weights off at 0.",
        OTHER_THRESHOLD: "A response exactly at theta changes nothing, and yours does. Do not move "
        "theta in this function, nor take one of your own: `threshold_step` is the next item.",
    },
    examine=_examine_bcm_step,
    own_work=OWN_WORK,
)
