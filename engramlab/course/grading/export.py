"""`engramlab export`: the points for another system, or the course itself for nbgrader."""

from pathlib import Path

from engramlab._types import CourseError
from engramlab.course import checks
from engramlab.course.files import write_atomic
from engramlab.course.grading import canvas, marks, moodle, results
from engramlab.course.grading.grades import Grade, Order
from engramlab.course.resources import PACKAGE
from engramlab.course.syllabus import find

TARGETS = ("moodle", "canvas", "nbgrader")


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
        If the target is unknown, there are no results, or the worksheet is not of this assignment.
    """
    if target not in TARGETS:
        raise CourseError(f"Cannot export to {target!r}. What can be: {', '.join(TARGETS)}.")
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
    left = canvas.write(order, grades) if target == "canvas" else moodle.write(order, grades)
    told = [f"Wrote {order.target}: {len(grades) - len(left)} of {len(grades)} learners."]
    if target == "moodle":
        pages = moodle.write_feedback(folder, order.target.with_name("feedback.zip"), grades)
        more = sum(grade.points is not None and grade.points > order.full for grade in grades)
        told += [pages] if pages else []
        if more:
            told.append(
                f"Moodle takes no more than {order.full:g}: that is what {more} get of more."
            )
    told += [f"Left blank: {name} ({why})." for name, why in left]
    print("\n".join([*problems, *told]))
    return 0


def _grades(out: Path, system: str, out_of: float | None) -> tuple[list[Grade], tuple[str, ...]]:
    """Return where each learner stands, with the teacher's entries, for a system."""
    kept = results.load_all(out) if (out / "results").is_dir() else []
    if not kept:
        raise CourseError(f"{out} holds no results. Name the folder that `engramlab grade` wrote.")
    exercise = kept[0]["exercise"]
    merged = marks.merge(out, kept, checks.graded(exercise))
    title = f"Exercise {exercise}: {find(exercise).title}"
    return [
        Grade.of(result, merged.standings[result["learner"]], title, system, out_of)
        for result in kept
    ], merged.problems


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
        copy.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(copy, source.read_bytes())
        print(f"wrote {copy}")
    print(
        "Next: put your nbgrader_config.py into that folder and run `nbgrader generate_assignment`."
    )
    return 0
