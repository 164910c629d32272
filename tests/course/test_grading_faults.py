"""Faults of the disk, two graders on one folder, and runs that are stopped: a word, and no loss."""

import errno
import os
import shutil
import signal
import subprocess
import sys

import pytest
from grading_run_tools import (
    ENDLESS,
    count,
    left_processes,
    mixed_class,
    start,
    surroundings_of,
    wait_for,
)
from grading_tools import SHORT, contents, exercise, grade, results, rows, solved, write_class

from engramlab._types import CourseError
from engramlab.course import files
from engramlab.course.grading import batch, locks


def test_a_second_grader_is_refused_and_changes_nothing(tmp_path):
    grade(tmp_path, {"ada": exercise()})
    out = tmp_path / "out"
    before = contents(out), (out / "run.log").read_bytes()
    with locks.only_one(out), pytest.raises(CourseError) as refused:
        grade(tmp_path, {"ada": solved()})
    assert str(refused.value) == (
        f"Another grader is at work in {out}. Wait until it is done, or choose another folder for "
        "this one; nothing was changed."
    )
    assert (contents(out), (out / "run.log").read_bytes()) == before
    with locks.only_one(tmp_path):  # another folder is another matter
        grade(tmp_path, {"ada": solved()})


def test_a_killed_grader_holds_nothing(tmp_path):
    code = (
        "import sys; from pathlib import Path\n"
        "from engramlab.course.grading.locks import only_one\n"
        "with only_one(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(CourseError, match="Another grader"), locks.only_one(tmp_path):
            pass
        holder.kill()
    with locks.only_one(tmp_path):
        assert (tmp_path / locks.NAME).read_bytes() == b""


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() != 0, reason="takes on another user")
def test_a_second_grader_of_another_user_is_refused_too(tmp_path):
    """The lock of one user can be read by the other and not written."""
    out = tmp_path / "out"
    out.mkdir()
    for folder in (out, *out.parents[:-2]):
        folder.chmod(0o755)
    code = "import os, sys\nfrom pathlib import Path\n"
    code += "from engramlab.course.grading.locks import only_one\nimport fcntl\nos.setuid(65534)\n"
    code += "with only_one(Path(sys.argv[1])): print('mine')"
    ask = [sys.executable, "-c", code, out]
    with locks.only_one(out):
        held = subprocess.run(ask, capture_output=True, text=True, check=False)
    free = subprocess.run(ask, capture_output=True, text=True, check=False)
    assert "CourseError: Another grader is at work" in held.stderr
    assert free.stdout == "mine\n", free.stderr


def test_a_disk_without_locks_is_said_and_used(tmp_path, monkeypatch, capsys):
    def without(_held):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(locks, "_lock", without)
    found = grade(tmp_path, {"ada": exercise()})
    assert found["ada"]["status"] == "graded"
    assert "knows no locks: see to it that no other grader works there" in capsys.readouterr().err


IN_THE_WAY = {
    "OUT is a file": (lambda out: out.write_text("mine"), "out cannot be a folder"),
    "results is a file": (
        lambda out: (out.mkdir(), (out / "results").write_text("mine")),
        "out/results cannot be a folder",
    ),
    "results leads elsewhere": (
        lambda out: (out.mkdir(), (out / "results").symlink_to(out.parent)),
        "out/results is a link to",
    ),
    "previous leads elsewhere": (
        lambda out: (
            (out / "results").mkdir(parents=True),
            (out / "results/previous").symlink_to(out.parent),
        ),
        "out/results/previous is a link to",
    ),
    "feedback leads elsewhere": (
        lambda out: (out.mkdir(), (out / "feedback").symlink_to("/nowhere")),
        "out/feedback is a link to /nowhere",
    ),
}


@pytest.mark.parametrize("name", IN_THE_WAY)
def test_what_lies_in_the_way_is_refused_and_left_alone(tmp_path, name):
    put, sentence = IN_THE_WAY[name]
    folder = write_class(tmp_path / "class", {"ada": exercise()})
    put(tmp_path / "out")
    before = sorted((str(p), p.is_symlink(), p.is_dir()) for p in tmp_path.rglob("*"))
    with pytest.raises(CourseError) as refused:
        batch.run(folder, tmp_path / "out", unsafe=True, limits=SHORT, exercise="08")
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)
    after = sorted((str(p), p.is_symlink(), p.is_dir()) for p in tmp_path.rglob("*"))
    assert [entry for entry in after if not entry[0].endswith(locks.NAME)] == before


def test_a_result_that_cannot_be_read_stops_the_run_before_anything_is_written(tmp_path):
    grade(tmp_path, {"ada": exercise()})
    path = tmp_path / "out/results/ada.json"
    path.unlink()
    path.mkdir()
    before = contents(tmp_path / "out")
    with pytest.raises(CourseError, match=r"ada.json is a folder, where .*Nothing was changed"):
        grade(tmp_path, {"ada": solved()})
    assert contents(tmp_path / "out") == before


CLASS = ("ada", "ben", "cem", "dee")
FAULTS = {
    errno.ENOSPC: "The disk that holds {out} is full. Free some space on it and try again; your "
    "own files are as they were.",
    errno.EDQUOT: "The disk that holds {out} is full. Free some space on it and try again; your "
    "own files are as they were.",
    errno.EACCES: "You may not read and write in {out}. Give yourself the right to, or choose "
    "another folder for OUT.",
    errno.EIO: "{out} cannot be used (Input/output error). Mend that, or choose another folder for "
    "OUT.",
}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """What comes out for a class of untouched exercises."""
    folder = tmp_path_factory.mktemp("undisturbed")
    grade(folder, {name: exercise() for name in CLASS})
    return contents(folder / "out")


@pytest.mark.parametrize(("number", "jobs"), [*zip(FAULTS, (2, 1, 2, 1), strict=True)])
def test_a_fault_in_the_middle_keeps_what_is_there(
    tmp_path, monkeypatch, undisturbed, number, jobs
):
    class_ = {name: exercise() for name in CLASS}
    grade(tmp_path, {"ada": solved()})
    out = tmp_path / "out"
    before = (out / "gradebook.csv").read_bytes()
    stage, staged = files.stage, []

    def fails(path, data):
        if len(staged) >= 3:  # the earlier result of ada, the new one, and another's
            raise OSError(number, os.strerror(number), str(path))
        staged.append(path)
        return stage(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(files, "stage", fails)
        with pytest.raises(CourseError) as stopped:
            grade(tmp_path, class_, jobs=jobs)
    said = FAULTS[number].format(out=out)
    done = count(out)
    assert done in (2, 3)
    assert str(stopped.value).startswith(said)
    assert "of 4 graded are kept; the same command goes on from there." in str(stopped.value)
    assert (out / "gradebook.csv").read_bytes() == before
    assert not list(out.rglob("*.tmp"))

    grade(tmp_path, class_, jobs=jobs)
    aside = out / "results/previous/ada/1.json"
    assert b'"right"' in aside.read_bytes()
    shutil.rmtree(aside.parents[1])
    assert contents(out) == undisturbed


def test_a_fault_while_the_books_are_written_says_that_all_are_graded(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(batch.books, "write", full)
        with pytest.raises(
            CourseError, match=r"is full.* 2 of 2 graded are kept; the same command"
        ):
            grade(tmp_path, {"ada": solved(), "ben": exercise()})
    grade(tmp_path, {})
    assert set(rows(tmp_path / "out")) == {"ada", "ben"}


def test_a_log_that_cannot_be_written_costs_no_result(tmp_path, capsys):
    (tmp_path / "out/run.log").mkdir(parents=True)
    assert len(grade(tmp_path, {"ada": solved(), "ben": exercise()})) == 2
    assert "run.log lacks lines of this run (Is a directory). No result hangs on it." in (
        capsys.readouterr().out
    )
    assert set(rows(tmp_path / "out")) == {"ada", "ben"}


SMALL_DISK = """
import os, subprocess, sys
from pathlib import Path
out, whole, folder = map(Path, sys.argv[1:])
out.mkdir()
mount = lambda *words: subprocess.run(["mount", *words], check=True)
mount("-t", "tmpfs", "-o", "size=512k", "small", str(out))

def grade():
    command = [sys.executable, "-m", "engramlab.course.cli", "grade", "--unsafe", "--exercise"]
    done = subprocess.run([*command, "08", "-j", "2", str(folder), str(out)],
                          capture_output=True, text=True)
    print(done.returncode, done.stderr.strip())

filler = out / "filler"
with filler.open("wb") as file:
    file.write(b"x" * (512 - 20) * 1024)
grade()
kept = {path.name: path.read_bytes() for path in (out / "results").glob("*.json")}
filler.unlink()
mount("-o", "remount,ro", str(out))
grade()
mount("-o", "remount,rw", str(out))
grade()
for path in whole.rglob("*"):
    other = out / path.relative_to(whole)
    assert path.is_dir() or path.name == "run.log" or path.read_bytes() == other.read_bytes(), path
assert len(list(out.rglob("*"))) == len(list(whole.rglob("*")))
assert all((out / "results" / name).read_bytes() == data for name, data in kept.items())
print(len(kept))
"""


def may_mount():
    """Return whether a process of ours may mount what it likes, in a view of its own."""
    trial = ["unshare", "--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "x", "/mnt"]
    return (
        bool(shutil.which("unshare")) and not subprocess.run(trial, capture_output=True).returncode
    )


@pytest.mark.skipif(not may_mount(), reason="may not mount a small disk here")
def test_on_a_small_disk_and_on_one_that_is_read_only(tmp_path):
    folder = write_class(tmp_path / "class", mixed_class(5))
    assert batch.run(folder, tmp_path / "whole", unsafe=True, exercise="08") == 0
    out = tmp_path / "out"
    command = ["unshare", "--user", "--map-root-user", "--mount", sys.executable, "-c", SMALL_DISK]
    done = subprocess.run(
        [*command, str(out), str(tmp_path / "whole"), str(folder)],
        capture_output=True,
        text=True,
        check=False,
        env=surroundings_of(tmp_path),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    full, read_only, good, kept = done.stdout.splitlines()
    assert 1 <= int(kept) < 5
    assert full == (
        f"1 engramlab: The disk that holds {out} is full. Free some space on it and try again; "
        f"your own files are as they were. {kept} of 5 graded are kept; the same command goes on "
        "from there."
    )
    assert read_only.startswith(f"1 engramlab: You may not read and write in {out}.")
    assert good == "0 "


STOPS = {"the keyboard": (signal.SIGINT, 2), "kill": (signal.SIGTERM, 1)}


@pytest.mark.sandbox
@pytest.mark.parametrize("name", STOPS)
def test_a_stopped_run_says_so_and_leaves_no_process(tmp_path, name):
    number, jobs = STOPS[name]
    endless = solved(recall=ENDLESS)
    class_ = {"ada": solved(), "ben": endless, "cem": endless, "dee": solved()}
    folder, out = write_class(tmp_path / "class", class_), tmp_path / "out"
    process = start(tmp_path, folder, out, "-j", jobs)
    assert wait_for(lambda: count(out) == 1)
    with pytest.raises(CourseError, match="Another grader is at work"):
        batch.run(folder, out, unsafe=True, exercise="08")
    process.send_signal(number)
    said, errors = process.communicate(timeout=30)
    assert (said, process.returncode) == ("", 1)
    assert errors == (
        "engramlab: Stopped. 1 of 4 graded are kept; the same command goes on from there.\n"
    )
    assert left_processes(tmp_path) == []
    assert set(results(out)) == {"ada"}
    assert not list(out.rglob("*.tmp"))
    assert not (out / "gradebook.csv").exists()
