"""Item 5, the second stretch: `fraction_above`."""

import math

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import Faces, apart, close, judge, numbers, shape_of, show
from engramlab.course.checks.c02_spike_timing._twins import OWN_WORK

PEAK = "judges by the peak"
NO_LOG = "forgets the logarithm"
WRONG_LOG = "takes another logarithm"
BELOW = "a peak below the threshold does not give 0"
BEYOND = "goes beyond the window"
STEPS = "counts time steps"


def _examine_fraction_above(ask: Ask, rng: np.random.Generator) -> None:
    for _ in range(2):
        peak, theta, tau, window = _jump(rng)
        stays = tau * (math.log(peak) - math.log(theta))
        right = stays / window
        answer = ask(peak, theta, tau, window)
        what = "The share of time above the threshold"
        try:
            judge(answer, right, _faces(peak, theta, tau, window), what)
        except Wrong as wrong:
            near = shape_of(answer) == () and type(answer) in (bool, int, float, np.ndarray)
            if near and wrong.misconception is None and close(answer, right, 0.03):
                raise Wrong(STEPS, wrong.message) from None
            raise
    short = stays * float(rng.uniform(0.3, 0.8))
    faces = ((BEYOND, stays / short), (BEYOND, stays), ("gives ms, not a share", short))
    judge(ask(peak, theta, tau, short), 1.0, faces, "With a window that ends sooner, the share")
    for low in (theta * float(rng.uniform(0.3, 0.8)), theta):
        answer = ask(low, theta, tau, window)
        value = numbers(answer, (), "The share")
        if not close(value, 0.0):
            raise Wrong(
                BELOW,
                f"With a peak of {show(low)} and a threshold of {show(theta)} the share should be "
                f"0; it is {show(answer)}.",
            )


def _jump(rng: np.random.Generator) -> tuple[float, float, float, float]:
    """Return peak, threshold, decay and window for which no two ideas give the same."""
    while True:
        theta, tau = float(rng.uniform(0.7, 1.4)), float(rng.uniform(12.0, 40.0))
        peak = theta * float(rng.uniform(2.0, 3.2))
        stays = tau * math.log(peak / theta)
        window = stays * float(rng.uniform(3.0, 4.5))
        if apart(stays / window, _faces(peak, theta, tau, window)):
            return peak, theta, tau, window


def _faces(peak: float, theta: float, tau: float, window: float) -> Faces:
    ratio = peak / theta
    share = tau * np.log(ratio) / window
    return (
        ("gives ms, not a share", share * window),
        (PEAK, 1.0),
        (PEAK, peak),
        (PEAK, peak - theta),
        (PEAK, 1 - 1 / ratio),
        (PEAK, ratio),
        (NO_LOG, tau * ratio / window),
        (NO_LOG, tau * (peak - theta) / window),
        (NO_LOG, tau * (ratio - 1) / window),
        (NO_LOG, tau * (1 - 1 / ratio) / window),
        (NO_LOG, tau / window),
        (WRONG_LOG, tau * np.log10(ratio) / window),
        (WRONG_LOG, tau * np.log2(ratio) / window),
        (WRONG_LOG, tau * np.log1p(ratio) / window),
        ("forgets the time constant", np.log(ratio) / window),
        ("forgets the time constant", min(1.0, np.log(ratio) / tau / window)),
        ("forgets the threshold", tau * np.log(peak) / window),
        ("turns the ratio", -share),
        ("gives the share below", 1 - share),
        ("takes the mean of calcium", tau * peak * -np.expm1(-window / tau) / window),
    )


FRACTION_ABOVE = Item(
    name="fraction_above",
    lesson="02",
    title="Stretch: time above a threshold",
    statement="Return the share of a time window for which calcium stays above a threshold, after "
    "a jump to its peak and exponential decay.",
    signature="fraction_above(peak, theta, tau_ms, window_ms)",
    points=2,
    hints=(
        "At time t calcium stands at `peak * np.exp(-t / tau_ms)`. Set that equal to the threshold "
        "and solve for t.",
        "It crosses the threshold at `tau_ms * np.log(peak / theta)`. Divide by the window; the "
        "share is 0 for a low peak, and never above 1.",
    ),
    misconceptions={
        "gives ms, not a share": "That is a time in ms. Divide it by `window_ms`.",
        PEAK: "You judge by how high calcium rises. In this rule it is not the height but the time "
        "above the threshold that counts.",
        NO_LOG: "Calcium decays exponentially, so the time until it crosses the threshold grows "
        "with the logarithm of the peak: solve `peak * np.exp(-t / tau_ms) = theta` for t.",
        WRONG_LOG: "The decay is written with e, so its inverse is the natural logarithm of "
        "`peak / theta`, `np.log`.",
        "forgets the time constant": "The time above the threshold is in proportion to `tau_ms`: "
        "slow decay keeps calcium up for longer.",
        "forgets the threshold": "What counts is the peak relative to the threshold, "
        "`peak / theta`.",
        "turns the ratio": "Your share is negative: the logarithm is that of `peak / theta`, not "
        "of `theta / peak`.",
        "gives the share below": "That is the share of time below the threshold.",
        "takes the mean of calcium": "That is the mean of calcium over the window. The question "
        "is for how long it stays above the threshold.",
        BELOW: "A peak at or below the threshold spends no time above it: the share is 0. The "
        "logarithm alone would turn negative.",
        BEYOND: "Calcium may stay up for longer than the window lasts. Then all of the window is "
        "above: the share is 1.",
        STEPS: "Near, but not exact: it seems that you count small steps of time. Solve "
        "`peak * np.exp(-t / tau_ms) = theta` for t instead.",
    },
    examine=_examine_fraction_above,
    stretch=True,
    own_work=OWN_WORK,
)
