"""The process that runs a learner's notebook for the grader.

It reads messages from the descriptor that was its standard input and answers on the one that was
its standard output; both are moved aside before any code of the learner runs, so that prints go
elsewhere. It knows neither checks nor answers. Everything it says is judged by the parent.
"""

import contextlib
import linecache
import os
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any, BinaryIO

from numpy.random import Generator

from engramlab.course import borrowing, cells, faults, noting, wire
from engramlab.course.closing import TEACHERS, Closing, NoImport, UseYourOwn

Message = dict[str, Any]


SHARED = "ENGRAMLAB_SHARED"
"""The variable that names a read-only folder of caches, prepared for all children of a run."""


def main() -> None:
    """Serve the parent until it closes the line."""
    adopt(os.environ.pop(SHARED, None))
    line = Line(os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb"))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    notebook = Notebook(line, noting.begin())
    while (message := line.receive()) is not None:
        notebook.answer(message)


def adopt(shared: str | None) -> None:
    """Link what was prepared into this process's own folder of caches, where it may write too."""
    if shared is None:
        return
    own = Path(os.environ["HOME"]) / "cache"
    for path in Path(shared).rglob("*"):
        mine = own / path.relative_to(shared)
        if path.is_dir():
            mine.mkdir(parents=True, exist_ok=True)
        else:
            mine.parent.mkdir(parents=True, exist_ok=True)
            mine.symlink_to(path)
    os.environ["NUMBA_CACHE_DIR"] = str(own / "numba")


class Line:
    """Frames of a length and a value, over two descriptors."""

    def __init__(self, source: BinaryIO, sink: BinaryIO) -> None:
        self.source = source
        self.sink = sink

    def receive(self) -> Message | None:
        """Return the next message, or None when the parent is gone."""
        head = self.source.read(8)
        if len(head) < 8:
            return None
        size = int.from_bytes(head, "little")
        message: Message = wire.decode(self.source.read(size))
        return message

    def send(self, data: bytes) -> None:
        """Send one encoded message."""
        self.sink.write(len(data).to_bytes(8, "little") + data)
        self.sink.flush()


class Gathering:
    """Sends the answers to one message together; while a call takes long, those before it."""

    def __init__(self, line: Line, number: int) -> None:
        self.line = line
        self.lock = Lock()
        self.ended = Event()
        self.gathered = b""
        if number > 1:
            with contextlib.suppress(RuntimeError):  # there may be no thread left
                Thread(target=self.send_now_and_then, daemon=True).start()

    def __enter__(self) -> "Gathering":
        return self

    def __exit__(self, *_error: object) -> None:
        self.ended.set()
        self.send()

    def add(self, answer: bytes) -> None:
        """Send an answer with the others."""
        if len(self.gathered) + len(answer) > wire.GATHER_BYTES:
            self.send()
        with self.lock:
            self.gathered += answer

    def send(self) -> None:
        """Send what there is."""
        with self.lock:
            if self.gathered:
                self.line.send(self.gathered)
            self.gathered = b""

    def send_now_and_then(self) -> None:
        """Send what there is each time that some has waited."""
        while not self.ended.wait(wire.GATHER_S):
            self.send()


class Notebook:
    """The learner's names, and what may be asked of them."""

    def __init__(self, line: Line, noted: Callable[[], list[str]]) -> None:
        self.line = line
        self.noted = noted
        self.turn: int | None = None
        module = types.ModuleType("__main__")
        sys.modules["__main__"] = module
        self.names = module.__dict__
        self.names["display"] = lambda *_values, **_options: None
        self.names["get_ipython"] = lambda: None
        self.closed = NoImport(TEACHERS)
        sys.meta_path.insert(0, self.closed)
        self.between_calls: Closing | None = None

    def answer(self, message: Message) -> None:
        """Do what one message asks, and say so; whatever goes wrong is part of the answer."""
        self.turn = message.get("turn")
        if message["do"] == "call":
            self.calls(message)
        else:
            todo = {"start": self.start, "cell": self.cell, "functions": self.functions}
            self.line.send(self.encoded(todo[message["do"]](message)))

    def encoded(self, reply: Message) -> bytes:
        """Return a reply as bytes, with the mark of its question and what was noted so far."""
        return wire.encode(reply | {"turn": self.turn, "noted": self.noted()})

    def start(self, message: Message) -> Message:
        """Take on the limits of this process."""
        limit_resources(message["limits"])
        return {"ok": True}

    def cell(self, message: Message) -> Message:
        """Run one cell."""
        name = f"{cells.FILE}{message['number']}>"
        source = cells.without_whole_cell_magic(message["source"])
        try:
            try:
                code = compile(source, name, "exec")
            except SyntaxError:
                code = compile(cells.without_magics(source), name, "exec")
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            line = None
            if isinstance(error, SyntaxError) and error.lineno:
                line = f"line {error.lineno}: {faults.shorten((error.text or '').strip())}"
            return failure("error", error, line)
        lines = [f"{text}\n" for text in source.split("\n")]
        linecache.cache[name] = (len(source), None, lines, name)
        try:
            exec(code, self.names)
        except UseYourOwn as error:
            return failure("own work", error)
        except BaseException as error:
            return failure("error", error)
        return {"ok": True}

    def functions(self, message: Message) -> Message:
        """Say which of some names are functions, which borrow from the package, what was refused.

        `message["names"]` holds for each name the modules from which it may not borrow. From here
        on they are closed between the calls too: what the notebook changed in numpy may run while a
        question is read.
        """
        found = {name: self.names.get(name) for name in message["names"]}
        found = {name: value for name, value in found.items() if callable(value)}
        own_work = {name: tuple(modules) for name, modules in message["names"].items()}
        if self.between_calls is None:
            self.between_calls = Closing(tuple({m for each in own_work.values() for m in each}))
            self.between_calls.__enter__()
        return {
            "ok": True,
            "names": list(found),
            "borrowing": [n for n, value in found.items() if borrows(value, own_work[n])],
            "refused": self.closed.refused[:10],
        }

    def calls(self, message: Message) -> None:
        """Call a function of the learner with one case after the other, up to the first failure."""
        with Gathering(self.line, len(message["cases"])) as gathering:
            for arguments in message["cases"]:
                well, answer = self.call(message["name"], arguments, tuple(message["own_work"]))
                gathering.add(answer)
                if not well:
                    break

    def call(self, name: str, arguments: Any, own_work: tuple[str, ...]) -> tuple[bool, bytes]:
        """Call a function of the learner; return its answer, and whether it is one.

        It is made into bytes before the package is open again, so that nothing can use it to write
        into an answer that was given already.
        """
        handed = [self.received(argument) for argument in arguments]
        try:
            before = [self.seen(argument) for argument in handed]
            with self.closing(own_work):
                returned = self.names[name](*handed)
                return self.finished(returned, handed, before)
        except NotImplementedError as error:
            return self.failed("stub", error)
        except UseYourOwn as error:
            return self.failed("own work", error)
        except BaseException as error:
            return self.failed("error", error)

    def failed(self, kind: str, error: BaseException) -> tuple[bool, bytes]:
        """Return an encoded answer that tells of an error."""
        return False, self.encoded(failure(kind, error))

    @contextlib.contextmanager
    def closing(self, modules: tuple[str, ...]) -> Iterator[None]:
        """Close some modules, and open the others that are closed between the calls."""
        if self.between_calls is None or set(modules) == set(self.between_calls.modules):
            yield
            return
        with self.between_calls.lifted(), Closing(modules):
            yield

    def finished(self, returned: Any, handed: list[Any], before: list[bytes]) -> tuple[bool, bytes]:
        """Return what a call gave, and the arguments that it changed by their places, encoded."""
        if returned is Ellipsis:
            return self.failed("stub", NotImplementedError())
        try:
            changed = {
                str(place): self.sent(argument)
                for place, (argument, old) in enumerate(zip(handed, before, strict=True))
                if self.seen(argument) != old
            }
            return True, self.encoded({"ok": True, "returned": returned, "changed": changed})
        except BaseException as error:
            return self.failed("type", error)

    def received(self, argument: Any) -> Any:
        """Return an argument as the learner's function gets it."""
        if isinstance(argument, wire.Function):
            return self.proxy(argument.name)
        return argument

    def sent(self, argument: Any) -> Any:
        """Return an argument as it travels back."""
        name = getattr(argument, "__wire_name__", None)
        return wire.Function(name) if callable(argument) and type(name) is str else argument

    def seen(self, argument: Any) -> bytes:
        """Return an argument as bytes, to see whether a call changes it; a Generator may move."""
        return b"" if type(argument) is Generator else wire.encode(self.sent(argument))

    def proxy(self, name: str) -> Callable[..., Any]:
        """Return a function that asks the parent to call its own function of that name."""

        def function(*arguments: Any, **keywords: Any) -> Any:
            order = {"callback": name, "arguments": arguments, "keywords": keywords}
            self.line.send(self.encoded(order))
            reply = self.line.receive()
            if reply is None:
                os._exit(0)
            if not reply["ok"]:
                raise {"TypeError": TypeError}.get(reply["kind"], ValueError)(reply["text"])
            given = (*arguments, *keywords.values())
            for mine, moved in zip(given, reply["after"], strict=True):
                if hasattr(mine, "bit_generator"):
                    mine.bit_generator.state = moved.bit_generator.state
            return reply["returned"]

        function.__name__ = function.__qualname__ = name
        function.__wire_name__ = name  # type: ignore[attr-defined]
        return function


def borrows(value: Any, modules: tuple[str, ...]) -> bool:
    """Return whether a function uses some modules, or cannot be looked into."""
    try:
        return borrowing.mentions(value, modules)
    except BaseException:
        return True


def failure(kind: str, error: BaseException, line: str | None = None) -> Message:
    """Return the message that tells of an error: its text and the learner's own line."""
    try:
        text = faults.one_line(error, faults.LONGEST_SENT)
    except BaseException:
        text = type(error).__name__
    if line is None:
        line = faults.learner_line(error.__traceback__, lambda name: name.startswith(cells.FILE))
    said = {"text": faults.without_addresses(text), "line": line, "kinds": faults.kinds_of(error)}
    return {"ok": False, "kind": kind} | said


def limit_resources(limits: dict[str, int]) -> None:
    """Set the limits that this system knows; they hold for whatever the learner starts too."""
    try:
        import resource
    except ImportError:  # Windows has none
        return
    for name, value in limits.items():
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        _, hard = resource.getrlimit(kind)
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (value, value))


if __name__ == "__main__":
    main()
