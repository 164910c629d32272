"""How a check asks the learner's function: with copies, and with a look at what comes back."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from engramlab.course import limits, wire
from engramlab.course.checks._outcomes import Outcome, Stopped, Wrong
from engramlab.course.checks._tools import describe_call, show
from engramlab.course.closing import TEACHERS, Closing, UseYourOwn
from engramlab.course.faults import kinds_of, learner_line, one_line


class Ask(ABC):
    """Calls the learner's function with copies of the arguments and looks at what comes back.

    Calling an `Ask` returns plain data. It raises `Wrong` where any answer of that kind is wrong
    (nothing returned, arguments changed, a type that is no data) and `Stopped` where there is no
    answer (the untouched stub, an error, a time-out).
    """

    def __init__(self, signature: str) -> None:
        self.name, _, rest = signature.partition("(")
        self.parameters = [part.strip() for part in rest.rstrip(")").split(",")]
        self.asked: str | None = None
        self.returned: str | None = None
        self._has_answered = False

    @abstractmethod
    def call(self, arguments: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
        """Return the answer, and the arguments as they are after the call."""

    def calls(self, cases: list[tuple[Any, ...]]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
        """Give what `call` returns for each case, where no case hands over a function."""
        return map(self.call, cases)

    def __call__(self, *arguments: Any) -> Any:
        return self._answer(arguments, lambda: self.call(arguments))

    def each(self, cases: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        """Ask many small questions, all before the first answer is judged; give the answers.

        Parameters
        ----------
        cases : iterable of tuples
            The arguments of each call; none of them a function.
        """
        cases = list(cases)
        answers = self.calls(cases)
        for arguments in cases:
            yield self._answer(arguments, lambda: next(answers))

    def _answer(self, arguments: tuple[Any, ...], ask: Callable[[], tuple[Any, Any]]) -> Any:
        """Return an answer as plain data, or raise `Wrong` where any of its kind is wrong."""
        self.asked = describe_call(self.name, self.parameters, arguments)
        self.returned = None
        answer, after = ask()
        if answer is Ellipsis:
            raise self.unwritten()
        try:
            answer = wire.plain(answer)
        except wire.WireError as refusal:
            raise unfit(self.name, str(refusal)) from None
        self.returned = show(answer)
        for parameter, before, now in zip(self.parameters, arguments, after, strict=False):
            if _changed(before, now):
                raise Wrong(CHANGES_INPUT, _unkept(parameter, before))
        if answer is None:
            raise Wrong(RETURNS_NOTHING, f"{self.name} returned None.")
        self._has_answered = True
        return answer

    def unwritten(self, line: str | None = None) -> Stopped:
        """Return the end at what was handed out: of an untouched function, or of a part of one."""
        if self._has_answered:
            return Stopped(Outcome.ERROR, HALF_WRITTEN, line)
        return Stopped(Outcome.NOT_ATTEMPTED, UNTOUCHED)

    def aside(self, *arguments: Any) -> Any:
        """Ask as a call does, and go on showing what was asked and returned before."""
        told = self.asked, self.returned
        answer = self(*arguments)
        self.asked, self.returned = told
        return answer

    def at_edge(self, misconception: str, where: str, *arguments: Any) -> Any:
        """Ask as a call does, where an error is a mistake with a name.

        For the cases that an answer has to tell apart first, such as an empty array.

        Raises
        ------
        Wrong
            If the function stops with an error; the message begins with `where`.
        """
        try:
            return self(*arguments)
        except Stopped as stop:
            if stop.outcome is not Outcome.ERROR:
                raise
            line = f" ({stop.line})" if stop.line else ""
            text = f"{where} Your code stops there{line}: {stop.message}."
            raise Wrong(misconception, text) from None


def unfit(name: str, reason: str) -> Wrong:
    """Return the verdict on an answer that is no data."""
    return Wrong(None, f"{name} returns what cannot be handed in: {reason}.")


def borrowed(text: str) -> Wrong:
    """Return the verdict on an answer that reached something closed, from the text of the error."""
    what = text.removeprefix("UseYourOwn: ")
    return Wrong(BORROWS, f"{what[:1].upper()}{what[1:]}.")


UNTOUCHED = "Nothing to check yet: the function is as it was handed out."
HALF_WRITTEN = (
    "NotImplementedError: for other inputs the function answers, for these it comes to the line "
    "that was handed out with it"
)
CHANGES_INPUT = "changes its input"
RETURNS_NOTHING = "returns nothing"
BORROWS = "calls the package's own model"
COMMON_HINTS = {
    CHANGES_INPUT: "What is handed over is not copied: what you write into it, the caller sees "
    "too.",
    RETURNS_NOTHING: "The result is computed inside the function and lost there. Does the function "
    "end with `return` and the result?",
    BORROWS: "This item asks for your own function, in plain numpy. The package's model may "
    "confirm your result in another cell; inside the function it is closed when you are graded.",
}


ERROR_HINTS = {
    "truth value of an array": "Comparing arrays gives True or False for each element, and `if` "
    "needs a single one. Use the comparison itself, without `if`; `np.where(condition, this, "
    "that)` chooses for each element.",
    "converted to Python scalars": "The functions of `math` take one number. For arrays use "
    "those of numpy: `np.log`, `np.exp`.",
    "bitwise_xor": "A power is written `**` in Python, not `^`.",
    "for ^": "A power is written `**` in Python, not `^`.",
}
"""What to say to an error whose message holds these words."""


def hint_for_error(message: str) -> str | None:
    """Return what to say to a common error, or None."""
    return next((hint for words, hint in ERROR_HINTS.items() if words in message), None)


def _unkept(parameter: str, before: Any) -> str:
    """Say which argument was written into, and how to leave it alone."""
    text = f"After the call, `{parameter}` is no longer what it was. Start from a copy, "
    text += f"`new = {parameter}.copy()`, or build a new "
    if type(before) is np.ndarray:
        return text + f"array: `{parameter} + ...`, not `{parameter} += ...`."
    return text + "one."


class Direct(Ask):
    """Asks a function that lives in this process: the learner's notebook.

    Parameters
    ----------
    function : callable
        The learner's function.
    signature : str
        As in `Item`.
    own_work : tuple of str
        Modules of the package that are closed during a call, beside the course's own checks.
    """

    def __init__(
        self, function: Callable[..., Any], signature: str, own_work: tuple[str, ...] = ()
    ) -> None:
        super().__init__(signature)
        self.function = function
        self.closing = Closing((*own_work, *TEACHERS))

    def call(self, arguments: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
        """Return the function's answer; turn what it raises into `Wrong` or `Stopped`."""
        given = tuple(_copy(argument) for argument in arguments)
        handed = [self.closing.opening(each) if callable(each) else each for each in given]
        try:
            with self.closing, limits.time_limit(limits.CALL_SECONDS):
                return self.function(*handed), given
        except UseYourOwn as refusal:
            raise borrowed(str(refusal)) from None
        except NotImplementedError as error:
            raise self.unwritten(self._own_line(error)) from None
        except limits.TimeUp as up:
            text = (
                f"{self.name} took longer than {limits.CALL_SECONDS:g} s and was stopped. "
                "Does every loop in it come to an end, also where nothing settles?"
            )
            raise Stopped(Outcome.TIMEOUT, text, self._own_line(up)) from None
        except (Exception, SystemExit) as error:
            line, kinds = self._own_line(error), kinds_of(error)
            raise Stopped(Outcome.ERROR, one_line(error), line, kinds) from None

    def _own_line(self, error: BaseException) -> str | None:
        """Return the learner's own line in which an error arose."""
        own = getattr(getattr(self.function, "__code__", None), "co_filename", None)
        return learner_line(error.__traceback__, lambda name: "ipykernel_" in name or name == own)


def _copy(argument: Any) -> Any:
    if type(argument) is np.ndarray:
        return argument.copy()
    if type(argument) is np.random.Generator:
        return wire.decode(wire.encode(argument))
    if type(argument) in (list, tuple):
        return type(argument)(_copy(item) for item in argument)
    if type(argument) is dict:
        return {key: _copy(item) for key, item in argument.items()}
    return argument


def _changed(before: Any, now: Any) -> bool:
    """Return whether data differ; Generators are meant to move, and functions never travel."""
    if before is now or callable(before) or type(before) is np.random.Generator:
        return False
    if type(before) is not type(now):
        return True
    if type(before) is np.ndarray:
        same = before.dtype == now.dtype and before.shape == now.shape
        return not (same and before.tobytes() == now.tobytes())
    if type(before) in (list, tuple):
        return len(before) != len(now) or any(map(_changed, before, now))
    if type(before) is dict:
        return before.keys() != now.keys() or any(_changed(before[k], now[k]) for k in before)
    return bool(before != now)
