"""The model run by a check: one experiment on one animal is run once for a whole class."""

from functools import lru_cache
from typing import Any

from engramlab.ensemble import run_protocol


def drives(steps: Any, rng: int, **labels: float) -> tuple[float, ...]:
    """Return the drive of each reading of an experiment on one animal.

    Parameters
    ----------
    steps : list of lists or tuples
        As `run_protocol` takes them, and checked already.
    rng : int
        The animal.
    labels : float
        How cells are labelled, as `run_protocol` takes it.
    """
    return _drives(tuple(map(tuple, steps)), rng, tuple(labels.items()))


@lru_cache(maxsize=512)
def _drives(
    steps: tuple[tuple[Any, ...], ...], rng: int, labels: tuple[tuple[str, Any], ...]
) -> tuple[float, ...]:
    return tuple(float(one.drive) for one in run_protocol(list(steps), rng=rng, **dict(labels)))
