"""Where the teacher's files leave a doubt, points are open and the run says why."""

import pytest
from grading_tools import contents, solved, write_class
from grading_tools import rows as graded_rows
from marks_tools import ITEMS, WORDS, again, fill, gradebook, keep, points, result, save, table

from engramlab.course.checks._items import RUBRIC
from engramlab.course.grading import batch, marks, results, telling
from engramlab.course.grading.sandbox import Limits

COLUMNS = [f"{line} (0 or 1)" for line in RUBRIC]
EVERY = ("1", "1", "1", "1")


def last_words(out):
    kept = results.load_all(out)
    standings = marks.merge(out, kept, ITEMS).standings
    log = telling.Log(out)
    words = telling.last_words(
        out, kept, standings=standings, others=[], broken=[], is_unsafe=False, log=log
    )
    return "\n".join(words)


def test_text_handed_in_beside_the_notebook_is_open_and_named(tmp_path, capsys):
    there = {"beside": ["onlinetext.html", "<b>.docx"]}
    row = keep(tmp_path, result("ada", text="", **there), result("ben", **there))["ada"]
    assert (row["free text"], row["free text points"], row["final total"]) == (
        "to be marked",
        "",
        "",
    )
    assert "2 free texts to mark" in capsys.readouterr().out
    assert [each["note"] for each in table(tmp_path / "free_text.csv")] == [
        "there is also onlinetext.html, <b>.docx"
    ] * 2
    page = (tmp_path / "free_text.html").read_text(encoding="utf-8")
    named = "there is also onlinetext.html, &lt;b&gt;.docx."
    assert f"No text stands in the notebook; {named}" in page
    assert f"In the hand-in {named}" in page
    assert named in (tmp_path / "feedback/ada.html").read_text(encoding="utf-8")
    points(tmp_path / "free_text.csv", "ada", "1", "1", "0", "0")
    assert again(tmp_path)["ada"]["final total"] == "6"
    row = keep(tmp_path, result("ada", text="", beside=["other.txt"]))["ada"]
    assert row["free text"] == "changed since it was marked"


def test_files_beside_an_unreadable_notebook_are_named_too(tmp_path):
    keep(tmp_path, result("ada", items=(), text="", reasons=["not JSON"], beside=["a.txt"]))
    note = "could not be read; there is also a.txt"
    assert table(tmp_path / "free_text.csv")[0]["note"] == note
    assert f"ada: {note}, open until you" in (tmp_path / "free_text.html").read_text("utf-8")


@pytest.fixture
def elsewhere(tmp_path):
    """Ada handed in no text in the notebook; the teacher gives her points all the same."""
    keep(tmp_path, result("ada", text=""), result("ben"))
    points(tmp_path / "free_text.csv", "ada", *EVERY)
    points(tmp_path / "free_text.csv", "ben", *EVERY)
    assert again(tmp_path)["ada"]["final total"] == "8"
    return tmp_path


def renamed(rows):
    return [dict(zip(["learner", "a", "b", "c", "d", *list(row)[5:]], row.values(), strict=True))
            for row in rows]  # fmt: skip


def shortened(rows):
    return [{head: cell for head, cell in row.items() if head != COLUMNS[2]} for row in rows]


def without_comment(rows):
    return [{head.replace("comment", "said"): cell for head, cell in row.items()} for row in rows]


LACKING = {renamed: COLUMNS[0], shortened: COLUMNS[2], without_comment: "comment"}


@pytest.mark.parametrize("spoil", LACKING)
def test_a_column_that_is_missing_is_told_and_no_mark_becomes_a_zero(elsewhere, capsys, spoil):
    file = elsewhere / "free_text.csv"
    save(file, spoil(table(file)))
    entered = file.read_bytes()
    capsys.readouterr()
    rows = again(elsewhere)
    assert [row["final total"] for row in rows.values()] == ["", ""]
    said = capsys.readouterr().out
    assert f'free_text.csv lacks the column "{LACKING[spoil]}"' in said
    assert "Its points stay open until then." in said
    assert file.read_bytes() == entered
    page = (elsewhere / "free_text.html").read_text(encoding="utf-8")
    assert "No text stands in the notebook." in page
    assert '<p class="text"></p>' not in page


def test_a_column_by_hand_that_is_missing_is_told(elsewhere, capsys):
    keep(elsewhere, result("cem", text="", reasons=["x"]))
    file = elsewhere / "by_hand.csv"
    fill(file, "cem", points="3")
    rows = table(file)
    save(file, [{head.replace("points", "marks"): c for head, c in r.items()} for r in rows])
    assert {row["final total"] for row in again(elsewhere).values()} == {""}
    assert 'by_hand.csv lacks the column "points' in capsys.readouterr().out


def test_a_column_of_ours_may_be_missing(elsewhere):
    file = elsewhere / "free_text.csv"
    save(file, [{h: c for h, c in row.items() if h != "note"} for row in table(file)])
    assert again(elsewhere)["ada"]["final total"] == "8"


def excel(file):
    file.write_bytes(file.read_bytes().replace(b"007", b"7"))


@pytest.mark.parametrize("text", [WORDS, ""])
def test_two_learners_that_excel_makes_one_are_both_open(tmp_path, capsys, text):
    keep(tmp_path, result("007", text=text), result("7", text=text), result("8"))
    file = tmp_path / "free_text.csv"
    points(file, "007", *EVERY)
    points(file, "8", *EVERY)
    excel(file)
    rows = again(tmp_path)
    assert [row["final total"] for row in rows.values()] == ["", "", "8"]
    assert (
        '"7" has entries in the rows 2 and 3; keep one of them, or write 007 where that is meant.'
    ) in capsys.readouterr().out


def test_two_learners_that_excel_makes_one_are_open_by_hand(tmp_path, capsys):
    keep(tmp_path, *(result(name, text="", reasons=["x"]) for name in ("007", "7", "8")))
    file = tmp_path / "by_hand.csv"
    fill(file, "007", points="9")
    fill(file, "8", points="9")
    excel(file)
    assert [row["final total"] for row in again(tmp_path).values()] == ["", "", "9"]
    assert 'by_hand.csv, row 2: "7" has entries in the rows 2 and 3' in capsys.readouterr().out


def test_a_run_counts_what_is_open_and_says_what_is_settled(tmp_path):
    doubtful = [result(name, text="", reasons=["x"]) for name in ("ada", "ben", "cem")]
    keep(tmp_path, *doubtful, result("dan"))
    said = last_words(tmp_path)
    assert said.startswith("4 submissions, 3 of them for a human to look at.\n  ada: needs a human")
    fill(tmp_path / "by_hand.csv", "ada", points="ok")
    fill(tmp_path / "by_hand.csv", "ben", points="7")
    again(tmp_path)
    said = last_words(tmp_path)
    first = "4 submissions, 1 of them for a human to look at, 2 settled by hand.\n  cem: needs"
    assert said.startswith(first)
    assert "ada:" not in said
    keep(tmp_path, result("ada", text="", digest="another"))
    assert "  ada: to settle in by_hand.csv\n" in last_words(tmp_path)
    assert gradebook(tmp_path)["ada"]["status"] == "to settle in by_hand.csv"


def test_a_settled_notebook_whose_text_was_not_read_is_named(tmp_path, capsys):
    keep(tmp_path, result("ada", items=(), text="", reasons=["not JSON"]))
    fill(tmp_path / "by_hand.csv", "ada", points="7")
    capsys.readouterr()
    assert again(tmp_path)["ada"]["final total"] == ""
    said = capsys.readouterr().out
    assert "1 free text could not be read, and the final total is blank until you enter" in said
    assert said.endswith("free_text.csv: ada.\n")


@pytest.mark.parametrize("name", ["gradebook.csv", "feedback/ada.html", "free_text.html"])
def test_a_file_of_the_teachers_with_a_name_of_ours_is_kept(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"Student,ID\nada,1\n")
    keep(tmp_path, result("ada"))
    assert (tmp_path / "previous" / path.name).read_bytes() == b"Student,ID\nada,1\n"
    assert path.read_bytes() != b"Student,ID\nada,1\n"
    before = contents(tmp_path)
    points(tmp_path / "free_text.csv", "ada", *EVERY)
    again(tmp_path)
    after = contents(tmp_path)
    aside = {at for at in after if at.startswith("previous/")}
    assert after[name] != before[name]
    assert aside == {f"previous/{path.name}"}


def test_words_beside_the_placeholder_are_no_zero_in_a_run(tmp_path, capsys):
    told = solved()
    told["cells"].append({"cell_type": "markdown", "metadata": {}, "source": WORDS})
    folder = write_class(tmp_path / "class", {"ada": told, "ben": solved()})
    (folder / "cem").mkdir()
    write_class(folder / "cem", {"08_pattern_completion": solved()})
    (folder / "cem/answers.docx").write_bytes(b"PK\3\4")
    out = tmp_path / "out"
    assert batch.run(folder, out, unsafe=True, limits=Limits(), exercise="08") == 0
    found = graded_rows(out)
    assert [found[name]["free text"] for name in ("ada", "ben", "cem")] == [
        "to be marked",
        "not attempted",
        "to be marked",
    ]
    assert WORDS in (out / "free_text.html").read_text(encoding="utf-8")
    assert "2 free texts to mark" in capsys.readouterr().out
