"""How much one network holds, and how near a cue must come."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection

from engramlab._types import Float
from engramlab.attractors import Hopfield, ags_critical
from engramlab.experiments import RECALLED, final_overlaps, fraction_recalled
from engramlab.look import LINE, ROLE, SIZE, TYPE
from engramlab.measures import crossing, overlap
from engramlab.patterns import corrupt, random_patterns
from engramlab.plots import ax_px, dress, new_picture, style
from engramlab.plots._axes import beside, ghost_lines
from engramlab.plots._blackout import BlackoutDrawing
from engramlab.trials import sweep
from engramlab.widgets._controls import Slider
from engramlab.widgets._panel import Exhibit
from engramlab.widgets._stage import Scene

N_NEURONS = 500
N_NETWORKS = 20
STORED = np.arange(20, 121, 5)
LARGE, LARGE_LOAD = 2000, 0.15
BASIN_STORED = np.arange(10, 71, 10)
BASIN_CUES = np.arange(0, 101, 5) / 100
_BASIN_CELLS = 4


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Capacity:
    """Memories recalled at one load.

    Attributes
    ----------
    stored : int
        Memories stored in 500 units.
    recalled : ndarray of shape (n_networks,)
        How many of them each network recalls.
    """

    stored: int
    recalled: Float


@cache
def all_loads() -> Float:
    """Return the share recalled, shape (n_loads, n_networks), from 20 networks, run once."""
    loads = (STORED / N_NEURONS).tolist()
    return sweep(fraction_recalled, seeds=N_NETWORKS, grid={"load": loads}, progress=False)


@cache
def two_humps() -> Float:
    """Return the final overlaps of 1,500 memories: five networks of 2,000 units at load 0.15."""
    return sweep(
        lambda rng: final_overlaps(load=LARGE_LOAD, n_neurons=LARGE, rng=rng),
        seeds=5,
        progress=False,
    ).ravel()


def fill(stored: int) -> Capacity:
    """Return how many of `stored` memories 20 networks of 500 units recall."""
    row = int(np.argmin(np.abs(STORED - stored)))
    return Capacity(stored=stored, recalled=all_loads()[row] * stored)


def blackout_reading(shown: Capacity) -> str:
    """Return the one line: load, memories recalled, and the spread over the networks."""
    percent = 100 * shown.recalled / shown.stored
    return (
        f"load {shown.stored / N_NEURONS:.2f}: {shown.recalled.mean():.0f} of {shown.stored} "
        f"memories recalled ({N_NETWORKS} networks: {percent.min():.0f} to {percent.max():.0f} %)"
    )


class BlackoutScene(Scene):
    """Twenty thin networks, their mean, the marker; beside it the two humps of larger networks."""

    def __init__(self) -> None:
        with style():
            self.figure = new_picture(height=328)
            self.drawing = BlackoutDrawing(
                self.figure,
                top=58,
                loads=STORED / N_NEURONS,
                recalled=all_loads(),
                limit=ags_critical().load,
                overlaps=two_humps(),
                overlaps_title="always at load 0.15, in\nlarger networks: 2,000 units",
            )

    def update(self, result: Any) -> Sequence[Artist]:
        """Move the marker to another load."""
        self.drawing.set(result.stored / N_NEURONS)
        return self.drawing.moving()

    def freeze(self) -> Sequence[Artist]:
        """Leave a stem at the present load behind."""
        return self.drawing.ghost()


def blackout_exhibit() -> Exhibit:
    """Return the parts of `blackout`."""
    return Exhibit(
        question="How much can one network hold?",
        model=fill,
        scene=BlackoutScene,
        alt=blackout_reading,
        controls={
            "stored": Slider(label="Memories stored", low=int(STORED[0]), high=int(STORED[-1]),
                             step=5, value=40, unit=f"in {N_NEURONS} units")
        },
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Basin:
    """Final against initial overlap at one load, and the cue looked at.

    Attributes
    ----------
    stored : int
        Memories stored in 500 units.
    cue : float
        Overlap of the cue with its memory.
    final : ndarray of shape (n_cues, n_networks, n_memories)
        Final overlaps.
    """

    stored: int
    cue: float
    final: Float


def _basin(*, stored: int, rng: np.random.Generator) -> Float:
    """Return final overlaps, shape (n_cues, 4), of four memories of one network."""
    patterns = random_patterns(stored, n_neurons=N_NEURONS, rng=rng)
    targets = patterns[:_BASIN_CELLS]
    cues = [corrupt(targets, (1 - m) / 2, rng=rng) for m in BASIN_CUES]
    final = Hopfield.store(patterns).recall_many(np.concatenate(cues), rng=rng).final
    return np.asarray(overlap(final.reshape(len(cues), _BASIN_CELLS, -1), targets))


@cache
def all_basins() -> Float:
    """Return final overlaps, shape (n_loads, n_networks, n_cues, 4), run once."""
    return sweep(_basin, seeds=N_NETWORKS, grid={"stored": BASIN_STORED.tolist()}, progress=False)


def look_into_basin(stored: int, cue: float) -> Basin:
    """Return the basin at one load, with a cue of overlap `cue`."""
    row = int(np.argmin(np.abs(BASIN_STORED - stored)))
    return Basin(stored=stored, cue=cue, final=all_basins()[row].transpose(1, 0, 2))


def basin_reading(shown: Basin) -> str:
    """Return the one line: load and cue, memories recalled, and where the basin ends."""
    here = shown.final[int(np.argmin(np.abs(BASIN_CUES - shown.cue)))]
    back, n_cues = int((here > RECALLED).sum()), here.size
    success = (shown.final > RECALLED).mean(axis=(1, 2))
    return (
        f"load {shown.stored / N_NEURONS:.2f}, cue overlap {shown.cue:.2f}: "
        f"{back} of {n_cues} cues end on their memory "
        f"({N_NETWORKS} networks; half of the cues do from overlap "
        f"{crossing(BASIN_CUES, success, 0.5):.2f} on)"
    )


class BasinScene(Scene):
    """Final against initial overlap: one thick curve, its networks, and the other loads in grey."""

    def __init__(self) -> None:
        with style():
            self.figure = new_picture(height=352)
            self.ax = ax_px(self.figure, SIZE["axis_left"], 50, 470, 240)
            dress(self.ax, x=(0, 0.5, 1), y=(0, 0.5, 1), y_lim=(-0.2, 1.0),
                  x_title="overlap of the cue with its memory",
                  y_title="overlap at the end")  # fmt: skip
            x = BASIN_CUES
            self.ax.plot((0, 1), (0, 1), color=ROLE["axis"], lw=1.0, ls=(0, (1, 2)), zorder=0.8)
            beside(self.ax, 1, 0.9, "dotted: no change", dx=14)
            means = all_basins().mean(axis=(1, 3))
            for mean in means:
                self.ax.plot(x, mean, color=ROLE["other"], lw=LINE["other"], zorder=1.2)
            beside(self.ax, 1, 0.76, "grey: other loads,", dx=14)
            first, last = BASIN_STORED[0] / N_NEURONS, BASIN_STORED[-1] / N_NEURONS
            beside(self.ax, 1, 0.69, f"{first:.2f} (left) to {last:.2f} (right)", dx=14)
            self.seeds = LineCollection([], colors=ROLE["recalled"], linewidths=LINE["seed"],
                                        alpha=LINE["seed_alpha"], zorder=2)  # fmt: skip
            self.ax.add_collection(self.seeds, autolim=False)
            (self.line,) = self.ax.plot([], [], color=ROLE["recalled"], lw=LINE["result"],
                                        zorder=3, clip_on=False)  # fmt: skip
            (self.marker,) = self.ax.plot(
                [], [], "o", ms=LINE["mark"], mfc=ROLE["paper"], mec=ROLE["recalled"],
                mew=LINE["mark_edge"], zorder=5, clip_on=False,
            )  # fmt: skip
            self.label = beside(self.ax, 1, 0.5, "", dx=14, weight="bold", color=ROLE["recalled"],
                                fontsize=TYPE["label"])  # fmt: skip
            beside(self.ax, 1, 0.43, f"mean of {N_NETWORKS} networks;", dx=14,
                   color=ROLE["recalled"])  # fmt: skip
            beside(self.ax, 1, 0.36, "thin: each network", dx=14, color=ROLE["recalled"])

    def update(self, result: Any) -> Sequence[Artist]:
        """Show another load or another cue."""
        x = BASIN_CUES
        each = result.final.mean(axis=2)
        mean = each.mean(axis=1)
        self.seeds.set_segments([np.column_stack([x, one]) for one in each.T])
        self.line.set_data(x, mean)
        self.marker.set_data([result.cue], [np.interp(result.cue, x, mean)])
        self.label.set_text(f"load {result.stored / N_NEURONS:.2f}")
        return [self.seeds, self.line, self.marker, self.label]

    def freeze(self) -> Sequence[Artist]:
        """Leave the present curve behind."""
        x, y = self.line.get_data()
        return ghost_lines(self.ax, np.array(x), np.array(y))


def basins_exhibit() -> Exhibit:
    """Return the parts of `basins`."""
    return Exhibit(
        question="How near must a cue come before the memory pulls it in?",
        model=look_into_basin,
        scene=BasinScene,
        alt=basin_reading,
        controls={
            "stored": Slider(label="Memories stored", low=int(BASIN_STORED[0]),
                             high=int(BASIN_STORED[-1]), step=10, value=40,
                             unit=f"in {N_NEURONS} units"),
            "cue": Slider(label="Overlap of the cue", low=0.0, high=1.0, step=0.05, value=0.3,
                          unit="of at most 1"),
        },
    )  # fmt: skip
