"""Two events and the time between them: shared cells, and what A brings back; lesson 06."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.artist import Artist

from engramlab._types import Float
from engramlab.ensemble import COURSE
from engramlab.experiments import linked
from engramlab.experiments.allocation import newborn
from engramlab.plots import new_picture, style
from engramlab.plots._axes import number
from engramlab.plots._linking import LinkingDrawing
from engramlab.plots._linking_ageing import AgeingDrawing
from engramlab.plots._linking_parts import Shared, when
from engramlab.trials import sweep
from engramlab.widgets._controls import Slider
from engramlab.widgets._panel import Exhibit
from engramlab.widgets._stage import Scene

N_ANIMALS = 20
GAPS = np.array([1.5, *range(3, 49, 3), 168.0])
DOTTED = np.isin(GAPS, (1.5, 3, 6, 12, 24, 48, 168))
SIZE = round(COURSE.size_expected * COURSE.n_cells)  # cells of one engram
AGED_GAPS = np.array([1.5, 3.0, 5.0, 12.0, 24.0, 48.0])
AGED_AT = 5.0  # hours: where the strips and the reading of `ageing` stand
BUMPS = np.arange(0, 101, 25)  # % of what activity adds to the excitability of a young cell
SHOWN = 10  # seed of the animal whose cells are drawn: its overlap stays near the mean


class Columns(NamedTuple):
    """Columns of what `linked` returns."""

    overlap: int = 0
    chance: int = 1
    drive: int = 2
    drive_new: int = 4


COLUMN = Columns()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Pair:
    """Two events of 20 animals at one time between them.

    Attributes
    ----------
    gap : float
        Hours from A to B.
    overlap, chance, drive, drive_new : ndarray of shape (n_animals,)
        Of the two engrams; that for cells drawn at random; what A brings back; what C does.
    shared : Shared
        Cells of one animal.
    """

    gap: float
    overlap: Float
    chance: Float
    drive: Float
    drive_new: Float
    shared: Shared


@cache
def all_gaps() -> Float:
    """Return `linked` over gaps and animals, shape (n_gaps, n_animals, 6), run once."""
    grid = {"gap_hours": GAPS.tolist()}
    return sweep(linked, seeds=N_ANIMALS, grid=grid, progress=False)


@cache
def cells_of(gap: float, bump: float = COURSE.bump) -> Shared:
    """Return the cells of one animal in which two events lie `gap` hours apart."""
    source = np.random.default_rng([0, SHOWN])
    animal, (a, b, _) = newborn(3, COURSE._replace(bump=bump), rng=source)
    animal, first = animal.encode(a, rng=source)
    _, second = animal.advance(gap, rng=source).encode(b, shock=True, rng=source)
    return Shared(
        first=int(first.sum()),
        second=int(second.sum()),
        both=int((first & second).sum()),
        n_cells=first.size,
    )


def move_apart(gap: float) -> Pair:
    """Return two events of 20 animals, `gap` hours apart."""
    found = all_gaps()[int(np.argmin(np.abs(GAPS - gap)))]
    return Pair(
        gap=gap,
        overlap=found[:, COLUMN.overlap],
        chance=found[:, COLUMN.chance],
        drive=found[:, COLUMN.drive],
        drive_new=found[:, COLUMN.drive_new],
        shared=cells_of(gap),
    )


def linking_reading(shown: Pair) -> str:
    """Return the one line: the gap, overlap with its spread and chance, and what A brings back."""
    cells = shown.shared
    return (
        f"gap {when(shown.gap)}: overlap {number(shown.overlap.mean())} ({N_ANIMALS} animals: "
        f"{number(shown.overlap.min())} to {number(shown.overlap.max())}; chance "
        f"{number(shown.chance.mean())}); in the animal drawn {cells.both} of {cells.first} cells "
        f"shared (by chance about {cells.by_chance:.0f}); a day after the shock in B, A "
        f"brings back a drive of {number(shown.drive.mean())}, a new place "
        f"{number(shown.drive_new.mean())}"
    )


class LinkingScene(Scene):
    """Overlap above, what A brings back below, over the time between; cells of one animal."""

    def __init__(self) -> None:
        found = all_gaps()
        with style():
            self.figure = new_picture(height=484)
            self.drawing = LinkingDrawing(
                self.figure,
                top=48,
                hours=GAPS,
                overlap=found[..., COLUMN.overlap],
                drive=found[..., COLUMN.drive],
                drive_new=found[..., COLUMN.drive_new],
                dotted=DOTTED,
                size=SIZE,
                n_cells=COURSE.n_cells,
                half=COURSE.threshold_recall,
            )

    def update(self, result: Any) -> Sequence[Artist]:
        """Show another gap."""
        self.drawing.set(result.gap, result.shared)
        return self.drawing.moving()

    def freeze(self) -> Sequence[Artist]:
        """Leave stems at the present gap behind."""
        return self.drawing.ghost()


def linking_exhibit() -> Exhibit:
    """Return the parts of `linking`."""
    return Exhibit(
        question="How far apart may two events be, and still share cells?",
        model=move_apart,
        scene=LinkingScene,
        alt=linking_reading,
        controls={
            "gap": Slider(label="Time from A to B", low=3, high=48, step=3, value=6,
                          unit="h")
        },
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Aged:
    """Overlaps of 20 animals whose cells get a part of a young cell's bump of excitability.

    Attributes
    ----------
    percent : int
        Of what activity adds to the excitability of a young cell.
    overlap : ndarray of shape (n_gaps, n_animals)
        For each of `AGED_GAPS`.
    shared : Shared
        Cells of one animal at `AGED_AT`.
    """

    percent: int
    overlap: Float
    shared: Shared

    @property
    def at(self) -> Float:
        """Overlaps of the animals at `AGED_AT`."""
        return np.asarray(self.overlap[AGED_GAPS == AGED_AT][0])


@cache
def aged(percent: int) -> Aged:
    """Return 20 animals in which activity adds `percent` of the excitability of a young cell."""
    bump = COURSE.bump * percent / 100
    grid = {"gap_hours": AGED_GAPS.tolist(), "constants": [COURSE._replace(bump=bump)]}
    found = sweep(linked, seeds=N_ANIMALS, grid=grid, progress=False)
    return Aged(
        percent=percent,
        overlap=found[:, 0, :, COLUMN.overlap],
        shared=cells_of(AGED_AT, bump),
    )


def move_bump(percent: int) -> Aged:
    """Return 20 animals with a part of a young cell's bump; all parts are run at the first call."""
    return _all_bumps()[percent]


@cache
def _all_bumps() -> dict[int, Aged]:
    return {percent: aged(percent) for percent in BUMPS.tolist()}


def ageing_reading(shown: Aged) -> str:
    """Return the one line: the bump, the overlap at 5 h with its spread, the young, and a day."""
    young = _all_bumps()[100]
    day = shown.overlap[AGED_GAPS == 24][0]
    return (
        f"bump {shown.percent} % of a young cell's: overlap {number(shown.at.mean())} at "
        f"{when(AGED_AT)} ({N_ANIMALS} animals: {number(shown.at.min())} to "
        f"{number(shown.at.max())}; young {number(young.at.mean())}, chance "
        f"{number(SIZE / COURSE.n_cells)}), {number(day.mean())} at 24 h; in the animal drawn "
        f"{shown.shared.both} of {shown.shared.first} cells shared at {when(AGED_AT)}"
    )


class AgeingScene(Scene):
    """Overlap against the gap at one bump; the young stay, dashed; cells of one animal at 5 h."""

    def __init__(self) -> None:
        young = _all_bumps()[100]
        with style():
            self.figure = new_picture(height=330)
            self.drawing = AgeingDrawing(
                self.figure,
                top=48,
                hours=AGED_GAPS,
                young=young.overlap,
                at=AGED_AT,
                young_cells=young.shared,
                size=SIZE,
                n_cells=COURSE.n_cells,
            )

    def update(self, result: Any) -> Sequence[Artist]:
        """Show another bump."""
        self.drawing.set(result.percent, result.overlap, result.shared)
        return self.drawing.moving()

    def freeze(self) -> Sequence[Artist]:
        """Leave the present curve behind."""
        return self.drawing.ghost()


def ageing_exhibit() -> Exhibit:
    """Return the parts of `ageing`."""
    return Exhibit(
        question="Do two events share cells if activity leaves cells no more excitable?",
        model=move_bump,
        scene=AgeingScene,
        alt=ageing_reading,
        controls={
            "percent": Slider(label="Bump of excitability", low=0, high=100, step=25, value=0,
                              unit="% of a young cell's")
        },
    )  # fmt: skip
