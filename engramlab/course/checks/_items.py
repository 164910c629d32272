"""What an item of an exercise is, and how an answer to it becomes a verdict.

An item asks the learner for one function. Its `examine` calls that function on fresh random inputs
and compares what comes back with its own calculation. The same `examine` runs in the learner's
notebook (`Item.check`), in nbgrader's test cells and in the batch grader (`Item.judge` with the
learner's function in another process), so the three never disagree.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from engramlab.course import wire
from engramlab.course.checks._asks import COMMON_HINTS, UNTOUCHED, Ask, Direct, hint_for_error
from engramlab.course.checks._outcomes import Outcome, Stopped, Verdict, Wrong
from engramlab.course.faults import does_nothing, one_line

RUBRIC = (
    "states the result with its number",
    "names the control",
    "names one thing that the model leaves out",
    "says what result would change the conclusion",
)
"""The free-text item of every exercise: one point each, given by the teacher."""


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
        return self.judge(Direct(function, self.signature, self.own_work), seed)

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
            hint=hint_for_error(message)
            if outcome is Outcome.ERROR
            else self.hint_for(misconception),
            asked=ask.asked if ask is not None and told else None,
            returned=ask.returned if ask is not None and told else None,
            line=line,
            seed=seed,
        )
