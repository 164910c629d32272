"""Lesson 12: a month without the hippocampus, the same without replay, and a place that resembles.

Each wrong picture is drawn by the same regions with one belief switched on: a cortex that never
learns, one that learns all at once, a trace that can only fade; replay that was not needed, or that
the cortex makes up for two weeks later, or a memory that is one thing wherever it is tested. In the
third, the shapes of two beliefs about places that resemble the first.
"""

from functools import cache

import numpy as np

from engramlab.course.predictions._types import (
    Array,
    Belief,
    Number,
    Option,
    Prediction,
    Reason,
    Simulated,
)
from engramlab.ensemble import COURSE, REGIONS, Ensemble, random_contexts
from engramlab.experiments import MONTH_DAYS, READ_OUTS, SIMILARITIES, many_gists, many_months
from engramlab.experiments.allocation import DAY_HOURS
from engramlab.measures import crossing
from engramlab.trials import sweep

DAYS = np.array(MONTH_DAYS)
LATE = 14.0  # days by which a cortex left to itself would be late
STUBBORN = 0.0  # strength with which the event changes a cortex that never learns
QUICK = 0.98  # and one that learns as the hippocampus does
SHARES = 100.0 * np.array(SIMILARITIES)
ALIKE = 90.0  # per cent, from which a place counts as the same
HALF = 0.5


def _read(months: Array, read_out: str) -> Array:
    """Return one read-out of shape (n_animals, n_days)."""
    return np.asarray(months[:, READ_OUTS.index(read_out)])


def _cortex_alone(*, strength: float, rng: np.random.Generator) -> Array:
    """Return the drive in one animal whose cortex learned in the event and in no replay."""
    context = random_contexts(1, rng=rng)[0]
    cortex = Ensemble.build(constants=COURSE._replace(n_cells=REGIONS.n_cells), rng=rng)
    cortex, _ = cortex.encode(context, shock=True, strength=strength, rng=rng)
    drives = []
    for days in np.diff(DAYS, prepend=0.0).tolist():
        cortex = cortex.advance(DAY_HOURS * days, rng=rng)
        drives.append(cortex.recall(context).drive)
    return np.array(drives)


@cache
def _other_cortices(n_seeds: int) -> Array:
    """Return the drive without hippocampus, (2, n_seeds, n_days): a cortex stubborn, and quick."""
    strengths = {"strength": [STUBBORN, QUICK]}
    return np.asarray(sweep(_cortex_alone, seeds=n_seeds, grid=strengths, progress=False))


def _effect(n_seeds: int) -> Simulated:
    months, (stubborn, quick) = many_months(n_seeds), _other_cortices(n_seeds)
    return Simulated(
        x=DAYS,
        curves={
            "a": stubborn,
            "b": quick,
            "c": _read(months, "hippocampus off"),
            "d": _read(months, "cortex off"),
        },
    )


def _control(n_seeds: int) -> Simulated:
    free = _read(many_months(n_seeds), "hippocampus off")
    blocked = many_months(n_seeds, replay="blocked")
    late = np.array([np.interp(DAYS - LATE, DAYS, one) for one in free])
    return Simulated(
        x=DAYS,
        curves={
            "a": free,
            "b": late,
            "c": _read(blocked, "cortex off"),
            "d": _read(blocked, "hippocampus off"),
        },
    )


def _limit(n_seeds: int) -> Simulated:
    drives = many_gists(n_seeds)[:, 0]
    share = drives / drives[:, -1:]
    alike = np.ones((n_seeds, 1))
    return Simulated(
        x=SHARES,
        curves={
            "a": share,
            "b": alike * _step(SHARES, ALIKE),
            "c": alike * _in_proportion(SHARES, 100.0 * HALF),
        },
        number=float(crossing(SHARES, -share.mean(axis=0), -HALF)),
    )


def _step(x: Array, half: float) -> Array:
    """Nothing before `half`, everything after, within a tenth of the axis."""
    return np.asarray(np.clip(HALF + (x - half) / 10.0, 0.0, 1.0))


def _in_proportion(x: Array, half: float) -> Array:
    """As much as is shared, so that half of it is there at `half`."""
    return np.asarray(np.clip(HALF * x / max(half, 1e-9), 0.0, 1.0))


def _through(key: str, guess: float, x: Array) -> Array:
    """Draw the chosen shape so that half of the drive is there at the learner's share."""
    if key == "b":
        return _step(x, guess)
    if key == "c":
        return _in_proportion(x, guess)
    truth = _limit(20)
    half = truth.number or guess
    warped = np.where(
        x <= guess, x * half / guess, half + (x - guess) * (100 - half) / max(100 - guess, 1e-9)
    )
    return np.asarray(np.interp(warped, truth.x, truth.mean("a")))


DRIVES = (0, 0.5, 1, 1.5, 2)
DAY_TICKS = (1, 7, 14, 21, 28)

PREDICTIONS = (
    Prediction(
        lesson="12",
        id="12-1",
        title="without hippocampus",
        question=(
            "An animal is shocked once in a box. Later its hippocampus is switched off, just for "
            "the test in that box: in one group on day 1, in others later, up to day 28. How much "
            "of the memory comes back?"
        ),
        options=(
            Option(
                key="a",
                text="little, always",
                belief=Belief(
                    id="hippocampus_is_the_store",
                    sentence="The hippocampus is where such memories are kept, early and late.",
                ),
            ),
            Option(
                key="b",
                text="much, always",
                belief=Belief(
                    id="copies_at_once",
                    sentence="Both regions store the memory at once, so one can be spared.",
                ),
            ),
            Option(
                key="c",
                text="little, later much",
                belief=Belief(
                    id="cortex_catches_up",
                    sentence="Another region comes to support recall in the weeks that follow.",
                ),
            ),
            Option(
                key="d",
                text="much, later little",
                belief=Belief(
                    id="time_only_fades",
                    sentence="A memory is strongest when it is new, whatever you switch off.",
                ),
            ),
        ),
        answer="c",
        simulate=_effect,
        x_label="days after learning",
        x_ticks=DAY_TICKS,
        y_label="drive (1 = an unstrengthened engram)",
        y_ticks=DRIVES,
        finding="Here, without hippocampus the new memory fails, and the old one comes back.",
        settings=(1, 28),
        claims=("C-m-month-decays",),
        model="the model",
        runs="animals",
    ),
    Prediction(
        lesson="12",
        id="12-2",
        title="no replay",
        question=(
            "The same again, and all tests are made with the hippocampus off. But this time, for "
            "the whole month, nothing that comes back at rest in the hippocampus reached the "
            "cortex. How much of the memory comes back?"
        ),
        options=(
            Option(
                key="a",
                text="as much as before",
                belief=Belief(
                    id="time_matures_cortex",
                    sentence="The cortex needs time to mature, and time it had.",
                ),
            ),
            Option(
                key="b",
                text="as much, but later",
                belief=Belief(
                    id="cortex_makes_up",
                    sentence="The cortex learns alone too, but more slowly.",
                ),
            ),
            Option(
                key="c",
                text="much, then little",
                belief=Belief(
                    id="memory_is_one_thing",
                    sentence="A memory that is not refreshed fades, wherever it is tested.",
                ),
            ),
            Option(
                key="d",
                text="little, always",
                belief=Belief(
                    id="replay_teaches",
                    sentence="What is not brought back at rest, the cortex cannot learn.",
                ),
            ),
        ),
        answer="d",
        because=(
            Reason(
                key="1",
                text="the cortex only needs time, as a wound does",
                feedback=(
                    "The time was the same in both groups. Only what reached the cortex in that "
                    "time was not."
                ),
            ),
            Reason(
                key="2",
                text="the cortex learns only when the event is brought back at rest",
                feedback=(
                    "Yes: one event changed it a little, and nothing came after that. In the model "
                    "this is how the cortex was built."
                ),
            ),
            Reason(
                key="3",
                text="the block erased the memory in the hippocampus itself",
                feedback=(
                    "The hippocampal trace has the same fate in both groups. It was off in every "
                    "test, so it could not show."
                ),
            ),
        ),
        reason="2",
        simulate=_control,
        x_label="days after learning",
        x_ticks=DAY_TICKS,
        y_label="drive (1 = an unstrengthened engram)",
        y_ticks=DRIVES,
        finding="The cortex alone stays where the one event left it, for the whole month.",
        claims=("C-m-month-blocked",),
        model="the model",
        runs="animals",
    ),
    Prediction(
        lesson="12",
        id="12-3",
        title="a place that resembles",
        question=(
            "A day after the shock the animal enters other boxes: some share nothing with the "
            "first, some nearly all. Only its hippocampus is on. At how many per cent shared is "
            "the drive half of that in the first box, and what does the way there look like?"
        ),
        options=(
            Option(
                key="a",
                text="fast, then flat",
                belief=Belief(
                    id="a_part_is_enough",
                    sentence="Cells of the memory win soon, since they answer more than others.",
                ),
            ),
            Option(
                key="b",
                text="nothing, then all",
                belief=Belief(
                    id="only_the_same_place",
                    sentence="A memory is a lock, and only the right key opens it.",
                ),
            ),
            Option(
                key="c",
                text="in proportion",
                belief=Belief(
                    id="share_for_share",
                    sentence="Half of the place brings back half of the memory.",
                ),
            ),
        ),
        answer="a",
        number=Number(
            label="Half of the drive at",
            unit="%",
            low=1.0,
            high=100.0,
            near=1.2,
            wide=4.0,
            few="little",
            many="much",
        ),
        through=_through,
        simulate=_limit,
        x_label="share of the first box (%)",
        x_ticks=(0, 25, 50, 75, 100),
        y_label="drive (1 = in the first box)",
        finding="It rises faster than the share: a third of the box gives half of the drive.",
        claims=("C-m-gist-half",),
        model="the model",
        runs="animals",
    ),
)
