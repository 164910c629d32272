"""Lesson 12: how far a memory generalises, one replay, a double dissociation, a two-store month."""

from engramlab.course.checks.c12_consolidation._dissociation import DISSOCIATION
from engramlab.course.checks.c12_consolidation._early import EARLY_AFTER
from engramlab.course.checks.c12_consolidation._replay import REPLAY
from engramlab.course.checks.c12_consolidation._stores import TWO_STORE_MONTH
from engramlab.course.checks.c12_consolidation._width import GENERALISATION_WIDTH

ITEMS = (GENERALISATION_WIDTH, REPLAY, DISSOCIATION, TWO_STORE_MONTH, EARLY_AFTER)
