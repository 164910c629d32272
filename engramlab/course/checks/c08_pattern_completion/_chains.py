"""Networks that show what a `recall` does in each sweep: chains whose units copy a neighbour.

The couplings of a chain grow weaker from its head to its tail, so each unit follows the one before
it, and where two neighbours differ that border moves towards the tail. In a sweep it moves as far
as the next units happen to stand in order: 1.7 units on average, more than 10 once in ten million
sweeps. The energy tells where the border is.
"""

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import binary, show
from engramlab.course.checks.c08_pattern_completion._energies import ask_recall
from engramlab.course.checks.c08_pattern_completion._twins import Array, energy

STOPS_EARLY = "stops before it settles"
IGNORES_LIMIT = "ignores max_sweeps"
ONE_ORDER = "draws the order once for all sweeps"
PICKS_UNSTABLE = "picks the units that want to change"
GOES_ON = "goes on after it has settled"
NO_CLOSING = "leaves out the sweep without a change"
ENERGIES_LEFT_OUT = "leaves out energies on the way"
ENERGIES_ELSEWHERE = "the energies are not those of the states"

LENGTH = 62
FARTHEST = 10
"""Units by which a border moves in one sweep with a chance of less than 1 in 10 million."""
FEWEST, MOST = 18, 54
"""Sweeps for 60 units: 34 on average, with a standard deviation of 3."""
LONG, SWEEPS, BORDERS = 300, 20, 40
"""Borders left after 20 sweeps: 19 with a standard deviation of 3, but 65 and 6 in one order."""


def chain(n_neurons: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Return the weights of a chain, and its units from the head to the tail."""
    units = rng.permutation(n_neurons)
    weights = np.zeros((n_neurons, n_neurons))
    strengths = 2 - np.cumsum(rng.uniform(0.5, 1.5, n_neurons - 1)) / n_neurons
    weights[units[:-1], units[1:]] = weights[units[1:], units[:-1]] = strengths
    return weights, units


def examine_one_sweep(ask: Ask, rng: np.random.Generator) -> None:
    """One sweep moves a border by a few units only."""
    weights, _, cue = _one_border(rng)
    state, _ = ask_recall(ask, weights, cue, rng.spawn(1)[0], 1)
    moved = int((state > 0).sum()) - 2
    if moved <= FARTHEST:
        return
    cue = binary(rng, LENGTH)
    state, _ = ask_recall(ask, weights, cue, rng.spawn(1)[0], 1)
    settled = not ((weights @ state) * state < 0).any()
    raise Wrong(
        IGNORES_LIMIT if settled else PICKS_UNSTABLE,
        f"In a chain of {LENGTH} units, each of which copies the one before it, {moved} units "
        "changed with max_sweeps=1. In one sweep that visits every unit once it is hardly ever "
        f"more than {FARTHEST // 2}.",
    )


def examine_each_sweep(ask: Ask, rng: np.random.Generator) -> None:
    """Every sweep but the last moves the border, and every energy says where it is."""
    weights, units, cue = _one_border(rng)
    limit = 4 * LENGTH
    state, energies = ask_recall(ask, weights, cue, rng.spawn(1)[0], limit)
    where = f"In a chain of {LENGTH} units, each of which copies the one before it, "
    if (state < 0).any():
        raise Wrong(
            STOPS_EARLY,
            f"{where}{int((state < 0).sum())} would still change at the end, though "
            f"{limit} sweeps were allowed and {energies.size - 1} made.",
        )
    borders = []
    for length in range(2, LENGTH + 1):
        borders.append(energy(weights, np.where(np.isin(np.arange(LENGTH), units[:length]), 1, -1)))
    distance = np.abs(energies[:, None] - np.array(borders))
    places = distance.argmin(axis=1)
    shown = f"{where}the energies are {show(energies[:8])}, and {energies.size} in all"
    if distance.min(axis=1).max() > 1e-3:
        raise Wrong(ENERGIES_ELSEWHERE, f"{shown}; the network never has some of them.")
    steps = np.diff(places)
    quiet = np.flatnonzero(steps == 0)
    n_sweeps = int((steps > 0).sum())
    if n_sweeps < FEWEST:
        name = ENERGIES_LEFT_OUT if energies.size <= FEWEST else ENERGIES_ELSEWHERE
        raise Wrong(name, f"{shown}; the network needs at least {FEWEST} sweeps to settle.")
    if quiet.size == 0:
        raise Wrong(
            NO_CLOSING,
            f"{where}the last two energies are {show(energies[-2:])}. The last sweep should be one "
            "that changes nothing, so these two should be equal.",
        )
    if quiet[0] < n_sweeps:
        raise Wrong(
            ENERGIES_ELSEWHERE, f"{shown}; two are equal though the network was still on its way."
        )
    if quiet.size > 1:
        raise Wrong(
            GOES_ON,
            f"{where}the last {quiet.size + 1} energies are equal. Only one sweep should change "
            "nothing, the last.",
        )
    if n_sweeps > MOST:
        raise Wrong(
            PICKS_UNSTABLE,
            f"{where}{n_sweeps} sweeps were needed. Sweeps that visit every unit need about 34, "
            "since now and then a unit comes right after the one that it copies.",
        )


def examine_fresh_orders(ask: Ask, rng: np.random.Generator) -> None:
    """With a new order for each sweep borders catch up with each other; in one order they never."""
    weights, units = chain(LONG, rng)
    state, _ = ask_recall(ask, weights, binary(rng, LONG), rng.spawn(1)[0], SWEEPS)
    row = state[units]
    borders = int((row[1:] != row[:-1]).sum())
    if borders > BORDERS:
        raise Wrong(
            ONE_ORDER,
            f"In a chain of {LONG} units, each of which copies the one before it, {borders} pairs "
            f"of neighbours still differ after {SWEEPS} sweeps. If each sweep had an order of its "
            "own, about 19 would be left.",
        )


def _one_border(rng: np.random.Generator) -> tuple[Array, Array, Array]:
    """Return a chain whose two first units are on and whose others are off."""
    weights, units = chain(LENGTH, rng)
    cue = np.full(LENGTH, -1, dtype=np.int8)
    cue[units[:2]] = 1
    return weights, units, cue
