"""Marks one submission: asks its functions in another process and makes the record of it.

`task_of` reads a notebook where the files are; `mark` does the work, on this machine or on another,
and touches none of the teacher's files. Both are plain functions, and what goes between them is
plain data.
"""

import functools
import tempfile
import time
import traceback
from dataclasses import dataclass, replace
from pathlib import Path

from engramlab.course import checks
from engramlab.course.checks import Item, Outcome, Verdict
from engramlab.course.faults import one_line
from engramlab.course.grading import results
from engramlab.course.grading.bubblewrap import Bubblewrap
from engramlab.course.grading.exercise import exercises_in
from engramlab.course.grading.places import without_places
from engramlab.course.grading.platforms import Platform
from engramlab.course.grading.results import Result
from engramlab.course.grading.runner import USED_UP, Remote, Session
from engramlab.course.grading.sandbox import PREFIX, Launcher, Limits, UnsafeLauncher
from engramlab.course.grading.submissions import Submission
from engramlab.course.reaching import starters
from engramlab.course.reading import Unreadable, read
from engramlab.course.rebinding import replaced


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for all submissions of a run.

    Parameters
    ----------
    exercise : str
        Two digits.
    class_key : str
        By which a teacher gives a class its own questions.
    limits : Limits
        What one submission may use.
    unsafe : bool
        Whether learners' code runs without a sandbox.
    """

    exercise: str
    class_key: str
    limits: Limits
    unsafe: bool

    @property
    def label(self) -> str:
        """What the gradebook says of the sandbox."""
        return UnsafeLauncher.label if self.unsafe else Bubblewrap.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One submission to mark: its code cells, free text and digest, or why there are none.

    `doubt` is what had to be guessed in reading it, `others` the number of notebooks beside it, and
    `beside` the names of other files that may hold an answer.
    """

    learner: str
    terms: Terms
    cells: tuple[str, ...] = ()
    text: str = ""
    digest: str = ""
    problem: str = ""
    doubt: str = ""
    platform: Platform | None = None
    others: int = 0
    beside: tuple[str, ...] = ()
    handed_in_as: tuple[str, str] = ("", "")


def task_of(submission: Submission, terms: Terms) -> Task:
    """Read a submission; what cannot be read is a task too, with the reason."""
    task = Task(
        learner=submission.learner,
        terms=terms,
        platform=submission.platform,
        others=submission.others,
        beside=submission.beside,
        handed_in_as=submission.handed_in_as,
    )
    try:
        if submission.path is None:
            raise Unreadable(submission.problem)
        notebook = read(submission.path)
    except Unreadable as fault:
        return replace(task, digest=fault.digest, problem=fault.reason)
    return replace(
        task,
        cells=tuple(notebook.cells),
        text=notebook.text,
        digest=notebook.digest,
        doubt=notebook.doubt,
    )


def launcher_of(terms: Terms, folder: Path) -> Launcher:
    """Return what starts the learners' processes on this machine.

    Raises
    ------
    CourseError
        If there is no sandbox here and the run is not meant to be without one.
    """
    return UnsafeLauncher(folder) if terms.unsafe else Bubblewrap(terms.limits, folder)


@functools.lru_cache(maxsize=4)
def own_launcher(terms: Terms) -> tuple[Launcher, "tempfile.TemporaryDirectory[str]"]:
    """Return the launcher of this process, and the folder that lasts as long as the process."""
    folder = tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True)
    return launcher_of(terms, Path(folder.name)), folder


def mark(task: Task, launcher: Launcher | None = None) -> tuple[Result, str]:
    """Return the record of a submission, and a line for the log.

    Parameters
    ----------
    task : Task
        What to mark.
    launcher : Launcher, optional
        Starts the learner's processes; by default one that this process makes and keeps, as the
        worker of a cluster does.
    """
    began = time.monotonic()
    launcher = launcher or own_launcher(task.terms)[0]
    items = checks.graded(task.terms.exercise)
    if task.problem:
        return _record(task, items, [], [task.problem], launcher), task.problem
    session = Session(list(task.cells), items, launcher, task.terms.limits)
    try:
        examined = [_examine(session, item, task.terms) for item in items]
    except Exception as fault:  # one submission never stops the others
        reason = f"the grader failed: {without_places(one_line(fault))}"
        return _record(task, items, [], [reason], launcher), traceback.format_exc()
    finally:
        session.drop()
    verdicts = [verdict for verdict, _ in examined]
    doubts = [task.doubt] if task.doubt else []
    if task.others and any(verdict.outcome is Outcome.NOT_ATTEMPTED for verdict in verdicts):
        doubts.append(f"another notebook was handed in too ({task.others} not graded)")
    each = [reason for _, reason in examined if reason]
    if not any(item.function in session.names for item in items):
        each = _other_exercise(task) or each
    reasons = [*doubts, *each, *_reached(session)]
    took = f"{time.monotonic() - began:.2f} s"
    printed = f", printed {session.output[:500]!r}" if session.output else ""
    return _record(task, items, verdicts, reasons, launcher), took + printed


def _examine(session: Session, item: Item, terms: Terms) -> tuple[Verdict, str]:
    """Return the verdict on one item, and why a human should look at it, if so."""
    ask = Remote(session, item)
    seed = results.seed_of(terms.exercise, item.name, terms.class_key)
    verdict = _of_no_place(item.judge(ask, seed))
    if verdict.outcome is Outcome.ERROR:  # what it may have left running is no other item's
        session.drop()
    name = item.function
    different = {session.cells[number].strip() for number in session.definers(name)}
    if verdict.outcome is Outcome.RIGHT:
        borrows = name in session.borrowing
        return verdict, f"{name} may call the package's own model" if borrows else ""
    if ask.is_borrowing:
        return verdict, f"{name} calls the package's own model"
    if verdict.outcome is Outcome.NOT_ATTEMPTED and name not in session.names:
        return verdict, f"there is no function {name}"
    if verdict.outcome in (Outcome.ERROR, Outcome.WRONG):
        names = replaced(session.cells, name)
        if names:
            return verdict, f"a later cell changes {', '.join(names)[:100]}, which {name} uses"
    if verdict.message.startswith(USED_UP):
        return verdict, f"the time was used up before {name} was checked"
    if len(different) > 1:
        return verdict, f"{len(different)} cells define {name}; the last one was graded"
    if verdict.outcome is Outcome.CRASHED and verdict.message.startswith(results.OURS):
        return verdict, f"{name} could not be checked"
    return verdict, ""


def _record(
    task: Task, items: tuple[Item, ...], verdicts: list[Verdict], reasons: list[str], by: Launcher
) -> Result:
    return results.make(
        task.learner,
        task.terms.exercise,
        items=items,
        verdicts=verdicts,
        reasons=reasons,
        digest=task.digest,
        text=task.text,
        class_key=task.terms.class_key,
        sandbox=by.label,
        platform=task.platform,
        beside=task.beside,
        handed_in_as=task.handed_in_as,
    )


def _other_exercise(task: Task) -> list[str]:
    """Return which exercise a notebook is of that has no function of this one, if any."""
    found = exercises_in("\n".join(task.cells).encode("utf-8", "replace"))
    if task.terms.exercise in found:
        return []
    return [f"this looks like exercise {number}" for number in found]


def _reached(session: Session) -> list[str]:
    """Return what a human should look at in the notebook as a whole."""
    found = sorted({*starters(session.cells), *session.refused})
    return [f"the notebook uses {', '.join(found)}"] if found else []


def _of_no_place(verdict: Verdict) -> Verdict:
    """Return a verdict whose texts name no folder of the machine and no address in its memory."""
    return replace(
        verdict,
        message=without_places(verdict.message),
        line=verdict.line and without_places(verdict.line),
        asked=verdict.asked and without_places(verdict.asked),
        returned=verdict.returned and without_places(verdict.returned),
    )
