"""A slice over hours: when it is stimulated, when a drug is there, and what becomes of it."""

import itertools
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engramlab._checks import whole
from engramlab._quantities import positive
from engramlab._types import array_repr
from engramlab.kernels.capture import LUBOEINSKI_2021, CaptureConstants
from engramlab.plasticity._slice import Slice
from engramlab.protocols import DrugWindow, Stimulus


@dataclass(frozen=True, slots=True, eq=False, kw_only=True, repr=False)
class SliceCourse:
    """A slice over hours, at many moments; each stimulus has one just before and one just after.

    Attributes
    ----------
    hours : ndarray of shape (n_moments,)
        Ascending, from 0; the hour of a stimulus stands twice.
    early, late, weight : ndarray of shape (n_pathways, n_moments)
        float64.
    tagged : ndarray of shape (n_pathways, n_moments)
        bool.
    protein : ndarray of shape (n_moments,)
        From 0 to 1.
    synthesis : ndarray of shape (n_moments,)
        bool, whether proteins are being made.
    drugged : ndarray of shape (n_moments,)
        bool, whether the drug is there.
    final : Slice
        At the end.
    """

    hours: NDArray[np.float64]
    early: NDArray[np.float64]
    late: NDArray[np.float64]
    weight: NDArray[np.float64]
    tagged: NDArray[np.bool_]
    protein: NDArray[np.float64]
    synthesis: NDArray[np.bool_]
    drugged: NDArray[np.bool_]
    final: Slice

    __repr__ = array_repr


def slice_course(
    stimuli: Iterable[Stimulus],
    *,
    until_hours: float = 10.0,
    drug: DrugWindow | None = None,
    n_points: int = 301,
    n_pathways: int = 2,
    constants: CaptureConstants = LUBOEINSKI_2021,
) -> SliceCourse:
    """Return what becomes of a slice that is stimulated at given hours.

    Parameters
    ----------
    stimuli : iterable of Stimulus
        As from `protocols.weak_stimulation` and `strong_stimulation`; in any order.
    until_hours : float
        Above 0.
    drug : DrugWindow, optional
        When protein synthesis is blocked.
    n_points : int
        Even moments from 0 to `until_hours`, 2 or more; the result does not depend on them.
    n_pathways : int
        Pathways onto the cell.
    constants : CaptureConstants
        Of the model.

    Returns
    -------
    SliceCourse

    Raises
    ------
    TypeError, ValueError
        If a stimulus is none, comes after the end or on a pathway that does not exist; if a
        number is out of range.

    See Also
    --------
    Lesson 03.

    Examples
    --------
    >>> from engramlab.protocols import strong_stimulation, weak_stimulation
    >>> course = slice_course([strong_stimulation(0), weak_stimulation(1, at_hours=1.0)])
    >>> round(float(course.final.late[1]), 2)
    0.5
    """
    end = positive("until_hours", until_hours, example="10")
    state = Slice.rest(n_pathways, constants=constants)
    events = list(stimuli)
    for event in events:
        if not isinstance(event, Stimulus):
            raise TypeError(f"stimuli holds {event!r}; give weak_stimulation(...) and the like")
        if event.at_hours > end:
            raise ValueError(f"stimuli has one at {event.at_hours} h; give until_hours above that")
    events.sort(key=lambda event: event.at_hours)
    stops = {*np.linspace(0.0, end, whole("n_points", n_points, least=2)).tolist()}
    stops |= {float(event.at_hours) for event in events}
    if drug is not None:
        stops |= {t for t in (drug.start_hours, drug.end_hours) if t <= end}
    moments = [(0.0, state, _in_drug(0.0, drug))]
    due = {at: list(group) for at, group in itertools.groupby(events, lambda event: event.at_hours)}
    for stop in sorted(stops):
        if stop > state.at_hours:
            drugged = _in_drug(state.at_hours, drug)
            state = state.advance(stop - state.at_hours, protein_synthesis=not drugged)
            state = replace(state, at_hours=stop)
            moments.append((stop, state, _in_drug(stop, drug)))
        for event in due.get(stop, ()):
            state = state.apply(event)
        if stop in due:
            moments.append((stop, state, _in_drug(stop, drug)))
    states = [moment[1] for moment in moments]
    drugged_at = np.array([moment[2] for moment in moments])
    peak = np.array([np.abs(one.early).max() for one in states])
    return SliceCourse(
        hours=np.array([moment[0] for moment in moments]),
        early=np.stack([one.early for one in states], axis=1).astype(np.float64),
        late=np.stack([one.late for one in states], axis=1).astype(np.float64),
        weight=np.stack([one.weight for one in states], axis=1),
        tagged=np.stack([one.tagged for one in states], axis=1),
        protein=np.array([one.protein for one in states]),
        synthesis=(peak > state.constants.threshold_protein) & ~drugged_at,
        drugged=drugged_at,
        final=state,
    )


def _in_drug(hours: float, drug: DrugWindow | None) -> bool:
    """Return whether the drug is there from this moment on."""
    start = math.inf if drug is None else drug.start_hours
    return start <= hours < (-math.inf if drug is None else drug.end_hours)
