"""How the process that runs a learner's code is started, and what it may use.

A launcher starts that process; the grader talks with it over its standard input and output and does
not care what stands around it. `bubblewrap.Bubblewrap` closes the network and the disk.
`UnsafeLauncher` puts nothing around it but limits on resources and a folder of its own: the
learner's code can read what the teacher can read.
"""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from engramlab.course import child
from engramlab.course.resources import PACKAGE

_START = (
    "import gc, sys; gc.disable(); sys.path.append({root!r}); "
    f"from {child.__name__} import main; gc.enable(); main()"
)
"""Imports are faster while nothing collects what they leave behind."""
_END_WITH = """
import os, signal, threading, time
def watch():
    while os.getppid() == {parent}:
        time.sleep(0.5)
    os.killpg(0, signal.SIGKILL)
threading.Thread(target=watch, daemon=True).start()
"""
PREFIX = "engramlab-grading-"
"""How the names of the grader's temporary folders begin."""
A_DAY_S = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one submission may use. Wall-clock times are in seconds, sizes in bytes."""

    cell_s: float = 60.0
    call_s: float = 20.0
    submission_s: float = 300.0
    memory: int = 4 * 2**30
    memory_together: int = 4 * 2**30
    file: int = 64 * 2**20
    disk: int = 256 * 2**20
    processes: int = 64
    open_files: int = 128

    def resources(self) -> dict[str, int]:
        """Return the limits that the process sets on itself, by the names of the system."""
        return {
            "RLIMIT_AS": self.memory,
            "RLIMIT_CPU": int(self.submission_s) + 30,
            "RLIMIT_FSIZE": self.file,
            "RLIMIT_CORE": 0,
            "RLIMIT_NOFILE": self.open_files,
            "RLIMIT_MSGQUEUE": 0,
        }


class Launcher(Protocol):
    """Starts the process that runs one learner's code."""

    label: str
    """What the gradebook says of the sandbox."""
    disk: str | None
    """A folder of each child that is kept in memory, as the child sees it."""

    def launch(self, folder: Path) -> "subprocess.Popen[bytes]":
        """Start `engramlab.course.child` in `folder`, its three standard streams as pipes."""

    def resources(self) -> dict[str, int]:
        """Return what the child limits itself to, beside `Limits.resources`."""


class UnsafeLauncher:
    """Starts the process with the teacher's own rights, and says so."""

    label = "none (--unsafe)"

    def __init__(self, cache: Path) -> None:
        self.disk: str | None = None
        self.cache = cache
        sweep(Path(tempfile.gettempdir()), PREFIX, 7 * A_DAY_S)

    def launch(self, folder: Path) -> "subprocess.Popen[bytes]":
        """Start the process in an environment of its own; it ends when this one does."""
        first = _END_WITH.format(parent=os.getpid()) if os.name == "posix" else ""
        return subprocess.Popen(
            command(first),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env=environment(folder, self.cache),
            start_new_session=os.name == "posix",
        )

    def resources(self) -> dict[str, int]:
        """Return no limit: those on processes would bind the teacher's own."""
        return {}


def command(first: str = "") -> list[str]:
    """Return the command of the child: Python apart from the user's settings and folders.

    Not `-I`, which would leave the order of sets to chance; `environment` passes none of the user's
    variables on.
    """
    code = first + _START.format(root=str(PACKAGE.parent))
    return [sys.executable, "-P", "-s", "-X", "utf8", "-c", code]


def sweep(folder: Path, prefix: str, seconds: float) -> None:
    """Remove temporary folders that a killed run left behind.

    Parameters
    ----------
    folder : Path
        Where they lie.
    prefix : str
        How their names begin; what follows are the eight marks that `tempfile` adds.
    seconds : float
        Those in which nothing was made for that long go.
    """
    for path in folder.glob(f"{prefix}*"):
        with contextlib.suppress(OSError):
            known = re.fullmatch("[a-z0-9_]{8}", path.name.removeprefix(prefix))
            seen = path.lstat()
            mine = not hasattr(os, "getuid") or seen.st_uid == os.getuid()
            if known and mine and path.is_dir() and time.time() - seen.st_mtime > seconds:
                shutil.rmtree(path, ignore_errors=True)


def environment(folder: Path, cache: Path) -> dict[str, str]:
    """Return the few variables that the child needs; nothing of the teacher's goes along.

    Parameters
    ----------
    folder : Path
        The child's own folder, its home.
    cache : Path
        A folder of the whole run, so that matplotlib looks for fonts once and not for each learner.
    """
    kept = {
        name: os.environ[name]
        for name in ("PATH", "SYSTEMROOT", "NUMBA_CACHE_DIR")
        if name in os.environ
    }
    return kept | {
        "ENGRAMLAB_GRADING": "1",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": str(cache),
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "NUMBA_NUM_THREADS": "1",
    }
