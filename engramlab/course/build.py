"""`engramlab build`: the exercises and the reference answers, made from `solutions/`.

A notebook in `solutions/` is the only source of an exercise. Building it takes the answers out as
nbgrader's release command does, byte for byte, and needs no nbgrader.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from engramlab._types import CourseError
from engramlab.course.files import write_atomic
from engramlab.course.resources import PACKAGE

Cell = dict[str, Any]

BEGIN, END = "BEGIN SOLUTION", "END SOLUTION"
CODE_STUB = ("# YOUR CODE HERE", "raise NotImplementedError()")
TEXT_STUB = ("YOUR ANSWER HERE",)


def run(check: bool = False, root: Path | None = None) -> int:
    """Write what has changed and return 0; with `check`, name what is stale and return 1.

    Parameters
    ----------
    check : bool
        Write nothing.
    root : Path, optional
        The repository that holds `solutions/`; by default the one this package stands in.

    Raises
    ------
    CourseError
        If there is no `solutions/`, or a notebook in it cannot be built.
    """
    root = PACKAGE.parent if root is None else Path(root)
    wanted = outputs(root)
    stale = [path for path, data in wanted.items() if _read(path) != data]
    orphans = [path for path in _generated(root) if path not in wanted]
    if check:
        for path in stale:
            print(f"{path.relative_to(root)} is not what solutions/ gives.", file=sys.stderr)
        for path in orphans:
            print(f"{path.relative_to(root)} has no source in solutions/.", file=sys.stderr)
        if stale or orphans:
            print("Run `engramlab build`.", file=sys.stderr)
        return int(bool(stale or orphans))
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, wanted[path])
        print(f"wrote {path.relative_to(root)}")
    for path in orphans:
        path.unlink()
        print(f"removed {path.relative_to(root)}, which has no source in solutions/")
    if not stale and not orphans:
        print("Nothing to do: exercises/ and the answers are up to date.")
    return 0


def outputs(root: Path) -> dict[Path, bytes]:
    """Return every file that `solutions/` gives, with its content."""
    sources = sorted((root / "solutions").glob("[0-9][0-9]_*.ipynb"))
    if not sources:
        raise CourseError(
            f"{root} has no notebooks in solutions/. Run this in a clone of the repository, "
            "or name it with --root."
        )
    found = {}
    for source in sources:
        notebook = read(source)
        try:
            found[root / "exercises" / source.name] = dump(release(notebook))
            found[_answers(root) / f"{source.name[:2]}.toml"] = answers(notebook, source.name)
        except ValueError as fault:
            raise CourseError(f"{source.name}: {fault}") from None
    return found


def read(path: Path) -> dict[str, Any]:
    """Return a notebook whose cells' sources are joined to one string each."""
    try:
        notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            cell["source"] = "".join(cell["source"])
    except (ValueError, KeyError, TypeError):
        raise CourseError(f"{path.name} is not a notebook of format 4.") from None
    return notebook


def dump(notebook: dict[str, Any]) -> bytes:
    """Return a notebook as bytes: sorted keys, one newline at the end."""
    split = [
        cell | {"source": cell["source"].splitlines(keepends=True)} for cell in notebook["cells"]
    ]
    text = json.dumps(notebook | {"cells": split}, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


def release(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return the learner's copy: answers out, graded cells locked, checksums in, no output."""
    return notebook | {"cells": [_release_cell(cell) for cell in notebook["cells"]]}


def _release_cell(cell: Cell) -> Cell:
    cell = cell | {"metadata": dict(cell["metadata"])}
    metadata = cell["metadata"]
    source, answered = _without_solution(cell)
    if cell["cell_type"] == "code":
        cell |= {"execution_count": None, "outputs": []}
        metadata.pop("collapsed", None)
        metadata.pop("scrolled", None)
    mark = metadata.get("nbgrader")
    if mark is None:
        if answered:
            raise ValueError(f"cell {cell.get('id')} holds a solution but no nbgrader metadata")
        return cell
    is_locked = not mark["solution"] and (mark["grade"] or mark["locked"])
    if mark["solution"] or is_locked:
        metadata["deletable"] = False
    if is_locked:
        metadata["editable"] = False
    if mark["solution"]:
        cell["source"] = source if answered else "\n".join(_stub(cell))
    if mark["solution"] or is_locked:
        checksum = _checksum(cell, mark, is_locked)
        metadata["nbgrader"] = mark | {"checksum": checksum, "cell_type": cell["cell_type"]}
    return cell


def _stub(cell: Cell) -> tuple[str, ...]:
    return CODE_STUB if cell["cell_type"] == "code" else TEXT_STUB


def _without_solution(cell: Cell) -> tuple[str, bool]:
    """Return the source with the stub in the place of each solution, and whether there was one."""
    lines: list[str] = []
    inside = found = False
    for line in cell["source"].split("\n"):
        if BEGIN in line:
            if inside:
                raise ValueError(f"cell {cell.get('id')} begins a solution inside a solution")
            inside = found = True
            indent = line[: len(line) - len(line.lstrip())]
            lines += [indent + stub for stub in _stub(cell)]
        elif END in line:
            inside = False
        elif not inside:
            lines.append(line)
    if inside:
        raise ValueError(f"cell {cell.get('id')} begins a solution that does not end")
    return "\n".join(lines), found


def _checksum(cell: Cell, mark: dict[str, Any], is_locked: bool) -> str:
    """Return nbgrader's checksum, by which it sees whether a cell was changed."""
    parts = [cell["source"], cell["cell_type"]]
    parts += [str(bool(flag)) for flag in (mark["grade"], mark["solution"], is_locked)]
    parts.append(mark["grade_id"])
    if mark["grade"]:
        parts.append(str(float(mark["points"])))
    return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest()


def answers(notebook: dict[str, Any], name: str) -> bytes:
    """Return the reference answers of a solved notebook as TOML, each the whole function."""
    parts = [f"# Made from solutions/{name} by `engramlab build`. Do not edit.\n"]
    for cell in notebook["cells"]:
        mark = cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] == "code" and mark.get("solution"):
            lines = cell["source"].split("\n")
            source = "\n".join(line for line in lines if BEGIN not in line and END not in line)
            if "'''" in source:
                raise ValueError(f"cell {cell.get('id')} holds ''', which ends a text in TOML")
            parts.append(f"[{mark['grade_id']}]\nsource = '''\n{source}\n'''\n")
    return "\n".join(parts).encode()


def _answers(root: Path) -> Path:
    return root / "engramlab" / "course" / "answers"


def _generated(root: Path) -> list[Path]:
    exercises = sorted((root / "exercises").glob("[0-9][0-9]_*.ipynb"))
    return exercises + sorted(_answers(root).glob("[0-9][0-9].toml"))


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None
