"""Named wrong answers to the items of lesson 02: each is exactly one misconception.

Every answer is source text, so that the same list is pasted into notebooks and graded. The keys are
the names that the checks give back.
"""

CALLS = {
    "weighted_error": "model, data, se",
    "stdp_window": "dt_ms, a_plus, a_minus, tau_plus_ms, tau_minus_ms",
    "pair_change": "pre_ms, post_ms, window",
    "triplet_update": "event, elapsed_ms, traces, rule",
    "fraction_above": "peak, theta, tau_ms, window_ms",
    "order_sign": "pre_ms, post_ms",
}

WINDOW = """
far = np.abs(dt_ms)
up = {a} * np.exp({up} / {tau})
down = {minus}{b} * np.exp({down} / {late})
return np.where(dt_ms {first} 0, up, np.where(dt_ms < 0, down, {tie}))
"""

TRIPLET = """
taus = np.array([{taus}])
fading = np.exp(-elapsed_ms / taus)
r1, o1, o2 = traces{fade}
if event == "{pre}":
    change = {down}
    r1 {r1}
else:
    {early}
    change = {up}
    o1 {o1}
    {late}
return {result}
"""


def answer(name, body):
    """Return a function with the signature of an item, from its body or its one expression."""
    lines = body.strip().splitlines()
    if len(lines) == 1 and not lines[0].startswith("return"):
        lines = [f"return {lines[0]}"]
    return f"def {name}({CALLS[name]}):\n" + "".join(f"    {line}\n" for line in lines)


def _error(body):
    return answer("weighted_error", body)


def window_with(**changes):
    parts = {
        "a": "a_plus", "b": "a_minus", "tau": "tau_plus_ms", "late": "tau_minus_ms",
        "up": "-far", "down": "-far", "minus": "-", "first": ">", "tie": "0.0",
    }  # fmt: skip
    return answer("stdp_window", WINDOW.format(**parts | changes))


def _window(expression):
    return answer("stdp_window", expression)


def _pairs(body):
    return answer("pair_change", body)


def triplet_with(**changes):
    parts = {
        "taus": 'rule["tau_plus_ms"], rule["tau_minus_ms"], rule["tau_y_ms"]',
        "fade": " * fading",
        "pre": "pre",
        "down": '-rule["a2_minus"] * o1',
        "up": 'r1 * (rule["a2_plus"] + rule["a3_plus"] * o2)',
        "r1": "+= 1",
        "o1": "+= 1",
        "early": "pass",
        "late": "o2 += 1",
        "result": "change, np.array([r1, o1, o2])",
    }
    return answer("triplet_update", TRIPLET.format(**parts | changes))


def _above(body):
    return answer("fraction_above", body)


def _order(body):
    return answer("order_sign", body)


WEIGHTED_ERROR = {
    "adds up instead of taking the mean": _error("np.sum(((model - data) / se) ** 2)"),
    "forgets the standard error": _error("np.mean((model - data) ** 2)"),
    "forgets to square the standard error": _error("np.mean((model - data) ** 2 / se)"),
    "takes the variance for the standard error": _error("np.mean(((model - data) / se**2) ** 2)"),
    "lets errors cancel": _error("np.mean((model - data) / se) ** 2"),
    "takes distances, not their squares": _error("np.mean(np.abs(model - data) / se)"),
    "takes the root": _error("np.sqrt(np.mean(((model - data) / se) ** 2))"),
    "divides by one less": _error("np.sum(((model - data) / se) ** 2) / (len(data) - 1)"),
    "divides by the sum of the weights": _error(
        "np.average((model - data) ** 2, weights=1 / se**2)"
    ),
    "one number for each point": _error("((model - data) / se) ** 2"),
    "changes its input": _error("model -= data\nreturn np.mean((model / se) ** 2)"),
    "returns nothing": _error("error = np.mean(((model - data) / se) ** 2)\nreturn None"),
}

STDP_WINDOW = {
    "turns the sign of dt": window_with().replace("    far", "    dt_ms = -dt_ms\n    far"),
    "weakening has the wrong sign": window_with(minus=""),
    "grows with the delay": window_with(up="-dt_ms", down="-dt_ms"),
    "one amplitude for both sides": window_with(b="a_plus"),
    "one time constant for both sides": window_with(late="tau_plus_ms"),
    "takes the number of the other side": window_with(a="a_minus", b="a_plus"),
    "forgets the time constants": window_with(tau="1.0", late="1.0"),
    "a step without decay": _window(
        "np.where(dt_ms > 0, a_plus, np.where(dt_ms < 0, -a_minus, 0.0))"
    ),
    "forgets the amplitudes": window_with(a="1", b="1"),
    "takes both sides at every delay": _window(
        "a_plus * np.exp(-abs(dt_ms) / tau_plus_ms) - a_minus * np.exp(-abs(dt_ms) / tau_minus_ms)"
    ),
    "leaves out one side": window_with(b="0"),
    "one number for all delays": window_with().replace("return ", "return np.sum(") + ")",
    "a pair at one moment counts": window_with(first=">="),
    "overflows at long delays": _window(
        "(dt_ms > 0) * a_plus * np.exp(-dt_ms / tau_plus_ms)"
        " - (dt_ms < 0) * a_minus * np.exp(dt_ms / tau_minus_ms)"
    ),
    "judges all delays at once": _window(
        "if dt_ms > 0:\n    return a_plus * np.exp(-dt_ms / tau_plus_ms)\n"
        "return -a_minus * np.exp(dt_ms / tau_minus_ms)"
    ),
    "changes its input": window_with().replace("    far", "    dt_ms += 0.5\n    far"),
    "returns nothing": window_with().replace("return ", "change = "),
}
STDP_WINDOW["one number for all delays"] = window_with().replace(
    "return np.where(dt_ms > 0, up, np.where(dt_ms < 0, down, 0.0))",
    "return np.where(dt_ms > 0, up, np.where(dt_ms < 0, down, 0.0)).sum()",
)

BOTH = "window(post_ms[:, None] - pre_ms)"
NEAREST = """
change = 0.0
for post in post_ms:
    earlier = pre_ms[pre_ms < post]
    if len(earlier):
        change += window(post - earlier[-1])
for pre in pre_ms:
    earlier = post_ms[post_ms < pre]
    if len(earlier):
        change += window(earlier[-1] - pre)
return change
"""

PAIR_CHANGE = {
    "turns the sign of dt": _pairs("np.sum(window(pre_ms[:, None] - post_ms))"),
    "counts weakening as strengthening": _pairs(
        "np.sum(np.abs(window(post_ms[:, None] - pre_ms)))"
    ),
    "takes a mean over pairs or spikes": _pairs(
        "dt = post_ms[:, None] - pre_ms\nreturn window(dt).sum() / max(dt.size, 1)"
    ),
    "counts one order only": _pairs(
        "dt = post_ms[:, None] - pre_ms\nreturn np.sum(window(dt[dt > 0]))"
    ),
    "does not add everything up": _pairs("window(post_ms[:, None] - pre_ms).sum(axis=0)"),
    "counts the nearest only": _pairs(NEAREST),
    "pairs first with first, second with second": _pairs(
        "sum(window(post - pre) for pre, post in zip(pre_ms, post_ms))"
    ),
    "starts afresh or stops within a loop": _pairs(
        "total = 0.0\nfor pre in pre_ms:\n    total = 0.0\n    for post in post_ms:\n"
        "        total += window(post - pre)\nreturn total"
    ),
    "leaves out pairs with an earlier spike": _pairs(
        "return sum(window(post_ms[j] - pre_ms[i])\n"
        "    for i in range(len(pre_ms)) for j in range(i, len(post_ms)))"
    ),
    "ignores the window that is handed in": """
def my_window(dt_ms):
    return np.sign(dt_ms) * 0.005 * np.exp(-np.abs(dt_ms) / 20.0)


"""
    + _pairs("np.sum(my_window(post_ms[:, None] - pre_ms))"),
    "an empty train does not give 0": _pairs(f"each = {BOTH}\nreturn each.mean() * each.size"),
    "changes its input": _pairs(
        "post_ms -= 1\nreturn np.sum(window(post_ms[:, None] + 1 - pre_ms))"
    ),
    "returns nothing": _pairs(f"change = np.sum({BOTH})\nreturn None"),
}

TRIPLET_UPDATE = {
    "reads the slow trace after its own step": triplet_with(early="o2 += 1", late="pass"),
    "timing alone decides": triplet_with(up='r1 * rule["a2_plus"]'),
    "traces do not fade": triplet_with(fade=""),
    "reads the traces before they fade": triplet_with(fade="").replace(
        "return change, np.array([r1, o1, o2])",
        "return change, traces * fading + np.array([r1, o1, o2]) - traces",
    ),
    "fades after the step": triplet_with(
        down='-rule["a2_minus"] * o1 * fading[1]',
        up='r1 * fading[0] * (rule["a2_plus"] + rule["a3_plus"] * o2 * fading[2])',
        fade="",
        result="change, np.array([r1, o1, o2]) * fading",
    ),
    "turns the sign of dt": triplet_with(pre="post"),
    "turns the sign of the change": triplet_with(result="-change, np.array([r1, o1, o2])"),
    "a trace fades at another's pace": triplet_with(taus='rule["tau_plus_ms"]'),
    "the wrong traces step": triplet_with(late="pass"),
    "sets a trace to 1": triplet_with(r1="= 1", o1="= 1", late="o2 = 1"),
    "forgets the pair term": triplet_with(up='r1 * rule["a3_plus"] * o2'),
    "forgets the fast trace": triplet_with(up='rule["a2_plus"] + rule["a3_plus"] * o2'),
    "reads the wrong trace": triplet_with(down='-rule["a2_minus"] * o2'),
    "returns only part of it": triplet_with(result="change"),
    "changes its input": triplet_with().replace("    r1, o1", "    traces[:] = traces\n    r1, o1"),
    "returns nothing": triplet_with(result="None"),
}
TRIPLET_UPDATE["changes its input"] = triplet_with(fade="").replace(
    "    r1, o1, o2 =", "    traces *= fading\n    r1, o1, o2 ="
)

TIME = "tau_ms * np.log(peak / theta)"
FRACTION_ABOVE = {
    "gives ms, not a share": _above(f"min(max({TIME}, 0.0), window_ms)"),
    "judges by the peak": _above("float(peak > theta)"),
    "forgets the logarithm": _above("np.clip(tau_ms * (peak / theta - 1) / window_ms, 0, 1)"),
    "takes another logarithm": _above(f"np.clip({TIME} / window_ms, 0, 1)").replace("log", "log10"),
    "forgets the time constant": _above("np.clip(np.log(peak / theta) / window_ms, 0, 1)"),
    "forgets the threshold": _above("0 if peak <= theta else tau_ms * np.log(peak) / window_ms"),
    "turns the ratio": _above("tau_ms * np.log(theta / peak) / window_ms"),
    "gives the share below": _above(f"1 - np.clip({TIME} / window_ms, 0, 1)"),
    "takes the mean of calcium": _above(
        "peak * tau_ms * (1 - np.exp(-window_ms / tau_ms)) / window_ms"
    ),
    "a peak below the threshold does not give 0": _above(f"min({TIME} / window_ms, 1.0)"),
    "goes beyond the window": _above(f"max({TIME} / window_ms, 0.0)"),
    "counts time steps": _above(
        "t = np.arange(0, window_ms, 0.5)\nreturn np.mean(peak * np.exp(-t / tau_ms) > theta)"
    ),
    "returns nothing": _above("share = 1.0\nreturn None"),
}

ORDER_SIGN = {
    "turns the sign of dt": _order("np.sign(pre_ms - post_ms)"),
    "gives the delay, not its sign": _order("post_ms - pre_ms"),
    "says yes or no": _order("post_ms > pre_ms"),
    "loses the order": _order("np.abs(np.sign(post_ms - pre_ms))"),
    "one moment is an order": _order("1 if post_ms >= pre_ms else -1"),
}

WRONG_ANSWERS = {
    "weighted_error": WEIGHTED_ERROR,
    "stdp_window": STDP_WINDOW,
    "pair_change": PAIR_CHANGE,
    "triplet_update": TRIPLET_UPDATE,
    "fraction_above": FRACTION_ABOVE,
    "a": ORDER_SIGN,
}

EXTRA = [
    ("weighted_error", "lets errors cancel", _error("abs(np.mean((model - data) / se))")),
    ("weighted_error", "one number for each point", _error("(model - data) / se")),
    ("stdp_window", "weakening has the wrong sign", window_with().replace("return", "return -")),
    ("stdp_window", "grows with the delay", window_with(down="-dt_ms")),
    ("stdp_window", "grows with the delay", window_with(up="far", down="far")),
    ("stdp_window", "one time constant for both sides", window_with(tau="tau_minus_ms")),
    ("stdp_window", "takes the number of the other side",
     window_with(tau="tau_minus_ms", late="tau_plus_ms")),
    ("stdp_window", "leaves out one side", window_with(a="0")),
    ("stdp_window", "a pair at one moment counts", window_with(tie="-a_minus")),
    ("stdp_window", "a pair at one moment counts",
     window_with().replace("return ", "return dt_ms / dt_ms * ")),
    ("pair_change", "takes a mean over pairs or spikes", _pairs(f"{BOTH}.sum() / len(post_ms)")),
    ("pair_change", "does not add everything up", _pairs(BOTH)),
    ("pair_change", "starts afresh or stops within a loop",
     _pairs("total = 0.0\nfor post in post_ms:\n    for pre in pre_ms:\n"
            "        total = 0.0\n        total += window(post - pre)\nreturn total")),
    ("pair_change", "starts afresh or stops within a loop",
     _pairs("total = 0.0\nfor pre in pre_ms:\n    for post in post_ms:\n"
            "        total += window(post - pre)\n    return total\nreturn total")),
    ("pair_change", "leaves out pairs with an earlier spike",
     _pairs("return sum(window(post_ms[j] - pre_ms[i])\n"
            "    for j in range(len(post_ms)) for i in range(j + 1, len(pre_ms)))")),
    ("pair_change", "pairs first with first, second with second",
     _pairs("np.sum(window(post_ms - pre_ms))")),
    ("pair_change", "counts the nearest only",
     _pairs("sum(window(post - pre_ms[np.argmin(np.abs(post - pre_ms))]) for post in post_ms)")),
    ("pair_change", "an empty train does not give 0",
     _pairs(f"if post_ms[0] > 1e9:\n    return 0.0\nreturn np.sum({BOTH})")),
    ("triplet_update", "the wrong traces step",
     triplet_with(result="change, traces * fading")),
    ("triplet_update", "the wrong traces step",
     triplet_with(result="change, traces * fading + 1")),
    ("triplet_update", "a trace fades at another's pace",
     triplet_with(taus='rule["tau_minus_ms"], rule["tau_plus_ms"], rule["tau_y_ms"]')),
    ("triplet_update", "returns only part of it", triplet_with(result="np.array([r1, o1, o2])")),
    ("fraction_above", "judges by the peak", _above("max(0, 1 - theta / peak)")),
    ("fraction_above", "counts time steps",
     _above("t = np.linspace(0, window_ms)\nreturn np.mean(peak > theta * np.exp(t / tau_ms))")),
    ("a", "says yes or no", _order("pre_ms < post_ms and pre_ms != post_ms")),
    ("a", "one moment is an order", _order("-1 if post_ms <= pre_ms else 1")),
]  # fmt: skip
"""More faces of misconceptions that have their wrong answer above."""
