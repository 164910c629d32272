"""What a prediction is made of: beliefs, the picture that each would produce, and the truth."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engramlab._types import CourseError

Array = NDArray[np.float64]
Ticks = tuple[float, ...] | Mapping[float, str]

# Four words for confidence, with the probability that each stands for.
CONFIDENCE = {"a hunch": 0.40, "leaning": 0.60, "fairly sure": 0.80, "very sure": 0.95}
NO_IDEA = "no idea"


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """A sentence that a sensible person would hold, and that draws one picture."""

    id: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One picture to choose: its key a to d, its label, and the belief that draws it."""

    key: str
    text: str
    belief: Belief


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One of the reasons offered beside a picture ("because ...")."""

    key: str
    text: str
    feedback: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """What a prediction by number asks for.

    Attributes
    ----------
    label, unit : str
        What stands before and after the field.
    low, high : float
        What may be typed.
    near : float
        A guess within this factor of the truth is near enough to count as right.
    wide : float
        A guess off by this factor or more scores 0.
    few, many : str
        Words for the ends of the x axis while the number, which lies on it, must not be told.
    """

    label: str
    unit: str
    low: float
    high: float
    near: float
    wide: float
    few: str = "few"
    many: str = "many"

    def read(self, text: str) -> float:
        """Return the number that a learner typed.

        Raises
        ------
        CourseError
            If it is no number, or outside `low` to `high`.
        """
        try:
            number = float(text.strip().replace(",", "."))
        except ValueError:
            raise CourseError(
                f"{text.strip()!r} is not a number; type one such as {self.example}"
            ) from None
        if not self.low <= number <= self.high:
            raise CourseError(f"{number:g} is outside {self.low:g} to {self.high:g} {self.unit}")
        return number

    @property
    def example(self) -> str:
        """A number that shows the form without hinting at the truth: the upper end."""
        return f"{self.high:g}"

    def score(self, guess: float, truth: float) -> float:
        """Return 1 for a perfect guess, falling with the logarithm of the ratio to 0 at `wide`."""
        if guess <= 0 or truth <= 0:
            return 0.0
        distance = abs(np.log(guess / truth)) / np.log(self.wide)
        return float(max(0.0, 1.0 - distance))

    def hit(self, guess: float, truth: float) -> bool:
        """Return whether the guess is within the factor `near` of the truth."""
        return guess > 0 and bool(abs(np.log(guess / truth)) <= np.log(self.near) + 1e-12)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Simulated:
    """The pictures of one prediction, each over the same seeds.

    Attributes
    ----------
    x : ndarray of shape (n_points,)
    curves : dict of str to ndarray of shape (n_seeds, n_points)
        One entry for each option's key.
    number : float or None
        The true answer of a prediction by number.
    """

    x: Array
    curves: dict[str, Array]
    number: float | None = None

    def mean(self, key: str) -> Array:
        """Return the mean over seeds of one option's picture."""
        return np.asarray(self.curves[key].mean(axis=0))

    def band(self, key: str) -> tuple[Array, Array]:
        """Return the 5 % and 95 % points over seeds of one option's picture."""
        low, high = np.percentile(self.curves[key], [5, 95], axis=0)
        return np.asarray(low), np.asarray(high)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Prediction:
    """One prediction of a lesson, without a drawing.

    Attributes
    ----------
    lesson, id : str
        As "08", "08-1".
    title : str
        What it is about, in three or four words.
    question : str
        What is asked, in words that the lesson does not introduce.
    options : tuple of Option
        Pictures, keys a to d; exactly one, `answer`, is what the model does.
    simulate : callable
        `simulate(n_seeds) -> Simulated`; the same pictures at every call.
    because : tuple of Reason
        Offered in prediction 2; `reason` is the key of the right one.
    number : Number or None
        Given for a prediction by number; then `shown(guess)` draws an option through the guess.
    x_label, y_label : str
        Titles, with units, of the axes of all its pictures.
    x_ticks, y_ticks : tuple of float, or mapping from float to str
        Ticks, with their words if a number alone would not say it (on a log axis `x` is log10 and
        the words are the numbers). The y axis runs from the first tick to the last: it may pass
        zero or go above 1.
    open_top : bool
        True if what is drawn may go on above the axis; curves are cut off at its end, and drawn
        only up to where they reach it.
    finding : str
        The true picture in one sentence, shown only after the prediction is locked.
    settings : tuple of float
        The numbers that the question sets; each is printed in it. Any other number in the words is
        a result.
    claims : tuple of str
        Rows of the ledger that the finding rests on, and that hold the results among the numbers.
    model, runs : str
        What answers ("the network", "the rule") and what the band is made of ("networks",
        "pairs of cells").
    """

    lesson: str
    id: str
    title: str
    question: str
    options: tuple[Option, ...]
    answer: str
    simulate: Callable[[int], Simulated]
    x_label: str
    y_label: str
    x_ticks: Ticks
    finding: str
    y_ticks: Ticks = (0, 0.5, 1)
    open_top: bool = False
    settings: tuple[float, ...] = ()
    claims: tuple[str, ...] = ()
    because: tuple[Reason, ...] = ()
    reason: str = ""
    number: Number | None = None
    through: Callable[[str, float, Array], Array] | None = None
    model: str = "the network"
    runs: str = "networks"
    n_seeds: int = 20
    _cache: dict[int, Simulated] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """`choice` or `number`."""
        return "choice" if self.number is None else "number"

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the options, in order."""
        return tuple(option.key for option in self.options)

    def option(self, key: str) -> Option:
        """Return the option with this key.

        Raises
        ------
        CourseError
            If there is none; the sentence names those that exist.
        """
        for option in self.options:
            if option.key == key:
                return option
        raise CourseError(f"{self.id} has no option {key!r}; it has {', '.join(self.keys)}")

    def pictures(self) -> Simulated:
        """Return the pictures over `n_seeds` seeds, computed by the model at the first call."""
        if self.n_seeds not in self._cache:
            self._cache[self.n_seeds] = self.simulate(self.n_seeds)
        return self._cache[self.n_seeds]

    def picked(self, key: str, guess: float | None = None) -> Array:
        """Return the curve of one option, drawn through the learner's number if there is one."""
        pictures = self.pictures()
        if self.through is None or guess is None:
            return pictures.mean(self.option(key).key)
        return self.through(key, guess, pictures.x)

    def right(self, key: str, reason: str = "", guess: float | None = None) -> bool:
        """Return whether the whole answer counts as right.

        A picture with reasons is right only with its reason, and one with a number only with a
        number within `near`: a number may be met by luck, by a shape that does not happen.
        """
        if self.number is not None:
            return key == self.answer and self.near(guess)
        return key == self.answer and (not self.because or reason == self.reason)

    def near(self, guess: float | None) -> bool:
        """Return whether a number counts as right by itself."""
        truth = self.pictures().number
        if self.number is None or truth is None or guess is None:
            return False
        return self.number.hit(guess, truth)


def brier(confidences: list[float], outcomes: list[bool]) -> float | None:
    """Return the mean squared distance between confidence and outcome, None without answers.

    0 is perfect; answering 50 % to everything gives 0.25.

    Examples
    --------
    >>> brier([0.8, 0.6], [True, False])
    0.2
    """
    if not confidences:
        return None
    pairs = zip(confidences, outcomes, strict=True)
    return round(float(np.mean([(sure - float(hit)) ** 2 for sure, hit in pairs])), 6)
