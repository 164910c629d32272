"""The picture of the README: the same cells four times, from allocation to forgetting."""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap

from engramlab._types import Bool, Float, Int
from engramlab.attractors import Hopfield
from engramlab.look import DASH, EXCITABILITY, LINE, ROLE, SIZE, TYPE
from engramlab.plots._axes import Picture, ax_px, new_picture, style, text_px

_ROWS, _COLUMNS = 11, 12
_SHEET = (206, 200)  # pixels
_LEFTS = (40, 278, 516, 754)
_ENGRAM, _GIVEN = 17, 6
_WORDS = (
    ("Allocate", "excitable cells win"),
    ("Encode", "synapses change"),
    ("Complete", "a cue brings it back"),
    ("Forget", "ties weaken"),
)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Story:
    """One memory in 132 cells.

    Attributes
    ----------
    places : ndarray of shape (n_cells, 2)
        Where each cell lies on the sheet, in pixels.
    excitability : ndarray of shape (n_cells,)
        0 to 1.
    engram : ndarray of bool of shape (n_cells,)
        The cells that won: the highest sums of excitability and drive.
    given : ndarray of bool of shape (n_cells,)
        The engram cells of the cue.
    recalled : ndarray of bool of shape (n_cells,)
        The cells that are on when a network that stores this memory and two others has run from
        the cue.
    kept : ndarray of bool of shape (n_cells,)
        The engram cells that are not silent in the last sheet; drawn, not computed.
    """

    places: Float
    excitability: Float
    engram: Bool
    given: Bool
    recalled: Bool
    kept: Bool


def story(*, seed: int = 96) -> Story:
    """Return the memory that `hero` draws: who won, and what the network made of the cue."""
    rng = np.random.default_rng(seed)
    n_cells = _ROWS * _COLUMNS
    row, column = np.divmod(np.arange(n_cells), _COLUMNS)
    x = (column + 0.5 + 0.25 * (row % 2)) / (_COLUMNS + 0.4) * _SHEET[0]
    y = (row + 0.5) / _ROWS * _SHEET[1]
    places = np.column_stack([x, y]) + rng.uniform(-2.6, 2.6, (n_cells, 2))
    excitability = rng.beta(1.6, 1.6, n_cells)
    engrams = []
    for _ in range(3):
        drive = excitability + rng.normal(0, 0.22, n_cells)
        engram = np.zeros(n_cells, dtype=np.bool_)
        engram[np.argsort(-drive)[:_ENGRAM]] = True
        engrams.append(engram)
    memories: Int = np.where(np.array(engrams), 1, -1).astype(np.int8)
    network = Hopfield.store(memories, rule="pseudo_inverse")
    members = np.flatnonzero(engrams[0] & ~engrams[1] & ~engrams[2])
    fallback = np.flatnonzero(engrams[0])
    pool = np.concatenate([members, np.setdiff1d(fallback, members)])
    given = np.zeros(n_cells, dtype=np.bool_)
    given[pool[:_GIVEN]] = True
    final = network.recall(np.where(given, 1, -1), rng=seed).final
    kept = np.zeros(n_cells, dtype=np.bool_)
    kept[rng.permutation(fallback)[:_GIVEN]] = True
    return Story(places=places, excitability=excitability, engram=engrams[0], given=given,
                 recalled=final > 0, kept=kept)  # fmt: skip


def _ties(places: Float, sources: Bool, targets: Bool, nearest: int) -> list[Float]:
    """Return lines from each source to its nearest targets."""
    goals = np.flatnonzero(targets)
    pairs = set()
    for cell in np.flatnonzero(sources):
        others = goals[goals != cell]
        order = np.argsort(((places[others] - places[cell]) ** 2).sum(axis=1))
        pairs |= {tuple(sorted((int(cell), int(k)))) for k in others[order[:nearest]]}
    return [places[list(pair)] for pair in sorted(pairs)]


def _lines(ax: Axes, ties: list[Float], role: str, *, alpha: float, width: float = 1.4) -> None:
    ax.add_collection(
        LineCollection(ties, colors=ROLE[role], alpha=alpha, linewidths=width, zorder=2)
    )


def _dots(
    ax: Axes, places: Float, face: str, edge: str, *, size: float, width: float, zorder: float = 3
) -> None:
    ax.scatter(places[:, 0],
        places[:, 1], s=size, facecolors=face, edgecolors=edge, linewidths=width,
               zorder=zorder, clip_on=False)  # fmt: skip


def hero() -> Picture:
    """Draw one memory in the same cells four times: allocate, encode, complete, forget.

    The winners are computed (the most excitable cells, with chance), and so is what the cue brings
    back (a network that stores three memories); ties and loss are drawn.

    Returns
    -------
    Picture
        1000 x 384 pixels at 1x; its smallest type is read at the width of a telephone.
    """
    told = story()
    with style():
        figure = new_picture(SIZE["hero_width"], SIZE["hero_height"])
        text_px(figure, _LEFTS[0], 54, "engramlab", fontsize=TYPE["hero_name"], weight="bold",
                color=ROLE["ink"])  # fmt: skip
        text_px(figure, 292, 54, "how a memory finds its cells, comes back, and fades",
                fontsize=TYPE["hero_line"])  # fmt: skip
        sheets = []
        for left, (name, words) in zip(_LEFTS, _WORDS, strict=True):
            ax = ax_px(figure, left, 84, *_SHEET)
            ax.set(xlim=(0, _SHEET[0]), ylim=(_SHEET[1], 0))
            ax.set_axis_off()
            text_px(figure, left, 328, name, fontsize=TYPE["hero_head"], weight="bold",
                    color=ROLE["ink"])  # fmt: skip
            text_px(figure, left, 356, words, fontsize=TYPE["hero_note"])
            sheets.append(ax)
        _allocate(sheets[0], told)
        for ax in sheets[1:]:
            _dots(ax, told.places, ROLE["rule"], "none", size=52, width=0, zorder=1)
        _encode(sheets[1], told)
        _complete(sheets[2], told)
        _forget(sheets[3], told)
    right = int((told.recalled & told.engram).sum())
    figure.alt = (
        f"The same {len(told.places)} cells four times. Allocate: {_ENGRAM} of the most "
        f"excitable cells become the engram. Encode: synapses between them change. Complete: "
        f"{_GIVEN} of them are given, and {right} of {_ENGRAM} come back. Forget: ties weaken and "
        "cells fall silent."
    )
    return figure


def _allocate(ax: Axes, told: Story) -> None:
    ramp = LinearSegmentedColormap.from_list("excitability", list(EXCITABILITY))
    rank = np.argsort(np.argsort(told.excitability)) / (told.excitability.size - 1)
    colours = ramp(rank)
    ax.scatter(
        told.places[:, 0], told.places[:, 1], s=52, c=colours, linewidths=0, zorder=2, clip_on=False
    )
    winners = told.places[told.engram]
    _dots(ax, winners, ROLE["paper"], ROLE["engram"], size=165, width=2.4)
    ax.scatter(
        winners[:, 0],
        winners[:, 1],
        s=54,
        c=colours[told.engram],
        linewidths=0,
        zorder=4,
        clip_on=False,
    )


def _encode(ax: Axes, told: Story) -> None:
    _lines(ax, _ties(told.places, told.engram, told.engram, 4), "engram", alpha=0.5)
    _dots(ax, told.places[told.engram], ROLE["engram"], ROLE["paper"], size=120, width=1.0)


def _complete(ax: Axes, told: Story) -> None:
    back = told.recalled & ~told.given
    ties = _ties(told.places, told.given, back, 3) + _ties(told.places, back, told.given, 2)
    _lines(ax, ties, "recalled", alpha=0.6)
    _dots(ax, told.places[back], ROLE["recalled"], ROLE["paper"], size=120, width=1.0)
    _dots(ax, told.places[told.given], ROLE["cue"], ROLE["cue_edge"], size=126, width=1.7)


def _forget(ax: Axes, told: Story) -> None:
    silent = told.engram & ~told.kept
    _lines(ax, _ties(told.places, told.kept, told.kept, 1), "engram", alpha=0.4)
    _dots(ax, told.places[told.kept], ROLE["engram"], ROLE["paper"], size=120, width=1.0)
    ax.scatter(told.places[silent, 0],
        told.places[silent, 1], s=96, facecolors=ROLE["paper"], edgecolors=ROLE["silent"],
               linewidths=LINE["silent"], linestyles=[DASH["silent"]], zorder=3,
               clip_on=False)  # fmt: skip
