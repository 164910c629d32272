"""`engramlab grade` on cells that fail, on borrowed work, and on a notebook that takes too long.

These harm nobody and run without the sandbox; the hostile set runs in it (`test_hostile.py`).
"""

import pytest
from grading_tools import ITEMS, grade, outcomes, solved

from engramlab.course.answers import references
from engramlab.course.grading.sandbox import Limits

RIGHT = dict.fromkeys(ITEMS, "right")
HEAD = "def hebbian_weights(patterns):\n"
REFERENCE = references("08")["hebbian_weights"]

FAILS = {
    "raises": (f"{REFERENCE}\nraise ValueError", "right"),
    "raises first": (f"raise ValueError\n{REFERENCE}", "error"),
    "does not read": (f"{HEAD}    return (", "error"),
}
STORE = "    return Hopfield.store(patterns).weights\n"
CLOSED = {
    "in the call": HEAD + "    return el.Hopfield.store(patterns).weights",
    "imported before": f"from engramlab.attractors import Hopfield\n{HEAD}{STORE}",
    "imported inside": f"{HEAD}    from engramlab.attractors import Hopfield\n{STORE}",
    "by another room": HEAD + "    return el.completion(rng=1)",
}
NAMED = (
    "store = el.Hopfield.store\n\n\n" + HEAD + "    return make(patterns)\n"
    "def make(p, Hopfield=None):\n    return attractors_weights(p)\n"
    "def attractors_weights(p):\n    el.Hopfield\n    return reference(p)\n"
    + REFERENCE.replace("hebbian_weights", "reference")
)
REPLACED = (
    "def scaled(W):\n    return W\n\n\n"
    + REFERENCE.replace("return W", "return scaled(W)")
    + "\nscaled = 0.3\n"
)
CONFIRMED = (
    REFERENCE + "\nmodel = el.Hopfield.store(el.random_patterns(3, n_neurons=20, rng=1))\n"
    "assert np.allclose(model.weights, hebbian_weights(model.patterns))\n"
)


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    sources = {name: source for name, (source, _) in FAILS.items()} | CLOSED
    sources |= {"named": NAMED, "confirmed": CONFIRMED, "replaced": REPLACED}
    learners = {name: solved(hebbian_weights=source) for name, source in sources.items()}
    return grade(tmp_path_factory.mktemp("cells"), learners, jobs=2)


@pytest.mark.parametrize("name", FAILS)
def test_a_cell_that_fails_costs_its_own_item_only(graded, name):
    assert outcomes(graded[name]) == RIGHT | {"hebbian_weights": FAILS[name][1]}
    assert graded[name]["status"] == "graded"


@pytest.mark.parametrize("name", CLOSED)
def test_the_packages_own_model_is_closed_in_a_graded_call(graded, name):
    result = graded[name]
    assert outcomes(result) == RIGHT | {"hebbian_weights": "wrong"}
    assert "Write the function yourself: " in result["items"][1]["message"]
    assert result["items"][1]["misconception"] == "calls the package's own model"
    assert result["status"] == "needs a human (hebbian_weights calls the package's own model)"


def test_what_is_named_and_not_called_is_right_and_for_a_human(graded):
    assert outcomes(graded["named"]) == RIGHT
    status = graded["named"]["status"]
    assert status == "needs a human (hebbian_weights may call the package's own model)"


def test_confirming_by_the_package_in_another_cell_is_fine(graded):
    assert outcomes(graded["confirmed"]) == RIGHT
    assert graded["confirmed"]["status"] == "graded"


def test_a_helper_that_is_replaced_later_is_for_a_human(graded):
    assert outcomes(graded["replaced"]) == RIGHT | {"hebbian_weights": "error"}
    said = "needs a human (a later cell changes scaled, which hebbian_weights uses)"
    assert graded["replaced"]["status"] == said


def test_a_submission_that_uses_up_its_time_says_so(tmp_path):
    slow = solved(
        completion_curve="def completion_curve(W, patterns, cues, recall, rng):\n    while 1: pass"
    )
    limits = Limits(cell_s=30, call_s=30, submission_s=3)
    result = grade(tmp_path, {"ada": slow}, limits=limits)["ada"]
    assert set(outcomes(result).values()) == {"timeout"}
    assert "The whole notebook took longer than 3 s" in result["items"][-1]["message"]
    assert "the time was used up before recall was checked" in result["status"]


def test_the_child_knows_nothing_of_the_teachers(tmp_path, monkeypatch):
    monkeypatch.setenv("TEACHERS_TOKEN", "hidden")
    source = (
        HEAD
        + "    import os\n    raise ValueError(sorted(os.environ), os.listdir('.'), os.sys.path[0])"
    )
    result = grade(tmp_path, {"ada": solved(hebbian_weights=source)})["ada"]
    message = result["items"][1]["message"]
    assert "ENGRAMLAB_GRADING" in message
    assert "TOKEN" not in message
    assert "submission" not in message
