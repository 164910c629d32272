"""Item 3: `label_and_reactivate`, a protocol that the check runs on several animals."""

import math
from typing import Any

import numpy as np

from engramlab._types import CourseError
from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._runs import drives
from engramlab.course.checks._tools import show, steps_in_words
from engramlab.ensemble import Step, check_protocol

Words = tuple[str, ...]

N_ANIMALS = 6
PLACES = tuple("BCDEFGHK")
LEAST_HOURS, LONGEST_HOURS = 26, 72
NEEDED = ("label", "encode", "wait", "light", "recall")

NO_LABEL, LABEL_LATE, LABEL_ELSEWHERE, LABEL_VISIT = (
    "no cell is labelled",
    "labels after the shock",
    "labels in another place",
    "labels a visit without a shock",
)
ENGRAM, LIGHT_EARLY, FIXED, SWAPPED = (
    "lights cells that nobody can find",
    "light before the shock",
    "does not use the names that are given",
    "swaps the places",
)
NO_SHOCK, NOT_NEW, EXTRA = (
    "no strong shock",
    "something happens in the new place",
    "does something else to the animal",
)
AT_ONCE, DAYS, MINUTES, ELSEWHEN = (
    "reads at once",
    "counts days",
    "counts minutes",
    "reads at another time",
)
NO_LIGHT, LIGHT_HOME, SILENCES = (
    "no light on the labelled cells",
    "light in the place of the shock",
    "silences instead of lighting",
)
NO_CONTROL, CONTROL_HOME, NO_DARK, DARK_HOME = (
    "no control cells",
    "control light in the place of the shock",
    "the new place is never read without light",
    "natural recall for the arm without light",
)


def _examine_protocol(ask: Ask, rng: np.random.Generator) -> None:
    for _ in range(3):
        home, elsewhere = (str(name) for name in rng.permutation(PLACES)[:2])
        wait_hours = float(rng.integers(LEAST_HOURS, LONGEST_HOURS))
        seeds = [int(seed) for seed in rng.integers(2**32, size=N_ANIMALS)]
        _judge(ask(home, elsewhere, wait_hours), home, elsewhere, wait_hours, seeds)


def _judge(answer: Any, home: str, elsewhere: str, wait_hours: float, seeds: list[int]) -> None:
    if type(answer) not in (list, tuple):
        raise Wrong(None, f"The answer should be a list of steps; it is {show(answer)}.")
    _judge_words(steps_in_words(answer), home, elsewhere)
    try:
        steps = check_protocol(answer)
    except CourseError as error:
        raise Wrong(None, f"In your list, {error}.") from None
    _judge_training(steps, home, elsewhere)
    _judge_hours(steps, wait_hours)
    _judge_readings(answer, steps, elsewhere, seeds)


def _judge_words(entries: list[Words], home: str, elsewhere: str) -> None:
    """Judge what is labelled and where things happen, before the order of steps is looked at."""
    kinds = [entry[0] for entry in entries]
    at = {"label": 1, "encode": 1, "recall": 1, "light": 2, "silence": 2}
    places = [e[at[e[0]]] for e in entries if e[0] in at and len(e) > at[e[0]]]
    others = [place for place in places if place not in (home, elsewhere)]
    if others:
        raise Wrong(
            FIXED, f"There is a place {show(others[0])}; the places are {home!r} (the shock) and "
            f"{elsewhere!r} (new)."
        )  # fmt: skip
    events = [entry for entry in entries if entry[0] == "encode"]
    if not events:
        return
    if any(event[1:2] == (elsewhere,) for event in events):
        alone = all(event[1:2] == (elsewhere,) for event in events)
        raise Wrong(
            SWAPPED if alone else NOT_NEW,
            f"There is an event in {elsewhere!r}; the shock belongs into {home!r}, and "
            f"{elsewhere!r} has to be new when the light comes.",
        )
    if "label" not in kinds:
        lit = any(entry[:2] == ("light", "engram") for entry in entries)
        raise Wrong(ENGRAM if lit else NO_LABEL, 'There is no step "label".')
    labels = [entry[1] for entry in entries if entry[0] == "label" and len(entry) > 1]
    if set(labels) - {home}:
        raise Wrong(
            LABEL_ELSEWHERE, f"Cells are labelled in {show(labels)}; the shock is in {home!r}."
        )
    shock, label = kinds.index("encode"), kinds.index("label")
    if label > shock:
        raise Wrong(LABEL_LATE, "The label is opened after the shock.")
    if any(entry == ("recall", home) for entry in entries[label:shock]):
        raise Wrong(LABEL_VISIT, f"Between label and shock the animal visits {home!r}.")
    if any(kind in ("light", "silence") for kind in kinds[:shock]):
        raise Wrong(LIGHT_EARLY, "Cells are lit, or silenced, before the shock.")


def _judge_training(steps: tuple[Step, ...], home: str, elsewhere: str) -> None:
    """There is one event, a strong shock, and nothing else is done to the animal."""
    events = [step for step in steps if step.kind == "encode"]
    if not events or events[0].how != "shock":
        how = f"the event in {home!r} is {events[0].how!r}" if events else "there is no event"
        raise Wrong(NO_SHOCK, f"In your list {how}.")
    if any(step.kind == "silence" for step in steps):
        lit = any(step.kind == "light" and step.who == "labelled" for step in steps)
        if not lit:
            raise Wrong(SILENCES, f"In your list cells are silenced and none is lit in "
                        f"{elsewhere!r}.")  # fmt: skip
    extra = [step.words for step in steps if step.kind not in NEEDED]
    extra += [step.words for step in (*events[1:], *(one for one in events if one.who))]
    labels = [step for step in steps if step.kind == "label"]
    extra += [step.words for step in labels[1:]]
    if extra:
        raise Wrong(EXTRA, f"In your list there is also: {extra[0]}.")


def _judge_hours(steps: tuple[Step, ...], wait_hours: float) -> None:
    """All is read out `wait_hours` after the shock."""
    start = next(step.at_hours for step in steps if step.kind == "encode")
    readings = [step for step in steps if step.reads_out]
    hours = [step.at_hours - start for step in readings]
    off = [k for k, hour in enumerate(hours) if not math.isclose(hour, wait_hours, abs_tol=1e-6)]
    if not off:
        return
    for name, right in ((AT_ONCE, 0.0), (DAYS, wait_hours / 24), (MINUTES, 60 * wait_hours)):
        if all(math.isclose(hour, right, rel_tol=1e-3) for hour in hours):
            raise Wrong(
                name, f"All is read out {hours[0]:g} h after the shock, not {wait_hours:g} h after."
            )
    raise Wrong(
        ELSEWHEN,
        f"'{readings[off[0]].words}' comes {hours[off[0]]:g} h after the shock; all is read out "
        f"{wait_hours:g} h after it.",
    )


def _judge_readings(answer: Any, steps: tuple[Step, ...], elsewhere: str, seeds: list[int]) -> None:
    """Light comes on labelled and on other cells in the new place, which is read without, too."""
    readings = [step for step in steps if step.reads_out]
    found = {(step.kind, step.who, step.context) for step in readings}

    def anywhere(kind: str, who: str | None) -> bool:
        return any(one[:2] == (kind, who) for one in found)

    if ("light", "labelled", elsewhere) not in found:
        name = NO_LIGHT
        if anywhere("light", "labelled"):
            name = LIGHT_HOME
        elif anywhere("light", "engram"):
            name = ENGRAM
        raise Wrong(name, f"In your list there is no ('light', 'labelled', {elsewhere!r}).")
    if any(step.who == "engram" for step in readings):
        raise Wrong(ENGRAM, "In your list there is light on the whole engram.")
    mean = _drives(answer, readings, seeds)
    lit = mean["light", "labelled", elsewhere]
    told = f"In {len(seeds)} animals, light on the labelled cells gives a mean drive of {lit:.2f}. "
    if ("light", "random", elsewhere) not in found:
        name = CONTROL_HOME if anywhere("light", "random") else NO_CONTROL
        raise Wrong(name, told + f"There is no ('light', 'random', {elsewhere!r}) beside it.")
    if ("recall", None, elsewhere) not in found:
        name = DARK_HOME if anywhere("recall", None) else NO_DARK
        raise Wrong(name, told + f"There is no ('recall', {elsewhere!r}) beside it.")
    others, dark = mean["light", "random", elsewhere], mean["recall", None, elsewhere]
    if lit <= max(others, dark):
        text = f"Other cells give {others:.2f}, no light {dark:.2f}: no effect is left."
        raise Wrong(None, told + text)


def _drives(
    answer: Any, readings: list[Step], seeds: list[int]
) -> dict[tuple[str, str | None, str | None], float]:
    """Run the list on animals and return the mean drive of each reading."""
    runs = [drives(answer, seed) for seed in seeds]
    means = np.mean(runs, axis=0)
    return {
        (step.kind, step.who, step.context): float(mean)
        for step, mean in zip(readings, means, strict=True)
    }


LABEL_AND_REACTIVATE = Item(
    name="label_and_reactivate",
    lesson="07",
    title="Label, and bring back by light",
    statement="Return an experiment as a list of steps: label the cells of a shock, light them "
    "later in a new place, and read both controls there.",
    signature="label_and_reactivate(home, elsewhere, wait_hours)",
    points=4,
    hints=(
        "Three things happen in `home`: what has to be ready before the shock? Then the wait. "
        "Then three read-outs in `elsewhere`: with light, and its two controls.",
        'The wait is `("wait", wait_hours)`. The control of `("light", "labelled", elsewhere)` is '
        'the same with `"random"`; the arm without light is `("recall", elsewhere)`.',
    ),
    misconceptions={
        NO_LABEL: "Light needs cells that carry a label. Open it before the shock, with "
        '`("label", home)`.',
        LABEL_LATE: "A label catches cells that are active *while it is open*. Opened after the "
        "shock, it misses those that the shock activates.",
        LABEL_ELSEWHERE: "The cells of the memory are those that are active in `home`. Label "
        "there, and nowhere else.",
        LABEL_VISIT: "The label is used up at the next encounter with the place: here a visit "
        "without a shock. Let the shock come directly after the label.",
        ENGRAM: "In an animal nobody knows the engram. Light reaches the cells that were labelled "
        'while it formed: "labelled".',
        LIGHT_EARLY: "Before the shock there is no memory that light could bring back. Put it "
        "after the wait.",
        FIXED: "The check asks for other places each time. Use the names that you are given, "
        "`home` and `elsewhere`.",
        SWAPPED: "The two places are exchanged: the shock is in `home`, the light in `elsewhere`.",
        NOT_NEW: "Where something has happened, the place itself may bring it back. Leave "
        "`elsewhere` new until the read-outs.",
        NO_SHOCK: 'The memory is one of a strong shock: `("encode", home, "shock")`.',
        EXTRA: "Each further treatment is another reason for what you find. Leave it out.",
        AT_ONCE: "A memory lasts. Right after the shock the cells are still excitable, memory or "
        "not: wait for `wait_hours` between shock and read-outs.",
        DAYS: "Waits count hours: `wait_hours` as it is, not divided by 24.",
        MINUTES: "Waits count hours, not minutes.",
        ELSEWHEN: "Read-outs at different times cannot be compared. All of them come `wait_hours` "
        "after the shock.",
        NO_LIGHT: "Nothing is lit. Whether driving the labelled cells is enough is asked by "
        '`("light", "labelled", elsewhere)`.',
        LIGHT_HOME: "In `home` the place wakes the memory as well, so that light has shown "
        "nothing. Light the cells in `elsewhere`.",
        SILENCES: "Silencing asks whether the cells are needed. Here: are they enough? Use light.",
        NO_CONTROL: "Any cells might do, if enough are lit. Light as many others, too: "
        '`("light", "random", elsewhere)`.',
        CONTROL_HOME: "A control differs in one thing only: other cells, in the same place, "
        "`elsewhere`.",
        NO_DARK: "Perhaps the animal is afraid of any new place. Read it without light, too: "
        '`("recall", elsewhere)`.',
        DARK_HOME: "Recall in `home` shows that the animal has learnt. What the new place does by "
        'itself it does not show: add `("recall", elsewhere)`.',
    },
    examine=_examine_protocol,
)
