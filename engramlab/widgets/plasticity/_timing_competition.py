"""A thousand synapses that compete, in two programs, one of which has a fault."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import PolyCollection

from engramlab._types import Float
from engramlab.look import LINE, ROLE, SIZE, TYPE
from engramlab.plasticity import CompetingSynapses, Competition
from engramlab.plots import ax_px, dress, new_picture, style
from engramlab.plots._axes import beside, ghost_lines
from engramlab.widgets._controls import Choice
from engramlab.widgets._panel import Exhibit
from engramlab.widgets._stage import Scene

PROGRAMS = ("A", "B")
STEPS_MS = {"1 ms": 1.0, "0.5 ms": 0.5, "0.25 ms": 0.25}
DURATION_MS = 4e5
N_LATE = 100  # seconds at the end over which the rate is taken
_EDGES = np.linspace(0.0, 1.0, 21)
_SECONDS = 10  # over which the rate is smoothed in the picture
_FASTEST = 200.0


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Run:
    """One program with one time step.

    Attributes
    ----------
    program, step : str
        As the controls say them.
    end : Competition
        Strengths at the end and the rate in each second.
    """

    program: str
    step: str
    end: Competition

    @property
    def late_hz(self) -> float:
        """Mean rate over the last 100 s."""
        return float(self.end.rates_hz[-N_LATE:].mean())


@cache
def run_program(program: str, step: str) -> Run:
    """Let a thousand synapses compete for 400 s; program A holds the fault. Each is run once."""
    cell = replace(CompetingSynapses(), step_ms=STEPS_MS[step])
    end = cell.run(DURATION_MS, same_step_counts=program == "A", rng=1)
    return Run(program=program, step=step, end=end)


def competition_reading(shown: Run) -> str:
    """Return the one line: program and step, the rate, and the shares of weak and strong."""
    weak, strong = shown.end.share_between(0, 0.2), shown.end.share_between(0.8, 1)
    return (
        f"program {shown.program}, time step {shown.step}: the cell fires at {shown.late_hz:.0f} "
        f"Hz; of 1000 synapses {1000 * weak:.0f} end below 0.2 and {1000 * strong:.0f} above 0.8"
    )


class CompetitionScene(Scene):
    """The strengths at the end as columns; the rate of the cell over time."""

    def __init__(self) -> None:
        with style():
            self.figure = new_picture(height=340)
            self.counts = ax_px(self.figure, SIZE["axis_left"], 56, 290, 226)
            dress(self.counts, x=(0, 0.5, 1), y=(0, 200, 400), y_lim=(0, 500),
                  x_title="strength at the end (1: largest)",
                  y_title="synapses, of 1000")  # fmt: skip
            self.ax = ax_px(self.figure, 432, 56, 230, 226)
            dress(self.ax, x=(0, 200, 400), y=(0, 100, 200), y_lim=(0, _FASTEST), x_title="time, s",
                  y_title="rate of the cell, Hz")  # fmt: skip
            self.bars = PolyCollection([], facecolors=ROLE["recalled"], edgecolors=ROLE["paper"],
                                       linewidths=1, zorder=2)  # fmt: skip
            self.counts.add_collection(self.bars, autolim=False)
            (self.line,) = self.ax.plot([], [], color=ROLE["recalled"], lw=LINE["second"], zorder=3)
            self.label = beside(self.ax, 400, 0, "", dx=14, color=ROLE["recalled"], weight="bold",
                                fontsize=TYPE["label"])  # fmt: skip

    def update(self, result: Any) -> Sequence[Artist]:
        """Show another run."""
        self._counts = np.histogram(result.end.strengths, _EDGES)[0].astype(float)
        self.bars.set_verts(
            [
                [(a, 0), (a, n), (b, n), (b, 0)]
                for a, b, n in zip(_EDGES[:-1], _EDGES[1:], self._counts, strict=True)
            ]
        )
        rates: Float = result.end.rates_hz.reshape(-1, _SECONDS).mean(axis=1)
        times = (np.arange(len(rates)) + 0.5) * _SECONDS
        self.line.set_data(times, rates)
        self.label.xy = (400, float(rates[-1]))
        self.label.set_text(f"{result.late_hz:.0f} Hz")
        return [self.bars, self.line, self.label]

    def freeze(self) -> Sequence[Artist]:
        """Leave the outline of the columns and the rate behind."""
        x, y = np.repeat(_EDGES, 2)[1:-1], np.repeat(self._counts, 2)
        ghosts: list[Artist] = list(ghost_lines(self.counts, x, y))
        return ghosts + list(ghost_lines(self.ax, *map(np.array, self.line.get_data())))


def competing_synapses_exhibit() -> Exhibit:
    """Return the parts of `competing_synapses`."""
    return Exhibit(
        question="Two programs for one model: which of them has a fault?",
        model=run_program,
        scene=CompetitionScene,
        alt=competition_reading,
        controls={
            "program": Choice(label="Program", options=PROGRAMS, value="A", unit="of two"),
            "step": Choice(label="Time step", options=tuple(STEPS_MS), value="1 ms",
                           unit="of the clock"),
        },
    )  # fmt: skip
