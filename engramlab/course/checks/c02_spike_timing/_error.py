"""Item 1: `weighted_error`."""

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._tools import Faces, apart, judge
from engramlab.course.checks.c02_spike_timing._twins import OWN_WORK, Array

CANCEL = "lets errors cancel"
EACH = "one number for each point"


def _examine_weighted_error(ask: Ask, rng: np.random.Generator) -> None:
    for n_points in (10, 4, 23):
        model, data, se = _points(n_points, rng)
        answer = ask(model, data, se)
        where = f"For these {n_points} points the error"
        judge(answer, _mean_square(model - data, se), _faces(model - data, se), where)


def _points(n_points: int, rng: np.random.Generator) -> tuple[Array, Array, Array]:
    """Return a model, data and standard errors for which no two ideas give the same."""
    while True:
        data = rng.normal(0.1, 0.4, n_points)
        se = rng.uniform(0.05, 0.35, n_points)
        misses = se * rng.uniform(0.4, 2.2, n_points) * rng.choice([-1.0, 1.0, 1.0], n_points)
        if apart(_mean_square(misses, se), _faces(misses, se)):
            return data + misses, data, se


def _mean_square(d: Array, se: Array) -> float:
    return float(np.dot(d / se, d / se) / d.size)


def _faces(d: Array, se: Array) -> Faces:
    n, z = d.size, d / se
    squares = z * z
    total = squares.sum()
    return (
        ("adds up instead of taking the mean", total),
        ("forgets the standard error", np.mean(d * d)),
        ("forgets the standard error", np.sum(d * d)),
        ("forgets to square the standard error", np.mean(d * d / se)),
        ("takes the variance for the standard error", np.mean((d / se**2) ** 2)),
        (CANCEL, z.mean()),
        (CANCEL, z.mean() ** 2),
        (CANCEL, abs(z.mean())),
        (CANCEL, d.mean() ** 2),
        (CANCEL, (d.mean() / se.mean()) ** 2),
        ("takes distances, not their squares", np.abs(z).mean()),
        ("takes the root", np.sqrt(total / n)),
        ("divides by one less", total / (n - 1)),
        ("divides by the sum of the weights", total / np.sum(1 / se**2)),
        (EACH, squares),
        (EACH, z),
        (EACH, np.abs(z)),
    )


WEIGHTED_ERROR = Item(
    name="weighted_error",
    lesson="02",
    title="How far a rule is from the data",
    statement="Return the mean over all points of the squared distance between model and data, "
    "each distance measured in standard errors of its own point.",
    signature="weighted_error(model, data, se)",
    points=2,
    hints=(
        "First, for each point, how many standard errors lie between model and data: "
        "`(model - data) / se`.",
        "Square these, so that a point too high and one too low do not cancel, and take the mean: "
        "`np.mean(... ** 2)`.",
    ),
    misconceptions={
        "adds up instead of taking the mean": "That is the sum over points: it grows with their "
        "number. The error is the mean.",
        "forgets the standard error": "A miss of 0.1 counts for much where the measurement is "
        "sharp and for little where it is not. Divide each distance by the standard error of its "
        "point before you square.",
        "forgets to square the standard error": "You square the distance and then divide by `se`. "
        "Divide first, then square the whole: `((model - data) / se) ** 2`.",
        "takes the variance for the standard error": "You divide by `se ** 2` and square after "
        "that. The distance is measured in standard errors, not in variances: divide by `se`, "
        "then square.",
        CANCEL: "A point that is too high and one that is too low cancel in your mean, so a bad "
        "model may seem perfect. Square each distance before the mean.",
        "takes distances, not their squares": "You take the mean of absolute distances. Here each "
        "distance is squared, so that one far miss counts for more than two near ones.",
        "takes the root": "Up to the mean all is right. No root is taken at the end: an error of 1 "
        "is what the noise of the measurement alone would give.",
        "divides by one less": "You divide by the number of points less 1, as for a variance. The "
        "mean divides by the number of points.",
        "divides by the sum of the weights": "That is a weighted mean: it divides by the sum of "
        "the weights and so gives back the units of the data. Divide by the number of points.",
        EACH: "You have one number for each point. The error is one number, their mean.",
    },
    examine=_examine_weighted_error,
    own_work=OWN_WORK,
)
