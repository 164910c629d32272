"""What an exercise says beside its functions: its cells by name, and the code that it offers."""

import json
import re
from pathlib import Path

import numpy as np

import engramlab as el

SOLUTIONS = Path(__file__).parents[2] / "solutions"


def solution_cells(stem):
    """Return the source of each cell of a solution by the cell's id."""
    notebook = json.loads((SOLUTIONS / f"{stem}.ipynb").read_text(encoding="utf-8"))
    return {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"]}


def run_together(stem, functions=()):
    """Run the code of the cell `together` as a learner does who copies it; return its names.

    Parameters
    ----------
    stem : str
        The notebook's name without its ending.
    functions : iterable of str
        The ids of the cells with the learner's own functions, which that code uses.
    """
    cells = solution_cells(stem)
    names = {"el": el, "np": np}
    for name in functions:
        exec(cells[name], names)
    for block in re.findall(r"```python\n(.*?)```", cells["together"], re.S):
        exec(block.replace("grid=arms", "grid=arms, progress=False"), names)
    return names
