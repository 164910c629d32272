"""Reading the cells out of a learner's notebook, whatever has become of it on its way.

A notebook need not be well formed to be graded: functions are found by name, so old formats,
stripped metadata and duplicated cells do no harm. What cannot be read is a reason for a human to
look, never a zero; what had to be guessed is read and a reason to look as well.
"""

import json
import os
import re
import stat
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Any

from engramlab.course.files import digest as digest_of
from engramlab.course.own_words import UNANSWERED, elsewhere

LARGEST_FILE = 100 * 2**20
LARGEST_CELL = 2**20
MOST_CELLS = 2000
MOST_VALUES = 3_000_000
"""Lists, dictionaries and commas in a file: each costs up to 200 bytes once it is read."""
EXPLAIN = "explain"
"""The id of the cell with the free text."""
_ASKED = re.compile(r"\s*#+ [\d. ]*In your own words\b")
GUESSED = "the file is not in UTF-8; it was read as Windows-1252"

_OPEN = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)  # else opening a pipe waits for ever
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_STRING = re.compile(r'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_PARSING = threading.Lock()
"""One file at a time becomes Python's objects: it is the memory of a run that this bounds."""

Cell = tuple[str, str, set[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notebook:
    """The code cells of a notebook in their order, and the learner's free text.

    Where the cell for the text was left as it was, `text` is what was written elsewhere. `doubt`
    says what had to be guessed in reading it, "" where nothing was.
    """

    cells: list[str]
    text: str
    digest: str
    doubt: str = ""


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
    return parse(content(path))


def parse(data: bytes) -> Notebook:
    """Return the cells of a notebook's bytes.

    Raises
    ------
    Unreadable
        If they are no notebook, with the reason.
    """
    digest = digest_of(data)
    try:
        with _PARSING:
            text, doubt = _decoded(data)
            if _values(text) > MOST_VALUES:
                raise Unreadable("the file holds too many values", digest)
            # Numbers stay text: nothing of a notebook is counted, and a number can be too long.
            raw = _raw(json.loads(text, strict=False, parse_int=str, parse_float=str))
    except UnicodeDecodeError:
        raise Unreadable("the file is not text in UTF-8", digest) from None
    except RecursionError:
        raise Unreadable("the file is nested too deep", digest) from None
    except ValueError:
        raise Unreadable("the file is not JSON", digest) from None
    except MemoryError:
        raise Unreadable("the file needs too much memory", digest) from None
    if raw is None:
        raise Unreadable("the file holds no cells", digest)
    cells = _cells(raw[:MOST_CELLS])
    code = [source for kind, source, _ in cells if kind == "code"]
    if len(raw) > MOST_CELLS or any(len(source) > LARGEST_CELL for source in code):
        raise Unreadable("the notebook has too many or too large cells", digest)
    text = _free_text(cells) or elsewhere((kind, source) for kind, source, _ in cells)
    return Notebook(cells=code, text=text, digest=digest, doubt=doubt)


def content(path: Path) -> bytes:
    """Return the bytes of an ordinary file, read once; never waits on a pipe, follows no link.

    Raises
    ------
    Unreadable
        If it is no ordinary file, larger than `LARGEST_FILE`, or cannot be read.
    """
    try:
        with opened(path) as file:
            if os.fstat(file.fileno()).st_size <= LARGEST_FILE:
                pieces = list(_pieces(file, LARGEST_FILE + 1))
                if sum(map(len, pieces)) <= LARGEST_FILE:  # it may have grown meanwhile
                    return b"".join(pieces)
    except OSError as error:
        raise Unreadable(f"the file cannot be read ({error.strerror})") from None
    raise Unreadable(f"the file is larger than {LARGEST_FILE // 2**20} MB")


def opened(path: Path) -> FileIO:
    """Return an ordinary file, open for reading.

    Raises
    ------
    Unreadable
        If it is a link, a folder, a pipe, a socket or a device.
    OSError
        If it cannot be opened.
    """
    what = _kind(os.lstat(path).st_mode)
    if not what:  # a look before, since opening a device can do things
        number = os.open(path, _OPEN)
        what = _kind(os.fstat(number).st_mode)
        if not what:
            return FileIO(number)
        os.close(number)
    raise Unreadable(f"the file is {what}")


def _kind(mode: int) -> str:
    """Return what a file is, "" for an ordinary one."""
    if stat.S_ISREG(mode):
        return ""
    if stat.S_ISLNK(mode):
        return "a link"
    return "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"


def _pieces(file: FileIO, most: int) -> Iterator[bytes]:
    while most > 0 and (piece := file.read(min(most, 2**24))):
        most -= len(piece)
        yield piece


def free_text(notebook: Any) -> str:
    """Return the learner's free text in a notebook's plain data, "" where nothing is written."""
    return _free_text(_cells(_raw(notebook) or []))


def _decoded(data: bytes) -> tuple[str, str]:
    """Return the text, and the doubt about it.

    Halves of a character (surrogates) pass: one of them must not cost the notebook.
    """
    encoding, doubt = json.detect_encoding(data), ""
    try:
        text = data.decode(encoding, "surrogatepass")
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise
        text, doubt = data.decode("cp1252"), GUESSED
    return text.strip("\ufeff\0\x1a \t\r\n"), doubt


def _values(text: str) -> int:
    """Return how many values a file holds, at most; those inside strings are no values."""
    number = sum(map(text.count, ",[{"))
    if number > MOST_VALUES:
        number = sum(map(_STRING.sub("", text).count, ",[{"))
    return number


def _cells(raw: list[Any]) -> list[Cell]:
    """Return kind, source and ids of each cell."""
    return [(_cell_kind(cell), _source(cell), _ids(cell)) for cell in raw if isinstance(cell, dict)]


def _raw(notebook: Any) -> list[Any] | None:
    """Return the cells of a notebook of format 4 or older as they are; None without cells."""
    if not isinstance(notebook, dict):
        return None
    if "cells" not in notebook and isinstance(notebook.get("content"), dict):
        notebook = notebook["content"]  # as Jupyter's server sends it and a browser saves it
    raw = notebook.get("cells")
    if raw is None and isinstance(notebook.get("worksheets"), list):
        raw = [
            cell
            for sheet in notebook["worksheets"]
            if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list)
            for cell in sheet["cells"]
        ]
    return raw if isinstance(raw, list) else None


def _cell_kind(cell: dict[str, Any]) -> str:
    kind = cell.get("cell_type")
    if isinstance(kind, str) and kind:
        return kind.lower()
    return "code" if "outputs" in cell or "execution_count" in cell else ""


def _source(cell: dict[str, Any]) -> str:
    """Return a cell's text, whether it stands there whole, in lines, or in lines without ends."""
    for name in ("source", "input", "code"):
        raw = cell.get(name)
        if isinstance(raw, str | list):
            break
    parts = list(_strings(raw))
    bare = len(parts) > 1 and not any(part.endswith(("\n", "\r")) for part in parts[:-1])
    text = ("\n" if bare else "").join(parts)
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").removeprefix("\ufeff")


def _strings(raw: Any) -> Iterator[str]:
    waiting = [raw]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, list):
            waiting.extend(reversed(part))


def _ids(cell: dict[str, Any]) -> set[str]:
    metadata = cell.get("metadata")
    mark = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = mark.get("grade_id") if isinstance(mark, dict) else None
    return {name for name in (cell.get("id"), grade_id) if isinstance(name, str)}


def _free_text(cells: list[Cell]) -> str:
    """Return what was written in the cell for it, or below its heading where ids were stripped."""
    places = [source for _, source, ids in cells if EXPLAIN in ids]
    if not places:
        prose = [source for kind, source, _ in cells if kind == "markdown"]
        asked = [at for at, source in enumerate(prose) if _ASKED.match(source)]
        places = [source for at in asked for source in prose[at + 1 : at + 2]]
    texts = [source.strip() for source in places]
    return next((text for text in texts if text not in ("", UNANSWERED)), "")
