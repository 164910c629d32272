"""What is measured of each effect in `effects`: one animal, one number for each bound."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from engramlab.ensemble import COURSE, WEAK, EnsembleConstants
from engramlab.experiments.allocation import engram_size, recruited
from engramlab.experiments.engrams import day_after, false_memory, without_cells
from engramlab.experiments.linking import linked, linked_back, weak_after_strong
from engramlab.experiments.silence import remodelled, switched, weak_with_novelty


class Setting(NamedTuple):
    """What an effect is measured at."""

    constants: EnsembleConstants = COURSE
    weak: float = WEAK
    """Strength of a weak shock."""


def recruits(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    return (recruited(constants=at.constants, rng=rng).ratio,)


def keeps_size(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    found = recruited(constants=at.constants, rng=rng)
    return (found.size - found.size_untreated,)


def excludes(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    return (recruited(treatment="lowered", constants=at.constants, rng=rng).ratio,)


def sizes(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    """Sizes at a quarter to four times the inhibition: the middle one, and the smallest step."""
    seeds = [int(rng.integers(2**32))] * 5
    sizes = [
        engram_size(inhibition=at.constants.inhibition * 2.0**k, constants=at.constants, rng=seed)
        for k, seed in zip(range(-2, 3), seeds, strict=True)
    ]
    return sizes[2], -float(np.diff(sizes).max())


def _pair(
    function: Callable[..., Any], rng: np.random.Generator, *arms: Mapping[str, Any]
) -> list[Any]:
    """Run an experiment once for each arm, on the same animal."""
    seed = int(rng.integers(2**32))
    return [function(rng=seed, **arm) for arm in arms]


def links(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    near, far = _pair(
        linked, rng, *({"gap_hours": gap, "constants": at.constants} for gap in (6.0, 24.0))
    )
    return (near.overlap - far.overlap,)


def transfers(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    near, far = _pair(
        linked, rng, *({"gap_hours": gap, "constants": at.constants} for gap in (3.0, 24.0))
    )
    return near.drive, far.drive


def ages(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    whole_bump = at.constants.bump
    none, half, full = _pair(
        linked,
        rng,
        *(
            {"gap_hours": 5.0, "constants": at.constants._replace(bump=share * whole_bump)}
            for share in (0.0, 0.5, 1.0)
        ),
    )
    return half.overlap - none.overlap, full.overlap - half.overlap


def excited(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    plain, more = _pair(
        linked,
        rng,
        *({"gap_hours": 24.0, "excited": x, "constants": at.constants} for x in (0.0, 0.4)),
    )
    return (more.overlap - 2 * plain.overlap,)


def links_back(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    both, alone, first = _pair(
        linked_back,
        rng,
        {"constants": at.constants},
        {"constants": at.constants, "coactivated": False},
        {"constants": at.constants, "shock_first": True},
    )
    return both.drive, alone.drive, first.drive, both.drive_elsewhere


def helps(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    near, far = _pair(
        weak_after_strong,
        rng,
        *(
            {"gap_hours": gap, "strength": at.weak, "constants": at.constants}
            for gap in (1.5, 24.0)
        ),
    )
    return (near.drive - 1.2 * far.drive,)


def _days(at: Setting, rng: np.random.Generator, *arms: Mapping[str, Any]) -> list[float]:
    """Drives of `day_after` for several arms."""
    runs = _pair(day_after, rng, *({"constants": at.constants, **arm} for arm in arms))
    return [run.drive for run in runs]


def silent(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    return _days(
        at,
        rng,
        {},
        {"drug": True},
        {"drug": True, "light": "labelled", "place": "C"},
        {"drug": True, "light": "others", "place": "C"},
    )


def restores(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    return _days(at, rng, {"drug": True, "strengthened": True}, {"drug": True})


def lights(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    half = {"light": "labelled", "place": "C", "background": 0.05}
    few, most, others = _days(
        at,
        rng,
        half | {"efficiency": 0.2},
        half | {"efficiency": 0.8},
        {"light": "others", "place": "C"},
    )
    return few, most, others


def silences(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    return _days(at, rng, {"silence": "labelled"}, {"silence": "others"})


def false(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    in_a, in_c, dark = _pair(
        false_memory,
        rng,
        {"constants": at.constants},
        {"constants": at.constants, "place": "C"},
        {"constants": at.constants, "light": False},
    )
    return in_a.drive, in_c.drive, dark.drive


def ablates(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    creb, others = _pair(
        without_cells,
        rng,
        *({"ablated": which, "constants": at.constants} for which in ("creb", "others")),
    )
    return others.drive - creb.drive, others.drive


def novel(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    runs = _pair(
        weak_with_novelty,
        rng,
        *(
            {"novelty_after_hours": gap, "strength": at.weak, "constants": at.constants}
            for gap in (-1.0, 0.0, 1.0, -4.0, 4.0, None)
        ),
    )
    return [run.drive for run in runs]


def switches(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    runs = _pair(
        switched,
        rng,
        {"constants": at.constants, "n_weakenings": 2},
        {"constants": at.constants, "n_weakenings": 2, "restored": True},
        {"constants": at.constants, "n_weakenings": 2, "others": True},
    )
    return [run.drive for run in runs]


def remodels(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    first, last = remodelled(constants=at.constants, days=(1, 28), rng=rng)[..., 0]
    return first[0], last[0], last[1], last[2]
