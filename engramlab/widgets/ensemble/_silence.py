"""A silent engram by drug and light, and a memory switched off and on again; lesson 11."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist

from engramlab._types import Float
from engramlab.ensemble import COURSE
from engramlab.experiments import day_after, switched
from engramlab.experiments.shares import SHARES, lit_shares
from engramlab.plots import new_picture, style
from engramlab.plots._arms import Arm, ArmsDrawing, arms_height
from engramlab.plots._axes import number
from engramlab.plots._dose import percent
from engramlab.trials import sweep
from engramlab.widgets._controls import Choice, Slider
from engramlab.widgets._panel import Exhibit
from engramlab.widgets._stage import Scene
from engramlab.widgets.ensemble._engrams import LIT, N_ANIMALS, OTHERS, spread

BOUTS = (0, 1, 2, 3)
MEMORIES = ("A", "B")
LTP = {"none": False, "one bout": True}
_TOP = 58  # px: from the upper edge to the axes


@cache
def lit(cells: str, *, drug: bool) -> Float:
    """Return drives of shape (n_animals, n_shares): light on these cells, in a new place."""
    grid: dict[str, list[Any]] = {"cells": [cells], "drug": [drug], "background": [0.0]}
    return np.array(sweep(lit_shares, seeds=N_ANIMALS, grid=grid, progress=False)[0, 0, 0])


@cache
def unlit(place: str, *, drug: bool = False) -> Float:
    """Return drives of shape (n_animals,) of a place without light."""
    grid: dict[str, list[Any]] = {"place": [place], "drug": [drug]}
    return np.array(sweep(day_after, seeds=N_ANIMALS, grid=grid, progress=False)[0, 0, :, 0])


@cache
def bouts() -> Float:
    """Return drives, shape (whose cells, LTP, bouts of LTD, n_animals, A or B)."""
    grid: dict[str, list[Any]] = {"aim": [*MEMORIES], "restored": [False, True]}
    grid["n_weakenings"] = [*BOUTS]
    return np.array(sweep(switched, seeds=N_ANIMALS, grid=grid, progress=False)[..., [0, 2]])


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Silent:
    """Place and light, without a drug and with it.

    Attributes
    ----------
    share : float
        Of the engram that is labelled.
    place, place_drug, light, light_drug, others_drug, new_place : ndarray of shape (n_animals,)
        Drive in the place of the shock; there after the drug; with light on the labelled cells in
        a new place; the same after the drug; with light on as many others after the drug; in the
        new place without light or drug.
    """

    share: float
    place: Float
    place_drug: Float
    light: Float
    light_drug: Float
    others_drug: Float
    new_place: Float


def block(share: int) -> Silent:
    """Return what 20 animals recall when `share` per cent of the engram are labelled and lit."""
    k = SHARES.index(round(share / 100, 1))
    return Silent(
        share=SHARES[k],
        place=unlit("A"),
        place_drug=unlit("A", drug=True),
        light=lit(LIT, drug=False)[:, k],
        light_drug=lit(LIT, drug=True)[:, k],
        others_drug=lit(OTHERS, drug=True)[:, k],
        new_place=unlit("C"),
    )


def silent_reading(shown: Silent) -> str:
    """Return the one line: what is labelled, then the drives with their controls."""
    return (
        f"{percent(shown.share)} of the engram labelled: after the drug the place drives the "
        f"read-out by {spread(shown.place_drug)} in {N_ANIMALS} animals, light by "
        f"{spread(shown.light_drug)}, light on as many others by "
        f"{number(shown.others_drug.mean())}; without the drug the place by "
        f"{number(shown.place.mean())}, light by {number(shown.light.mean())}, a new place by "
        f"{number(shown.new_place.mean())}"
    )


class SilentScene(Scene):
    """Drug by light, and two controls."""

    def __init__(self) -> None:
        shown = block(100)
        home = {"place": "of the shock"}
        new = {"place": "new"}
        arms = [
            Arm("place", shown.place, home),
            Arm("place, drug", shown.place_drug, {**home, "drug": "yes"}),
            Arm("light", shown.light, {**new, "light": "yes"}),
            Arm("light, drug", shown.light_drug, {**new, "drug": "yes", "light": "yes"}),
            Arm("others lit, drug", shown.others_drug,
                {**new, "drug": "yes", "light": "control"}, control=True),
            Arm("new place", shown.new_place, new, control=True),
        ]  # fmt: skip
        self.drawing = _drawing(arms, ["place", "drug", "light"], ["cells lit"], y_top=2.4)
        self.figure = self.drawing.figure

    def update(self, result: Any) -> Sequence[Artist]:
        """Show another share."""
        lit_now = f"{percent(result.share)} of engram"
        self.drawing.set(
            [result.place, result.place_drug, result.light, result.light_drug,
             result.others_drug, result.new_place],
            {"cells lit": ["", "", lit_now, lit_now, "as many others", ""]},
        )  # fmt: skip
        return self.drawing.moving()

    def freeze(self) -> Sequence[Artist]:
        """Leave the means behind."""
        return self.drawing.ghost()


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Bouts:
    """Two memories of one animal, before and after bouts at the cells of one of them.

    Attributes
    ----------
    aim, other : str
        The memory whose cells get the bouts, and the one that is left alone.
    n_ltd, ltp : int, bool
        Bouts of LTD, and whether one of LTP follows.
    before, after, other_before, other_after : ndarray of shape (n_animals,)
        Drive of the place of each.
    """

    aim: str
    other: str
    n_ltd: int
    ltp: bool
    before: Float
    after: Float
    other_before: Float
    other_after: Float

    @property
    def words(self) -> str:
        """What was done, as "2 bouts of LTD, then LTP"."""
        done = _times(self.n_ltd) or "no bout"
        return f"{done} of LTD{', then LTP,' if self.ltp else ''} at the cells of {self.aim}"


def _times(n: int) -> str:
    """Return how many bouts, in words; "" for none."""
    return "" if n == 0 else "1 bout" if n == 1 else f"{n} bouts"


def switch(ltd: int, ltp: str, aim: str) -> Bouts:
    """Return two memories after `ltd` bouts of LTD at the cells of one, and LTP or none."""
    mine = MEMORIES.index(aim)
    drives = bouts()[mine]
    before, after = drives[0, 0], drives[int(LTP[ltp]), ltd]
    return Bouts(
        aim=aim,
        other=MEMORIES[1 - mine],
        n_ltd=ltd,
        ltp=LTP[ltp],
        before=before[:, mine],
        after=after[:, mine],
        other_before=before[:, 1 - mine],
        other_after=after[:, 1 - mine],
    )


def bouts_reading(shown: Bouts) -> str:
    """Return the one line: what was done, then the drive of both memories."""
    return (
        f"{shown.words}: place {shown.aim} drives the read-out by {spread(shown.after)} in "
        f"{N_ANIMALS} animals, before by {number(shown.before.mean())}; place {shown.other} by "
        f"{spread(shown.other_after)}, before by {number(shown.other_before.mean())}"
    )


class BoutsScene(Scene):
    """The memory whose cells get the bouts, before and after, and the other one as control."""

    def __init__(self) -> None:
        shown = switch(2, "none", "A")
        arms = [
            Arm("this memory, before", shown.before, {"read out": "before"}),
            Arm("this memory, after", shown.after, {"read out": "after"}),
            Arm("other memory, before", shown.other_before, {"read out": "before"}, control=True),
            Arm("other memory, after", shown.other_after, {"read out": "after"}, control=True),
        ]
        self.drawing = _drawing(
            arms, ["read out"], ["memory", "LTD", "LTP"], y_top=1.04 * float(bouts().max())
        )
        self.figure = self.drawing.figure

    def update(self, result: Any) -> Sequence[Artist]:
        """Show other bouts."""
        self.drawing.set(
            [result.before, result.after, result.other_before, result.other_after],
            {
                "memory": [result.aim, result.aim, result.other, result.other],
                "LTD": ["", _times(result.n_ltd), "", ""],
                "LTP": ["", _times(int(result.ltp)), "", ""],
            },
        )
        return self.drawing.moving()

    def freeze(self) -> Sequence[Artist]:
        """Leave the means behind."""
        return self.drawing.ghost()


def _drawing(
    arms: Sequence[Arm], rows: Sequence[str], moving: Sequence[str], *, y_top: float
) -> ArmsDrawing:
    """Return the arms in a figure of their own height."""
    every = [*rows, *moving]
    tall = arms_height(arms, every, moving_rows=moving)
    with style():
        return ArmsDrawing(
            new_picture(height=_TOP + tall), top=_TOP, arms=arms, rows=every, moving_rows=moving,
            y_top=y_top, half=COURSE.threshold_recall,
        )  # fmt: skip


def silent_exhibit() -> Exhibit:
    """Return the parts of `silent_engram`."""
    label = Slider(label="Engram labelled", low=0, high=100, step=10, value=100, unit="%")
    return Exhibit(
        question="The place fails after the drug. Does light, and on which cells?",
        model=block,
        scene=SilentScene,
        alt=silent_reading,
        controls={"share": label},
    )


def switch_exhibit() -> Exhibit:
    """Return the parts of `switch_off_and_on`."""
    return Exhibit(
        question="Can a memory be switched off and on, and another one left alone?",
        model=switch,
        scene=BoutsScene,
        alt=bouts_reading,
        controls={
            "ltd": Slider(label="LTD", low=0, high=BOUTS[-1], step=1, value=2, unit="bouts"),
            "ltp": Choice(label="Then LTP", options=tuple(LTP), value="none"),
            "aim": Choice(label="On the cells of memory", options=MEMORIES, value="A"),
        },
    )
