"""A threshold that slides or stays where it is, and one that slides too slowly."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D

from engramlab._types import Float
from engramlab.experiments import STEADY, strongest_course, threshold_courses
from engramlab.look import DASH, LINE, ROLE, SIZE, TYPE
from engramlab.plots import ax_px, dress, new_picture, style
from engramlab.plots._axes import ghost_lines, height_px, number, text_px, width_px
from engramlab.widgets._controls import Choice, Slider
from engramlab.widgets._panel import Exhibit
from engramlab.widgets._stage import Scene
from engramlab.widgets.plasticity._rates import (
    N_CELLS,
    after_line,
    before_after_key,
    before_line,
    cell_rng,
)

STEPS, EVERY = 20_000, 200
SILENT = 0.5  # the lowest response before learning
MOST_PATTERNS = 8
TOP = 10  # of the axes of responses: what is above is off the scale
SLOW_STEPS, SLOW_EVERY, SLOW_TOP, SLOW_PATTERNS = 60_000, 200, 15, 5
MEMORIES = np.unique(np.geomspace(50, 4000, 25).round(-1).astype(int))


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Thresholds:
    """Twenty cells that learn with a threshold of one kind.

    Attributes
    ----------
    kind : str
        "sliding" or "fixed".
    start : float
        Where the threshold stands at first.
    responses : ndarray of shape (n_cells, n_points, n_patterns)
        Responses to every pattern all along; infinite where they have run away.
    threshold : ndarray of shape (n_points,)
        That of the first cell.
    """

    kind: str
    start: float
    responses: Float
    threshold: Float

    @property
    def strongest(self) -> Float:
        """The strongest response of every cell all along, shape (n_cells, n_points)."""
        return np.asarray(self.responses.max(axis=2))


def learn_with(kind: str, start: float, patterns: int) -> Thresholds:
    """Show patterns to 20 cells whose threshold slides or is fixed."""
    courses = np.array(
        [
            threshold_courses(
                rule=kind, threshold=start, n_patterns=patterns, n_steps=STEPS, every=EVERY,
                rng=cell_rng(1, cell),
            )
            for cell in range(N_CELLS)
        ]
    )  # fmt: skip
    return Thresholds(
        kind=kind, start=start, responses=courses[:, :, :-1], threshold=courses[0, :, -1]
    )


def _said(responses: Float) -> str:
    """Write the lowest and the highest of some responses; past 1000 they are off the scale."""
    low, high = float(responses.min()), float(responses.max())
    words = ["off the scale" if one > 1000 else number(one, 1) for one in (low, high)]
    return words[0] if words[0] == words[1] else " to ".join(words)


def threshold_reading(shown: Thresholds) -> str:
    """Return the one line: threshold and patterns, responses kept, strongest and weakest of them.

    A pattern counts as responded to if its response is above 0.5, the lowest before learning.
    """
    ends = np.sort(shown.responses[:, -1], axis=1)
    away = float(np.isinf(ends).sum(axis=1).mean())
    ran = f"; on average {number(away, 1)} ran away" if away else ""
    kept = (ends > SILENT).sum(axis=1)
    few, many = int(kept.min()), int(kept.max())
    count = f"{few}" if few == many else f"{few} to {many}"
    n = ends.shape[1]
    return (
        f"{shown.kind} threshold, {shown.start:.1f} at the start, {n} patterns: {count} of {n} "
        f"still responded to ({N_CELLS} cells){ran}; strongest response {_said(ends[:, -1])}, "
        f"weakest {_said(ends[:, 0])}"
    )


class ThresholdScene(Scene):
    """The course of one cell's responses and threshold; its responses before and after."""

    def __init__(self) -> None:
        with style():
            self.figure = new_picture(height=346)
            self.ax = ax_px(self.figure, SIZE["axis_left"], 52, 400, 212)
            dress(self.ax, x={0: "0", 10_000: "10 000", 20_000: "20 000"}, y=(0, 5, TOP),
                  x_title="patterns shown", y_title="response to each pattern")  # fmt: skip
            self.courses = LineCollection([], zorder=2)
            self.ax.add_collection(self.courses, autolim=False)
            (self.line,) = self.ax.plot([], [], color=ROLE["recalled"], lw=LINE["result"],
                                        zorder=3)  # fmt: skip
            (self.threshold,) = self.ax.plot([], [], color=ROLE["ink"], lw=1.6,
                                             ls=DASH["reference"], zorder=4)  # fmt: skip
            self._key()
            self.cell = ax_px(self.figure, 530, 52, 202, 212)
            dress(self.cell, x=tuple(range(1, MOST_PATTERNS + 1)), x_lim=(0.6, MOST_PATTERNS + 0.4),
                  y=(0, 5, TOP), x_title="pattern",
                  y_title="responses of this cell")  # fmt: skip
            self.before = before_line(self.cell, np.array([]), np.array([]))
            self.after = after_line(self.cell)
            (self.off,) = self.cell.plot([], [], "^", ls="none", color=ROLE["recalled"], ms=10,
                                         zorder=4, clip_on=False)  # fmt: skip
            before_after_key(self.figure, 530, 334)

    def _key(self) -> None:
        """Write below the axes what each line is, in one line, with the lines themselves."""
        tall, wide = height_px(self.figure), width_px(self.figure)
        for at, words, role, text, width, dash in (
            (66, "threshold", "ink", "ink", 1.6, DASH["reference"]),
            (176, "strongest response", "recalled", "recalled", LINE["result"], "-"),
            (364, "other responses", "other", "text", LINE["other"], "-"),
        ):
            key = Line2D(
                [at / wide, (at + 24) / wide], [1 - 330 / tall] * 2, color=ROLE[role], lw=width,
                ls=dash, transform=self.figure.transFigure,
            )  # fmt: skip
            self.figure.add_artist(key)
            text_px(self.figure, at + 31, 334, words, fontsize=TYPE["note"], color=ROLE[text])

    def update(self, result: Any) -> Sequence[Artist]:
        """Show another threshold or another number of patterns."""
        steps = np.arange(0, STEPS + 1, EVERY)
        responses = np.minimum(result.responses, 2.0 * TOP)  # past the top a line only leaves
        first = responses[0]
        best = int(np.lexsort((result.responses[0, 0], result.responses[0, -1]))[-1])
        others = np.delete(first, best, axis=1).T
        seeds = responses.max(axis=2)[1:]
        self.courses.set_segments([np.column_stack([steps, one]) for one in (*seeds, *others)])
        self.courses.set_color([to_rgba(ROLE["recalled"], LINE["seed_alpha"])] * len(seeds)
                               + [to_rgba(ROLE["other"])] * len(others))  # fmt: skip
        self.courses.set_linewidth([LINE["seed"]] * len(seeds) + [LINE["other"]] * len(others))
        self.line.set_data(steps, first[:, best])
        self.threshold.set_data(steps, result.threshold)
        x = np.arange(1, first.shape[1] + 1)
        off = first[-1] > TOP
        self.before.set_data(x, first[0])
        self.after.set_data(x, np.minimum(first[-1], TOP))
        self.off.set_data(x[off], np.full(int(off.sum()), TOP))
        return [self.courses, self.line, self.threshold, self.before, self.after, self.off]

    def freeze(self) -> Sequence[Artist]:
        """Leave the strongest response and the responses after learning behind."""
        left = [np.array(part) for part in self.line.get_data()]
        inside = left[1] <= TOP
        ghosts = list(ghost_lines(self.ax, left[0][inside], left[1][inside]))
        return ghosts + list(ghost_lines(self.cell, *(np.array(p) for p in self.after.get_data())))


def sliding_threshold_exhibit() -> Exhibit:
    """Return the parts of `sliding_threshold`."""
    return Exhibit(
        question="What must a threshold do so that a cell learns, and comes to rest?",
        model=learn_with,
        scene=ThresholdScene,
        alt=threshold_reading,
        controls={
            "kind": Choice(label="Threshold", options=("sliding", "fixed"), value="sliding",
                           unit="while it learns"),
            "start": Slider(label="Threshold at the start", low=0.4, high=1.6, step=0.1, value=0.8,
                            unit="as a response"),
            "patterns": Slider(label="Patterns", low=2, high=MOST_PATTERNS, step=1, value=5,
                               unit="none overlap"),
        },
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Slow:
    """Twenty cells whose threshold has one memory.

    Attributes
    ----------
    memory : int
        Time constant of the threshold, in patterns shown.
    responses : ndarray of shape (n_cells, n_points)
        Strongest response all along; infinite once it has run away.
    """

    memory: int
    responses: Float

    @property
    def held(self) -> Float:
        """Share of the last third of the time in which each cell holds its response."""
        last = self.responses[:, 2 * self.responses.shape[1] // 3 :]
        return np.asarray((np.abs(last - SLOW_PATTERNS) <= STEADY * SLOW_PATTERNS).mean(axis=1))


def run_slow(memory: int) -> Slow:
    """Let 20 cells learn five patterns with a threshold that follows in `memory` patterns."""
    responses = [
        strongest_course(
            tau_steps=float(memory), n_patterns=SLOW_PATTERNS, n_steps=SLOW_STEPS,
            every=SLOW_EVERY, rng=cell_rng(2, cell),
        )
        for cell in range(N_CELLS)
    ]  # fmt: skip
    return Slow(memory=memory, responses=np.array(responses))


@cache
def all_memories() -> Float:
    """Return the share of time held, shape (n_memories, n_cells), computed once."""
    return np.array([run_slow(int(memory)).held for memory in MEMORIES])


def slow_reading(shown: Slow) -> str:
    """Return the one line: memory of the threshold, share of time held, and its spread."""
    held = 100 * shown.held
    away = int(np.isinf(shown.responses[:, -1]).sum())
    peak = float(np.median(shown.responses[:, 1:].max(axis=1)))
    silent = int((shown.responses[:, -1] < SILENT).sum())
    fates = [f"{n} of {N_CELLS} {fate}" for n, fate in ((away, "ran away"), (silent, "fell silent"))
             if n]  # fmt: skip
    end = " and ".join(fates) or f"highest response {peak:.1f} in the median"
    return (
        f"memory {shown.memory} patterns: response held for {held.mean():.0f} % of the time "
        f"({N_CELLS} cells: {held.min():.0f} to {held.max():.0f} %); {end}"
    )


class SlowScene(Scene):
    """The course of the strongest response at the left, the time held at the right."""

    def __init__(self) -> None:
        with style():
            self.figure = new_picture(height=346)
            self.ax = ax_px(self.figure, SIZE["axis_left"], 52, 340, 212)
            dress(self.ax, x={0: "0", 30_000: "30 000", 60_000: "60 000"},
                  y=(0, SLOW_PATTERNS, 10, SLOW_TOP), x_title="patterns shown",
                  y_title="strongest response of a cell")  # fmt: skip
            band = SLOW_PATTERNS * np.array([1 - STEADY, 1 + STEADY])
            self.ax.axhspan(*band, color=ROLE["chance_fill"], lw=0, zorder=0.4)
            self.seeds = LineCollection([], colors=ROLE["recalled"], linewidths=LINE["seed"],
                                        alpha=LINE["seed_alpha"], zorder=2)  # fmt: skip
            self.ax.add_collection(self.seeds, autolim=False)
            (self.line,) = self.ax.plot([], [], color=ROLE["recalled"], lw=LINE["second"],
                                        zorder=3)  # fmt: skip
            self.held = ax_px(self.figure, 474, 52, 250, 212)
            ticks = {100: "100", 1000: "1 000", 4000: "4 000"}
            dress(self.held, x={float(np.log10(k)): words for k, words in ticks.items()},
                  x_lim=(float(np.log10(50)), float(np.log10(4000))), y=(0, 50, 100),
                  x_title="memory of the threshold (patterns)",
                  y_title="time for which it is held (%)")  # fmt: skip
            x, each = np.log10(MEMORIES), 100 * all_memories()
            lines = LineCollection(
                [np.column_stack([x, one]) for one in each.T], colors=ROLE["recalled"],
                linewidths=LINE["seed"], alpha=LINE["seed_alpha"], zorder=1.6,
            )  # fmt: skip
            lines.set_clip_on(False)
            self.held.add_collection(lines, autolim=False)
            self.held.plot(x, each.mean(axis=1), color=ROLE["recalled"], lw=LINE["result"],
                           zorder=2, clip_on=False)  # fmt: skip
            text_px(self.figure, SIZE["axis_left"], 332, "thick: one cell, thin: 19 others; "
                    "grey band: held", fontsize=TYPE["note"])  # fmt: skip
            text_px(self.figure, 474, 332, f"thick: mean of {N_CELLS} cells, thin: each",
                    fontsize=TYPE["note"])  # fmt: skip
            (self.marker,) = self.held.plot(
                [], [], "o", ms=LINE["mark"], mfc=ROLE["paper"], mec=ROLE["recalled"],
                mew=LINE["mark_edge"], zorder=5, clip_on=False,
            )  # fmt: skip

    def update(self, result: Any) -> Sequence[Artist]:
        """Show another memory of the threshold."""
        steps = np.arange(0, SLOW_STEPS + 1, SLOW_EVERY)
        responses = np.minimum(result.responses, 2.0 * SLOW_TOP)
        self.seeds.set_segments([np.column_stack([steps, one]) for one in responses[1:]])
        self.line.set_data(steps, responses[0])
        self.marker.set_data([np.log10(result.memory)], [100 * result.held.mean()])
        return [self.seeds, self.line, self.marker]

    def freeze(self) -> Sequence[Artist]:
        """Leave a stem at the present memory behind."""
        x, y = (float(np.ravel(one)[0]) for one in self.marker.get_data())
        return ghost_lines(self.held, [x, x], [0.0, y])


def slow_threshold_exhibit() -> Exhibit:
    """Return the parts of `slow_threshold`."""
    return Exhibit(
        question="How slowly may the threshold follow?",
        model=run_slow,
        scene=SlowScene,
        alt=slow_reading,
        controls={
            "memory": Slider(label="Threshold memory", low=50, high=4000, step=50, value=50,
                             unit="patterns")
        },
    )  # fmt: skip
