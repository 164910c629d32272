"""No number in a quiz or a prediction that is neither a setting of its question nor in the ledger.

A setting is listed in the item's `settings` and printed in its question. Any other number, in the
question, an option, a feedback, a belief or a finding, is a result: the item's `claims` must hold
it. Digits in `code` and $math$ are free, and so is a warm-up question about `code`, whose answers
Python itself gives.
"""

import dataclasses

import pytest
from claim_rules import disagreements, numbers, sentences

from engramlab.course import predictions, quizzes
from engramlab.course.claims import claims

LEDGER = {row.id: row for row in claims()}
WARM_UPS = [item for lesson in quizzes.lessons() for item in quizzes.quiz(lesson).warm_up]
EXITS = [item for lesson in quizzes.lessons() for item in quizzes.quiz(lesson).exit]
PREDICTIONS = [one for lesson in predictions.lessons() for one in predictions.predictions(lesson)]
ITEMS = [item for item in WARM_UPS if "`" not in item.question] + EXITS + PREDICTIONS


def texts(item):
    """Every text of a quiz item or a prediction that a learner reads, the question first."""
    yield item.question
    for option in item.options:
        yield option.text
        yield option.belief.sentence if hasattr(option, "belief") else option.feedback
    for reason in getattr(item, "because", ()):
        yield from (reason.text, reason.feedback)
    yield from (getattr(item, name, "") for name in ("title", "finding"))


def item_faults(item, ledger=LEDGER):
    """Every breach of the rule in one item."""
    found = [f"{name} has no row in the ledger" for name in item.claims if name not in ledger]
    rows = [ledger[name] for name in item.claims if name in ledger]
    asked = {float(each.text) for line in sentences(item.question) for each in numbers(line)}
    found += [
        f"{number:g} is called a setting, but the question does not print it"
        for number in item.settings
        if round(number, 9) not in asked
    ]
    free = [round(number, 9) for number in item.settings]
    for text in texts(item):
        for sentence in sentences(text):
            found += disagreements(sentence, rows, free)
            unsure = [row for row in rows if row.known == "secondary" and row.value]
            results = [each for each in numbers(sentence) if float(each.text) not in free]
            if results and rows and len(unsure) == len(rows) and "about" not in sentence.lower():
                found.append(f"a second-hand number without 'about': {sentence!r}")
    return found


@pytest.mark.parametrize("item", ITEMS, ids=[item.id for item in ITEMS])
def test_every_number_of_an_item_is_a_setting_or_a_claim(item):
    assert not item_faults(item), "\n".join(item_faults(item))


def test_only_questions_about_code_are_left_out():
    """All of lesson 00's self-test of NumPy, and elsewhere at most one of a warm-up's two."""
    left_out = {item.id for item in WARM_UPS} - {item.id for item in ITEMS}
    assert left_out == {item.id for item in WARM_UPS if "`" in item.question}
    for lesson in quizzes.lessons():
        own = {name for name in left_out if name.startswith(f"{lesson}-")}
        assert len(own) == 4 if lesson == "00" else len(own) <= 1
    assert {name for name in left_out if name.startswith("08-")} == {"08-warm-2"}


QUIZ_ITEM = next(item for item in EXITS if item.id == "08-exit-1")


def spoilt(**fields):
    return dataclasses.replace(QUIZ_ITEM, **fields)


def with_feedback(words, **fields):
    option = dataclasses.replace(QUIZ_ITEM.options[0], feedback=words)
    return spoilt(options=(option, *QUIZ_ITEM.options[1:]), **fields)


@pytest.mark.parametrize(
    ("item", "why"),
    [
        (with_feedback("Yes: 97 % of the memory comes back."), "97 % is not in"),
        (with_feedback("Half are lost at 0.289.", claims=("C-m-finite",)), "0.289 is not in C-m-f"),
        (with_feedback("It ends at 0.80.", claims=("C-m-completion",)), "0.80 is not in C-m-comp"),
        (with_feedback("It ends at 1.00.", claims=("C-nobody",)), "C-nobody has no row"),
        (with_feedback("It ends at 0.80.", settings=(400, 0.80)), "0.8 is called a setting, but"),
        (with_feedback("Yes: 400 of them."), None),
        (with_feedback("Half are lost at 0.189.", claims=("C-m-finite",)), None),
        (with_feedback("The limit is 0.138.", claims=("C-T12",)), "second-hand number without 'ab"),
        (with_feedback("The limit is about 0.138.", claims=("C-T12",)), None),
        (spoilt(settings=()), "400 is not in"),
        (spoilt(question="Of 400 units, 12 are on. How many are off?"), "12 is not in"),
    ],
)
def test_canary_an_item_with_a_number_of_its_own_fails(item, why):
    found = item_faults(item)
    assert any(why in fault for fault in found) if why else not found


def test_canary_a_finding_with_a_number_of_its_own_fails():
    one = predictions.prediction("08", 3)
    bad = dataclasses.replace(one, finding="Half are lost at a load of 0.274.")
    assert any("0.274 is not in C-m-finite" in fault for fault in item_faults(bad))
    good = dataclasses.replace(one, finding="Half are lost at a load of 0.174.")
    assert not item_faults(good)
