"""What a learner's processes use together is bounded, and so is what the grader spends on them.

A grader that is killed leaves nothing running.
"""

import contextlib
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from grading_tools import ITEMS, grade, outcomes, solved, write_class

from engramlab.course.grading import bubblewrap, children, closed_calls, memory
from engramlab.course.grading.bubblewrap import Bubblewrap
from engramlab.course.grading.clocks import Clock
from engramlab.course.grading.sandbox import Limits
from engramlab.course.limits import TimeUp

RIGHT = dict.fromkeys(ITEMS, "right")
HALF_A_GB = Limits(cell_s=15, call_s=15, submission_s=120, memory_together=2**29)
CURVE = "def completion_curve(W, patterns, cues, recall, rng):\n    import numpy as np\n"
ONE_BY_ONE = (
    "    finals = [[recall(W, cue, rng, 100)[0] for cue in level] for level in cues]\n"
    "    curve = (np.array(finals, float) * patterns).mean(axis=(1, 2))\n"
)
LINE = (
    "    cells = [cell.cell_contents for cell in recall.__closure__]\n"
    "    notebook = next(each for each in cells if hasattr(each, 'line'))\n"
)

HOGS = {  # what the function does, and what the verdict says
    "many processes": (
        "    for _ in range(12):\n        if os.fork() == 0:\n"
        "            kept = bytearray(10**8)\n            time.sleep(600)\n"
        "    time.sleep(600)",
        "used more than 0.5 GB of memory",
    ),
    "orphans in sessions of their own": (
        "    for _ in range(12):\n        if os.fork() == 0:\n            os.setsid()\n"
        "            if os.fork() == 0:\n"
        "                kept = bytearray(10**8)\n                time.sleep(600)\n"
        "            os._exit(0)\n"
        "    time.sleep(600)",
        "used more than 0.5 GB of memory",
    ),
    "threads without the first one": (
        "    import ctypes, threading\n    def work():\n"
        "        while 'VmRSS' in open('/proc/self/status').read():\n"
        "            time.sleep(0.01)\n        kept = bytearray(10**8)\n"
        "        time.sleep(600)\n"
        "    for _ in range(12):\n        if os.fork() == 0:\n"
        "            threading.Thread(target=work).start()\n"
        "            ctypes.CDLL(None).syscall(60 if os.uname().machine == 'x86_64' else 93, 0)\n"
        "    time.sleep(600)",
        "used more than 0.5 GB of memory",
    ),
    "its disk beside its memory": (
        "    for k in range(6):\n        open(f'/tmp/{k}', 'wb').write(b'x' * 4 * 10**7)\n"
        "    kept = bytearray(4 * 10**8)\n    time.sleep(600)",
        "used more than 0.5 GB of memory",
    ),
    "a crowd gives way to others": (
        "    for _ in range(30):\n        if os.fork() == 0:\n            time.sleep(600)\n"
        "    while os.getpriority(os.PRIO_PROCESS, 0) < 19:\n        time.sleep(0.1)\n"
        "    raise ValueError('behind others')",
        "ValueError: behind others",
    ),
    "one array in many processes": (
        "    kept = np.ones(2 * 10**7)\n    pids = []\n"
        "    for _ in range(8):\n        pid = os.fork()\n        if pid == 0:\n"
        "            time.sleep(1)\n            os._exit(0)\n        pids.append(pid)\n"
        "    for pid in pids:\n        os.waitpid(pid, 0)\n"
        "    raise ValueError('shared')",
        "ValueError: shared",
    ),
}


@pytest.mark.sandbox
def test_all_processes_together_use_no_more_than_allowed(tmp_path):
    head = "def hebbian_weights(patterns):\n    import os, time\n    import numpy as np\n"
    learners = {name: solved(hebbian_weights=head + body) for name, (body, _) in HOGS.items()}
    found = grade(tmp_path, learners | {"honest": solved()}, unsafe=False, jobs=2, limits=HALF_A_GB)
    for name, (_, said) in HOGS.items():
        [verdict] = [v for v in found[name]["items"] if v["item"] == "hebbian_weights"]
        assert said in verdict["message"], (name, verdict)
        assert verdict["outcome"] == ("error" if "ValueError" in said else "crashed"), name
        assert outcomes(found[name]) == RIGHT | {"hebbian_weights": verdict["outcome"]}
    assert outcomes(found["honest"]) == RIGHT


CALLBACKS = {  # what the function does, and what the verdict says
    "asks for ever": (
        "    while True:\n        recall(W, cues[0, 0], rng, 100)",
        "took longer than",
    ),
    "asks for what never ends": (
        f"{ONE_BY_ONE}    if patterns.shape[1] == 80:\n"
        "        W = np.triu(np.ones((80, 80)), 1)\n"
        "        recall(W - W.T, cues[0, 0].copy(), rng, 10**9)\n    return curve",
        "took longer than",
    ),
    "asks with a giant matrix": (
        "    recall(np.ones((1400, 1400)), cues[0, 0], rng, 100)",
        "called back with more data than it was given",
    ),
    "asks without listening": (
        f"{LINE}    order = {{'callback': 'recall', 'arguments': (W,), 'keywords': {{}}}}\n"
        "    while True:\n        notebook.line.send(notebook.encoded(order))",
        "took longer than",
    ),
    "answers without being asked": (
        f"{LINE}    for _ in range(9):\n"
        "        notebook.turn = (notebook.turn or 0) + 1\n"
        "        notebook.line.send(notebook.encoded({'ok': True, 'returned': np.ones(len(cues)), "
        "'changed': {}}))\n"
        "    return 1",
        "sent something that is no answer",
    ),
    "large answers": (
        f"{LINE}    while True:\n"
        "        notebook.line.send(notebook.encoded({'callback': 'recall', 'arguments': "
        "(np.ones(15 * 10**5),), 'keywords': {}}))",
        "called back with more data than it was given",
    ),
    "asks as the exercise does": (f"{ONE_BY_ONE}    return curve", ""),
}


@pytest.mark.sandbox
def test_what_a_learner_asks_of_the_grader_is_bounded(tmp_path, record_property):
    learners = {
        name: solved(completion_curve=CURVE + body) for name, (body, _) in CALLBACKS.items()
    }
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = grade(tmp_path, learners, unsafe=False, jobs=2)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    for name, (_, said) in CALLBACKS.items():
        [verdict] = [v for v in found[name]["items"] if v["item"] == "completion_curve"]
        assert said in verdict["message"], (name, verdict)
        others = {k: v for k, v in outcomes(found[name]).items() if k != "completion_curve"}
        assert set(others.values()) == {"right"}, (name, others)
    assert outcomes(found["asks as the exercise does"]) == RIGHT
    assert grown < 300
    record_property("say", f"grader's memory grew by {grown} MB at most under floods, 2 at a time")


@pytest.mark.sandbox
def test_calls_back_no_more_often_than_allowed(tmp_path, monkeypatch):
    monkeypatch.setattr(children, "MOST_CALLBACKS", 5)
    [result] = grade(tmp_path, {"ada": solved()}, unsafe=False).values()
    assert outcomes(result) == RIGHT | {"completion_curve": "crashed"}


def test_a_clock_ends_code_in_any_thread_and_never_later():
    ended = []

    def endless():
        try:
            with Clock(0.05) as clock, clock.over_this():
                while True:
                    pass
        except TimeUp:
            ended.append("in time")

    thread = threading.Thread(target=endless)
    thread.start()
    thread.join()
    assert ended == ["in time"]
    for _ in range(300):  # what ends at the moment of the bell is not rung at afterwards
        with contextlib.suppress(TimeUp), Clock(0.001) as clock, clock.over_this():
            time.sleep(0.001)
    for _ in range(1000):
        time.sleep(1e-5)


STUBBORN = {
    "sandbox": "    import os, signal\n"
    "    for kind in range(1, 32):\n"
    "        if kind not in (9, 17, 19):\n            signal.signal(kind, signal.SIG_IGN)\n"
    "    for _ in range(3):\n        if os.fork() == 0:\n            os.setsid()\n"
    "            os.fork()\n            break\n"
    "    open('/tmp/there', 'w').close()\n",
    "unsafe": "",
}
LOOP = "    while True:\n        pass\n"


@pytest.mark.sandbox
@pytest.mark.parametrize("kind", ["as root or oneself", "as an ordinary user", "unsafe"])
def test_a_killed_grader_leaves_nothing_running(tmp_path, kind):
    """The learner forks, leaves the session, ignores signals; without a sandbox it only loops."""
    body = STUBBORN["unsafe" if kind == "unsafe" else "sandbox"] + LOOP
    source = "def hebbian_weights(patterns):\n" + body
    folder = write_class(tmp_path / "class", {"ada": solved(hebbian_weights=source)})
    code = (
        "import sys; from engramlab.course.grading import batch\n"
        "from engramlab.course.grading.sandbox import Limits\n"
        "batch.run(*sys.argv[1:], exercise='08', limits=Limits(call_s=60), "
        f"unsafe={kind == 'unsafe'})"
    )
    command = [sys.executable, "-c", code, str(folder), str(tmp_path / "out")]
    if kind == "as an ordinary user" and os.getuid() == 0:
        command = ["unshare", "--user", "--map-user=1000", "--map-group=1000", *command]
    enough = 2 if kind == "unsafe" else 10
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as grader:
        family = wait_for(lambda: looping(grader.pid, enough))
        started = {pid: born(pid) for pid in family}
        os.kill(grader.pid, signal.SIGKILL)
    left = wait_for(lambda: not [pid for pid, when in started.items() if born(pid) == when])
    assert left is True


def looping(pid, enough):
    """Return the processes below one if they are as many as expected and have begun to loop."""
    family = list(memory._family(pid))
    busy = [each for each in family[1:] if ticks(each) > 20]
    return family if len(family) >= enough and busy else None


def fields(pid):
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None


def ticks(pid):
    """Return how long a process has computed, in hundredths of a second."""
    found = fields(pid)
    return int(found[11]) if found else 0


def born(pid):
    """Return when a process began, or None if it is there no more."""
    found = fields(pid)
    return None if found is None or found[0] in "ZX" else found[19]


def wait_for(what, seconds=60):
    """Return what a function returns as soon as it is something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.05)
    pytest.fail("waited in vain")


@pytest.mark.sandbox
def test_graders_at_the_same_time_use_other_users(tmp_path, monkeypatch):
    users = []
    for pid in (1000, 1001, 1002):
        monkeypatch.setattr(bubblewrap.os, "getpid", lambda pid=pid: pid)
        launcher = Bubblewrap(Limits(), tmp_path, with_caches=False)
        monkeypatch.setattr(bubblewrap.os, "getuid", lambda: 0)
        words = [launcher.around() for _ in range(300)]
        monkeypatch.undo()
        users.append({line[line.index("--reuid") + 1] for line in words})
        assert all(60_000 <= int(user) < 65_534 for user in users[-1])
    assert len(users[0] | users[1] | users[2]) == 900


@pytest.mark.sandbox
def test_a_package_that_lies_in_the_temporary_folder_is_seen(tmp_path, monkeypatch):
    known = list(bubblewrap._interpreter())
    monkeypatch.setattr(bubblewrap, "_interpreter", lambda: [*known, tmp_path])
    launcher = Bubblewrap(Limits(), tmp_path, with_caches=False)
    code = f"import os; print(os.path.isdir({str(tmp_path)!r})); open('/tmp/x', 'w')"
    with launcher._start([sys.executable, "-I", "-c", code], tmp_path) as process:
        said, wrong = process.communicate(timeout=60)
    assert (said, process.returncode) == (b"True\n", 0), wrong


def test_the_closed_calls_have_numbers():
    for numbers in closed_calls.NUMBERS.values():
        assert len(numbers) == len(closed_calls.NAMES) == len(set(numbers))
    assert closed_calls.program("riscv64") is None
    programs = [closed_calls.program(machine) for machine in closed_calls.NUMBERS]
    assert all(len(program) % 8 == 0 and len(program) < 4096 * 8 for program in programs)


def test_memory_is_counted_with_what_is_below():
    code = "kept = bytearray(10**8); print(flush=True); input()"
    command = ["sh", "-c", f'{sys.executable} -c "{code}"; exit 0']
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        process.stdout.readline()
        used = memory.used_together(process.pid)
        process.communicate("\n")
    assert 1e8 < used < 2e8
    assert memory.used_together(process.pid) == 0
