"""The stretch: `mean_field_size`."""

from statistics import NormalDist

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import Faces, apart, judge, numbers
from engramlab.course.checks.c05_allocation._own_work import OWN_WORK

CLOSE = "close, but stopped too soon"
SWINGS = "asks again and again, and swings"


def _examine_mean_field_size(ask: Ask, rng: np.random.Generator) -> None:
    for _ in range(3):
        inhibition, mean, sd = _case(rng)
        _judge(ask(inhibition, mean, sd), inhibition, mean, sd)
    _judge(ask(0.0, 1.0, 2.0), 0.0, 1.0, 2.0)


def _case(rng: np.random.Generator) -> tuple[float, float, float]:
    """Return a network for which no two ideas agree."""
    while True:
        inhibition, mean, sd = (
            float(rng.uniform(low, high)) for low, high in ((1.2, 4), (0.7, 1.5), (0.3, 0.8))
        )
        if apart(_share(inhibition, mean, sd), _faces(inhibition, mean, sd)):
            return inhibition, mean, sd


def _share(inhibition: float, mean: float, sd: float) -> float:
    """Return the share at the crossing, by Newton's method; a step that leaps over it is halved."""
    drives, share, low, high = NormalDist(), 0.5, 0.0, 1.0
    for _ in range(200):
        z = (inhibition * share - mean) / sd
        gap = 1 - drives.cdf(z) - share
        low, high = (share, high) if gap > 0 else (low, share)
        share += gap / (1 + inhibition / sd * drives.pdf(z))
        share = share if low <= share <= high else (low + high) / 2
    return share


def _swing(inhibition: float, mean: float, sd: float) -> tuple[float, float]:
    """Return the two shares between which asking again and again ends."""
    drives, share = NormalDist(mean, sd), 0.0
    for _ in range(1000):
        share = 1 - drives.cdf(inhibition * share)
    return share, 1 - drives.cdf(inhibition * share)


def _faces(inhibition: float, mean: float, sd: float) -> Faces:
    share = _share(inhibition, mean, sd)
    drives = NormalDist(mean, sd)

    def above(threshold: float) -> float:
        return 1 - drives.cdf(threshold)

    return (
        ("returns the threshold", inhibition * share),
        ("returns the losers", 1 - share),
        ("takes the inhibition for the threshold", above(inhibition)),
        ("asks once and does not wait for the crossing", above(0.0)),
        ("asks once and does not wait for the crossing", above(inhibition * 0.5)),
        *((SWINGS, swung) for swung in _swing(inhibition, mean, sd)),
        ("takes the variance for the standard deviation", _share(inhibition, mean, sd**2)),
        ("takes the variance for the standard deviation", _share(inhibition, mean, sd**0.5)),
        ("forgets the mean of the drives", _share(inhibition, 0.0, sd)),
        ("forgets the spread of the drives", _share(inhibition, mean, 1.0)),
        ("answers in per cent", 100 * share),
    )


def _judge(answer: object, inhibition: float, mean: float, sd: float) -> None:
    right = _share(inhibition, mean, sd)
    told = (
        f"With inhibition {inhibition:.4g} and drives of {mean:.4g} +- {sd:.4g} the share should "
        f"be {right:.6g}; yours is"
    )
    try:
        judge(answer, right, _faces(inhibition, mean, sd), what="The share", told=told)
    except Wrong as wrong:
        if (
            wrong.misconception is None
            and abs(float(numbers(answer, (), "The share")) - right) < 0.02
        ):
            raise Wrong(CLOSE, wrong.message) from None
        raise


MEAN_FIELD_SIZE = Item(
    name="mean_field_size",
    lesson="05",
    title="The size without a simulation",
    statement="Return the share of cells active if drives are Gaussian and the network is large: "
    "the share a for which a part a of the drives is above inhibition x a; right to 0.000001.",
    signature="mean_field_size(inhibition, mean, sd)",
    points=2,
    hints=(
        "Try a share: if more drives than that are above the threshold that it brings about, the "
        "true share is larger, else smaller. So each try halves the interval.",
        "`1 - NormalDist(mean, sd).cdf(inhibition * share)` is the share above. Start with the "
        "interval from 0 to 1 and halve it 40 times.",
    ),
    misconceptions={
        "returns the threshold": "That is the threshold, inhibition times the share. Return the "
        "share.",
        "returns the losers": "`cdf` gives the share *below* the threshold. Active cells are above "
        "it.",
        "takes the inhibition for the threshold": "The threshold is inhibition times the share of "
        "cells active, and that share is what you look for.",
        "asks once and does not wait for the crossing": "One round is not enough: the share that "
        "you find makes another threshold. Halve an interval until both agree.",
        SWINGS: "Asking again and again does not settle: many active cells make a high threshold, "
        "that lets few through, and few make a low one. Halve an interval instead.",
        "takes the variance for the standard deviation": "`sd` is a standard deviation, as "
        "`NormalDist` wants it. No square and no root.",
        "forgets the mean of the drives": "Drives lie around `mean`, not around 0.",
        "forgets the spread of the drives": "Drives are spread by `sd`: divide by it, or give it "
        "to `NormalDist`.",
        "answers in per cent": "Return a share from 0 to 1.",
        CLOSE: "Close, but the search stopped too soon: go on until the interval is below "
        "0.000001.",
    },
    examine=_examine_mean_field_size,
    stretch=True,
    own_work=OWN_WORK,
)
