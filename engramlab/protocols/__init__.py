"""What is done to synapses: spike trains, weak and strong stimulation, drug windows.

Spikes are counted in milliseconds, what follows from them in hours; `_units` is the one place that
turns one into the other.
"""

from engramlab.protocols._stimuli import (
    STRONG,
    WEAK,
    DrugWindow,
    Stimulus,
    drug_window,
    strong_stimulation,
    weak_stimulation,
)
from engramlab.protocols._trains import pairing, poisson_train, tetanus, theta_burst
from engramlab.protocols._units import (
    MS_PER_HOUR,
    MS_PER_SECOND,
    hours_to_ms,
    interval_ms,
    ms_to_hours,
)

__all__ = [
    "MS_PER_HOUR",
    "MS_PER_SECOND",
    "STRONG",
    "WEAK",
    "DrugWindow",
    "Stimulus",
    "drug_window",
    "hours_to_ms",
    "interval_ms",
    "ms_to_hours",
    "pairing",
    "poisson_train",
    "strong_stimulation",
    "tetanus",
    "theta_burst",
    "weak_stimulation",
]
