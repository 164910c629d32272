"""The constants of the two-region model, and which of them were set by hand."""

from typing import NamedTuple

from engramlab._checks import fraction, whole
from engramlab._quantities import not_negative, positive
from engramlab.ensemble._constants import EnsembleConstants

HYPOTHESES = ("decays", "loses precision")
"""What becomes of the hippocampal trace: it fades, or it stays and blurs."""

PLACES = ("hippocampus", "cortex")
DAY_HOURS = 24.0


class RegionConstants(NamedTuple):
    """What the two regions add to the constants of an ensemble."""

    n_cells: int = 500  # ours: cells of each region
    n_replays: int = 3  # tuned: replays in one night
    first_night_hours: float = 12.0  # ours: from learning to the first replays; then every 24 h
    fidelity: float = 0.8  # ours: chance that a replay brings back a unit of the context
    eta_cortex: float = 0.15  # tuned: how far the cortex learns, at first and in each replay
    spread_replay: float = 0.6  # tuned: spread over cells of the log of that, anew in each replay
    p_contact: float = 0.5  # ours: chance of a contact from a hippocampal to a cortical engram cell
    reach: float = 1.0  # ours: drive of a cortical engram cell if all of the engram calls; 0 = none
    tau_late_hours: float = 192.0  # tuned: fading of late parts in hippocampus, if it decays
    inhibition_remote: float = 9.0  # ours: inhibition at recall when precision is lost, from 14
    precision_hours: float = 672.0  # ours: how long that takes, 28 days


REGIONS = RegionConstants()
"""The set of lesson 12."""

REGIONS_TUNED = ("n_replays", "eta_cortex", "spread_replay", "tau_late_hours")
"""The constants that were moved by hand until day 1 and day 28 came out.

The spread was added for robustness. Without it every cell learns alike, and three replays either
reach the threshold of protein synthesis or do not: at eta_cortex 0.22 the month comes out, at 0.20
nothing is ever consolidated."""


def checked_regions(constants: RegionConstants) -> RegionConstants:
    """Return the constants; refuse those that make no two regions.

    Raises
    ------
    TypeError, ValueError
        If one is of the wrong kind or out of range.
    """
    if not isinstance(constants, RegionConstants):
        raise TypeError(f"constants is {constants!r}; give REGIONS or REGIONS._replace(...)")
    whole("n_cells", constants.n_cells, least=1)
    whole("n_replays", constants.n_replays, least=0)
    for name in ("fidelity", "eta_cortex", "p_contact"):
        fraction(name, getattr(constants, name))
    for name in ("tau_late_hours", "precision_hours"):
        positive(name, getattr(constants, name), example="192")
    for name in ("first_night_hours", "spread_replay", "reach", "inhibition_remote"):
        not_negative(name, getattr(constants, name), example="9")
    return constants


def checked_ensemble(ensemble: EnsembleConstants) -> EnsembleConstants:
    """Return the constants of each region's ensemble; refuse what is none."""
    if not isinstance(ensemble, EnsembleConstants):
        raise TypeError(f"ensemble is {ensemble!r}; give COURSE or COURSE._replace(...)")
    return ensemble
