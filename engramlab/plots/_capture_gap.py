"""What is left of a weak event, against the gap to a strong one or its own size."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from engramlab._types import Float
from engramlab.look import DASH, LINE, ROLE, SIZE, TYPE
from engramlab.plots._axes import ax_px, beside, dress, ghost_lines, number, text_px

_WIDTH, _LANE = 486, 22
Marks = Mapping[str, Mapping[float, bool]]


class GapDrawing:
    """The late part of the weak synapse against the gap, slice by slice, under published results.

    Parameters
    ----------
    figure : Picture
    top : int
        Pixels from the upper edge to the rows of the published results.
    gaps : ndarray of shape (n_gaps,)
        When the strong event comes, in hours from the weak one.
    late : ndarray of shape (n_gaps, n_slices)
    least : float
        What still counts as kept; a thin line.
    marks : mapping from str to (mapping from float to bool)
        For each laboratory the gaps that it tried, and whether the weak event was kept.
    """

    def __init__(
        self, figure: Figure, *, top: int, gaps: Float, late: Float, least: float, marks: Marks
    ) -> None:
        self.gaps, self.late = gaps, late
        left, height = SIZE["axis_left"], 190
        lanes = _LANE * len(marks) + 6
        x_lim = float(gaps[0]) - 0.4, float(gaps[-1]) + 0.4
        rows = ax_px(figure, left, top, _WIDTH, lanes)
        rows.set(xlim=x_lim, ylim=(lanes, 0))
        rows.set_axis_off()
        self.ax = ax_px(figure, left, top + lanes + 34, _WIDTH, height)
        dress(self.ax, x={-9: "−9", -6: "−6", -3: "−3", 0: "0", 3: "3"}, x_lim=x_lim,
              y=(0, 0.3, 0.6), y_lim=(-0.015, 0.62), y_title="model: late part of the weak synapse",
              x_title="strong event comes, hours from the weak one")  # fmt: skip
        for ax, ends in ((rows, (-3, lanes)), (self.ax, (0, 0.62))):
            ax.plot((0, 0), ends, color=ROLE["rule"], lw=LINE["reference"], zorder=0.5,
                    clip_on=False)  # fmt: skip
        text_px(figure, left, top - 10, "in slices of hippocampus:")
        self._key(figure, top - 10)
        for k, (name, tried) in enumerate(marks.items()):
            y = _LANE * (k + 0.5)
            for kept in (True, False):
                x = [gap for gap, result in tried.items() if result is kept]
                rows.scatter(x, [y] * len(x), s=52, zorder=3, clip_on=False, linewidths=1.5,
                             facecolors=ROLE["ink"] if kept else ROLE["paper"],
                             edgecolors=ROLE["ink"])  # fmt: skip
            text_px(figure, left + _WIDTH + 14, top + y + 4, name, fontsize=TYPE["note"])
        self._curves(least)

    def _key(self, figure: Figure, y: float) -> None:
        """Draw the two marks with their words."""
        key = ax_px(figure, 0, y - 12, 760, 16)
        key.set(xlim=(0, 760), ylim=(16, 0))
        key.set_axis_off()
        for x, words, face in ((300, "kept for hours", "ink"), (426, "weaker or lost", "paper")):
            key.scatter([x], [8], s=52, facecolors=ROLE[face], edgecolors=ROLE["ink"],
                        linewidths=1.5)  # fmt: skip
            text_px(figure, x + 11, y, words, fontsize=TYPE["note"])

    def _curves(self, least: float) -> None:
        ax, start, end = self.ax, float(self.gaps[0]), float(self.gaps[-1])
        ax.plot(ax.get_xlim(), (least, least), color=ROLE["text"], lw=LINE["reference"],
                ls=DASH["reference"], zorder=1)  # fmt: skip
        beside(ax, ax.get_xlim()[1], least, f"{number(least, 1)}: we call it kept", dx=8)
        lines = LineCollection(
            [np.column_stack([self.gaps, one]) for one in self.late.T],
            colors=ROLE["recalled"], linewidths=LINE["seed"], alpha=LINE["seed_alpha"], zorder=1.6,
        )  # fmt: skip
        ax.add_collection(lines, autolim=False)
        mean = self.late.mean(axis=1)
        ax.plot(self.gaps, mean, color=ROLE["recalled"], lw=LINE["result"], zorder=3)
        ax.plot(self.gaps, 0 * mean, color=ROLE["control"], lw=LINE["second"] - 0.4, zorder=2.5,
                ls=DASH["control"])  # fmt: skip
        beside(ax, ax.get_xlim()[1], 0, "drug all along: 0", dx=8, color=ROLE["control"])
        for y, words, bold in ((0.42, f"mean of {self.late.shape[1]} slices", True),
                               (0.35, "thin: each slice", False)):  # fmt: skip
            beside(ax, start, y, words, color=ROLE["recalled" if bold else "text"],
                   weight="bold" if bold else "normal",
                   fontsize=TYPE["label"] if bold else TYPE["note"])  # fmt: skip
        beside(ax, start, 0.58, "strong event first")
        beside(ax, end, 0.58, "weak event first", ha="right")
        (self.marker,) = ax.plot(
            [], [], "o", ms=LINE["mark"], mfc=ROLE["paper"], mec=ROLE["recalled"],
            mew=LINE["mark_edge"], zorder=5, clip_on=False,
        )  # fmt: skip

    def moving(self) -> list[Artist]:
        """Return what `set` moves, in the order in which it is drawn."""
        return [self.marker]

    def set(self, gap: float) -> None:
        """Put the marker on the mean at a gap."""
        self.marker.set_data([gap], [float(np.interp(gap, self.gaps, self.late.mean(axis=1)))])

    def ghost(self) -> list[Artist]:
        """Leave a stem at the present gap behind: a broad pale band with a dashed core."""
        x, y = (float(np.ravel(one)[0]) for one in self.marker.get_data())
        return list(ghost_lines(self.ax, [x, x], [0.0, y]))


class SizeDrawing:
    """The late part of the weak synapse against the size of the weak event, at one gap.

    Parameters
    ----------
    figure : Picture
    top : int
        Pixels from the upper edge to the axes.
    sizes, alone : ndarray of shape (n_sizes,)
        Early part that the weak event sets, and the late part with no strong event: the control.
    places : mapping from float to str
        Sizes with a name; a thin line each.
    """

    def __init__(
        self, figure: Figure, *, top: int, sizes: Float, alone: Float, places: Mapping[float, str]
    ) -> None:
        self.sizes = sizes
        self.ax = ax_px(figure, SIZE["axis_left"], top, _WIDTH, 210)
        dress(self.ax, x={0.2: "0.2", 0.3: "0.3", 0.4: "0.4", 0.5: "0.5", 0.6: "0.6"},
              x_lim=(0.2, 0.6), y=(0, 0.3, 0.6), y_lim=(-0.015, 0.7),
              x_title="early part that the weak event sets",
              y_title="late part of the weak synapse")  # fmt: skip
        for place, words in places.items():
            self.ax.plot((place, place), (0, 0.63), color=ROLE["rule"], lw=LINE["reference"],
                         zorder=0.5)  # fmt: skip
            beside(self.ax, place, 0.67, words, ha="center")
        self.ax.plot(sizes, alone, color=ROLE["control"], lw=LINE["second"] - 0.4, zorder=2,
                     ls=DASH["control"], clip_on=False)  # fmt: skip
        beside(self.ax, 0.6, float(alone[-1]), "weak event alone", dx=14, dy=-9,
               color=ROLE["control"], fontsize=TYPE["label"])  # fmt: skip
        (self.line,) = self.ax.plot([], [], color=ROLE["recalled"], lw=LINE["result"], zorder=3,
                                    clip_on=False)  # fmt: skip
        self.name = beside(self.ax, 0.6, 0.6, "", dx=14, dy=9, color=ROLE["recalled"],
                           weight="bold", fontsize=TYPE["label"])  # fmt: skip

    def moving(self) -> list[Artist]:
        """Return what `set` moves, in the order in which it is drawn."""
        return [self.line, self.name]

    def set(self, late: Float, words: str) -> None:
        """Show another curve with its name."""
        self.line.set_data(self.sizes, late)
        self.name.set_text(words)
        self.name.xy = (0.6, float(late[-1]))

    def ghost(self) -> Sequence[Any]:
        """Leave the present curve behind as a ghost and return its parts."""
        x, y = self.line.get_data()
        return ghost_lines(self.ax, np.array(x), np.array(y))
