"""What the pictures of linking are made of: strips of cells, a chance band, animals as dots."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure

from engramlab._types import Float
from engramlab.look import DASH, LINE, ROLE, SIZE
from engramlab.plots._axes import ax_px, beside, dress, text_px

HOURS = {1.5: "1.5 h", 6: "6 h", 24: "24 h", 48: "2 days", 168: "7 days"}
_WIDTH = 360  # px of the axes over hours
STRIPS_LEFT = 516  # px: where the strips begin
_TICK, _PITCH, _TALL = 2, 3, 18  # px: a cell, from one cell to the next, height of a row
_ROWS = (0, 22)  # px: tops of the two rows of cells
_JITTER = 0.025  # of a log10 unit of hours


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """Counts of cells of two engrams.

    Attributes
    ----------
    first, second, both : int
        Cells of A, of B, and of both.
    n_cells : int
        All cells.
    """

    first: int
    second: int
    both: int
    n_cells: int

    @property
    def by_chance(self) -> float:
        """How many cells two engrams of these sizes share on average if drawn at random."""
        return self.first * self.second / self.n_cells


def chance_band(size: int, n_cells: int) -> tuple[float, float, float]:
    """Return what two engrams of one size, drawn at random, overlap by.

    Parameters
    ----------
    size, n_cells : int
        Cells of each engram, and of all.

    Returns
    -------
    low, mean, high : float
        The ends of the middle 95 % of the hypergeometric distribution, and its mean.

    Examples
    --------
    >>> chance_band(40, 400)
    (0.025, 0.1, 0.2)
    """
    ways = [math.comb(size, k) * math.comb(n_cells - size, size - k) for k in range(size + 1)]
    below = np.cumsum(np.array(ways, dtype=object) / math.comb(n_cells, size)).astype(float)
    low, high = (int(np.searchsorted(below, tail)) / size for tail in (0.025, 0.975))
    return low, size / n_cells, high


def when(hours: float) -> str:
    """Say a time between events as people do.

    Examples
    --------
    >>> when(1.5), when(24), when(168)
    ('1.5 h', '24 h', '7 days')
    """
    return f"{hours / 24:g} days" if hours > 100 else f"{hours:g} h"


class Strips:
    """The cells of two engrams as two rows of ticks; the stretch that they share stands in both.

    Parameters
    ----------
    figure : Picture
    left, top : int
        Pixels to the upper left corner of the first row.
    """

    def __init__(self, figure: Figure, *, left: int, top: int) -> None:
        width, height = 244, _ROWS[1] + _TALL + 12
        self.ax = ax_px(figure, left, top - 6, width, height)
        self.ax.set(xlim=(0, width), ylim=(height - 6, -6))
        self.ax.set_axis_off()
        for words, row, role in zip("AB", _ROWS, ("engram", "engram_b"), strict=True):
            text_px(figure, left - 18, top + row + 14, words, color=ROLE[role], weight="bold")
        self.cells = PolyCollection([], linewidths=0, zorder=2, antialiaseds=False)
        self.ax.add_collection(self.cells, autolim=False)
        self.ends = LineCollection([], colors=ROLE["ink"], linewidths=1.0, zorder=3)
        self.ax.add_collection(self.ends, autolim=False)
        self.words = text_px(figure, left, top + _ROWS[1] + _TALL + 22, "", color=ROLE["ink"])

    def moving(self) -> list[Artist]:
        """Return what `set` moves, in the order in which it is drawn."""
        return [self.cells, self.ends, self.words]

    def set(self, shared: Shared) -> None:
        """Show other engrams."""
        start = shared.first - shared.both
        places = [range(shared.first), range(start, start + shared.second)]
        boxes, colours = [], []
        for row, cells, role in zip(_ROWS, places, ("engram", "engram_b"), strict=True):
            boxes += [_box(k * _PITCH, row) for k in cells]
            colours += [ROLE[role]] * len(cells)
        self.cells.set_verts(boxes)
        self.cells.set_facecolor(colours)
        edges = (start * _PITCH - 0.5, shared.first * _PITCH - 0.5) if shared.both else ()
        self.ends.set_segments([[(x, -5), (x, _ROWS[1] + _TALL + 5)] for x in edges])
        self.words.set_text(f"{shared.both} shared; by chance about {shared.by_chance:.0f}")


def _box(x: float, top: float) -> Any:
    """Return the corners of one tick."""
    return [(x, top), (x + _TICK, top), (x + _TICK, top + _TALL), (x, top + _TALL)]


def over_hours(figure: Figure, top: int, height: int, last: float, **how: Any) -> Axes:
    """Add axes over the time between two events, from an hour to `last` on a log scale."""
    ax = ax_px(figure, SIZE["axis_left"], top, _WIDTH, height)
    ticks = {float(np.log10(h)): words for h, words in HOURS.items() if h <= last}
    ends = float(np.log10(1.25)), float(np.log10(1.2 * last))
    return dress(ax, x=ticks, x_lim=ends, **how)


def dots(hours: Float, values: Float) -> Float:
    """Return a place for each animal at each time, side by side: ndarray of shape (n, 2)."""
    jitter = np.random.default_rng(6).uniform(-_JITTER, _JITTER, values.shape)
    return np.column_stack([(np.log10(hours)[:, None] + jitter).ravel(), values.ravel()])


def draw_chance(ax: Axes, size: int, n_cells: int) -> None:
    """Draw what cells drawn at random would share: a band, its dashed mean, and the word."""
    low, mean, high = chance_band(size, n_cells)
    left, right = ax.get_xlim()
    ax.fill_between((left, right), low, high, color=ROLE["chance_fill"], lw=0, zorder=0.3)
    ax.plot((left, right), (mean, mean), color=ROLE["chance"], lw=LINE["chance"], zorder=0.6,
            ls=DASH["control"])  # fmt: skip
    beside(ax, right, mean, "chance", dx=8)


def mark(ax: Axes) -> Any:
    """Return a marker for the present setting, white inside."""
    return ax.plot([], [], "o", ms=LINE["mark"], mfc=ROLE["paper"], mec=ROLE["recalled"],
                   mew=LINE["mark_edge"], zorder=5, clip_on=False)[0]  # fmt: skip


def every_animal(ax: Axes, hours: Float, values: Float) -> Any:
    """Draw each animal at each time as a pale dot."""
    places = dots(hours, values)
    return ax.scatter(places[:, 0], places[:, 1], s=14, color=ROLE["recalled"], alpha=0.32,
                      linewidths=0, zorder=1.6, clip_on=False)  # fmt: skip
