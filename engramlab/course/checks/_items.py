"""What an item of an exercise is, and how an answer to it becomes a verdict.

An item asks the learner for one function. Its `examine` calls that function on fresh random inputs
and compares what comes back with its own calculation. The same `examine` runs in the learner's
notebook (`Item.check`), in nbgrader's test cells and in the batch grader (`Item.judge` with the
learner's function in another process), so the three never disagree.
"""

import secrets
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from engramlab.course import wire
from engramlab.course.checks._outcomes import Outcome, Stopped, Verdict, Wrong
from engramlab.course.checks._tools import describe_call, show
from engramlab.course.faults import (
    does_nothing,
    learner_line,
    mentions,
    one_line,
    public_names,
)

RUBRIC = (
    "states the result with its number",
    "names the control",
    "names one thing that the model leaves out",
    "says what result would change the conclusion",
)
"""The free-text item of every exercise: one point each, given by the teacher."""


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

    @abstractmethod
    def call(self, arguments: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
        """Return the answer, and the arguments as they are after the call."""

    def __call__(self, *arguments: Any) -> Any:
        self.asked = describe_call(self.name, self.parameters, arguments)
        self.returned = None
        answer, after = self.call(arguments)
        if answer is Ellipsis:
            raise Stopped(Outcome.NOT_ATTEMPTED, UNTOUCHED)
        try:
            answer = wire.plain(answer)
        except wire.WireError as refusal:
            raise unfit(self.name, str(refusal)) from None
        self.returned = show(answer)
        for parameter, before, now in zip(self.parameters, arguments, after, strict=False):
            if _changed(before, now):
                raise Wrong(
                    CHANGES_INPUT, f"After the call, `{parameter}` is no longer what it was."
                )
        if answer is None:
            raise Wrong(RETURNS_NOTHING, f"{self.name} returned None.")
        return answer


def unfit(name: str, reason: str) -> Wrong:
    """Return the verdict on an answer that is no data."""
    return Wrong(None, f"{name} returns what cannot be handed in: {reason}.")


UNTOUCHED = "Nothing to check yet: the function is as it was handed out."
CHANGES_INPUT = "changes its input"
RETURNS_NOTHING = "returns nothing"
BORROWS = "calls the package's own model"
COMMON_HINTS = {
    CHANGES_INPUT: "An array is handed over, not copied: what you write into it, the caller sees "
    "too. Start from a copy, `state = cue.copy()`, or build a new array.",
    RETURNS_NOTHING: "The result is computed inside the function and lost there. Does the function "
    "end with `return` and the result?",
    BORROWS: "This item asks for your own function, in plain numpy. The package's model may "
    "confirm your result in another cell; inside the function it is closed when you are graded.",
}


class Direct(Ask):
    """Asks a function that lives in this process: the learner's notebook."""

    def __init__(self, function: Callable[..., Any], signature: str) -> None:
        super().__init__(signature)
        self.function = function

    def call(self, arguments: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
        """Return the function's answer; turn what it raises into `Stopped`."""
        given = tuple(_copy(argument) for argument in arguments)
        try:
            return self.function(*given), given
        except NotImplementedError:
            raise Stopped(Outcome.NOT_ATTEMPTED, UNTOUCHED) from None
        except (Exception, SystemExit) as error:
            code = getattr(self.function, "__code__", None)
            own = getattr(code, "co_filename", None)
            line = learner_line(
                error.__traceback__, lambda name: "ipykernel_" in name or name == own
            )
            raise Stopped(Outcome.ERROR, one_line(error), line) from None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Item:
    """One function that an exercise, or a lesson's own check, asks for.

    Parameters
    ----------
    name : str
        The id in `L.check("...")`: the function's name, or "a" for the lesson's own check.
    lesson : str
        Two digits, such as "08".
    title, statement : str
        A heading and one or two sentences that say what is asked.
    signature : str
        The call, such as ``recall(W, cue, rng, max_sweeps)``.
    points : float
        Full marks. Those of a stretch item come on top of the exercise's maximum.
    hints : tuple of two str
        Hints of rising strength, shown by `L.hint`.
    misconceptions : mapping
        The hint for each wrong answer that `examine` knows by name.
    examine : function
        ``examine(ask, rng)`` calls ``ask(*arguments)`` and raises `Wrong`, or returns when right.
    own_work : tuple of str
        Modules of the package that solve the item and so may not be called by a graded answer.
    solution : str or None
        The reference answer's source where it is not kept in `course/answers`.
    """

    name: str
    lesson: str
    title: str
    statement: str
    signature: str
    points: float
    hints: tuple[str, str]
    examine: Callable[[Ask, np.random.Generator], None]
    misconceptions: Mapping[str, str] = field(default_factory=dict)
    graded: bool = True
    stretch: bool = False
    own_work: tuple[str, ...] = ()
    solution: str | None = None

    @property
    def function(self) -> str:
        """The name of the function that the learner writes."""
        return self.signature.partition("(")[0]

    def hint_for(self, misconception: str | None) -> str | None:
        """Return the hint for a named misconception, or None."""
        if misconception is None:
            return None
        return self.misconceptions.get(misconception) or COMMON_HINTS.get(misconception)

    def check(self, function: Any, *, seed: int | None = None) -> Verdict:
        """Examine a function of this process on fresh inputs; never raises.

        Parameters
        ----------
        function : callable
            The learner's function.
        seed : int, optional
            Asks the questions of an earlier verdict again. Drawn anew when left out.
        """
        if seed is None:
            seed = secrets.randbits(32)
        if function is None or function is Ellipsis or does_nothing(function):
            return self.verdict(seed, Outcome.NOT_ATTEMPTED, UNTOUCHED)
        if not callable(function):
            kind = wire.shown_type(type(function))
            return self.verdict(
                seed,
                Outcome.ERROR,
                f"This check needs the function itself, and got a value of type {kind}. "
                f'Write L.check("{self.name}", {self.function}), without brackets after the name.',
            )
        ask = Direct(function, self.signature)
        verdict = self.judge(ask, seed)
        if verdict.outcome is Outcome.RIGHT and mentions(function, public_names(self.own_work)):
            text = f"The result is right, but {self.function} lets the package do the work."
            return self.verdict(seed, Outcome.WRONG, text, ask, misconception=BORROWS)
        return verdict

    def judge(self, ask: Ask, seed: int) -> Verdict:
        """Examine whatever `ask` calls; a fault of ours is reported, never raised."""
        try:
            with np.errstate(all="ignore"):
                self.examine(ask, np.random.default_rng(seed))
        except Wrong as wrong:
            name = wrong.misconception
            return self.verdict(seed, Outcome.WRONG, wrong.message, ask, misconception=name)
        except Stopped as stop:
            return self.verdict(seed, stop.outcome, stop.message, ask, line=stop.line)
        except Exception as error:
            text = f"The check itself failed ({one_line(error)}). Please report this with the seed."
            return self.verdict(seed, Outcome.CRASHED, text, ask)
        return self.verdict(seed, Outcome.RIGHT, "Right, on every input that was tried.", ask)

    def verdict(
        self,
        seed: int,
        outcome: Outcome,
        message: str,
        ask: Ask | None = None,
        *,
        misconception: str | None = None,
        line: str | None = None,
    ) -> Verdict:
        """Return a verdict on this item, with its points and the hint that fits."""
        told = ask is not None and outcome in (Outcome.WRONG, Outcome.ERROR, Outcome.TIMEOUT)
        return Verdict(
            item=self.name,
            outcome=outcome,
            points=self.points if outcome is Outcome.RIGHT else 0.0,
            max_points=self.points,
            message=message,
            misconception=misconception,
            hint=self.hint_for(misconception),
            asked=ask.asked if ask is not None and told else None,
            returned=ask.returned if ask is not None and told else None,
            line=line,
            seed=seed,
        )


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
    if callable(before) or type(before) is np.random.Generator:
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
