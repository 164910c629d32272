"""How far apart two events may be, in the model and in slices; and how weak the weak one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist

from engramlab._types import Float
from engramlab.experiments import rescue
from engramlab.plasticity import Slice
from engramlab.plots import new_picture, style
from engramlab.plots._axes import number
from engramlab.plots._capture_gap import GapDrawing, SizeDrawing
from engramlab.protocols import STRONG, WEAK
from engramlab.trials import sweep
from engramlab.widgets._controls import Slider
from engramlab.widgets._panel import Exhibit
from engramlab.widgets._stage import Scene
from engramlab.widgets.plasticity._capture import order_words

N_SLICES = 20
GAPS = np.arange(-9.0, 4.01, 0.25)
KEPT = 0.1  # a late part of this much counts as kept (ours)
READ = 12.0  # hours after the later event
# Frey and Morris (1997) state no gap in their summary.
PUBLISHED = {
    "Frey & Morris 1998": {5 / 60: True, 1.0: True, 2.0: False, 4.0: False},
    "Commun Biol 2025": {-9.0: True, -6.0: True, -3.0: True, -0.5: True, 0.5: True, 3.0: False},
}
CLAIMS = {"Frey & Morris 1998": "C-fm1998", "Commun Biol 2025": "C-commbio2025"}
SIZES = np.linspace(0.2, 0.6, 81)
PLACES = {0.355: "0.2 s train", WEAK: "ours", 0.5: "own proteins"}


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Rescue:
    """What the weak synapse keeps at one gap.

    Attributes
    ----------
    strong_after_hours : float
        From the weak to the strong event; negative: strong first.
    late : ndarray of shape (n_slices,)
        Late part of the weak synapse.
    """

    strong_after_hours: float
    late: Float


@cache
def all_gaps() -> Float:
    """Return late parts of shape (n_gaps, n_slices), from 20 slices, run once."""
    return sweep(rescue, seeds=N_SLICES, grid={"strong_after_hours": GAPS.tolist()}, progress=False)


def at_gap(strong: float) -> Rescue:
    """Return what 20 slices keep if the strong event comes at `strong` hours from the weak one."""
    return Rescue(strong_after_hours=strong, late=all_gaps()[int(np.argmin(np.abs(GAPS - strong)))])


def gap_reading(shown: Rescue) -> str:
    """Return the one line: the order, the late part over slices, and what laboratories found."""
    late = shown.late
    gap = shown.strong_after_hours
    found = (
        f"{name}: {'kept' if kept else 'weaker or lost'} [{CLAIMS[name]}]"
        for name, tried in PUBLISHED.items()
        for at, kept in tried.items()
        if abs(at - gap) < 1e-9
    )
    slices = "; ".join(found) or "not tried in the slices quoted"
    return (
        f"{order_words(gap)}: late part {number(late.mean())} in the model "
        f"({N_SLICES} slices: {number(late.min())} to {number(late.max())}; {(late >= KEPT).sum()} "
        f"of {N_SLICES} keep {KEPT} or more); in the laboratory, {slices}"
    )


class GapScene(Scene):
    """Published results above, twenty thin slices and their mean below, the marker."""

    def __init__(self) -> None:
        with style():
            self.figure = new_picture(height=370)
            self.drawing = GapDrawing(
                self.figure, top=46, gaps=GAPS, late=all_gaps(), least=KEPT, marks=PUBLISHED
            )

    def update(self, result: Any) -> Sequence[Artist]:
        """Move the marker to another gap."""
        self.drawing.set(result.strong_after_hours)
        return self.drawing.moving()

    def freeze(self) -> Sequence[Artist]:
        """Leave a stem at the present gap behind."""
        return self.drawing.ghost()


def rescue_gap_exhibit() -> Exhibit:
    """Return the parts of `rescue_gap`."""
    return Exhibit(
        question="How far apart may the two events be?",
        model=at_gap,
        scene=GapScene,
        alt=gap_reading,
        controls={
            "strong": Slider(label="Strong event at", low=float(GAPS[0]), high=float(GAPS[-1]),
                             step=0.25, value=1.0, unit="h (weak at 0)")
        },
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Sizes:
    """What weak events of many sizes keep at one gap.

    Attributes
    ----------
    strong_after_hours : float
        From the weak to the strong event, 0 or more.
    late : ndarray of shape (n_sizes,)
        Late part of the weak synapse, for each of `SIZES`.
    """

    strong_after_hours: float
    late: Float


def late_of_size(size: float, strong_after_hours: float | None) -> float:
    """Return the late part that a weak event of a size leaves; None for no strong event."""
    tissue = Slice.rest().potentiate(0, size)
    if strong_after_hours is not None:
        tissue = tissue.advance(strong_after_hours).potentiate(1, STRONG)
    return float(tissue.advance(READ).late[0])


@cache
def all_sizes(strong_after_hours: float | None) -> Float:
    """Return the late part for each of `SIZES`."""
    return np.array([late_of_size(size, strong_after_hours) for size in SIZES.tolist()])


def move_size(strong: float) -> Sizes:
    """Return what weak events of all sizes keep if a strong one follows after `strong` hours."""
    return Sizes(strong_after_hours=strong, late=all_sizes(strong))


def size_reading(shown: Sizes) -> str:
    """Return the one line: the gap, and the late part and the tag at three sizes."""
    gap = shown.strong_after_hours
    each = []
    for size in (0.355, WEAK, 0.499):
        tag = float(Slice.rest(1).potentiate(0, size).tag_left_hours[0])
        each.append(f"{number(late_of_size(size, gap))} at {size:g} (tag {tag:.2f} h)")
    return f"{order_words(gap)}: late part {', '.join(each)}"


class SizeScene(Scene):
    """One thick curve over the size of the weak event; the weak event alone stays, dashed."""

    def __init__(self) -> None:
        with style():
            self.figure = new_picture(height=330)
            self.drawing = SizeDrawing(
                self.figure, top=50, sizes=SIZES, alone=all_sizes(None), places=PLACES
            )

    def update(self, result: Any) -> Sequence[Artist]:
        """Show another gap."""
        gap = result.strong_after_hours
        self.drawing.set(result.late, f"strong {gap:g} h later" if gap else "both at once")
        return self.drawing.moving()

    def freeze(self) -> Sequence[Artist]:
        """Leave the present curve behind."""
        return self.drawing.ghost()


def weak_size_exhibit() -> Exhibit:
    """Return the parts of `weak_size`."""
    return Exhibit(
        question="Would a larger weak event wait longer?",
        model=move_size,
        scene=SizeScene,
        alt=size_reading,
        controls={
            "strong": Slider(label="Strong event after", low=0.0, high=2.0, step=0.25, value=1.0,
                             unit="h")
        },
    )  # fmt: skip
