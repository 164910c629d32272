"""One grader at a time in one folder."""

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from engramlab._types import CourseError

NAME = ".lock"
"""The file that a grader holds; it stays behind, empty, and means nothing by being there."""
WITHOUT = frozenset({errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL, errno.EBADF})
"""What a file system says that knows no locks."""


@contextlib.contextmanager
def only_one(out: Path) -> Iterator[None]:
    """Hold a folder for one grader; the system lets go of it however that grader ends.

    Parameters
    ----------
    out : Path
        A folder that exists.

    Raises
    ------
    CourseError
        If another grader holds it.
    OSError
        If no lock can be made there.
    """
    held = _opened(out / NAME)
    try:
        try:
            _lock(held)
        except OSError as error:
            if error.errno not in WITHOUT:
                raise CourseError(
                    f"Another grader is at work in {out}. Wait until it is done, or choose "
                    "another folder for this one; nothing was changed."
                ) from None
            print(
                f"The disk that holds {out} knows no locks: see to it that no other grader "
                "works there.",
                file=sys.stderr,
            )
        yield
    finally:
        os.close(held)


def _opened(path: Path) -> int:
    """Open the file for the lock; that of another user need only be readable."""
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except PermissionError:
        if not path.is_file():
            raise
        return os.open(path, os.O_RDONLY)


def _lock(held: int) -> None:
    """Lock an open file at once or raise `OSError`."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(held, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
