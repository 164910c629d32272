"""Cells of a notebook as plain Python: the lines that only IPython reads are taken out."""

import re

_MAGIC = re.compile(r"^(\s*)(?:[%!?].*|.*\?)$")
_WHOLE_CELL = re.compile(r"^\s*%%(\w*)")
FILE = "<ipython-cell "
"""How the names begin of the files that cells stand in; the cache of numba knows this form."""
_HARMLESS = ("time", "timeit", "capture", "prun")


def without_whole_cell_magic(source: str) -> str:
    """Return a cell without a first line such as ``%%time``; of other languages, nothing."""
    found = _WHOLE_CELL.match(source)
    if found is None:
        return source
    rest = source.partition("\n")[2]
    return f"\n{rest}" if found[1] in _HARMLESS else ""


def without_magics(source: str) -> str:
    """Return a cell with `pass` in the place of lines such as ``%matplotlib`` and ``!ls``.

    Examples
    --------
    >>> without_magics("%pylab\\nx = 1")
    'pass\\nx = 1'
    """
    return "\n".join(_MAGIC.sub(r"\1pass", text) for text in source.split("\n"))
