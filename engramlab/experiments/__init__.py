"""The runs that lessons, widgets, predictions and claims repeat over many seeds with `el.sweep`.

Each is a plain function of its settings and `rng` that returns a number or an array, so that a
lesson's cell, the picture beside it and the test that holds the lesson's sentence all measure the
same thing. One module for each family of models, or for each question asked of it.
"""

from engramlab.experiments.allocation import Reading, engram_size, recruited, sizes_in_a_row
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
from engramlab.experiments.consolidation import (
    MONTH_DAYS,
    READ_OUTS,
    REPLAYS,
    SIMILARITIES,
    gist_drives,
    many_gists,
    many_months,
    month_drives,
)
from engramlab.experiments.effects import EFFECTS, Bound, Effect, drive_at
from engramlab.experiments.engrams import day_after, false_memory, without_cells
from engramlab.experiments.linking import kept_cells, linked, linked_back, weak_after_strong
from engramlab.experiments.month_robustness import (
    MONTH_EFFECTS,
    MONTH_KNOBS,
    month_robustness_table,
    month_robustness_text,
    month_robustness_verdicts,
)
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
from engramlab.experiments.robustness import (
    FACTORS,
    KNOBS,
    robustness_margins,
    robustness_table,
    robustness_text,
    robustness_verdicts,
)
from engramlab.experiments.silence import (
    engram_synapses,
    remodelled,
    switched,
    weak_with_novelty,
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
    "EFFECTS",
    "FACTORS",
    "KNOBS",
    "MONTH_DAYS",
    "MONTH_EFFECTS",
    "MONTH_KNOBS",
    "READ_OUTS",
    "RECALLED",
    "REPLAYS",
    "SIMILARITIES",
    "STEADY",
    "Bound",
    "Comparison",
    "Effect",
    "Reading",
    "answer_courses",
    "bursts_of_pairs",
    "competition_shares",
    "compiled_against_plain",
    "completion",
    "day_after",
    "drive_at",
    "engram_size",
    "engram_synapses",
    "false_memory",
    "final_overlaps",
    "fraction_recalled",
    "gist_drives",
    "hebb_courses",
    "hebb_growth",
    "held_share",
    "jittered_pairs",
    "kept_cells",
    "learned_outputs",
    "leaving_units",
    "linked",
    "linked_back",
    "many_gists",
    "many_months",
    "month_drives",
    "month_robustness_table",
    "month_robustness_text",
    "month_robustness_verdicts",
    "nearest_memory",
    "paired_spikes",
    "plateau_share",
    "random_spikes_change",
    "recruited",
    "remodelled",
    "rescue",
    "robustness_margins",
    "robustness_table",
    "robustness_text",
    "robustness_verdicts",
    "sizes_in_a_row",
    "strongest_course",
    "switched",
    "threshold_courses",
    "weak_after_strong",
    "weak_with_novelty",
    "without_cells",
]
