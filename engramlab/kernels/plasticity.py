"""Rules that follow rates, not spikes: BCM with its sliding threshold, Hebb and Oja.

Bienenstock EL, Cooper LN, Munro PW (1982) J Neurosci 2:32-48, 10.1523/JNEUROSCI.02-01-00032.1982.
Oja E (1982) J Math Biol 15:267-273, 10.1007/BF00275687.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from engramlab.kernels import CACHE

RUNAWAY = 1e6  # an output past this is never coming back; go no further, before numbers overflow


@njit(cache=CACHE, nogil=True)
def bcm_step(
    weights: NDArray[np.float64], x: NDArray[np.float64], threshold: float, eta: float
) -> float:
    """Change `weights` in place by one input and return the output that it caused.

    The equation: y = w . x, then w += eta y (y - threshold) x.

    Parameters
    ----------
    weights : ndarray of shape (n_inputs,)
        w, changed in place.
    x : ndarray of shape (n_inputs,)
        Presynaptic rates.
    threshold : float
        theta; an output above it strengthens, one below it weakens the active synapses.
    eta : float
        Learning rate.

    Returns
    -------
    float
        y, before the change.
    """
    y = 0.0
    for i in range(x.size):
        y += weights[i] * x[i]
    gain = eta * y * (y - threshold)
    for i in range(x.size):
        weights[i] += gain * x[i]
    return y


@njit(cache=CACHE, nogil=True)
def bcm_run(
    weights: NDArray[np.float64],
    patterns: NDArray[np.float64],
    order: NDArray[np.int64],
    threshold: float,
    eta: float,
    tau_steps: float,
    y0: float,
    outputs: NDArray[np.float64],
    thresholds: NDArray[np.float64],
) -> int:
    """Show patterns one after another; `weights`, `outputs` and `thresholds` change in place.

    The equations: `bcm_step` with the threshold as it stands, then
    theta += (y^2 / y0 - theta) / tau_steps. With tau_steps = inf the threshold is fixed.

    Parameters
    ----------
    weights : ndarray of shape (n_inputs,)
        Changed in place.
    patterns : ndarray of shape (n_patterns, n_inputs)
        Presynaptic rates.
    order : ndarray of shape (n_steps,)
        Which pattern is shown at each step.
    threshold : float
        theta at the start.
    eta : float
        Learning rate.
    tau_steps : float
        Time constant of the threshold, in steps.
    y0 : float
        Output at which theta would rest, were it constant.
    outputs, thresholds : ndarray of shape (n_steps,)
        Filled with y of each step and theta after it.

    Returns
    -------
    int
        Steps made; fewer than asked for if an output ran away past 1e6.
    """
    for step in range(order.size):
        y = bcm_step(weights, patterns[order[step]], threshold, eta)
        threshold += (y * y / y0 - threshold) / tau_steps
        outputs[step] = y
        thresholds[step] = threshold
        if abs(y) > RUNAWAY:
            return step + 1
    return order.size


@njit(cache=CACHE, nogil=True)
def oja_step(
    weights: NDArray[np.float64], x: NDArray[np.float64], eta: float, decay: float
) -> float:
    """Change `weights` in place by one input and return the output that it caused.

    The equation: y = w . x, then w += eta y (x - decay y w). Oja's rule has decay 1; with decay 0
    it is Hebb's, whose weights grow without bound.

    Parameters
    ----------
    weights : ndarray of shape (n_inputs,)
        w, changed in place.
    x : ndarray of shape (n_inputs,)
        Input, of mean 0 for the first principal component.
    eta : float
        Learning rate.
    decay : float
        Share of the decay that keeps the length of w at 1.

    Returns
    -------
    float
        y, before the change.
    """
    y = 0.0
    for i in range(x.size):
        y += weights[i] * x[i]
    for i in range(x.size):
        weights[i] += eta * y * (x[i] - decay * y * weights[i])
    return y


@njit(cache=CACHE, nogil=True)
def oja_run(
    weights: NDArray[np.float64],
    inputs: NDArray[np.float64],
    eta: float,
    decay: float,
    lengths: NDArray[np.float64],
) -> int:
    """Show inputs one after another; `weights` and `lengths` change in place.

    Parameters
    ----------
    weights : ndarray of shape (n_inputs,)
        Changed in place.
    inputs : ndarray of shape (n_steps, n_inputs)
        One input a step.
    eta, decay : float
        As in `oja_step`.
    lengths : ndarray of shape (n_steps,)
        Filled with |w| after each step.

    Returns
    -------
    int
        Steps made; fewer than asked for if the weights ran away past 1e6.
    """
    for step in range(len(inputs)):
        oja_step(weights, inputs[step], eta, decay)
        lengths[step] = np.sqrt(np.sum(weights * weights))
        if lengths[step] > RUNAWAY:
            return step + 1
    return len(inputs)
