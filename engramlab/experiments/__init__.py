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
from engramlab.experiments.rates import (
    STEADY,
    answer_courses,
    hebb_courses,
    hebb_growth,
    held_share,
    learned_outputs,
    strongest_course,
    threshold_courses,
)
from engramlab.experiments.timing import (
    bursts_of_pairs,
    competition_shares,
    jittered_pairs,
    paired_spikes,
    plateau_share,
    random_spikes_change,
)

__all__ = [
    "ARMS",
    "RECALLED",
    "STEADY",
    "Comparison",
    "answer_courses",
    "bursts_of_pairs",
    "competition_shares",
    "compiled_against_plain",
    "completion",
    "final_overlaps",
    "fraction_recalled",
    "hebb_courses",
    "hebb_growth",
    "held_share",
    "jittered_pairs",
    "learned_outputs",
    "leaving_units",
    "nearest_memory",
    "paired_spikes",
    "plateau_share",
    "random_spikes_change",
    "rescue",
    "strongest_course",
    "threshold_courses",
]
