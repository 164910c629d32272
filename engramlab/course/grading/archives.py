"""Opening a zip file that somebody sent, without trusting a byte of it.

Nothing is ever written under a name that stands in the archive: what is unpacked gets a number for
a name in a private folder, so no path leads out of it, no two names meet, and none is too long.

Two kinds of fault are kept apart. `Refused` is about the archive as a whole: its list of members is
broken, or holds what no honest program writes (a path that leads out, a link). What only one member
suffers from (a broken check sum, a password, a size beyond the limit) is that member's problem.
"""

import contextlib
import functools
import io
import re
import shutil
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import ZipFile

from engramlab._types import CourseError
from engramlab.course.files import explain
from engramlab.course.grading.sandbox import PREFIX
from engramlab.course.reading import LARGEST_FILE, Unreadable, opened

LARGEST_TOTAL = 8 * 2**30
"""Bytes that all learners' files together may unpack to."""
LARGEST_LEARNER = 2 * LARGEST_FILE
"""Bytes that the files of one learner may unpack to."""
MOST_MEMBERS = 20_000
LONGEST_PATH = 4096
LARGEST_LIST = 8 * 2**20
"""Bytes of an archive's list of members."""
WORST_RATIO = 200
LEAST_BOMB = 2**30
"""Below this many bytes nobody asks how well an archive is compressed."""

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    IndexError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
)
_READ_AT_ONCE = 2**16
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ODD = (stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK)
_UTF8 = 0x800
_ENCRYPTED = 0x1


class Refused(Exception):
    """An archive that is not opened, or a member that is not unpacked; the reason is a clause."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file or a folder in an archive, by the parts of its name."""

    parts: tuple[str, ...]
    info: zipfile.ZipInfo
    problem: str = ""


class _Guarded(io.BufferedReader):
    """A file of which nobody reads more at once than a list of members may be long."""

    def read(self, size: int | None = -1, /) -> bytes:
        is_all = size is None or size < 0
        data = super().read(LARGEST_LIST + 1 if is_all else min(size or 0, LARGEST_LIST + 1))
        if len(data) > LARGEST_LIST:
            raise zipfile.BadZipFile("the list of its members is too long")
        return data


class Allowance:
    """How much one learner's files may still unpack to."""

    def __init__(self) -> None:
        self.left = LARGEST_LEARNER

    def spend(self, size: int) -> None:
        """Take that many bytes off, or refuse."""
        if size > self.left:
            raise Refused(f"the learner's files unpack to more than {_megabytes(LARGEST_LEARNER)}")
        self.left -= size


class Room:
    """A private folder for what is unpacked, and how much may still go in.

    Parameters
    ----------
    until : ExitStack
        Closes when the folder, which is made only for the first file, is to be removed.
    """

    def __init__(self, until: contextlib.ExitStack) -> None:
        self._until = until
        self.left = LARGEST_TOTAL
        self._number = 0

    @functools.cached_property
    def folder(self) -> Path:
        """The folder, which nobody else may enter."""
        return Path(self._until.enter_context(tempfile.TemporaryDirectory(prefix=PREFIX)))

    def unpack(self, archive: ZipFile, member: Member, allowance: Allowance) -> Path:
        """Write a member to a new file and return its path.

        Raises
        ------
        Refused
            If the member is too large, encrypted or broken.
        CourseError
            If the room is used up, or the disk is full.
        """
        info = member.info
        if member.problem:
            raise Refused(member.problem)
        if info.flag_bits & _ENCRYPTED:
            raise Refused("the file is encrypted")
        if info.compress_type not in _METHODS:
            raise Refused("the file is compressed in a way that is not known here")
        if info.file_size > LARGEST_FILE:
            raise Refused(f"the file is larger than {_megabytes(LARGEST_FILE)}")
        allowance.spend(info.file_size)
        self.left -= info.file_size
        if self.left < 0:
            raise CourseError(
                f"The submissions unpack to more than {_megabytes(LARGEST_TOTAL)}. Grade them in "
                "smaller parts."
            )
        self._number += 1
        path = self.folder / f"{self._number:06}"
        try:
            with path.open("xb") as file:
                for piece in _pieces(archive, info):
                    file.write(piece)
        except OSError as error:
            raise explain(error, self.folder, cure="set TMPDIR to another one") from None
        return path

    def check(self, size: int) -> None:
        """Raise CourseError if the disk has no room for that many bytes."""
        free = shutil.disk_usage(self.folder).free
        if size > free:
            raise CourseError(
                f"The submissions unpack to {_megabytes(size)}, and {self.folder} has room for "
                f"{_megabytes(free)}. Free some space, or set TMPDIR to a folder with more."
            )


@contextlib.contextmanager
def reading(path: Path) -> Iterator[tuple[ZipFile, list[Member]]]:
    """Open an archive and list its members; an honest list of names is all that is looked at.

    Raises
    ------
    Refused
        If it is no zip file, or one that no honest program makes.
    OSError
        If it cannot be read.
    """
    try:
        raw = opened(path)
    except Unreadable as fault:
        raise Refused(fault.reason) from None
    with _Guarded(raw) as file:
        try:
            archive = zipfile.ZipFile(file)
        except _BROKEN as error:
            why = str(error) if isinstance(error, zipfile.BadZipFile) else "its list is broken"
            raise Refused(f"it is no whole zip file ({why})") from None
        with archive:
            yield archive, _members(archive)


def refuse_bomb(size: int, path: Path) -> None:
    """Refuse an archive that is small beside the size that its files unpack to."""
    packed = max(1, path.stat().st_size)
    if size > LEAST_BOMB and size > WORST_RATIO * packed:
        raise Refused(
            f"it unpacks to {size // packed} times its size, where {WORST_RATIO} is the limit"
        )


def _members(archive: ZipFile) -> list[Member]:
    infos = archive.infolist()
    if len(infos) > MOST_MEMBERS:
        raise Refused(f"it has {len(infos)} members, where {MOST_MEMBERS} is the limit")
    found: dict[tuple[str, ...], Member] = {}
    for info in infos:
        member = Member(parts=_parts(info), info=info)
        other = found.setdefault(member.parts, member)
        if (other.info.CRC, other.info.file_size) != (info.CRC, info.file_size):
            found[member.parts] = replace(other, problem="there are two files of that name")
    return [member for member in found.values() if member.parts]


def _parts(info: zipfile.ZipInfo) -> tuple[str, ...]:
    """Return the folders and the name of a member; programs of Windows divide by backslashes."""
    name = _name(info)
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".")]
    shown = repr(name if len(name) <= 80 else f"{name[:80]}...")
    if len(name) > LONGEST_PATH:
        raise Refused(f"the name of its member {shown} is longer than any path")
    if "\0" in name:
        raise Refused(f"the name of its member {shown} holds a zero byte")
    if name.startswith(("/", "\\")) or (parts and re.match(r"[A-Za-z]:", parts[0])):
        raise Refused(f"its member {shown} has an absolute path")
    if any(not part.strip(". ") and part.strip() for part in parts):
        raise Refused(f"the path of its member {shown} leads upwards")
    if stat.S_IFMT(info.external_attr >> 16) in _ODD:
        raise Refused(f"its member {shown} is a link or a device")
    return tuple(parts)


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; some programs write UTF-8 and do not say so."""
    if not info.flag_bits & _UTF8:
        with contextlib.suppress(UnicodeError):
            return info.orig_filename.encode("cp437").decode("utf-8")
    return info.orig_filename


def _pieces(archive: ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Return a member's bytes in pieces, never more than its size says."""
    left = info.file_size
    try:
        with archive.open(info) as source:
            while piece := source.read(_READ_AT_ONCE):
                left -= len(piece)
                if left < 0:
                    raise Refused("the file is larger than its archive says")
                yield piece
    except _BROKEN:
        raise Refused("the file is broken in its archive") from None
    if left:
        raise Refused("the file is cut off in its archive")


def _megabytes(size: int) -> str:
    return f"{size // 2**20} MB"
