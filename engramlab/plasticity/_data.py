"""The published experiment that lesson 02 holds against the rules."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engramlab._quantities import reals
from engramlab._types import array_repr


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class PairingData:
    """Changes of synapses by paired spikes, as measured.

    Attributes
    ----------
    rate_hz : ndarray of shape (n,)
        Pairs per second.
    dt_ms : ndarray of shape (n,)
        Postsynaptic less presynaptic time.
    change : ndarray of shape (n,)
        Relative change of the weight: 0.5 is half as strong again.
    sem : ndarray of shape (n,)
        Standard error of the change.
    """

    rate_hz: NDArray[np.float64]
    dt_ms: NDArray[np.float64]
    change: NDArray[np.float64]
    sem: NDArray[np.float64]

    __repr__ = array_repr

    def error(self, change: ArrayLike) -> float:
        """Return the mean over points of ((model - measured) / standard error)^2.

        1 is what the noise of the measurement alone would give; with k numbers fitted to the n
        points, about 1 - k / n.

        Parameters
        ----------
        change : array_like of shape (n,)
            What a model says of the same points.

        Returns
        -------
        float

        Raises
        ------
        TypeError, ValueError
            If there is not one finite number for each point.
        """
        model = reals("change", change)
        if model.shape != self.change.shape:
            raise ValueError(
                f"change has shape {model.shape}; give one number for each of the "
                f"{len(self.change)} points, shape {self.change.shape}"
            )
        return float(np.mean(((model - self.change) / self.sem) ** 2))


@cache
def sjostrom2001() -> PairingData:
    """Return how pairs 10 ms apart change synapses of visual cortex at five rates.

    Returns
    -------
    PairingData
        Ten points; 60 pairs are taken for each by Pfister and Gerstner (2006).

    References
    ----------
    Sjostrom PJ, Turrigiano GG, Nelson SB (2001) Neuron 32:1149-1164,
    10.1016/S0896-6273(01)00542-6.

    See Also
    --------
    Lesson 02.

    Examples
    --------
    >>> data = sjostrom2001()
    >>> data.rate_hz[-1].item(), data.dt_ms[-1].item(), data.change[-1].item()
    (50.0, -10.0, 0.75)
    """
    text = files("engramlab").joinpath("data/sjostrom2001.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    rows = np.array([[float(number) for number in line.split(",")] for line in lines[1:]])
    rate_hz, dt_ms, change, sem = rows.T.copy()
    for column in (rate_hz, dt_ms, change, sem):
        column.flags.writeable = False  # the one copy is shared, and never meets a kernel
    return PairingData(rate_hz=rate_hz, dt_ms=dt_ms, change=change, sem=sem)
