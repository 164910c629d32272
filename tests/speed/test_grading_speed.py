"""What grading costs: a class of 300, each exercise on one core, and nbgrader beside ours.

Seconds are printed; asserted are the outcomes, and the ratio of two graders in one run.
"""

import contextlib
import os
import subprocess
import sys
import time
from typing import NamedTuple

import pytest
import speed_tools
from answer_tools import wrong_answers
from grading_tools import exercise, outcomes, results, solved, write_class
from nbgrader_tools import call, export_course, hand_in, release

from engramlab.course import checks

pytestmark = [pytest.mark.speed, pytest.mark.sandbox]

LESSONS = [lesson for lesson in checks.lessons() if checks.graded(lesson)]
ITEMS = [item.function for item in checks.graded("08")]
RIGHT = dict.fromkeys(ITEMS, "right")

HEAVY = """
import matplotlib.pyplot as plt
import numba


@numba.njit
def added(values):
    total = 0.0
    for value in values:
        total += value
    return total


patterns = el.random_patterns(5, n_neurons=100, rng=1)
run = el.Hopfield.store(patterns).recall(el.corrupt(patterns[0], 0.2, rng=2), rng=3)
figure, axes = plt.subplots()
axes.plot(run.energies, label=f"{added(run.energies):.2f}")
axes.legend()
figure.savefig("recall.png")
"""
"""What a learner may add: a kernel of their own to compile, a model of ours, and a figure."""


class Run(NamedTuple):
    seconds: float
    peak: float
    """The largest memory of the grader itself, in MB."""


@contextlib.contextmanager
def one_core():
    """Let this process, and what it starts, use one core only."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)


def grade(folder, out, lesson, jobs=1):
    """Run `engramlab grade` and return what it took."""
    command = [sys.executable, "-m", "engramlab.course.cli", "grade", folder, out]
    command += ["--exercise", lesson, "--fresh", "-j", str(jobs)]
    surroundings = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=surroundings
    )
    said = process.stderr.read()  # until it ends
    process.stderr.close()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, said.decode()
    return Run(time.perf_counter() - start, used.ru_maxrss / 1024)


@pytest.fixture(scope="module", autouse=True)
def warm(tmp_path_factory):
    """The caches of the learners' processes are made once for a machine: not timed here."""
    folder = tmp_path_factory.mktemp("warm")
    grade(write_class(folder / "class", {"ada": exercise()}), folder / "out", "08")


def kinds():
    """Give honest and wrong notebooks of exercise 08, each with the outcomes that it deserves."""
    stub = "def recall(W, cue, rng, max_sweeps):\n    raise NotImplementedError()"
    yield solved(), RIGHT
    yield exercise(), dict.fromkeys(ITEMS, "not attempted")
    yield solved(recall=stub), RIGHT | {"recall": "not attempted"}
    for item in ITEMS:
        for source in wrong_answers("08")[item].values():
            yield solved(**{item: source}), RIGHT | {item: "wrong"}


def test_a_class_of_300_on_two_cores(tmp_path, record_property):
    each = list(kinds())
    class_ = {f"learner {k:03}": each[k % len(each)] for k in range(300)}
    folder = write_class(tmp_path / "class", {name: book for name, (book, _) in class_.items()})
    took = grade(folder, tmp_path / "out", "08", jobs=2)
    found = results(tmp_path / "out")
    assert {name: outcomes(found[name]) for name in class_} == {
        name: deserved for name, (_, deserved) in class_.items()
    }
    said = (
        f"300 submissions of exercise 08, 2 at a time: {took.seconds:.0f} s, "
        f"{took.seconds / 300:.2f} s each; the grader's memory at most {took.peak:.0f} MB"
    )
    record_property("say", said)
    print(said)


def small_class(lesson, number, code=None):
    """Return a class of right answers, with a cell of the learner's own after the first."""
    notebook = solved(lesson)
    if code is not None:
        at = next(k for k, cell in enumerate(notebook["cells"]) if cell["cell_type"] == "code")
        own = {"id": "own", "source": code, "metadata": {}, "outputs": [], "execution_count": None}
        notebook["cells"].insert(at + 1, {"cell_type": "code"} | own)
    return {f"learner {k:02}": notebook for k in range(number)}


def seconds_each(folder, lesson, number, code=None):
    """Grade a class of right answers on one core and return the seconds of each submission.

    The start of the command is left out: a class of one is taken from the class of many. Of three
    runs the fastest counts, since other work on the machine only adds.
    """
    fastest = []
    with one_core():
        for size in (1, number):
            class_ = write_class(folder / f"class {size}", small_class(lesson, size, code))
            out = folder / f"out {size}"
            fastest.append(min(grade(class_, out, lesson).seconds for _ in range(3)))
            for result in results(out).values():
                assert set(outcomes(result).values()) == {"right"}, result["learner"]
    return (fastest[1] - fastest[0]) / (number - 1)


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_submission_of_each_exercise_on_one_core(lesson, tmp_path, record_property):
    said = f"exercise {lesson}, one core: {seconds_each(tmp_path, lesson, 20):.2f} s a submission"
    record_property("say", said)
    print(said)


def test_a_submission_that_compiles_and_draws_on_one_core(tmp_path, record_property):
    took = seconds_each(tmp_path, "08", 10, HEAVY)
    said = f"exercise 08 with numba and matplotlib, one core: {took:.2f} s a submission"
    record_property("say", said)
    print(said)


@pytest.mark.parametrize("code", [None, HEAVY], ids=["numpy", "numba-matplotlib"])
def test_ours_is_faster_than_nbgrader_on_the_same_notebooks(code, tmp_path, record_property):
    pytest.importorskip("nbgrader", reason="needs the extra: pip install -e '.[teach]'")
    learners = small_class("08", 10, code)
    course = export_course(tmp_path / "course")
    release(course, "08")
    hand_in(course, "08", learners)
    folder = write_class(tmp_path / "class", learners)

    def theirs():
        call(course, "autograde", checks.lessons()["08"], "--force")

    def ours():
        grade(folder, tmp_path / "out", "08")

    with one_core():
        ratio = speed_tools.ratio(theirs, ours, rounds=3)
        each = speed_tools.seconds(ours) / len(learners)
    kind = "numpy only" if code is None else "numba and matplotlib"
    said = f"10 submissions, {kind}: ours is {ratio:.1f} times as fast as nbgrader ({each:.2f} s)"
    record_property("say", said)
    print(said)
    assert ratio > 1
