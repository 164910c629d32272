"""The lines of an answer, out of order, as a learner meets them."""

import pytest
from tutor_tools import Stage, words

from engramlab.course import checks
from engramlab.tutor import _checks


def lines_of(lesson, item):
    """Return the head and the lines of the answer to an item."""
    return _checks.scaffold_lines(_checks.answer_source(lesson, item), item.function)


EVERY = [(lesson, item) for lesson in checks.lessons() for item in checks.items(lesson)]


@pytest.mark.parametrize(
    ("lesson", "name"),
    [(lesson, item.name) for lesson, item in EVERY if len(lines_of(lesson, item)[1]) > 1],
)
def test_the_scaffold_gives_the_lines_of_the_answer_out_of_order(
    stage: Stage, lesson: str, name: str
):
    L = stage.lesson(lesson)
    L.scaffold(name)
    said = words(stage.last)
    item = checks.item(lesson, name)
    head, lines = lines_of(lesson, item)
    assert f"def {item.function}(" in head
    assert lines
    shown = said.splitlines()
    start = shown.index(head.splitlines()[-1]) + 1
    mixed = [line for line in shown[start:-1] if line]
    assert sorted(mixed) == sorted(lines)
    assert mixed != lines
    assert all(line == line.strip() for line in mixed)
    L.scaffold(name)
    assert words(stage.last) == said


def test_a_scaffold_of_one_line_says_so_and_does_not_show_it(stage: Stage):
    L = stage.lesson("03")
    L.scaffold("a")
    said = words(stage.last)
    [line] = lines_of("03", checks.item("03", "a"))[1]
    assert "The answer to is_captured is one line" in said
    assert 'L.solution("a")' in said
    assert line not in said
