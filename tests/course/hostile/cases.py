"""What a hostile submission is, and the 23 classes of attack."""

import json
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engramlab.course.answers import references
from engramlab.course.grading.platforms import safe_name

ITEMS = ("completion_curve", "hebbian_weights", "recall", "pseudo_inverse_weights")
STEM = "08_pattern_completion"
ATTACKED = "hebbian_weights"
HEAD = "def hebbian_weights(patterns):\n"
REFERENCE = references("08")[ATTACKED]
GRADED = "graded"

CLASSES = {
    1: "endless loops",
    2: "floods of memory, processes, files, threads and output",
    3: "exits, kills and faults of memory",
    4: "patched numpy.testing, builtins and IPython",
    5: "objects equal to everything, NaN and infinity",
    6: "reading tests or solutions",
    7: "edited, deleted and duplicated test cells",
    8: "stripped metadata",
    9: "forged ids",
    10: "broken, old, deep or huge files",
    11: "windows on a screen",
    12: "warnings on stderr",
    13: "writes to the gradebook, to others and to the solutions",
    14: "network",
    15: "symbolic links",
    16: "modules that shadow others",
    17: "transformers of code",
    18: "pickles",
    19: "forged replies",
    20: "changed arguments",
    21: "hard-coded answers",
    22: "delegating to the package",
    23: "injection into pages, terminals and spreadsheets",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What an attack may be aimed at."""

    submissions: Path = Path("/submissions")
    out: Path = Path("/out")
    secret: Path = Path("/secret")
    solutions: Path = Path("/solutions")
    package: Path = Path("/package")
    address: str = "127.0.0.1"
    port: int = 9
    parent: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One hostile submission and how its grading should end.

    Parameters
    ----------
    name : str
        What it does.
    kind : int
        Its class, of `CLASSES`.
    content : dict, bytes or function
        A notebook, the bytes of a file, or ``content(folder, learner)``, which writes it.
    expected : str or tuple of str
        The outcomes that the attacked item may have; "" where there are no items to judge.
    status : str
        `GRADED`, or words in the reason why a human should look. Several stand apart by "|".
    item : str
        The attacked item; all others should be right.
    learner : str
        The name of the file or folder, where it matters.
    others : str
        The outcome of all other items.
    """

    name: str
    kind: int
    content: dict | bytes | Callable[[Path, str], None]
    expected: str | tuple[str, ...] = "right"
    status: str = GRADED
    item: str = ATTACKED
    learner: str = ""
    others: str = "right"

    @property
    def called(self):
        """The name under which it is handed in."""
        return self.learner or f"{self.kind:02d} {self.name}"

    @property
    def listed(self):
        """The name under which it is graded."""
        return safe_name(self.called)

    @property
    def allowed(self):
        """The outcomes that the attacked item may have."""
        return (self.expected,) if isinstance(self.expected, str) else self.expected

    def write(self, folder):
        """Write the submission into the folder of a class."""
        if callable(self.content):
            self.content(folder, self.called)
            return
        is_raw = isinstance(self.content, bytes)
        data = self.content if is_raw else json.dumps(self.content).encode()
        (folder / f"{self.called}.ipynb").write_bytes(data)


def code(source):
    """Return a code cell."""
    return {"cell_type": "code", "metadata": {}, "outputs": [], "source": source}


def words(source):
    """Return the cell with the free text."""
    return {"cell_type": "markdown", "id": "explain", "metadata": {}, "source": source}


def notebook(*before, after=(), **answers):
    """Return a small notebook: cells before, the four answers (references by default), cells after.

    Where the learner's own notebook is long, this one has nothing that takes time.
    """
    answers = references("08") | answers
    sources = ["import numpy as np", *before, *(answers[item] for item in ITEMS), *after]
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(map(code, sources))}


def inside(body):
    """Return a notebook whose `hebbian_weights` has this body."""
    return notebook(hebbian_weights=HEAD + indented(body))


def before(source, answer=REFERENCE):
    """Return a notebook with a cell of its own before the answers."""
    return notebook(textwrap.dedent(source).strip("\n"), hebbian_weights=answer)


def indented(body):
    """Return the body of a function."""
    return textwrap.indent(textwrap.dedent(body).strip("\n"), "    ") + "\n"


NOTHING = HEAD + "    return 1\n"
"""An answer that is wrong, unless whoever judges it was bribed."""
