"""Item 3: `threshold_step`."""

import math

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import Faces, agrees, apart, face_of, numbers, shape_of, show
from engramlab.course.checks.c01_ltp_ltd._own_work import OWN_WORK

STAYS = "stays where it is"
NEVER_RISES = "never rises"
NEVER_FALLS = "never falls"


def _examine_threshold_step(ask: Ask, rng: np.random.Generator) -> None:
    for rises, fast in ((True, True), (False, True), (True, False)):
        theta, y, tau, y0 = _case(rises, fast, rng)
        _judge(ask, theta, y, tau, y0)
    _judge(ask, theta, 0.0, tau, y0, named=False)
    _judge(ask, 2.0, 2.0, 5.0, 2.0, named=False)  # at rest
    _judge(ask, 0.0, y, 1.0, y0, named=False)
    walked = theta
    for _ in range(5):
        walked = _judge(ask, walked, y, tau, y0)


def _case(rises: bool, fast: bool, rng: np.random.Generator) -> tuple[float, float, float, float]:
    """Return numbers for which no two ideas give the same."""
    while True:
        theta, y = float(rng.uniform(0.5, 3.0)), float(rng.uniform(0.5, 3.0))
        tau = float(rng.integers(2, 7) if fast else rng.integers(10, 20))
        y0 = float(rng.choice([0.4, 0.6, 1.5, 1.8]))
        if rises != (y * y / y0 > theta):
            continue
        if apart(_step(theta, y, tau, y0), _faces(theta, y, tau, y0)):
            return theta, y, tau, y0


def _step(theta: float, y: float, tau: float, y0: float) -> float:
    return theta * (1 - 1 / tau) + y * y / (tau * y0)


def _faces(theta: float, y: float, tau: float, y0: float) -> Faces:
    goal = y * y / y0
    return (
        ("follows y, not its square", theta + (y - theta) / tau),
        ("follows y, not its square", theta + (y / y0 - theta) / tau),
        ("divides by y0 before squaring", theta + ((y / y0) ** 2 - theta) / tau),
        ("leaves out y0", theta + (y * y - theta) / tau),
        ("multiplies by y0", theta + (y * y * y0 - theta) / tau),
        ("divides theta by y0 as well", theta + (y * y - theta) / (tau * y0)),
        ("multiplies theta by y0", theta + (y * y - theta * y0) / tau),
        ("multiplies theta by y0", (y * y - theta * y0) / tau),
        ("multiplies by tau", theta + (goal - theta) * tau),
        ("jumps to the end at once", goal),
        ("jumps to the end at once", theta + goal - theta / tau),
        ("moves away", theta - (goal - theta) / tau),
        ("adds without letting go of the old", theta + goal / tau),
        ("returns only the change", (goal - theta) / tau),
        (STAYS, theta),
        ("takes an exponential step", goal + (theta - goal) * math.exp(-1 / tau)),
    )


def _judge(ask: Ask, theta: float, y: float, tau: float, y0: float, *, named: bool = True) -> float:
    """Return the threshold that was answered, or raise `Wrong`."""
    answer, right = ask(theta, y, tau, y0), _step(theta, y, tau, y0)
    if shape_of(answer) == () and agrees(numbers(answer, (), "The threshold"), right):
        return float(answer)
    name = face_of(answer, _faces(theta, y, tau, y0)) if named else None
    if name is None:
        numbers(answer, (), "The threshold")
    if name == STAYS and _moves_the_other_way(ask, theta, y, tau, y0):
        name = NEVER_RISES if right > theta else NEVER_FALLS
    raise Wrong(
        name,
        f"From theta = {show(theta)}, with y = {show(y)}, tau = {show(tau)} and y0 = {show(y0)}, "
        f"the next theta should be {show(right)}; it is {show(answer)}.",
    )


def _moves_the_other_way(ask: Ask, theta: float, y: float, tau: float, y0: float) -> bool:
    """Return whether a threshold that stays here moves once its goal lies on the other side."""
    other = 0.0 if y * y / y0 > theta else 2 * math.sqrt(theta * y0)
    return not agrees(numbers(ask.aside(theta, other, tau, y0), (), "The threshold"), theta)


THRESHOLD_STEP = Item(
    name="threshold_step",
    lesson="01",
    title="One step of the sliding threshold",
    statement="Return the threshold after one step: nearer to y squared over y0 by the share "
    "1/tau of the distance.",
    signature="threshold_step(theta, y, tau, y0)",
    points=3,
    hints=(
        "First the goal of this step, `y**2 / y0`. The threshold does not jump there: it covers "
        "the share 1/tau of the distance that is left.",
        "The distance is the goal less `theta`. Divide it by `tau` and add it to `theta`.",
    ),
    misconceptions={
        "follows y, not its square": "The threshold must rise more steeply than the response, or "
        "it never catches up with it. It follows the square: `y**2 / y0`.",
        "divides by y0 before squaring": "You square y0 as well. Only y is squared: `y**2 / y0`, "
        "not `(y / y0)**2`.",
        "leaves out y0": "The goal is y squared divided by `y0`, the response at which a constant "
        "cell rests.",
        "multiplies by y0": "You multiply by `y0`. The goal is y squared divided by it.",
        "divides theta by y0 as well": "Only y squared is divided by `y0`; theta is not. Mind the "
        "brackets: `(y**2 / y0 - theta) / tau`.",
        "multiplies theta by y0": "You multiply theta by `y0`, and the step becomes y0 times what "
        "it should be. Divide y squared by `y0`, and leave theta as it is.",
        "multiplies by tau": "A large tau means a slow threshold: divide the distance by `tau`. "
        "Multiplied, theta flies past its goal.",
        "jumps to the end at once": "Theta is a running mean of many steps, not the latest value. "
        "One step covers only 1/tau of the distance.",
        "moves away": "Theta moves away from its goal. The distance is goal less theta, and it is "
        "added.",
        "adds without letting go of the old": "The old theta has to fade, or the threshold only "
        "grows. Add `(goal - theta) / tau`, not `goal / tau`.",
        "returns only the change": "That is the change. Return the new threshold: `theta` plus "
        "the change.",
        STAYS: "Theta does not move: that is the fixed threshold, the control of the lesson.",
        NEVER_RISES: "Theta has to rise where the goal lies above it: that is what stops a cell "
        "whose responses grow. Do not take the smaller of old and new.",
        NEVER_FALLS: "Theta follows a cell that grows quiet as well: it falls where the goal is "
        "below it. Do not take the larger of old and new.",
        "takes an exponential step": "An exponential would be exact in continuous time. By the "
        "conventions a step covers the share 1/tau, without one.",
    },
    examine=_examine_threshold_step,
    own_work=OWN_WORK,
)
