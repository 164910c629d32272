"""The best that the pair rule can do on a table of rates and delays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engramlab._checks import whole, yes_or_no
from engramlab._types import array_repr
from engramlab.plasticity._data import PairingData
from engramlab.plasticity._timing import TAU_MINUS_MS, TAU_PLUS_MS, PairSTDP
from engramlab.protocols import pairing

Trains = tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class PairFit:
    """A pair rule and how far it is from the data.

    Attributes
    ----------
    rule : PairSTDP
        The best found.
    error : float
        `PairingData.error` of its changes.
    """

    rule: PairSTDP
    error: float

    __repr__ = array_repr


def fit_pair_rule(
    data: PairingData,
    *,
    n_pairs: int = 60,
    free_times: bool = True,
    nearest: bool = False,
    trains: Sequence[Trains] | None = None,
) -> PairFit:
    """Return the pair rule that fits the data best.

    For given time constants the change is linear in both amplitudes, so these are solved for; the
    time constants are searched from 1 ms to 1 s on a grid that narrows around the best.

    Parameters
    ----------
    data : PairingData
        As from `sjostrom2001`.
    n_pairs : int
        Pairs behind each point.
    free_times : bool
        Whether to fit the time constants too, or to keep 16.8 and 33.7 ms.
    nearest : bool
        Which spikes make a pair; see `PairSTDP`.
    trains : sequence of pairs of arrays, optional
        Presynaptic and postsynaptic spikes behind each point, instead of `n_pairs` regular pairs.

    Returns
    -------
    PairFit

    Raises
    ------
    TypeError, ValueError
        If `n_pairs` is below 1, or there is not one pair of trains for each point.

    See Also
    --------
    Lesson 02, where no pair rule fits and the triplet rule does.

    Examples
    --------
    >>> from engramlab.plasticity import sjostrom2001
    >>> fit_pair_rule(sjostrom2001(), free_times=False).error > 2
    True
    """
    n = whole("n_pairs", n_pairs, least=1)
    yes_or_no("free_times", free_times)
    if trains is None:
        points = zip(data.rate_hz.tolist(), data.dt_ms.tolist(), strict=True)
        trains = [pairing(rate_hz, dt_ms, n) for rate_hz, dt_ms in points]
    if len(trains) != len(data.change):
        raise ValueError(
            f"trains holds {len(trains)}; give one pair of trains for each of the "
            f"{len(data.change)} points"
        )
    plus = np.array([TAU_PLUS_MS]) if not free_times else np.geomspace(1.0, 1000.0, 25)
    minus = np.array([TAU_MINUS_MS]) if not free_times else plus
    best = _best_on_grid(data, plus, minus, trains, nearest)
    width = 1000.0 ** (1 / 24)
    while free_times and width > 1.0005:
        plus = best.rule.tau_plus_ms * np.geomspace(1 / width, width, 9)
        minus = best.rule.tau_minus_ms * np.geomspace(1 / width, width, 9)
        best = _best_on_grid(data, plus, minus, trains, nearest)
        width = width**0.4
    return best


def _best_on_grid(
    data: PairingData,
    plus: NDArray[np.float64],
    minus: NDArray[np.float64],
    trains: Sequence[Trains],
    nearest: bool,
) -> PairFit:
    """Return the best rule with time constants from two lists."""
    ups, downs = [], []
    for tau in plus:
        rule = PairSTDP(a_plus=1.0, a_minus=0.0, tau_plus_ms=float(tau), nearest=nearest)
        ups.append(_changes(rule, trains) / data.sem)
    for tau in minus:
        rule = PairSTDP(a_plus=0.0, a_minus=1.0, tau_minus_ms=float(tau), nearest=nearest)
        downs.append(_changes(rule, trains) / data.sem)
    goal = data.change / data.sem
    found: list[tuple[float, float, float, float, float]] = []
    for tau_plus, up in zip(plus, ups, strict=True):
        for tau_minus, down in zip(minus, downs, strict=True):
            a_plus, a_minus = _amplitudes(up, down, goal)
            error = float(np.mean((a_plus * up + a_minus * down - goal) ** 2))
            found.append((error, a_plus, a_minus, float(tau_plus), float(tau_minus)))
    error, a_plus, a_minus, tau_plus, tau_minus = min(found)
    rule = PairSTDP(
        a_plus=a_plus,
        a_minus=a_minus,
        tau_plus_ms=tau_plus,
        tau_minus_ms=tau_minus,
        nearest=nearest,
    )
    return PairFit(rule=rule, error=error)


def _changes(rule: PairSTDP, trains: Sequence[Trains]) -> NDArray[np.float64]:
    """Return the change by each pair of trains."""
    return np.array([rule.change(pre_ms, post_ms) for pre_ms, post_ms in trains])


def _amplitudes(
    up: NDArray[np.float64], down: NDArray[np.float64], goal: NDArray[np.float64]
) -> tuple[float, float]:
    """Return the two amplitudes, 0 or more, of least squared distance to the goal."""
    both = np.linalg.lstsq(np.stack([up, down], axis=1), goal, rcond=None)[0]
    if (both >= 0).all():
        return float(both[0]), float(both[1])
    alone = [max(float(one @ goal) / max(float(one @ one), 1e-300), 0.0) for one in (up, down)]
    gains = [a * a * float(one @ one) for a, one in zip(alone, (up, down), strict=True)]
    return (alone[0], 0.0) if gains[0] > gains[1] else (0.0, alone[1])
