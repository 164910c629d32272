"""Nothing that was graded is lost: kills and resumes, broken results, history, and the same bytes.

Two runs are the same byte for byte, but for `run.log`, wherever and whenever they run. That holds
for what the grader makes of the submissions; a learner's function that reads a clock or draws
without a seed may give another answer each time, and a time-out may fall on another call.
"""

import json
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import threading
import time

import pytest
from grading_run_tools import count, left_processes, mixed_class, start, wait_for
from grading_tools import contents, exercise, grade, outcomes, results, rows, solved, write_class

from engramlab.course.grading import batch, marking, telling
from engramlab.course.grading import results as kept_results
from engramlab.course.grading.results import path_of


def killed_and_resumed(tmp_path, kills, record_property, size=30):
    """Kill runs at random moments, resume each, and compare what ends with an undisturbed one."""
    folder = write_class(tmp_path / "class", mixed_class(size))
    began = time.monotonic()
    undisturbed = start(tmp_path, folder, tmp_path / "whole", "-j", "2")
    assert undisturbed.wait(300) == 0, undisturbed.communicate()
    undisturbed.communicate()
    whole, took = contents(tmp_path / "whole"), time.monotonic() - began

    seed = random.randrange(10**6)
    draw = random.Random(seed)
    out, done, told = tmp_path / "killed", 0, []
    while done < kills:
        process = start(tmp_path, folder, out, "-j", "2")
        wait_for(lambda p=process: p.poll() is not None, draw.uniform(0.1, 0.4) * took)
        process.kill()
        process.communicate()
        if process.returncode == 0:  # it was faster
            assert contents(out) == whole
            shutil.rmtree(out)
            continue
        done += 1
        told.append(count(out))
    process = start(tmp_path, folder, out, "-j", "2")
    assert process.wait(300) == 0, process.communicate()
    process.communicate()
    assert contents(out) == whole
    assert len(results(out)) == size
    assert not [path.name for path in out.rglob("*.tmp")]
    assert left_processes(tmp_path) == []
    record_property(
        "say",
        f"{kills} kills of a class of {size} (seed {seed}), {took:.1f} s undisturbed; results at "
        f"each kill {told}; at the end the same bytes, 0 processes left",
    )


@pytest.mark.sandbox
def test_killed_at_random_moments_a_run_goes_on_and_ends_the_same(tmp_path, record_property):
    killed_and_resumed(tmp_path, 3, record_property)


@pytest.mark.sandbox
@pytest.mark.full
def test_killed_at_many_moments_a_run_goes_on_and_ends_the_same(tmp_path, record_property):
    killed_and_resumed(tmp_path, 20, record_property, size=60)


TEMPORARY = (".ada.json.0123abcd.tmp", ".gradebook.csv.89abcdef.tmp")
THEIRS = (".notes.tmp", "ada.0123abcd.tmp", ".x.0123ABCD.tmp")


def test_what_a_kill_left_half_written_is_removed_and_nothing_else(tmp_path):
    out = tmp_path / "out"
    for folder in (out, out / "results", out / "results/previous/ada", out / "feedback"):
        folder.mkdir(parents=True, exist_ok=True)
        for name in (*TEMPORARY, *THEIRS):
            (folder / name).write_text("half")
    grade(tmp_path, {"ada": exercise()})
    left = {path.name for path in out.rglob("*.tmp")}
    assert left == set(THEIRS)


def test_each_result_is_kept_at_once_while_a_slow_one_holds_a_worker(tmp_path, monkeypatch):
    class_ = {"ada": exercise(), "ben": exercise(), "cem": exercise()}
    others_are_kept = threading.Event()
    mark, add = marking.mark, telling.Progress.add

    def slow(task, launcher):
        marked = mark(task, launcher)
        if task.learner == "ada":
            assert others_are_kept.wait(60)
        return marked

    def told(progress, result):
        add(progress, result)
        if count(tmp_path / "out") == 2:
            others_are_kept.set()

    monkeypatch.setattr(marking, "mark", slow)
    monkeypatch.setattr(telling.Progress, "add", told)
    assert set(grade(tmp_path, class_, jobs=2)) == set(class_)


def broken_ones(whole):
    """Return results that are not whole, by what is wrong with them, which names the learner."""
    generous = [item | {"points": item["max_points"] + 1} for item in whole["items"]]
    values = {
        "format": {"format": 0},
        "of another learner": {"learner": "somebody"},
        "a sum that is none": {"total": whole["total"] + 1},
        "points that are none": {"items": generous},
        "no items": {"items": []},
        "items of another kind": {"items": [1]},
        "an outcome of another kind": {"items": [whole["items"][0] | {"outcome": []}]},
        "a platform of another kind": {"platform": {"name": "x"}},
        "a status that is none": {"status": None},
        "files beside it of another kind": {"beside": [1]},
        "a name that is none": {"handed_in_as": ["ada"]},
    }
    changed = {}
    for name, change in values.items():
        one = {key: value for key, value in whole.items() if key != kept_results.CHECKSUM}
        one |= {"learner": name} | change
        check = {kept_results.CHECKSUM: kept_results._checksum(one)}
        changed[name] = json.dumps(one | check).encode()
    return changed | {
        "by hand": json.dumps(whole | {"learner": "by hand", "free_text": "mine"}).encode(),
        "without a checksum": json.dumps({**whole, kept_results.CHECKSUM: None}).encode(),
        "cut": json.dumps(whole).encode()[:-40],
        "empty": b"",
        "no text": b"\xff\xff",
        "a list": b"[]",
        "deep": b"[" * 200_000,
    }


def test_results_that_are_not_whole_are_set_aside_and_graded_again(tmp_path, monkeypatch, capsys):
    whole = grade(tmp_path / "first", {"ada": solved()})["ada"]

    def mark(task, _):
        own = {"learner": task.learner, "handed_in_as": list(task.handed_in_as)}
        return whole | own, "marked again"

    monkeypatch.setattr(marking, "mark", mark)
    cases = broken_ones(whole)
    class_ = {name: solved() for name in (*cases, "whole")}
    grade(tmp_path, class_)
    before = contents(tmp_path / "out")
    for name, data in cases.items():
        path_of(tmp_path / "out", name).write_bytes(data)
    capsys.readouterr()
    grade(tmp_path, {})
    after, said = contents(tmp_path / "out"), capsys.readouterr().out
    assert before.items() <= after.items()
    for name, data in cases.items():
        aside = f"results/previous/{name}/1-broken.json"
        assert after[aside] == data
        assert (
            f"The earlier result of {name} was not whole or was changed by hand; see "
            f"{tmp_path / 'out' / aside}." in said
        )
    assert len(after) == len(before) + len(cases)
    log = (tmp_path / "out/run.log").read_text(encoding="utf-8")
    assert log.count("marked again") == len(class_) + len(cases)
    assert log.count("kept from an earlier run") == 1


def test_a_learner_whose_submission_is_gone_stays_and_is_named(tmp_path, capsys):
    grade(tmp_path, {"ada": solved(), "ben": exercise(), "cem": exercise()})
    before = contents(tmp_path / "out")
    for learner in ("ada", "cem"):
        (tmp_path / f"class/{learner}.ipynb").unlink()
    capsys.readouterr()
    grade(tmp_path, {})
    assert (
        "2 more in the gradebook whose submission is no longer there; their rows stay: ada, cem."
        in (capsys.readouterr().out)
    )
    assert contents(tmp_path / "out") == before
    assert set(rows(tmp_path / "out")) == {"ada", "ben", "cem"}


def test_a_submission_that_goes_while_grading_is_for_a_human(tmp_path, monkeypatch):
    mark = marking.mark

    def takes_another_away(task, launcher):
        (tmp_path / "class/zoe.ipynb").unlink(missing_ok=True)
        return mark(task, launcher)

    monkeypatch.setattr(marking, "mark", takes_another_away)
    found = grade(tmp_path, {"ada": solved(), "zoe": solved()})
    assert found["ada"]["status"] == "graded"
    assert "cannot be read" in found["zoe"]["status"]
    assert found["zoe"]["total"] is None


def test_each_earlier_result_stays_with_its_version_and_seed(tmp_path, monkeypatch):
    """Also of learners whose names look like numbered copies of each other's."""
    class_ = {"ben": exercise(), "ben-2": exercise()}
    kept = {learner: [] for learner in class_}
    for key in ("a", "b", "c"):
        monkeypatch.setenv("ENGRAMLAB_CLASS_KEY", key)
        for learner, result in grade(tmp_path, class_).items():
            kept[learner].append(result)
    grade(tmp_path, class_, fresh=True)  # changes nothing, adds nothing
    previous = tmp_path / "out/results/previous"
    assert len(list(previous.rglob("*.json"))) == 4
    for learner, (first, second, _) in kept.items():
        earlier = [json.loads((previous / learner / f"{k}.json").read_bytes()) for k in (1, 2)]
        assert earlier == [first, second]
        assert {result["course_version"] for result in earlier} == {first["course_version"]}
        assert len({result["items"][0]["seed"] for result in kept[learner]}) == 3


def test_a_kill_between_old_and_new_keeps_the_old_one_once(tmp_path, monkeypatch):
    grade(tmp_path, {"ada": exercise()})
    first = path_of(tmp_path / "out", "ada").read_bytes()
    write = batch.results.write_atomic

    def dies(path, data):
        if path.parent.name == "results":
            raise MemoryError
        write(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(batch.results, "write_atomic", dies)
        with pytest.raises(MemoryError):
            grade(tmp_path, {"ada": solved()})
    assert path_of(tmp_path / "out", "ada").read_bytes() == first
    grade(tmp_path, {"ada": solved()})
    previous = list((tmp_path / "out/results/previous").rglob("*.json"))
    assert [path.read_bytes() for path in previous] == [first]


def test_what_failed_by_our_own_fault_is_tried_again(tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(marking, "_examine", lambda *_: 1 / 0)
        found = grade(tmp_path, {"ada": solved()})
    assert "the grader failed: ZeroDivisionError" in found["ada"]["status"]
    assert grade(tmp_path, {"ada": solved()})["ada"]["status"] == "graded"


TELLING = {  # what a function may say that hangs on the place and the process
    "files": "open(os.path.expanduser('~/nowhere'))",
    "folders": "raise ValueError(os.getcwd(), tempfile.gettempdir(), np.__file__, sys.prefix)",
    "objects": "raise ValueError(object(), recall, hash('alpha'), {'alpha', 'beta', 'gamma', 'd'})",
    "the call": "raise ValueError(sys.argv, sorted(os.environ))",
    "the machine": "raise ValueError(socket.gethostname(), time.tzname, locale.getlocale())",
    "many digits": "return np.full(3, 1 / 3)",
}
ELSEWHERE = """
import os, sys, time, datetime
from pathlib import Path

class Then(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(2031, 5, 4, 3, 2, 1)

time.time, datetime.datetime = lambda: 1.9e9, Then
listed, globbed, inside = os.listdir, Path.glob, Path.iterdir
os.listdir = lambda *a: listed(*a)[::-1]
Path.glob = lambda *a, **k: iter([*globbed(*a, **k)][::-1])
Path.iterdir = lambda *a: iter([*inside(*a)][::-1])
from engramlab.course.grading import batch
from grading_tools import SHORT
unsafe = sys.argv.pop() == "unsafe"
batch.run(*sys.argv[1:], exercise="08", jobs=3, unsafe=unsafe, limits=SHORT)
"""


@pytest.mark.parametrize("how", ["unsafe", pytest.param("sandbox", marks=pytest.mark.sandbox)])
def test_the_same_bytes_elsewhere_at_another_time_under_another_name(tmp_path, how):
    """Another folder, host, date, time zone, language, hash seed, order of files and of workers."""
    head = (
        "def recall(W, cue, rng, max_sweeps):\n    import locale, os, socket, sys, tempfile, time\n"
    )
    head += "    import numpy as np\n    "
    class_ = {name: solved(recall=f"{head}{code}\n") for name, code in TELLING.items()}
    if how == "unsafe":  # the machine shows through there
        for name in ("the machine", "objects", "many digits"):
            del class_[name]
    here = write_class(tmp_path / "class", class_ | {"honest": solved()})
    found = grade(tmp_path, {}, jobs=1, unsafe=how == "unsafe")
    there = tmp_path / "quite/another place/learners"
    write_class(there, dict(reversed(class_.items())) | {"honest": solved()})
    assert {p.name for p in here.iterdir()} == {p.name for p in there.iterdir()}
    (tmp_path / "tmp").mkdir()
    surroundings = os.environ | {
        "TZ": "Asia/Tokyo",
        "LANG": "de_DE.UTF-8",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "77",
        "USER": "somebody",
        "TMPDIR": str(tmp_path / "tmp"),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    command = [sys.executable, "-c", ELSEWHERE, str(there), str(tmp_path / "two"), how]
    if renames_hosts():
        command = ["unshare", "--uts", "sh", "-c", 'hostname elsewhere; exec "$@"', "-", *command]
    done = subprocess.run(
        command, capture_output=True, text=True, env=surroundings, cwd=tmp_path / "tmp", check=False
    )
    assert done.returncode == 0, done.stderr
    one, two = contents(tmp_path / "out"), contents(tmp_path / "two")
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []
    assert outcomes(found["folders"])["recall"] == "error"
    everything = b"\n".join(one.values()).decode()
    assert str(tmp_path) not in everything
    assert socket.gethostname() not in everything.replace("grader", "")
    if how == "unsafe":
        return
    [shown] = [v["returned"] for v in found["many digits"]["items"] if v["item"] == "recall"]
    assert re.search(r"0\.3333", shown)
    assert not re.search(r"0\.3{7}", shown)


def renames_hosts():
    """Return whether a process of ours may have a host name of its own."""
    if shutil.which("unshare") is None or shutil.which("hostname") is None:
        return False
    trial = ["unshare", "--uts", "hostname", "elsewhere"]
    return subprocess.run(trial, capture_output=True, check=False).returncode == 0


class Terminal:
    """An error stream that says that somebody watches."""

    encoding = "utf-8"

    def __init__(self):
        self.text = ""

    def isatty(self):
        return True

    def write(self, text):
        self.text += text

    def flush(self):
        pass

    def fileno(self):
        raise OSError


def test_a_terminal_shows_a_bar_with_counts_and_the_time_left(tmp_path, monkeypatch):
    grade(tmp_path, {"ada": exercise()})
    watched = Terminal()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", watched)
        grade(tmp_path, {"ben": b"{", "cem": exercise(), "dee": exercise()})
    assert "| 1/4 [" in watched.text
    assert "| 4/4 [" in watched.text
    assert re.search(r"\d\d:\d\d<\d\d:\d\d", watched.text)
    assert "3 graded, 1 for a human" in watched.text
    assert "submission/s" in watched.text or "s/submission" in watched.text


def test_where_nobody_watches_a_line_comes_now_and_then(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(telling, "EVERY", 2)
    grade(tmp_path, {"ada": exercise(), "ben": b"{", "cem": exercise(), "dee": exercise()})
    assert capsys.readouterr().err == "2 of 4: 1 graded, 1 for a human\n"
    grade(tmp_path, {})
    assert capsys.readouterr().err == ""
