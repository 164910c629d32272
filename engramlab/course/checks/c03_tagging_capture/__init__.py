"""Lesson 03: the window of a rescue, capture, how long a tag stands, a protocol in three arms."""

from engramlab.course.checks.c03_tagging_capture._arms import LATE_AFTER
from engramlab.course.checks.c03_tagging_capture._capture import CAPTURE
from engramlab.course.checks.c03_tagging_capture._captured import IS_CAPTURED
from engramlab.course.checks.c03_tagging_capture._tag import TAG_ALIVE_HOURS
from engramlab.course.checks.c03_tagging_capture._window import RESCUE_WINDOW

ITEMS = (RESCUE_WINDOW, CAPTURE, TAG_ALIVE_HOURS, LATE_AFTER, IS_CAPTURED)
