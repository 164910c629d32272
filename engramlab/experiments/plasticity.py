"""Runs of lessons 01 to 03 with chance in them, each a number or an array for one seed."""

import math

import numpy as np
from numpy.typing import NDArray

from engramlab._checks import whole
from engramlab._quantities import known, not_negative, positive, real
from engramlab._types import Rng, generator
from engramlab.plasticity import (
    BCM,
    CompetingSynapses,
    Oja,
    PairSTDP,
    Slice,
    TripletSTDP,
)
from engramlab.protocols import STRONG, WEAK, poisson_train

RATE_RULES = ("sliding", "fixed", "hebb")
SPIKE_RULES = ("triplet", "pair")


def learned_outputs(
    *,
    rule: str = "sliding",
    n_patterns: int = 5,
    n_steps: int = 100_000,
    eta: float = 1e-3,
    tau_steps: float = 50.0,
    rng: Rng,
) -> NDArray[np.float64]:
    """Return a cell's answers to patterns that it has learned from, the largest first.

    The patterns do not overlap. One large answer and the rest near 0 is a selective cell.

    Parameters
    ----------
    rule : {"sliding", "fixed", "hebb"}
        BCM; the same with its threshold fixed at 1, between the answers at the start; or Hebb's
        rule, which has none.
    n_patterns : int
        How many.
    n_steps : int
        How many patterns are shown.
    eta : float
        Learning rate.
    tau_steps : float
        Time constant of the sliding threshold, in steps.
    rng : int or numpy.random.Generator
        Draws the weights at the start and the order of the patterns.

    Returns
    -------
    ndarray of shape (n_patterns,)
        Infinite where an answer ran away (past a million).

    Raises
    ------
    TypeError, ValueError
        If the rule is unknown or a setting is out of range.

    See Also
    --------
    Lesson 01.

    Examples
    --------
    >>> bool(learned_outputs(n_patterns=2, rng=1)[0] > 1.5)
    True
    """
    known("rule", rule, RATE_RULES)
    source = generator(rng)
    patterns = np.eye(whole("n_patterns", n_patterns, least=1))
    weights = source.uniform(0.5, 1.5, n_patterns)
    if rule == "hebb":
        steps = whole("n_steps", n_steps, least=1)
        order = source.integers(0, n_patterns, steps)
        cell = Oja(weights=weights, eta=eta, decay=0.0).learn(patterns[order]).cell
        answers = np.asarray(cell.weights)
    else:
        tau = math.inf if rule == "fixed" else tau_steps
        start = BCM.from_weights(weights, eta=eta, tau_steps=tau)
        run = start.learn(patterns, n_steps=n_steps, rng=source)
        answers = run.cell.outputs(patterns)
    return np.sort(np.where(np.abs(answers) > 1e5, math.inf, answers))[::-1]


def random_spikes_change(
    *, rate_hz: float = 20.0, rule: str = "triplet", duration_ms: float = 60_000.0, rng: Rng
) -> float:
    """Return how two cells that spike at random and independently change their synapse.

    Parameters
    ----------
    rate_hz : float
        Of both cells, 0 or more.
    rule : {"triplet", "pair"}
        The minimal all-to-all triplet rule of visual cortex, whose sign turns near 19 Hz as that of
        BCM does; or the pair rule of Song, Miller and Abbott, which weakens at any rate.
    duration_ms : float
        For how long, 0 or more.
    rng : int or numpy.random.Generator
        Draws the spikes.

    Returns
    -------
    float
        Relative change of the weight.

    Raises
    ------
    TypeError, ValueError
        If the rule is unknown or a setting is out of range.

    See Also
    --------
    Lesson 02.

    Examples
    --------
    >>> random_spikes_change(rate_hz=0.0, rng=1)
    0.0
    """
    known("rule", rule, SPIKE_RULES)
    source = generator(rng)
    pre_ms = poisson_train(rate_hz, duration_ms, rng=source)
    post_ms = poisson_train(rate_hz, duration_ms, rng=source)
    chosen = PairSTDP() if rule == "pair" else TripletSTDP.named("all-to-all minimal")
    return chosen.change(pre_ms, post_ms)


def competition_shares(
    *,
    ratio: float = 1.05,
    same_step_counts: bool = False,
    duration_ms: float = 1e6,
    rng: Rng,
) -> NDArray[np.float64]:
    """Return how a thousand competing synapses end: weak, middling, strong, and the cell's rate.

    Parameters
    ----------
    ratio : float
        Weakening over strengthening.
    same_step_counts : bool
        The fault of counting pairs within one time step; see `CompetingSynapses.run`.
    duration_ms : float
        Whole seconds, in ms.
    rng : int or numpy.random.Generator
        Draws the strengths at the start and the input.

    Returns
    -------
    ndarray of shape (4,)
        Shares below 0.2, from 0.4 to 0.6, above 0.8; mean rate over the last quarter in Hz.

    Raises
    ------
    TypeError, ValueError
        If a setting is out of range.

    See Also
    --------
    Lesson 02, below the line.
    """
    cell = CompetingSynapses(ratio=ratio)
    end = cell.run(duration_ms, same_step_counts=same_step_counts, rng=rng)
    late = end.rates_hz[-max(1, len(end.rates_hz) // 4) :]
    borders = ((0.0, 0.2), (0.4, 0.6), (0.8, 1.0))
    shares = [end.share_between(low, high) for low, high in borders]
    return np.array([*shares, float(late.mean())])


def rescue(
    *,
    strong_after_hours: float = 0.5,
    spread: float = 0.1,
    drug: bool = False,
    read_after_hours: float = 12.0,
    rng: Rng,
) -> float:
    """Return the late part of a weakly stimulated pathway when another one is stimulated strongly.

    Parameters
    ----------
    strong_after_hours : float
        From the weak to the strong stimulation; negative: strong before weak.
    spread : float
        Slices differ: relative standard deviation of what each stimulation does (ours); 0 is the
        slice of the tables.
    drug : bool
        Whether protein synthesis is blocked throughout.
    read_after_hours : float
        From the later stimulation to the reading.
    rng : int or numpy.random.Generator
        Draws the slice.

    Returns
    -------
    float
        From 0, lost, to 1.

    Raises
    ------
    TypeError, ValueError
        If a setting is out of range.

    See Also
    --------
    Lesson 03.

    Examples
    --------
    >>> round(rescue(strong_after_hours=0.5, spread=0.0, rng=1), 3)
    0.292
    """
    gap = real("strong_after_hours", strong_after_hours)
    share = not_negative("spread", spread, example="0.1")
    reading = positive("read_after_hours", read_after_hours, example="12")
    draws = 1.0 + share * generator(rng).standard_normal(2)
    weak, strong = (float(size) for size in np.clip(np.array([WEAK, STRONG]) * draws, 0.0, 1.0))
    steps = [(0, weak), (1, strong)] if gap >= 0 else [(1, strong), (0, weak)]
    tissue = Slice.rest().potentiate(*steps[0]).advance(abs(gap), protein_synthesis=not drug)
    tissue = tissue.potentiate(*steps[1]).advance(reading, protein_synthesis=not drug)
    return float(tissue.late[0])
