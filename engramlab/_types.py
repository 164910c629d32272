"""Names for arrays and generators that all rooms share, and the errors that a learner may read."""

import dataclasses
from typing import Any

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.floating[Any]]
Int = NDArray[np.integer[Any]]
Bool = NDArray[np.bool_]
Rng = int | np.random.Generator


class CourseError(ValueError):
    """A fault that a learner or a teacher can mend: what is wrong, and the cure."""


def generator(rng: Rng) -> np.random.Generator:
    """Return `rng` as a numpy Generator; refuse what would give a different run each time.

    Raises
    ------
    TypeError
        If `rng` is neither an integer seed nor a Generator (None included).
    """
    if isinstance(rng, np.random.Generator):
        return rng
    if isinstance(rng, (int, np.integer)) and not isinstance(rng, bool):
        if rng < 0:
            raise ValueError(f"rng is {rng}; a seed is an integer >= 0")
        return np.random.default_rng(int(rng))
    raise TypeError(
        f"rng is {rng!r}; give an integer seed such as rng=1, or a numpy Generator, "
        "so that the run can be repeated"
    )


def array_repr(value: Any) -> str:
    """Return a repr of a dataclass that shows arrays by shape and type instead of by content."""
    parts = []
    for field in dataclasses.fields(value):
        item = getattr(value, field.name)
        if isinstance(item, np.ndarray):
            item = f"{item.dtype} {item.shape}"
        elif isinstance(item, float):
            item = f"{item:.4g}"
        parts.append(f"{field.name}={item}")
    return f"{type(value).__name__}({', '.join(parts)})"
