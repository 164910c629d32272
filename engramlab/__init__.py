"""engramlab: how the brain allocates, stores, completes and forgets memories.

`import engramlab as el` loads nothing heavy: each public name is fetched from its room on first
use, so numba, matplotlib and ipywidgets arrive only when a model runs or a picture is drawn.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_NAMES = {
    "random_patterns": "patterns",
    "corrupt": "patterns",
    "partial_cue": "patterns",
    "digit_patterns": "patterns",
    "letter_patterns": "patterns",
    "embed": "patterns",
    "overlap": "measures",
    "energy": "measures",
    "overlap_course": "measures",
    "crossing": "measures",
    "engram_overlap": "measures",
    "chance_overlap": "measures",
    "overlap_above_chance": "measures",
    "recruitment_ratio": "measures",
    "Hopfield": "attractors",
    "Recall": "attractors",
    "Recalls": "attractors",
    "ags_overlap": "attractors",
    "ags_critical": "attractors",
    "sweep": "trials",
    "pairing": "protocols",
    "tetanus": "protocols",
    "theta_burst": "protocols",
    "poisson_train": "protocols",
    "weak_stimulation": "protocols",
    "strong_stimulation": "protocols",
    "drug_window": "protocols",
    "BCM": "plasticity",
    "Oja": "plasticity",
    "tuned_inputs": "plasticity",
    "PairSTDP": "plasticity",
    "TripletSTDP": "plasticity",
    "fit_pair_rule": "plasticity",
    "sjostrom2001": "plasticity",
    "CalciumRule": "plasticity",
    "CompetingSynapses": "plasticity",
    "Slice": "plasticity",
    "slice_course": "plasticity",
    "Ensemble": "ensemble",
    "Reactivation": "ensemble",
    "random_contexts": "ensemble",
    "similar_context": "ensemble",
    "allocate": "ensemble",
    "winners": "ensemble",
    "as_many_others": "ensemble",
    "check_protocol": "ensemble",
    "run_protocol": "ensemble",
    "ensemble_table": "ensemble",
    "TwoRegions": "ensemble",
    "consolidation_course": "ensemble",
    "generalisation_curve": "ensemble",
    "completion": "experiments",
    "fraction_recalled": "experiments",
    "final_overlaps": "experiments",
    "nearest_memory": "experiments",
    "leaving_units": "experiments",
    "compiled_against_plain": "experiments",
    "learned_outputs": "experiments",
    "hebb_growth": "experiments",
    "held_share": "experiments",
    "random_spikes_change": "experiments",
    "paired_spikes": "experiments",
    "competition_shares": "experiments",
    "bursts_of_pairs": "experiments",
    "rescue": "experiments",
    "recruited": "experiments",
    "engram_size": "experiments",
    "sizes_in_a_row": "experiments",
    "linked": "experiments",
    "linked_back": "experiments",
    "weak_after_strong": "experiments",
    "kept_cells": "experiments",
    "day_after": "experiments",
    "false_memory": "experiments",
    "without_cells": "experiments",
    "weak_with_novelty": "experiments",
    "switched": "experiments",
    "remodelled": "experiments",
    "engram_synapses": "experiments",
    "gist_drives": "experiments",
    "month_drives": "experiments",
    "robustness_margins": "experiments",
    "robustness_table": "experiments",
    "robustness_verdicts": "experiments",
    "lesson": "tutor",
}
_ROOMS = ("look", "plots", "widgets")

__all__ = sorted([*_NAMES, *_ROOMS])


def __getattr__(name: str) -> Any:
    if name in _NAMES:
        value = getattr(import_module(f"engramlab.{_NAMES[name]}"), name)
        globals()[name] = value
        return value
    if name in _ROOMS:
        return import_module(f"engramlab.{name}")
    raise AttributeError(f"engramlab has no {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
