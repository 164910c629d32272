"""Tagging and capture: what lets a change of a synapse last, in closed form between events.

Luboeinski J, Tetzlaff C (2021) Commun Biol 4:275, 10.1038/s42003-021-01778-y.
"""

import math
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from engramlab.kernels import CACHE


class CaptureConstants(NamedTuple):
    """Times (hours) and thresholds (of a weight whose baseline is 1), all floats."""

    tau_early_hours: float
    threshold_tag: float
    threshold_protein: float
    tau_protein_hours: float
    tau_build_hours: float
    late_up: float
    late_down: float
    tau_late_hours: float
    """Fading of the late part of a synapse without a tag; inf where it stays."""


@njit(cache=CACHE, nogil=True)
def advance(
    early: NDArray[np.float32],
    late: NDArray[np.float32],
    protein: NDArray[np.float32],
    hours: float,
    synthesis: float,
    constants: CaptureConstants,
) -> None:
    """Let `hours` pass; `early`, `late` and `protein` change in place.

    The equations, exact for any `hours`:

    - early(t) = early exp(-t / tau_early); a synapse has its tag while |early| > threshold_tag;
    - dp/dt = (S - p) / tau_protein, where S is `synthesis` while the largest |early| of the
      neuron's synapses is above threshold_protein, and 0 after;
    - dlate/dt = p (goal - late) / tau_build while the tag stands, with goal late_up or late_down by
      the sign of early: late = goal - (goal - late) exp(-P / tau_build) with P the integral of p;
    - late(t) = late exp(-t / tau_late) once the tag is gone.

    Proteins serve the whole neuron, tags single synapses. Only deviation from the paper: there
    the sum of |early| over a neuron's synapses starts the synthesis, here the largest one does
    (the same for one pathway, sensible for a thousand synapses).

    Parameters
    ----------
    early, late : ndarray of shape (n_neurons, n_synapses)
        Parts of the weight 1 + early + late; changed in place.
    protein : ndarray of shape (n_neurons,)
        p, from 0 to 1; changed in place.
    hours : float
        0 or more.
    synthesis : float
        1, or 0 under a drug that blocks protein synthesis. The drug leaves proteins that are there.
    constants : CaptureConstants
        Of the rule.

    References
    ----------
    Luboeinski and Tetzlaff (2021), Methods; constants as in the authors' code.
    """
    fade = math.exp(-hours / constants.tau_early_hours)
    worn = math.exp(-hours / constants.tau_late_hours)
    for i in range(early.shape[0]):
        row = early[i]
        peak = abs(row[0])
        for j in range(row.size):
            peak = max(peak, abs(row[j]))
        # Synthesis runs for `made` hours and `grown` is the integral of p until it ends; from then
        # on p fades.
        made = 0.0
        if synthesis > 0.0 and peak > constants.threshold_protein:
            last = constants.tau_early_hours * math.log(peak / constants.threshold_protein)
            made = min(hours, last)
        tau = constants.tau_protein_hours
        start = float(protein[i])
        full = synthesis + (start - synthesis) * math.exp(-made / tau)
        grown = synthesis * made - (start - synthesis) * tau * math.expm1(-made / tau)
        protein[i] = full * math.exp(-(hours - made) / tau)
        if peak > constants.threshold_tag and (start > 0.0 or made > 0.0):
            for j in range(row.size):
                size = abs(row[j])
                if size > constants.threshold_tag:
                    last = constants.tau_early_hours * math.log(size / constants.threshold_tag)
                    tagged = min(hours, last)
                    if tagged >= made:
                        total = grown - full * tau * math.expm1(-(tagged - made) / tau)
                    else:
                        short = (start - synthesis) * tau * math.expm1(-tagged / tau)
                        total = synthesis * tagged - short
                    goal = constants.late_up if row[j] > 0 else constants.late_down
                    kept = math.exp(-total / constants.tau_build_hours)
                    late[i, j] = goal - (goal - late[i, j]) * kept
        if constants.tau_late_hours < math.inf:
            for j in range(row.size):
                size = abs(row[j])
                if size > constants.threshold_tag:
                    last = constants.tau_early_hours * math.log(size / constants.threshold_tag)
                    late[i, j] *= math.exp(-max(hours - last, 0.0) / constants.tau_late_hours)
                else:
                    late[i, j] *= worn
        if peak < 1e-30:
            row[:] = 0  # numbers too small for their type would be slow
        else:
            for j in range(row.size):
                row[j] *= fade


LUBOEINSKI_2021 = CaptureConstants(
    tau_early_hours=6884.0 / 3600.0,  # 688.4 s / 0.1
    threshold_tag=0.2,
    threshold_protein=0.5,
    tau_protein_hours=1.0,
    tau_build_hours=1.0,
    late_up=1.0,
    late_down=-0.5,
    tau_late_hours=math.inf,
)
"""The authors' constants, with weights in units of their baseline, 4.20 mV."""
