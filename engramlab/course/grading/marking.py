"""Marks one submission: reads it, asks its functions in another process, keeps the result."""

import os
import time
import traceback
from pathlib import Path

from engramlab.course import checks
from engramlab.course.borrowing import starters
from engramlab.course.checks import Item, Outcome, Verdict
from engramlab.course.faults import one_line, without_addresses
from engramlab.course.grading import results
from engramlab.course.grading.results import Result
from engramlab.course.grading.runner import Remote, Session
from engramlab.course.grading.sandbox import Launcher, Limits
from engramlab.course.grading.submissions import Submission
from engramlab.course.reading import Unreadable, read

CLASS_KEY = "ENGRAMLAB_CLASS_KEY"
"""The variable by which a teacher gives a class its own questions."""

OURS = ("The check itself", "The learner's process did not start")
"""How the message of a crash begins that is no fault of the learner."""


class Marker:
    """Marks one submission after the other under the same conditions."""

    def __init__(
        self, *, exercise: str, out: Path, launcher: Launcher, limits: Limits, fresh: bool = False
    ) -> None:
        self.exercise = exercise
        self.items = checks.graded(exercise)
        self.out = out
        self.launcher = launcher
        self.limits = limits
        self.fresh = fresh
        self.class_key = os.environ.get(CLASS_KEY, "")

    def mark(self, submission: Submission) -> tuple[Result, str]:
        """Return the kept or new result of a submission, and a line for the log."""
        began = time.monotonic()
        try:
            if submission.path is None:
                raise Unreadable(submission.problem)
            notebook = read(submission.path)
        except Unreadable as fault:
            return self._keep(submission, [], [fault.reason], fault.digest, ""), fault.reason
        kept = results.load(results.path_of(self.out, submission.learner))
        if (
            kept is not None
            and not self.fresh
            and results.still_holds(kept, notebook.digest, self.class_key, self.launcher.label)
        ):
            return kept, "kept from an earlier run"
        session = Session(notebook.cells, self.items, self.launcher, self.limits)
        try:
            examined = [self._examine(session, item) for item in self.items]
        except Exception as fault:  # one submission never stops the others
            reason = f"the grader failed: {without_addresses(one_line(fault))}"
            result = self._keep(submission, [], [reason], notebook.digest, notebook.text)
            return result, traceback.format_exc()
        finally:
            session.drop()
        verdicts = [verdict for verdict, _ in examined]
        reasons = [reason for _, reason in examined if reason] + _reached(session)
        result = self._keep(submission, verdicts, reasons, notebook.digest, notebook.text)
        took = f"{time.monotonic() - began:.2f} s"
        printed = f", printed {session.output[:500]!r}" if session.output else ""
        return result, took + printed

    def _examine(self, session: Session, item: Item) -> tuple[Verdict, str]:
        """Return the verdict on one item, and why a human should look at it, if so."""
        ask = Remote(session, item)
        seed = results.seed_of(self.exercise, item.name, self.class_key)
        verdict = item.judge(ask, seed)
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
        if len(different) > 1:
            return verdict, f"{len(different)} cells define {name}; the last one was graded"
        if verdict.outcome is Outcome.CRASHED and verdict.message.startswith(OURS):
            return verdict, f"{name} could not be checked"
        return verdict, ""

    def _keep(
        self,
        submission: Submission,
        verdicts: list[Verdict],
        reasons: list[str],
        digest: str,
        text: str,
    ) -> Result:
        result = results.make(
            submission.learner,
            self.exercise,
            items=self.items,
            verdicts=verdicts,
            reasons=reasons,
            digest=digest,
            text=text,
            class_key=self.class_key,
            sandbox=self.launcher.label,
        )
        results.keep(self.out, result)
        return result


def _reached(session: Session) -> list[str]:
    """Return what a human should look at in the notebook as a whole."""
    found = sorted({*starters(session.cells), *session.refused})
    return [f"the notebook uses {', '.join(found)}"] if found else []
