"""What the checks of lesson 02 share: the window, its names and what may not be called."""

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

SIGN_OF_DT = "turns the sign of dt"
OWN_WORK = ("engramlab.plasticity", "engramlab.kernels.timing", "engramlab.kernels.calcium")


def lobes(
    dt_ms: Any, a_plus: float, a_minus: float, tau_plus_ms: float, tau_minus_ms: float
) -> tuple[Array, Array]:
    """Return both sides of the window: what each delay adds, and what it takes away."""
    dt = np.asarray(dt_ms, dtype=float)
    far = np.abs(dt)
    up = a_plus * np.exp(-far / tau_plus_ms) * (dt > 0)
    down = a_minus * np.exp(-far / tau_minus_ms) * (dt < 0)
    return up, down


def window_parameters(rng: np.random.Generator, *, more_plus: bool) -> tuple[float, ...]:
    """Return a_plus, a_minus, tau_plus_ms, tau_minus_ms, no two of them alike."""
    small, large = rng.uniform(0.2, 0.4), rng.uniform(0.6, 0.9)
    short, long = rng.uniform(10.0, 16.0), rng.uniform(24.0, 40.0)
    values = (large, small, short, long) if more_plus else (small, large, long, short)
    return tuple(float(value) for value in values)
