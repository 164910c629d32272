"""The teacher's entries: merged whatever a spreadsheet did to them, and never lost."""

import csv
import io

import pytest
from grading_tools import contents, exercise, without_metadata
from hypothesis import given, settings
from hypothesis import strategies as st
from marks_tools import (
    ITEMS,
    WORDS,
    again,
    fill,
    gradebook,
    heads,
    keep,
    points,
    result,
    save,
    table,
)

from engramlab.course.checks._items import RUBRIC
from engramlab.course.grading import marks, results
from engramlab.course.reading import free_text

COLUMNS = [f"{line} (0 or 1)" for line in RUBRIC]


@pytest.fixture
def out(tmp_path):
    keep(tmp_path, result("ada"), result("ben", right=()), result("cem", text=""))
    return tmp_path


def test_the_files_explain_themselves_and_open_points_are_blank(out, capsys):
    assert heads(out / "free_text.csv") == [
        "learner",
        *COLUMNS,
        "comment",
        "note",
        "version (leave as it is; empty it once you have marked what was handed in anew)",
    ]
    assert [row["note"] for row in table(out / "free_text.csv")] == ["", "", "not attempted"]
    assert table(out / "by_hand.csv") == []
    row = gradebook(out)["ada"]
    assert (row["free text"], row["free text points"]) == ("to be marked", "")
    assert (row["total"], row["maximum"]) == ("4", "9")
    assert (row["final total"], row["final maximum"]) == ("", "13")
    again(out)
    assert "2 free texts to mark" in capsys.readouterr().out


def test_points_are_merged_and_nothing_is_graded_or_written_anew(out):
    file = out / "free_text.csv"
    points(file, "ada", "1", "0", "1", "1", comment="Which control?")
    points(file, "ben", "0", "0", "0", "0")
    entered = file.read_bytes()
    rows = again(out)
    assert (rows["ada"]["free text points"], rows["ada"]["final total"]) == ("3", "7")
    assert (rows["ben"]["free text points"], rows["ben"]["final total"]) == ("0", "0")
    assert rows["ben"]["free text"] == "marked"
    assert file.read_bytes() == entered
    before = contents(out)
    again(out)
    assert contents(out) == before


def test_no_text_is_said_and_counts_nothing_unless_the_teacher_says_so(out):
    row = gradebook(out)["cem"]
    assert (row["free text"], row["free text points"]) == ("not attempted", "0")
    assert row["final total"] == "4"
    points(out / "free_text.csv", "cem", "1", "1", "0", "0", comment="By mail.")
    row = again(out)["cem"]
    assert (row["free text"], row["final total"]) == ("marked", "6")


def test_a_notebook_without_a_readable_text_stays_open(tmp_path):
    row = keep(tmp_path, result("eve", items=(), text="", reasons=["not JSON"]))["eve"]
    assert (row["free text"], row["free text points"]) == ("could not be read", "")
    assert row["final total"] == ""


def test_own_words_are_found_whatever_became_of_their_cell():
    notebook = exercise()
    assert free_text(notebook) == free_text(without_metadata(notebook)) == ""
    (cell,) = (cell for cell in notebook["cells"] if cell["id"] == "explain")
    notebook["cells"].append(dict(cell))
    for other, words in ((notebook, [WORDS]), (without_metadata(notebook), WORDS)):
        at = [k for k, each in enumerate(other["cells"]) if "YOUR ANSWER" in str(each["source"])]
        other["cells"][at[0]]["source"] = words
        assert free_text(other) == WORDS
        other["cells"][at[0]]["source"] = ""
        assert free_text(other) == ""
    notebook["cells"][-1]["source"] = WORDS
    assert free_text(notebook) == WORDS


def test_half_marked_stays_open(out):
    points(out / "free_text.csv", "ada", "1", "1", "", "")
    row = again(out)["ada"]
    assert (row["free text"], row["free text points"]) == ("to be marked", "")
    points(out / "free_text.csv", "cem", "1", "", "", "")
    assert again(out)["cem"]["final total"] == ""


def test_new_learners_get_a_row_and_the_teachers_order_and_columns_stay(out):
    file = out / "free_text.csv"
    points(file, "ben", "1", "1", "1", "1")
    rows = table(file)
    rows = [{"marked by": "me", **dict(reversed(row.items()))} for row in reversed(rows)]
    save(file, rows, delimiter=";")
    entered = file.read_bytes()
    rows = keep(out, result("dan"))
    assert rows["ben"]["free text points"] == "4"
    text = file.read_text(encoding="utf-8-sig")
    written = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["learner"] for row in written] == ["cem", "ben", "ada", "dan"]
    assert next(iter(written[0])) == "marked by"
    assert [row["marked by"] for row in written] == ["me", "me", "me", ""]
    assert (out / "previous/free_text.csv").read_bytes() == entered


def test_a_text_that_changed_after_it_was_marked_is_open_until_it_is_marked_again(out, capsys):
    file = out / "free_text.csv"
    points(file, "ada", "1", "1", "1", "1", comment="Fine.")
    again(out)
    row = keep(out, result("ada", text="Something else."))["ada"]
    assert (row["free text"], row["final total"]) == ("changed since it was marked", "")
    assert 'free_text.csv, row 2: "ada" has a text that has changed' in capsys.readouterr().out
    kept = table(file)[0]
    assert kept[COLUMNS[0]] == "1"
    assert kept["comment"] == "Fine."
    assert kept["note"] == "the text has changed since it was marked"
    fill(file, "ada", version="")
    row = again(out)["ada"]
    assert (row["free text"], row["final total"]) == ("marked", "8")
    assert table(file)[0]["note"] == ""
    assert table(file)[0][
        "version (leave as it is; empty it once you have marked what was handed in anew)"
    ]
    keep(out, result("ada", text="Something else again."))
    assert gradebook(out)["ada"]["final total"] == ""


def test_an_unmarked_text_may_change_without_a_word(out):
    assert keep(out, result("ada", text="Better."))["ada"]["free text"] == "to be marked"
    points(out / "free_text.csv", "ada", "1", "1", "1", "1")
    assert again(out)["ada"]["final total"] == "8"


def excel_german(rows):
    return {"encoding": "cp1252", "delimiter": ";", "lineterminator": "\r\n"}, rows


def quoted(rows):
    return {"quoting": csv.QUOTE_ALL, "encoding": "utf-16"}, rows


def shuffled(rows):
    turned = [dict(reversed(row.items())) for row in reversed(rows)]
    return {"encoding": "utf-8"}, [row | {"": "", "mine": ", ;"} for row in turned]


def with_commas(rows):
    rows = [{head: f" {cell},0 " if cell in "01" and cell else cell for head, cell in row.items()}
            for row in rows]  # fmt: skip
    return {"delimiter": "\t"}, rows


def tidied(rows):
    """Apostrophes dropped, trailing columns gone, blank rows between."""
    plain = [{head: cell.removeprefix("'") for head, cell in row.items()} for row in rows]
    blank = dict.fromkeys(plain[0], "")
    return {"encoding": "utf-8"}, [row for each in plain for row in (blank, each, blank)]


@pytest.mark.parametrize("spoil", [excel_german, quoted, shuffled, with_commas, tidied])
def test_the_file_is_read_however_it_was_saved(tmp_path, spoil):
    names = ["=1+2", "007", "Zoë; Müller, Ø", "-dash", "plain name"]
    keep(tmp_path, *(result(name) for name in names))
    file = tmp_path / "free_text.csv"
    written = [dict(zip(heads(file), row.values(), strict=True)) for row in table(file)]
    for row in written:
        row |= dict(zip(COLUMNS, "1101", strict=True)) | {"comment": 'Grüße, ok; "well"\nyes'}
    dialect, rows = spoil(written)
    save(file, rows, **dialect)
    merged = again(tmp_path)
    assert {row["free text points"] for row in merged.values()} == {"3"}
    standing = marks.merge(tmp_path, results.load_all(tmp_path), ITEMS).standings["=1+2"]
    assert standing.lines == (True, True, False, True)
    assert "Grüße, ok" in standing.comment


def test_a_number_of_a_learner_without_its_zeros_is_found(tmp_path):
    keep(tmp_path, result("007"), result("12"))
    file = tmp_path / "free_text.csv"
    points(file, "007", "1", "1", "1", "1")
    file.write_bytes(file.read_bytes().replace(b"007", b"7"))
    assert again(tmp_path)["007"]["free text points"] == "4"


BAD = {
    "five": (("ada", "5", "0", "0", "0"), '"ada" has "5" under "states the result'),
    "a cross": (("ada", "1", "x", "0", "0"), '"ada" has "x" under "names the control"; enter 0 or'),
    "minus": (("ada", "-1", "0", "0", "0"), 'has "-1"'),
    "nobody": (("adaa", "1", "1", "1", "1"), '"adaa" is not the name of a learner'),
    "escape": (("\x1b[2J", "1", "1", "1", "1"), '"\\x1b[2J" is not the name'),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_entry_is_told_and_leaves_its_points_open(out, capsys, case):
    (name, *values), sentence = BAD[case]
    file = out / "free_text.csv"
    points(file, "ada", *values)
    fill(file, "ada", learner=name)
    points(file, "ben", "1", "1", "1", "1")
    entered = table(file)[0]
    capsys.readouterr()
    rows = again(out)
    assert rows["ada"]["final total"] == rows["ada"]["free text points"] == ""
    assert rows["ben"]["free text points"] == "4"
    said = capsys.readouterr().out
    assert "free_text.csv, row 2: " in said
    assert sentence in said
    assert table(file)[0] == entered


def test_a_learner_twice_is_told_and_left_open(out, capsys):
    file = out / "free_text.csv"
    points(file, "ada", "1", "1", "1", "1")
    rows = table(file)
    save(file, [*rows, rows[0]])
    assert again(out)["ada"]["final total"] == ""
    assert '"ada" has entries in the rows 2 and 5; keep one of them' in capsys.readouterr().out
    assert len(table(file)) == 4


@pytest.mark.parametrize("data", [b"PK\x03\x04\0\0", b"", b"name,points\nada,1\n"])
def test_a_file_that_is_no_table_is_told_left_alone_and_nothing_is_taken_for_zero(
    out, capsys, data
):
    (out / "free_text.csv").write_bytes(data)
    rows = again(out)
    assert {row["free text points"] for row in rows.values()} == {""}
    assert "free_text.csv" in capsys.readouterr().out
    assert (out / "free_text.csv").read_bytes() == data


@pytest.fixture
def doubtful(tmp_path):
    borrowed = result("ada", text="", reasons=["recall calls the package's own model"])
    broken = result("ben", items=(), text="", reasons=["not JSON"])
    keep(tmp_path, borrowed, broken, result("cem", text=""))
    return tmp_path


def test_what_needs_a_human_is_listed_and_settled(doubtful):
    file = doubtful / "by_hand.csv"
    rows = gradebook(doubtful)
    assert [row["final total"] for row in rows.values()] == ["", "", "4"]
    assert [row["learner"] for row in table(file)] == ["ada", "ben"]
    assert "own model" in table(file)[0]["why"]
    fill(file, "ada", points="ok", reason="She explained it.")
    fill(file, "ben", points="6,5", reason="On paper.")
    points(doubtful / "free_text.csv", "ben", "1", "1", "1", "1")
    rows = again(doubtful)
    assert (rows["ada"]["status"], rows["ada"]["by hand"]) == (
        "settled by hand",
        "She explained it.",
    )
    assert (rows["ada"]["total"], rows["ada"]["final total"]) == ("4", "4")
    assert (rows["ben"]["total"], rows["ben"]["final total"]) == ("6.5", "10.5")
    assert (rows["ben"]["recall points"], rows["ben"]["stretch"]) == ("", "0")


def test_points_item_by_item(doubtful, capsys):
    file = doubtful / "by_hand.csv"
    rows = table(file)
    item = next(head for head in rows[0] if head.startswith("item"))
    number = next(head for head in rows[0] if head.startswith("points"))
    ben = [
        rows[1] | {item: "Recall", number: "3"},
        rows[1] | {item: "hebbian_weights", number: "2"},
    ]
    cem = rows[1] | {"learner": "cem", item: "pseudo_inverse_weights", number: "2"}
    save(file, [rows[0], *ben, cem])
    found = again(doubtful)
    assert (found["ben"]["total"], found["cem"]["final total"]) == ("", "6")
    assert (found["cem"]["pseudo_inverse_weights"], found["cem"]["stretch"]) == ("by hand", "2")
    assert '"ben" lacks points for completion_curve' in capsys.readouterr().out
    save(file, [rows[0], *ben, rows[1] | {item: "completion_curve", number: "0"}, cem])
    found = again(doubtful)
    assert (found["ben"]["total"], found["ben"]["recall points"]) == ("5", "3")


WRONG = {
    "too many": ({"points": "10"}, 'has "10" for all; enter a number from 0 to 9, or ok'),
    "a word": ({"points": "good"}, 'has "good" for all'),
    "no points": ({"reason": "why not"}, "has no points; enter a number, or ok"),
    "no such item": ({"item": "remember", "points": "1"}, 'has the item "remember"; enter'),
    "an item's own most": ({"item": "recall", "points": "5"}, "enter a number from 0 to 4."),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_bad_entry_by_hand_is_told_and_leaves_the_learner_open(doubtful, capsys, case):
    cells, sentence = WRONG[case]
    file = doubtful / "by_hand.csv"
    fill(file, "ada", **cells)
    entered = file.read_bytes()
    assert again(doubtful)["ada"]["final total"] == ""
    assert sentence in capsys.readouterr().out
    assert file.read_bytes() == entered


def test_nothing_to_keep_where_nothing_could_be_read(doubtful, capsys):
    fill(doubtful / "by_hand.csv", "ben", points="ok")
    assert again(doubtful)["ben"]["final total"] == ""
    assert 'has "ok" for all; enter a number from 0 to 9.' in capsys.readouterr().out


def test_a_decision_about_an_earlier_hand_in_is_open_again(doubtful, capsys):
    file = doubtful / "by_hand.csv"
    fill(file, "ada", points="0")
    assert again(doubtful)["ada"]["final total"] == "0"
    rows = keep(doubtful, result("ada", text="", digest="another"))
    assert (rows["ada"]["status"], rows["ada"]["final total"]) == ("to settle in by_hand.csv", "")
    assert "has handed in anew since you decided" in capsys.readouterr().out
    fill(file, "ada", version="")
    assert again(doubtful)["ada"]["final total"] == "0"


def test_a_table_by_hand_that_cannot_be_read_leaves_all_open(doubtful):
    (doubtful / "by_hand.csv").write_bytes(b"\xd0\xcf\x11\xe0")
    assert {row["final total"] for row in again(doubtful).values()} == {""}


def test_files_nobody_filled_in_are_the_same_in_any_order_of_runs(tmp_path):
    keep(tmp_path / "a", result("ada"), result("ben", reasons=["x"]), result("cem"))
    keep(tmp_path / "b", result("cem"))
    keep(tmp_path / "b", result("ben", reasons=["x"]))
    keep(tmp_path / "b", result("ada"))
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_reading_changes_no_file(out):
    points(out / "free_text.csv", "ada", "1", "1", "1", "1")
    fill(out / "free_text.csv", "ada", version="")
    before = contents(out)
    marks.merge(out, results.load_all(out), ITEMS)
    assert contents(out) == before


def test_words_for_the_page_are_those_of_the_learner(out):
    text = (out / "free_text.html").read_text(encoding="utf-8")
    assert text.count(WORDS) == 2
    assert all(line in text for line in RUBRIC)
    assert "cem: not attempted, counts 0 unless you enter points" in text
    assert text.index("To mark: 2") < text.index("No text: 1")


CELLS = st.sampled_from(["", "0", "1", "ada", "ben", "all", "recall", "ok", "5", "'1", "=x", "v1"])
TABLES = st.lists(st.lists(CELLS, max_size=9), max_size=5)


@settings(max_examples=60)
@given(words=st.one_of(st.binary(max_size=60), TABLES), hands=st.one_of(st.binary(), TABLES))
def test_whatever_stands_in_the_files_it_is_merged_and_kept(tmp_path_factory, words, hands):
    """A final total has all its parts, and what a teacher typed is in the file or beside it."""
    out = tmp_path_factory.mktemp("fuzz")
    kept = [result("ada"), result("ben", reasons=["x"])]
    marks.merge(out, kept, ITEMS, update=True)
    file = out / marks.FREE_TEXT
    for path, content in ((file, words), (out / marks.BY_HAND, hands)):
        if not isinstance(content, bytes):
            lines = [",".join(f'"{cell}"' for cell in row) for row in content]
            content = path.read_bytes().splitlines()[0] + "\n".join(["", *lines]).encode()
        path.write_bytes(content)
    entered = file.read_bytes()
    standings = marks.merge(out, kept, ITEMS, update=True).standings
    for standing in standings.values():
        if standing.final is not None:
            assert len(standing.lines) == len(RUBRIC)
            assert not isinstance(words, bytes)
    if isinstance(words, bytes) or any(cell for row in words for cell in row[1:6]):
        aside = out / "previous" / marks.FREE_TEXT
        assert entered == file.read_bytes() or entered == aside.read_bytes()
