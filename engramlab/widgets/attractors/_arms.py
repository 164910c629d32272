"""The control: an equal cue of no memory, and weights that join the wrong units."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection

from engramlab._types import Float
from engramlab.experiments import ARMS, completion
from engramlab.look import DASH, LINE, ROLE, SIZE, TYPE
from engramlab.plots import ax_px, dress, new_picture, style
from engramlab.plots._axes import beside, ghost_lines, number, text_px
from engramlab.trials import sweep
from engramlab.widgets._controls import Slider
from engramlab.widgets._panel import Exhibit
from engramlab.widgets._stage import Scene

N_NETWORKS = 20
N_NEURONS = 400  # as in `engramlab.experiments.completion`
_STEP = 10  # per cent of the cue
_CUE = -0.36  # where the mark of the cue stands, counted from the middle of its column
_TABLE = (
    ("cue taken from", ("a stored memory", "no memory", "a stored memory")),
    ("weights", ("as learnt", "as learnt", "shuffled")),
)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Arms:
    """Final overlaps at one size of the cue.

    Attributes
    ----------
    kept : int
        Per cent of the units that the cue gives.
    overlaps : ndarray of shape (3, n_networks)
        Overlap of the final state with the pattern that the cue was taken from, by arm.
    """

    kept: int
    overlaps: Float


@cache
def all_arms() -> Float:
    """Return final overlaps of shape (3, n_sizes, n_networks), from 20 networks, run once."""
    kept = np.arange(0, 101, _STEP) / 100
    return sweep(
        completion, seeds=N_NETWORKS, grid={"arm": ARMS, "kept": kept.tolist()}, progress=False
    )


def compare_arms(cue: int) -> Arms:
    """Return what 20 networks make of a cue of `cue` % in the three arms."""
    return Arms(kept=cue, overlaps=all_arms()[:, round(cue / _STEP)])


def reading(shown: Arms) -> str:
    """Return the one line: size of the cue, the mean of each arm, the networks above 0.9."""
    mean = shown.overlaps.mean(axis=1)
    back = int((shown.overlaps[0] > 0.9).sum())
    highest = float(shown.overlaps[1:].max())
    return (
        f"cue {shown.kept} %: mean overlap {number(mean[0])} from a stored memory, "
        f"{number(mean[1])} from no memory, {number(mean[2])} with shuffled weights "
        f"({N_NETWORKS} networks each: {back} of {N_NETWORKS} above 0.9 from a memory; "
        f"highest control {number(highest)})"
    )


class ArmsScene(Scene):
    """Twenty networks in three columns, the table of the arms below."""

    def __init__(self) -> None:
        with style():
            self.figure = new_picture(height=410)
            left, top, width, height = 150, 84, 540, 210
            self.ax = ax_px(self.figure, left, top, width, height)
            dress(self.ax, y=(-1, 0, 1), x_lim=(-0.5, 2.5), y_title_pad=46,
                  y_title="overlap with the pattern that the cue was taken from")  # fmt: skip
            chance = 1.96 / np.sqrt(N_NEURONS)  # 95 % of the overlaps of two random states
            self.ax.axhspan(-chance, chance, color=ROLE["chance_fill"], lw=0, zorder=0.4)
            self.ax.plot((-0.5, 2.5), (0, 0), color=ROLE["chance"], lw=LINE["chance"],
                         ls=DASH["reference"], zorder=0.6)  # fmt: skip
            beside(self.ax, 2.5, 0, "chance", dx=8)
            beside(self.ax, 2.5, -1, "−1: every unit reversed", dy=9, ha="right")
            self.ax.plot((0.6, 2.4), (1.12, 1.12), color=ROLE["control"], lw=LINE["other"],
                         clip_on=False)  # fmt: skip
            beside(self.ax, 1.5, 1.12, "control arms", dy=12, ha="center", weight="bold",
                   color=ROLE["control"], fontsize=TYPE["label"])  # fmt: skip
            column = width / 3
            for row, (words, cells) in enumerate(_TABLE):
                y = top + height + 32 + 26 * row
                text_px(self.figure, SIZE["left"], y, words)
                for k, cell in enumerate(cells):
                    text_px(self.figure, left + column * (k + 0.5), y, cell, ha="center",
                            color=ROLE["control"] if k else ROLE["ink"])  # fmt: skip
            y = top + height + 32 + 26 * len(_TABLE)
            text_px(self.figure, SIZE["left"], y, f"mean of {N_NETWORKS}")
            self.means = [
                text_px(self.figure, left + column * (k + 0.5), y, "", ha="center", weight="bold",
                        color=ROLE["ink"])
                for k in range(3)
            ]  # fmt: skip
            jitter = np.linspace(-0.17, 0.17, N_NETWORKS)
            jitter = np.random.default_rng(1).permuted(np.tile(jitter, (3, 1)), axis=1)
            self._x = np.arange(3)[:, None] + jitter
            self.dots = self.ax.scatter([], [], s=34, zorder=2, clip_on=False, alpha=0.75,
                                        color=ROLE["recalled"], linewidths=0)  # fmt: skip
            self.hollow = self.ax.scatter([], [], s=30, zorder=2, clip_on=False,
                                          facecolors=ROLE["paper"], edgecolors=ROLE["control"],
                                          linewidths=1.2)  # fmt: skip
            self.bars = LineCollection([], colors=ROLE["ink"], linewidths=2.6, zorder=3)
            self.bars.set_clip_on(False)
            self.ax.add_collection(self.bars, autolim=False)
            self.cues = self.ax.scatter([], [], s=80, zorder=4, clip_on=False,
                                        facecolors=ROLE["cue"], edgecolors=ROLE["cue_edge"],
                                        linewidths=LINE["cue_edge"])  # fmt: skip
            self.cue_label = beside(self.ax, _CUE, 0, "cue", dy=17, ha="center",
                                    color=ROLE["cue_text"])  # fmt: skip

    def update(self, result: Any) -> Sequence[Artist]:
        """Show another size of the cue."""
        overlaps = result.overlaps
        self.dots.set_offsets(np.column_stack([self._x[0], overlaps[0]]))
        self.hollow.set_offsets(np.column_stack([self._x[1:].ravel(), overlaps[1:].ravel()]))
        mean = overlaps.mean(axis=1)
        self.bars.set_segments([[(k - 0.2, m), (k + 0.2, m)] for k, m in enumerate(mean)])
        start = result.kept / 100
        self.cues.set_offsets([(k + _CUE, start) for k in range(3)])
        self.cue_label.xy = (_CUE, start)
        for words, value in zip(self.means, mean, strict=True):
            words.set_text(number(float(value)))
        self._mean = mean
        return [self.dots, self.hollow, self.bars, self.cues, self.cue_label, *self.means]

    def freeze(self) -> Sequence[Artist]:
        """Leave the three means behind."""
        return [
            artist
            for k, mean in enumerate(self._mean)
            for artist in ghost_lines(self.ax, [k - 0.25, k + 0.25], [mean, mean])
        ]


def cue_control_exhibit() -> Exhibit:
    """Return the parts of `cue_control`."""
    return Exhibit(
        question="Does any cue of this size call up what it was taken from?",
        model=compare_arms,
        scene=ArmsScene,
        alt=reading,
        controls={
            "cue": Slider(label="Cue", low=0, high=100, step=_STEP, value=30,
                          unit="% of the units")
        },
    )  # fmt: skip
