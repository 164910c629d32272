"""Item 1: `generalisation_width`."""

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

TIE = "leaves out a drive of exactly one half"
NOTHING = "gives a width where nothing comes back"
DIP = "stops at the first place that falls short"


def _examine_generalisation_width(ask: Ask, rng: np.random.Generator) -> None:
    for n_places, dips in ((15, False), (12, False), (30, False), (21, True)):
        similarity, drive = _case(n_places, dips, rng)
        _judge(ask(similarity, drive), similarity, drive)
    _judge_tie(ask, rng)
    _judge_nothing(ask, rng)


@remembered
def _case(n_places: int, dips: bool, rng: np.random.Generator) -> tuple[Array, Array]:
    """Return places and drives for which no two ideas give the same.

    One place between has a larger drive than the first place itself. With a dip, one well within
    the width falls short, as it may in noisy data.
    """
    while True:
        inner = np.sort(rng.uniform(0.02, 0.98, n_places - 2))
        similarity = np.concatenate([[0.0], inner, [1.0]])
        top, middle = rng.uniform(1.5, 2.4), rng.uniform(0.4, 0.6)
        drive = top / (1 + np.exp(-(similarity - middle) / rng.uniform(0.1, 0.2)))
        drive = np.maximum(drive * (1 + rng.normal(0, 0.02, n_places)), 0.0)
        drive[0] = rng.uniform(0.1, 0.35) * drive[-1]
        drive[-2] = rng.uniform(1.3, 1.7) * drive[-1]
        reached = np.flatnonzero(drive >= drive[-1] / 2)
        if reached.size < 4 or reached[0] < 1 or reached.size != n_places - reached[0]:
            continue
        if dips:
            if reached.size < 6:
                continue
            drive[reached[2 + reached.size // 3]] = 0.4 * drive[-1]
        if apart(_width(similarity, drive), _faces(similarity, drive)):
            return similarity, drive


def _width(similarity: Array, drive: Array) -> float:
    half = float(drive[-1]) / 2
    pairs = zip(similarity.tolist(), drive.tolist(), strict=True)
    return 1.0 - min(float(place) for place, found in pairs if found >= half)


def _faces(similarity: Array, drive: Array) -> Faces:
    right, half = _width(similarity, drive), float(drive[-1]) / 2
    reached = drive >= half
    first = int(np.argmax(reached))
    edge = similarity[[first - 1, first]]
    between = float(np.interp(half, drive[[first - 1, first]], edge))
    backwards = np.flatnonzero(~reached)[-1] + 1
    middle = (float(drive[0]) + float(drive[-1])) / 2
    faces: list[tuple[str, Any]] = [
        ("returns the similarity, not the width", 1 - right),
        ("half of the largest drive", 1 - similarity[drive >= drive.max() / 2].min()),
        ("reads between the places", 1 - between),
        ("reads between the places", between),
        ("takes the drive nearest to half", 1 - similarity[np.argmin(np.abs(drive - half))]),
        ("takes the places that fall short", 1 - similarity[~reached].min()),
        ("takes the places that fall short", 1 - similarity[~reached].max()),
        ("takes the largest similarity, not the smallest", 0.0),
        ("counts the places", reached.sum()),
        ("counts the places", reached.mean()),
        ("returns the place in the array", first),
        ("half way from the drive of a strange place",
         1 - similarity[drive >= middle].min()),
        ("returns every place", similarity[reached]),
        ("returns every place", 1 - similarity[reached]),
        ("returns a drive", drive[first]),
        ("lets nothing fall by half", 1 - similarity[drive >= drive[-1]].min()),
        ("takes the sign the wrong way round", -right),
    ]  # fmt: skip
    if (drive >= 0.5).any():
        faces.append(("half is half of a full engram", 1 - similarity[drive >= 0.5].min()))
    if backwards != first:
        faces.append((DIP, 1 - similarity[backwards]))
    return faces


def _judge(answer: Any, similarity: Array, drive: Array) -> None:
    right = _width(similarity, drive)
    if shape_of(answer) == () and agrees(numbers(answer, (), "The width"), right):
        return
    numeric = shape_of(answer) is not None and np.asarray(answer).dtype.kind in "biuf"
    name = face_of(answer, _faces(similarity, drive)) if numeric else None
    if name is None:
        numbers(answer, (), "The width")
    raise Wrong(
        name,
        f"With {similarity.size} places and a drive of {show(float(drive[-1]))} in the first one "
        f"the width should be {show(right)}; it is {show(answer)}.",
    )


def _judge_tie(ask: Ask, rng: np.random.Generator) -> None:
    """One place has exactly half of the drive in the first."""
    top = float(rng.integers(2, 5))
    similarity = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
    answer = ask(similarity, top * np.array([0.0, 0.25, 0.5, 0.75, 1.0]))
    value = float(numbers(answer, (), "The width"))
    if not agrees(value, 0.5):
        raise Wrong(
            TIE if agrees(value, 0.25) else None,
            f"The drive is {show(top)} in the first place and exactly half of it where the "
            f"similarity is 0.5: that one counts, and the width is 0.5. Yours is {show(answer)}.",
        )


def _judge_nothing(ask: Ask, rng: np.random.Generator) -> None:
    """The memory does not come back in the first place either."""
    similarity = np.array([0.0, *np.sort(rng.uniform(0.1, 0.9, 3)), 1.0])
    where = "In the first place itself the drive is 0: there is nothing to generalise."
    value = float(numbers(ask.at_edge(NOTHING, where, similarity, np.zeros(5)), (), "The width"))
    if not np.isnan(value):
        raise Wrong(NOTHING, f"{where} The width should be nan; yours is {show(value)}.")


GENERALISATION_WIDTH = Item(
    name="generalisation_width",
    lesson="12",
    title="How far a memory generalises",
    statement="Return 1 minus the smallest tested similarity at which the drive is at least half "
    "of that in the first place; nan if there it is 0.",
    signature="generalisation_width(similarity, drive)",
    points=2,
    hints=(
        "In the worked value, underline the places whose drive is at least half of the last one. "
        "Which of them is least like the first place?",
        "`similarity[drive >= drive[-1] / 2]` are the places that count. You need the smallest of "
        "them, and how far that is from 1. Ask first whether `drive[-1]` is 0.",
    ),
    misconceptions={
        "returns the similarity, not the width": "That is the similarity of the last place that "
        "counts. The width is how far it lies from the first place: 1 minus the similarity.",
        "half of the largest drive": "Noise may make another place's drive larger. Half is half of "
        "the drive in the first place, `drive[-1]`.",
        "reads between the places": "You draw a line between two places and read off where it "
        "crosses. Take a place that was tested.",
        "takes the drive nearest to half": "The drive nearest to half may lie below it. Only "
        "places that reach half count: `drive >= drive[-1] / 2`.",
        "takes the places that fall short": "These places have less than half of the drive. Keep "
        "those that reach it: `>=`.",
        "takes the largest similarity, not the smallest": "The largest similarity is 1, the first "
        "place itself. How unlike it may a place be? Take the smallest.",
        "counts the places": "That counts places. The width is a distance on the axis of "
        "similarity, from 0 to 1, wherever the places happened to be chosen.",
        "returns the place in the array": "That is a position in the array. Take the similarity "
        "that stands there.",
        "half way from the drive of a strange place": "You take half of the way up from the drive "
        "in the most unlike place. By the conventions half is `drive[-1] / 2`.",
        "half is half of a full engram": "A drive of 0.5 is half of one engram, but the first "
        "place may give more or less than one. Compare with half of `drive[-1]`.",
        "returns every place": "These are all places that count. Return one number: how far the "
        "least similar of them is from 1.",
        "returns a drive": "That is a drive. Choose by `drive`, return from `similarity`.",
        "lets nothing fall by half": "You keep places with the whole drive of the first one. Half "
        "of it is enough.",
        "takes the sign the wrong way round": "A width is not negative: 1 minus the similarity.",
        DIP: "Within the width one place may fall short by chance. Look for the smallest "
        "similarity over the whole array.",
        TIE: "A drive of exactly one half counts: `>=`, not `>`.",
        NOTHING: "Where the memory does not come back at all, `drive[-1] == 0`, there is no "
        "width: ask for that first and return `np.nan`.",
    },
    examine=_examine_generalisation_width,
    own_work=OWN_WORK,
)
