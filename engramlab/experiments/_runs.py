"""What is measured of each effect in `effects`: one animal, one number for each bound."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from engramlab.ensemble import COURSE, REGIONS, WEAK, EnsembleConstants, RegionConstants
from engramlab.experiments.allocation import engram_size, recruited
from engramlab.experiments.engrams import day_after, false_memory, without_cells
from engramlab.experiments.linking import linked, linked_back, weak_after_strong
from engramlab.experiments.silence import remodelled, switched, weak_with_novelty


class Setting(NamedTuple):
    """What an effect is measured at."""

    constants: EnsembleConstants = COURSE
    weak: float = WEAK
    """Strength of a weak shock."""
    regions: RegionConstants = REGIONS
    """Of the effects of lesson 12, in `experiments.month_robustness`."""


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
    return near.drive, far.drive, near.drive_elsewhere


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
    plain, more, others = _pair(
        linked,
        rng,
        *(
            {"gap_hours": 24.0, "constants": at.constants, **arm}
            for arm in ({}, {"excited": 0.4}, {"excited": 0.4, "excited_cells": "others"})
        ),
    )
    return more.overlap - 2 * plain.overlap, others.overlap - plain.overlap


def links_back(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    arms: tuple[Mapping[str, Any], ...] = (
        {},
        {"coactivated": False},
        {"bouts_of": "A"},
        {"bouts_of": "B"},
        {"shock": False},
        {"shock_first": True},
    )
    found = _pair(linked_back, rng, *({"constants": at.constants, **arm} for arm in arms))
    return *(arm.drive for arm in found), found[0].drive_elsewhere


def helps(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    near, far, weak = _pair(
        weak_after_strong,
        rng,
        *(
            {"strength": at.weak, "constants": at.constants, **arm}
            for arm in (
                {"gap_hours": 1.5},
                {"gap_hours": 24.0},
                {"gap_hours": 1.5, "strength_first": at.weak},
            )
        ),
    )
    return near.drive - 1.2 * far.drive, near.drive - 1.2 * weak.drive


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
    arms = ("full", "none", "visit", "unlit", "others", "elsewhere")
    full, none, visit, unlit, others, elsewhere, new = _days(
        at,
        rng,
        *({"drug": True, "strengthened": arm} for arm in arms),
        {"drug": True, "strengthened": "full", "place": "C"},
    )
    return full, none, visit, others, full - unlit, full - elsewhere, new


def lights(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    half = {"light": "labelled", "place": "C", "background": 0.05}
    return _days(
        at,
        rng,
        half | {"efficiency": 0.2},
        half | {"efficiency": 0.8},
        {"light": "others", "place": "C"},
        {"light": "labelled", "place": "C", "shock": False},
    )


def silences(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    return _days(at, rng, {"silence": "labelled"}, {"silence": "others"})


def false(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    arms: tuple[Mapping[str, Any], ...] = (
        {},
        {"place": "C"},
        {"light": "none"},
        {"light": "others"},
    )
    found = _pair(false_memory, rng, *({"constants": at.constants, **arm} for arm in arms))
    return [arm.drive for arm in found]


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
    weaker, restored, other = _pair(
        switched,
        rng,
        *(
            {"constants": at.constants, "n_weakenings": 2, **arm}
            for arm in ({}, {"restored": True}, {"aim": "B"})
        ),
    )
    return weaker.drive, restored.drive, weaker.drive_b, other.drive, other.drive_b


def remodels(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    first, last = remodelled(constants=at.constants, days=(1, 28), rng=rng)[..., 0]
    return first[0], last[0], last[1], last[2]
