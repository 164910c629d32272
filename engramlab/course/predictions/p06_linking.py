"""Lesson 06: cells that two events share, the same in old animals, and a shock that reaches back.

Each wrong picture is drawn by the same animals with one belief switched on: nothing carried from
one event to the next, cells that are taken and kept out, excitability that takes ten times as long
to fade or four times, a link only through shared cells. In the third, the shape of a belief about
repetition. Predictions 1 and 2 compare the cells of two events, as `experiments.linked` does.
"""

from collections.abc import Callable
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
from engramlab.ensemble import COURSE, STRONG, EnsembleConstants
from engramlab.experiments import linked_back
from engramlab.experiments.allocation import newborn
from engramlab.measures import crossing, engram_overlap

GAPS = np.array([1.5, 3.0, 6.0, 12.0, 24.0, 168.0])
LONG_AGO = 1000.0  # hours after which nothing is left of excitability
BOUTS = np.arange(5)
FINE = np.linspace(0.0, float(BOUTS[-1]), 41)
HALF = COURSE.threshold_recall
ALL = 2.0  # about what B itself brings back after a few bouts
NOTHING = COURSE._replace(bump=0.0)
SLOW = COURSE._replace(tau_excitability_hours=10 * COURSE.tau_excitability_hours)
LATER = COURSE._replace(tau_excitability_hours=4 * COURSE.tau_excitability_hours)


def _shared(
    gap: float,
    seed: int,
    *,
    constants: EnsembleConstants = COURSE,
    strength: float = STRONG,
    more_hours: float = 0.0,
    kept_out: Callable[[float], float] | None = None,
) -> float:
    """Return the overlap of the cells of two events in one animal.

    `kept_out` gives, for a gap, the share of the first event's cells that cannot take part again.
    """
    rng = np.random.default_rng([6, 1, seed])
    animal, (a, b) = newborn(2, constants, rng=rng)
    animal, first = animal.encode(a, strength=strength, rng=rng)
    animal = animal.advance(gap + more_hours, rng=rng)
    taken = None
    if kept_out is not None:
        taken = first & (rng.random(first.size) < kept_out(gap))
    _, second = animal.encode(b, silence=taken, rng=rng)
    return engram_overlap(first, second)


def _closed(gap: float) -> float:
    """Return the share of cells that are closed to a new memory `gap` hours after the first."""
    return float(1.0 - np.exp(-2 * gap / COURSE.tau_excitability_hours))


def _over_gaps(n_seeds: int, **belief: object) -> Array:
    """Return overlaps over `GAPS`, shape (n_seeds, n_gaps)."""
    return np.array(
        [[_shared(gap, seed, **belief) for gap in GAPS.tolist()]  # type: ignore[arg-type]
         for seed in range(n_seeds)]
    )  # fmt: skip


def _at_any_gap(n_seeds: int, **belief: object) -> Array:
    """Return overlaps that do not depend on the gap, shape (n_seeds, n_gaps)."""
    one = [[_shared(float(GAPS[0]), seed, **belief)] for seed in range(n_seeds)]  # type: ignore[arg-type]
    return np.array(one) * np.ones(GAPS.size)


@cache
def _young(n_seeds: int) -> Array:
    return _over_gaps(n_seeds)


def _effect(n_seeds: int) -> Simulated:
    return Simulated(
        x=np.log10(GAPS),
        curves={
            "a": _at_any_gap(n_seeds, constants=NOTHING, strength=0.0, more_hours=LONG_AGO),
            "b": _over_gaps(n_seeds, kept_out=_closed),
            "c": _young(n_seeds),
            "d": _over_gaps(n_seeds, constants=SLOW),
        },
    )


def _control(n_seeds: int) -> Simulated:
    return Simulated(
        x=np.log10(GAPS),
        curves={
            "a": _over_gaps(n_seeds, constants=NOTHING),
            "b": _young(n_seeds),
            "c": _at_any_gap(n_seeds, constants=NOTHING, kept_out=lambda _: 1.0),
            "d": _over_gaps(n_seeds, constants=LATER),
        },
    )


def _drive(n_bouts: int, seed: int) -> float:
    """Return the drive in A after some bouts, 0 or more, in one animal."""
    rng = np.random.default_rng([6, 3, seed])
    return linked_back(coactivated=n_bouts > 0, n_bouts=max(n_bouts, 1), rng=rng).drive


@cache
def _limit(n_seeds: int) -> Simulated:
    drives = np.array([[_drive(n, seed) for n in BOUTS.tolist()] for seed in range(n_seeds)])
    back = np.array([np.interp(FINE, BOUTS, row) for row in drives])
    alone = drives[:, :1]  # of animals without bouts, however long the time
    reached = crossing(FINE, back.mean(axis=0), HALF)
    every = np.ones((n_seeds, FINE.size))
    return Simulated(
        x=FINE,
        curves={
            "a": alone * every,
            "b": back,
            "c": every * _all_at_once(FINE, reached, float(alone.mean())),
        },
        number=reached,
    )


def _all_at_once(x: Array, at: float, low: float) -> Array:
    """Nothing until shortly before `at`, where it is half; all soon after it."""
    share = (HALF - low) / (ALL - low)
    return np.asarray(low + (ALL - low) * np.clip(share + (x - at) / (0.3 * at), 0.0, 1.0))


def _through(key: str, guess: float, x: Array) -> Array:
    """Draw the chosen shape so that it reaches half at the learner's number of bouts."""
    truth = _limit(20)
    if key == "a":
        return truth.mean("a")
    if key == "c":
        return _all_at_once(x, guess, float(truth.mean("a").mean()))
    return np.asarray(np.interp(x * (truth.number or guess) / guess, truth.x, truth.mean("b")))


HOURS = {float(np.log10(hour)): words for hour, words in
         ((1.5, "1.5 h"), (6, "6 h"), (24, "24 h"), (168, "7 days"))}  # fmt: skip

EFFECT = Prediction(
    lesson="06",
    id="06-1",
    title="two events, hours apart",
    question=(
        "Two places, A and then B, each get 40 of 400 cells. Two groups drawn by lot would have 4 "
        "cells in common, an overlap of 0.10. Let more and more time pass between A and B. How "
        "does the overlap change?"
    ),
    options=(
        Option(
            key="a",
            text="few, whatever the gap",
            belief=Belief(
                id="each_event_draws_anew",
                sentence="Each event picks cells of its own, whatever happened before.",
            ),
        ),
        Option(
            key="b",
            text="many, then none",
            belief=Belief(
                id="taken_cells_are_full",
                sentence="A cell that holds one memory is taken, and the next goes elsewhere.",
            ),
        ),
        Option(
            key="c",
            text="many, then few",
            belief=Belief(
                id="excitable_for_hours",
                sentence="Cells that were just active win again while they are more excitable.",
            ),
        ),
        Option(
            key="d",
            text="many for days on end",
            belief=Belief(
                id="same_week_same_cells",
                sentence="A day or two is nothing to a memory: near in time means together.",
            ),
        ),
    ),
    answer="c",
    simulate=_effect,
    x_label="time between A and B",
    x_ticks=HOURS,
    y_label="overlap (1 = the same cells)",
    finding=(
        "Events within hours share most of their cells; a day later hardly more than by chance, "
        "but not none."
    ),
    settings=(40, 400, 4),
    claims=("C-m-linking", "C-m-linking-chance"),
    model="the model",
    runs="animals",
)

CONTROL = Prediction(
    lesson="06",
    id="06-2",
    title="the same in old animals",
    question=(
        "In the model's old animals activity leaves cells no more excitable than they were. "
        "Everything else, learning too, is as in the young. How does the overlap go with the time "
        "between A and B?"
    ),
    options=(
        Option(
            key="a",
            text="few, even within hours",
            belief=Belief(
                id="excitability_carries_over",
                sentence="Only raised excitability brings the first event's cells into the second.",
            ),
        ),
        Option(
            key="b",
            text="as in the young",
            belief=Belief(
                id="synapses_do_the_linking",
                sentence="Strengthened synapses bring the same cells back, whatever the age.",
            ),
        ),
        Option(
            key="c",
            text="none at all",
            belief=Belief(
                id="no_boost_no_sharing",
                sentence="Without a boost no cell can take part in two memories.",
            ),
        ),
        Option(
            key="d",
            text="many, and for longer",
            belief=Belief(
                id="old_is_slow",
                sentence="In old age the same things happen, only more slowly.",
            ),
        ),
    ),
    answer="a",
    because=(
        Reason(
            key="1",
            text="the old animal learns less, so the first memory has hardly any cells to share",
            feedback=(
                "It learns as well as the young: its first event has as many cells, and they are "
                "strengthened as much. Only the hours after differ."
            ),
        ),
        Reason(
            key="2",
            text="nothing else puts the first event's cells ahead when the second comes",
            feedback=(
                "Yes, nearly. What is left: excitability wanders slowly by itself, so that cells "
                "that were easy to excite in A often still are a few hours later; and A has "
                "strengthened the few inputs that both places have in common."
            ),
        ),
        Reason(
            key="3",
            text="the two places are as alike as before, and likeness decides which cells win",
            feedback=(
                "Likeness is the same at every gap and in both ages, so it cannot make hours "
                "differ from days. It gives only the small rest above chance."
            ),
        ),
    ),
    reason="2",
    simulate=_control,
    x_label="time between A and B",
    x_ticks=HOURS,
    y_label="overlap (1 = the same cells)",
    finding="Without the bump of excitability the overlap is low at every gap, but not zero.",
    claims=("C-m-ages", "C-m-ages-day"),
    model="the model",
    runs="animals",
)

LIMIT = Prediction(
    lesson="06",
    id="06-3",
    title="a strong shock two days later",
    question=(
        "Two days after A a strong shock comes in B, and A and B share hardly more cells than by "
        "chance. In the days after, at rest, cells of A and of B become active together in bouts. "
        "(If you think that it changes nothing, say 40.) After how many bouts does A bring back "
        "fear at half of the read-out, a drive of 0.8, and what does the way there look like?"
    ),
    options=(
        Option(
            key="a",
            text="it stays low",
            belief=Belief(
                id="only_shared_cells_link",
                sentence="Events are linked by shared cells or not at all.",
            ),
        ),
        Option(
            key="b",
            text="more with each bout",
            belief=Belief(
                id="activity_together_links",
                sentence="Each time that both are active together ties A's cells to the fear.",
            ),
        ),
        Option(
            key="c",
            text="nothing, then all",
            belief=Belief(
                id="linked_or_not",
                sentence="Two memories become one at some point, and then A is as bad as B.",
            ),
        ),
    ),
    answer="b",
    number=Number(
        label="Half is reached after",
        unit="bouts",
        low=0.2,
        high=40.0,
        near=1.5,
        wide=12.0,
    ),
    through=_through,
    simulate=_limit,
    x_label="bouts after the shock",
    x_ticks=(0, 1, 2, 3, 4),
    y_label="drive that A brings back",
    y_ticks=(0, 0.8, 1.6, 2.4, 3.2),
    finding="About one bout is enough in this model, and each further one adds to the drive.",
    settings=(0.8, 40),
    claims=("C-m-links-back", "C-m-links-back-half"),
    model="the model",
    runs="animals",
)

PREDICTIONS = (EFFECT, CONTROL, LIMIT)
