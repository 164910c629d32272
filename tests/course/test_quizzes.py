"""Quizzes: one right answer each, a word for every wrong one, and an order that tells nothing."""

import pytest

from engramlab._types import CourseError
from engramlab.course import syllabus
from engramlab.course.quizzes import QuizItem, lessons, quiz

EVERY = [item for lesson in lessons() for item in (*quiz(lesson).warm_up, *quiz(lesson).exit)]
IDS = [item.id for item in EVERY]


WARM_UPS = {"00": 4}  # the self-test of NumPy; elsewhere two questions on what was learned before


@pytest.mark.parametrize("lesson", lessons())
def test_the_exit_quiz_has_four_items_and_the_warm_up_its_own(lesson: str):
    one, n_asked = quiz(lesson), WARM_UPS.get(lesson, 2)
    assert one.lesson == syllabus.find(lesson).stem
    assert [item.id for item in one.exit] == [f"{lesson}-exit-{k}" for k in range(1, 5)]
    assert [item.id for item in one.warm_up] == [f"{lesson}-warm-{k + 1}" for k in range(n_asked)]
    assert one.warm_up_title
    assert one.exit_title


def test_every_lesson_of_this_version_has_its_quiz():
    assert {lesson.number for lesson in syllabus.LESSONS if lesson.ready} <= set(lessons())
    assert len(set(IDS)) == len(IDS)


def test_the_self_test_of_lesson_00_says_what_to_do_next():
    assert quiz("00").all_right
    assert quiz("00").some_wrong


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


@pytest.mark.parametrize("lesson", lessons())
def test_the_order_is_fixed_and_the_right_answers_are_spread(lesson: str):
    once = [item.answer for item in quiz(lesson).exit]
    quiz.cache_clear()
    assert once == [item.answer for item in quiz(lesson).exit]
    assert len(set(once)) >= 3


def test_no_place_holds_more_than_half_of_the_right_answers():
    places = [item.answer for item in EVERY]
    assert set(places) == {0, 1, 2, 3}
    assert max(places.count(place) for place in range(4)) <= len(places) / 2


@pytest.mark.parametrize("item", EVERY, ids=IDS)
def test_the_right_answer_is_not_always_the_longest(item: QuizItem):
    lengths = [len(option.text) for option in item.options]
    others = [length for k, length in enumerate(lengths) if k != item.answer]
    assert lengths[item.answer] <= 1.9 * max(others)


def test_another_seed_gives_another_order():
    item = quiz("08").exit[0]
    orders = {tuple(option.text for option in item.shuffled(seed).options) for seed in range(20)}
    assert len(orders) > 5


@pytest.mark.parametrize("lesson", lessons())
def test_each_exit_question_tests_a_belief_of_its_own(lesson: str):
    beliefs = [item.belief for item in quiz(lesson).exit if item.belief]
    assert len(set(beliefs)) == len(beliefs) >= 3
    assert all(belief.isidentifier() for belief in beliefs)


def test_the_misconceptions_of_the_inventory_are_practised():
    beliefs = {item.belief for item in quiz("08").exit}
    assert beliefs == {"part_for_part", "blackout", "video_record", "energy_rises"}


def test_a_lesson_without_a_quiz_is_a_sentence():
    with pytest.raises(CourseError, match="no quiz yet"):
        quiz("99")
