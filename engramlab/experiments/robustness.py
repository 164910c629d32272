"""Which effects of the ensemble survive when a knob that was set by hand is turned by a fifth.

A model that was tuned to show an effect proves little by showing it. This map says how much hangs
on each setting: every effect is measured again with each knob 20 % lower and 20 % higher.
"""

import csv
from collections.abc import Mapping, Sequence
from importlib.resources import files
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from engramlab._quantities import known, positive
from engramlab.ensemble import COURSE, WEAK
from engramlab.experiments._runs import Setting
from engramlab.experiments.effects import EFFECTS, SEEDS, Effect

FACTORS = (0.8, 1.2)
READ_OUT = ("threshold_recall", "width_recall")

KNOBS: Mapping[str, str] = MappingProxyType(
    {
        "weak": "weak shock",
        "share_offline": "offline",
        "light": "light",
        "sd_excitability": "excitability sd",
        "tau_excitability_hours": "its hours",
        "bump": "bump",
        "eta_heterosynaptic": "input LTD",
        "lowered": "lowering",
        "creb": "CREB",
        "inhibition": "inhibition",
        "p_contact": "contacts",
        "width_recall": "width",
        "threshold_recall": "threshold",
    }
)
"""What was set by hand, in words: threshold and width are those of the recall index, contacts the
chance of a new one with the read-out, offline the share of an engram that fires in one bout."""


def turned(knob: str, factor: float) -> Setting:
    """Return the setting of the course with one knob turned.

    Parameters
    ----------
    knob : str
        One of `KNOBS`.
    factor : float
        What its value is multiplied by, above 0.

    Raises
    ------
    TypeError, ValueError
        If there is no such knob or the factor is out of range.

    Examples
    --------
    >>> round(turned("inhibition", 1.2).constants.inhibition, 1), turned("weak", 0.5).weak
    (16.8, 0.215)
    """
    known("knob", knob, KNOBS)
    by = positive("factor", factor, example="1.2")
    if knob == "weak":
        return Setting(weak=WEAK * by)
    return Setting(constants=COURSE._replace(**{knob: getattr(COURSE, knob) * by}))


def robustness_margins(
    effects: Sequence[str] | None = None,
    knobs: Sequence[str] | None = None,
    *,
    factors: Sequence[float] = FACTORS,
    seeds: int = SEEDS,
) -> NDArray[np.float64]:
    """Measure the map: how far inside its criterion each effect stays when each knob is turned.

    Parameters
    ----------
    effects, knobs : sequence of str, optional
        Names from `EFFECTS` and `KNOBS`; all by default.
    factors : sequence of float
        What a knob is multiplied by.
    seeds : int
        Over how many animals each quantity is averaged.

    Returns
    -------
    ndarray of shape (n_effects, n_knobs, n_factors)
        In the unit of the quantity that is nearest to its limit; above 0 the effect holds.

    Raises
    ------
    TypeError, ValueError
        If a name is unknown or a setting is out of range.

    See Also
    --------
    robustness_table : the map that ships. Lesson 07, below the line.

    Examples
    --------
    >>> bool((robustness_margins(["keeps_size"], ["creb"], seeds=1) > 0).all())
    True
    """
    return np.array(
        [[[margin for margin, _ in both] for both in row]
         for row in _measured(effects, knobs, factors, seeds)]
    )  # fmt: skip


def robustness_verdicts(
    effects: Sequence[str] | None = None,
    knobs: Sequence[str] | None = None,
    *,
    factors: Sequence[float] = FACTORS,
    seeds: int = SEEDS,
) -> NDArray[np.str_]:
    """Measure the map and say of each effect what the turn of each knob does to it.

    Parameters
    ----------
    effects, knobs, factors, seeds
        As in `robustness_margins`.

    Returns
    -------
    ndarray of shape (n_effects, n_knobs, n_factors)
        "same": nothing that is measured changes; else "holds" or "fails".

    Raises
    ------
    TypeError, ValueError
        If a name is unknown or a setting is out of range.

    Examples
    --------
    >>> robustness_verdicts(["recruits"], ["creb", "light"], seeds=2).tolist()
    [[['holds', 'holds'], ['same', 'same']]]
    """
    return np.array(
        [[["same" if same else "holds" if margin > 0 else "fails" for margin, same in both]
          for both in row]
         for row in _measured(effects, knobs, factors, seeds)]
    )  # fmt: skip


def _measured(
    effects: Sequence[str] | None,
    knobs: Sequence[str] | None,
    factors: Sequence[float],
    seeds: int,
) -> list[list[list[tuple[float, bool]]]]:
    """Return for each effect, knob and factor the margin, and whether nothing has changed."""
    rows = [EFFECTS[known("effects", name, EFFECTS)] for name in effects or EFFECTS]
    at = [[turned(knob, factor) for factor in factors] for knob in knobs or KNOBS]
    return [_row(effect, at, seeds) for effect in rows]


def _row(
    effect: Effect, at: Sequence[Sequence[Setting]], seeds: int
) -> list[list[tuple[float, bool]]]:
    """Do one effect; what differs in the read-out alone is measured once."""
    runs: dict[Setting, NDArray[np.float64]] = {}
    course = {name: getattr(COURSE, name) for name in READ_OUT}
    base = Setting()

    def found(one: Setting) -> NDArray[np.float64]:
        # The threshold and the width of the recall index enter by the limits alone.
        key = one._replace(constants=one.constants._replace(**course))
        if key not in runs:
            runs[key] = effect.measured(one, seeds=seeds)
        return runs[key]

    def verdict(one: Setting) -> tuple[float, bool]:
        limits = [[bound.limits(each.constants) for bound in effect.bounds] for each in (one, base)]
        same = limits[0] == limits[1] and np.array_equal(found(one), found(base))
        return effect.margin(found(one), one), same

    return [[verdict(one) for one in both] for both in at]


def robustness_text(verdicts: NDArray[np.str_]) -> str:
    """Return a whole map as the text of `data/robustness.csv`.

    Parameters
    ----------
    verdicts : ndarray of shape (n_effects, n_knobs, 2)
        Of `robustness_verdicts()`.

    Examples
    --------
    >>> text = robustness_text(np.full((len(EFFECTS), len(KNOBS), 2), "holds"))
    >>> text.splitlines()[4:6]
    ['effect,knob,lower,higher', 'recruits,weak,holds,holds']
    """
    lines = [
        "# What becomes of each effect of the ensemble when a knob is turned down and up by 20 %.",
        f"# Means over {SEEDS} animals of 400 cells, each against the criterion in "
        "engramlab.experiments.EFFECTS.",
        "# same: nothing that is measured changes. Written by robustness_text(",
        "# robustness_verdicts()) of engramlab.experiments.",
        "effect,knob,lower,higher",
    ]
    for effect, row in zip(EFFECTS, verdicts, strict=True):
        lines += [
            ",".join([effect, knob, *map(str, both)]) for knob, both in zip(KNOBS, row, strict=True)
        ]
    return "\n".join(lines) + "\n"


def robustness_table() -> Mapping[tuple[str, str], tuple[str, str]]:
    """Return the map that ships with the package: by effect and knob, what a turn does.

    Returns
    -------
    mapping from (effect, knob) to two str
        "same", "holds" or "fails" with the knob 20 % lower and 20 % higher.

    Examples
    --------
    >>> robustness_table()["keeps_size", "creb"]
    ('holds', 'holds')
    """
    words = files("engramlab").joinpath("data/robustness.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in words.splitlines() if not line.startswith("#"))
    return MappingProxyType(
        {(row["effect"], row["knob"]): (row["lower"], row["higher"]) for row in rows}
    )
