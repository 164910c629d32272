"""Reading the cells out of a learner's notebook, whatever has become of it on its way.

A notebook need not be well formed to be graded: functions are found by name, so old formats,
stripped metadata and duplicated cells do no harm. What cannot be read is a reason for a human to
look, never a zero.
"""

import codecs
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LARGEST_FILE = 100 * 2**20
LARGEST_CELL = 2**20
MOST_CELLS = 2000
EXPLAIN = "explain"
"""The id of the cell with the free text."""
UNANSWERED = "YOUR ANSWER HERE"


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
