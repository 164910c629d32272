"""One recall: the overlap with each memory while the network settles, and its pictures."""

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from engramlab._types import Bool, Float, Int
from engramlab.attractors import Recall
from engramlab.look import LINE, ROLE, SIZE, TYPE
from engramlab.measures import overlap, overlap_course
from engramlab.plots._axes import (
    Picture,
    ax_px,
    beside,
    dress,
    ghost_lines,
    head,
    new_picture,
    style,
    text_px,
)
from engramlab.plots._pictures import picture_pixels, row_of_pictures, show_pixels

_LOW = -0.3  # bottom of the overlap axis: unrelated memories stray below zero


def state_at(run: Recall, sweeps: float) -> Int:
    """Return the state of the network `sweeps` sweeps after the cue, rebuilt from the flips.

    Parameters
    ----------
    run : Recall
        A finished recall.
    sweeps : float
        Time in sweeps; one sweep asks each unit once.

    Returns
    -------
    ndarray of int8 of shape (n_neurons,)
    """
    state = np.array(run.cue, dtype=np.int8)
    times = np.bincount(
        np.asarray(run.flips)[np.asarray(run.flip_sweeps) <= sweeps], minlength=state.size
    )
    state[times % 2 == 1] *= -1
    return state


class CourseAxes:
    """The overlap with each memory against sweeps: axes drawn once, lines that move."""

    def __init__(self, ax: Axes, *, sweeps: int, name: str) -> None:
        self.ax = ax
        self.sweeps = sweeps
        dress(
            ax,
            x=range(0, sweeps + 1, max(1, -(-sweeps // 6))),
            x_lim=(0, sweeps),
            y=(0, 0.5, 1),
            y_lim=(_LOW, 1.0),
            x_title="sweeps of updates",
            y_title="overlap with each memory",
            y_title_pad=12,
        )
        ax.plot((0, sweeps), (1, 1), color=ROLE["rule"], lw=LINE["spine"], zorder=0.5)
        ax.plot((0, sweeps), (0, 0), color=ROLE["rule"], lw=LINE["spine"], zorder=0.5)
        self.others = LineCollection([], colors=ROLE["other"], linewidths=LINE["other"], zorder=2)
        ax.add_collection(self.others, autolim=False)
        (self.line,) = ax.plot([], [], color=ROLE["recalled"], lw=LINE["result"], zorder=3)
        self.ends = ax.scatter([0, 0], [0, 0], s=[92, 92], zorder=4, clip_on=False)
        self.ends.set_facecolor([ROLE["cue"], ROLE["recalled"]])
        self.ends.set_edgecolor([ROLE["cue_edge"], ROLE["recalled"]])
        self.ends.set_linewidth([LINE["cue_edge"], 0])
        self.name = name
        self.label = beside(ax, sweeps, 1, name, dx=14, fontsize=TYPE["label"], weight="bold",
                            color=ROLE["recalled"])  # fmt: skip
        self.cue_label = beside(ax, 0, 0, "", dx=10, color=ROLE["cue_text"],
                                bbox={"facecolor": ROLE["paper"], "edgecolor": "none",
                                      "pad": 1.2})  # fmt: skip
        self.others_label = beside(ax, sweeps, 0, "the others", dx=14, fontsize=TYPE["label"])

    def moving(self) -> list[Artist]:
        """Return what `set` moves, in the order in which it is drawn."""
        return [self.others, self.line, self.ends, self.label, self.cue_label, self.others_label]

    def set(self, times: Float, target: Float, others: Float, *, name: str | None = None) -> None:
        """Move the lines.

        Parameters
        ----------
        times : ndarray of shape (n_times,)
            Sweeps since the cue.
        target : ndarray of shape (n_times,)
            Overlap with the memory that the cue came from.
        others : ndarray of shape (n_others, n_times)
            Overlap with each other memory; empty if there is none.
        name : str, optional
            Name of the memory, written at the end of its line.
        """
        self.name = self.name if name is None else name
        times = np.append(times, max(self.sweeps, times[-1]))
        target = np.append(target, target[-1])
        self.line.set_data(times, target)
        shown = min(float(times[-1]), self.sweeps)
        self.ends.set_offsets([(0, target[0]), (shown, target[-1])])
        if len(others):
            others = np.concatenate([others, others[:, -1:]], axis=1)
            paths = np.empty((*others.shape, 2))
            paths[..., 0], paths[..., 1] = times, others
            self.others.set_segments(list(paths))
        else:
            self.others.set_segments([])
        self._place_labels(target, others)

    def _place_labels(self, target: Float, others: Float) -> None:
        end = float(target[-1])
        self.label.set_text(f"{self.name}  {end:.2f}".replace("-", "−"))
        self.label.xy = (self.sweeps, end)
        cue = float(target[0])
        self.cue_label.set_text(f"cue {cue:.2f}".replace("-", "−"))
        self.cue_label.xy = (0, _LOW + 0.07 if cue < 0.45 else cue - 0.13)
        middle = float(np.median(others[:, -1])) if len(others) else 0.0
        if abs(middle - end) < 0.16:
            middle = end - 0.16 if end > 0.0 else end + 0.16
        self.others_label.set_text("the others" if len(others) else "")
        self.others_label.xy = (self.sweeps, middle)

    def ghost(self) -> list[Artist]:
        """Leave the present line behind as a ghost and return its parts."""
        x, y = self.line.get_data()
        return list(ghost_lines(self.ax, np.array(x), np.array(y)))


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Completion:
    """What a picture of one recall shows: the run, the memories, and which units the cue gave.

    Attributes
    ----------
    run : Recall
        The recall.
    patterns : ndarray of int8 of shape (n_patterns, n_neurons)
        The stored memories.
    target : int
        Row of the memory that the cue came from.
    known : ndarray of bool of shape (n_neurons,)
        False where the cue gave nothing and the unit started at random.
    """

    run: Recall
    patterns: Int
    target: int
    known: Bool

    def course(self) -> tuple[Float, Float, Float]:
        """Return times, overlap with the target, and overlaps with the other memories."""
        times, overlaps = overlap_course(self.run, self.patterns)
        return times, overlaps[self.target], np.delete(overlaps, self.target, axis=0)


class CompletionDrawing:
    """Cue, half a sweep, recalled; the other memories; and the course of the overlap."""

    N_THUMBS = 5

    def __init__(
        self,
        figure: Figure,
        *,
        top: int,
        shape: tuple[int, int],
        name: str,
        sweeps: int = 4,
        hollow: str = "unknown: starts at random",
    ) -> None:
        self.shape = shape
        self.cell = 112 // shape[0]
        self.thumb = 48 // shape[0]
        side = self.cell * shape[1]
        step = side + 16
        left = SIZE["left"]
        for k, (words, colour) in enumerate(
            (("cue", "cue_text"), ("half a sweep", "recalled"), ("recalled", "recalled"))
        ):
            text_px(figure, left + k * step, top - 12, words, weight="bold", color=ROLE[colour])
        self.pictures = show_pixels(figure, left, top)
        arrows = ax_px(figure, left, top, 2 * step + side, self.cell * shape[0])
        arrows.set_axis_off()
        arrows.set(xlim=(0, 2 * step + side), ylim=(0, 1))
        for k in (1, 2):
            arrows.annotate(
                "",
                (k * step - 1.5, 0.5),
                xytext=(k * step - 15.5, 0.5),
                arrowprops={"arrowstyle": "-|>,head_width=0.25,head_length=0.4", "lw": 1.2,
                            "color": ROLE["text"], "shrinkA": 0, "shrinkB": 0},
            )  # fmt: skip
        low = top + self.cell * shape[0] + 38
        text_px(figure, left, low, "the other memories")
        gap = 14
        width = self.N_THUMBS * (self.thumb * shape[1] + gap) - gap
        self.thumbs = show_pixels(figure, left, low + 13)
        self.thumb_gap = gap
        self.more = text_px(figure, left + width + 12, low + 13 + self.thumb * shape[0] / 2 + 4, "",
                            fontsize=TYPE["note"])  # fmt: skip
        self._key(figure, low + 13 + self.thumb * shape[0] + 36, hollow)
        self.course = CourseAxes(ax_px(figure, 466, top, 176, 206), sweeps=sweeps, name=f"“{name}”")

    def _key(self, figure: Figure, y: int, hollow: str) -> None:
        """Draw the key in one line with the real marks."""
        x = SIZE["left"]
        width, height = figure.get_size_inches() * 100
        for face, edge, words, room in (
            (ROLE["recalled"], ROLE["recalled"], "on", 52),
            (ROLE["off"], ROLE["off"], "off", 54),
            (ROLE["paper"], ROLE["axis"], hollow, 0),
        ):
            figure.add_artist(
                Rectangle((x / width, 1 - (y + 1) / height), 11 / width, 11 / height,
                          transform=figure.transFigure, facecolor=face, edgecolor=edge, lw=0.9)
            )  # fmt: skip
            text_px(figure, x + 17, y, words, fontsize=TYPE["note"])
            x += room

    def moving(self) -> list[Artist]:
        """Return what `set` moves, in the order in which it is drawn."""
        return [self.pictures, self.thumbs, self.more, *self.course.moving()]

    def set(self, shown: Completion, *, name: str | None = None) -> None:
        """Show another recall."""
        run, size, shape = shown.run, self.cell, self.shape
        self.pictures.set_data(
            row_of_pictures(
                [
                    picture_pixels(run.cue, shape=shape, role="cue", known=shown.known, cell=size),
                    picture_pixels(state_at(run, 0.5), shape=shape, cell=size),
                    picture_pixels(run.final, shape=shape, cell=size),
                ],
                gap=16,
            )
        )
        others = np.delete(np.asarray(shown.patterns), shown.target, axis=0)
        self._set_thumbs(others)
        times, target, rest = shown.course()
        self.course.set(times, target, rest, name=None if name is None else f"“{name}”")

    def _set_thumbs(self, others: Int) -> None:
        first = others[: self.N_THUMBS]
        empty = picture_pixels(
            np.ones(self.shape[0] * self.shape[1], dtype=np.int8), shape=self.shape, cell=self.thumb
        )
        cells: list[Any] = [
            picture_pixels(one, shape=self.shape, role="other", cell=self.thumb) for one in first
        ]
        cells += [np.zeros_like(empty)] * (self.N_THUMBS - len(cells))
        self.thumbs.set_data(row_of_pictures(cells, gap=self.thumb_gap))
        left_out = len(others) - len(first)
        self.more.set_text(f"and {left_out} more" if left_out else "" if len(others) else "none")


def recall(
    run: Recall,
    *,
    target: Int,
    patterns: Int | None = None,
    name: str = "the memory",
    ax: Axes | None = None,
) -> Figure:
    """Draw how the overlap with a memory, and with the others, changes while the network settles.

    Parameters
    ----------
    run : Recall
        What `Hopfield.recall` returns.
    target : ndarray of shape (n_neurons,)
        The memory that the cue came from, of -1 and +1.
    patterns : ndarray of shape (n_patterns, n_neurons), optional
        All stored memories; those that are not the target are drawn thin and grey.
    name : str, default "the memory"
        Words at the end of the target's line.
    ax : matplotlib.axes.Axes, optional
        Axes to draw on; by default a new picture.

    Returns
    -------
    matplotlib.figure.Figure
        The figure that holds the axes. As the last line of a cell it shows itself.

    Raises
    ------
    ValueError
        If `target` or `patterns` have another number of units than the run.

    See Also
    --------
    completion : the same with the states as pictures.
    """
    target = np.asarray(target)
    n_neurons = np.asarray(run.final).size
    if target.shape != (n_neurons,):
        raise ValueError(f"target has shape {target.shape}; the run has {n_neurons} units, "
                         f"so it needs shape ({n_neurons},)")  # fmt: skip
    rest = np.empty((0, n_neurons), dtype=np.int8)
    if patterns is not None:
        patterns = np.atleast_2d(np.asarray(patterns))
        if patterns.shape[1] != n_neurons:
            raise ValueError(f"patterns has shape {patterns.shape}; the run has {n_neurons} units, "
                             f"so it needs shape (n_patterns, {n_neurons})")  # fmt: skip
        rest = patterns[~(patterns == target).all(axis=1)]
    times, courses = overlap_course(run, np.concatenate([target[None], rest]).astype(np.int8))
    with style():
        figure: Figure
        if ax is None:
            figure = new_picture(SIZE["width"], 300)
            ax = ax_px(figure, SIZE["axis_left"], 48, 500, 190)
        else:
            figure = cast(Figure, ax.get_figure(root=True))
        drawing = CourseAxes(ax, sweeps=max(3, int(np.ceil(times[-1]))), name=name)
        drawing.set(times, courses[0], courses[1:])
    start, end = float(courses[0][0]), float(courses[0][-1])
    if isinstance(figure, Picture):
        figure.alt = (
            f"overlap with {name} {start:.2f} at the cue, {end:.2f} after {run.n_sweeps} sweeps"
        )
        if len(rest):
            highest = float(courses[1:, -1].max())
            figure.alt += f"; with the {len(rest)} others at most {highest:.2f}"
    return figure


def completion(
    run: Recall,
    *,
    patterns: Int,
    target: int = 0,
    known: Bool | None = None,
    shape: tuple[int, int] = (8, 8),
    name: str = "the memory",
    title: str = "",
    subtitle: str = "",
) -> Picture:
    """Draw one recall as pictures (cue, half a sweep, recalled) beside the course of the overlap.

    Parameters
    ----------
    run : Recall
        What `Hopfield.recall` returns.
    patterns : ndarray of shape (n_patterns, n_neurons)
        The stored memories; the first rows x columns units of each are its picture.
    target : int, default 0
        Row of `patterns` that the cue came from.
    known : ndarray of bool of shape (n_neurons,), optional
        False where the cue gave nothing; by default where cue and memory differ.
    shape : tuple of two ints, default (8, 8)
        Rows and columns of the picture.
    name : str, default "the memory"
        Words at the end of the target's line.
    title, subtitle : str
        The finding; what was done and how many times. Empty leaves no room for them.

    Returns
    -------
    Picture
        As the last line of a cell it shows itself.
    """
    patterns = np.atleast_2d(np.asarray(patterns))
    hollow = "unknown: starts at random"
    if known is None:
        known, hollow = np.asarray(run.cue) == patterns[target], "wrong in the cue"
    shown = Completion(run=run, patterns=patterns, target=target, known=np.asarray(known))
    top = SIZE["axes_top"] if title else SIZE["axes_top_live"]
    with style():
        figure = new_picture(SIZE["width"], top + 276)
        if title:
            head(figure, title, subtitle)
        drawing = CompletionDrawing(
            figure, top=top, shape=shape, name=name, sweeps=max(4, run.n_sweeps), hollow=hollow
        )
        drawing.set(shown)
    figure.alt = completion_alt(shown, name=name)
    return figure


def completion_alt(shown: Completion, *, name: str) -> str:
    """Return one sentence: units right at the start and at the end, and the overlap reached."""
    memory = np.asarray(shown.patterns)[shown.target]
    right = int((np.asarray(shown.run.final) == memory).sum())
    before = int((np.asarray(shown.run.cue) == memory).sum())
    end = float(overlap(shown.run.final, memory))
    return (
        f"overlap {end:.2f} with the stored {name}, {right} of {memory.size} units right "
        f"(from {before} at the start)"
    )
