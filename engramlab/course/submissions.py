"""Finding the learners' notebooks in a folder, and reading cells out of whatever they are.

A notebook need not be well formed to be graded: functions are found by name, so old formats,
stripped metadata and duplicated cells do no harm. What cannot be read is a reason for a human to
look, never a zero.
"""

import codecs
import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engramlab._types import CourseError

LARGEST_FILE = 100 * 2**20
LARGEST_CELL = 2**20
MOST_CELLS = 2000
LONGEST_NAME = 180
EXPLAIN = "explain"
"""The id of the cell with the free text."""
UNANSWERED = "YOUR ANSWER HERE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One learner's hand-in: a notebook, or the reason why there is none to grade."""

    learner: str
    path: Path | None
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notebook:
    """The code cells of a notebook in their order, and the learner's free text."""

    cells: list[str]
    text: str
    digest: str


class Unreadable(Exception):
    """A file out of which no cells can be read; the reason is a clause without full stop."""

    def __init__(self, reason: str, digest: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.digest = digest


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


def read(path: Path) -> Notebook:
    """Return the cells of a notebook of any format.

    Raises
    ------
    Unreadable
        If the file is no notebook, with the reason.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise Unreadable(f"the file is larger than {LARGEST_FILE // 2**20} MB")
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"the file cannot be read ({error.strerror})") from None
    digest = hashlib.sha256(data).hexdigest()
    try:
        cells = _cells(json.loads(_decoded(data)))
    except UnicodeDecodeError:
        raise Unreadable("the file is not text in UTF-8", digest) from None
    except RecursionError:
        raise Unreadable("the file is nested too deep", digest) from None
    except ValueError:
        raise Unreadable("the file is not JSON", digest) from None
    if cells is None:
        raise Unreadable("the file holds no cells", digest)
    code = [source for kind, source, _ in cells if kind == "code"]
    if len(cells) > MOST_CELLS or any(len(source) > LARGEST_CELL for source in code):
        raise Unreadable("the notebook has too many or too large cells", digest)
    return Notebook(cells=code, text=_free_text(cells), digest=digest)


def free_text(notebook: Any) -> str:
    """Return the learner's free text in a notebook's plain data, "" where nothing is written."""
    return _free_text(_cells(notebook) or [])


def _decoded(data: bytes) -> str:
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding)
    return data.decode("utf-8-sig")


def _cells(notebook: Any) -> list[tuple[str, str, set[str]]] | None:
    """Return kind, source and ids of each cell, of format 4 or older; None without cells."""
    if not isinstance(notebook, dict):
        return None
    raw = notebook.get("cells")
    if raw is None and isinstance(notebook.get("worksheets"), list):
        raw = [
            cell
            for sheet in notebook["worksheets"]
            if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list)
            for cell in sheet["cells"]
        ]
    if not isinstance(raw, list):
        return None
    found = []
    for cell in raw:
        if not isinstance(cell, dict):
            continue
        source = cell.get("source", cell.get("input", ""))
        if isinstance(source, list):
            source = "".join(part for part in source if isinstance(part, str))
        if isinstance(source, str):
            found.append((str(cell.get("cell_type")), source, _ids(cell)))
    return found


def _ids(cell: dict[str, Any]) -> set[str]:
    metadata = cell.get("metadata")
    mark = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = mark.get("grade_id") if isinstance(mark, dict) else None
    return {name for name in (cell.get("id"), grade_id) if isinstance(name, str)}


def _free_text(cells: list[tuple[str, str, set[str]]]) -> str:
    for kind, source, ids in cells:
        if kind == "markdown" and EXPLAIN in ids and source.strip() != UNANSWERED:
            return source.strip()
    return ""
