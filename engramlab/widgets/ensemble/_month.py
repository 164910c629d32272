"""A month of offline replay in two regions, the same without replay, and precise against gist."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist

from engramlab._types import Float
from engramlab.ensemble import HYPOTHESES
from engramlab.experiments import (
    MONTH_DAYS,
    READ_OUTS,
    REPLAYS,
    SIMILARITIES,
    many_gists,
    many_months,
)
from engramlab.measures import crossing
from engramlab.plots import new_picture, style
from engramlab.plots._axes import number
from engramlab.plots._days import DayCurve, DaysDrawing
from engramlab.widgets._controls import Choice, Slider
from engramlab.widgets._panel import Exhibit
from engramlab.widgets._stage import Scene

N_ANIMALS = 20
TRACES = {"decays": HYPOTHESES[0], "stays, less precise": HYPOTHESES[1]}
ARMS = {"free": REPLAYS[0], "blocked": REPLAYS[1], "context only": REPLAYS[2]}
_SAID = {
    "free": "free replay",
    "blocked": "replay blocked",
    "context only": "replay of the context only",
}
INHIBITIONS = tuple(float(level) for level in range(8, 21))
FRESH, REMOTE = 14.0, 9.0  # inhibition at recall on day 1, and on day 28 if precision is lost


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Month:
    """What 20 animals give on one day, and on all days.

    Attributes
    ----------
    setting : str
        What was done, in words.
    day : int
        Days since learning.
    drives : mapping from str to ndarray of shape (n_days, n_animals)
        For each read-out.
    """

    setting: str
    day: int
    drives: Mapping[str, Float]

    def on_the_day(self, read_out: str) -> Float:
        """Return the drive in each animal on the day shown."""
        return np.asarray(self.drives[read_out][MONTH_DAYS.index(self.day)])

    def words(self, read_out: str) -> str:
        """Return the mean on the day shown, with the least and the most."""
        drive = self.on_the_day(read_out)
        return f"{number(drive.mean())} ({number(drive.min())} to {number(drive.max())})"


def month_of(setting: str, day: int, *, hypothesis: str, replay: str = "on") -> Month:
    """Return the month of 20 animals under one hypothesis and with one kind of replay."""
    months = many_months(N_ANIMALS, hypothesis=hypothesis, replay=replay)
    drives = {name: months[:, k].T for k, name in enumerate(READ_OUTS)}
    return Month(setting=setting, day=day, drives=drives)


class _Days(Scene):
    """What the scenes share: the drawing, and the ghost."""

    drawing: DaysDrawing

    def freeze(self) -> Sequence[Artist]:
        """Leave the present means behind."""
        return self.drawing.ghost()


_FIRST, _LAST = int(MONTH_DAYS[0]), int(MONTH_DAYS[-1])
_DAY = Slider(label="Read out on day", low=_FIRST, high=_LAST, step=3, value=_FIRST,
              unit="after learning")  # fmt: skip


def move_day(trace: str, day: int) -> Month:
    """Return what becomes of the memory if the hippocampal trace `decays`, or stays."""
    return month_of(f"hippocampal trace {trace}", day, hypothesis=TRACES[trace])


def month_reading(shown: Month) -> str:
    """Return the one line: the hypothesis, the day, and the drive without each region."""
    return (
        f"{shown.setting}, day {shown.day}: drive with the hippocampus off "
        f"{shown.words('hippocampus off')}, with the cortex off {shown.words('cortex off')}, from "
        f"light on the cortical engram {shown.words('light on cortex')}; {N_ANIMALS} animals"
    )


class MonthScene(_Days):
    """Three experiments over 28 days: one region off, the other off, light on the cortex."""

    def __init__(self) -> None:
        with style():
            self.figure = new_picture(height=364)
            self.drawing = DaysDrawing(
                self.figure, top=48, days=np.array(MONTH_DAYS), n_curves=3, highest=2.45, height=252
            )
        for trace in TRACES:  # run now, so that no choice has to wait
            move_day(trace, _FIRST)

    def update(self, result: Any) -> Sequence[Artist]:
        """Show another hypothesis or another day."""
        drives = result.drives
        self.drawing.set(
            result.day,
            [
                DayCurve(name="hippocampus off", drives=drives["hippocampus off"]),
                DayCurve(name="cortex off", drives=drives["cortex off"], role="engram_b"),
                DayCurve(
                    name="light on cortex alone", drives=drives["light on cortex"], role="light"
                ),
            ],
        )
        return self.drawing.moving()


def month_exhibit() -> Exhibit:
    """Return the parts of `month`."""
    return Exhibit(
        question="Which region is needed, and when?",
        model=move_day,
        scene=MonthScene,
        alt=month_reading,
        controls={
            "trace": Choice(
                label="Hippocampal trace", options=tuple(TRACES), value=next(iter(TRACES))
            ),
            "day": _DAY,
        },
    )


def block_replay(replay: str, day: int) -> Month:
    """Return what becomes of the memory with `replay` left free or stopped in one of two ways."""
    return month_of(_SAID[replay], day, hypothesis=HYPOTHESES[0], replay=ARMS[replay])


def replay_reading(shown: Month) -> str:
    """Return the one line: what was done to replay, the day, and the drive with and without."""
    free = block_replay("free", shown.day)
    beside_it = (
        ""
        if shown.setting == free.setting
        else (
            f" with free replay {number(free.on_the_day('hippocampus off').mean())} and "
            f"{number(free.on_the_day('intact').mean())};"
        )
    )
    return (
        f"{shown.setting}, day {shown.day}: drive with the hippocampus off "
        f"{shown.words('hippocampus off')}, with both regions on {shown.words('intact')};"
        f"{beside_it} {N_ANIMALS} animals"
    )


class ReplayScene(_Days):
    """The cortex alone, and both regions, with replay stopped; dashed: the cortex with replay."""

    def __init__(self) -> None:
        with style():
            self.figure = new_picture(height=364)
            self.drawing = DaysDrawing(
                self.figure, top=48, days=np.array(MONTH_DAYS), n_curves=3, highest=2.65, height=252
            )
        free = block_replay("free", _FIRST).drives["hippocampus off"]
        self.free = DayCurve(
            name="hippocampus off, free",
            drives=free.mean(axis=1, keepdims=True),
            role="control",
            control=True,
        )
        for replay in ARMS:  # run now, so that no choice has to wait
            block_replay(replay, _FIRST)

    def update(self, result: Any) -> Sequence[Artist]:
        """Show another kind of replay or another day."""
        drives = result.drives
        curves = [
            DayCurve(name="hippocampus off", drives=drives["hippocampus off"]),
            DayCurve(name="both regions on", drives=drives["intact"], role="engram_b"),
        ]
        if result.setting != _SAID["free"]:
            curves.append(self.free)
        self.drawing.set(result.day, curves)
        return self.drawing.moving()


def replay_exhibit() -> Exhibit:
    """Return the parts of `replay_blocked`."""
    return Exhibit(
        question="What does the cortex learn without replay?",
        model=block_replay,
        scene=ReplayScene,
        alt=replay_reading,
        controls={
            "replay": Choice(label="Offline replay", options=tuple(ARMS), value=list(ARMS)[1]),
            "day": _DAY,
        },
    )


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Gist:
    """What the hippocampus alone gives in places that resemble the one of the shock.

    Attributes
    ----------
    inhibition : float
        At recall.
    similarity : float
        Share of its units that the place shown shares with the first.
    drives : ndarray of shape (n_similarities, n_animals)
    """

    inhibition: float
    similarity: float
    drives: Float

    @property
    def half(self) -> float:
        """Similarity at which the mean drive is half of that in the first place."""
        mean = self.drives.mean(axis=1)
        return float(crossing(np.array(SIMILARITIES), -mean, -mean[-1] / 2))


def gist_at(inhibition: float) -> Float:
    """Return the drives of 20 animals at one inhibition, of shape (n_similarities, n_animals)."""
    level = INHIBITIONS.index(float(inhibition))
    return np.asarray(many_gists(N_ANIMALS, inhibitions=INHIBITIONS)[:, level].T)


def move_place(similarity: int, inhibition: int) -> Gist:
    """Return the drive in a place that shares `similarity` per cent with the first one."""
    return Gist(
        inhibition=float(inhibition), similarity=similarity / 100, drives=gist_at(inhibition)
    )


def gist_reading(shown: Gist) -> str:
    """Return the one line: inhibition, similarity, the drive, and where it is half."""
    drive = shown.drives[SIMILARITIES.index(shown.similarity)]
    return (
        f"inhibition {shown.inhibition:g}, a place that shares {100 * shown.similarity:.0f} %: "
        f"drive {number(drive.mean())} ({number(drive.min())} to {number(drive.max())}), in the "
        f"first place {number(shown.drives[-1].mean())}; half of that at "
        f"{100 * shown.half:.0f} % shared; {N_ANIMALS} animals"
    )


class GistScene(_Days):
    """Drive against the share of the place; dashed: the same with the inhibition of day 1."""

    def __init__(self) -> None:
        with style():
            self.figure = new_picture(height=364)
            self.drawing = DaysDrawing(
                self.figure, top=48, days=100 * np.array(SIMILARITIES), n_curves=2, highest=2.3,
                height=252, ticks={0: "0 %", 20: "20", 40: "40", 60: "60", 80: "80", 100: "100 %"},
                x_title="of the first place's units, shared by the test place",
            )  # fmt: skip
        self.fresh = gist_at(FRESH).mean(axis=1, keepdims=True)

    def update(self, result: Any) -> Sequence[Artist]:
        """Show another inhibition or another place."""
        self.drawing.set(
            100 * result.similarity,
            [
                DayCurve(name=f"inhibition {result.inhibition:g}", drives=result.drives),
                DayCurve(name=f"inhibition {FRESH:g}, mean", drives=self.fresh, role="control",
                         control=True),
            ],
        )  # fmt: skip
        return self.drawing.moving()


def gist_exhibit() -> Exhibit:
    """Return the parts of `gist`."""
    return Exhibit(
        question="How alike must a place be to bring the memory back?",
        model=move_place,
        scene=GistScene,
        alt=gist_reading,
        controls={
            "similarity": Slider(label="The place shares", low=0, high=100, step=10, value=40,
                                 unit="% of its units"),
            "inhibition": Slider(label="Inhibition at recall", low=int(INHIBITIONS[0]),
                                 high=int(INHIBITIONS[-1]), step=1, value=int(REMOTE),
                                 unit="(14 on day 1)"),
        },
    )  # fmt: skip
