"""The lesson's own check: `early_after`."""

from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import Faces, agrees, apart, judge, numbers, show

Array = np.ndarray[Any, Any]


def _examine_early_after(ask: Ask, rng: np.random.Generator) -> None:
    for n_synapses in (4, 20):
        while True:
            eta = rng.uniform(0.08, 0.6, n_synapses)
            n_replays = rng.integers(2, 9, n_synapses)
            if apart(_early(eta, n_replays), _faces(eta, n_replays)):
                break
        _judge(ask(eta, n_replays), eta, n_replays)
    share = float(np.round(rng.uniform(0.1, 0.9), 2))
    for one, n in ((share, 5), (0.15, 3), (1.0, 2), (0.4, 0)):
        answer = ask(one, n)
        if not agrees(numbers(answer, (), "The answer for two numbers"), _one(one, n)):
            raise Wrong(
                None,
                f"After {n} replays with eta = {one:g} the early part should be "
                f"{show(_one(one, n))}; it is {show(answer)}.",
            )


def _one(eta: float, n_replays: int) -> float:
    early = 0.0
    for _ in range(n_replays):
        early += eta * (1 - early)
    return early


def _early(eta: Array, n_replays: Array) -> Array:
    pairs = zip(eta.tolist(), n_replays.tolist(), strict=True)
    return np.array([_one(share, n) for share, n in pairs])


def _faces(eta: Array, n_replays: Array) -> Faces:
    return (
        ("adds the same each time", eta * n_replays),
        ("adds the same each time", np.minimum(eta * n_replays, 1.0)),
        ("multiplies the shares", eta**n_replays),
        ("multiplies the shares", 1 - eta**n_replays),
        ("returns what is left", (1 - eta) ** n_replays),
        ("counts one replay", eta),
        ("counts one replay too many or too few", _early(eta, n_replays - 1)),
        ("counts one replay too many or too few", _early(eta, n_replays + 1)),
        ("takes an exponential for the share", 1 - np.exp(-eta * n_replays)),
        ("one number for all synapses", _early(eta, n_replays).mean()),
        ("one number for all synapses", _early(eta, n_replays).sum()),
    )


def _judge(answer: Any, eta: Array, n_replays: Array) -> None:
    right = _early(eta, n_replays)
    told = f"For eta = {show(eta)} and {show(n_replays)} replays the early parts should be "
    told += f"{show(right)}; they are"
    judge(answer, right, _faces(eta, n_replays), "The answer for arrays", told)


EARLY_AFTER = Item(
    name="a",
    lesson="12",
    title="After some replays",
    statement="Return the early part of a synapse, 0 at first, after some replays that each take "
    "it the share eta of the way left to 1 (numbers or arrays).",
    signature="early_after(eta, n_replays)",
    points=0,
    hints=(
        "Look at what is *left* of the way to 1. After one replay it is `1 - eta`. And after two?",
        "Each replay multiplies what is left by `1 - eta`, and a power is written `**`. The early "
        "part is 1 minus what is left. No loop is needed.",
    ),
    misconceptions={
        "adds the same each time": "Each replay covers a share of what is left, and less is left "
        "each time. Yours adds as much every time, and would pass 1.",
        "multiplies the shares": "What shrinks from replay to replay is what is left, `1 - eta`. "
        "Take the power of that.",
        "returns what is left": "That is what is left of the way. The early part is 1 minus it.",
        "counts one replay": "That is the early part after the first replay. There are "
        "`n_replays`.",
        "counts one replay too many or too few": "Your answer belongs to one replay more, or one "
        "less. With no replay the early part is 0, with one it is eta.",
        "takes an exponential for the share": "`np.exp` is right for steps that are very small. "
        "Here each replay takes a whole share eta: `(1 - eta) ** n_replays` is left.",
        "one number for all synapses": "Each synapse has its own number. Return one for each: no "
        "mean, no sum.",
    },
    examine=_examine_early_after,
    graded=False,
    solution="def early_after(eta, n_replays):\n    return 1 - (1 - eta) ** n_replays\n",
)
