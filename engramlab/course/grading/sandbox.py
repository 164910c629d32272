"""How the process that runs a learner's code is started, and what it may use.

A launcher starts that process; the grader talks with it over its standard input and output and does
not care what stands around it. `bubblewrap.Bubblewrap` closes the network and the disk.
`UnsafeLauncher` puts nothing around it but limits on resources and a folder of its own: the
learner's code can read what the teacher can read.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from engramlab.course.resources import PACKAGE

_START = "import sys; sys.path.append({root!r}); from engramlab.course.child import main; main()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one submission may use. Wall-clock times are in seconds, sizes in bytes."""

    cell_s: float = 60.0
    call_s: float = 20.0
    submission_s: float = 300.0
    memory: int = 4 * 2**30
    file: int = 64 * 2**20
    disk: int = 256 * 2**20
    processes: int = 64

    def resources(self) -> dict[str, int]:
        """Return the limits that the process sets on itself, by the names of the system."""
        return {
            "RLIMIT_AS": self.memory,
            "RLIMIT_CPU": int(self.submission_s) + 30,
            "RLIMIT_FSIZE": self.file,
            "RLIMIT_CORE": 0,
        }


class Launcher(Protocol):
    """Starts the process that runs one learner's code."""

    label: str
    """What the gradebook says of the sandbox."""

    def launch(self, folder: Path) -> "subprocess.Popen[bytes]":
        """Start `engramlab.course.child` in `folder`, its three standard streams as pipes."""

    def resources(self) -> dict[str, int]:
        """Return what the child limits itself to, beside `Limits.resources`."""


class UnsafeLauncher:
    """Starts the process with the teacher's own rights, and says so."""

    def __init__(self, cache: Path) -> None:
        self.label = "none (--unsafe)"
        self.cache = cache

    def launch(self, folder: Path) -> "subprocess.Popen[bytes]":
        """Start the process in an environment of its own."""
        return subprocess.Popen(
            command(),
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


def command() -> list[str]:
    """Return the command of the child: Python apart from the user's settings and folders."""
    return [sys.executable, "-I", "-X", "utf8", "-c", _START.format(root=str(PACKAGE.parent))]


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
        for name in ("PATH", "LANG", "SYSTEMROOT", "NUMBA_CACHE_DIR")
        if name in os.environ
    }
    return kept | {
        "ENGRAMLAB_GRADING": "1",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": str(cache),
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "NUMBA_NUM_THREADS": "1",
    }
