"""A function that never ends is stopped by the instant check, and the notebook goes on."""

import signal
import threading

import numpy as np
import pytest

from engramlab.course import limits
from engramlab.course.checks import Outcome, item

ITEM = item("08", "recall")


def never_settles(W, cue, rng, max_sweeps):  # noqa: ARG001
    state = cue
    while True:
        state = np.sign(W @ state)


def never_settles_and_hides_it(W, cue, rng, max_sweeps):  # noqa: ARG001
    while True:
        try:
            cue = np.sign(W @ cue)
        except Exception:
            cue = -cue


@pytest.fixture
def _short(monkeypatch):
    monkeypatch.setattr(limits, "CALL_SECONDS", 0.2)


@pytest.mark.usefixtures("_short")
@pytest.mark.parametrize("function", [never_settles, never_settles_and_hides_it])
def test_an_endless_loop_is_stopped_and_named(function):
    verdict = ITEM.check(function, seed=1)
    assert verdict.outcome is Outcome.TIMEOUT
    assert "took longer than 0.2 s" in verdict.message
    assert verdict.points == 0
    assert verdict.line


@pytest.mark.usefixtures("_short")
def test_no_clock_is_left_running():
    ITEM.check(never_settles, seed=1)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) is not limits._ring


def test_the_timer_of_systems_without_an_alarm():
    def endless():
        with limits._interrupting_timer(0.1):
            while True:
                pass

    with pytest.raises(limits.TimeUp):
        endless()


def test_another_thread_runs_without_a_limit():
    seen = []

    def run():
        with limits.time_limit(0.001):
            seen.append(sum(range(200_000)))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert seen == [sum(range(200_000))]
