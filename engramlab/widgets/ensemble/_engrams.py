"""Label and light, with light on as many other cells and two more controls; lesson 07."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist

from engramlab._types import Float
from engramlab.ensemble import COURSE, recall_index
from engramlab.experiments import day_after
from engramlab.experiments.shares import (
    BACKGROUND,
    SHARES,
    lit_shares,
)
from engramlab.plots import new_picture, style
from engramlab.plots._arms import Arm, ArmsDrawing, arms_height
from engramlab.plots._arms_table import RIGHT
from engramlab.plots._axes import number
from engramlab.plots._dose import percent
from engramlab.plots._published import draw_published
from engramlab.trials import sweep
from engramlab.widgets._controls import Control, Slider
from engramlab.widgets._panel import Exhibit
from engramlab.widgets._stage import Scene

N_ANIMALS = 20
LIT, OTHERS = "labelled", "others"
Y_TOP = 2.4  # drive at the upper edge of the arms
_RIGHT, _PANEL, _TOP = 506, 540, 64  # px: end of the arms, start of the panel beside them, axes


@cache
def lit(cells: str, *, shock: bool = True) -> Float:
    """Return drives of shape (n_animals, n_shares): light on these cells, in a new place."""
    grid: dict[str, list[Any]] = {"cells": [cells], "shock": [shock]}
    return np.array(sweep(lit_shares, seeds=N_ANIMALS, grid=grid, progress=False)[0, 0])


@cache
def unlit(place: str) -> Float:
    """Return drives of shape (n_animals,) of a place without light."""
    return np.array(
        sweep(day_after, seeds=N_ANIMALS, grid={"place": [place]}, progress=False)[0, :, 0]
    )


def spread(drives: Float) -> str:
    """Return the mean of some animals, and the lowest and the highest."""
    return f"{number(drives.mean())} ({number(drives.min())} to {number(drives.max())})"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Lit:
    """Light on labelled cells in a new place.

    Attributes
    ----------
    share : float
        Of the engram that is labelled.
    place, light, others, dark, neutral : ndarray of shape (n_animals,)
        Drive in the place of the shock; with light in a new place; with light there on as many
        others; in the new place without light; with light on labelled cells if there was no shock.
    """

    share: float
    place: Float
    light: Float
    others: Float
    dark: Float
    neutral: Float


def shine(share: int) -> Lit:
    """Return what 20 animals recall when `share` per cent of the engram are labelled and lit."""
    k = SHARES.index(round(share / 100, 1))
    return Lit(
        share=SHARES[k],
        place=unlit("A"),
        light=lit(LIT)[:, k],
        others=lit(OTHERS)[:, k],
        dark=unlit("C"),
        neutral=lit(LIT, shock=False)[:, k],
    )


def _begin(shown: Lit) -> str:
    """Return what both readings begin with: the share, the drive and the recall index."""
    index = float(np.mean([recall_index(float(one), COURSE) for one in shown.light]))
    return (
        f"{percent(shown.share)} of the engram labelled, and {percent(BACKGROUND)} of the other "
        f"cells: in a new place light drives the read-out by {spread(shown.light)} in {N_ANIMALS} "
        f"animals, recall index {number(index)}; no light by {number(shown.dark.mean())}"
    )


def light_reading(shown: Lit) -> str:
    """Return the one line, with the place of the shock."""
    return f"{_begin(shown)}; the place of the shock by {number(shown.place.mean())}"


def controls_reading(shown: Lit) -> str:
    """Return the one line, with light on other cells."""
    return (
        f"{_begin(shown)}; light on as many others by {number(shown.others.mean())}; light "
        f"on the cells of a place without a shock by {number(shown.neutral.mean())}"
    )


class LightScene(Scene):
    """Two arms and a control; beside them what light did in mice, on an axis of its own."""

    def __init__(self) -> None:
        shown = shine(50)
        arms = [
            Arm("the place", shown.place, {"place": "of the shock"}),
            Arm("light", shown.light, {"place": "new", "light": "yes"}),
            Arm("no light", shown.dark, {"place": "new"}, control=True),
        ]
        self.drawing = arms_drawing(arms, ["cells lit"], right=_RIGHT)
        self.figure = self.drawing.figure
        with style():
            draw_published(self.figure, ["Liu 2012"], left=_PANEL, top=_TOP - 28)

    def update(self, result: Any) -> Sequence[Artist]:
        """Show another share."""
        words = ["", f"{percent(result.share)} of engram", ""]
        self.drawing.set([result.place, result.light, result.dark], {"cells lit": words})
        return self.drawing.moving()

    def freeze(self) -> Sequence[Artist]:
        """Leave the means behind."""
        return self.drawing.ghost()


class ControlsScene(Scene):
    """Light on labelled cells and its three controls."""

    def __init__(self) -> None:
        shown = shine(50)
        arms = [
            Arm("light", shown.light, {"shock": "yes", "light": "yes"}),
            Arm("others lit", shown.others, {"shock": "yes", "light": "control"}, control=True),
            Arm("no light", shown.dark, {"shock": "yes"}, control=True),
            Arm("no shock", shown.neutral, {"light": "yes"}, control=True),
        ]
        self.drawing = arms_drawing(arms, ["cells lit"])
        self.figure = self.drawing.figure

    def update(self, result: Any) -> Sequence[Artist]:
        """Show another share."""
        lit_now = f"{percent(result.share)} of engram"
        self.drawing.set(
            [result.light, result.others, result.dark, result.neutral],
            {"cells lit": [lit_now, "as many others", "", lit_now]},
        )
        return self.drawing.moving()

    def freeze(self) -> Sequence[Artist]:
        """Leave the means behind."""
        return self.drawing.ghost()


def arms_drawing(arms: Sequence[Arm], moving: Sequence[str], *, right: int = RIGHT) -> ArmsDrawing:
    """Return the arms in a figure of their own height."""
    rows = [*dict.fromkeys(row for arm in arms for row in arm.rows), *moving]
    tall = arms_height(arms, rows, moving_rows=moving, right=right)
    with style():
        return ArmsDrawing(
            new_picture(height=_TOP + tall), top=_TOP, arms=arms, rows=rows, moving_rows=moving,
            y_top=Y_TOP, half=COURSE.threshold_recall, right=right,
        )  # fmt: skip


def light_exhibit() -> Exhibit:
    """Return the parts of `label_and_light`."""
    return Exhibit(
        question="What does light on the labelled cells recall, in a place that is new?",
        model=shine,
        scene=LightScene,
        alt=light_reading,
        controls=_labelled(),
    )


def controls_exhibit() -> Exhibit:
    """Return the parts of `light_and_others`."""
    return Exhibit(
        question="Do these cells count, or any cells, or the light itself?",
        model=shine,
        scene=ControlsScene,
        alt=controls_reading,
        controls=_labelled(),
    )


def _labelled() -> dict[str, Control]:
    """Return the one slider of both."""
    label = Slider(label="Engram labelled", low=0, high=100, step=10, value=50, unit="%")
    return {"share": label}
