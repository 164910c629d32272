"""Live pictures, one call each: `el.widgets.pattern_completion()`; `explore` builds others."""

from typing import Any

from engramlab.plots import Picture
from engramlab.widgets._controls import Choice, Slider
from engramlab.widgets._panel import Exhibit, Panel, explore
from engramlab.widgets._stage import Scene
from engramlab.widgets.attractors import EXHIBITS as ATTRACTORS
from engramlab.widgets.attractors import (
    basins,
    blackout,
    cue_control,
    letter,
    pattern_completion,
    pseudo_inverse,
    self_coupling,
)
from engramlab.widgets.ensemble import EXHIBITS as ENSEMBLE
from engramlab.widgets.ensemble import (
    ageing,
    allocation,
    creb_loss,
    engram_sizes,
    exclusion,
    gist,
    label_and_light,
    light_and_others,
    linked_back,
    linking,
    month,
    remodelled_contacts,
    replay_blocked,
    settling,
    silence_share,
    silent_engram,
    switch_off_and_on,
)
from engramlab.widgets.plasticity import EXHIBITS as PLASTICITY
from engramlab.widgets.plasticity import (
    calcium_rates,
    calcium_sets,
    competing_synapses,
    hebb_alone,
    oja,
    pair_against_triplet,
    pairing_rate,
    protein_block,
    rescue_gap,
    sliding_threshold,
    slow_threshold,
    tag_and_capture,
    triplet_sets,
    weak_size,
    wide_window,
)

EXHIBITS = ATTRACTORS | PLASTICITY | ENSEMBLE

__all__ = [
    "EXHIBITS",
    "Choice",
    "Exhibit",
    "Panel",
    "Scene",
    "Slider",
    "ageing",
    "allocation",
    "basins",
    "blackout",
    "calcium_rates",
    "calcium_sets",
    "competing_synapses",
    "creb_loss",
    "cue_control",
    "engram_sizes",
    "exclusion",
    "explore",
    "gist",
    "hebb_alone",
    "label_and_light",
    "letter",
    "light_and_others",
    "linked_back",
    "linking",
    "month",
    "oja",
    "pair_against_triplet",
    "pairing_rate",
    "pattern_completion",
    "protein_block",
    "pseudo_inverse",
    "remodelled_contacts",
    "replay_blocked",
    "rescue_gap",
    "self_coupling",
    "settling",
    "silence_share",
    "silent_engram",
    "sliding_threshold",
    "slow_threshold",
    "switch_off_and_on",
    "tag_and_capture",
    "triplet_sets",
    "view",
    "weak_size",
    "wide_window",
]


def view(name: str, **params: Any) -> Picture:
    """Return the picture of a widget at one setting, without its panel.

    Parameters
    ----------
    name : str
        A widget, such as "pattern_completion".
    **params
        Settings of its controls; what is not given stands as the panel starts.

    Returns
    -------
    Picture
        Its `alt` is the reading.

    Raises
    ------
    ValueError
        If there is no such widget or no such setting.
    """
    if name not in EXHIBITS:
        raise ValueError(f"there is no widget {name!r}; there are {', '.join(sorted(EXHIBITS))}")
    return EXHIBITS[name]().view(**params)
