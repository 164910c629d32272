"""Runs of lesson 01 with chance in them, each a number or an array for one seed."""

import math

import numpy as np
from numpy.typing import NDArray

from engramlab._checks import whole
from engramlab._quantities import known, not_negative
from engramlab._types import Rng, generator
from engramlab.plasticity import BCM, BCMRun, Oja

RATE_RULES = ("sliding", "fixed", "hebb")
STEADY = 0.25
"""A cell holds its answer while that is within a quarter of its resting value."""


def learned_outputs(
    *,
    rule: str = "sliding",
    n_patterns: int = 5,
    n_steps: int = 100_000,
    eta: float = 1e-3,
    tau_steps: float = 50.0,
    threshold: float = 1.0,
    rng: Rng,
) -> NDArray[np.float64]:
    """Return a cell's answers to patterns that it has learned from, the largest first.

    The patterns do not overlap. One large answer and the rest near 0 is a selective cell.

    Parameters
    ----------
    rule : {"sliding", "fixed", "hebb"}
        BCM; the same with its threshold fixed; or Hebb's rule, which has none. In the last two
        each answer goes its own way, also after another has run away.
    n_patterns : int
        How many.
    n_steps : int
        How many patterns are shown.
    eta : float
        Learning rate.
    tau_steps : float
        Time constant of the sliding threshold, in steps.
    threshold : float
        Where the threshold starts, and stays if it is fixed; 1 lies between the answers at the
        start, 0.4 below them and 1.6 above.
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
    elif rule == "fixed":
        answers = _fixed_courses(weights, n_steps, n_steps, threshold, eta, source)[-1]
    else:
        start = BCM.from_weights(weights, eta=eta, tau_steps=tau_steps, threshold=threshold)
        run = start.learn(patterns, n_steps=n_steps, rng=source)
        answers = run.cell.outputs(patterns)
    return np.sort(np.where(np.abs(answers) > 1e5, math.inf, answers))[::-1]


def answer_courses(
    run: BCMRun, *, n_patterns: int, n_steps: int, every: int
) -> NDArray[np.float64]:
    """Return the answer to each of some patterns that do not overlap, all along a run.

    The answer to a pattern changes only when it is shown, so it is known between its showings.

    Parameters
    ----------
    run : BCMRun
        A run on the rows of an identity matrix.
    n_patterns : int
        How many rows.
    n_steps : int
        How many steps were asked for; the run may have ended before.
    every : int
        Steps from one point to the next.

    Returns
    -------
    ndarray of shape (n_steps // every + 1, n_patterns)
        Infinite after an answer has run away.

    Raises
    ------
    TypeError, ValueError
        If a number is no whole number of 1 or more.

    Examples
    --------
    >>> run = BCM.from_weights([1.0, 2.0]).learn(np.eye(2), n_steps=4, rng=1)
    >>> answer_courses(run, n_patterns=2, n_steps=4, every=2)[0].tolist()
    [1.0, 2.0]
    """
    total = whole("n_steps", n_steps, least=1)
    steps = np.arange(0, total + 1, whole("every", every, least=1))
    courses = np.empty((len(steps), whole("n_patterns", n_patterns, least=1)))
    for pattern in range(n_patterns):
        at = np.flatnonzero(run.shown == pattern)
        answers = np.append(run.outputs[at], run.cell.weights[pattern])
        courses[:, pattern] = answers[np.searchsorted(at, steps)]
    if run.ran_away:
        courses[steps >= len(run.outputs)] = math.inf
    return courses


def threshold_courses(
    *,
    rule: str = "sliding",
    n_patterns: int = 5,
    n_steps: int = 20_000,
    every: int = 200,
    threshold: float = 1.0,
    eta: float = 1e-3,
    tau_steps: float = 50.0,
    rng: Rng,
) -> NDArray[np.float64]:
    """Return the answers of a cell to each of some patterns, and its threshold, all along a run.

    Parameters
    ----------
    rule : {"sliding", "fixed"}
        Whether the threshold follows the cell's activity or stays where it starts.
    n_patterns : int
        How many patterns that do not overlap.
    n_steps, every : int
        Patterns shown, and steps from one point to the next.
    threshold, eta, tau_steps, rng
        As in `learned_outputs`.

    Returns
    -------
    ndarray of shape (n_steps // every + 1, n_patterns + 1)
        The threshold stands last, each point the mean since the one before. An answer that has run
        away is infinite.

    Raises
    ------
    TypeError, ValueError
        If the rule is unknown or a setting is out of range.

    Examples
    --------
    >>> course = threshold_courses(rule="fixed", threshold=1.6, rng=1)
    >>> course[:, -1].min().tolist(), bool(course[-1, :5].max() < 0.1)
    (1.6, True)
    """
    known("rule", rule, ("sliding", "fixed"))
    source = generator(rng)
    weights = source.uniform(0.5, 1.5, whole("n_patterns", n_patterns, least=1))
    if rule == "sliding":
        cell = BCM.from_weights(weights, eta=eta, tau_steps=tau_steps, threshold=threshold)
        run = cell.learn(np.eye(n_patterns), n_steps=n_steps, rng=source)
        courses = answer_courses(run, n_patterns=n_patterns, n_steps=n_steps, every=every)
        means = np.full(len(courses), math.inf)
        whole_blocks = len(run.thresholds) // every
        blocks = run.thresholds[: whole_blocks * every].reshape(whole_blocks, every)
        means[0], means[1 : whole_blocks + 1] = threshold, blocks.mean(axis=1)
        return np.column_stack([courses, means])
    courses = _fixed_courses(weights, n_steps, every, threshold, eta, source)
    return np.column_stack([courses, np.full(len(courses), threshold)])


def _fixed_courses(
    weights: NDArray[np.float64],
    n_steps: int,
    every: int,
    threshold: float,
    eta: float,
    source: np.random.Generator,
) -> NDArray[np.float64]:
    """Return answers with a fixed threshold, where each pattern goes its own way."""
    order = source.integers(0, len(weights), whole("n_steps", n_steps, least=1))
    steps = np.arange(0, n_steps + 1, whole("every", every, least=1))
    columns = []
    for pattern, weight in enumerate(weights):
        at = np.flatnonzero(order == pattern)
        cell = BCM.from_weights([weight], eta=eta, tau_steps=math.inf, threshold=threshold)
        run = cell.learn([[1.0]], n_steps=max(len(at), 1), rng=0)
        answers = np.full(len(at) + 1, math.inf)
        answers[: len(run.outputs)] = run.outputs[: len(answers)]
        if not run.ran_away and len(at):
            answers[-1] = run.cell.weights[0]
        columns.append(answers[np.searchsorted(at, steps)])
    return np.column_stack(columns)


def held_share(
    *,
    tau_steps: float = 50.0,
    eta: float = 1e-3,
    n_patterns: int = 5,
    n_steps: int = 60_000,
    rng: Rng,
) -> float:
    """Return the share of time for which a cell with a sliding threshold holds its answer.

    Counted is the last third of the run, while the strongest answer is within a quarter of
    `n_patterns`, its value at rest.

    Parameters
    ----------
    tau_steps : float
        Time constant of the threshold, in steps.
    eta : float
        Learning rate.
    n_patterns : int
        How many patterns that do not overlap.
    n_steps : int
        How many patterns are shown.
    rng : int or numpy.random.Generator
        Draws the weights at the start and the order of the patterns.

    Returns
    -------
    float
        1 for a threshold that keeps up, 0 for one that is far too slow.

    Raises
    ------
    TypeError, ValueError
        If a setting is out of range.

    See Also
    --------
    strongest_course : the answer itself. Lesson 01, its limit.

    Examples
    --------
    >>> held_share(tau_steps=50, rng=1), held_share(tau_steps=5000, rng=1)
    (1.0, 0.0)
    """
    answer = strongest_course(
        tau_steps=tau_steps, eta=eta, n_patterns=n_patterns, n_steps=n_steps, rng=rng
    )
    last = answer[2 * len(answer) // 3 :]
    return float(np.mean(np.abs(last - n_patterns) <= STEADY * n_patterns))


def strongest_course(
    *,
    tau_steps: float = 50.0,
    eta: float = 1e-3,
    n_patterns: int = 5,
    n_steps: int = 60_000,
    every: int = 100,
    rng: Rng,
) -> NDArray[np.float64]:
    """Return a cell's strongest answer all along a run with a sliding threshold.

    Parameters
    ----------
    tau_steps, eta, n_patterns, n_steps, rng
        As in `held_share`: the same seed gives the same run.
    every : int
        Steps from one point to the next.

    Returns
    -------
    ndarray of shape (n_steps // every + 1,)
        Infinite after it has run away.

    Raises
    ------
    TypeError, ValueError
        If a setting is out of range.

    Examples
    --------
    >>> bool(3.5 < strongest_course(n_patterns=4, rng=1)[-1] < 4.5)
    True
    """
    source = generator(rng)
    weights = source.uniform(0.5, 1.5, whole("n_patterns", n_patterns, least=1))
    cell = BCM.from_weights(weights, eta=eta, tau_steps=tau_steps)
    run = cell.learn(np.eye(n_patterns), n_steps=n_steps, rng=source)
    courses = answer_courses(run, n_patterns=n_patterns, n_steps=n_steps, every=every)
    return np.asarray(courses.max(axis=1))


def hebb_courses(
    *, n_patterns: int = 5, n_steps: int = 500, eta: float = 0.02, rng: Rng
) -> NDArray[np.float64]:
    """Return the synapses of one cell under Hebb's rule alone, from step to step.

    Each pattern comes in by a synapse of its own. A showing multiplies that synapse by 1 + eta,
    since the answer which strengthens it is the synapse itself.

    Parameters
    ----------
    n_patterns : int
        How many patterns, and synapses.
    n_steps : int
        How many patterns are shown, each as likely as any other.
    eta : float
        Learning rate; 0 is a cell that does not learn.
    rng : int or numpy.random.Generator
        Draws the synapses at the start, between 0.5 and 1.5, and the order of the patterns.

    Returns
    -------
    ndarray of shape (n_steps + 1, n_patterns)

    Raises
    ------
    TypeError, ValueError
        If a setting is out of range.

    See Also
    --------
    Oja : with `decay=0` the same rule for any inputs. Lesson 01.

    Examples
    --------
    >>> course = hebb_courses(n_patterns=1, n_steps=2, eta=0.1, rng=1)
    >>> (course[:, 0] / course[0, 0]).round(2).tolist()
    [1.0, 1.1, 1.21]
    """
    source = generator(rng)
    weights = source.uniform(0.5, 1.5, whole("n_patterns", n_patterns, least=1))
    order = source.integers(0, n_patterns, whole("n_steps", n_steps, least=1))
    showings = np.cumsum(np.eye(n_patterns)[order], axis=0)
    growth = (1.0 + not_negative("eta", eta, example="0.02")) ** showings
    return np.asarray(weights * np.vstack([np.ones(n_patterns), growth]))


def hebb_growth(*, n_patterns: int = 5, n_steps: int = 500, eta: float = 0.02, rng: Rng) -> float:
    """Return how many times stronger Hebb's rule alone makes the mean synapse of a cell.

    Parameters
    ----------
    n_patterns, n_steps, eta, rng
        As in `hebb_courses`: the same seed gives the same run.

    Returns
    -------
    float
        1 is no change.

    Raises
    ------
    TypeError, ValueError
        If a setting is out of range.

    Examples
    --------
    >>> hebb_growth(eta=0.0, rng=1)
    1.0
    """
    course = hebb_courses(n_patterns=n_patterns, n_steps=n_steps, eta=eta, rng=rng)
    return float(course[-1].mean() / course[0].mean())
