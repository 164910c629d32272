"""The grader's side of one submission: a child process, and the learner's functions as questions.

A child that hangs, crashes or answers out of turn is ended and costs the item that was asked. The
next question starts a new child, which runs the notebook again without the cells that hung or
crashed.
"""

import contextlib
import inspect
import re
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from engramlab.course import wire
from engramlab.course.checks import Item, Outcome, Stopped, Wrong
from engramlab.course.checks._asks import Ask, borrowed, unfit
from engramlab.course.faults import LONGEST_SENT, one_line, shorten
from engramlab.course.grading.children import KEPT_OUTPUT, MOST_NOTES, Child, Ended, Message, listed
from engramlab.course.grading.places import without_places
from engramlab.course.grading.sandbox import Launcher, Limits

START_S = 60.0
USED_UP = "The whole notebook took longer than"
"""How the verdict begins on what there was no time for."""
Ours = tuple[Callable[..., Any], inspect.Signature]
"""A function of the grader's that a learner's may call, and how it is called."""


class Session:
    """The notebook of one learner, run in as many children as it takes."""

    def __init__(
        self, cells: list[str], items: tuple[Item, ...], launcher: Launcher, limits: Limits
    ) -> None:
        self.cells = cells
        self.items = items
        self.launcher = launcher
        self.limits = limits
        self.child: Child | None = None
        self.names: list[str] = []
        self.borrowing: set[str] = set()
        self.refused: set[str] = set()
        self.failed: dict[int, Stopped | Wrong] = {}
        self.fatal: set[int] = set()
        self.deadline = time.monotonic() + limits.submission_s
        self.output = ""

    def seconds(self, allowed: float) -> float:
        """Return the time that the next step may take, or raise `Stopped` when all is used up."""
        self.check_time()
        return min(allowed, self.deadline - time.monotonic())

    def check_time(self) -> None:
        """Raise `Stopped` when the time of the whole notebook is used up."""
        if time.monotonic() >= self.deadline:
            raise Stopped(Outcome.TIMEOUT, f"{USED_UP} {self.limits.submission_s:g} s.")

    def definers(self, name: str) -> list[int]:
        """Return the cells that define a function of that name."""
        pattern = re.compile(rf"^(?:async\s+)?def\s+{re.escape(name)}\s*\(", re.MULTILINE)
        return [number for number, source in enumerate(self.cells) if pattern.search(source)]

    def ready(self) -> Child:
        """Return a child that has run the notebook; start one if there is none."""
        if self.child is not None and self.child.owes:
            self.drop()
        while self.child is None:
            child = Child(self.launcher, self.limits)
            try:
                self._run(child)
            except (Ended, Stopped) as end:
                self._close(child)
                if isinstance(end, Stopped):
                    raise
            else:
                self.child = child
        return self.child

    def _run(self, child: Child) -> None:
        try:
            bounds = self.limits.resources() | self.launcher.resources()
            order: Message = {"do": "start", "limits": bounds}
            child.ask(order, self.seconds(START_S))
        except Ended as end:
            raise Stopped(
                Outcome.CRASHED, f"The learner's process did not start: it {end}."
            ) from None
        for number, source in enumerate(self.cells):
            if number in self.fatal:
                continue
            order = {"do": "cell", "number": number, "source": source}
            try:
                reply = child.ask(order, self.seconds(self.limits.cell_s))
            except Ended as end:
                self.check_time()
                self.fatal.add(number)
                self.failed[number] = Stopped(end.outcome, f"The cell that defines it {end.text}.")
                raise
            if reply.get("kind") == "own work":
                self.failed[number] = borrowed(told(reply)[0])
            elif reply.get("ok") is not True:
                self.failed[number] = Stopped(Outcome.ERROR, *told(reply))
        functions = {item.function: item.own_work for item in self.items}
        order = {"do": "functions", "names": functions}
        try:
            reply = child.ask(order, self.seconds(self.limits.cell_s))
        except Ended as end:
            raise Stopped(end.outcome, f"After its last cell the notebook {end.text}.") from None
        self.names = [name for name in functions if name in listed(reply, "names")]
        self.borrowing = set(functions) & set(listed(reply, "borrowing"))
        self.refused.update(listed(reply, "refused")[:MOST_NOTES])

    def drop(self) -> None:
        """End the child; the next question starts another."""
        if self.child is not None:
            self._close(self.child)
            self.child = None

    def _close(self, child: Child) -> None:
        child.stop()
        self.refused |= child.noted
        self.output = (self.output + child.output.decode("utf-8", "replace"))[:KEPT_OUTPUT]


class Remote(Ask):
    """Asks a learner's function in the child of a session."""

    def __init__(self, session: Session, item: Item) -> None:
        super().__init__(item.signature)
        self.session = session
        self.item = item
        self.is_borrowing = False

    def call(self, arguments: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
        """Return the answer and the arguments after the call; turn failures into `Stopped`."""
        own = {p: a for p, a in zip(self.parameters, arguments, strict=True) if callable(a)}
        sent = tuple(
            wire.Function(parameter) if parameter in own else argument
            for parameter, argument in zip(self.parameters, arguments, strict=True)
        )
        ours = {name: (function, inspect.signature(function)) for name, function in own.items()}
        with self._asking([sent]) as (child, order, seconds):
            reply = child.ask(order, seconds, lambda wish: answered(wish, ours))
        return self._judged(reply, arguments)

    def calls(self, cases: list[tuple[Any, ...]]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
        """Give what `call` returns for each case; the child is asked all of them at once."""
        with self._asking(cases) as (child, order, seconds):
            replies = child.ask_each(order, len(cases), seconds, self.session.deadline)
            for reply, case in zip(replies, cases, strict=False):
                yield self._judged(reply, case)

    @contextlib.contextmanager
    def _asking(self, cases: list[tuple[Any, ...]]) -> Iterator[tuple[Child, Message, float]]:
        """Give a child, what to ask of it and the seconds of one call; it may end meanwhile."""
        child = self.session.ready()
        if self.name not in self.session.names:
            raise self._missing()
        modules = list(self.item.own_work)
        order = {"do": "call", "name": self.name, "cases": cases, "own_work": modules}
        seconds = self.session.seconds(self.session.limits.call_s)
        try:
            yield child, order, seconds
        except Ended as end:
            self.session.drop()
            self.session.check_time()
            raise Stopped(end.outcome, f"The call {end.text}.") from None

    def _judged(self, reply: Message, arguments: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
        text, line = told(reply)
        kind = reply.get("kind")
        if reply.get("ok") is True:
            changed = reply.get("changed")
            if type(changed) is not dict or "returned" not in reply:
                self.session.drop()
                raise Stopped(Outcome.CRASHED, "The call sent something that is no answer.")
            return reply["returned"], tuple(
                argument if callable(argument) else changed.get(str(place), argument)
                for place, argument in enumerate(arguments)
            )
        if kind == "stub":
            raise self.unwritten(line)
        if kind == "type":
            raise unfit(self.name, text.partition(": ")[2])
        if kind == "own work":
            self.is_borrowing = True
            raise borrowed(text)
        raise Stopped(Outcome.ERROR, text, line, listed(reply, "kinds"))

    def _missing(self) -> Stopped | Wrong:
        """Return why there is no function of that name: its cell failed, or there is none."""
        failures = [self.session.failed.get(number) for number in self.session.definers(self.name)]
        for failure in reversed(failures):
            if failure is not None:
                self.is_borrowing = isinstance(failure, Wrong)
                return failure
        return Stopped(
            Outcome.NOT_ATTEMPTED, f"The notebook holds no function with the name {self.name}."
        )


def answered(wish: Message, ours: Mapping[str, Ours]) -> Message:
    """Call the grader's own function for the child and return the message with its result."""
    name, arguments, keywords = (wish.get(k) for k in ("callback", "arguments", "keywords"))
    if (
        type(name) is not str
        or name not in ours
        or type(arguments) is not tuple
        or type(keywords) is not dict
    ):
        return {"ok": False, "kind": "ValueError", "text": "there is no such function"}
    function, signature = ours[name]
    try:
        signature.bind(*arguments, **keywords)
        returned = function(*arguments, **keywords)
        # Of the arguments only a Generator has moved; arrays would travel back for nothing.
        given = (*arguments, *keywords.values())
        moved = tuple(each if hasattr(each, "bit_generator") else None for each in given)
        return {"ok": True, "returned": returned, "after": moved}
    except Exception as error:
        kind = type(error).__name__
        text = str(error) if kind in ("TypeError", "ValueError") else one_line(error)
        return {"ok": False, "kind": kind, "text": text}


def told(reply: Message) -> tuple[str, str | None]:
    """Return the text and the line of a failure, whatever the child put there."""
    text, line = (
        shorten(without_places(value[:LONGEST_SENT])) if type(value) is str else None
        for value in (reply.get("text"), reply.get("line"))
    )
    return text or "an error without a text", line
