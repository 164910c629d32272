"""Item 1: `recruitment_ratio`."""

from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import Faces, apart, judge, numbers, show
from engramlab.course.checks.c05_allocation._own_work import OWN_WORK

Array = np.ndarray[Any, Any]

NOBODY_ELSE = "has no answer where none of the others joined"


def _examine_recruitment_ratio(ask: Ask, rng: np.random.Generator) -> None:
    for n_cells in (20, 200, 400):
        engram, treated = _case(n_cells, rng)
        judge(
            ask(engram, treated),
            _ratio(engram, treated),
            _faces(engram, treated),
            what="The ratio",
            told=f"Of {treated.sum()} treated cells {(engram & treated).sum()} are in the "
            f"engram, of {(~treated).sum()} others {(engram & ~treated).sum()}. The ratio should "
            f"be {_ratio(engram, treated):.6g}; yours is",
        )
    engram, treated = np.zeros(12, dtype=bool), np.zeros(12, dtype=bool)
    treated[:4] = engram[1:3] = True
    answer = ask.at_edge(NOBODY_ELSE, "None of the others is in the engram.", engram, treated)
    value = numbers(answer, (), "The ratio").astype(float)
    if not (np.isinf(value) and value > 0):
        raise Wrong(
            NOBODY_ELSE,
            "Two of four treated cells are in the engram and none of the others: the ratio is "
            f"np.inf; yours is {show(answer)}.",
        )


def _case(n_cells: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Return an engram and treated cells for which no two ideas agree."""
    while True:
        treated = rng.random(n_cells) < rng.uniform(0.15, 0.4)
        engram = rng.random(n_cells) < np.where(treated, 0.5, 0.15)
        groups = (engram & treated).any(), (engram & ~treated).any(), (~engram & treated).any()
        if all(groups) and apart(_ratio(engram, treated), _faces(engram, treated)):
            return engram, treated


def _shares(engram: Array, treated: Array) -> tuple[float, float]:
    inside = float((engram & treated).sum()), float((engram & ~treated).sum())
    return inside[0] / float(treated.sum()), inside[1] / float((~treated).sum())


def _ratio(engram: Array, treated: Array) -> float:
    mine, others = _shares(engram, treated)
    return mine / others


def _faces(engram: Array, treated: Array) -> Faces:
    mine, others = _shares(engram, treated)
    inside = float((engram & treated).sum())
    size = float(engram.sum())
    return (
        ("counts cells instead of shares", inside / (size - inside)),
        ("counts cells instead of shares", inside),
        ("asks how much of the engram is treated", inside / size),
        ("looks at the treated cells alone", mine),
        ("turns the ratio round", others / mine),
        ("compares with all cells, the treated among them", mine / (size / engram.size)),
        ("subtracts instead of dividing", mine - others),
        ("odds instead of shares", mine / (1 - mine) / (others / (1 - others))),
        ("answers in per cent", 100 * mine / others),
    )  # fmt: skip


RECRUITMENT_RATIO = Item(
    name="recruitment_ratio",
    lesson="05",
    title="How much likelier",
    statement="Return how much likelier treated cells are to be in the engram than the others: "
    "share of the treated cells in it over share of the others in it.",
    signature="recruitment_ratio(engram, treated)",
    points=2,
    hints=(
        "Two shares, each of its own group: which part of the treated cells is in the engram, and "
        "which part of the others?",
        "`engram[treated]` picks the treated cells out of the mask, and the mean of a mask is a "
        "share. The others are `~treated`.",
    ),
    misconceptions={
        "counts cells instead of shares": "There are fewer treated cells than others. Divide each "
        "count by the size of its group before you compare.",
        "asks how much of the engram is treated": "That is the treated share of the engram. It "
        "depends on how many cells were treated; the question is how likely each one joins.",
        "looks at the treated cells alone": "A share alone says nothing about an advantage. Divide "
        "it by the same share of the others: they are the control.",
        "turns the ratio round": "Treated over others, not others over treated.",
        "compares with all cells, the treated among them": "You compare with all cells, and the "
        "treated ones are among those. Compare with the others, `~treated`.",
        "subtracts instead of dividing": "That is a difference of shares. The question is how many "
        "times as likely: divide.",
        "odds instead of shares": "These are odds, p / (1 - p). Divide the shares themselves.",
        "answers in per cent": "A ratio is a plain number: 1 is no difference.",
        NOBODY_ELSE: "If none of the others joined, the treated cells are infinitely likelier: "
        "return `np.inf`.",
    },
    examine=_examine_recruitment_ratio,
    own_work=OWN_WORK,
)
