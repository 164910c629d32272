"""The hostile set, graded as one class in the sandbox: every case ends as it should.

Nothing may be changed, nobody called, and no process left; honest learners among them stay right.
"""

import contextlib
import csv
import hashlib
import os
import re
import socket
import subprocess
import sys
import time
import uuid
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from canary_tools import canary, own_address
from grading_tools import exercise, outcomes, results, solved, write_class
from hostile.cases import CLASSES, GRADED, ITEMS, Target
from hostile.make import all_cases
from wrong_answers_08 import WRONG_ANSWERS

from engramlab.course import checks
from engramlab.course.resources import PACKAGE, exercises_folder

LARGEST_PAGE = 10**6
MOST_MEMORY = 600 * 2**20
RIGHT = dict.fromkeys(ITEMS, "right")
SOLUTIONS = PACKAGE.parent / "solutions"
MISTAKE = next(iter(WRONG_ANSWERS["recall"]))
HONEST = {
    "honest": (RIGHT, lambda: solved()),
    "honest and wrong": (
        RIGHT | {"recall": "wrong"},
        lambda: solved(recall=WRONG_ANSWERS["recall"][MISTAKE]),
    ),
    "honest and early": (dict.fromkeys(ITEMS, "not attempted"), exercise),
}
PROGRAM = """
import sys
from engramlab.course.grading import batch
from engramlab.course.grading.sandbox import Limits
limits = Limits(cell_s=6, call_s=4, submission_s=60, memory=1500 * 2**20, disk=64 * 2**20)
batch.run(*sys.argv[1:], exercise="08", jobs=2, limits=limits)
with open("/proc/self/status") as file:  # ru_maxrss would count the process that started this one
    peak = next(line.split()[1] for line in file if line.startswith("VmHWM"))
print("peak", peak)
"""


pytestmark = pytest.mark.sandbox


@dataclass(frozen=True, kw_only=True)
class Run:
    """What is left of one graded class of hostile and honest learners."""

    cases: list
    found: dict
    out: Path
    printed: str
    peak: int
    seconds: float
    changed: list
    contacts: list
    processes: list
    left: list


def test_each_class_has_at_least_three_cases():
    kinds = Counter(case.kind for case in all_cases(Target()))
    assert set(kinds) == set(CLASSES)
    assert len(CLASSES) == 23
    assert min(kinds.values()) >= 3
    assert kinds.total() >= 69
    names = [case.called for case in all_cases(Target())]
    assert len(set(names)) == len(names)


def test_the_canary_hears_whoever_calls():
    with canary() as (port, contacts):
        socket.create_connection(("127.0.0.1", port), 5).close()
        with socket.socket(type=socket.SOCK_DGRAM) as caller:
            caller.sendto(b"x", (own_address(), port))
        with socket.socket(socket.AF_UNIX) as caller:
            caller.connect(f"\0engramlab-{port}")
        deadline = time.monotonic() + 10
        while len(contacts) < 3 and time.monotonic() < deadline:
            time.sleep(0.05)
    assert set(contacts) == {"TCP", "UDP", "a socket without a file"}


def digests(*folders):
    """Return the hash of every file in some folders, and where every link leads."""
    found = {}
    for path in (path for folder in folders for path in folder.rglob("*")):
        if "__pycache__" in path.parts:
            continue
        if path.is_symlink():
            found[path] = str(path.readlink())
        elif path.is_file():
            found[path] = hashlib.sha256(path.read_bytes()).hexdigest()
        else:
            found[path] = f"{path.stat().st_mode:o}"
    return found


def running(mark):
    """Return the command lines of the processes that have `mark` among their variables."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if mark.encode() in path.read_bytes():
                found.append((path.parent / "cmdline").read_bytes())
    return found


@pytest.fixture(scope="module", params=["some", pytest.param("all", marks=pytest.mark.full)])
def run(request, tmp_path_factory):
    """The hostile set, or some cases of each class, graded once."""
    place = tmp_path_factory.mktemp("hostile")
    home, temporary, folder = place / "home", place / "temporary", place / "class"
    for made in (home, temporary):
        made.mkdir()
    secret = home / f"secret-{uuid.uuid4().hex}"
    secret.write_text("of the teacher alone", encoding="utf-8")
    write_class(folder, {learner: make() for learner, (_, make) in HONEST.items()})
    mark = f"/nowhere/{uuid.uuid4().hex}"
    caches = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    surroundings = os.environ | {
        "ENGRAMLAB_CLASS_KEY": "4b",
        "HOME": str(home),
        "TMPDIR": str(temporary),
        "XDG_CACHE_HOME": caches,
        "PATH": f"{os.environ['PATH']}:{mark}",
    }
    kept = [folder, home, SOLUTIONS, exercises_folder(), PACKAGE]
    with canary() as (port, contacts):
        target = Target(
            submissions=folder,
            out=place / "out",
            secret=secret,
            solutions=SOLUTIONS,
            package=PACKAGE,
            address=own_address(),
            port=port,
            parent=os.getpid(),
        )
        cases = chosen(all_cases(target), request.param)
        for case in cases:
            case.write(folder)
        before = digests(*kept)
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(folder), str(target.out)],
            capture_output=True,
            env=surroundings,
            check=False,
        )
        seconds = time.monotonic() - began
        processes = running(mark)
        while processes and time.monotonic() - began < seconds + 10:
            time.sleep(0.1)
            processes = running(mark)
    printed = (done.stdout + done.stderr).decode("utf-8", "surrogateescape")
    assert done.returncode == 0, printed
    after = digests(*kept)
    return Run(
        cases=cases,
        found=results(target.out),
        out=target.out,
        printed=printed,
        peak=1024 * int(re.search(r"peak (\d+)", printed)[1]),
        seconds=seconds,
        changed=[path for path in before | after if before.get(path) != after.get(path)],
        contacts=contacts,
        processes=processes,
        left=list(temporary.iterdir()),
    )


def chosen(cases, which):
    """Return all cases, or three of each class: the first, the second and the last."""
    if which == "all":
        return cases
    kinds = [case.kind for case in cases]
    return [
        case
        for place, case in enumerate(cases)
        if kinds[:place].count(case.kind) < 2 or case.kind not in kinds[place + 1 :]
    ]


def ended_as_it_should(case, result):
    """Return whether the items, the status and the points of a case are as expected."""
    got = outcomes(result)
    points = {item.name: item for item in checks.graded("08")}
    if not got:
        return "" in case.allowed and result["total"] is None and status_fits(case, result)
    right = [points[name] for name, outcome in got.items() if outcome == "right"]
    return (
        got.get(case.item) in case.allowed
        and all(case.others in ("", got[name]) for name in got if name != case.item)
        and result["total"] == sum(item.points for item in right if not item.stretch)
        and result["bonus"] == sum(item.points for item in right if item.stretch)
        and status_fits(case, result)
    )


def status_fits(case, result):
    """Return whether the status holds one of the words that it may have."""
    words = case.status.split("|")
    if result["status"] == GRADED:
        return GRADED in words
    return any(word in result["status"] for word in words if word != GRADED)


def test_every_case_ends_as_it_should(run, record_property):
    table, bad = [], []
    for case in run.cases:
        result = run.found.get(case.listed)
        got = outcomes(result) if result else {}
        others = {outcome for name, outcome in got.items() if name != case.item}
        said = f"{got.get(case.item, 'no items')}, others {'/'.join(sorted(others)) or '-'}; "
        said += ascii(result["status"] if result else "lost")
        wanted = f"{'/'.join(case.allowed) or 'no items'}; {case.status}"
        table.append(f"{case.kind:2d} {ascii(case.name)[1:-1]} | {wanted} | {said}")
        if result is None or not ended_as_it_should(case, result):
            bad.append(f"{table[-1]} | {result and result['items']}")
    assert not bad, "\n".join(bad)
    honest = {learner: outcomes(run.found[learner]) for learner in HONEST}
    assert honest == {learner: expected for learner, (expected, _) in HONEST.items()}
    assert {run.found[learner]["status"] for learner in HONEST} == {GRADED}
    assert run.found["honest and wrong"]["items"][2]["misconception"] == MISTAKE
    assert len(run.found) == len(run.cases) + len(HONEST)
    head = f"hostile set: {len(run.cases)} cases of {len(CLASSES)} classes in {run.seconds:.0f} s, "
    head += "all as expected. Class and case | expected | got:"
    record_property("say", "\n  ".join([head, *table]))


def test_nothing_is_changed_called_or_left(run, record_property):
    assert run.changed == []
    assert run.contacts == []
    assert run.processes == []
    assert run.left == []
    pages = {path: path.stat().st_size for path in (run.out / "feedback").glob("*.html")}
    assert len(pages) == len(run.found)
    assert max(pages.values()) < LARGEST_PAGE
    assert run.peak < MOST_MEMORY
    record_property(
        "say",
        "hostile set: 0 processes left, 0 files changed, 0 contacts; largest page "
        f"{max(pages.values()) / 1000:.0f} kB, the grader's own memory at most "
        f"{run.peak / 2**20:.0f} MB",
    )


def test_nothing_secret_is_found_and_nothing_dangerous_is_passed_on(run):
    everything = [path.read_text(encoding="utf-8") for path in (run.out / "results").glob("*.json")]
    assert not [text for text in everything if '"ValueError: FOUND"' in text]
    for path in (run.out / "feedback").glob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert not re.search(r"<(script|img|iframe|object|svg|link|base)\b", page), path
        assert not re.search("[\0-\x08\x0b-\x1f\x7f-\x9f]", page), path
    shown = run.printed + (run.out / "run.log").read_text(encoding="utf-8")
    assert not re.search("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", shown)
    with (run.out / "gradebook.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [
        cell for cell in cells if cell.lstrip()[:1] in ("=", "+", "-", "@") and cell.strip()
    ]
