"""Item 4, the stretch: `triplet_update`."""

from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import Faces, agrees, apart, face_of, numbers, shape_of, show
from engramlab.course.checks.c02_spike_timing._twins import OWN_WORK, SIGN_OF_DT, Array

AFTER = "reads the slow trace after its own step"
TIMING = "timing alone decides"
NO_FADE = "traces do not fade"
LATE_FADE = "reads the traces before they fade"
WRONG_TIME = "a trace fades at another's pace"
WRONG_STEP = "the wrong traces step"
TO_ONE = "sets a trace to 1"
PART = "returns only part of it"
Rule = dict[str, float]
VISUAL_CORTEX: Rule = {
    "a2_plus": 0.0, "a3_plus": 6.5e-3, "a2_minus": 7.1e-3,
    "tau_plus_ms": 16.8, "tau_minus_ms": 33.7, "tau_y_ms": 114.0,
}  # fmt: skip


def _examine_triplet_update(ask: Ask, rng: np.random.Generator) -> None:
    for event in ("post", "pre", "pre", "post"):
        elapsed, traces, rule = _moment(event, rng)
        answer = ask(event, elapsed, traces, rule)
        _judge_event(answer, event, elapsed, traces, rule)
    lag = float(np.round(rng.uniform(8.0, 12.0), 2))
    for dt in (lag, -lag):
        _judge_train(ask, dt)


def _moment(event: str, rng: np.random.Generator) -> tuple[float, Array, Rule]:
    """Return a time, traces and a rule for which no two ideas give the same."""
    while True:
        values = {
            "a2_plus": rng.uniform(0.1, 0.3), "a3_plus": rng.uniform(0.4, 0.7),
            "a2_minus": rng.uniform(0.75, 0.95), "tau_plus_ms": rng.uniform(12.0, 18.0),
            "tau_minus_ms": rng.uniform(25.0, 40.0), "tau_y_ms": rng.uniform(70.0, 120.0),
        }  # fmt: skip
        rule = {name: float(np.round(value, 4)) for name, value in values.items()}
        traces, elapsed = rng.uniform(0.3, 1.6, 3), float(np.round(rng.uniform(4.0, 25.0), 2))
        right = _after(event, traces * _fading(elapsed, rule), rule)
        if apart(right, _faces(event, elapsed, traces, rule)):
            return elapsed, traces, rule


def _judge_event(answer: Any, event: str, elapsed: float, traces: Array, rule: Rule) -> None:
    right = _after(event, traces * _fading(elapsed, rule), rule)
    where = f"At a {event}synaptic spike"
    if shape_of(answer) in ((), (3,)) and face_of(answer, ((PART, right[0]), (PART, right[1:]))):
        raise Wrong(PART, f"{where} the answer should be (change, traces); it is {show(answer)}.")
    given = _flat(answer)
    if agrees(given, right):
        return
    name = face_of(given, _faces(event, elapsed, traces, rule))
    if agrees(given[0], right[0]):
        message = f"the traces should be {show(right[1:])}; they are {show(given[1:])}."
    else:
        message = f"the change should be {show(float(right[0]))}; it is {show(float(given[0]))}."
    raise Wrong(name, f"{where} {message}")


def _flat(answer: Any) -> Array:
    """Return the change and the three traces in one array."""
    if type(answer) not in (tuple, list) or len(answer) != 2:
        text = f"Return two things, `change, traces`; the answer is {show(answer)}."
        raise Wrong(None, text)
    change = numbers(answer[0], (), "The change").astype(float)
    return np.array([change, *numbers(answer[1], (3,), "The traces").astype(float)])


def _fading(elapsed: float, rule: Rule) -> Array:
    """Return what is left of each trace after a time."""
    times = np.array([rule["tau_plus_ms"], rule["tau_minus_ms"], rule["tau_y_ms"]])
    return np.asarray(np.exp(-elapsed / times))


def _after(event: str, faded: Array, rule: Rule) -> Array:
    """Return the change and the traces after a spike, from traces that have faded."""
    r1, o1, o2 = faded
    if event == "pre":
        return np.array([-rule["a2_minus"] * o1, r1 + 1, o1, o2])
    return np.array([r1 * (rule["a2_plus"] + rule["a3_plus"] * o2), r1, o1 + 1, o2 + 1])


def _faces(event: str, elapsed: float, traces: Array, rule: Rule) -> Faces:
    other = "pre" if event == "post" else "post"
    fading = _fading(elapsed, rule)
    r1, o1, o2 = faded = traces * fading
    change, *after = _after(event, faded, rule)
    late = _after(event, traces, rule)[0]
    paces = [fading[[k, k, k]] for k in range(3)] + [fading[[1, 0, 2]], fading[[0, 1, 1]]]
    paces += [fading[[2, 1, 0]], fading[[0, 2, 1]]]
    own = np.array([1.0, 0.0, 0.0]) if event == "pre" else np.array([0.0, 1.0, 1.0])
    steps = ([0, 0, 0], [1, 1, 1], [0, 1, 0], [0, 0, 1], 1 - own)
    set_to_one = np.where(own > 0, 1.0, faded)
    faces = [
        (NO_FADE, _after(event, traces, rule)),
        (LATE_FADE, [late, *after]),
        (LATE_FADE, [late, *((traces + own) * fading)]),
        (SIGN_OF_DT, _after(other, faded, rule)),
        ("turns the sign of the change", [-change, *after]),
        *((WRONG_TIME, _after(event, traces * pace, rule)) for pace in paces),
        *((WRONG_STEP, [change, *(faded + np.array(step))]) for step in steps),
        (TO_ONE, [change, *set_to_one]),
        ("fades after the step", [change, *((traces + own) * fading)]),
    ]
    if event == "post":
        plus, triplet = rule["a2_plus"], rule["a3_plus"]
        faces += [
            (AFTER, [r1 * (plus + triplet * (o2 + 1)), *after]),
            (TIMING, [r1 * plus, *after]),
            ("forgets the pair term", [r1 * triplet * o2, *after]),
            ("forgets the fast trace", [plus + triplet * o2, *after]),
            ("forgets the fast trace", [r1 * plus + triplet * o2, *after]),
            ("reads the wrong trace", [r1 * (plus + triplet * o1), *after]),
        ]
    else:
        faces += [
            ("reads the wrong trace", [-rule["a2_minus"] * o2, *after]),
            ("reads the wrong trace", [-rule["a2_minus"] * r1, *after]),
            ("reads the wrong trace", [-rule["a2_minus"] * (r1 + 1), *after]),
        ]
    return faces


def _judge_train(ask: Ask, dt: float) -> None:
    """Judge 30 pairs at 50 Hz, each event starting from what the last one gave back."""
    period, n_pairs = 20.0, 30
    first, second = ("pre", "post") if dt > 0 else ("post", "pre")
    traces, total = np.zeros(3), 0.0
    for k in range(2 * n_pairs):
        event = second if k % 2 else first
        elapsed = abs(dt) if k % 2 else (period - abs(dt)) * (k > 0)
        given = _flat(ask(event, float(elapsed), traces, dict(VISUAL_CORTEX)))
        total, traces = total + float(given[0]), given[1:]
    right = _by_hand(dt, period, n_pairs)
    if not agrees(1e-3 * total, 1e-3 * right):
        raise Wrong(
            None,
            f"{n_pairs} pairs at 50 Hz, {show(dt)} ms apart, should change the synapse by "
            f"{show(right)} in all; yours change it by {show(total)}.",
        )


def _by_hand(dt: float, period: float, n_pairs: int) -> float:
    """Return the change by regular pairs, summed over pairs and triplets without any trace."""
    rule = VISUAL_CORTEX
    pre = period * np.arange(n_pairs)
    post = pre + dt
    apart, own = post[:, None] - pre, post[:, None] - post
    down = np.exp(apart / rule["tau_minus_ms"])[apart < 0].sum()
    r1 = np.where(apart > 0, np.exp(-np.abs(apart) / rule["tau_plus_ms"]), 0.0).sum(axis=1)
    o2 = np.where(own > 0, np.exp(-np.abs(own) / rule["tau_y_ms"]), 0.0).sum(axis=1)
    up = (r1 * (rule["a2_plus"] + rule["a3_plus"] * o2)).sum()
    return float(up - rule["a2_minus"] * down)


TRIPLET_UPDATE = Item(
    name="triplet_update",
    lesson="02",
    title="Stretch: one event of the triplet rule",
    statement="Return the change of the synapse by one spike, and the three traces after it.",
    signature="triplet_update(event, elapsed_ms, traces, rule)",
    points=3,
    hints=(
        "Three steps, in this order: all traces fade for `elapsed_ms`; the change is read from "
        "the faded traces; then the traces of the cell that spiked step up by 1.",
        "At a postsynaptic spike: `r1 * (rule['a2_plus'] + rule['a3_plus'] * o2)`, and only then "
        "`o1 + 1` and `o2 + 1`. At a presynaptic spike: `-rule['a2_minus'] * o1`, and only then "
        "`r1 + 1`.",
    ),
    misconceptions={
        AFTER: "Your slow trace o2 already holds the spike of the moment, so each spike counts as "
        "its own predecessor. A triplet needs two postsynaptic spikes: read o2 first, then let it "
        "step.",
        TIMING: "Without `a3_plus` this is the pair rule, in which timing alone decides and rate "
        "is irrelevant. The slow trace o2 says how much the cell has spiked of late: it must "
        "multiply r1.",
        NO_FADE: "Time has passed since the last event. Multiply each trace by "
        "`np.exp(-elapsed_ms / tau)` with its own tau.",
        LATE_FADE: "You read the change from the old traces. First let all traces fade for "
        "`elapsed_ms`, then read.",
        "fades after the step": "The spike of the moment is fresh: it must not fade. Fade first, "
        "then add 1.",
        SIGN_OF_DT: "The two events are swapped. A presynaptic spike reads o1 and weakens; a "
        "postsynaptic one reads r1 and strengthens.",
        "turns the sign of the change": "A presynaptic spike comes after postsynaptic ones and "
        "weakens, a negative change; a postsynaptic spike strengthens.",
        WRONG_TIME: "Each trace has its own time constant: r1 `tau_plus_ms`, o1 `tau_minus_ms`, "
        "and the slow o2 `tau_y_ms`.",
        WRONG_STEP: "A presynaptic spike raises r1 by 1, and no other trace. A postsynaptic spike "
        "raises o1 and o2 by 1, and not r1.",
        TO_ONE: "You set a trace to 1 at a spike, so that it forgets all spikes but the last. Here "
        "all of them count: add 1 to what is left.",
        "forgets the pair term": "`a2_plus` is missing. It is 0 in visual cortex, but not in "
        "general: the factor is `a2_plus + a3_plus * o2`.",
        "forgets the fast trace": "No presynaptic spike, no strengthening: r1 multiplies both "
        "terms.",
        "reads the wrong trace": "A presynaptic spike reads o1, the fast trace of the other cell. "
        "A postsynaptic one reads r1 of the other cell and o2, the slow trace of its own.",
        PART: "Two things come back: the change, and the three traces r1, o1, o2 after the spike.",
    },
    examine=_examine_triplet_update,
    stretch=True,
    own_work=OWN_WORK,
)
