"""Stopping a run: what is asked of it from outside, and the learners' processes that still run."""

import contextlib
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from engramlab.course.grading.memory import end_all
from engramlab.course.grading.sandbox import Launcher

LONGEST_S = 20.0
"""What those at work may take to notice that their processes are gone."""


class Stopped(RuntimeError):
    """The run is over, and nothing is begun any more."""


class Stoppable:
    """A launcher whose processes can all be ended at once, from another thread.

    Parameters
    ----------
    launcher : Launcher
        Starts the processes.
    """

    def __init__(self, launcher: Launcher) -> None:
        self.label = launcher.label
        self.disk = launcher.disk
        self.resources = launcher.resources
        self._launcher = launcher
        self._changed = threading.Condition()
        self._started: list[subprocess.Popen[bytes]] = []
        self._at_work = 0
        self._is_over = False

    @contextlib.contextmanager
    def at_work(self) -> Iterator[None]:
        """Count who works with these processes, or raise `Stopped` when the run is over."""
        with self._changed:
            if self._is_over:
                raise Stopped("the run was stopped")
            self._at_work += 1
        try:
            yield
        finally:
            with self._changed:
                self._at_work -= 1
                self._changed.notify_all()

    def launch(self, folder: Path) -> "subprocess.Popen[bytes]":
        """Start a process; when the run is over it is ended at once."""
        process = self._launcher.launch(folder)
        with self._changed:
            self._started = [one for one in self._started if one.returncode is None]
            self._started.append(process)
            if self._is_over:
                end_all(process)
        return process

    def stop(self) -> None:
        """End all processes, let none live that is started now, and wait for those at work."""
        with self._changed:
            self._is_over = True
            for process in self._started:
                end_all(process)
            self._changed.wait_for(lambda: self._at_work == 0, LONGEST_S)


@contextlib.contextmanager
def like_an_interrupt() -> Iterator[None]:
    """Take a request to end, as of `kill` or of a terminal that closes, for one of the keyboard."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    names = ("SIGTERM", "SIGHUP")
    before: dict[int, Any] = {}
    for number in [getattr(signal, name) for name in names if hasattr(signal, name)]:
        if signal.getsignal(number) == signal.SIG_DFL:  # `nohup` has asked for no hang-up
            before[number] = signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
