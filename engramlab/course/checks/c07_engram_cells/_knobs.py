"""Stretch: `knobs_that_break`, from a table of verdicts as the robustness map has them."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import show

Row = tuple[str, str, str, str]
Found = dict[str, list[str]]

EFFECTS = ("lights", "silences", "ablates", "false", "links", "recruits")
KNOBS = ("light", "inhibition", "drift", "gate", "creb", "learning", "width")
VERDICTS = ("same", "holds", "close", "fails")
N_EFFECTS, N_KNOBS = 4, 5

BOTH, ONE_WAY, LEFT_OUT, REST = (
    "asks for both turns",
    "looks at one turn only",
    "leaves out effects that nothing breaks",
    "lists the knobs that break nothing",
)
BY_KNOB, COUNTS, FIXED, TWICE, LAST, APART = (
    "goes by knob, not by effect",
    "counts instead of naming",
    "does not use the words that are given",
    "names a knob twice",
    "keeps one knob of each effect",
    "expects the rows of an effect together",
)


def _examine_knobs(ask: Ask, rng: np.random.Generator) -> None:
    for words in (("fails",), ("close", "fails"), ("same",)):
        rows = _rows(words, rng)
        _judge(ask(list(rows), list(words)), rows, words)


def _rows(words: tuple[str, ...], rng: np.random.Generator) -> list[Row]:
    """Return rows in random order on which no two ideas agree."""
    effects = rng.permutation(EFFECTS)[:N_EFFECTS].tolist()
    knobs = rng.permutation(KNOBS)[:N_KNOBS].tolist()
    while True:
        turns = rng.choice(VERDICTS, (N_EFFECTS, N_KNOBS, 2), p=(0.3, 0.3, 0.2, 0.2))
        turns[0] = "close" if "same" in words else "holds"
        turns[1, :2], turns[1, 2] = (words[0], "holds"), words[0]
        turns[2, 0] = "holds", words[0]
        rows = [
            (effect, knob, str(turns[i, j, 0]), str(turns[i, j, 1]))
            for i, effect in enumerate(effects)
            for j, knob in enumerate(knobs)
        ]
        rows = [rows[k] for k in rng.permutation(len(rows))]
        right = _found(rows, words)
        twins = [twin for _, twin in _twins(rows, words)]
        alike = any(twins.count(twin) > 1 for twin in twins)
        if not alike and right not in twins and _sorted(right) not in map(_sorted, twins):
            return rows


def _found(rows: Iterable[Row], words: Iterable[str], how: Any = any) -> Found:
    found: Found = {}
    for effect, knob, *both in rows:
        found.setdefault(effect, [])
        if how(turn in words for turn in both):
            found[effect].append(knob)
    return found


def _twins(rows: list[Row], words: tuple[str, ...]) -> list[tuple[str, Any]]:
    right = _found(rows, words)
    first = [(effect, knob, lower, lower) for effect, knob, lower, _ in rows]
    second = [(effect, knob, higher, higher) for effect, knob, _, higher in rows]
    twice = {
        effect: [k for e, k, *both in rows for turn in both if e == effect and turn in words]
        for effect in right
    }
    runs: Found = {}
    for k, row in enumerate(rows):
        if k == 0 or rows[k - 1][0] != row[0]:
            runs[row[0]] = []
        if {*row[2:]} & {*words}:
            runs[row[0]].append(row[1])
    twins: list[tuple[str, Any]] = [
        (BOTH, _found(rows, words, all)),
        (ONE_WAY, _found(first, words)),
        (ONE_WAY, _found(second, words)),
        (LEFT_OUT, {effect: knobs for effect, knobs in right.items() if knobs}),
        (REST, _found(rows, words, lambda turns: not any(turns))),
        (REST, _found(rows, words, lambda turns: not all(turns))),
        (BY_KNOB, _found([(k, e, low, high) for e, k, low, high in rows], words)),
        (COUNTS, {effect: len(knobs) for effect, knobs in right.items()}),
        (TWICE, twice),
        (LAST, {effect: knobs[-1:] for effect, knobs in right.items()}),
        (LAST, {effect: knobs[:1] for effect, knobs in right.items()}),
        (APART, runs),
    ]
    if words != ("fails",):
        twins.append((FIXED, _found(rows, ("fails",))))
    if set(words) != {"fails", "close"}:
        twins.append((FIXED, _found(rows, ("fails", "close"))))
    return twins


def _sorted(found: Any) -> Any:
    """Return an answer with each list sorted: the order of the knobs does not matter."""
    if type(found) is not dict:
        return found
    return {name: sorted(each) if _is_words(each) else each for name, each in found.items()}


def _is_words(value: Any) -> bool:
    return type(value) in (list, tuple) and all(type(one) is str for one in value)


def _judge(answer: Any, rows: list[Row], words: tuple[str, ...]) -> None:
    right = _found(rows, words)
    if type(answer) is not dict:
        raise Wrong(None, f"The answer should be a dict of lists of knobs; it is {show(answer)}.")
    given = _sorted(answer)
    if given == _sorted(right):
        return
    name = next((name for name, twin in _twins(rows, words) if given == _sorted(twin)), None)
    missing = [effect for effect in right if effect not in answer]
    odd = [effect for effect in answer if effect not in right]
    if missing or odd:
        told = f"there is no {missing[0]!r}" if missing else f"{show(odd[0])} is no effect"
        raise Wrong(name, f"In your answer {told}; the effects are {show(list(right))}.")
    at = next(effect for effect in right if given[effect] != sorted(right[effect]))
    of_it = [f"{knob} {low}/{high}" for effect, knob, low, high in rows if effect == at]
    raise Wrong(
        name,
        f"With the words {show(list(words))} and, for {at!r}, the rows {'; '.join(of_it)}, its "
        f"knobs should be {show(right[at])}; yours are {show(answer[at])}.",
    )


KNOBS_THAT_BREAK = Item(
    name="knobs_that_break",
    lesson="07",
    title="Stretch: which knob breaks which effect",
    statement="From rows of (effect, knob, verdict with the knob lower, verdict with it higher), "
    "return for each effect the knobs of which at least one turn gives one of the words.",
    signature="knobs_that_break(rows, words)",
    points=2,
    hints=(
        "Go through the rows. What has to be in the answer for an effect that no knob breaks? And "
        "when does a knob count: if one turn gives one of the words, or only if both do?",
        "`found.setdefault(effect, [])` returns the list of an effect and makes an empty one the "
        "first time. Append the knob if `lower in words or higher in words`.",
    ),
    misconceptions={
        BOTH: "One turn that breaks the effect is enough: `or`, not `and`.",
        ONE_WAY: "Each knob was turned both ways. Look at the fourth entry of a row as well as at "
        "the third.",
        LEFT_OUT: "An effect that nothing breaks is the good news. It is in the answer, too, with "
        "an empty list.",
        REST: "Those are the knobs whose turns do not give the words. Asked are the others.",
        BY_KNOB: "The answer goes by effect: the keys are effects, the lists hold knobs.",
        COUNTS: "Name the knobs, in a list for each effect; do not count them.",
        FIXED: "The check asks with other words each time. Use `words` as it is given.",
        TWICE: "A knob that breaks an effect either way is still one knob. Name it once.",
        LAST: "An effect can have several such knobs. Add to the list and do not replace it.",
        APART: "The rows stand in any order, so that an effect comes back later. Start its list "
        "only if there is none yet.",
    },
    examine=_examine_knobs,
    stretch=True,
)
