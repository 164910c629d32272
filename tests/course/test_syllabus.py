"""The list of lessons: whole, in order, and passable along each named path."""

import pytest

from engramlab._types import CourseError
from engramlab.course import resources
from engramlab.course.syllabus import LESSONS, PATHS, find

NUMBERS = [lesson.number for lesson in LESSONS]


def test_twenty_one_lessons_in_order() -> None:
    assert [f"{number:02d}" for number in range(21)] == NUMBERS
    assert len({lesson.stem for lesson in LESSONS}) == 21
    assert all(lesson.stem.startswith(f"{lesson.number}_") for lesson in LESSONS)


def test_each_lesson_asks_one_question() -> None:
    questions = [lesson.question for lesson in LESSONS]
    assert len(set(questions)) == 21
    assert all(one.endswith("?") and one.count("?") == 1 for one in questions)
    assert find("08").question == "How can a fragment bring back the whole?"


def test_ready_are_those_that_are_written() -> None:
    ready = [lesson for lesson in LESSONS if lesson.ready]
    assert {"00", "08"} <= {lesson.number for lesson in ready}
    written = sorted(path.stem for path in resources.lessons_folder().glob("*.ipynb"))
    assert [lesson.stem for lesson in ready] == written
    practised = sorted(path.stem for path in resources.exercises_folder().glob("*.ipynb"))
    assert [lesson.stem for lesson in ready if lesson.has_exercise] == practised


def test_parts_follow_the_arc() -> None:
    parts = [lesson.part for lesson in LESSONS]
    seen = list(dict.fromkeys(parts))
    assert seen == [
        "Start",
        "Encoding",
        "Allocation",
        "Pattern completion",
        "Forgetting",
        "Machines",
    ]
    assert parts == sorted(parts, key=seen.index), "a part is one run of lessons"


def test_prerequisites_come_earlier() -> None:
    for lesson in LESSONS:
        for before in (*lesson.needs, *lesson.helps):
            assert before in NUMBERS
            assert before < lesson.number, f"{lesson.number} needs the later {before}"
        assert lesson.needs or lesson.number == "00"


def unmet(path: tuple[str, ...]) -> list[str]:
    """Return what a learner who follows the path would meet without its prerequisite."""
    done: set[str] = set()
    problems = []
    for number in path:
        problems += [
            f"{number} needs {before}" for before in find(number).needs if before not in done
        ]
        done.add(number)
    return problems


@pytest.mark.parametrize("name", PATHS)
def test_prerequisites_hold_on_each_path(name: str) -> None:
    assert unmet(PATHS[name]) == []


def test_a_path_with_a_gap_is_found() -> None:
    assert unmet(("00", "11", "03")) == ["11 needs 03", "11 needs 07", "03 needs 01"]


def test_ready_lessons_need_only_ready_lessons() -> None:
    ready = {lesson.number for lesson in LESSONS if lesson.ready}
    assert all(set(lesson.needs) <= ready for lesson in LESSONS if lesson.ready)


def test_the_taster_takes_ninety_minutes() -> None:
    chosen = [find(number) for number in PATHS["Taster"]]
    assert sum(lesson.minutes + lesson.exercise_minutes for lesson in chosen) == 90


@pytest.mark.parametrize("asked", ["08", "8", 8, "08_pattern_completion", " 08 "])
def test_find_takes_number_or_stem(asked: str | int) -> None:
    assert find(asked).stem == "08_pattern_completion"


@pytest.mark.parametrize("asked", ["21", "", "pattern", -1, "8x", "٢٢"])
def test_find_names_what_exists(asked: str | int) -> None:
    ready = ", ".join(lesson.number for lesson in LESSONS if lesson.ready)
    with pytest.raises(CourseError, match=f"no lesson .* 00 to 20; ready in this version: {ready}"):
        find(asked)
