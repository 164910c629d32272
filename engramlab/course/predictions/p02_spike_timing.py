"""Lesson 02: the same order at other rates, pairs that stand alone, and how wide a window can be.

Each wrong picture is drawn by a rule with one belief switched on: pairs that do not see each other
(the rate is nothing), triplets that weaken (faster is more of the same), two windows of equal size
(neighbours of both orders cancel), weakening that needs a triplet (nothing acts alone), the fast
pairs at half their size. What differs from run to run is ours: spikes vary by 2 ms, and the time
constant of the plateau's window by 15 %.
"""

from collections.abc import Callable
from dataclasses import replace
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
from engramlab.experiments import jittered_pairs, plateau_share
from engramlab.measures import crossing
from engramlab.plasticity import PairSTDP, TripletSTDP

LEAD_MS, N_PAIRS = 10.0, 60
SLOW_HZ, FAST_HZ, ALONE_HZ = 10.0, 50.0, 0.1
RATES_HZ = np.linspace(SLOW_HZ, FAST_HZ, 9)
GIVEN = np.arange(0, N_PAIRS + 1, 5)
LOG_GAPS = np.linspace(-3.0, 1.0, 81)  # log10 of seconds
LEFT = 0.1  # the share that is left at the gap that is asked for

_RULE = TripletSTDP.named("all-to-all minimal")
_WEAKENING = replace(_RULE, a3_plus=0.0, a3_minus=0.0015, tau_x_ms=50.0)
_COMPANY = replace(_WEAKENING, a2_minus=0.0)
_HALF = replace(_RULE, a3_plus=_RULE.a3_plus / 2, a2_minus=_RULE.a2_minus / 2)
_BLURRED = PairSTDP(a_plus=0.0092, a_minus=0.0092)

Run = Callable[[np.random.Generator], Array]


def _over_seeds(number: int, n_seeds: int, x: Array, runs: dict[str, Run]) -> Simulated:
    """Return the pictures of one prediction, the same spikes' stray for each of its options."""
    return Simulated(
        x=x,
        curves={
            key: np.array([run(np.random.default_rng([2, number, s])) for s in range(n_seeds)])
            for key, run in runs.items()
        },
    )


def _against_rate(rule: PairSTDP | TripletSTDP, *, each_alone: bool = False) -> Run:
    """Return a run: the change by pairs with the receiver first, at each rate."""

    def run(rng: np.random.Generator) -> Array:
        rates = np.full_like(RATES_HZ, ALONE_HZ) if each_alone else RATES_HZ
        trains = [jittered_pairs(rate, -LEAD_MS, N_PAIRS, rng=rng) for rate in rates.tolist()]
        return np.array([rule.change(pre_ms, post_ms) for pre_ms, post_ms in trains])

    return run


def _so_far(rate_hz: float, rule: TripletSTDP = _RULE) -> Run:
    """Return a run: the change by the first pairs, receiver first, at each number of `GIVEN`."""

    def run(rng: np.random.Generator) -> Array:
        pre_ms, post_ms = jittered_pairs(rate_hz, -LEAD_MS, N_PAIRS, rng=rng)
        return np.array([rule.change(pre_ms[:n], post_ms[:n]) for n in GIVEN.tolist()])

    return run


def _faster(n_seeds: int) -> Simulated:
    return _over_seeds(1, n_seeds, RATES_HZ, {
        "a": _against_rate(_RULE, each_alone=True),
        "b": _against_rate(_WEAKENING),
        "c": _against_rate(_RULE),
        "d": _against_rate(_BLURRED),
    })  # fmt: skip


def _alone(n_seeds: int) -> Simulated:
    return _over_seeds(2, n_seeds, GIVEN.astype(float), {
        "a": _so_far(ALONE_HZ),
        "b": _so_far(FAST_HZ),
        "c": _so_far(ALONE_HZ, _COMPANY),
        "d": _so_far(FAST_HZ, _HALF),
    })  # fmt: skip


def _shape(key: str, end: float, log_gaps: Array) -> Array:
    """Return a shape of which a tenth is left at a gap of `end` seconds."""
    x = 10**log_gaps / end
    if key == "a":
        return np.asarray(LEFT ** (x**12))
    if key == "b":
        return np.asarray(np.clip(1 - (1 - LEFT) * (log_gaps + 3) / (np.log10(end) + 3), 0, 1))
    if key == "c":
        return np.asarray(LEFT ** ((np.log(6 * x) / np.log(6)) ** 2))
    return np.asarray(LEFT**x)


@cache
def _gaps(n_seeds: int) -> Simulated:
    curves: dict[str, list[Array]] = {key: [] for key in "abcd"}
    for seed in range(n_seeds):
        trace = plateau_share(1000 * 10**LOG_GAPS, rng=np.random.default_rng([2, 3, seed]))
        end = 10 ** crossing(LOG_GAPS, trace, LEFT)
        for key in "abc":
            curves[key].append(_shape(key, end, LOG_GAPS))
        curves["d"].append(trace)
    drawn = {key: np.array(rows) for key, rows in curves.items()}
    found = 10 ** crossing(LOG_GAPS, drawn["d"].mean(axis=0), LEFT)
    return Simulated(x=LOG_GAPS, curves=drawn, number=float(found))


def _through(key: str, guess: float, x: Array) -> Array:
    """Draw the chosen shape so that a tenth is left at the learner's gap."""
    return _shape(key, max(guess, 1.001e-3), x)


PREDICTIONS = (
    Prediction(
        lesson="02",
        id="02-1",
        title="the same pairs, faster",
        question=(
            "Two cells are made to fire in pairs, and the receiving cell is always 10 ms ahead of "
            "the sending one. Sixty pairs in a row, 10 a second, weaken the synapse between "
            "them by about a third. What do sixty pairs do if they come faster, up to 50 a second?"
        ),
        options=(
            Option(
                key="a",
                text="just as much weakening",
                belief=Belief(
                    id="order_alone",
                    sentence="The order decides, and each pair counts for itself.",
                ),
            ),
            Option(
                key="b",
                text="more and more weakening",
                belief=Belief(
                    id="rate_adds_up",
                    sentence="Faster pairs do the same, only more of it.",
                ),
            ),
            Option(
                key="c",
                text="strengthening instead",
                belief=Belief(
                    id="rate_and_order",
                    sentence="Rate and order act together, and the rate can turn the direction.",
                ),
            ),
            Option(
                key="d",
                text="less and less weakening",
                belief=Belief(
                    id="orders_cancel",
                    sentence="Fast spikes have neighbours on both sides, so both effects cancel.",
                ),
            ),
        ),
        answer="c",
        simulate=_faster,
        model="the rule",
        runs="runs",
        x_label="pairs a second",
        y_label="change (1: doubled)",
        x_ticks=(10, 20, 30, 40, 50),
        y_ticks=(-1, 0, 1),
        finding=(
            "Slow pairs weaken the synapse; the same pairs strengthen it if they come fast. Slices "
            "did both as well, there with the pairs in short bursts."
        ),
        settings=(10, 50),
        claims=("C-sjostrom2001", "C-sjostrom2001-bursts", "C-m-order-slow", "C-m-order-fast"),
    ),
    Prediction(
        lesson="02",
        id="02-2",
        title="pairs that stand alone",
        question=(
            "Again the receiving cell fires 10 ms ahead of the sending one. Sixty such pairs in a "
            "row, 50 a second, strengthen the synapse a good deal. Give the same sixty pairs one "
            "by one, a pair in ten seconds. How does the synapse change as the pairs go by, and "
            "why?"
        ),
        options=(
            Option(
                key="a",
                text="it weakens",
                belief=Belief(
                    id="pairs_weaken",
                    sentence="A pair by itself weakens; to strengthen, spikes need company.",
                ),
            ),
            Option(
                key="b",
                text="it grows just as much",
                belief=Belief(
                    id="each_pair_counts",
                    sentence="Sixty pairs are sixty pairs, whatever the time between them.",
                ),
            ),
            Option(
                key="c",
                text="it hardly changes",
                belief=Belief(
                    id="nothing_alone",
                    sentence="A pair by itself does nothing; any change needs several spikes.",
                ),
            ),
            Option(
                key="d",
                text="it grows half as much",
                belief=Belief(
                    id="rate_is_volume",
                    sentence="Slow pairs do the same, only about half as well.",
                ),
            ),
        ),
        answer="a",
        because=(
            Reason(
                key="1",
                text="with the receiver ahead, pairs weaken at any rate",
                feedback=(
                    "You have just seen the same pairs strengthen at 50 a second. That the "
                    "receiver is ahead does not settle the direction."
                ),
            ),
            Reason(
                key="2",
                text="no other spike is near: what is left is the pair itself",
                feedback=(
                    "Yes: after ten seconds nothing of the last pair is left, so there are no "
                    "triplets. A pair by itself can only weaken here."
                ),
            ),
            Reason(
                key="3",
                text="slow firing weakens, whichever cell is ahead",
                feedback=(
                    "So says a rule that reads rates alone. But with the sender ahead the same "
                    "slow pairs hardly change the synapse: here the order counts."
                ),
            ),
        ),
        reason="2",
        simulate=_alone,
        model="the rule",
        runs="runs",
        x_label="pairs given",
        y_label="change (1: doubled)",
        x_ticks=(0, 20, 40, 60),
        y_ticks=(-0.5, 0, 0.5, 1),
        finding="Alone, these pairs weaken the synapse; it was the rate that made it grow.",
        settings=(10, 50),
        claims=("C-sjostrom2001", "C-m-alone", "C-m-order-fast"),
    ),
    Prediction(
        lesson="02",
        id="02-3",
        title="the widest gap",
        question=(
            "In region CA1 of the hippocampus an input can gain in one go, by a single long burst "
            "of the receiving cell (in slices after five), if it was active some time before. In "
            "the pictures each step to the right is a gap ten times longer. How does the gain "
            "depend on the gap, and from which gap on is less than a tenth of the largest gain "
            "left?"
        ),
        options=(
            Option(
                key="a",
                text="all of it, then none",
                belief=Belief(
                    id="window_has_edges",
                    sentence="A window is open or shut: what falls into it counts in full.",
                ),
            ),
            Option(
                key="b",
                text="an even slope down",
                belief=Belief(
                    id="each_step_costs",
                    sentence="Each tenfold longer gap takes away the same share.",
                ),
            ),
            Option(
                key="c",
                text="best after a pause",
                belief=Belief(
                    id="needs_a_pause",
                    sentence="The input must come some while before, not right before.",
                ),
            ),
            Option(
                key="d",
                text="it fades away",
                belief=Belief(
                    id="fading_trace",
                    sentence="The input leaves a trace, and what is left of it is what counts.",
                ),
            ),
        ),
        answer="d",
        number=Number(
            label="A tenth is left at",
            unit="seconds",
            low=0.001,
            high=3600,
            near=2.0,
            wide=100.0,
            few="short",
            many="long",
        ),
        through=_through,
        simulate=_gaps,
        model="our sketch",
        runs="draws",
        x_label="gap from the input to the burst, each step tenfold",
        x_ticks={-3: "1 ms", -2: "10 ms", -1: "0.1 s", 0: "1 s", 1: "10 s"},
        y_label="share of the largest gain",
        finding=(
            "In this sketch of ours, with a published time constant, the window is seconds wide: "
            "far wider than that of a pair of spikes."
        ),
        claims=("C-bittner2017", "C-bittner2017-tau", "C-m-plateau-tenth"),
    ),
)
