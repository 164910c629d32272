"""Two events and the time between them: the cells that their engrams share, and what is linked."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from engramlab._types import Float
from engramlab.look import DASH, LINE, ROLE, SIZE, TYPE
from engramlab.plots._axes import (
    Picture,
    beside,
    ghost_lines,
    head,
    new_picture,
    number,
    style,
    text_px,
)
from engramlab.plots._linking_parts import (
    STRIPS_LEFT,
    Shared,
    Strips,
    draw_chance,
    every_animal,
    mark,
    over_hours,
    when,
)


class LinkingDrawing:
    """Overlap against the gap above, what A brings back below, and the cells of one animal.

    Parameters
    ----------
    figure : Picture
    top : int
        Pixels from the upper edge to the axes.
    hours : ndarray of shape (n_gaps,)
        Times between the two events.
    overlap, drive, drive_new : ndarray of shape (n_gaps, n_animals)
        Of the two engrams; in A, where nothing happened; in C, which is new: the control.
    dotted : ndarray of bool of shape (n_gaps,)
        Where the single animals are drawn.
    size, n_cells : int
        Cells of one engram, and of all.
    half : float
        Drive at which the recall index is one half.
    """

    def __init__(
        self,
        figure: Figure,
        *,
        top: int,
        hours: Float,
        overlap: Float,
        drive: Float,
        drive_new: Float,
        dotted: Any,
        size: int,
        n_cells: int,
        half: float,
    ) -> None:
        self.hours, self.means = hours, (overlap.mean(axis=1), drive.mean(axis=1))
        x = np.log10(hours)
        last = float(hours[-1])
        self.overlap = over_hours(figure, top, 176, last, y=(0, 0.5, 1), y_lim=(0, 1.02),
                                  y_title="overlap (1 = the same cells)")  # fmt: skip
        draw_chance(self.overlap, size, n_cells)
        low = top + 176 + 72
        self.drive = over_hours(figure, low, 124, last, y=(0, 0.8, 1.6), y_lim=(0, 1.95),
                                y_title="drive to the read-out that A brings back",
                                x_title="time between the two events")  # fmt: skip
        right = self.drive.get_xlim()[1]
        self.drive.plot(self.drive.get_xlim(), (half, half), color=ROLE["text"], zorder=0.6,
                        lw=LINE["reference"] - 0.3, ls=DASH["reference"])  # fmt: skip
        beside(self.drive, right, half, "read-out at half", dx=8)
        new = drive_new.mean(axis=1)
        self.drive.plot(x, new, color=ROLE["control"], lw=LINE["second"] - 0.4, zorder=2.5,
                        ls=DASH["control"])  # fmt: skip
        for ax, mean, values in zip((self.overlap, self.drive), self.means, (overlap, drive),
                                    strict=True):  # fmt: skip
            every_animal(ax, hours[dotted], values[dotted])
            ax.plot(x, mean, color=ROLE["recalled"], lw=LINE["result"], zorder=3, clip_on=False)
        end = float(self.means[1][-1])
        beside(self.drive, right, end, "A", dx=8, dy=12, color=ROLE["recalled"],
               weight="bold")  # fmt: skip
        beside(self.drive, right, end, "C, a new place: dashed", dx=8, dy=-6, color=ROLE["control"])
        self.marks = mark(self.overlap), mark(self.drive)
        self.name = text_px(figure, STRIPS_LEFT, top + 16, "", color=ROLE["recalled"],
                            weight="bold")  # fmt: skip
        text_px(figure, STRIPS_LEFT, top + 40, "one animal, one tick = one cell",
                fontsize=TYPE["note"])  # fmt: skip
        self.strips = Strips(figure, left=STRIPS_LEFT, top=top + 56)

    def moving(self) -> list[Artist]:
        """Return what `set` moves, in the order in which it is drawn."""
        return [*self.marks, self.name, *self.strips.moving()]

    def set(self, hours: float, shared: Shared) -> None:
        """Put the markers on a time between the events, and show one animal's cells."""
        x = float(np.log10(hours))
        for one, mean in zip(self.marks, self.means, strict=True):
            one.set_data([x], [float(np.interp(x, np.log10(self.hours), mean))])
        y = float(self.marks[0].get_ydata()[0])
        self.name.set_text(f"{when(hours)} apart: overlap {number(y)}")
        self.strips.set(shared)

    def ghost(self) -> list[Artist]:
        """Leave a stem at the present time behind in both axes."""
        left: list[Artist] = []
        for one in self.marks:
            x, y = (float(np.ravel(each)[0]) for each in one.get_data())
            left += ghost_lines(one.axes, [x, x], [0.0, y])
        return left


def linking(
    hours: Float,
    overlap: Float,
    pairs: Sequence[tuple[float, Shared]],
    *,
    size: int = 40,
    n_cells: int = 400,
    title: str = "",
    subtitle: str = "",
) -> Picture:
    """Draw the overlap of two engrams against the time between, with the cells of one or two pairs.

    Parameters
    ----------
    hours : ndarray of shape (n_gaps,)
        Times between the two events, at least 1.5, ascending.
    overlap : ndarray of shape (n_gaps, n_animals)
        Every one is drawn.
    pairs : sequence of (float, Shared)
        One or two times with the cells of an animal; each gets a marker.
    size, n_cells : int
        Cells of one engram, and of all: they set the chance band.
    title, subtitle : str
        The finding; what was done and how many times. Empty leaves no room for them.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If `overlap` has not one row for each time, or there are no pairs or more than two.
    """
    hours, overlap = np.asarray(hours, dtype=float), np.asarray(overlap, dtype=float)
    if overlap.ndim != 2 or overlap.shape[0] != hours.size:
        raise ValueError(f"overlap has shape {overlap.shape}; with {hours.size} times it needs "
                         f"shape ({hours.size}, n_animals)")  # fmt: skip
    if not 1 <= len(pairs) <= 2:
        raise ValueError(f"there are {len(pairs)} pairs; give one or two")
    top = SIZE["axes_top"] + 4 if title else SIZE["axes_top_live"]
    mean = overlap.mean(axis=1)
    with style():
        figure = new_picture(SIZE["width"], top + 210 + 66)
        if title:
            head(figure, title, subtitle)
        ax = over_hours(figure, top, 210, float(hours[-1]), y=(0, 0.5, 1), y_lim=(0, 1.02),
                        y_title="overlap (1 = the same cells)",
                        x_title="time between the two events")  # fmt: skip
        draw_chance(ax, size, n_cells)
        every_animal(ax, hours, overlap)
        ax.plot(np.log10(hours), mean, color=ROLE["recalled"], lw=LINE["result"], zorder=3)
        text_px(figure, STRIPS_LEFT, top - 16, "one tick = one cell", fontsize=TYPE["note"])
        for k, (gap, shared) in enumerate(pairs):
            y = float(np.interp(np.log10(gap), np.log10(hours), mean))
            mark(ax).set_data([np.log10(gap)], [y])
            beside(ax, float(np.log10(gap)), y, f"{when(gap)}  {number(y)}", dx=14, dy=26,
                   color=ROLE["recalled"], weight="bold", fontsize=TYPE["label"])  # fmt: skip
            row = top + 14 + 116 * k
            text_px(figure, STRIPS_LEFT, row, f"{when(gap)} apart", color=ROLE["ink"],
                    weight="bold")  # fmt: skip
            Strips(figure, left=STRIPS_LEFT, top=row + 14).set(shared)
    told = [f"{number(y)} at {when(h)}" for h, y in zip(hours, mean, strict=True)]
    figure.alt = (
        f"time between two events and overlap of their engrams, {overlap.shape[1]} animals: "
        f"{', '.join(told)}; chance {number(size / n_cells)}"
    )
    return figure
