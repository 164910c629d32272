"""Runs of the command `engramlab grade` as processes of their own, which can be ended."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from grading_tools import ITEMS, solved
from wrong_answers_08 import WRONG_ANSWERS

ENDLESS = "def recall(W, cue, rng, max_sweeps):\n    while True:\n        pass\n"


def mixed_class(size):
    """Return a class in which every other learner has one wrong answer, each another one."""
    wrong = [(item, source) for item in ITEMS for source in WRONG_ANSWERS[item].values()]
    learners = {}
    for number in range(size):
        item, source = wrong[number % len(wrong)]
        learners[f"learner {number:02}"] = solved(**({item: source} if number % 2 else {}))
    return learners


def surroundings_of(tmp_path):
    """Return variables by which the processes of one test are told from all others.

    The caches are the usual ones, by a path that stands in no other process's command line.
    """
    own = tmp_path / "own-cache"
    if not own.exists():
        usual = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "engramlab"
        usual.mkdir(parents=True, exist_ok=True)
        own.mkdir()
        (own / "engramlab").symlink_to(usual)
    return os.environ | {"XDG_CACHE_HOME": str(own), "OPENBLAS_NUM_THREADS": "1"}


def start(tmp_path, *arguments, **options):
    """Start `engramlab grade` on exercise 08 and return the process."""
    command = [sys.executable, "-m", "engramlab.course.cli", "grade", "--exercise", "08"]
    return subprocess.Popen(
        [*command, *map(str, arguments)],
        env=surroundings_of(tmp_path),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # a shell in the background has its children ignore the keyboard's interrupt
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        **options,
    )


def count(out):
    """Return how many results there are."""
    return len(list((out / "results").glob("*.json")))


def wait_for(true, seconds=60):
    """Wait until something is so, and say whether it came to be."""
    deadline = time.monotonic() + seconds
    while not (answer := true()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return bool(answer)


def left_processes(tmp_path, of="engramlab.course.child"):
    """Return the command lines of a test's learners that still run, after some seconds."""
    found = []

    def none_left():
        found[:] = running(tmp_path, of)
        return not found

    wait_for(none_left, 30)
    return found


def running(tmp_path, of):
    """Return the command lines of a test's processes that hold some words."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:  # it has ended meanwhile
            continue
        if of in line and str(tmp_path) in line:
            found.append(line)
    return found
