"""What a run tells: a bar for who watches, a log with the times, and the lines that end it."""

import contextlib
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from engramlab.course.grading import gradebook, results
from engramlab.course.grading.marks import Standing
from engramlab.course.grading.results import Result
from engramlab.course.grading.showing import counted

EVERY = 25
"""Where nobody watches, one line is told for so many submissions."""


class Log:
    """`run.log`: one line for each submission. A log that cannot be written costs no result.

    Attributes
    ----------
    fault : str
        Why some lines are missing, "" when none are.
    """

    def __init__(self, out: Path) -> None:
        self.path = out / "run.log"
        self.fault = ""

    def add(self, result: Result, note: str) -> None:
        """Write down how one submission went."""
        said = [gradebook.said(verdict) for verdict in result["items"]]
        now = time.strftime("%Y-%m-%d %H:%M:%S")
        line = " | ".join([now, result["learner"], result["status"], *said, note])
        line = line.replace("\n", " ").replace("\r", " ") + "\n"
        try:
            with self.path.open("ab", buffering=0) as file:
                file.write(line.encode("utf-8", "replace"))
        except OSError as error:
            self.fault = error.strerror or type(error).__name__


class Progress:
    """How far a run is, with what is graded and what is left to a human, on the error stream.

    Parameters
    ----------
    total : int
        Submissions in all.
    kept : list of Result
        Those of an earlier run.
    """

    def __init__(self, total: int, kept: list[Result]) -> None:
        self.total = total
        self.done = len(kept)
        self.by_hand = sum(_is_by_hand(result) for result in kept)
        self._bar: Any = None

    def __enter__(self) -> "Progress":
        if sys.stderr.isatty() and self.total > self.done:
            from tqdm import tqdm

            self._bar = tqdm(
                total=self.total,
                initial=self.done,
                unit="submission",
                desc="Grading",
                dynamic_ncols=True,
                file=sys.stderr,
            )
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def add(self, result: Result) -> None:
        """Count one submission that was marked now."""
        self.done += 1
        self.by_hand += _is_by_hand(result)
        said = f"{self.done - self.by_hand} graded, {self.by_hand} for a human"
        if self._bar is not None:
            self._bar.set_postfix_str(said, refresh=False)
            self._bar.update()
        elif self.done % EVERY == 0 and self.done < self.total:
            with contextlib.suppress(OSError, ValueError):
                print(f"{self.done} of {self.total}: {said}", file=sys.stderr, flush=True)


def last_words(
    out: Path,
    done: list[Result],
    *,
    standings: Mapping[str, Standing],
    others: list[str],
    broken: list[tuple[str, Path]],
    is_unsafe: bool,
    log: Log,
) -> Iterator[str]:
    """Give the lines that end a run.

    Parameters
    ----------
    out : Path
        The folder with what came out.
    done : list of Result
        One for each submission.
    standings : mapping of str to Standing
        Where each learner stands, with what the teacher entered counted in.
    others : list of str
        Learners with a result and no submission.
    broken : list of (str, Path)
        Learners whose earlier result was not whole, and where it lies now.
    is_unsafe : bool
        Whether learners' code ran without a sandbox.
    log : Log
        What could not be written there is said.
    """
    names = [result["learner"] for result in done]
    waiting = {name: standings[name].why_open for name in names if standings[name].is_open}
    settled = sum(_is_by_hand(result) and result["learner"] not in waiting for result in done)
    counts = [counted(len(done), "submission"), f"{len(waiting)} of them for a human to look at"]
    if settled:
        counts.append(f"{settled} settled by hand")
    yield f"{', '.join(counts)}."
    for name, why in waiting.items():
        yield f"  {name}: {why}"
    if others:
        yield (
            f"{len(others)} more in the gradebook whose submission is no longer there; "
            f"their rows stay: {', '.join(others)}."
        )
    for learner, aside in broken:
        yield f"The earlier result of {learner} was not whole or was changed by hand; see {aside}."
    if log.fault:
        yield f"{log.path} lacks lines of this run ({log.fault}). No result hangs on it."
    how = "Ran without a sandbox (--unsafe). " if is_unsafe else ""
    yield f"{how}The gradebook is {out / 'gradebook.csv'}."


def _is_by_hand(result: Result) -> bool:
    return bool(result["status"] != results.GRADED)
