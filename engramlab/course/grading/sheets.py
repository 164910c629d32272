"""Tables for a spreadsheet: written so that no cell is a formula, read however they were saved.

Excel and LibreOffice save a CSV file with semicolons or commas, with or without a byte-order mark,
in UTF-8 or in the code page of the machine, and teachers move columns, sort rows and add their own.
"""

import codecs
import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engramlab._types import CourseError
from engramlab.course.files import free_name, write_atomic

_FORMULA = ("=", "+", "-", "@")
_SPACE = re.compile(r"[\t\n\r]")
_CONTROL = re.compile(r"[\x00-\x1f]")
_INNER = re.compile(r"(;\s*)(?=[=+\-@])")


def safe(value: Any) -> Any:
    """Return a cell of one line that no spreadsheet takes for a formula: text like one is quoted.

    Also behind a semicolon or a line end, where many spreadsheets begin a new cell.
    """
    if isinstance(value, float):
        return f"{value:g}"
    if not isinstance(value, str):
        return value
    value = _INNER.sub(r"\1'", _CONTROL.sub("", _SPACE.sub(" ", value)))
    return f"'{value}" if value.lstrip().startswith(_FORMULA) else value


def unquoted(cell: str) -> str:
    """Return a cell's text without the apostrophe that `safe` puts in front."""
    return cell[1:] if cell[:1] == "'" and safe(cell[1:]) == cell else cell


def plain(text: str) -> str:
    """Return the form in which a name is compared, whatever a spreadsheet has done to it."""
    text = str(safe(text)).encode("utf-8", "replace").decode()
    return " ".join(unicodedata.normalize("NFC", text).split())


def number(cell: str) -> float | None:
    """Return the number in a cell, with a decimal point or comma; None where there is none."""
    text = cell.strip().removeprefix("'").replace(",", ".")
    return float(text) if re.fullmatch(r"\d{1,6}(\.\d*)?", text) else None


@dataclass(slots=True, kw_only=True)
class Table:
    """The cells of a file, the heads first; what is not changed is written as it was read."""

    rows: list[list[str]]
    delimiter: str = ","
    marked: bool = True
    """Whether the file begins with a byte-order mark, by which Excel knows UTF-8."""
    first_line: str = ""
    """Excel's own ``sep=;``, if the file begins with it."""

    @property
    def heads(self) -> list[str]:
        """The first row."""
        return self.rows[0]

    def column(self, name: str) -> int | None:
        """Return where a column stands; its head may say more than the name."""
        heads = [plain(head).casefold() for head in self.heads]
        name = plain(name).casefold()
        if name in heads:
            return heads.index(name)
        return next((at for at, head in enumerate(heads) if head.startswith(f"{name} (")), None)

    def cell(self, row: list[str], name: str) -> str:
        """Return the text in a column of a row, "" where the row or the table has none."""
        at = self.column(name)
        return row[at].strip() if at is not None and at < len(row) else ""

    def put(self, row: list[str], name: str, value: Any) -> None:
        """Set the cell in a column of a row, unless that is what it says already."""
        at = self.column(name)
        if at is None:
            raise KeyError(name)
        cell = str(safe(value))
        if plain(cell) != plain(row[at] if at < len(row) else ""):
            row += [""] * (at + 1 - len(row))
            row[at] = cell

    def encode(self) -> bytes:
        """Return the file's bytes."""
        text = io.StringIO()
        text.write(self.first_line)
        csv.writer(text, delimiter=self.delimiter, lineterminator="\n").writerows(self.rows)
        data = text.getvalue().encode("utf-8", "replace")
        return codecs.BOM_UTF8 + data if self.marked else data


def read(path: Path, *names: str) -> Table:
    """Return the table in a file.

    Parameters
    ----------
    path : Path
        A file of comma, semicolon or tab separated values in any common encoding.
    names : str
        Columns that it must have; by them the separator is found.

    Raises
    ------
    CourseError
        If the file cannot be read, or lacks a column.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CourseError(f"{path} cannot be read ({error.strerror}).") from None
    text = _decoded(data)
    first_line = ""
    if text[:4].casefold() == "sep=":
        first_line, end, text = text.partition("\n")
        first_line += end
    heads = text.partition("\n")[0]
    table = None
    for delimiter in sorted(",;\t", key=heads.count, reverse=True):
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        except csv.Error:
            continue
        table = Table(
            rows=rows or [[]],
            delimiter=delimiter,
            marked=data.startswith(codecs.BOM_UTF8),
            first_line=first_line,
        )
        if all(table.column(name) is not None for name in names):
            return table
    if table is None or data.startswith(b"PK"):
        raise CourseError(f"{path} is no table. Save it from the spreadsheet as CSV.")
    missing = " and ".join(f'"{name}"' for name in names if table.column(name) is None)
    raise CourseError(
        f"{path} has no column {missing} in its first row. Save it as CSV with its heads as they "
        "were."
    )


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def write(path: Path, data: bytes, *, keep: bool = False, aside: Path | None = None) -> None:
    """Write a file if that changes it.

    Parameters
    ----------
    path : Path
        The file.
    data : bytes
        Its content.
    keep : bool
        Put the earlier file aside first, once.
    aside : Path, optional
        The folder for that; by default `previous` beside the file.
    """
    if path.is_file():
        before = path.read_bytes()
        if before == data:
            return
        if keep:
            _put_aside((aside or path.parent / "previous") / path.name, before)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, data)


def write_ours(out: Path, path: Path, data: bytes, mark: bytes) -> None:
    """Write a file that is made anew each time; one of the same name without our mark is kept.

    Parameters
    ----------
    out : Path
        The folder with what came out; a foreign file goes to its folder `previous`.
    path : Path
        The file.
    data : bytes
        Its content.
    mark : bytes
        What every such file of ours holds.
    """
    is_foreign = path.is_file() and mark not in path.read_bytes()
    write(path, data, keep=is_foreign, aside=out / "previous")


def _put_aside(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    size = len(data)
    alike = (one for one in path.parent.iterdir() if one.name.startswith(path.stem))
    if not any(one.stat().st_size == size and one.read_bytes() == data for one in alike):
        write_atomic(free_name(path), data)
