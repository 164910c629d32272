"""Warm-up questions and exit quizzes, read from one TOML file a lesson.

A quiz is practice, not an examination: its keys lie open in the installed package.
"""

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from engramlab._types import CourseError


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizOption:
    """One answer, whether it is right, and what a learner who picks it is told."""

    text: str
    feedback: str
    right: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizItem:
    """One question with one right answer.

    Attributes
    ----------
    id : str
        As "08-exit-1".
    question : str
        One or two sentences.
    options : tuple of QuizOption
        Two to four, exactly one of them right.
    belief : str
        What the item tests, as an id for the belief report; "" for plain retrieval.
    settings : tuple of float
        The numbers that the question sets; each is printed in it. Any other number in the item's
        words is a result.
    claims : tuple of str
        Rows of the ledger that hold the results among the item's numbers.
    """

    id: str
    question: str
    options: tuple[QuizOption, ...]
    belief: str = ""
    settings: tuple[float, ...] = ()
    claims: tuple[str, ...] = ()

    def shuffled(self, seed: int) -> "QuizItem":
        """Return the same item with its options in an order fixed by `seed`."""
        order = np.random.default_rng([seed, sum(self.id.encode())]).permutation(len(self.options))
        return replace(self, options=tuple(self.options[k] for k in order))

    @property
    def answer(self) -> int:
        """The place of the right option, from 0."""
        return next(k for k, option in enumerate(self.options) if option.right)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiz:
    """The warm-up and the exit quiz of one lesson, options already shuffled.

    Attributes
    ----------
    lesson : str
        The lesson's stem.
    warm_up, exit : tuple of QuizItem
        Shown before and after.
    warm_up_title, exit_title : str
        Headings.
    all_right, some_wrong, all_corrected : str
        Said under the warm-up once every question has an answer: when all were right at the first
        try, when not, and when all are right in the end; "" for nothing.
    """

    lesson: str
    warm_up: tuple[QuizItem, ...]
    exit: tuple[QuizItem, ...]
    warm_up_title: str
    exit_title: str
    all_right: str = ""
    some_wrong: str = ""
    all_corrected: str = ""


def _items(entries: list[dict[str, Any]], seed: int) -> tuple[QuizItem, ...]:
    items = []
    for entry in entries:
        item = QuizItem(
            id=str(entry["id"]),
            question=str(entry["question"]),
            options=tuple(QuizOption(**option) for option in entry["options"]),
            belief=str(entry.get("belief", "")),
            settings=tuple(float(number) for number in entry.get("settings", ())),
            claims=tuple(str(name) for name in entry.get("claims", ())),
        )
        items.append(item.shuffled(seed))
    return tuple(items)


def lessons() -> tuple[str, ...]:
    """Return the numbers of the lessons that have a quiz."""
    names = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name[:2] for name in names if name.endswith(".toml")))


@cache
def quiz(lesson: str) -> Quiz:
    """Return the quiz of a lesson, given its number or stem.

    Raises
    ------
    CourseError
        If the lesson has none.
    """
    for entry in files(__name__).iterdir():
        if entry.name.endswith(".toml") and entry.name[:2] == str(lesson)[:2]:
            data = tomllib.loads(entry.read_text(encoding="utf-8"))
            seed = int(data["seed"])
            return Quiz(
                lesson=entry.name[:-5],
                warm_up=_items(data.get("warm_up", []), seed),
                exit=_items(data.get("exit", []), seed),
                warm_up_title=str(data["warm_up_title"]),
                exit_title=str(data["exit_title"]),
                all_right=str(data.get("all_right", "")),
                some_wrong=str(data.get("some_wrong", "")),
                all_corrected=str(data.get("all_corrected", "")),
            )
    raise CourseError(f"lesson {lesson} has no quiz yet; there is one in {', '.join(lessons())}")
