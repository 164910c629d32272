"""Curves over days: each animal thin, their mean thick, a marker at the day that is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from engramlab._types import Float
from engramlab.look import DASH, LINE, ROLE, SIZE, TYPE
from engramlab.plots._axes import (
    DRIVE_TITLE,
    Picture,
    ax_px,
    beside,
    dress,
    ghost_lines,
    head,
    new_picture,
    number,
    style,
)

DAY_TICKS: Mapping[float, str] = {1: "day 1", 7: "7", 14: "14", 21: "21", 28: "28"}
_WIDTH, _LINE = 486, 18  # pixels: of the axes, and from one direct label to the next


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class DayCurve:
    """One arm of an experiment, read out on each day.

    Attributes
    ----------
    name : str
        Its direct label, at most about 26 characters.
    drives : ndarray of shape (n_days, n_animals)
    role : str
        A role of `engramlab.look` with a colour for marks.
    control : bool
        Whether it is a control arm: then it is dashed.
    """

    name: str
    drives: Float
    role: str = "recalled"
    control: bool = False


def _apart(wanted: Sequence[float], fixed: float | None) -> list[float]:
    """Return heights of labels in pixels, none nearer than a line to another or to `fixed`."""
    found = list(wanted)
    middle = float(np.mean(found)) if fixed is None else fixed
    order = np.argsort(wanted, kind="stable")
    for way, side in ((1, [k for k in order if wanted[k] >= middle]),
                      (-1, [k for k in order[::-1] if wanted[k] < middle])):  # fmt: skip
        nearest = middle if fixed is not None else middle - way * _LINE / 2
        for k in side:
            found[k] = way * max(way * wanted[k], way * nearest + _LINE)
            nearest = found[k]
    return found


class DaysDrawing:
    """Drive against days for some arms; the curves and the marker move, the axes stay.

    Parameters
    ----------
    figure : Picture
    top : int
        Pixels from the upper edge to the axes.
    days : ndarray of shape (n_days,)
        Ascending.
    n_curves : int
        How many arms `set` shows.
    ticks : mapping from float to str
        Days with words.
    half : float or None
        Drive at which the recall index is 0.5: a dashed line; None for no line.
    y : sequence of float
        Ticks of the drive.
    highest : float, optional
        Top of the axes; by default the last tick. Single animals are cut off there.
    x_title, y_title : str
    height : int
        Pixels of the axes.
    """

    def __init__(
        self,
        figure: Figure,
        *,
        top: int,
        days: Float,
        n_curves: int,
        ticks: Mapping[float, str] = DAY_TICKS,
        half: float | None = 0.8,
        y: Sequence[float] = (0.0, 0.5, 1.0, 1.5, 2.0),
        highest: float | None = None,
        x_title: str = "days after learning",
        y_title: str = DRIVE_TITLE,
        height: int = 236,
    ) -> None:
        self.days, self.half = np.asarray(days, dtype=float), half
        most = y[-1] if highest is None else highest
        self._unit = height / (most - y[0])  # pixels
        self._shown: Sequence[DayCurve] = ()
        ends = float(self.days[0]), float(self.days[-1])
        room = (ends[1] - ends[0]) / 60
        self.ax = ax_px(figure, SIZE["axis_left"], top, _WIDTH, height)
        dress(self.ax, x=ticks, x_lim=(ends[0] - room, ends[1] + room), y=y,
              y_lim=(y[0], most), x_title=x_title, y_title=y_title, outward=4)  # fmt: skip
        if half is not None:
            self.ax.plot(self.ax.get_xlim(), (half, half), color=ROLE["axis"], zorder=1,
                         lw=LINE["reference"], ls=DASH["reference"])  # fmt: skip
            beside(self.ax, self.ax.get_xlim()[1], half, "read-out at half", dx=10)
        (self.rule,) = self.ax.plot([], [], color=ROLE["rule"], lw=6, zorder=0.4)
        self.animals = LineCollection([], linewidths=LINE["seed"], alpha=LINE["seed_alpha"],
                                      zorder=1.6)  # fmt: skip
        self.means = LineCollection([], zorder=3, capstyle="butt", clip_on=False)
        for lines in (self.animals, self.means):
            self.ax.add_collection(lines, autolim=False)
        self.marks = self.ax.scatter(
            [], [], s=LINE["mark"] ** 2, facecolors=ROLE["paper"], linewidths=LINE["mark_edge"],
            zorder=5, clip_on=False,
        )  # fmt: skip
        self.names = [
            beside(self.ax, self.ax.get_xlim()[1], 0, "", dx=10, fontsize=TYPE["label"])
            for _ in range(n_curves)
        ]

    def moving(self) -> list[Artist]:
        """Return what `set` moves, in the order in which it is drawn."""
        return [self.rule, self.animals, self.means, self.marks, *self.names]

    def set(self, day: float | None, curves: Sequence[DayCurve]) -> None:
        """Show these arms, the first one as the result, with the marker at a day; None for none."""
        self._shown = curves
        colours = [ROLE[curve.role] for curve in curves]
        means = [curve.drives.mean(axis=1) for curve in curves]
        self.animals.set_segments(
            [
                np.column_stack([self.days, one])
                for curve in curves
                if curve.drives.shape[1] > 1
                for one in curve.drives.T
            ]
        )
        self.animals.set_color(
            [
                colour
                for curve, colour in zip(curves, colours, strict=True)
                if curve.drives.shape[1] > 1
                for _ in range(curve.drives.shape[1])
            ]
        )
        self.means.set_segments([np.column_stack([self.days, mean]) for mean in means])
        self.means.set_color(colours)
        self.means.set_linewidth(
            [LINE["result"] if k == 0 else LINE["second"] for k in range(len(curves))]
        )
        self.means.set_linestyle(
            [DASH["control"] if curve.control else "solid" for curve in curves]
        )
        self._mark(day, means, colours)
        self._name(means, colours)

    def _mark(self, day: float | None, means: list[Float], colours: list[str]) -> None:
        if day is None:
            self.rule.set_data([], [])
            self.marks.set_offsets(np.zeros((0, 2)))
            return
        self.rule.set_data([day, day], self.ax.get_ylim())
        self.marks.set_offsets([(day, float(np.interp(day, self.days, mean))) for mean in means])
        self.marks.set_edgecolor(colours)

    def _name(self, means: list[Float], colours: list[str]) -> None:
        low = self.ax.get_ylim()[0]
        wanted = [(float(mean[-1]) - low) * self._unit for mean in means]
        fixed = None if self.half is None else (self.half - low) * self._unit
        for name in self.names:
            name.set_text("")
        for k, (name, at) in enumerate(zip(self.names, _apart(wanted, fixed), strict=False)):
            curve = self._shown[k]
            name.set_text(curve.name)
            name.xy = (self.ax.get_xlim()[1], low + at / self._unit)
            name.set_color(ROLE.get(f"{curve.role}_text", colours[k]))
            name.set_fontweight("bold" if k == 0 else "normal")

    def ghost(self) -> list[Any]:
        """Leave the present means behind as ghosts and return their parts.

        A curve without animals of its own is there to be compared with: it stays, so it needs none.
        """
        parts: list[Any] = []
        for curve in self._shown:
            if curve.drives.shape[1] == 1:
                continue
            parts += ghost_lines(self.ax, self.days, curve.drives.mean(axis=1))
        return parts


def days(
    when: Float,
    curves: Sequence[DayCurve],
    *,
    title: str,
    subtitle: str = "",
    day: float | None = None,
    half: float | None = 0.8,
    highest: float | None = None,
    ticks: Mapping[float, str] = DAY_TICKS,
) -> Picture:
    """Return a picture of some arms over days, with the finding as its title.

    Parameters
    ----------
    when : ndarray of shape (n_days,)
    curves : sequence of DayCurve
        The first one is the result.
    title, subtitle : str
        The finding; what was done, and in how many animals.
    day : float, optional
        Where the marker stands.
    half : float or None
        Drive at which the recall index is 0.5.
    highest : float, optional
        Top of the axes in drive; by default 2.
    ticks : mapping from float to str
        Days with words.
    """
    with style():
        figure = new_picture(height=420)
        head(figure, title, subtitle)
        drawing = DaysDrawing(
            figure,
            top=SIZE["axes_top"],
            days=when,
            n_curves=len(curves),
            half=half,
            ticks=ticks,
            highest=highest,
        )
        drawing.set(day, curves)
    ends = [
        f"{curve.name} {number(curve.drives[0].mean())} on day {when[0]:g} and "
        f"{number(curve.drives[-1].mean())} on day {when[-1]:g}"
        for curve in curves
    ]
    figure.alt = f"{title}. Mean drive: {'; '.join(ends)}."
    return figure
