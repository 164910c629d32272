"""Texts of a learner's process without what names this machine, so that results are the same."""

import functools
import re
import sys
import tempfile

from engramlab.course.faults import without_addresses
from engramlab.course.resources import PACKAGE


def without_places(text: str) -> str:
    """Return a text without addresses in memory, and with `...` for the folders of this machine."""
    return without_addresses(_places(tempfile.gettempdir()).sub("...", text))


@functools.cache
def _places(temporary: str) -> re.Pattern[str]:
    """Match where Python and the package lie, and a learner's own folder outside a sandbox."""
    folders = {sys.prefix, sys.base_prefix, str(PACKAGE.parent)} - {"/", "/usr"}
    own = re.escape(temporary) + r"[/\\]engramlab-(?:\w+-)?\w{8}"
    return re.compile("|".join([*map(re.escape, sorted(folders, key=len, reverse=True)), own]))
