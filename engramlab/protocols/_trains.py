"""Trains of spikes: pairs, tetani, theta bursts, and random spikes."""

import numpy as np
from numpy.typing import NDArray

from engramlab._checks import whole
from engramlab._quantities import not_negative, positive, real
from engramlab._types import Rng, generator
from engramlab.protocols._units import MS_PER_SECOND, interval_ms

Train = NDArray[np.float64]


def pairing(rate_hz: float, dt_ms: float, n_pairs: int = 60) -> tuple[Train, Train]:
    """Return two trains in which each presynaptic spike has a partner `dt_ms` after it.

    Parameters
    ----------
    rate_hz : float
        Pairs per second, above 0; experiments use 0.1 to 50.
    dt_ms : float
        Postsynaptic less presynaptic time: positive is pre before post.
    n_pairs : int
        How many pairs; 60 in Pfister and Gerstner (2006), 75 in Graupner and Brunel (2012).

    Returns
    -------
    pre_ms, post_ms : ndarray of shape (n_pairs,)
        Times; the first spike of all is at 0.

    Raises
    ------
    TypeError, ValueError
        If a value is not a number, the rate is not above 0, or there is no pair.

    See Also
    --------
    Lesson 02, where pairs fail to explain what the rate does.

    Examples
    --------
    >>> pre_ms, post_ms = pairing(10, -5, 3)
    >>> pre_ms.tolist(), post_ms.tolist()
    ([5.0, 105.0, 205.0], [0.0, 100.0, 200.0])
    """
    lag = real("dt_ms", dt_ms, cure="give one number, such as 10 (pre before post) or -10")
    n = whole("n_pairs", n_pairs, least=1)
    first: Train = np.asarray(np.arange(n) * interval_ms(rate_hz), dtype=np.float64)
    return first + max(-lag, 0.0), first + max(lag, 0.0)


def tetanus(
    rate_hz: float = 100.0, duration_ms: float = 1000.0, *, n_trains: int = 1, gap_ms: float = 6e5
) -> Train:
    """Return the times of one or more trains of regular spikes.

    Parameters
    ----------
    rate_hz : float
        Rate within a train, above 0; 100 is the usual tetanus.
    duration_ms : float
        Length of a train, above 0; it holds round(rate x duration) spikes.
    n_trains : int
        How many.
    gap_ms : float
        From the start of a train to the start of the next; 10 minutes by default.

    Returns
    -------
    ndarray of shape (n_trains x spikes in a train,)
        Times in ms, from 0.

    Raises
    ------
    TypeError, ValueError
        If a value is out of range, a train holds no spike, or trains overlap.

    Examples
    --------
    >>> tetanus(100, 30, n_trains=2, gap_ms=1000).tolist()
    [0.0, 10.0, 20.0, 1000.0, 1010.0, 1020.0]
    """
    length = positive("duration_ms", duration_ms, example="1000")
    n, trains = round(length / interval_ms(rate_hz)), whole("n_trains", n_trains, least=1)
    if n < 1:
        raise ValueError(
            f"duration_ms is {duration_ms}; at {rate_hz} Hz a train holds no spike: "
            f"give {interval_ms(rate_hz):g} ms or more"
        )
    gap = positive("gap_ms", gap_ms, example="600000")
    if trains > 1 and gap < length:
        raise ValueError(f"gap_ms is {gap_ms}; give at least the length of a train, {length:g}")
    train = np.arange(n) * interval_ms(rate_hz)
    return np.asarray((np.arange(trains)[:, None] * gap + train).ravel())


def theta_burst(
    n_bursts: int = 10, *, n_spikes: int = 4, burst_hz: float = 100.0, theta_hz: float = 5.0
) -> Train:
    """Return the times of short bursts that come in the rhythm of theta.

    Parameters
    ----------
    n_bursts : int
        How many.
    n_spikes : int
        Spikes in a burst.
    burst_hz : float
        Rate within a burst.
    theta_hz : float
        Bursts per second.

    Returns
    -------
    ndarray of shape (n_bursts x n_spikes,)
        Times in ms, from 0.

    Raises
    ------
    TypeError, ValueError
        If a value is out of range, or bursts overlap.

    Examples
    --------
    >>> theta_burst(2, n_spikes=2).tolist()
    [0.0, 10.0, 200.0, 210.0]
    """
    bursts = whole("n_bursts", n_bursts, least=1)
    spikes = whole("n_spikes", n_spikes, least=1)
    between = interval_ms(positive("theta_hz", theta_hz, example="5"))
    within = interval_ms(positive("burst_hz", burst_hz, example="100"))
    if (spikes - 1) * within >= between:
        raise ValueError(
            f"n_spikes is {n_spikes}; at {burst_hz} Hz a burst is longer than the "
            f"{between:g} ms between two: give {int(between / within)} or fewer"
        )
    return np.asarray((np.arange(bursts)[:, None] * between + np.arange(spikes) * within).ravel())


def poisson_train(rate_hz: float, duration_ms: float, *, rng: Rng) -> Train:
    """Return the times of random spikes at a mean rate, each independent of all others.

    Parameters
    ----------
    rate_hz : float
        0 or more; 0 gives the empty train.
    duration_ms : float
        0 or more.
    rng : int or numpy.random.Generator
        Draws their number and their times.

    Returns
    -------
    ndarray of shape (n_spikes,)
        Times in ms, ascending, from 0 to `duration_ms`.

    Raises
    ------
    TypeError, ValueError
        If a value is negative or no number, or `rng` is no seed.

    Examples
    --------
    >>> poisson_train(0, 1000, rng=1).tolist()
    []
    """
    rate = not_negative("rate_hz", rate_hz, example="10")
    length = not_negative("duration_ms", duration_ms, example="1000")
    source = generator(rng)
    n_spikes = source.poisson(rate * length / MS_PER_SECOND)
    return np.unique(source.uniform(0.0, length, n_spikes))
