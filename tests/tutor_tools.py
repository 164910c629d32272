"""A lesson opened as a learner opens it, and what it showed."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import engramlab as el
from engramlab.tutor import _guard


@dataclass
class Stage:
    """Opens lessons in one folder and keeps what they display."""

    folder: Path
    shown: list[Any] = field(default_factory=list)

    def lesson(self, number: str = "08") -> Any:
        return el.lesson(number)

    @property
    def last(self) -> Any:
        return self.shown[-1]

    @property
    def text(self) -> str:
        return "\n".join(words(thing) for thing in self.shown)


def words(thing: Any) -> str:
    """The words of a card or of an HTML widget, without its style sheet and its tags."""
    if hasattr(thing, "_repr_mimebundle_") and hasattr(thing, "html"):
        return str(thing._repr_mimebundle_()["text/plain"])
    value = getattr(thing, "value", None)
    text = value if isinstance(value, str) else str(thing)
    text = re.sub(r"<style>.*?</style>", "", text, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text)).strip()


def open_stage(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Stand in `folder` and catch everything that a lesson displays."""
    stage = Stage(folder)
    catch: Callable[[Any], None] = stage.shown.append
    monkeypatch.chdir(folder)
    for name in ("ENGRAMLAB_GRADING", "NBGRADER_EXECUTION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(_guard, "show", catch)
    from engramlab.tutor import _lesson

    monkeypatch.setattr(_lesson, "show", catch)
    monkeypatch.setattr("engramlab.tutor.show", catch)
    return stage
