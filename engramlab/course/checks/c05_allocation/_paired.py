"""Item 3: `paired_effect`."""

from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import Faces, agrees, apart, judge, numbers, show
from engramlab.course.checks.c05_allocation._own_work import OWN_WORK

Array = np.ndarray[Any, Any]


def _examine_paired_effect(ask: Ask, rng: np.random.Generator) -> None:
    for n_animals in (4, 8, 20):
        treated, control = _case(n_animals, rng)
        judge(
            ask(treated, control),
            _effect(treated, control),
            _faces(treated, control),
            what="The pair (mean difference, standard error)",
            told=f"For {n_animals} animals the mean difference and its standard error should "
            f"be {show(_effect(treated, control))}; yours is",
        )
    same = rng.uniform(1, 2, 6)
    answer = ask(same + 0.5, same)
    if not agrees(numbers(answer, (2,), "The pair").astype(float), [0.5, 0.0]):
        raise Wrong(
            None,
            "If the treatment adds 0.5 in each animal, the effect is 0.5 with an error of 0, "
            f"however much animals differ; yours is {show(answer)}.",
        )


def _case(n_animals: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Return two arms of the same animals for which no two ideas agree."""
    while True:
        control = rng.normal(5.0, 2.0, n_animals)
        treated = control + rng.normal(2.0, 1.2, n_animals)
        if apart(_effect(treated, control), _faces(treated, control)):
            return treated, control


def _effect(treated: Array, control: Array) -> tuple[float, float]:
    each = [float(t) - float(c) for t, c in zip(treated, control, strict=True)]
    mean = sum(each) / len(each)
    squares = sum((x - mean) ** 2 for x in each)
    return mean, (squares / (len(each) - 1) / len(each)) ** 0.5


def _faces(treated: Array, control: Array) -> Faces:
    n = treated.size
    each = treated - control
    mean, error = _effect(treated, control)
    loose = ((treated.var(ddof=1) + control.var(ddof=1)) / n) ** 0.5
    ranked = np.sort(treated) - np.sort(control)
    return (
        ("turns the difference round", (-mean, error)),
        ("ignores that each animal is its own control", (mean, loose)),
        ("ignores that each animal is its own control",
         (mean, ((treated.var() + control.var()) / n) ** 0.5)),
        ("loses the pairs by sorting", (mean, float(ranked.std(ddof=1)) / n**0.5)),
        ("gives the spread of animals, not the error of the mean",
         (mean, float(each.std(ddof=1)))),
        ("gives the spread of animals, not the error of the mean", (mean, float(each.std()))),
        ("divides by n, not by n - 1", (mean, float(each.std()) / n**0.5)),
        ("divides by n, not by its root", (mean, float(each.std(ddof=1)) / n)),
        ("takes variances for errors", (mean, float(each.var(ddof=1)) / n)),
        ("exchanges the two numbers", (error, mean)),
        ("a ratio, not a difference", (float((treated / control).mean()),
         float((treated / control).std(ddof=1)) / n**0.5)),
        ("takes the median", (float(np.median(each)), error)),
        ("returns the mean alone", mean),
        ("returns one difference for each animal", each),
        ("forgets the control", (float(treated.mean()), float(treated.std(ddof=1)) / n**0.5)),
    )  # fmt: skip


PAIRED_EFFECT = Item(
    name="paired_effect",
    lesson="05",
    title="Each animal against itself",
    statement="Return the mean of the differences treated - control over animals, and the standard "
    "error of that mean.",
    signature="paired_effect(treated, control)",
    points=3,
    hints=(
        "Take the difference within each animal first; everything after that is about these "
        "differences and no longer about the two arms.",
        "`each = treated - control`. The standard error of a mean is the standard deviation of "
        "`each` (with `ddof=1`) over the root of the number of animals.",
    ),
    misconceptions={
        "turns the difference round": "Treated minus control, so that a rise is positive.",
        "ignores that each animal is its own control": "That is the error of two separate groups. "
        "Here the same animals stand in both arms, so what differs between animals drops out: take "
        "the differences first, then their spread.",
        "loses the pairs by sorting": "Sorting each arm tears the pairs apart: row by row the same "
        "animal must stand in both.",
        "gives the spread of animals, not the error of the mean": "That is how much the effect "
        "differs between animals. The error of the mean is smaller by the root of their number.",
        "divides by n, not by n - 1": "The mean was taken from the same animals: `ddof=1`.",
        "divides by n, not by its root": "Divide the standard deviation by the *root* of the "
        "number of animals.",
        "takes variances for errors": "That is a variance. Take its root.",
        "exchanges the two numbers": "First the mean, then its standard error.",
        "a ratio, not a difference": "Divide nothing: the effect is the difference.",
        "takes the median": "The *mean* of the differences is asked for.",
        "returns the mean alone": "A mean alone does not tell what chance can do. Return "
        "its error too.",
        "returns one difference for each animal": "One difference for each animal is the first "
        "step. Return their mean and its standard error.",
        "forgets the control": "That is the treated arm alone. What would these animals have shown "
        "without the treatment?",
    },
    examine=_examine_paired_effect,
    own_work=OWN_WORK,
)
