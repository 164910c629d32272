"""Progress outlives kills, full disks and two open notebooks, and never raises for the disk."""

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from engramlab.course.progress import CHECK, PREDICTION, Progress, progress_folder, read
from engramlab.course.report import rows, table
from engramlab.course.syllabus import LESSONS

WRITER = """
import sys
from engramlab.course.progress import Progress
progress = Progress("08", __import__("pathlib").Path(sys.argv[1]))
n = 0
while True:
    n += 1
    progress.record("check", item="a", writer=sys.argv[2], n=n, pad="x" * (n % 700))
    sys.stdout.write(f"{n}\\n")
    sys.stdout.flush()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".engramlab").mkdir()
    return tmp_path


class Words(list[str]):
    """Collects what the learner is told."""

    def __call__(self, word: str) -> None:
        assert "\n" not in word
        self.append(word)


def test_a_record_comes_back(folder: Path) -> None:
    words = Words()
    progress = Progress("08", folder, say=words)
    progress.record(CHECK, item="a", outcome="right", value=np.float64(0.5), array=np.arange(2))
    (found,) = Progress("08", folder, say=words).records()
    assert found["kind"] == "check"
    assert found["lesson"] == "08"
    assert (found["value"], found["array"]) == (0.5, [0, 1])
    assert words == []
    assert progress.unsaved == 0


def test_each_record_is_one_line_with_a_newline_on_both_sides(folder: Path) -> None:
    progress = Progress("08", folder)
    progress.record("note", text="two\nlines")
    (path,) = progress_folder(folder).iterdir()
    data = path.read_bytes()
    assert data.startswith(b"\n{")
    assert data.endswith(b"}\n")
    assert data.count(b"\n") == 2


def test_reading_and_making_leave_no_file(folder: Path) -> None:
    assert Progress("08", folder).records() == []
    assert not progress_folder(folder).exists()


def test_two_open_notebooks_merge_in_the_order_of_time(folder: Path) -> None:
    one, two = Progress("08", folder), Progress("08", folder)
    for n in range(20):
        (one if n % 2 else two).record("note", n=n)
    assert [record["n"] for record in one.records()] == list(range(20))
    assert one.records() == two.records()
    assert len(list(progress_folder(folder).iterdir())) == 2


def test_lessons_are_kept_apart(folder: Path) -> None:
    Progress("00", folder).record("note")
    Progress("08", folder).record("note")
    assert [record["lesson"] for record in Progress("08", folder).records()] == ["08"]
    assert len(read(folder)) == 2


@pytest.mark.parametrize(
    "rubbish",
    [
        b'{"at": "2025", "uid": "x", "lesson": "08", "ki',
        b"\x00" * 4096,
        b"[1, 2]\n",
        b'{"at": 3, "uid": "x", "lesson": "08", "kind": "check"}\n',
        b'{"kind": "check"}\n',
        b"\xff\xfe\n",
        b"{" * 100_000,
    ],
)
def test_broken_lines_are_skipped(folder: Path, rubbish: bytes) -> None:
    progress = Progress("08", folder)
    progress.record("note", n=1)
    (path,) = progress_folder(folder).iterdir()
    with path.open("ab") as file:
        file.write(rubbish)
    progress.record("note", n=2)
    assert [record["n"] for record in Progress("08", folder).records()] == [1, 2]


def test_outside_a_workspace_in_memory_with_one_line() -> None:
    words = Words()
    progress = Progress("08", None, say=words)
    for n in range(3):
        progress.record("note", n=n)
    assert len(words) == 1
    assert "in memory only" in words[0]
    assert "engramlab lab" in words[0]
    assert [record["n"] for record in progress.records()] == [0, 1, 2]
    assert progress.unsaved == 3


def test_reserved_fields_are_refused() -> None:
    with pytest.raises(ValueError, match="field 'uid' is set by every record"):
        Progress("08", None, say=Words()).record("note", uid=3)


def mounted(place: Path) -> bool:
    """Mount a disk of 64 kB, where this machine lets the test do so."""
    mount = shutil.which("mount")
    if mount is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    words = [mount, "-t", "tmpfs", "-o", "size=64k", "engramlab-test", str(place)]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[tuple[Path, Callable[[], None]]]:
    """A workspace on a disk with some 28 kB left, and what makes room on it.

    Without the right to mount one, the system's limit on the size of a file stands in: it cuts a
    write in the middle just as a full disk does.
    """
    place = tmp_path / "disk"
    place.mkdir()
    if mounted(place):
        (place / ".engramlab").mkdir()
        ballast = place / "ballast"
        ballast.write_bytes(b"0" * 36_000)
        try:
            yield place, ballast.unlink
        finally:
            subprocess.run(["umount", "-l", str(place)], check=True)
        return
    resource = pytest.importorskip("resource", reason="this system cannot limit a file's size")
    (place / ".engramlab").mkdir()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    make_room = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (soft, hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (28_000, hard))
    try:
        yield place, make_room
    finally:
        make_room()


def test_a_disk_that_is_really_full(small_disk: tuple[Path, Callable[[], None]]) -> None:
    place, make_room = small_disk
    words = Words()
    progress = Progress("08", place, say=words)
    for n in range(200):
        progress.record("note", n=n, pad="x" * 60)
    assert len(words) == 1
    assert "the disk is full" in words[0]
    assert 0 < progress.unsaved < 200
    assert [record["n"] for record in progress.records()] == list(range(200))
    assert [record["n"] for record in read(place)] == list(range(200 - progress.unsaved))
    make_room()
    progress.record("note", n=200)
    assert progress.unsaved == 0
    assert [record["n"] for record in read(place)] == list(range(201))


def test_a_full_disk_costs_nothing_once_there_is_room(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = Words()
    progress = Progress("08", folder, say=words)
    progress.record("note", n=0)
    real = os.write

    def part(descriptor: int, data: bytes) -> int:
        return real(descriptor, data[:7])

    def full(_descriptor: int, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    for n, write in enumerate((part, full, full), start=1):
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", write)
            progress.record("note", n=n)
    assert len(words) == 1
    assert progress.unsaved == 3
    assert [record["n"] for record in progress.records()] == [0, 1, 2, 3]
    assert [record["n"] for record in read(folder)] == [0]
    progress.record("note", n=4)
    assert progress.unsaved == 0
    assert [record["n"] for record in read(folder)] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.EIO, errno.EMFILE])
def test_a_disk_that_refuses_is_one_word(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_words: object, **_named: object) -> int:
        raise OSError(number, os.strerror(number))

    words = Words()
    progress = Progress("08", folder, say=words)
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", refuse)
        progress.record("note", n=1)
        progress.record("note", n=2)
    assert len(words) == 1
    assert "kept in memory for now" in words[0]
    assert [record["n"] for record in progress.records()] == [1, 2]


def test_a_workspace_that_was_moved_away(folder: Path) -> None:
    words = Words()
    progress = Progress("08", folder / "gone", say=words)
    progress.record("note")
    assert "not a workspace any more" in words[0]
    assert not (folder / "gone").exists()
    assert len(progress.records()) == 1


def test_an_unreadable_file_is_passed_over(folder: Path) -> None:
    progress = Progress("08", folder)
    progress.record("note", n=1)
    (progress_folder(folder) / "08-folder.jsonl").mkdir()
    assert [record["n"] for record in progress.records()] == [1]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_forked_child_has_a_file_of_its_own(folder: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path\n"
        "from engramlab.course.progress import Progress\n"
        "p = Progress('08', Path(sys.argv[1])); p.record('note', n=1)\n"
        "child = os.fork()\n"
        "p.record('note', n=2)\n"
        "os._exit(0) if child == 0 else os.waitpid(child, 0)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(folder)], check=True)
    assert [record["n"] for record in read(folder)] == [1, 2, 2]
    assert len(list(progress_folder(folder).iterdir())) == 2


def acknowledged(output: bytes) -> int:
    """Return the last number that the writer printed whole: `record` had returned for it."""
    whole = output[: output.rfind(b"\n") + 1].split()
    return int(whole[-1]) if whole else 0


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize(
    "seed", [1, 2, 3, *(pytest.param(seed, marks=pytest.mark.full) for seed in range(4, 24))]
)
def test_a_kill_loses_no_acknowledged_record(folder: Path, tmp_path: Path, seed: int) -> None:
    """Two writers of one lesson are killed at random moments, again and again."""
    moments = random.Random(seed)
    done: dict[str, int] = {}
    for kill in range(2):
        writers = {}
        for name in (f"{kill}-one", f"{kill}-two"):
            log = tmp_path / f"{name}.log"
            with log.open("wb") as sink:
                writers[name] = (
                    log,
                    subprocess.Popen(
                        [sys.executable, "-c", WRITER, str(folder), name], stdout=sink
                    ),
                )
        wait_for_a_record([log for log, _ in writers.values()])
        for name, (log, writer) in writers.items():
            time.sleep(moments.uniform(0.0, 0.15))
            writer.send_signal(signal.SIGKILL)
            assert writer.wait() == -signal.SIGKILL
            done[name] = acknowledged(log.read_bytes())
    kept: dict[str, set[int]] = {}
    for record in Progress("08", folder).records():
        kept.setdefault(record["writer"], set()).add(record["n"])
    assert sum(done.values()) > 4
    for name, last in done.items():
        assert set(range(1, last + 1)) <= kept.get(name, set()), f"{name} lost acknowledged records"


def wait_for_a_record(logs: list[Path]) -> None:
    deadline = time.monotonic() + 60
    while not all(log.stat().st_size for log in logs):
        assert time.monotonic() < deadline, "the writers did not start"
        time.sleep(0.005)


def test_a_record_is_on_the_disk_before_record_returns(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut takes what was not synced: after its last write, each record's file is synced."""
    calls: list[tuple[str, int]] = []
    write, sync = os.write, os.fsync

    def noted_write(descriptor: int, data: bytes) -> int:
        calls.append(("write", descriptor))
        return write(descriptor, data)

    def noted_sync(descriptor: int) -> None:
        calls.append(("sync", descriptor))
        sync(descriptor)

    monkeypatch.setattr(os, "write", noted_write)
    monkeypatch.setattr(os, "fsync", noted_sync)
    progress = Progress("08", folder)
    for n in range(3):
        calls.clear()
        progress.record(CHECK, item="a", n=n)
        (written,) = [descriptor for name, descriptor in calls if name == "write"]
        assert calls[-1] == ("sync", written)


def test_a_disk_that_cannot_sync_keeps_the_record_waiting(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_descriptor: int) -> None:
        raise OSError(errno.EIO, "the disk failed")

    words = Words()
    monkeypatch.setattr(os, "fsync", fails)
    progress = Progress("08", folder, say=words)
    progress.record(CHECK, item="a")
    assert progress.unsaved == 1
    assert len(words) == 1


def test_the_table_counts_checks_and_predictions(folder: Path) -> None:
    progress = Progress("08", folder)
    for outcome in ("wrong", "right", "right"):
        progress.record(CHECK, item="recall", outcome=outcome)
    progress.record(CHECK, item="hebbian_weights", outcome="error")
    progress.record(PREDICTION, prediction="1", answer="b", skipped=False)
    progress.record(PREDICTION, prediction="2", answer=None, skipped=True)
    Progress("20", folder).record("note")  # a lesson to come
    found = {row.number: row for row in rows(folder)}
    ready = [lesson.number for lesson in LESSONS if lesson.ready]
    assert list(found) == [*ready, "20"]
    assert found["08"].passed == ("recall",)
    assert (found["08"].predictions, found["08"].skipped) == (1, 1)
    assert found["20"].checks is None
    shown = table(rows(folder)).splitlines()
    assert len(shown) == 2 + len(ready)
    assert "1 (1 skipped)" in shown[1 + ready.index("08")]
    assert "not begun" in shown[1]
    assert json.dumps(shown).isascii()
