"""Lesson 02: every valid way to write an answer is right, and no way around the work is."""

import numpy as np
import pytest
from answer_tools import function_of, right
from wrong_answers_02 import answer

from engramlab.course import checks
from engramlab.course.checks import Outcome
from engramlab.plasticity import PairSTDP, TripletSTDP, sjostrom2001
from engramlab.protocols import pairing

SEEDS = range(10)

VARIANTS = {
    "weighted_error": [
        "((model - data) ** 2 / se**2).mean()",
        "sum(((m - d) / s) ** 2 for m, d, s in zip(model, data, se)) / len(se)",
        "z = (data - model) / se\nreturn z @ z / z.size",
        "np.linalg.norm((model - data) / se) ** 2 / len(model)",
        "np.average(np.square(np.subtract(model, data) / se))",
        "np.var((model - data) / se) + np.mean((model - data) / se) ** 2",
        "total = 0\nfor i in range(len(data)):\n"
        "    total = total + (model[i] - data[i]) ** 2 / se[i] ** 2\nreturn total / len(data)",
        "import statistics\nreturn statistics.fmean((((model - data) / se) ** 2).tolist())",
    ],
    "stdp_window": [
        "out = []\nfor dt in dt_ms:\n"
        "    if dt > 0:\n        out.append(a_plus * np.exp(-dt / tau_plus_ms))\n"
        "    elif dt < 0:\n        out.append(-a_minus * np.exp(dt / tau_minus_ms))\n"
        "    else:\n        out.append(0)\nreturn out",
        "import math\nreturn np.array([a_plus * math.exp(-t / tau_plus_ms) if t > 0 else\n"
        "    (-a_minus * math.exp(t / tau_minus_ms) if t < 0 else 0.0) for t in dt_ms])",
        "return np.where(dt_ms > 0, a_plus * np.exp(-dt_ms / tau_plus_ms),\n"
        "    -a_minus * np.exp(dt_ms / tau_minus_ms)) * (dt_ms != 0)",
        "out = np.zeros_like(dt_ms)\nlate, early = dt_ms > 0, dt_ms < 0\n"
        "out[late] = a_plus * np.exp(-dt_ms[late] / tau_plus_ms)\n"
        "out[early] = -a_minus * np.exp(dt_ms[early] / tau_minus_ms)\nreturn out",
        "A = np.where(dt_ms > 0, a_plus, a_minus)\n"
        "tau = np.where(dt_ms > 0, tau_plus_ms, tau_minus_ms)\n"
        "return np.sign(dt_ms) * A * np.exp(-np.abs(dt_ms) / tau)",
        "return np.select([dt_ms > 0, dt_ms < 0], [a_plus * np.exp(-dt_ms / tau_plus_ms),\n"
        "    -a_minus * np.exp(dt_ms / tau_minus_ms)], default=0)",
        "return np.piecewise(dt_ms, [dt_ms > 0, dt_ms < 0],\n"
        "    [lambda t: a_plus * np.exp(-t / tau_plus_ms),\n"
        "     lambda t: -a_minus * np.exp(t / tau_minus_ms), 0])",
        "up, down = np.maximum(dt_ms, 0), np.minimum(dt_ms, 0)\n"
        "return (a_plus * np.exp(-up / tau_plus_ms) * (dt_ms > 0)\n"
        "    - a_minus * np.exp(down / tau_minus_ms) * (dt_ms < 0))",
    ],
    "pair_change": [
        "total = 0.0\nfor pre in pre_ms:\n    for post in post_ms:\n"
        "        total += window(post - pre)\nreturn total",
        "total = 0.0\nfor pre in pre_ms:\n    total += window(post_ms - pre).sum()\nreturn total",
        "return sum(window(b - a) for a in pre_ms for b in post_ms)",
        "return float(np.sum(window(np.subtract.outer(post_ms, pre_ms))))",
        "return window(post_ms[None, :] - pre_ms[:, None]).sum(axis=0).sum()",
        "dt = np.array([b - a for a in pre_ms for b in post_ms])\nreturn sum(window(dt))",
        "if len(pre_ms) == 0 or len(post_ms) == 0:\n    return 0\n"
        "return sum(np.vectorize(window)(post_ms - pre).sum() for pre in pre_ms)",
        "a, b = np.meshgrid(pre_ms, post_ms)\nreturn window((b - a).ravel()).sum()",
        "from itertools import product\n"
        "return sum(map(lambda p: window(p[1] - p[0]), product(pre_ms, post_ms)))",
        "return sum(window([b - a for b in post_ms]).sum() for a in pre_ms)",
    ],
    "triplet_update": [
        "r1 = traces[0] * np.exp(-elapsed_ms / rule['tau_plus_ms'])\n"
        "o1 = traces[1] * np.exp(-elapsed_ms / rule['tau_minus_ms'])\n"
        "o2 = traces[2] * np.exp(-elapsed_ms / rule['tau_y_ms'])\n"
        "if event == 'post':\n"
        "    change = rule['a2_plus'] * r1 + rule['a3_plus'] * r1 * o2\n"
        "    o1, o2 = o1 + 1, o2 + 1\n"
        "else:\n    change = -rule['a2_minus'] * o1\n    r1 = r1 + 1\n"
        "return change, [r1, o1, o2]",
        "t = traces.copy()\n"
        "for k, name in enumerate(['tau_plus_ms', 'tau_minus_ms', 'tau_y_ms']):\n"
        "    t[k] *= np.exp(-elapsed_ms / rule[name])\n"
        "old = t.copy()\nt += [1, 0, 0] if event == 'pre' else [0, 1, 1]\n"
        "if event == 'pre':\n    return -old[1] * rule['a2_minus'], t\n"
        "return old[0] * (rule['a2_plus'] + old[2] * rule['a3_plus']), t",
        "import math\nr1, o1, o2 = (x * math.exp(-elapsed_ms / rule[k]) for x, k in\n"
        "    zip(traces.tolist(), ('tau_plus_ms', 'tau_minus_ms', 'tau_y_ms')))\n"
        "w = 0\nif event == 'pre':\n    w -= rule['a2_minus'] * o1\n    r1 += 1\n"
        "if event == 'post':\n    w += r1 * (rule['a2_plus'] + rule['a3_plus'] * o2)\n"
        "    o1 += 1\n    o2 += 1\nreturn w, (r1, o1, o2)",
        "tau = np.array([rule['tau_plus_ms'], rule['tau_minus_ms'], rule['tau_y_ms']])\n"
        "pre = event == 'pre'\nf = traces / np.exp(elapsed_ms / tau)\n"
        "g = f + (np.array([1, 0, 0]) if pre else np.array([0, 1, 1]))\n"
        "up = f[0] * rule['a2_plus'] + f[0] * f[2] * rule['a3_plus']\n"
        "return [-f[1] * rule['a2_minus'] if pre else up, g]",
        "tau = np.array([rule['tau_plus_ms'], rule['tau_minus_ms'], rule['tau_y_ms']])\n"
        "step = {'pre': [1, 0, 0], 'post': [0, 1, 1]}[event]\n"
        "r1, o1, o2 = new = traces * np.exp(-elapsed_ms / tau) + step\n"
        "if event == 'pre':\n    return -rule['a2_minus'] * o1, new\n"
        "return r1 * (rule['a2_plus'] + rule['a3_plus'] * (o2 - 1)), new",
        "names = 'tau_plus_ms tau_minus_ms tau_y_ms'.split()\n"
        "f = np.float32([x * np.exp(-elapsed_ms / rule[n]) for x, n in zip(traces, names)])\n"
        "post = int(event == 'post')\n"
        "change = post * f[0] * (rule['a2_plus'] + rule['a3_plus'] * f[2])\n"
        "change -= (1 - post) * rule['a2_minus'] * f[1]\n"
        "return change, f + np.float32([1 - post, post, post])",
    ],
    "fraction_above": [
        "import math\nif not peak > theta:\n    return 0\n"
        "return min(1, tau_ms * math.log(peak / theta) / window_ms)",
        "return float(np.clip(tau_ms * np.log(peak / theta) / window_ms, 0, 1))",
        "t = -tau_ms * np.log(theta / peak)\nreturn max(0.0, min(t, window_ms)) / window_ms",
        "t = tau_ms * (np.log(peak) - np.log(theta))\n"
        "return np.minimum(np.maximum(t, 0), window_ms) / window_ms",
        "if peak * np.exp(-window_ms / tau_ms) >= theta:\n    return 1.0\n"
        "return max(0, np.log(peak / theta)) * tau_ms / window_ms",
        "low, high = 0.0, float(window_ms)\nfor _ in range(80):\n    t = (low + high) / 2\n"
        "    if peak * np.exp(-t / tau_ms) > theta:\n        low = t\n    else:\n        high = t\n"
        "return low / window_ms",
        "share = tau_ms * np.log(peak / theta) / window_ms\n"
        "return np.where(peak > theta, np.minimum(share, 1), 0)",
    ],
    "a": [
        "return np.sign(post_ms - pre_ms)",
        "if pre_ms < post_ms:\n    return 1\nif pre_ms > post_ms:\n    return -1\nreturn 0",
        "return (post_ms > pre_ms) - (post_ms < pre_ms)",
        "return int(np.sign(post_ms - pre_ms))",
        "return 0 if pre_ms == post_ms else (1.0 if post_ms > pre_ms else -1.0)",
        "dt = post_ms - pre_ms\nreturn dt / abs(dt) if dt else 0",
        "import math\nreturn math.copysign(1, post_ms - pre_ms) * (pre_ms != post_ms)",
    ],
}  # fmt: skip

LAZY = {
    "weighted_error": [
        "0.0", "1.0", "6.5", "2.29", "model", "np.mean(model)", "np.mean(se)", "len(data)",
        "np.std(model - data)", "np.mean(model - data) ** 2", "np.nan", "np.sum((model - data)**2)",
        "np.median(((model - data) / se) ** 2)", "float('inf')", "np.mean(((model-data)/data)**2)",
    ],
    "stdp_window": [
        "dt_ms", "np.zeros_like(dt_ms)", "np.zeros(6)", "np.sign(dt_ms)", "np.exp(-dt_ms)",
        "np.full(dt_ms.shape, a_plus)", "0.0", "[a_plus, -a_minus]", "np.nan * dt_ms",
        "a_plus * np.exp(-dt_ms**2 / tau_plus_ms**2) * np.sign(dt_ms)",
        "np.array([-0.00386, 0, 0.00368])",
        "np.where(dt_ms > 0, a_plus / tau_plus_ms, -a_minus / tau_minus_ms)", "np.round(dt_ms)",
        "np.sign(dt_ms) * 0.01 * np.exp(-np.abs(dt_ms) / 20)",
    ],
    "pair_change": [
        "0.0", "window(0.0)", "0.00799", "window(post_ms - pre_ms[:1]).sum()", "len(pre_ms)",
        "window(post_ms).sum()", "np.nan", "window(np.subtract.outer(post_ms, pre_ms)).max()",
        "window(np.unique(np.subtract.outer(post_ms, pre_ms).round(-1))).sum()",
        "window(np.diff(post_ms)).sum()", "window(post_ms[-1:] - pre_ms).sum()",
        "window([1.0, 2.0])",
        "sum(window(b - a) for a in pre_ms for b in post_ms if abs(b - a) < 40)",
        "sum(window(b - a) for a in pre_ms[1:] for b in post_ms)",
    ],
    "triplet_update": [
        "(0.0, traces)", "(0.0013, [0.5, 1.2, 1.4])", "(0.0, np.zeros(3))", "traces", "0.0",
        "(rule['a2_plus'], traces + 1)", "(-rule['a2_minus'], traces)", "(np.nan, traces)",
        "(0.0, traces + [1, 1, 1])", "(traces, 0.0)", "(1, 2)", "([0.0], traces)",
        "(0.0, np.append(traces, 0))", "(rule['a3_plus'] * traces[0] * traces[2], traces)",
    ],
    "fraction_above": [
        "0.0", "1.0", "0.5", "0.1386", "peak / theta", "np.exp(-window_ms / tau_ms)", "np.nan",
        "float(peak > theta) * 0.3", "min(1, tau_ms / window_ms)", "[0.0]", "1 - theta / peak",
        "tau_ms * np.log(peak / theta)", "max(0, np.log(peak / theta))", "peak > theta",
    ],
    "a": [
        "0", "1", "-1", "np.nan", "pre_ms", "post_ms - pre_ms", "np.sign(post_ms)", "True",
        "[1, -1, 0]", "int(np.sign(int(post_ms - pre_ms)))", "np.sign(round(post_ms - pre_ms))",
    ],
}  # fmt: skip


def cases(table):
    return [(name, body) for name, bodies in table.items() for body in bodies]


def given(name, body):
    """Return the learner's function with this body."""
    return function_of(
        answer(checks.item("02", name).function, body), checks.item("02", name).function
    )


@pytest.mark.parametrize(("name", "body"), cases(VARIANTS))
def test_every_valid_way_to_write_it_is_right(name, body):
    for seed in SEEDS:
        verdict = checks.item("02", name).check(given(name, body), seed=seed)
        assert verdict.outcome is Outcome.RIGHT, (seed, verdict.message)


@pytest.mark.parametrize(("name", "body"), cases(LAZY))
def test_no_way_around_the_work_is_right(name, body):
    for seed in SEEDS:
        verdict = checks.item("02", name).check(given(name, body), seed=seed)
        assert verdict.outcome in (Outcome.WRONG, Outcome.ERROR), (seed, verdict.outcome)


def run(update, rule, rate_hz, dt_ms):
    """Feed the events of a pairing to a learner's update and return the change in all."""
    pre, post = pairing(rate_hz, dt_ms)
    events = sorted([(t, "pre") for t in pre] + [(t, "post") for t in post])
    traces, total, before = np.zeros(3), 0.0, 0.0
    for now, event in events:
        change, traces = update(event, now - before, traces, rule)
        total, before = total + change, now
    return total


def constants(rule):
    times = ("tau_plus_ms", "tau_minus_ms", "tau_y_ms")
    return {name: getattr(rule, name) for name in ("a2_plus", "a3_plus", "a2_minus", *times)}


def test_the_reference_update_gives_the_published_fit():
    """The table of lesson 02: ten points, an error below 0.5, each change to 2e-3."""
    named, data = TripletSTDP.named("all-to-all minimal"), sjostrom2001()
    update, error = right("02", "triplet_update"), right("02", "weighted_error")
    points = list(zip(data.rate_hz, data.dt_ms, strict=True))
    model = np.array([run(update, constants(named), rate, dt) for rate, dt in points])
    assert model == pytest.approx(named.pairing_change(data.rate_hz, data.dt_ms), abs=1e-9)
    table = {10: [0, 0.119, 0.228, 0.532, 0.763], -10: [-0.317, -0.332, -0.342, 0.174, 0.749]}
    for dt, wanted in table.items():
        assert model[data.dt_ms == dt] == pytest.approx(wanted, abs=2e-3)
    assert error(model, data.change, data.sem) == pytest.approx(data.error(model))
    assert error(model, data.change, data.sem) < 0.5


def test_without_its_triplet_the_update_is_the_pair_rule():
    window, change = right("02", "stdp_window"), right("02", "pair_change")
    update = right("02", "triplet_update")
    pair = PairSTDP()
    numbers = pair.a_plus, pair.a_minus, pair.tau_plus_ms, pair.tau_minus_ms
    rule = dict(zip(("a2_plus", "a2_minus", "tau_plus_ms", "tau_minus_ms"), numbers, strict=True))
    for dt_ms in (7.0, -7.0):
        trains = pairing(20.0, dt_ms)
        by_pairs = change(*trains, lambda dt: window(dt, *numbers))
        assert by_pairs == pytest.approx(pair.change(*trains))
        in_steps = run(update, rule | {"a3_plus": 0.0, "tau_y_ms": 100.0}, 20.0, dt_ms)
        assert in_steps == pytest.approx(by_pairs)


OWN = [
    ("weighted_error", "import engramlab as el\nreturn el.sjostrom2001().error(np.zeros(10))"),
    ("stdp_window", "import engramlab as el\nrule = el.PairSTDP(a_plus=a_plus, a_minus=a_minus,\n"
     "    tau_plus_ms=tau_plus_ms, tau_minus_ms=tau_minus_ms)\nreturn rule.window(dt_ms)"),
    ("pair_change", "import engramlab as el\nreturn el.PairSTDP().change(pre_ms, post_ms)"),
    ("triplet_update", "from engramlab.plasticity import TripletSTDP\n"
     "return TripletSTDP.named('all-to-all minimal').change([0.0], [1.0]), traces"),
    ("fraction_above", "from engramlab.kernels.calcium import time_above\nout = np.zeros(1)\n"
     "time_above(0 * out, window_ms, peak, 0.0, tau_ms, theta, out)\nreturn out[0] / window_ms"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "body"), OWN)
def test_the_packages_own_rules_do_not_pass_for_an_answer(name, body):
    verdict = checks.item("02", name).check(given(name, body), seed=1)
    assert verdict.misconception == "calls the package's own model", verdict.message
