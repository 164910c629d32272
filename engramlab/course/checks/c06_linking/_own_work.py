"""What the answers of lesson 06 may not call."""

OWN_WORK = (
    "engramlab.measures",
    "engramlab.ensemble",
    "engramlab.experiments",
    "engramlab.kernels.ensemble",
)
