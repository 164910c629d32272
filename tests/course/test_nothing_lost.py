"""Whatever the order of edits, updates, resets and faults, no work of the learner's is lost.

Each text that the learner writes is unique. The model knows which of them the learner has not
overwritten or deleted by hand; each must be found in some file of the workspace after every step.
"""

import errno
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from course_tools import TOPIC, contents, make, notebook, write_course
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from engramlab._types import CourseError
from engramlab.course.workspace import MARK, Workspace

NAMES = [f"lessons/{TOPIC}.ipynb", f"exercises/{TOPIC}.ipynb", "lessons/00_start.ipynb"]
PLACES = [*NAMES, f"lessons/{TOPIC}.course-1.1.ipynb", f"lessons/{TOPIC}.course-1.2.ipynb"]


class Learner(RuleBasedStateMachine):
    """A learner, a course that moves on, and a disk that fails at times."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="engramlab-test-"))
        self.folder = self.root / "work"
        self.sources = write_course(self.root / "course")
        self.minor = 0
        self.written = 0
        self.mine: dict[str, bytes] = {}  # where the learner last saved which text
        make(self.folder, self.sources, self.version)

    @property
    def version(self) -> str:
        return f"1.{self.minor}"

    def teardown(self) -> None:
        shutil.rmtree(self.root)

    def follow(self, before: dict[str, bytes]) -> None:
        """Find each text again by its content, since a reset may have moved it."""
        after = contents(self.folder)
        for name, text in list(self.mine.items()):
            if after.get(name) != text:
                moved = [place for place, data in after.items() if data == text]
                assert moved, (
                    f"{name} is lost; there were {sorted(before)}, there are {sorted(after)}"
                )
                del self.mine[name]
                self.mine[moved[0]] = text

    @rule(name=st.sampled_from(PLACES))
    def edit(self, name: str) -> None:
        self.written += 1
        text = notebook(f"my text {self.written}")
        (self.folder / name).parent.mkdir(exist_ok=True)
        (self.folder / name).write_bytes(text)
        self.mine[name] = text

    @rule(name=st.sampled_from(PLACES))
    def delete(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)
        self.mine.pop(name, None)

    @rule(names=st.sets(st.sampled_from(NAMES), min_size=1), step=st.sampled_from([0, 1]))
    def the_course_moves_on(self, names: set[str], step: int) -> None:
        self.minor += step
        self.written += 1
        for name in names:
            kind, _, file = name.partition("/")
            (self.sources[kind] / file).write_bytes(notebook(f"course text {self.written}"))

    @rule()
    def start(self) -> None:
        before = contents(self.folder)
        make(self.folder, self.sources, self.version)
        self.follow(before)

    @rule()
    def start_with_an_older_package(self) -> None:
        before = contents(self.folder)
        make(self.folder, self.sources, "0.9")
        self.follow(before)

    @rule(lesson=st.sampled_from(["00", "08"]))
    def reset(self, lesson: str) -> None:
        before = contents(self.folder)
        Workspace.open(self.folder, sources=self.sources, version=self.version).reset(lesson)
        self.follow(before)

    @rule(
        after=st.integers(0, 6),
        what=st.sampled_from(["replace", "unlink", "mkdir", "fsync"]),
        reset=st.booleans(),
    )
    def the_disk_fails(self, after: int, what: str, reset: bool) -> None:
        before = contents(self.folder)
        calls = 0
        owner: Any = os if what == "fsync" else Path
        real: Any = getattr(owner, what)

        def failing(*words: Any, **named: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls > after:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return real(*words, **named)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(owner, what, failing)
            try:
                if reset:
                    Workspace.open(self.folder, sources=self.sources, version=self.version).reset(
                        "08"
                    )
                else:
                    make(self.folder, self.sources, self.version)
            except CourseError:
                pass
        self.follow(before)

    @rule()
    @precondition(lambda self: (self.folder / MARK).exists())
    def the_record_breaks(self) -> None:
        (self.folder / MARK).write_bytes(b"{")

    @invariant()
    def every_text_is_there(self) -> None:
        there = contents(self.folder)
        assert all(there.get(name) == text for name, text in self.mine.items())


TestLearner = Learner.TestCase
TestLearner.settings = settings(
    max_examples=60,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
