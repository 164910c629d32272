"""Which effects of the month survive when a knob of the two regions is turned by a fifth.

As in `experiments.robustness`, for lesson 12: its knobs belong to two regions and not to one.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from engramlab._quantities import known, positive
from engramlab.ensemble import (
    COURSE,
    REGIONS,
    RegionConstants,
    TwoRegions,
    generalisation_curve,
    random_contexts,
)
from engramlab.experiments._runs import Setting
from engramlab.experiments.allocation import DAY_HOURS
from engramlab.experiments.consolidation import READ_OUTS, month_drives
from engramlab.experiments.effects import SEEDS, Bound, Effect
from engramlab.experiments.robustness import FACTORS, map_text, names_of, read_map, rows_of

MONTH_KNOBS: Mapping[str, str] = MappingProxyType(
    {
        "n_replays": "replays (2 or 4)",
        "eta_cortex": "learning",
        "spread_replay": "its spread",
        "tau_late_hours": "fading",
        "reach": "call",
        "inhibition_remote": "inhibition at 28 d",
    }
)
"""What was set by hand for the two regions, in words, and two that are ours: `reach` is the drive
of the call from the hippocampus, and `inhibition_remote` is what makes a memory lose precision."""


@cache
def _month(
    regions: RegionConstants, hypothesis: str, replay: str, seed: int
) -> NDArray[np.float64]:
    """Return all read-outs of one animal on day 1 and day 28; effects share it."""
    found = month_drives(
        days=(1, 28), hypothesis=hypothesis, replay=replay, constants=regions, rng=seed
    )
    found.setflags(write=False)
    return found


def _ends(
    at: Setting, seed: int, read_out: str, hypothesis: str = "decays", replay: str = "on"
) -> tuple[float, float]:
    """Return one read-out on day 1 and on day 28."""
    young, old = _month(at.regions, hypothesis, replay, seed)[READ_OUTS.index(read_out)].tolist()
    return young, old


def _seed(rng: np.random.Generator) -> int:
    return int(rng.integers(2**32))


def _catches_up(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    return _ends(at, _seed(rng), "hippocampus off")


def _hands_over(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    return _ends(at, _seed(rng), "cortex off")


def _tells_apart(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    seed = _seed(rng)
    kept, faded = (_ends(at, seed, "cortex off", how)[1] for how in ("loses precision", "decays"))
    return (kept - faded,)


def _needs_replay(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    seed = _seed(rng)
    on, blocked = (_ends(at, seed, "hippocampus off", replay=how)[1] for how in ("on", "blocked"))
    return blocked, on - blocked


def _needs_the_call(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    seed = _seed(rng)
    on, context = (
        _ends(at, seed, "hippocampus off", replay=how)[1] for how in ("on", "out of reach")
    )
    return (on - context,)


def _silent_at_the_ends(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    seed = _seed(rng)
    first = _ends(at, seed, "light on cortex")[0] - _ends(at, seed, "hippocampus off")[0]
    last = _ends(at, seed, "light on hippocampus")[1] - _ends(at, seed, "cortex off")[1]
    return first, last


def _widens(at: Setting, rng: np.random.Generator) -> Sequence[float]:
    """The drive in places that share two fifths, less that with the inhibition kept."""
    seed = _seed(rng)
    levels = at.regions.inhibition_remote, COURSE.inhibition
    lost, kept = (_blurred(at.regions._replace(inhibition_remote=g), seed) for g in levels)
    return (lost - kept,)


@cache
def _blurred(regions: RegionConstants, seed: int) -> float:
    """Return the drive from the hippocampus alone on day 28, in places that share two fifths."""
    rng = np.random.default_rng(seed)
    box = random_contexts(1, n_inputs=COURSE.n_inputs, n_active=COURSE.n_active, rng=rng)[0]
    brain = TwoRegions.build(hypothesis="loses precision", constants=regions, rng=rng)
    brain = brain.encode(box, rng=rng).advance(28 * DAY_HOURS, rng=rng)
    return float(generalisation_curve(brain, [0.4], off="cortex", n_contexts=4, rng=rng).mean())


MONTH_EFFECTS: Mapping[str, Effect] = MappingProxyType(
    {
        "catches_up": Effect(
            words="the cortex catches up", source="Kitamura 2017", lesson="12", status="tuned",
            run=_catches_up,
            bounds=(Bound("drive without hippocampus, day 1", high=0.3, as_index=True),
                    Bound("day 28", low=0.8, as_index=True)),
        ),
        "hands_over": Effect(
            words="a trace that decays fails", source="Kitamura 2017", lesson="12",
            status="built in", run=_hands_over,
            bounds=(Bound("drive without cortex, day 1", low=0.9, as_index=True),
                    Bound("day 28", high=0.3, as_index=True)),
        ),
        "tells_apart": Effect(
            words="cortex off tells apart", source="ours", lesson="12", status="built in",
            run=_tells_apart,
            bounds=(Bound("drive without cortex, day 28, less that if it decays", low=0.8),),
        ),
        "needs_replay": Effect(
            words="replay blocked: no recall", source="Kitamura 2017", lesson="12",
            status="built in", run=_needs_replay,
            bounds=(Bound("drive without hippocampus, day 28", high=0.2, as_index=True),
                    Bound("that with replay less this", low=0.5)),
        ),
        "needs_the_call": Effect(
            words="the call adds to context", source="ours", lesson="12", status="built in",
            run=_needs_the_call,
            bounds=(Bound("drive without hippocampus, day 28, less that without a call",
                          low=0.3),),
        ),
        "silent_at_the_ends": Effect(
            words="where it fails, light recalls", source="Kitamura 2017", lesson="12",
            status="built in", run=_silent_at_the_ends,
            bounds=(Bound("drive by light on the cortex, day 1, less that of the place", low=0.3),
                    Bound("on the hippocampus, day 28", low=0.3)),
        ),
        "widens": Effect(
            words="lost precision generalises", source="ours", lesson="12", status="built in",
            run=_widens,
            bounds=(Bound("drive where two fifths are shared less that if it is kept", low=0.05),),
        ),
    }
)  # fmt: skip
"""The effects of the month by their names, each with its criterion, on means over seeds."""


def turned_regions(knob: str, factor: float) -> Setting:
    """Return the setting of lesson 12 with one knob turned.

    Parameters
    ----------
    knob : str
        One of `MONTH_KNOBS`.
    factor : float
        What its value is multiplied by, above 0; a number of replays is rounded.

    Raises
    ------
    TypeError, ValueError
        If there is no such knob or the factor is out of range.

    Examples
    --------
    >>> [turned_regions("n_replays", by).regions.n_replays for by in FACTORS]
    [2, 4]
    """
    known("knob", knob, MONTH_KNOBS)
    value = getattr(REGIONS, knob) * positive("factor", factor, example="1.2")
    whole = isinstance(getattr(REGIONS, knob), int)
    return Setting(regions=REGIONS._replace(**{knob: round(value) if whole else value}))


def month_robustness_verdicts(
    effects: Sequence[str] | None = None,
    knobs: Sequence[str] | None = None,
    *,
    factors: Sequence[float] = FACTORS,
    seeds: int = SEEDS,
) -> NDArray[np.str_]:
    """Measure the map of lesson 12: what the turn of each knob does to each effect of the month.

    Parameters
    ----------
    effects, knobs : sequence of str, optional
        Names from `MONTH_EFFECTS` and `MONTH_KNOBS`; all by default.
    factors : sequence of float
        What a knob is multiplied by.
    seeds : int
        Over how many animals each quantity is averaged.

    Returns
    -------
    ndarray of shape (n_effects, n_knobs, n_factors)
        "same", "holds", "close" or "fails", as in `robustness_verdicts`.

    Raises
    ------
    TypeError, ValueError
        If a name is unknown or a setting is out of range.

    Examples
    --------
    >>> month_robustness_verdicts(["tells_apart"], ["reach"], seeds=2).tolist()
    [[['same', 'same']]]
    """
    rows = [MONTH_EFFECTS[name] for name in names_of("effects", effects, MONTH_EFFECTS)]
    chosen = names_of("knobs", knobs, MONTH_KNOBS)
    at = [[turned_regions(knob, by) for by in factors] for knob in chosen]
    return np.array(
        [[[verdict for _, verdict in both] for both in rows_of(effect, at, seeds)]
         for effect in rows]
    )  # fmt: skip


def month_robustness_text(verdicts: NDArray[np.str_]) -> str:
    """Return a whole map of lesson 12 as the text of `data/robustness_month.csv`."""
    lines = (
        "What becomes of each effect of the month when a knob of the two regions is turned.",
        f"Down and up by 20 %; replays are whole, 2 and 4. Means over {SEEDS} animals with 500 "
        "cells a region,",
        "each against the criterion in engramlab.experiments.month_robustness.MONTH_EFFECTS.",
        "close: within two standard errors of the limit. same: nothing that is measured changes.",
        "Written by month_robustness_text(month_robustness_verdicts()).",
    )
    return map_text(lines, verdicts, MONTH_EFFECTS, MONTH_KNOBS)


def month_robustness_table() -> Mapping[tuple[str, str], tuple[str, str]]:
    """Return the map of lesson 12 that ships: by effect and knob, what a turn does.

    Examples
    --------
    >>> month_robustness_table()["tells_apart", "eta_cortex"]
    ('same', 'same')
    """
    return read_map("robustness_month.csv")
