"""One recall as pictures (cue, half a sweep, recalled) beside the course of the overlap."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from engramlab._types import Bool, Float, Int
from engramlab.attractors import Recall
from engramlab.look import ROLE, SIZE, TYPE
from engramlab.measures import overlap, overlap_course
from engramlab.plots._axes import Picture, ax_px, head, new_picture, number, style, text_px
from engramlab.plots._pictures import picture_pixels, row_of_pictures, show_pixels
from engramlab.plots._recall import CourseAxes, refuse_run


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
            text_px(figure, left + k * step, top - 18, words, weight="bold", color=ROLE[colour])
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
        gap = 10
        self._thumb_row = (left, self.N_THUMBS * (self.thumb * shape[1] + gap) + left)
        self.thumbs = show_pixels(figure, left, low + 13)
        self.thumb_gap = gap
        self.more = text_px(figure, left, low + 13 + self.thumb * shape[0] / 2 + 4, "",
                            fontsize=TYPE["note"])  # fmt: skip
        self._key(figure, low + 13 + self.thumb * shape[0] + 36, hollow)
        self.course = CourseAxes(ax_px(figure, 478, top, 168, 206), sweeps=sweeps, name=f"“{name}”")

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
        self.more.set_x(self._thumb_row[bool(left_out)] / SIZE["width"])


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

    Raises
    ------
    TypeError
        If `run` is no recall.
    ValueError
        If `patterns` have another number of units than the run.
    """
    refuse_run(run)
    patterns = np.atleast_2d(np.asarray(patterns))
    if patterns.shape[1] != run.final.size:
        raise ValueError(
            f"patterns has shape {patterns.shape}; the run has {run.final.size} units, so it needs "
            f"shape (n_patterns, {run.final.size})"
        )
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
        f"overlap {number(end)} with the stored {name}, {right} of {memory.size} units right "
        f"(from {before} at the start)"
    )
