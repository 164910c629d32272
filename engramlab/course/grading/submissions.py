"""Finding the learners' notebooks in what the teacher has: one submission for each learner."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from engramlab._types import CourseError

LONGEST_NAME = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One learner's hand-in: a notebook, or the reason why there is none to grade."""

    learner: str
    path: Path | None
    problem: str = ""


def find(folder: Path, stem: str) -> list[Submission]:
    """Return one submission for each learner, sorted by name.

    Parameters
    ----------
    folder : Path
        Holds a folder for each learner, or a notebook for each, or both; or is one notebook.
    stem : str
        The exercise's file name without ending, such as "08_pattern_completion".

    Raises
    ------
    CourseError
        If there is no such folder, or nothing in it.
    """
    if folder.is_file() and folder.suffix == ".ipynb":
        return [Submission(learner=folder.stem, path=folder)]
    if not folder.is_dir():
        raise CourseError(
            f"There is no folder {folder}. Name the folder that holds a folder or a notebook for "
            "each learner; unpack a zip file first."
        )
    found: dict[str, Submission] = {}
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith((".", "__")):
            continue
        if entry.is_symlink():
            submission = Submission(learner=entry.stem, path=None, problem="the file is a link")
        elif entry.is_dir():
            submission = _of_folder(entry, stem)
        elif entry.suffix == ".ipynb":
            submission = Submission(learner=entry.stem, path=entry)
        else:
            continue
        name = submission.learner
        if name in found:  # a folder and a notebook of one name
            name = entry.name
        name = _short(name)
        found[name] = replace(submission, learner=name)
    if not found:
        raise CourseError(
            f"{folder} holds no submissions: no folders and no files that end in .ipynb."
        )
    return [found[name] for name in sorted(found)]


def _short(name: str) -> str:
    """Return a name that leaves room for endings; names too long keep apart by their hash."""
    raw = name.encode("utf-8", "surrogateescape")
    if len(raw) <= LONGEST_NAME:
        return name
    return f"{name[:40]}-{hashlib.sha256(raw).hexdigest()[:12]}"


def _of_folder(folder: Path, stem: str) -> Submission:
    """Return the notebook of a learner's folder: the one of the right name, or the only one."""
    notebooks = [
        path
        for path in sorted(folder.rglob("*.ipynb"))
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    links = [path for path in notebooks if path.is_symlink()]
    notebooks = [path for path in notebooks if path.is_file() and not path.is_symlink()]
    for fits in (
        [path for path in notebooks if path.stem == stem],
        [path for path in notebooks if path.name.startswith(stem[:3])],
        notebooks,
    ):
        if len(fits) == 1:
            return Submission(learner=folder.name, path=fits[0])
    problem = "no notebook in the folder"
    if links:
        problem = "the notebook is a link"
    if notebooks:
        problem = f"{len(notebooks)} notebooks in the folder, and no telling which is meant"
    return Submission(learner=folder.name, path=None, problem=problem)
