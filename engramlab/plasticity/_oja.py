"""Hebb's rule, which runs away, and Oja's, which finds the main direction of its inputs."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engramlab._quantities import not_negative, vectors
from engramlab._types import array_repr
from engramlab.kernels import plasticity as kernels

Vector = NDArray[np.float64]


def oja_step(weights: ArrayLike, x: ArrayLike, eta: float, decay: float = 1.0) -> Vector:
    """Return the weights after one input by Oja's rule: y = w . x, w + eta y (x - decay y w).

    Parameters
    ----------
    weights, x : array_like of shape (n_inputs,)
        Not changed.
    eta : float
        Learning rate, 0 or more; 0.001 for inputs of variance near 1 (ours).
    decay : float
        1 for Oja's rule, 0 for Hebb's, 0 or more.

    Returns
    -------
    ndarray of shape (n_inputs,)

    Raises
    ------
    TypeError, ValueError
        If an array is empty, of the wrong shape, or holds NaN; if eta or decay is negative.

    See Also
    --------
    Oja : many steps. Lesson 01, below the line.

    Examples
    --------
    A weight of length 1 along the input is at rest; Hebb's rule lets it grow.

    >>> oja_step([1.0, 0.0], [1.0, 0.0], 0.5).tolist()
    [1.0, 0.0]
    >>> oja_step([1.0, 0.0], [1.0, 0.0], 0.5, decay=0).tolist()
    [1.5, 0.0]
    """
    changed: Vector = vectors("weights", weights, ndim=1)
    rates = vectors("x", x, ndim=1, n_inputs=len(changed))
    eta = not_negative("eta", eta, example="0.001")
    kernels.oja_step(changed, rates, eta, not_negative("decay", decay, example="1"))
    return changed


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class Oja:
    """A linear cell that finds the direction in which its inputs vary most.

    Attributes
    ----------
    weights : ndarray of shape (n_inputs,)
        float64; of length 1 at rest.
    eta : float
        Learning rate; 0.001 (ours).
    decay : float
        1 for Oja's rule; 0 for Hebb's, which runs away.

    References
    ----------
    Oja E (1982) J Math Biol 15:267-273, 10.1007/BF00275687.

    See Also
    --------
    Lesson 01, below the line.

    Examples
    --------
    >>> run = Oja(weights=np.array([0.5, 0.0]), eta=0.1, decay=1.0).learn(np.eye(2)[[0] * 100])
    >>> round(float(run.lengths[-1]), 4)
    1.0
    """

    weights: Vector
    eta: float = 1e-3
    decay: float = 1.0

    __repr__ = array_repr

    def learn(self, inputs: ArrayLike) -> "OjaRun":
        """Show inputs one after another and learn from each.

        Parameters
        ----------
        inputs : array_like of shape (n_steps, n_inputs)
            Of mean 0 for the first principal component.

        Returns
        -------
        OjaRun
            The cell after learning and the length of its weights on the way.

        Raises
        ------
        TypeError, ValueError
            If the inputs do not fit the weights, or eta or decay is negative.
        """
        weights = vectors("weights", self.weights, ndim=1)
        rows = vectors("inputs", inputs, ndim=2, n_inputs=len(weights))
        eta = not_negative("eta", self.eta, example="0.001")
        decay = not_negative("decay", self.decay, example="1")
        lengths = np.empty(len(rows))
        made = kernels.oja_run(weights, rows, eta, decay, lengths)
        return OjaRun(
            cell=replace(self, weights=weights),
            lengths=lengths[:made],
            ran_away=bool(lengths[made - 1] > kernels.RUNAWAY),
        )


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class OjaRun:
    """What a cell did while it learned.

    Attributes
    ----------
    cell : Oja
        After the last input.
    lengths : ndarray of shape (n_steps,)
        Length of the weights after each input.
    ran_away : bool
        Whether it passed a million; the run ends there, before numbers overflow.
    """

    cell: Oja
    lengths: Vector
    ran_away: bool

    __repr__ = array_repr
