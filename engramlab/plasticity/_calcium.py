"""The calcium rule: one mechanism behind many windows of spike timing."""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engramlab._checks import fraction, whole
from engramlab._quantities import known, not_negative, positive, reals
from engramlab._types import array_repr
from engramlab.kernels.calcium import time_above
from engramlab.protocols import interval_ms

_erf = np.frompyfunc(math.erf, 1, 1)


def _read_sets() -> Mapping[str, Mapping[str, float]]:
    """Return the sets of data/calcium_sets.toml."""
    text = files("engramlab").joinpath("data/calcium_sets.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


CALCIUM_SETS = _read_sets()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CalciumRule:
    """A synapse with a weak and a strong state, moved by the time calcium spends up high.

    Each spike adds calcium. Above a lower threshold the synapse is pulled down, above a higher one
    also up; noise decides which state it ends in. By the sizes of the jumps and the place of the
    thresholds the same rule gives a window of spike timing that weakens and strengthens (DP), does
    one of both (D, P), or weakens on either side (DPD).

    Attributes
    ----------
    tau_calcium_ms : float
        Decay of calcium; 12 to 49 ms in the published sets.
    c_pre, c_post : float
        Jump by a presynaptic and by a postsynaptic spike, in units of `threshold_down`.
    threshold_down, threshold_up : float
        1 and mostly 1.3.
    gamma_down, gamma_up : float
        Rates of change above each threshold.
    sigma : float
        Noise.
    tau_ms : float
        Time constant of the synapse; 34 to 688 s.
    delay_ms : float
        From a presynaptic spike to its calcium.
    weak_share : float
        Share of synapses in the weak state at the start.
    strength_ratio : float
        Strong state over weak state.
    rho_star : float
        Border between both states, 0.5.

    References
    ----------
    Graupner M, Brunel N (2012) PNAS 109:3991-3996, 10.1073/pnas.1109359109, with the correction of
    the noise term, 10.1073/pnas.1220044110. Values: the authors' repository
    mgraupe/CalciumBasedPlasticityModel, synapticChange.py at commit 038a1c1.

    See Also
    --------
    Lessons 01 and 02, below the line.

    Examples
    --------
    A lone presynaptic jump of 2 that decays with 20 ms stands above 1 for 20 ln 2 = 13.86 ms.

    >>> import dataclasses
    >>> rule = dataclasses.replace(CalciumRule.named("P"), c_post=0.0)
    >>> down, up = rule.fractions(0.0, rate_hz=1.0)
    >>> round(1000 * down, 2)
    13.86
    """

    tau_calcium_ms: float
    c_pre: float
    c_post: float
    threshold_up: float
    gamma_down: float
    gamma_up: float
    sigma: float
    tau_ms: float
    delay_ms: float
    weak_share: float = 0.5
    strength_ratio: float = 5.0
    threshold_down: float = 1.0
    rho_star: float = 0.5

    __repr__ = array_repr

    def __post_init__(self) -> None:
        """Refuse values that make no rule."""
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name in ("weak_share", "rho_star"):
                fraction(field.name, value)
            elif field.name in ("c_pre", "c_post", "delay_ms", "gamma_down", "gamma_up"):
                not_negative(field.name, value, example="1.0")
            else:
                positive(field.name, value, example="1.0")

    @classmethod
    def named(cls, name: str) -> Self:
        """Return a published set.

        Parameters
        ----------
        name : str
            "DP", "DPD", "DPD'", "P", "D", "D'" (shapes of the window), "hippocampal slices",
            "hippocampal cultures" or "cortical slices" (fits to data).

        Raises
        ------
        ValueError
            If there is no such set.
        """
        return cls(**CALCIUM_SETS[known("name", name, CALCIUM_SETS)])

    def fractions(self, dt_ms: ArrayLike, *, rate_hz: float = 1.0) -> tuple[Any, Any]:
        """Return the shares of time that calcium spends above the lower and the upper threshold.

        Parameters
        ----------
        dt_ms : float or array_like
            Postsynaptic less presynaptic time, of regular pairs that have gone on for long.
        rate_hz : float
            Pairs per second, above 0.

        Returns
        -------
        down, up : float or ndarray of the shape of `dt_ms`
            From 0 to 1.

        Raises
        ------
        TypeError, ValueError
            If a delay is no finite number, or the rate is not above 0.
        """
        lags = reals("dt_ms", dt_ms)
        period = interval_ms(rate_hz)
        # The presynaptic jump comes `delay_ms` after its spike; trains repeat, so lags wrap around.
        wrapped = np.ascontiguousarray(np.mod(lags.ravel() - self.delay_ms, period))
        wrapped[wrapped >= period] = 0.0  # rounding of a lag just below 0
        shares = []
        for threshold in (self.threshold_down, self.threshold_up):
            above = np.empty(wrapped.size)
            time_above(
                wrapped, period, float(self.c_pre), float(self.c_post),
                float(self.tau_calcium_ms), float(threshold), above,
            )  # fmt: skip
            share = above.reshape(lags.shape) / period
            shares.append(float(share) if lags.ndim == 0 else share)
        return shares[0], shares[1]

    def change(self, dt_ms: ArrayLike, *, rate_hz: float = 1.0, n_pairs: int = 60) -> Any:
        """Return the mean strength of the synapses after regular pairs over that before.

        Parameters
        ----------
        dt_ms : float or array_like
            Postsynaptic less presynaptic time.
        rate_hz : float
            Pairs per second, above 0.
        n_pairs : int
            How many; 60 for the windows at 1 Hz, 75 for cortical slices.

        Returns
        -------
        float or ndarray of the shape of `dt_ms`
            1 is no change.

        Raises
        ------
        TypeError, ValueError
            If a value is out of range.

        Examples
        --------
        Post 24 ms before pre is near the deepest point of the DP window.

        >>> round(CalciumRule.named("DP").change(-24.0), 3)
        0.724
        """
        n = whole("n_pairs", n_pairs, least=1)
        shares = [np.asarray(share) for share in self.fractions(dt_ms, rate_hz=rate_hz)]
        down, up = self.gamma_down * shares[0], self.gamma_up * shares[1]
        total = down + up
        still = total == 0
        safe = np.where(still, 1.0, total)
        goal = up / safe
        variance = self.sigma**2 * (shares[0] + shares[1]) / safe
        lasting = n * interval_ms(rate_hz) * total / self.tau_ms
        spread = np.sqrt(np.where(still, 1.0, variance * -np.expm1(-2 * lasting)))
        rose = self._ends_strong(0.0, goal, lasting, spread)
        stayed = self._ends_strong(1.0, goal, lasting, spread)
        weak, ratio = self.weak_share, self.strength_ratio
        strong = weak * rose + (1 - weak) * stayed
        change = np.where(still, 1.0, (1 - strong + ratio * strong) / (weak + (1 - weak) * ratio))
        return float(change) if change.ndim == 0 else change

    def _ends_strong(
        self, start: float, goal: Any, lasting: Any, spread: Any
    ) -> NDArray[np.float64]:
        """Return the chance that a synapse at rho = `start` ends above the border."""
        mean = goal + (start - goal) * np.exp(-lasting)
        return 0.5 * (1 + np.asarray(_erf((mean - self.rho_star) / spread), dtype=np.float64))
