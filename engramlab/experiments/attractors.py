"""Runs of lesson 08 with chance in them, each a number or an array for one seed."""

from dataclasses import dataclass
from time import perf_counter

import numpy as np

from engramlab._checks import Signs, number_within, whole
from engramlab._quantities import positive
from engramlab._types import Float, Rng, generator
from engramlab.attractors import Hopfield
from engramlab.kernels import attractors as kernels
from engramlab.measures import overlap
from engramlab.patterns import corrupt, partial_cue, random_patterns

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
    TypeError, ValueError
        If `arm` is unknown, or a setting is no number or out of range.

    Examples
    --------
    >>> completion(kept=1.0, rng=1)
    1.0
    """
    final, target, _ = _settle(arm, kept, n_patterns, n_neurons, rng)
    return float(overlap(final, target))


def nearest_memory(
    *, kept: float = 0.3, n_patterns: int = 5, n_neurons: int = 400, rng: Rng
) -> float:
    """Return how near a cue of no memory ends to a stored one: the arm "novel", seen from there.

    Parameters
    ----------
    kept : float
        Share of the cue's units that are as in a pattern that was never stored, 0 to 1.
    n_patterns, n_neurons : int
        Size of the network.
    rng : int or numpy.random.Generator
        Draws what `completion` draws: the same seed gives the same run.

    Returns
    -------
    float
        The largest overlap with any stored memory, without its sign, so that a memory and its
        mirror image count alike; about 0.5 in a blend of three.

    Raises
    ------
    TypeError, ValueError
        If a setting is no number or out of range.

    See Also
    --------
    completion : the overlap with the pattern that the cue was taken from.

    Examples
    --------
    >>> nearest_memory(n_patterns=1, rng=1)
    1.0
    """
    final, _, memories = _settle("novel", kept, n_patterns, n_neurons, rng)
    return float(np.abs(overlap(final, memories)).max())


def _settle(
    arm: str, kept: float, n_patterns: int, n_neurons: int, rng: Rng
) -> tuple[Signs, Signs, Signs]:
    """Return the state in which recall ends, the pattern of the cue, and the stored memories."""
    if arm not in ARMS:
        raise ValueError(f"arm is {arm!r}; give one of {', '.join(map(repr, ARMS))}")
    source = generator(rng)
    n_stored = whole("n_patterns", n_patterns, least=1)
    patterns = random_patterns(n_stored + 1, n_neurons=n_neurons, rng=source)
    network = Hopfield.store(patterns[:-1])
    target = patterns[-1] if arm == "novel" else patterns[0]
    cue = partial_cue(target, kept, rng=source)
    if arm == "shuffled":
        network = network.shuffled(rng=source)
    return network.recall(cue, rng=source).final, target, patterns[:-1]


def fraction_recalled(
    *,
    load: float,
    n_neurons: int = 500,
    probes: int | None = None,
    cue_overlap: float = 1.0,
    self_coupling: bool = False,
    rng: Rng,
) -> float:
    """Return the share of memories that come back (overlap above 0.9), each cued with itself.

    Parameters
    ----------
    load, n_neurons, probes, cue_overlap, self_coupling, rng
        As in `final_overlaps`.

    Returns
    -------
    float
        0 to 1. Near 1 at a load of 0.10 and below one half at 0.20, at 500 units.

    Raises
    ------
    TypeError, ValueError
        If a setting is no number or out of range.

    See Also
    --------
    final_overlaps : the overlap of each memory.

    Examples
    --------
    >>> fraction_recalled(load=0.02, n_neurons=100, rng=1)
    1.0
    """
    ends = final_overlaps(
        load=load,
        n_neurons=n_neurons,
        probes=probes,
        cue_overlap=cue_overlap,
        self_coupling=self_coupling,
        rng=rng,
    )
    return float(np.mean(ends > RECALLED))


def final_overlaps(
    *,
    load: float,
    n_neurons: int = 500,
    probes: int | None = None,
    cue_overlap: float = 1.0,
    self_coupling: bool = False,
    rng: Rng,
) -> Float:
    """Return the overlap of each memory with the state that it runs to when it is its own cue.

    Parameters
    ----------
    load : float
        Memories per unit; round(load x n_neurons) memories are stored, at least one.
    n_neurons : int
        Size of the network.
    probes : int, optional
        How many of the memories are cued: the first ones. All by default.
    cue_overlap : float
        Overlap of each cue with its memory, -1 to 1: 1 is the memory itself, 0.8 a copy with a
        tenth of its units flipped.
    self_coupling : bool
        Whether each unit excites itself.
    rng : int or numpy.random.Generator
        Draws the memories, the flipped units and the order of the units.

    Returns
    -------
    ndarray of shape (n_cued,)
        Past capacity they fall into two humps: near 1, and well below one half.

    Raises
    ------
    TypeError, ValueError
        If a setting is no number or out of range.

    Examples
    --------
    >>> final_overlaps(load=0.02, n_neurons=100, cue_overlap=0.8, rng=1).tolist()
    [1.0, 1.0]
    """
    source = generator(rng)
    patterns = _memories(load, n_neurons, source)
    targets = patterns if probes is None else patterns[: whole("probes", probes, least=1)]
    flipped = (1 - number_within("cue_overlap", cue_overlap, -1, 1)) / 2
    cues = corrupt(targets, flipped, rng=source) if flipped else targets
    network = Hopfield.store(patterns, self_coupling=self_coupling)
    final = network.recall_many(cues, rng=source).final
    return np.asarray(overlap(final, targets))


def leaving_units(
    *, load: float, n_neurons: int = 500, self_coupling: bool = False, rng: Rng
) -> float:
    """Return the share of the units of stored memories that would change at once.

    Parameters
    ----------
    load : float
        Memories per unit; round(load x n_neurons) memories are stored, at least one.
    n_neurons : int
        Size of the network.
    self_coupling : bool
        Whether each unit excites itself.
    rng : int or numpy.random.Generator
        Draws the memories.

    Returns
    -------
    float
        0 to 1: the share of units, over all memories, whose field has the other sign.

    Raises
    ------
    TypeError, ValueError
        If a setting is no number or out of range.

    See Also
    --------
    final_overlaps : where recall ends, which this one step does not tell.

    Examples
    --------
    >>> leaving_units(load=0.01, n_neurons=100, rng=1)
    0.0
    """
    patterns = _memories(load, n_neurons, generator(rng))
    after = Hopfield.store(patterns, self_coupling=self_coupling).step(patterns)
    return float(np.mean(after != patterns))


def _memories(load: float, n_neurons: int, source: np.random.Generator) -> Signs:
    """Draw round(load x n_neurons) memories, at least one."""
    n_units = whole("n_neurons", n_neurons, least=1)
    n_patterns = max(1, round(positive("load", load, example="0.1") * n_units))
    return random_patterns(n_patterns, n_neurons=n_units, rng=source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One pass over all units, compiled and as plain Python: `ratio` of times, `same` result."""

    ratio: float
    n_flips: int
    same: bool

    @property
    def sentence(self) -> str:
        """The result in words; the ratio as an order, since it differs from run to run.

        Examples
        --------
        >>> Comparison(ratio=6729.3, n_flips=171, same=True).sentence
        'about 7 000 times faster, the same 171 flips'
        """
        times = f"{float(f'{self.ratio:.0e}'):,.0f}".replace(",", " ")
        if self.ratio < 1:
            times = f"{self.ratio:.1g}"
        flips = f"the same {self.n_flips} flips" if self.same else "but other flips"
        return f"about {times} times faster, {flips}"


def compiled_against_plain(*, n_neurons: int = 500, rng: Rng) -> Comparison:
    """Update all units once, as compiled code and as the same loop in plain Python.

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

    Raises
    ------
    TypeError, ValueError
        If `n_neurons` is not a whole number of 1 or more, or `rng` is no seed.
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

    run(kernels.update_all)  # compiles, or fetches what was compiled before
    quick, n_flips, state = min((run(kernels.update_all) for _ in range(5)), key=lambda one: one[0])
    slow, n_plain, plain = run(kernels.update_all.py_func)
    same = n_flips == n_plain and bool((state == plain).all())
    return Comparison(ratio=slow / quick, n_flips=n_flips, same=same)
