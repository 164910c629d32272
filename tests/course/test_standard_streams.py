"""Commands without an input or an output, with one that takes nothing, and things in the way."""

import errno
import io
import json
import os
import subprocess
import sys

import pytest
from grading_tools import exercise, rows, write_class

from engramlab._types import CourseError
from engramlab.course import cli, files
from engramlab.course.grading import batch, bubblewrap
from engramlab.course.grading.bubblewrap import Bubblewrap
from engramlab.course.grading.sandbox import Limits

GRADE = [sys.executable, "-m", "engramlab.course.cli", "grade", "class", "out"]
NOT_PRINTED = "engramlab: The work is done, but what there is to say could not be printed"


@pytest.fixture
def class_(tmp_path):
    return write_class(tmp_path / "class", {"ada": exercise()})


@pytest.mark.sandbox
@pytest.mark.parametrize("closed", ["<&-", ">&-", "<&- >&- 2>&-"])
def test_grading_without_an_input_or_an_output(class_, closed):
    words = ["/bin/sh", "-c", f'exec "$@" {closed}', "sh", *GRADE, "--exercise", "08"]
    ended = subprocess.run(words, cwd=class_.parent, capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert set(rows(class_.parent / "out")) == {"ada"}


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has it")  # noqa: PTH110
@pytest.mark.parametrize("buffered", ["", "1"])
def test_an_output_that_takes_nothing_is_blamed_itself(class_, buffered):
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        ended = subprocess.run(
            [*GRADE, "--unsafe"],
            cwd=class_.parent,
            stdout=full,
            stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONUNBUFFERED": buffered},
            check=False,
        )
    assert ended.returncode == 1
    assert ended.stderr.decode().startswith(NOT_PRINTED)
    assert ended.stderr.count(b"\n") == 1
    assert set(rows(class_.parent / "out")) == {"ada"}


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of another system")
@pytest.mark.parametrize("buffered", ["", "1"])
def test_grading_for_a_reader_that_goes_away(class_, buffered):
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run(
        [*GRADE, "--unsafe"],
        cwd=class_.parent,
        stdout=writer,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONUNBUFFERED": buffered},
        check=False,
    )
    os.close(writer)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert set(rows(class_.parent / "out")) == {"ada"}


def test_a_fault_of_the_error_stream_hides_no_exit_code(monkeypatch):
    class Full(io.StringIO):
        def write(self, _text):
            raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(sys, "stderr", Full())
    assert cli.main(["grade", "nowhere", "out"]) == 1


@pytest.mark.parametrize(("first", "second"), [("", "out"), ("class", ""), ("class", " ")])
def test_an_empty_name_is_no_folder(class_, monkeypatch, capsys, first, second):
    monkeypatch.chdir(class_.parent)
    assert cli.main(["grade", first, second]) == 2
    assert "is the name of no folder" in capsys.readouterr().err
    assert [path.name for path in class_.parent.iterdir()] == ["class"]


def test_a_folder_in_the_place_of_a_file_is_named(class_, tmp_path):
    book = tmp_path / "out/gradebook.csv"
    book.mkdir(parents=True)
    with pytest.raises(CourseError) as refused:
        batch.run(class_, tmp_path / "out", unsafe=True)
    assert str(refused.value).startswith(f"{book} is a folder, where a file is to be.")
    assert "tmp." not in str(refused.value).replace(str(tmp_path), "")


def test_a_link_to_nothing_is_named(class_, tmp_path):
    link = tmp_path / "out"
    link.symlink_to(tmp_path / "nowhere")
    with pytest.raises(CourseError) as refused:
        batch.run(class_, link, unsafe=True)
    assert str(refused.value).startswith(f"{link} is a link to nothing. Remove it, or choose")
    assert link.is_symlink()


def test_what_was_to_be_replaced_is_named_and_not_the_temporary_file(tmp_path, monkeypatch, capsys):
    place = tmp_path / "grades.csv"
    place.mkdir()

    def fail(*_words, **_options):
        files.write_atomic(place, json.dumps({}).encode())

    monkeypatch.setattr(batch, "run", fail)
    assert cli.main(["grade", "a", "b"]) == 1
    assert capsys.readouterr().err.startswith(f"engramlab: {place} is a folder")


@pytest.mark.sandbox
def test_a_python_that_the_learners_process_cannot_read_is_named(tmp_path, monkeypatch):
    shut = tmp_path / "python"
    shut.mkdir()
    interpreter = list(bubblewrap._interpreter())
    monkeypatch.setattr(bubblewrap, "SYSTEM", ("/usr",))  # nothing can start inside
    monkeypatch.setattr(bubblewrap, "_interpreter", lambda: iter([shut, *interpreter]))
    with pytest.raises(CourseError, match="makes no sandbox"):
        Bubblewrap(Limits(), tmp_path, with_caches=False)
    shut.chmod(0)
    with pytest.raises(CourseError, match=f"Python needs {shut}.* may not read it"):
        Bubblewrap(Limits(), tmp_path, with_caches=False)
