"""The overlap with each memory while the network settles: lines that move."""

from typing import cast

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from engramlab._types import Float, Int
from engramlab.attractors import Recall
from engramlab.look import LINE, ROLE, SIZE, TYPE
from engramlab.measures import overlap_course
from engramlab.plots._axes import (
    Picture,
    ax_px,
    beside,
    dress,
    ghost_lines,
    new_picture,
    number,
    style,
)

_APART = 0.21  # of the overlap axis: one line of words


class CourseAxes:
    """The overlap with each memory against sweeps: axes drawn once, lines that move."""

    def __init__(self, ax: Axes, *, sweeps: int, name: str) -> None:
        self.ax = ax
        self.sweeps = sweeps
        dress(
            ax,
            x=range(0, sweeps + 1, max(1, -(-sweeps // 6))),
            x_lim=(0, sweeps),
            y=(-1, 0, 1),
            x_title="sweeps of updates",
            y_title="overlap with each memory",
            y_title_pad=18,
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
        self.label = beside(ax, sweeps, 1, name, dx=12, fontsize=TYPE["label"], weight="bold",
                            color=ROLE["recalled"])  # fmt: skip
        self.cue_label = beside(ax, 0, 0, "", dx=-36, ha="right", color=ROLE["cue_text"],
                                linespacing=1.25)  # fmt: skip
        self.others_label = beside(ax, sweeps, 0, "the others", dx=12, fontsize=TYPE["label"])

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
        self.label.set_text(f"{self.name}  {number(end)}")
        self.label.xy = (self.sweeps, end)
        cue = float(target[0])
        self.cue_label.set_text(f"cue\n{number(cue)}")
        self.cue_label.xy = (0, cue)
        middle = float(np.median(others[:, -1])) if len(others) else 0.0
        if abs(middle - end) < _APART:
            middle = end - _APART if end > middle else end + _APART
        self.others_label.set_text("the others" if len(others) else "")
        self.others_label.xy = (self.sweeps, middle)

    def ghost(self) -> list[Artist]:
        """Leave the present line behind as a ghost and return its parts."""
        x, y = self.line.get_data()
        return list(ghost_lines(self.ax, np.array(x), np.array(y)))


def refuse_run(run: object) -> None:
    """Refuse anything but the result of one recall.

    Raises
    ------
    TypeError
        If `run` is anything else.
    """
    if not isinstance(run, Recall):
        raise TypeError(f"run is {type(run).__name__}; give what Hopfield.recall returns")


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
    TypeError
        If `run` is no recall or `ax` no axes.
    ValueError
        If `target` or `patterns` have another number of units than the run.

    See Also
    --------
    engramlab.plots.completion : the same with the states as pictures.
    """
    refuse_run(run)
    if ax is not None and not isinstance(ax, Axes):
        raise TypeError(f"ax is {ax!r}; give axes of matplotlib, or leave it out for a new picture")
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
            ax = ax_px(figure, 110, 48, 470, 190)
        else:
            figure = cast(Figure, ax.get_figure(root=True))
        drawing = CourseAxes(ax, sweeps=max(3, int(np.ceil(times[-1]))), name=name)
        drawing.set(times, courses[0], courses[1:])
    start, end = float(courses[0][0]), float(courses[0][-1])
    if isinstance(figure, Picture):
        figure.alt = (
            f"overlap with {name} {number(start)} at the cue, {number(end)} after "
            f"{run.n_sweeps} sweeps"
        )
        if len(rest):
            highest = float(courses[1:, -1].max())
            figure.alt += f"; with the {len(rest)} others at most {number(highest)}"
    return figure
