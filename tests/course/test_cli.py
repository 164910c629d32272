"""The `engramlab` command: its help, its one-sentence faults and its exit codes."""

import argparse
import errno
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from course_tools import TOPIC, make, notebook, write_course

import engramlab
import engramlab.course
from engramlab._types import CourseError
from engramlab.course import cli, doctor, lab, report, resources
from engramlab.course.progress import CHECK, Progress

COMMANDS = ["lab", "reset", "progress", "submit", "doctor", "build", "grade", "export"]


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace of the small course, with the current folder inside it."""
    sources = write_course(tmp_path / "course")
    monkeypatch.setattr(resources, "sources", lambda: sources)
    folder = make(tmp_path / "work", sources, engramlab.__version__).folder
    monkeypatch.chdir(folder)
    return folder


def test_every_command_is_known() -> None:
    (commands,) = (
        action
        for action in cli._parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    )
    assert sorted(commands.choices) == sorted(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([command, "--help"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"usage: engramlab {command}")
    assert said.err == ""


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"engramlab {engramlab.__version__}\n"


def test_no_command_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    assert "Begin with `engramlab lab`" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["labb"],
        ["lab", "--port", "x"],
        ["lab", "--port", "70000"],
        ["lab", "a", "b"],
        ["lab", "--LabApp.x=1"],
        ["reset"],
        ["reset", "08", "--only", "solutions"],
        ["submit"],
        ["grade", "in"],
        ["grade", "in", "out", "-j", "0"],
        ["export"],
        ["export", "moodle9"],
        ["export", "moodle", "out", "--out-of", "0"],
        ["--nothing"],
    ],
)
def test_wrong_usage_is_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(words) == 2
    assert capsys.readouterr().err.startswith("usage: engramlab")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["reset", "08"], "no course workspace"),
        (["progress"], "no course workspace"),
        (["submit", "08"], "no course workspace"),
        (["progress", "--workspace", "elsewhere"], "not a course workspace"),
    ],
)
def test_outside_a_workspace(
    words: list[str],
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(words) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("engramlab: ")
    assert sentence in said.err
    assert said.err.count("\n") == 1


@pytest.mark.parametrize("words", [["reset", "77"], ["submit", "recall"]])
@pytest.mark.usefixtures("work")
def test_unknown_lesson(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(words) == 1
    assert "has no lesson" in capsys.readouterr().err


def test_reset(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = notebook("mine")
    (work / "exercises" / f"{TOPIC}.ipynb").write_bytes(mine)
    assert cli.main(["reset", "8", "--only", "exercises"]) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"Your exercises/{TOPIC}.ipynb lies now beside the fresh one as ")
    kept = said.strip().removesuffix(".").rpartition(" ")[2]
    assert (work / kept).read_bytes() == mine


def test_progress(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Progress("08", work).record(CHECK, item="recall", outcome="right")
    assert cli.main(["progress"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["lesson", "checks", "passed", "predictions", "last", "day"]
    (row,) = [line for line in lines if line.startswith("08 ")]
    assert " ".join(row.split()).startswith("08 Pattern completion 1 of ")


def test_submit(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["submit", "08"]) == 0
    said = capsys.readouterr().out
    assert (work / "submissions" / f"{TOPIC}.ipynb").is_file()
    assert "Still without an answer: " in said
    (work / "exercises" / f"{TOPIC}.ipynb").write_bytes(b"not json")
    assert cli.main(["submit", "08"]) == 1
    assert "is not a notebook" in capsys.readouterr().err


def record_calls(monkeypatch: pytest.MonkeyPatch, module: str) -> list[tuple[Any, ...]]:
    calls: list[tuple[Any, ...]] = []

    def run(*words: Any, **named: Any) -> int:
        calls.append((words, named))
        return 1

    stand_in = SimpleNamespace(run=run)
    monkeypatch.setitem(sys.modules, f"engramlab.course.{module}", stand_in)
    monkeypatch.setattr(engramlab.course, module, stand_in, raising=False)
    return calls


def test_build_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = record_calls(monkeypatch, "build")
    assert cli.main(["build", "--check"]) == 1
    assert calls == [((), {"check": True, "root": None})]


def test_grade_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    from engramlab.course.grading import batch

    calls: list[tuple[Any, ...]] = []
    monkeypatch.setattr(batch, "run", lambda *words, **named: calls.append((words, named)) or 1)
    assert cli.main(["grade", "in", "out", "-j", "2", "--exercise", "08", "--unsafe"]) == 1
    named = {"exercise": "08", "jobs": 2, "fresh": False, "dask": None, "unsafe": True}
    assert calls == [((Path("in"), Path("out")), named)]


def test_export_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    from engramlab.course.grading import export

    calls: list[tuple[Any, ...]] = []
    monkeypatch.setattr(export, "run", lambda *words, **named: calls.append((words, named)) or 1)
    assert cli.main(["export", "nbgrader", "there"]) == 1
    words = ["export", "canvas", "out", "new.csv", "--worksheet", "old.csv", "--assignment", "7"]
    assert cli.main([*words, "--out-of", "10"]) == 1
    assert [positional for positional, _ in calls] == [
        ("nbgrader", Path("there"), None),
        ("canvas", Path("out"), Path("new.csv")),
    ]
    named = {"worksheet": Path("old.csv"), "assignment": "7", "out_of": 10.0}
    assert [options for _, options in calls] == [dict.fromkeys(named), named]


def test_lab_passes_its_options_on(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Any] = []

    def run(folder: Path | None, **named: Any) -> int:
        calls.append((folder, named))
        return 0

    monkeypatch.setattr(lab, "run", run)
    words = ["lab", "w", "--port", "9000", "--no-browser", "--", "--LabApp.a=True", "--"]
    assert cli.main(words) == 0
    assert cli.main(["lab"]) == 0
    assert calls == [
        (Path("w"), {"port": 9000, "browser": False, "extra": ["--LabApp.a=True", "--"]}),
        (None, {"port": None, "browser": True, "extra": []}),
    ]


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (CourseError("This is wrong. Do that."), "This is wrong. Do that."),
        (OSError(errno.ENOSPC, "x", "/a/b"), "is full"),
        (PermissionError(errno.EACCES, "x", "/a/b"), "may not read and write"),
        (OSError("odd"), "odd"),
        (KeyboardInterrupt(), "Stopped."),
    ],
)
def test_faults_are_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    words: str,
) -> None:
    def fail() -> int:
        raise error

    monkeypatch.setattr(doctor, "run", fail)
    assert cli.main(["doctor"]) == 1
    said = capsys.readouterr()
    assert words in said.err
    assert said.err.count("\n") == 1


def test_a_fault_of_our_own_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(doctor, "run", fail)
    with pytest.raises(ZeroDivisionError):
        cli.main(["doctor"])


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of another system")
@pytest.mark.usefixtures("work")
def test_a_reader_that_goes_away() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run(
        [sys.executable, "-m", "engramlab.course.cli", "progress"],
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writer)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_a_terminal_without_unicode(work: Path) -> None:
    Progress("08", work).record("note")
    plain = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    odd = work.parent / "Grüße"
    for words in (["progress"], ["progress", "-w", str(odd)]):
        ended = subprocess.run(
            [sys.executable, "-m", "engramlab.course.cli", *words],
            capture_output=True,
            env=plain,
            check=False,
        )
        assert b"Traceback" not in ended.stderr


def test_the_command_starts_without_heavy_imports() -> None:
    code = (
        "import sys; from engramlab.course import cli; cli.main(['--version'])\n"
        "print([m for m in ('numba', 'matplotlib', 'jupyterlab', 'ipywidgets') "
        "if m in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == "[]"


def test_the_table_needs_no_checks(monkeypatch: pytest.MonkeyPatch, work: Path) -> None:
    monkeypatch.setattr(report, "_count", lambda _number: None)
    assert report.rows(work)[0].checks is None
    assert "0  " in report.table(report.rows(work))
