"""What is done to a slice: weak and strong stimulation, and the time of a drug."""

from dataclasses import dataclass

from engramlab._checks import whole
from engramlab._quantities import not_negative, real

WEAK = 0.43  # early potentiation by a weak tetanus, in units of the baseline weight (ours)
STRONG = 0.98  # and by a strong one


@dataclass(frozen=True, slots=True, kw_only=True)
class Stimulus:
    """A stimulation of one pathway of a slice.

    Attributes
    ----------
    at_hours : float
        When.
    pathway : int
        Which, from 0.
    size : float
        From -1 to 1: what share of the way to its limit it carries the early part of the weight;
        negative weakens.
    """

    at_hours: float
    pathway: int
    size: float

    def __post_init__(self) -> None:
        """Refuse what cannot be done to a slice."""
        not_negative("at_hours", self.at_hours, example="0.5")
        whole("pathway", self.pathway, least=0)
        if not -1 <= real("size", self.size) <= 1:
            raise ValueError(f"size is {self.size}; give a number from -1 to 1, such as {WEAK}")


@dataclass(frozen=True, slots=True, kw_only=True)
class DrugWindow:
    """The time during which a drug such as anisomycin blocks protein synthesis.

    The real drug also silences neurons; the one of the model does nothing else.

    Attributes
    ----------
    start_hours, end_hours : float
        From when to when; the end is not before the start.
    """

    start_hours: float
    end_hours: float

    def __post_init__(self) -> None:
        """Refuse a window that ends before it starts."""
        start = not_negative("start_hours", self.start_hours, example="0")
        if not_negative("end_hours", self.end_hours, example="4") < start:
            raise ValueError(
                f"end_hours is {self.end_hours}; give a time at or after the start, "
                f"{self.start_hours}"
            )


def weak_stimulation(pathway: int = 0, *, at_hours: float = 0.0) -> Stimulus:
    """Return a weak tetanus: early LTP and a tag, but too little to start protein synthesis.

    The size, 0.43, lies between the thresholds of the tag (0.2) and of synthesis (0.5); it is ours.
    A train of 0.2 s at 100 Hz gives 0.355 by the calcium rule of the same paper.

    Parameters
    ----------
    pathway : int
        Which pathway, from 0.
    at_hours : float
        When, 0 or more.

    Returns
    -------
    Stimulus

    Raises
    ------
    TypeError, ValueError
        If a value is out of range.

    See Also
    --------
    Lesson 03, where a weak memory borrows the proteins of a strong one.

    Examples
    --------
    >>> weak_stimulation(1, at_hours=0.5)
    Stimulus(at_hours=0.5, pathway=1, size=0.43)
    """
    return Stimulus(at_hours=at_hours, pathway=pathway, size=WEAK)


def strong_stimulation(pathway: int = 0, *, at_hours: float = 0.0) -> Stimulus:
    """Return a strong tetanus: early LTP, a tag and protein synthesis.

    The size, 0.98, is ours. Three trains of 1 s at 100 Hz give 0.950 by the calcium rule.

    Parameters
    ----------
    pathway : int
        Which pathway, from 0.
    at_hours : float
        When, 0 or more.

    Returns
    -------
    Stimulus

    Raises
    ------
    TypeError, ValueError
        If a value is out of range.

    Examples
    --------
    >>> strong_stimulation()
    Stimulus(at_hours=0.0, pathway=0, size=0.98)
    """
    return Stimulus(at_hours=at_hours, pathway=pathway, size=STRONG)


def drug_window(start_hours: float, *, hours: float = 4.0) -> DrugWindow:
    """Return a window in which a drug blocks protein synthesis.

    Parameters
    ----------
    start_hours : float
        When the drug comes, 0 or more.
    hours : float
        How long it stays.

    Returns
    -------
    DrugWindow

    Raises
    ------
    TypeError, ValueError
        If a time is negative or no number.

    Examples
    --------
    >>> drug_window(0.5)
    DrugWindow(start_hours=0.5, end_hours=4.5)
    """
    length = not_negative("hours", hours, example="4")
    start = not_negative("start_hours", start_hours, example="0.5")
    return DrugWindow(start_hours=start, end_hours=start + length)
