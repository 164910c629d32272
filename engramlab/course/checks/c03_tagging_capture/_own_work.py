"""What the answers of lesson 03 may not call; the stretch item is run on the model and may."""

OWN_WORK = ("engramlab.plasticity", "engramlab.kernels.capture")
