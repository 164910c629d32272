"""Which effects of the ensemble survive when a knob that was set by hand is turned by a fifth.

A model that was tuned to show an effect proves little by showing it. This map says how much hangs
on each setting: every effect is measured again with each knob 20 % lower and 20 % higher.
"""

import csv
from collections.abc import Mapping, Sequence
from importlib.resources import files
from types import MappingProxyType
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from engramlab._quantities import known, positive
from engramlab.ensemble import COURSE, WEAK
from engramlab.experiments._runs import Setting
from engramlab.experiments.effects import EFFECTS, SEEDS, Effect

FACTORS = (0.8, 1.2)
T = TypeVar("T")
READ_OUT = ("threshold_recall", "width_recall")

KNOBS: Mapping[str, str] = MappingProxyType(
    {
        "weak": "weak shock",
        "share_offline": "offline",
        "gate_offline": "gate",
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
chance of a new one with the read-out, offline the share of an engram that fires in one bout, gate
the drive above which such a bout ties its cells to the read-out."""


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
        "same": nothing that is measured changes; "close": a mean lies within two standard errors
        of its limit, so that other animals may give the other verdict; else "holds" or "fails".

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
        [[[verdict for _, verdict in both] for both in row]
         for row in _measured(effects, knobs, factors, seeds)]
    )  # fmt: skip


def _measured(
    effects: Sequence[str] | None,
    knobs: Sequence[str] | None,
    factors: Sequence[float],
    seeds: int,
) -> list[list[list[tuple[float, str]]]]:
    """Return for each effect, knob and factor the margin and the verdict."""
    rows = [EFFECTS[name] for name in names_of("effects", effects, EFFECTS)]
    by = _list("factors", factors)
    at = [[turned(knob, factor) for factor in by] for knob in names_of("knobs", knobs, KNOBS)]
    return [rows_of(effect, at, seeds) for effect in rows]


def names_of(name: str, value: Sequence[str] | None, names: Mapping[str, object]) -> list[str]:
    """Return the names that are asked for, all by default; refuse others."""
    return (
        list(names) if value is None else [known(name, each, names) for each in _list(name, value)]
    )


def _list(name: str, value: Sequence[T]) -> list[T]:
    """Return a list that is not empty; refuse one word or number in its place."""
    if not isinstance(value, (Sequence, np.ndarray)) or isinstance(value, str):
        raise TypeError(f"{name} is {value!r}; give a list, such as [{value!r}]")
    if len(value) == 0:
        raise ValueError(f"{name} is empty; give at least one")
    return list(value)


def rows_of(
    effect: Effect, at: Sequence[Sequence[Setting]], seeds: int
) -> list[list[tuple[float, str]]]:
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

    def verdict(one: Setting) -> tuple[float, str]:
        limits = [[bound.limits(each.constants) for bound in effect.bounds] for each in (one, base)]
        same = limits[0] == limits[1] and np.array_equal(found(one), found(base))
        words = "same" if same else effect.verdict(found(one), one)
        return effect.margin(found(one), one), words

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
    lines = (
        "What becomes of each effect of the ensemble when a knob is turned down and up by 20 %.",
        f"Means over {SEEDS} animals of 400 cells, each against the criterion in "
        "engramlab.experiments.EFFECTS.",
        "close: within two standard errors of the limit. same: nothing that is measured changes.",
        "Written by robustness_text(robustness_verdicts()) of engramlab.experiments.",
    )
    return map_text(lines, verdicts, EFFECTS, KNOBS)


def map_text(
    about: Sequence[str],
    verdicts: NDArray[np.str_],
    effects: Mapping[str, Effect],
    knobs: Mapping[str, str],
) -> str:
    """Return a whole map as the text of its file, with what it is about in front."""
    lines = [*(f"# {line}" for line in about), "effect,knob,lower,higher"]
    for effect, row in zip(effects, verdicts, strict=True):
        lines += [
            ",".join([effect, knob, *map(str, both)]) for knob, both in zip(knobs, row, strict=True)
        ]
    return "\n".join(lines) + "\n"


def robustness_table() -> Mapping[tuple[str, str], tuple[str, str]]:
    """Return the map that ships with the package: by effect and knob, what a turn does.

    Returns
    -------
    mapping from (effect, knob) to two str
        "same", "holds", "close" or "fails" with the knob 20 % lower and 20 % higher.

    Examples
    --------
    >>> robustness_table()["keeps_size", "creb"]
    ('holds', 'holds')
    """
    return read_map("robustness.csv")


def read_map(name: str) -> Mapping[tuple[str, str], tuple[str, str]]:
    """Return a map from the file of this name among the package's data."""
    words = files("engramlab").joinpath("data", name).read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in words.splitlines() if not line.startswith("#"))
    return MappingProxyType(
        {(row["effect"], row["knob"]): (row["lower"], row["higher"]) for row in rows}
    )
