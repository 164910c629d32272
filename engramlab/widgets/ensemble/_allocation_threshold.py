"""Where the competition settles, and how large the engram is under more or less inhibition."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist

from engramlab._types import Float
from engramlab.ensemble import COURSE, allocate
from engramlab.plots import new_picture, style
from engramlab.plots._allocation import percent
from engramlab.plots._allocation_curves import SizesDrawing, ThresholdDrawing
from engramlab.widgets._controls import Slider
from engramlab.widgets._panel import Exhibit
from engramlab.widgets._stage import Scene
from engramlab.widgets.ensemble._allocation import N_NETWORKS, Competition, compete, networks

LEVELS = np.arange(3.5, 56.01, 0.5)


def settle_at(inhibition: float, cells: float) -> Competition:
    """Return where twenty networks settle, with more CREB in some cells."""
    return compete(cells, COURSE.creb, inhibition)


def threshold_reading(shown: Competition) -> str:
    """Return the one line: the setting, and where the curves cross."""
    before, after = shown.sizes
    theta = shown.inhibition * after
    return (
        f"inhibition {shown.inhibition:.0f}, more CREB in {100 * shown.share:.0f} % of the cells: "
        f"the curves cross at {percent(after[0])} % of the cells, threshold {theta[0]:.2f} "
        f"({N_NETWORKS} networks: {percent(after.min())} to {percent(after.max())} %; without "
        f"CREB {percent(before.mean())} % on average, threshold "
        f"{shown.inhibition * before.mean():.2f})"
    )


class ThresholdScene(Scene):
    """The two curves of the first of the twenty networks."""

    def __init__(self) -> None:
        with style():
            self.figure = new_picture(height=350)
            self.drawing = ThresholdDrawing(self.figure, top=48, drives=networks().drive[0])

    def update(self, result: Any) -> Sequence[Artist]:
        """Show another competition."""
        drives = networks().drive[0] + result.step * result.treated[0]
        self.drawing.set(drives, result.inhibition, float(result.sizes[1][0]))
        return self.drawing.moving()

    def freeze(self) -> Sequence[Artist]:
        """Leave the falling curve behind."""
        return self.drawing.ghost()


def settling_exhibit() -> Exhibit:
    """Return the parts of `settling`."""
    return Exhibit(
        question="Where does the competition settle?",
        model=settle_at,
        scene=ThresholdScene,
        alt=threshold_reading,
        controls={
            "inhibition": Slider(label="Inhibition", low=7, high=28, step=1,
                                 value=int(COURSE.inhibition), unit="(ours: 14)"),
            "cells": Slider(label="More CREB in", low=0, high=50, step=5, value=15,
                              unit="% of the cells"),
        },
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Sizes:
    """How large the engram is in twenty networks.

    Attributes
    ----------
    inhibition : float
    size, outside : ndarray of shape (n_networks,)
        Share of the cells; and if the threshold were set from outside, in proportion to the
        inhibition, however many cells are active.
    """

    inhibition: float
    size: Float
    outside: Float


@cache
def all_sizes() -> tuple[Float, Float]:
    """Return shares of shape (n_levels, n_networks): with feedback, and without."""
    drives = networks().drive
    sizes = np.array(
        [[allocate(drive, level).mean() for drive in drives] for level in LEVELS.tolist()]
    )
    normal = int(np.argmin(np.abs(LEVELS - COURSE.inhibition)))
    n_active = np.rint(sizes[normal] * drives.shape[1]).astype(np.intp)
    ordered = -np.sort(-drives, axis=1)
    ours = np.take_along_axis(ordered, n_active[:, None], axis=1)  # the strongest that lost
    outside = np.array([
        (drives > ours * level / COURSE.inhibition).mean(axis=1) for level in LEVELS.tolist()
    ])  # fmt: skip
    return sizes, outside


def at_level(inhibition: float) -> Sizes:
    """Return the sizes under this inhibition."""
    sizes, outside = all_sizes()
    k = int(np.argmin(np.abs(LEVELS - inhibition)))
    return Sizes(inhibition=inhibition, size=sizes[k], outside=outside[k])


def sizes_reading(shown: Sizes) -> str:
    """Return the one line: the inhibition, and the size."""
    size, normal = shown.size, at_level(COURSE.inhibition).size.mean()
    return (
        f"inhibition {shown.inhibition:g}: engram of {percent(size.mean())} % of the cells "
        f"({N_NETWORKS} networks: {percent(size.min())} to {percent(size.max())} %; at 14: "
        f"{percent(normal)} %); "
        f"if the threshold did not follow activity: {percent(shown.outside.mean())} %"
    )


class SizesScene(Scene):
    """Twenty thin networks, their mean, the marker."""

    def __init__(self) -> None:
        sizes, outside = all_sizes()
        with style():
            self.figure = new_picture(height=350)
            self.drawing = SizesDrawing(self.figure, top=48, levels=LEVELS, sizes=sizes,
                                        outside=outside)  # fmt: skip

    def update(self, result: Any) -> Sequence[Artist]:
        """Move the marker to another inhibition."""
        self.drawing.set(result.inhibition, result.size)
        return self.drawing.moving()

    def freeze(self) -> Sequence[Artist]:
        """Leave a stem behind."""
        return self.drawing.ghost()


def engram_sizes_exhibit() -> Exhibit:
    """Return the parts of `engram_sizes`."""
    return Exhibit(
        question="How large is the engram under more inhibition?",
        model=at_level,
        scene=SizesScene,
        alt=sizes_reading,
        controls={
            "inhibition": Slider(label="Inhibition", low=3.5, high=56.0, step=0.5, value=28.0,
                                 unit="(ours: 14)")
        },
    )  # fmt: skip
