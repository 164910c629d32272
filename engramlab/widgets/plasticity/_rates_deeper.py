"""Below the line: calcium as the reason for the sign, and Oja's rule that keeps weights finite."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection

from engramlab._types import Float
from engramlab.look import DASH, LINE, ROLE, SIZE, TYPE
from engramlab.plasticity import CalciumRule, Oja, sjostrom2001
from engramlab.plots import ax_px, dress, new_picture, style
from engramlab.plots._axes import beside, ghost_lines, text_px
from engramlab.widgets._controls import Choice, Slider
from engramlab.widgets._panel import Exhibit
from engramlab.widgets._stage import Scene
from engramlab.widgets.plasticity._rates import N_CELLS, cell_rng

N_PAIRS = 75
ORDERS = {"in any order": None, "receiver 10 ms later": 10.0, "receiver 10 ms earlier": -10.0}
MEASURED = "black: cells of visual cortex at this lag, with standard errors"
RATES = np.unique(np.concatenate([np.geomspace(0.1, 10, 21), np.arange(10, 51)])).round(3)
WINDOW_MS = 400.0
_N_LAGS = 200


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Pairings:
    """Spike pairs of one rate and order, and what calcium makes of them.

    Attributes
    ----------
    rate : int
        Pairs per second.
    order : str
        One of `ORDERS`.
    change : float
        Strength after 75 pairs, 1 is no change.
    above : tuple of two floats
        Shares of time that calcium spends above the lower and the higher threshold.
    calcium : ndarray of shape (n_times,)
        An example of its course, over `WINDOW_MS`.
    """

    rate: int
    order: str
    change: float
    above: tuple[float, float]
    calcium: Float


def _lags(rate_hz: float, order: str) -> Float:
    """Return the lags of an order in ms: one, or all that there are between two pairs."""
    fixed, half = ORDERS[order], 500.0 / rate_hz
    if fixed is not None:
        return np.array([fixed])
    return np.linspace(-half, half, _N_LAGS, endpoint=False)


@cache
def curve(order: str) -> Float:
    """Return the change by 75 pairs at each of `RATES`, the mean over the lags of an order."""
    rule = CalciumRule.named("cortical slices")
    return np.array(
        [rule.change(_lags(f, order), rate_hz=f, n_pairs=N_PAIRS).mean() for f in RATES.tolist()]
    )


def pair_spikes(rate: int, order: str) -> Pairings:
    """Pair spikes `rate` times a second; in any order, each pair has a lag of its own."""
    rule = CalciumRule.named("cortical slices")
    lags = _lags(rate, order)
    down, up = rule.fractions(lags, rate_hz=rate)
    period = 1000.0 / rate
    sent = np.arange(-5 * period, WINDOW_MS, period) + 20.0
    drawn = cell_rng(3, 0).permutation(np.linspace(-0.5, 0.5, len(sent))) * period
    lag = drawn if ORDERS[order] is None else np.full(len(sent), ORDERS[order])
    times = np.linspace(0, WINDOW_MS, 801)
    calcium = np.zeros(len(times))
    for jump, at in ((rule.c_pre, sent + rule.delay_ms), (rule.c_post, sent + lag)):
        since = times[:, None] - at
        decayed = np.exp(-np.maximum(since, 0) / rule.tau_calcium_ms)
        calcium += jump * (decayed * (since >= 0)).sum(axis=1)
    return Pairings(
        rate=rate,
        order=order,
        change=float(np.mean(rule.change(lags, rate_hz=rate, n_pairs=N_PAIRS))),
        above=(float(np.mean(down)), float(np.mean(up))),
        calcium=calcium,
    )


def calcium_reading(shown: Pairings) -> str:
    """Return the one line: pairs, time above both thresholds, change."""
    down, up = (100 * share for share in shown.above)
    return (
        f"{shown.rate} pairs a second, {shown.order}: calcium above the lower threshold for "
        f"{down:.0f} % of the time, above the higher for {up:.0f} %; {N_PAIRS} pairs leave "
        f"{shown.change:.2f} times the strength"
    )


class CalciumScene(Scene):
    """Calcium and its thresholds at the left, change against rate with the data at the right."""

    def __init__(self) -> None:
        rule, data = CalciumRule.named("cortical slices"), sjostrom2001()
        self._data = data
        with style():
            self.figure = new_picture(height=346)
            self.ax = ax_px(self.figure, SIZE["axis_left"], 52, 260, 212)
            dress(self.ax, x={0: "0", 200: "200", 400: "400 ms"}, y=(0, 1, 2, 3), y_lim=(0, 3.5),
                  y_title="calcium in the synapse", x_title="time")  # fmt: skip
            for height, words, dy in ((rule.threshold_down, "weakens", -9),
                                      (rule.threshold_up, "also strengthens", 9)):  # fmt: skip
                self.ax.plot((0, WINDOW_MS), (height, height), color=ROLE["ink"], lw=1.1,
                             ls=DASH["reference"], zorder=3)  # fmt: skip
                beside(self.ax, WINDOW_MS, height, words, dx=8, dy=dy, color=ROLE["ink"])
            (self.trace,) = self.ax.plot([], [], color=ROLE["recalled"], lw=LINE["second"],
                                         zorder=2)  # fmt: skip
            self.change = ax_px(self.figure, 494, 52, 238, 212)
            dress(self.change, x={-1: "0.1", 0: "1", 1: "10", float(np.log10(50)): "50"},
                  y=(0.5, 1, 1.5, 2), x_title="pairs per second",
                  x_lim=(-1.12, 1.78), y_title="strength afterwards (1: as before)")  # fmt: skip
            self.change.plot((-1.12, 1.78), (1, 1), color=ROLE["rule"], lw=1.2, zorder=0.5)
            self.bars = LineCollection([], colors=ROLE["ink"], linewidths=1.2, zorder=3)
            self.change.add_collection(self.bars, autolim=False)
            (self.points,) = self.change.plot([], [], "o", ls="none", ms=6.5, mfc=ROLE["ink"],
                                              mec=ROLE["ink"], zorder=3)  # fmt: skip
            (self.line,) = self.change.plot([], [], color=ROLE["recalled"], lw=LINE["result"],
                                            zorder=2.5)  # fmt: skip
            (self.marker,) = self.change.plot(
                [], [], "o", ms=LINE["mark"], mfc=ROLE["paper"], mec=ROLE["recalled"],
                mew=LINE["mark_edge"], zorder=5, clip_on=False,
            )  # fmt: skip
            text_px(self.figure, SIZE["axis_left"], 334, "navy: the calcium rule",
                    fontsize=TYPE["note"], color=ROLE["recalled"])  # fmt: skip
            self.legend = text_px(self.figure, 240, 334, "", fontsize=TYPE["note"],
                                  color=ROLE["ink"])  # fmt: skip

    def update(self, result: Any) -> Sequence[Artist]:
        """Show another rate or another order."""
        self.trace.set_data(np.linspace(0, WINDOW_MS, len(result.calcium)), result.calcium)
        self.line.set_data(np.log10(RATES), curve(result.order))
        lag = ORDERS[result.order]
        mine = self._data.dt_ms == (np.nan if lag is None else lag)
        x, y, sem = (part[mine] for part in (np.log10(self._data.rate_hz), 1 + self._data.change,
                                             self._data.sem))  # fmt: skip
        self.bars.set_segments(
            [[(a, b - s), (a, b + s)] for a, b, s in zip(x, y, sem, strict=True)]
        )
        self.points.set_data(x, y)
        self.legend.set_text(MEASURED if len(x) else "")
        self.marker.set_data([np.log10(result.rate)], [result.change])
        return [self.trace, self.bars, self.line, self.points, self.marker, self.legend]

    def freeze(self) -> Sequence[Artist]:
        """Leave the present curve behind."""
        return ghost_lines(self.change, *(np.array(part) for part in self.line.get_data()))


def calcium_rates_exhibit() -> Exhibit:
    """Return the parts of `calcium_rates`."""
    return Exhibit(
        question="Why does a low rate weaken a synapse and a high rate strengthen it?",
        model=pair_spikes,
        scene=CalciumScene,
        alt=calcium_reading,
        controls={
            "rate": Slider(label="Rate of the pairs", low=1, high=50, step=1, value=10,
                           unit="per second"),
            "order": Choice(label="The two spikes of a pair", options=tuple(ORDERS),
                            value="in any order"),
        },
    )  # fmt: skip


# -- Oja ---------------------------------------------------------------------------------------

OJA_STEPS, OJA_CHUNK, OJA_ETA = 1500, 30, 0.01
_ALONG = 1.2  # standard deviation of the inputs in their main direction


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Directions:
    """Twenty cells with two inputs that learn by Oja's rule, and one by Hebb's.

    Attributes
    ----------
    angle : int
        Main direction of the inputs, in degrees.
    across : int
        Their spread at a right angle to it, in per cent of the spread along it.
    inputs : ndarray of shape (n_shown, 2)
        Some of them.
    weights : ndarray of shape (n_cells, n_points, 2)
        All along.
    hebb : ndarray of shape (n_points,)
        Length of the first cell's weights under Hebb's rule.
    """

    angle: int
    across: int
    inputs: Float
    weights: Float
    hebb: Float

    @property
    def off_degrees(self) -> Float:
        """Angle in degrees between each cell's last weights and the main direction, 0 to 90."""
        turn = np.deg2rad(self.angle)
        last = self.weights[:, -1]
        along = np.abs(last @ np.array([np.cos(turn), np.sin(turn)]))
        return np.asarray(
            np.rad2deg(np.arccos(np.minimum(along / np.linalg.norm(last, axis=1), 1.0)))
        )


def find_direction(angle: int, across: int) -> Directions:
    """Let 20 cells learn from two inputs that vary together."""
    turn = np.deg2rad(angle)
    axes = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    scale = np.array([_ALONG, _ALONG * across / 100])
    courses, inputs, hebb = [], np.empty((0, 2)), np.empty(0)
    for cell in range(N_CELLS):
        rng = cell_rng(4, cell)
        start = rng.standard_normal(2)
        start *= 0.4 / np.linalg.norm(start)
        seen = (rng.standard_normal((OJA_STEPS, 2)) * scale) @ axes
        now, course = Oja(weights=start, eta=OJA_ETA), [start]
        for k in range(0, OJA_STEPS, OJA_CHUNK):
            now = now.learn(seen[k : k + OJA_CHUNK]).cell
            course.append(now.weights)
        courses.append(course)
        if cell == 0:
            inputs = seen
            free = Oja(weights=start, eta=OJA_ETA, decay=0.0).learn(seen)
            hebb = np.append(0.4, free.lengths)
    return Directions(
        angle=angle, across=across, inputs=inputs[:160], weights=np.array(courses), hebb=hebb
    )


def oja_reading(shown: Directions) -> str:
    """Return the one line: the inputs, the length of the weights, how far they point aside."""
    ends = np.linalg.norm(shown.weights[:, -1], axis=1)
    off = shown.off_degrees
    return (
        f"main direction {shown.angle} degrees, spread across {shown.across} % of that along it: "
        f"weights end {ends.mean():.2f} long ({N_CELLS} cells: {ends.min():.2f} to "
        f"{ends.max():.2f}) and {np.median(off):.1f} degrees aside in the median "
        f"(at most {off.max():.1f})"
    )


class OjaScene(Scene):
    """The weights turn among the inputs at the left; their length stops growing at the right."""

    def __init__(self) -> None:
        with style():
            self.figure = new_picture(height=346)
            self.ax = ax_px(self.figure, SIZE["axis_left"], 52, 232, 232)
            dress(self.ax, x=(-2, 0, 2), y=(-2, 0, 2), x_lim=(-2.5, 2.5), y_lim=(-2.5, 2.5),
                  x_title="first input, first weight",
                  y_title="second input, second weight")  # fmt: skip
            round_ = np.linspace(0, 2 * np.pi, 181)
            self.ax.plot(np.cos(round_), np.sin(round_), color=ROLE["ink"], lw=1.0,
                         ls=(0, (1, 2)), zorder=2)  # fmt: skip
            self.cloud = self.ax.scatter([], [], s=12, color=ROLE["other"], alpha=0.45,
                                         linewidths=0, zorder=1)  # fmt: skip
            self.paths = LineCollection([], colors=ROLE["recalled"], linewidths=LINE["other"],
                                        zorder=3)  # fmt: skip
            self.ax.add_collection(self.paths, autolim=False)
            self.ends = self.ax.scatter([], [], s=42, color=ROLE["recalled"], linewidths=0,
                                        zorder=4)  # fmt: skip
            for y, words, role in (
                (92, "grey: inputs", "text"),
                (116, "navy: weights of", "recalled"),
                (134, f"{N_CELLS} cells, their end", "recalled"),
                (152, "a dot", "recalled"),
                (176, "dotted: length 1", "text"),
            ):
                text_px(self.figure, 312, y, words, fontsize=TYPE["note"], color=ROLE[role])
            self.length = ax_px(self.figure, 490, 52, 190, 232)
            dress(self.length, x={0: "0", 750: "750", 1500: "1 500"}, y=(0, 1, 2, 3),
                  x_title="inputs shown", y_title="length of the weights")  # fmt: skip
            self.lengths = LineCollection([], colors=ROLE["recalled"], linewidths=LINE["other"],
                                          alpha=0.5, zorder=2)  # fmt: skip
            self.length.add_collection(self.lengths, autolim=False)
            (self.free,) = self.length.plot([], [], color=ROLE["control"], lw=LINE["second"],
                                            ls=DASH["control"], zorder=3)  # fmt: skip
            beside(self.length, OJA_STEPS, 1, "Oja", dx=10, weight="bold",
                   color=ROLE["recalled"], fontsize=TYPE["label"])  # fmt: skip
            beside(self.length, OJA_STEPS, 3, "dashed:\nHebb", dx=10, dy=-8,
                   color=ROLE["control"], linespacing=1.3)  # fmt: skip

    def update(self, result: Any) -> Sequence[Artist]:
        """Show other inputs."""
        self.cloud.set_offsets(result.inputs[np.abs(result.inputs).max(axis=1) < 2.5])
        self.paths.set_segments(list(result.weights))
        self.ends.set_offsets(result.weights[:, -1])
        steps = np.arange(0, OJA_STEPS + 1, OJA_CHUNK)
        lengths = np.linalg.norm(result.weights, axis=2)
        self.lengths.set_segments([np.column_stack([steps, one]) for one in lengths])
        self.free.set_data(np.arange(len(result.hebb)), np.minimum(result.hebb, 6.0))
        return [self.cloud, self.paths, self.ends, self.lengths, self.free]

    def freeze(self) -> Sequence[Artist]:
        """Leave the direction found by most cells behind, as a line through the origin."""
        ends = np.asarray(self.ends.get_offsets())
        middle = np.linalg.svd(ends, full_matrices=False)[2][0]
        return ghost_lines(self.ax, [-middle[0], middle[0]], [-middle[1], middle[1]])


def oja_exhibit() -> Exhibit:
    """Return the parts of `oja`."""
    return Exhibit(
        question="Can Hebb's rule be kept finite in another way?",
        model=find_direction,
        scene=OjaScene,
        alt=oja_reading,
        controls={
            "angle": Slider(label="Main direction", low=0, high=90, step=5, value=30,
                            unit="degrees"),
            "across": Slider(label="Spread across", low=10, high=100, step=10, value=40,
                             unit="% of that along"),
        },
    )  # fmt: skip
