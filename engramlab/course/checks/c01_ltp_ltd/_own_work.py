"""What the answers of lesson 01 may not call."""

OWN_WORK = ("engramlab.plasticity", "engramlab.kernels.plasticity")
