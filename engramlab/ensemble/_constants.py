"""The one set of constants of the ensemble model, and which of them were set by hand."""

from typing import NamedTuple

from engramlab.kernels.capture import LUBOEINSKI_2021, CaptureConstants

STRONG, WEAK = 1.0, 0.43
"""How far an event moves its synapses towards their limit; WEAK leaves a tag, but makes no protein.

Ours, as in lesson 03."""


class EnsembleConstants(NamedTuple):
    """What the ensemble model runs on; drive in units of the mean drive of a context."""

    n_cells: int = 400  # ours: large enough for an engram of 40 cells
    n_inputs: int = 400  # ours: units of the world that a context can switch on
    n_active: int = 30  # ours: units on in one context; two at random share 2 or 3
    p_connect: float = 0.5  # ours: share of inputs that a cell has a contact with
    sigma_weights: float = 0.5  # ours: spread of the log of a baseline weight
    inhibition: float = 14.0  # tuned: engram of 10 % of the cells
    sd_excitability: float = 0.2  # tuned: with `creb`, how many-fold CREB recruits
    tau_excitability_hours: float = 7.0  # tuned: linked after 6 hours, not after 24
    bump: float = 0.8  # tuned with it: excitability that activity adds
    creb: float = 0.3  # tuned: what more CREB adds to a cell
    lowered: float = 0.3  # ours: the same size, taken away
    light: float = 3.0  # tuned: what light adds, enough to make any cell fire
    eta_heterosynaptic: float = 0.05  # ours: depression of inputs that are off
    p_contact: float = 0.5  # ours: chance that an active cell gets a contact with the read-out
    size_expected: float = 0.10  # ours: share of cells that counts as one engram in `drive`
    share_offline: float = 0.3  # tuned: share of an engram that fires in one offline bout
    threshold_recall: float = 0.8  # tuned: drive at which the recall index is one half
    width_recall: float = 0.1  # tuned: how steep the recall index is
    capture: CaptureConstants = LUBOEINSKI_2021  # published: Luboeinski and Tetzlaff (2021)


COURSE = EnsembleConstants()
"""The set of every lesson."""

TUNED = (
    "inhibition",
    "sd_excitability",
    "tau_excitability_hours",
    "bump",
    "creb",
    "light",
    "share_offline",
    "threshold_recall",
    "width_recall",
)
"""The constants that were moved by hand until known results came out; the rest was chosen once."""

FIXED = ("n_cells", "n_inputs", "n_active", "p_connect", "sigma_weights")
"""What an ensemble is built with and cannot change later."""
