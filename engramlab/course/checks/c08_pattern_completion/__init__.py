"""Lesson 08: the completion curve, Hebb's weights, recall unit by unit, the pseudo-inverse."""

from engramlab.course.checks.c08_pattern_completion._curve import COMPLETION_CURVE
from engramlab.course.checks.c08_pattern_completion._hebbian import HEBBIAN_WEIGHTS
from engramlab.course.checks.c08_pattern_completion._overlap import OVERLAP
from engramlab.course.checks.c08_pattern_completion._pseudo_inverse import PSEUDO_INVERSE_WEIGHTS
from engramlab.course.checks.c08_pattern_completion._recall import RECALL

ITEMS = (COMPLETION_CURVE, HEBBIAN_WEIGHTS, RECALL, PSEUDO_INVERSE_WEIGHTS, OVERLAP)
