"""The hand-in file: what is copied, what is left out, and which items hold an answer."""

import json
from pathlib import Path
from typing import Any

import pytest
from course_tools import STUB, TOPIC, notebook

from engramlab._types import CourseError
from engramlab.course.checks import items
from engramlab.course.submit import OUTPUT_LIMIT, answered, submit

ASKED = ("recall", "hebbian_weights")
ANSWER = "def recall(W, cue):\n    return cue\n"


def write(workspace: Path, data: bytes) -> Path:
    (workspace / "exercises").mkdir(exist_ok=True)
    path = workspace / "exercises" / f"{TOPIC}.ipynb"
    path.write_bytes(data)
    return path


def cells(*sources: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(notebook(code=sources))["cells"]
    return found


def test_the_file_and_what_is_missing(tmp_path: Path) -> None:
    write(tmp_path, notebook(code=(ANSWER,)))
    made = submit(tmp_path, "08", items=ASKED)
    assert made.path == tmp_path / "submissions" / f"{TOPIC}.ipynb"
    assert made.attempted == ("recall",)
    assert made.missing == ("hebbian_weights",)
    said = "Still without an answer: hebbian_weights, the item in your own words."
    assert said in made.sentences()
    assert json.loads(made.path.read_bytes()) == json.loads(notebook(code=(ANSWER,)))


@pytest.mark.parametrize(
    ("text", "written"),
    [("YOUR ANSWER HERE", False), ("  \n", False), ("Each cue began at 0.6.", True)],
)
def test_an_empty_answer_in_own_words_is_named(tmp_path: Path, text: str, written: bool) -> None:
    """As an exercise has it: a cell of text, named by its id or by nbgrader."""
    whole = json.loads(notebook(code=(ANSWER,)))
    cell = {"cell_type": "markdown", "metadata": {}, "source": [text]}
    for name in ({"id": "explain"}, {"id": "x", "metadata": {"nbgrader": {"grade_id": "explain"}}}):
        write(tmp_path, json.dumps(whole | {"cells": [*whole["cells"], cell | name]}).encode())
        made = submit(tmp_path, "08", items=("recall",))
        assert made.written is written
        said = [line for line in made.sentences() if line.startswith("Still without")]
        assert said == ([] if written else ["Still without an answer: the item in your own words."])


def test_the_exercise_as_handed_out_has_nothing_written(tmp_path: Path) -> None:
    source = Path(__file__).resolve().parents[2] / "exercises" / f"{TOPIC}.ipynb"
    write(tmp_path, source.read_bytes())
    made = submit(tmp_path, "08")
    assert made.attempted == ()
    assert not made.written


def test_the_course_names_the_items(tmp_path: Path) -> None:
    write(tmp_path, notebook(code=(ANSWER,)))
    made = submit(tmp_path, 8)
    assert made.attempted == ("recall",)
    assert (
        set(made.missing)
        == {
            "completion_curve",
            "hebbian_weights",
            "pseudo_inverse_weights",
        }
        <= {item.name for item in items("08")}
    )


def test_a_lesson_still_to_come_has_nothing_to_hand_in(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="04_cell_assembly is still to come") as refusal:
        submit(tmp_path, "04")
    assert "reset" not in str(refusal.value)


def test_widget_state_and_large_outputs_are_left_out(tmp_path: Path) -> None:
    whole = json.loads(notebook("Grüße 𝛼", code=(ANSWER, "1 + 1")))
    whole["metadata"] = {"widgets": {"state": "x" * 1000}, "kernelspec": {"name": "python3"}}
    small = {"name": "stdout", "output_type": "stream", "text": ["2\n"]}
    large = {**small, "text": ["x" * OUTPUT_LIMIT]}
    whole["cells"][1]["outputs"] = [large]
    whole["cells"][2]["outputs"] = [small]
    path = write(tmp_path, json.dumps(whole).encode())
    before = path.read_bytes()
    made = submit(tmp_path, "08", items=ASKED)
    handed = json.loads(made.path.read_bytes())
    assert handed["metadata"] == {"kernelspec": {"name": "python3"}}
    assert handed["cells"][1]["outputs"] == []
    assert handed["cells"][2]["outputs"] == [small]
    assert handed["cells"][0]["source"] == ["Grüße 𝛼"]
    assert made.trimmed == 1
    assert path.read_bytes() == before, "the learner's notebook stays as it is"


def test_an_earlier_submission_is_kept(tmp_path: Path) -> None:
    write(tmp_path, notebook(code=(STUB,)))
    first = submit(tmp_path, "08", items=ASKED)
    again = submit(tmp_path, "08", items=ASKED)
    assert again.earlier is None, "the same file is not kept twice"
    old = first.path.read_bytes()
    write(tmp_path, notebook(code=(ANSWER,)))
    third = submit(tmp_path, "08", items=ASKED)
    assert third.earlier is not None
    assert third.earlier.read_bytes() == old
    assert [path.name for path in third.path.parent.glob("*.ipynb")] == [third.path.name]


@pytest.mark.parametrize(
    ("source", "holds"),
    [
        (STUB, False),
        ("def recall(W):\n    pass\n", False),
        ('def recall(W):\n    """Doc."""\n    ...\n', False),
        ("def recall(W):\n    raise NotImplementedError()\n", False),
        (
            "def recall(W):\n    n = 1\n    # YOUR CODE HERE\n    raise NotImplementedError\n",
            False,
        ),
        (ANSWER, True),
        (ANSWER + "    raise NotImplementedError\n", True),
        ("def recall(W):\n    if W:\n        return 1\n    raise NotImplementedError\n", True),
        ("def recall(W):\n    raise ValueError('no')\n", True),
        ("recall = lambda W: W\n", True),
        ("%matplotlib inline\n!ls\nlen?\n" + ANSWER, True),
        ('def recall(W):\n    """Which one?\n    %s\n    """\n    return W\n', True),
        ("%%time\n" + ANSWER, False),
        ("class recall: pass\n", False),
    ],
)
def test_what_counts_as_an_answer(source: str, holds: bool) -> None:
    found, unreadable = answered(cells(source), ("recall",))
    assert (found == {"recall"}) is holds
    assert unreadable == []


def test_the_last_definition_counts() -> None:
    assert answered(cells(ANSWER, STUB), ("recall",))[0] == set()
    assert answered(cells(STUB, ANSWER), ("recall",))[0] == {"recall"}


def test_a_cell_that_is_no_python_is_named_and_the_others_count() -> None:
    found, unreadable = answered(cells("def f(:\n", ANSWER), ("recall",))
    assert found == {"recall"}
    assert len(unreadable) == 1
    assert unreadable[0].startswith("Cell 2, line 1 does not read as Python")


def test_odd_cells_are_survived() -> None:
    odd: list[dict[str, Any]] = [
        {},
        {"cell_type": "code"},
        {"cell_type": "code", "source": None},
        {"cell_type": "code", "source": "x = '\\d'"},
        {"cell_type": "code", "source": "\0"},
        {"cell_type": "code", "source": "(" * 5000},
        {"cell_type": "markdown", "source": ANSWER},
    ]
    assert answered(odd, ("recall",))[0] == set()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "does not read as JSON"),
        (b"{", "does not read as JSON"),
        (b"\xff\xfe\x00", "does not read as JSON"),
        (b"[" * 100_000, "does not read as JSON"),
        (b"[]", "no list of cells"),
        (b'{"worksheets": []}', "no list of cells"),
        (b'{"cells": [1]}', "no list of cells"),
    ],
)
def test_what_is_not_a_notebook_is_a_sentence(tmp_path: Path, data: bytes, words: str) -> None:
    path = write(tmp_path, data)
    with pytest.raises(CourseError, match=words) as caught:
        submit(tmp_path, "08", items=ASKED)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == data
    assert not (tmp_path / "submissions").exists()


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    write(tmp_path, b"\xef\xbb\xbf" + notebook(code=(ANSWER,)))
    assert submit(tmp_path, "08", items=ASKED).attempted == ("recall",)


def test_no_exercise_and_no_file(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="Lesson 00 has no exercise"):
        submit(tmp_path, "00")
    with pytest.raises(CourseError, match=r"engramlab reset 08.* brings the exercise"):
        submit(tmp_path, "08")


def test_a_file_in_the_way_of_the_folder(tmp_path: Path) -> None:
    write(tmp_path, notebook(code=(ANSWER,)))
    (tmp_path / "submissions").write_text("mine")
    with pytest.raises(CourseError, match="a file is in the way"):
        submit(tmp_path, "08", items=ASKED)
    assert (tmp_path / "submissions").read_text() == "mine"
