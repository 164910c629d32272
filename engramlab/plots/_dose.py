"""Drive against a share of the cells: each animal thin, the mean thick, the control dashed."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from engramlab._types import Float
from engramlab.look import DASH, EXCITABILITY, LINE, ROLE, SIZE, TYPE
from engramlab.plots._axes import ax_px, beside, dress, ghost_lines, number

_WIDTH, _HEIGHT = 480, 230  # px


class DoseDrawing:
    """The curve of the cells that are meant and that of as many others; a marker on both.

    Parameters
    ----------
    figure : Picture
    top : int
        Pixels from the upper edge to the axes.
    shares : ndarray of shape (n_shares,)
        From 0 to 1.
    drives, control : ndarray of shape (n_shares, n_animals)
        With these cells, and with as many others.
    x_title, y_title : str
    names : tuple of two str
        At the ends of the two curves.
    half : tuple of a float and a str, optional
        A drive with a dashed line, and its words.
    losses : sequence of (share, drive, words)
        Other losses of cells, as diamonds on the same axes: the first filled, the second hollow.
    """

    def __init__(
        self,
        figure: Figure,
        *,
        top: int,
        shares: Float,
        drives: Float,
        control: Float,
        x_title: str,
        y_title: str,
        names: tuple[str, str],
        half: tuple[float, str] | None = None,
        losses: Sequence[tuple[float, float, str]] = (),
    ) -> None:
        self.shares = np.asarray(shares, dtype=float)
        self.means = drives.mean(axis=1), control.mean(axis=1)
        self.ax = ax_px(figure, SIZE["axis_left"], top, _WIDTH, _HEIGHT)
        dress(self.ax, x={0: "0", 0.25: "25", 0.5: "50", 0.75: "75", 1: "100"}, x_lim=(-0.02, 1.02),
              y=(0, 0.5, 1, 1.5, 2), y_lim=(-0.04, 2.15), x_title=x_title, y_title=y_title,
              outward=4)  # fmt: skip
        if half is not None:
            self.ax.plot((0, 1.02), (half[0],) * 2, color=ROLE["axis"], lw=LINE["reference"],
                         ls=DASH["reference"], zorder=1)  # fmt: skip
            beside(self.ax, 1.02, half[0], half[1], dx=10)
        thin = [np.column_stack([self.shares, one]) for one in drives.T]
        self.ax.add_collection(
            LineCollection(thin, colors=ROLE["recalled"], linewidths=LINE["seed"],
                           alpha=LINE["seed_alpha"], zorder=1.6),
            autolim=False,
        )  # fmt: skip
        self.ax.plot(self.shares, self.means[0], color=ROLE["recalled"], lw=LINE["result"],
                     zorder=3, clip_on=False)  # fmt: skip
        self.ax.plot(self.shares, self.means[1], color=ROLE["control"], lw=LINE["second"] - 0.4,
                     ls=DASH["control"], zorder=2, clip_on=False)  # fmt: skip
        for name, mean, role in zip(names, self.means, ("recalled", "control"), strict=True):
            main = role == "recalled"
            for k, line in enumerate(name.split("\n")):
                beside(self.ax, 1.02, float(mean[-1]), line, dx=10, dy=(8 if main else 0) - 16 * k,
                       color=ROLE[role], weight="bold" if main else "normal",
                       fontsize=TYPE["label"])  # fmt: skip
        for k, (share, drive, words) in enumerate(losses):
            y = 1.3 - 0.18 * k
            colour = EXCITABILITY[3] if k == 0 else ROLE["control"]
            self.ax.scatter([share, 1.045], [drive, y], s=62, marker="D", zorder=4, clip_on=False,
                            facecolors=colour if k == 0 else ROLE["paper"], edgecolors=colour,
                            linewidths=1.6)  # fmt: skip
            beside(self.ax, 1.02, y, words, dx=24)
        (self.rule,) = self.ax.plot([], [], color=ROLE["rule"], lw=6, zorder=0.4)
        self.marks = self.ax.scatter(
            [0, 0], [0, 0], s=((LINE["mark"] + 6) ** 2, LINE["mark"] ** 2), zorder=5, clip_on=False,
            facecolors=ROLE["paper"], edgecolors=(ROLE["control"], ROLE["recalled"]),
            linewidths=LINE["mark_edge"],
        )  # fmt: skip

    def at(self, share: float) -> tuple[float, float]:
        """Return the two means at a share."""
        one, two = (float(np.interp(share, self.shares, mean)) for mean in self.means)
        return one, two

    def moving(self) -> list[Artist]:
        """Return what `set` moves, in the order in which it is drawn."""
        return [self.rule, self.marks]

    def set(self, share: float) -> None:
        """Put the markers at a share."""
        self._share = share
        self.rule.set_data([share, share], (0, 2.0))
        self.marks.set_offsets([(share, mean) for mean in self.at(share)[::-1]])

    def ghost(self) -> Sequence[Any]:
        """Leave a stem at the present share behind, up to the control, and return its parts."""
        return ghost_lines(self.ax, [self._share] * 2, [0.0, self.at(self._share)[1]])


def percent(share: float) -> str:
    """Return a share as people say it.

    Examples
    --------
    >>> percent(0.5), percent(0.475)
    ('50 %', '48 %')
    """
    return f"{number(100 * share, 0)} %"
