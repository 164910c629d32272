"""The effects of the ensemble that lessons 05, 06, 07 and 11 show, each with its criterion.

The criterion is that of the test of the effect, on means over seeds. What is measured are drives,
overlaps and shares, never recall indices: those are near 0 or 1 and hide how near the limit is. A
limit that is known as a recall index is read as the drive that gives it.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engramlab._checks import whole
from engramlab._quantities import real
from engramlab.ensemble import COURSE, EnsembleConstants
from engramlab.experiments import _runs
from engramlab.experiments._runs import Setting
from engramlab.trials import sweep

SEEDS = 16


class Bound(NamedTuple):
    """What one measured quantity, a mean over seeds, must lie between."""

    quantity: str
    low: float = -math.inf
    high: float = math.inf
    as_index: bool = False
    """Whether `low` and `high` are recall indices; the quantity is a drive all the same."""

    def limits(self, constants: EnsembleConstants) -> tuple[float, float]:
        """Return the two limits in the unit of the quantity."""
        if not self.as_index:
            return self.low, self.high
        low, high = (
            limit if math.isinf(limit) else drive_at(limit, constants)
            for limit in (self.low, self.high)
        )
        return low, high


Run = Callable[[Setting, np.random.Generator], Sequence[float]]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Effect:
    """An effect with its criterion.

    Attributes
    ----------
    words : str
        The effect in a few words.
    source : str
        Author and year of the experiment, "after" them where the model does it otherwise.
    lesson : str
        Number of the lesson that shows it.
    status : str
        "built in", "tuned" or "emerged".
    run : callable
        Takes a `Setting` and a numpy Generator; returns one number for each bound.
    bounds : tuple of Bound
        All must hold.
    """

    words: str
    source: str
    lesson: str
    status: str
    run: Run
    bounds: tuple[Bound, ...]

    def measured(
        self, setting: Setting | None = None, *, seeds: int = SEEDS
    ) -> NDArray[np.float64]:
        """Return the quantities of each run, shape (seeds, n_bounds)."""
        at = Setting() if setting is None else setting
        n = whole("seeds", seeds, least=1)

        def once(rng: np.random.Generator) -> Sequence[float]:
            return self.run(at, rng)

        return np.asarray(sweep(once, seeds=n, progress=False), dtype=np.float64)

    def margin(self, quantities: NDArray[np.float64], setting: Setting | None = None) -> float:
        """Return how far the means lie inside their bounds; below 0 one of them does not hold."""
        return min(self._rooms(quantities, setting))

    def verdict(self, quantities: NDArray[np.float64], setting: Setting | None = None) -> str:
        """Return "holds", "fails", or "close" within two standard errors of a bound."""
        spread = np.std(quantities, axis=0, ddof=1) if len(quantities) > 1 else 0.0
        errors = np.broadcast_to(spread / math.sqrt(len(quantities)), len(self.bounds))
        rooms = np.array(self._rooms(quantities, setting))
        if (rooms + 2 * errors <= 0).any():
            return "fails"
        return "holds" if (rooms > 2 * errors).all() else "close"

    def _rooms(self, quantities: NDArray[np.float64], setting: Setting | None) -> list[float]:
        """Return how far each mean lies inside its bounds."""
        constants = (Setting() if setting is None else setting).constants
        limits = [bound.limits(constants) for bound in self.bounds]
        return [
            min(float(mean) - low, high - float(mean))
            for mean, (low, high) in zip(quantities.mean(axis=0), limits, strict=True)
        ]


def drive_at(index: float, constants: EnsembleConstants = COURSE) -> float:
    """Return the drive at which the recall index has a value: th + T ln(f / (1 - f)).

    Parameters
    ----------
    index : float
        The recall index f, above 0 and below 1.
    constants : EnsembleConstants
        With the threshold th and the width T of the read-out.

    Raises
    ------
    TypeError, ValueError
        If `index` is 0, 1 or outside.

    Examples
    --------
    >>> round(drive_at(0.9), 2), drive_at(0.5)
    (1.02, 0.8)
    """
    value = real("index", index)
    if not 0 < value < 1:
        raise ValueError(f"index is {index}; give a number above 0 and below 1")
    odds = math.log(value / (1.0 - value))
    return constants.threshold_recall + constants.width_recall * odds


def _above(quantity: str, index: float) -> Bound:
    return Bound(quantity, low=index, as_index=True)


def _below(quantity: str, index: float) -> Bound:
    return Bound(quantity, high=index, as_index=True)


def _effect(words: str, source: str, lesson: str, status: str, run: Run, *bounds: Bound) -> Effect:
    return Effect(words=words, source=source, lesson=lesson, status=status, run=run, bounds=bounds)


EFFECTS: Mapping[str, Effect] = MappingProxyType(
    {
        "recruits": _effect(
            "CREB recruits", "Han 2007", "05", "tuned", _runs.recruits,
            Bound("share of CREB cells in the engram over that of others", 2.5, 7.0),
        ),
        "keeps_size": _effect(
            "CREB keeps the size", "Rao-Ruiz 2019", "05", "emerged", _runs.keeps_size,
            Bound("size with less size without", -0.02, 0.02),
        ),
        "excludes": _effect(
            "low excitability excludes", "Yiu 2014", "05", "tuned", _runs.excludes,
            Bound("share of treated cells in the engram over that of others", high=0.5),
        ),
        "sizes": _effect(
            "inhibition sets the size", "Morrison 2016", "05", "built in", _runs.sizes,
            Bound("size", 0.08, 0.12),
            Bound("smallest fall from one inhibition to twice as much", low=0.0),
        ),
        "links": _effect(
            "overlap: 6 h above 24 h", "Rashid 2016", "06", "tuned", _runs.links,
            Bound("overlap at 6 h less overlap at 24 h", low=0.2),
        ),
        "transfers": _effect(
            "drive in A: 3 h, not 24 h", "Cai 2016", "06", "tuned", _runs.transfers,
            _above("drive in A, 3 h", 0.5), _below("drive in A, 24 h", 0.5),
            _below("in C, 3 h", 0.2),
        ),
        "ages": _effect(
            "smaller bump, less overlap", "Cai 2016", "06", "built in", _runs.ages,
            Bound("overlap with half the bump less that with none", low=0.0),
            Bound("overlap with all of it less that with half", low=0.0),
        ),
        "excited": _effect(
            "exciting A links at 24 h", "Rashid 2016", "06", "tuned", _runs.excited,
            Bound("overlap less twice that without", low=0.0),
            Bound("overlap with others excited less that without", high=0.05),
        ),
        "links_back": _effect(
            "offline, a shock links back", "Zaki 2024", "06", "built in", _runs.links_back,
            _above("drive in A, co-reactivated", 0.5), _below("without", 0.2),
            _below("bouts of A alone", 0.3), _below("bouts of B alone", 0.3),
            _below("no shock", 0.2), _below("shock first", 0.2),
            _below("in C, co-reactivated", 0.5),
        ),
        "helps": _effect(
            "strong A helps weak B", "Kastellakis 2016", "06", "emerged", _runs.helps,
            Bound("drive at 1.5 h less 1.2 x that at 24 h", low=0.0),
            Bound("less 1.2 x that after a weak A", low=0.0),
        ),
        "lights": _effect(
            "light recalls, by dose", "Liu 2012", "07", "built in", _runs.lights,
            _below("drive, a fifth labelled", 0.5), _above("four fifths", 0.8),
            _below("as many others", 0.2), _below("a neutral memory", 0.2),
        ),
        "silences": _effect(
            "silencing prevents recall", "Tanaka 2014", "07", "built in", _runs.silences,
            _below("drive, engram silenced", 0.2), _above("as many others", 0.8),
        ),
        "ablates": _effect(
            "loss of CREB cells weakens", "Han 2009", "07", "emerged", _runs.ablates,
            Bound("drive without others less that without CREB cells", low=0.2),
            _above("drive without others", 0.8),
        ),
        "false": _effect(
            "a false memory of A", "Ramirez 2013", "07", "built in", _runs.false,
            _above("drive in A", 0.7), _below("in C", 0.3), _below("in A, no light", 0.3),
            _below("in A, light on others", 0.3),
        ),
        "novel": _effect(
            "novelty saves, in a window", "Moncada 2007", "11", "tuned", _runs.novel,
            _above("drive, novelty 1 h before", 0.4), _above("at once", 0.4),
            _above("1 h after", 0.4), _below("4 h before", 0.2), _below("4 h after", 0.2),
            _below("none", 0.2),
        ),
        "silent": _effect(
            "after the drug, light recalls", "Ryan 2015", "11", "built in", _runs.silent,
            _above("drive, no drug", 0.8), _below("drug", 0.2), _above("drug, light", 0.5),
            _below("drug, light on others", 0.2),
        ),
        "restores": _effect(
            "LTP brings recall back", "after Roy 2016", "11", "built in", _runs.restores,
            _above("drive after light and LTP in A", 0.8), _below("before", 0.2),
            _below("A once more, no more", 0.2), _below("light and LTP on others", 0.2),
            Bound("less that without light", low=0.2), Bound("less that after both in C", low=0.2),
            _below("after both in A, in C", 0.2),
        ),
        "switches": _effect(
            "LTD, LTP: off and on", "Nabavi 2014", "11", "built in", _runs.switches,
            _below("drive in A, two bouts of LTD on A", 0.5), _above("LTP after them", 0.8),
            _above("in B, LTD on A", 0.8), _above("in A, LTD on B", 0.8),
            _below("in B, LTD on B", 0.5),
        ),
        "remodels": _effect(
            "contacts move, light recalls", "ours", "11", "built in", _runs.remodels,
            _above("drive, day 1", 0.8), _below("day 28", 0.5), _above("light, day 28", 0.8),
            _below("light on others, day 28", 0.2),
        ),
    }
)  # fmt: skip
"""Every effect by its name. `margin` compares means over seeds with the criterion."""
