"""The arms of an experiment: each animal a dot, and under the axis what each arm is given."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba
from matplotlib.patheffects import withStroke

from engramlab._types import Float
from engramlab.look import DASH, LINE, ROLE, SIZE, TYPE
from engramlab.plots._arms_table import (
    AXIS,
    FOOT,
    GAP,
    MARKS,
    NOT_GIVEN,
    RIGHT,
    ROW,
    WORDS_LINE,
    Arm,
    MovingWords,
    columns,
    in_order,
    level_rule,
    put_mark,
    row_height,
    row_name,
)
from engramlab.plots._axes import (
    DRIVE_TITLE,
    Picture,
    ax_px,
    dress,
    ghost_lines,
    head,
    height_px,
    new_picture,
    number,
    style,
    text_px,
    width_px,
    wrap_px,
)

__all__ = ["Arm", "ArmsDrawing", "arms", "arms_height", "arms_words", "in_order"]

_HIGHEST = 1.9  # drive at the upper edge, if no animal is above it


class ArmsDrawing:
    """Dots, means and the table of what each arm is given; columns stay, dots and numbers move.

    Parameters
    ----------
    figure : Picture
    top : int
        Pixels from the upper edge to the axes; the words above the axes need 54.
    arms : sequence of Arm
        In their order; control arms are put last.
    rows : sequence of str
        Rows of the table. Names that begin with "drug", "light" or "silence" have marks of their
        own; "yes" in another row is a disc.
    half : float or None
        Drive at which the recall index is 0.5: a dashed line; None for no line.
    y_title : str
    heading : str
        Words over the arms that are no controls.
    moving_rows : sequence of str
        Rows whose words `set` changes; there two lines of words have room.
    mean_name : str
        Name of the last row.
    y_top : float, optional
        Drive at the upper edge; by default above all animals. For a live picture give it.
    height : int
        Pixels of the axes.
    right : int
        Pixels from the left edge to the end of the table; what is beyond is free for a panel.
    """

    def __init__(
        self,
        figure: Picture,
        *,
        top: int,
        arms: Sequence[Arm],
        rows: Sequence[str],
        half: float | None = 0.8,
        y_title: str = DRIVE_TITLE,
        heading: str = "",
        moving_rows: Sequence[str] = (),
        mean_name: str = "mean drive",
        y_top: float | None = None,
        height: int = 190,
        right: int = RIGHT,
    ) -> None:
        self.figure = figure
        self.arms = in_order(arms)
        self.rows, self.moving_rows = list(rows), list(moving_rows)
        most = max(float(arm.drives.max()) for arm in self.arms)
        y_top = max(_HIGHEST, 1.04 * most) if y_top is None else y_top
        self.middles, self.step = columns(self.arms, right)
        self._right = right
        self.ax = ax_px(figure, AXIS, top, right - AXIS, height)
        step = 0.5 if y_top <= 2.5 else 1.0
        ticks = [k * step for k in range(int((y_top - 0.06) / step) + 1)]
        dress(self.ax, y=ticks, x_lim=(AXIS, right), y_lim=(-0.06 * y_top, y_top))
        text_px(figure, SIZE["left"], top - 38, y_title)
        if half is not None:
            self._half(top, height, half)
        self._brackets(top, heading)
        self._still(top + height, mean_name)
        self._moved = MovingWords(figure)
        jitter = min(20.0, 0.26 * self.step)
        self._aside = [jitter * (2 * ((0.618 * np.arange(len(arm.drives)) + 0.3) % 1) - 1)
                       for arm in self.arms]  # fmt: skip
        faces, edges = self._colours()
        start = np.zeros(len(faces))
        self.dots = self.ax.scatter(start, start, s=34, facecolors=faces, edgecolors=edges,
                                    zorder=3, linewidths=1.3, clip_on=False)  # fmt: skip
        self.means = LineCollection(
            [], colors=ROLE["ink"], linewidths=LINE["second"], zorder=3.5, capstyle="butt",
            clip_on=False, path_effects=[withStroke(linewidth=3.6, foreground=ROLE["paper"])],
        )  # fmt: skip
        self.ax.add_collection(self.means, autolim=False)
        self.set([arm.drives for arm in self.arms])

    def moving(self) -> list[Artist]:
        """Return what `set` moves, in the order in which it is drawn."""
        return [self.dots, self.means, self._moved]

    def set(
        self, drives: Sequence[Float], words: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        """Show other drives, one array for each arm, and other words in the rows that move.

        Parameters
        ----------
        drives : sequence of ndarray of shape (n_animals,)
            In the order of `self.arms`: controls last.
        words : mapping from str to sequence of str, optional
            For each row in `moving_rows` one word for each arm.
        """
        if len(drives) != len(self.arms):
            raise ValueError(f"there are {len(self.arms)} arms, but drives for {len(drives)}")
        places = zip(self.middles, self._aside, drives, strict=True)
        self.dots.set_offsets(
            np.concatenate([np.column_stack([x + dx, one]) for x, dx, one in places])
        )
        self._now = [float(np.mean(one)) for one in drives]
        half = min(26.0, 0.34 * self.step)
        self.means.set_segments(
            [np.array([(x - half, m), (x + half, m)])
             for x, m in zip(self.middles, self._now, strict=True)]
        )  # fmt: skip
        put: list[tuple[float, float, str, Mapping[str, Any]]] = [
            (x, self._baselines["mean"], number(m), {"weight": "bold", "fontsize": TYPE["label"]})
            for x, m in zip(self.middles, self._now, strict=True)
        ]
        for row in self.moving_rows:
            said = (words or {}).get(row) or [arm.rows.get(row, "") for arm in self.arms]
            for k, one in enumerate(said):
                put += self._cell(row, k, one)
        self._moved.put(put)

    def ghost(self) -> list[Artist]:
        """Leave the present means behind as ghosts and return their parts."""
        half = min(30.0, 0.4 * self.step)
        x = [at for middle in self.middles for at in (middle - half, middle + half, np.nan)]
        y = [at for mean in self._now for at in (mean, mean, np.nan)]
        return list(ghost_lines(self.ax, x, y))

    def _colours(self) -> tuple[list[Any], list[str]]:
        """Return faces and edges of all dots: control arms are hollow."""
        kinds = [arm.control for arm in self.arms for _ in range(len(arm.drives))]
        return (
            [
                to_rgba(ROLE["paper"] if control else ROLE["recalled"], 1 if control else 0.7)
                for control in kinds
            ],
            [ROLE["control" if control else "recalled"] for control in kinds],
        )

    def _half(self, top: int, height: int, half: float) -> None:
        """Draw the line at which the read-out is at half, with its words left of the axis."""
        low, high = self.ax.get_ylim()
        self.ax.plot(self.ax.get_xlim(), (half, half), color=ROLE["axis"], lw=LINE["reference"],
                     ls=DASH["reference"], zorder=1)  # fmt: skip
        y = top + height * (high - half) / (high - low)
        for k, line in enumerate(("read-out", "at half")):
            text_px(self.figure, SIZE["left"], y - 3 + WORDS_LINE * k, line, fontsize=TYPE["note"])

    def _brackets(self, top: int, heading: str) -> None:
        """Draw a thin bracket with words over the arms, and one over the control arms."""
        words = {False: (heading, "ink"), True: ("control arms", "control")}
        for control, (what, role) in words.items():
            at = [x for x, arm in zip(self.middles, self.arms, strict=True)
                  if arm.control is control]  # fmt: skip
            if not at or not what:
                continue
            ends = at[0] - 0.42 * self.step, at[-1] + 0.42 * self.step
            short = "control" if control and len(at) == 1 else what
            text_px(self.figure, sum(ends) / 2, top - 14, short, ha="center", weight="bold",
                    color=ROLE[role])  # fmt: skip
            level_rule(self.figure, top - 7, ends, ROLE["axis"])

    def _still(self, foot: int, mean_name: str) -> None:
        """Write the table, but for what moves."""
        self._baselines: dict[str, float] = {}
        ends = SIZE["left"], self._right
        y: float = foot + GAP
        marks: Axes = ax_px(self.figure, 0, 0, width_px(self.figure), height_px(self.figure))
        marks.set(xlim=(0, width_px(self.figure)), ylim=(height_px(self.figure), 0))
        marks.set_axis_off()
        for row in self.rows:
            self._baselines[row] = y + 19
            kind = MARKS.get(row.split()[0])
            for k, line in enumerate(row_name(row)):
                text_px(self.figure, SIZE["left"], y + 19 + WORDS_LINE * k, line,
                        color=ROLE[kind[2] if kind else "text"],
                        weight="bold" if kind else "normal")  # fmt: skip
            for k, arm in enumerate(self.arms):
                what = arm.rows.get(row, "")
                if what in ("yes", "control"):
                    put_mark(marks, row, self.middles[k], y + 15, hollow=what == "control")
                elif row not in self.moving_rows:
                    for x, at, line, how in self._cell(row, k, what):
                        text_px(self.figure, x, at, line, ha="center", fontsize=TYPE["note"], **how)
            y += row_height(row, self.arms, self.step, moving=row in self.moving_rows)
            level_rule(self.figure, y, ends, ROLE["rule"])
        self._baselines["mean"] = y + 20
        text_px(self.figure, SIZE["left"], y + 20, mean_name)

    def _cell(self, row: str, k: int, what: str) -> list[tuple[float, float, str, dict[str, Any]]]:
        """Return the words of one place of the table, line by line."""
        colour = ROLE["control" if self.arms[k].control else "ink"]
        return [
            (self.middles[k], self._baselines[row] + WORDS_LINE * n, line, {"color": colour})
            for n, line in enumerate(wrap_px(what or NOT_GIVEN, self.step - 8))
        ]


def arms_height(
    arms: Sequence[Arm],
    rows: Sequence[str],
    *,
    moving_rows: Sequence[str] = (),
    height: int = 190,
    right: int = RIGHT,
) -> int:
    """Return how many pixels the axes and the table need, from the upper edge of the axes down."""
    step = columns(in_order(arms), right)[1]
    table = sum(row_height(row, arms, step, moving=row in moving_rows) for row in rows)
    return round(height + GAP + table + ROW + FOOT)


def arms(
    arms: Sequence[Arm],
    rows: Sequence[str],
    *,
    title: str,
    subtitle: str = "",
    heading: str = "",
    half: float | None = 0.8,
    y_title: str = DRIVE_TITLE,
    mean_name: str = "mean drive",
) -> Picture:
    """Return the picture of an experiment: each arm a column, each animal a dot, all that is given.

    Parameters
    ----------
    arms : sequence of Arm
        Control arms are put last, hollow, under a bracket.
    rows : sequence of str
        Rows of the table, such as "drug", "light", "cells lit"; see `ArmsDrawing`.
    title, subtitle : str
        The finding; what was done, and in how many animals.
    heading : str
        Words over the arms that are no controls.
    half : float or None
        Drive at which the recall index is 0.5.
    y_title, mean_name : str
        What a dot and the last row are.

    Returns
    -------
    Picture
    """
    top = SIZE["axes_top"] + 22
    with style():
        figure = new_picture(height=top + arms_height(arms, rows))
        head(figure, title, subtitle)
        ArmsDrawing(figure, top=top, arms=arms, rows=rows, half=half, y_title=y_title,
                    heading=heading, mean_name=mean_name)  # fmt: skip
    figure.alt = f"{title}. {mean_name[0].upper()}{mean_name[1:]}: {arms_words(in_order(arms))}."
    return figure


def arms_words(arms: Sequence[Arm]) -> str:
    """Return the arms in words: the mean of each, and its lowest and highest animal.

    Examples
    --------
    >>> arms_words([Arm("light", np.array([1.0, 1.5])), Arm("no light", np.array([0.25]))])
    'light 1.25 (1.00 to 1.50), no light 0.25'
    """
    return ", ".join(
        f"{arm.name} {number(arm.drives.mean())}"
        + (
            f" ({number(arm.drives.min())} to {number(arm.drives.max())})"
            if len(arm.drives) > 1
            else ""
        )
        for arm in arms
    )
