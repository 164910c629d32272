"""The BCM rule: a border between weakening and strengthening that slides with activity."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engramlab._checks import whole
from engramlab._quantities import not_negative, positive, real, vectors
from engramlab._types import Rng, array_repr, generator
from engramlab.kernels import plasticity as kernels

Vector = NDArray[np.float64]
Step = Callable[[Vector, Vector, float, float], ArrayLike]
ThresholdStep = Callable[[float, float, float, float], float]


def bcm_step(weights: ArrayLike, x: ArrayLike, threshold: float, eta: float) -> Vector:
    """Return the weights after one input by the BCM rule: y = w . x, w + eta y (y - threshold) x.

    An output above the threshold strengthens the active synapses, one below it weakens them.

    Parameters
    ----------
    weights : array_like of shape (n_inputs,)
        Not changed.
    x : array_like of shape (n_inputs,)
        Presynaptic rates, dimensionless.
    threshold : float
        theta, in units of the output.
    eta : float
        Learning rate, 0 or more; 0.0005 to 0.002 where outputs are near 1 (ours).

    Returns
    -------
    ndarray of shape (n_inputs,)

    Raises
    ------
    TypeError, ValueError
        If an array is empty, of the wrong shape, or holds NaN; if eta is negative.

    See Also
    --------
    BCM : the same with a threshold that slides. Lesson 01.

    Examples
    --------
    y = 2, so the active synapse changes by 0.1 x 2 x (2 - 1) = 0.2.

    >>> bcm_step([2.0, 5.0], [1.0, 0.0], 1.0, 0.1).tolist()
    [2.2, 5.0]
    """
    changed: Vector = vectors("weights", weights, ndim=1)
    rates = vectors("x", x, ndim=1, n_inputs=len(changed))
    theta = real("threshold", threshold)
    kernels.bcm_step(changed, rates, theta, not_negative("eta", eta, example="0.001"))
    return changed


def tuned_inputs(n_patterns: int = 10, *, n_inputs: int = 100, width: float = 5.0) -> Vector:
    """Return inputs that overlap: hills of activity at even places around a ring.

    Parameters
    ----------
    n_patterns : int
        How many, 1 or more.
    n_inputs : int
        Inputs around the ring.
    width : float
        Standard deviation of a hill in inputs, above 0; 5 of 100 by default (ours).

    Returns
    -------
    ndarray of shape (n_patterns, n_inputs)
        Each row has length 1.

    Raises
    ------
    TypeError, ValueError
        If a number is out of range.

    Examples
    --------
    >>> tuned_inputs(2, n_inputs=4, width=1.0).argmax(axis=1).tolist()
    [0, 2]
    """
    n_rows = whole("n_patterns", n_patterns, least=1)
    n = whole("n_inputs", n_inputs, least=1)
    sigma = positive("width", width, example="5")
    away = np.abs(np.arange(n) - np.arange(n_rows)[:, None] * n / n_rows)
    hills = np.exp(-0.5 * (np.minimum(away, n - away) / sigma) ** 2)
    return np.asarray(hills / np.linalg.norm(hills, axis=1, keepdims=True))


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class BCM:
    """A cell whose border between weakening and strengthening slides with its own activity.

    Hebb's rule alone runs away; with the sliding threshold the cell ends up answering to one
    input. The threshold must be faster than the weights.

    Attributes
    ----------
    weights : ndarray of shape (n_inputs,)
        float64; a negative weight stands for inhibition by way of another cell.
    threshold : float
        theta, which follows the running mean of y^2 / y0.
    eta : float
        Learning rate; 0.0005 to 0.002 (ours).
    tau_steps : float
        Time constant of the threshold in steps; 50 to 100 (ours). `math.inf` fixes it.
    y0 : float
        Output at which a constant cell rests.

    References
    ----------
    Bienenstock EL, Cooper LN, Munro PW (1982) J Neurosci 2:32-48,
    10.1523/JNEUROSCI.02-01-00032.1982: the threshold follows the cell's own mean activity. The
    mean of y^2 is a common later form.

    See Also
    --------
    Lesson 01.

    Examples
    --------
    At y = y0 = theta nothing changes.

    >>> cell = BCM.from_weights([1.0])
    >>> cell.learn([[1.0]], n_steps=3, rng=1).outputs.tolist()
    [1.0, 1.0, 1.0]
    """

    weights: Vector
    threshold: float
    eta: float
    tau_steps: float
    y0: float

    __repr__ = array_repr

    @classmethod
    def start(
        cls,
        n_inputs: int,
        *,
        rng: Rng,
        threshold: float | None = None,
        eta: float = 1e-3,
        tau_steps: float = 50.0,
        y0: float = 1.0,
    ) -> Self:
        """Return a cell before learning, with weights drawn between 0.5 and 1.

        Parameters
        ----------
        n_inputs : int
            How many synapses.
        rng : int or numpy.random.Generator
            Draws the weights.
        threshold : float, optional
            Default: `y0`.
        eta, tau_steps, y0 : float
            Above 0; see the class.

        Raises
        ------
        TypeError, ValueError
            If a value is out of range.
        """
        weights = generator(rng).uniform(0.5, 1.0, whole("n_inputs", n_inputs, least=1))
        return cls.from_weights(weights, threshold=threshold, eta=eta, tau_steps=tau_steps, y0=y0)

    @classmethod
    def from_weights(
        cls,
        weights: ArrayLike,
        *,
        threshold: float | None = None,
        eta: float = 1e-3,
        tau_steps: float = 50.0,
        y0: float = 1.0,
    ) -> Self:
        """Return a cell with these weights.

        Parameters
        ----------
        weights : array_like of shape (n_inputs,)
            Finite.
        threshold : float, optional
            Default: `y0`.
        eta, tau_steps, y0 : float
            Above 0; see the class.

        Raises
        ------
        TypeError, ValueError
            If a value is out of range or the weights are empty or hold NaN.
        """
        rest = positive("y0", y0, example="1")
        if tau_steps != math.inf:
            tau_steps = positive("tau_steps", tau_steps, example="50 (or math.inf to fix it)")
        return cls(
            weights=vectors("weights", weights, ndim=1),
            threshold=rest if threshold is None else real("threshold", threshold),
            eta=positive("eta", eta, example="0.001"),
            tau_steps=float(tau_steps),
            y0=rest,
        )

    def outputs(self, patterns: ArrayLike) -> Vector:
        """Return the answer to each pattern, shape (n_patterns,).

        Raises
        ------
        TypeError, ValueError
            If the patterns do not fit the weights.
        """
        rows = vectors("patterns", patterns, ndim=2, n_inputs=len(self.weights))
        return np.asarray(rows @ self.weights)

    def learn(
        self,
        patterns: ArrayLike,
        *,
        n_steps: int,
        rng: Rng,
        step: Step | None = None,
        threshold_step: ThresholdStep | None = None,
    ) -> "BCMRun":
        """Show patterns in random order, each as likely as any other, and learn from each.

        In one step the output is taken first, then the weights change by the threshold as it
        stands, then the threshold moves: theta += (y^2 / y0 - theta) / tau_steps.

        Parameters
        ----------
        patterns : array_like of shape (n_patterns, n_inputs)
            Presynaptic rates.
        n_steps : int
            How many patterns are shown.
        rng : int or numpy.random.Generator
            Draws the order.
        step : callable, optional
            Your own `step(w, x, theta, eta) -> w` in place of the compiled one: the same numbers,
            slower.
        threshold_step : callable, optional
            Your own `threshold_step(theta, y, tau_steps, y0) -> theta`.

        Returns
        -------
        BCMRun
            The cell after learning and what it did on the way.

        Raises
        ------
        TypeError, ValueError
            If the patterns do not fit the weights or `n_steps` is below 1.
        """
        rows = vectors("patterns", patterns, ndim=2, n_inputs=len(self.weights))
        n = whole("n_steps", n_steps, least=1)
        order = generator(rng).integers(0, len(rows), n)
        weights, outputs, thresholds = self.weights.copy(), np.empty(n), np.empty(n)
        if step is None and threshold_step is None:
            made = kernels.bcm_run(
                weights, rows, order, self.threshold, self.eta, self.tau_steps, self.y0,
                outputs, thresholds,
            )  # fmt: skip
        else:
            theta, made = self.threshold, n
            for k in range(n):
                x = rows[order[k]]
                y = float(weights @ x)
                change: Any = bcm_step if step is None else step
                weights = np.asarray(change(weights, x, theta, self.eta), dtype=np.float64)
                if threshold_step is None:
                    theta += (y * y / self.y0 - theta) / self.tau_steps
                else:
                    theta = float(threshold_step(theta, y, self.tau_steps, self.y0))
                outputs[k], thresholds[k] = y, theta
                if abs(y) > kernels.RUNAWAY:
                    made = k + 1
                    break
        cell = replace(self, weights=weights, threshold=float(thresholds[made - 1]))
        return BCMRun(
            cell=cell,
            shown=order[:made],
            outputs=outputs[:made],
            thresholds=thresholds[:made],
            ran_away=bool(abs(outputs[made - 1]) > kernels.RUNAWAY),
        )


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class BCMRun:
    """What a cell did while it learned.

    Attributes
    ----------
    cell : BCM
        After the last step.
    shown : ndarray of shape (n_steps,)
        int64, the pattern of each step.
    outputs : ndarray of shape (n_steps,)
        The answer, before the weights changed.
    thresholds : ndarray of shape (n_steps,)
        theta after each step.
    ran_away : bool
        Whether an output passed a million; the run ends there, before numbers overflow.
    """

    cell: BCM
    shown: NDArray[np.int64]
    outputs: Vector
    thresholds: Vector
    ran_away: bool

    __repr__ = array_repr
