"""Contacts that move day by day: the place fails, light on the engram does not; lesson 11."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist

from engramlab._types import Float
from engramlab.experiments import remodelled
from engramlab.plots import new_picture, style
from engramlab.plots._axes import number
from engramlab.plots._days import DayCurve, DaysDrawing
from engramlab.trials import sweep
from engramlab.widgets._controls import Choice, Slider
from engramlab.widgets._panel import Exhibit
from engramlab.widgets._stage import Scene
from engramlab.widgets.ensemble._engrams import N_ANIMALS, spread

DAYS = tuple(range(1, 29))
SHARES_MOVED = {"2 %": 0.02, "5 %": 0.05}
_STAYS = 0.0  # the control: no contact moves


@cache
def course(daily_share: float) -> Float:
    """Return drives of shape (n_days, n_read_outs, n_animals) if that share moves each day."""
    grid: dict[str, list[Any]] = {"daily_share": [daily_share], "days": [DAYS]}
    found = sweep(remodelled, seeds=N_ANIMALS, grid=grid, progress=False)
    return np.moveaxis(found[0, 0, ..., 0], 0, -1)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Remodelled:
    """One course of days.

    Attributes
    ----------
    moved : str
        Share of the contacts that moves each day.
    day : int
        Days since learning.
    natural, light, others, still : ndarray of shape (n_days, n_animals)
        Drive in the place; with light on the engram, or on as many others, in a new place; and in
        the place if no contact moves.
    """

    moved: str
    day: int
    natural: Float
    light: Float
    others: Float
    still: Float

    def words(self, drives: Float) -> str:
        """Return the mean on the day shown, with the least and the most."""
        return spread(drives[DAYS.index(self.day)])


def move(moved: str, day: int) -> Remodelled:
    """Return what 20 animals give on `day` if the share `moved` of their contacts moves daily."""
    natural, light, others = np.moveaxis(course(SHARES_MOVED[moved]), 1, 0)
    return Remodelled(
        moved=moved,
        day=day,
        natural=natural,
        light=light,
        others=others,
        still=course(_STAYS)[:, 0],
    )


def days_reading(shown: Remodelled) -> str:
    """Return the one line: the share and the day, then the drives."""
    at = DAYS.index(shown.day)
    return (
        f"{shown.moved} of the contacts move each day, day {shown.day}: the place drives the "
        f"read-out by {shown.words(shown.natural)} in {N_ANIMALS} animals, light on the engram in "
        f"a new place by {shown.words(shown.light)}, light on as many others by "
        f"{number(shown.others[at].mean())}; the place if no contact moves by "
        f"{number(shown.still[at].mean())}"
    )


class DaysScene(Scene):
    """Place, light, light on others, and the place if no contact moves, over four weeks."""

    def __init__(self) -> None:
        with style():
            self.figure = new_picture(height=350)
            self.drawing = DaysDrawing(
                self.figure, top=48, days=np.array(DAYS, dtype=float), n_curves=4, highest=2.4
            )
        for share in SHARES_MOVED.values():  # run now, so that no choice has to wait
            course(share)

    def update(self, result: Any) -> Sequence[Artist]:
        """Show another share or another day."""
        self.drawing.set(
            result.day,
            [
                DayCurve(name="the place", drives=result.natural),
                DayCurve(name="light on the engram", drives=result.light, role="light"),
                DayCurve(
                    name="light on others", drives=result.others, role="control", control=True
                ),
                DayCurve(
                    name="the place, none move", drives=result.still, role="control", control=True
                ),
            ],
        )
        return self.drawing.moving()

    def freeze(self) -> Sequence[Artist]:
        """Leave the present means behind."""
        return self.drawing.ghost()


def days_exhibit() -> Exhibit:
    """Return the parts of `remodelled_contacts`."""
    return Exhibit(
        question="Contacts move a little every day. When does the place fail, and does light?",
        model=move,
        scene=DaysScene,
        alt=days_reading,
        controls={
            "moved": Choice(label="Contacts moved a day", options=tuple(SHARES_MOVED), value="5 %"),
            "day": Slider(
                label="Read out on day",
                low=DAYS[0],
                high=DAYS[-1],
                step=1,
                value=14,
                unit="after learning",
            ),
        },
    )
