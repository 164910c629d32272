"""Windows: milliseconds beside seconds on one axis, and the many shapes that calcium gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist

from engramlab._types import Float
from engramlab.experiments import plateau_share
from engramlab.look import LINE, ROLE, SIZE, TYPE
from engramlab.plasticity import CALCIUM_SETS, CalciumRule, PairSTDP
from engramlab.plots import ax_px, dress, new_picture, style
from engramlab.plots._axes import beside, ghost_lines, number, text_px
from engramlab.trials import sweep
from engramlab.widgets._controls import Choice, Slider
from engramlab.widgets._panel import Exhibit
from engramlab.widgets._stage import Scene

GAPS_MS = {"1 ms": 1.0, "3 ms": 3.0, "10 ms": 10.0, "30 ms": 30.0, "0.1 s": 100.0, "0.3 s": 300.0,
           "1 s": 1000.0, "3 s": 3000.0, "10 s": 10_000.0}  # fmt: skip
N_DRAWS = 200
_AXIS_MS = np.geomspace(1.0, 10_000.0, 121)
_TICKS = {0.0: "1 ms", 1.0: "10 ms", 2.0: "0.1 s", 3.0: "1 s", 4.0: "10 s"}
LAGS_MS = np.linspace(-50.0, 50.0, 201)


def pair_share(gap_ms: Any, *, before: bool) -> Float:
    """Return the change by a pair of spikes as a share of its largest, with its sign."""
    rule = PairSTDP(a_plus=1.0, a_minus=1.0, tau_plus_ms=16.8, tau_minus_ms=33.7)
    return np.asarray(rule.window(np.asarray(gap_ms) if before else -np.asarray(gap_ms)))


@cache
def all_plateaus() -> dict[bool, Float]:
    """Return what 200 draws leave at each of `_AXIS_MS`, by whether the input came first."""
    return {
        before: sweep(
            plateau_share,
            seeds=N_DRAWS,
            grid={"gap_ms": [_AXIS_MS], "before": [before]},
            progress=False,
        )[0, 0]
        for before in (True, False)
    }


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Gap:
    """What a pair of spikes and a plateau leave at one gap.

    Attributes
    ----------
    gap : str
        The gap as it is said.
    pairs : tuple of two floats
        By a pair of spikes: sender first, receiver first.
    plateaus : tuple of two ndarrays of shape (n_draws,)
        By a plateau: input before, input after.
    """

    gap: str
    pairs: tuple[float, float]
    plateaus: tuple[Float, Float]


def widen(gap: str) -> Gap:
    """Return what is left at a gap of that name."""
    gap_ms = GAPS_MS[gap]
    column = int(np.argmin(np.abs(np.log(_AXIS_MS / gap_ms))))
    before, after = (all_plateaus()[side][:, column] for side in (True, False))
    return Gap(
        gap=gap,
        pairs=(float(pair_share(gap_ms, before=True)), float(pair_share(gap_ms, before=False))),
        plateaus=(before, after),
    )


def gap_reading(shown: Gap) -> str:
    """Return the one line: the gap, and what is left of the largest change in each case."""
    before, after = (100 * float(np.median(each)) for each in shown.plateaus)
    first, last = (number(100 * share, 0) for share in shown.pairs)
    return (
        f"gap {shown.gap}: of the largest change, a pair of spikes gives {first} % (sender first) "
        f"and {last} % (receiver first); one plateau, in our sketch, {before:.0f} % (input "
        f"before) and {after:.0f} % (input after; median of {N_DRAWS} draws)"
    )


class WindowScene(Scene):
    """Two panels that mirror each other: the receiver or the sender first, on log time."""

    def __init__(self) -> None:
        with style():
            self.figure = new_picture(height=366)
            self.panels = [ax_px(self.figure, left, 74, 300, 232) for left in (66, 436)]
            words = ("receiver first by", "input first by")
            y = (-1, 0, 1)
            for side, ax in enumerate(self.panels):
                dress(ax, x=_TICKS, x_lim=(0, 4), y=y, y_lim=(-1.08, 1.08), x_title=words[side],
                      y_title="" if side else "change, as a share of its largest")  # fmt: skip
                ax.plot((0, 4), (0, 0), color=ROLE["rule"], lw=LINE["spine"], zorder=0.5)
                if not side:
                    ax.set_xlim(4, 0)
                    ax.spines["bottom"].set_bounds(0, 4)
                self._curves(side, ax)
            text_px(self.figure, 736, 40, "navy: a pair of spikes; black: a plateau (our sketch; "
                    "band: 180 of 200 draws)", ha="right", fontsize=TYPE["note"])  # fmt: skip
            self.marks = [
                ax.plot([], [], "D", ms=LINE["mark"] - 1, mfc=ROLE["paper"], mec=ROLE["ink"],
                        mew=LINE["mark_edge"], zorder=5, clip_on=False)[0]
                for ax in self.panels
            ]  # fmt: skip

    def _curves(self, side: int, ax: Any) -> None:
        """Draw both windows of one panel, each with its name."""
        x, before = np.log10(_AXIS_MS), bool(side)
        draws = all_plateaus()[before]
        low, high = np.percentile(draws, [5, 95], axis=0)
        ax.fill_between(x, low, high, color=ROLE["ink"], lw=0, alpha=LINE["band_alpha"], zorder=1)
        ax.plot(x, np.median(draws, axis=0), color=ROLE["ink"], lw=LINE["other"], zorder=2)
        ax.plot(x, pair_share(_AXIS_MS, before=before), color=ROLE["recalled"], lw=LINE["result"],
                zorder=3)  # fmt: skip
        how: dict[str, Any] = {"ha": "center", "fontsize": TYPE["label"]}
        beside(ax, 0.52, 0.3 if before else -0.3, "spikes", color=ROLE["recalled"], weight="bold",
               **how)  # fmt: skip
        at = 2.3 if before else 1.2
        beside(ax, at, 0.45, "plateau", color=ROLE["ink"], weight="bold", **how)
        beside(ax, at, 0.27, "(a sketch)", color=ROLE["ink"], **how)

    def update(self, result: Any) -> Sequence[Artist]:
        """Move the marks to another gap."""
        x = float(np.log10(GAPS_MS[result.gap]))
        for side, mark in enumerate(self.marks):
            pair, plateau = result.pairs[1 - side], float(np.median(result.plateaus[1 - side]))
            mark.set_data([x, x], [pair, plateau])
        return list(self.marks)

    def freeze(self) -> Sequence[Artist]:
        """Leave a short bar behind at each mark."""
        ghosts: list[Artist] = []
        for ax, mark in zip(self.panels, self.marks, strict=True):
            at: Float = np.asarray(mark.get_data(), dtype=np.float64)
            for x, y in at.T.tolist():
                ghosts += ghost_lines(ax, [max(x - 0.12, 0), min(x + 0.12, 4)], [y, y])
        return ghosts


def wide_window_exhibit() -> Exhibit:
    """Return the parts of `wide_window`."""
    return Exhibit(
        question="How far apart may two events be and still change a synapse?",
        model=widen,
        scene=WindowScene,
        alt=gap_reading,
        controls={
            "gap": Choice(label="Gap", options=tuple(GAPS_MS), value="1 s",
                          unit="between the two")
        },
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class CalciumWindow:
    """The window of one set of the calcium rule.

    Attributes
    ----------
    name : str
        The set.
    rate_hz : int
        Pairs a second.
    strength, slow : ndarray of the shape of `LAGS_MS`
        Strength after 60 pairs over that before, at this rate and at 1 a second.
    """

    name: str
    rate_hz: int
    strength: Float
    slow: Float


def pick_calcium(which: str, rate: int) -> CalciumWindow:
    """Return the window of one set at one rate."""
    rule = CalciumRule.named(which)
    return CalciumWindow(
        name=which,
        rate_hz=rate,
        strength=rule.change(LAGS_MS, rate_hz=float(rate)),
        slow=rule.change(LAGS_MS, rate_hz=1.0),
    )


def calcium_reading(shown: CalciumWindow) -> str:
    """Return the one line: the set and the rate, the highest and the lowest point."""
    high, low = int(np.argmax(shown.strength)), int(np.argmin(shown.strength))
    ends = [
        f"{number(float(shown.strength[k]))} at {number(float(LAGS_MS[k]), 0)} ms"
        for k in (high, low)
    ]
    return (
        f"set {shown.name}, {shown.rate_hz} a second: strength after 60 pairs highest {ends[0]}, "
        f"lowest {ends[1]} (1: as before)"
    )


class CalciumScene(Scene):
    """One window, thick, and the same set at one pair a second, thin and grey."""

    def __init__(self) -> None:
        with style():
            self.figure = new_picture(height=346)
            self.ax = ax_px(self.figure, SIZE["axis_left"], 56, 520, 232)
            dress(self.ax, x={-50: "−50", -25: "−25", 0: "0", 25: "25", 50: "50"},
                  y=(0.6, 1, 1.4), y_lim=(0.55, 1.5),
                  y_title="strength after 60 pairs (1: as before)",
                  x_title="receiver after sender, ms")  # fmt: skip
            self.ax.plot((-50, 50), (1, 1), color=ROLE["rule"], lw=LINE["spine"], zorder=0.5)
            (self.slow,) = self.ax.plot([], [], color=ROLE["other"], lw=LINE["other"], zorder=2)
            (self.line,) = self.ax.plot([], [], color=ROLE["recalled"], lw=LINE["result"],
                                        zorder=3)  # fmt: skip
            text_px(self.figure, 602, 150, "thick: at this rate", color=ROLE["recalled"])
            text_px(self.figure, 602, 174, "grey: at 1 a second")

    def update(self, result: Any) -> Sequence[Artist]:
        """Show another set or rate."""
        self.slow.set_data(LAGS_MS, result.slow)
        self.line.set_data(LAGS_MS, result.strength)
        return [self.slow, self.line]

    def freeze(self) -> Sequence[Artist]:
        """Leave the present window behind."""
        return ghost_lines(self.ax, *map(np.array, self.line.get_data()))


def calcium_sets_exhibit() -> Exhibit:
    """Return the parts of `calcium_sets`."""
    return Exhibit(
        question="What windows can one rule on calcium give?",
        model=pick_calcium,
        scene=CalciumScene,
        alt=calcium_reading,
        controls={
            "which": Choice(label="Set", options=tuple(CALCIUM_SETS), value="DP",
                           unit="of the nine published"),
            "rate": Slider(label="Rate", low=1, high=10, value=10, unit="pairs a second"),
        },
    )  # fmt: skip
