"""A protocol as a row of marks over hours: what is given, which cells, when it is read out."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.path import Path

from engramlab._quantities import real
from engramlab._types import CourseError
from engramlab.ensemble import Step, check_protocol
from engramlab.look import DASH, EXCITABILITY, LINE, ROLE, SIZE, TYPE
from engramlab.plots._axes import Picture, ax_px, head, new_picture, number, style, text_px, wrap_px
from engramlab.plots._marks import BOLT, STOP
from engramlab.plots._timeline_layout import Place, bands, clock_words, moments, step_words

_NAMES = 116  # px for the names of the arms
_MARK, _LINE = 24, 15  # px: from the top of a row to its marks, and from line to line of words
_WORDS = 29  # px: from the marks to the first line of words
_ROW = 56  # px of a row without its words
_CLOCK, _HEADING = 34, 30  # px for the hours under a band, and for the words over the controls
_TALLEST = 6_000  # px
_MOST_ARMS = 8
_SHADE = 0.14  # opacity of the time of the drug
_READING = 78  # px for "drive" and its number
_SHIFT = 11  # px: a reading's dot stands beside what is done to the cells meanwhile

_TURN = np.radians(np.linspace(70, 350, 40))
_CIRCLE = np.column_stack([np.cos(_TURN), np.sin(_TURN)])
_AGAIN = Path(np.concatenate([_CIRCLE, [(1.35, -0.17), (0.8, 0.6), (0.3, -0.17)],
                              0.66 * _CIRCLE[::-1], _CIRCLE[:1]]), closed=True)  # fmt: skip


def timeline(
    protocol: Any,
    *,
    drives: Mapping[str, Sequence[float]] | Sequence[float] | None = None,
    controls: Sequence[str] = (),
    title: str = "",
    subtitle: str = "",
) -> Picture:
    """Draw a protocol, or the arms of an experiment one below the other, on one clock.

    Steps of one hour stand side by side, in their order; like stands under like, and a dash marks
    what an arm is not given. Between two hours the distance is the same, however long it is.

    Parameters
    ----------
    protocol : list of steps, or mapping from str to list of steps
        One protocol, or at most eight arms by name; see `engramlab.check_protocol`.
    drives : sequence of float, or mapping from str to sequence of float, optional
        The drive of each reading, in order, to be written below it: of the protocol, or by arm.
    controls : sequence of str
        Names of the arms that are controls; they stand last, under a heading.
    title, subtitle : str
        The finding; what was done and how many times. Without a title the picture begins higher.

    Returns
    -------
    Picture
        Its text alternative tells each arm step by step.

    Raises
    ------
    CourseError
        If a protocol would not run, or the picture would be too high.
    TypeError, ValueError
        If a name or a drive does not fit.

    See Also
    --------
    engramlab.run_protocol : the run. Lessons 07 and 11.
    """
    arms, given = _arms(protocol, drives, controls)
    names = list(arms) if isinstance(protocol, Mapping) else []
    left = SIZE["left"] + (_NAMES if names else 0)
    hours = moments(list(arms.values()))
    rows = bands(hours, left=left, right=SIZE["width"] - SIZE["right"],
                 reading=_READING if given else 0)  # fmt: skip
    top: float = (68 if subtitle else 48) if title else 14
    drawing = _Drawing(arms, given, controls=set(controls), named=bool(names))
    drawing.clock = clock_words([moment.at_hours for moment in hours])
    height = round(top + sum(drawing.tall(band) for band in rows))
    if height > _TALLEST:
        raise CourseError(
            f"the picture would be {height} pixels high; draw fewer arms or fewer steps at once"
        )
    figure = new_picture(SIZE["width"], height)
    with style():
        if title:
            head(figure, title, subtitle)
        ax = ax_px(figure, 0, 0, SIZE["width"], height)
        ax.set(xlim=(0, SIZE["width"]), ylim=(height, 0))
        ax.axis("off")
        for band in rows:
            drawing.band(figure, ax, band, top)
            top += drawing.tall(band)
    figure.alt = _alt(arms, given)
    return figure


def _arms(
    protocol: Any, drives: Any, controls: Sequence[str]
) -> tuple[dict[str, tuple[Step, ...]], dict[str, list[float]]]:
    """Return the checked arms, controls last, and the drives of each."""
    if not isinstance(protocol, Mapping):
        if isinstance(drives, (Mapping, str)):
            raise TypeError(f"drives is {drives!r}; give a list with one number for each reading")
        protocol = {"": protocol}
        drives = None if drives is None else {"": drives}
    elif drives is not None and not isinstance(drives, Mapping):
        raise TypeError(f"drives is {drives!r}; give a dict from the name of an arm to the drives "
                        "of its readings")  # fmt: skip
    if not 1 <= len(protocol) <= _MOST_ARMS:
        raise ValueError(f"protocol has {len(protocol)} arms; give 1 to {_MOST_ARMS}")
    if isinstance(controls, str):
        raise TypeError(f"controls is {controls!r}; give a list of names of arms")
    for name in [*protocol, *controls, *(drives or {})]:
        if not isinstance(name, str) or name not in protocol:
            raise ValueError(
                f"there is no arm {name!r}; the arms are {', '.join(map(repr, protocol))}"
            )
    order = sorted(protocol, key=lambda name: name in controls)
    arms = {}
    for name in order:
        try:
            arms[name] = check_protocol(protocol[name])
        except CourseError as error:
            raise CourseError(f"arm {name!r}, {error}" if name else str(error)) from error
    given = {}
    for name, values in (drives or {}).items():
        wanted = sum(step.reads_out for step in arms[name])
        if isinstance(values, str) or np.ndim(values) != 1:
            raise TypeError(f"drives is {values!r}; give a list with one number for each reading")
        if len(values) != wanted:
            raise ValueError(f"drives has {len(values)} numbers for the arm {name!r}; it is read "
                             f"out {wanted} times")  # fmt: skip
        given[name] = [real("drives", value) for value in values]
    return arms, given


def _alt(arms: Mapping[str, Sequence[Step]], drives: Mapping[str, Sequence[float]]) -> str:
    """Tell each arm step by step, with the drive of each reading."""
    told = []
    for name, steps in arms.items():
        left = list(drives.get(name, ()))
        words = [
            f"{step.words} (drive {number(left.pop(0))})" if step.reads_out and left else step.words
            for step in steps
        ]
        told.append(f"{name or 'protocol'}: {'; '.join(_shortened(words))}")
    return ". ".join(told)


def _shortened(words: list[str]) -> list[str]:
    """Tell once what comes three times or more in a row.

    Examples
    --------
    >>> _shortened(["a", "b", "c", "b", "c", "b", "c", "d"])
    ['a', '3 times (b; c)', 'd']
    """
    told: list[str] = []
    k = 0
    while k < len(words):
        for length in range(1, 5):
            times = 1
            while words[k : k + length] == words[k + times * length : k + (times + 1) * length]:
                times += 1
            if times >= 3:
                told.append(f"{times} times ({'; '.join(words[k : k + length])})")
                k += times * length
                break
        else:
            told.append(words[k])
            k += 1
    return told


class _Drawing:
    """The rows of all arms, band by band."""

    def __init__(
        self,
        arms: Mapping[str, Sequence[Step]],
        drives: Mapping[str, Sequence[float]],
        *,
        controls: set[str],
        named: bool,
    ) -> None:
        self.names = list(arms)
        self.wrapped = [wrap_px(name, _NAMES - 12) for name in self.names]
        self.controls = controls
        self.named = named
        self.first_control = len(arms) - len(controls & set(arms))
        readings = [[step for step in steps if step.reads_out] for steps in arms.values()]
        self.drives = {
            id(step): value
            for name, steps in zip(self.names, readings, strict=True)
            for step, value in zip(steps, drives.get(name, ()), strict=False)
        }
        self.drugged = [False] * len(arms)
        self.clock: dict[float, str] = {}

    def row(self, band: Sequence[Place], arm: int) -> float:
        """Return the height of one arm in a band, in pixels."""
        steps = [slot.steps[arm] for place in band for slot in place.slots]
        lines = [len(step_words(s)) + (id(s) in self.drives) for s in steps if s]
        return _ROW + _LINE * max([1, len(self.wrapped[arm]) - 1, *lines])

    def tall(self, band: Sequence[Place]) -> float:
        """Return the height of a band in pixels."""
        rows = sum(self.row(band, arm) for arm in range(len(self.names)))
        return rows + _CLOCK + _HEADING * self._headed() + 8

    def _headed(self) -> bool:
        return 0 < self.first_control < len(self.names)

    def band(self, figure: Picture, ax: Axes, band: Sequence[Place], top: float) -> None:
        """Draw one stretch of the clock for all arms."""
        right = band[-1].right
        for arm, words in enumerate(self.wrapped):
            if arm:
                ax.plot((SIZE["left"], right), (top, top), color=ROLE["rule"], lw=1.2)
            if arm == self.first_control and self._headed():
                text_px(figure, SIZE["left"], top + 20, "control arms", color=ROLE["control"],
                        weight="bold")  # fmt: skip
                top += _HEADING
            kind = "control" if self.names[arm] in self.controls else "ink"
            for k, line in enumerate(words if self.named else []):
                text_px(figure, SIZE["left"], top + _MARK + 5 + _LINE * k, line, color=ROLE[kind],
                        weight="bold" if kind == "ink" else "normal",
                        fontsize=TYPE["note"])  # fmt: skip
            self._drugged(ax, band, arm, top)
            for place in band:
                for slot, x in zip(place.slots, place.middles, strict=True):
                    self._step(figure, ax, slot.steps[arm], x, top)
            top += self.row(band, arm)
        self._hours(figure, ax, band, top + 6)

    def _drugged(self, ax: Axes, band: Sequence[Place], arm: int, top: float) -> None:
        """Shade the time during which no proteins are made."""
        begin = band[0].left if self.drugged[arm] else None
        spans = []
        for place in band:
            for slot, x in zip(place.slots, place.middles, strict=True):
                step = slot.steps[arm]
                if step and step.drug and begin is None:
                    begin = x
                elif step and not step.drug and begin is not None:
                    spans.append((begin, x - begin))
                    begin = None
        self.drugged[arm] = begin is not None
        if begin is not None:
            spans.append((begin, band[-1].right - begin))
        if spans:
            ax.broken_barh(spans, (top + _MARK - 15, 30), facecolor=ROLE["drug"], alpha=_SHADE,
                           lw=0, zorder=0.5)  # fmt: skip

    def _step(self, figure: Picture, ax: Axes, step: Step | None, x: float, top: float) -> None:
        """Draw what one arm does at one place."""
        y = top + _MARK
        if step is None:
            ax.plot((x - 4, x + 4), (y, y), color=ROLE["axis"], lw=1.4)
            return
        _draw_mark(ax, step, x, y)
        words = step_words(step)
        for k, line in enumerate(words):
            text_px(figure, x, y + _WORDS + _LINE * k, line, ha="center", fontsize=TYPE["note"],
                    color=ROLE["ink" if k == 0 else "text"])  # fmt: skip
        if id(step) in self.drives:
            text_px(figure, x, y + _WORDS + 2 + _LINE * len(words), ha="center", weight="bold",
                    words=f"drive {number(self.drives[id(step)])}", fontsize=TYPE["note"],
                    color=ROLE["recalled"])  # fmt: skip

    def _hours(self, figure: Picture, ax: Axes, band: Sequence[Place], y: float) -> None:
        """Draw the clock under a band: a stretch for each moment, an arrow for the time between."""
        for k, place in enumerate(band):
            ax.plot((place.left + 4, place.right - 4), (y, y), color=ROLE["axis"], lw=1.6)
            hour = self.clock[place.moment.at_hours]
            text_px(figure, (place.left + place.right) / 2, y + 17, hour, ha="center",
                    fontsize=TYPE["note"])  # fmt: skip
            if k + 1 < len(band):
                following = band[k + 1].left
                ax.annotate("", (following, y), (place.right, y),
                            arrowprops={"arrowstyle": "-|>", "color": ROLE["axis"], "lw": 0.8,
                                        "mutation_scale": 8})  # fmt: skip
                if place.moment.more:
                    text_px(figure, (place.right + following) / 2, y - 10, ha="center",
                            words=f"{place.moment.more} more", fontsize=TYPE["note"])  # fmt: skip


def _draw_mark(ax: Axes, step: Step, x: float, y: float) -> None:
    """Draw the mark of a step; hollow where it meets other cells than those it is about."""
    hollow = step.who == "random"

    def put(marker: Any, role: str, size: float, **more: Any) -> None:
        colour = ROLE.get(role, role)
        look: dict[str, Any] = {"facecolors": ROLE["paper"] if hollow else colour,
                                "edgecolors": colour, "linewidths": 1.4, "dx": 0.0}  # fmt: skip
        look |= more
        ax.scatter([x + look.pop("dx")], [y], s=size, marker=marker, zorder=3, **look)

    given: dict[str, Any] = {"facecolors": ROLE["cue"], "edgecolors": ROLE["cue_edge"],
                             "linewidths": LINE["cue_edge"]}  # fmt: skip
    empty: dict[str, Any] = {"facecolors": ROLE["paper"]}
    aside = (_SHIFT + 3 * (step.kind == "encode")) if step.who and step.context else 0
    match step.kind:
        case "encode":
            star = {"shock": ((8, 1, 0), 250), "weak": ((8, 1, 0), 120), "neutral": ("o", 100)}
            marker, size = star[str(step.how)]
            put(marker, "cue", size, dx=aside, **given)
        case "recall" | "light" | "silence":
            put("o", "recalled", 80, dx=aside, facecolors=ROLE["recalled"])
        case "label":
            put("o", "engram", 130, linewidths=LINE["mark_edge"], **empty)
        case "drug":
            put("s", "drug", 120, **({} if step.how == "on" else empty))
        case "creb":
            put("D", EXCITABILITY[3], 90)
        case "novelty":
            put("h", "cue", 150, **given)
        case "remodel":
            put("o", "control", 130, linestyles=[DASH["silent"]], **empty)
        case "replay":
            put(_AGAIN, "engram", 260, linewidths=0.6)
        case "ablate":
            put("X", "engram", 130)
        case "depress" | "potentiate":
            put("v" if step.kind == "depress" else "^", "engram", 120)
    if step.kind in ("light", "encode") and step.who:
        put(BOLT, "light", 250, dx=-aside)
    elif step.kind == "silence":
        put(STOP, "light", 190, dx=-aside)
