"""Lesson 11: light after the drug, a memory switched off and on, and contacts that move.

Each wrong picture is drawn by the same animals with one belief switched on: an animal that never
learned, a light that cannot do more than the place or that meets no drug, LTD for good or without
effect, LTP that takes back one bout; and, in the third, contacts that count sooner or later.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

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
from engramlab.experiments import day_after, remodelled, switched
from engramlab.experiments.shares import lit_shares
from engramlab.measures import crossing
from engramlab.trials import sweep

LIT = np.linspace(0.0, 100.0, 11)  # per cent of the engram
STEPS = np.arange(4.0)  # before, after each of two bouts of LTD, after the bout of LTP
DAYS = np.arange(1.0, 43.0)
HALF = 0.5  # of the drive on the first day
SOONER = 5.0  # times as fast, if the first contacts that move count most
SPARED = 0.7  # share of the way to half that costs nothing, if there are contacts to spare


def _drives(function: Callable[..., Any], n_seeds: int, **grid: Sequence[Any]) -> Array:
    """Return the drives of `n_seeds` animals over a grid, the animals first."""
    drives = sweep(function, seeds=n_seeds, grid=grid, progress=False)[..., 0]
    return np.asarray(drives.reshape(-1, n_seeds).T, dtype=np.float64)


def _effect(n_seeds: int) -> Simulated:
    def lit(**how: bool) -> Array:
        grid: dict[str, list[Any]] = {name: [value] for name, value in how.items()}
        grid |= {"shares": [tuple((LIT / 100).tolist())], "background": [0.0]}
        drives = sweep(lit_shares, seeds=n_seeds, grid=grid, progress=False)
        return np.asarray(drives.reshape(n_seeds, -1), dtype=np.float64)

    place = _drives(day_after, n_seeds)
    reached = _drives(day_after, n_seeds, drug=[True])
    curves = {
        "a": lit(shock=False),
        "b": reached * np.ones(LIT.size),
        "c": lit(drug=True),
        "d": lit(),
    }
    return Simulated(x=LIT, curves={key: curve / place for key, curve in curves.items()})


@cache
def _control(n_seeds: int) -> Simulated:
    weakened = _drives(switched, n_seeds, n_weakenings=[0, 1, 2])
    restored = _drives(switched, n_seeds, n_weakenings=[2], restored=[True])
    start, once, twice = weakened.T[:, :, None]
    curves = {
        "a": start * np.ones(STEPS.size),
        "b": np.hstack([weakened, twice]),
        "c": np.hstack([weakened, once]),
        "d": np.hstack([weakened, restored]),
    }
    return Simulated(x=STEPS, curves={key: curve / start for key, curve in curves.items()})


@cache
def _limit(n_seeds: int) -> Simulated:
    days = [tuple(range(1, int(DAYS[-1]) + 1))]
    course = sweep(remodelled, seeds=n_seeds, grid={"days": days}, progress=False)[0]
    place = course[:, :, 0, 0]
    in_step = place / place[:, :1]
    half = crossing(DAYS, -in_step.mean(axis=0), -HALF)

    def at(days: Array) -> Array:
        return np.array([np.interp(days, DAYS, one) for one in in_step])

    return Simulated(
        x=DAYS,
        curves={
            "a": at(1.0 + SOONER * (DAYS - 1.0)),
            "b": in_step,
            "c": at(_held(DAYS, half)),
        },
        number=half,
    )


def _held(days: Array, half: float) -> Array:
    """Return days that go by late: no loss for a while, then all of it within a few days."""
    spared = SPARED * half
    return np.asarray(1.0 + np.maximum(0.0, days - spared) * (half - 1.0) / (half - spared))


def _through(key: str, guess: float, x: Array) -> Array:
    """Draw the chosen shape so that half is left on the learner's day."""
    mean = _limit(20).mean(key)
    half = crossing(DAYS, -mean, -HALF)
    scaled = 1.0 + (x - 1.0) * (half - 1.0) / max(guess - 1.0, 0.1)
    return np.asarray(np.interp(scaled, DAYS, mean))


TICKS = (0, 0.5, 1, 1.5)

PREDICTIONS = (
    Prediction(
        lesson="11",
        id="11-1",
        title="light after the drug",
        question=(
            "An animal is shocked in a box and at once gets a drug that keeps its cells from "
            "making proteins. A day later the box drives fear by a quarter of what it does "
            "without the drug. In a new box, light now makes a part of the cells fire that were "
            "active at the shock, or all of them. How strongly is fear driven?"
        ),
        options=(
            Option(
                key="a",
                text="not at all",
                belief=Belief(
                    id="no_recall_is_erased",
                    sentence="A memory that cannot be recalled is gone.",
                ),
            ),
            Option(
                key="b",
                text="as little as by the box",
                belief=Belief(
                    id="light_is_one_more_cue",
                    sentence="Light is one more cue, and can do no more than the box.",
                ),
            ),
            Option(
                key="c",
                text="more than by the box",
                belief=Belief(
                    id="part_outlasts_the_drug",
                    sentence="A part of the memory outlasts the drug, but the box cannot reach it.",
                ),
            ),
            Option(
                key="d",
                text="as without the drug",
                belief=Belief(
                    id="only_the_way_in",
                    sentence="The drug only closes the way in, and all behind it is as before.",
                ),
            ),
        ),
        answer="c",
        simulate=_effect,
        x_label="part of the cells lit (%)",
        x_ticks=(0, 50, 100),
        y_label="drive (1 = the box, no drug)",
        y_ticks=TICKS,
        finding="With enough cells lit, light does more than the box, but less than without the "
        "drug.",
        claims=("C-m-silent",),
        model="the animals",
        runs="animals",
    ),
    Prediction(
        lesson="11",
        id="11-2",
        title="LTD twice, then LTP",
        question=(
            "In the model an animal is shocked in a box. On later days the synapses by which the "
            "cells of that memory drive fear get LTD, LTD again, and then LTP. How strongly does "
            "the box drive fear after each step?"
        ),
        options=(
            Option(
                key="a",
                text="as before, always",
                belief=Belief(
                    id="strength_does_not_matter",
                    sentence="How strong synapses are makes no difference to a memory.",
                ),
            ),
            Option(
                key="b",
                text="down, and stays down",
                belief=Belief(
                    id="ltd_deletes",
                    sentence="Weakening its synapses deletes a memory for good.",
                ),
            ),
            Option(
                key="c",
                text="down, one step up",
                belief=Belief(
                    id="step_by_step",
                    sentence="One bout of LTP takes back one bout of LTD.",
                ),
            ),
            Option(
                key="d",
                text="down, and back up",
                belief=Belief(
                    id="weak_but_there",
                    sentence="Weak synapses are still there, and can be made strong again.",
                ),
            ),
        ),
        answer="d",
        because=(
            Reason(
                key="1",
                text="LTP makes every memory of the animal stronger",
                feedback=(
                    "A second memory of the same animal is the control: it rises far less, and "
                    "only by the few cells that serve both."
                ),
            ),
            Reason(
                key="2",
                text="with LTP the animal learns the box once more",
                feedback=(
                    "It was not in the box, and no shock came. LTP raised only contacts that "
                    "these cells had before."
                ),
            ),
            Reason(
                key="3",
                text="weak contacts are still there, so LTP can act on them",
                feedback=(
                    "Yes: the bouts change how strong a contact is. Which cells it joins stays as "
                    "it was. In the model this is built in."
                ),
            ),
        ),
        reason="3",
        simulate=_control,
        x_label="bouts: two LTD, one LTP",
        x_ticks=(0, 1, 2, 3),
        y_label="drive (1 = before)",
        finding="Two bouts of LTD take most of the drive, and one of LTP brings nearly all back.",
        claims=("C-m-ltd", "C-m-ltp"),
        model="the animals",
        runs="animals",
    ),
    Prediction(
        lesson="11",
        id="11-3",
        title="contacts that move",
        question=(
            "In this animal, each day a twentieth of the contacts by which the world reaches a "
            "cell move to other inputs and lose what they had learned. On which day does the box "
            "drive fear half as much as on the first, and what does the way there look like?"
        ),
        options=(
            Option(
                key="a",
                text="fast, then flat",
                belief=Belief(
                    id="first_losses_break_it",
                    sentence="A memory is a chain: it fails as soon as a few links are gone.",
                ),
            ),
            Option(
                key="b",
                text="a little every day",
                belief=Belief(
                    id="each_takes_its_part",
                    sentence="Each contact that moves takes its small part along.",
                ),
            ),
            Option(
                key="c",
                text="holds, then breaks",
                belief=Belief(
                    id="contacts_to_spare",
                    sentence="There are contacts to spare, so that for long nothing is lost.",
                ),
            ),
        ),
        answer="b",
        number=Number(
            label="Half is left",
            unit="days later",
            low=2.0,
            high=90.0,
            near=1.3,
            wide=6.0,
            few="soon",
            many="late",
        ),
        through=_through,
        simulate=_limit,
        x_label="days after learning",
        x_ticks=(1, 14, 28, 42),
        y_label="drive (1 = on day 1)",
        y_ticks=TICKS,
        finding="It falls a little every day, and is down to half in the third week.",
        claims=("C-m-remodels-half",),
        model="the animals",
        runs="animals",
    ),
)
