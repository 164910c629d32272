"""A clock for code of the learner's that runs in their own notebook."""

import _thread
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

CALL_SECONDS = 10.0
"""How long one call of the learner's function may take; right ones need milliseconds."""


class TimeUp(BaseException):
    """The time is over. Not an `Exception`, so that `except Exception` does not swallow it."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `TimeUp` in the code inside after `seconds`.

    Only the main thread can be interrupted, and only between steps of Python; elsewhere the code
    runs without a limit. Where the system has no alarm, a timer interrupts as Ctrl-C would.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
    elif hasattr(signal, "SIGALRM"):
        before = signal.signal(signal.SIGALRM, _ring)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)
    else:
        with _interrupting_timer(seconds):
            yield


def _ring(*_: object) -> None:
    raise TimeUp


@contextmanager
def _interrupting_timer(seconds: float) -> Iterator[None]:
    rung = threading.Event()

    def ring() -> None:
        rung.set()
        _thread.interrupt_main()

    timer = threading.Timer(seconds, ring)
    timer.daemon = True
    timer.start()
    try:
        yield
    except KeyboardInterrupt as interrupt:
        if rung.is_set():
            raise TimeUp from interrupt
        raise
    finally:
        timer.cancel()
