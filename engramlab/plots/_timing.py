"""Change by pairs of spikes: against their rate, with the measured points; against their delay."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from numpy.typing import ArrayLike, NDArray

from engramlab._quantities import reals
from engramlab.look import DASH, LINE, ROLE, SIZE, TYPE
from engramlab.plasticity import PairingData, PairSTDP
from engramlab.plots._axes import (
    Picture,
    ax_px,
    beside,
    dress,
    ghost_lines,
    new_picture,
    number,
    style,
    text_px,
)

Curve = NDArray[np.float64]

RATES_HZ = np.concatenate([[0.1], np.arange(1.0, 51.0)])
POINTS = "dots: measured, ± standard error (filled: receiver first; hollow: sender first)"
_TICKS = {0.1: "0.1", 10: "10", 20: "20", 30: "30", 40: "40", 50: "50"}
_RIGHT = 52.0
_Y_LIM = (-1.08, 1.58)
_NAMES = ("receiver first", "sender first", "no order, 20 runs")
_APART = 0.2  # of the axis of changes: one line of words
_ASIDE_HZ = 0.5  # so that two points of one rate stand beside each other
_WIDTHS = (LINE["result"], LINE["other"], LINE["other"])
_COLOURS = (ROLE["recalled"], ROLE["recalled"], ROLE["control"])


class RateAxes:
    """Measured points in ink with their errors; a thick line (receiver first) and a thin one.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Axes placed by `ax_px`, with about 110 px free at their right for the names.
    data : PairingData
        The points; filled where the receiver came first, hollow where the sender did.
    control : bool
        Whether a third line, dashed and grey with a band, shows spikes without an order.
    lowest_hz : float
        Left end of the axis of rates; what was measured below it is left out.
    """

    def __init__(
        self, ax: Axes, data: PairingData, *, control: bool = False, lowest_hz: float = 0.1
    ) -> None:
        self.ax = ax
        self.rates_hz = RATES_HZ[lowest_hz <= RATES_HZ]
        self.curves: list[tuple[Curve, Curve]] = []
        x_lim = (lowest_hz - 1.6, _RIGHT)
        dress(ax, x={at: words for at, words in _TICKS.items() if at >= lowest_hz}, x_lim=x_lim,
              y=(-1, -0.5, 0, 0.5, 1, 1.5), y_lim=_Y_LIM, x_title="pairs a second",
              y_title="change of strength (1: doubled)")  # fmt: skip
        ax.plot(x_lim, (0, 0), color=ROLE["rule"], lw=LINE["spine"], zorder=0.5)
        for late, face in ((True, ROLE["ink"]), (False, ROLE["paper"])):
            here = ((data.dt_ms < 0) == late) & (data.rate_hz >= lowest_hz)
            x = data.rate_hz[here] + (_ASIDE_HZ if late else -_ASIDE_HZ)
            ax.errorbar(x, data.change[here], data.sem[here], fmt="o", ms=7, mfc=face,
                        mec=ROLE["ink"], mew=1.4, ecolor=ROLE["ink"], elinewidth=1.2,
                        zorder=2)  # fmt: skip
        n_lines = 3 if control else 2
        self.band = PolyCollection([], facecolors=ROLE["control"], alpha=LINE["band_alpha"],
                                   linewidths=0, zorder=1)  # fmt: skip
        self.lines = LineCollection([], colors=_COLOURS[:n_lines], linewidths=_WIDTHS[:n_lines],
                                    linestyles=["-", "-", DASH["control"]][:n_lines],
                                    zorder=3)  # fmt: skip
        for each in (self.band, self.lines):
            ax.add_collection(each, autolim=False)
        self.names = [
            beside(ax, _RIGHT, 0, words, dx=14, color=colour, fontsize=TYPE["label"],
                   weight=weight)
            for words, colour, weight in zip(
                _NAMES[:n_lines], _COLOURS, ("bold", "regular", "regular"), strict=False
            )
        ]  # fmt: skip

    def set(self, late: Curve, early: Curve, runs: tuple[Curve, Curve] | None = None) -> None:
        """Move the lines and their names.

        Parameters
        ----------
        late, early : ndarray of the shape of `RATES_HZ`
            Changes with the receiver and with the sender first.
        runs : tuple of two ndarrays, optional
            Rates, and changes without an order of shape (n_runs, n_rates).
        """
        shown = self.rates_hz[0] <= RATES_HZ
        self.curves = [(self.rates_hz, late[shown]), (self.rates_hz, early[shown])]
        if runs is not None:
            rates, each = runs
            low, high = np.percentile(each, [5, 95], axis=0)
            outline = [*zip(rates, low, strict=True), *zip(rates[::-1], high[::-1], strict=True)]
            self.band.set_verts([outline])
            self.curves.append((rates, each.mean(axis=0)))
        self.lines.set_segments([np.column_stack(curve) for curve in self.curves])
        ends = apart([float(y[-1]) for _, y in self.curves], _APART)
        for name, y in zip(self.names, ends, strict=True):
            name.xy = (_RIGHT, y)

    def moving(self) -> Sequence[Artist]:
        """Return what `set` moves."""
        return [self.band, self.lines, *self.names]

    def ghost(self) -> Sequence[Artist]:
        """Leave the lines of both orders behind as ghosts."""
        return [artist for x, y in self.curves[:2] for artist in ghost_lines(self.ax, x.copy(), y)]


def apart(heights: Sequence[float], room: float) -> list[float]:
    """Return heights in the same order, pushed apart until any two are `room` away.

    Examples
    --------
    >>> apart([0.0, 1.0], 0.5), apart([1.0, 1.0], 0.5)
    ([0.0, 1.0], [0.75, 1.25])
    """
    order = np.argsort(heights, kind="stable")
    placed = np.array(heights, dtype=float)[order]
    for _ in range(len(placed)):
        for k in range(len(placed) - 1):
            short = room - (placed[k + 1] - placed[k])
            if short > 1e-9:
                placed[k] -= short / 2
                placed[k + 1] += short / 2
    back = np.empty_like(placed)
    back[order] = placed
    return [float(each) for each in back]


def ladder(ax: Axes, *, title: str) -> Any:
    """Dress a narrow axis of the weighted error, from 0.1 to 100, as log10.

    Returns
    -------
    matplotlib.axes.Axes
    """
    dress(ax, y={-1.0: "0.1", 0.0: "1", 1.0: "10", 2.0: "100"}, x_lim=(0, 1), y_title=title)
    return ax


class SpikeRows:
    """Two rows of spikes, the sender's above the receiver's, over a stretch of time.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Axes placed by `ax_px`, with about 80 px free at their right for the names.
    window_ms : int
        How much time is shown.
    title : str
        What the spikes are.
    """

    def __init__(self, ax: Axes, window_ms: int, *, title: str) -> None:
        dress(ax, x={0: "0", window_ms / 2: f"{window_ms // 2}", window_ms: f"{window_ms} ms"},
              y_lim=(0, 2), y_title=title, y_title_pad=10)  # fmt: skip
        self.spikes = LineCollection([], colors=ROLE["ink"], linewidths=2.4, zorder=3)
        ax.add_collection(self.spikes, autolim=False)
        for y, words in ((1.5, "sender"), (0.5, "receiver")):
            beside(ax, window_ms, y, words, dx=14, fontsize=TYPE["label"])

    def set(self, pre_ms: Curve, post_ms: Curve) -> None:
        """Show the spikes of the sender (`pre_ms`) and of the receiver."""
        rows = ((pre_ms, 1.12, 1.88), (post_ms, 0.12, 0.88))
        self.spikes.set_segments([[(t, a), (t, b)] for ts, a, b in rows for t in ts.tolist()])


def timing_window(
    dt_ms: ArrayLike,
    change: ArrayLike,
    a_plus: float,
    a_minus: float,
    tau_plus_ms: float,
    tau_minus_ms: float,
) -> Picture:
    """Draw the window of a pair rule, with pairs that you worked out yourself as marks on it.

    Parameters
    ----------
    dt_ms, change : array_like of shape (n_pairs,)
        Delays of your pairs, receiver less sender, and the changes that you found.
    a_plus, a_minus, tau_plus_ms, tau_minus_ms : float
        The rule, as of `engramlab.PairSTDP`.

    Returns
    -------
    Picture

    Raises
    ------
    TypeError, ValueError
        If the rule is none, or there is not one number for each delay.

    Source: the form of Song, Miller and Abbott (2000), 10.1038/78829.

    Examples
    --------
    >>> timing_window([20.0], [0.1], 0.3, 0.2, 20.0, 40.0).alt[:30]
    'change by one pair of spikes, '
    """
    lags, changes = reals("dt_ms", dt_ms), reals("change", change)
    if lags.ndim != 1 or lags.shape != changes.shape:
        raise ValueError(
            f"dt_ms has shape {lags.shape} and change {changes.shape}; give one change for each "
            "delay, both of shape (n_pairs,)"
        )
    rule = PairSTDP(a_plus=a_plus, a_minus=a_minus, tau_plus_ms=tau_plus_ms,
                    tau_minus_ms=tau_minus_ms)  # fmt: skip
    reach = 1.15 * max(a_plus, a_minus, 1e-9, float(np.abs(changes).max(initial=0.0)))
    with style():
        picture = new_picture(height=330)
        ax = ax_px(picture, SIZE["axis_left"], 52, 520, 220)
        ticks = {-a_minus: number(-a_minus), 0.0: "0", a_plus: number(a_plus)}
        dress(ax, x={-100: "−100", -50: "−50", 0: "0", 50: "50", 100: "100"}, y=ticks,
              y_lim=(-reach, reach), x_title="receiver's spike less sender's, ms",
              y_title="change by one pair")  # fmt: skip
        ax.plot((-100, 100), (0, 0), color=ROLE["rule"], lw=LINE["spine"], zorder=0.5)
        ax.plot((0, 0), (-reach, reach), color=ROLE["rule"], lw=LINE["spine"], zorder=0.5)
        for side in (-1.0, 1.0):
            x = side * np.geomspace(0.01, 100.0, 200)
            ax.plot(x, rule.window(x), color=ROLE["recalled"], lw=LINE["result"], zorder=2)
        ax.plot(lags, changes, "D", ls="none", ms=LINE["mark"] - 2, mfc=ROLE["paper"],
                mec=ROLE["recalled"], mew=2, zorder=5)  # fmt: skip
        how: dict[str, Any] = {"ha": "center", "fontsize": TYPE["label"], "color": ROLE["ink"]}
        beside(ax, -60, -0.6 * reach, "receiver first: weakens", **how)
        beside(ax, 60, 0.6 * reach, "sender first: strengthens", **how)
        text_px(picture, 602, 150, "line: the window", color=ROLE["recalled"])
        text_px(picture, 602, 174, "marks: your pairs")
    pairs = ", ".join(
        f"{number(float(y))} at {number(float(x), 1)} ms"
        for x, y in zip(lags, changes, strict=True)
    )
    picture.alt = (
        f"change by one pair of spikes, receiver less sender: falls from {number(a_plus)} with "
        f"{tau_plus_ms:g} ms if the sender is first, rises from {number(-a_minus)} with "
        f"{tau_minus_ms:g} ms if the receiver is; your pairs: {pairs}"
    )
    return picture
