"""Which cells get an event: the sheet of one network, and what many networks do as strips."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.text import Text

from engramlab._types import Float
from engramlab.look import DASH, LINE, ROLE, SIZE, TYPE
from engramlab.plots._axes import ax_px, dress, ghost_lines, number, text_px
from engramlab.plots._cells import Cells, CellSheet, sheet_key, sheet_px

_COLUMN, _AXIS, _WIDE = 502, 566, 118  # px: where words, and where the strips' axes begin; width
_ROW = 27  # px from one row to the next
_HALF = 9  # px: half the height of a mean's bar
HEIGHT = 404


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """What one strip is called and measured in.

    Attributes
    ----------
    title, unit : str
    ticks : tuple of float
        In per cent, from 0; the axis ends at the last.
    digits : int
        Of the means.
    arm : str
        Name of the lower row; the upper one is the control.
    """

    title: str
    unit: str
    ticks: tuple[float, ...]
    digits: int
    arm: str


def percent(share: float, digits: int = 1) -> str:
    """Write a share in per cent, without the sign; a half is rounded up.

    Examples
    --------
    >>> percent(0.1025), percent(0.475, 0)
    ('10.3', '48')
    """
    return number(100 * float(share) + 1e-9, digits)


class AllocationDrawing:
    """One network as a sheet of cells; beside it, two strips with a dot for each network.

    Parameters
    ----------
    figure : Picture
        `HEIGHT` pixels high with `top` 48.
    top : int
        Pixels from the upper edge to the sheet.
    treatment : {"creb", "lowered"}
    treated : str
        What a treated cell is called in the key.
    strips : sequence of two Strip
    n_networks : int
    """

    def __init__(
        self,
        figure: Figure,
        *,
        top: int,
        treatment: str,
        treated: str,
        strips: Sequence[Strip],
        n_networks: int,
    ) -> None:
        left = SIZE["left"]
        text_px(figure, left, top - 16, "one network of 400 cells at the event",
                fontsize=TYPE["note"])  # fmt: skip
        self.sheet = CellSheet(figure, left=left, top=top, treatment=treatment)
        sheet_key(figure, left=left, top=top + sheet_px()[1] + 22, treatment=treatment,
                  words=treated)  # fmt: skip
        self.strips = strips
        tall = HEIGHT - 20
        self.ax = ax_px(figure, 0, 0, SIZE["width"], tall)
        self.ax.set(xlim=(0, SIZE["width"]), ylim=(tall, 0))
        self.ax.set_axis_off()
        self._tops = [top + 50, top + 230]  # middle of each strip's upper row
        self.words = [self._frame(figure, one, y) for one, y in
                      zip(strips, self._tops, strict=True)]  # fmt: skip
        rng = np.random.default_rng(7)
        self._jitter = rng.uniform(-5.5, 5.5, n_networks)
        colours = [ROLE["paper"], ROLE["recalled"]] * 2
        edges: Any = np.repeat([ROLE["control"], ROLE["recalled"]] * 2, n_networks)
        self.dots: Any = self.ax.scatter(
            np.zeros(4 * n_networks), np.zeros(4 * n_networks), s=26, linewidths=1.0, zorder=2,
            facecolors=np.repeat(colours, n_networks), edgecolors=edges,
            alpha=0.75,
        )  # fmt: skip
        self.means: Any = LineCollection([], zorder=3)
        self.ax.add_collection(self.means, autolim=False)

    def _frame(self, figure: Figure, strip: Strip, y: int) -> Text:
        """Draw what stays of a strip; return the words that move."""
        text_px(figure, _COLUMN, y - 34, strip.title, weight="bold", color=ROLE["ink"])
        text_px(figure, _COLUMN, y - 17, strip.unit, fontsize=TYPE["note"])
        for k, name in enumerate(("control", strip.arm)):
            text_px(figure, _AXIS - 8, y + _ROW * k, name, ha="right", va="center_baseline",
                    color=ROLE["recalled" if k else "control"])  # fmt: skip
        axis = ax_px(figure, _AXIS, y + _ROW + 16, _WIDE, 4)
        axis.patch.set_visible(False)
        dress(axis, x=strip.ticks)
        return text_px(figure, SIZE["width"] - SIZE["right"], y + _ROW / 2, "", ha="right",
                       va="center", color=ROLE["ink"], weight="bold", linespacing=1.72)  # fmt: skip

    def _x(self, strip: Strip, share: Float) -> Float:
        """Return where shares from 0 to 1 stand, in pixels."""
        return np.asarray(_AXIS + _WIDE * np.clip(100 * share / strip.ticks[-1], 0, 1.04))

    def moving(self) -> list[Artist]:
        """Return what `set` moves, in the order in which it is drawn."""
        return [*self.sheet.moving(), self.dots, self.means, *self.words]

    def set(
        self, cells: Cells, rows: Sequence[tuple[Float, Float]], chance: float | None = None
    ) -> None:
        """Show another setting.

        Parameters
        ----------
        cells : Cells
            The one network.
        rows : sequence of two pairs of ndarray of shape (n_networks,)
            For each strip, shares of the control and of the treated networks.
        chance : float, optional
            Share that the lower strip would show by chance; dashed.
        """
        self.sheet.set(cells)
        spots, bars, self._at = [], [], []
        for strip, pair, top, words in zip(self.strips, rows, self._tops, self.words, strict=True):
            for k, shares in enumerate(pair):
                y, mean = top + _ROW * k, self._x(strip, np.array(shares.mean())).item()
                spots.append(np.column_stack([self._x(strip, shares), y + self._jitter]))
                bars.append([(mean, y - _HALF), (mean, y + _HALF)])
            self._at.append(bars[-1])
            words.set_text("\n".join(percent(each.mean(), strip.digits) for each in pair))
        self.dots.set_offsets(np.concatenate(spots))
        styles: list[object] = ["solid"] * 4
        colours, widths = [ROLE["ink"]] * 4, [LINE["second"]] * 4
        if chance is not None:
            x, y = self._x(self.strips[1], np.array(chance)).item(), self._tops[1]
            bars.append([(x, y - _HALF - 3), (x, y + _ROW + _HALF + 4)])
            styles.append(DASH["control"])
            colours.append(ROLE["chance"])
            widths.append(LINE["chance"])
        self.means.set_segments(bars)
        self.means.set_linestyles(styles)
        self.means.set_colors(colours)
        self.means.set_linewidths(widths)

    def ghost(self) -> list[Artist]:
        """Leave the present means of the treated networks behind."""
        left: list[Artist] = []
        for (x, low), (_, high) in self._at:
            left += ghost_lines(self.ax, [x, x], [low, high], zorder=1.2)
        return left
