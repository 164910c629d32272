"""Named wrong answers to the items of lesson 01: each is exactly one misconception.

Every answer is source text; the keys are the names that the checks give back.
"""

SELECTIVITY = """
def selectivity(w, patterns):
    y = patterns @ w
    r = {rate}
    if {silent}:
        return {nothing}
    return {result}
"""

BCM = """
def bcm_step(w, x, theta, eta):
    y = {response}
    {before}
    return {result}
"""

BLOW_UP = """
def hebb_blow_up_time(w, x, eta, limit):
    w = w.copy()
    if w @ x <= 0:
        return {never}
    {before}
    steps = {first}
    while {going}:
        {step}
        steps += 1
    return {result}
"""


def selectivity_with(
    rate="np.maximum(y, 0)",
    silent="r.max() == 0",
    nothing="0.0",
    result="1 - r.mean() / r.max()",
):
    return SELECTIVITY.format(rate=rate, silent=silent, nothing=nothing, result=result)


def bcm_with(result="w + eta * y * (y - theta) * x", response="w @ x", before="pass"):
    return BCM.format(result=result, response=response, before=before)


def threshold_with(result):
    return f"def threshold_step(theta, y, tau, y0):\n    return {result}\n"


def blow_up_with(**changes):
    parts = {
        "never": "np.inf",
        "before": "pass",
        "first": "0",
        "going": "w @ x <= limit",
        "step": "w = w + eta * (w @ x) * x",
        "result": "steps",
    } | changes
    return BLOW_UP.format(**parts)


def sign_with(result):
    return f"def change_sign(y, theta):\n    return {result}\n"


WRONG_ANSWERS = {
    "selectivity": {
        "forgets to subtract from 1": selectivity_with(result="r.mean() / r.max()"),
        "counts responses below 0 as they are": selectivity_with(rate="y"),
        "loses the sign of a response": selectivity_with(rate="np.abs(y)"),
        "turns the fraction round": selectivity_with(result="1 - r.max() / r.mean()"),
        "adds up instead of averaging": selectivity_with(result="1 - r.sum() / r.max()"),
        "leaves the best response out of the mean": selectivity_with(
            result="1 - np.sort(r)[:-1].mean() / r.max() if len(r) > 1 else 0.0"
        ),
        "leaves the silent patterns out of the mean": selectivity_with(
            result="1 - r[r > 0].mean() / r.max()"
        ),
        "takes the columns for the patterns": selectivity_with().replace(
            "patterns @ w", "(patterns.T if len(patterns) == len(w) else patterns) @ w"
        ),
        "looks at the weights, not the responses": selectivity_with(rate="np.maximum(w, 0)"),
        "compares the best response with the worst": selectivity_with(
            result="(r.max() - r.min()) / r.max()"
        ),
        "one number for each pattern": selectivity_with(result="1 - r / r.max()"),
        "calls a silent cell selective": selectivity_with(nothing="1.0"),
        "has no number for a silent cell": selectivity_with(silent="False"),
        "changes its input": """
def selectivity(w, patterns):
    patterns *= w
    r = np.maximum(patterns.sum(axis=1), 0)
    return 1 - r.mean() / r.max() if r.max() > 0 else 0.0
""",
        "returns nothing": selectivity_with().replace("return 1", "1"),
    },
    "bcm_step": {
        "has no threshold": bcm_with("w + eta * y * x"),
        "turns the sign": bcm_with("w + eta * y * (theta - y) * x"),
        "leaves out the response": bcm_with("w + eta * (y - theta) * x"),
        "changes by the input alone": bcm_with("w + eta * x"),
        "changes nothing": bcm_with("w"),
        "never weakens": bcm_with("w + eta * y * max(y - theta, 0) * x"),
        "counts all active inputs alike": bcm_with("w + eta * y * (y - theta) * (x > 0)"),
        "changes silent synapses too": bcm_with("w + eta * y * (y - theta)"),
        "returns only the change": bcm_with("eta * y * (y - theta) * x"),
        "makes each synapse a cell of its own": bcm_with(response="w * x"),
        "leaves out the learning rate": bcm_with("w + y * (y - theta) * x"),
        "compares the square of the response": bcm_with("w + eta * (y**2 - theta) * x"),
        "adds up the input, not the response": bcm_with(response="x.sum()"),
        "takes the mean for the response": bcm_with(response="np.mean(w * x)"),
        "one number for all synapses": bcm_with("eta * y * (y - theta)"),
        "keeps the weights above 0": bcm_with("np.maximum(w + eta * y * (y - theta) * x, 0)"),
        "uses another threshold than theta": bcm_with(before="theta += (y**2 - theta) / 50"),
        "changes its input": """
def bcm_step(w, x, theta, eta):
    y = w @ x
    w += eta * y * (y - theta) * x
    return w
""",
        "returns nothing": bcm_with().replace("return", "new ="),
    },
    "threshold_step": {
        "follows y, not its square": threshold_with("theta + (y / y0 - theta) / tau"),
        "divides by y0 before squaring": threshold_with("theta + ((y / y0) ** 2 - theta) / tau"),
        "leaves out y0": threshold_with("theta + (y**2 - theta) / tau"),
        "multiplies by y0": threshold_with("theta + (y**2 * y0 - theta) / tau"),
        "divides theta by y0 as well": threshold_with("theta + (y**2 - theta) / y0 / tau"),
        "multiplies theta by y0": threshold_with("theta + (y**2 - theta * y0) / tau"),
        "multiplies by tau": threshold_with("theta + (y**2 / y0 - theta) * tau"),
        "jumps to the end at once": threshold_with("y**2 / y0"),
        "moves away": threshold_with("theta - (y**2 / y0 - theta) / tau"),
        "adds without letting go of the old": threshold_with("theta + y**2 / y0 / tau"),
        "returns only the change": threshold_with("(y**2 / y0 - theta) / tau"),
        "stays where it is": threshold_with("theta"),
        "never rises": threshold_with("min(theta, theta + (y**2 / y0 - theta) / tau)"),
        "never falls": threshold_with("theta + max(y**2 / y0 - theta, 0) / tau"),
        "takes an exponential step": threshold_with(
            "theta + (y**2 / y0 - theta) * (1 - np.exp(-1 / tau))"
        ),
        "returns nothing": threshold_with("print(end='')"),
    },
    "hebb_blow_up_time": {
        "keeps the first response": blow_up_with(before="y = w @ x", step="w = w + eta * y * x"),
        "leaves out the input": blow_up_with(
            before="y = w @ x", going="y <= limit", step="y = y + eta * y"
        ),
        "adds up the input, not its squares": blow_up_with(
            before="y = w @ x", going="y <= limit", step="y = y * (1 + eta * x.sum())"
        ),
        "counts one step too few": blow_up_with(result="steps - 1"),
        "counts one step too many": blow_up_with(first="1"),
        "counts parts of a step": blow_up_with(
            result="np.log(limit / (v @ x)) / np.log(1 + eta * x @ x)", before="v = w"
        ),
        "returns the response, not the number of steps": blow_up_with(result="w @ x"),
        "compares the weights with the limit": blow_up_with(going="w.max() <= limit"),
        "gives a time where nothing grows": blow_up_with(never="0"),
        "stops when the limit is reached, not passed": blow_up_with(going="w @ x < limit"),
        "gives up after a set number of steps": blow_up_with(
            going="w @ x <= limit and steps < 1_000"
        ),
        "does not look before the first step": blow_up_with(going="steps == 0 or w @ x <= limit"),
        "changes its input": blow_up_with(step="w += eta * (w @ x) * x").replace(
            "w = w.copy()", "pass"
        ),
        "returns nothing": blow_up_with(result="None"),
    },
    "a": {
        "has no threshold": sign_with("np.sign(y)"),
        "turns the sign": sign_with("np.sign(y * (theta - y))"),
        "weakens a cell that does not fire": sign_with("np.sign(y - theta)"),
        "a response at theta strengthens": sign_with("0 if y == 0 else 1 if y >= theta else -1"),
        "a response at theta weakens": sign_with("0 if y == 0 else 1 if y > theta else -1"),
        "never weakens": sign_with("y > theta"),
        "knows only stronger and weaker": sign_with("1 if y > theta else -1"),
        "returns the change, not its sign": sign_with("y * (y - theta)"),
    },
}

EXTRA = [
    ("selectivity", "one number for each pattern", selectivity_with(result="r / r.max()")),
    (
        "selectivity",
        "looks at the weights, not the responses",
        selectivity_with(rate="w", silent="not w.any()"),
    ),
    (
        "selectivity",
        "compares the best response with the worst",
        selectivity_with(rate="y", result="1 - r.min() / r.max()"),
    ),
    (
        "selectivity",
        "takes the columns for the patterns",
        selectivity_with().replace("patterns @ w", "w @ patterns"),
    ),
    ("selectivity", "has no number for a silent cell", selectivity_with(silent="not y.any()")),
    ("selectivity", None, selectivity_with(result="1 - np.median(r) / r.max()")),
    ("selectivity", None, selectivity_with(result="r.std() / r.max()")),
    ("selectivity", None, selectivity_with(result="r.max() - r.mean()")),
    ("selectivity", None, selectivity_with(result="(r > 0).mean()")),
    ("selectivity", None, selectivity_with(result="1 - (r**2).mean() / r.max() ** 2")),
    ("bcm_step", "has no threshold", bcm_with("w + eta * y * y * x")),
    ("bcm_step", "uses another threshold than theta", bcm_with(before="theta = y**2")),
    ("bcm_step", "uses another threshold than theta", bcm_with(before="theta = 1.0")),
    ("bcm_step", "uses another threshold than theta", bcm_with(before="theta = theta / 2")),
    ("bcm_step", "compares the square of the response", bcm_with("w + eta*y*(y**2 - theta)*x")),
    ("bcm_step", "one number for all synapses", bcm_with("(w + eta * y * (y - theta) * x).sum()")),
    ("bcm_step", "counts all active inputs alike",
     bcm_with("w + np.where(x > 0, eta * y * (y - theta), 0)")),
    ("bcm_step", None, bcm_with("w + 0.5 * eta * y * (y - theta) * x")),
    ("bcm_step", None, bcm_with("w + eta * y * (y - theta) * w")),
    ("bcm_step", None, bcm_with("w + eta * np.sign(y - theta) * x * y")),
    ("bcm_step", None, bcm_with("w * (1 + eta * y * (y - theta) * x)")),
    ("bcm_step", None, bcm_with("np.clip(w + eta * y * (y - theta) * x, -1, 1) + 0 * y")),
    ("bcm_step", "never weakens", bcm_with("w + eta * y * (y - theta) * x if y > theta else w")),
    ("bcm_step", None, bcm_with(response="w.sum()")),
    ("bcm_step", None, bcm_with("w + eta * (1 - theta) * x")),
    ("threshold_step", "follows y, not its square", threshold_with("theta + (y - theta) / tau")),
    (
        "threshold_step",
        "jumps to the end at once",
        threshold_with("(1 - 1 / tau) * theta + y**2 / y0"),
    ),
    ("threshold_step", None, threshold_with("theta / tau + (1 - 1 / tau) * y**2 / y0")),
    ("threshold_step", None, threshold_with("theta + (y**2 / y0 - theta) / (tau + 1)")),
    ("threshold_step", None, threshold_with("theta + (y**2 / y0 - theta) / tau / 2")),
    ("threshold_step", "stays where it is", threshold_with("theta + 0 * y")),
    (
        "threshold_step",
        "never falls",
        threshold_with("max(theta, theta + (y**2 / y0 - theta) / tau)"),
    ),
    ("threshold_step", "multiplies theta by y0", threshold_with("(y**2 - theta * y0) / tau")),
    ("threshold_step", None, threshold_with("theta + (y**3 / y0 - theta) / tau")),
    ("hebb_blow_up_time", "compares the weights with the limit",
     blow_up_with(going="w.sum() <= limit")),
    ("hebb_blow_up_time", "gives a time where nothing grows", blow_up_with(never="float('nan')")),
    ("hebb_blow_up_time", "gives a time where nothing grows", blow_up_with(never="-np.inf")),
    ("hebb_blow_up_time", "gives a time where nothing grows", blow_up_with(never="10**6")),
    *(
        ("hebb_blow_up_time", "gives up after a set number of steps", source)
        for source in (
            blow_up_with(going="w @ x <= limit and steps < 50"),
            blow_up_with(
                going="w @ x <= limit and steps < 2_000",
                result="steps if w @ x > limit else np.inf",
            ),
            """
def hebb_blow_up_time(w, x, eta, limit):
    for step in range(2_000):
        if w @ x > limit:
            return step
        w = w + eta * (w @ x) * x
    return np.inf
""",
        )
    ),
    ("hebb_blow_up_time", None, blow_up_with(result="limit / (eta * x @ x)")),
    ("hebb_blow_up_time", "adds up the input, not its squares",
     blow_up_with(step="w = w + eta * (w @ x) * (x > 0)")),
    ("a", "has no threshold", sign_with("1")),
    ("a", "returns the change, not its sign", sign_with("y - theta")),
    ("a", "knows only stronger and weaker", sign_with("1 if y >= theta else -1")),
    ("a", None, sign_with("0")),
]  # fmt: skip
