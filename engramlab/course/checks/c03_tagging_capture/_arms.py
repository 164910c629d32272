"""Stretch: `late_after`, an experiment in three arms that the check runs on the model's slice."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import show
from engramlab.plasticity import Slice
from engramlab.protocols import STRONG, WEAK

ARMS = ("rescued", "control", "drug")
KEPT, LOST = 0.05, 0.01
MOST_STEPS, MOST_HOURS, N_PATHWAYS = 50, 1000.0, 4
LEAST_GAP_HOURS = 5 / 60

MISSING = "an arm is missing"
ONE_PATHWAY = "both on one pathway"
SWAPPED = "swaps the pathways"
FIXED = "does not use the numbers that are given"
ORDER = "strong before weak"
AT_ONCE = "both at once"
TOO_LONG = "waits too long"
MINUTES = "counts minutes"
DRUG_EVERYWHERE = "the drug is in the wrong arm"
READ_ELSEWHERE = "reads at another time"
CONTROL_STRONG = "the control gets the strong stimulation"
CONTROL_DIFFERS = "the control differs in more than one thing"
NO_DRUG = "forgets the drug"
DRUG_DIFFERS = "the drug arm differs in more than the drug"
DRUG_LATE = "the drug comes too late"
DRUG_SHORT = "the drug ends too soon"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Arm:
    """What a list of steps does, and what it leaves; times in hours after the first stimulation."""

    events: tuple[tuple[str, int, float], ...]
    drugged: tuple[tuple[float, float], ...]
    read_at: float
    late: tuple[float, ...]


def _examine_late_after(ask: Ask, rng: np.random.Generator) -> None:
    for _ in range(3):
        weak, strong = _pathways(rng)
        read_hours = float(rng.integers(9, 15))
        _judge(ask(weak, strong, read_hours), weak, strong, read_hours)


def _pathways(rng: np.random.Generator) -> tuple[int, int]:
    """Return two pathways, but never 0 and 1: those a fixed answer would take."""
    while True:
        weak, strong = (int(pathway) for pathway in rng.permutation(N_PATHWAYS)[:2])
        if {weak, strong} != {0, 1}:
            return weak, strong


def _judge(answer: Any, weak: int, strong: int, read_hours: float) -> None:
    if type(answer) is not dict:
        raise Wrong(None, f"The answer should be a dict of three arms; it is {show(answer)}.")
    missing = [name for name in ARMS if name not in answer]
    if missing:
        raise Wrong(MISSING, f"There is no arm {missing[0]!r} in your experiment.")
    rescued, control, drug = (_run(name, answer[name], read_hours) for name in ARMS)
    _judge_rescued(rescued, weak, strong, read_hours)
    _judge_reading("rescued", rescued, read_hours)
    _judge_control(control, weak)
    _judge_reading("control", control, read_hours)
    _judge_drug(drug, rescued, weak)
    _judge_reading("drug", drug, read_hours)


def _run(name: str, steps: Any, read_hours: float) -> _Arm:
    """Run one arm on a slice at rest."""
    if type(steps) not in (list, tuple):
        raise Wrong(None, f"Arm {name!r} should be a list of steps; it is {show(steps)}.")
    if len(steps) > MOST_STEPS:
        text = f"Arm {name!r} has {len(steps)} steps; at most {MOST_STEPS} are run."
        raise Wrong(None, text)
    _look_for_minutes(name, steps, read_hours)
    tissue, now = Slice.rest(N_PATHWAYS), 0.0
    events: list[tuple[str, int, float]] = []
    drugged: list[tuple[float, float]] = []
    for step in steps:
        kind, number = _step(name, step)
        if kind in ("weak", "strong"):
            events.append((kind, int(number), now))
            tissue = tissue.potentiate(int(number), WEAK if kind == "weak" else STRONG)
            continue
        tissue = tissue.advance(number, protein_synthesis=kind == "wait")
        if kind == "drug" and number > 0:
            drugged.append((now, now + number))
        now += number
    start = events[0][2] if events else 0.0
    return _Arm(
        events=tuple((kind, pathway, at - start) for kind, pathway, at in events),
        drugged=tuple((begin - start, end - start) for begin, end in drugged),
        read_at=now - start,
        late=tuple(float(part) for part in tissue.late),
    )


def _look_for_minutes(name: str, steps: Any, read_hours: float) -> None:
    """Refuse an arm that waits for longer than it lasts, and then for less than no time."""
    pairs = [step for step in steps if type(step) in (list, tuple) and len(step) == 2]
    waits = [number for _, number in pairs if type(number) in (int, float)]
    if waits and min(waits) < 0 and max(waits) > read_hours:
        raise Wrong(
            MINUTES,
            f"Arm {name!r} has steps of {max(waits):g} and of {min(waits):g} hours; it is read "
            f"after {read_hours:g} hours.",
        )


def _step(name: str, step: Any) -> tuple[str, float]:
    """Return a step's kind and number, or refuse it."""
    if type(step) in (list, tuple) and len(step) == 2:
        kind, number = step
        if type(number) in (int, float) and math.isfinite(number):
            if kind in ("wait", "drug") and 0 <= number <= MOST_HOURS:
                return str(kind), float(number)
            if kind in ("weak", "strong") and number in range(N_PATHWAYS):
                return str(kind), float(number)
    raise Wrong(
        None,
        f"Arm {name!r} holds {show(step)}. A step is ('weak', pathway), ('strong', pathway), "
        f"('wait', hours) or ('drug', hours); pathways run from 0 to {N_PATHWAYS - 1}, hours "
        f"from 0 to {MOST_HOURS:g}.",
    )


def _judge_rescued(arm: _Arm, weak: int, strong: int, read_hours: float) -> None:
    done = {(kind, pathway) for kind, pathway, _ in arm.events}
    told = f"In the arm 'rescued' (weak pathway {weak}, strong pathway {strong}) "
    if len(arm.events) != 2 or {kind for kind, _ in done} != {"weak", "strong"}:
        raise Wrong(None, told + "there should be one weak and one strong stimulation.")
    if done == {("weak", strong), ("strong", weak)}:
        raise Wrong(SWAPPED, told + "each is given to the other pathway.")
    if len({pathway for _, pathway in done}) == 1:
        raise Wrong(ONE_PATHWAY, told + "both are given to one pathway.")
    if done != {("weak", weak), ("strong", strong)}:
        raise Wrong(FIXED, told + f"the stimulations are {show(sorted(done))}.")
    if arm.events[0][0] == "strong":
        raise Wrong(ORDER, told + "the strong stimulation comes first.")
    if arm.drugged:
        raise Wrong(DRUG_EVERYWHERE, told + "the drug is given.")
    gap, late = arm.events[1][2], arm.late[weak]
    if gap < LEAST_GAP_HOURS - 1e-6:
        raise Wrong(
            AT_ONCE, told + f"the strong one comes {60 * gap:g} minutes after the weak one."
        )
    if late < KEPT:
        raise Wrong(
            MINUTES if gap > read_hours else TOO_LONG,
            told + f"the strong one comes {gap:g} h after the weak one, and a late part of "
            f"{late:.2f} is left at the end.",
        )


def _judge_control(arm: _Arm, weak: int) -> None:
    if any(kind == "strong" for kind, _, _ in arm.events):
        raise Wrong(CONTROL_STRONG, "In the arm 'control' there is a strong stimulation.")
    if [event[:2] for event in arm.events] != [("weak", weak)] or arm.drugged:
        done = [event[:2] for event in arm.events]
        also = " and the drug" if arm.drugged else ""
        raise Wrong(
            CONTROL_DIFFERS,
            f"In the arm 'control' there should be the weak stimulation of pathway {weak} and "
            f"nothing else; there is {show(done)}{also}.",
        )


def _judge_drug(arm: _Arm, rescued: _Arm, weak: int) -> None:
    if not arm.drugged:
        raise Wrong(NO_DRUG, "In the arm 'drug' no drug is given.")
    same = [event[:2] for event in arm.events] == [event[:2] for event in rescued.events]
    if not same or not all(
        math.isclose(one[2], other[2], abs_tol=1e-6)
        for one, other in zip(arm.events, rescued.events, strict=True)
    ):
        raise Wrong(
            DRUG_DIFFERS,
            f"The stimulations in the arm 'drug' are {show(list(arm.events))}, each with its "
            f"pathway and hour; in the arm 'rescued' they are {show(list(rescued.events))}.",
        )
    late, strong_at = arm.late[weak], arm.events[1][2]
    if late >= LOST:
        there = any(begin <= strong_at + 1e-9 < end for begin, end in arm.drugged)
        later = any(begin > strong_at for begin, _ in arm.drugged)
        raise Wrong(
            DRUG_LATE if later and not there else DRUG_SHORT,
            f"In the arm 'drug' the drug is there in the hours {show(list(arm.drugged))}, the "
            f"strong stimulation comes at {strong_at:g} h, and a late part of {late:.2f} is left.",
        )


def _judge_reading(name: str, arm: _Arm, read_hours: float) -> None:
    if not math.isclose(arm.read_at, read_hours, abs_tol=1e-6):
        raise Wrong(
            READ_ELSEWHERE,
            f"The arm {name!r} ends {arm.read_at:g} h after its first stimulation; it should end "
            f"after {read_hours:g} h.",
        )


LATE_AFTER = Item(
    name="late_after",
    lesson="03",
    title="Stretch: the experiment with its controls",
    statement="Return an experiment in three arms that shows a weak event kept because of a later "
    "strong one: rescued, control and drug, each a list of steps.",
    signature="late_after(weak, strong, read_hours)",
    points=2,
    hints=(
        "Begin with 'rescued'. How long may you wait before the weak tag has gone, and how many "
        "hours are then left of `read_hours`?",
        "The other arms are copies with one thing changed: in 'control' the strong stimulation is "
        "missing, in 'drug' the steps ('wait', hours) become ('drug', hours). Does each arm still "
        "end after `read_hours`?",
    ),
    misconceptions={
        MISSING: "One arm proves nothing. Return all three: a dict with 'rescued', 'control' and "
        "'drug'.",
        ONE_PATHWAY: "A strong stimulation of the same pathway lasts by itself. The question is "
        "whether it helps synapses that it never touched: use the other pathway.",
        SWAPPED: "The numbers of the pathways are exchanged: the weak stimulation belongs to "
        "`weak`, the strong one to `strong`.",
        FIXED: "The check asks for other pathways each time. Use the numbers that you are given, "
        "`weak` and `strong`.",
        AT_ONCE: "The strong event has to come later: at least 5 minutes after the weak one.",
        ORDER: "Here the strong event comes after the weak one: it keeps what has already "
        "happened. Put the weak stimulation first.",
        TOO_LONG: "By then the tag is gone: in this model that of a weak stimulation stands for "
        "less than an hour and a half. Wait for less.",
        MINUTES: "Steps count hours, not minutes: half an hour is 0.5.",
        DRUG_EVERYWHERE: "The drug belongs to the arm 'drug' alone. In 'rescued' use 'wait'.",
        READ_ELSEWHERE: "Arms that are read at different times cannot be compared. Each ends "
        "`read_hours` after the weak stimulation: the waits add up to that.",
        CONTROL_STRONG: "The control asks what becomes of the weak event alone. Leave the strong "
        "stimulation out.",
        CONTROL_DIFFERS: "A control differs in one thing only. Keep the weak stimulation as it is, "
        "leave out the strong one, and add nothing.",
        NO_DRUG: "Without ('drug', hours) this arm is the arm 'rescued' once more.",
        DRUG_DIFFERS: "The drug arm differs from 'rescued' in the drug only: the same "
        "stimulations, on the same pathways, at the same hours.",
        DRUG_LATE: "By the time the drug comes, proteins have been made and captured. It has to be "
        "there when the strong stimulation is given.",
        DRUG_SHORT: "The drug ends while the cell can still make proteins and the tag still "
        "stands. Give it for the hours after the strong stimulation.",
    },
    examine=_examine_late_after,
    stretch=True,
)
