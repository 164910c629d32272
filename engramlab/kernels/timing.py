"""Spike-timing rules over two spike trains: pairs of spikes, and triplets.

Pfister J-P, Gerstner W (2006) J Neurosci 26:9673-9682, 10.1523/JNEUROSCI.1425-06.2006.
"""

import math
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from engramlab.kernels import CACHE


class TripletConstants(NamedTuple):
    """Amplitudes (dimensionless) and time constants (ms) of the triplet rule, all floats."""

    a2_plus: float
    a3_plus: float
    a2_minus: float
    a3_minus: float
    tau_plus_ms: float
    tau_minus_ms: float
    tau_x_ms: float
    tau_y_ms: float
    keep: float
    """1: a trace sums over all spikes (all-to-all); 0: it knows the last spike only (nearest)."""


@njit(cache=CACHE, nogil=True)
def pair_stdp(
    pre_ms: NDArray[np.float64],
    post_ms: NDArray[np.float64],
    a_plus: float,
    a_minus: float,
    tau_plus_ms: float,
    tau_minus_ms: float,
    keep: float,
) -> float:
    """Return the change of a weight by all pairs of a presynaptic and a postsynaptic spike.

    The equation: each pair with d = post - pre adds a_plus exp(-d / tau_plus) where d > 0 and
    subtracts a_minus exp(d / tau_minus) where d < 0; d = 0 does neither. Two traces stand for the
    sums, so that each spike is visited once: r of the presynaptic spikes, read at a postsynaptic
    one, and o of the postsynaptic spikes, read at a presynaptic one.

    Parameters
    ----------
    pre_ms, post_ms : ndarray of shape (n_spikes,)
        Times in ascending order (ms).
    a_plus, a_minus : float
        Change by a pair of no delay.
    tau_plus_ms, tau_minus_ms : float
        How fast it fades with delay (ms).
    keep : float
        1 to pair each spike with all earlier ones, 0 with the nearest earlier one.

    Returns
    -------
    float
    """
    r = o = change = 0.0
    i = j = 0
    before = 0.0
    while i < pre_ms.size or j < post_ms.size:
        at_pre = math.inf if i == pre_ms.size else pre_ms[i]
        at_post = math.inf if j == post_ms.size else post_ms[j]
        now = min(at_pre, at_post)
        r *= math.exp((before - now) / tau_plus_ms)
        o *= math.exp((before - now) / tau_minus_ms)
        read_r, read_o = r, o  # before either grows: spikes at one instant are no pair
        if at_pre == now:
            change -= a_minus * read_o
            r = keep * r + 1.0
            i += 1
        if at_post == now:
            change += a_plus * read_r
            o = keep * o + 1.0
            j += 1
        before = now
    return change


@njit(cache=CACHE, nogil=True)
def triplet_stdp(
    pre_ms: NDArray[np.float64], post_ms: NDArray[np.float64], rule: TripletConstants
) -> float:
    """Return the change of a weight by the pairs and triplets of two spike trains.

    The equations: at a presynaptic spike w -= o1 (a2_minus + a3_minus r2), at a postsynaptic one
    w += r1 (a2_plus + a3_plus o2). r1 (tau_plus) and r2 (tau_x) follow the presynaptic spikes,
    o1 (tau_minus) and o2 (tau_y) the postsynaptic ones. A slow trace is read *before* the spike of
    the moment adds to it: a triplet needs two spikes of one cell, not one spike twice.

    Parameters
    ----------
    pre_ms, post_ms : ndarray of shape (n_spikes,)
        Times in ascending order (ms); spikes at one instant are no pair.
    rule : TripletConstants
        Amplitudes and time constants.

    Returns
    -------
    float

    References
    ----------
    Pfister and Gerstner (2006), the triplet rule with its traces r1, r2, o1, o2.
    """
    r1 = r2 = o1 = o2 = change = 0.0
    last_pre = last_post = 0.0  # when the traces of each cell were last brought up to date
    i = j = 0
    while i < pre_ms.size or j < post_ms.size:
        at_pre = math.inf if i == pre_ms.size else pre_ms[i]
        at_post = math.inf if j == post_ms.size else post_ms[j]
        now = min(at_pre, at_post)
        if at_pre == now:
            r1 *= math.exp((last_pre - now) / rule.tau_plus_ms)
            r2 *= math.exp((last_pre - now) / rule.tau_x_ms)
            last_pre = now
            read = o1 * math.exp((last_post - now) / rule.tau_minus_ms)
            change -= read * (rule.a2_minus + rule.a3_minus * r2)
        if at_post == now:
            o1 *= math.exp((last_post - now) / rule.tau_minus_ms)
            o2 *= math.exp((last_post - now) / rule.tau_y_ms)
            last_post = now
            read = r1 * math.exp((last_pre - now) / rule.tau_plus_ms)
            change += read * (rule.a2_plus + rule.a3_plus * o2)
        # Only now do the spikes of the moment count, so that two at one instant are no pair.
        if at_pre == now:
            r1 = rule.keep * r1 + 1.0
            r2 = rule.keep * r2 + 1.0
            i += 1
        if at_post == now:
            o1 = rule.keep * o1 + 1.0
            o2 = rule.keep * o2 + 1.0
            j += 1
    return change
