"""Clocks for the grader's own code, which a learner's process may keep busy in any thread."""

import contextlib
import ctypes
import threading
import time
from collections.abc import Iterator

from engramlab.course.limits import TimeUp


def seconds_until(deadline: float) -> float:
    """Return the seconds until then; raise `TimeUp` if there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeUp
    return left


class Clock:
    """Raises `TimeUp` in Python code that goes on for too long, in whatever thread it runs.

    Used as a context; within it, `over_this` are the parts that the bell ends.
    """

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds
        self._lock = threading.Lock()
        self._thread: int | None = None
        self._timer: threading.Timer | None = None

    def __enter__(self) -> "Clock":
        return self

    def __exit__(self, *_error: object) -> None:
        if self._timer is not None:
            self._timer.cancel()

    @contextlib.contextmanager
    def over_this(self) -> Iterator[None]:
        """Raise `TimeUp` in the code inside when the time is over, or was over before."""
        left = seconds_until(self._end)
        if self._timer is None:
            self._timer = threading.Timer(left, self._ring)
            self._timer.daemon = True
            self._timer.start()
        mine = threading.get_ident()
        with self._lock:
            self._thread = mine
        try:
            yield
        finally:
            with self._lock:
                self._thread = None
                _raise_in(mine, None)

    def _ring(self) -> None:
        with self._lock:
            if self._thread is not None:
                _raise_in(self._thread, TimeUp)


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    """Raise an error in a thread at its next step in Python; None takes back one not yet raised."""
    what = None if error is None else ctypes.py_object(error)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), what)
