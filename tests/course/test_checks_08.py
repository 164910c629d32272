"""Lesson 08's checks: the reference is right, each wrong answer is told its own misconception."""

import linecache

import numpy as np
import pytest
from wrong_answers_08 import RECALL_TOO, WRONG_ANSWERS

from engramlab._types import CourseError
from engramlab.course import checks
from engramlab.course.answers import reference
from engramlab.course.checks import Item, Outcome
from engramlab.course.checks._asks import COMMON_HINTS, Direct

SEEDS = range(8)
ITEMS = {item.name: item for item in checks.items("08")}
CASES = [(name, wrong) for name, answers in WRONG_ANSWERS.items() for wrong in answers]


def function_of(source, name, file="<answer>"):
    """Run source text as the learner's cell and return one function of it."""
    names = {"np": np}
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    exec(compile(source, file, "exec"), names)
    return names[name]


def right(name):
    item = ITEMS[name]
    return function_of(item.solution or reference("08", name), item.function)


@pytest.mark.parametrize("name", ITEMS)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_reference_is_right(name, seed):
    verdict = ITEMS[name].check(right(name), seed=seed)
    assert verdict.outcome is Outcome.RIGHT, verdict.message
    assert verdict.points == verdict.max_points == ITEMS[name].points
    assert verdict.misconception is verdict.hint is None


@pytest.mark.parametrize(("name", "misconception"), CASES)
def test_each_wrong_answer_gets_its_own_hint(name, misconception):
    item = ITEMS[name]
    wrong = function_of(WRONG_ANSWERS[name][misconception], item.function)
    for seed in SEEDS:
        verdict = item.check(wrong, seed=seed)
        assert (verdict.outcome, verdict.misconception) == (Outcome.WRONG, misconception), seed
        assert verdict.points == 0
        assert verdict.hint == (item.misconceptions | COMMON_HINTS)[misconception]
        assert verdict.message
        assert verdict.asked.startswith(f"{item.function}(")


@pytest.mark.parametrize(("misconception", "source"), RECALL_TOO)
def test_more_faces_of_a_misconception_get_the_same_hint(misconception, source):
    for seed in SEEDS:
        verdict = ITEMS["recall"].check(function_of(source, "recall"), seed=seed)
        assert (verdict.outcome, verdict.misconception) == (Outcome.WRONG, misconception), seed


@pytest.mark.parametrize("name", ITEMS)
def test_every_named_misconception_has_a_wrong_answer(name):
    assert set(ITEMS[name].misconceptions) <= set(WRONG_ANSWERS[name])
    assert len(WRONG_ANSWERS[name]) >= 3
    assert len(set(ITEMS[name].misconceptions.values())) == len(ITEMS[name].misconceptions)


@pytest.mark.parametrize("name", ITEMS)
@pytest.mark.parametrize("body", ["raise NotImplementedError()", "...\n    return ..."])
def test_an_untouched_stub_is_not_attempted(name, body):
    item = ITEMS[name]
    stub = function_of(f"def {item.signature}:\n    {body}\n", item.function)
    verdict = item.check(stub)
    assert verdict.outcome is Outcome.NOT_ATTEMPTED
    assert verdict.points == 0
    assert item.check(...).outcome is item.check(None).outcome is Outcome.NOT_ATTEMPTED


@pytest.mark.parametrize("name", ITEMS)
def test_an_error_shows_the_learners_own_line(name):
    item = ITEMS[name]
    source = (
        f"def helper(x):\n    return x.patern\n\n\ndef {item.signature}:\n    return helper(3)\n"
    )
    verdict = item.check(function_of(source, item.function, file="ipykernel_1/1.py"))
    assert verdict.outcome is Outcome.ERROR
    assert verdict.line == "line 2: return x.patern"
    assert verdict.message == "AttributeError: 'int' object has no attribute 'patern'"
    assert "engramlab" not in verdict.message + verdict.line


def test_an_error_inside_the_given_recall_shows_the_line_that_called_it():
    item = ITEMS["completion_curve"]
    source = f"def {item.signature}:\n    return recall(W, cues[0], rng, 100)\n"
    verdict = item.check(function_of(source, item.function))
    assert verdict.line == "line 2: return recall(W, cues[0], rng, 100)"
    assert "recall takes one cue of shape (20,)" in verdict.message


STRANGE = {
    "text": "'many'",
    "ragged": "[[1, 2], [3]]",
    "not a number": "np.full((3, 3), np.nan)",
    "a set": "{1, 2}",
    "objects": "np.array([object()])",
    "complex": "1j",
    "deep": "__import__('functools').reduce(lambda a, _: [a], range(50), 1)",
    "equal to all": "type('Equal', (), {'__eq__': lambda a, b: True})()",
    "a matrix": "np.ones((1, 1)).view(np.matrix)",
    "nothing in it": "()",
    "infinite": "(np.full(40, np.inf), [np.inf])",
}


@pytest.mark.parametrize("name", ITEMS)
@pytest.mark.parametrize("value", STRANGE.values(), ids=STRANGE)
def test_a_strange_answer_is_wrong_and_raises_nothing(name, value):
    item = ITEMS[name]
    verdict = item.check(function_of(f"def {item.signature}:\n    return {value}", item.function))
    assert verdict.outcome is Outcome.WRONG, verdict.message
    assert len(verdict.message) < 600


@pytest.mark.parametrize("value", [3, "recall", [1], np.ones(3)])
def test_what_is_no_function_is_met_with_a_sentence(value):
    verdict = ITEMS["recall"].check(value)
    assert verdict.outcome is Outcome.ERROR
    assert 'L.check("recall", recall)' in verdict.message


def test_an_answer_fixed_to_one_input_fails():
    item = ITEMS["hebbian_weights"]
    fixed = right("hebbian_weights")(np.array([[1, 1, -1, -1], [1, -1, 1, -1]], dtype=np.int8))
    assert item.check(lambda patterns: fixed).outcome is Outcome.WRONG  # noqa: ARG005


def test_other_arguments_are_an_error_and_exit_is_caught():
    item = ITEMS["recall"]
    assert item.check(lambda W: W).outcome is Outcome.ERROR
    assert item.check(lambda *_: exit(1)).outcome is Outcome.ERROR


def test_lists_and_other_number_types_are_as_good_as_arrays():
    hebb = right("hebbian_weights")
    for kind in (lambda w: w.tolist(), lambda w: w.astype(np.float32)):
        verdict = ITEMS["hebbian_weights"].check(lambda p, kind=kind: kind(hebb(p)))
        assert verdict.outcome is Outcome.RIGHT, verdict.message


@pytest.mark.parametrize("sweeps", ["np.int64(100)", "int(1e2)"])
def test_any_whole_number_of_sweeps_is_as_good(sweeps):
    source = reference("08", "completion_curve").replace("100", sweeps)
    item = ITEMS["completion_curve"]
    assert item.check(function_of(source, "completion_curve")).outcome is Outcome.RIGHT


def test_an_answer_in_words_is_told_what_it_should_be():
    verdict = ITEMS["completion_curve"].check(lambda *_: "high")
    assert verdict.message.startswith("The ")
    assert "should be an array of numbers; it is 'high'" in verdict.message


def test_a_kept_diagonal_is_told_what_it_does():
    hint = ITEMS["hebbian_weights"].hint_for("keeps self-coupling")
    assert "at high load a damaged copy mostly stays as damaged as it was" in hint
    assert "Below capacity that makes little difference" in hint


def test_the_packages_own_model_does_not_pass_for_an_answer():
    source = (
        "import engramlab as el\ndef hebbian_weights(p):\n    return el.Hopfield.store(p).weights\n"
    )
    item = ITEMS["hebbian_weights"]
    verdict = item.check(function_of(source, "hebbian_weights"))
    assert (verdict.outcome, verdict.misconception) == (
        Outcome.WRONG,
        "calls the package's own model",
    )
    named = (
        'def hebbian_weights(patterns):\n    "As el.Hopfield does."\n'
        + reference("08", "hebbian_weights").partition('"""\n')[2]
    )
    assert item.check(function_of(named, "hebbian_weights")).outcome is Outcome.RIGHT


def test_the_same_seed_asks_the_same_questions():
    asked = []
    item, hebb = ITEMS["hebbian_weights"], right("hebbian_weights")
    for seed in (5, 5, 6):
        seen = []
        item.check(lambda p, seen=seen: seen.append(p.tobytes()) or hebb(p), seed=seed)
        asked.append(seen)
    assert asked[0] == asked[1] != asked[2]
    assert item.check(right("hebbian_weights")).seed != item.check(right("hebbian_weights")).seed


def test_a_fault_of_the_check_is_reported_and_not_raised():
    def broken(_ask, _rng):
        raise ZeroDivisionError

    plan = {
        f: getattr(ITEMS["a"], f) for f in ("name", "lesson", "title", "statement", "signature")
    }
    item = Item(**plan, points=1, hints=("", ""), examine=broken)
    verdict = item.check(len)
    assert verdict.outcome is Outcome.CRASHED
    assert "The check itself failed (ZeroDivisionError)" in verdict.message


def test_the_learner_gets_copies_and_the_check_sees_what_they_change():
    patterns = np.ones((2, 3), dtype=np.int8)
    ask = Direct(lambda p: p.fill(0) or p, "f(patterns)")
    with pytest.raises(checks.Wrong, match="`patterns` is no longer what it was"):
        ask(patterns)
    assert (patterns == 1).all()


def test_unknown_ids_name_those_that_exist():
    with pytest.raises(CourseError, match="completion_curve, hebbian_weights, recall"):
        checks.item("08", "recal")
    with pytest.raises(CourseError, match="00, 08"):
        checks.items("77")
    assert [item.name for item in checks.graded("08")] == [n for n in ITEMS if n != "a"]


def test_the_check_of_lesson_00():
    item = checks.item("00", "a")
    wrong = {
        "counts the units that agree": "np.sum(state == memory)",
        "returns a share": "np.mean(state != memory)",
        "adds up the differences": "np.sum(np.abs(state - memory))",
        "counts one kind of error": "np.sum(state < memory)",
        "lets errors cancel": "np.sum(state - memory)",
        "answers for each unit": "state != memory",
    }
    assert set(wrong) == set(item.misconceptions)
    for name, line in wrong.items():
        answer = function_of(f"def n_wrong(state, memory):\n    return {line}", "n_wrong")
        for seed in SEEDS:
            assert item.check(answer, seed=seed).misconception == name
    assert item.check(function_of(item.solution, "n_wrong")).outcome is Outcome.RIGHT
