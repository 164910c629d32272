"""An answer beside the cell for it is found, and an untouched exercise has none."""

import copy
import json

import pytest
from grading_tools import exercise, of_format_3, solved, without_metadata

from engramlab.course import checks
from engramlab.course.own_words import MOST, elsewhere
from engramlab.course.reading import free_text, parse

WORDS = "The stored cue ends at 0.99.\nA novel one stays at 0.4; I'd call that the control."


def text_of(notebook):
    return parse(json.dumps(notebook).encode()).text


def cell(source, kind="markdown"):
    return {"cell_type": kind, "metadata": {}, "source": source}


def with_cell(source, kind="markdown", at=None, notebook=None):
    notebook = copy.deepcopy(notebook or solved())
    at = len(notebook["cells"]) if at is None else at
    notebook["cells"].insert(at, cell(source, kind))
    return notebook


def index(notebook, name):
    return [one.get("id") for one in notebook["cells"]].index(name)


def edited(name, change):
    """Return a solved notebook with the cell of an id changed."""
    notebook = solved()
    one = notebook["cells"][index(notebook, name)]
    one |= change("".join(one["source"]))
    return notebook


ELSEWHERE = {
    "a cell below": lambda: with_cell(WORDS, at=index(solved(), "explain") + 1),
    "a cell above": lambda: with_cell(WORDS, at=index(solved(), "explain-statement")),
    "the last cell": lambda: with_cell(WORDS),
    "the first cell": lambda: with_cell(WORDS, at=0),
    "the question's cell": lambda: edited(
        "explain-statement", lambda was: {"source": f"{was}\n\n{WORDS}"}
    ),
    "another question's cell": lambda: edited("together", lambda was: {"source": was + WORDS}),
    "a raw cell": lambda: with_cell(WORDS, "raw"),
    "a string": lambda: with_cell(f'"""{WORDS}"""', "code"),
    "a comment": lambda: with_cell("# " + WORDS.replace("\n", "\n# "), "code"),
    "something printed": lambda: with_cell(f'print(\n    """{WORDS}""")', "code"),
    "a name's value": lambda: with_cell(f'answer = ("""{WORDS}""")\n', "code"),
    "no Python": lambda: with_cell(WORDS, "code"),
    "the cell made code": lambda: edited(
        "explain", lambda _: {"source": WORDS, "cell_type": "code"}
    ),
    "the placeholder gone": lambda: with_cell(WORDS, notebook=edited("explain", lambda _: {
        "source": ""})),
    "without ids": lambda: without_metadata(with_cell(WORDS)),
    "an old format": lambda: of_format_3(with_cell(WORDS)),
    "a heading": lambda: with_cell("# " + WORDS.replace("\n", " ")),
    "another script": lambda: with_cell("存储的线索以零点九九结束而新的停在零点四"),
    "a picture of a page": lambda: with_cell("![](attachment:page.png)"),
    "a link": lambda: with_cell("https://example.org/my-answer"),
}  # fmt: skip


@pytest.mark.parametrize("case", ELSEWHERE)
def test_words_beside_the_untouched_placeholder_are_to_be_marked(case):
    notebook = ELSEWHERE[case]()
    text = text_of(notebook)
    assert text
    assert ("0.99" in text) == ("0.99" in json.dumps(notebook))
    assert "YOUR ANSWER" not in text
    assert "L.check" not in text


def test_of_a_cell_that_was_given_out_only_what_is_new_is_shown():
    assert text_of(ELSEWHERE["the question's cell"]()) == WORDS
    assert text_of(with_cell(WORDS, notebook=with_cell("Second.  And last.", "raw"))) == (
        f"Second.  And last.\n\n{WORDS}"
    )


def test_the_cell_for_it_goes_before_all_others():
    notebook = with_cell("A note of mine, as long as a sentence.")
    notebook["cells"][index(notebook, "explain")]["source"] = WORDS
    assert text_of(notebook) == WORDS


NONE = {
    "blank": ("  \n\n", "markdown"),
    "a heading": ("## My own notes", "markdown"),
    "a word": ("Anna", "markdown"),
    "a rule": ("---", "markdown"),
    "the placeholder again": ("YOUR ANSWER HERE", "markdown"),
    "code": ("W = hebbian_weights(patterns)\nfor k in range(3):\n    print(k, W)", "code"),
    "code with words in it": ("x = 3  # the number of cues\n'as I said before'\nx + 1", "code"),
    "code in error": ("def recall(weights cue):\n    return the cue", "code"),
    "a magic": ("%matplotlib inline\n!pip install numpy scipy", "code"),
    "old print": ("print recall", "code"),
    "keywords": ("import numpy as np\nfrom os import path\nx = 1 if np else not path", "code"),
    "nothing": ("", "code"),
}


@pytest.mark.parametrize("case", NONE)
def test_what_is_no_answer(case):
    source, kind = NONE[case]
    assert text_of(with_cell(source, kind)) == ""


@pytest.mark.parametrize("lesson", [n for n in checks.lessons() if checks.graded(n)])
def test_an_untouched_exercise_and_a_solved_one_hold_no_words(lesson):
    for notebook in (exercise(lesson), solved(lesson)):
        indented = copy.deepcopy(notebook)
        for one in indented["cells"]:
            if one["cell_type"] == "markdown":
                one["source"] = "".join(one["source"]).replace("\n", "  \r\n") + "\n"
        for same in (notebook, without_metadata(notebook), of_format_3(notebook), indented):
            assert text_of(same) == ""


def test_submit_still_tells_the_learner_that_the_cell_is_empty():
    assert free_text(with_cell(WORDS)) == ""


HOSTILE = {
    "quotes": '\\"' * 9_000 + "'",
    "letters": "f" * 20_000,
    "openings": "'''\\" * 5_000,
    "blanks": "a" + " " * 19_000,
    "names": "a " * 9_500 + "=",
    "signs": "=" * 20_000,
    "long": "# word word\n" * 100_000,
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_notebook_is_looked_at_within_bounds(case):
    cells = [("code", HOSTILE[case]), ("markdown", HOSTILE[case])] * 300
    assert len(elsewhere(cells)) < 2 * MOST
