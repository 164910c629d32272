"""`engramlab grade SUBMISSIONS OUT`: a folder of solved notebooks becomes a gradebook.

Each submission is run in a process of its own (`runner`), judged here, and kept as one file as soon
as it is done (`results`), so a run that is stopped goes on where it was. The gradebook and the
learners' pages are made from those files.
"""

import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from engramlab._types import CourseError
from engramlab.course import checks
from engramlab.course.grading import feedback, gradebook, results
from engramlab.course.grading.bubblewrap import Bubblewrap
from engramlab.course.grading.marking import Marker
from engramlab.course.grading.results import Result
from engramlab.course.grading.sandbox import Limits, UnsafeLauncher
from engramlab.course.grading.submissions import Submission, find
from engramlab.course.reading import Unreadable, read


def run(
    submissions: Path | str,
    out: Path | str,
    *,
    exercise: str | None = None,
    jobs: int = 1,
    fresh: bool = False,
    unsafe: bool = False,
    limits: Limits | None = None,
) -> int:
    """Grade a folder and return the exit code.

    Parameters
    ----------
    submissions, out : path
        A folder with a folder or a notebook for each learner, and the folder for what comes out.
    exercise : str, optional
        Two digits; by default the exercise whose notebooks lie there.
    jobs : int
        Submissions at a time.
    fresh : bool
        Grade anew what has a result already; the earlier result is kept beside the new one.
    unsafe : bool
        Run the learners' code without a sandbox.
    limits : Limits, optional
        What one submission may use.

    Raises
    ------
    CourseError
        If there is nothing to grade, `out` holds the results of another exercise, or there is no
        sandbox and `unsafe` is not given.
    """
    folder, out = Path(submissions), Path(out)
    if folder.is_dir() and out.resolve().is_relative_to(folder.resolve()):
        raise CourseError(
            f"{out} lies inside {folder}, where it would be taken for a submission the next time. "
            "Choose a folder beside it."
        )
    lesson, stem = _exercise(folder, exercise)
    found = find(folder, stem)
    bounds = limits or Limits()
    with tempfile.TemporaryDirectory(prefix="engramlab-cache-") as cache:
        own = Path(cache)
        launcher = UnsafeLauncher(own) if unsafe else Bubblewrap(bounds, own)
        out.mkdir(parents=True, exist_ok=True)
        marker = Marker(exercise=lesson, out=out, launcher=launcher, limits=bounds, fresh=fresh)
        _refuse_mixture(marker, out)
        done = list(_mark_all(marker, found, jobs))
    _write_books(marker, out)
    by_hand = [result for result in done if result["status"] != results.GRADED]
    print(f"{len(done)} submissions, {len(by_hand)} of them for a human to look at.")
    for result in by_hand:
        print(f"  {result['learner']}: {result['status']}")
    how = "Ran without a sandbox (--unsafe). " if unsafe else ""
    print(f"{how}The gradebook is {out / 'gradebook.csv'}.")
    return 0


def _exercise(folder: Path, exercise: str | None) -> tuple[str, str]:
    """Return the number and the stem of the exercise to grade."""
    known = {number: stem for number, stem in checks.lessons().items() if checks.graded(number)}
    if exercise is not None:
        number = str(exercise)[:2].rjust(2, "0")
        if number not in known:
            raise CourseError(
                f"There is no exercise {exercise!r}. Those that exist: {', '.join(known)}."
            )
        return number, known[number]
    paths = [folder, *(folder.rglob("*.ipynb") if folder.is_dir() else ())]
    there = {path.name[:2] for path in paths if path.name[:3] in {f"{n}_" for n in known}}
    there = there or _asked_for([path for path in paths if path.is_file()], list(known))
    chosen = sorted(there) or sorted(known)
    if not there:
        find(folder, "")  # a folder that is not there, or empty, is named first
    if len(chosen) > 1:
        raise CourseError(
            f"{folder} may hold the exercises {', '.join(chosen)}. Say which with --exercise NN."
        )
    return chosen[0], known[chosen[0]]


def _asked_for(notebooks: list[Path], known: list[str]) -> set[str]:
    """Return the exercises whose functions all stand in one of the notebooks, whatever its name."""
    found = set()
    for path in notebooks:
        try:
            code = "\n".join(read(path).cells)
        except Unreadable:
            continue
        for number in known:
            if all(f"def {item.function}(" in code for item in checks.graded(number)):
                found.add(number)
    return found


def _refuse_mixture(marker: Marker, out: Path) -> None:
    others = {r["exercise"] for r in _kept(out)} - {marker.exercise}
    if others:
        raise CourseError(
            f"{out} holds results of exercise {', '.join(sorted(others))}. "
            "Choose another folder for this one."
        )


def _mark_all(marker: Marker, found: list[Submission], jobs: int) -> Iterator[Result]:
    """Mark all submissions, some at a time; one line of the log for each, as soon as it is done."""
    log = (marker.out / "run.log").open("a", encoding="utf-8", errors="replace")
    pool = ThreadPoolExecutor(max_workers=max(1, jobs))
    with log:
        try:
            for submission, (result, note) in zip(found, pool.map(marker.mark, found), strict=True):
                now = time.strftime("%Y-%m-%d %H:%M:%S")
                said = [gradebook.said(verdict) for verdict in result["items"]]
                line = " | ".join([now, submission.learner, result["status"], *said, note])
                log.write(line.replace("\n", " ") + "\n")
                log.flush()
                yield result
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _kept(out: Path) -> list[Result]:
    """Return all results in `out`, sorted by learner."""
    loaded = [results.load(path) for path in (out / "results").glob("*.json")]
    return sorted((r for r in loaded if r is not None), key=lambda r: str(r["learner"]))


def _write_books(marker: Marker, out: Path) -> None:
    kept = _kept(out)
    gradebook.write(out, kept, marker.items)
    for result in kept:
        feedback.write(out, result, marker.items)
