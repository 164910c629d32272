"""Solving an exercise in a test: answers pasted into its notebook as a learner types them."""

import copy

from engramlab.course.answers import references


def paste(notebook, item, source):
    """Return a copy of a notebook in which the cell of one item holds `source`.

    Parameters
    ----------
    notebook : dict
        A notebook as JSON gives it.
    item : str
        The name of the function; its cell is the one that defines it.
    source : str
        The learner's code.
    """
    solved = copy.deepcopy(notebook)
    cells = [
        cell
        for cell in solved["cells"]
        if cell["cell_type"] == "code" and f"def {item}(" in "".join(cell["source"])
    ]
    if len(cells) != 1:
        raise AssertionError(f"{len(cells)} cells define {item}")
    cells[0]["source"] = source.strip("\n").splitlines(keepends=True)
    return solved


def paste_references(notebook, lesson="08"):
    """Return a copy of an exercise's notebook with the reference answer of every item."""
    for item, source in references(lesson).items():
        notebook = paste(notebook, item, source)
    return notebook
