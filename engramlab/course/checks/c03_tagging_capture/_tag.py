"""Item 3: `tag_alive_hours`."""

from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Stopped, Wrong
from engramlab.course.checks._tools import (
    Faces,
    agrees,
    apart,
    face_of,
    numbers,
    shape_of,
    show,
    within,
)
from engramlab.course.checks.c03_tagging_capture._own_work import OWN_WORK

Array = np.ndarray[Any, Any]

AT_REST = "has no number for a synapse at rest"
NEGATIVE = "a weakened synapse has no tag"
NO_NUMBER = "no number where there is no tag"
CLOSE = "counted in steps or rounded"
NEAR_HOURS = 0.06


def _examine_tag_alive_hours(ask: Ask, rng: np.random.Generator) -> None:
    for n_synapses, low in ((5, True), (12, False), (200, True)):
        early, theta, tau = _case(n_synapses, low, rng)
        _judge(_asked(ask, early, theta, tau), early, theta, tau)
    early = np.array([0.0, theta, -theta, 2 * theta])
    answer = ask.at_edge(AT_REST, "A synapse at rest has early 0.", early, theta, tau)
    value = numbers(answer, (4,), "The array of hours").astype(float)
    if not agrees(value, [0, 0, 0, tau * np.log(2)]):
        raise Wrong(
            AT_REST if not np.isfinite(value[0]) else None,
            "Early parts of 0, and of exactly the threshold, have no tag: 0 h. Twice the "
            f"threshold fades to it in {show(float(tau * np.log(2)))} h. Yours gives "
            f"{show(answer)}.",
        )


def _asked(ask: Ask, early: Array, theta: float, tau: float) -> Any:
    """Ask; the logarithm of a negative early part, which `math.log` refuses, has a name."""
    try:
        return ask(early, theta, tau)
    except Stopped as stop:
        if not stop.message.startswith("ValueError: math domain error"):
            raise
        line = f" ({stop.line})" if stop.line else ""
        raise Wrong(
            NEGATIVE, f"Early parts are {show(early)}, and your code stops{line}: {stop.message}."
        ) from None


def _case(n_synapses: int, low: bool, rng: np.random.Generator) -> tuple[Array, float, float]:
    """Return early parts above and below the threshold for which no two ideas agree."""
    while True:
        theta = float(rng.uniform(0.12, 0.17) if low else rng.uniform(0.24, 0.32))
        tau = float(rng.uniform(1.3, 3.0))
        early = rng.uniform(0.02, 1.0, n_synapses) * rng.choice([-1.0, 1.0], n_synapses)
        early[:5] = 0.95 * theta, 2.1 * theta, -2.6 * theta, -0.5 * theta, 1.1 * theta
        early = rng.permutation(early)
        if apart(_hours(early, theta, tau), _faces(early, theta, tau)):
            return early, theta, tau


def _hours(early: Array, theta: float, tau: float) -> Array:
    return tau * np.log(np.maximum(np.abs(early), theta) / theta)


def _faces(early: Array, theta: float, tau: float) -> Faces:
    size = np.abs(early)
    right, tagged = _hours(early, theta, tau), size > theta
    full = np.full(early.shape, right.max())
    return (
        ("negative hours", tau * np.log(size / theta)),
        ("hours of a tag that never was", np.abs(tau * np.log(size / theta))),
        ("uses another logarithm", right / np.log(10)),
        ("uses another logarithm", right / np.log(2)),
        ("turns the ratio round", -right),
        ("keeps the sign of the early part", np.sign(early) * right),
        ("keeps the sign of the early part", np.sign(early) * tau * np.log(size / theta)),
        ("turns the ratio round", np.maximum(tau * np.log(theta / size), 0)),
        ("leaves out tau", right / tau),
        ("divides by tau", right / tau**2),
        ("answers in minutes", right * 60),
        ("fades in a straight line", np.where(tagged, tau * (1 - theta / size), 0)),
        ("fades in a straight line", np.where(tagged, tau * (size - theta), 0)),
        ("every tag lasts equally long", np.where(tagged, tau, 0)),
        ("forgets the threshold", np.where(tagged, tau * np.log(size), 0)),
        ("forgets the threshold", tau * np.log(size)),
        ("forgets the threshold", tau * np.abs(np.log(size))),
        ("one tag for the whole cell", right.max()),
        ("one tag for the whole cell", full),
        ("one tag for the whole cell", np.where(tagged, right.max(), 0)),
        ("adds the hours up", right.sum()),
        ("says whether, not how long", tagged),
        (NEGATIVE, np.where(early > 0, right, 0)),
        ("only the tagged synapses", right[tagged]),
    )


def _judge(answer: Any, early: Array, theta: float, tau: float) -> None:
    right = _hours(early, theta, tau)
    value = None
    if shape_of(answer) == early.shape:
        value = numbers(answer, early.shape, "The hours").astype(float)
        if agrees(value, right):
            return
    name = face_of(answer, _faces(early, theta, tau))
    if name is None and value is not None:
        name = _hidden_in_nan(value, early, theta, tau)
        if (np.abs(value - right) < NEAR_HOURS).all():
            name = CLOSE
    if value is None:
        if name is None:
            numbers(answer, early.shape, "The array of hours")
        raise Wrong(
            name,
            f"There are {early.size} synapses, each with its own tag; your answer has shape "
            f"{shape_of(answer)}.",
        )
    wrong, none = ~(np.abs(value - right) <= within(right)), ~np.isfinite(value)
    at = int(np.argmax(none if none.any() else wrong))
    raise Wrong(
        name,
        f"With theta_tag = {show(theta)} and tau_hours = {show(tau)}, a synapse with early "
        f"{show(float(early[at]))} should keep its tag for {right[at]:.8g} h; yours says "
        f"{value[at]:.8g}.",
    )


def _hidden_in_nan(value: Array, early: Array, theta: float, tau: float) -> str | None:
    """Return the name for an answer that is no number at some synapses and right at the others."""
    up, right = early > 0, _hours(early, theta, tau)
    tagged, none = right > 0, ~np.isfinite(value)
    if np.array_equal(none, ~tagged) and agrees(value[tagged], right[tagged]):
        return NO_NUMBER
    with_sign = tau * np.log(early[up] / theta)
    if np.array_equal(none, ~up) and (agrees(value[up], right[up]) or agrees(value[up], with_sign)):
        return NEGATIVE
    return None


TAG_ALIVE_HOURS = Item(
    name="tag_alive_hours",
    lesson="03",
    title="How long a tag stands",
    statement="Return for how long each synapse keeps its tag: until its fading early part falls "
    "to the threshold; 0 where it is not above it.",
    signature="tag_alive_hours(early, theta_tag, tau_hours)",
    points=3,
    hints=(
        "In the worked value, what do you set equal to 0.2? Do the same with letters, and solve "
        "for the hours: what undoes an exponential?",
        "`np.log` of the size of `early` over `theta_tag` says how many time constants it takes. "
        "For a synapse without a tag that is below 0, and at rest no number: what could you put "
        "in place of a size below `theta_tag` so that 0 comes out? (`np.maximum` helps.)",
    ),
    misconceptions={
        "negative hours": "A synapse below the threshold has no tag: 0 hours, not a negative "
        "number. `np.maximum(..., 0)` cuts off.",
        "hours of a tag that never was": "You give hours to synapses whose early part is below the "
        "threshold. They never had a tag: 0.",
        "uses another logarithm": "The fading is an exponential of base e: use the natural "
        "logarithm, `np.log`.",
        "turns the ratio round": "You divide the threshold by the early part, so the logarithm "
        "changes its sign. It is `np.abs(early) / theta_tag`.",
        "leaves out tau": "The logarithm says how many time constants it takes. Multiply by "
        "`tau_hours`.",
        "divides by tau": "A slower fading (larger tau) keeps the tag for longer: multiply by "
        "`tau_hours`.",
        "answers in minutes": "The answer is in hours, as `tau_hours` is. No factor of 60.",
        "fades in a straight line": "The early part does not fade along a straight line: it loses "
        "the same share in each hour. That gives a logarithm.",
        "every tag lasts equally long": "A larger early part takes longer to fall to the "
        "threshold. The time constant alone does not tell how long.",
        "forgets the threshold": "The tag ends when the early part reaches the threshold, not 1. "
        "Divide by `theta_tag` inside the logarithm.",
        "one tag for the whole cell": "The tag sits on the synapse, not on the cell: each synapse "
        "has its own hours.",
        "adds the hours up": "You add up over synapses. Each has a tag of its own: return one "
        "number for each.",
        "says whether, not how long": "That says which synapses have a tag. The question is for "
        "how many hours.",
        "keeps the sign of the early part": "A weakened synapse keeps its tag as long as a "
        "strengthened one of the same size: hours are never below 0.",
        NO_NUMBER: "A synapse without a tag keeps it for 0 hours: return 0 there, not nan.",
        CLOSE: "Close, but counted in steps or rounded: solve for t, and do not round.",
        NEGATIVE: "A weakened synapse has a negative early part, and a tag as well. Take the "
        "absolute value, `np.abs(early)`.",
        "only the tagged synapses": "Return one number for each synapse, 0 for those without a "
        "tag.",
        AT_REST: "The logarithm of 0 is no number. A synapse at rest has no tag: 0 hours. "
        "`np.maximum(np.abs(early), theta_tag)` before the logarithm helps.",
    },
    examine=_examine_tag_alive_hours,
    own_work=OWN_WORK,
)
