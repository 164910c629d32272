"""The small files in which a teacher enters points; what stands there already is never lost."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engramlab._types import CourseError
from engramlab.course.files import digest
from engramlab.course.grading import sheets
from engramlab.course.grading.showing import one_row

LEARNER = "learner"
VERSION = "version"
RE_MARKED = "leave as it is; empty it once you have marked what was handed in anew"
ALL = "all"
"""What an item is called that stands for the functions together."""


def version_of(*content: str) -> str:
    """Return a short word for what was marked; no spreadsheet takes it for a number."""
    return "v" + digest("|".join(content).encode("utf-8", "replace"))[:8]


@dataclass(slots=True, kw_only=True)
class Row:
    """One row of a teacher's file, with its number in the spreadsheet and whom it is about."""

    cells: list[str]
    number: int
    learner: str | None
    is_typed: bool


class Sheet:
    """A teacher's file: read, completed with what is new, written only if that changes it.

    Parameters
    ----------
    path : Path
        The file; it need not exist.
    learners : iterable of str
        Those who have a result.
    heads : tuple of str
        The columns, the learner first; a head may explain itself in brackets.
    ours : tuple of str
        The columns that the teacher does not fill.
    """

    def __init__(
        self, path: Path, learners: Iterable[str], heads: tuple[str, ...], ours: tuple[str, ...]
    ) -> None:
        self.path = path
        self.problems: list[str] = []
        self.is_broken = False
        self._ours = {LEARNER, *ours}
        self._heads = heads
        self._table = sheets.Table(rows=[list(heads)])
        try:
            if path.exists():
                self._table = sheets.read(path, LEARNER)
        except CourseError as error:
            self._break(str(error))
        self._before = deepcopy(self._table.rows)
        lacking = self._complete_heads()
        self._learners = list(learners)
        self._names = _by_name(self._learners)
        self.rows = [
            self._row(cells, number)
            for number, cells in enumerate(self._table.rows[1:], start=2)
            if any(cell.strip() for cell in cells)
        ]
        self.is_typed = any(row.is_typed for row in self.rows) or self._has_extra_heads()
        if self.is_typed and lacking and not self.is_broken:
            self._break(f"{path} lacks the column {' and '.join(lacking)}; give it its head again.")
        if not self.is_typed:  # nothing of the teacher's: made anew, in the order of the learners
            self._table, self.rows = sheets.Table(rows=[list(heads)]), []
        self._rows_by_learner: dict[str, list[Row]] = {}
        for row in self.rows:
            if row.learner is not None:
                self._rows_by_learner.setdefault(row.learner, []).append(row)
            elif row.is_typed:
                self.complain(row, "is not the name of a learner; gradebook.csv lists them")

    def _break(self, why: str) -> None:
        self.problems.append(f"{why} Its points stay open until then.")
        self.is_broken = True

    def of(self, learner: str) -> list[Row]:
        """Return the rows of a learner."""
        return self._rows_by_learner.get(learner, [])

    def numbers(self) -> dict[str, int]:
        """Return the number of each learner's row in the spreadsheet."""
        found: dict[str, int] = {}
        for number, cells in enumerate(self._table.rows[1:], start=2):
            learner = self._learner(cells)
            if learner is not None:
                found.setdefault(learner, number)
        return found

    def cell(self, row: Row, name: str) -> str:
        """Return the text in a column of a row."""
        return self._table.cell(row.cells, name)

    def put(self, row: Row, name: str, value: str) -> None:
        """Set one of our own cells."""
        self._table.put(row.cells, name, value)

    def add(self, learner: str, **values: str) -> None:
        """Append a row for a learner who has none."""
        cells: list[str] = []
        self._table.rows.append(cells)
        for name, value in {LEARNER: learner, **values}.items():
            self._table.put(cells, name, value)
        cells += [""] * (len(self._table.heads) - len(cells))

    def complain(self, row: Row, what: str) -> None:
        """Note a sentence on an entry that cannot be used."""
        name = one_row(self.cell(row, LEARNER), 80)
        self.problems.append(f'{self.path.name}, row {row.number}: "{name}" {what}.')

    def complain_of(self, rows: list[Row]) -> None:
        """Note that one of several rows has entries, and no telling whose they are."""
        numbers = " and ".join(str(row.number) for row in rows)
        told = f"has entries in the rows {numbers}; keep one of them"
        others = self.alike(str(rows[0].learner)) - {str(rows[0].learner)}
        if others:
            names = " or ".join(one_row(name, 80) for name in sorted(others))
            told += f", or write {names} where that is meant"
        self.complain(rows[0], told)

    def alike(self, learner: str) -> set[str]:
        """Return a learner and all who have the same name without the zeros in front."""
        value = _value(learner)
        if value is None:
            return {learner}
        return {one for one in self._learners if _value(one) == value}

    def is_stale(self, row: Row, version: str) -> bool:
        """Return whether the entries are about an earlier hand-in."""
        return row.is_typed and self.cell(row, VERSION) not in ("", version)

    def save(self) -> None:
        """Write the file if a cell has changed; one with entries is first kept in `previous/`."""
        changed = self._table.rows != self._before or not self.path.exists()
        if changed and not self.is_broken:
            sheets.write(self.path, self._table.encode(), keep=self.is_typed)

    def _complete_heads(self) -> list[str]:
        """Append the heads that are not there; return those of columns that the teacher fills."""
        lacking = []
        for head in self._heads:
            name = head.partition(" (")[0]
            if self._table.column(name) is None:
                self._table.heads.append(head)
                if name not in self._ours:
                    lacking.append(f'"{head}"')
        return lacking

    def _has_extra_heads(self) -> bool:
        known = {self._table.column(head.partition(" (")[0]) for head in self._heads}
        return any(head.strip() for at, head in enumerate(self._table.heads) if at not in known)

    def _row(self, cells: list[str], number: int) -> Row:
        skipped = {self._table.column(name) for name in self._ours}
        item = self._table.column("item")
        typed = any(
            cell.strip() and at not in skipped and not (at == item and cell.strip() == ALL)
            for at, cell in enumerate(cells)
        )
        return Row(cells=cells, number=number, learner=self._learner(cells), is_typed=typed)

    def _learner(self, cells: list[str]) -> str | None:
        """Return whom a row is about; a spreadsheet may have dropped the zeros in front."""
        name = sheets.plain(self._table.cell(cells, LEARNER))
        learner = self._names.get(name)
        if learner is None and name.isdecimal():
            learner = self._names.get(f"#{int(name)}")
        return learner


def _value(name: str) -> int | None:
    name = sheets.plain(name)
    return int(name) if name.isdecimal() else None


def _by_name(learners: Iterable[str]) -> dict[str, str | None]:
    """Return learners by the form of their name in which names are compared; None for two alike."""
    found: dict[str, Any] = {}
    for learner in learners:
        name = sheets.plain(learner)
        for key in (name, f"#{int(name)}") if name.isdecimal() else (name,):
            found[key] = None if key in found else learner
    return found
