"""Runs of lesson 01 with chance in them, each a number or an array for one seed."""

import math

import numpy as np
from numpy.typing import NDArray

from engramlab._checks import whole
from engramlab._quantities import known
from engramlab._types import Rng, generator
from engramlab.plasticity import BCM, Oja

RATE_RULES = ("sliding", "fixed", "hebb")


def learned_outputs(
    *,
    rule: str = "sliding",
    n_patterns: int = 5,
    n_steps: int = 100_000,
    eta: float = 1e-3,
    tau_steps: float = 50.0,
    rng: Rng,
) -> NDArray[np.float64]:
    """Return a cell's answers to patterns that it has learned from, the largest first.

    The patterns do not overlap. One large answer and the rest near 0 is a selective cell.

    Parameters
    ----------
    rule : {"sliding", "fixed", "hebb"}
        BCM; the same with its threshold fixed at 1, between the answers at the start; or Hebb's
        rule, which has none.
    n_patterns : int
        How many.
    n_steps : int
        How many patterns are shown.
    eta : float
        Learning rate.
    tau_steps : float
        Time constant of the sliding threshold, in steps.
    rng : int or numpy.random.Generator
        Draws the weights at the start and the order of the patterns.

    Returns
    -------
    ndarray of shape (n_patterns,)
        Infinite where an answer ran away (past a million).

    Raises
    ------
    TypeError, ValueError
        If the rule is unknown or a setting is out of range.

    See Also
    --------
    Lesson 01.

    Examples
    --------
    >>> bool(learned_outputs(n_patterns=2, rng=1)[0] > 1.5)
    True
    """
    known("rule", rule, RATE_RULES)
    source = generator(rng)
    patterns = np.eye(whole("n_patterns", n_patterns, least=1))
    weights = source.uniform(0.5, 1.5, n_patterns)
    if rule == "hebb":
        steps = whole("n_steps", n_steps, least=1)
        order = source.integers(0, n_patterns, steps)
        cell = Oja(weights=weights, eta=eta, decay=0.0).learn(patterns[order]).cell
        answers = np.asarray(cell.weights)
    else:
        tau = math.inf if rule == "fixed" else tau_steps
        start = BCM.from_weights(weights, eta=eta, tau_steps=tau)
        run = start.learn(patterns, n_steps=n_steps, rng=source)
        answers = run.cell.outputs(patterns)
    return np.sort(np.where(np.abs(answers) > 1e5, math.inf, answers))[::-1]
