"""Spike-timing-dependent plasticity: the pair rule and the triplet rule."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import ArrayLike

from engramlab._checks import is_number, yes_or_no
from engramlab._quantities import known, not_negative, reals, spike_times
from engramlab._types import array_repr
from engramlab.kernels.timing import TripletConstants, pair_stdp, triplet_stdp
from engramlab.protocols import pairing

TAU_PLUS_MS, TAU_MINUS_MS = 16.8, 33.7  # Bi and Poo 2001, as used by Pfister and Gerstner
UNUSED = math.inf  # a trace that no amplitude reads


class _Rule(Protocol):
    """What both rules offer."""

    def change(self, pre_ms: ArrayLike, post_ms: ArrayLike) -> float:
        """Return the change by two trains."""


def _pairing_change(rule: _Rule, rate_hz: ArrayLike, dt_ms: ArrayLike, n_pairs: int) -> Any:
    """Return the change by regular pairs at each rate and delay."""
    rates, lags = np.broadcast_arrays(reals("rate_hz", rate_hz), reals("dt_ms", dt_ms))
    changes = [
        rule.change(*pairing(float(rate), float(lag), n_pairs))
        for rate, lag in zip(rates.ravel(), lags.ravel(), strict=True)
    ]
    return changes[0] if rates.ndim == 0 else np.array(changes).reshape(rates.shape)


def _check_amplitudes_and_times(rule: Any, amplitudes: tuple[str, ...]) -> None:
    """Refuse negative amplitudes and time constants that are not above 0."""
    for name in amplitudes:
        not_negative(name, getattr(rule, name), example="0.005")
    yes_or_no("nearest", rule.nearest)
    for name in ("tau_plus_ms", "tau_minus_ms", "tau_x_ms", "tau_y_ms"):
        tau = getattr(rule, name, 1.0)
        if not is_number(tau) or not tau > 0:
            raise ValueError(f"{name} is {tau!r}; give a time in ms above 0, such as 20.0")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PairSTDP:
    """The pair rule: each pair of spikes changes the synapse by its order and delay.

    It fits the window that is measured at one rate, and fails when the rate changes.

    Attributes
    ----------
    a_plus, a_minus : float
        Change by a pair of no delay, relative to the weight; 0.005 and 1.05 times as much in
        Song, Miller and Abbott (2000).
    tau_plus_ms, tau_minus_ms : float
        How fast it fades with delay; 20 ms in Song et al.; 16.8 and 33.7 ms fit Bi and Poo (2001).
    nearest : bool
        Whether a spike pairs with the nearest earlier one of the other cell, or with all.

    References
    ----------
    Song S, Miller KD, Abbott LF (2000) Nat Neurosci 3:919-926, 10.1038/78829.

    See Also
    --------
    TripletSTDP : the rule that also fits the rates. Lesson 02.

    Examples
    --------
    Two presynaptic spikes 20 and 40 ms before one postsynaptic: 0.005 (e^-1 + e^-2).

    >>> round(PairSTDP().change([0.0, 20.0], [40.0]), 6)
    0.002516
    """

    a_plus: float = 0.005
    a_minus: float = 0.00525
    tau_plus_ms: float = 20.0
    tau_minus_ms: float = 20.0
    nearest: bool = False

    __repr__ = array_repr

    def __post_init__(self) -> None:
        """Refuse amplitudes and time constants that make no rule."""
        _check_amplitudes_and_times(self, ("a_plus", "a_minus"))

    def window(self, dt_ms: ArrayLike) -> Any:
        """Return the change by one pair at each delay.

        Parameters
        ----------
        dt_ms : float or array_like
            Postsynaptic less presynaptic time; 0 gives no change.

        Returns
        -------
        float or ndarray of the shape of `dt_ms`

        Raises
        ------
        TypeError, ValueError
            If a delay is not a finite number.

        Examples
        --------
        >>> PairSTDP(a_plus=0.5).window([0.0, 1e9]).tolist()
        [0.0, 0.0]
        """
        lag = reals("dt_ms", dt_ms)
        rise = self.a_plus * np.exp(-np.abs(lag) / self.tau_plus_ms)
        fall = -self.a_minus * np.exp(-np.abs(lag) / self.tau_minus_ms)
        change = np.where(lag > 0, rise, np.where(lag < 0, fall, 0.0))
        return float(change) if lag.ndim == 0 else change

    def change(self, pre_ms: ArrayLike, post_ms: ArrayLike) -> float:
        """Return the relative change of the weight by two spike trains.

        Parameters
        ----------
        pre_ms, post_ms : array_like of shape (n_spikes,)
            Times of 0 or more, ascending, each once. Spikes of both cells at one instant are no
            pair. An empty train changes nothing: 0.

        Returns
        -------
        float

        Raises
        ------
        TypeError, ValueError
            If times are negative, unsorted, NaN or no numbers.
        """
        return float(
            pair_stdp(
                spike_times("pre_ms", pre_ms),
                spike_times("post_ms", post_ms),
                float(self.a_plus),
                float(self.a_minus),
                float(self.tau_plus_ms),
                float(self.tau_minus_ms),
                0.0 if self.nearest else 1.0,
            )
        )

    def pairing_change(self, rate_hz: ArrayLike, dt_ms: ArrayLike, *, n_pairs: int = 60) -> Any:
        """Return the change by regular pairs; rates and delays broadcast.

        Parameters
        ----------
        rate_hz : float or array_like
            Pairs per second, above 0.
        dt_ms : float or array_like
            Postsynaptic less presynaptic time.
        n_pairs : int
            How many pairs.

        Returns
        -------
        float or ndarray

        Raises
        ------
        TypeError, ValueError
            If a value is out of range.
        """
        return _pairing_change(self, rate_hz, dt_ms, n_pairs)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TripletSTDP:
    """The triplet rule: a spike counts for more when its own cell has spiked just before.

    Rate and order act together: at 50 pairs a second even post before pre strengthens.

    Attributes
    ----------
    a2_plus, a3_plus : float
        Strengthening by a pair, and by a triplet pre-post-post, relative to the weight.
    a2_minus, a3_minus : float
        Weakening by a pair, and by a triplet post-pre-pre.
    tau_plus_ms, tau_minus_ms : float
        Fast traces; 16.8 and 33.7 ms, the fit of Bi and Poo (2001).
    tau_x_ms, tau_y_ms : float
        Slow traces of the presynaptic and postsynaptic cell.
    nearest : bool
        Whether traces know the last spike only.
    recalled : tuple of str
        Values that have not been seen in a source, only tested by the fit that they give.

    References
    ----------
    Pfister J-P, Gerstner W (2006) J Neurosci 26:9673-9682, 10.1523/JNEUROSCI.1425-06.2006; the
    sets for visual cortex.

    See Also
    --------
    Lesson 02.

    Examples
    --------
    One pair has no triplet: only a2_minus e^(-10 / 33.7) is left of post before pre.

    >>> rule = TripletSTDP.named("all-to-all minimal")
    >>> round(rule.change([10.0], [0.0]), 6)
    -0.005277
    """

    a2_plus: float
    a3_plus: float
    a2_minus: float
    a3_minus: float
    tau_plus_ms: float = TAU_PLUS_MS
    tau_minus_ms: float = TAU_MINUS_MS
    tau_x_ms: float = UNUSED
    tau_y_ms: float = UNUSED
    nearest: bool = False
    recalled: tuple[str, ...] = ()

    __repr__ = array_repr

    def __post_init__(self) -> None:
        """Refuse amplitudes and time constants that make no rule."""
        _check_amplitudes_and_times(self, ("a2_plus", "a3_plus", "a2_minus", "a3_minus"))

    @classmethod
    def named(cls, name: str) -> Self:
        """Return a published set for visual cortex.

        Parameters
        ----------
        name : {"all-to-all full", "all-to-all minimal", "nearest full", "nearest minimal"}

        Raises
        ------
        ValueError
            If there is no such set.
        """
        return cls(**TRIPLET_SETS[known("name", name, TRIPLET_SETS)])

    @property
    def crossover_hz(self) -> float:
        """Rate at which random spikes of both cells neither strengthen nor weaken.

        Minimal all-to-all rules only: a2_minus tau_minus / (a3_plus tau_plus tau_y); the same
        place as the threshold of BCM. 19 Hz for visual cortex.
        """
        up = self.a3_plus * self.tau_plus_ms * self.tau_y_ms
        return math.inf if up == 0 else 1000.0 * self.a2_minus * self.tau_minus_ms / up

    def change(self, pre_ms: ArrayLike, post_ms: ArrayLike) -> float:
        """Return the relative change of the weight by two spike trains.

        Parameters
        ----------
        pre_ms, post_ms : array_like of shape (n_spikes,)
            Times of 0 or more, ascending, each once. Spikes of both cells at one instant are no
            pair. An empty train changes nothing: 0.

        Returns
        -------
        float

        Raises
        ------
        TypeError, ValueError
            If times are negative, unsorted, NaN or no numbers.
        """
        constants = TripletConstants(
            float(self.a2_plus),
            float(self.a3_plus),
            float(self.a2_minus),
            float(self.a3_minus),
            float(self.tau_plus_ms),
            float(self.tau_minus_ms),
            float(self.tau_x_ms),
            float(self.tau_y_ms),
            0.0 if self.nearest else 1.0,
        )
        pre, post = spike_times("pre_ms", pre_ms), spike_times("post_ms", post_ms)
        return float(triplet_stdp(pre, post, constants))

    def pairing_change(self, rate_hz: ArrayLike, dt_ms: ArrayLike, *, n_pairs: int = 60) -> Any:
        """Return the change by regular pairs; rates and delays broadcast.

        Parameters
        ----------
        rate_hz : float or array_like
            Pairs per second, above 0.
        dt_ms : float or array_like
            Postsynaptic less presynaptic time.
        n_pairs : int
            How many pairs; 60 in Pfister and Gerstner (2006).

        Returns
        -------
        float or ndarray

        Raises
        ------
        TypeError, ValueError
            If a value is out of range.
        """
        return _pairing_change(self, rate_hz, dt_ms, n_pairs)


TRIPLET_SETS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "all-to-all full": {
            "a2_plus": 5e-10, "a3_plus": 6.2e-3, "a2_minus": 7e-3, "a3_minus": 2.3e-4,
            "tau_x_ms": 101.0, "tau_y_ms": 125.0,
        },
        "all-to-all minimal": {
            "a2_plus": 0.0, "a3_plus": 6.5e-3, "a2_minus": 7.1e-3, "a3_minus": 0.0,
            "tau_y_ms": 114.0,
        },
        "nearest full": {
            "a2_plus": 8.8e-11, "a3_plus": 5.3e-2, "a2_minus": 6.6e-3, "a3_minus": 3.1e-3,
            "tau_x_ms": 714.0, "tau_y_ms": 40.0, "nearest": True, "recalled": ("a2_plus",),
        },
        "nearest minimal": {
            "a2_plus": 0.0, "a3_plus": 5e-2, "a2_minus": 8e-3, "a3_minus": 0.0,
            "tau_y_ms": 40.0, "nearest": True,
            "recalled": ("a3_plus", "a2_minus", "tau_y_ms"),
        },
    }
)  # fmt: skip
