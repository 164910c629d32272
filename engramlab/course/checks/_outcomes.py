"""How an examination ends: the verdict, and the two ways in which an `examine` is left early."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How the examination of one item ends."""

    NOT_ATTEMPTED = "not attempted"
    WRONG = "wrong"
    RIGHT = "right"
    ERROR = "error"
    TIMEOUT = "timeout"
    CRASHED = "crashed"


class Wrong(Exception):
    """The answer is wrong; the misconception behind it has a name, or is None if unknown."""

    def __init__(self, misconception: str | None, message: str) -> None:
        super().__init__(message)
        self.misconception = misconception
        self.message = message


class Stopped(Exception):
    """The examination ended before the answer could be judged.

    `kinds` are the names of an error's class and of those that it is made from.
    """

    def __init__(
        self, outcome: Outcome, message: str, line: str | None = None, kinds: Iterable[str] = ()
    ) -> None:
        super().__init__(message)
        self.outcome = outcome
        self.message = message
        self.line = line
        self.kinds = tuple(kinds)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Verdict:
    """What one examination found, in words and points.

    Attributes
    ----------
    misconception, hint : str or None
        The name of the wrong idea that gives exactly this answer, and the hint for it.
    asked, returned : str or None
        The last call and what came back, shortened to be read.
    line : str or None
        The learner's own line at which an error arose.
    seed : int
        `item.check(function, seed=seed)` asks the same questions again.
    """

    item: str
    outcome: Outcome
    points: float
    max_points: float
    message: str
    misconception: str | None = None
    hint: str | None = None
    asked: str | None = None
    returned: str | None = None
    line: str | None = None
    seed: int = 0
