"""Predictions: the small pictures to choose among, and the learner's choice beside what happens."""

import itertools
import textwrap
from collections.abc import Mapping, Sequence

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
    number,
    style,
    text_px,
    wrap_px,
)

Line = tuple[Float, Float]

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
    open_top: bool = False,
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
        Ticks of all small pictures; by default the two ends of `x`, and 0, 0.5 and 1. The y axis
        runs from the first tick to the last; where it passes zero, a thin line marks it.
    open_top : bool, default False
        True if what is drawn may go on above the axis: a curve ends where it reaches the top.

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
        for k, curve in enumerate(curves):
            at = left + k * (width + gutter)
            ax = ax_px(figure, at, top, width, 116)
            dress(ax, x=x_ticks, y=y_ticks, x_lim=(x[0], x[-1]))
            _keep_ends_inside(ax, gutter)
            if k:
                ax.set_yticklabels([])
            _zero_line(ax)
            ax.plot(*_shown(ax, x, curve, open_top), color=ROLE["ink"], lw=LINE["second"],
                    zorder=3, clip_on=_leaves(ax, curve))  # fmt: skip
            text_px(figure, at, 26, _KEYS[k], fontsize=TYPE["title"], weight="bold",
                    color=ROLE["ink"])  # fmt: skip
            for row, words in enumerate(wrapped[k]):
                text_px(figure, at + 18, 26 + 17 * row, words,
                        fontsize=TYPE["note"])  # fmt: skip
        text_px(figure, left, top + 116 + 44, x_title)
        text_px(figure, left, top - 12, y_title)
    figure.alt = "; ".join(
        f"{_KEYS[k]}: {texts[k] + ', ' if k < len(texts) else ''}"
        f"{_from_to(curve, y_ticks, open_top)}"
        for k, curve in enumerate(curves)
    )
    return figure


def _keep_ends_inside(ax: Axes, gutter: float) -> None:
    """Turn wide words at the two ends of the x axis inwards, off those of the next picture."""
    places = [float(place) for place in ax.get_xticks()]
    words = ax.xaxis.get_major_formatter().format_ticks(places)
    if 3.9 * (len(words[0]) + len(words[-1])) < gutter - 4:
        return
    left, right = ax.get_xlim()
    for place, tick in zip(places, ax.xaxis.get_major_ticks(), strict=True):
        if place == left:
            tick.label1.set_horizontalalignment("left")
        elif place == right:
            tick.label1.set_horizontalalignment("right")


def _refuse_curves(x: Float, curves: Sequence[Float]) -> None:
    if not 2 <= len(curves) <= 4:
        raise ValueError(f"there are {len(curves)} curves; a choice has two to four")
    for k, curve in enumerate(curves):
        if curve.shape != x.shape or x.ndim != 1:
            raise ValueError(f"curve {_KEYS[k]} has shape {curve.shape} and x has shape {x.shape}; "
                             "both need shape (n_points,)")  # fmt: skip


def _said(value: float, ticks: Ticks) -> str:
    """Say a value of the y axis: as a number, or by the nearest tick if the ticks are words."""
    places = [float(tick) for tick in ticks]
    if isinstance(ticks, Mapping) and not _are_numbers(ticks):
        return "near " + list(ticks.values())[int(np.argmin(np.abs(np.array(places) - value)))]
    span = places[-1] - places[0]
    return number(value, 0 if span > 20 else 1 if span > 2.5 else 2)


def _from_to(curve: Float, ticks: Ticks, open_top: bool) -> str:
    """Say where a curve begins and where it ends."""
    off = open_top and curve[-1] >= float(list(ticks)[-1])
    return f"from {_said(curve[0], ticks)} to {'off the scale' if off else _said(curve[-1], ticks)}"


def _are_numbers(ticks: Mapping[float, str]) -> bool:
    """Whether the words of the ticks are their own places in figures, as "0.5" at 0.5."""
    try:
        return all(
            float(words.replace("−", "-").replace(" ", "")) == place
            for place, words in ticks.items()
        )
    except ValueError:
        return False


def _zero_line(ax: Axes) -> list[Line]:
    """Draw a thin line at zero where the y axis passes it; return what was drawn."""
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    if not low < 0 < high:
        return []
    line = np.array([left, right]), np.zeros(2)
    ax.plot(*line, color=ROLE["axis"], lw=LINE["spine"], zorder=0.5, clip_on=False)
    return [line]


def _shown(ax: Axes, x: Float, curve: Float, open_top: bool) -> tuple[Float, Float]:
    """Return what is drawn of a curve: all of it, or up to where it leaves an open axis."""
    off = np.flatnonzero(curve >= ax.get_ylim()[1])
    end = int(off[0]) + 1 if open_top and off.size else len(curve)
    return x[:end], curve[:end]


def _leaves(ax: Axes, curve: Float) -> bool:
    """Whether a curve leaves the y axis, so that it must be cut there."""
    low, high = ax.get_ylim()
    return bool(curve.min() < low or curve.max() > high)


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
    model: str = "the model",
    right: bool = False,
    open_top: bool = False,
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
        Ticks; the y axis runs from the first to the last, with a thin line at zero if it passes it.
    band : tuple of two ndarrays of shape (n_points,), optional
        Lowest and highest curve of the networks that the band covers.
    band_words : str
        What the band covers, such as "band: 18 of 20 networks".
    model : str, default "the model"
        What the curve belongs to, in the words at the gap: "you 2.6, the cell 4.8".
    right : bool, default False
        True if the choice was right: then no gap is marked.
    open_top : bool, default False
        As in `option_strip`.

    Returns
    -------
    Picture
    """
    x, truth = np.asarray(x, dtype=float), np.asarray(truth, dtype=float)
    curves = [truth] if guess is None else [truth, np.asarray(guess, dtype=float)]
    for curve in curves:
        _refuse_curves(x, [truth, curve])
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
        low, high = ax.get_ylim()
        lines = [_shown(ax, x, curve, open_top) for curve in curves]
        for line, curve in zip(lines[1:], curves[1:], strict=True):
            for ghost in ghost_lines(ax, *line):
                ghost.set_clip_on(_leaves(ax, curve))
        ax.plot(*lines[0], color=ROLE["recalled"], lw=LINE["result"], zorder=3,
                clip_on=_leaves(ax, truth))  # fmt: skip
        ends, names = _name_ends(ax, lines, key)
        drawn = lines + names + _zero_line(ax)
        edges = [(x, np.asarray(edge, dtype=float)) for edge in band or ()]
        if len(curves) == 2 and not right:
            drawn += _gap(ax, lines, drawn + edges, y_ticks, model)
        _band_words(ax, lines, edges, drawn, band_words)
        _belief(figure, key, belief, [(high - end) / (high - low) for end in ends])
    told = [f"what happens: {_from_to(truth, y_ticks, open_top)}"]
    for curve in curves[1:]:
        told.insert(0, f"your pick, {key}: {_from_to(curve, y_ticks, open_top)}")
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


def _name_ends(ax: Axes, lines: Sequence[Line], key: str) -> tuple[list[float], list[Line]]:
    """Name the curves where they end, apart from each other; return heights, and names inside."""
    low, high = ax.get_ylim()
    room = 0.1 * (high - low)
    ends = [min(max(float(y[-1]), low), high) for _, y in lines]
    if len(ends) == 2 and abs(ends[0] - ends[1]) < room and lines[0][0][-1] == lines[1][0][-1]:
        middle, sign = sum(ends) / 2, 1 if ends[0] > ends[1] else -1
        middle = min(max(middle, low + room / 2), high - room / 2)
        ends = [middle + sign * room / 2, middle - sign * room / 2]
    named = (("what happens", "recalled"), (f"your pick, {key}", "ghost"))
    inside = []
    for (x, _), y, (words, role) in zip(lines, ends, named, strict=False):
        place = (float(x[-1]), y)
        beside(ax, *place, words, dx=16, weight="bold", color=ROLE[role],
               fontsize=TYPE["label"])  # fmt: skip
        if x[-1] < ax.get_xlim()[1]:
            inside.append(_under(ax, place, (16, 0, "left"), words))
    return ends, inside


def _gap(
    ax: Axes, lines: Sequence[Line], drawn: Sequence[Line], y_ticks: Ticks, model: str
) -> list[Line]:
    """Mark where truth and guess are far apart, write both values; return what is new."""
    low, high = ax.get_ylim()
    (x, truth), (_, guess) = ((x, np.clip(y, low, high)) for x, y in lines)
    n = min(len(truth), len(guess))
    x, truth, guess = x[:n], truth[:n], guess[:n]
    inner = np.linspace(x[0] + 0.06 * (x[-1] - x[0]), x[0] + 0.94 * (x[-1] - x[0]), 89)
    mean, pick = np.interp(inner, x, truth), np.interp(inner, x, guess)
    gaps = np.abs(mean - pick)
    if gaps.max() < 0.12 * (high - low):
        return []
    spots = [
        (dx, dy, ha) for dy in (0, -24, 24, -48, 48) for dx, ha in ((10, "left"), (-10, "right"))
    ]
    wide = np.argsort(-gaps, kind="stable")
    wide = wide[gaps[wide] >= 0.6 * gaps.max()]
    for said, at in itertools.product((f"you {{}}, {model} {{}}", "you {}, not {}"), wide):
        picked, found = _said(pick[at], y_ticks), _said(mean[at], y_ticks)
        if picked == found:
            continue
        words = said.format(picked, found)
        place = (float(inner[at]), float((mean[at] + pick[at]) / 2))
        room = words + "   "  # these words are wider than most
        spot = clear_spot(ax, place, spots, room, drawn)
        if spot is None:
            continue
        trim = 0.03 * (high - low) * np.sign(pick[at] - mean[at])
        mark = np.full(2, inner[at]), np.array([mean[at] + trim, pick[at] - 1.3 * trim])
        ax.plot(*mark, color=ROLE["ink"], lw=LINE["other"], zorder=2.5)
        beside(ax, *place, words, dx=spot[0], dy=spot[1], ha=spot[2], color=ROLE["ink"],
               fontsize=TYPE["label"])  # fmt: skip
        return [mark, _under(ax, place, spot, room)]
    return []


def _under(
    ax: Axes, place: tuple[float, float], spot: tuple[float, float, str], words: str
) -> Line:
    """Return the line, in data units, on which `words` stand."""
    x, y = ax.transData.transform(place)
    long = 7.5 * len(words) * (1 if spot[2] == "left" else -1)
    ends = [(x + spot[0], y + spot[1]), (x + spot[0] + long, y + spot[1])]
    line = ax.transData.inverted().transform(ends)
    return line[:, 0], line[:, 1]


def _band_words(
    ax: Axes, lines: Sequence[Line], edges: Sequence[Line], drawn: Sequence[Line], words: str
) -> None:
    """Write what the band covers beside it, as far from the learner's curve as there is room."""
    if not words or not edges:
        return
    x, found = lines[0][0], []
    for at in np.linspace(0.05, 0.95, 19) * (x[-1] - x[0]) + x[0]:
        for (edge_x, edge), dy in zip(edges, (-16.0, 16.0), strict=True):
            anchor = (float(at), float(np.interp(at, edge_x, edge)))
            spots = [(-70.0, dy, "left"), (6.0, dy, "left"), (-6.0, dy, "right")]
            spot = clear_spot(ax, anchor, spots, words, [*drawn, *edges], margin=4)
            if spot is not None:
                text = _under(ax, anchor, spot, words)
                found.append((_apart(ax, text, lines[1:]), anchor, spot))
    if found:
        _, anchor, (dx, dy, side) = max(found, key=lambda one: one[0])
        beside(ax, *anchor, words, dx=dx, dy=dy, ha=side, color=ROLE["recalled"])


def _apart(ax: Axes, text: Line, lines: Sequence[Line]) -> float:
    """Return how many pixels a line of words keeps from the nearest of some curves."""
    to_pixels = ax.transData.transform
    ends = to_pixels(np.column_stack(text))
    dots = np.linspace(ends[0], ends[1], 9)
    gaps = [np.hypot(*(to_pixels(np.column_stack(line))[:, None] - dots).T).min() for line in lines]
    return float(min([200.0, *gaps]))
