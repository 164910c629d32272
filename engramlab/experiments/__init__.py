"""The runs that lessons, widgets, predictions and claims repeat over many seeds with `el.sweep`.

Each is a plain function of its settings and `rng` that returns a number or an array, so that a
lesson's cell, the picture beside it and the test that holds the lesson's sentence all measure the
same thing. One module for each family of models, or for each question asked of it.
"""

from engramlab.experiments.attractors import (
    ARMS,
    RECALLED,
    Comparison,
    compiled_against_plain,
    completion,
    final_overlaps,
    fraction_recalled,
    leaving_units,
    nearest_memory,
)
from engramlab.experiments.capture import rescue
from engramlab.experiments.rates import learned_outputs
from engramlab.experiments.timing import competition_shares, random_spikes_change

__all__ = [
    "ARMS",
    "RECALLED",
    "Comparison",
    "competition_shares",
    "compiled_against_plain",
    "completion",
    "final_overlaps",
    "fraction_recalled",
    "learned_outputs",
    "leaving_units",
    "nearest_memory",
    "random_spikes_change",
    "rescue",
]
