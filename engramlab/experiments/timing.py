"""Runs of lesson 02 with chance in them, each a number or an array for one seed."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engramlab._checks import whole, yes_or_no
from engramlab._quantities import known, not_negative, positive, reals
from engramlab._types import Rng, generator
from engramlab.plasticity import CompetingSynapses, PairSTDP, TripletSTDP
from engramlab.protocols import interval_ms, pairing, poisson_train

SPIKE_RULES = ("triplet", "pair")
ORDERS: Mapping[str, float | None] = MappingProxyType(
    {"sender first": 10.0, "receiver first": -10.0, "no order": None}
)
JITTER_MS = 2.0  # ours: how far the time of a spike strays from what was asked for
PLATEAU_BEFORE_MS, PLATEAU_AFTER_MS = 1310.0, 690.0  # Bittner et al. 2017, second hand
PLATEAU_SPREAD = 0.15  # ours: how much these times differ from run to run


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


def jittered_pairs(
    rate_hz: float,
    dt_ms: float | None,
    n_pairs: int = 60,
    *,
    jitter_ms: float = JITTER_MS,
    rng: Rng,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the trains of a pairing in which each spike strays a little, as in a laboratory.

    Parameters
    ----------
    rate_hz : float
        Pairs per second, above 0.
    dt_ms : float or None
        Postsynaptic less presynaptic time; None puts the postsynaptic spikes at random times, so
        that their number is the same and there is no order.
    n_pairs : int
        How many.
    jitter_ms : float
        Standard deviation of each spike's time, 0 or more.
    rng : int or numpy.random.Generator
        Draws the jitter, and the random times.

    Returns
    -------
    pre_ms, post_ms : ndarray
        Times of 0 or more, ascending, each once.

    Raises
    ------
    TypeError, ValueError
        If a setting is out of range.

    Examples
    --------
    >>> [train.tolist() for train in jittered_pairs(10, -5, 2, jitter_ms=0, rng=1)]
    [[5.0, 105.0], [0.0, 100.0]]
    """
    spread = not_negative("jitter_ms", jitter_ms, example="2.0")
    source = generator(rng)
    pre, post = pairing(rate_hz, 0.0 if dt_ms is None else dt_ms, n_pairs)
    if dt_ms is None:
        post = source.uniform(0.0, n_pairs * interval_ms(rate_hz), n_pairs)
    strays = [source.normal(0.0, spread, n_pairs) + 5 * spread for _ in range(2)]
    return np.unique(np.abs(pre + strays[0])), np.unique(np.abs(post + strays[1]))


def bursts_of_pairs(
    rate_hz: float, dt_ms: float, n_bursts: int = 15, n_pairs: int = 5, *, gap_ms: float = 1e4
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the trains of short bursts of pairs with long pauses between them.

    Modellers of Sjostrom, Turrigiano and Nelson (2001) take 15 bursts of 5 pairs for each point.

    Parameters
    ----------
    rate_hz : float
        Pairs per second within a burst, above 0.
    dt_ms : float
        Postsynaptic less presynaptic time.
    n_bursts, n_pairs : int
        How many bursts, and how many pairs in each.
    gap_ms : float
        From the last pair of a burst to the first of the next, above 0; 10 s is ours, and makes
        single pairs of bursts at 0.1 Hz.

    Returns
    -------
    pre_ms, post_ms : ndarray of shape (n_bursts x n_pairs,)
        Times; the first spike of all is at 0.

    Raises
    ------
    TypeError, ValueError
        If a setting is out of range, or the bursts overlap.

    See Also
    --------
    Lesson 02, below the line.

    Examples
    --------
    >>> [train.tolist() for train in bursts_of_pairs(50, -5, 2, 2, gap_ms=1000)]
    [[5.0, 25.0, 1025.0, 1045.0], [0.0, 20.0, 1020.0, 1040.0]]
    """
    bursts = whole("n_bursts", n_bursts, least=1)
    gap = positive("gap_ms", gap_ms, example="10000")
    if bursts > 1 and gap <= abs(dt_ms):
        raise ValueError(f"gap_ms is {gap_ms}; give more than the delay of a pair, {abs(dt_ms):g}")
    pre, post = pairing(rate_hz, dt_ms, n_pairs)
    starts = np.arange(bursts)[:, None] * ((n_pairs - 1) * interval_ms(rate_hz) + gap)
    return (starts + pre).ravel(), (starts + post).ravel()


def paired_spikes(
    *,
    order: str = "receiver first",
    rate_hz: float = 50.0,
    n_pairs: int = 60,
    rng: Rng,
) -> float:
    """Return how pairs of spikes 10 ms apart change a synapse, each spike straying by 2 ms.

    The rule is the minimal all-to-all triplet rule of visual cortex.

    Parameters
    ----------
    order : {"sender first", "receiver first", "no order"}
        Which cell leads by 10 ms; or as many spikes of the receiver at random times.
    rate_hz : float
        Pairs per second, above 0.
    n_pairs : int
        How many.
    rng : int or numpy.random.Generator
        Draws the times.

    Returns
    -------
    float
        Relative change of the weight.

    Raises
    ------
    TypeError, ValueError
        If the order is unknown or a setting is out of range.

    See Also
    --------
    Lesson 02.

    Examples
    --------
    At one pair in ten seconds no two pairs meet, and the sender's lead does nothing.

    >>> round(abs(paired_spikes(order="sender first", rate_hz=0.1, rng=1)), 6)
    0.0
    """
    dt_ms = ORDERS[known("order", order, ORDERS)]
    pre_ms, post_ms = jittered_pairs(rate_hz, dt_ms, n_pairs, rng=rng)
    return TripletSTDP.named("all-to-all minimal").change(pre_ms, post_ms)


def plateau_share(
    gap_ms: ArrayLike, *, before: bool = True, spread: float = PLATEAU_SPREAD, rng: Rng
) -> NDArray[np.float64]:
    """Return what is left of the largest change when an input and a plateau are a gap apart.

    A sketch of behavioural time-scale plasticity, not a model of it: an exponential with a
    published time, which differs from run to run by a spread of our own. The real rule also depends
    on the present strength and can weaken.

    Parameters
    ----------
    gap_ms : array_like
        Time between the input and the plateau, 0 or more.
    before : bool
        Whether the input came first.
    spread : float
        Standard deviation of the logarithm of the time constant, 0 or more.
    rng : int or numpy.random.Generator
        Draws the time constant.

    Returns
    -------
    ndarray of the shape of `gap_ms`
        From 0 to 1.

    Raises
    ------
    TypeError, ValueError
        If a gap is negative or a setting is out of range.

    References
    ----------
    Bittner KC, Milstein AD, Grienberger C, Romani S, Magee JC (2017) Science 357:1033-1036,
    10.1126/science.aan3846; both times as given in the code of Madar, Dong and Sheffield (2023).

    Examples
    --------
    >>> plateau_share([0.0, 1310.0], spread=0.0, rng=1).round(3).tolist()
    [1.0, 0.368]
    """
    gap = reals("gap_ms", gap_ms)
    if gap.size and gap.min() < 0:
        raise ValueError(f"gap_ms goes down to {gap.min():g}; give times of 0 or more")
    yes_or_no("before", before)
    width = not_negative("spread", spread, example="0.15")
    tau_ms = PLATEAU_BEFORE_MS if before else PLATEAU_AFTER_MS
    return np.asarray(np.exp(-gap / (tau_ms * np.exp(width * generator(rng).normal()))))


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
