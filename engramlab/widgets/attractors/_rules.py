"""Below the line: a unit that listens to itself, and a rule that knows of resemblance."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from numpy.typing import NDArray

from engramlab._types import Float, Int
from engramlab.attractors import Hopfield
from engramlab.look import DASH, LINE, ROLE, SIZE, TYPE
from engramlab.measures import overlap
from engramlab.patterns import corrupt, digit_patterns, random_patterns
from engramlab.plots import ax_px, dress, new_picture, style
from engramlab.plots._axes import beside, ghost_lines, number, text_px
from engramlab.plots._pictures import picture_pixels, row_of_pictures, show_pixels
from engramlab.trials import sweep
from engramlab.widgets._controls import Slider
from engramlab.widgets._panel import Exhibit
from engramlab.widgets._stage import Scene

N_NEURONS = 200
N_NETWORKS = 20
STORED = np.arange(10, 161, 10)
NOISE = 0.10
MOST_DIGITS = 20
_CELLS = 10
_THUMB, _THUMB_GAP = 4, 10  # pixels at 1x: a cell of a small picture, the gap between two


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SelfCoupling:
    """Two questions to one load, without and with self-coupling.

    Attributes
    ----------
    stored : int
        Memories stored in 200 units.
    leave : ndarray of shape (2, n_networks)
        Share of the units of a memory that would change at once: without, with self-coupling.
    repaired : ndarray of shape (2, n_networks)
        Final overlap from a cue with 10 % of its units flipped.
    """

    stored: int
    leave: Float
    repaired: Float


def _with_and_without(*, stored: int, rng: np.random.Generator) -> Float:
    """Return (units that leave, overlap repaired) x (without, with self-coupling)."""
    patterns = random_patterns(stored, n_neurons=N_NEURONS, rng=rng)
    targets = patterns[:_CELLS]
    cues = corrupt(targets, NOISE, rng=rng)
    seed = int(rng.integers(2**31))
    rows = []
    for kept in (False, True):
        network = Hopfield.store(patterns, self_coupling=kept)
        final = network.recall_many(cues, rng=seed).final
        rows.append((
            float((network.step(targets) != targets).mean()),
            float(np.mean(overlap(final, targets))),
        ))  # fmt: skip
    return np.array(rows).T


@cache
def all_self_couplings() -> Float:
    """Return both measures, shape (n_loads, n_networks, 2, 2), from 20 networks, run once."""
    return sweep(
        _with_and_without, seeds=N_NETWORKS, grid={"stored": STORED.tolist()}, progress=False
    )


def listen_to_itself(stored: int) -> SelfCoupling:
    """Return both measures at one load, without and with self-coupling."""
    here = all_self_couplings()[int(np.argmin(np.abs(STORED - stored)))]
    return SelfCoupling(stored=stored, leave=here[:, 0].T, repaired=here[:, 1].T)


def self_coupling_reading(shown: SelfCoupling) -> str:
    """Return the one line: load, units that leave, overlap repaired, each without and with."""
    leave, repaired = 100 * shown.leave.mean(axis=1), shown.repaired.mean(axis=1)
    return (
        f"load {shown.stored / N_NEURONS:.2f}: {leave[0]:.1f} % of a memory's units change at once "
        f"without self-coupling, {leave[1]:.1f} % with; from 10 % noise the overlap ends at "
        f"{number(repaired[0])} without, {number(repaired[1])} with ({N_NETWORKS} networks)"
    )


class SelfCouplingScene(Scene):
    """Two panels of one load axis, each with and without self-coupling."""

    def __init__(self) -> None:
        with style():
            self.figure = new_picture(height=330)
            loads = STORED / N_NEURONS
            runs = all_self_couplings()
            each = (100 * runs[:, :, 0], runs[:, :, 1])
            self.means = (each[0].mean(axis=1), each[1].mean(axis=1))
            self.axes = [ax_px(self.figure, left, 56, 256, 206) for left in (66, 460)]
            titles = ("units that change at once (%)", "overlap at the end, from 10 % noise")
            for ax, curves, networks, title, y in zip(
                self.axes, self.means, each, titles, ((0, 10, 20), (0, 0.5, 1)), strict=True
            ):
                dress(ax, x=(0.2, 0.4, 0.6, 0.8), y=y, y_title=title, x_lim=(loads[0], loads[-1]),
                      x_title="load (memories stored per unit)")  # fmt: skip
                for arm, role in enumerate(("recalled", "control")):
                    ax.plot(loads, networks[:, :, arm], color=ROLE[role], lw=LINE["seed"],
                            alpha=LINE["seed_alpha"], zorder=1.5)  # fmt: skip
                ax.plot(loads, curves[:, 0], color=ROLE["recalled"], lw=LINE["result"], zorder=2)
                ax.plot(loads, curves[:, 1], color=ROLE["control"], lw=LINE["second"],
                        ls=DASH["control"], zorder=2)  # fmt: skip
            self._name(self.axes[0], self.means[0], float(loads[-1]))
            self.axes[1].plot((loads[0], loads[-1]), (1 - 2 * NOISE,) * 2, color=ROLE["axis"],
                              lw=1.0, ls=(0, (1, 2)), zorder=1)  # fmt: skip
            beside(self.axes[1], 0.79, 0.1, f"thin: each of {N_NETWORKS} networks", ha="right")
            beside(self.axes[1], 0.79, 1 - 2 * NOISE, "the cue itself", dy=12, ha="right")
            self.markers = [
                ax.plot([], [], "o", ls="none", ms=LINE["mark"], mfc=ROLE["paper"],
                        mec=ROLE["recalled"], mew=LINE["mark_edge"], zorder=5, clip_on=False)[0]
                for ax in self.axes
            ]  # fmt: skip

    def _name(self, ax: Axes, curves: Float, last: float) -> None:
        """Write both names at the right ends of the curves of the left panel."""
        beside(ax, last, curves[-1, 0], "without", dx=14, weight="bold",
               color=ROLE["recalled"], fontsize=TYPE["label"])  # fmt: skip
        beside(ax, last, curves[-1, 1], "with self-\ncoupling", dx=14, dy=6,
               color=ROLE["control"], fontsize=TYPE["label"], linespacing=1.3)  # fmt: skip

    def update(self, result: Any) -> Sequence[Artist]:
        """Move the markers to another load."""
        load = result.stored / N_NEURONS
        for marker, curves in zip(self.markers, self.means, strict=True):
            marker.set_data([load, load], curves[int(np.argmin(np.abs(STORED - result.stored)))])
        return self.markers

    def freeze(self) -> Sequence[Artist]:
        """Leave a stem at the present load behind in both panels."""
        return [
            artist
            for marker, ax in zip(self.markers, self.axes, strict=True)
            for artist in ghost_lines(ax, *(np.array(part) for part in marker.get_data()))
        ]


def self_coupling_exhibit() -> Exhibit:
    """Return the parts of `self_coupling`."""
    return Exhibit(
        question="Should a unit listen to itself?",
        model=listen_to_itself,
        scene=SelfCouplingScene,
        alt=self_coupling_reading,
        controls={
            "stored": Slider(label="Memories stored", low=int(STORED[0]), high=int(STORED[-1]),
                             step=10, value=120, unit=f"in {N_NEURONS} units")
        },
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Rules:
    """The same digits under two learning rules.

    Attributes
    ----------
    digits : ndarray of int8 of shape (n_stored, 64)
        The memories.
    cue : ndarray of int8 of shape (64,)
        The first digit with some pixels flipped.
    final : tuple of two ndarrays of int8 of shape (n_stored, 64)
        Where each digit, with the same share of pixels flipped, ends: Hebbian, pseudo-inverse.
    flipped : int
        Per cent of the pixels flipped.
    """

    digits: Int
    cue: Int
    final: tuple[Int, Int]
    flipped: int

    def overlaps(self, rule: int) -> Float:
        """Return the final overlap of each digit under rule 0 (Hebbian) or 1 (pseudo-inverse)."""
        return np.atleast_1d(overlap(self.final[rule], self.digits))


def two_rules(stored: int, flipped: int) -> Rules:
    """Store digits by both rules and recall each from a copy with `flipped` % of wrong pixels."""
    digits = np.concatenate([digit_patterns((3, 0, 7, 9, 1, 5, 2, 8, 6, 4), nth=k) for k in (0, 1)])
    digits = digits[:stored]
    cues = corrupt(digits, flipped / 100, rng=3)
    final = tuple(
        Hopfield.store(digits, rule=rule).recall_many(cues, rng=4).final
        for rule in ("hebbian", "pseudo_inverse")
    )
    return Rules(digits=digits, cue=cues[0], final=(final[0], final[1]), flipped=flipped)


def rules_reading(shown: Rules) -> str:
    """Return the one line: digits stored, digits that come back whole under each rule."""
    whole = [int((shown.overlaps(rule) == 1).sum()) for rule in (0, 1)]
    n = len(shown.digits)
    return (
        f"{n} digits stored, {shown.flipped} % of the pixels flipped: {whole[0]} of {n} come back "
        f"whole by the Hebbian rule, {whole[1]} of {n} by the pseudo-inverse"
    )


def _small(digits: Int) -> NDArray[np.uint8]:
    """Return digits as small grey pictures, ten in a row, two rows."""
    clear = np.zeros((16 * _THUMB, 16 * _THUMB, 4), dtype=np.uint8)
    small = [picture_pixels(one, shape=(8, 8), role="other", cell=_THUMB) for one in digits]
    small += [clear] * (MOST_DIGITS - len(small))
    half = MOST_DIGITS // 2
    rows = [row_of_pictures(small[k : k + half], gap=_THUMB_GAP) for k in (0, half)]
    between = np.zeros((2 * _THUMB_GAP, *rows[0].shape[1:]), dtype=np.uint8)
    return np.concatenate([rows[0], between, rows[1]])


class RulesScene(Scene):
    """One digit under both rules as pictures, the other digits small, and all digits as dots."""

    def __init__(self) -> None:
        with style():
            self.figure = new_picture(height=310)
            left, top, cell, gap = SIZE["left"], 50, 12, 14
            side = 8 * cell
            for k, (words, role) in enumerate((("stored", "text"), ("cue", "cue_text"),
                                               ("Hebbian", "control"),
                                               ("pseudo-inverse", "recalled"))):  # fmt: skip
                text_px(self.figure, left + k * (side + gap), top - 18, words, color=ROLE[role],
                        weight="bold")  # fmt: skip
            self.pictures = show_pixels(self.figure, left, top)
            self._cell, self._gap = cell, gap
            low = top + side + 36
            text_px(self.figure, left, low, "the other digits stored")
            self.thumbs = show_pixels(self.figure, left, low + 13)
            foot = low + 13 + 2 * 8 * _THUMB + _THUMB_GAP
            text_px(self.figure, left, foot + 26,
                    "pictures: the first digit; dots: every digit stored",
                    fontsize=TYPE["note"])  # fmt: skip
            self.ax = ax_px(self.figure, 516, top, 216, foot - top)
            dress(self.ax, y=(0, 0.5, 1), x={0: "Hebbian", 1: "pseudo-inverse"}, y_title_pad=18,
                  x_lim=(-0.5, 1.5), y_lim=(0, 1), y_title="overlap at the end")  # fmt: skip
            self.ax.tick_params(axis="x", length=0, pad=14)
            self.ax.spines["bottom"].set_visible(False)
            self.ax.plot((-0.5, 1.5), (0, 0), color=ROLE["rule"], lw=LINE["spine"], zorder=0.5)
            self.hollow = self.ax.scatter([], [], s=34, facecolors=ROLE["paper"], zorder=2,
                                          edgecolors=ROLE["control"], linewidths=1.2,
                                          clip_on=False)  # fmt: skip
            self.dots = self.ax.scatter([], [], s=36, color=ROLE["recalled"], linewidths=0,
                                        zorder=2, clip_on=False)  # fmt: skip
            spread = np.linspace(-0.28, 0.28, MOST_DIGITS)
            self._x = np.random.default_rng(2).permutation(spread)

    def update(self, result: Any) -> Sequence[Artist]:
        """Show other memories or another cue."""
        shape, cell = (8, 8), self._cell
        self.pictures.set_data(
            row_of_pictures(
                [
                    picture_pixels(result.digits[0], shape=shape, role="other", cell=cell),
                    picture_pixels(result.cue, shape=shape, role="cue", cell=cell),
                    picture_pixels(result.final[0][0], shape=shape, role="other", cell=cell),
                    picture_pixels(result.final[1][0], shape=shape, cell=cell),
                ],
                gap=self._gap,
            )
        )
        self.thumbs.set_data(_small(result.digits[1:]))
        n = len(result.digits)
        self.hollow.set_offsets(np.column_stack([self._x[:n], result.overlaps(0)]))
        self.dots.set_offsets(np.column_stack([1 + self._x[:n], result.overlaps(1)]))
        return [self.pictures, self.thumbs, self.hollow, self.dots]

    def freeze(self) -> Sequence[Artist]:
        """Leave the mean of both rules behind."""
        offsets = [np.asarray(one.get_offsets()) for one in (self.hollow, self.dots)]
        return [
            artist
            for k, points in enumerate(offsets)
            for artist in ghost_lines(self.ax, [k - 0.35, k + 0.35], [points[:, 1].mean()] * 2)
        ]


def pseudo_inverse_exhibit() -> Exhibit:
    """Return the parts of `pseudo_inverse`."""
    return Exhibit(
        question="Can a network hold memories that resemble each other?",
        model=two_rules,
        scene=RulesScene,
        alt=rules_reading,
        controls={
            "stored": Slider(label="Digits stored", low=2, high=MOST_DIGITS, step=1, value=6,
                             unit="in 64 pixels"),
            "flipped": Slider(label="Pixels flipped", low=0, high=30, step=1, value=5,
                              unit="% of the cue"),
        },
    )  # fmt: skip
