"""Which effects survive when a knob is turned: effects against knobs, filled or hollow."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from matplotlib.axes import Axes

from engramlab.experiments import EFFECTS, KNOBS, robustness_table
from engramlab.look import LINE, PANEL, ROLE, SIZE, TYPE
from engramlab.plots._axes import Picture, ax_px, head, new_picture, style, text_px

_STATUS, _FIRST = 226, 295  # px: where the status words and the columns begin
_ROW, _GAP = 21, 8  # px: height of a row, and room between two lessons
_LEVELS, _LEVEL = 3, 17  # names of knobs stand at three heights
_APART = 8  # px from the middle of a column to each of its two marks

Verdicts = Mapping[tuple[str, str], Sequence[str]]


def robustness_map(
    verdicts: Verdicts | None = None, *, title: str = "", subtitle: str = ""
) -> Picture:
    """Draw for each effect and each knob whether the effect holds with 20 % less and 20 % more.

    Parameters
    ----------
    verdicts : mapping from (effect, knob) to two str, optional
        "holds", "fails" or "same" by names from `experiments.EFFECTS` and `experiments.KNOBS`; by
        default the map that ships.
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
    effects = [name for name in EFFECTS if any(pair[0] == name for pair in found)]
    knobs = [name for name in KNOBS if any(pair[1] == name for pair in found)]
    top = (SIZE["axes_top"] - 36 if title else 10) + _LEVELS * _LEVEL + 14
    rows = _rows(effects)
    height = rows[-1] + _ROW // 2
    with style():
        figure = new_picture(SIZE["width"], top + height + 62)
        if title:
            head(figure, title, subtitle)
        width = SIZE["width"] - SIZE["right"] - _FIRST
        ax = ax_px(figure, _FIRST, top, width, height)
        ax.set(xlim=(0, width), ylim=(height, 0))
        ax.axis("off")
        step = width / len(knobs)
        middles = [(k + 0.5) * step for k in range(len(knobs))]
        _name_knobs(figure, top, ax, [KNOBS[name] for name in knobs], middles)
        _name_effects(figure, top, ax, effects, rows)
        _mark(ax, found, effects, knobs, rows, middles)
        _key(figure, top + height)
    figure.alt = _words(found, effects, knobs)
    return figure


def _rows(effects: Sequence[str]) -> list[int]:
    """Return the middle of each row in pixels from the top, lessons a little apart."""
    lessons = [EFFECTS[name].lesson for name in effects]
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
    figure: Picture, top: int, ax: Axes, effects: Sequence[str], rows: Sequence[int]
) -> None:
    """Write each effect, its status, and a rule and a number where a lesson begins."""
    lesson = ""
    for name, y in zip(effects, rows, strict=True):
        effect = EFFECTS[name]
        how = {"fontsize": TYPE["note"], "va": "center_baseline"}
        if effect.lesson != lesson:
            lesson = effect.lesson
            ax.plot((SIZE["left"] - _FIRST, ax.get_xlim()[1]), (y - _ROW / 2 - _GAP / 2 + 1,) * 2,
                    color=ROLE["axis"], lw=LINE["spine"], clip_on=False, zorder=1)  # fmt: skip
        text_px(figure, SIZE["left"], top + y, effect.words, color=ROLE["ink"], **how)
        text_px(figure, _STATUS, top + y, effect.status, **how)


def _mark(
    ax: Axes,
    found: Verdicts,
    effects: Sequence[str],
    knobs: Sequence[str],
    rows: Sequence[int],
    middles: Sequence[float],
) -> None:
    """Put a mark for each effect and each turn of a knob."""
    places: dict[str, list[tuple[float, float]]] = {"same": [], "holds": [], "fails": []}
    for name, y in zip(effects, rows, strict=True):
        for knob, x in zip(knobs, middles, strict=True):
            for side, verdict in zip((-_APART, _APART), found[name, knob], strict=True):
                places[verdict].append((x + side, y))
    for verdict, spots in places.items():
        if spots:
            _dots(ax, spots, verdict)


def _dots(ax: Axes, spots: Sequence[tuple[float, float]], verdict: str) -> None:
    """Draw marks of one kind: a dot, a ring, or a short stroke where nothing changes."""
    x, y = zip(*spots, strict=True)
    if verdict == "same":
        ax.scatter(x, y, s=14, marker="_", color=ROLE["other"], linewidths=1.2, zorder=2,
                   clip_on=False)  # fmt: skip
        return
    holds = verdict == "holds"
    ax.scatter(x, y, s=26 if holds else 62, zorder=3, clip_on=False,
               facecolors=ROLE["recalled"] if holds else ROLE["paper"],
               edgecolors=ROLE["recalled"] if holds else PANEL["fault"],
               linewidths=0 if holds else 2.0)  # fmt: skip


def _key(figure: Picture, foot: int) -> None:
    """Say under the map what the marks are, with the marks themselves."""
    line = ax_px(figure, 0, foot + 18, SIZE["width"], 24)
    line.set(xlim=(0, SIZE["width"]), ylim=(24, 0))
    line.axis("off")
    places = {"holds": 32, "fails": 100, "same": 164}
    words = {"holds": "holds", "fails": "fails", "same": "changes nothing"}
    for verdict, x in places.items():
        _dots(line, [(x, 12)], verdict)
        text_px(figure, x + 12, foot + 30, words[verdict], fontsize=TYPE["note"],
                va="center_baseline")  # fmt: skip
    text_px(figure, _FIRST + 30, foot + 30, "left mark: knob 20 % lower; right mark: 20 % higher",
            fontsize=TYPE["note"], va="center_baseline")  # fmt: skip


def _words(found: Verdicts, effects: Sequence[str], knobs: Sequence[str]) -> str:
    """Return the text alternative: how often effects hold, and which fail."""
    turns = [(effect, knob, side) for effect in effects for knob in knobs for side in (0, 1)]
    matters = [turn for turn in turns if found[turn[:2]][turn[2]] != "same"]
    lost = [
        f"{EFFECTS[effect].words} with 20 % {('less', 'more')[side]} {KNOBS[knob]}"
        for effect, knob, side in matters
        if found[effect, knob][side] == "fails"
    ]
    words = (
        f"{len(effects)} effects, {len(knobs)} knobs turned by 20 % either way: of "
        f"{len(matters)} turns that change an effect it holds after {len(matters) - len(lost)}"
    )
    return f"{words}; it fails for {'; '.join(lost)}" if lost else words
