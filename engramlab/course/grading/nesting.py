"""What lies one folder deeper than it should: a class inside a folder or a zip file."""

from collections.abc import Sequence
from dataclasses import replace

from engramlab.course.grading import choosing
from engramlab.course.grading.choosing import File
from engramlab.course.grading.platforms import label_of

WORKSPACE = ("exercises", "lessons", "submissions")


def without_wrapper(files: list[File], *, is_zip: bool) -> list[File]:
    """Take off the only folder that there is, where it holds a class; a learner's own stays.

    Parameters
    ----------
    files : list of File
        All that was handed in.
    is_zip : bool
        Whether they come from a zip file: there loose notebooks of any name are a class too.
    """
    tops = {file.parts[0] for file in files}
    if len(tops) != 1 or label_of(next(iter(tops)), is_folder=True):
        return files
    inside = [file for file in files if len(file.parts) > 1]
    if any(len(file.parts) == 1 and not file.is_folder for file in files):
        return files
    if _labels(inside):
        return [replace(file, parts=file.parts[1:]) for file in inside]
    folders = {file.parts[1] for file in inside if len(file.parts) > 2}
    names = {file.parts[1] for file in inside if file.is_wanted}
    is_learners = any(name in WORKSPACE or choosing.is_of_course(name) for name in names)
    if len(names) < 2 or is_learners or not (is_zip or names <= folders):
        return files
    return [replace(file, parts=file.parts[1:]) for file in inside]


def learners_inside(files: Sequence[File]) -> tuple[str, ...]:
    """Return the learners whose files a platform put one deeper, below what looks like one's."""
    return tuple(sorted(_labels([file for file in files if len(file.parts) > 1])))


def _labels(files: Sequence[File]) -> set[str]:
    """Return the learners by the second part of the files' names.

    Moodle's names are taken for what they are; Canvas' only where all are, and of several learners,
    since a date looks like one.
    """
    moodle: set[str] = set()
    canvas: dict[str, str | None] = {}
    for file in files:
        if file.is_folder and len(file.parts) == 2 and not label_of(file.parts[1], is_folder=True):
            continue
        label = label_of(file.parts[1], is_folder=len(file.parts) > 2 or file.is_folder)
        if label is None:
            canvas[file.parts[1]] = None
        elif label.platform is None or label.platform.system == "moodle":
            moodle.add(label.learner)
        else:
            canvas[label.learner] = label.platform.id
    numbers = set(canvas.values())
    return moodle or (set(canvas) if None not in numbers and len(numbers) > 1 else set())
