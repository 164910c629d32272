"""Lesson 02: error against data, the timing window, all pairs of two trains; triplets, calcium."""

from engramlab.course.checks.c02_spike_timing._above import FRACTION_ABOVE
from engramlab.course.checks.c02_spike_timing._error import WEIGHTED_ERROR
from engramlab.course.checks.c02_spike_timing._order import ORDER_SIGN
from engramlab.course.checks.c02_spike_timing._pairs import PAIR_CHANGE
from engramlab.course.checks.c02_spike_timing._triplet import TRIPLET_UPDATE
from engramlab.course.checks.c02_spike_timing._window import STDP_WINDOW

ITEMS = (WEIGHTED_ERROR, STDP_WINDOW, PAIR_CHANGE, TRIPLET_UPDATE, FRACTION_ABOVE, ORDER_SIGN)
