"""Item 2: `stdp_window`."""

from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Outcome, Stopped, Wrong
from engramlab.course.checks._tools import Faces, agrees, apart, judge, numbers, show
from engramlab.course.checks.c02_spike_timing._twins import (
    OWN_WORK,
    SIGN_OF_DT,
    Array,
    lobes,
    window_parameters,
)

GROWS = "grows with the delay"
ONE_AMPLITUDE = "one amplitude for both sides"
ONE_TIME = "one time constant for both sides"
OTHER_SIDE = "takes the number of the other side"
HALF = "leaves out one side"
TOTAL = "one number for all delays"
MOMENT = "a pair at one moment counts"
OVERFLOWS = "overflows at long delays"
ONE_BY_ONE = "judges all delays at once"


def _examine_stdp_window(ask: Ask, rng: np.random.Generator) -> None:
    for more_plus, n_delays in ((False, 6), (True, 11)):
        rule, dt = _pairs(n_delays, more_plus, rng)
        what = "The change at the delays " + show(dt)
        try:
            answer = ask(dt, *rule)
        except Stopped as stop:
            if stop.outcome is Outcome.ERROR and "truth value of an array" in stop.message:
                raise Wrong(ONE_BY_ONE, f"The function stops: {stop.message}") from None
            raise
        judge(answer, _window(dt, *rule), _faces(dt, *rule), what)
    rule = window_parameters(rng, more_plus=False)
    dt = np.array([-9.0, 0.0, 12.0, 0.0]) + rng.uniform(0.0, 3.0) * np.array([1, 0, 1, 0])
    _judge_part(ask(dt, *rule), dt, rule, dt == 0, MOMENT)
    dt = np.array([-1.0, 1.0, -2e-4, 2e-4]) * np.round(rng.uniform(5e4, 9e4))
    _judge_part(ask(dt, *rule), dt, rule, np.abs(dt) > 1e3, OVERFLOWS)


def _pairs(
    n_delays: int, more_plus: bool, rng: np.random.Generator
) -> tuple[tuple[float, ...], Array]:
    """Return parameters and delays, none of them 0, for which no two ideas give the same."""
    while True:
        rule = window_parameters(rng, more_plus=more_plus)
        dt = np.round(rng.uniform(3.0, 60.0, n_delays), 2)
        dt[:2] = np.round(rng.uniform(0.5, 2.0, 2), 2)  # so near that even a steep window shows
        dt[1::2] *= -1
        dt = rng.permutation(dt)
        if apart(_window(dt, *rule), _faces(dt, *rule)):
            return rule, dt


def _judge_part(answer: Any, dt: Any, rule: Any, part: Any, name: str) -> None:
    """Judge delays of which some have a misconception of their own."""
    right = _window(dt, *rule)
    values = numbers(answer, right.shape, "The window").astype(float)
    wrong = ~(np.abs(values - right) <= 1e-6)
    if not wrong.any():
        return
    at = int(np.argmax(wrong))
    raise Wrong(
        name if agrees(values[~part], right[~part]) else None,
        f"At the delay {show(float(dt[at]))} ms the change should be {show(float(right[at]))}; "
        f"it is {show(float(values[at]))}.",
    )


def _window(dt: Any, *rule: float) -> Any:
    up, down = lobes(dt, *rule)
    return up - down


def _faces(dt: Any, a: float, b: float, tau: float, late: float) -> Faces:
    """Return the twins; `a` and `tau` belong to pre before post, `b` and `late` to post first."""
    rule = (a, b, tau, late)
    up, down = lobes(dt, *rule)
    right = up - down
    far, sign = np.abs(dt), np.sign(dt)
    own_a, own_tau = np.where(dt > 0, a, b), np.where(dt > 0, tau, late)
    always = a * np.exp(-far / tau) - b * np.exp(-far / late)
    return (
        (SIGN_OF_DT, _window(-dt, *rule)),
        ("weakening has the wrong sign", up + down),
        ("weakening has the wrong sign", -up + down),
        ("weakening has the wrong sign", -up - down),
        (GROWS, sign * own_a * np.exp(far / own_tau)),
        (GROWS, sign * own_a * np.exp(-dt / own_tau)),
        (GROWS, sign * own_a * np.exp(dt / own_tau)),
        (ONE_AMPLITUDE, _window(dt, a, a, tau, late)),
        (ONE_AMPLITUDE, _window(dt, b, b, tau, late)),
        (ONE_TIME, _window(dt, a, b, tau, tau)),
        (ONE_TIME, _window(dt, a, b, late, late)),
        (OTHER_SIDE, _window(dt, b, a, tau, late)),
        (OTHER_SIDE, _window(dt, a, b, late, tau)),
        (OTHER_SIDE, _window(dt, b, a, late, tau)),
        ("forgets the time constants", sign * own_a * np.exp(-far)),
        ("a step without decay", sign * own_a),
        ("forgets the amplitudes", sign * np.exp(-far / own_tau)),
        ("takes both sides at every delay", always),
        (HALF, up),
        (HALF, -down),
        (TOTAL, right.sum()),
        (TOTAL, right.mean()),
    )


STDP_WINDOW = Item(
    name="stdp_window",
    lesson="02",
    title="The timing window",
    statement="Return the change of the synapse by one pair of spikes, for each of the given "
    "delays.",
    signature="stdp_window(dt_ms, a_plus, a_minus, tau_plus_ms, tau_minus_ms)",
    points=3,
    hints=(
        "Two exponentials, one for each side of 0. Which exponent can never become positive, "
        "whatever the sign of the delay?",
        "With `far = np.abs(dt_ms)` both sides fade as `np.exp(-far / tau)`, each with its own "
        "amplitude and tau. `np.where(dt_ms > 0, up, down)` chooses for each delay; mind the "
        "delay 0.",
    ),
    misconceptions={
        SIGN_OF_DT: "Your window is mirrored. The delay is dt = post - pre: a positive one means "
        "that the presynaptic spike came first, and that strengthens.",
        "weakening has the wrong sign": "Pre before post strengthens, a positive change; post "
        "before pre weakens, a negative one. The amplitudes are handed over as positive numbers, "
        "so the minus is yours to write.",
        GROWS: "Your change grows with the delay, on one side at least. For a negative delay "
        "`-dt / tau` is positive: the exponent must be negative on both sides, "
        "`-np.abs(dt_ms) / tau`.",
        ONE_AMPLITUDE: "Both sides have the same amplitude. Weakening has its own, `a_minus`: only "
        "because its area is larger do random spikes weaken a synapse.",
        ONE_TIME: "Both sides fade at the same pace. Weakening has its own time constant, "
        "`tau_minus_ms`.",
        OTHER_SIDE: "The shape is right, but `a_plus` and `tau_plus_ms` belong to positive delays, "
        "`a_minus` and `tau_minus_ms` to negative ones.",
        "forgets the time constants": "Your window fades within one ms. The exponent is the delay "
        "divided by the time constant.",
        "a step without decay": "Your change is the same at each delay of one sign. It fades with "
        "the delay, as `np.exp(-np.abs(dt_ms) / tau)`.",
        "forgets the amplitudes": "Each side has its amplitude: `a_plus` and `a_minus`.",
        "takes both sides at every delay": "Both exponentials count at each delay in your window, "
        "so that the order of the spikes makes no difference. One pair is either pre before post "
        "or post before pre.",
        HALF: "Half of the window is 0. Pre before post strengthens, and post before pre weakens.",
        TOTAL: "One change for each delay, please: the answer has the shape of `dt_ms`.",
        ONE_BY_ONE: "`dt_ms` holds many delays, and `if` can judge only one thing. Choose for each "
        "delay with `np.where(dt_ms > 0, ..., ...)`, or go through them in a loop.",
        MOMENT: "A pair at one moment has no order and changes nothing: at dt = 0 the window is 0. "
        "A `>=` or an `else` may count it in, and `dt / abs(dt)` has no value there.",
        OVERFLOWS: "Spikes a minute apart make `np.exp(3000)`, which is infinite, and infinite "
        "times 0 is not a number. Take the exponential of `-np.abs(dt_ms) / tau`, which can only "
        "become 0.",
    },
    examine=_examine_stdp_window,
    own_work=OWN_WORK,
)
