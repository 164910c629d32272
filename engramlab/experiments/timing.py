"""Runs of lesson 02 with chance in them, each a number or an array for one seed."""

import numpy as np
from numpy.typing import NDArray

from engramlab._quantities import known
from engramlab._types import Rng, generator
from engramlab.plasticity import CompetingSynapses, PairSTDP, TripletSTDP
from engramlab.protocols import poisson_train

SPIKE_RULES = ("triplet", "pair")


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
