"""Lesson 01's checks: any right way of writing an answer is right, and the package's own is not."""

import numpy as np
import pytest
from answer_tools import function_of
from wrong_answers_01 import bcm_with, blow_up_with, selectivity_with, sign_with, threshold_with

from engramlab.course import checks
from engramlab.course.checks import Outcome

SEEDS = range(25)

VARIANTS = [
    ("selectivity", selectivity_with()),
    ("selectivity", selectivity_with(rate="np.clip(y, 0, None)", silent="not r.any()")),
    ("selectivity", selectivity_with(rate="np.where(y < 0, 0, y)", nothing="0")),
    ("selectivity", selectivity_with(rate="(y > 0) * y", nothing="np.float32(0)")),
    (
        "selectivity",
        selectivity_with(silent="max(r) <= 0", result="float(1 - sum(r) / len(r) / max(r))"),
    ),
    (
        "selectivity",
        """
def selectivity(w, patterns):
    responses = []
    for pattern in patterns:
        y = 0.0
        for weight, rate in zip(w, pattern):
            y += weight * rate
        responses.append(max(y, 0.0))
    best = max(responses)
    if not best:
        return 0
    return (best - sum(responses) / len(responses)) / best
""",
    ),
    ("bcm_step", bcm_with()),
    ("bcm_step", bcm_with("w + eta * x * (y**2 - theta * y)", response="np.dot(w, x)")),
    ("bcm_step", bcm_with("w - eta * y * (theta - y) * x", response="(w * x).sum()")),
    ("bcm_step", bcm_with("new", before="new = w.copy(); new += eta * y * (y - theta) * x")),
    ("bcm_step", bcm_with("list(w + eta * y * (y - theta) * x)")),
    ("bcm_step", bcm_with("np.add(w, np.multiply(x, eta * y * (y - theta)))")),
    ("bcm_step", bcm_with("w + eta * y * (y - theta) * x", response="max(w @ x, 0)")),
    (
        "bcm_step",
        """
def bcm_step(w, x, theta, eta):
    y = sum(w[i] * x[i] for i in range(len(w)))
    new = []
    for i in range(len(w)):
        if x[i] == 0:
            new.append(w[i])
        elif y > theta:
            new.append(w[i] + eta * y * (y - theta) * x[i])
        else:
            new.append(w[i] - eta * y * (theta - y) * x[i])
    return np.array(new, dtype=np.float32)
""",
    ),
    ("threshold_step", threshold_with("theta + (y**2 / y0 - theta) / tau")),
    ("threshold_step", threshold_with("(1 - 1 / tau) * theta + y * y / y0 / tau")),
    ("threshold_step", threshold_with("np.float32(theta + (np.square(y) / y0 - theta) / tau)")),
    ("threshold_step", threshold_with("theta - (theta - pow(y, 2) / y0) / tau")),
    ("threshold_step", threshold_with("np.average([theta, y**2 / y0], weights=[tau - 1, 1])")),
    ("threshold_step", threshold_with("(theta * (tau - 1) + y**2 / y0) / tau")),
    ("threshold_step", threshold_with("np.array(theta + (y**2 / y0 - theta) / tau)")),
    ("hebb_blow_up_time", blow_up_with()),
    ("hebb_blow_up_time", blow_up_with(never="float('inf')", result="float(steps)")),
    ("hebb_blow_up_time", blow_up_with(going="not (w @ x > limit)", result="np.int64(steps)")),
    (
        "hebb_blow_up_time",
        blow_up_with(before="y = w @ x", going="y <= limit", step="y *= 1 + eta * (x @ x)"),
    ),
    (
        "hebb_blow_up_time",
        """
def hebb_blow_up_time(w, x, eta, limit):
    y = w @ x
    if y > limit:
        return 0
    if y <= 0:
        return np.inf
    return np.floor(np.log(limit / y) / np.log(1 + eta * x @ x)) + 1
""",
    ),
    (
        "hebb_blow_up_time",
        """
def hebb_blow_up_time(w, x, eta, limit):
    y, steps = w @ x, 0
    while not y > limit:
        w = w + eta * y * x
        if w @ x <= y:
            return np.inf
        y, steps = w @ x, steps + 1
    return steps
""",
    ),
    (
        "hebb_blow_up_time",
        """
def hebb_blow_up_time(w, x, eta, limit):
    y = sum(a * b for a, b in zip(w, x))
    growth, steps = 1 + eta * sum(b * b for b in x), 0
    while 0 < y <= limit:
        y, steps = y * growth, steps + 1
    return steps if y > limit else float("inf")
""",
    ),
    (
        "hebb_blow_up_time",
        """
def hebb_blow_up_time(w, x, eta, limit):
    w, x = w.astype(np.float32), x.astype(np.float32)
    if w @ x <= 0:
        return np.inf
    for step in range(100_000):
        if w @ x > limit:
            return step
        w += eta * (w @ x) * x
""",
    ),
    ("a", sign_with("np.sign(y * (y - theta))")),
    ("a", sign_with("np.sign(y) * np.sign(y - theta)")),
    ("a", sign_with("0 if y in (0, theta) else 1 if y > theta else -1")),
    ("a", sign_with("(y > theta) - (0 < y < theta)")),
    ("a", sign_with("float(np.sign(y**2 - y * theta))")),
    ("a", sign_with("np.array([1, 0, -1])[0 if y > theta else 1 if y in (0, theta) else 2]")),
]


def test_the_call_that_is_shown_is_the_first_that_is_wrong():
    item = checks.item("01", "a")
    for result, k in (
        ("np.sign(theta - y)", 0),
        ("(y > theta) + 0", 1),
        ("1 - 2 * (y <= theta)", 2),
    ):
        verdict = item.check(function_of(sign_with(result), item.function), seed=4)
        y, theta = (float(part.split("=")[1]) for part in verdict.asked[12:-1].split(", "))
        assert (y > theta, 0 < y < theta, y == theta)[k], verdict.asked
    stays = item.check(function_of(sign_with("np.sign(y - theta)"), item.function), seed=4)
    assert stays.asked.startswith("change_sign(y=0, ")
    assert stays.returned == "-1"


def test_a_wrong_answer_without_a_name_is_shown_with_its_own_question():
    item = checks.item("01", "bcm_step")
    half = bcm_with("w + 0.5 * eta * y * (y - theta) * x")
    verdict = item.check(function_of(half, item.function), seed=4)
    assert verdict.misconception is None
    assert verdict.message.endswith(f"they are {verdict.returned}.")
    y, theta = (
        float(verdict.message.split(f"{k} = ")[1].split(",")[0].split(" ")[0])
        for k in ("y", "theta")
    )
    assert f"theta={theta:g}" in verdict.asked
    assert y != theta


@pytest.mark.parametrize(("name", "source"), VARIANTS)
def test_any_right_way_is_right(name, source):
    item = checks.item("01", name)
    for seed in SEEDS:
        verdict = item.check(function_of(source, item.function), seed=seed)
        assert verdict.outcome is Outcome.RIGHT, (seed, verdict.message)


def test_a_loop_without_end_is_stopped(monkeypatch):
    monkeypatch.setattr("engramlab.course.limits.CALL_SECONDS", 0.3)
    source = blow_up_with(before="y = w @ x", going="y <= limit", step="y *= 1 + eta * (x @ x)")
    source = source.replace("if w @ x <= 0", "if False")
    verdict = checks.item("01", "hebb_blow_up_time").check(
        function_of(source, "hebb_blow_up_time"), seed=1
    )
    assert verdict.outcome is Outcome.TIMEOUT


def test_the_packages_own_rule_does_not_pass_for_an_answer():
    own = {
        "bcm_step": "import engramlab.plasticity as p\n"
        "def bcm_step(w, x, theta, eta):\n    return p.bcm_step(w, x, theta, eta)\n",
        "threshold_step": "import engramlab as el\n"
        "def threshold_step(theta, y, tau, y0):\n"
        "    cell = el.BCM.from_weights([y], threshold=theta, tau_steps=tau, y0=y0)\n"
        "    return cell.learn([[1.0]], n_steps=1, rng=1).cell.threshold\n",
    }
    for name, source in own.items():
        verdict = checks.item("01", name).check(function_of(source, name), seed=1)
        assert verdict.misconception == "calls the package's own model"


def test_the_inputs_reach_both_sides_of_the_threshold():
    """Each seed asks for strengthening, weakening, rest, and inhibitory weights."""
    for seed in range(10):
        sides, weights = [], []

        def step(w, x, theta, eta, sides=sides, weights=weights):
            y = w @ x
            sides.append(float(np.sign(np.round(y * (y - theta), 12))))
            weights.append(w.min())
            return w + eta * y * (y - theta) * x

        checks.item("01", "bcm_step").check(step, seed=seed)
        assert {-1.0, 0.0, 1.0} == set(sides)
        assert min(weights) < 0
