"""Lesson 11: synapses of four kinds, contacts that move, a silent engram, what light recovers."""

from engramlab.course.checks.c11_silent_engrams._protocol import SILENT_ENGRAM_PROTOCOL
from engramlab.course.checks.c11_silent_engrams._recovery import RECOVERY_BY_LIGHT
from engramlab.course.checks.c11_silent_engrams._remodel import REMODEL
from engramlab.course.checks.c11_silent_engrams._silent import IS_SILENT
from engramlab.course.checks.c11_silent_engrams._table import ENGRAM_SYNAPSE_TABLE

ITEMS = (
    ENGRAM_SYNAPSE_TABLE,
    REMODEL,
    SILENT_ENGRAM_PROTOCOL,
    RECOVERY_BY_LIGHT,
    IS_SILENT,
)
