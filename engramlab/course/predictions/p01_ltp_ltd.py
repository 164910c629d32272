"""Lesson 01: synapses that only grow, a threshold that stays put, and one that follows too late.

Each wrong picture is drawn by the same cell with one belief switched on: growth that slows down as
a synapse fills up, growth and loss in turn, the same step at every showing; a threshold that slides
after all, one that synapses are drawn to, one that stands too high.
"""

from collections.abc import Callable

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
from engramlab.experiments import answer_courses, hebb_courses, held_share
from engramlab.measures import crossing
from engramlab.plasticity import BCM

N_PATTERNS, RATE, SHOWN = 5, 0.02, 500
FULL = 2.5  # where a synapse is full, for those who believe that it fills up
FIXED, HIGH = 0.8, 2.0
STEPS, EVERY, TOP = 20_000, 100, 10.0
START = np.linspace(0.5, 1.5, N_PATTERNS)  # the five responses of every cell of the control
MEMORIES = np.union1d(np.linspace(1.0, 4.0, 25), np.linspace(2.95, 3.15, 9)).round(6)

Change = Callable[[float, float, np.random.Generator], float]

HEBB_BELIEFS: dict[str, Change] = {
    "a": lambda w, first, _rng: 2.5 * RATE * w * (1.0 - w / (FULL * first)),
    "b": lambda w, _first, rng: RATE * w * rng.choice((-1.0, 1.0)),
    "c": lambda _w, first, _rng: RATE * first,
}


def _grown(change: Change, rng: np.random.Generator) -> Array:
    """Return the mean synapse, 1 at the start, of a cell with another idea of growth."""
    first = rng.uniform(0.5, 1.5, N_PATTERNS)
    weights, means = first.copy(), [1.0]
    for pattern in rng.integers(0, N_PATTERNS, SHOWN):
        weights[pattern] += change(float(weights[pattern]), float(first[pattern]), rng)
        means.append(float(weights.mean() / first.mean()))
    return np.array(means[::10])


def _effect(n_seeds: int) -> Simulated:
    curves: dict[str, list[Array]] = {key: [] for key in "abcd"}
    for seed in range(n_seeds):
        for key, change in HEBB_BELIEFS.items():
            curves[key].append(_grown(change, np.random.default_rng([1, 1, seed])))
        course = hebb_courses(
            n_patterns=N_PATTERNS, n_steps=SHOWN, eta=RATE, rng=np.random.default_rng([1, 1, seed])
        )
        mean = course.mean(axis=1)[::10]
        curves["d"].append(mean / mean[0])
    x = np.arange(0.0, SHOWN + 1, 10)
    return Simulated(x=x, curves={key: np.array(rows) for key, rows in curves.items()})


def _set_point(rng: np.random.Generator) -> Array:
    """Return the strongest response of a cell whose responses are drawn to the threshold."""
    responses = START.copy()
    strongest = [float(responses.max())]
    for k, pattern in enumerate(rng.integers(0, N_PATTERNS, STEPS), start=1):
        y = responses[pattern]
        responses[pattern] = y - 1e-3 * y * (y - FIXED)
        if k % EVERY == 0:
            strongest.append(float(responses.max()))
    return np.array(strongest)


def _control(n_seeds: int) -> Simulated:
    arms = {"a": (50.0, FIXED), "b": (np.inf, FIXED), "d": (np.inf, HIGH)}
    curves: dict[str, list[Array]] = {key: [] for key in "abcd"}
    for seed in range(n_seeds):
        for key, (tau_steps, threshold) in arms.items():
            cell = BCM.from_weights(START, tau_steps=tau_steps, threshold=threshold)
            rng = np.random.default_rng([1, 2, seed])
            run = cell.learn(np.eye(N_PATTERNS), n_steps=STEPS, rng=rng)
            course = answer_courses(run, n_patterns=N_PATTERNS, n_steps=STEPS, every=EVERY)
            curves[key].append(np.minimum(course.max(axis=1), TOP))
        curves["c"].append(_set_point(np.random.default_rng([1, 2, seed])))
    x = np.arange(0.0, STEPS + 1, EVERY) / 1000
    return Simulated(x=x, curves={key: np.array(rows) for key, rows in curves.items()})


def _limit(n_seeds: int) -> Simulated:
    held = np.array(
        [
            [
                held_share(
                    tau_steps=10.0**x, n_patterns=N_PATTERNS, rng=np.random.default_rng([1, 3, s])
                )
                for x in MEMORIES.tolist()
            ]
            for s in range(n_seeds)
        ]
    )
    half = crossing(MEMORIES, held.mean(axis=0), 0.5)
    each = np.array([crossing(MEMORIES, row, 0.5) for row in held])
    slope = np.array([_slope(MEMORIES, one) for one in each])
    steady = np.array([_steady(MEMORIES, one) for one in each])
    curves = {"a": held, "b": slope, "c": steady}
    return Simulated(x=MEMORIES, curves=curves, number=float(10**half))


def _slope(x: Array, half: float) -> Array:
    """Each tenfold delay costs the same: a straight line from 1 at `x` = 1 to one half."""
    return np.asarray(np.clip(1.0 - 0.5 * (x - 1.0) / max(half - 1.0, 1e-6), 0.0, 1.0))


def _steady(x: Array, half: float) -> Array:
    """A quick threshold lets nothing grow; one slower than `half` averages and is steady."""
    return np.asarray(1.0 / (1.0 + np.exp(-9.0 * (x - half))))


def _through(key: str, guess: float, x: Array) -> Array:
    """Draw the chosen shape so that it crosses one half at the learner's number of steps."""
    at = float(np.log10(guess))
    if key == "b":
        return _slope(x, at)
    if key == "c":
        return _steady(x, at)
    truth = LIMIT.pictures()
    half = float(np.log10(truth.number or guess))
    return np.asarray(np.interp(x - at + half, truth.x, truth.mean("a")))


EFFECT = Prediction(
    lesson="01",
    id="01-1",
    title="synapses that only grow",
    question=(
        "A cell gets five patterns in random order, each by a synapse of its own. Whenever a "
        "pattern comes, its synapse grows by 2 % of the cell's response to it. Nothing else ever "
        "changes. How strong are the synapses on average over the first 500 patterns?"
    ),
    options=(
        Option(
            key="a",
            text="rising, then level",
            belief=Belief(
                id="hebb_settles",
                sentence="A synapse grows until it is as strong as it is useful.",
            ),
        ),
        Option(
            key="b",
            text="about the same",
            belief=Belief(
                id="hebb_averages_out",
                sentence="Over many patterns, gains and losses average out.",
            ),
        ),
        Option(
            key="c",
            text="growing steadily",
            belief=Belief(
                id="hebb_in_a_line",
                sentence="Each showing adds the same small step.",
            ),
        ),
        Option(
            key="d",
            text="growing ever faster",
            belief=Belief(
                id="hebb_feeds_itself",
                sentence="A stronger synapse gives a larger response, which strengthens it more.",
            ),
        ),
    ),
    answer="d",
    simulate=_effect,
    x_label="patterns shown",
    x_ticks=(0, 250, 500),
    y_label="mean strength (1: at the start)",
    y_ticks=(0, 4, 8),
    model="the cell",
    runs="cells",
    finding="Growth feeds on itself: each gain makes the next one larger, without end.",
    settings=(100 * RATE, SHOWN),
    claims=("C-m-hebb",),
)

CONTROL = Prediction(
    lesson="01",
    id="01-2",
    title="a threshold that stays put",
    question=(
        "Now a response above the threshold strengthens its synapse, and one below weakens it. The "
        "threshold is fixed at 0.8: some of the five responses lie above it, some below. What "
        "becomes of the cell's strongest response?"
    ),
    options=(
        Option(
            key="a",
            text="rises, then settles",
            belief=Belief(
                id="any_border_will_do",
                sentence="The losers fade, and the winner has nothing left to gain.",
            ),
        ),
        Option(
            key="b",
            text="grows without end",
            belief=Belief(
                id="nothing_pulls_back",
                sentence="Above the threshold a synapse only grows, and nothing pulls it back.",
            ),
        ),
        Option(
            key="c",
            text="falls to the threshold",
            belief=Belief(
                id="border_is_a_set_point",
                sentence="A threshold works as a thermostat: what is off is brought back to it.",
            ),
        ),
        Option(
            key="d",
            text="fades to nothing",
            belief=Belief(
                id="weakening_wins",
                sentence="Most responses weaken, and the weakening wins in the end.",
            ),
        ),
    ),
    answer="b",
    because=(
        Reason(
            key="1",
            text="synapses share a fixed amount of strength, so the winner stops when it has all",
            feedback=(
                "Nothing is shared here: each synapse has its own strength, and one may grow "
                "while none shrinks."
            ),
        ),
        Reason(
            key="2",
            text="every response is driven back to the threshold, from above and from below",
            feedback=(
                "The other way round: above the threshold a response grows, below it shrinks. "
                "Both lead away from the threshold."
            ),
        ),
        Reason(
            key="3",
            text="a larger response lies even farther above the threshold and is strengthened more",
            feedback="Yes: a threshold that stays put tells who grows, never that it is enough.",
        ),
    ),
    reason="3",
    simulate=_control,
    x_label="thousands of patterns shown",
    x_ticks=(0, 10, 20),
    y_label="strongest response (the axis ends at 10)",
    y_ticks=(0, 5, 10),
    open_top=True,
    model="the cell",
    runs="cells",
    finding="With a threshold that stays put the strongest response runs away.",
    settings=(FIXED,),
    claims=("C-m-fixed", "C-m-sliding"),
)

LIMIT = Prediction(
    lesson="01",
    id="01-3",
    title="a threshold that lags behind",
    question=(
        "The threshold follows the cell's recent activity: so far, the last 50 patterns or so. The "
        "strongest response settles at about 5. Call it held while it is within a quarter of that "
        "(we count the last third of the run). The learning rate is 0.001. Let the threshold "
        "remember more and more patterns. At a memory of how many is the response held for only "
        "half of the time, and what does the way there look like?"
    ),
    options=(
        Option(
            key="a",
            text="steady, then lost",
            belief=Belief(
                id="must_keep_up",
                sentence="A threshold that follows more slowly than synapses grow comes too late.",
            ),
        ),
        Option(
            key="b",
            text="worse bit by bit",
            belief=Belief(
                id="every_delay_costs",
                sentence="Every delay costs a little: the slower the threshold, the worse.",
            ),
        ),
        Option(
            key="c",
            text="lost, then steady",
            belief=Belief(
                id="slow_is_steady",
                sentence="A quick threshold is thrown about by each response; a slow one is calm.",
            ),
        ),
    ),
    answer="a",
    number=Number(
        label="Held for half of the time at",
        unit="patterns",
        low=10,
        high=10_000,
        near=1.6,
        wide=30.0,
        few="quick",
        many="slow",
    ),
    through=_through,
    simulate=_limit,
    x_label="memory of the threshold (patterns)",
    x_ticks={1: "10", 2: "100", 3: "1 000", 4: "10 000"},
    y_label="share of time held",
    model="the cell",
    runs="cells",
    finding="The threshold must keep up with the synapses; a little too slow, and all is lost.",
    settings=(50, 5, 0.001),
    claims=("C-m-slow", "C-m-slow-half", "C-m-sliding"),
)

PREDICTIONS = (EFFECT, CONTROL, LIMIT)
