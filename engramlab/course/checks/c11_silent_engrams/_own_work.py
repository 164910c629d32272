"""What the answers of lesson 11 may not call; the protocol is run on the model and may."""

OWN_WORK = ("engramlab.ensemble", "engramlab.experiments.silence", "engramlab.kernels.ensemble")
