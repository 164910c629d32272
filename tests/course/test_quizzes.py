"""Quizzes: one right answer each, a word for every wrong one, and an order that tells nothing."""

import pytest

from engramlab._types import CourseError
from engramlab.course.quizzes import QuizItem, lessons, quiz

EVERY = [item for lesson in lessons() for item in (*quiz(lesson).warm_up, *quiz(lesson).exit)]
IDS = [item.id for item in EVERY]


def test_the_exit_quiz_has_four_items_and_the_warm_up_its_own():
    for lesson in ("00", "08"):
        assert len(quiz(lesson).exit) == 4
    assert len(quiz("08").warm_up) == 2  # retrieval from earlier lessons
    assert len(quiz("00").warm_up) == 4  # the self-test of NumPy, with a word on what to do next
    assert quiz("00").all_right
    assert quiz("00").some_wrong
    assert len(set(IDS)) == len(IDS)


@pytest.mark.parametrize("item", EVERY, ids=IDS)
def test_one_right_answer_and_a_word_for_each(item: QuizItem):
    assert 2 <= len(item.options) <= 4
    assert sum(option.right for option in item.options) == 1
    assert item.options[item.answer].right
    assert len({option.text for option in item.options}) == len(item.options)
    feedbacks = [option.feedback for option in item.options]
    assert len(set(feedbacks)) == len(feedbacks)
    for option in item.options:
        assert option.feedback.endswith((".", "`."))
        assert len(option.text) <= 80
    assert item.question.endswith("?")


def test_the_order_is_fixed_and_the_right_answers_are_spread():
    again = [item.answer for item in quiz("08").exit]
    assert again == [item.answer for item in quiz("08").exit]
    for lesson in ("00", "08"):
        assert len({item.answer for item in quiz(lesson).exit}) >= 3


@pytest.mark.parametrize("item", EVERY, ids=IDS)
def test_the_right_answer_is_not_always_the_longest(item: QuizItem):
    lengths = [len(option.text) for option in item.options]
    others = [length for k, length in enumerate(lengths) if k != item.answer]
    assert lengths[item.answer] <= 1.9 * max(others)


def test_another_seed_gives_another_order():
    item = quiz("08").exit[0]
    orders = {tuple(option.text for option in item.shuffled(seed).options) for seed in range(20)}
    assert len(orders) > 5


def test_the_misconceptions_of_the_inventory_are_practised():
    beliefs = {item.belief for item in quiz("08").exit}
    assert beliefs == {"part_for_part", "blackout", "video_record", "energy_rises"}


def test_a_lesson_without_a_quiz_is_a_sentence():
    with pytest.raises(CourseError, match="no quiz yet"):
        quiz("07")
