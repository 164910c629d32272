"""Many small questions are asked at once, and each is answered and judged as if asked alone."""

from time import monotonic

import numpy as np
import pytest

from engramlab.course.checks import Item, Outcome
from engramlab.course.checks._asks import CHANGES_INPUT, UNTOUCHED, Direct
from engramlab.course.checks._outcomes import Stopped, Wrong
from engramlab.course.grading import runner
from engramlab.course.grading.children import Child
from engramlab.course.grading.runner import Remote, Session
from engramlab.course.grading.sandbox import Limits, UnsafeLauncher

ITEM = Item(
    name="f",
    lesson="08",
    title="",
    statement="",
    signature="f(x)",
    points=1,
    hints=("", ""),
    examine=lambda _ask, _rng: None,
)
LIMITS = Limits(call_s=1, submission_s=60)
CASES = [(x,) for x in range(6)]
NOTEBOOK = "    import sys\n    notebook = sys._getframe(1).f_locals['self']\n"
FORGED = "notebook.encoded({'ok': True, 'returned': 9, 'changed': {}})"


def here(_folder, source):
    names = {}
    exec(source, names)
    yield Direct(names["f"], ITEM.signature)


def away(folder, source):
    session = Session([source], (ITEM,), UnsafeLauncher(folder), LIMITS)
    yield Remote(session, ITEM)
    session.drop()


BOTH = pytest.mark.parametrize("asking", [here, away])


def answers(ask, cases):
    """Return the answers with what was shown of each, and what ended them, if something did."""
    found = []
    try:
        for answer in ask.each(cases):
            found.append((ask.asked, ask.returned, answer))
    except (Stopped, Wrong) as end:
        return found, end
    return found, None


@BOTH
def test_each_question_is_shown_with_its_own_answer(asking, tmp_path):
    for ask in asking(tmp_path, "def f(x):\n    return 2 * x\n"):
        found, end = answers(ask, CASES)
        assert found == [(f"f(x={x})", str(2 * x), 2 * x) for x in range(6)]
        assert end is None
        assert ask(7) == 14


@BOTH
def test_an_answer_is_kept_before_the_next_call_can_change_it(asking, tmp_path):
    source = "kept = []\ndef f(x):\n    kept.append(x)\n    return kept\n"
    for ask in asking(tmp_path, source):
        assert [answer for _, _, answer in answers(ask, CASES)[0]] == [
            list(range(x + 1)) for x in range(6)
        ]


ENDS = {  # what the function does when x is 3, and what the verdict says
    "an error": ("1 / 0", Outcome.ERROR, "ZeroDivisionError: division by zero"),
    "half written": (
        "raise NotImplementedError()",
        Outcome.ERROR,
        "NotImplementedError: for other",
    ),
}
ENDS["half written, with dots"] = ("return ...", *ENDS["half written"][1:])
HANGS = {
    "hangs": ("while True:\n            pass", Outcome.TIMEOUT, "The call took longer than 1 s.")
}


@pytest.mark.parametrize(
    ("asking", "kind"), [(here, k) for k in ENDS] + [(away, k) for k in ENDS | HANGS]
)
def test_what_ends_one_of_them_is_told_of_that_one(asking, kind, tmp_path):
    does, outcome, text = (ENDS | HANGS)[kind]
    source = f"def f(x):\n    if x == 3:\n        {does}\n    return x\n"
    for ask in asking(tmp_path, source):
        found, end = answers(ask, CASES)
        assert [answer for _, _, answer in found] == [0, 1, 2]
        assert end.outcome is outcome
        assert end.message.startswith(text)
        assert ask.asked == "f(x=3)"
        assert ask.returned is None
        assert ask(5) == 5


@BOTH
def test_an_error_at_the_first_question_leaves_nothing_to_check(asking, tmp_path):
    for ask in asking(tmp_path, "def f(x):\n    raise NotImplementedError()\n"):
        end = answers(ask, CASES)[1]
        assert end.outcome is Outcome.NOT_ATTEMPTED
        assert end.message == UNTOUCHED
        assert end.line is None


@BOTH
def test_an_error_is_of_its_class_and_of_those_that_it_is_made_from(asking, tmp_path):
    source = "class TooFew(ValueError):\n    pass\ndef f(x):\n    raise TooFew('few')\n"
    for ask in asking(tmp_path, source):
        end = answers(ask, CASES)[1]
        assert end.message == "TooFew: few"
        assert end.kinds[:2] == ("TooFew", "ValueError")


def test_a_child_that_ends_is_replaced_once(tmp_path, monkeypatch):
    started = []
    monkeypatch.setattr(runner, "Child", lambda *given: started.append(1) or Child(*given))
    source = "import os\ndef f(x):\n    if x == 3:\n        os._exit(3)\n    return x\n"
    for ask in away(tmp_path, source):
        end = answers(ask, CASES)[1]
        assert end.outcome is Outcome.CRASHED
        assert end.message == "The call ended Python with exit code 3."
        assert ask(5) == 5
    assert len(started) == 2


def test_answers_that_nobody_waits_for_are_not_taken_for_others(tmp_path):
    source = "import time\ndef f(x):\n    time.sleep(0.3)\n    return x\n"
    for ask in away(tmp_path, source):
        first = next(ask.each(CASES))
        assert [first, ask(8), ask(9)] == [0, 8, 9]


def test_the_time_of_the_notebook_is_told_as_such(tmp_path):
    source = "def f(x):\n    while x == 3:\n        pass\n    return x\n"
    for ask in away(tmp_path, source):
        ask.session.ready()
        ask.session.deadline = monotonic() + 0.5
        found, end = answers(ask, CASES)
        assert len(found) == 3
        assert end.message == "The whole notebook took longer than 60 s."


@BOTH
def test_a_changed_argument_is_told_of_the_call_that_changed_it(asking, tmp_path):
    source = "def f(x):\n    if x[0] == 3:\n        x[1] = 9\n    return 1\n"
    for ask in asking(tmp_path, source):
        found, end = answers(ask, [(np.array([k, 0]),) for k in range(6)])
        assert len(found) == 3
        assert end.misconception == CHANGES_INPUT
        assert ask.asked == "f(x=[3, 0])"


@BOTH
def test_a_generator_may_move_and_is_as_good_as_new_for_the_next(asking, tmp_path):
    for ask in asking(tmp_path, "def f(x):\n    return x.random()\n"):
        rng = np.random.default_rng(1)
        found, end = answers(ask, [(rng,), (rng,)])
        first = np.random.default_rng(1).random()
        assert [answer for _, _, answer in found] == [first, first]
        assert end is None


def test_the_clock_of_a_call_is_not_that_of_all_of_them(tmp_path):
    source = "import time\ndef f(x):\n    time.sleep(0.3)\n    return x\n"
    [found] = [answers(ask, CASES)[0] for ask in away(tmp_path, source)]
    assert len(found) * 0.3 > LIMITS.call_s
    assert [answer for _, _, answer in found] == list(range(6))


def test_large_answers_are_sent_in_parts(tmp_path):
    source = "import numpy as np\ndef f(x):\n    return np.full(10**6, x)\n"  # 8 MB each
    [found] = [answers(ask, CASES)[0] for ask in away(tmp_path, source)]
    assert [answer.sum() for _, _, answer in found] == [x * 10**6 for x in range(6)]


@pytest.mark.parametrize("sent", [f"{FORGED} * 9", f"{FORGED} + b'N'", "b''"])
def test_more_answers_than_questions_are_none(sent, tmp_path):
    source = f"def f(x):\n{NOTEBOOK}    notebook.line.send({sent})\n    return 1\n"
    for ask in away(tmp_path, source):
        found, end = answers(ask, CASES)
        assert found == []
        assert end.outcome is Outcome.CRASHED
        assert ask.asked == "f(x=0)"
