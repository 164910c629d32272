"""`engramlab export`: the points for another system, or the course itself for nbgrader."""

from pathlib import Path

from engramlab._types import CourseError
from engramlab.course import checks
from engramlab.course.grading import canvas, marks, moodle, results, sheets
from engramlab.course.grading.grades import Grade, Order, only_one_each
from engramlab.course.grading.showing import counted
from engramlab.course.resources import PACKAGE
from engramlab.course.syllabus import find

TARGETS = ("moodle", "canvas", "nbgrader")
OURS = frozenset({"results", "feedback", "previous", ".lock", "run.log", "free_text.html"})
OURS |= {"gradebook.csv", marks.FREE_TEXT, marks.BY_HAND}
"""What lies in OUT, and is no table for another system."""


def run(
    target: str = "nbgrader",
    out: Path | str | None = None,
    file: Path | str | None = None,
    *,
    worksheet: Path | str | None = None,
    assignment: str | None = None,
    out_of: float | None = None,
) -> int:
    """Write what another system imports, and return 0.

    Parameters
    ----------
    target : {"moodle", "canvas", "nbgrader"}
        The system.
    out : path, optional
        The folder that `engramlab grade` wrote; for nbgrader the folder to write.
    file : path, optional
        The file to write; by default one in `out`, named after the system.
    worksheet : path, optional
        The system's own table of the assignment: it is copied with the points filled in.
    assignment : str, optional
        What the assignment is called in Canvas.
    out_of : float, optional
        The assignment's maximum there, if the points are to be scaled to it.

    Raises
    ------
    CourseError
        If the target is unknown, there are no results, the worksheet is not of this assignment, an
        option says nothing to the target, or `file` is one that must not be written over.
    """
    if target not in TARGETS:
        raise CourseError(f"Cannot export to {target!r}. What can be: {', '.join(TARGETS)}.")
    given = {"--worksheet": worksheet, "--assignment": assignment, "--out-of": out_of}
    _refuse_unused(target, [name for name, value in given.items() if value is not None])
    if target == "nbgrader":
        return _course_for_nbgrader(Path(out or "nbgrader-course"))
    if out is None:
        raise CourseError(
            f"Name the folder that `engramlab grade` wrote: engramlab export {target} OUT."
        )
    folder = Path(out)
    grades, problems = _grades(folder, target, out_of)
    order = Order(
        target=Path(file) if file else folder / f"{target}.csv",
        worksheet=Path(worksheet) if worksheet else None,
        assignment=assignment,
        full=out_of or grades[0].full,
    )
    if order.worksheet and order.target.resolve() == order.worksheet.resolve():
        raise CourseError(f"{order.target} is the worksheet itself. Choose another name for FILE.")
    pages = order.target.with_name("feedback.zip")
    _refuse_ours(order.target, folder, pages if target == "moodle" else None)
    report = canvas.write(order, grades) if target == "canvas" else moodle.write(order, grades)
    left = len(report.blank) + len(report.kept)
    told = [f"Wrote {order.target}: {len(grades) - left} of {counted(len(grades), 'learner')}."]
    if target == "moodle" and (wrote := moodle.write_feedback(folder, pages, grades)):
        told.append(wrote)
    print("\n".join([*problems, *told, *report.sentences(order.full)]))
    return 0


def _refuse_unused(target: str, given: list[str]) -> None:
    """Refuse options that would do nothing."""
    used = {"moodle": {"--worksheet", "--out-of"}, "nbgrader": set()}.get(target, set(given))
    for name in given:
        if name not in used:
            raise CourseError(f"{name} says nothing to {target}. Leave it out.")


def _refuse_ours(target: Path, out: Path, pages: Path | None) -> None:
    """Refuse to write over what `engramlab grade` keeps in OUT, the teacher's points among it."""
    place = target.resolve()
    inside = place.relative_to(out.resolve()).parts if place.is_relative_to(out.resolve()) else ()
    if inside and inside[0].casefold() in OURS:
        raise CourseError(
            f"{target} is a file of {out} itself. Choose another name for FILE, such as "
            f"{out / 'points.csv'}."
        )
    if target.is_dir():
        raise CourseError(f"{target} is a folder. FILE is the name of the table to write.")
    if pages is not None and pages.resolve() == place:
        raise CourseError(f"{target} is where the feedback goes. Choose another name for FILE.")


def _grades(out: Path, system: str, out_of: float | None) -> tuple[list[Grade], tuple[str, ...]]:
    """Return where each learner stands, with the teacher's entries, for a system."""
    kept = results.load_all(out) if (out / "results").is_dir() else []
    if not kept:
        raise CourseError(f"{out} holds no results. Name the folder that `engramlab grade` wrote.")
    exercise = kept[0]["exercise"]
    merged = marks.merge(out, kept, checks.graded(exercise))
    title = f"Exercise {exercise}: {find(exercise).title}"
    grades = [
        Grade.of(result, merged.standings[result["learner"]], title, system, out_of)
        for result in kept
    ]
    return only_one_each(grades), merged.problems


def _course_for_nbgrader(out: Path) -> int:
    """Copy each solved notebook to `OUT/source/NN_topic/NN_topic.ipynb` and return 0.

    nbgrader wants one folder for each assignment, where the repository keeps its notebooks flat.
    """
    sources = sorted((PACKAGE.parent / "solutions").glob("[0-9][0-9]_*.ipynb"))
    if not sources:
        raise CourseError(
            "The solved notebooks are not part of an installed package. "
            "Run this in a clone of the repository."
        )
    for source in sources:
        copy = out / "source" / source.stem / source.name
        data = source.read_bytes()
        is_other = copy.is_file() and copy.read_bytes() != data
        # Not beside it: nbgrader hands out whatever lies there, solutions and all.
        sheets.write(copy, data, keep=True, aside=out / "previous")
        print(f"wrote {copy}" + (f"; what was there lies in {out / 'previous'}" * is_other))
    print(
        "Next: put your nbgrader_config.py into that folder and run `nbgrader generate_assignment`."
    )
    return 0
