"""A thousand synapses that compete by spike timing for the control of one cell.

Song S, Miller KD, Abbott LF (2000) Nat Neurosci 3:919-926, 10.1038/78829.
"""

import math
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from engramlab.kernels import CACHE


class CellConstants(NamedTuple):
    """The cell and its synapses, all floats; strengths are shares of the largest conductance."""

    tau_membrane_ms: float
    rest_mv: float
    threshold_mv: float
    reset_mv: float
    reversal_mv: float
    tau_synapse_ms: float
    g_max: float
    a_plus: float
    a_minus: float
    tau_plus_ms: float
    tau_minus_ms: float
    same_bin: float
    """0: spikes in one time step are no pair. 1 (a fault): they count as pre before post."""


@njit(cache=CACHE, nogil=True)
def compete(
    strengths: NDArray[np.float64],
    n_steps: int,
    step_ms: float,
    chance: float,
    cell: CellConstants,
    spikes: NDArray[np.int64],
    rng: np.random.Generator,
) -> None:
    """Run the cell; `strengths` and `spikes` change in place.

    The equations: tau_m dV/dt = rest - V + g (reversal - V), and g decays with tau_synapse; each
    presynaptic spike adds g_max times the strength of its synapse. A spike of the cell adds
    a_plus exp(-d / tau_plus) to each synapse for each presynaptic spike d before it; a presynaptic
    spike takes a_minus exp(-d / tau_minus) from its synapse for each spike of the cell d before it;
    strengths stay in [0, 1]. One step: V and g decay (exactly, g held over the step), the
    presynaptic spikes arrive, the cell spikes if V is above threshold.

    Parameters
    ----------
    strengths : ndarray of shape (n_synapses,)
        From 0 to 1; changed in place.
    n_steps : int
        How many steps.
    step_ms : float
        Length of a step (ms).
    chance : float
        Of a presynaptic spike, for each synapse and step.
    cell : CellConstants
        Of the cell.
    spikes : ndarray of shape (n_seconds,)
        Increased by the number of spikes of the cell in each second.
    rng : numpy.random.Generator
        Draws the presynaptic spikes: the gaps between the successes of one long row of trials.
    """
    n_synapses = strengths.size
    trace = np.zeros(n_synapses)  # of presynaptic spikes, as it was at step `seen`
    seen = np.zeros(n_synapses, dtype=np.int64)
    arrived = np.empty(n_synapses, dtype=np.int64)
    g_left = math.exp(-step_ms / cell.tau_synapse_ms)
    post_left = math.exp(-step_ms / cell.tau_minus_ms)
    v, g, post = cell.rest_mv, 0.0, 0.0
    ahead = rng.geometric(chance) - 1  # trials before the next presynaptic spike
    for step in range(n_steps):
        post *= post_left
        pull = 1.0 + g
        goal = (cell.rest_mv + g * cell.reversal_mv) / pull
        v = goal + (v - goal) * math.exp(-step_ms * pull / cell.tau_membrane_ms)
        g *= g_left
        n_arrived = 0
        while ahead < n_synapses:
            arrived[n_arrived] = ahead
            n_arrived += 1
            ahead += rng.geometric(chance)
        ahead -= n_synapses
        for k in range(n_arrived):
            j = arrived[k]
            g += cell.g_max * strengths[j]
            strengths[j] = max(strengths[j] - post, 0.0)
            if cell.same_bin > 0.0:
                gap_ms = (step - seen[j]) * step_ms
                trace[j] = trace[j] * math.exp(-gap_ms / cell.tau_plus_ms) + cell.a_plus
                seen[j] = step
        if v > cell.threshold_mv:
            v = cell.reset_mv
            spikes[int(step * step_ms / 1000.0)] += 1
            for j in range(n_synapses):
                gap_ms = (step - seen[j]) * step_ms
                grown = trace[j] * math.exp(-gap_ms / cell.tau_plus_ms)
                strengths[j] = min(strengths[j] + grown, 1.0)
            post += cell.a_minus
        if cell.same_bin == 0.0:
            for k in range(n_arrived):
                j = arrived[k]
                gap_ms = (step - seen[j]) * step_ms
                trace[j] = trace[j] * math.exp(-gap_ms / cell.tau_plus_ms) + cell.a_plus
                seen[j] = step
