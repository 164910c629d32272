"""The runs that lessons, widgets, predictions and claims repeat over many seeds with `el.sweep`.

Each is a plain function of its settings and `rng` that returns one number, so that a lesson's cell,
the picture beside it and the test that holds the lesson's sentence all measure the same thing.
"""

from dataclasses import dataclass
from time import perf_counter

import numpy as np

from engramlab._types import Rng, generator
from engramlab.attractors import Hopfield
from engramlab.kernels import attractors as kernels
from engramlab.measures import overlap
from engramlab.patterns import partial_cue, random_patterns

ARMS = ("stored", "novel", "shuffled")
RECALLED = 0.9  # a memory counts as recalled above this overlap


def completion(
    *,
    arm: str = "stored",
    kept: float = 0.3,
    n_patterns: int = 5,
    n_neurons: int = 400,
    rng: Rng,
) -> float:
    """Return the overlap at which recall ends, from a cue of a memory or in one of two controls.

    Parameters
    ----------
    arm : {"stored", "novel", "shuffled"}
        The cue is a part of a stored memory; or as large a part of a pattern that was never stored;
        or a part of a stored memory while the weights are dealt out to other pairs of units.
    kept : float
        Share of the cue's units that are as in the pattern, 0 to 1; the others are drawn at random.
    n_patterns, n_neurons : int
        Size of the network.
    rng : int or numpy.random.Generator
        Draws the memories, the cue and the order of the units.

    Returns
    -------
    float
        Overlap of the final state with the pattern that the cue was taken from.

    Raises
    ------
    ValueError
        If `arm` is unknown or a setting is out of range.

    Examples
    --------
    >>> completion(kept=1.0, rng=1)
    1.0
    """
    if arm not in ARMS:
        raise ValueError(f"arm is {arm!r}; give one of {', '.join(map(repr, ARMS))}")
    source = generator(rng)
    patterns = random_patterns(n_patterns + 1, n_neurons=n_neurons, rng=source)
    network = Hopfield.store(patterns[:-1])
    target = patterns[-1] if arm == "novel" else patterns[0]
    cue = partial_cue(target, kept, rng=source)
    if arm == "shuffled":
        network = network.shuffled(rng=source)
    return float(overlap(network.recall(cue, rng=source).final, target))


def fraction_recalled(*, load: float, n_neurons: int = 500, rng: Rng) -> float:
    """Return the share of memories that come back (overlap above 0.9) when each is its own cue.

    Parameters
    ----------
    load : float
        Memories per unit; round(load x n_neurons) memories are stored, at least one.
    n_neurons : int
        Size of the network.
    rng : int or numpy.random.Generator
        Draws the memories and the order of the units.

    Returns
    -------
    float
        0 to 1. Near 1 at a load of 0.10 and below one half at 0.20, at 500 units.

    Raises
    ------
    ValueError
        If `load` is not above 0.

    Examples
    --------
    >>> fraction_recalled(load=0.02, n_neurons=100, rng=1)
    1.0
    """
    return float(np.mean(final_overlaps(load=load, n_neurons=n_neurons, rng=rng) > RECALLED))


def final_overlaps(*, load: float, n_neurons: int = 500, rng: Rng) -> np.ndarray:
    """Return the overlap of each memory with the state that it runs to when it is its own cue.

    Parameters
    ----------
    load : float
        Memories per unit; round(load x n_neurons) memories are stored, at least one.
    n_neurons : int
        Size of the network.
    rng : int or numpy.random.Generator
        Draws the memories and the order of the units.

    Returns
    -------
    ndarray of shape (n_patterns,)
        Past capacity they fall into two humps: near 1, and well below one half.

    Raises
    ------
    ValueError
        If `load` is not above 0.
    """
    if not load > 0:
        raise ValueError(f"load is {load!r}; give memories per unit above 0, such as 0.1")
    source = generator(rng)
    n_patterns = max(1, round(load * n_neurons))
    patterns = random_patterns(n_patterns, n_neurons=n_neurons, rng=source)
    final = Hopfield.store(patterns).recall_many(patterns, rng=source).final
    return np.asarray(overlap(final, patterns))


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One sweep of recall, compiled and as plain Python: `ratio` of times, `same` result."""

    ratio: float
    n_flips: int
    same: bool


def compiled_against_plain(*, n_neurons: int = 500, rng: Rng) -> Comparison:
    """Run one sweep of recall as compiled code and as the same loop in plain Python.

    Parameters
    ----------
    n_neurons : int
        Size of the network.
    rng : int or numpy.random.Generator
        Draws the memories, the cue and the order of the units.

    Returns
    -------
    Comparison
        `ratio` differs from machine to machine; `n_flips` and `same` do not.
    """
    source = generator(rng)
    patterns = random_patterns(10, n_neurons=n_neurons, rng=source)
    network = Hopfield.store(patterns)
    cue = partial_cue(patterns[0], 0.3, rng=source)
    order = source.permutation(n_neurons)

    def run(loop: object) -> tuple[float, int, np.ndarray]:
        state, flipped = cue.copy(), np.empty(n_neurons, dtype=np.int64)
        fields = network.couplings @ cue.astype(np.float32)
        start = perf_counter()
        n_flips, _ = loop(network.couplings, order, state, fields, flipped)  # type: ignore[operator]
        return perf_counter() - start, n_flips, state

    run(kernels.sweep)  # compiles, or fetches what was compiled before
    quick, n_flips, state = min((run(kernels.sweep) for _ in range(5)), key=lambda one: one[0])
    slow, n_plain, plain = run(kernels.sweep.py_func)
    same = n_flips == n_plain and bool((state == plain).all())
    return Comparison(ratio=slow / quick, n_flips=n_flips, same=same)
