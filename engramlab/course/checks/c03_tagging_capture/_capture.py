"""Item 2: `capture`."""

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
    shape_of,
    show,
    within,
)
from engramlab.course.checks.c03_tagging_capture._own_work import OWN_WORK

Array = np.ndarray[Any, Any]
Case = tuple[Array, Array, float, float, float]

UP, DOWN = 1.0, -0.5
TAG_IS_MEMORY = "the tag is the memory"
TIE = "a change of exactly the threshold is tagged"


def _examine_capture(ask: Ask, rng: np.random.Generator) -> None:
    for n_synapses, low in ((5, True), (9, False), (60, True)):
        case = _case(n_synapses, low, rng)
        _judge(ask(*case), case)
    late, early, _, theta, tau = case
    answer = ask(late, early, 0.0, theta, tau)
    value = numbers(answer, late.shape, "The array of late parts").astype(float)
    if not agrees(value, late):
        raise Wrong(
            TAG_IS_MEMORY,
            "Without proteins (protein_integral = 0) nothing is captured, tag or not; yours "
            f"changes a late part by {show(float(np.abs(value - late).max()))}.",
        )
    bare = (late, 0.9 * theta * np.sign(early), 2.0, theta, tau)
    _judge(ask(*bare), bare, named=False)
    _judge_tie(ask)


def _case(n_synapses: int, low: bool, rng: np.random.Generator) -> Case:
    """Return synapses with and without tags, up and down, for which no two ideas agree."""
    while True:
        theta = float(rng.uniform(0.12, 0.17) if low else rng.uniform(0.24, 0.32))
        tau = float(rng.choice([0.6, 0.75, 1.5, 2.0]))
        proteins = float(rng.uniform(0.3, 1.2))
        early = rng.uniform(0.02, 0.85, n_synapses) * rng.choice([-1.0, 1.0], n_synapses)
        early[:5] = 1.05 * theta, 0.9, -0.4, 0.95 * theta, -0.5 * theta
        late = rng.uniform(-0.4, 0.45, n_synapses)
        late[[0, 3]] = -rng.uniform(0.1, 0.4, 2)
        late[4] = rng.uniform(0.35, 0.45)  # a large late part and no tag
        order = rng.permutation(n_synapses)
        case = (late[order], early[order], proteins, theta, tau)
        if apart(_capture(*case), _faces(*case)):
            return case


def _capture(
    late: Array, early: Array, proteins: float, theta: float, tau: float,
    up: float = UP, down: float = DOWN, tagged: Array | None = None,
) -> Array:  # fmt: skip
    goal = np.where(early < 0, down, up)
    moved = goal - (goal - late) * np.exp(-proteins / tau)
    tagged = np.abs(early) > theta if tagged is None else tagged
    return np.asarray(np.where(tagged, moved, late))


def _faces(late: Array, early: Array, proteins: float, theta: float, tau: float) -> Faces:
    case = (late, early, proteins, theta, tau)
    size, goal = np.abs(early), np.where(early < 0, DOWN, UP)
    tagged, kept = size > theta, np.exp(-proteins / tau)
    each, toward = np.full(late.shape, True), np.where(late > 0, UP, DOWN)

    def on_tags(changed: Any) -> Array:
        return np.asarray(np.where(tagged, changed, late))

    def with_tags(which: Array) -> Array:
        return _capture(late, early, proteins, theta, tau, tagged=which)

    right = with_tags(tagged)
    return (
        (TAG_IS_MEMORY, on_tags(goal)),
        (TAG_IS_MEMORY, on_tags(early)),
        (TAG_IS_MEMORY, on_tags(late + early)),
        ("captures without a tag", with_tags(each)),
        ("captures at the untagged synapses", with_tags(~tagged)),
        ("proteins go only where they were made", with_tags(size == size.max())),
        ("proteins go only where they were made", with_tags(size > 0.5)),
        ("lasting weakening becomes strengthening", on_tags(UP - (UP - late) * kept)),
        ("lasting weakening becomes strengthening",
         _capture(late, early, proteins, theta, tau, down=-DOWN)),
        ("exchanges the two goals", _capture(late, early, proteins, theta, tau, DOWN, UP)),
        ("weakens as far as it strengthens", _capture(late, early, proteins, theta, tau,
                                                      down=-UP)),
        ("weakens as far as it strengthens", _capture(late, early, proteins, theta, tau,
                                                      up=-DOWN)),
        ("only strengthened synapses have a tag", with_tags(early > theta)),
        ("weakened synapses are tagged however small the change",
         with_tags((early > theta) | (early < 0))),
        ("looks for the tag in the late part", with_tags(np.abs(late) > theta)),
        ("looks for the tag in the late part", with_tags(late > theta)),
        ("drops the sign of the late part", _capture(np.abs(late), *case[1:])),
        ("drops the sign of the late part", on_tags(_capture(np.abs(late), *case[1:]))),
        ("drops the sign of the late part", _capture(np.maximum(late, 0), *case[1:])),
        ("drops the sign of the late part", on_tags(_capture(np.maximum(late, 0), *case[1:]))),
        ("takes the direction from the late part",
         on_tags(toward - (toward - late) * kept)),
        ("moves away from the goal", on_tags(late - (goal - late) * (1 - kept))),
        ("divides tau by the proteins", on_tags(goal - (goal - late) * np.exp(-tau / proteins))),
        ("changes nothing", late),
        ("adds the goal instead of moving towards it", on_tags(late + goal * (1 - kept))),
        ("forgets the late part that is there", on_tags(goal * (1 - kept))),
        ("turns the exponential round", on_tags(late + (goal - late) * kept)),
        ("leaves out tau", on_tags(goal - (goal - late) * np.exp(-proteins))),
        ("multiplies by tau", on_tags(goal - (goal - late) * np.exp(-proteins * tau))),
        ("moves in a straight line", on_tags(late + (goal - late) * proteins / tau)),
        ("moves in a straight line", on_tags(late + (goal - late) * min(proteins / tau, 1.0))),
        ("lets the sign of the exponent slip", on_tags(late + (goal - late) * (1 - 1 / kept))),
        ("moves towards the early part", on_tags(early - (early - late) * kept)),
        ("clears the synapses without a tag", np.where(tagged, right, 0.0)),
        ("returns only the change", right - late),
        ("returns only the change", on_tags((goal - late) * (1 - kept))),
        ("returns only the tagged synapses", right[tagged]),
    )  # fmt: skip


def _judge(answer: Any, case: Case, *, named: bool = True) -> None:
    late, early, proteins, theta, tau = case
    right = _capture(*case)
    if shape_of(answer) == late.shape:
        value = numbers(answer, late.shape, "The late parts").astype(float)
        if agrees(value, right):
            return
    name = face_of(answer, _faces(*case)) if named else None
    if name is None and shape_of(answer) != late.shape:
        numbers(answer, late.shape, "The array of late parts")
    value = numbers(answer, np.shape(answer), "The late parts")
    if value.shape != late.shape:
        raise Wrong(name, f"There are {late.size} synapses; your answer has shape {value.shape}.")
    at = int(np.argmax(~(np.abs(value - right) <= within(right))))
    raise Wrong(
        name,
        f"Synapse {at} has late {show(float(late[at]))} and early {show(float(early[at]))} (tag "
        f"above {show(theta)}). With protein_integral = {show(proteins)} and tau = {show(tau)} h "
        f"its late part should be {show(float(right[at]))}; it is {show(float(value[at]))}.",
    )


def _judge_tie(ask: Ask) -> None:
    late, early = np.array([0.25, 0.25, 0.0]), np.array([0.25, -0.25, 0.5])
    answer = ask(late, early, 1.0, 0.25, 1.0)
    value = numbers(answer, (3,), "The late parts")
    if not agrees(value[:2], late[:2]):
        raise Wrong(
            TIE,
            "An early part of exactly the threshold, 0.25 or -0.25, has no tag: the late part "
            f"should stay at 0.25; yours become {show(answer)}.",
        )
    _judge(answer, (late, early, 1.0, 0.25, 1.0), named=False)


CAPTURE = Item(
    name="capture",
    lesson="03",
    title="Capture",
    statement="Move the late part of each tagged synapse towards its goal (+1 for a strengthened "
    "one, -0.5 for a weakened one) by the share 1 - exp(-protein_integral / tau_hours); leave the "
    "others as they are.",
    signature="capture(late, early, protein_integral, theta_tag, tau_hours)",
    points=4,
    hints=(
        "Three questions, one line each. Where is a tag? Where does each synapse go? Which share "
        "of the way does it cover? Only the last answer is a single number.",
        "`np.where(condition, this, that)` chooses for each synapse: once for the goal (by the "
        "sign of `early`), once for the answer (by the tag). In tagged synapses the new late part "
        "is the old one plus the share of what is left, `goal - late`.",
    ),
    misconceptions={
        TAG_IS_MEMORY: "A tag alone keeps nothing: it only lets a synapse use proteins. How far "
        "the late part moves depends on how many there are, and without any it does not move.",
        "captures without a tag": "Every synapse changes. Proteins reach the whole cell, but only "
        "a synapse with a tag can use them.",
        "captures at the untagged synapses": "The synapses without a tag change and the tagged "
        "ones do not: the mask is turned round.",
        "proteins go only where they were made": "Only the synapses that were strongly stimulated "
        "change. Proteins reach the whole cell: a weakly stimulated synapse with a tag captures "
        "them too.",
        "lasting weakening becomes strengthening": "A synapse with a negative early part was "
        "weakened. What lasts is a weakening: its goal is -0.5.",
        "exchanges the two goals": "The goals are exchanged: +1 belongs to a positive early part, "
        "-0.5 to a negative one.",
        "looks for the tag in the late part": "The tag is set by the early part, `np.abs(early)`; "
        "the late part is what a tagged synapse keeps.",
        "drops the sign of the late part": "A late part may be negative: a weakening that lasts. "
        "Start from `late` as it is.",
        "takes the direction from the late part": "The goal follows the early part: +1 where "
        "`early` is positive, -0.5 where it is negative, whatever `late` is.",
        "moves away from the goal": "The late part moves away from its goal. What is left of the "
        "way is `goal - late`, not `late - goal`.",
        "divides tau by the proteins": "The exponent is turned round: the protein integral is "
        "divided by `tau_hours`.",
        "changes nothing": "Your late parts are as they were. In tagged synapses they move towards "
        "the goal by the share `1 - exp(-protein_integral / tau_hours)`.",
        "weakens as far as it strengthens": "The two goals differ in size: +1 for a strengthened "
        "synapse, -0.5 for a weakened one.",
        "only strengthened synapses have a tag": "Weakening sets a tag as well. Compare the "
        "absolute value, `np.abs(early)`, with the threshold.",
        "weakened synapses are tagged however small the change": "A small negative early part "
        "sets no tag. Compare the absolute value, `np.abs(early)`, with the threshold.",
        "adds the goal instead of moving towards it": "The late part moves a share of the way "
        "that is left: add the share times (goal - late), not times goal.",
        "forgets the late part that is there": "The late part that was there is lost. Start from "
        "`late` and move it towards the goal.",
        "turns the exponential round": "More proteins should move the late part further. The share "
        "is `1 - np.exp(...)`, not `np.exp(...)`.",
        "leaves out tau": "The protein integral is divided by `tau_hours` before the exponential.",
        "multiplies by tau": "The longer tau, the slower the capture: divide the protein integral "
        "by `tau_hours`.",
        "moves in a straight line": "The share of the way is not proportional to the proteins: "
        "each bit moves a share of what is left. That gives `1 - np.exp(-...)`.",
        "lets the sign of the exponent slip": "The exponent is negative: `np.exp(-...)`. Yours "
        "grows, and the late part runs away from its goal.",
        "moves towards the early part": "The goal does not depend on how large the early part is: "
        "+1 where it is positive, -0.5 where it is negative.",
        "clears the synapses without a tag": "A synapse without a tag keeps the late part that it "
        "has. Return `late` there, not 0.",
        "returns only the change": "That is the change. Return the late parts after it: `late` "
        "plus the change.",
        "returns only the tagged synapses": "Return one number for each synapse, tagged or not, in "
        "the order of `late`.",
        TIE: "By the conventions a change of exactly the threshold has no tag: `>`, not `>=`.",
    },
    examine=_examine_capture,
    own_work=OWN_WORK,
)
