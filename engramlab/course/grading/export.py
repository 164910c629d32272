"""`engramlab export nbgrader`: the course as the source tree that nbgrader expects."""

from pathlib import Path

from engramlab._types import CourseError
from engramlab.course.files import write_atomic
from engramlab.course.resources import PACKAGE

TARGETS = ("nbgrader",)


def run(target: str = "nbgrader", out: Path | str = "nbgrader-course") -> int:
    """Copy each solved notebook to `OUT/source/NN_topic/NN_topic.ipynb` and return 0.

    nbgrader wants one folder for each assignment, where the repository keeps its notebooks flat.

    Raises
    ------
    CourseError
        If the target is unknown, or this installation has no `solutions/`.
    """
    if target not in TARGETS:
        raise CourseError(f"Cannot export to {target!r}. What can be: {', '.join(TARGETS)}.")
    sources = sorted((PACKAGE.parent / "solutions").glob("[0-9][0-9]_*.ipynb"))
    if not sources:
        raise CourseError(
            "The solved notebooks are not part of an installed package. "
            "Run this in a clone of the repository."
        )
    for source in sources:
        copy = Path(out) / "source" / source.stem / source.name
        copy.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(copy, source.read_bytes())
        print(f"wrote {copy}")
    print(
        "Next: put your nbgrader_config.py into that folder and run `nbgrader generate_assignment`."
    )
    return 0
