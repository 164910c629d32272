"""The cells of an ensemble and their synapses: what they are, and how they are built."""

import math
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engramlab._checks import fraction, is_number, mask, whole
from engramlab._quantities import not_negative, positive, real
from engramlab._types import Rng, generator
from engramlab.ensemble._constants import COURSE, FIXED, EnsembleConstants
from engramlab.kernels.capture import CaptureConstants

_WHOLE = ("n_cells", "n_inputs", "n_active")
_SHARES = ("p_connect", "eta_heterosynaptic", "p_contact", "size_expected", "share_offline")
_ABOVE_ZERO = ("p_connect", "p_contact", "size_expected", "tau_excitability_hours", "width_recall")
_SIGNED = ("threshold_recall",)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class Cells:
    """The state of an ensemble; `Ensemble` documents the attributes."""

    baseline: NDArray[np.float32]
    early: NDArray[np.float32]
    late: NDArray[np.float32]
    protein: NDArray[np.float32]
    excitability: NDArray[np.float64]
    virus: NDArray[np.float64]
    alive: NDArray[np.bool_]
    contacts: NDArray[np.bool_]
    out_early: NDArray[np.float32]
    out_late: NDArray[np.float32]
    out_protein: float
    at_hours: float
    constants: EnsembleConstants

    def __repr__(self) -> str:
        """Return the sizes and the time; the arrays are too many to list."""
        return (
            f"{type(self).__name__}({self.n_cells} cells, {self.baseline.shape[1]} inputs, "
            f"{int(self.contacts.sum())} contacts with the read-out, at {self.at_hours:g} hours)"
        )

    @classmethod
    def build(cls, *, constants: EnsembleConstants = COURSE, rng: Rng) -> Self:
        """Return an ensemble that has learned nothing yet.

        Each cell has a contact with about half of the inputs, with log-normal baseline weights; the
        weights of a cell are scaled to one total, so that a context drives every cell by 1 on
        average. No cell has a contact with the read-out.

        Parameters
        ----------
        constants : EnsembleConstants
            `COURSE`, or that set with some values replaced.
        rng : int or numpy.random.Generator
            Draws contacts, weights and the first excitability.

        Raises
        ------
        TypeError, ValueError
            If a constant is out of its range or `rng` is no seed.

        Examples
        --------
        >>> from engramlab.ensemble import Ensemble
        >>> Ensemble.build(rng=1)
        Ensemble(400 cells, 400 inputs, 0 contacts with the read-out, at 0 hours)
        """
        chosen = checked(constants)
        source = generator(rng)
        n, m = chosen.n_cells, chosen.n_inputs
        weights = np.exp(chosen.sigma_weights * source.standard_normal((n, m)))
        weights *= source.random((n, m)) < chosen.p_connect
        total = weights.sum(axis=1, keepdims=True)
        weights *= (m / chosen.n_active) / np.where(total > 0, total, 1.0)
        baseline = weights.astype(np.float32)
        zero = np.zeros(n, dtype=np.float32)
        return cls(
            baseline=baseline,
            early=np.zeros_like(baseline),
            late=np.zeros_like(baseline),
            protein=zero,
            excitability=chosen.sd_excitability * source.standard_normal(n),
            virus=np.zeros(n),
            alive=np.ones(n, dtype=np.bool_),
            contacts=np.zeros(n, dtype=np.bool_),
            out_early=zero.copy(),
            out_late=zero.copy(),
            out_protein=0.0,
            at_hours=0.0,
            constants=chosen,
        )

    @property
    def n_cells(self) -> int:
        """Number of cells, those that are ablated included."""
        return len(self.baseline)

    @property
    def creb(self) -> NDArray[np.bool_]:
        """Cells with more CREB than the others; shape (n_cells,)."""
        return self.virus > 0

    @property
    def lowered(self) -> NDArray[np.bool_]:
        """Cells whose excitability was lowered for good; shape (n_cells,)."""
        return self.virus < 0

    @property
    def out_weight(self) -> NDArray[np.float64]:
        """Weight of each cell on the read-out, 0 without a contact; shape (n_cells,)."""
        change = 1.0 + self.out_early.astype(np.float64) + self.out_late
        return np.asarray(self.contacts * np.maximum(change, 0.0))

    def with_constants(self, **changes: Any) -> Self:
        """Return the ensemble with other constants from now on.

        Parameters
        ----------
        **changes
            Names and values of `EnsembleConstants`, such as inhibition=9.0.

        Raises
        ------
        TypeError, ValueError
            If there is no such constant, it cannot change in an ensemble that is built, or the
            value is out of its range.

        Examples
        --------
        >>> from engramlab.ensemble import Ensemble
        >>> Ensemble.build(rng=1).with_constants(bump=0.4).constants.bump
        0.4
        """
        for name in changes:
            if name not in self.constants._fields:
                known = ", ".join(field for field in self.constants._fields if field not in FIXED)
                raise TypeError(f"{name} is no constant of an ensemble; it has {known}")
            if name in FIXED:
                raise ValueError(
                    f"{name} is fixed when an ensemble is built; give "
                    f"Ensemble.build(constants=COURSE._replace({name}={changes[name]!r}), rng=...)"
                )
        return replace(self, constants=checked(self.constants._replace(**changes)))

    def _cells(self, name: str, value: ArrayLike, *, some: bool = False) -> NDArray[np.bool_]:
        """Return a mask of these cells."""
        return mask(name, value, n=self.n_cells, some=some)

    def _context(self, value: ArrayLike) -> NDArray[np.bool_]:
        """Return a context that fits the inputs and in which something is on."""
        return mask("context", value, n=self.baseline.shape[1], what="input", some=True)


def _capture(value: Any) -> CaptureConstants:
    """Return the constants of tagging and capture as floats; refuse what is no such set."""
    cure = "give LUBOEINSKI_2021 or LUBOEINSKI_2021._replace(...) of engramlab.kernels.capture"
    if not isinstance(value, CaptureConstants):
        raise TypeError(f"capture is {value!r}; {cure}")
    for name, number in value._asdict().items():
        if not is_number(number):
            raise TypeError(f"capture.{name} is {number!r}; give one number")
        if name.startswith("tau") and not number > 0:
            raise ValueError(f"capture.{name} is {number}; give a number of hours above 0")
        if math.isnan(number):
            raise ValueError(f"capture.{name} is {number}; give one number")
    return CaptureConstants(*(float(number) for number in value))


def checked(constants: EnsembleConstants) -> EnsembleConstants:
    """Return constants with each value in its range and of its type; refuse others."""
    if not isinstance(constants, EnsembleConstants):
        raise TypeError(f"constants is {constants!r}; give COURSE or COURSE._replace(...)")
    made: dict[str, Any] = {}
    for name, value in constants._asdict().items():
        if name == "capture":
            made[name] = _capture(value)
        elif name in _WHOLE:
            made[name] = whole(name, value, least=1)
        elif name in _SIGNED:
            made[name] = real(name, value)
        elif name in _ABOVE_ZERO:
            made[name] = positive(name, value, example=f"{getattr(COURSE, name):g}")
        else:
            made[name] = not_negative(name, value, example=f"{getattr(COURSE, name):g}")
        if name in _SHARES:
            fraction(name, value)
    if made["n_active"] > made["n_inputs"]:
        raise ValueError(
            f"n_active is {made['n_active']}, n_inputs {made['n_inputs']}; give at most all units"
        )
    return EnsembleConstants(**made)
