"""Lesson 01: selectivity, one step of the weights, one step of the threshold, Hebb's runaway."""

from engramlab.course.checks.c01_ltp_ltd._bcm import BCM_STEP
from engramlab.course.checks.c01_ltp_ltd._blow_up import HEBB_BLOW_UP_TIME
from engramlab.course.checks.c01_ltp_ltd._selectivity import SELECTIVITY
from engramlab.course.checks.c01_ltp_ltd._sign import CHANGE_SIGN
from engramlab.course.checks.c01_ltp_ltd._threshold import THRESHOLD_STEP

ITEMS = (SELECTIVITY, BCM_STEP, THRESHOLD_STEP, HEBB_BLOW_UP_TIME, CHANGE_SIGN)
