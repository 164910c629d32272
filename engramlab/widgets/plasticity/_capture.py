"""A weak and a strong event of one cell, hours apart, with and without a drug."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist

from engramlab._types import Float
from engramlab.plasticity import Slice, slice_course
from engramlab.plots import new_picture, style
from engramlab.plots._axes import number
from engramlab.plots._capture import SliceDrawing
from engramlab.protocols import (
    STRONG,
    WEAK,
    DrugWindow,
    Stimulus,
    strong_stimulation,
    weak_stimulation,
)
from engramlab.widgets._controls import Choice, Slider
from engramlab.widgets._panel import Exhibit
from engramlab.widgets._stage import Scene

UNTIL = 10.0  # hours from the weak event
GAP = 0.5  # hours from the weak to the strong event under the drug
DRUG = 4.0  # hours that the drug stays
_BEFORE = 0.5  # hours shown before the first event
_FIRST, _LAST = -4.0, 4.0
_POINTS_PER_HOUR = 20
DRUGS = ("given", "none")


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class TwoEvents:
    """Two pathways of one slice over hours, counted from the weak event.

    Attributes
    ----------
    strong_after_hours : float
        From the weak to the strong event; negative: strong first.
    hours, weak, strong, protein : ndarray of shape (n_moments,)
        Time, the two weights, the proteins of the cell.
    late : float
        Late part of the weak pathway at the end.
    drug : tuple of two floats, optional
        First and last hour of the drug.
    """

    strong_after_hours: float
    hours: Float
    weak: Float
    strong: Float
    protein: Float
    late: float
    drug: tuple[float, float] | None = None


def two_events(
    strong: float | None, *, start_hours: float, drug: tuple[float, float] | None = None
) -> TwoEvents:
    """Return a slice from `start_hours` to 10 h after the weak event.

    Parameters
    ----------
    strong : float or None
        When the strong event comes, from the weak one; None for the weak event alone.
    start_hours : float
        First hour, below 0 and before both events.
    drug : tuple of two floats, optional
        First and last hour of the drug.
    """
    stimuli: list[Stimulus] = [weak_stimulation(0, at_hours=-start_hours)]
    if strong is not None:
        stimuli.append(strong_stimulation(1, at_hours=strong - start_hours))
    window = None
    if drug is not None:
        window = DrugWindow(start_hours=drug[0] - start_hours, end_hours=drug[1] - start_hours)
    span = UNTIL - start_hours
    course = slice_course(
        stimuli, until_hours=span, drug=window, n_points=round(span * _POINTS_PER_HOUR) + 1
    )
    return TwoEvents(
        strong_after_hours=0.0 if strong is None else strong,
        hours=course.hours + start_hours,
        weak=course.weight[0],
        strong=course.weight[1],
        protein=course.protein,
        late=float(course.final.late[0]),
        drug=drug,
    )


@cache
def tags() -> tuple[float, float]:
    """Return how long the tags of a weak and of a strong event stand, in hours."""
    both = Slice.rest().potentiate(0, WEAK).potentiate(1, STRONG)
    weak, strong = both.tag_left_hours
    return float(weak), float(strong)


def order_words(strong_after_hours: float) -> str:
    """Return in words when the strong event comes."""
    gap = strong_after_hours
    if not gap:
        return "strong event together with the weak one"
    return f"strong event {abs(gap):.2f} h {'after' if gap > 0 else 'before'} the weak one"


def move_strong(strong: float) -> TwoEvents:
    """Return a weak event at 0 h and a strong one on another pathway at `strong` hours."""
    return two_events(strong, start_hours=_FIRST - _BEFORE)


def capture_reading(shown: TwoEvents) -> str:
    """Return the one line: the order, the weights at the end, and the late part."""
    alone = two_events(None, start_hours=-_BEFORE)
    return (
        f"{order_words(shown.strong_after_hours)}: at {UNTIL:.0f} h the weak synapse's weight is "
        f"{number(shown.weak[-1])} (late part {number(shown.late)}), the strong one's "
        f"{number(shown.strong[-1])}; weak event alone {number(alone.weak[-1])}"
    )


class _Events(Scene):
    """What both scenes share: the drawing, and the ghost."""

    drawing: SliceDrawing

    def update(self, result: Any) -> Sequence[Artist]:
        """Show other curves."""
        self.drawing.set(
            strong_after_hours=result.strong_after_hours,
            hours=result.hours,
            weak=result.weak,
            strong=result.strong,
            protein=result.protein,
            drug=result.drug,
        )
        return self.drawing.moving()

    def freeze(self) -> Sequence[Artist]:
        """Leave the weak synapse's weight behind."""
        return self.drawing.ghost()


class CaptureScene(_Events):
    """The weak event stays at 0 h with its tag; the strong one moves with its proteins."""

    def __init__(self) -> None:
        alone = two_events(None, start_hours=-_BEFORE)
        weak, strong = tags()
        with style():
            self.figure = new_picture(height=424)
            self.drawing = SliceDrawing(
                self.figure,
                top=44,
                x_lim=(_FIRST - _BEFORE, UNTIL),
                x_ticks={-4: "−4", 0: "0", 4: "4", 8: "8", 10: "10"},
                weak_tag_hours=weak,
                strong_tag_hours=strong,
                references={"weak, alone": np.array([alone.hours, alone.weak])},
            )


def tag_and_capture_exhibit() -> Exhibit:
    """Return the parts of `tag_and_capture`."""
    return Exhibit(
        question="When must a strong event come, so that a weak one lasts?",
        model=move_strong,
        scene=CaptureScene,
        alt=capture_reading,
        controls={
            "strong": Slider(label="Strong event at", low=_FIRST, high=_LAST, step=0.25, value=GAP,
                             unit="h (weak at 0)")
        },
    )  # fmt: skip


def give_drug(drug: str, start: float) -> TwoEvents:
    """Return a weak event at 0 h and a strong one 0.5 h later, with a drug from `start` hours on.

    Parameters
    ----------
    drug : {"given", "none"}
        Whether one that stops proteins and nothing else is given, for four hours.
    start : float
        First hour of the drug.
    """
    window = (start, start + DRUG) if drug == DRUGS[0] else None
    return two_events(GAP, start_hours=-_BEFORE, drug=window)


def drug_reading(shown: TwoEvents) -> str:
    """Return the one line: the drug, both weights at the end, and those without it."""
    plain = give_drug("none", 0.0)
    given = "no drug"
    if shown.drug is not None:
        given = f"drug from {shown.drug[0]:.2f} to {shown.drug[1]:.2f} h"
    return (
        f"{given}, {order_words(GAP)}: at {UNTIL:.0f} h the strong synapse's weight is "
        f"{number(shown.strong[-1])}, the weak one's {number(shown.weak[-1])} "
        f"(without the drug {number(plain.strong[-1])} and {number(plain.weak[-1])})"
    )


class DrugScene(_Events):
    """Both synapses under the drug; the same slice without it stays behind, dashed."""

    def __init__(self) -> None:
        plain = give_drug("none", 0.0)
        weak, strong = tags()
        with style():
            self.figure = new_picture(height=449)
            self.drawing = SliceDrawing(
                self.figure,
                top=44,
                x_lim=(-_BEFORE, UNTIL),
                x_ticks={0: "0", 2: "2", 4: "4", 6: "6", 8: "8", 10: "10"},
                weak_tag_hours=weak,
                strong_tag_hours=strong,
                references={
                    "strong, no drug": np.array([plain.hours, plain.strong]),
                    "weak, no drug": np.array([plain.hours, plain.weak]),
                },
                drug=True,
            )


def protein_block_exhibit() -> Exhibit:
    """Return the parts of `protein_block`."""
    return Exhibit(
        question="What is left if the cell can make no new proteins?",
        model=give_drug,
        scene=DrugScene,
        alt=drug_reading,
        controls={
            "drug": Choice(label="Drug", options=DRUGS, value=DRUGS[0]),
            "start": Slider(label="Drug starts at", low=0.0, high=4.0, step=0.25, value=0.0,
                            unit="h, for four hours"),
        },
    )  # fmt: skip
