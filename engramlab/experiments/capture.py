"""Runs of lesson 03 with chance in them, each a number or an array for one seed."""

import numpy as np

from engramlab._quantities import not_negative, positive, real
from engramlab._types import Rng, generator
from engramlab.plasticity import LUBOEINSKI_2021, Slice
from engramlab.protocols import STRONG, WEAK


def rescue(
    *,
    strong_after_hours: float = 0.5,
    spread: float = 0.1,
    drug: bool = False,
    read_after_hours: float = 12.0,
    rng: Rng,
) -> float:
    """Return the late part of a weakly stimulated pathway when another one is stimulated strongly.

    Parameters
    ----------
    strong_after_hours : float
        From the weak to the strong stimulation; negative: strong before weak.
    spread : float
        Slices differ: relative standard deviation of what each stimulation does (ours); 0 is the
        slice of the tables.
    drug : bool
        Whether protein synthesis is blocked throughout.
    read_after_hours : float
        From the later stimulation to the reading.
    rng : int or numpy.random.Generator
        Draws the slice.

    Returns
    -------
    float
        From 0, lost, to 1.

    Raises
    ------
    TypeError, ValueError
        If a setting is out of range.

    See Also
    --------
    Lesson 03.

    Examples
    --------
    >>> round(rescue(strong_after_hours=0.5, spread=0.0, rng=1), 3)
    0.292
    """
    gap = real("strong_after_hours", strong_after_hours)
    weak, strong = event_sizes(spread, rng)
    reading = positive("read_after_hours", read_after_hours, example="12")
    steps = [(0, weak), (1, strong)] if gap >= 0 else [(1, strong), (0, weak)]
    tissue = Slice.rest().potentiate(*steps[0]).advance(abs(gap), protein_synthesis=not drug)
    tissue = tissue.potentiate(*steps[1]).advance(reading, protein_synthesis=not drug)
    return float(tissue.late[0])


def event_sizes(spread: float, rng: Rng) -> tuple[float, float]:
    """Return what a weak and a strong stimulation do to the early part in one slice.

    A weak stimulation is one that makes no proteins, so it never exceeds their threshold, 0.5.

    Parameters
    ----------
    spread : float
        Relative standard deviation over slices (ours).
    rng : int or numpy.random.Generator
        Draws the slice.

    Returns
    -------
    tuple of two floats
        The weak one from 0 to 0.5, the strong one from 0 to 1.

    Raises
    ------
    TypeError, ValueError
        If `spread` is negative or no number.

    Examples
    --------
    >>> event_sizes(0.0, 1)
    (0.43, 0.98)
    """
    share = not_negative("spread", spread, example="0.1")
    draws = 1.0 + share * generator(rng).standard_normal(2)
    most = [LUBOEINSKI_2021.threshold_protein, 1.0]
    weak, strong = np.clip(np.array([WEAK, STRONG]) * draws, 0.0, most)
    return float(weak), float(strong)
