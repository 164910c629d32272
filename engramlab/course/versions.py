"""The course's version, and versions in order."""

import re

from engramlab import __version__

COURSE_VERSION: str = __version__

_STAGES = {"dev": -4, "a": -3, "b": -2, "rc": -1}


def version_key(version: str) -> tuple[int, ...]:
    """Return a key that sorts versions: pre-releases before their release, missing parts as 0.

    Examples
    --------
    >>> version_key("1.10") > version_key("1.9.3") > version_key("1.9.3rc1")
    True
    """
    text = version.strip().lower()
    found = re.match(r"\d+(\.\d+)*", text)
    if found is None:
        return (0, 0, 0, 0, 0)
    numbers = [int(part) for part in found.group().split(".")][:4]
    numbers += [0] * (4 - len(numbers))
    rest = re.match(r"[._-]?(dev|a|b|rc)", text[found.end() :])
    return (*numbers, _STAGES[rest.group(1)] if rest else 0)
