"""Overlap against the gap where activity makes cells less excitable than in young animals."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from engramlab._types import Float
from engramlab.look import DASH, LINE, ROLE, TYPE
from engramlab.plots._axes import beside, ghost_lines, text_px
from engramlab.plots._linking_parts import (
    STRIPS_LEFT,
    Shared,
    Strips,
    dots,
    draw_chance,
    every_animal,
    over_hours,
    when,
)


class AgeingDrawing:
    """Overlap against the gap for one bump of excitability; the young animals stay, dashed.

    Parameters
    ----------
    figure : Picture
    top : int
        Pixels from the upper edge to the axes.
    hours : ndarray of shape (n_gaps,)
        Times between the two events.
    young : ndarray of shape (n_gaps, n_animals)
        Overlaps with the whole bump.
    at : float
        Time between the events whose cells are drawn.
    young_cells : Shared
        Cells of a young animal at that time.
    size, n_cells : int
        Cells of one engram, and of all.
    """

    def __init__(
        self,
        figure: Figure,
        *,
        top: int,
        hours: Float,
        young: Float,
        at: float,
        young_cells: Shared,
        size: int,
        n_cells: int,
    ) -> None:
        self.hours = hours
        self.ax = over_hours(figure, top, 216, float(hours[-1]), y=(0, 0.5, 1), y_lim=(0, 1.02),
                             y_title="overlap (1 = the same cells)",
                             x_title="time between the two events")  # fmt: skip
        draw_chance(self.ax, size, n_cells)
        self.ax.plot(np.log10(hours), young.mean(axis=1), color=ROLE["control"], zorder=2.5,
                     lw=LINE["second"] - 0.4, ls=DASH["control"])  # fmt: skip
        third = float(np.log10(hours[2])), float(young.mean(axis=1)[2])
        beside(self.ax, *third, "young", dx=14, dy=10, color=ROLE["control"],
               fontsize=TYPE["label"])  # fmt: skip
        (self.line,) = self.ax.plot([], [], color=ROLE["recalled"], lw=LINE["result"], zorder=3)
        self.animals = every_animal(self.ax, hours, 0 * young)
        text_px(
            figure, STRIPS_LEFT, top - 16, f"one animal, {when(at)} apart", fontsize=TYPE["note"]
        )
        text_px(figure, STRIPS_LEFT, top + 12, "young", color=ROLE["control"], weight="bold")
        Strips(figure, left=STRIPS_LEFT, top=top + 26).set(young_cells)
        self.name = text_px(
            figure, STRIPS_LEFT, top + 132, "", color=ROLE["recalled"], weight="bold"
        )
        self.strips = Strips(figure, left=STRIPS_LEFT, top=top + 146)

    def moving(self) -> list[Artist]:
        """Return what `set` moves, in the order in which it is drawn."""
        return [self.animals, self.line, self.name, *self.strips.moving()]

    def set(self, percent: int, overlap: Float, shared: Shared) -> None:
        """Show animals with another bump, and the cells of one of them."""
        self.line.set_data(np.log10(self.hours), overlap.mean(axis=1))
        self.animals.set_offsets(dots(self.hours, overlap))
        self.name.set_text(f"bump {percent} %")
        self.strips.set(shared)

    def ghost(self) -> Sequence[Any]:
        """Leave the present curve behind as a ghost and return its parts."""
        x, y = self.line.get_data()
        return ghost_lines(self.ax, np.array(x), np.array(y))
