"""The instant check, nbgrader's test cell and the grader say the same of the same function."""

import textwrap

import numpy as np
import pytest
from grading_tools import grade, solved

import engramlab as el
from engramlab.course import checks
from engramlab.course.answers import references
from engramlab.tutor import CheckFailed

BORROWS = "calls the package's own model"
ITEM = {"hebbian_weights": 1, "completion_curve": 0, "recall": 2}
OWN = references("08")
HEBB = OWN["hebbian_weights"]
CURVE = OWN["completion_curve"]
ORDER = "rng.permutation(len(state))"
CALL = "def hebbian_weights(patterns):\n    "
RIGHT = ("right", None)
BORROWED = ("wrong", BORROWS)

CASES = {
    "the reference": ("hebbian_weights", HEBB, RIGHT),
    "the model named in words": (
        "hebbian_weights",
        HEBB.replace("Return", "As el.Hopfield:"),
        RIGHT,
    ),
    "a variable called attractors": (
        "hebbian_weights",
        "attractors = 1.0\n" + HEBB.replace("X.T @ X", "attractors * X.T @ X"),
        RIGHT,
    ),
    "an attribute called attractors": (
        "hebbian_weights",
        "class Names:\n    attractors = Hopfield = 1.0\n"
        + HEBB.replace("X.T @ X", "Names.attractors * Names.Hopfield * X.T @ X"),
        RIGHT,
    ),
    "a function called sweep": (
        "recall",
        "def sweep(W, state, rng):\n    return rng.permutation(len(state))\n\n\n"
        + OWN["recall"].replace("rng.permutation(len(state))", "sweep(W, state, rng)"),
        RIGHT,
    ),
    "confirmed in the same cell": (
        "hebbian_weights",
        HEBB + "\n\np = el.random_patterns(3, n_neurons=20, rng=1)\n"
        "assert np.allclose(el.Hopfield.store(p).weights, hebbian_weights(p))",
        RIGHT,
    ),
    "confirmed inside the function": (
        "hebbian_weights",
        HEBB.replace(
            "    return W", "    assert el.Hopfield.store(patterns).n_neurons\n    return W"
        ),
        BORROWED,
    ),
    "a matrix": ("hebbian_weights", HEBB.replace("return W", "return W.view(np.matrix)"), RIGHT),
    "a named tuple": (
        "recall",
        "from collections import namedtuple\n\nPair = namedtuple('Pair', 'state energies')\n\n\n"
        + OWN["recall"].replace("return state, np.array(energies)", "return Pair(state, energies)"),
        RIGHT,
    ),
    "a whole number of numpy's": ("completion_curve", CURVE.replace("100", "np.int64(100)"), RIGHT),
    "a number that is not whole": (
        "completion_curve",
        CURVE.replace("100", "100.0"),
        ("error", None),
    ),
    "one sweep": (
        "completion_curve",
        CURVE.replace("100", "1"),
        ("wrong", "calls recall with another number of sweeps"),
    ),
    "rng by name": (
        "completion_curve",
        CURVE.replace("rng, 100", "rng=rng, max_sweeps=100"),
        RIGHT,
    ),
    "a child of rng": (
        "completion_curve",
        CURVE.replace("rng, 100", "rng.spawn(1)[0], 100"),
        RIGHT,
    ),
    "a Generator of its own": (
        "completion_curve",
        CURVE.replace("rng, 100", "np.random.default_rng(), 100"),
        ("wrong", "makes its own chance"),
    ),
    "a copy of rng for each call": (
        "completion_curve",
        "import copy\n" + CURVE.replace("rng, 100", "copy.deepcopy(rng), 100"),
        ("wrong", "gives every recall the same chance"),
    ),
    "one turn too many": (
        "recall",
        OWN["recall"].replace(ORDER, f"np.append({ORDER}, 0)"),
        ("wrong", "visits some units twice in a sweep"),
    ),
    "calls the model": (
        "hebbian_weights",
        CALL + "return el.Hopfield.store(patterns).weights",
        BORROWED,
    ),
    "keeps the method": (
        "hebbian_weights",
        "keep = el.Hopfield.store\n\n\n" + CALL + "return keep(patterns).weights",
        BORROWED,
    ),
    "a partial": (
        "hebbian_weights",
        "import functools\n\npart = functools.partial(el.Hopfield.store, rule='hebbian')\n\n\n"
        + CALL
        + "return part(patterns).weights",
        BORROWED,
    ),
    "is the model's method": (
        "hebbian_weights",
        "from engramlab.attractors import Hopfield\n\nstore = Hopfield.store\n\n\n"
        "def hebbian_weights(patterns, store=store):\n    return store(patterns).weights",
        BORROWED,
    ),
    "a kernel kept before": (
        "recall",
        "from engramlab.kernels.attractors import update_all\n\n\n"
        "def recall(W, cue, rng, max_sweeps):\n    state = cue.copy()\n"
        "    W, flipped = W.astype(np.float32), np.empty(len(cue), dtype=np.int64)\n"
        "    energies = [-0.5 * state @ W @ state]\n    for _ in range(max_sweeps):\n"
        "        order, fields = rng.permutation(len(cue)), W @ state.astype(np.float32)\n"
        "        n, _ = update_all(W, order, state, fields, flipped)\n"
        "        energies.append(-0.5 * state @ W @ state)\n        if n == 0:\n            break\n"
        "    return state, np.array(energies)",
        BORROWED,
    ),
    "a twin of the checks": (
        "hebbian_weights",
        "from engramlab.course.checks.c08_pattern_completion._twins import hebb\n\n\n"
        + CALL
        + "return hebb(patterns)",
        BORROWED,
    ),
    "the model behind an experiment": (
        "hebbian_weights",
        CALL + "return np.eye(4) * el.completion(rng=1)",
        BORROWED,
    ),
    "keeps the diagonal": (
        "hebbian_weights",
        HEBB.replace("    np.fill_diagonal(W, 0)\n", ""),
        ("wrong", "keeps self-coupling"),
    ),
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    learners = {name: solved(**{item: source}) for name, (item, source, _) in CASES.items()}
    return grade(tmp_path_factory.mktemp("judges"), learners, jobs=2)


def learners(name):
    item, source, _ = CASES[name]
    names = {"np": np, "el": el, "__name__": "__main__"}
    exec(textwrap.dedent(source), names)
    return item, names[item]


@pytest.mark.parametrize("name", CASES)
def test_three_judges_agree(name, graded, monkeypatch):
    item, function = learners(name)
    wanted = CASES[name][2]
    at_once = checks.item("08", item).check(function)
    assert (str(at_once.outcome), at_once.misconception) == wanted, at_once.message
    marked = graded[name]["items"][ITEM[item]]
    assert (marked["outcome"], marked["misconception"]) == wanted, marked["message"]
    flagged = "own model" in graded[name]["status"]
    assert flagged == (wanted == BORROWED), graded[name]["status"]

    monkeypatch.delenv("ENGRAMLAB_GRADING", raising=False)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    lesson = el.lesson("08")
    if wanted == RIGHT:
        lesson.check(item, function)
        return
    with pytest.raises(CheckFailed, match=f"{item}: {wanted[0]}: .*{wanted[1] or ''}"):
        lesson.check(item, function)


def test_after_a_check_all_is_open_again():
    _, function = learners("keeps the method")
    assert checks.item("08", "hebbian_weights").check(function).misconception == BORROWS
    patterns = el.random_patterns(2, n_neurons=10, rng=1)
    assert function(patterns).shape == (10, 10)
    assert el.Hopfield.store(patterns).recall(patterns[0], rng=1).converged
