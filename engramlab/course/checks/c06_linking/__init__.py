"""Lesson 06: how long events are linked, what engrams share, that above chance, and shuffles."""

from engramlab.course.checks.c06_linking._above import OVERLAP_ABOVE_CHANCE
from engramlab.course.checks.c06_linking._overlap import ENGRAM_OVERLAP
from engramlab.course.checks.c06_linking._shared import SHARED_BY_CHANCE
from engramlab.course.checks.c06_linking._shuffles import SHUFFLE_P_VALUE
from engramlab.course.checks.c06_linking._window import LINKING_WINDOW

ITEMS = (LINKING_WINDOW, ENGRAM_OVERLAP, OVERLAP_ABOVE_CHANCE, SHUFFLE_P_VALUE, SHARED_BY_CHANCE)
