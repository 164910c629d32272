"""Runs that several predictions draw: how right a state is while a network settles, and beliefs.

A belief is the same network with one thing changed: no connections, a part of the units cut off,
or the weights dealt out anew (`Hopfield.shuffled`).
"""

import numpy as np

from engramlab._types import Int
from engramlab.attractors import Hopfield
from engramlab.course.predictions._types import Array

SWEEPS = np.linspace(0.0, 3.0, 31)


def share_right(
    network: Hopfield, cue: Int, target: Int, *, rng: np.random.Generator, n_shown: int
) -> Array:
    """Return the share of the first `n_shown` units that are right, at each of `SWEEPS`."""
    run = network.recall(cue, rng=rng)
    right = cue[:n_shown] == target[:n_shown]
    steps = [int(right.sum())]
    for unit in run.flips:
        if unit < n_shown:
            right[unit] = not right[unit]
        steps.append(int(right.sum()))
    times = np.concatenate([[0.0], run.flip_sweeps])
    last = np.searchsorted(times, SWEEPS + 1e-9, side="right") - 1
    return np.asarray(np.array(steps)[last] / n_shown, dtype=np.float64)


def overlaps(network: Hopfield, cue: Int, target: Int, *, rng: np.random.Generator) -> Array:
    """Return the overlap with `target` at each of `SWEEPS`: 2 x (share right) - 1."""
    share = share_right(network, cue, target, rng=rng, n_shown=len(target))
    return np.asarray(2.0 * share - 1.0)


def unconnected(n_units: int) -> Hopfield:
    """Return units that hear nothing: each keeps what it was given."""
    return Hopfield.from_weights(np.zeros((n_units, n_units)))


def half_cut_off(network: Hopfield, units: Int, rng: np.random.Generator) -> Hopfield:
    """Return the same network with a half of `units` disconnected, so that they stay as given."""
    cut = rng.permutation(units)[: len(units) // 2]
    weights = np.array(network.weights, dtype=np.float64)
    weights[cut, :] = 0.0
    weights[:, cut] = 0.0
    return Hopfield.from_weights(weights)
