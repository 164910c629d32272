"""`engramlab grade` on notebooks that hang, crash, flood, cheat or lie.

Without the sandbox these run with the rights of the test, so none of them leaves its folder: what
kills, forks without end or reads other files waits for the sandbox.
"""

import re

import pytest
from grading_tools import ITEMS, SHORT, grade, outcomes, solved
from wrong_answers_08 import WRONG_ANSWERS

from engramlab.course.answers import references
from engramlab.course.grading.sandbox import Limits

RIGHT = dict.fromkeys(ITEMS, "right")
HEAD = "def hebbian_weights(patterns):\n"
REFERENCE = references("08")["hebbian_weights"]

IN_THE_FUNCTION = {
    "endless": ("    while True:\n        pass", "timeout"),
    "swallows interrupts": (
        "    while True:\n        try:\n            pass\n"
        "        except BaseException:\n            pass",
        "timeout",
    ),
    "sleeps": ("    import time\n    time.sleep(1000)", "timeout"),
    "ignores signals": (
        "    import signal, time\n    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "    while True:\n        time.sleep(1)",
        "timeout",
    ),
    "sys.exit": ("    import sys\n    sys.exit(0)", "error"),
    "os._exit": ("    import os\n    os._exit(0)", "crashed"),
    "kills itself": ("    import os\n    os.kill(os.getpid(), 9)", "crashed"),
    "reads address 0": ("    import ctypes\n    ctypes.string_at(0)", "crashed"),
    "recursion": ("    return hebbian_weights(patterns)", "error"),
    "memory": ("    return np.ones(2 * 10**9)", "error"),
    "too large an answer": ("    return np.zeros((4000, 4000))", "wrong"),
    "equal to all": (
        "    class Equal:\n        __eq__ = lambda a, b: True\n        shape = (4, 4)\n"
        "    return Equal()",
        "wrong",
    ),
    "an array that lies": (
        "    class Liar(np.ndarray):\n        __eq__ = lambda a, b: True\n"
        "    return np.zeros((4, 4)).view(Liar)",
        "wrong",
    ),
    "closes every descriptor": (
        "    import os\n    os.closerange(0, 100)\n    return 1",
        "crashed",
    ),
    "writes to every descriptor": (
        "    import os\n    for d in range(3, 20):\n        try:\n"
        "            os.write(d, b'x' * 64)\n        except OSError:\n            pass\n"
        "    return 1",
        "crashed",
    ),
    "raises what cannot be shown": (
        "    class Bad(Exception):\n        def __str__(self):\n            raise ValueError\n"
        "    raise Bad",
        "error",
    ),
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """All hostile functions as one class, so that honest work beside them is seen to survive."""
    learners = {
        name: solved(hebbian_weights=HEAD + body) for name, (body, _) in IN_THE_FUNCTION.items()
    }
    return grade(tmp_path_factory.mktemp("hostile"), learners, jobs=2, limits=SHORT)


@pytest.mark.parametrize("name", IN_THE_FUNCTION)
def test_a_hostile_function_costs_its_own_item_only(graded, name):
    assert outcomes(graded[name]) == RIGHT | {"hebbian_weights": IN_THE_FUNCTION[name][1]}
    assert graded[name]["total"] == 6
    assert graded[name]["status"] == "graded"


AT_TOP_LEVEL = {
    "endless": ("while True:\n    pass", "timeout"),
    "leaves": ("import os\nos._exit(1)", "crashed"),
    "says exit": (f"{REFERENCE}\nexit()", "right"),
    "raises": (f"{REFERENCE}\nraise ValueError", "right"),
    "raises first": (f"raise ValueError\n{REFERENCE}", "error"),
    "does not read": (f"{HEAD}    return (", "error"),
    "zero byte": (f"{HEAD}    return 1 \0", "error"),
    "patches numpy": (
        "import numpy.testing\nnp.allclose = np.array_equal = lambda *a, **k: True\n"
        "np.testing.assert_allclose = lambda *a, **k: None\n" + HEAD + "    return 1",
        "wrong",
    ),
    "a flood of text": (f"print('x' * 10**7)\n{REFERENCE}", "right"),
    "warnings": (f"import warnings\nwarnings.warn('careful')\n{REFERENCE}", "right"),
    "a thread that stays": (
        "import threading, time\nthreading.Thread(target=time.sleep, args=(30,)).start()\n"
        + REFERENCE,
        "right",
    ),
}


@pytest.fixture(scope="module")
def graded_cells(tmp_path_factory):
    learners = {}
    for name, (source, _) in AT_TOP_LEVEL.items():
        if "def hebbian_weights" not in source:
            source = f"{HEAD}    return 1\n{source}"
        learners[name] = solved(hebbian_weights=source)
    limits = Limits(cell_s=6, call_s=6, submission_s=120)
    return grade(tmp_path_factory.mktemp("cells"), learners, jobs=2, limits=limits)


@pytest.mark.parametrize("name", AT_TOP_LEVEL)
def test_a_hostile_cell_costs_its_own_item_only(graded_cells, name):
    result = graded_cells[name]
    assert outcomes(result) == RIGHT | {"hebbian_weights": AT_TOP_LEVEL[name][1]}
    assert result["status"] == "graded"


def test_a_submission_that_uses_up_its_time_says_so(tmp_path):
    slow = solved(
        completion_curve="def completion_curve(W, patterns, cues, recall, rng):\n    while 1: pass"
    )
    limits = Limits(cell_s=30, call_s=30, submission_s=3)
    result = grade(tmp_path, {"ada": slow}, limits=limits)["ada"]
    assert set(outcomes(result).values()) == {"timeout"}
    assert "The whole notebook took longer than 3 s" in result["items"][-1]["message"]


START = "args = [sys.executable, '-c', 'import time; time.sleep(20)']\n"
REACHES = {
    "patches the course": (
        "from engramlab.course.checks import _items, _tools\n_tools.close = lambda *a: True\n"
        "_items.Item.judge = None\n" + HEAD + "    return patterns",
        "wrong",
        "engramlab.course.checks",
    ),
    "takes the answer": (
        "from engramlab.course.answers import reference\n"
        "exec(reference('08', 'hebbian_weights'))\n" + HEAD + "    return 1",
        "wrong",
        "engramlab.course.answers",
    ),
    "takes the answer in secret": (
        "try:\n    import importlib\n"
        "    importlib.import_module('.answers', 'engramlab.course')\nexcept Exception:\n"
        "    pass\n" + REFERENCE,
        "right",
        "importlib",
    ),
    "a process that stays": (
        f"import subprocess as s, sys\n{START}s.Popen(args, start_new_session=True)\n{REFERENCE}",
        "right",
        "subprocess",
    ),
    "a shell": (f"import os\nos.system('true')\n{REFERENCE}", "right", "os.system"),
    "another Python": (
        "from subprocess import run\nimport json, sys\n"
        + HEAD
        + "    code = 'import sys, json, numpy, engramlab as el; p = json.load(sys.stdin); '\\\n"
        "        'print(el.Hopfield.store(numpy.array(p)).weights.tolist())'\n"
        "    out = run([sys.executable, '-c', code], input=json.dumps(patterns.tolist()),\n"
        "              capture_output=True, text=True, check=True).stdout\n"
        "    return np.array(json.loads(out))",
        "right",
        "subprocess.run",
    ),
}


@pytest.fixture(scope="module")
def reaching(tmp_path_factory):
    learners = {name: solved(hebbian_weights=source) for name, (source, *_) in REACHES.items()}
    limits = Limits(cell_s=15, call_s=30, submission_s=120)
    return grade(tmp_path_factory.mktemp("reaching"), learners, jobs=2, limits=limits)


@pytest.mark.parametrize("name", REACHES)
def test_what_reaches_beyond_the_notebook_is_for_a_human(reaching, name):
    _, outcome, what = REACHES[name]
    assert outcomes(reaching[name]) == RIGHT | {"hebbian_weights": outcome}
    assert reaching[name]["status"].startswith("needs a human (")
    assert re.search(rf"the notebook uses .*{re.escape(what)}", reaching[name]["status"])


OWN_WORK = {
    "in the call": HEAD + "    return el.Hopfield.store(patterns).weights",
    "imported before": "from engramlab.attractors import Hopfield\n"
    + HEAD
    + "    return Hopfield.store(patterns).weights",
    "imported inside": HEAD
    + "    from engramlab.attractors import Hopfield\n    return Hopfield.store(patterns).weights",
    "by another room": HEAD + "    return el.completion(rng=1)",
}


@pytest.mark.parametrize("name", OWN_WORK)
def test_the_packages_own_model_is_closed_in_a_graded_call(tmp_path, name):
    result = grade(tmp_path, {"ada": solved(hebbian_weights=OWN_WORK[name])})["ada"]
    assert outcomes(result) == RIGHT | {"hebbian_weights": "wrong"}
    assert "Write the function yourself: " in result["items"][1]["message"]
    assert result["items"][1]["misconception"] == "calls the package's own model"
    assert result["status"] == "needs a human (hebbian_weights calls the package's own model)"


def test_what_is_named_and_not_called_is_right_and_for_a_human(tmp_path):
    kept = "store = el.Hopfield.store\n\n\n" + HEAD + "    return make(patterns)\n"
    kept += "def make(p, Hopfield=None):\n    return attractors_weights(p)\n"
    kept += "def attractors_weights(p):\n    el.Hopfield\n    return reference(p)\n"
    kept += REFERENCE.replace("hebbian_weights", "reference")
    result = grade(tmp_path, {"ada": solved(hebbian_weights=kept)})["ada"]
    assert outcomes(result) == RIGHT
    assert result["status"] == "needs a human (hebbian_weights may call the package's own model)"


def test_confirming_by_the_package_in_another_cell_is_fine(tmp_path):
    source = REFERENCE + "\nmodel = el.Hopfield.store(el.random_patterns(3, n_neurons=20, rng=1))\n"
    source += "assert np.allclose(model.weights, hebbian_weights(model.patterns))\n"
    result = grade(tmp_path, {"ada": solved(hebbian_weights=source)})["ada"]
    assert outcomes(result) == RIGHT
    assert result["status"] == "graded"


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


def test_a_modules_name_in_the_folder_does_not_shadow_numpy(tmp_path):
    write = "from pathlib import Path\nPath('fractions.py').write_text('raise SystemExit')\n"
    write += "import fractions\n"
    result = grade(tmp_path, {"ada": solved(hebbian_weights=write + REFERENCE)})["ada"]
    assert outcomes(result) == RIGHT


def test_every_wrong_answer_runs_without_numpy_warnings_costing_points(tmp_path):
    noisy = REFERENCE.replace("    X = ", "    np.array([1.0]) / 0\n    X = ")
    result = grade(tmp_path, {"ada": solved(hebbian_weights=noisy)})["ada"]
    assert outcomes(result) == RIGHT
    assert len(WRONG_ANSWERS["hebbian_weights"]) > 3
