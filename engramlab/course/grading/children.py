"""One running process of a learner, and the line to it.

Whatever the process does, a question ends in time, and what the grader holds for it stays small.
"""

import contextlib
import queue
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from engramlab.course import wire
from engramlab.course.checks import Outcome
from engramlab.course.grading.clocks import Clock, seconds_until
from engramlab.course.grading.memory import end_all, give_way, used_together
from engramlab.course.grading.sandbox import PREFIX, Launcher, Limits
from engramlab.course.limits import TimeUp

Message = dict[str, Any]
KEPT_OUTPUT = 20_000
WATCH_S = 0.2
CROWD = 20
"""Threads of a child above which it may slow others that are graded at the same time."""
MOST_CALLBACKS = 100_000
MOST_TIMES, MOST_BYTES = 16, 2**16
"""A callback holds at most so many times the bytes of the question, and so many more."""
MOST_NOTES, LONGEST_NOTE = 10, 100
NO_ANSWER = "sent something that is no answer"


class Ended(Exception):
    """The child is no more: it took too long, or ended on its own."""

    def __init__(self, outcome: Outcome, text: str) -> None:
        super().__init__(text)
        self.outcome = outcome
        self.text = text


class Child:
    """One running process and the line to it; no call waits longer than it is allowed to."""

    def __init__(self, launcher: Launcher, limits: Limits) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True)
        self.process = launcher.launch(Path(self._folder.name))
        self.output = b""
        self.noted: set[str] = set()
        self.owes = 0
        """Answers of `ask_each` that have not come. Whoever wants none of them ends the child."""
        self._disk = launcher.disk
        self._memory = limits.memory_together
        self._overuse = ""
        self._heard = False
        self._closed = threading.Event()
        self._inbox: queue.Queue[bytes | None] = queue.Queue(maxsize=1)
        self._outbox: queue.Queue[bytes] = queue.Queue(maxsize=1)
        for work in (self._read, self._write, self._drain, self._watch):
            threading.Thread(target=work, daemon=True).start()

    def ask(
        self,
        message: Message,
        seconds: float,
        callback: Callable[[Message], Message] | None = None,
    ) -> Message:
        """Return the child's answer to one message.

        Parameters
        ----------
        message : dict
            What is asked.
        seconds : float
            The time for all of it, the callbacks included.
        callback : callable, optional
            Answers what the child asks in turn, `MOST_CALLBACKS` times at most. What it is handed
            is not much larger than the question was.

        Raises
        ------
        Ended
            If there is none within `seconds`, or the child ends or sends what is no answer.
        """
        deadline = time.monotonic() + seconds
        turn, question = marked(message)
        with _in_time(seconds), Clock(seconds) as clock:
            self._send(question, deadline)
            for _ in range(MOST_CALLBACKS):
                data = self._inbox.get(timeout=seconds_until(deadline))
                reply, *more = self._replies(data, turn)
                if "callback" not in reply and not more:
                    return reply
                if callback is None or more:
                    raise Ended(Outcome.CRASHED, NO_ANSWER)
                if len(data or b"") > MOST_TIMES * len(question) + MOST_BYTES:
                    raise Ended(Outcome.CRASHED, "called back with more data than it was given")
                with clock.over_this():
                    answer = callback(reply)
                self._send(wire.encode(answer | {"turn": turn}), deadline)
        raise Ended(Outcome.CRASHED, f"called back more than {MOST_CALLBACKS} times")

    def ask_each(
        self, message: Message, number: int, seconds: float, deadline: float
    ) -> Iterator[Message]:
        """Give the child's answers to a message that asks several things, in their order.

        Parameters
        ----------
        message : dict
            What is asked.
        number : int
            How many answers there should be. One that tells of a failure is the last.
        seconds : float
            The time for each of them.
        deadline : float
            When the time for all of them ends, as `time.monotonic` tells it.

        Raises
        ------
        Ended
            As of `ask`.
        """
        turn, question = marked(message)
        self.owes = number
        with _in_time(seconds):
            self._send(question, time.monotonic() + seconds)
            while self.owes > 0:
                limit = min(time.monotonic() + seconds + wire.GATHER_S, deadline)
                replies = self._replies(self._inbox.get(timeout=seconds_until(limit)), turn)
                if len(replies) > self.owes:
                    raise Ended(Outcome.CRASHED, NO_ANSWER)
                failed = replies[-1].get("ok") is not True
                self.owes = 0 if failed else self.owes - len(replies)
                yield from replies

    def _replies(self, data: bytes | None, turn: int) -> list[Message]:
        """Return what a frame holds, one reply or several to the question with that mark."""
        if data is None:
            raise Ended(Outcome.CRASHED, self._how_it_ended())
        replies = wire.decode_all(data)
        for reply in replies:
            if type(reply) is not dict or reply.pop("turn", None) != turn:
                raise Ended(Outcome.CRASHED, NO_ANSWER)
            if len(self.noted) < MOST_NOTES:
                self.noted.update(listed(reply, "noted")[:MOST_NOTES])
        return replies

    def stop(self) -> None:
        """End the process and whatever it started, and remove its folder."""
        self._closed.set()
        end_all(self.process)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(10)
        self._folder.cleanup()

    def _how_it_ended(self) -> str:
        if self._overuse:
            return self._overuse
        try:
            code = self.process.wait(5)
        except subprocess.TimeoutExpired:
            return "closed the line to the grader"
        if code < 0:
            with contextlib.suppress(ValueError):
                return f"was ended by the signal {signal.Signals(-code).name}"
        return f"ended Python with exit code {code}"

    def _send(self, data: bytes, deadline: float) -> None:
        self._outbox.put(len(data).to_bytes(8, "little") + data, timeout=seconds_until(deadline))

    def _write(self) -> None:
        stream = self._stream(self.process.stdin)
        while not self._closed.is_set():
            try:
                stream.write(self._outbox.get(timeout=0.2))
                stream.flush()
            except queue.Empty:
                continue
            except (OSError, ValueError):
                break
        with contextlib.suppress(OSError, ValueError):
            stream.close()

    def _read(self) -> None:
        with self._stream(self.process.stdout) as stream:
            while True:
                head = stream.read(8)
                size = int.from_bytes(head, "little")
                data = stream.read(size) if len(head) == 8 and size <= wire.LARGEST else b""
                whole = data if data and len(data) == size else None
                self._heard = True
                while not self._closed.is_set():
                    with contextlib.suppress(queue.Full):
                        self._inbox.put(whole, timeout=0.2)
                        break
                if whole is None or self._closed.is_set():
                    return

    def _drain(self) -> None:
        """Read what the learner prints, keep the beginning, and let the rest go."""
        with self._stream(self.process.stderr) as stream:
            while data := stream.read1(65536):  # type: ignore[attr-defined]
                self.output += data[: KEPT_OUTPUT - len(self.output)]

    def _watch(self) -> None:
        """End the child when all its processes use too much memory; put a crowd behind others."""
        while sys.platform == "linux" and not self._closed.wait(WATCH_S):
            if not self._heard or self.process.returncode is not None:
                continue
            if used_together(self.process.pid, self._disk, self._memory) > self._memory:
                self._overuse = f"used more than {self._memory / 2**30:.3g} GB of memory"
                end_all(self.process)
                return
            give_way(self.process.pid, CROWD)

    @staticmethod
    def _stream(stream: IO[bytes] | None) -> IO[bytes]:
        assert stream is not None
        return stream


def marked(message: Message) -> tuple[int, bytes]:
    """Return a mark, and a question as bytes that carries it.

    An answer that was prepared before cannot know the mark.
    """
    turn = secrets.randbits(60)
    return turn, wire.encode(message | {"turn": turn})


def listed(reply: Message, key: str) -> list[str]:
    """Return a list of short printable texts out of a reply, whatever the child put there."""
    value = reply.get(key)
    found = value if type(value) is list else []
    texts = [item[:LONGEST_NOTE] for item in found if type(item) is str]
    return ["".join(c if c.isprintable() else "?" for c in text) for text in texts]


@contextlib.contextmanager
def _in_time(seconds: float) -> Iterator[None]:
    """Turn what comes too late, or is no message, into the end of the child."""
    try:
        yield
    except (queue.Empty, queue.Full, TimeUp):
        raise Ended(Outcome.TIMEOUT, f"took longer than {seconds:g} s") from None
    except wire.WireError:
        raise Ended(Outcome.CRASHED, NO_ANSWER) from None
