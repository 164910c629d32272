"""Predictions: the small pictures to choose among, and the learner's choice beside what happens."""

import textwrap
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from engramlab._types import Float
from engramlab.look import LINE, ROLE, SIZE, TYPE
from engramlab.plots._axes import (
    Picture,
    Ticks,
    ax_px,
    beside,
    clear_spot,
    dress,
    ghost_lines,
    head,
    new_picture,
    style,
    text_px,
    wrap_px,
)

_KEYS = "abcdef"
_AXES = (116, 228)  # top and height of the axes of a reveal, in pixels


def option_strip(
    x: Float,
    curves: Sequence[Float],
    *,
    texts: Sequence[str] = (),
    x_title: str = "",
    y_title: str = "",
    x_ticks: Ticks | None = None,
    y_ticks: Ticks = (0, 0.5, 1),
) -> Picture:
    """Draw the curves that a learner may choose among as small pictures of one scale.

    Parameters
    ----------
    x : ndarray of shape (n_points,)
        What is varied.
    curves : sequence of ndarray of shape (n_points,)
        Two to four curves; they are named a, b, c, d in this order and look alike, so that the
        picture does not give the answer away.
    texts : sequence of str
        A few words for each curve.
    x_title, y_title : str
        Titles with units; written once, at the first small picture.
    x_ticks, y_ticks : sequence of float, or mapping from float to str
        Ticks of all small pictures; by default the two ends of `x`, and 0, 0.5 and 1.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If there are fewer than two or more than four curves, or one has another length than `x`.
    """
    x = np.asarray(x, dtype=float)
    curves = [np.asarray(curve, dtype=float) for curve in curves]
    _refuse_curves(x, curves)
    left, gutter, right = 62, 34, SIZE["right"]
    width = (SIZE["width"] - left - right - gutter * 3) // 4
    wrapped = [wrap_px(text, width - 24) for text in texts] or [[]] * len(curves)
    lines = max(len(one) for one in wrapped)
    top = 52 + 17 * lines
    if x_ticks is None:
        x_ticks = (float(x[0]), float(x[-1]))
    with style():
        figure = new_picture(SIZE["width"], top + 116 + 54)
        y_places = [float(tick) for tick in y_ticks]
        for k, curve in enumerate(curves):
            at = left + k * (width + gutter)
            ax = ax_px(figure, at, top, width, 116)
            dress(ax, x=x_ticks, y=y_ticks, x_lim=(x[0], x[-1]))
            if k:
                ax.set_yticklabels([])
            ax.plot(x, curve, color=ROLE["ink"], lw=LINE["second"], clip_on=False, zorder=3)
            text_px(figure, at, 26, _KEYS[k], fontsize=TYPE["title"], weight="bold",
                    color=ROLE["ink"])  # fmt: skip
            for row, words in enumerate(wrapped[k]):
                text_px(figure, at + 18, 26 + 17 * row, words,
                        fontsize=TYPE["note"])  # fmt: skip
        text_px(figure, left, top + 116 + 44, x_title)
        text_px(figure, left, top - 12, y_title)
    low, high = y_places[0], y_places[-1]
    figure.alt = "; ".join(
        f"{_KEYS[k]}: {texts[k] + ', ' if k < len(texts) else ''}"
        f"from {_number(curve[0], low, high)} to {_number(curve[-1], low, high)}"
        for k, curve in enumerate(curves)
    )
    return figure


def _refuse_curves(x: Float, curves: Sequence[Float]) -> None:
    if not 2 <= len(curves) <= 4:
        raise ValueError(f"there are {len(curves)} curves; a choice has two to four")
    for k, curve in enumerate(curves):
        if curve.shape != x.shape or x.ndim != 1:
            raise ValueError(f"curve {_KEYS[k]} has shape {curve.shape} and x has shape {x.shape}; "
                             "both need shape (n_points,)")  # fmt: skip


def _number(value: float, low: float, high: float) -> str:
    return f"{value:.0f}" if high - low > 10 else f"{value:.2f}"


def prediction_reveal(
    x: Float,
    truth: Float,
    guess: Float | None,
    *,
    key: str,
    belief: str,
    title: str,
    subtitle: str = "",
    x_title: str = "",
    y_title: str = "",
    x_ticks: Ticks | None = None,
    y_ticks: Ticks = (0, 0.5, 1),
    band: tuple[Float, Float] | None = None,
    band_words: str = "",
    right: bool = False,
) -> Picture:
    """Draw the learner's curve as a ghost beside the curve of the model, and the belief in words.

    Parameters
    ----------
    x : ndarray of shape (n_points,)
        What is varied.
    truth : ndarray of shape (n_points,)
        The mean over networks.
    guess : ndarray of shape (n_points,) or None
        The curve that the learner chose; None for "no idea".
    key : str
        Letter of the choice, or of the truth if there was none.
    belief : str
        The belief that would draw the chosen curve, as a sensible person would say it.
    title, subtitle : str
        "You: ... The network: ..."; lesson, prediction and confidence.
    x_title, y_title : str
        Titles with units.
    x_ticks, y_ticks : sequence of float, or mapping from float to str
        Ticks.
    band : tuple of two ndarrays of shape (n_points,), optional
        Lowest and highest curve of the networks that the band covers.
    band_words : str
        What the band covers, such as "band: 18 of 20 networks".
    right : bool, default False
        True if the choice was right: then no gap is marked.

    Returns
    -------
    Picture
    """
    x, truth = np.asarray(x, dtype=float), np.asarray(truth, dtype=float)
    curves = [truth] if guess is None else [truth, np.asarray(guess, dtype=float)]
    for curve in curves:
        _refuse_curves(x, [truth, curve])
    places = [float(tick) for tick in y_ticks]
    low, high = places[0], places[-1]
    if x_ticks is None:
        x_ticks = (float(x[0]), float(x[-1]))
    with style():
        figure = new_picture(SIZE["width"], SIZE["height_column"])
        head(figure, title, subtitle)
        ax = ax_px(figure, SIZE["axis_left"], _AXES[0], 452, _AXES[1])
        dress(ax, x=x_ticks, y=y_ticks, x_lim=(x[0], x[-1]), x_title=x_title, y_title=y_title)
        if band is not None:
            ax.fill_between(x, band[0], band[1], color=ROLE["recalled"], lw=0, zorder=1,
                            alpha=LINE["band_alpha"])  # fmt: skip
        for curve in curves[1:]:
            ghost_lines(ax, x, curve)
        ax.plot(x, truth, color=ROLE["recalled"], lw=LINE["result"], zorder=3, clip_on=False)
        ends = _name_ends(ax, x, curves, key, low, high)
        drawn = [(x, curve) for curve in curves]
        drawn += [(x, np.asarray(edge, dtype=float)) for edge in band or ()]
        if len(curves) == 2 and not right:
            drawn += _gap(ax, x, truth, curves[1], low, high)
        _band_words(ax, drawn, band_words, high)
        _belief(figure, key, belief, [(high - end) / (high - low) for end in ends])
    told = [f"what happens: from {_number(truth[0], low, high)} to {_number(truth[-1], low, high)}"]
    for curve in curves[1:]:
        first, last = _number(curve[0], low, high), _number(curve[-1], low, high)
        told.insert(0, f"your pick, {key}: from {first} to {last}")
    figure.alt = "; ".join(told)
    return figure


def _belief(figure: Picture, key: str, belief: str, ends: Sequence[float]) -> None:
    """Write the belief beside the axes, where it is farthest from the names of the curves.

    `ends` are the heights of those names, 0 at the top of the axes and 1 at their foot.
    """
    top, height = _AXES
    lines = textwrap.wrap(belief, 23)
    tall = 18 + 19 * len(lines)
    names = [top + height * end for end in ends]

    def room(start: float) -> float:
        return min(max(start - 14 - name, name - (start + tall - 8)) for name in names)

    start = max(np.linspace(top + 8, top + height - tall + 8, 40), key=room)
    text_px(figure, 534, float(start), f"the belief behind {key}")
    for row, words in enumerate(lines):
        text_px(figure, 534, float(start) + 22 + 19 * row, words, color=ROLE["ink"], fontsize=11)


def _name_ends(
    ax: Axes, x: Float, curves: Sequence[Float], key: str, low: float, high: float
) -> list[float]:
    """Name the curves at their right ends, apart from each other; return the names' heights."""
    room = 0.1 * (high - low)
    ends = [float(curve[-1]) for curve in curves]
    if len(ends) == 2 and abs(ends[0] - ends[1]) < room:
        middle, sign = sum(ends) / 2, 1 if ends[0] > ends[1] else -1
        middle = min(max(middle, low + room / 2), high - room / 2)
        ends = [middle + sign * room / 2, middle - sign * room / 2]
    named = (("what happens", "recalled"), (f"your pick, {key}", "ghost"))
    for y, (words, role) in zip(ends, named, strict=False):
        beside(ax, float(x[-1]), y, words, dx=16, weight="bold", color=ROLE[role],
               fontsize=TYPE["label"])  # fmt: skip
    return ends


def _gap(
    ax: Axes, x: Float, truth: Float, guess: Float, low: float, high: float
) -> list[tuple[Float, Float]]:
    """Mark where two curves are far apart and write both values once; return what was drawn."""
    inner = np.linspace(x[0] + 0.06 * (x[-1] - x[0]), x[0] + 0.94 * (x[-1] - x[0]), 89)
    mean, pick = np.interp(inner, x, truth), np.interp(inner, x, guess)
    gaps = np.abs(mean - pick)
    if gaps.max() < 0.12 * (high - low):
        return []
    spots = [
        (dx, dy, ha) for dy in (0, -24, 24, -48, 48) for dx, ha in ((10, "left"), (-10, "right"))
    ]
    for at in np.argsort(-gaps, kind="stable"):
        if gaps[at] < 0.6 * gaps.max():
            return []
        words = f"{_number(pick[at], low, high)} against {_number(mean[at], low, high)}"
        middle = float((mean[at] + pick[at]) / 2)
        place = (float(inner[at]), middle)
        spot = clear_spot(ax, place, spots, words, [(x, truth), (x, guess)])
        if spot is None:
            continue
        trim = 0.03 * (high - low) * np.sign(pick[at] - mean[at])
        mark = np.full(2, inner[at]), np.array([mean[at] + trim, pick[at] - 1.3 * trim])
        ax.plot(*mark, color=ROLE["ink"], lw=LINE["other"], zorder=2.5)
        beside(ax, *place, words, dx=spot[0], dy=spot[1], ha=spot[2], color=ROLE["ink"],
               fontsize=TYPE["label"])  # fmt: skip
        return [mark, _under(ax, place, spot, words)]
    return []


def _under(
    ax: Axes, place: tuple[float, float], spot: tuple[float, float, str], words: str
) -> tuple[Float, Float]:
    """Return the line, in data units, on which `words` stand."""
    x, y = ax.transData.transform(place)
    long = 7.5 * len(words) * (1 if spot[2] == "left" else -1)
    ends = [(x + spot[0], y + spot[1]), (x + spot[0] + long, y + spot[1])]
    line = ax.transData.inverted().transform(ends)
    return line[:, 0], line[:, 1]


def _band_words(ax: Axes, curves: list[tuple[Float, Float]], words: str, high: float) -> None:
    """Write what the band covers where no curve passes."""
    left = ax.get_xlim()[0]
    spots = [(dx, dy, "left") for dy in (-190, -150, -28, -110, -70) for dx in (20, 120, 240, 290)]
    spot = clear_spot(ax, (left, high), spots, words, curves)
    if words and spot is not None:
        beside(ax, left, high, words, dx=spot[0], dy=spot[1], color=ROLE["recalled"])
