"""The lesson's own check: `is_captured`."""

from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import Faces, agrees, face_of, numbers, show

Array = np.ndarray[Any, Any]


def _examine_is_captured(ask: Ask, rng: np.random.Generator) -> None:
    for n_synapses in (5, 30):
        ends = rng.uniform(0.5, 4.0, n_synapses)
        starts = rng.uniform(0.2, 4.5, n_synapses)
        starts[:4] = ends[0] - 0.3, ends[1] - 0.2, ends[2] + 0.3, ends[3]
        ends[4], starts[4] = 0.0, 0.1
        order = rng.permutation(n_synapses)
        _judge(ask(ends[order], starts[order]), ends[order], starts[order])
    for end, start in ((2.0, 1.5), (1.5, 2.0), (1.5, 1.5)):
        shift = float(np.round(rng.uniform(0, 3), 2))
        answer = ask(end + shift, start + shift)
        if not agrees(numbers(answer, (), "The answer for two numbers"), float(end > start)):
            raise Wrong(
                None,
                f"A tag that ends at {end + shift:g} h and proteins that start at "
                f"{start + shift:g} h: the answer should be {end > start}; it is {show(answer)}.",
            )


def _judge(answer: Any, ends: Array, starts: Array) -> None:
    right = np.array([end > start for end, start in zip(ends, starts, strict=True)])
    faces: Faces = (
        ("turns the comparison round", ends < starts),
        ("turns the comparison round", ends <= starts),
        ("a tag that ends as proteins come is in time", ends >= starts),
        ("the tag alone is enough", ends > 0),
        ("the tag alone is enough", np.ones(ends.size)),
        ("says how much time is left, not whether", ends - starts),
        ("says how much time is left, not whether", starts - ends),
        ("says how much time is left, not whether", np.maximum(ends - starts, 0)),
        ("one answer for all synapses", right.any()),
        ("one answer for all synapses", right.all()),
        ("counts instead of saying for each", right.sum()),
        ("never captures", np.zeros(ends.size)),
    )
    name = face_of(answer, faces)
    if name is None:
        value = numbers(answer, ends.shape, "The answer for arrays")
        if agrees(value.astype(float), right):
            return
    raise Wrong(
        name,
        f"For tags that end at {show(ends)} h and proteins that start at {show(starts)} h the "
        f"answer should be {show(right)}; it is {show(answer)}.",
    )


IS_CAPTURED = Item(
    name="a",
    lesson="03",
    title="In time",
    statement="Weak event first: return True where the tag is still there when proteins begin to "
    "come (hours; numbers or arrays).",
    signature="is_captured(tag_ends, protein_starts)",
    points=0,
    hints=(
        "The tag must still be there when proteins begin to come. Which of the two times has to "
        "be the later one?",
        "A comparison, such as `a > b`, gives True or False for numbers, and for arrays one answer "
        "for each synapse. Neither `if` nor a loop is needed.",
    ),
    misconceptions={
        "turns the comparison round": "The tag must end after the proteins have come; yours is the "
        "other way round.",
        "a tag that ends as proteins come is in time": "A tag that ends at the very moment at "
        "which proteins come has nothing to catch: `>`, not `>=`.",
        "the tag alone is enough": "A tag alone keeps nothing. It has to be there when the "
        "proteins come: compare the two times.",
        "says how much time is left, not whether": "That is a time. The question is whether it is "
        "above 0: True or False.",
        "one answer for all synapses": "Each synapse has its own tag. Return one answer for each: "
        "no `any`, no `all`.",
        "counts instead of saying for each": "That counts the synapses. Return True or False for "
        "each of them.",
        "never captures": "Where the tag ends after the proteins have come the answer is True.",
    },
    examine=_examine_is_captured,
    graded=False,
    solution="def is_captured(tag_ends, protein_starts):\n    return tag_ends > protein_starts\n",
)
