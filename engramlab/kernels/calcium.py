"""The calcium rule: how long calcium stands above two thresholds decides the change.

Graupner M, Brunel N (2012) PNAS 109:3991-3996, 10.1073/pnas.1109359109.
"""

import math
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from engramlab.kernels import CACHE


class CalciumConstants(NamedTuple):
    """What `follow_calcium` needs, all floats; rates of change are those of a weight in [0, 1]."""

    tau_calcium_ms: float
    threshold_down: float
    threshold_up: float
    gamma_down: float
    gamma_up: float
    leak: float
    rest: float
    tau_ms: float


@njit(cache=CACHE, nogil=True)
def time_above(
    lags_ms: NDArray[np.float64],
    period_ms: float,
    c_first: float,
    c_second: float,
    tau_ms: float,
    threshold: float,
    above_ms: NDArray[np.float64],
) -> None:
    """Fill `above_ms` with the time per period that calcium stands above a threshold.

    Calcium jumps by c_first at the start of each period and by c_second `lag` later, and decays
    with tau in between; the train has lasted for ever. After a jump to c it stays above the
    threshold for tau ln(c / threshold), or until the next jump, whichever is less.

    Parameters
    ----------
    lags_ms : ndarray of shape (n_lags,)
        From 0 up to, not including, the period (ms).
    period_ms : float
        Time between two first jumps (ms).
    c_first, c_second : float
        Sizes of the jumps.
    tau_ms : float
        Decay of calcium (ms).
    threshold : float
        In units of the jumps, above 0.
    above_ms : ndarray of shape (n_lags,)
        Filled.
    """
    left = 1.0 / -math.expm1(-period_ms / tau_ms)  # what all earlier periods add up to
    for k in range(lags_ms.size):
        lag = lags_ms[k]
        rest = period_ms - lag
        after_second = (c_second + c_first * math.exp(-lag / tau_ms)) * left
        after_first = (c_first + c_second * math.exp(-rest / tau_ms)) * left
        total = 0.0
        if after_first > threshold:
            total += min(tau_ms * math.log(after_first / threshold), lag)
        if after_second > threshold:
            total += min(tau_ms * math.log(after_second / threshold), rest)
        above_ms[k] = total


@njit(cache=CACHE, nogil=True)
def follow_calcium(
    times_ms: NDArray[np.float64],
    jumps: NDArray[np.float64],
    weight: float,
    until_ms: float,
    constants: CalciumConstants,
) -> float:
    """Return the weight after a train of calcium jumps, from rest and without noise, in [0, 1].

    The equation: tau dw/dt = leak (rest - w) + gamma_up (1 - w) [c > threshold_up]
    - gamma_down w [c > threshold_down]. Between jumps calcium only falls, so each stretch divides
    into at most three of constant coefficients, and w relaxes exponentially in each: no time step.

    Parameters
    ----------
    times_ms : ndarray of shape (n_jumps,)
        In ascending order (ms).
    jumps : ndarray of shape (n_jumps,)
        Rise of calcium at each.
    weight : float
        w at time 0.
    until_ms : float
        Where to stop, at or after the last jump (ms).
    constants : CalciumConstants
        Of the rule.

    Returns
    -------
    float
    """
    calcium = 0.0
    now = 0.0
    for k in range(times_ms.size + 1):
        stop = until_ms if k == times_ms.size else times_ms[k]
        start_calcium = calcium
        start = now
        # Above both thresholds, above one, above none; a threshold not reached takes no time.
        for stage in range(3):
            limit = stop
            if stage < 2:
                threshold = (
                    max(constants.threshold_up, constants.threshold_down)
                    if stage == 0
                    else min(constants.threshold_up, constants.threshold_down)
                )
                limit = now
                if start_calcium > threshold:
                    last = constants.tau_calcium_ms * math.log(start_calcium / threshold)
                    limit = min(stop, start + last)
            span = limit - now
            if span > 0.0:
                middle = start_calcium * math.exp(
                    -(now + 0.5 * span - start) / constants.tau_calcium_ms
                )
                up = constants.gamma_up if middle > constants.threshold_up else 0.0
                down = constants.gamma_down if middle > constants.threshold_down else 0.0
                rate = constants.leak + up + down
                if rate > 0.0:
                    goal = (constants.leak * constants.rest + up) / rate
                    weight = goal + (weight - goal) * math.exp(-span * rate / constants.tau_ms)
                now = limit
        calcium = start_calcium * math.exp(-(stop - start) / constants.tau_calcium_ms)
        if k < times_ms.size:
            calcium += jumps[k]
        now = stop
    return weight


LUBOEINSKI_2021 = CalciumConstants(
    tau_calcium_ms=48.8,
    threshold_down=1.2,
    threshold_up=3.0,
    gamma_down=313.1,
    gamma_up=1645.6,
    leak=0.1,
    rest=0.420075,  # 4.20075 mV of at most 10 mV
    tau_ms=688400.0,
)
"""Constants of Luboeinski J, Tetzlaff C (2021) Commun Biol 4:275, 10.1038/s42003-021-01778-y."""
