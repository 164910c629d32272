"""The sandbox: what a learner's process sees, reaches and leaves behind.

Each probe is a learner whose function reports by the text of an error.
"""

import os
import subprocess
import sys
from pathlib import Path

import canary_tools
import pytest
from grading_run_tools import left_processes, running, wait_for
from grading_tools import ITEMS, SHORT, contents, grade, outcomes, results, solved, write_class

from engramlab._types import CourseError
from engramlab.course.answers import references
from engramlab.course.grading import batch, bubblewrap
from engramlab.course.grading.memory import end_all
from engramlab.course.resources import PACKAGE

pytestmark = pytest.mark.sandbox

RIGHT = dict.fromkeys(ITEMS, "right")
HEAD = "def hebbian_weights(patterns):\n    import os\n"
SECRET = "of-the-teacher-alone"

ALIKE = ("writes no", "opens no", "traces no", "holds no", "maps no", "keeps few")
"""How the probes begin that end the same way for root and an ordinary user."""
CALL = "__import__('ctypes').CDLL(None)"
WRITES = "attempt(open, {!r}, 'w')"

PROBES = {  # what the function evaluates, and the text that this gives
    "is no root": ("os.getuid() != 0 or os.geteuid() != 0", "True" if os.getuid() == 0 else None),
    "cannot become root": ("attempt(os.setuid, 0)", "PermissionError"),
    "sees no checks": (f"os.listdir({str(PACKAGE / 'course' / 'checks')!r})", "[]"),
    "sees no answers": (f"os.listdir({str(PACKAGE / 'course' / 'answers')!r})", "[]"),
    "sees the package and no repository": (
        f"[n for n in os.listdir({str(PACKAGE.parent)!r}) if n in ('solutions', 'tests', '.git')]",
        "[]",
    ),
    "sees no home": ("os.path.exists(os.path.expanduser('~/.bashrc'))", "False"),
    "sees no other's files": ("attempt(os.listdir, {folder!r})", "FileNotFoundError"),
    "sees no variables": ("os.environ.get('ENGRAMLAB_TEST_SECRET')", "None"),
    "sees no other process": ("sum(name.isdigit() for name in os.listdir('/proc')) <= 3", "True"),
    "writes no package": (
        f"attempt(open, {str(PACKAGE / 'course' / 'wire.py')!r}, 'a')",
        "OSError",
    ),
    "writes no checks": (
        f"attempt(open, {str(PACKAGE / 'course' / 'checks' / 'x.py')!r}, 'w')",
        "OSError",
    ),
    "writes no caches": ("attempt(open, '/shared/x', 'w')", "OSError"),
    "writes its own folder": ("attempt(open, '/tmp/x', 'w')", "nothing"),
    "reaches no network": (
        "attempt(__import__('socket').create_connection, ('127.0.0.1', {port}), 2)",
        "OSError",
    ),
    "reaches no name server": (
        "attempt(__import__('socket').getaddrinfo, 'example.org', 80)",
        "OSError",
    ),
    "kills nobody": ("attempt(os.kill, {pid}, 9)", "ProcessLookupError"),
    "writes no root": (WRITES.format("/x"), "OSError"),
    "writes no devices": (WRITES.format("/dev/x"), "OSError"),
    "writes no shared memory": (WRITES.format("/dev/shm/x"), "OSError"),
    "opens no user namespace": (f"{CALL}.unshare(0x10000000)", "-1"),
    "opens no mount namespace": (f"{CALL}.unshare(0x00020000)", "-1"),
    "traces nobody": (f"{CALL}.ptrace(0, 0, 0, 0)", "-1"),
    "holds no file outside of a disk": (f"{CALL}.memfd_create(b'x', 0)", "-1"),
    "holds no segment": (f"{CALL}.shmget(0, 4096, 0o1600)", "-1"),
    "maps no shared memory": ("attempt(__import__('mmap').mmap, -1, 4096)", "PermissionError"),
    "maps its own memory": ("attempt(__import__('mmap').mmap, -1, 4096, 0x22)", "nothing"),
    "reads no zeros, which could be mapped": ("open('/dev/zero', 'rb').read(1)", "b''"),
    "opens many files in turn": ("all(not open('/dev/null').close() for _ in [0] * 200)", "True"),
    "keeps few files open": ("attempt(lambda: [open('/dev/null') for _ in [0] * 200])", "OSError"),
    "runs an event loop": (
        "__import__('asyncio').new_event_loop().run_until_complete("
        "__import__('asyncio').sleep(0, 5))",
        "5",
    ),
}
ATTEMPT = (
    "    def attempt(function, *arguments):\n"
    "        try:\n"
    "            function(*arguments)\n"
    "        except Exception as error:\n"
    "            names = [kind.__name__ for kind in type(error).__mro__]\n"
    "            return ' '.join(names)\n"
    "        return 'nothing'\n"
)

FLOODS = {
    "forks": ("    while True:\n        os.fork()", ("error", "timeout", "crashed")),
    "forks and waits": (
        "    for k in range(10**6):\n        if os.fork() == 0:\n"
        "            import time\n            time.sleep(600)",
        ("error", "crashed"),
    ),
    "threads": (
        "    import threading, time\n    while True:\n"
        "        threading.Thread(target=time.sleep, args=(600,)).start()",
        ("error", "crashed"),
    ),
    "disk": (
        "    for k in range(10**6):\n        open(f'/tmp/{k}', 'wb').write(b'x' * 10**7)",
        ("error", "crashed"),
    ),
    "one large file": (
        "    with open('/tmp/x', 'wb') as file:\n        while True:\n"
        "            file.write(b'x' * 10**7)",
        ("error", "crashed"),
    ),
    "memory": (
        "    kept = []\n    while True:\n        kept.append(bytearray(10**8))",
        ("error", "crashed", "timeout"),
    ),
    "kills the first process": (
        "    os.kill(1, 9)\n    os.kill(-1, 9)\n    return 1",
        ("error", "crashed"),
    ),
    "a child that stays": (
        "    import subprocess\n    subprocess.Popen(['sleep', '600'], start_new_session=True)\n"
        "    raise ValueError",
        ("error",),
    ),
}


@pytest.fixture(scope="module")
def canary():
    """The port of listeners that nobody may reach, and the list of who came."""
    with canary_tools.canary() as port_and_contacts:
        yield port_and_contacts


@pytest.fixture(scope="module")
def probed(tmp_path_factory, canary):
    """The results of all probes and an honest learner, by learner."""
    folder = tmp_path_factory.mktemp("probes")
    learners = {"honest": solved()}
    for name, (asked, _) in PROBES.items():
        asked = asked.format(folder=str(folder), port=canary[0], pid=os.getpid())
        body = f"{HEAD}{ATTEMPT}    raise ValueError(str({asked}))\n"
        learners[name] = solved(hebbian_weights=body)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENGRAMLAB_TEST_SECRET", SECRET)
        return grade(folder, learners, unsafe=False, jobs=2)


@pytest.mark.parametrize("name", PROBES)
def test_what_a_learners_process_can_do(probed, name):
    [verdict] = [v for v in probed[name]["items"] if v["item"] == "hebbian_weights"]
    said = verdict["message"].removeprefix("ValueError: ")
    expected = PROBES[name][1]
    if expected is not None:
        assert expected in said.split() or expected == said, verdict
    assert outcomes(probed[name]) == RIGHT | {"hebbian_weights": "error"}


def test_nobody_came_and_honest_work_is_right(probed, canary):
    assert canary[1] == []
    assert outcomes(probed["honest"]) == RIGHT
    assert {result["sandbox"] for result in probed.values()} == {"bubblewrap"}


def test_a_flood_costs_its_own_item_and_leaves_no_process(tmp_path, record_property):
    learners = {name: solved(hebbian_weights=HEAD + body) for name, (body, _) in FLOODS.items()}
    found = grade(tmp_path, learners | {"honest": solved()}, unsafe=False, jobs=2, limits=SHORT)
    table = []
    for name, (_, allowed) in FLOODS.items():
        got = outcomes(found[name])
        table.append((name, allowed, got["hebbian_weights"]))
        assert got["hebbian_weights"] in allowed, (name, found[name])
        assert {k: v for k, v in got.items() if k != "hebbian_weights"} == {
            k: "right" for k in ITEMS if k != "hebbian_weights"
        }, (name, found[name])
    assert outcomes(found["honest"]) == RIGHT
    assert running_children() == []
    said = "; ".join(f"{name}: {got}" for name, _, got in table)
    record_property("say", f"sandbox, floods (expected as listed, got): {said}")


def running_children():
    """Return the command lines of learners' processes that run below us or without a parent."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            line = (path / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            parent = int((path / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if "engramlab.course.child" in line and "bwrap" in line and parent in (1, os.getpid()):
            found.append(line)
    return found


def test_root_and_an_ordinary_user_get_the_same_bytes(tmp_path):
    """An ordinary user in a namespace of their own, where this test runs as root."""
    wrong = solved(hebbian_weights=HEAD + "    return patterns.T @ patterns\n")
    asked = [PROBES[name][0] for name in PROBES if name.startswith(ALIKE)]
    told = (
        f"['no' if '-1' == str(x) or 'OSError' in str(x) else str(x) for x in ({','.join(asked)})]"
    )
    curious = solved(hebbian_weights=f"{HEAD}{ATTEMPT}    raise ValueError(' '.join({told}))\n")
    learners = {"ada": solved(), "ben": wrong, "curious": curious}
    folder = write_class(tmp_path / "class", learners)
    assert batch.run(folder, tmp_path / "one", exercise="08") == 0
    code = "import sys; from engramlab.course.grading import batch; batch.run(*sys.argv[1:], "
    code += "exercise='08')"
    command = [sys.executable, "-c", code, str(folder), str(tmp_path / "two")]
    if os.getuid() == 0:
        command = ["unshare", "--user", "--map-user=1000", "--map-group=1000", *command]
    surroundings = os.environ | {"TZ": "Asia/Tokyo", "LANG": "C", "HOME": str(tmp_path)}
    surroundings.setdefault("XDG_CACHE_HOME", str(Path.home() / ".cache"))
    done = subprocess.run(command, capture_output=True, text=True, env=surroundings, check=False)
    assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    [verdict] = [
        v for v in results(tmp_path / "two")["curious"]["items"] if v["item"] == "hebbian_weights"
    ]
    assert verdict["message"] == f"ValueError: {' '.join(['no'] * len(asked))}"
    assert len(asked) > 10


def test_without_bubblewrap_it_refuses_and_writes_nothing(tmp_path, monkeypatch):
    folder = write_class(tmp_path / "class", {"ada": solved()})
    monkeypatch.setattr(bubblewrap.shutil, "which", lambda _name: None)
    with pytest.raises(CourseError, match="sudo apt-get install bubblewrap"):
        batch.run(folder, tmp_path / "out", exercise="08")
    monkeypatch.setattr(bubblewrap.sys, "platform", "darwin")
    with pytest.raises(CourseError, match="WSL or in a Linux container"):
        batch.run(folder, tmp_path / "out", exercise="08")
    assert not (tmp_path / "out").exists()


def test_a_bubblewrap_that_makes_no_sandbox_is_refused(tmp_path, monkeypatch):
    broken = tmp_path / "bwrap"
    broken.write_text("#!/bin/sh\necho 'No permissions to create new namespace' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(bubblewrap.shutil, "which", lambda _name: str(broken))
    folder = write_class(tmp_path / "class", {"ada": solved()})
    with pytest.raises(CourseError, match="No permissions to create new namespace"):
        batch.run(folder, tmp_path / "out", exercise="08")
    assert not (tmp_path / "out").exists()


def test_what_a_process_has_started_ends_with_it(tmp_path):
    """As what bubblewrap has started, in a session of its own, before it watches its parent."""
    line = f"setsid sh -c 'sleep 600; : {tmp_path}' & echo; wait"
    with subprocess.Popen(
        ["sh", "-c", line], stdout=subprocess.PIPE, start_new_session=True
    ) as process:
        process.stdout.read(1)
        assert wait_for(lambda: running(tmp_path, "sh -c sleep 600"))
        end_all(process)
    assert left_processes(tmp_path, "sh -c sleep 600") == []


COMPILED = (
    "import numba\n\n\n@numba.njit(cache=True)\ndef summed(x):\n    return x.sum()\n\n\n"
    "total = summed(np.ones(3))\n\n\n"
)


def test_a_learners_own_kernel_is_compiled_and_kept(tmp_path):
    reference = references("08")["hebbian_weights"]
    source = reference.replace("    return W", "    assert total == 3\n    return W")
    assert source != reference
    [result] = grade(
        tmp_path, {"ada": solved(hebbian_weights=COMPILED + source)}, unsafe=False
    ).values()
    assert outcomes(result) == RIGHT
