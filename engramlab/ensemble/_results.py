"""What a recall of the ensemble gives back."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engramlab._checks import mask
from engramlab._types import array_repr
from engramlab.ensemble._constants import EnsembleConstants


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class Reactivation:
    """Which cells a context (or light) makes active, and how strongly they drive the read-out.

    Attributes
    ----------
    cell_drive : ndarray of shape (n_cells,)
        float64, in units of the mean drive of a context; light is in it. A cell that is silenced or
        ablated has its drive here and is not active all the same.
    active : ndarray of shape (n_cells,)
        bool.
    threshold : float
        Inhibition x share of cells active; what an active cell's drive is above.
    drive : float
        u, what the active cells give the read-out; 1 is an engram of the expected size whose
        contacts have not been strengthened. Compare this where the recall index is near 0 or 1.
    recall_index : float
        1 / (1 + exp(-(u - 0.8) / 0.1)), from 0 to 1: one half at a drive of 0.8 (tuned). It is no
        share of time and no share of animals.
    """

    cell_drive: NDArray[np.float64]
    active: NDArray[np.bool_]
    threshold: float
    drive: float
    recall_index: float

    __repr__ = array_repr

    def reactivated(self, engram: ArrayLike) -> float:
        """Return the share of an engram that is active again, from 0 to 1.

        Parameters
        ----------
        engram : array_like of shape (n_cells,)
            True or False (or 1 and 0), at least one cell.

        Raises
        ------
        TypeError, ValueError
            If it is no mask, has another length or is empty.

        Examples
        --------
        >>> two = Reactivation(cell_drive=np.array([2.0, 2.0, 1.0]), threshold=1.5, drive=1.0,
        ...                    active=np.array([True, True, False]), recall_index=0.9)
        >>> two.reactivated([True, False, True])
        0.5
        """
        cells = mask("engram", engram, n=self.active.size, some=True)
        return float((self.active & cells).sum() / cells.sum())


def recall_index(drive: float, constants: EnsembleConstants) -> float:
    """Return the logistic of a drive of the read-out, from 0 to 1; see `Reactivation`."""
    steepness = (drive - constants.threshold_recall) / constants.width_recall
    return 0.5 * (1.0 + math.tanh(0.5 * steepness))
