"""Cells that compete for an event: more excitable ones win, less excitable ones are left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist

from engramlab._types import Bool, Float
from engramlab.ensemble import COURSE, allocate
from engramlab.experiments.allocation import newborn
from engramlab.measures import recruitment_ratio
from engramlab.plots import new_picture, style
from engramlab.plots._allocation import HEIGHT, AllocationDrawing, Strip, percent
from engramlab.plots._cells import Cells
from engramlab.widgets._controls import Slider
from engramlab.widgets._panel import Exhibit
from engramlab.widgets._stage import Scene

N_NETWORKS = 20


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Networks:
    """Twenty networks that meet an event for the first time.

    Attributes
    ----------
    drive, excitability : ndarray of shape (n_networks, n_cells)
        What the context and the excitability give each cell, and the latter alone.
    order : ndarray of shape (n_networks, n_cells)
        In which order cells are treated.
    """

    drive: Float
    excitability: Float
    order: Any


@cache
def networks() -> Networks:
    """Return the twenty networks, made once: those of `el.sweep(el.recruited)`."""
    drives, levels, orders = [], [], []
    for seed in range(N_NETWORKS):
        source = np.random.default_rng([0, seed])
        animal, (context,) = newborn(1, COURSE, rng=source)
        drives.append(animal.recall(context).cell_drive)
        levels.append(animal.excitability)
        orders.append(source.permutation(animal.n_cells))
    return Networks(drive=np.array(drives), excitability=np.array(levels), order=np.array(orders))


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Competition:
    """Who wins in twenty networks, some of whose cells are treated.

    Attributes
    ----------
    share, step, inhibition : float
        Share of the cells that is treated, what that adds to their excitability, and how strong
        the inhibition is.
    treated, engram, untreated : ndarray of bool of shape (n_networks, n_cells)
        The treated cells; those in the engram; those in it without the treatment.
    """

    share: float
    step: float
    inhibition: float
    treated: Bool
    engram: Bool
    untreated: Bool

    @property
    def sizes(self) -> tuple[Float, Float]:
        """Share of cells in the engram without and with the treatment, for each network."""
        return self.untreated.mean(axis=1), self.engram.mean(axis=1)

    @property
    def theirs(self) -> tuple[Float, Float]:
        """Share of the engram that the treated cells are, without and with the treatment."""
        masks = self.untreated, self.engram
        before, after = ((each & self.treated).sum(axis=1) / each.sum(axis=1) for each in masks)
        return before, after

    @property
    def others(self) -> tuple[Float, Float]:
        """Share of the other cells that is in the engram, without and with the treatment."""
        rest = ~self.treated
        masks = self.untreated, self.engram
        before, after = ((each & rest).sum(axis=1) / rest.sum(axis=1) for each in masks)
        return before, after

    @property
    def ratio(self) -> float:
        """How many times as likely a treated cell is to be in the engram, mean over networks."""
        pairs = zip(self.engram, self.treated, strict=True)
        return float(np.mean([recruitment_ratio(engram, cells) for engram, cells in pairs]))

    @property
    def cells(self) -> Cells:
        """The first network."""
        excitability = networks().excitability[0] + self.step * self.treated[0]
        return Cells(excitability=excitability, engram=self.engram[0], treated=self.treated[0])


@cache
def _untreated(inhibition: float) -> Bool:
    """Return the engrams of the twenty networks without a treatment."""
    return np.array([allocate(drive, inhibition) for drive in networks().drive])


def compete(cells: float, step: float, inhibition: float) -> Competition:
    """Treat some cells of each of the twenty networks, and let all compete.

    Parameters
    ----------
    cells : float
        How many, in per cent.
    step : float
        What the treatment adds to their excitability; negative if it lowers it.
    inhibition : float
    """
    found = networks()
    n_networks, n_cells = found.drive.shape
    treated = np.zeros((n_networks, n_cells), dtype=np.bool_)
    chosen = found.order[:, : round(cells * n_cells / 100)]
    np.put_along_axis(treated, chosen, values=True, axis=1)
    drives = found.drive + step * treated
    return Competition(
        share=cells / 100,
        step=step,
        inhibition=inhibition,
        treated=treated,
        engram=np.array([allocate(drive, inhibition) for drive in drives]),
        untreated=_untreated(inhibition),
    )


def give_creb(cells: float, strength: float, inhibition: float) -> Competition:
    """Return twenty networks with more CREB in some cells."""
    return compete(cells, strength, inhibition)


def lower(cells: float, by: float) -> Competition:
    """Return twenty networks with some less excitable cells."""
    return compete(cells, -by, COURSE.inhibition)


def _range(shares: Float, digits: int = 1) -> str:
    """Write the extremes over networks in per cent."""
    return f"{percent(shares.min(), digits)} to {percent(shares.max(), digits)} %"


def _times(ratio: float) -> str:
    """Say how many times as likely a treated cell is; in some network no other cell may win."""
    return f"{ratio:.1f} times as likely" if np.isfinite(ratio) else "nearly alone"


def creb_reading(shown: Competition) -> str:
    """Return the one line: the setting, the engram's size, and who is in it."""
    first, (before, after), theirs = shown.engram[0], shown.sizes, shown.theirs[1]
    return (
        f"more CREB in {shown.treated[0].sum()} of 400 cells (excitability + {shown.step:.2f}), "
        f"inhibition {shown.inhibition:.0f}: engram of {first.sum()} cells, "
        f"{(first & shown.treated[0]).sum()} of them with CREB; {N_NETWORKS} networks: "
        f"{percent(after.mean())} % of all cells ({_range(after)}; control "
        f"{percent(before.mean())} %), {percent(theirs.mean(), 0)} % of them CREB cells "
        f"({_range(theirs, 0)}), {_times(shown.ratio)} to be in it"
    )


def lower_reading(shown: Competition) -> str:
    """Return the one line: the setting, the engram's size, and what the others do."""
    first, (before, after), (alone, others) = shown.engram[0], shown.sizes, shown.others
    return (
        f"{shown.treated[0].sum()} of 400 cells less excitable (by {-shown.step:.2f}): engram of "
        f"{first.sum()} cells, {(first & shown.treated[0]).sum()} of these among them; "
        f"{N_NETWORKS} networks: {percent(after.mean())} % of all cells ({_range(after)}; control "
        f"{percent(before.mean())} %), {percent(others.mean())} % of the other cells "
        f"({_range(others)}; control {percent(alone.mean())} %)"
    )


SIZE_TITLE, SIZE_UNIT = "engram size", f"% of all cells, {N_NETWORKS} networks"
CREB_STRIPS = (
    Strip(title=SIZE_TITLE, unit=SIZE_UNIT, ticks=(0, 15, 30), digits=1, arm="CREB"),
    Strip(title="CREB cells", unit="% of the engram; dashed: chance", ticks=(0, 50, 100),
          digits=0, arm="CREB"),
)  # fmt: skip
LOWER_STRIPS = (
    Strip(title=SIZE_TITLE, unit=SIZE_UNIT, ticks=(0, 10, 20), digits=1, arm="lowered"),
    Strip(title="the cells left alone", unit="% of them in the engram", ticks=(0, 10, 20),
          digits=1, arm="lowered"),
)  # fmt: skip


class _Sheets(Scene):
    """The sheet of one network, and the strips of all."""

    drawing: AllocationDrawing

    def freeze(self) -> Sequence[Artist]:
        """Leave the means of the treated networks behind."""
        return self.drawing.ghost()

    def _draw(self, treatment: str, treated: str, strips: Sequence[Strip]) -> None:
        with style():
            self.figure = new_picture(height=HEIGHT)
            self.drawing = AllocationDrawing(
                self.figure, top=48, treatment=treatment, treated=treated, strips=strips,
                n_networks=N_NETWORKS,
            )  # fmt: skip


class CrebScene(_Sheets):
    """More CREB: diamonds; the lower strip is their share of the engram, with chance."""

    def __init__(self) -> None:
        self._draw("creb", "CREB cell", CREB_STRIPS)

    def update(self, result: Any) -> Sequence[Artist]:
        """Show another competition."""
        self.drawing.set(result.cells, (result.sizes, result.theirs), result.share)
        return self.drawing.moving()


class LowerScene(_Sheets):
    """Less excitable cells: triangles; the lower strip is what becomes of the others."""

    def __init__(self) -> None:
        self._draw("lowered", "less excitable", LOWER_STRIPS)

    def update(self, result: Any) -> Sequence[Artist]:
        """Show another competition."""
        self.drawing.set(result.cells, (result.sizes, result.others))
        return self.drawing.moving()


def allocation_exhibit() -> Exhibit:
    """Return the parts of `allocation`."""
    return Exhibit(
        question="Which cells get the event, and how many?",
        model=give_creb,
        scene=CrebScene,
        alt=creb_reading,
        controls={
            "cells": Slider(label="More CREB in", low=5, high=50, step=5, value=15,
                              unit="% of the cells"),
            "strength": Slider(label="It adds", low=0.0, high=0.6, step=0.1, value=COURSE.creb,
                               unit="to excitability"),
            "inhibition": Slider(label="Inhibition", low=7, high=28, step=1,
                                 value=int(COURSE.inhibition), unit="(ours: 14)"),
        },
    )  # fmt: skip


def exclusion_exhibit() -> Exhibit:
    """Return the parts of `exclusion`."""
    return Exhibit(
        question="What becomes of the other cells if some are harder to excite?",
        model=lower,
        scene=LowerScene,
        alt=lower_reading,
        controls={
            "cells": Slider(label="Less excitable", low=5, high=50, step=5, value=15,
                              unit="% of the cells"),
            "by": Slider(label="By", low=0.0, high=0.6, step=0.1, value=COURSE.lowered,
                         unit="(mean drive: 1)"),
        },
    )  # fmt: skip
