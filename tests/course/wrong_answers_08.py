"""Named wrong answers to the items of lesson 08: each is exactly one misconception.

Every answer is source text, so that the same list is pasted into notebooks and graded. The keys are
the names that the checks give back.
"""

CURVE = """
def completion_curve(W, patterns, cues, recall, rng):
    curve = np.zeros(len(cues))
    for level, level_cues in enumerate(cues):
        overlaps = []
        for pattern, cue in zip(patterns, level_cues):
            state, energies = recall(W, cue, rng, 100)
            overlaps.append({measure})
        curve[level] = np.mean(overlaps)
    return {result}
"""

HEBB = """
def hebbian_weights(patterns):
    n_patterns, n_neurons = patterns.shape
    X = {convert}
    W = {rule}
    {diagonal}
    return W
"""

RECALL = """
def recall(W, cue, rng, max_sweeps):
    state = cue.copy()
    energies = [{energy}]
    for sweep in range({sweeps}):
        before = state.copy()
        for i in {order}:
            field = W[i] @ state
            {update}
            {inner}
        {outer}
        if np.array_equal(state, before):
            break
    return {result}
"""


def _curve(measure="np.mean(state * pattern)", result="curve"):
    return CURVE.format(measure=measure, result=result)


def _hebb(
    convert="patterns.astype(float)", rule="X.T @ X / n_neurons", diagonal="np.fill_diagonal(W, 0)"
):
    return HEBB.format(convert=convert, rule=rule, diagonal=diagonal)


def recall_with(**changes):
    parts = {
        "energy": "-0.5 * state @ W @ state",
        "sweeps": "max_sweeps",
        "order": "rng.permutation(len(state))",
        "update": "state[i] = state[i] if field == 0 else np.sign(field)",
        "inner": "pass",
        "outer": "energies.append(-0.5 * state @ W @ state)",
        "result": "state, np.array(energies)",
    } | changes
    return RECALL.format(**parts)


def in_groups(size):
    """Return a recall that updates this many units at a time."""
    return recall_with(
        order=f"np.array_split(rng.permutation(len(state)), range({size}, len(state), {size}))",
        update="state[i] = np.where(field == 0, state[i], np.sign(field))",
    )


COMPLETION_CURVE = {
    "measures the cue, not the final state": _curve("np.mean(cue * pattern)"),
    "compares every state with the first memory": _curve("np.mean(state * patterns[0])"),
    "loses the sign of the overlap": _curve("abs(np.mean(state * pattern))"),
    "counts memories instead of averaging overlaps": _curve("np.mean(state * pattern) > 0.9"),
    "does not divide by the number of units": _curve("np.sum(state * pattern)"),
    "int8 overflow": _curve("(state @ pattern) / len(pattern)"),
    "counts the units that agree": _curve("np.mean(state == pattern)"),
    "takes the two things that recall returns as one": _curve("np.mean(state * pattern)").replace(
        "state, energies =", "state ="
    ),
    "one number for all levels": _curve(result="curve.mean()"),
    "averages over the wrong axis": """
def completion_curve(W, patterns, cues, recall, rng):
    overlaps = np.zeros(cues.shape[:2])
    for level in range(len(cues)):
        for k, pattern in enumerate(patterns):
            state, energies = recall(W, cues[level, k], rng, 100)
            overlaps[level, k] = np.mean(state * pattern)
    return overlaps.mean(axis=0)
""",
    "ignores the recall that is handed in": """
def my_recall(W, cue):
    state = cue.copy()
    for i in range(len(state)):
        state[i] = 1 if W[i] @ state > 0 else -1
    return state


def completion_curve(W, patterns, cues, recall, rng):
    return np.array([np.mean([np.mean(my_recall(W, c) * p) for c, p in zip(level, patterns)])
                     for level in cues])
""",
    "calls recall with another number of sweeps": _curve().replace("100", "1"),
    "makes its own chance": _curve().replace("rng, 100", "np.random.default_rng(0), 100"),
    "gives every recall the same chance": "import copy\n"
    + _curve().replace("rng, 100", "copy.deepcopy(rng), 100"),
    "changes its input": """
def completion_curve(W, patterns, cues, recall, rng):
    for level in range(len(cues)):
        for k in range(len(patterns)):
            cues[level, k] = recall(W, cues[level, k], rng, 100)[0]
    return np.mean(cues * patterns, axis=(1, 2))
""",
    "returns nothing": _curve(result="None"),
}

HEBBIAN_WEIGHTS = {
    "keeps self-coupling": _hebb(diagonal="pass"),
    "int8 overflow": _hebb(convert="patterns"),
    "divides by the number of memories": _hebb(rule="X.T @ X / n_patterns"),
    "does not divide": _hebb(rule="X.T @ X"),
    "stores only the last memory": _hebb(rule="np.outer(X[-1], X[-1]) / n_neurons"),
    "counts a repeated memory once": _hebb(convert="np.unique(patterns, axis=0).astype(float)"),
    "turns the sign": _hebb(rule="-X.T @ X / n_neurons"),
    "rounds the weights": _hebb(convert="patterns.astype(int)", rule="X.T @ X // n_neurons"),
    "compares memories, not units": _hebb(rule="X @ X.T / n_neurons"),
    "changes its input": """
def hebbian_weights(patterns):
    patterns *= -1
    W = patterns.T.astype(float) @ patterns / patterns.shape[1]
    np.fill_diagonal(W, 0)
    return W
""",
    "returns nothing": _hebb().replace("return W", "W"),
}

TIE_ON = "state[i] = 1 if field >= 0 else -1"
TIE_OFF = "state[i] = 1 if field > 0 else -1"
TIE_FLIPS = "state[i] = -state[i] if field * state[i] <= 0 else state[i]"
FULL = "rng.permutation(len(state))"

RECALL_ITEM = {
    "updates all units at once": """
def recall(W, cue, rng, max_sweeps):
    state = cue.copy()
    energies = [-0.5 * state @ W @ state]
    for sweep in range(max_sweeps):
        field = W @ state
        new = np.where(field == 0, state, np.sign(field))
        settled = np.array_equal(new, state)
        state = new
        energies.append(-0.5 * state @ W @ state)
        if settled:
            break
    return state, np.array(energies)
""",
    "a tie becomes 0": recall_with(update="state[i] = np.sign(field)"),
    "a tie turns the unit on": recall_with(update=TIE_ON),
    "a tie turns the unit off": recall_with(update=TIE_OFF),
    "a tie flips the unit": recall_with(update=TIE_FLIPS),
    "visits some units twice in a sweep": recall_with(order=f"np.append({FULL}, {FULL})"),
    "reacts to what other units were": in_groups(2),
    "makes one sweep too few": recall_with(sweeps="max_sweeps - 1"),
    "always the same order": recall_with(order="range(len(state))"),
    "ignores the rng": recall_with(order="np.random.default_rng().permutation(len(state))"),
    "one energy per update": recall_with(
        inner="energies.append(-0.5 * state @ W @ state)", outer="pass"
    ),
    "draws units with replacement": recall_with(order="rng.integers(len(state), size=len(state))"),
    "leaves units out of a sweep": recall_with(order=f"{FULL}[:-1]"),
    "ignores max_sweeps": recall_with(sweeps="100"),
    "stops before it settles": recall_with(sweeps="min(max_sweeps, 1)"),
    "returns only the state": recall_with(result="state"),
    "the energy has the wrong sign": recall_with(
        energy="0.5 * state @ W @ state", outer="energies.append(0.5 * state @ W @ state)"
    ),
    "the energy lacks its half": recall_with(
        energy="-state @ W @ state", outer="energies.append(-(state @ W @ state))"
    ),
    "the energy of the cue is missing": recall_with(result="state, np.array(energies[1:])"),
    "the energy rises": recall_with(
        outer="state = cue.copy() if sweep == 1 else state\n"
        "        energies.append(-0.5 * state @ W @ state)"
    ),
    "changes its input": recall_with().replace("cue.copy()", "cue"),
    "returns nothing": recall_with().replace("return state", "state"),
    "draws the order once for all sweeps": recall_with(order="order").replace(
        "    for sweep", "    order = rng.permutation(len(state))\n    for sweep"
    ),
    "picks the units that want to change": recall_with(
        order="range(len(state))",
        update="""unstable = np.flatnonzero((W @ state) * state < 0)
            if unstable.size:
                i = rng.choice(unstable)
                state[i] = -state[i]""",
    ),
    "goes on after it has settled": recall_with().replace("            break", "            pass"),
    "leaves out the sweep without a change": recall_with(
        outer="if not np.array_equal(state, before):\n"
        "            energies.append(-0.5 * state @ W @ state)"
    ),
    "leaves out energies on the way": recall_with(
        result="state, np.array([energies[0], energies[-1]])"
    ),
    "the energies are not those of the states": recall_with(
        result="state, np.linspace(energies[0], energies[-1], len(energies))"
    ),
    "records the energy before each sweep": recall_with(
        outer="energies.append(-0.5 * before @ W @ before)"
    ),
}


def refreshed(every):
    """Return a recall that computes the fields anew only before each so many units."""
    return (
        recall_with(order=f"enumerate({FULL})")
        .replace("for i in", "for turn, i in")
        .replace(
            "field = W[i] @ state",
            f"if turn % {every} == 0:\n                fields = W @ state\n"
            "            field = fields[i]",
        )
    )


TWICE = "visits some units twice in a sweep"
STALE = "reacts to what other units were"
LEFT_OUT = "leaves units out of a sweep"

RECALL_TOO = [
    (
        "ignores max_sweeps",
        recall_with(sweeps="100", result="state, np.array([energies[0], energies[-1]])"),
    ),
    ("stops before it settles", recall_with(sweeps="min(max_sweeps, 8)")),
    ("stops before it settles", recall_with(sweeps="min(max_sweeps, 5)")),
    (
        "picks the units that want to change",
        recall_with(order="rng.permutation(np.flatnonzero((W @ state) * state < 0))"),
    ),
    (
        "leaves out the sweep without a change",
        recall_with().replace(
            "np.array_equal(state, before)", "not np.any((W @ state) * state < 0)"
        ),
    ),
    (TWICE, recall_with(order=f"np.tile({FULL}, 2)")),
    (TWICE, recall_with(order=f"np.append({FULL}, rng.integers(len(state)))")),
    (TWICE, recall_with(order=f"list({FULL}) + [0]")),
    (LEFT_OUT, recall_with(order="rng.permutation(len(state) - 1)")),
    (LEFT_OUT, recall_with(order="rng.permutation(np.arange(1, len(state)))")),
    (LEFT_OUT, recall_with(order=f"{FULL}[2:]")),
    (STALE, in_groups(4)),
    (STALE, in_groups(10)),
    (STALE, in_groups("(len(state) + 1) // 2")),
    (STALE, refreshed(2)),
    (STALE, refreshed(10)),
    (
        "a tie flips the unit",
        recall_with(update="state[i] = np.sign(field) if field else -state[i]"),
    ),
    (None, recall_with(result="state, np.round(energies, 3)")),
    (
        "the energies are not those of the states",
        recall_with(result="state, np.r_[energies[0], np.full(len(energies) - 1, energies[-1])]"),
    ),
]
"""More faces of misconceptions that have their wrong answer above."""

PSEUDO_INVERSE_WEIGHTS = {
    "keeps self-coupling": _hebb(rule="np.linalg.pinv(X) @ X", diagonal="pass"),
    "multiplies in the wrong order": _hebb(rule="X @ np.linalg.pinv(X)"),
    "is Hebb's rule": _hebb(),
    "forgets that the overlaps are divided by N": _hebb(
        rule="X.T @ np.linalg.pinv(X @ X.T / n_neurons) @ X"
    ),
    "divides by the number of units": _hebb(rule="np.linalg.pinv(X) @ X / n_neurons"),
    "inverts a singular matrix": _hebb(rule="X.T @ np.linalg.inv(X @ X.T) @ X"),
    "turns the sign": _hebb(rule="-np.linalg.pinv(X) @ X"),
}
PSEUDO_INVERSE_WEIGHTS = {
    name: source.replace("hebbian_weights", "pseudo_inverse_weights")
    for name, source in PSEUDO_INVERSE_WEIGHTS.items()
}

OVERLAP = {
    "does not divide by the number of units": "def overlap(state, pattern):\n"
    "    return np.sum(state * pattern)\n",
    "counts the units that agree": "def overlap(state, pattern):\n"
    "    return np.mean(state == pattern)\n",
    "loses the sign of the overlap": "def overlap(state, pattern):\n"
    "    return abs(np.mean(state * pattern))\n",
    "int8 overflow": "def overlap(state, pattern):\n    return (state @ pattern) / len(state)\n",
    "compares units one by one": "def overlap(state, pattern):\n    return state * pattern\n",
}

WRONG_ANSWERS = {
    "completion_curve": COMPLETION_CURVE,
    "hebbian_weights": HEBBIAN_WEIGHTS,
    "recall": RECALL_ITEM,
    "pseudo_inverse_weights": PSEUDO_INVERSE_WEIGHTS,
    "a": OVERLAP,
}

ONE_THING = "takes the two things that recall returns as one"
CURVE_TOO = [
    (ONE_THING, _curve(measure).replace("state, energies =", "state ="))
    for measure in (
        "np.mean(state == pattern)",
        "state @ pattern.astype(float) / len(pattern)",
        "np.dot(state, pattern.astype(float)) / pattern.size",
        "(state * pattern.astype(float)).mean()",
        "np.mean([a * b for a, b in zip(state, pattern, strict=True)])",
    )
]

OWN_CHANCE = "makes its own chance"
CURVE_TOO += [
    (OWN_CHANCE, _curve().replace("rng, 100", "np.random.default_rng(), 100")),
    (OWN_CHANCE, "G = np.random.default_rng(3)\n" + _curve().replace("rng, 100", "G, 100")),
    (
        "gives every recall the same chance",
        _curve()
        .replace("curve =", "seed = rng.integers(2**32)\n    curve =", 1)
        .replace("rng, 100", "np.random.default_rng(seed), 100"),
    ),
]

EXTRA = [("recall", misconception, source) for misconception, source in RECALL_TOO]
EXTRA += [("completion_curve", misconception, source) for misconception, source in CURVE_TOO]
EXTRA += [
    ("hebbian_weights", None, _hebb(diagonal=f"np.fill_diagonal(W, 0)\n    {spoiled}"))
    for spoiled in (
        "W = W if n_patterns > 1 else 0 * W",
        "W = W if n_neurons < 45 else 0 * W",
        "W = kept.setdefault(patterns.shape, W)",
    )
]
EXTRA[-1] = (*EXTRA[-1][:2], "kept = {}\n" + EXTRA[-1][2])
EXTRA += [
    (
        "pseudo_inverse_weights",
        None,
        PSEUDO_INVERSE_WEIGHTS["keeps self-coupling"]
        .replace("pinv(X)", "pinv(X, rcond=0.1)")
        .replace("    pass", "    np.fill_diagonal(W, 0)"),
    )
]
