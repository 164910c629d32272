"""Lesson 07: light on a part of an engram, light on as many others, and how many to silence.

Each wrong picture is drawn by the same animals with one belief switched on: no light where the
place must do it; each lit cell standing for five; all cells needed at once; any cells as good as
those of the engram; each lit group half of the engram; a silence that copies or links outlast or do
not. Drives are told as shares of what the same animal gives in the box of the shock.
"""

from collections.abc import Callable
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
from engramlab.experiments import day_after
from engramlab.experiments.shares import lit_shares, silenced_shares
from engramlab.measures import crossing
from engramlab.trials import sweep

PERCENT = np.linspace(0.0, 100.0, 21)
SHARE = PERCENT / 100
RECRUITED = 5.0  # cells that stand behind one lit cell, if a part brings back the whole
TOGETHER = 6.0  # cells that must be lit together, if only the whole pattern counts
SPARED, LINKS = 0.7, 0.25  # shares: silenced without loss; silenced when nothing is left


def _runs(function: Callable[..., Any], n_seeds: int, **settings: Any) -> Array:
    """Return the results of `n_seeds` animals, shape (n_seeds, n_results)."""
    grid = {name: [value] for name, value in settings.items()}
    found = sweep(function, seeds=n_seeds, grid=grid, progress=False)
    return np.asarray(found.reshape(n_seeds, -1), dtype=np.float64)


def _lit(n_seeds: int, shares: Array, cells: str = "labelled") -> Array:
    """Return drives with light in a new place, as shares of the drive in the box of the shock."""
    drives = _runs(lit_shares, n_seeds, shares=tuple(shares.tolist()), cells=cells)
    return np.asarray(drives / _runs(day_after, n_seeds, place="A")[:, :1])


def _effect(n_seeds: int) -> Simulated:
    dark = _runs(day_after, n_seeds, place="C") / _runs(day_after, n_seeds, place="A")
    return Simulated(
        x=PERCENT,
        curves={
            "a": dark[:, :1] * np.ones(PERCENT.size),
            "b": _lit(n_seeds, SHARE),
            "c": _lit(n_seeds, np.minimum(1.0, RECRUITED * SHARE)),
            "d": _lit(n_seeds, SHARE**TOGETHER),
        },
    )


def _control(n_seeds: int) -> Simulated:
    engram, others = _lit(n_seeds, SHARE), _lit(n_seeds, SHARE, "others")
    return Simulated(
        x=PERCENT,
        curves={
            "a": engram,
            "b": np.ones((n_seeds, PERCENT.size)),
            "c": (engram + others) / 2,
            "d": others,
        },
    )


@cache
def _limit(n_seeds: int) -> Simulated:
    def silenced(shares: Array) -> Array:
        drives = _runs(silenced_shares, n_seeds, shares=tuple(shares.tolist()))
        return np.asarray(drives / drives[:, :1])

    in_step = silenced(SHARE)
    return Simulated(
        x=PERCENT,
        curves={
            "a": in_step,
            "b": silenced(np.clip((SHARE - SPARED) / (1.0 - SPARED), 0.0, 1.0)),
            "c": silenced(np.minimum(1.0, SHARE / LINKS)),
        },
        number=crossing(PERCENT, in_step.mean(axis=0), 0.5),
    )


def _through(key: str, guess: float, x: Array) -> Array:
    """Draw the chosen shape so that half is left at the learner's share."""
    mean = _limit(20).mean(key)
    scaled = np.minimum(x * crossing(PERCENT, mean, 0.5) / guess, 100.0)
    return np.asarray(np.interp(scaled, PERCENT, mean))


BOX = "drive (1 = as in the box of the shock)"
TICKS = (0, 0.5, 1, 1.5)

PREDICTIONS = (
    Prediction(
        lesson="07",
        id="07-1",
        title="light on half of the cells",
        question=(
            "Yesterday the animal was shocked in a box. Today it sits in another box, new to it. "
            "Of the cells that were active at the shock, light now makes a part fire: a few, half, "
            "or all of them. How strongly is fear driven?"
        ),
        options=(
            Option(
                key="a",
                text="as if without light",
                belief=Belief(
                    id="place_is_needed",
                    sentence="A memory comes back only where it was made.",
                ),
            ),
            Option(
                key="b",
                text="in step with the part",
                belief=Belief(
                    id="cells_add_up",
                    sentence="Each of these cells drives fear a little, wherever the animal is.",
                ),
            ),
            Option(
                key="c",
                text="a small part does it",
                belief=Belief(
                    id="part_brings_the_whole",
                    sentence="A part of a memory brings back all of it.",
                ),
            ),
            Option(
                key="d",
                text="nearly all are needed",
                belief=Belief(
                    id="only_the_whole_counts",
                    sentence="Half of a pattern is another pattern and means nothing.",
                ),
            ),
        ),
        answer="b",
        simulate=_effect,
        x_label="part of the cells (%)",
        x_ticks=(0, 50, 100),
        y_label=BOX,
        y_ticks=TICKS,
        finding=(
            "The drive grows in step with the part that is lit, in a box where nothing happened."
        ),
        claims=("C-m-light-half", "C-m-label-dose"),
        model="the animals",
        runs="animals",
    ),
    Prediction(
        lesson="07",
        id="07-2",
        title="light on as many others",
        question=(
            "The same new box. Now light makes as many other cells fire, none of which was active "
            "at the shock. How strongly is fear driven?"
        ),
        options=(
            Option(
                key="a",
                text="as much as before",
                belief=Belief(
                    id="number_counts",
                    sentence="What counts is how many cells fire, not which ones.",
                ),
            ),
            Option(
                key="b",
                text="fully, even by a few",
                belief=Belief(
                    id="light_itself",
                    sentence="The animal feels the light, and that is enough to frighten it.",
                ),
            ),
            Option(
                key="c",
                text="half as much as before",
                belief=Belief(
                    id="memory_is_everywhere",
                    sentence="Every cell holds a little of every memory.",
                ),
            ),
            Option(
                key="d",
                text="next to nothing",
                belief=Belief(
                    id="these_cells_only",
                    sentence="Only cells that the shock has tied to fear can drive it.",
                ),
            ),
        ),
        answer="d",
        because=(
            Reason(
                key="1",
                text="it is the light that frightens, whichever cells it reaches",
                feedback=(
                    "Then light on the others would frighten as much. This arm is in the "
                    "experiment to find that out."
                ),
            ),
            Reason(
                key="2",
                text="only the cells that were active at the shock got tied to fear",
                feedback=(
                    "Yes. The others fire as hard, and by inhibition keep the engram out: fear is "
                    "driven even less than with no light."
                ),
            ),
            Reason(
                key="3",
                text="as many cells are active as when the animal remembers",
                feedback=(
                    "As many, but not those: their contacts with what drives fear have not been "
                    "strengthened."
                ),
            ),
        ),
        reason="2",
        simulate=_control,
        x_label="as many as this part (%)",
        x_ticks=(0, 50, 100),
        y_label=BOX,
        y_ticks=TICKS,
        finding="As many other cells drive fear hardly at all: which cells, not how many.",
        claims=("C-m-light-others",),
        model="the animals",
        runs="animals",
    ),
    Prediction(
        lesson="07",
        id="07-3",
        title="how many to silence",
        question=(
            "Back in the box of the shock. A different light now keeps some of the cells from "
            "firing that were active there. At which part of them is fear driven half as much, and "
            "what does the way there look like?"
        ),
        options=(
            Option(
                key="a",
                text="down in step",
                belief=Belief(
                    id="no_one_stands_in",
                    sentence="Each cell brings its part, and no other cell stands in for it.",
                ),
            ),
            Option(
                key="b",
                text="late, then all at once",
                belief=Belief(
                    id="many_copies",
                    sentence="A memory is kept many times over, so most cells can be spared.",
                ),
            ),
            Option(
                key="c",
                text="by a few, at once",
                belief=Belief(
                    id="chain_breaks",
                    sentence="A memory is a chain, and a few missing links break it.",
                ),
            ),
        ),
        answer="a",
        number=Number(
            label="Half is left at",
            unit="% silent",
            low=1.0,
            high=100.0,
            near=1.25,
            wide=5.0,
            few="few",
            many="all",
        ),
        through=_through,
        simulate=_limit,
        x_label="cells kept silent (%)",
        x_ticks=(0, 25, 50, 75, 100),
        y_label=BOX,
        y_ticks=(0, 0.5, 1),
        finding="It falls with each cell that is missing: half of the cells, half of the drive.",
        claims=("C-m-silence-half",),
        model="the animals",
        runs="animals",
    ),
)
