"""What `matched_control` may not call; the protocol is run on the model and may."""

OWN_WORK = ("engramlab.ensemble", "engramlab.experiments.engrams")
