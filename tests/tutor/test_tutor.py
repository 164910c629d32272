"""What a learner meets: checks, hints, answers, the summary; and that nothing ever raises."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from tutor_tools import Stage, words

import engramlab as el
from engramlab.course import checks, progress
from engramlab.course.answers import reference
from engramlab.tutor import CheckFailed, _checks
from engramlab.tutor._lesson import METHODS

RIGHT = {}
exec(reference("08", "hebbian_weights"), {"np": np}, RIGHT)


def records(stage: Stage, kind: str) -> list[dict]:
    workspace = stage.folder.parent
    return [each for each in progress.read(workspace, "08") if each["kind"] == kind]


def test_the_lesson_says_what_is_open_and_where_you_are(stage: Stage):
    L = stage.lesson()
    assert "Lesson 08" in stage.text
    assert "0 of 3 predictions locked in" in stage.text
    assert el.__version__ in stage.text
    assert L.seed == 8
    assert repr(L) == "engramlab lesson 08: How can a fragment bring back the whole?"
    assert METHODS == (
        "warm_up", "predict", "check", "hint", "scaffold", "solution", "quiz", "references",
        "summary",
    )  # fmt: skip


def test_outside_a_workspace_it_keeps_all_in_memory_and_says_so_once(outside: Stage):
    L = outside.lesson()
    assert outside.text.count("memory only") == 1
    L.predict(1)
    L.hint("hebbian_weights")
    L.hint("hebbian_weights")
    assert "Hint 2 of 2" in words(outside.last)
    assert outside.text.count("memory only") == 1
    assert list(outside.folder.iterdir()) == []


@pytest.mark.parametrize("number", ["99", "pattern", "", None, 3.5, [], "04"])
def test_an_unknown_lesson_is_a_sentence_each_time(outside: Stage, number):
    L = outside.lesson(number)
    assert "lesson" in words(outside.last).lower()
    assert "08" in words(outside.last)
    before = len(outside.shown)
    assert L.predict(1) is None
    assert L.check("a") is None
    assert len(outside.shown) == before + 2


def test_a_right_answer_is_shown_in_words_form_and_colour(stage: Stage):
    L = stage.lesson()
    assert L.check("hebbian_weights", RIGHT["hebbian_weights"]) is None
    card = stage.last
    assert words(card).startswith("Right: ")
    assert "seed " in words(card)
    assert "●" in card.html
    assert 'role="status"' in card.html
    assert "elab-good" in card.html
    assert set(card._repr_mimebundle_()) == {"text/html", "text/plain"}
    assert records(stage, "check")[-1]["outcome"] == "right"
    assert records(stage, "check")[-1]["item"] == "hebbian_weights"


def test_a_wrong_answer_names_the_misconception_and_its_hint(stage: Stage):
    def hebbian_weights(patterns):
        X = patterns.astype(float)
        return X.T @ X / X.shape[1]  # the diagonal is kept

    L = stage.lesson()
    L.check("hebbian_weights", hebbian_weights)
    item = checks.item("08", "hebbian_weights")
    said = words(stage.last)
    assert said.startswith("Not yet: ")
    found = [name for name in item.misconceptions if name in said]
    assert len(found) == 1
    assert item.misconceptions[found[0]] in said
    assert records(stage, "check")[-1]["misconception"] == found[0]
    assert "○" in stage.last.html


def test_the_untouched_function_is_not_attempted(stage: Stage):
    def overlap(*_): ...

    L = stage.lesson()
    L.check("a", overlap)
    assert words(stage.last).lower().startswith(("not attempted", "not yet"))
    assert records(stage, "check")[-1]["outcome"] != "right"


def test_the_function_is_found_by_its_name(stage: Stage):
    def overlap(state, pattern):
        return np.mean(state * pattern)

    assert overlap is not None
    L = stage.lesson()
    L.check("a")
    assert words(stage.last).startswith("Right: ")


def test_an_error_shows_the_learners_own_line_and_no_stack(stage: Stage):
    def overlap(state, pattern):
        return (state * pattern).meen()

    L = stage.lesson()
    L.check("a", overlap)
    said = words(stage.last)
    assert said.startswith("Your code stopped")
    assert "AttributeError" in said
    assert "return (state * pattern).meen()" in said
    assert "engramlab/" not in said
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("name", "function", "why"),
    [
        ("b", None, "hebbian_weights"),
        (7, None, '"a"'),
        (None, None, '"a"'),
        ("hebbian_weights", 3, "not a function"),
        ("hebbian_weights", "hebbian_weights", "without quotes"),
        ("hebbian_weights", np.ones(3), "not a function"),
        ("recall", None, "def recall("),
    ],
)
def test_what_cannot_be_checked_is_a_sentence(stage: Stage, name, function, why: str):
    L = stage.lesson()
    before = len(stage.shown)
    assert L.check(name, function) is None
    assert len(stage.shown) == before + 1
    assert why in words(stage.last)
    assert records(stage, "check") == []


def test_hints_rise_and_then_point_to_the_scaffold(stage: Stage):
    L = stage.lesson()
    item = checks.item("08", "recall")
    for _ in range(3):
        L.hint("recall")
    first, second, third = (words(card) for card in stage.shown[-3:])
    assert item.hints[0] in first
    assert "Hint 1 of 2" in first
    assert item.hints[1] in second
    assert 'L.scaffold("recall")' in third
    again = stage.lesson()  # a new kernel goes on where the last one was
    again.hint("recall")
    assert 'L.scaffold("recall")' in words(stage.last)


def test_the_solution_is_shown_and_marks_the_item_as_seen(stage: Stage):
    L = stage.lesson()
    L.solution("hebbian_weights")
    assert "def hebbian_weights(patterns)" in words(stage.last)
    assert "Marked as seen" in words(stage.last)
    [record] = records(stage, "solution")
    assert record["item"] == "hebbian_weights"
    assert record["seen"] is True


def test_the_solution_of_the_lessons_own_check_passes_it(stage: Stage):
    for lesson in checks.lessons():
        item = checks.item(lesson, "a")
        names: dict = {"np": np}
        exec(_checks.answer_source(lesson, item), names)
        assert item.check(names[item.function], seed=1).outcome == checks.Outcome.RIGHT
    assert stage.shown == []


def test_references_come_from_the_ids_that_the_lesson_quotes(stage: Stage):
    L = stage.lesson()
    L.references()
    said = words(stage.last)
    assert "Hopfield J (1982)" in said
    assert "C-T1" in said
    assert "quoted at second hand" in said
    assert "C-m-completion" in said
    assert said.count("https://doi.org/10.1073/pnas.79.8.2554") == 1


def test_the_summary_of_nothing_says_skipped_and_records_it_once(stage: Stage):
    L = stage.lesson()
    for number in (1, 2, 3):
        L.predict(number)
    assert records(stage, "prediction") == []
    L.summary()
    said = words(stage.last)
    assert said.count("– skipped") == 3
    assert "After five predictions (0 so far, over all lessons) this line says" in said
    assert "../exercises/08_pattern_completion.ipynb" in said
    assert [each["skipped"] for each in records(stage, "prediction")] == [True] * 3
    L.summary()
    assert len(records(stage, "prediction")) == 3


def test_the_summary_has_three_rows_and_one_number(stage: Stage):
    L = stage.lesson()
    for number, choice, sure in ((1, 2, 2), (2, 0, 3)):
        L.predict(number)
        panel = stage.last
        panel.choice.index, panel.confidence.index = choice, sure
        if panel.prediction.because:
            panel.reason.index = 0
        panel.button.click()
    L.summary()
    said = words(stage.last)
    assert stage.last.html.count("<tr>") == 4
    assert "● as predicted" in said
    assert "○ otherwise" in said
    assert "– skipped" in said
    assert "After five predictions (2 so far" in said


def test_a_prediction_skipped_at_the_summary_may_still_be_locked_in(stage: Stage):
    L = stage.lesson()
    L.summary()
    L.predict(1)
    panel = stage.last
    panel.choice.index, panel.confidence.index = 2, 1
    panel.button.click()
    L.summary()
    assert "● as predicted" in words(stage.last)


RUBBISH = [None, 0, -1, 1.5, "1", "x" * 5000, b"\xff", [], {}, object(), np.ones(3), lambda: 1]


@pytest.mark.parametrize("method", METHODS)
def test_rubbish_never_raises(stage: Stage, method: str):
    L = stage.lesson()
    for thing in RUBBISH:
        assert getattr(L, method)(thing) is None
        assert getattr(L, method)() is None
        assert getattr(L, method)(thing, thing, nonsense=thing) is None
    for thing in stage.shown:
        assert "Traceback" not in words(thing)


def test_a_wrong_call_says_how_it_is_called(stage: Stage):
    L = stage.lesson()
    for method, how in (
        ("check", 'L.check("a")'),
        ("hint", 'L.hint("a")'),
        ("predict", "L.predict(1)"),
    ):
        assert getattr(L, method)() is None
        assert how in words(stage.last)
    L.summary(3)
    assert "L.summary()" in words(stage.last)


def test_a_misspelt_method_is_a_sentence(stage: Stage):
    L = stage.lesson()
    assert L.chek("a") is None
    assert "L has no chek" in words(stage.last)
    assert "L.check" in words(stage.last)


def test_a_fault_of_ours_is_one_sentence(stage: Stage, monkeypatch: pytest.MonkeyPatch):
    L = stage.lesson()

    def broken(_: str) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("engramlab.course.quizzes.quiz", broken)
    assert L.quiz() is None
    said = words(stage.last)
    assert "in the course itself" in said
    assert "ZeroDivisionError" in said
    assert "\n" not in said


def test_a_full_disk_is_said_and_the_check_still_counts(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
):
    import errno

    L = stage.lesson()

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    L.check("hebbian_weights", RIGHT["hebbian_weights"])
    assert words(stage.shown[-2]).startswith("Right: ")
    assert "the disk is full" in words(stage.last)


def test_while_grading_it_does_nothing(outside: Stage, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ENGRAMLAB_GRADING", "1")
    L = outside.lesson("no such lesson")
    for method in METHODS:
        assert getattr(L, method)("a", 3) is None
    assert L.anything() is None
    assert outside.shown == []


def test_while_grading_the_tutor_loads_no_checks():
    code = (
        "import os, sys; os.environ['ENGRAMLAB_GRADING'] = '1'\n"
        "import engramlab as el\n"
        "L = el.lesson('08'); L.check('a'); L.predict(1)\n"
        "print([m for m in sys.modules if m.startswith(('engramlab.course', 'ipywidgets'))])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_under_nbgrader_every_outcome_but_right_raises_one_line(
    outside: Stage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    L = outside.lesson()

    def stub(patterns): ...

    def wrong(patterns):
        return np.zeros((patterns.shape[1], patterns.shape[1]))

    def broken(patterns):
        return patterns.no_such_thing

    for bad in (stub, wrong, broken, 3, None, "hebbian_weights"):
        with pytest.raises(CheckFailed) as caught:
            L.check("hebbian_weights", bad)
        [line] = caught.value._render_traceback_()
        assert line.startswith("CheckFailed: ")
        assert "\n" not in line
    with pytest.raises(CheckFailed, match="hebbian_weights"):
        L.check("no such item")
    assert L.check("hebbian_weights", RIGHT["hebbian_weights"]) is None
    for method in METHODS:
        if method != "check":
            assert getattr(L, method)("a") is None
    assert outside.shown == []
    assert capsys.readouterr() == ("", "")


def test_in_a_real_kernel(tmp_path: Path):
    """Found by name, the learner's line, nothing on stderr, and two methods in one cell."""
    import nbformat
    from nbclient import NotebookClient

    sources = [
        "import engramlab as el\nL = el.lesson('08')",
        "def overlap(state, pattern):\n    ratio = 1 / 0\n    return ratio\n\n\nL.check('a')",
        "L.hint('a')\nL.summary()",
        "L.predict(1)",
    ]
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(each) for each in sources])
    NotebookClient(
        book, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    shown = [[out.get("data", {}) for out in cell.outputs] for cell in book.cells]
    texts = json.dumps(book.cells)
    assert all(out.output_type != "error" for cell in book.cells for out in cell.outputs)
    assert "stderr" not in texts
    assert "memory only" in shown[0][0]["text/plain"]
    assert "line 2: ratio = 1 / 0" in shown[1][0]["text/plain"]
    assert len(shown[2]) == 2
    assert "application/vnd.jupyter.widget-view+json" in shown[3][0]
