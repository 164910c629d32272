"""The workspace: copies, updates that leave the learner's work alone, reset, faulty disks."""

import errno
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from course_tools import START, TOPIC, contents, make, notebook, write_course

from engramlab._types import CourseError
from engramlab.course import resources, workspace
from engramlab.course.workspace import MARK, Workspace, find_workspace, locate

LESSON = f"lessons/{TOPIC}.ipynb"
EXERCISE = f"exercises/{TOPIC}.ipynb"
MINE = notebook("my own work")


@pytest.fixture
def course(tmp_path: Path) -> dict[str, Path]:
    return write_course(tmp_path / "course")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "engramlab-work"


def update(course: dict[str, Path], name: str, data: bytes) -> None:
    kind, _, file = name.partition("/")
    (course[kind] / file).write_bytes(data)


def test_first_start_copies_everything(course: dict[str, Path], folder: Path) -> None:
    made = make(folder, course)
    assert set(made.changes.added) == {f"lessons/{START}.ipynb", LESSON, EXERCISE}
    assert contents(folder) == contents(course["lessons"].parent)
    assert make(folder, course).changes.sentences() == []


def test_new_lessons_arrive(course: dict[str, Path], folder: Path) -> None:
    make(folder, course)
    update(course, "lessons/09_new.ipynb", notebook("nine"))
    assert make(folder, course).changes.added == ("lessons/09_new.ipynb",)
    assert (folder / "lessons/09_new.ipynb").read_bytes() == notebook("nine")


def test_untouched_is_refreshed(course: dict[str, Path], folder: Path) -> None:
    make(folder, course)
    update(course, LESSON, notebook("second form"))
    changes = make(folder, course, "1.1").changes
    assert changes.refreshed == (LESSON,)
    assert (folder / LESSON).read_bytes() == notebook("second form")
    assert changes.sentences() == [f"Updated, since you had not changed them: {LESSON}."]


def test_touched_stays_and_the_new_version_lies_beside(
    course: dict[str, Path], folder: Path
) -> None:
    make(folder, course)
    (folder / LESSON).write_bytes(MINE)
    update(course, LESSON, notebook("second form"))
    changes = make(folder, course, "1.1").changes
    beside = f"lessons/{TOPIC}.course-1.1.ipynb"
    assert changes.beside == ((LESSON, beside),)
    assert len(changes.sentences()) == 1
    assert LESSON in changes.sentences()[0]
    assert beside in changes.sentences()[0]
    assert (folder / LESSON).read_bytes() == MINE
    assert (folder / beside).read_bytes() == notebook("second form")
    assert make(folder, course, "1.1").changes.sentences() == [], "said once, not at each start"


def test_saved_outputs_count_as_touched(course: dict[str, Path], folder: Path) -> None:
    make(folder, course)
    saved = json.loads((folder / EXERCISE).read_bytes())
    saved["cells"][1]["outputs"] = [{"name": "stdout", "output_type": "stream", "text": ["1\n"]}]
    mine = json.dumps(saved).encode()
    (folder / EXERCISE).write_bytes(mine)
    update(course, EXERCISE, notebook("second form"))
    assert make(folder, course, "1.1").changes.beside
    assert (folder / EXERCISE).read_bytes() == mine


def test_a_newer_version_replaces_the_older_one_beside(
    course: dict[str, Path], folder: Path
) -> None:
    make(folder, course)
    (folder / LESSON).write_bytes(MINE)
    for version in ("1.1", "1.2"):
        update(course, LESSON, notebook(version))
        make(folder, course, version)
    assert {name for name in contents(folder) if TOPIC in name and name.startswith("lessons")} == {
        LESSON,
        f"lessons/{TOPIC}.course-1.2.ipynb",
    }


def test_work_in_the_version_beside_is_kept(course: dict[str, Path], folder: Path) -> None:
    make(folder, course)
    (folder / LESSON).write_bytes(MINE)
    update(course, LESSON, notebook("1.1"))
    make(folder, course, "1.1")
    beside = folder / f"lessons/{TOPIC}.course-1.1.ipynb"
    beside.write_bytes(notebook("work in the new one"))
    update(course, LESSON, notebook("1.1, mended"))
    changes = make(folder, course, "1.1").changes
    assert beside.read_bytes() == notebook("work in the new one")
    assert changes.beside[0][1] == f"lessons/{TOPIC}.course-1.1-2.ipynb"
    assert (folder / changes.beside[0][1]).read_bytes() == notebook("1.1, mended")


def test_deleted_stays_away_until_reset(course: dict[str, Path], folder: Path) -> None:
    make(folder, course)
    (folder / LESSON).unlink()
    update(course, LESSON, notebook("second form"))
    changes = make(folder, course, "1.1").changes
    assert changes.deleted == (LESSON,)
    assert not (folder / LESSON).exists()
    opened = Workspace.open(folder, sources=course, version="1.1")
    assert opened.reset("08", only="lessons").added == (LESSON,)
    assert (folder / LESSON).read_bytes() == notebook("second form")


def test_undone_changes_are_untouched_again(course: dict[str, Path], folder: Path) -> None:
    make(folder, course)
    pristine = (folder / LESSON).read_bytes()
    (folder / LESSON).write_bytes(MINE)
    make(folder, course)
    (folder / LESSON).write_bytes(pristine)
    update(course, LESSON, notebook("second form"))
    assert make(folder, course, "1.1").changes.refreshed == (LESSON,)


def test_reset_moves_the_copy_aside(course: dict[str, Path], folder: Path) -> None:
    opened = make(folder, course)
    pristine = (folder / LESSON).read_bytes()
    (folder / LESSON).write_bytes(MINE)
    changes = opened.reset("08")
    ((name, kept),) = changes.aside
    assert name == LESSON
    assert (folder / LESSON).read_bytes() == pristine
    assert (folder / kept).read_bytes() == MINE
    assert ":" not in kept, "a colon cannot stand in a Windows file name"
    assert f"{EXERCISE} is as the course gives it already." in changes.sentences()


def test_two_resets_in_one_second_keep_both_copies(
    course: dict[str, Path], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace, "stamp", lambda: "2025-01-31-120000")
    opened = make(folder, course)
    for text in ("first try", "second try"):
        (folder / LESSON).write_bytes(notebook(text))
        opened.reset("08_pattern_completion", only="lessons")
    kept = set(contents(folder).values())
    assert {notebook("first try"), notebook("second try")} <= kept


def test_reset_of_what_is_not_written_yet(course: dict[str, Path], folder: Path) -> None:
    opened = make(folder, course)
    with pytest.raises(CourseError, match=r"no notebook for 03_tagging_capture yet"):
        opened.reset("03")
    with pytest.raises(CourseError, match=r"no exercises for 00_start yet"):
        opened.reset("00", only="exercises")
    with pytest.raises(CourseError, match="no lesson '99'"):
        opened.reset("99")


def test_a_folder_with_other_files(course: dict[str, Path], folder: Path) -> None:
    (folder / "lessons").mkdir(parents=True)
    (folder / "thesis.txt").write_text("mine")
    (folder / LESSON).write_bytes(MINE)
    changes = make(folder, course).changes
    assert changes.notes == (f"{folder} held files before; they stay as they are.",)
    assert (folder / "thesis.txt").read_text() == "mine"
    assert (folder / LESSON).read_bytes() == MINE
    assert changes.beside == ((LESSON, f"lessons/{TOPIC}.course-1.0.ipynb"),)


def test_a_broken_record_spares_all_work(course: dict[str, Path], folder: Path) -> None:
    make(folder, course)
    (folder / LESSON).write_bytes(MINE)
    (folder / MARK).write_bytes(b'{"format": 1, "fi')
    update(course, LESSON, notebook("second form"))
    changes = make(folder, course, "1.1").changes
    assert "could not be read" in changes.notes[0]
    assert (folder / LESSON).read_bytes() == MINE
    assert list((folder / ".engramlab").glob("workspace.broken-*.json"))
    assert make(folder, course, "1.1").changes.sentences() == []


@pytest.mark.parametrize(
    "text", [b"[]", b"{}", b"\xff\xfe", b'{"format": 1, "course": "1", "files": {"a": 3}}']
)
def test_records_of_any_shape_are_survived(
    course: dict[str, Path], folder: Path, text: bytes
) -> None:
    make(folder, course)
    (folder / MARK).write_bytes(text)
    (folder / LESSON).write_bytes(MINE)
    make(folder, course)
    assert (folder / LESSON).read_bytes() == MINE


def test_made_by_a_newer_format(course: dict[str, Path], folder: Path) -> None:
    make(folder, course)
    record = json.dumps({"format": 2, "course": "9.0"}).encode()
    (folder / MARK).write_bytes(record)
    with pytest.raises(
        CourseError, match=r"made by a newer engramlab \(9\.0.*pip install --upgrade"
    ):
        make(folder, course)
    assert (folder / MARK).read_bytes() == record


def test_made_by_a_newer_course(course: dict[str, Path], folder: Path) -> None:
    make(folder, course, "1.10")
    before = contents(folder)
    update(course, LESSON, notebook("older form"))
    changes = make(folder, course, "1.9").changes
    assert len(changes.sentences()) == 1
    assert "holds the course 1.10, newer than this engramlab 1.9" in changes.sentences()[0]
    assert contents(folder) == before
    assert json.loads((folder / MARK).read_bytes())["course"] == "1.10"


def test_the_course_itself_is_refused(course: dict[str, Path]) -> None:
    own = course["lessons"].parent
    before = contents(own)
    with pytest.raises(CourseError, match=r"pristine notebooks.*choose another folder"):
        make(own, course)
    assert contents(own) == before
    assert not (own / ".engramlab").exists()


def test_a_file_in_the_way(course: dict[str, Path], folder: Path) -> None:
    folder.write_text("mine")
    with pytest.raises(CourseError, match="a file is in the way"):
        make(folder, course)
    assert folder.read_text() == "mine"


def test_a_file_named_lessons(course: dict[str, Path], folder: Path) -> None:
    folder.mkdir()
    (folder / "lessons").write_text("mine")
    with pytest.raises(CourseError, match=r"lessons.* a file is in the way"):
        make(folder, course)
    assert (folder / "lessons").read_text() == "mine"


def test_a_folder_named_like_a_lesson(course: dict[str, Path], folder: Path) -> None:
    (folder / LESSON).mkdir(parents=True)
    (folder / LESSON / "note.txt").write_text("mine")
    opened = make(folder, course)
    assert opened.changes.beside[0][0] == LESSON
    opened.reset("08", only="lessons")
    assert b"mine" in contents(folder).values()
    assert (folder / LESSON).is_file()


def test_not_a_workspace(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"not a course workspace.*engramlab lab"):
        Workspace.open(tmp_path)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "is full. Free some space"),
        (errno.EROFS, "may not read and write"),
        (errno.EACCES, "may not read and write"),
        (errno.EIO, "cannot be used"),
    ],
)
def test_faults_of_the_disk_are_sentences_and_lose_nothing(
    course: dict[str, Path],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    words: str,
) -> None:
    make(folder, course)
    (folder / LESSON).write_bytes(MINE)
    for name in (LESSON, EXERCISE):
        update(course, name, notebook("second form"))
    before = contents(folder)

    def refuse(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        with pytest.raises(CourseError, match=words) as caught:
            make(folder, course, "1.1")
        assert str(folder) in str(caught.value)
        assert "\n" not in str(caught.value)
        with pytest.raises(CourseError, match=words):
            Workspace.open(folder, sources=course).reset("08")
    assert contents(folder) == before, "no half-written file is left"
    make(folder, course, "1.1")
    assert (folder / LESSON).read_bytes() == MINE
    assert (folder / EXERCISE).read_bytes() == notebook("second form")


def test_a_kill_between_copy_and_record(
    course: dict[str, Path], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record is written last; what was copied before a kill is recognised at the next start."""
    make(folder, course)
    (folder / LESSON).write_bytes(MINE)
    for name in (LESSON, EXERCISE):
        update(course, name, notebook("second form"))

    class Killed(BaseException):
        pass

    def kill(_self: Workspace) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Workspace, "_save", kill)
        with pytest.raises(Killed):
            make(folder, course, "1.1")
    after = make(folder, course, "1.1").changes
    assert after.refreshed == ()
    assert [name for name in contents(folder) if ".course-" in name] == [
        f"lessons/{TOPIC}.course-1.1.ipynb"
    ]
    assert (folder / LESSON).read_bytes() == MINE
    update(course, EXERCISE, notebook("third form"))
    assert make(folder, course, "1.2").changes.refreshed == (EXERCISE,), "still known as untouched"


ORDINARY = """
import os, sys
from pathlib import Path
from engramlab._types import CourseError
from engramlab.course.workspace import Workspace
if os.geteuid() == 0:
    os.setuid(65534)  # rights do not bind root
try:
    Workspace.create(Path(sys.argv[1]), sources={}, version="1.0")
except CourseError as error:
    print(error)
"""


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="rights of another system")
@pytest.mark.parametrize("rights", [0o555, 0o000])
def test_a_folder_that_may_not_be_written_or_read(rights: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        above = Path(name)
        above.chmod(0o755)
        (above / "work").mkdir()
        (above / "work").chmod(rights)
        said = subprocess.run(
            [sys.executable, "-c", ORDINARY, str(above / "work")],
            capture_output=True,
            text=True,
            check=False,
        )
        (above / "work").chmod(0o755)
    assert said.stderr == ""
    assert said.stdout.startswith(f"You may not read and write in {above / 'work'}.")
    assert "engramlab lab" in said.stdout


def test_find_and_locate(course: dict[str, Path], tmp_path: Path, folder: Path) -> None:
    with pytest.raises(CourseError, match=r"no course workspace in .*engramlab lab"):
        locate(tmp_path)
    make(folder, course)
    assert find_workspace(folder / "lessons") == folder
    assert find_workspace(tmp_path) is None
    assert locate(folder / "lessons") == folder
    assert locate(tmp_path) == folder, "the default name is found from beside it"
    assert locate(tmp_path / "elsewhere", folder) == folder
    with pytest.raises(CourseError, match="not a course workspace"):
        locate(folder, tmp_path)


def test_the_resolver_tries_the_package_then_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "engramlab"
    monkeypatch.setattr(resources, "PACKAGE", package)
    with pytest.raises(CourseError, match="has no lessons"):
        resources.lessons_folder()
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "lessons").mkdir()
    assert resources.lessons_folder() == tmp_path / "lessons"
    inside = package / "data" / "course" / "lessons"
    inside.mkdir(parents=True)
    (inside / "00_start.ipynb").write_bytes(notebook())
    assert resources.lessons_folder() == inside
