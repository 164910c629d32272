"""The sheet of cells: excitability as lightness, a treatment as shape, the engram as a ring.

A cell has its place for good, so it is the same cell in every picture of every lesson.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.transforms import IdentityTransform

from engramlab._types import Bool, Float
from engramlab.look import EXCITABILITY, LINE, ROLE, TYPE
from engramlab.plots._axes import ax_px, length_px, text_px

COLUMNS = 25
PITCH = 17.6  # px from one cell to the next
LOW, HIGH = -0.6, 0.9  # excitability of the palest and of the darkest cell
_WANDER = 0.11  # of the pitch: how far a cell stands from its grid point
_CELL, _RING, _SECOND = 72.0, 175.0, 290.0  # square points: a cell, its ring, a ring around that
_CIRCLE = Path.unit_circle()
SHAPES = {
    "plain": Path(0.5 * np.asarray(_CIRCLE.vertices, np.float64), _CIRCLE.codes),
    "creb": Path(0.66 * np.array([(0, 1), (1, 0), (0, -1), (-1, 0), (0, 1)]), closed=True),
    "lowered": Path(0.66 * np.array([(-0.9, 0.7), (0.9, 0.7), (0, -0.85), (-0.9, 0.7)]),
                    closed=True),
}  # fmt: skip
"""Outline of a cell by its treatment, about one wide: a disc, a diamond, a triangle."""


def sheet_px(n_cells: int = 400) -> tuple[int, int]:
    """Return width and height of a sheet in pixels at 1x.

    Examples
    --------
    >>> sheet_px(400)
    (440, 282)
    """
    return round(COLUMNS * PITCH), round(-(-n_cells // COLUMNS) * PITCH)


@cache
def places(n_cells: int = 400) -> Float:
    """Return where each cell stands, ndarray of shape (n_cells, 2), in pixels from the upper left.

    Examples
    --------
    >>> places(400).shape, bool((places(200) == places(400)[:200]).all())
    ((400, 2), True)
    """
    rows, columns = np.divmod(np.arange(n_cells), COLUMNS)
    wander = np.random.default_rng(3).uniform(-_WANDER, _WANDER, (n_cells, 2))
    where = (np.column_stack([columns, rows]) + 0.5 + wander) * PITCH
    where.setflags(write=False)
    return where


@cache
def _shades() -> Float:
    """Return 256 colours from low to high excitability."""
    scale = LinearSegmentedColormap.from_list("excitability", list(EXCITABILITY))
    return np.asarray(scale(np.linspace(0, 1, 256)), dtype=np.float64)


def shade(excitability: Float) -> Float:
    """Return the colours of cells, ndarray of shape (n_cells, 4); beyond the scale, its ends."""
    share = np.clip((np.asarray(excitability) - LOW) / (HIGH - LOW), 0, 1)
    return np.asarray(_shades()[np.rint(255 * share).astype(np.intp)])


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Cells:
    """What a sheet shows of one network.

    Attributes
    ----------
    excitability : ndarray of shape (n_cells,)
    engram : ndarray of bool of shape (n_cells,)
        Ringed.
    treated : ndarray of bool of shape (n_cells,), optional
        Drawn in the other shape of the sheet.
    second : ndarray of bool of shape (n_cells,), optional
        Another engram, B: a second ring outside the first.
    """

    excitability: Float
    engram: Bool
    treated: Bool | None = None
    second: Bool | None = None


class CellSheet:
    """All cells of one network as two artists: the cells, and the rings around those that won.

    Parameters
    ----------
    figure : Picture
    left, top : int
        Pixels to the upper left corner.
    n_cells : int
    treatment : {"creb", "lowered"}
        The shape of treated cells.
    """

    def __init__(
        self, figure: Figure, *, left: int, top: int, n_cells: int = 400, treatment: str = "creb"
    ) -> None:
        width, height = sheet_px(n_cells)
        self.treatment, self.n_cells = treatment, n_cells
        self.ax = _blank(figure, left, top, width, height)
        self.cells = _marks(self.ax, zorder=2)
        self.cells.set_linewidths(LINE["spine"])
        self.cells.set_edgecolors(ROLE["axis"])
        self.rings = _marks(self.ax, zorder=3)
        self.rings.set_linewidths(LINE["mark_edge"])
        self.rings.set_facecolors("none")

    def moving(self) -> list[Artist]:
        """Return what `set` moves, in the order in which it is drawn."""
        return [self.cells, self.rings]

    def set(self, shown: Cells) -> None:
        """Show another state of the cells."""
        where = places(self.n_cells)
        treated = np.zeros(self.n_cells, bool) if shown.treated is None else shown.treated
        outlines = [SHAPES[self.treatment if one else "plain"] for one in treated.tolist()]
        self.cells.set_paths(outlines)
        self.cells.set_offsets(where)
        self.cells.set_sizes(np.full(self.n_cells, _CELL), self.ax.figure.dpi)
        self.cells.set_facecolors(shade(shown.excitability))
        rings = [(int(i), _RING, "engram") for i in np.flatnonzero(shown.engram)]
        if shown.second is not None:
            rings += [(int(i), _SECOND, "engram_b") for i in np.flatnonzero(shown.second)]
        self.rings.set_visible(bool(rings))
        if rings:
            index = [i for i, _, _ in rings]
            self.rings.set_paths([outlines[i] for i in index])
            self.rings.set_offsets(where[index])
            self.rings.set_sizes(np.array([size for _, size, _ in rings]), self.ax.figure.dpi)
            self.rings.set_edgecolors([ROLE[role] for _, _, role in rings])


def sheet_key(
    figure: Figure, *, left: int, top: int, treatment: str = "creb", words: str = "CREB cell"
) -> None:
    """Draw the key of a sheet in one line, with the real marks, and the scale of excitability.

    Parameters
    ----------
    figure : Picture
    left, top : int
        Pixels to the upper left corner of the line, which is 46 px high.
    treatment : {"creb", "lowered"}
    words : str
        What a treated cell is called.
    """
    ax = _blank(figure, left, top, sheet_px()[0], 46)
    middle = 13
    spots = {"plain": 8, treatment: 64, "ring": 96 + length_px(words)}
    how = {"color": ROLE["text"], "fontsize": TYPE["note"], "va": "center_baseline"}
    for name, x in spots.items():
        mark = _marks(ax, zorder=2)
        ring = name == "ring"
        mark.set_paths([SHAPES["plain" if ring else name]])
        mark.set_offsets([(x, middle)])
        mark.set_sizes(np.array([_RING if ring else _CELL]), figure.dpi)
        mark.set_linewidths(LINE["mark_edge"] if ring else LINE["spine"])
        mark.set_facecolors("none" if ring else [shade(np.array(0.1))])
        mark.set_edgecolors(ROLE["engram" if ring else "axis"])
    text_px(figure, left + spots["plain"] + 12, top + middle, "cell", **how)
    text_px(figure, left + spots[treatment] + 12, top + middle, words, **how)
    text_px(figure, left + spots["ring"] + 15, top + middle, "in the engram",
            **(how | {"color": ROLE["engram"], "weight": "bold"}))  # fmt: skip
    _scale(figure, left + sheet_px()[0] - 96, top, how)


def _scale(figure: Figure, left: int, top: int, how: dict[str, object]) -> None:
    """Draw the scale of excitability: 96 px wide, its ends named."""
    bar = _blank(figure, left, top + 8, 96, 10)
    bar.imshow(_shades()[None, ::8], extent=(0, 96, 10, 0), aspect="auto", interpolation="nearest")
    text_px(figure, left, top + 34, "low", **how)
    text_px(figure, left + 96, top + 34, "high", ha="right", **how)
    text_px(figure, left + 48, top - 4, "excitability", ha="center", **how)


def _blank(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Add axes without spines that count pixels from their upper left corner."""
    ax = ax_px(figure, left, top, width, height)
    ax.set(xlim=(0, width), ylim=(height, 0))
    ax.set_axis_off()
    return ax


def _marks(ax: Axes, *, zorder: float) -> Any:
    """Add marks that may differ in shape; none yet."""
    marks = PathCollection([], offsets=np.empty((0, 2)), offset_transform=ax.transData,
                           zorder=zorder, clip_on=False)  # fmt: skip
    marks.set_transform(IdentityTransform())  # of the outlines, in points; not of the places
    ax.add_collection(marks, autolim=False)
    return marks
