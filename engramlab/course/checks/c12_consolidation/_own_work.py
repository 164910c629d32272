"""What the answers of lesson 12 may not call."""

OWN_WORK = (
    "engramlab.ensemble",
    "engramlab.experiments.consolidation",
    "engramlab.kernels.ensemble",
)
