"""Rate and order: what pairs and triplets of spikes make of the measured points."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist

from engramlab._types import Float
from engramlab.experiments import jittered_pairs
from engramlab.look import LINE, ROLE, SIZE, TYPE
from engramlab.plasticity import (
    TRIPLET_SETS,
    PairSTDP,
    TripletSTDP,
    fit_pair_rule,
    sjostrom2001,
)
from engramlab.plots import ax_px, new_picture, style
from engramlab.plots._axes import beside, ghost_lines, number, text_px
from engramlab.plots._timing import POINTS, RATES_HZ, RateAxes, SpikeRows, ladder
from engramlab.protocols import pairing
from engramlab.widgets._controls import Choice, Slider
from engramlab.widgets._panel import Exhibit
from engramlab.widgets._stage import Scene

MINIMAL = "all-to-all minimal"
CLAIM = "C-sjostrom2001"  # of the measured points
WINDOWS = ("best for these points", "of Bi and Poo")
LOWEST_HZ = 10
CONTROL_HZ = np.arange(LOWEST_HZ, 51.0, 5.0)
N_RUNS = 20
_DT_MS = 10.0
_ROWS_MS = 200
_HIGHEST = 2.0  # log10 of the weighted error at the top of the ladder


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Rates:
    """Changes by pairs 10 ms apart at each of `RATES_HZ`, and how far from the points they are.

    Attributes
    ----------
    told : str
        The setting in words.
    late, early : ndarray of the shape of `RATES_HZ`
        Changes with the receiver and with the sender first.
    error : float
        Weighted error.
    rate_hz : int
        The rate looked at.
    runs : ndarray of shape (n_runs, n_rates) or None
        Changes by as many spikes without an order, at each of `CONTROL_HZ`.
    """

    told: str
    late: Float
    early: Float
    error: float
    rate_hz: int = 50
    runs: Float | None = None

    def at(self, rate_hz: float) -> tuple[float, float]:
        """Return both changes at a rate."""
        late, early = (float(np.interp(rate_hz, RATES_HZ, y)) for y in (self.late, self.early))
        return late, early


def _rates(rule: PairSTDP | TripletSTDP, told: str, rate_hz: int = 50) -> Rates:
    """Return the curves of one rule."""
    data = sjostrom2001()
    return Rates(
        told=told,
        late=rule.pairing_change(RATES_HZ, -_DT_MS),
        early=rule.pairing_change(RATES_HZ, _DT_MS),
        error=data.error(rule.pairing_change(data.rate_hz, data.dt_ms)),
        rate_hz=rate_hz,
    )


def pair_faster(rate: int, triplets: int) -> Rates:
    """Return the changes by the triplet rule with `triplets` % of its triplet part."""
    rule = TripletSTDP.named(MINIMAL)
    rule = replace(rule, a3_plus=rule.a3_plus * triplets / 100)
    shown = _rates(rule, f"{rate} pairs a second, 60 in a row, triplet part {triplets} %", rate)
    runs = [[rule.change(*trains) for trains in one] for one in _no_order()]
    return replace(shown, runs=np.array(runs))


@cache
def _no_order() -> list[list[tuple[Float, Float]]]:
    """Return trains without an order, the same 20 runs at each of `CONTROL_HZ`, drawn once."""
    return [
        [
            jittered_pairs(rate, None, rng=np.random.default_rng([0, run]))
            for rate in CONTROL_HZ.tolist()
        ]
        for run in range(N_RUNS)
    ]


def rate_reading(shown: Rates) -> str:
    """Return the one line: the setting, both changes, and what was measured at that rate."""
    data = sjostrom2001()
    late, early = shown.at(shown.rate_hz)
    measured = [
        f"{number(change)} ± {number(sem)}"
        for change, sem in zip(data.change, data.sem, strict=True)
    ]
    here = np.flatnonzero(data.rate_hz == shown.rate_hz)
    words = "not measured at this rate"
    if here.size:
        words = f"measured, in short bursts, {measured[here[1]]} and {measured[here[0]]} [{CLAIM}]"
    told = f"{number(late)} with the receiver first, {number(early)} with the sender first"
    if shown.runs is not None:
        each = [float(np.interp(shown.rate_hz, CONTROL_HZ, run)) for run in shown.runs]
        told += (
            f"; without an order {number(float(np.mean(each)))} ({N_RUNS} runs: "
            f"{number(min(each))} to {number(max(each))})"
        )
    return f"{shown.told}: change {told}; {words}"


class PairingScene(Scene):
    """Points, lines of the rule, a mark on two of them; below them the spikes at that rate."""

    def __init__(self) -> None:
        with style():
            self.figure = new_picture(height=506)
            self.rates = RateAxes(
                ax_px(self.figure, SIZE["axis_left"], 72, 520, 250),
                sjostrom2001(),
                control=True,
                lowest_hz=LOWEST_HZ,
            )
            text_px(self.figure, 736, 26, f"{POINTS}; band: 18 of 20 runs", ha="right",
                    fontsize=TYPE["note"])  # fmt: skip
            self.rows = SpikeRows(
                ax_px(self.figure, SIZE["axis_left"], 420, 520, 44),
                _ROWS_MS,
                title="the spikes of these pairs, receiver first",
            )
            (self.marks,) = self.rates.ax.plot(
                [], [], "D", ms=LINE["mark"] - 1, mfc=ROLE["paper"], mec=ROLE["recalled"],
                mew=LINE["mark_edge"], zorder=5,
            )  # fmt: skip

    def update(self, result: Any) -> Sequence[Artist]:
        """Show another rate or another triplet part."""
        self.rates.set(result.late, result.early, (CONTROL_HZ, result.runs))
        self.marks.set_data([result.rate_hz] * 2, result.at(result.rate_hz))
        pre_ms, post_ms = pairing(float(result.rate_hz), -_DT_MS)
        self.rows.set(pre_ms[pre_ms < _ROWS_MS], post_ms[post_ms < _ROWS_MS])
        return [*self.rates.moving(), self.marks, self.rows.spikes]

    def freeze(self) -> Sequence[Artist]:
        """Leave both lines behind."""
        return self.rates.ghost()


def pairing_rate_exhibit() -> Exhibit:
    """Return the parts of `pairing_rate`."""
    return Exhibit(
        question="What does the same order of two spikes do at other rates?",
        model=pair_faster,
        scene=PairingScene,
        alt=rate_reading,
        controls={
            "rate": Slider(label="Rate", low=LOWEST_HZ, high=50, value=30,
                           unit="pairs a second"),
            "triplets": Slider(label="Triplet part", low=0, high=120, step=10, value=100,
                               unit="% of the fit"),
        },
    )  # fmt: skip


@cache
def _halves(window: str) -> tuple[PairSTDP, Rates, Rates]:
    """Return the best pair rule with these times, and what each of its two halves does alone."""
    rule = fit_pair_rule(sjostrom2001(), free_times=window == WINDOWS[0]).rule
    up, down = replace(rule, a_minus=0.0), replace(rule, a_plus=0.0)
    return rule, _rates(up, ""), _rates(down, "")


@cache
def _errors() -> dict[str, float]:
    """Return the weighted errors that stay: of each triplet set and of the best pair rule."""
    found = {name: _rates(TripletSTDP.named(name), "").error for name in TRIPLET_SETS}
    return found | {"pair": _rates(_halves(WINDOWS[0])[0], "").error}


@cache
def _points(window: str) -> tuple[Float, Float]:
    """Return the changes at the measured points by each half of the pair rule alone."""
    data = sjostrom2001()
    rule = _halves(window)[0]
    halves = (replace(rule, a_minus=0.0), replace(rule, a_plus=0.0))
    up, down = (half.pairing_change(data.rate_hz, data.dt_ms) for half in halves)
    return up, down


def turn_pair_rule(up: int, down: int, window: str) -> Rates:
    """Return the pair rule with shares of its best amplitudes, in per cent."""
    rule, rise, fall = _halves(window)
    a, b = up / 100, down / 100
    at_up, at_down = _points(window)
    times = f"{rule.tau_plus_ms:.3g} and {rule.tau_minus_ms:.3g} ms"
    return Rates(
        told=f"pair rule, window {times}, strengthening {up} % and weakening {down} % of the best",
        late=a * rise.late + b * fall.late,
        early=a * rise.early + b * fall.early,
        error=sjostrom2001().error(a * at_up + b * at_down),
    )


def error_reading(shown: Rates) -> str:
    """Return the one line: the rule, its weighted error, and the errors to hold it against."""
    errors = _errors()
    return (
        f"{shown.told}: weighted error {number(shown.error)} over 10 points (best pair rule "
        f"{number(errors['pair'])}, triplet rule {number(errors[MINIMAL])}; noise alone, nothing "
        "fitted: 1)"
    )


class FitScene(Scene):
    """Measured points and two lines at the left; the ladder of weighted errors at the right.

    Parameters
    ----------
    rival : bool
        Whether the triplet rule is drawn too, thin and grey.
    """

    def __init__(self, *, rival: bool = True) -> None:
        with style():
            self.figure = new_picture(height=384)
            self.rates = RateAxes(
                ax_px(self.figure, SIZE["axis_left"], 56, 372, 250), sjostrom2001()
            )
            errors = _errors()
            if rival:
                grey = _rates(TripletSTDP.named(MINIMAL), "")
                for y in (grey.late, grey.early):
                    self.rates.ax.plot(RATES_HZ, y, color=ROLE["other"], lw=LINE["other"],
                                       zorder=1.2)  # fmt: skip
                text_px(self.figure, SIZE["axis_left"] + 372, 40, "grey: triplet rule", ha="right",
                        fontsize=TYPE["note"])  # fmt: skip
            text_px(self.figure, SIZE["axis_left"], 372, POINTS, fontsize=TYPE["note"])
            self.ladder = ladder(ax_px(self.figure, 598, 56, 34, 250), title="weighted error")
            steps = [("noise alone", 1.0), ("best pair rule", errors["pair"])]
            if rival:
                steps.append(("triplet rule", errors[MINIMAL]))
            for words, error in steps:
                y = np.log10(error)
                self.ladder.plot((0, 1), (y, y), color=ROLE["axis"], lw=LINE["chance"], zorder=1)
                beside(self.ladder, 1, y, words, dx=10)
            (self.mark,) = self.ladder.plot(
                [], [], "D", ms=LINE["mark"] - 1, mfc=ROLE["paper"], mec=ROLE["recalled"],
                mew=LINE["mark_edge"], zorder=5, clip_on=False,
            )  # fmt: skip

    def update(self, result: Any) -> Sequence[Artist]:
        """Show another rule."""
        self.rates.set(result.late, result.early)
        self.mark.set_data([0.5], [min(np.log10(result.error), _HIGHEST)])
        return [*self.rates.moving(), self.mark]

    def freeze(self) -> Sequence[Artist]:
        """Leave both lines and the rung of the ladder behind."""
        y = float(np.asarray(self.mark.get_ydata())[0])
        return [*self.rates.ghost(), *ghost_lines(self.ladder, [0.05, 0.95], [y, y])]


def pair_against_triplet_exhibit() -> Exhibit:
    """Return the parts of `pair_against_triplet`."""
    return Exhibit(
        question="Can pairs of spikes alone explain the points?",
        model=turn_pair_rule,
        scene=FitScene,
        alt=error_reading,
        controls={
            "up": Slider(label="Strengthening by a pair", low=0, high=200, step=10, value=100,
                         unit="% of the best"),
            "down": Slider(label="Weakening by a pair", low=0, high=200, step=10, value=100,
                           unit="% of the best"),
            "window": Choice(label="Window", options=WINDOWS, value=WINDOWS[0],
                             unit="two times"),
        },
    )  # fmt: skip


def pick_set(which: str) -> Rates:
    """Return the curves of one published triplet set."""
    rule = TripletSTDP.named(which)
    note = f" ({len(rule.recalled)} of its values recalled, not read)" if rule.recalled else ""
    return _rates(rule, f"triplet rule, {which}{note}")


def triplet_sets_exhibit() -> Exhibit:
    """Return the parts of `triplet_sets`."""
    return Exhibit(
        question="Do all four published sets fit the points?",
        model=pick_set,
        scene=lambda: FitScene(rival=False),
        alt=lambda shown: (
            f"{shown.told}: weighted error {number(shown.error)} over 10 points "
            f"(best pair rule {number(_errors()['pair'])}; noise alone, nothing fitted: 1)"
        ),
        controls={
            "which": Choice(label="Set", options=tuple(TRIPLET_SETS), value=MINIMAL,
                           unit="for visual cortex")
        },
    )  # fmt: skip
