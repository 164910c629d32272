"""Load against recall: twenty thin networks and their mean, and the two humps of the overlaps."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from engramlab._types import Float
from engramlab.experiments import RECALLED
from engramlab.look import DASH, LINE, ROLE, SIZE, TYPE
from engramlab.plots._axes import (
    Picture,
    ax_px,
    beside,
    dress,
    ghost_lines,
    head,
    new_picture,
    style,
)

_BIN = 0.05


class BlackoutDrawing:
    """Memories recalled (%) against load, with a marker at the present load."""

    def __init__(
        self,
        figure: Figure,
        *,
        top: int,
        loads: Float,
        recalled: Float,
        limit: float,
        overlaps: Float | None = None,
        overlaps_title: str = "",
    ) -> None:
        self.loads = np.asarray(loads, dtype=float)
        self.percent = 100 * np.asarray(recalled, dtype=float)
        width = 390 if overlaps is not None else 520
        self.ax = ax_px(figure, SIZE["axis_left"], top, width, 206)
        ticks = [tick for tick in (0.05, 0.10, 0.15, 0.20, 0.25) if tick <= self.loads[-1] + 1e-9]
        dress(
            self.ax,
            x={tick: f"{tick:.2f}" for tick in ticks},
            y=(0, 50, 100),
            x_lim=(float(self.loads[0]), float(self.loads[-1])),
            y_lim=(0, 100),
            x_title="load (memories stored per unit)",
            y_title="memories recalled (%)",
        )
        n_networks = self.percent.shape[1]
        lines = LineCollection(
            [np.column_stack([self.loads, one]) for one in self.percent.T],
            colors=ROLE["recalled"], linewidths=LINE["seed"], alpha=LINE["seed_alpha"], zorder=1.6,
        )  # fmt: skip
        lines.set_clip_on(False)
        self.ax.add_collection(lines, autolim=False)
        mean = self.percent.mean(axis=1)
        (self.mean,) = self.ax.plot(
            self.loads, mean, color=ROLE["recalled"], lw=LINE["result"], zorder=3, clip_on=False
        )
        self.ax.plot((limit, limit), (0, 104), color=ROLE["text"], lw=LINE["reference"],
                     ls=DASH["reference"], zorder=1, clip_on=False)  # fmt: skip
        beside(self.ax, limit, 100, f"{limit:.3f}: limit of an infinite network", dx=-5, dy=16,
               va="baseline")  # fmt: skip
        self._name_curves(mean, n_networks)
        (self.marker,) = self.ax.plot(
            [], [], "o", ms=LINE["mark"], mfc=ROLE["paper"], mec=ROLE["recalled"],
            mew=LINE["mark_edge"], zorder=5, clip_on=False,
        )  # fmt: skip
        if overlaps is not None:
            humps = ax_px(figure, 516, top, 220, 206)
            _humps(humps, np.asarray(overlaps, dtype=float), overlaps_title)

    def _name_curves(self, mean: Float, n_networks: int) -> None:
        """Write the names of the curves to the right of where the highest network falls."""
        highest = self.percent.max(axis=1)
        for level, words, bold in ((88, f"mean of {n_networks} networks", True),
                                   (56, "thin: each network", False)):  # fmt: skip
            above = np.flatnonzero(highest >= level - 8)
            at = self.loads[min(above[-1] + 1, len(self.loads) - 1)] if above.size else mean[0]
            beside(
                self.ax, float(at), level, words, dx=2,
                color=ROLE["recalled"] if bold else ROLE["text"],
                weight="bold" if bold else "normal",
                fontsize=TYPE["label"] if bold else TYPE["note"],
            )  # fmt: skip

    def moving(self) -> list[Artist]:
        """Return what `set` moves, in the order in which it is drawn."""
        return [self.marker]

    def set(self, load: float) -> None:
        """Put the marker on the mean at `load`."""
        height = float(np.interp(load, self.loads, self.percent.mean(axis=1)))
        self.marker.set_data([load], [height])

    def ghost(self) -> list[Artist]:
        """Leave a ghost of the marker behind: a broad pale stem with a dashed core."""
        x, y = (float(np.ravel(one)[0]) for one in self.marker.get_data())
        return list(ghost_lines(self.ax, [x, x], [0.0, y]))


def _humps(ax: Axes, overlaps: Float, title: str) -> None:
    """Draw the histogram of final overlaps: recalled in navy, lost in grey."""
    edges = np.arange(0, 1 + _BIN / 2, _BIN)
    counts = np.histogram(np.clip(overlaps, 0, 1), edges)[0] / overlaps.size
    colours = [ROLE["recalled"] if e >= RECALLED - 1e-9 else ROLE["other"] for e in edges[:-1]]
    ax.bar(edges[:-1] + _BIN / 2, counts, width=0.84 * _BIN, color=colours, zorder=2)
    highest = float(counts.max())
    dress(ax, x=(0, 0.5, 1), x_lim=(0, 1.02), y_lim=(0, highest * 1.3),
          x_title="overlap with the memory", y_title=title, y_title_pad=4)  # fmt: skip
    share = float((overlaps > RECALLED).mean())
    beside(ax, RECALLED, highest * 0.86, f"recalled\n{100 * share:.0f} %", dx=-8, ha="right",
           weight="bold", color=ROLE["recalled"], fontsize=TYPE["label"],
           linespacing=1.45)  # fmt: skip
    lost = np.flatnonzero((edges[:-1] < RECALLED - 1e-9) & (counts > 0))
    if lost.size:
        tallest = lost[np.argmax(counts[lost])]
        centre = float(np.clip(edges[tallest] + _BIN / 2, 0.12, 0.6))
        beside(ax, centre, float(counts[lost].max()), "lost", dy=16, ha="center",
               fontsize=TYPE["label"])  # fmt: skip


def blackout(
    loads: Float,
    recalled: Float,
    *,
    overlaps: Float | None = None,
    overlaps_title: str = "",
    limit: float = 0.138,
    load: float | None = None,
    title: str = "",
    subtitle: str = "",
) -> Picture:
    """Draw the share of memories recalled against load, network by network, and the two humps.

    Parameters
    ----------
    loads : ndarray of shape (n_loads,)
        Memories stored per unit.
    recalled : ndarray of shape (n_loads, n_networks)
        Share of the stored memories that each network recalls, 0 to 1.
    overlaps : ndarray of shape (n_memories,), optional
        Final overlaps at one load for the histogram. Two humps stand apart in networks of 2,000
        units or more; in smaller ones there is no gap between them.
    overlaps_title : str
        At which load and in how large a network the overlaps were measured.
    limit : float, default 0.138
        Load at which an infinite network loses all memories.
    load : float, optional
        Where to put the marker.
    title, subtitle : str
        The finding; what was done and how many times. Empty leaves no room for them.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If `recalled` has not one row for each load.
    """
    loads, recalled = np.asarray(loads, dtype=float), np.asarray(recalled, dtype=float)
    if recalled.ndim != 2 or recalled.shape[0] != loads.size:
        raise ValueError(f"recalled has shape {recalled.shape}; with {loads.size} loads it needs "
                         f"shape ({loads.size}, n_networks)")  # fmt: skip
    top = SIZE["axes_top"] + 8 if title else SIZE["axes_top_live"] + 8
    with style():
        figure = new_picture(SIZE["width"], top + 206 + 62)
        if title:
            head(figure, title, subtitle)
        drawing = BlackoutDrawing(figure, top=top, loads=loads, recalled=recalled, limit=limit,
                                  overlaps=overlaps, overlaps_title=overlaps_title)  # fmt: skip
        if load is not None:
            drawing.set(load)
    mean = recalled.mean(axis=1)
    half = np.flatnonzero(mean < 0.5)
    figure.alt = (
        f"{recalled.shape[1]} networks recall {100 * mean[0]:.0f} % of their memories at load "
        f"{loads[0]:.2f} and {100 * mean[-1]:.0f} % at load {loads[-1]:.2f}"
    )
    if half.size:
        figure.alt += f"; fewer than half from load {loads[half[0]]:.2f} on"
    return figure
