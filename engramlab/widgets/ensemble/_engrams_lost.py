"""A share of the engram silenced, or the cells with more CREB lost, each with as many others."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist

from engramlab._types import Float
from engramlab.ensemble import COURSE
from engramlab.experiments.shares import SHARES, TREATED, creb_losses, silenced_shares
from engramlab.measures import crossing
from engramlab.plots import new_picture, style
from engramlab.plots._arms import Arm
from engramlab.plots._axes import number
from engramlab.plots._dose import DoseDrawing, percent
from engramlab.trials import sweep
from engramlab.widgets._controls import Slider
from engramlab.widgets._panel import Exhibit
from engramlab.widgets._stage import Scene
from engramlab.widgets.ensemble._engrams import LIT, N_ANIMALS, OTHERS, arms_drawing, spread


@cache
def silenced(cells: str) -> Float:
    """Return drives of shape (n_animals, n_shares): these cells silenced, in A."""
    return np.array(
        sweep(silenced_shares, seeds=N_ANIMALS, grid={"cells": [cells]}, progress=False)[0]
    )


@cache
def losses() -> Float:
    """Return what `creb_losses` gives, shape (n_animals, 5, n_fractions)."""
    return sweep(creb_losses, seeds=N_ANIMALS, progress=False)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Silenced:
    """A share of the engram silenced in the place of the shock.

    Attributes
    ----------
    share : float
        Of the engram.
    engram, others : ndarray of shape (n_animals,)
        Drive with that share silenced, and with as many cells outside the engram silenced.
    """

    share: float
    engram: Float
    others: Float


def hush(share: int) -> Silenced:
    """Return what 20 animals recall in A with `share` per cent of the engram silenced."""
    k = SHARES.index(round(share / 100, 1))
    return Silenced(share=SHARES[k], engram=silenced(LIT)[:, k], others=silenced(OTHERS)[:, k])


def halving_share() -> float:
    """Return the share whose silence halves the mean drive."""
    mean = silenced(LIT).mean(axis=0)
    return float(crossing(np.array(SHARES), mean, float(mean[0]) / 2))


def silence_reading(shown: Silenced) -> str:
    """Return the one line: the share, the drive with it silenced, and the control."""
    whole = float(silenced(LIT)[:, 0].mean())
    return (
        f"{percent(shown.share)} of the engram silenced: the place of the shock drives the "
        f"read-out by {spread(shown.engram)} in {N_ANIMALS} animals, "
        f"{percent(float(shown.engram.mean()) / whole)} of the drive without silencing; with as "
        f"many other cells silenced by {number(shown.others.mean())}"
    )


class SilenceScene(Scene):
    """The drive against the share that is silenced, with as many others dashed; two markers."""

    def __init__(self) -> None:
        engram, others, lost = silenced(LIT).T, silenced(OTHERS).T, kill(15)
        with style():
            self.figure = new_picture(height=346)
            self.drawing = DoseDrawing(
                self.figure, top=46, shares=np.array(SHARES), drives=engram, control=others,
                x_title="cells silenced, % of the engram",
                y_title="drive in the place of the shock (1 = an unstrengthened engram)",
                names=("engram cells silenced", "as many others silenced"),
                half=(float(engram[0].mean()) / 2, "half of the drive"),
                losses=[(lost.held, float(lost.creb.mean()), "CREB cells lost"),
                        (lost.held_others, float(lost.others.mean()), "as many others lost")],
            )  # fmt: skip

    def update(self, result: Any) -> Sequence[Artist]:
        """Put the markers at another share."""
        self.drawing.set(result.share)
        return self.drawing.moving()

    def freeze(self) -> Sequence[Artist]:
        """Leave a stem behind."""
        return self.drawing.ghost()


def silence_exhibit() -> Exhibit:
    """Return the parts of `silence_share`."""
    return Exhibit(
        question="How many cells of the engram must fall silent?",
        model=hush,
        scene=SilenceScene,
        alt=silence_reading,
        controls={
            "share": Slider(label="Engram silenced", low=0, high=100, step=10, value=100, unit="%")
        },
    )


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Lost:
    """Cells killed a day after a shock.

    Attributes
    ----------
    fraction : float
        Share of all cells that had more CREB at the shock.
    whole, creb, others : ndarray of shape (n_animals,)
        Drive with all cells, without those with more CREB, without as many others.
    held, held_others : float
        Mean share of the engram that was lost with the first, and with the others.
    """

    fraction: float
    whole: Float
    creb: Float
    others: Float
    held: float
    held_others: float


def kill(fraction: int) -> Lost:
    """Return what 20 animals recall with `fraction` per cent of the cells treated, then killed."""
    k = TREATED.index(round(fraction / 100, 2))
    whole, creb, others, held, held_others = np.moveaxis(losses()[..., k], 0, 1)
    return Lost(
        fraction=TREATED[k],
        whole=whole,
        creb=creb,
        others=others,
        held=float(held.mean()),
        held_others=float(held_others.mean()),
    )


def loss_reading(shown: Lost) -> str:
    """Return the one line: the cells, what they held of the engram, and the drives."""
    n = round(shown.fraction * COURSE.n_cells)
    return (
        f"{n} cells with more CREB, {percent(shown.held)} of the engram: without them the place "
        f"of the shock drives the read-out by {spread(shown.creb)} in {N_ANIMALS} animals; without "
        f"{n} other cells, {percent(shown.held_others)} of the engram, by "
        f"{number(shown.others.mean())}; with all cells by {number(shown.whole.mean())}"
    )


def _loss_words(shown: Lost) -> dict[str, list[str]]:
    """Return the words of the rows that move."""
    n = round(shown.fraction * COURSE.n_cells)
    return {
        "cells lost": ["", f"{n} with more CREB", f"{n} others"],
        "of the engram": ["", percent(shown.held), percent(shown.held_others)],
    }


class LossScene(Scene):
    """All cells, without those with more CREB, and without as many others."""

    def __init__(self) -> None:
        shown = kill(15)
        arms = [
            Arm("all cells", shown.whole),
            Arm("CREB cells lost", shown.creb),
            Arm("others lost", shown.others, control=True),
        ]
        self.drawing = arms_drawing(arms, ["cells lost", "of the engram"])
        self.figure = self.drawing.figure

    def update(self, result: Any) -> Sequence[Artist]:
        """Show another share of treated cells."""
        self.drawing.set([result.whole, result.creb, result.others], _loss_words(result))
        return self.drawing.moving()

    def freeze(self) -> Sequence[Artist]:
        """Leave the means behind."""
        return self.drawing.ghost()


def loss_exhibit() -> Exhibit:
    """Return the parts of `creb_loss`."""
    return Exhibit(
        question="Is the memory gone with the cells that were most likely to join it?",
        model=kill,
        scene=LossScene,
        alt=loss_reading,
        controls={
            "fraction": Slider(label="Cells with more CREB", low=5, high=40, step=5, value=15,
                               unit="% of all cells")
        },
    )  # fmt: skip
