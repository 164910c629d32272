"""Any way to draw a random order is as good: none of them is taken for a misconception."""

import numpy as np
import pytest
from wrong_answers_08 import recall_with

from engramlab.course import checks
from engramlab.course.checks import Outcome

SEEDS = [range(15), pytest.param(range(15, 50), marks=pytest.mark.full)]
BEFORE = "    for sweep in range(max_sweeps):"

VARIANTS = {
    "permutation": recall_with(),
    "shuffled in place": recall_with(order="rng.shuffle(order) or order").replace(
        BEFORE, "    order = np.arange(len(state))\n" + BEFORE
    ),
    "permuted": recall_with(order="rng.permuted(np.arange(len(state)))"),
    "argsort": recall_with(order="np.argsort(rng.random(len(state)))"),
    "choice without replacement": recall_with(
        order="rng.choice(len(state), size=len(state), replace=False)"
    ),
    "all orders at once": recall_with(order="orders[sweep]").replace(
        BEFORE, "    orders = rng.random((max_sweeps, len(state))).argsort(axis=1)\n" + BEFORE
    ),
    "all orders at once, by column": recall_with(order="orders[:, sweep]").replace(
        BEFORE, "    orders = rng.random((len(state), max_sweeps)).argsort(axis=0)\n" + BEFORE
    ),
    "sorted by a key": recall_with(order="sorted(range(len(state)), key=lambda _: rng.random())"),
    "another Generator from rng": recall_with(order="own.permutation(len(state))").replace(
        BEFORE, "    own = np.random.default_rng(rng.integers(2**32))\n" + BEFORE
    ),
    "a child of rng": recall_with(order="own.permutation(len(state))").replace(
        BEFORE, "    own = rng.spawn(1)[0]\n" + BEFORE
    ),
    "with floats and carried fields": """
def recall(W, cue, rng, max_sweeps):
    state = np.array(cue, dtype=float)
    fields = W @ state
    energies = [-state @ fields / 2]
    changed = True
    while changed and len(energies) <= max_sweeps:
        changed = False
        for i in rng.permutation(len(state)):
            if fields[i] * state[i] < 0:
                state[i] *= -1
                fields = fields + 2 * state[i] * W[:, i]
                changed = True
        energies.append(-state @ W @ state / 2)
    return state, energies
""",
}


@pytest.mark.parametrize("seeds", SEEDS, ids=["some", "more"])
@pytest.mark.parametrize("name", VARIANTS)
def test_every_valid_order_is_right(name, seeds):
    names = {"np": np}
    exec(VARIANTS[name], names)
    item = checks.item("08", "recall")
    for seed in seeds:
        verdict = item.check(names["recall"], seed=seed)
        assert verdict.outcome is Outcome.RIGHT, (seed, verdict.message)
