"""Lesson 08: what a fragment brings back, what a fragment of nothing does, and where it breaks.

Each wrong picture is drawn by the same network with one belief switched on: units that nobody
connects (a part gives a part), a half of the open units cut off (the rest is guessed), weights
dealt out anew (noise wins), a picture stored after all (any cue is cleaned).
"""

from functools import cache

import numpy as np

from engramlab.attractors import Hopfield
from engramlab.course.predictions._runs import SWEEPS, half_cut_off, overlaps, unconnected
from engramlab.course.predictions._types import (
    Array,
    Belief,
    Number,
    Option,
    Prediction,
    Reason,
    Simulated,
)
from engramlab.experiments import fraction_recalled
from engramlab.measures import crossing
from engramlab.patterns import partial_cue, random_patterns

N_UNITS, N_MEMORIES, KEPT = 400, 5, 0.30

LARGE = 500
LOADS = np.arange(0.04, 0.245, 0.01).round(2)
N_PROBES = 20


def _completion(n_seeds: int) -> Simulated:
    curves: dict[str, list[Array]] = {key: [] for key in "abcd"}
    for seed in range(n_seeds):
        rng = np.random.default_rng([8, 1, seed])
        patterns = random_patterns(N_MEMORIES, n_neurons=N_UNITS, rng=rng)
        network, target = Hopfield.store(patterns), patterns[0]
        cue = partial_cue(target, KEPT, rng=rng)
        half = half_cut_off(network, np.flatnonzero(cue != target), rng)
        curves["a"].append(overlaps(unconnected(N_UNITS), cue, target, rng=rng))
        curves["b"].append(overlaps(half, cue, target, rng=rng))
        curves["c"].append(overlaps(network, cue, target, rng=rng))
        curves["d"].append(overlaps(network.shuffled(rng=rng), cue, target, rng=rng))
    return Simulated(x=SWEEPS, curves={key: np.array(rows) for key, rows in curves.items()})


def _control(n_seeds: int) -> Simulated:
    curves: dict[str, list[Array]] = {key: [] for key in "abcd"}
    for seed in range(n_seeds):
        rng = np.random.default_rng([8, 2, seed])
        patterns = random_patterns(N_MEMORIES + 1, n_neurons=N_UNITS, rng=rng)
        network, with_it, target = (
            Hopfield.store(patterns[:-1]),
            Hopfield.store(patterns),
            patterns[-1],
        )
        cue = partial_cue(target, KEPT, rng=rng)
        half = half_cut_off(with_it, np.flatnonzero(cue != target), rng)
        curves["a"].append(overlaps(with_it, cue, target, rng=rng))
        curves["b"].append(overlaps(unconnected(N_UNITS), cue, target, rng=rng))
        curves["c"].append(overlaps(half, cue, target, rng=rng))
        curves["d"].append(overlaps(network, cue, target, rng=rng))
    return Simulated(x=SWEEPS, curves={key: np.array(rows) for key, rows in curves.items()})


@cache
def _blackout(n_seeds: int) -> Simulated:
    cliff = np.array(
        [
            [
                fraction_recalled(
                    load=load,
                    n_neurons=LARGE,
                    probes=N_PROBES,
                    rng=np.random.default_rng([8, 3, seed]),
                )
                for load in LOADS.tolist()
            ]
            for seed in range(n_seeds)
        ]
    )
    half = crossing(LOADS, cliff.mean(axis=0), 0.5)
    each = np.array([crossing(LOADS, row, 0.5) for row in cliff])
    slope = np.array([_slope(LOADS, one) for one in each])
    shelf = np.array([_shelf(LOADS, one) for one in each])
    return Simulated(x=LOADS, curves={"a": slope, "b": cliff, "c": shelf}, number=half)


def _slope(x: Array, half: float) -> Array:
    """Each memory added costs all of them the same: a straight line through one half at `half`."""
    return np.asarray(np.clip(1.0 - 0.5 * x / half, 0.0, 1.0))


def _shelf(x: Array, half: float) -> Array:
    """`half` / 2 places in all, and what finds none is lost."""
    return np.asarray(np.minimum(1.0, 0.5 * half / x))


def _through(key: str, guess: float, x: Array) -> Array:
    """Draw the chosen shape so that it crosses one half at the learner's load."""
    if key == "a":
        return _slope(x, guess)
    if key == "c":
        return _shelf(x, guess)
    truth = _blackout(20)
    return np.asarray(np.interp(x * (truth.number or guess) / guess, truth.x, truth.mean("b")))


WHOLE = Belief(
    id="whole_from_part",
    sentence="Units that belong together call each other until the whole stands.",
)
STORED_ONLY = Belief(
    id="drawn_to_the_stored",
    sentence="The weights pull every state towards what they were made from.",
)
CLIFF = Belief(
    id="blackout",
    sentence="The memories disturb each other little for long, and then all at once.",
)

PREDICTIONS = (
    Prediction(
        lesson="08",
        id="08-1",
        title="a cue of 30 %",
        question=(
            "Five memories lie in a network of 400 units. A cue takes 30 % of the units from one "
            "of them and sets all others by the toss of a coin. On the axis 1 is the whole memory "
            "and 0 what coins alone give, so the cue starts at 0.3. How much comes back?"
        ),
        options=(
            Option(
                key="a",
                text="it stays the same part",
                belief=Belief(
                    id="part_for_part",
                    sentence="A third of the cue gives a third of the memory.",
                ),
            ),
            Option(
                key="b",
                text="about a half of the rest",
                belief=Belief(
                    id="rest_is_guessed",
                    sentence="What follows from the cue is filled in, and the rest is guessed.",
                ),
            ),
            Option(key="c", text="nearly all of it", belief=WHOLE),
            Option(
                key="d",
                text="even the part is lost",
                belief=Belief(
                    id="noise_wins",
                    sentence="With most units wrong, the noise carries the rest away.",
                ),
            ),
        ),
        answer="c",
        simulate=_completion,
        x_label="sweeps (in one, each unit listens once)",
        x_ticks=(0, 1, 2, 3),
        y_label="overlap with the memory (chance: 0)",
        finding="From 30 % of the units the network returns nearly the whole memory.",
        settings=(N_UNITS, 100 * KEPT, 0, 1, KEPT),
        claims=("C-m-completion",),
    ),
    Prediction(
        lesson="08",
        id="08-2",
        title="an equal cue of no memory",
        question=(
            "The same network is given a cue that is just as good, 30 % as in one picture and the "
            "rest by the toss of a coin. But that picture was never stored. How does the "
            "overlap with it go on?"
        ),
        options=(
            Option(
                key="a",
                text="completed as before",
                belief=Belief(
                    id="repairs_any_cue",
                    sentence="The network cleans whatever it is given.",
                ),
            ),
            Option(
                key="b",
                text="left as it came in",
                belief=Belief(
                    id="nothing_to_match",
                    sentence="A cue that finds no stored picture is left as it is.",
                ),
            ),
            Option(
                key="c",
                text="completed halfway",
                belief=Belief(
                    id="works_it_out",
                    sentence="The network works out the rest, as far as the cue allows.",
                ),
            ),
            Option(key="d", text="lost in the end", belief=STORED_ONLY),
        ),
        answer="d",
        because=(
            Reason(
                key="1",
                text="the right part of the cue shows how the rest must go on",
                feedback=(
                    "The cue alone does not say how it goes on: in both cases the rest is a coin "
                    "toss. What differs is what the weights hold."
                ),
            ),
            Reason(
                key="2",
                text="units follow the votes of the others, and the votes know only what is stored",
                feedback="Yes: the votes come from the weights, and the weights from the memories.",
            ),
            Reason(
                key="3",
                text="without a stored picture no unit has a reason to change",
                feedback=(
                    "Every unit still gets votes through its weights, and nearly all of them "
                    "differ from zero: units change, but towards something else."
                ),
            ),
        ),
        reason="2",
        simulate=_control,
        x_label="sweeps (in one, each unit listens once)",
        x_ticks=(0, 1, 2, 3),
        y_label="overlap with that picture (chance: 0)",
        finding="The network leaves a picture that it never stored, and settles in something else.",
        settings=(100 * KEPT,),
        claims=("C-m-control", "C-m-control-ends"),
    ),
    Prediction(
        lesson="08",
        id="08-3",
        title="where it breaks",
        question=(
            "A network of 500 units stores more and more memories, and each is then cued with its "
            "whole self. At how many memories per unit can it no longer keep a half of them, and "
            "what does the way there look like?"
        ),
        options=(
            Option(
                key="a",
                text="a slope",
                belief=Belief(
                    id="fades_evenly",
                    sentence="Each memory that is added costs all the others a little.",
                ),
            ),
            Option(key="b", text="a cliff", belief=CLIFF),
            Option(
                key="c",
                text="full, then no more",
                belief=Belief(
                    id="fixed_places",
                    sentence="There is a number of places, and what comes later finds none.",
                ),
            ),
        ),
        answer="b",
        number=Number(
            label="Half are lost at",
            unit="memories per unit",
            low=0.001,
            high=2.0,
            near=1.3,
            wide=8.0,
        ),
        through=_through,
        simulate=_blackout,
        x_label="memories stored per unit",
        x_ticks=(0.05, 0.10, 0.15, 0.20),
        y_label="share recalled",
        finding="Nearly all are kept up to a limit, and past it nearly all are lost together.",
        settings=(LARGE,),
        claims=("C-m-finite", "C-m-blackout"),
    ),
)
