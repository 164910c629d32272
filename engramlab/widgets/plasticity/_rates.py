"""Hebb's rule alone: synapses that grow whenever both cells are active."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from engramlab._types import Float
from engramlab.experiments import hebb_courses
from engramlab.look import DASH, LINE, ROLE, SIZE, TYPE
from engramlab.plots import ax_px, dress, new_picture, style
from engramlab.plots._axes import beside, ghost_lines, height_px, text_px, width_px
from engramlab.widgets._controls import Slider
from engramlab.widgets._panel import Exhibit
from engramlab.widgets._stage import Scene

N_CELLS = 20
N_PATTERNS = 5  # of Hebb's cell
HEBB_STEPS = 500
_HEBB_TOP = 15


def cell_rng(question: int, cell: int) -> np.random.Generator:
    """Return the stream of one of the 20 cells."""
    return np.random.default_rng([1, question, cell])


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Hebb:
    """Twenty cells under Hebb's rule, and a moment in their course.

    Attributes
    ----------
    rate : float
        Learning rate, in per cent.
    step : int
        Patterns shown so far.
    courses : ndarray of shape (n_cells, n_steps + 1, n_patterns)
        The synapses of every cell from step to step.
    """

    rate: float
    step: int
    courses: Float

    @property
    def strength(self) -> Float:
        """The mean synapse of every cell, 1 at the start, shape (n_cells, n_steps + 1)."""
        mean = self.courses.mean(axis=2)
        return np.asarray(mean / mean[:, :1])


def run_hebb(rate: float, step: int) -> Hebb:
    """Show 500 patterns to 20 cells that learn by Hebb's rule alone."""
    courses = [
        hebb_courses(
            n_patterns=N_PATTERNS, n_steps=HEBB_STEPS, eta=rate / 100, rng=cell_rng(0, cell)
        )
        for cell in range(N_CELLS)
    ]
    return Hebb(rate=rate, step=step, courses=np.array(courses))


def hebb_reading(shown: Hebb) -> str:
    """Return the one line: rate, patterns shown, growth over the cells, responses of one."""
    now = shown.strength[:, shown.step]
    cell = shown.courses[0, shown.step]
    return (
        f"learning rate {shown.rate:.2f} %, {shown.step} patterns shown: synapses "
        f"{now.mean():.2f} times as strong as at the start ({N_CELLS} cells: "
        f"{now.min():.2f} to {now.max():.2f}); one cell responds to its "
        f"{N_PATTERNS} patterns by {cell.min():.1f} to {cell.max():.1f}"
    )


class HebbScene(Scene):
    """Growth of twenty cells at the left, one cell's responses before and now at the right."""

    def __init__(self) -> None:
        with style():
            self.figure = new_picture(height=346)
            self.ax = ax_px(self.figure, SIZE["axis_left"], 52, 356, 212)
            dress(self.ax, x=(0, 250, 500), y=(0, 5, 10), x_title="patterns shown",
                  y_title="strength of the synapses (1 = at the start)")  # fmt: skip
            self.ax.plot((0, HEBB_STEPS), (1, 1), color=ROLE["control"], lw=LINE["other"],
                         ls=DASH["control"], zorder=1)  # fmt: skip
            beside(self.ax, HEBB_STEPS, 1, "no learning", dx=14,
                   color=ROLE["control"])  # fmt: skip
            text_px(self.figure, SIZE["axis_left"], 334, f"thick: mean of {N_CELLS} cells, "
                    "thin: each cell", fontsize=TYPE["note"])  # fmt: skip
            self.seeds = LineCollection([], colors=ROLE["recalled"], linewidths=LINE["seed"],
                                        alpha=LINE["seed_alpha"], zorder=2)  # fmt: skip
            self.ax.add_collection(self.seeds, autolim=False)
            (self.line,) = self.ax.plot([], [], color=ROLE["recalled"], lw=LINE["result"],
                                        zorder=3)  # fmt: skip
            (self.marker,) = self.ax.plot(
                [], [], "o", ms=LINE["mark"], mfc=ROLE["paper"], mec=ROLE["recalled"],
                mew=LINE["mark_edge"], zorder=5, clip_on=False,
            )  # fmt: skip
            self.cell = ax_px(self.figure, 546, 52, 186, 212)
            dress(self.cell, x=tuple(range(1, N_PATTERNS + 1)), x_lim=(0.6, N_PATTERNS + 0.4),
                  y=(0, 5, 10, _HEBB_TOP), x_title="pattern",
                  y_title="responses of one cell")  # fmt: skip
            self._x = np.arange(1.0, N_PATTERNS + 1)
            before_line(self.cell, self._x, run_hebb(0.0, 0).courses[0, 0])
            self.now = after_line(self.cell)
            before_after_key(self.figure, 546, 334)

    def update(self, result: Any) -> Sequence[Artist]:
        """Show another learning rate or another step."""
        steps = np.arange(0, HEBB_STEPS + 1, 5)
        strength = result.strength[:, steps]
        self.seeds.set_segments([np.column_stack([steps, one]) for one in strength])
        mean = strength.mean(axis=0)
        self.line.set_data(steps, mean)
        here = float(result.strength[:, result.step].mean())
        self.marker.set_data([result.step], [min(here, 10.0)])
        self.now.set_data(self._x, np.minimum(result.courses[0, result.step], _HEBB_TOP))
        return [self.seeds, self.line, self.marker, self.now]

    def freeze(self) -> Sequence[Artist]:
        """Leave the mean and the responses behind."""
        lines = ((self.ax, self.line), (self.cell, self.now))
        return [
            artist
            for ax, line in lines
            for artist in ghost_lines(ax, *(np.array(part) for part in line.get_data()))
        ]


def before_line(ax: Axes, x: Float, y: Float) -> Line2D:
    """Draw responses before learning: hollow and dashed, the control of what comes after."""
    (line,) = ax.plot(x, y, "o", color=ROLE["control"], lw=LINE["other"], ls=DASH["control"], ms=6,
                      mfc=ROLE["paper"], mec=ROLE["control"], zorder=2.2,
                      clip_on=False)  # fmt: skip
    return line


def after_line(ax: Axes) -> Line2D:
    """Return an empty line for responses after learning: filled dots, joined."""
    (line,) = ax.plot([], [], "o-", color=ROLE["recalled"], lw=LINE["second"], ms=8, zorder=3,
                      clip_on=False)  # fmt: skip
    return line


def before_after_key(figure: Figure, left: float, y: float) -> None:
    """Write which marks stand for before and after, with the marks themselves, in one line."""
    tall, wide = height_px(figure), width_px(figure)
    for at, words, role, face in (
        (left, "before", "control", "paper"),
        (left + 84, "after learning", "recalled", "recalled"),
    ):
        spot = ([(at + 5) / wide], [1 - (y - 4) / tall])
        mark = Line2D(*spot, marker="o", ls="none", ms=7, mfc=ROLE[face], mec=ROLE[role],
                      transform=figure.transFigure)  # fmt: skip
        figure.add_artist(mark)
        text_px(figure, at + 16, y, words, fontsize=TYPE["note"], color=ROLE[role])


def hebb_exhibit() -> Exhibit:
    """Return the parts of `hebb_alone`."""
    return Exhibit(
        question="Where do synapses end up that grow whenever both cells are active?",
        model=run_hebb,
        scene=HebbScene,
        alt=hebb_reading,
        controls={
            "rate": Slider(label="Learning rate", low=0.0, high=2.0, step=0.25, value=2.0,
                           unit="% a showing"),
            "step": Slider(label="Shown so far", low=0, high=HEBB_STEPS, step=10,
                           value=HEBB_STEPS, unit="patterns"),
        },
    )  # fmt: skip
