"""Item 3: `dissociation`."""

from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import (
    Faces,
    agrees,
    apart,
    face_of,
    numbers,
    remembered,
    shape_of,
    show,
)
from engramlab.course.checks.c12_consolidation._own_work import OWN_WORK

Array = np.ndarray[Any, Any]
Case = tuple[Array, Array]

NOT_HOW_MUCH = "says whether, not how much"


def _examine_dissociation(ask: Ask, rng: np.random.Generator) -> None:
    for n_animals in (6, 15):
        cases = _cases(n_animals, rng)
        _judge(ask, cases)
    for n_animals in (8, 20):
        _judge(ask, [_case(n_animals, "double", rng)], named=False)


@remembered
def _cases(n_animals: int, rng: np.random.Generator) -> list[Case]:
    """Return two single dissociations for which, taken together, no two ideas give the same.

    One experiment alone cannot tell who takes the stronger half from who always takes the same.
    """
    while True:
        cases = [_case(n_animals, kind, rng) for kind in ("old only", "young only")]
        if apart(_together(cases), _faces(cases)):
            return cases


def _case(n_animals: int, kind: str, rng: np.random.Generator) -> Case:
    """Return drives with the hippocampus off and with the cortex off; columns young and old.

    In a single dissociation one half is missing: switching either region off does the same then.
    """
    low, high = rng.uniform(0.2, 0.6, 2), rng.uniform(1.3, 1.8, 2)
    off = np.array([[low[0], high[1]], [high[0], low[1]]])  # rows: hippocampus off, cortex off
    if kind == "old only":
        off[0, 0] = off[1, 0] + rng.uniform(0.1, 0.4)
    if kind == "young only":
        off[1, 1] = off[0, 1] + rng.uniform(0.1, 0.4)
    hpc_off, ctx_off = np.maximum(off[:, None] + rng.normal(0, 0.35, (2, n_animals, 2)), 0.0)
    return hpc_off, ctx_off


def _halves(hpc_off: Array, ctx_off: Array) -> tuple[float, float]:
    young = float(ctx_off[:, 0].mean()) - float(hpc_off[:, 0].mean())
    old = float(hpc_off[:, 1].mean()) - float(ctx_off[:, 1].mean())
    return young, old


def _together(cases: list[Case]) -> Array:
    return np.array([min(_halves(*case)) for case in cases])


def _faces(cases: list[Case]) -> Faces:
    """Return what each idea gives in all experiments."""
    rows = [_ideas(*case) for case in cases]
    return [(row[0][0], np.array([twin for _, twin in row])) for row in zip(*rows, strict=True)]


def _ideas(hpc_off: Array, ctx_off: Array) -> list[tuple[str, Any]]:
    young, old = _halves(hpc_off, ctx_off)
    each = np.stack([ctx_off[:, 0] - hpc_off[:, 0], hpc_off[:, 1] - ctx_off[:, 1]])
    rise = float((hpc_off[:, 1] - hpc_off[:, 0]).mean())
    fall = float((ctx_off[:, 0] - ctx_off[:, 1]).mean())
    medians = [float(np.median(drives)) for drives in (*ctx_off.T, *hpc_off.T)]
    return [
        ("looks at the young memory only", young),
        ("looks at the old memory only", old),
        ("takes the stronger half", max(young, old)),
        ("adds the two halves", young + old),
        ("averages the two halves", (young + old) / 2),
        ("multiplies the two halves", young * old),
        ("turns the differences round", min(-young, -old)),
        ("turns the differences round", max(-young, -old)),
        ("the same difference on both days", min(young, -old)),
        ("the same difference on both days", min(-young, old)),
        ("compares days, not regions", min(rise, fall)),
        ("compares days, not regions", min(-rise, -fall)),
        ("drops the sign", min(abs(young), abs(old))),
        ("cuts off at zero", max(min(young, old), 0.0)),
        ("takes rows for days", min(*_halves(hpc_off[:2].T, ctx_off[:2].T))),
        ("chooses the half in each animal", float(each.min(axis=0).mean())),
        ("chooses the half in each animal", each.min(axis=0)),
        ("takes the most extreme animal", float(each.min())),
        ("takes medians", min(medians[0] - medians[2], medians[3] - medians[1])),
        ("takes medians", float(np.median(each, axis=1).min())),
        ("adds animals up", min(young, old) * len(hpc_off)),
        ("returns both halves", [young, old]),
        ("returns both halves", [old, young]),
    ]


def _judge(ask: Ask, cases: list[Case], *, named: bool = True) -> None:
    answers = [ask(*case) for case in cases]
    right, name = _together(cases), None
    kinds = {_kind(answer) for answer in answers}
    if kinds == {"b"}:
        name = NOT_HOW_MUCH
    elif named and kinds <= {*"iuf"} and len({shape_of(answer) for answer in answers}) == 1:
        name = face_of(np.array(answers), _faces(cases))
    for answer, case, wanted in zip(answers, cases, right.tolist(), strict=True):
        if name is None and agrees(numbers(answer, (), "The answer"), wanted):
            continue
        young, old = _halves(*case)
        ask(*case)  # once more, so that this is the call that is shown
        raise Wrong(
            name,
            f"With {len(case[0])} animals the difference is {show(young)} for the young memory "
            f"and {show(old)} for the old one: the answer should be {show(wanted)}; it is "
            f"{show(answer)}.",
        )


def _kind(answer: Any) -> str:
    """Return which kind of numbers an answer holds, or nothing."""
    return np.asarray(answer).dtype.kind if shape_of(answer) is not None else ""


DISSOCIATION = Item(
    name="dissociation",
    lesson="12",
    title="A double dissociation",
    statement="Return the weaker of two differences of means: ctx_off minus hpc_off for the young "
    "memory, hpc_off minus ctx_off for the old one.",
    signature="dissociation(hpc_off, ctx_off)",
    points=3,
    hints=(
        "Two halves, one line each. Young (column 0): how much more comes back with the cortex off "
        "than with the hippocampus off? Old (column 1): the other way round.",
        "`young = np.mean(ctx_off[:, 0]) - np.mean(hpc_off[:, 0])`, and `old` likewise with the "
        "regions exchanged. A chain is as strong as its weaker link: which of the two is that?",
    ),
    misconceptions={
        "looks at the young memory only": "That is one half: the young memory needs the "
        "hippocampus more. *Double* means that the old memory has to show the opposite.",
        "looks at the old memory only": "That is one half: the old memory needs the cortex more. "
        "*Double* means that the young memory has to show the opposite.",
        "takes the stronger half": "A strong half does not make up for a missing one. Return the "
        "weaker of the two.",
        "adds the two halves": "The sum can be large though one half is missing: then the "
        "dissociation is single. Return the weaker half.",
        "averages the two halves": "The mean can be large though one half is missing: then the "
        "dissociation is single. Return the weaker half.",
        "multiplies the two halves": "Two negative halves would give a positive product. Return "
        "the weaker half.",
        "turns the differences round": "The sign is turned round. Off means that the region is "
        "missing: if the young memory needs the hippocampus, `hpc_off` is the smaller drive.",
        "the same difference on both days": "You subtract in the same order on both days. For the "
        "old memory the roles are exchanged: `hpc_off` minus `ctx_off`.",
        "compares days, not regions": "You compare young with old, one region at a time. Then "
        "plain forgetting looks like a dissociation. Compare the regions on the same day.",
        "drops the sign": "A half with the wrong sign speaks against a double dissociation, "
        "however large it is. Take no absolute value.",
        "cuts off at zero": "A half below zero is a result too: it says how far the dissociation "
        "is from double. Return it as it is.",
        "takes rows for days": "Rows are animals. Young and old memory are columns: `hpc_off[:, "
        "0]` and `hpc_off[:, 1]`.",
        "chooses the half in each animal": "You take the weaker half in each animal. By chance one "
        "is low in every animal; average over animals first.",
        "takes the most extreme animal": "That is one animal. Average over animals first.",
        "takes medians": "By the conventions the halves are differences of *means* over animals.",
        "adds animals up": "That grows with the number of animals. Take means.",
        "returns both halves": "These are both halves. Return one number, the weaker of them.",
        NOT_HOW_MUCH: "Return how strong it is, a number. Whether that is above 0 is the next "
        "question.",
    },
    examine=_examine_dissociation,
    own_work=OWN_WORK,
)
