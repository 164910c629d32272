"""A strong shock that reaches back two days: what offline bouts do to a memory; lesson 06."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from matplotlib.artist import Artist

from engramlab._types import Float
from engramlab.ensemble import COURSE
from engramlab.experiments import linked_back
from engramlab.plots import new_picture, style
from engramlab.plots._arms import Arm, ArmsDrawing, arms_height
from engramlab.plots._axes import number
from engramlab.trials import sweep
from engramlab.widgets._controls import Choice, Slider
from engramlab.widgets._panel import Exhibit
from engramlab.widgets._stage import Scene

N_ANIMALS = 20
DAYS_BACK = 2  # from A to the shock in B
MOST_BOUTS = 8
IN_A, IN_C = 2, 4  # columns of what `linked_back` returns
TOGETHER = ("yes", "no")
OFFLINE = "active offline"
ROWS = ("shock in B", "comes first", OFFLINE, "tested in")
_Y_TOP = 3.6  # no animal is above it after eight bouts


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How one arm is run and read.

    Attributes
    ----------
    words : str
        For the reading.
    settings : mapping
        Of `linked_back`.
    offline : str
        Whose cells are active in the bouts.
    column : int
        Of its result: the drive in A, or in C.
    """

    words: str
    settings: Mapping[str, Any]
    offline: str
    column: int = IN_A

    @property
    def rows(self) -> Mapping[str, str]:
        """What the table says of it."""
        said = self.settings.get
        return {
            "shock in B": "yes" if said("shock", True) else "",
            "comes first": "B" if said("shock_first", False) else "A",
            OFFLINE: self.offline,
            "tested in": "C, new" if self.column == IN_C else "A",
        }


WAYS = (
    Way(words="A", settings={}, offline="A and B"),
    Way(words="without bouts", settings={"coactivated": False}, offline=""),
    Way(words="bouts of A alone", settings={"bouts_of": "A"}, offline="A"),
    Way(words="no shock", settings={"shock": False}, offline="A and B"),
    Way(words="shock first", settings={"shock_first": True}, offline="B"),
    Way(words="a new place C", settings={}, offline="A and B", column=IN_C),
)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Bouts:
    """All arms after some bouts.

    Attributes
    ----------
    n_bouts : int
        In the hours after the shock, 12 h apart.
    together : bool
        Whether there are any: without them all arms are without.
    drives : tuple of ndarray of shape (n_animals,)
        One for each of `WAYS`.
    """

    n_bouts: int
    together: bool
    drives: tuple[Float, ...]

    @property
    def offline(self) -> tuple[str, ...]:
        """Whose cells are active in the bouts, arm by arm."""
        return tuple(way.offline if self.together else "" for way in WAYS)


def _hours(n_bouts: int) -> float:
    """Return the time from the shock to A where it comes first: a day after the last bout.

    A bout leaves cells more excitable: an A that followed at once would get the same cells.
    """
    return max(24.0 * DAYS_BACK, 24.0 + 12.0 * n_bouts)


@cache
def _runs(n_bouts: int, **settings: Any) -> Float:
    """Return `linked_back` over animals, shape (n_animals, 6)."""
    more = {"gap_hours": _hours(n_bouts)} if settings.get("shock_first") else {}
    grid = {name: [value] for name, value in ({"n_bouts": n_bouts} | settings | more).items()}
    found = sweep(linked_back, seeds=N_ANIMALS, grid=grid, progress=False)
    return found.reshape(N_ANIMALS, -1)


@cache
def _all_bouts() -> dict[tuple[int, bool], Bouts]:
    """Return every setting, run once; where there are no bouts their number changes nothing."""
    found = {}
    for n in range(1, MOST_BOUTS + 1):
        for together in (True, False):
            drives = []
            for way in WAYS:
                settings = dict(way.settings)
                if not together:
                    settings = {"coactivated": False} | {
                        name: value for name, value in settings.items() if name != "bouts_of"
                    }
                counts = settings.get("coactivated", True) and settings.get("shock", True)
                count = n if counts else DAYS_BACK  # without a shock no bout ties anything
                drives.append(_runs(count, **settings)[:, way.column])
            found[n, together] = Bouts(n_bouts=n, together=together, drives=tuple(drives))
    return found


def strengthen(together: str, n_bouts: int) -> Bouts:
    """Return all arms after `n_bouts` bouts, or without them."""
    return _all_bouts()[n_bouts, together == TOGETHER[0]]


def back_reading(shown: Bouts) -> str:
    """Return the one line: the bouts, the drive in A with its spread, and the control arms."""
    drive, *controls = shown.drives
    plural = "" if shown.n_bouts == 1 else "s"
    bouts = f"{shown.n_bouts} bout{plural} after the shock" if shown.together else "no bouts"
    above = int((drive > COURSE.threshold_recall).sum())
    told = ", ".join(
        f"{way.words} {number(one.mean())}"
        for way, one in zip(WAYS[1:], controls, strict=True)
        if shown.together or way.words not in ("without bouts", "bouts of A alone")
    )
    return (
        f"{bouts}: A, two days before the shock, brings back a drive of {number(drive.mean())} "
        f"({N_ANIMALS} animals: {number(drive.min())} to {number(drive.max())}; {above} above half "
        f"of the read-out); controls: {told}"
    )


class BackScene(Scene):
    """Each animal a dot in each arm, above the table of what each arm is given."""

    def __init__(self) -> None:
        start = strengthen(TOGETHER[0], DAYS_BACK)
        arms = [
            Arm(way.words, drives, way.rows, control=k > 0)
            for k, (way, drives) in enumerate(zip(WAYS, start.drives, strict=True))
        ]
        top = 62
        with style():
            tall = arms_height(arms, ROWS, moving_rows=[OFFLINE], height=180)
            self.figure = new_picture(height=top + tall)
            self.drawing = ArmsDrawing(
                self.figure,
                top=top,
                arms=arms,
                rows=ROWS,
                moving_rows=[OFFLINE],
                half=COURSE.threshold_recall,
                y_top=_Y_TOP,
                height=180,
            )

    def update(self, result: Any) -> Sequence[Artist]:
        """Show other bouts."""
        self.drawing.set(result.drives, {OFFLINE: result.offline})
        return self.drawing.moving()

    def freeze(self) -> Sequence[Artist]:
        """Leave the present means behind."""
        return self.drawing.ghost()


def linked_back_exhibit() -> Exhibit:
    """Return the parts of `linked_back`."""
    return Exhibit(
        question="Can a strong shock reach back to what happened two days before?",
        model=strengthen,
        scene=BackScene,
        alt=back_reading,
        controls={
            "together": Choice(label="Active offline", options=TOGETHER, value=TOGETHER[0]),
            "n_bouts": Slider(label="Bouts after the shock", low=1, high=MOST_BOUTS, step=1,
                              value=2, unit="12 h apart"),
        },
    )  # fmt: skip
