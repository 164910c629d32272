"""`engramlab grade SUBMISSIONS OUT`: a folder of solved notebooks becomes a gradebook.

Each submission is run in a process of its own (`runner`) and marked (`marking`) by one of the
`workers`. This process alone writes in OUT: each result is kept as one file as soon as it is there
(`results`), so a run that is stopped goes on where it was. The gradebook and the learners' pages
are made from those files.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from engramlab._types import CourseError
from engramlab.course import checks
from engramlab.course.files import explain, say
from engramlab.course.grading import books, results, workers
from engramlab.course.grading.exercise import exercise_of
from engramlab.course.grading.locks import only_one
from engramlab.course.grading.marking import Task, Terms, task_of
from engramlab.course.grading.marks import Standing
from engramlab.course.grading.results import Result
from engramlab.course.grading.sandbox import Limits
from engramlab.course.grading.stopping import like_an_interrupt
from engramlab.course.grading.submissions import Submission, find, gathered, hints
from engramlab.course.grading.telling import Log, Progress, last_words

CLASS_KEY = "ENGRAMLAB_CLASS_KEY"
"""The variable by which a teacher gives a class its own questions."""
AGAIN = "the same command goes on from there"


def run(
    submissions: Path | str,
    out: Path | str,
    *,
    exercise: str | None = None,
    jobs: int | None = None,
    fresh: bool = False,
    dask: str | None = None,
    unsafe: bool = False,
    limits: Limits | None = None,
) -> int:
    """Grade a folder and return the exit code.

    Parameters
    ----------
    submissions, out : path
        A folder or a zip file with a folder, a notebook or a zip file for each learner, and the
        folder for what comes out.
    exercise : str, optional
        Two digits; by default the exercise whose notebooks lie there.
    jobs : int, optional
        Submissions at a time; by default one, and on a cluster what its workers take.
    fresh : bool
        Grade anew what has a result already; the earlier result is kept beside the new one.
    dask : str, optional
        The address of the scheduler of a Dask cluster whose workers do the marking.
    unsafe : bool
        Run the learners' code without a sandbox.
    limits : Limits, optional
        What one submission may use.

    Raises
    ------
    CourseError
        If there is nothing to grade, `out` holds the results of another exercise, another grader
        is at work there or it cannot be written, or there is no sandbox and `unsafe` is not given.
        Results that are there by then are kept, and the error says how many.
    """
    folder, out = Path(submissions), Path(out)
    if folder.is_dir() and out.resolve().is_relative_to(folder.resolve()):
        raise CourseError(
            f"{out} lies inside {folder}, where it would be taken for a submission the next time. "
            "Choose a folder beside it."
        )
    if (folder / "results").is_dir() and (folder / "gradebook.csv").is_file():
        raise CourseError(
            f"{folder} is a folder that engramlab grade wrote, not one of submissions. "
            "SUBMISSIONS is the folder with the learners' files, and OUT comes after it."
        )
    with like_an_interrupt(), gathered(folder, _names_given(out)) as handed_in:
        lesson, stem = exercise_of(handed_in, exercise)
        terms = Terms(
            exercise=lesson,
            class_key=os.environ.get(CLASS_KEY, ""),
            limits=limits or Limits(),
            unsafe=unsafe,
        )
        desk = Desk(out, find(handed_in, stem), terms, is_fresh=fresh)
        _grade(desk, _crew(terms, jobs, dask))
    say([*hints(folder, desk.found), *desk.said, *desk.last_words()])
    return 0


def _names_given(out: Path) -> dict[tuple[str, str], str]:
    """Return the names that learners have already; what cannot be read is told later."""
    try:
        return results.names_given(out)
    except OSError:
        return {}


def _grade(desk: "Desk", hired: AbstractContextManager[workers.Crew]) -> None:
    """Do the work of a run; whatever stops it is said together with what is kept by then."""
    out = desk.out
    with hired as crew:
        try:
            out.mkdir(parents=True, exist_ok=True)
            with only_one(out):
                desk.open()
                desk.mark_all(crew)
                desk.write_books()
        except KeyboardInterrupt:
            raise CourseError(f"Stopped. {desk.so_far()}.") from None
        except CourseError as error:
            raise CourseError(f"{error} {desk.so_far()}." if desk.is_open else str(error)) from None
        except OSError as error:
            said = explain(error, out, cure="choose another folder for OUT")
            raise CourseError(f"{said} {desk.so_far()}.") from error


def _crew(terms: Terms, jobs: int | None, dask: str | None) -> AbstractContextManager[workers.Crew]:
    if dask is None:
        return workers.local(terms, jobs or 1)
    return workers.cluster(dask, terms, jobs)


class Desk:
    """Where one run keeps what is done: the only writer in OUT.

    Parameters
    ----------
    out : Path
        The folder for what comes out.
    found : list of Submission
        The class.
    terms : Terms
        What holds for all.
    is_fresh : bool
        Whether results of an earlier run are made anew.
    """

    def __init__(self, out: Path, found: list[Submission], terms: Terms, *, is_fresh: bool) -> None:
        self.out = out
        self.found = found
        self.terms = terms
        self.is_fresh = is_fresh
        self.is_open = False
        self.done: dict[str, Result] = {}
        self.broken: list[tuple[str, Path]] = []
        self.said: list[str] = []
        self.others: list[str] = []
        self.standings: Mapping[str, Standing] = {}
        self.log = Log(out)

    def open(self) -> None:
        """Make the folders and look at what lies there; refuse results of another exercise."""
        others = {r["exercise"] for r in results.load_all(self.out)} - {self.terms.exercise}
        if others:
            raise CourseError(
                f"{self.out} holds results of exercise {', '.join(sorted(others))}. "
                "Choose another folder for this one."
            )
        results.prepare(self.out)
        self.broken = results.set_broken_aside(self.out)
        self.is_open = True

    def mark_all(self, crew: workers.Crew) -> None:
        """Mark the class, and keep each result as soon as it is there."""
        todo = [submission for submission in self.found if not self._has_kept(submission)]
        with Progress(len(self.found), list(self.done.values())) as progress:
            tasks = (task_of(submission, self.terms) for submission in todo)
            with crew(tasks) as finished:
                for result, note in finished:
                    results.keep(self.out, result)
                    self.done[result["learner"]] = result
                    self.log.add(result, note)
                    progress.add(result)

    def _has_kept(self, submission: Submission) -> bool:
        """Return whether a submission has a result that still holds, and count it as done."""
        kept = results.load(results.path_of(self.out, submission.learner))
        if kept is None or self.is_fresh:
            return False
        task: Task = task_of(submission, self.terms)
        if not results.still_holds(kept, task.digest, self.terms.class_key, self.terms.label):
            return False
        if kept["platform"] != results.plain_platform(task.platform):
            return False
        if kept["beside"] != list(task.beside):
            return False
        self.done[submission.learner] = kept
        self.log.add(kept, "kept from an earlier run")
        return True

    def write_books(self) -> None:
        """Make what the teacher and the learners read from all results in OUT.

        Raises
        ------
        CourseError
            If a result that was kept is no longer there.
        """
        for before, now, aside in results.pass_on(self.out, self.done):
            self.said.append(f"{before} is now {now}, by the platform's number; see {aside}.")
        kept = results.load_all(self.out)
        merged = books.write(self.out, kept, checks.graded(self.terms.exercise))
        self.said += books.sentences(self.out, merged)
        self.standings = merged.standings
        there = {result["learner"] for result in kept}
        self.others = sorted(there - self.done.keys())
        lost = sorted({one.learner for one in self.found} - there)
        if lost:
            for learner in lost:
                self.done.pop(learner, None)
            raise CourseError(
                f"{self.out} was changed while its results were made: {len(lost)} of "
                f"{len(self.found)} are no longer there ({', '.join(lost[:5])})."
            )

    def so_far(self) -> str:
        """Return how many results there are and what to do, as a clause."""
        if not self.is_open:
            return f"Nothing was changed in {self.out}"
        return f"{len(self.done)} of {len(self.found)} graded are kept; {AGAIN}"

    def last_words(self) -> Iterator[str]:
        """Give the lines that end a run."""
        return last_words(
            self.out,
            [self.done[submission.learner] for submission in self.found],
            standings=self.standings,
            others=self.others,
            broken=self.broken,
            is_unsafe=self.terms.unsafe,
            log=self.log,
        )
