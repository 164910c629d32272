"""The one place that turns milliseconds, hours and rates into one another."""

from typing import Any

from numpy.typing import ArrayLike

from engramlab._quantities import positive, reals

MS_PER_HOUR = 3_600_000.0
MS_PER_SECOND = 1000.0


def ms_to_hours(ms: ArrayLike) -> Any:
    """Return milliseconds as hours.

    Parameters
    ----------
    ms : float or array_like
        Any finite number.

    Returns
    -------
    float or ndarray of the shape of `ms`

    Raises
    ------
    TypeError, ValueError
        If a value is not a finite number.

    Examples
    --------
    >>> ms_to_hours(1_800_000)
    0.5
    """
    hours = reals("ms", ms) / MS_PER_HOUR
    return float(hours) if hours.ndim == 0 else hours


def hours_to_ms(hours: ArrayLike) -> Any:
    """Return hours as milliseconds.

    Parameters
    ----------
    hours : float or array_like
        Any finite number.

    Returns
    -------
    float or ndarray of the shape of `hours`

    Raises
    ------
    TypeError, ValueError
        If a value is not a finite number.

    Examples
    --------
    >>> hours_to_ms(0.5)
    1800000.0
    """
    ms = reals("hours", hours) * MS_PER_HOUR
    return float(ms) if ms.ndim == 0 else ms


def interval_ms(rate_hz: float) -> float:
    """Return the time between two spikes at a regular rate.

    Parameters
    ----------
    rate_hz : float
        Above 0.

    Returns
    -------
    float
        Milliseconds.

    Raises
    ------
    TypeError, ValueError
        If the rate is not a number above 0.

    Examples
    --------
    >>> interval_ms(50)
    20.0
    """
    return MS_PER_SECOND / positive("rate_hz", rate_hz, example="10")
