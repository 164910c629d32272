"""The learner's object `L`: one method for each thing that a lesson asks for."""

import platform
from pathlib import Path
from typing import Any

from engramlab._types import CourseError
from engramlab.course import checks, claims, predictions, quizzes, resources
from engramlab.course import syllabus as _syllabus
from engramlab.course.progress import Progress, read
from engramlab.course.versions import COURSE_VERSION
from engramlab.course.workspace import find_workspace
from engramlab.tutor import _checks, _summary
from engramlab.tutor._cards import Card, escape, rich, sentence
from engramlab.tutor._guard import CheckFailed, checking, nbgrader, saying, show, shown
from engramlab.tutor._names import learners_function, namespace


class Lesson:
    """One lesson, as the learner meets it in the notebook.

    Parameters
    ----------
    row : syllabus.Lesson
        Which lesson.

    Attributes
    ----------
    number, stem : str
        As "08" and "08_pattern_completion".
    seed : int
        The lesson's own seed, its number: what its cells use where any seed will do.
    """

    def __init__(self, row: _syllabus.Lesson) -> None:
        self.number = row.number
        self.stem = row.stem
        self.seed = int(row.number)
        self._row = row
        self._words: list[str] = []
        self._progress = Progress(row.number, _workspace(), say=self._words.append)
        self._panels: dict[str, Any] = {}

    def __repr__(self) -> str:
        return f"engramlab lesson {self.number}: {self._row.question}"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        own = ", ".join(f"L.{each}" for each in METHODS)
        return saying(f"L has no {name}; it has {own}.")

    @shown
    def _welcome(self) -> Card:
        """Say what is open: versions, the seed, what was locked in before, where it is kept."""
        found = self._records()
        done = sum(
            _summary.latest(found, each) is not None
            for each in predictions.predictions(self.number)
        )
        total = len(predictions.predictions(self.number))
        right = {
            record.get("item")
            for record in found
            if record.get("kind") == "check" and record.get("outcome") == "right"
        }
        state = f"{done} of {total} predictions locked in, {len(right)} checks right so far"
        versions = f"engramlab {COURSE_VERSION}, Python {platform.python_version()}"
        line = f"Lesson {self.number}. {versions}, seed {self.seed}. "
        line += f"{state[0].upper()}{state[1:]}."
        words = self._heard()
        html = f"<p>{escape(line)}</p>" + "".join(f"<p>{rich(word)}</p>" for word in words)
        return Card(html, "\n".join([line, *words]), kind="elab-plain")

    @shown
    def warm_up(self) -> Any:
        """Show the questions from earlier lessons."""
        return self._quiz("warm_up")

    @shown
    def predict(self, number: int) -> Any:
        """Show a prediction, counted from 1; one that was locked in before opens on its reveal."""
        from engramlab.tutor._prediction import PredictionPanel

        chosen = predictions.prediction(self.number, number)
        total = len(predictions.predictions(self.number))
        found = self._records()
        panel = PredictionPanel(
            chosen,
            place=f"Prediction {number} of {total}",
            record=self._record,
            earlier=_summary.latest(found, chosen),
            belief=_summary.latest_belief(found, chosen),
        )
        self._panels[chosen.id] = panel
        return panel

    @checking
    def check(self, name: str, function: Any = None, *, seed: int | None = None) -> None:
        """Check a function and show the outcome; return None, whatever happens.

        Parameters
        ----------
        name : str
            The item: "a" for the lesson's own check, else the function's name.
        function : callable, optional
            Your function; found by its name in the notebook if you leave this out.
        seed : int, optional
            Asks the questions of an earlier check again, or those of the feedback that you got
            back: both print their seed.

        Raises
        ------
        CheckFailed
            Only where nbgrader runs the notebook, for every outcome but right.
        """
        item = self._item(name)
        learners = learners_function(item.function, function, namespace())
        verdict = item.check(learners, seed=_checks.seed_of(seed))
        if nbgrader():
            if verdict.outcome != checks.Outcome.RIGHT:
                raise CheckFailed(_checks.one_line(verdict))
            return
        word = self._record(
            "check",
            item=item.name,
            outcome=str(verdict.outcome),
            misconception=verdict.misconception,
            seed=verdict.seed,
        )
        show(_checks.verdict_card(item, verdict))
        if word:
            show(sentence(word))

    @shown
    def hint(self, name: str) -> Card:
        """Show the first hint, then the second, then the way to the scaffold."""
        item = self._item(name)
        given = [
            record
            for record in self._records()
            if record.get("kind") == "hint" and record.get("item") == item.name
        ]
        self._record("hint", item=item.name, count=len(given) + 1)
        return _checks.hint_card(item, len(given))

    @shown
    def scaffold(self, name: str) -> Card:
        """Show the lines of an answer, out of order, to be put in order."""
        item = self._item(name)
        card = _checks.scaffold_card(item, _checks.answer_source(self.number, item))
        self._record("scaffold", item=item.name)
        return card

    @shown
    def solution(self, name: str) -> Card:
        """Show an answer; the item is then marked as seen."""
        item = self._item(name)
        card = _checks.solution_card(item, _checks.answer_source(self.number, item))
        self._record("solution", item=item.name, seen=True)
        return card

    @shown
    def quiz(self) -> Any:
        """Show the exit quiz: practice, with feedback on every answer."""
        return self._quiz("exit")

    @shown
    def references(self) -> Card:
        """List the sources of the claims that this lesson quotes."""
        return _summary.references_card(_quoted_by(self.stem))

    @shown
    def summary(self) -> Card:
        """Show predictions against outcomes, how sure you were, and the way on.

        A prediction that was not locked in is recorded as skipped here, and only here. How sure the
        learner was counts over all lessons.
        """
        found = self._records()
        every = predictions.predictions(self.number)
        noted = {record.get("prediction") for record in found if record.get("kind") == "prediction"}
        for each in every:
            if each.id not in noted:
                self._record("prediction", prediction=each.id, answer=None, skipped=True)
        return _summary.summary_card(found, every, self._way_on(), sure=self._sureness())

    def _way_on(self) -> tuple[str, str] | None:
        """Return what comes next and the path to it from this notebook, None at the end.

        After a lesson that is its exercise; in the exercise, and where there is none, the lesson
        that follows.
        """
        if self._row.has_exercise and Path.cwd().name != "exercises":
            return "the exercise", f"../exercises/{self.stem}.ipynb"
        ready = [row for row in _syllabus.LESSONS if row.ready and row.number > self.number]
        if not ready:
            return None
        return f"lesson {ready[0].number}", f"../lessons/{ready[0].stem}.ipynb"

    def _item(self, name: Any) -> checks.Item:
        if not isinstance(name, str):
            ids = ", ".join(f'"{each.name}"' for each in checks.items(self.number))
            raise CourseError(
                f"{_checks.describe(name)} is not an id; the ids of this lesson are {ids}"
            )
        return checks.item(self.number, name)

    def _quiz(self, part: str) -> Any:
        from engramlab.tutor._quiz import QuizPanel

        found = quizzes.quiz(self.number)
        if part == "exit":
            panel = QuizPanel(found.exit, title=found.exit_title, part=part, record=self._record)
        else:
            panel = QuizPanel(
                found.warm_up,
                title=found.warm_up_title,
                part=part,
                record=self._record,
                ends=(found.all_right, found.some_wrong, found.all_corrected),
            )
        self._panels[part] = panel
        return panel

    def _record(self, kind: str, **fields: Any) -> str:
        """Keep a record; return what the disk had to say, "" if all is well."""
        self._progress.record(kind, **fields)
        return " ".join(self._heard())

    def _sureness(self) -> "_summary.Sureness":
        """Return confidence against outcome over the predictions of all lessons."""
        found = self._records()
        workspace = _workspace()
        if workspace is not None:
            found += [one for one in read(workspace) if one.get("lesson") != self.number]
        met = {one.get("lesson") for one in found}
        lessons = [each for each in predictions.lessons() if each in met]
        every = [one for each in lessons for one in predictions.predictions(each)]
        return _summary.sureness(found, every)

    def _records(self) -> list[dict[str, Any]]:
        return self._progress.records()

    def _heard(self) -> list[str]:
        """Return what the progress had to say since the last time."""
        words = list(self._words)
        self._words.clear()
        return words


METHODS = tuple(name for name in vars(Lesson) if not name.startswith("_"))


def _workspace() -> Path | None:
    try:
        return find_workspace(Path.cwd())
    except OSError:
        return None


def _quoted_by(stem: str) -> list[str]:
    """Return the claim ids that the course's own copy of a lesson quotes."""
    import nbformat

    path = resources.lessons_folder() / f"{stem}.ipynb"
    if not path.is_file():
        raise CourseError(f"the course's own copy of {stem} is missing, and its sources with it")
    book = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    prose = "\n".join(cell.source for cell in book.cells if cell.cell_type == "markdown")
    return claims.quoted(prose)
