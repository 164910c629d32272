"""A small course of the test's own, so that no test hangs on what the real lessons say."""

import json
from collections.abc import Mapping
from pathlib import Path

from engramlab.course.workspace import Workspace

START = "00_start"
TOPIC = "08_pattern_completion"

STUB = 'def recall(W, cue):\n    """Return the final state."""\n    raise NotImplementedError\n'


def notebook(text: str = "", *, code: tuple[str, ...] = ()) -> bytes:
    """Return a notebook with one line of text and some code cells."""
    cells = [{"cell_type": "markdown", "id": "text", "metadata": {}, "source": [text]}]
    cells += [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": f"code-{number}",
            "metadata": {},
            "outputs": [],
            "source": source.splitlines(keepends=True),
        }
        for number, source in enumerate(code)
    ]
    whole = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(whole, indent=1, sort_keys=True) + "\n").encode()


def write_course(folder: Path, files: Mapping[str, bytes] | None = None) -> dict[str, Path]:
    """Write pristine folders and return them by name; by default two lessons and an exercise."""
    files = files or {
        f"lessons/{START}.ipynb": notebook("start, first form"),
        f"lessons/{TOPIC}.ipynb": notebook("topic, first form"),
        f"exercises/{TOPIC}.ipynb": notebook("exercise, first form", code=(STUB,)),
    }
    sources = {kind: folder / kind for kind in ("lessons", "exercises")}
    for source in sources.values():
        source.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return sources


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file under a folder, the workspace's own records left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] != ".engramlab"
    }


def make(folder: Path, sources: Mapping[str, Path], version: str = "1.0") -> Workspace:
    """Make or refresh a workspace of the small course at a version of the test's choice."""
    return Workspace.create(folder, sources=sources, version=version)
