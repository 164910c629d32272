"""Where a competition settles: two curves that cross; and how its size follows the inhibition."""

from collections.abc import Sequence

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from engramlab._types import Float
from engramlab.look import DASH, DPI, LINE, ROLE, SIZE, TYPE
from engramlab.plots._allocation import percent
from engramlab.plots._axes import ax_px, beside, dress, ghost_lines

_WIDTH, _HEIGHT = 470, 236  # px of the axes
_TOP_SHARE = 0.5  # of the share axis
LAST_THRESHOLD = 2.4
LEVELS = {3.5: "3.5", 7.0: "7", 14.0: "14", 28.0: "28", 56.0: "56"}
"""Levels of inhibition that are ticked; ours is 14."""


class ThresholdDrawing:
    """The share of cells above a threshold, falling; the share that makes it, rising.

    Parameters
    ----------
    figure : Picture
    top : int
        Pixels from the upper edge to the axes.
    drives : ndarray of shape (n_cells,)
        Of the network without treatment: the curve that stays.
    """

    def __init__(self, figure: Figure, *, top: int, drives: Float) -> None:
        self.ax = ax_px(figure, SIZE["axis_left"], top, _WIDTH, _HEIGHT)
        dress(self.ax, x=(0, 1, 2), y={0: "0", 0.25: "25", 0.5: "50 %"},
              x_lim=(0, LAST_THRESHOLD), y_lim=(0, _TOP_SHARE), y_title="share of the cells",
              x_title="threshold (1 = mean drive of a cell)")  # fmt: skip
        self.thresholds = np.linspace(0, LAST_THRESHOLD, 241)
        before = above(drives, self.thresholds)
        self.ax.plot(self.thresholds, before, color=ROLE["control"], lw=LINE["second"] - 0.4,
                     ls=DASH["control"], zorder=2)  # fmt: skip
        self.above = self.ax.plot([], [], color=ROLE["recalled"], lw=LINE["result"], zorder=3)[0]
        self.makes = self.ax.plot([], [], color=ROLE["ink"], lw=LINE["second"], zorder=2.5)[0]
        beside(self.ax, 1.36, 0.46, "falls: cells above the threshold", color=ROLE["recalled"],
               weight="bold")  # fmt: skip
        beside(self.ax, 1.36, 0.46, "dashed: without CREB", dy=-18, color=ROLE["control"])
        self.name = beside(self.ax, LAST_THRESHOLD, 0, "", dx=8, color=ROLE["ink"])
        self.mark = self.ax.plot([], [], "o", ms=LINE["mark"], mfc=ROLE["paper"], zorder=5,
                                 mec=ROLE["recalled"], mew=LINE["mark_edge"])[0]  # fmt: skip
        self.number = beside(self.ax, 0, 0, "", dx=14, dy=46, weight="bold", color=ROLE["ink"],
                             fontsize=TYPE["label"])  # fmt: skip

    def moving(self) -> list[Artist]:
        """Return what `set` moves, in the order in which it is drawn."""
        return [self.makes, self.above, self.mark, self.name, self.number]

    def set(self, drives: Float, inhibition: float, share: float) -> None:
        """Show other curves.

        Parameters
        ----------
        drives : ndarray of shape (n_cells,)
        inhibition : float
        share : float
            Of the cells that win.
        """
        self._shown = above(drives, self.thresholds)
        self.above.set_data(self.thresholds, self._shown)
        self.makes.set_data(self.thresholds, self.thresholds / inhibition)
        theta = crosses_at(drives, inhibition, share)
        self.mark.set_data([theta], [theta / inhibition])
        self.number.xy = (theta, theta / inhibition)
        self.number.set_text(f"{percent(share)} % win")
        end = LAST_THRESHOLD / inhibition
        self.name.xy = (LAST_THRESHOLD, end)
        self.name.set_text("rises: cells needed\nfor this threshold")

    def ghost(self) -> list[Artist]:
        """Leave the present falling curve behind."""
        inside = self._shown <= _TOP_SHARE
        return list(ghost_lines(self.ax, self.thresholds[inside], self._shown[inside]))


def above(drives: Float, thresholds: Float) -> Float:
    """Return which share of the cells is above each threshold.

    Examples
    --------
    >>> above(np.array([0.5, 1.5]), np.array([0.0, 1.0, 2.0])).tolist()
    [1.0, 0.5, 0.0]
    """
    return np.asarray((np.asarray(drives)[None] > thresholds[:, None]).mean(axis=1))


def crosses_at(drives: Float, inhibition: float, share: float) -> float:
    """Return the threshold at which the two curves cross.

    The falling curve goes down in steps: they cross where the winners' own threshold is, or, if one
    more cell is above that, at this cell's drive.

    Examples
    --------
    >>> crosses_at(np.array([1.9, 0.2, 1.6, 1.4]), 2.0, 0.5)
    1.4
    """
    ordered = -np.sort(-np.asarray(drives))
    n_winners = round(share * ordered.size)
    best_loser = ordered[n_winners] if n_winners < ordered.size else -np.inf
    return float(max(inhibition * share, best_loser))


class SizesDrawing:
    """Engram size against inhibition: thin networks, their thick mean, and a brake from outside.

    Parameters
    ----------
    figure : Picture
    top : int
        Pixels from the upper edge to the axes.
    levels : ndarray of shape (n_levels,)
    sizes, outside : ndarray of shape (n_levels, n_networks)
        Shares of cells, with the inhibition that follows activity, and with one that does not.
    """

    def __init__(
        self, figure: Figure, *, top: int, levels: Float, sizes: Float, outside: Float
    ) -> None:
        self.levels, self.mean = levels, sizes.mean(axis=1)
        self.ax = ax_px(figure, SIZE["axis_left"], top, _WIDTH, _HEIGHT)
        dress(self.ax, x={float(np.log2(level)): words for level, words in LEVELS.items()},
              x_lim=(float(np.log2(3.3)), float(np.log2(58))), y={0: "0", 0.2: "20", 0.4: "40 %"},
              y_lim=(0, 0.4), y_title="engram size (share of the cells)",
              x_title="inhibition (ours: 14)")  # fmt: skip
        x = np.log2(levels)
        low = outside.mean(axis=1) <= self.ax.get_ylim()[1]
        self.ax.plot(x[low], outside.mean(axis=1)[low], color=ROLE["control"], zorder=2,
                     ls=DASH["control"], lw=LINE["second"] - 0.4)  # fmt: skip
        self.ax.plot(x, sizes, color=ROLE["recalled"], lw=LINE["seed"], alpha=LINE["seed_alpha"],
                     zorder=1.6)  # fmt: skip
        self.ax.plot(x, self.mean, color=ROLE["recalled"], lw=LINE["result"], zorder=3)
        end = self.ax.get_xlim()[1]
        beside(self.ax, end, float(self.mean[-1]), "follows activity", dx=8, dy=6,
               color=ROLE["recalled"], weight="bold")  # fmt: skip
        beside(self.ax, end, 0.0, "dashed: does not follow", dx=8, dy=-6, color=ROLE["control"])
        self.mark = self.ax.plot([], [], "o", ms=LINE["mark"], mfc=ROLE["paper"], zorder=5,
                                 mec=ROLE["recalled"], mew=LINE["mark_edge"],
                                 clip_on=False)[0]  # fmt: skip
        self.number = beside(self.ax, 0, 0, "", dx=2, dy=22, weight="bold", color=ROLE["recalled"],
                             fontsize=TYPE["label"])  # fmt: skip

    def moving(self) -> list[Artist]:
        """Return what `set` moves, in the order in which it is drawn."""
        return [self.mark, self.number]

    def set(self, inhibition: float, sizes: Sequence[float]) -> None:
        """Put the marker on another inhibition."""
        mean = float(np.mean(sizes))
        self.mark.set_data([np.log2(inhibition)], [mean])
        self.number.xy = (float(np.log2(inhibition)), mean)
        self.number.set_text(f"{percent(mean)} %")
        below = 9 <= inhibition < 16  # there the dashed curve runs above
        right, down = (-12, -22) if below else (10, 22) if inhibition > 46 else (2, 22)
        far = below or inhibition > 46  # there the curve's name stands beside it
        self.number.set_horizontalalignment("right" if far else "left")
        self.number.set_position((right * 72 / DPI, down * 72 / DPI))

    def ghost(self) -> list[Artist]:
        """Leave a stem at the present inhibition behind."""
        x, y = (float(np.ravel(each)[0]) for each in self.mark.get_data())
        return list(ghost_lines(self.ax, [x, x], [0.0, y]))
