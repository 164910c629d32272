"""The sandbox: a learner's process sees Python and the package, and nothing of the teacher's.

Bubblewrap gives the process an empty disk on which the interpreter and the package are read-only,
without the course's checks and answers; no network, no other process, and a private folder with a
cap on its size. Started by root it runs as an ordinary user of its own, since limits do not bind
root; started by an ordinary user it keeps that user's number in a namespace of its own.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

from engramlab._types import CourseError
from engramlab.course import child
from engramlab.course.grading import caches, closed_calls
from engramlab.course.grading.sandbox import (
    A_DAY_S,
    PREFIX,
    Limits,
    command,
    environment,
    sweep,
)
from engramlab.course.resources import PACKAGE

HOME = Path("/tmp")
"""The child's own folder, as it sees it."""
SHARED = Path("/shared")
"""What was prepared for all children of a run, as they see it: caches, read-only."""
HIDDEN = ("course/checks", "course/answers", "data/course")
"""Folders of the package that no learner's process sees."""
TRIAL_S = 60
FIRST_USER = 60_000
USERS = 4_000
SPREAD = 1_597
"""Sets the users of graders that run at the same time apart."""
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache")

MISSING = (
    "Learners' code runs in a sandbox, and bubblewrap is not installed. To install it: "
    "sudo apt-get install bubblewrap (Debian, Ubuntu), sudo dnf install bubblewrap (Fedora). "
    "Without it nothing is graded, unless you say --unsafe, which is written into every row."
)
CURE = (
    "in a container, allow user namespaces or run as root with CAP_SYS_ADMIN; on a machine, "
    "sudo sysctl -w kernel.unprivileged_userns_clone=1"
)
"""What helps where bubblewrap is installed and makes no sandbox."""
ELSEWHERE = (
    "Learners' code runs in a sandbox that only Linux has. On this system grade in WSL or in a "
    "Linux container, or say --unsafe if you know and trust the authors; it is written into every "
    "row."
)


class Bubblewrap:
    """Starts the process inside bubblewrap.

    Parameters
    ----------
    limits : Limits
        Of them the size of the private folder and the number of processes are set here.
    folder : Path
        Where the caches that each child may read go, if the user's cache folder cannot be written.
    with_caches : bool
        Without them children start slower, and nothing has to be made first.

    Raises
    ------
    CourseError
        If this system has no bubblewrap, or it cannot make a sandbox; with the cure.
    """

    label = "bubblewrap"

    def __init__(self, limits: Limits, folder: Path, *, with_caches: bool = True) -> None:
        self.limits = limits
        self.disk: str | None = str(HOME)
        self.program = find_bubblewrap()
        self.shared = folder
        self._user = os.getpid() * SPREAD % USERS
        self._inside = [*_system(), *_package()]
        self._filter = closed_calls.program()
        self._try()
        if with_caches:
            sweep(Path(tempfile.gettempdir()), PREFIX, 7 * A_DAY_S)
            self.shared = caches.ready(folder)

    def launch(self, folder: Path) -> "subprocess.Popen[bytes]":
        """Start the process; `folder` stays empty, as the child's own folder is in memory."""
        return self._start(command(), folder)

    def _start(self, words: list[str], folder: Path) -> "subprocess.Popen[bytes]":
        descriptors: tuple[int, ...] = ()
        if self._filter is not None:
            source, sink = os.pipe()
            os.write(sink, self._filter)
            os.close(sink)
            descriptors = (source,)
        try:
            return subprocess.Popen(
                [*self.around(*descriptors), *words],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=folder,
                env=environment(HOME, HOME / "cache") | {child.SHARED: str(SHARED)},
                pass_fds=descriptors,
                start_new_session=True,
            )
        finally:
            for descriptor in descriptors:
                os.close(descriptor)

    def resources(self) -> dict[str, int]:
        """Return the limits that the child sets on itself, beside those of `Limits`.

        For root's own users processes are counted from none; an ordinary user's other processes
        count too.
        """
        others = 0 if os.getuid() == 0 else _processes_of(os.getuid())
        return {"RLIMIT_NPROC": self.limits.processes + others}

    def around(self, *filters: int) -> list[str]:
        """Return the command up to the interpreter; `filters` are descriptors of system calls."""
        root = os.getuid() == 0
        words = [self.program, "--die-with-parent", "--new-session", "--hostname", "grader"]
        if root:
            words += ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
            words += ["--unshare-cgroup-try", "--cap-drop", "ALL"]
            words += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
        else:
            words += ["--unshare-all"]
        words += ["--perms", "1777", "--size", str(self.limits.disk), "--tmpfs", str(HOME)]
        words += self._inside
        words += [*_parents(SHARED), "--ro-bind", str(self.shared), str(SHARED)]
        words += ["--proc", "/proc", "--dev", "/dev"]
        words += ["--dev-bind", "/dev/null", "/dev/zero"]  # mapped, it is memory that is not seen
        words += ["--remount-ro", "/dev", "--remount-ro", "/"]
        words += [word for each in filters for word in ("--seccomp", str(each))]
        words += ["--chdir", str(HOME), "--"]
        if root:
            self._user = (self._user + 1) % USERS
            user = str(FIRST_USER + self._user)
            words += ["/usr/bin/setpriv", "--reuid", user, "--regid", user, "--clear-groups"]
            words += ["--inh-caps=-all", "--bounding-set=-all", "--no-new-privs"]
        return words

    def _try(self) -> None:
        """Refuse a bubblewrap that cannot do its work here, such as inside some containers."""
        words = [sys.executable, "-I", "-c", "import numpy"]
        try:
            with self._start(words, self.shared) as trial:
                try:
                    said = trial.communicate(timeout=TRIAL_S)[1].decode("utf-8", "replace")
                except subprocess.TimeoutExpired:
                    trial.kill()
                    said = f"it did not end within {TRIAL_S} s"
        except OSError as error:
            said = str(error)
        else:
            if trial.returncode == 0:
                return
        for place in _interpreter():
            if not _is_readable(place):
                raise CourseError(
                    f"Python needs {place}, and the learners' process may not read it. Install "
                    "Python and engramlab where every user may read them, such as below /opt."
                )
        last = (said.strip().splitlines() or ["it says nothing"])[-1]
        raise CourseError(
            f"bubblewrap is installed but makes no sandbox here ({last}). To mend it: {CURE}."
        )


def find_bubblewrap() -> str:
    """Return where bubblewrap lies.

    Raises
    ------
    CourseError
        If there is none; the message says how to install it.
    """
    if sys.platform != "linux":
        raise CourseError(ELSEWHERE)
    program = shutil.which("bwrap")
    if program is None:
        raise CourseError(MISSING)
    return program


def _system() -> list[str]:
    """Return the words that show the system's libraries, read-only."""
    words: list[str] = []
    for name in SYSTEM:
        path = Path(name)
        if path.is_symlink():
            words += ["--symlink", str(path.readlink()).lstrip("/"), name]
        elif path.exists():
            words += [*_parents(path), "--ro-bind", name, name]
    return words


def _package() -> list[str]:
    """Return the words that show the interpreter and the package, without what is the teacher's."""
    words: list[str] = []
    shown: list[Path] = []
    for path in _interpreter():
        if not any(path.is_relative_to(whole) for whole in [*shown, Path("/usr")]):
            words += [*_parents(path), "--ro-bind", str(path), str(path)]
            shown.append(path)
    for part in HIDDEN:
        hidden = PACKAGE / part
        if hidden.is_dir():
            words += ["--perms", "0755", "--tmpfs", str(hidden), "--remount-ro", str(hidden)]
    return words


def _interpreter() -> Iterator[Path]:
    """Give the folders that Python needs, and the package's own; the repository is not shown."""
    yield Path(sys.base_prefix).resolve()
    yield Path(sys.executable).resolve().parent
    yield Path(sys.prefix)
    for name in ("purelib", "platlib", "stdlib"):
        yield Path(sysconfig.get_path(name))
    yield PACKAGE


def _is_readable(path: Path) -> bool:
    """Return whether the user of a learner's process may enter a folder and list it."""
    try:
        if os.getuid() == 0:  # the folders above it are made anew, open to everyone
            return path.stat().st_mode & 0o5 == 0o5
        return os.access(path, os.R_OK | os.X_OK)
    except OSError:
        return False


def _parents(path: Path) -> list[str]:
    """Return the words that make the folders above a path, open to every user."""
    above = [folder for folder in reversed(path.parents) if folder != Path("/")]
    return [word for folder in above for word in ("--perms", "0755", "--dir", str(folder))]


def _processes_of(user: int) -> int:
    """Return how many threads a user has now: the system counts these."""
    count = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in status.read_text().splitlines())
        except (OSError, ValueError):  # it has ended meanwhile
            continue
        if fields.get("Uid", "").split()[:1] == [str(user)]:
            count += int(fields.get("Threads", "1"))
    return count
