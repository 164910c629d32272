"""`engramlab export`: tables of Moodle and Canvas, filled in without losing what stands there."""

import csv
import io
import zipfile

import pytest
from grading_tools import contents
from marks_tools import fill, keep, points, result

from engramlab._types import CourseError
from engramlab.course import cli
from engramlab.course.grading import export

WORKSHEET = (
    "\ufeffIdentifier,Full name,Email address,Status,Grade,Maximum Grade,"
    "Grade can be changed,Last modified (submission),Last modified (grade),Feedback comments\n"
    'Participant 11,Ada Lovelace,ada@example.org,Submitted for grading,,13.00,Yes,"Monday, 2 '
    'November 2026, 9:00 AM",-,\n'
    'Participant 12,"O\'Neil, Zoë",zoe@example.org,Submitted for grading,7.00,13.00,Yes,-,-,'
    '"Old, ""kept""\nwords"\n'
    "Participant 13,Nobody Here,,No submission,,13.00,Yes,-,-,\n"
    "Participant 14,Cem,,Submitted for grading,,13.00,Yes,-,-,\n"
)
GRADEBOOK = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Essay (71),08 Completion (72),Current Score\n"
    ",,,,,Manual Posting,,(read only)\n"
    "    Points Possible,,,,,10.00,13.00,(read only)\n"
    '"Lovelace, Ada",11,s-11,ada,A,9.00,,90\n'
    '"O\'Neil, Zoë",12,s-12,zoe,"A and B",,7.00,\n'
    '"Here, Nobody",13,,,A,1.00,2.00,\n'
    '"Student, Test",99,,,A,,,\n'
)


def named(system, number, name):
    return {"platform": {"system": system, "id": str(number), "name": name}}


def graded(out, system):
    """Ada is marked, Zoë is open, Cem told no number, Dan has no row anywhere."""
    keep(
        out,
        result("Ada Lovelace_11", **named(system, 11, "Ada Lovelace")),
        result("O'Neil, Zoë_12", **named(system, 12, "O'Neil, Zoë")),
        result("Cem", platform=None, right=()),
        result("Dan_15", **named(system, 15, "Dan")),
    )
    file = out / "free_text.csv"
    points(file, "Ada Lovelace_11", "1", "1", "0", "1", comment="a < b, & see\npage 3")
    points(file, "Cem", "0", "0", "0", "0")
    points(file, "Dan_15", "1", "1", "1", "1", comment="=1+1")
    return out


def rows(path):
    text = path.read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_moodles_worksheet_is_filled_in_and_the_rest_of_it_stays(tmp_path, capsys):
    out = graded(tmp_path / "out", "moodle")
    sheet = tmp_path / "worksheet.csv"
    sheet.write_text(WORKSHEET, encoding="utf-8")
    words = ["export", "moodle", str(out), str(tmp_path / "new.csv"), "--worksheet", str(sheet)]
    assert cli.main(words) == 0
    assert sheet.read_text(encoding="utf-8") == WORKSHEET
    before, after = rows(sheet), rows(tmp_path / "new.csv")
    assert (tmp_path / "new.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    ada = after[1]
    assert ada[4] == "7"
    assert ada[9] == ("Functions: 4 of 9. Your own words: 3 of 4. a &lt; b, &amp; see page 3")
    assert after[4][4] == "0"
    assert [row[:4] + row[5:9] for row in after] == [row[:4] + row[5:9] for row in before]
    assert after[2:4] == before[2:4]
    said = capsys.readouterr().out
    assert "2 of 4 learners" in said
    assert "Left at 7.00: O'Neil, Zoë_12 (free text to be marked)." in said
    assert "Left blank: Dan_15 (no row of the worksheet is theirs)." in said


def test_moodle_without_its_worksheet_gets_the_columns_that_it_needs(tmp_path, capsys):
    out = graded(tmp_path, "moodle")
    assert cli.main(["export", "moodle", str(out)]) == 0
    heads, *found = rows(out / "moodle.csv")
    assert {"Identifier", "Grade", "Last modified (grade)", "Feedback comments"} <= set(heads)
    table = {row[0]: dict(zip(heads, row, strict=True)) for row in found}
    assert set(table) == {"Participant 11", "Participant 12", "Participant 15"}
    assert table["Participant 12"]["Grade"] == ""
    assert table["Participant 12"]["Full name"] == "O'Neil, Zoë"
    assert table["Participant 15"]["Grade"] == "8"
    assert "Left blank: Cem (their number there is not known; --work" in capsys.readouterr().out


def test_feedback_for_moodle_lies_where_moodle_looks(tmp_path):
    out = graded(tmp_path, "moodle")
    keep(out, result("x_16", **named("moodle", 16, "../a_b/=c")))
    export.run("moodle", out)
    with zipfile.ZipFile(out / "feedback.zip") as archive:
        assert sorted(archive.namelist()) == [
            ".. a b  c_16_assignsubmission_file_/feedback.html",
            "Ada Lovelace_11_assignsubmission_file_/feedback.html",
            "Dan_15_assignsubmission_file_/feedback.html",
            "O'Neil  Zoë_12_assignsubmission_file_/feedback.html",
        ]
        page = archive.read("Ada Lovelace_11_assignsubmission_file_/feedback.html")
    assert page == (out / "feedback/Ada Lovelace_11.html").read_bytes()


def test_canvas_gradebook_is_filled_in_and_the_rest_of_it_stays(tmp_path, capsys):
    out = graded(tmp_path / "out", "canvas")
    sheet = tmp_path / "canvas.csv"
    sheet.write_text(GRADEBOOK, encoding="utf-8")
    for name in ("08 Completion", "08 Completion (72)", "72"):
        words = ["export", "canvas", str(out), "--worksheet", str(sheet), "--assignment", name]
        assert cli.main(words) == 0
        before, after = rows(sheet), rows(out / "canvas.csv")
        assert after[3] == [*before[3][:6], "7", "90"]
        assert after[:3] + after[4:] == before[:3] + before[4:]
        said = capsys.readouterr().out
        assert "Left at 7.00: O'Neil, Zoë_12 (free text to be marked)." in said
        assert "Left blank: Cem (no row of the worksheet is theirs)." in said


def test_canvas_without_its_gradebook_wipes_out_no_grade(tmp_path, capsys):
    out = graded(tmp_path, "canvas")
    export.run("canvas", out, tmp_path / "new.csv", assignment="Week 8")
    assert rows(tmp_path / "new.csv") == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Week 8"],
        ["    Points Possible", "", "", "", "", "13"],
        ["Ada Lovelace", "11", "", "", "", "7"],
        ["Dan", "15", "", "", "", "8"],
    ]
    assert "Left blank: O'Neil, Zoë_12" in capsys.readouterr().out


def test_names_find_a_row_only_when_they_are_unambiguous(tmp_path):
    keep(tmp_path, result("ada lovelace", text=""), result("Nobody Here", text=""))
    sheet = tmp_path / "worksheet.csv"
    twice = WORKSHEET + "Participant 20,Nobody Here,,,,13.00,Yes,-,-,\n"
    sheet.write_text(twice, encoding="utf-8")
    export.run("moodle", tmp_path, worksheet=sheet)
    grades = {row[0]: row[4] for row in rows(tmp_path / "moodle.csv")[1:]}
    assert grades["Participant 11"] == "4"
    assert grades["Participant 13"] == grades["Participant 20"] == ""


def test_a_number_of_another_platform_finds_nobody(tmp_path):
    keep(tmp_path, result("Eve", text="", **named("canvas", 11, "Eve")))
    sheet = tmp_path / "worksheet.csv"
    sheet.write_text(WORKSHEET, encoding="utf-8")
    export.run("moodle", tmp_path, worksheet=sheet)
    assert {row[4] for row in rows(tmp_path / "moodle.csv")[1:]} == {"", "7.00"}


def test_another_maximum_is_refused_or_scaled(tmp_path):
    out = graded(tmp_path, "moodle")
    sheet = tmp_path / "worksheet.csv"
    sheet.write_text(WORKSHEET.replace("13.00", "100.00"), encoding="utf-8")
    with pytest.raises(CourseError, match=r"out of 100\.00 there, the points are out of 13\."):
        export.run("moodle", out, worksheet=sheet)
    assert not (out / "moodle.csv").exists()
    export.run("moodle", out, worksheet=sheet, out_of=100)
    assert rows(out / "moodle.csv")[1][4] == "53.85"
    export.run("moodle", out, out_of=100)
    assert rows(out / "moodle.csv")[1][2:4] == ["53.85", "100"]


def test_stretch_points_do_not_exceed_moodles_maximum(tmp_path, capsys):
    names = [item["item"] for item in result("x")["items"]]
    keep(tmp_path, result("Ada_11", right=names, **named("moodle", 11, "Ada")))
    points(tmp_path / "free_text.csv", "Ada_11", "1", "1", "1", "1")
    export.run("moodle", tmp_path)
    assert rows(tmp_path / "moodle.csv")[1][2] == "13"
    said = "Moodle takes no more than 13. These have more, and get 13: Ada_11 (15)."
    assert said in capsys.readouterr().out
    keep(tmp_path, result("Ada_11", right=names, **named("canvas", 11, "Ada")))
    export.run("canvas", tmp_path)
    assert rows(tmp_path / "canvas.csv")[2][5] == "15"


def test_the_teachers_words_are_no_formula(tmp_path):
    out = graded(tmp_path, "moodle")
    fill(out / "free_text.csv", "Dan_15", learner="=Dan")
    keep(out, result("=Dan", text="", reasons=["x"], **named("moodle", 17, "=HYPERLINK(1)")))
    export.run("moodle", out)
    cells = [cell for row in rows(out / "moodle.csv") for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
    assert "'=HYPERLINK(1)" in cells


def test_an_earlier_export_is_put_aside_and_the_worksheet_never_written_over(tmp_path):
    out = graded(tmp_path, "moodle")
    export.run("moodle", out)
    first = (out / "moodle.csv").read_bytes()
    before = contents(out)
    export.run("moodle", out)
    assert contents(out) == before
    points(out / "free_text.csv", "O'Neil, Zoë_12", "1", "1", "1", "1")
    export.run("moodle", out)
    assert (out / "previous/moodle.csv").read_bytes() == first
    with pytest.raises(CourseError, match="is the worksheet itself"):
        export.run("moodle", out, out / "moodle.csv", worksheet=out / "moodle.csv")


REFUSED = {
    "no folder": (["moodle"], "Name the folder that"),
    "no results": (["canvas", "."], "holds no results"),
    "not Moodle's": (["moodle", "OUT", "--worksheet", "canvas.csv"], 'no column "Identifier"'),
    "not Canvas's": (
        ["canvas", "OUT", "--worksheet", "moodle.csv"],
        'no column "Student" and "ID"',
    ),
    "no such file": (["canvas", "OUT", "--worksheet", "nowhere.csv"], "cannot be read"),
    "which assignment": (
        ["canvas", "OUT", "--worksheet", "canvas.csv"],
        'Say which with --assignment: the assignments in canvas.csv are "Essay (71)", "08 Comp',
    ),
    "no such assignment": (
        ["canvas", "OUT", "--worksheet", "canvas.csv", "--assignment", "Week 9"],
        "--assignment is 'Week 9'",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_there_is_to_refuse(tmp_path, monkeypatch, capsys, case):
    words, sentence = REFUSED[case]
    monkeypatch.chdir(tmp_path)
    graded(tmp_path / "OUT", "canvas")
    (tmp_path / "canvas.csv").write_text(GRADEBOOK, encoding="utf-8")
    (tmp_path / "moodle.csv").write_text(WORKSHEET, encoding="utf-8")
    capsys.readouterr()
    assert cli.main(["export", *words]) == 1
    said = capsys.readouterr()
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""
