"""Item 1: `necessity_sufficiency`, judged by its answers to a whole set of tables."""

from collections.abc import Callable
from itertools import combinations, product
from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import numbers, remembered, show

HOME = ("place", "silenced", "others silenced")
AWAY = ("new place", "lit", "others lit")
SHOWN = dict(zip((*HOME, *AWAY), (True, False, True, False, True, False), strict=True))
"""What recalls in a table from which both follow."""

Table = dict[str, float]
Rule = Callable[[Table, float], tuple[bool, bool]]

SWAPPED, ONE_FOR_BOTH, OPPOSITE, TURNED = (
    "swaps the two",
    "takes the two for one",
    "takes one for the opposite of the other",
    "turns silence round",
)
NO_CONTROLS, NO_SILENCE_CONTROL, NO_LIGHT_CONTROL = (
    "leaves out both controls",
    "leaves out the control of silence",
    "leaves out the control of light",
)
NO_PLACE, NO_NEW_PLACE, CONTROL_ONLY = (
    "leaves out natural recall",
    "leaves out the new place without light",
    "looks at the controls only",
)
COMPARES, OWN_HALF, TIE, MISSING, TOO_FAR, STOPS = (
    "compares arms instead of asking for half",
    "uses a half of its own",
    "a drive of exactly half does not recall",
    "takes a missing arm for a passed test",
    "takes one missing arm to settle both",
    "stops where an arm is missing",
)


def _examine_table(ask: Ask, rng: np.random.Generator) -> None:
    tables = _tables(rng)
    answers = ask.each((dict(table), half) for table, half in tables)
    shown = [(answer, ask.asked, ask.returned) for answer in answers]
    given = [_pair(answer) for answer, *_ in shown]
    right = [_rule(*one) for one in tables]
    if given != right:
        names = [name for name, rule in _RULES if [rule(*one) for one in tables] == given]
        at = next(k for k, (one, other) in enumerate(zip(given, right, strict=True))
                  if one != other)  # fmt: skip
        answer, ask.asked, ask.returned = shown[at]
        _refuse(answer, names[0] if names else None, *tables[at])
    _judge_missing(ask, rng)
    _judge_tie(ask, rng)


def _refuse(answer: Any, name: str | None, table: Table, half: float) -> None:
    drives = ", ".join(f"{arm} {drive:.2f}" for arm, drive in table.items())
    raise Wrong(
        name,
        f"With half = {half:g} and drives of: {drives}, the answer (necessary, sufficient) should "
        f"be {_rule(table, half)}; it is {show(answer)}.",
    )


def _pair(answer: Any) -> tuple[bool, bool]:
    value = numbers(answer, (2,), "The answer (necessary, sufficient)")
    if not np.isin(value, (0, 1)).all():
        raise Wrong(None, f"The answer should be two of True and False; it is {show(answer)}.")
    return bool(value[0]), bool(value[1])


@remembered
def _tables(rng: np.random.Generator) -> list[tuple[Table, float]]:
    """Return tables of every kind for each place, on which no two rules agree throughout."""
    kinds = list(product((True, False), repeat=3))
    while True:
        tables = []
        for _ in range(3):
            for home, away in zip(rng.permutation(kinds), rng.permutation(kinds), strict=True):
                half = float(np.round(rng.uniform(0.5, 1.1), 2))
                recalls = dict(zip((*HOME, *AWAY), (*home, *away), strict=True))
                tables.append((_drives(recalls, half, rng), half))
        tables.append((_drives(SHOWN, 0.8, rng), 0.8))
        outcomes: dict[str, list[Any]] = {"": [[_rule(*one) for one in tables]]}
        for name, rule in _RULES:
            outcomes.setdefault(name, []).append([rule(*one) for one in tables])
        pairs = combinations(outcomes.values(), 2)
        if not any(one == other for a, b in pairs for one in a for other in b):
            return tables


def _drives(recalls: dict[str, bool], half: float, rng: np.random.Generator) -> Table:
    """Return a table in random order whose arms recall, or fail, as they should."""
    table = {
        arm: float(np.round(half + rng.uniform(0.03, 0.9), 2))
        if recalls[arm]
        else float(np.round(half * rng.uniform(0.02, 0.93), 2))
        for arm in recalls
    }
    return {arm: table[arm] for arm in rng.permutation(list(table)).tolist()}


def _rule(table: Table, half: float) -> tuple[bool, bool]:
    return _side(table, half, HOME), _side(table, half, AWAY)


def _side(table: Table, half: float, arms: tuple[str, ...]) -> bool:
    """Return whether all arms of one place are there, and each recalls or fails as it should."""
    return all(arm in table and (table[arm] >= half) is SHOWN[arm] for arm in arms)


def _of(home: str, away: str) -> Rule:
    """Return the rule that looks at some arms of each place; their places as digits."""

    def rule(table: Table, half: float) -> tuple[bool, bool]:
        some = (tuple(arms[int(k)] for k in which) for arms, which in ((HOME, home), (AWAY, away)))
        necessary, sufficient = (_side(table, half, arms) for arms in some)
        return necessary, sufficient

    return rule


def _turned(table: Table, half: float) -> tuple[bool, bool]:
    return table["silenced"] >= half, _side(table, half, AWAY)


def _compared(table: Table, _half: float) -> tuple[bool, bool]:
    return (
        table["silenced"] < min(table["place"], table["others silenced"]),
        table["lit"] > max(table["new place"], table["others lit"]),
    )


def _compared_controls(table: Table, _half: float) -> tuple[bool, bool]:
    return table["silenced"] < table["others silenced"], table["lit"] > table["others lit"]


def _compared_none(table: Table, _half: float) -> tuple[bool, bool]:
    return table["silenced"] < table["place"], table["lit"] > table["new place"]


def _then(change: Callable[[bool, bool], tuple[bool, bool]]) -> Rule:
    return lambda table, half: change(*_rule(table, half))


_RULES: tuple[tuple[str, Rule], ...] = (
    (SWAPPED, _then(lambda n, s: (s, n))),
    (ONE_FOR_BOTH, _then(lambda n, s: (n and s, n and s))),
    (ONE_FOR_BOTH, _then(lambda n, s: (n or s, n or s))),
    (ONE_FOR_BOTH, _then(lambda n, _: (n, n))),
    (ONE_FOR_BOTH, _then(lambda _, s: (s, s))),
    (OPPOSITE, _then(lambda n, _: (n, not n))),
    (OPPOSITE, _then(lambda _, s: (not s, s))),
    (TURNED, _turned),
    (NO_CONTROLS, _of("01", "01")),
    (NO_CONTROLS, _of("1", "1")),
    (NO_SILENCE_CONTROL, _of("01", "012")),
    (NO_LIGHT_CONTROL, _of("012", "01")),
    (NO_PLACE, _of("12", "012")),
    (NO_NEW_PLACE, _of("012", "12")),
    (CONTROL_ONLY, _of("2", "2")),
    (COMPARES, _compared),
    (COMPARES, _compared_controls),
    (COMPARES, _compared_none),
    (OWN_HALF, lambda table, _half: _rule(table, 0.8)),
    (OWN_HALF, lambda table, _half: _rule(table, 0.5)),
    (OWN_HALF, lambda table, _half: _rule(table, 1.0)),
)


def _judge_missing(ask: Ask, rng: np.random.Generator) -> None:
    """Each arm is missing once, and then all of one place."""
    half = float(np.round(rng.uniform(0.6, 1.0), 2))
    for gone in (*((arm,) for arm in SHOWN), HOME, AWAY, tuple(SHOWN)):
        table = {arm: drive for arm, drive in _drives(SHOWN, half, rng).items() if arm not in gone}
        where = f"The table has no arm {gone[0]!r}."
        answer = ask.at_edge(STOPS, where, dict(table), half)
        given, right = _pair(answer), _rule(table, half)
        if given != right:
            too_much = any(one and not other for one, other in zip(given, right, strict=True))
            _refuse(answer, MISSING if too_much else TOO_FAR, table, half)


def _judge_tie(ask: Ask, rng: np.random.Generator) -> None:
    """A drive of exactly half recalls."""
    for arm in ("place", "others silenced", "lit", "silenced", "others lit", "new place"):
        table = _drives(SHOWN, 0.75, rng) | {arm: 0.75}
        answer = ask(dict(table), 0.75)
        if _pair(answer) != _rule(table, 0.75):
            _refuse(answer, TIE, table, 0.75)


NECESSITY_SUFFICIENCY = Item(
    name="necessity_sufficiency",
    lesson="07",
    title="Necessary, sufficient",
    statement="From the mean drives of the arms of an experiment, return whether the labelled "
    "cells are shown to be necessary, and whether they are shown to be sufficient.",
    signature="necessity_sufficiency(table, half)",
    points=2,
    hints=(
        "For each of the two: which three arms speak about it, and which of them have to recall? "
        "An arm that is not there can neither recall nor fail.",
        "`table.get(arm, np.nan)` gives the drive, or `np.nan` where the arm is missing, and any "
        "comparison with `np.nan` is False. Necessary: `place >= half`, `silenced < half` and "
        "`others_silenced >= half`, joined by `and`. The other three arms speak of sufficient.",
    ),
    misconceptions={
        SWAPPED: "The two are exchanged. Silence asks whether the cells are needed (necessary), "
        "light whether they are enough (sufficient); return them in this order.",
        ONE_FOR_BOTH: "You give one answer to two questions. Cells may be needed without being "
        "enough, and enough without being needed.",
        OPPOSITE: "Necessary and sufficient are no opposites: cells may be both, or neither. Ask "
        "each by its own arms.",
        TURNED: "Cells are necessary if recall *fails* without them: the drive with them silenced "
        "is below `half`.",
        NO_CONTROLS: "Silencing, or lighting, any cells might do the same. Look at the arms with "
        "as many others, too.",
        NO_SILENCE_CONTROL: "Perhaps recall fails with any cells silenced. It has to survive when "
        "as many others are: `others silenced`.",
        NO_LIGHT_CONTROL: "Perhaps light on any cells does it. It has to fail on as many others: "
        "`others lit`.",
        NO_PLACE: "If the place does not recall with all cells at work, nothing was there to be "
        "lost. Look at `place`, too.",
        NO_NEW_PLACE: "If the new place recalls without light, light has shown nothing. Look at "
        "`new place`, too.",
        CONTROL_ONLY: "You look at the controls only. The arms with the labelled cells silenced "
        "and lit decide as well.",
        COMPARES: "A drive may be smaller than another and still recall. Compare each arm with "
        "`half`, not with another arm.",
        OWN_HALF: "The check asks with another `half` each time. Use the one that you are given.",
        TIE: "By the conventions a drive of exactly `half` recalls: `>= half`, and `< half` where "
        "recall has to fail.",
        MISSING: "An arm that was not run shows nothing. Without it the answer to its question is "
        "False: not shown.",
        TOO_FAR: "A missing arm leaves one question open. The other has three arms of its own: "
        "answer it by these.",
        STOPS: "An arm may be missing from the table: `table.get(arm, np.nan)` gives `np.nan` "
        "then, and no comparison with it is True.",
    },
    examine=_examine_table,
)
