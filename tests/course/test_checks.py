"""The checks of every lesson: the reference is right, each wrong answer gets its own hint."""

import sys
from importlib import import_module
from types import ModuleType

import numpy as np
import pytest
from answer_tools import extra, function_of, right, wrong_answers

from engramlab._types import CourseError
from engramlab.course import checks
from engramlab.course.checks import Item, Outcome
from engramlab.course.checks._asks import COMMON_HINTS, Direct
from engramlab.course.checks._tools import agrees, close, face_of
from engramlab.course.closing import Closing, UseYourOwn

SEEDS = range(8)
SOME, MORE = SEEDS[:4], SEEDS[4:]
LESSONS = list(checks.lessons())
ITEMS = [(lesson, item.name) for lesson in LESSONS for item in checks.items(lesson)]
WRONG = [
    (lesson, name, misconception, source)
    for lesson in LESSONS
    for name, answers in wrong_answers(lesson).items()
    for misconception, source in answers.items()
]
EXTRA = [(lesson, *one) for lesson in LESSONS for one in extra(lesson)]

each_seeds = pytest.mark.parametrize(
    "seeds", [SOME, pytest.param(MORE, marks=pytest.mark.full)], ids=["some", "more"]
)
each_item = pytest.mark.parametrize(("lesson", "name"), ITEMS, ids=["-".join(one) for one in ITEMS])


def names_of(rows):
    """Return a test's id for each wrong answer."""
    return ["-".join(map(str, row[:3])) for row in rows]


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_has_items_in_order_its_own_check_last(lesson):
    names = [item.name for item in checks.items(lesson)]
    assert len(set(names)) == len(names)
    assert names[-1] == "a"
    assert [item.name for item in checks.graded(lesson)] == names[:-1]
    assert all(item.lesson == lesson for item in checks.items(lesson))
    assert all(item.function == item.name for item in checks.graded(lesson))


@each_item
@pytest.mark.parametrize("seed", SEEDS)
def test_the_reference_is_right(lesson, name, seed):
    item = checks.item(lesson, name)
    verdict = item.check(right(lesson, name), seed=seed)
    assert verdict.outcome is Outcome.RIGHT, verdict.message
    assert verdict.points == verdict.max_points == item.points
    assert verdict.misconception is verdict.hint is None


@each_seeds
@pytest.mark.parametrize(("lesson", "name", "misconception", "source"), WRONG, ids=names_of(WRONG))
def test_each_wrong_answer_gets_its_own_hint(lesson, name, misconception, source, seeds):
    item = checks.item(lesson, name)
    wrong = function_of(source, item.function)
    for seed in seeds:
        verdict = item.check(wrong, seed=seed)
        assert (verdict.outcome, verdict.misconception) == (Outcome.WRONG, misconception), seed
        assert verdict.points == 0
        assert verdict.hint == (item.misconceptions | COMMON_HINTS)[misconception]
        assert verdict.message
        assert verdict.asked.startswith(f"{item.function}(")


@each_seeds
@pytest.mark.parametrize(("lesson", "name", "misconception", "source"), EXTRA, ids=names_of(EXTRA))
def test_more_faces_of_a_misconception_get_the_same_hint(
    lesson, name, misconception, source, seeds
):
    item = checks.item(lesson, name)
    for seed in seeds:
        verdict = item.check(function_of(source, item.function), seed=seed)
        assert (verdict.outcome, verdict.misconception) == (Outcome.WRONG, misconception), seed


@each_item
def test_every_named_misconception_has_a_wrong_answer(lesson, name):
    item, answers = checks.item(lesson, name), wrong_answers(lesson).get(name, {})
    assert set(item.misconceptions) <= set(answers), f"tests/course/wrong_answers_{lesson}.py"
    assert len(answers) >= 3
    assert len(set(item.misconceptions.values())) == len(item.misconceptions)


@each_item
def test_an_item_has_two_hints_and_closes_what_exists(lesson, name):
    item = checks.item(lesson, name)
    assert len(set(item.hints)) == len(item.hints) == 2
    assert all(item.hints)
    assert bool(item.points) == item.graded
    for module in item.own_work:
        import_module(module)
    closing = Closing(item.own_work)
    closing._find()
    assert bool(closing._doors) == bool(item.own_work)


def test_functions_and_generators_are_closed_and_opened_again(monkeypatch):
    probe = ModuleType("closed_probe")
    source = "def one(x):\n    return x\ndef many(x):\n    yield x\n"
    exec(source, probe.__dict__)
    monkeypatch.setitem(sys.modules, probe.__name__, probe)
    for _ in range(2):
        with Closing((probe.__name__,)):
            with pytest.raises(UseYourOwn, match="one is closed"):
                probe.one(3)
            with pytest.raises(UseYourOwn, match="many is closed"):
                list(probe.many(3))
        assert [probe.one(3), *probe.many(4)] == [3, 4]


@each_item
@pytest.mark.parametrize("body", ["raise NotImplementedError()", "...\n    return ..."])
def test_an_untouched_stub_is_not_attempted(lesson, name, body):
    item = checks.item(lesson, name)
    stub = function_of(f"def {item.signature}:\n    {body}\n", item.function)
    verdict = item.check(stub)
    assert verdict.outcome is Outcome.NOT_ATTEMPTED
    assert verdict.points == 0
    assert item.check(...).outcome is item.check(None).outcome is Outcome.NOT_ATTEMPTED


@each_item
def test_an_error_shows_the_learners_own_line(lesson, name):
    item = checks.item(lesson, name)
    source = (
        f"def helper(x):\n    return x.patern\n\n\ndef {item.signature}:\n    return helper(3)\n"
    )
    verdict = item.check(function_of(source, item.function, file="ipykernel_1/1.py"))
    assert verdict.outcome is Outcome.ERROR
    assert verdict.line == "line 2: return x.patern"
    assert verdict.message == "AttributeError: 'int' object has no attribute 'patern'"
    assert "engramlab" not in verdict.message + verdict.line


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


@each_item
@pytest.mark.parametrize("value", STRANGE.values(), ids=STRANGE)
def test_a_strange_answer_is_wrong_and_raises_nothing(lesson, name, value):
    item = checks.item(lesson, name)
    verdict = item.check(function_of(f"def {item.signature}:\n    return {value}", item.function))
    assert verdict.outcome is Outcome.WRONG, verdict.message
    assert len(verdict.message) < 600


@each_item
@pytest.mark.parametrize("value", [3, "recall", [1], np.ones(3)], ids=str)
def test_what_is_no_function_is_met_with_a_sentence(lesson, name, value):
    item = checks.item(lesson, name)
    verdict = item.check(value)
    assert verdict.outcome is Outcome.ERROR
    assert f'L.check("{name}", {item.function})' in verdict.message


@each_item
def test_an_answer_fixed_to_one_input_fails(lesson, name):
    """The right answer to the first question, given to every question."""
    item, function, kept = checks.item(lesson, name), right(lesson, name), []

    def fixed(*arguments):
        if not kept:
            kept.append(function(*arguments))
        return kept[0]

    item.check(fixed, seed=0)
    for seed in (1, 2):
        assert item.check(fixed, seed=seed).outcome is Outcome.WRONG


@each_item
def test_other_arguments_are_an_error_and_exit_is_caught(lesson, name):
    item = checks.item(lesson, name)
    assert item.check(lambda: 1).outcome is Outcome.ERROR
    assert item.check(lambda *_: exit(1)).outcome is Outcome.ERROR


def in_lists(answer):
    """Return an answer as plain Python gives it."""
    if isinstance(answer, tuple):
        return tuple(map(in_lists, answer))
    return answer.tolist() if isinstance(answer, np.ndarray | np.generic) else answer


def in_single_precision(answer):
    """Return an answer with its numbers in 32 bits."""
    if isinstance(answer, tuple):
        return tuple(map(in_single_precision, answer))
    steps = isinstance(answer, list) and isinstance(answer[0], tuple)
    if isinstance(answer, dict) or steps:  # a protocol: names and whole numbers
        return answer
    return np.asarray(answer, dtype=np.float32)


@each_item
@pytest.mark.parametrize("kind", [in_lists, in_single_precision])
def test_lists_and_other_number_types_are_as_good_as_arrays(lesson, name, kind):
    item, function = checks.item(lesson, name), right(lesson, name)
    verdict = item.check(lambda *arguments: kind(function(*arguments)), seed=3)
    assert verdict.outcome is Outcome.RIGHT, verdict.message


def written_down(argument):
    """Return what an argument holds, so that two can be compared."""
    if isinstance(argument, np.ndarray):
        return argument.shape, argument.tobytes()
    if isinstance(argument, np.random.Generator):
        return str(argument.bit_generator.state)
    if isinstance(argument, list | tuple):
        return [written_down(one) for one in argument]
    return "a function" if callable(argument) else repr(argument)


@each_item
def test_the_same_seed_asks_the_same_questions(lesson, name):
    item, function, rounds = checks.item(lesson, name), right(lesson, name), []
    for seed in (5, 5, 6):
        seen = []

        def asked(*arguments, seen=seen):
            seen.append([written_down(one) for one in arguments])
            return function(*arguments)

        item.check(asked, seed=seed)
        rounds.append(seen)
    assert rounds[0] == rounds[1] != rounds[2]
    assert item.check(function).seed != item.check(function).seed


def test_a_fault_of_the_check_is_reported_and_not_raised():
    def broken(_ask, _rng):
        raise ZeroDivisionError

    fields = ("name", "lesson", "title", "statement", "signature")
    plan = {field: getattr(checks.item("08", "a"), field) for field in fields}
    item = Item(**plan, points=1, hints=("", ""), examine=broken)
    verdict = item.check(len)
    assert verdict.outcome is Outcome.CRASHED
    assert "The check itself failed (ZeroDivisionError)" in verdict.message


def test_what_is_infinite_agrees_with_no_answer():
    for answer in (0.0, 3.5, np.inf, -np.inf, np.nan):
        assert not close(answer, 1.0, np.inf)
        assert not close(answer, np.inf)
        assert not agrees(answer, np.inf)
        assert face_of(answer, [("infinite", np.inf), ("a thousand", 1000.0)]) is None
    assert face_of(1000.0, [("infinite", np.inf), ("a thousand", 1000.0)]) == "a thousand"


def test_the_learner_gets_copies_and_the_check_sees_what_they_change():
    patterns = np.ones((2, 3), dtype=np.int8)
    ask = Direct(lambda p: p.fill(0) or p, "f(patterns)")
    with pytest.raises(checks.Wrong, match="`patterns` is no longer what it was"):
        ask(patterns)
    assert (patterns == 1).all()


@pytest.mark.parametrize("lesson", LESSONS)
def test_unknown_ids_name_those_that_exist(lesson):
    with pytest.raises(CourseError, match=", ".join(one.name for one in checks.items(lesson))):
        checks.item(lesson, "no such item")
    with pytest.raises(CourseError, match=", ".join(LESSONS)):
        checks.items("77")
