"""The attractor network: memories as resting states of units that excite and inhibit each other.

What it teaches: a fragment of a memory drives the units to which it is tied until the whole stands,
and past a load nothing comes back. `_network` holds the model, `_results` what a recall gives back,
`_theory` the curve to expect.
"""

from engramlab.attractors._network import Hopfield
from engramlab.attractors._results import Recall, Recalls
from engramlab.attractors._theory import AgsCritical, ags_critical, ags_overlap

__all__ = ["AgsCritical", "Hopfield", "Recall", "Recalls", "ags_critical", "ags_overlap"]
