"""Writing that a crash cannot break, and faults of the disk put into one sentence with a cure."""

import contextlib
import errno
import hashlib
import os
import re
import sys
import uuid
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from engramlab._types import CourseError

FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
DENIED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def digest(data: bytes) -> str:
    """Return the content hash by which one content is told from another."""
    return hashlib.sha256(data).hexdigest()


def stage(path: Path, data: bytes) -> Path:
    """Write `data` to a new temporary file beside `path`, flushed to the disk; return its path."""
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return temporary


_TEMPORARY = re.compile(r"\..+\.[0-9a-f]{8}\.tmp", re.DOTALL)


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files of `stage` that a killed process left directly in a folder.

    No other process may be writing there.
    """
    for path in folder.iterdir():
        if _TEMPORARY.fullmatch(path.name) and path.is_file() and not path.is_symlink():
            path.unlink()


def write_atomic(path: Path, data: bytes) -> None:
    """Write a file so that a reader, a crash or a full disk sees the old content or the new one."""
    temporary = stage(path, data)
    try:
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def stamp(now: datetime | None = None) -> str:
    """Return the date and time as they stand in file names: no colon, for Windows."""
    return (now or datetime.now()).strftime("%Y-%m-%d-%H%M%S")


def free_name(path: Path) -> Path:
    """Return `path`, or the first of `name-2`, `name-3`, ... at which nothing lies."""
    if not os.path.lexists(path):
        return path
    number = 2
    while os.path.lexists(path.with_name(f"{path.stem}-{number}{path.suffix}")):
        number += 1
    return path.with_name(f"{path.stem}-{number}{path.suffix}")


def explain(error: OSError, folder: Path, *, cure: str) -> CourseError:
    """Put a fault of the disk into words: what is wrong with `folder`, and what to do.

    Parameters
    ----------
    error : OSError
        What the system said.
    folder : Path
        The folder that the learner knows, not the file inside it that happened to fail.
    cure : str
        The end of the sentence for a folder that may not be written: a command, without full stop.
    """
    move = f"Move it, or {cure}."
    if error.errno in FULL:
        return CourseError(
            f"The disk that holds {folder} is full. Free some space on it and try again; "
            "your own files are as they were."
        )
    if error.errno in DENIED or isinstance(error, PermissionError):
        return CourseError(
            f"You may not read and write in {folder}. Give yourself the right to, or {cure}."
        )
    if isinstance(error, IsADirectoryError):
        return CourseError(f"{_named(error, folder)} is a folder, where a file is to be. {move}")
    if isinstance(error, FileExistsError) and Path(_named(error, folder)).is_symlink():
        return CourseError(f"{_named(error, folder)} is a link to nothing. Remove it, or {cure}.")
    if isinstance(error, (NotADirectoryError, FileExistsError)):
        where = error.filename if isinstance(error, FileExistsError) else folder
        return CourseError(f"{where} cannot be a folder: a file is in the way. {move}")
    reason = error.strerror or str(error) or type(error).__name__
    return CourseError(f"{folder} cannot be used ({reason}). Mend that, or {cure}.")


def _named(error: OSError, folder: Path) -> str:
    """Return what a fault is about: what was to be replaced, not the temporary file for it."""
    return str(error.filename2 or error.filename or folder)


def say(lines: Iterable[str] = ()) -> None:
    """Print lines and see to it that they arrive.

    Raises
    ------
    CourseError
        If the output takes no more, such as a file on a full disk.
    BrokenPipeError
        If nobody reads on.
    """
    try:
        for line in lines:
            print(line)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        with contextlib.suppress(Exception):  # or Python complains once more at its end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise CourseError(
            f"The work is done, but what there is to say could not be printed ({error.strerror})."
        ) from None
