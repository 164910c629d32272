"""Item 3: `silent_engram_protocol`, two protocols that the check runs on several animals."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from engramlab._types import CourseError
from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._runs import drives
from engramlab.course.checks._tools import show, steps_in_words
from engramlab.ensemble import Step, check_protocol

ARMS = ("saline", "drug")
N_ANIMALS, LOST = 6, 0.6
PLACES = tuple("BCDEFGHK")
LONGEST_HOURS = 49
NEEDED = ("label", "encode", "wait", "drug", "recall", "light", "silence")

MISSING = "an arm is missing"
NO_LABEL, LABEL_LATE, LABEL_ELSEWHERE, ENGRAM = (
    "no cell is labelled",
    "labels after the shock",
    "labels in another place",
    "lights cells that nobody can find",
)
FIXED, SWAPPED, NO_SHOCK, EXTRA = (
    "does not use the names that are given",
    "swaps the places",
    "no strong shock",
    "does something else to the animal",
)
DAYS, MINUTES, ELSEWHEN = "counts days", "counts minutes", "reads at another time"
NO_RECALL, NO_LIGHT, LIGHT_HOME, SILENCES = (
    "does not ask the place itself",
    "no light on the labelled cells",
    "light in the place of the shock",
    "silences instead of lighting",
)
NO_CONTROL, CONTROL_HOME = "no control cells", "control light in the place of the shock"
NO_DRUG, DRUG_BOTH, DRUG_BEFORE, DRUG_LATE, DRUG_SHORT = (
    "no drug in its arm",
    "the drug in both arms",
    "the drug before the shock",
    "the drug too late",
    "the drug ends too soon",
)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class _Arm:
    """One arm's name and its steps, checked; hours count from the shock."""

    name: str
    steps: tuple[Step, ...]
    shock: int
    """Which step the shock is."""

    def hour(self, step: Step) -> float:
        return step.at_hours - self.steps[self.shock].at_hours

    @property
    def readings(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.reads_out)

    def reads(self, kind: str, who: str | None, context: str | None = None) -> bool:
        """Return whether there is such a read-out, there or (None) anywhere."""
        return any(
            (step.kind, step.who) == (kind, who) and context in (None, step.context)
            for step in self.readings
        )


def _examine_protocol(ask: Ask, rng: np.random.Generator) -> None:
    for _ in range(3):
        home, elsewhere = (str(name) for name in rng.permutation(PLACES)[:2])
        read_hours = float(rng.choice([hour for hour in range(20, LONGEST_HOURS) if hour != 24]))
        seeds = [int(seed) for seed in rng.integers(2**32, size=N_ANIMALS)]
        answer = ask(home, elsewhere, read_hours)
        _judge(answer, home, elsewhere, read_hours, seeds)


def _judge(answer: Any, home: str, elsewhere: str, read_hours: float, seeds: list[int]) -> None:
    if type(answer) is not dict:
        raise Wrong(None, f"The answer should be a dict of two arms; it is {show(answer)}.")
    missing = [name for name in ARMS if name not in answer]
    if missing:
        raise Wrong(MISSING, f"There is no arm {missing[0]!r} in your experiment.")
    arms = [_arm(name, answer[name], home, elsewhere) for name in ARMS]
    for arm in arms:
        _judge_training(arm)
        _judge_hours(arm, read_hours)
        _judge_readings(arm, home, elsewhere)
    _judge_drug(*arms)
    _judge_run(answer["drug"], answer["saline"], home, seeds)


def _arm(name: str, steps: Any, home: str, elsewhere: str) -> _Arm:
    """Return an arm with its steps checked, or refuse it."""
    _judge_names(name, steps_in_words(steps), home, elsewhere)
    try:
        checked = check_protocol(steps)
    except CourseError as error:
        raise Wrong(None, f"In the arm {name!r}, {error}.") from None
    events = [number for number, step in enumerate(checked) if step.kind == "encode"]
    if len(events) != 1:
        raise Wrong(
            EXTRA if events else NO_SHOCK,
            f"The arm {name!r} should hold one event, the shock in {home!r}; it holds "
            f"{len(events)}.",
        )
    return _Arm(name=name, steps=checked, shock=events[0])


def _judge_names(name: str, entries: list[tuple[str, ...]], home: str, elsewhere: str) -> None:
    """Judge what is labelled and where things happen, before the order of steps is looked at."""
    told, kinds = f"In the arm {name!r} ", [entry[0] for entry in entries]
    at = {"label": 1, "encode": 1, "recall": 1, "light": 2, "silence": 2}
    places = [e[at[e[0]]] for e in entries if e[0] in at and len(e) > at[e[0]]]
    others = [place for place in places if place not in (home, elsewhere)]
    if others:
        raise Wrong(
            FIXED, told + f"there is a place {others[0]!r}; the places are {home!r} (the shock) "
            f"and {elsewhere!r} (new)."
        )  # fmt: skip
    if any(entry[:2] == ("encode", elsewhere) for entry in entries):
        raise Wrong(SWAPPED, told + f"the event is in {elsewhere!r}; it belongs in {home!r}.")
    if "encode" not in kinds:
        return
    if "label" not in kinds:
        lit = any(entry[:2] == ("light", "engram") for entry in entries)
        raise Wrong(ENGRAM if lit else NO_LABEL, told + 'there is no step "label".')
    if "label" in kinds[kinds.index("encode") :]:
        raise Wrong(LABEL_LATE, told + "the label is opened after the shock.")
    labels = [entry[1] for entry in entries if entry[0] == "label" and len(entry) > 1]
    if labels != [home]:
        raise Wrong(
            LABEL_ELSEWHERE, told + f"cells are labelled in {show(labels)}; the shock is in "
            f"{home!r}."
        )  # fmt: skip


def _judge_training(arm: _Arm) -> None:
    """There is one event, a strong shock, and nothing is done to the animal but the drug."""
    shock = arm.steps[arm.shock]
    if shock.how != "shock":
        raise Wrong(NO_SHOCK, f"In the arm {arm.name!r} the event is {shock.how!r}.")
    extra = [step.words for step in arm.steps if step.kind not in NEEDED]
    if extra or shock.who is not None:
        raise Wrong(EXTRA, f"In the arm {arm.name!r} there is: {(extra or [shock.words])[0]}.")


def _judge_hours(arm: _Arm, read_hours: float) -> None:
    """All is read out `read_hours` after the shock."""
    hours = [arm.hour(step) for step in arm.readings]
    off = [hour for hour in hours if not math.isclose(hour, read_hours, abs_tol=1e-6)]
    if not off:
        return
    told = f"In the arm {arm.name!r} "
    for name, factor in ((DAYS, 1 / 24), (MINUTES, 60.0)):
        if all(math.isclose(hour, factor * read_hours, rel_tol=1e-3) for hour in hours):
            raise Wrong(name, told + f"the waits add up to {hours[0]:g} hours, not {read_hours:g}.")
    first = next(step for step in arm.readings if arm.hour(step) == off[0])
    raise Wrong(
        ELSEWHEN,
        told + f"'{first.words}' comes {off[0]:g} h after the shock; all is read out after "
        f"{read_hours:g} h.",
    )


def _judge_readings(arm: _Arm, home: str, elsewhere: str) -> None:
    """The place is asked, and light is put on labelled and on other cells in the new place."""
    told = f"In the arm {arm.name!r} "
    if not arm.reads("recall", None, home):
        name = SWAPPED if arm.reads("recall", None) else NO_RECALL
        raise Wrong(name, told + f"there is no ('recall', {home!r}).")
    if not arm.reads("light", "labelled", elsewhere):
        name = NO_LIGHT
        if arm.reads("light", "labelled"):
            name = LIGHT_HOME
        elif arm.reads("light", "engram"):
            name = ENGRAM
        elif arm.reads("silence", "labelled"):
            name = SILENCES
        raise Wrong(name, told + f"there is no ('light', 'labelled', {elsewhere!r}).")
    if not arm.reads("light", "random", elsewhere):
        name = CONTROL_HOME if arm.reads("light", "random") else NO_CONTROL
        raise Wrong(name, told + f"there is no ('light', 'random', {elsewhere!r}).")
    like = {step.like for step in arm.readings if step.who == "random"}
    if like != {"labelled"}:
        raise Wrong(NO_CONTROL, told + "the random cells are not as many as the labelled ones.")


def _judge_drug(saline: _Arm, drug: _Arm) -> None:
    """The drug is in one arm, from right after the shock."""
    given = [number for number, step in enumerate(saline.steps) if step.kind == "drug"]
    if given:
        raise Wrong(DRUG_BOTH, "In the arm 'saline' the drug is given.")
    switches = [number for number, step in enumerate(drug.steps) if step.how == "on"]
    if not switches:
        raise Wrong(NO_DRUG, "In the arm 'drug' no drug is given.")
    start = drug.hour(drug.steps[switches[0]])
    if switches[0] < drug.shock:
        raise Wrong(DRUG_BEFORE, "In the arm 'drug' the drug is there before the shock.")
    if start > 0:
        raise Wrong(DRUG_LATE, f"In the arm 'drug' the drug comes {start:g} h after the shock.")


def _judge_run(drug: Any, saline: Any, home: str, seeds: list[int]) -> None:
    """Run both arms on the same animals: under the drug the place has to fail."""
    means = []
    for steps in (drug, saline):
        at = [(step.kind, step.context) for step in check_protocol(steps) if step.reads_out]
        place = at.index(("recall", home))
        runs = [drives(steps, seed, label_efficiency=1.0, label_background=0.0) for seed in seeds]
        means.append(float(np.mean([run[place] for run in runs])))
    if means[0] >= LOST:
        raise Wrong(
            DRUG_SHORT,
            f"In {len(seeds)} animals the place gives a mean drive of {means[0]:.2f} in the arm "
            f"'drug', and of {means[1]:.2f} in the arm 'saline'.",
        )


SILENT_ENGRAM_PROTOCOL = Item(
    name="silent_engram_protocol",
    lesson="11",
    title="The experiment with its controls",
    statement="Return an experiment in two arms, saline and drug, each a list of steps, that "
    "tells an engram that is silent from one that is gone.",
    signature="silent_engram_protocol(home, elsewhere, read_hours)",
    points=3,
    hints=(
        "Write the arm 'saline' first: label, shock, wait, and three read-outs. Which one asks "
        "the place, which the cells, and which is the control of the light?",
        'The arm \'drug\' is a copy with `("drug", "on")` directly after the shock. Nothing else '
        'changes. The control of `("light", "labelled", elsewhere)` is the same with '
        '`"random"`, in both arms.',
    ),
    misconceptions={
        MISSING: "One arm shows nothing by itself. Return both: a dict with 'saline' and 'drug'.",
        NO_LABEL: "Light needs cells that carry a label. Open it before the shock, with "
        '`("label", home)`.',
        LABEL_LATE: "A label that is opened after the shock misses the cells that the shock "
        "activates. Put it before.",
        LABEL_ELSEWHERE: "The cells of the memory are those that are active in `home`, once. "
        "Label there, and nowhere else.",
        ENGRAM: "In an animal nobody knows the engram. Light reaches the cells that were labelled "
        'while it formed: "labelled".',
        FIXED: "The check asks for other places each time. Use the names that you are given, "
        "`home` and `elsewhere`.",
        SWAPPED: "The two places are exchanged: shock and natural recall in `home`, light in "
        "`elsewhere`.",
        NO_SHOCK: 'The memory is one of a strong shock: `("encode", home, "shock")`, once.',
        EXTRA: "Each further treatment is another reason for what you find. Leave it out.",
        DAYS: "Waits count hours: `read_hours` as it is, not divided by 24.",
        MINUTES: "Waits count hours, not minutes.",
        ELSEWHEN: "Read-outs at different times cannot be compared. All of them come `read_hours` "
        "after the shock, in both arms.",
        NO_RECALL: "That the memory is silent means that the place does not bring it back. Ask "
        'the place: `("recall", home)`.',
        NO_LIGHT: "Only light on the labelled cells tells whether the memory is there: "
        '`("light", "labelled", elsewhere)`.',
        LIGHT_HOME: "In `home` the place drives the cells as well, and light alone has shown "
        "nothing. Light them in `elsewhere`.",
        SILENCES: "Silencing asks whether the cells are needed. Here: are they enough? Use light.",
        NO_CONTROL: "Any cells might do, if enough are lit. Light as many random others too, in "
        'both arms: `("light", "random", elsewhere)`.',
        CONTROL_HOME: "A control differs in one thing only: other cells, in the same place, "
        "`elsewhere`.",
        NO_DRUG: 'Without `("drug", "on")` this arm is the arm \'saline\' once more.',
        DRUG_BOTH: "The drug is what the arms differ in: it belongs to the arm 'drug' alone.",
        DRUG_BEFORE: "Then the animal learns under the drug, and what you find may be a fault of "
        "learning. Turn it on after the shock.",
        DRUG_LATE: "Here proteins are made in the first hour or two: a drug that comes late "
        "meets what they have done. Turn it on right after the shock, before any wait.",
        DRUG_SHORT: "The drug ends while tags still stand and the cells can make proteins. Leave "
        "it on for longer.",
    },
    examine=_examine_protocol,
)
