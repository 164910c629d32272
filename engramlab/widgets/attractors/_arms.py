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
from engramlab.plots._axes import beside, ghost_lines, text_px
from engramlab.trials import sweep
from engramlab.widgets._controls import Slider
from engramlab.widgets._panel import Exhibit
from engramlab.widgets._stage import Scene

N_NETWORKS = 20
N_NEURONS = 400  # as in `engramlab.experiments.completion`
_STEP = 10  # per cent of the cue
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
        f"cue {shown.kept} %: mean overlap {_say(mean[0])} from a stored memory, {_say(mean[1])} "
        f"from no memory, {_say(mean[2])} with shuffled weights ({N_NETWORKS} networks each: "
        f"{back} of {N_NETWORKS} above 0.9 from a memory; highest control {_say(highest)})"
    )


def _say(value: float) -> str:
    return f"{value + 0.0:.2f}".replace("-0.00", "0.00")


class ArmsScene(Scene):
    """Twenty networks in three columns, the table of the arms below."""

    def __init__(self) -> None:
        with style():
            self.figure = new_picture(height=378)
            left, top, width, height = 150, 84, 540, 178
            self.ax = ax_px(self.figure, left, top, width, height)
            dress(self.ax, y=(0, 0.5, 1), y_lim=(-0.3, 1.0), x_lim=(-0.5, 2.5), y_title_pad=46,
                  y_title="overlap with the pattern that the cue was taken from")  # fmt: skip
            chance = 1.96 / np.sqrt(N_NEURONS)  # 95 % of the overlaps of two random states
            self.ax.axhspan(-chance, chance, color=ROLE["chance_fill"], lw=0, zorder=0.4)
            self.ax.plot((-0.5, 2.5), (0, 0), color=ROLE["chance"], lw=LINE["chance"],
                         ls=DASH["reference"], zorder=0.6)  # fmt: skip
            beside(self.ax, 2.5, 0, "chance", dx=8)
            self.ax.plot((0.6, 2.4), (1.08, 1.08), color=ROLE["control"], lw=LINE["other"],
                         clip_on=False)  # fmt: skip
            beside(self.ax, 1.5, 1.08, "control arms", dy=12, ha="center", weight="bold",
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
            self.cue_label = beside(self.ax, -0.28, 0, "cue", dx=-9, ha="right",
                                    color=ROLE["cue_text"])  # fmt: skip

    def update(self, result: Any) -> Sequence[Artist]:
        """Show another size of the cue."""
        overlaps = result.overlaps
        self.dots.set_offsets(np.column_stack([self._x[0], overlaps[0]]))
        self.hollow.set_offsets(np.column_stack([self._x[1:].ravel(), overlaps[1:].ravel()]))
        mean = overlaps.mean(axis=1)
        self.bars.set_segments([[(k - 0.2, m), (k + 0.2, m)] for k, m in enumerate(mean)])
        start = result.kept / 100
        self.cues.set_offsets([(k - 0.28, start) for k in range(3)])
        self.cue_label.xy = (-0.28, start)
        for words, value in zip(self.means, mean, strict=True):
            words.set_text(_say(float(value)))
        self._mean = mean
        return [self.dots, self.hollow, self.bars, self.cues, self.cue_label, *self.means]

    def freeze(self) -> Sequence[Artist]:
        """Leave the three means behind."""
        return [
            artist
            for k, mean in enumerate(self._mean)
            for artist in ghost_lines(self.ax, [k - 0.3, k + 0.3], [mean, mean])
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
