"""Lesson 07's checks: any right way of writing an answer is right, and the package's own is not."""

import pytest
from answer_tools import function_of
from wrong_answers_07 import (
    UNCHECKED,
    control_with,
    knobs_with,
    protocol_with,
    purity_with,
    table_with,
)

from engramlab.course import checks
from engramlab.course.checks import Outcome

SEEDS = range(25)

REFUSES = "if n > others.size: raise ValueError('too few')"

VARIANTS = [
    ("necessity_sufficiency", table_with()),
    ("necessity_sufficiency", table_with(result="[int(necessary), int(sufficient)]")),
    ("necessity_sufficiency", table_with(result="np.array([necessary, sufficient])")),
    ("necessity_sufficiency", table_with(necessary="place >= half > silenced and half <= "
                                         "others_silenced")),
    ("necessity_sufficiency", table_with(
        get="lambda arm: np.float64(table.get(arm, np.nan)) - half",
        necessary="(place >= 0) & (silenced < 0) & (others_silenced >= 0)",
        sufficient="(new < 0) & (lit >= 0) & (others_lit < 0)")),
    (
        "necessity_sufficiency",
        """
def necessity_sufficiency(table, half):
    def recalls(arm):
        return arm in table and table[arm] >= half

    def fails(arm):
        return arm in table and table[arm] < half

    return (
        recalls("place") and fails("silenced") and recalls("others silenced"),
        fails("new place") and recalls("lit") and fails("others lit"),
    )
""",
    ),
    (
        "necessity_sufficiency",
        """
def necessity_sufficiency(table, half):
    found = []
    for arms, want in (
        (["place", "silenced", "others silenced"], [True, False, True]),
        (["new place", "lit", "others lit"], [False, True, False]),
    ):
        try:
            found.append([table[arm] >= half for arm in arms] == want)
        except KeyError:
            found.append(False)
    return found
""",
    ),
    (
        "necessity_sufficiency",
        """
def necessity_sufficiency(table, half):
    necessary = sufficient = False
    if {"place", "silenced", "others silenced"} <= set(table):
        necessary = table["silenced"] < half <= min(table["place"], table["others silenced"])
    if {"new place", "lit", "others lit"} <= set(table):
        sufficient = max(table["new place"], table["others lit"]) < half <= table["lit"]
    return necessary, sufficient
""",
    ),
    ("matched_control", control_with()),
    ("matched_control", control_with(
        drawn=UNCHECKED).replace("    drawn", f"    {REFUSES}\n    drawn")),
    ("matched_control", control_with(result="control.tolist()")),
    ("matched_control", control_with(result="control.astype(int)")),
    ("matched_control", control_with(drawn="rng.choice(others, n, replace=False, shuffle=False)")),
    (
        "matched_control",
        """
def matched_control(engram, rng):
    if 2 * engram.sum() > engram.size:
        raise ValueError
    score = np.where(engram, 2.0, rng.random(engram.size))
    control = np.zeros(engram.size, dtype=bool)
    control[np.argsort(score)[:engram.sum()]] = True
    return control
""",
    ),
    (
        "matched_control",
        """
def matched_control(engram, rng):
    free = [k for k, member in enumerate(engram) if not member]
    chosen, control = rng.permutation(free)[:sum(engram)], [False] * len(engram)
    if len(chosen) < sum(engram):
        raise ValueError("too few other cells")
    for k in chosen.astype(int):
        control[k] = True
    return control
""",
    ),
    (
        "matched_control",
        """
def matched_control(engram, rng):
    control = engram.copy()
    control[~engram] = rng.permutation(np.arange((~engram).sum()) < engram.sum())
    control[engram] = False
    if control.sum() < engram.sum():
        raise ValueError("too few")
    return control
""",
    ),
    (
        "matched_control",
        "class TooFew(ValueError):\n    pass\n"
        + control_with(before="if 2 * engram.sum() > engram.size: raise TooFew('few')"),
    ),
    ("label_and_reactivate", protocol_with()),
    ("label_and_reactivate", protocol_with(result="[label, shock, rest, dark, control, light]")),
    ("label_and_reactivate", protocol_with(
        result='(label, shock, rest, light, control, dark, ("recall", home))')),
    ("label_and_reactivate", protocol_with(
        result="[list(step) for step in (label, shock, rest, light, control, dark)]")),
    ("label_and_reactivate", protocol_with(
        rest='("wait", wait_hours - 1)',
        result='[label, ("wait", 5), shock, ("wait", 1.0), rest, dark, light, control, light]')),
    ("label_and_reactivate", protocol_with(rest='("wait", np.float32(wait_hours))')),
    ("knobs_that_break", knobs_with()),
    ("knobs_that_break", knobs_with(counts="set(words) & {lower, higher}")),
    ("knobs_that_break", knobs_with(counts="any(turn in words for turn in (lower, higher))")),
    ("knobs_that_break", knobs_with(result="{e: sorted(k) for e, k in found.items()}")),
    ("knobs_that_break", knobs_with(result="{e: tuple(k) for e, k in found.items()}")),
    (
        "knobs_that_break",
        """
def knobs_that_break(rows, words):
    return {
        name: [knob for effect, knob, *turns in rows if effect == name and set(turns) & set(words)]
        for name in {row[0] for row in rows}
    }
""",
    ),
    (
        "knobs_that_break",
        """
from collections import defaultdict


def knobs_that_break(rows, words):
    found = defaultdict(list)
    for effect, knob, *turns in rows:
        found[effect] += [knob] * any(word in turns for word in words)
    return dict(found)
""",
    ),
    ("a", purity_with("hits / (hits + wrong)")),
    ("a", purity_with("1 - wrong / (hits + wrong)")),
    ("a", purity_with("1 / (1 + wrong / hits)")),
    ("a", purity_with("np.divide(hits, np.add(hits, wrong))")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "source"), VARIANTS)
def test_any_right_way_is_right(name, source):
    item = checks.item("07", name)
    for seed in SEEDS[:8] if name == "label_and_reactivate" else SEEDS:
        verdict = item.check(function_of(source, item.function), seed=seed)
        assert verdict.outcome is Outcome.RIGHT, (seed, verdict.message)


def test_the_packages_own_control_does_not_pass_for_an_answer():
    own = """
from engramlab.ensemble import as_many_others
def matched_control(engram, rng):
    return as_many_others(engram, rng=rng)
"""
    verdict = checks.item("07", "matched_control").check(function_of(own, "matched_control"))
    assert verdict.misconception == "calls the package's own model"


def test_the_protocol_may_be_tried_on_the_packages_model():
    """The item asks for an experiment: trying it on the model is the point."""
    source = "import engramlab as el\n" + protocol_with(
        result="[label, shock, rest, light, control, dark]"
    ).replace("    return", "    el.run_protocol([label, shock], rng=1)\n    return")
    item = checks.item("07", "label_and_reactivate")
    assert item.check(function_of(source, item.function), seed=1).outcome is Outcome.RIGHT


def test_what_the_messages_say():
    def verdict(name, source, seed=3):
        return checks.item("07", name).check(function_of(source, name), seed=seed)

    table = verdict("necessity_sufficiency", table_with(before="half = 0.8"))
    assert "the answer (necessary, sufficient) should be (" in table.message
    gone = verdict("necessity_sufficiency", table_with(get="table.__getitem__"))
    assert gone.message.startswith("The table has no arm 'place'. Your code stops there")
    few = verdict("matched_control", control_with(drawn=UNCHECKED))
    told = "The engram has 7 of 12 cells; only 5 are left. Your function returns ["
    assert few.message.startswith(told)
    other = verdict(
        "matched_control", control_with(before="assert 2 * engram.sum() <= engram.size")
    )
    assert "stops with another error there: AssertionError" in other.message
    alone = verdict(
        "label_and_reactivate", protocol_with(result="[label, shock, rest, light, dark]")
    )
    assert "In 6 animals, light on the labelled cells gives a mean drive of " in alone.message
    typo = verdict("label_and_reactivate", protocol_with(rest='("wait", "1 day")'))
    assert typo.message.startswith("In your list, step 3 is ('wait', '1 day'): ")
    knobs = verdict("knobs_that_break", knobs_with(counts="lower in words"))
    assert "its knobs should be [" in knobs.message


def test_what_is_shown_is_the_answer_that_was_wrong():
    """The function answers otherwise when it is asked once more."""
    source = "asked = []\n" + table_with(
        before="asked.append(table)", result="necessary ^ (len(asked) == 10), sufficient"
    )
    verdict = checks.item("07", "necessity_sufficiency").check(
        function_of(source, "necessity_sufficiency"), seed=1
    )
    should, is_ = verdict.message.rpartition("should be ")[2].rstrip(".").split("; it is ")
    assert should != is_ == verdict.returned


def test_a_right_control_says_nothing_of_other_wrong_input():
    """A Generator is handed over each time, and a mask; nothing else is asked for."""
    seen = []

    def control(engram, rng):
        seen.append((engram.dtype, type(rng).__name__))
        return function_of(control_with(), "matched_control")(engram, rng)

    assert checks.item("07", "matched_control").check(control, seed=1).outcome is Outcome.RIGHT
    assert set(map(str, {kind for kind, _ in seen})) == {"bool"}
    assert {name for _, name in seen} == {"Generator"}


def test_the_protocol_finds_its_effect_in_the_model_at_every_question():
    """Light does more than both controls in the mean of the animals, whatever the wait."""
    item = checks.item("07", "label_and_reactivate")
    right = function_of(protocol_with(), item.function)
    for seed in range(40):
        assert item.check(right, seed=seed).outcome is Outcome.RIGHT
