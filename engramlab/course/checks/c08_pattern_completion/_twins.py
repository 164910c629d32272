"""What the checks of lesson 08 compare with, each written another way than the reference."""

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

SELF_COUPLING = "keeps self-coupling"
OVERFLOW = "int8 overflow"
OWN_WORK = ("engramlab.attractors", "engramlab.kernels.attractors")


def hebb(patterns: Array) -> Array:
    n_neurons = patterns.shape[1]
    weights: Array = np.einsum("pi,pj->ij", patterns, patterns, dtype=float) / n_neurons
    weights[np.diag_indices(n_neurons)] = 0
    return weights


def projection(patterns: Array) -> Array:
    return np.asarray(np.linalg.pinv(patterns.astype(float)) @ patterns)


def one_at_a_time(W: Array, cue: Array, rng: np.random.Generator, max_sweeps: int = 100) -> Any:
    state, energies = cue.copy(), [energy(W, cue)]
    for _ in range(max_sweeps):
        before = state.copy()
        for unit in rng.permutation(len(state)):
            field = W[unit] @ state.astype(float)
            if field * state[unit] < 0:
                state[unit] *= -1
        energies.append(energy(W, state))
        if np.array_equal(before, state):
            break
    return state, np.array(energies)


def energy(W: Array, state: Array) -> float:
    s = state.astype(float)
    return float(-0.5 * s @ W @ s)


def off_diagonal(weights: Array) -> Array:
    """Return weights without the diagonal, which is judged apart."""
    return weights[~np.eye(len(weights), dtype=bool)]


def flipped(pattern: Array, n_flips: int, rng: np.random.Generator) -> Array:
    cue = pattern.copy()
    cue[rng.choice(pattern.size, n_flips, replace=False)] *= -1
    return cue


def frustrated(n_neurons: int, rng: np.random.Generator) -> Array:
    """Return random symmetric weights in which many pulls contradict each other."""
    pulls = rng.normal(size=(n_neurons, n_neurons)) / np.sqrt(n_neurons)
    weights: Array = (pulls + pulls.T) / 2
    np.fill_diagonal(weights, 0)
    return weights
