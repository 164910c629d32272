"""Lesson 05: how much likelier cells join, who wins, each animal against itself, the size."""

from engramlab.course.checks.c05_allocation._allocate import ALLOCATE
from engramlab.course.checks.c05_allocation._paired import PAIRED_EFFECT
from engramlab.course.checks.c05_allocation._ratio import RECRUITMENT_RATIO
from engramlab.course.checks.c05_allocation._size import MEAN_FIELD_SIZE
from engramlab.course.checks.c05_allocation._threshold import THRESHOLD_OF

ITEMS = (RECRUITMENT_RATIO, ALLOCATE, PAIRED_EFFECT, MEAN_FIELD_SIZE, THRESHOLD_OF)
