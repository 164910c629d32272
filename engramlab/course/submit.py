"""`engramlab submit NN`: the file to hand in, and which of its items hold an answer.

Nothing of the notebook is run here: functions are found by name in the text of the cells, as the
grader finds them.
"""

import ast
import json
import os
import re
import warnings
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from engramlab._types import CourseError
from engramlab.course.files import explain, free_name, stamp, write_atomic
from engramlab.course.reading import free_text
from engramlab.course.syllabus import Lesson, find

OUTPUT_LIMIT = 100_000
"""Bytes of saved output of one cell above which it is left out of the hand-in file."""

WRITTEN = "the item in your own words"
"""What the free-text item is called beside the names of functions."""

_MAGIC = re.compile(r"^\s*[%!?]|\?\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What was handed in.

    Parameters
    ----------
    path : Path
        The file to hand in.
    saved : datetime
        When the learner last saved the exercise.
    attempted, missing : tuple of str
        Names of the functions with and without an answer.
    written : bool
        Whether there is an answer in the learner's own words.
    unreadable : tuple of str
        One sentence for each cell that does not read as Python.
    trimmed : int
        How many cells lost an output that was too large.
    earlier : Path or None
        Where the file of an earlier `submit` lies now, if it differed.
    """

    path: Path
    saved: datetime
    attempted: tuple[str, ...]
    missing: tuple[str, ...]
    written: bool
    unreadable: tuple[str, ...]
    trimmed: int
    earlier: Path | None

    def sentences(self) -> list[str]:
        """Return what the learner should know, a line each."""
        lines = [
            f"Hand in {self.path} (your exercise as saved on {self.saved:%d %B at %H:%M}; "
            "save in JupyterLab and submit again if that is not the latest)."
        ]
        if self.attempted:
            lines.append(f"With an answer: {', '.join(self.attempted)}.")
        open_items = [*self.missing, *([] if self.written else [WRITTEN])]
        if open_items:
            lines.append(f"Still without an answer: {', '.join(open_items)}.")
        lines += self.unreadable
        if self.trimmed:
            lines.append(
                f"Large outputs left out of {self.trimmed} cells; your notebook keeps them."
            )
        if self.earlier is not None:
            lines.append(f"What you submitted before is kept as {self.earlier}.")
        return lines


def submit(
    workspace: Path, lesson: str | int, *, items: tuple[str, ...] | None = None
) -> Submission:
    """Copy the learner's exercise to `submissions/`, without widget state and large outputs.

    Parameters
    ----------
    workspace : Path
        The learner's workspace.
    lesson : str or int
        Number or stem.
    items : tuple of str, optional
        Names of the functions that are asked for; those of the course's checks by default.

    Raises
    ------
    CourseError
        If the lesson has no exercise, the exercise is not there or is not a notebook, or the disk
        refuses.
    """
    chosen = find(lesson)
    notebook, saved = _load(workspace, chosen)
    asked = _item_names(chosen) if items is None else items
    attempted, unreadable = answered(notebook["cells"], asked)
    trimmed = _strip(notebook)
    data = (json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode(
        errors="surrogatepass"
    )
    target = workspace / "submissions" / f"{chosen.stem}.ipynb"
    try:
        earlier = _place(target, data)
    except OSError as error:
        raise explain(error, workspace, cure="copy the exercise elsewhere by hand") from error
    return Submission(
        path=target,
        saved=saved,
        attempted=tuple(name for name in asked if name in attempted),
        missing=tuple(name for name in asked if name not in attempted),
        written=bool(free_text(notebook)),
        unreadable=tuple(unreadable),
        trimmed=trimmed,
        earlier=earlier,
    )


def read_notebook(path: Path) -> dict[str, Any]:
    """Return a notebook as plain data.

    Raises
    ------
    CourseError
        If the file is not JSON or not a notebook of format 4.
    OSError
        If the file cannot be read.
    """
    try:
        notebook = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise CourseError(
            f"{path} is not a notebook: it does not read as JSON ({_short(error)}). Open it in "
            "JupyterLab and save it; if that fails, `engramlab reset` puts a fresh one in its "
            "place and keeps yours beside it."
        ) from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise CourseError(
            f"{path} is not a notebook of format 4: it has no list of cells. Open it in JupyterLab "
            "and save it, then submit again."
        )
    return notebook  # type: ignore[no-any-return]


def answered(cells: list[Any], names: tuple[str, ...]) -> tuple[set[str], list[str]]:
    """Return the names that hold an answer, and one sentence for each cell that is not Python.

    The last definition of a name counts, as in a run from top to bottom. A body that is empty or
    raises NotImplementedError before any other result is no answer.
    """
    found: dict[str, bool] = {}
    unreadable = []
    for number, cell in enumerate(cells, start=1):
        if cell.get("cell_type") != "code":
            continue
        try:
            tree = _parse(_source(cell))
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            where = f", line {error.lineno}" if isinstance(error, SyntaxError) else ""
            unreadable.append(f"Cell {number}{where} does not read as Python: {_short(error)}.")
            continue
        for statement in tree.body:
            if isinstance(statement, ast.FunctionDef):
                found[statement.name] = not _is_stub(statement)
            elif isinstance(statement, ast.Assign):
                for target in statement.targets:
                    if isinstance(target, ast.Name):
                        found[target.id] = True
    return {name for name in names if found.get(name)}, unreadable


def _load(workspace: Path, lesson: Lesson) -> tuple[dict[str, Any], datetime]:
    if not lesson.ready:
        raise CourseError(
            f"Lesson {lesson.stem} is still to come; this version has nothing to hand in for it."
        )
    if not lesson.has_exercise:
        raise CourseError(f"Lesson {lesson.number} has no exercise to hand in.")
    path = workspace / "exercises" / f"{lesson.stem}.ipynb"
    try:
        return read_notebook(path), datetime.fromtimestamp(path.stat().st_mtime)
    except FileNotFoundError:
        raise CourseError(
            f"There is no {path}. `engramlab reset {lesson.number}` brings the exercise; if yours "
            f"has another name, rename it to {path.name}."
        ) from None
    except OSError as error:
        raise explain(error, path, cure="copy it to a place where you may read it") from error


def _item_names(lesson: Lesson) -> tuple[str, ...]:
    """Return the graded functions of a lesson, the stretch last."""
    from engramlab.course import checks

    graded = [item for item in checks.items(lesson.number) if item.graded or item.stretch]
    return tuple(item.name for item in graded)


def _strip(notebook: dict[str, Any]) -> int:
    metadata = notebook.get("metadata")
    if isinstance(metadata, dict):
        metadata.pop("widgets", None)
    trimmed = 0
    for cell in notebook["cells"]:
        outputs = cell.get("outputs")
        if outputs and len(json.dumps(outputs)) > OUTPUT_LIMIT:
            cell["outputs"] = []
            trimmed += 1
    return trimmed


def _place(target: Path, data: bytes) -> Path | None:
    """Write the hand-in file; one that differs from it is moved to `submissions/earlier/` first."""
    target.parent.mkdir(exist_ok=True)
    earlier = None
    if os.path.lexists(target) and not (target.is_file() and target.read_bytes() == data):
        folder = target.parent / "earlier"
        folder.mkdir(exist_ok=True)
        earlier = free_name(folder / f"{target.stem}.{stamp()}{target.suffix}")
        target.replace(earlier)
    write_atomic(target, data)
    return earlier


def _source(cell: dict[str, Any]) -> str:
    raw = cell.get("source", "")
    return "".join(str(part) for part in raw) if isinstance(raw, list) else str(raw)


def _parse(source: str) -> ast.Module:
    """Read a cell as Python; IPython's own lines (%magic, !shell, help?) count as `pass`."""
    if source.lstrip().startswith("%%"):
        return ast.Module(body=[], type_ignores=[])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # such as an escape that Python will refuse one day
        try:
            return ast.parse(source)
        except SyntaxError:
            lines = source.split("\n")
            if not any(_MAGIC.search(line) for line in lines):
                raise
            return ast.parse(
                "\n".join(
                    line[: len(line) - len(line.lstrip())] + "pass" if _MAGIC.search(line) else line
                    for line in lines
                )
            )


def _is_stub(function: ast.FunctionDef) -> bool:
    for statement in function.body:
        if isinstance(statement, ast.Raise):
            return _raises_not_implemented(statement)
        # Lines that the exercise gives may stand before the raise; a return may not.
        if any(isinstance(node, ast.Return) for node in ast.walk(statement)):
            return False
    return all(_says_nothing(statement) for statement in function.body)


def _says_nothing(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Pass) or (
        isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    )


def _raises_not_implemented(statement: ast.Raise) -> bool:
    raised = statement.exc
    if isinstance(raised, ast.Call):
        raised = raised.func
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"


def _short(error: BaseException) -> str:
    text = error.msg if isinstance(error, SyntaxError) else str(error)
    return text.split("\n")[0][:120] or type(error).__name__
