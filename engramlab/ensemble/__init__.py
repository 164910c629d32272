"""The ensemble: which cells get a memory, what links memories, and what recall needs.

What it teaches: cells compete for an event by excitability, and inhibition sets how many win
(`_competition`); an engram can be labelled, driven, silenced, and it can lie silent (`_ensemble`,
`_treatments`); weeks of offline replay teach the cortex, whatever becomes of the hippocampal trace
(`_regions`, `_month`, `_region_constants`). An experiment can be written as a list of steps and run
(`_steps`, `_protocol`). `_constants` holds the one set of values and says which were set by hand,
`_table` prints it.
"""

from engramlab.ensemble._competition import allocate, winners
from engramlab.ensemble._constants import COURSE, STRONG, TUNED, WEAK, EnsembleConstants
from engramlab.ensemble._contexts import random_contexts, similar_context
from engramlab.ensemble._controls import as_many_others
from engramlab.ensemble._ensemble import Ensemble
from engramlab.ensemble._month import (
    ConsolidationCourse,
    consolidation_course,
    generalisation_curve,
)
from engramlab.ensemble._protocol import run_protocol
from engramlab.ensemble._region_constants import (
    HYPOTHESES,
    REGIONS,
    REGIONS_TUNED,
    RegionConstants,
)
from engramlab.ensemble._regions import RegionsReactivation, TwoRegions
from engramlab.ensemble._results import Reactivation, recall_index
from engramlab.ensemble._steps import STEPS, Step, check_protocol
from engramlab.ensemble._table import EnsembleTable, ensemble_table

__all__ = [
    "COURSE",
    "HYPOTHESES",
    "REGIONS",
    "REGIONS_TUNED",
    "STEPS",
    "STRONG",
    "TUNED",
    "WEAK",
    "ConsolidationCourse",
    "Ensemble",
    "EnsembleConstants",
    "EnsembleTable",
    "Reactivation",
    "RegionConstants",
    "RegionsReactivation",
    "Step",
    "TwoRegions",
    "allocate",
    "as_many_others",
    "check_protocol",
    "consolidation_course",
    "ensemble_table",
    "generalisation_curve",
    "random_contexts",
    "recall_index",
    "run_protocol",
    "similar_context",
    "winners",
]
