"""Lesson 05: more excitable cells and the size, less excitable ones and the rest, and inhibition.

Each wrong picture is drawn by the same networks with one belief switched on: a threshold that does
not follow activity, treated cells that all join, treated cells that each inhibit three times as
much; cells that lose without the others taking notice, a whole region that loses, inhibition that
falls in proportion. In the third, a threshold from outside and a fall in a straight line.
"""

from functools import cache

import numpy as np

from engramlab._types import Bool, Int
from engramlab.course.predictions._types import (
    Array,
    Belief,
    Number,
    Option,
    Prediction,
    Reason,
    Simulated,
)
from engramlab.ensemble import COURSE, allocate, winners
from engramlab.experiments.allocation import newborn
from engramlab.measures import crossing

MORE = np.array([0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0])  # % of the cells
LESS = np.array([0.0, 10.0, 20.0, 30.0, 40.0, 50.0])  # % of the cells
TIMES = np.linspace(1.0, 4.0, 31)
WEIGHT = 3.0  # of a treated cell in the inhibition, by one belief


def _network(number: int, seed: int) -> tuple[Array, Int]:
    """Return the drives of one network at an event, and the order in which cells are treated."""
    source = np.random.default_rng([5, number, seed])
    animal, (context,) = newborn(1, COURSE, rng=source)
    return animal.recall(context).cell_drive, source.permutation(animal.n_cells)


def _treated(order: Int, percent: float) -> Bool:
    """Return which cells are treated."""
    mask = np.zeros(order.size, dtype=np.bool_)
    mask[order[: round(percent * order.size / 100)]] = True
    return mask


def _best_loser(drive: Array) -> float:
    """Return the strongest drive that does not win: a threshold that ours could be, but fixed."""
    return float(drive[~allocate(drive, COURSE.inhibition)].max())


def _heavy(drive: Array, treated: Bool) -> float:
    """Return the engram's size if a treated cell counts three times in the inhibition."""
    order = np.argsort(-drive)
    theta = COURSE.inhibition * np.cumsum(np.where(treated, WEIGHT, 1.0)[order]) / drive.size
    lost = np.flatnonzero(drive[order] <= theta)
    n_winners = int(lost[0]) if lost.size else drive.size
    return float(winners(drive, n_winners).mean())


def _effect(n_seeds: int) -> Simulated:
    curves = {key: np.zeros((n_seeds, MORE.size)) for key in "abcd"}
    for seed in range(n_seeds):
        drive, order = _network(1, seed)
        fixed = _best_loser(drive)
        for k, percent in enumerate(MORE.tolist()):
            treated = _treated(order, percent)
            excited = drive + COURSE.creb * treated
            curves["a"][seed, k] = (treated | (drive > fixed)).mean()
            curves["b"][seed, k] = _heavy(excited, treated)
            curves["c"][seed, k] = (excited > fixed).mean()
            curves["d"][seed, k] = allocate(excited, COURSE.inhibition).mean()
    return Simulated(x=MORE, curves={key: 100 * runs for key, runs in curves.items()})


def _control(n_seeds: int) -> Simulated:
    curves = {key: np.zeros((n_seeds, LESS.size)) for key in "abcd"}
    for seed in range(n_seeds):
        drive, order = _network(2, seed)
        fixed = _best_loser(drive)
        for k, percent in enumerate(LESS.tolist()):
            share = percent / 100
            treated = _treated(order, percent)
            lowered = drive - COURSE.lowered * treated
            engrams = {
                "a": allocate(lowered, COURSE.inhibition),
                "b": allocate(lowered, COURSE.inhibition * (1 - share)),
                "c": lowered > fixed,
                "d": drive - COURSE.lowered * share > fixed,
            }
            for key, engram in engrams.items():
                curves[key][seed, k] = engram[~treated].mean()
    return Simulated(x=LESS, curves={key: 100 * runs for key, runs in curves.items()})


def _taken(n_seeds: int, multiples: Array) -> tuple[Array, Array]:
    """Return the sizes under multiples of the inhibition: set from outside, and by activity."""
    outside, size = np.zeros((2, n_seeds, multiples.size))
    for seed in range(n_seeds):
        drive, _ = _network(3, seed)
        normal = allocate(drive, COURSE.inhibition).mean()
        fixed = _best_loser(drive)
        for k, times in enumerate(multiples.tolist()):
            size[seed, k] = allocate(drive, COURSE.inhibition * times).mean() / normal
            outside[seed, k] = (drive > fixed * times).mean() / normal
    return outside, size


@cache
def _limit(n_seeds: int) -> Simulated:
    outside, size = _taken(n_seeds, TIMES)
    half = crossing(TIMES, size.mean(axis=0), 0.5)
    straight = np.ones((n_seeds, 1)) * _straight(TIMES, half)
    return Simulated(x=TIMES, curves={"a": outside, "b": size, "c": straight}, number=half)


def _straight(x: Array, half: float) -> Array:
    """From all at the normal inhibition down a straight line, half of it at `half`."""
    return np.asarray(np.clip(1.0 - 0.5 * (x - 1.0) / max(half - 1.0, 1e-9), 0.0, 1.0))


def _through(key: str, guess: float, x: Array) -> Array:
    """Draw the chosen shape so that half is left at the learner's number."""
    if key == "c":
        return _straight(x, guess)
    truth = _limit(20)
    half = crossing(truth.x, truth.mean(key), 0.5)
    stretched = 1.0 + (x - 1.0) * (half - 1.0) / max(guess - 1.0, 1e-9)
    return np.asarray(_taken(20, stretched)["ab".index(key)].mean(axis=0))


PREDICTIONS = (
    Prediction(
        lesson="05",
        id="05-1",
        title="more excitable cells",
        question=(
            "Before an event some cells are made easier to excite, at most 30 % of them; they will "
            "take part more often. Without this the event takes about 10 % of all cells. How many "
            "does it take now?"
        ),
        options=(
            Option(
                key="a",
                text="all of these join in",
                belief=Belief(
                    id="all_treated_join",
                    sentence="Each cell that is made more excitable becomes part of the memory.",
                ),
            ),
            Option(
                key="b",
                text="fewer than before",
                belief=Belief(
                    id="few_strong_do",
                    sentence="A cell that is easy to excite does the work of several others.",
                ),
            ),
            Option(
                key="c",
                text="more, but not all",
                belief=Belief(
                    id="more_creb_bigger",
                    sentence="Some cells now pass the bar, so the memory has more cells.",
                ),
            ),
            Option(
                key="d",
                text="nearly as before",
                belief=Belief(
                    id="places_are_contested",
                    sentence="For each cell that gets in, nearly one other has to stay out.",
                ),
            ),
        ),
        answer="d",
        simulate=_effect,
        x_label="cells made more excitable (%)",
        x_ticks=(0, 15, 30),
        y_label="cells that the event takes (%)",
        y_ticks=(0, 20, 40),
        finding="The more excitable cells push others out, and the size stays nearly the same.",
        settings=(30, 10),
        claims=("C-m-size-kept", "C-m-sizes"),
        runs="networks",
    ),
    Prediction(
        lesson="05",
        id="05-2",
        title="less excitable cells",
        question=(
            "Now some cells are made harder to excite, up to half of them. All the others are left "
            "alone and take in what they always did. How many of these others does the event take?"
        ),
        options=(
            Option(
                key="a",
                text="more than before",
                belief=Belief(
                    id="excitability_is_relative",
                    sentence="A cell gets in by being more excitable than its rivals.",
                ),
            ),
            Option(
                key="b",
                text="many more than before",
                belief=Belief(
                    id="loss_frees_the_rest",
                    sentence="With cells out of play the brake is gone, and the rest runs free.",
                ),
            ),
            Option(
                key="c",
                text="as many as before",
                belief=Belief(
                    id="excitability_is_absolute",
                    sentence="A cell joins if it is excitable enough, whatever others do.",
                ),
            ),
            Option(
                key="d",
                text="fewer than before",
                belief=Belief(
                    id="the_region_suffers",
                    sentence="With weak members the whole region answers less.",
                ),
            ),
        ),
        answer="a",
        because=(
            Reason(
                key="1",
                text="the others have the same input and excitability, so nothing changes for them",
                feedback=(
                    "Their drive is the same, yes. But what they must pass is not: the threshold "
                    "follows how many cells are active."
                ),
            ),
            Reason(
                key="2",
                text="with fewer strong rivals the threshold settles lower, and others pass it",
                feedback=(
                    "Yes. Nothing was done to them; they win since their rivals got weaker. So "
                    "what counts here is relative excitability."
                ),
            ),
            Reason(
                key="3",
                text="the region as a whole has become less excitable, and all its cells with it",
                feedback=(
                    "Its mean is lower, but a cell does not feel the mean. It feels the inhibition "
                    "that active cells bring about."
                ),
            ),
        ),
        reason="2",
        simulate=_control,
        x_label="cells made less excitable (%)",
        x_ticks=(0, 25, 50),
        y_label="others that the event takes (%)",
        y_ticks=(0, 15, 30),
        finding="The others take the places: more of them are in the engram, though unchanged.",
        claims=("C-m-excludes-size", "C-m-others"),
        runs="networks",
    ),
    Prediction(
        lesson="05",
        id="05-3",
        title="more inhibition",
        question=(
            "The inhibition that each active cell brings about is made stronger and stronger. At "
            "how many times the normal inhibition does the event take half as many cells, and what "
            "does the way there look like?"
        ),
        options=(
            Option(
                key="a",
                text="it soon collapses",
                belief=Belief(
                    id="brake_from_outside",
                    sentence="Inhibition is a fixed bar: raise it, and soon no cell is above it.",
                ),
            ),
            Option(
                key="b",
                text="ever more slowly",
                belief=Belief(
                    id="brake_follows_activity",
                    sentence="Fewer active cells inhibit less, which softens the fall.",
                ),
            ),
            Option(
                key="c",
                text="in a straight line",
                belief=Belief(
                    id="each_step_costs_the_same",
                    sentence="Each bit of inhibition takes away the same number of cells.",
                ),
            ),
        ),
        answer="b",
        number=Number(
            label="Half is left at",
            unit="times the normal",
            low=1.01,
            high=100.0,
            near=1.25,
            wide=6.0,
            few="less",
            many="more",
        ),
        through=_through,
        simulate=_limit,
        x_label="inhibition (1 = normal)",
        x_ticks=(1, 2, 3, 4),
        y_label="cells taken (1 = normal)",
        finding="The engram shrinks ever more slowly, as fewer active cells inhibit less.",
        claims=("C-m-half-size",),
        runs="networks",
    ),
)
