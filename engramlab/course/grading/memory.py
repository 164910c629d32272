"""A process together with all that it started, as the system tells it: what they use, their end."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

_PARTS = ("VmRSS", "VmSwap", "VmPTE")
_FILE = 1024
"""Bytes of the kernel's memory that an empty file takes, about."""


def used_together(pid: int, disk: str | None = None, enough: int = 0) -> int:
    """Return the bytes that a process and everything below it use.

    Memory that several processes share is counted once for each, unless the sum is above `enough`;
    then it is shared out among them, which takes longer to find out.

    Parameters
    ----------
    pid : int
        The process at the top.
    disk : str, optional
        A folder that is kept in memory, as the processes below the top see it.
    enough : int
        Bytes below which an estimate that is too high will do.
    """
    family = list(_family(pid))
    on_disk = _on_disk(family[1], disk) if disk and len(family) > 1 else 0
    used = on_disk + sum(map(_resident, family))
    return used if used <= enough else on_disk + sum(map(_shared_out, family))


def end_all(process: "subprocess.Popen[bytes]") -> None:
    """End a process, its group and all below it, if it still runs.

    While bubblewrap starts, what it has started would not end with it; so each is ended.
    """
    if process.poll() is not None:
        return
    below = [pid for pid in _family(process.pid) if pid != process.pid]
    with contextlib.suppress(OSError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
    for pid in below:
        with contextlib.suppress(OSError):
            os.kill(pid, signal.SIGKILL)


def give_way(pid: int, most: int) -> None:
    """Let a process and all below it run after others if they have more than `most` threads."""
    threads = [Path(task).name for each in _family(pid) for task in _tasks(each)]
    if len(threads) > most:
        for thread in threads:
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, int(thread), 19)


def _family(pid: int) -> Iterator[int]:
    """Give a process and all below it, parents first."""
    waiting = [pid]
    while waiting:
        pid = waiting.pop()
        yield pid
        for task in _tasks(pid):
            waiting += map(int, _text(f"{task}/children").split())


def _tasks(pid: int) -> list[str]:
    """Return the folders of a process's threads; the first may have ended before the others."""
    try:
        return [str(path) for path in Path(f"/proc/{pid}/task").iterdir()]
    except OSError:  # it has ended meanwhile
        return []


def _resident(pid: int) -> int:
    each = (_kilobytes(_text(f"{task}/status"), _PARTS) for task in _tasks(pid))
    return next(filter(None, each), 0)


def _shared_out(pid: int) -> int:
    for task in _tasks(pid):
        shares = _kilobytes(_text(f"{task}/smaps_rollup"), ("Pss", "SwapPss"))
        if shares:
            return shares + _kilobytes(_text(f"{task}/status"), ("VmPTE",))
    return _resident(pid)


def _kilobytes(text: str, names: tuple[str, ...]) -> int:
    """Return the sum of some lines of the form `name: 12 kB`, in bytes."""
    fields = (line.partition(":") for line in text.splitlines())
    return 1024 * sum(int(value.split()[0]) for name, _, value in fields if name in names)


def _on_disk(pid: int, folder: str) -> int:
    try:
        disk = os.statvfs(f"/proc/{pid}/root{folder}")
    except OSError:
        return 0
    files = disk.f_files - disk.f_ffree
    return (disk.f_blocks - disk.f_bfree) * disk.f_frsize + files * _FILE


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError:  # it has ended meanwhile
        return ""
