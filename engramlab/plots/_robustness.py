"""Which effects survive when a knob is turned: effects against knobs, a mark for each verdict."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes

from engramlab.experiments import (
    EFFECTS,
    KNOBS,
    MONTH_EFFECTS,
    MONTH_KNOBS,
    Effect,
    month_robustness_table,
    robustness_table,
)
from engramlab.look import LINE, PANEL, ROLE, SIZE, TYPE
from engramlab.plots._axes import Picture, ax_px, head, new_picture, style, text_px

_STATUS, _FIRST = 226, 295  # px: where the status words and the columns begin
_ROW, _GAP = 21, 8  # px: height of a row, and room between two lessons
_LEVELS, _LEVEL = 3, 17  # names of knobs stand at three heights
_APART = 8  # px from the middle of a column to each of its two marks

_VERDICTS = {  # px of its mark in the key, and its words there
    "holds": (32, "holds"),
    "close": (104, "too close to tell: within two standard errors of its limit"),
    "fails": (508, "fails"),
    "same": (576, "changes nothing"),
}

Verdicts = Mapping[tuple[str, str], Sequence[str]]


def robustness_map(
    verdicts: Verdicts | None = None, *, title: str = "", subtitle: str = ""
) -> Picture:
    """Draw for each effect and each knob whether the effect holds with 20 % less and 20 % more.

    Parameters
    ----------
    verdicts : mapping from (effect, knob) to two str, optional
        "holds", "close", "fails" or "same" by names from `experiments.EFFECTS` and
        `experiments.KNOBS`; by default the map that ships.
    title, subtitle : str
        The finding; what was done and how many times. Empty leaves no room for them.

    Returns
    -------
    Picture

    Raises
    ------
    KeyError
        If a verdict of a pair that is drawn is missing.

    See Also
    --------
    engramlab.robustness_margins : measures it again.
    """
    found = robustness_table() if verdicts is None else verdicts
    return _map(found, EFFECTS, KNOBS, title, subtitle)


def month_robustness_map(*, title: str = "", subtitle: str = "") -> Picture:
    """Draw the same for lesson 12: effects of the month, knobs of the two regions.

    Parameters
    ----------
    title, subtitle : str
        The finding; what was done and how many times. Empty leaves no room for them.

    Returns
    -------
    Picture

    See Also
    --------
    robustness_map : of lessons 05, 06, 07 and 11.
    """
    return _map(month_robustness_table(), MONTH_EFFECTS, MONTH_KNOBS, title, subtitle)


def _map(
    found: Verdicts,
    all_effects: Mapping[str, Effect],
    all_knobs: Mapping[str, str],
    title: str,
    subtitle: str,
) -> Picture:
    """Draw a map of the effects and knobs that it names, in their order."""
    effects = [each for name, each in all_effects.items() if any(name == e for e, _ in found)]
    names = [name for name in all_effects if any(name == e for e, _ in found)]
    knobs = {name: words for name, words in all_knobs.items() if any(name == k for _, k in found)}
    marks = [[found[name, knob] for knob in knobs] for name in names]
    top = (SIZE["axes_top"] - 36 if title else 10) + _LEVELS * _LEVEL + 14
    rows = _rows(effects)
    height = rows[-1] + _ROW // 2
    with style():
        figure = new_picture(SIZE["width"], top + height + 72)
        if title:
            head(figure, title, subtitle)
        width = SIZE["width"] - SIZE["right"] - _FIRST
        ax = ax_px(figure, _FIRST, top, width, height)
        ax.set(xlim=(0, width), ylim=(height, 0))
        ax.axis("off")
        step = width / len(knobs)
        middles = [(k + 0.5) * step for k in range(len(knobs))]
        _name_knobs(figure, top, ax, list(knobs.values()), middles)
        _name_effects(figure, top, ax, effects, rows)
        _mark(ax, marks, rows, middles)
        _key(figure, top + height)
    figure.alt = _words(marks, effects, list(knobs.values()))
    return figure


def _rows(effects: Sequence[Effect]) -> list[int]:
    """Return the middle of each row in pixels from the top, lessons a little apart."""
    lessons = [effect.lesson for effect in effects]
    rows = [_ROW // 2]
    for before, now in pairwise(lessons):
        rows.append(rows[-1] + _ROW + _GAP * (before != now))
    return rows


def _name_knobs(
    figure: Picture, top: int, ax: Axes, names: Sequence[str], middles: Sequence[float]
) -> None:
    """Write each knob above its column, at one of three heights, with a thin line down."""
    for k, (name, x) in enumerate(zip(names, middles, strict=True)):
        up = 10 + _LEVEL * (_LEVELS - 1 - k % _LEVELS)
        last = k == len(names) - 1  # ends with its column, inside the margin
        text_px(figure, _FIRST + (ax.get_xlim()[1] if last else x), top - up, name,
                ha="right" if last else "center", fontsize=TYPE["note"],
                color=ROLE["ink"])  # fmt: skip
        ax.plot((x, x), (3 - up, ax.get_ylim()[0]), color=ROLE["rule"], lw=LINE["spine"],
                zorder=0, clip_on=False)  # fmt: skip


def _name_effects(
    figure: Picture, top: int, ax: Axes, effects: Sequence[Effect], rows: Sequence[int]
) -> None:
    """Write each effect, its status, and a rule and a number where a lesson begins."""
    lesson = ""
    for effect, y in zip(effects, rows, strict=True):
        how = {"fontsize": TYPE["note"], "va": "center_baseline"}
        if effect.lesson != lesson:
            lesson = effect.lesson
            ax.plot((SIZE["left"] - _FIRST, ax.get_xlim()[1]), (y - _ROW / 2 - _GAP / 2 + 1,) * 2,
                    color=ROLE["axis"], lw=LINE["spine"], clip_on=False, zorder=1)  # fmt: skip
        text_px(figure, SIZE["left"], top + y, effect.words, color=ROLE["ink"], **how)
        text_px(figure, _STATUS, top + y, effect.status, **how)


def _mark(
    ax: Axes,
    marks: Sequence[Sequence[Sequence[str]]],
    rows: Sequence[int],
    middles: Sequence[float],
) -> None:
    """Put a mark for each effect and each turn of a knob."""
    places: dict[str, list[tuple[float, float]]] = {verdict: [] for verdict in _VERDICTS}
    for row, y in zip(marks, rows, strict=True):
        for both, x in zip(row, middles, strict=True):
            for side, verdict in zip((-_APART, _APART), both, strict=True):
                places[verdict].append((x + side, y))
    for verdict, spots in places.items():
        if spots:
            _dots(ax, spots, verdict)


def _dots(ax: Axes, spots: Sequence[tuple[float, float]], verdict: str) -> None:
    """Draw marks of one kind: a dot, a triangle, a ring, or a stroke where nothing changes."""
    x, y = zip(*spots, strict=True)
    form: dict[str, Any] = {
        "holds": {"s": 26, "facecolors": ROLE["recalled"], "linewidths": 0},
        "close": {"s": 40, "marker": "^", "facecolors": ROLE["paper"], "linewidths": 1.4,
                  "edgecolors": ROLE["recalled"]},
        "fails": {"s": 62, "facecolors": ROLE["paper"], "linewidths": 2.0,
                  "edgecolors": PANEL["fault"]},
        "same": {"s": 14, "marker": "_", "color": ROLE["other"], "linewidths": 1.2},
    }[verdict]  # fmt: skip
    ax.scatter(x, y, zorder=2 if verdict == "same" else 3, clip_on=False, **form)


def _key(figure: Picture, foot: int) -> None:
    """Say under the map what the marks are, with the marks themselves."""
    line = ax_px(figure, 0, foot + 18, SIZE["width"], 24)
    line.set(xlim=(0, SIZE["width"]), ylim=(24, 0))
    line.axis("off")
    for verdict, (x, words) in _VERDICTS.items():
        _dots(line, [(x, 12)], verdict)
        text_px(figure, x + 12, foot + 30, words, fontsize=TYPE["note"],
                va="center_baseline")  # fmt: skip
    text_px(figure, SIZE["left"], foot + 52, "left mark: knob 20 % lower; right mark: 20 % higher",
            fontsize=TYPE["note"], va="center_baseline")  # fmt: skip


def _words(
    marks: Sequence[Sequence[Sequence[str]]], effects: Sequence[Effect], knobs: Sequence[str]
) -> str:
    """Return the text alternative: how often effects hold, which are close and which fail."""
    told: dict[str, list[str]] = {verdict: [] for verdict in _VERDICTS}
    for effect, row in zip(effects, marks, strict=True):
        for knob, both in zip(knobs, row, strict=True):
            for how, verdict in zip(("less", "more"), both, strict=True):
                told[verdict].append(f"{effect.words} with 20 % {how} {knob}")
    matters = sum(len(names) for verdict, names in told.items() if verdict != "same")
    words = (
        f"{len(effects)} effects, {len(knobs)} knobs turned by 20 % either way: of "
        f"{matters} turns that change an effect it holds after {len(told['holds'])}"
    )
    for verdict, start in (("close", "too close to tell for"), ("fails", "it fails for")):
        if told[verdict]:
            words += f"; {start} {', '.join(told[verdict])}"
    return words
