"""`engramlab export` writes over nothing of the teacher's, and says what it changed and left."""

import zipfile

import pytest
from grading_tools import contents
from marks_tools import fill, keep, points, result
from test_export import GRADEBOOK, WORKSHEET, graded, named, rows

from engramlab._types import CourseError
from engramlab.course import cli
from engramlab.course.grading import export


def sheet_of(folder, text):
    path = folder / "worksheet.csv"
    path.write_text(text, encoding="utf-8")
    return path


OURS = ["free_text.csv", "by_hand.csv", "gradebook.csv", "run.log", "free_text.html", ".lock"]
OURS += ["results/Cem.json", "feedback/Cem.html", "previous/x.csv", "sub/../BY_HAND.CSV"]


@pytest.mark.parametrize("name", OURS)
@pytest.mark.parametrize("system", ["moodle", "canvas"])
def test_what_grading_keeps_is_never_written_over(tmp_path, name, system):
    out = graded(tmp_path / "out", system)
    before = contents(out)
    with pytest.raises(CourseError, match=r"is a file of .*out itself. Choose another name"):
        export.run(system, out, out / name)
    assert contents(out) == before


def test_a_link_to_what_grading_keeps_is_not_written_over(tmp_path):
    out = graded(tmp_path / "out", "moodle")
    (tmp_path / "new.csv").symlink_to(out / "free_text.csv")
    with pytest.raises(CourseError, match="Choose another name"):
        export.run("moodle", out, tmp_path / "new.csv")


def test_a_folder_or_the_feedback_itself_is_no_table(tmp_path):
    out = graded(tmp_path / "out", "moodle")
    with pytest.raises(CourseError, match=r"tmp.* is a folder. FILE is the name of the table"):
        export.run("moodle", out, tmp_path)
    with pytest.raises(CourseError, match="is where the feedback goes"):
        export.run("moodle", out, tmp_path / "feedback.zip")


def test_another_zip_file_of_that_name_is_kept(tmp_path):
    out = graded(tmp_path / "out", "moodle")
    (tmp_path / "feedback.zip").write_bytes(b"mine")
    export.run("moodle", out, tmp_path / "new.csv")
    assert (tmp_path / "previous/feedback.zip").read_bytes() == b"mine"
    first = (tmp_path / "feedback.zip").read_bytes()
    points(out / "free_text.csv", "O'Neil, Zoë_12", "1", "1", "1", "1")
    keep(out, result("Cem", platform=None))
    keep(out, result("Dan_15", text="", **named("moodle", 15, "Dan")))
    export.run("moodle", out, tmp_path / "new.csv")
    assert (tmp_path / "feedback.zip").read_bytes() != first
    assert [path.name for path in (tmp_path / "previous").glob("*.zip")] == ["feedback.zip"]


@pytest.mark.parametrize("is_filled", [True, False])
def test_two_results_with_one_number_go_nowhere(tmp_path, capsys, is_filled):
    out = tmp_path / "out"
    keep(
        out,
        result("Ada Lovelace_11", text="", **named("moodle", 11, "Ada Lovelace")),
        result("Anna Neu_11", text="", right=(), **named("moodle", 11, "Anna Neu")),
        result("Cem_14", text="", **named("moodle", 14, "Cem")),
    )
    sheet = sheet_of(tmp_path, WORKSHEET.replace("Zoë,zoe", "Anna Neu,zoe"))
    export.run("moodle", out, tmp_path / "new.csv", worksheet=sheet if is_filled else None)
    grade = 4 if is_filled else 2
    found = {row[0]: row[grade] for row in rows(tmp_path / "new.csv")[1:]}
    assert found.get("Participant 11", "") == ""
    assert found["Participant 14"] == "4"
    said = capsys.readouterr().out
    why = "two results have the number 11: Ada Lovelace_11 and Anna Neu_11"
    assert f"Left blank: Ada Lovelace_11 ({why})." in said
    assert f"Left blank: Anna Neu_11 ({why})." in said
    with zipfile.ZipFile(tmp_path / "feedback.zip") as archive:
        assert archive.namelist() == ["Cem_14_assignsubmission_file_/feedback.html"]


def test_two_results_with_one_number_go_nowhere_in_canvas(tmp_path, capsys):
    keep(
        tmp_path,
        result("ada_11", text="", **named("canvas", 11, "ada")),
        result("anna_11", text="", right=(), **named("canvas", 11, "anna")),
    )
    export.run("canvas", tmp_path)
    assert len(rows(tmp_path / "canvas.csv")) == 2
    assert "Left blank: anna_11 (two results have the number 11" in capsys.readouterr().out


def test_canvas_keeps_who_is_excused_and_says_what_was_replaced(tmp_path, capsys):
    out = graded(tmp_path / "out", "canvas")
    points(out / "free_text.csv", "O'Neil, Zoë_12", "1", "1", "1", "1")
    sheet = sheet_of(tmp_path, GRADEBOOK.replace("A,9.00,,90", "A,9.00,EX,90"))
    words = ["export", "canvas", str(out), "--worksheet", str(sheet), "--assignment", "72"]
    assert cli.main(words) == 0
    found = rows(out / "canvas.csv")
    assert (found[3][6], found[4][6]) == ("EX", "8")
    said = capsys.readouterr().out
    assert "Left at EX: Ada Lovelace_11 (excused in Canvas)." in said
    assert "1 row had another grade: O'Neil, Zoë_12 (7.00, now 8)." in said
    assert "1 of 4 learners" in said


def test_moodle_keeps_what_cannot_be_changed_and_says_what_was_replaced(tmp_path, capsys):
    out = graded(tmp_path / "out", "moodle")
    points(out / "free_text.csv", "O'Neil, Zoë_12", "1", "1", "1", "1")
    locked = WORKSHEET.replace("Submitted for grading,,13.00,Yes", "Submitted,5.00,13.00,No", 1)
    sheet = sheet_of(tmp_path, locked)
    assert cli.main(["export", "moodle", str(out), "--worksheet", str(sheet)]) == 0
    found = rows(out / "moodle.csv")
    assert found[1] == rows(sheet)[1]
    assert found[2][4] == "8"
    said = capsys.readouterr().out
    locked = "Moodle says that their grade cannot be changed"
    assert f"Left at 5.00: Ada Lovelace_11 ({locked})." in said
    assert "1 row had another grade: O'Neil, Zoë_12 (7.00, now 8)." in said
    assert "1 row had another comment: O'Neil, Zoë_12." in said


def test_the_same_grade_again_is_no_other_grade(tmp_path, capsys):
    out = graded(tmp_path / "out", "moodle")
    sheet = sheet_of(tmp_path, WORKSHEET)
    export.run("moodle", out, tmp_path / "new.csv", worksheet=sheet)
    sheet_of(tmp_path, (tmp_path / "new.csv").read_text("utf-8").replace(",7,13", ",7.00,13"))
    capsys.readouterr()
    export.run("moodle", out, tmp_path / "new.csv", worksheet=sheet)
    assert "another" not in capsys.readouterr().out


def test_why_a_row_was_not_found_is_true(tmp_path, capsys):
    names = ("Nobody Here", "ada  lovelace", "Ada Lovelace", "Eve")
    keep(tmp_path, *(result(name, text="") for name in names))
    twice = WORKSHEET + "Participant 20,Nobody Here,,,,13.00,Yes,-,-,\n"
    export.run("moodle", tmp_path, worksheet=sheet_of(tmp_path, twice))
    said = capsys.readouterr().out
    assert "Left blank: Nobody Here (2 rows of the worksheet have their name)." in said
    assert "Left blank: Ada Lovelace (2 results have their name)." in said
    assert "Left blank: Eve (no row of the worksheet is theirs)." in said


def test_open_because_the_table_by_hand_is_broken(tmp_path, capsys):
    keep(tmp_path, result("Ada_11", text="", **named("moodle", 11, "Ada")))
    for name in ("by_hand.csv", "free_text.csv"):
        (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0")
    export.run("moodle", tmp_path)
    assert "Left blank: Ada_11 (to settle in by_hand.csv)." in capsys.readouterr().out


UNUSED = {
    "moodle": ["--assignment", "08"],
    "nbgrader": ["--out-of", "10"],
    "nbgrader ": ["--worksheet", "x.csv"],
}


@pytest.mark.parametrize("case", UNUSED)
def test_an_option_that_does_nothing_is_refused(tmp_path, capsys, case):
    out = graded(tmp_path / "out", "moodle")
    before = contents(tmp_path)
    assert cli.main(["export", case.strip(), str(out), *UNUSED[case]]) == 1
    said = capsys.readouterr().err
    assert f"{UNUSED[case][0]} says nothing to {case.strip()}. Leave it out." in said
    assert contents(tmp_path) == before


def test_a_maximum_with_a_comma(tmp_path):
    out = graded(tmp_path / "out", "moodle")
    assert cli.main(["export", "moodle", str(out), "--out-of", "6,5"]) == 0
    assert rows(out / "moodle.csv")[1][2:4] == ["3.5", "6.5"]


def test_an_edited_notebook_for_nbgrader_is_kept_where_nbgrader_does_not_look(tmp_path, capsys):
    assert cli.main(["export", "nbgrader", str(tmp_path)]) == 0
    (edited, *_) = sorted(tmp_path.glob("source/08*/*.ipynb"))
    edited.write_text("mine", encoding="utf-8")
    capsys.readouterr()
    assert cli.main(["export", "nbgrader", str(tmp_path)]) == 0
    assert (tmp_path / "previous" / edited.name).read_text(encoding="utf-8") == "mine"
    assert [path.name for path in edited.parent.iterdir()] == [edited.name]
    assert capsys.readouterr().out.count("; what was there lies in ") == 1


def test_one_is_not_said_in_the_plural(tmp_path, capsys):
    keep(tmp_path, result("Ada_11", reasons=["x"], **named("moodle", 11, "Ada")))
    assert "1 free text to mark" in capsys.readouterr().out
    fill(tmp_path / "by_hand.csv", "Ada_11", points="ok")
    points(tmp_path / "free_text.csv", "Ada_11", "1", "1", "1", "1")
    export.run("moodle", tmp_path)
    said = capsys.readouterr().out
    assert "1 of 1 learner." in said
    assert "1 feedback page." in said
