"""Synapses that compete by spike timing for the control of one cell."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engramlab._checks import whole, yes_or_no
from engramlab._quantities import not_negative, positive, real, vectors
from engramlab._types import Rng, array_repr, generator
from engramlab.kernels.competition import CellConstants, compete
from engramlab.protocols import MS_PER_SECOND


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class Competition:
    """How a competition ended.

    Attributes
    ----------
    strengths : ndarray of shape (n_synapses,)
        Shares of the largest conductance, from 0 to 1.
    rates_hz : ndarray of shape (n_seconds,)
        Spikes of the cell in each whole second.
    """

    strengths: NDArray[np.float64]
    rates_hz: NDArray[np.float64]

    __repr__ = array_repr

    def share_between(self, low: float, high: float) -> float:
        """Return the share of synapses with low <= strength <= high.

        Raises
        ------
        TypeError, ValueError
            If a border is not a finite number, or they are in the wrong order.
        """
        if real("low", low) > real("high", high):
            raise ValueError(f"low is {low}; give a number up to high, {high}")
        return float(np.mean((self.strengths >= low) & (self.strengths <= high)))


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CompetingSynapses:
    """Many synapses with pair STDP onto one integrate-and-fire cell.

    Weakening is a little larger than strengthening in total, so that random spikes weaken; only
    synapses that help to make the cell spike hold out. They end in two groups, weak and strong.

    Attributes
    ----------
    n_synapses : int
        1000.
    rate_hz : float
        Random spikes per second of each input; 10.
    a_plus : float
        Strengthening by a pair of no delay, as a share of the largest conductance; 0.005.
    ratio : float
        a_minus over a_plus; 1.05.
    tau_plus_ms, tau_minus_ms : float
        20.
    g_max : float
        Largest conductance of a synapse over the leak; 0.015.
    tau_membrane_ms, tau_synapse_ms : float
        20 and 5.
    rest_mv, threshold_mv, reset_mv, reversal_mv : float
        -70, -54, -60 and 0.
    step_ms : float
        1. Spikes are placed on this grid; the results are the same for 0.1 (tested).

    References
    ----------
    Song S, Miller KD, Abbott LF (2000) Nat Neurosci 3:919-926, 10.1038/78829. The paper also has
    200 inhibitory inputs, which are left out here.

    See Also
    --------
    Lesson 02, below the line, also for the fault of counting pairs within one time step.

    Examples
    --------
    Without input the cell is silent and nothing changes.

    >>> cell = CompetingSynapses(n_synapses=3, rate_hz=0.0)
    >>> cell.run(2000.0, start=[0.1, 0.5, 0.9], rng=1).strengths.tolist()
    [0.1, 0.5, 0.9]
    """

    n_synapses: int = 1000
    rate_hz: float = 10.0
    a_plus: float = 0.005
    ratio: float = 1.05
    tau_plus_ms: float = 20.0
    tau_minus_ms: float = 20.0
    g_max: float = 0.015
    tau_membrane_ms: float = 20.0
    tau_synapse_ms: float = 5.0
    rest_mv: float = -70.0
    threshold_mv: float = -54.0
    reset_mv: float = -60.0
    reversal_mv: float = 0.0
    step_ms: float = 1.0

    __repr__ = array_repr

    def __post_init__(self) -> None:
        """Refuse values that make no cell."""
        whole("n_synapses", self.n_synapses, least=1)
        for name in ("rate_hz", "a_plus", "ratio", "g_max"):
            not_negative(name, getattr(self, name), example="0.005")
        for name in ("tau_plus_ms", "tau_minus_ms", "tau_membrane_ms", "tau_synapse_ms", "step_ms"):
            positive(name, getattr(self, name), example="20.0")
        for name in ("rest_mv", "threshold_mv", "reset_mv", "reversal_mv"):
            real(name, getattr(self, name), cure="give a voltage, such as -60.0")
        if self.reset_mv >= self.threshold_mv:
            raise ValueError(
                f"reset_mv is {self.reset_mv}; give a voltage below the threshold, "
                f"{self.threshold_mv}"
            )
        if self.rate_hz * self.step_ms >= MS_PER_SECOND:
            raise ValueError(
                f"rate_hz is {self.rate_hz}; at steps of {self.step_ms} ms give less than "
                f"{MS_PER_SECOND / self.step_ms:g}, or a smaller step_ms"
            )

    def run(
        self,
        duration_ms: float = 1e6,
        *,
        rng: Rng,
        start: ArrayLike | None = None,
        same_step_counts: bool = False,
    ) -> Competition:
        """Let the synapses compete.

        Parameters
        ----------
        duration_ms : float
            Whole seconds, in ms; the two groups stand apart after about 1000 s.
        rng : int or numpy.random.Generator
            Draws the strengths at the start, unless given, and the presynaptic spikes.
        start : array_like of shape (n_synapses,), optional
            Strengths from 0 to 1; default: drawn at random from 0 to 1.
        same_step_counts : bool
            A fault to find: whether a presynaptic and a postsynaptic spike in one time step count
            as pre before post. The surplus of strengthening makes the cell fire wildly.

        Returns
        -------
        Competition

        Raises
        ------
        TypeError, ValueError
            If a value is out of range.
        """
        length = positive("duration_ms", duration_ms, example="1000000")
        if length % MS_PER_SECOND:
            raise ValueError(f"duration_ms is {duration_ms}; give whole seconds, such as 400000")
        source = generator(rng)
        strengths = source.random(self.n_synapses) if start is None else self._strengths(start)
        spikes = np.zeros(int(length // MS_PER_SECOND), dtype=np.int64)
        chance = self.rate_hz * self.step_ms / MS_PER_SECOND
        if chance > 0:
            constants = self._constants(same_step_counts)
            n_steps = round(length / self.step_ms)
            compete(strengths, n_steps, self.step_ms, chance, constants, spikes, source)
        return Competition(strengths=strengths, rates_hz=spikes.astype(np.float64))

    def _strengths(self, start: ArrayLike) -> Any:
        """Return the given strengths, checked."""
        strengths = vectors("start", start, ndim=1, n_inputs=self.n_synapses)
        if strengths.min() < 0 or strengths.max() > 1:
            raise ValueError(
                f"start runs from {strengths.min():g} to {strengths.max():g}; give strengths "
                "from 0 to 1"
            )
        return strengths

    def _constants(self, same_step_counts: bool) -> CellConstants:
        """Return the constants as the kernel takes them."""
        return CellConstants(
            tau_membrane_ms=float(self.tau_membrane_ms),
            rest_mv=float(self.rest_mv),
            threshold_mv=float(self.threshold_mv),
            reset_mv=float(self.reset_mv),
            reversal_mv=float(self.reversal_mv),
            tau_synapse_ms=float(self.tau_synapse_ms),
            g_max=float(self.g_max),
            a_plus=float(self.a_plus),
            a_minus=float(self.a_plus * self.ratio),
            tau_plus_ms=float(self.tau_plus_ms),
            tau_minus_ms=float(self.tau_minus_ms),
            same_bin=1.0 if yes_or_no("same_step_counts", same_step_counts) else 0.0,
        )
