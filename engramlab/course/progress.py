"""Progress: append-only JSON lines, one file per kernel, that outlive a kill and a full disk.

Each record is written as a newline, the JSON object and a newline in one `os.write`, and reaches
the disk before `record` returns. A line that a kill or a full disk cut short is skipped by readers,
and the newline in front keeps it from spoiling its neighbour. There is no lock and no shared file,
so two open notebooks never wait for each other; readers merge all files of a lesson.

What stands in a record: `at` (UTC time), `uid` (unique), `lesson`, `kind`, and the fields of the
caller. The kinds that `engramlab progress` counts are named below.
"""

import json
import os
import threading
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from engramlab.course.files import DENIED, FULL

CHECK = "check"
"""A check that ran; fields `item` (its name) and `outcome` (such as "right")."""

PREDICTION = "prediction"
"""A prediction locked in or skipped; fields `prediction` (its id), `answer`, `skipped`."""

Record = dict[str, Any]

_RESERVED = ("at", "uid", "lesson", "kind")


def progress_folder(workspace: Path) -> Path:
    """Return the folder that holds a workspace's progress files."""
    return workspace / ".engramlab" / "progress"


class Progress:
    """The learner's record of one lesson, kept on the disk or, failing that, in memory.

    Parameters
    ----------
    lesson : str
        The lesson's number, such as "08".
    folder : Path or None
        The workspace. None, outside a workspace, keeps everything in memory.
    say : callable, optional
        Called with each one-line word to the learner. A word is said once.

    Notes
    -----
    No method raises for a fault of the disk: the lesson goes on, the records stay in memory and are
    written as soon as the disk takes them.
    """

    def __init__(
        self, lesson: str, folder: Path | None, *, say: Callable[[str], object] = print
    ) -> None:
        self.lesson = lesson
        self.folder = None if folder is None else Path(folder)
        self._say = say
        self._said: set[str] = set()
        self._lock = threading.Lock()
        self._kept: list[Record] = []  # every record of this object, saved or not
        self._waiting: list[Record] = []  # those that the disk did not take yet
        self._new_file()
        if self.folder is None:
            self._tell(
                "Your progress is kept in memory only, since this notebook is not in a course "
                "workspace; `engramlab lab` makes one."
            )

    def __repr__(self) -> str:
        where = "memory" if self.folder is None else str(self.folder)
        return f"Progress(lesson={self.lesson!r}, records={len(self.records())}, kept in {where})"

    @property
    def unsaved(self) -> int:
        """How many records are in memory and not on the disk."""
        return len(self._kept) if self.folder is None else len(self._waiting)

    def record(self, kind: str, **fields: Any) -> None:
        """Append one record; when this returns without a word said, the disk holds it.

        Parameters
        ----------
        kind : str
            What happened, such as "check" or "prediction".
        **fields
            Anything that JSON can hold; numpy numbers and arrays become numbers and lists.

        Raises
        ------
        ValueError
            If a field has one of the names that every record carries already.
        """
        clash = sorted(set(fields) & set(_RESERVED))
        if clash:
            raise ValueError(f"field {clash[0]!r} is set by every record; give it another name")
        with self._lock:
            if self._pid != os.getpid():  # a forked child: a file and identifiers of its own
                self._new_file()
            self._count += 1
            entry = {
                "at": datetime.now(UTC).isoformat(timespec="microseconds"),
                "uid": f"{self._kernel}-{self._count}",
                "lesson": self.lesson,
                "kind": kind,
                **fields,
            }
            entry = json.loads(json.dumps(entry, default=_plain))
            self._kept.append(entry)
            if self.folder is not None:
                self._waiting.append(entry)
                self._write_waiting(self.folder)

    def records(self) -> list[Record]:
        """Return all records of this lesson in the order of time, those of other kernels too."""
        on_disk = [] if self.folder is None else read(self.folder, self.lesson)
        with self._lock:
            return _merge([*on_disk, *self._kept])

    def _new_file(self) -> None:
        self._pid = os.getpid()
        self._kernel = uuid.uuid4().hex
        self._count = 0
        self._descriptor: int | None = None

    def _write_waiting(self, workspace: Path) -> None:
        try:
            if self._descriptor is None:
                self._descriptor = self._open(workspace)
            while self._waiting:
                _append(self._descriptor, self._waiting[0])
                self._waiting.pop(0)
        except OSError as error:
            self._tell(_word(error, workspace))

    def _open(self, workspace: Path) -> int:
        folder = progress_folder(workspace)
        folder.mkdir(exist_ok=True)  # without parents: a workspace that was moved is not remade
        path = folder / f"{self.lesson}-{self._kernel}.jsonl"
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        descriptor = os.open(path, flags, 0o644)
        _sync_folder(folder)
        return descriptor

    def _tell(self, word: str) -> None:
        if word not in self._said:
            self._said.add(word)
            self._say(word)


def read(workspace: Path, lesson: str | None = None) -> list[Record]:
    """Return the records of a workspace in the order of time; of one lesson, or of all.

    Lines that do not read as a record, files that cannot be read and a missing folder are skipped:
    what is left of the progress is worth more than an error.
    """
    found: list[Record] = []
    pattern = "*.jsonl" if lesson is None else f"{lesson}-*.jsonl"
    try:
        paths = sorted(progress_folder(workspace).glob(pattern))
    except OSError:
        return []
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:
            continue
        found.extend(_lines(data))
    return _merge(found)


def _lines(data: bytes) -> Iterator[Record]:
    for line in data.split(b"\n"):
        if not line.startswith(b"{"):
            continue
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(entry, dict) and all(isinstance(entry.get(key), str) for key in _RESERVED):
            yield entry


def _merge(entries: list[Record]) -> list[Record]:
    unique = {entry["uid"]: entry for entry in entries}
    return sorted(unique.values(), key=lambda entry: (entry["at"], entry["uid"]))


def _append(descriptor: int, entry: Record) -> None:
    line = b"\n" + json.dumps(entry, separators=(",", ":")).encode() + b"\n"
    written = os.write(descriptor, line)
    if written < len(line):  # the disk filled in the middle: readers skip this line
        raise OSError(next(iter(FULL)), "the disk took a part of the record only")
    os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    """Make a new file's name outlive a power cut, where the system lets a folder be opened."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)


def _plain(value: Any) -> Any:
    """Turn numpy numbers and arrays into what JSON holds; anything else into its text."""
    if hasattr(value, "tolist"):
        return value.tolist()
    return str(value)


def _word(error: OSError, workspace: Path) -> str:
    if error.errno in FULL:
        why, cure = "the disk is full", "free some space"
    elif error.errno in DENIED:
        why, cure = f"{workspace} may not be written", "give yourself the right to write there"
    elif isinstance(error, FileNotFoundError):
        why, cure = f"{workspace} is not a workspace any more", "run `engramlab lab` again"
    else:
        reason = error.strerror or type(error).__name__
        why, cure = f"{workspace} cannot be written ({reason})", "mend that"
    return f"Your progress is kept in memory for now, since {why}: {cure} before you close this."
