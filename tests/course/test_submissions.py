"""Who handed in what: platforms' names, odd files, names that meet, files that go away."""

import json
import os
import shutil
import socket
import tempfile
import threading
import unicodedata

import pytest
from grading_tools import STEM, exercise, results, rows, solved, write_class

from engramlab._types import CourseError
from engramlab.course import reading
from engramlab.course.grading import batch, marking, submissions
from engramlab.course.grading import results as kept_results
from engramlab.course.grading.exercise import exercise_of
from engramlab.course.grading.platforms import Platform, label_of, safe_name, unique_names
from engramlab.course.grading.submissions import find, gathered

NOTEBOOK = b'{"cells": []}'
OTHER = b'{"cells": [{}]}'


def lay_out(folder, files):
    """Write files, given by their paths below a folder, and return the folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return folder


def found(folder, stem=STEM):
    """Return what was found: for each learner what the notebook holds, or why there is none."""
    with gathered(folder) as handed_in:
        return {
            one.learner: one.path.read_bytes() if one.path else one.problem
            for one in find(handed_in, stem)
        }


def platforms(folder):
    with gathered(folder) as handed_in:
        return {one.learner: one.platform for one in find(handed_in, STEM)}


MOODLE = {
    f"Ada Lovelace_123_assignsubmission_file_/{STEM}.ipynb": NOTEBOOK,
    "Ada Lovelace_123_assignsubmission_onlinetext_/onlinetext.html": "hello",
    f"Ben B_124_assignsubmission_file/my work/{STEM}.ipynb": NOTEBOOK,  # newer: no underscore
    f"Cem C_125_assignsubmission_file_{STEM}.ipynb": NOTEBOOK,  # not in folders
    "Cem C_125_assignsubmission_file_notes.pdf": "x",
    "Cem C_125_assignsubmission_onlinetext_onlinetext.html": "hello",
    "Dee_126_assignsubmission_onlinetext_/onlinetext.html": "hello",
    f"Participant_9_assignsubmission_file_{STEM}.ipynb": NOTEBOOK,  # blind marking
    f"Team 1_8_assignsubmission_file/{STEM}.ipynb": NOTEBOOK,
    f"Default group_assignsubmission_file/{STEM}.ipynb": NOTEBOOK,
}


def test_what_moodle_exports(tmp_path):
    folder = lay_out(tmp_path, MOODLE)
    assert found(folder) == {
        "Ada Lovelace_123": NOTEBOOK,
        "Ben B_124": NOTEBOOK,
        "Cem C_125": NOTEBOOK,
        "Dee_126": "text typed into the platform, and no notebook",
        "Default group": NOTEBOOK,
        "Participant_9": NOTEBOOK,
        "Team 1_8": NOTEBOOK,
    }
    known = platforms(folder)
    assert known["Ada Lovelace_123"] == Platform(system="moodle", id="123", name="Ada Lovelace")
    assert known["Team 1_8"] == Platform(system="moodle", id="8", name="Team 1")
    assert known["Default group"] is None


CANVAS = {
    f"lovelaceada_11_501_{STEM}.ipynb": NOTEBOOK,
    f"bben_LATE_12_502_{STEM}-1.ipynb": NOTEBOOK,
    "bben_LATE_12_503_data.csv": "1",
    "müller_jörg_13_504_my_work_2026_11.ipynb": NOTEBOOK,
    "cem_14_text.html": "hello",
    "dee_LATE_15_link.html": "hello",
    "anon_aB3x9_505_work.ipynb": NOTEBOOK,
    "LATE_anon_Zz9_506_work.ipynb": NOTEBOOK,
    f"eli_16_507_{STEM}.ipynb": NOTEBOOK,
    f"eli_16_508_{STEM}-1.ipynb": OTHER,
    "fay_17_509_one.ipynb": NOTEBOOK,
    "fay_17_510_one-1.ipynb": NOTEBOOK,
}


def test_what_canvas_exports(tmp_path):
    folder = lay_out(tmp_path, CANVAS)
    typed = "text typed into the platform, and no notebook"
    assert found(folder) == {
        "lovelaceada_11": NOTEBOOK,
        "bben_12": NOTEBOOK,
        "müller_jörg_13": NOTEBOOK,
        "cem_14": typed,
        "dee_15": typed,
        "anon_aB3x9": NOTEBOOK,
        "anon_Zz9": NOTEBOOK,
        "eli_16": "2 notebooks in the folder, and no telling which is meant",
        "fay_17": NOTEBOOK,  # twice the same
    }
    known = platforms(folder)
    assert known["bben_12"] == Platform(system="canvas", id="12", name="bben")
    assert known["anon_aB3x9"] == Platform(system="canvas", id="aB3x9", name="anon")


def test_a_date_is_no_number_of_canvas(tmp_path):
    folder = lay_out(tmp_path, {f"{n}_2026_11_{STEM}.ipynb": NOTEBOOK for n in ("ada", "ben")})
    assert platforms(folder) == {"ada_2026_11": None, "ben_2026_11": None}


@pytest.mark.parametrize("name", ["ada.ipynb", f"{STEM}.ipynb", "a_1_b.ipynb", "x_assignment_1"])
def test_other_names_are_of_no_platform(name):
    assert label_of(name, is_folder=False) is None
    assert label_of(name, is_folder=True) is None


def test_the_platform_stands_in_the_result(tmp_path):
    files = {f"lovelaceada_11_5_{STEM}.ipynb": json.dumps(exercise()), "cem_14_text.html": "hello"}
    folder = lay_out(tmp_path / "class", files | {"dee.ipynb": json.dumps(exercise())})
    assert batch.run(folder, tmp_path / "out", unsafe=True) == 0
    known = {learner: one["platform"] for learner, one in results(tmp_path / "out").items()}
    assert known == {
        "lovelaceada_11": {"system": "canvas", "id": "11", "name": "lovelaceada"},
        "cem_14": {"system": "canvas", "id": "14", "name": "cem"},
        "dee": None,
    }


def test_the_name_beside_the_exercises_is_the_learners(tmp_path):
    folder = lay_out(
        tmp_path,
        {
            f"ada_{STEM}.ipynb": NOTEBOOK,
            f"{STEM} - Ben B.ipynb": NOTEBOOK,
            f"{STEM}.ipynb": NOTEBOOK,
            f"{STEM} (1).ipynb": NOTEBOOK,
            f"{STEM}-Copy2.ipynb": NOTEBOOK,
            "cem.IPYNB": NOTEBOOK,
        },
    )
    names = {"ada", "Ben B", "cem", STEM, f"{STEM} (1)", f"{STEM}-Copy2"}
    assert found(folder) == dict.fromkeys(names, NOTEBOOK)


def test_a_workspace_handed_in_whole(tmp_path):
    work = {
        f"lessons/{STEM}.ipynb": OTHER,
        "lessons/03_tagging_capture.ipynb": OTHER,
        f"exercises/{STEM}.ipynb": OTHER,
        "exercises/03_tagging_capture.ipynb": OTHER,
        f"submissions/earlier/{STEM}.2026-11-01-101010.ipynb": OTHER,
        f"submissions/{STEM}.ipynb": NOTEBOOK,
    }
    folder = lay_out(tmp_path, {f"ada/{name}": data for name, data in work.items()})
    assert found(folder) == {"ada": NOTEBOOK}
    with gathered(folder) as handed_in:
        assert exercise_of(handed_in, None) == ("08", STEM)
    shutil.rmtree(folder / "ada/submissions")
    lay_out(folder, {f"ada/exercises/{STEM}.ipynb": NOTEBOOK})
    assert found(folder) == {"ada": NOTEBOOK}


def test_copies_that_differ_are_for_a_human_and_the_same_ones_are_one(tmp_path):
    folder = lay_out(
        tmp_path,
        {
            f"ada/{STEM}.ipynb": NOTEBOOK,
            f"ada/{STEM} (1).ipynb": OTHER,
            f"ben/{STEM}.ipynb": NOTEBOOK,
            f"ben/{STEM}-Copy1.ipynb": NOTEBOOK,
            f"cem/{STEM} (2).ipynb": NOTEBOOK,
            "cem/scratch.ipynb": OTHER,
            "dee/08 my answer.ipynb": OTHER,
            f"dee/{STEM}.ipynb": NOTEBOOK,
        },
    )
    unclear = "2 notebooks in the folder, and no telling which is meant"
    assert found(folder) == {"ada": unclear, "ben": NOTEBOOK, "cem": NOTEBOOK, "dee": NOTEBOOK}


def test_an_untouched_exercise_beside_another_notebook_is_never_a_plain_zero(tmp_path):
    folder = tmp_path / "class"
    write_class(folder / "ada", {STEM: exercise(), "my notebook": solved()})
    write_class(folder / "ben", {STEM: exercise(), "03_tagging_capture": exercise()})
    assert batch.run(folder, tmp_path / "out", exercise="08", unsafe=True) == 0
    graded = results(tmp_path / "out")
    assert graded["ada"]["status"] == (
        "needs a human (another notebook was handed in too (1 not graded))"
    )
    assert graded["ben"]["status"] == "graded"


ODD = {
    "x.ipynb.txt": None,
    "x.ipynb.json": None,
    "x.json": None,
    "x (1).ipynb": None,
    "x.IPYNB": None,
    ".x.ipynb": None,
    "x.py": "x.py is no notebook",
    "x.txt": "x.txt is no notebook",
    "x.pdf": "x.pdf is no notebook",
    "x.tar.gz": "x.tar.gz is no notebook",
    "x": "x is no notebook",
    "x\x1b[31m.docx": "x_[31m.docx is no notebook",
}


@pytest.mark.parametrize("name", ODD)
def test_whatever_is_handed_in_is_a_row(tmp_path, name):
    reason = ODD[name]
    (loose,) = found(lay_out(tmp_path / "loose", {name: NOTEBOOK})).values()
    assert loose == (reason or NOTEBOOK)
    (inside,) = found(lay_out(tmp_path / "inside", {f"ada/{name}": NOTEBOOK})).values()
    shown = (reason or "").removesuffix(" is no notebook")
    assert inside == (f"no notebook in the folder, but {shown}" if reason else NOTEBOOK)


def test_lists_of_the_teacher_and_empty_files_are_nobodys(tmp_path):
    lay_out(tmp_path, {"grades.csv": "x", "Worksheet.xlsx": "x", "notes.txt": "", "x.ipynb": ""})
    assert found(tmp_path) == {"x": b""}


def test_one_notebook_or_something_else_as_submissions(tmp_path):
    lay_out(tmp_path, {f"ada_{STEM}.ipynb": NOTEBOOK, "x.rar": "Rar!"})
    assert found(tmp_path / f"ada_{STEM}.ipynb") == {"ada": NOTEBOOK}
    (tmp_path / "link.ipynb").symlink_to(tmp_path / f"ada_{STEM}.ipynb")
    assert found(tmp_path / "link.ipynb") == {"link": NOTEBOOK}
    with pytest.raises(CourseError, match="no whole zip file"):
        found(tmp_path / "x.rar")
    os.mkfifo(tmp_path / "pipe.zip")
    for name in ("pipe.zip", "nowhere.zip", "nowhere"):
        with pytest.raises(CourseError, match="There is no folder"):
            found(tmp_path / name)


def test_names_that_some_systems_take_for_one(tmp_path):
    accent = unicodedata.normalize("NFD", "jörg"), unicodedata.normalize("NFC", "jörg")
    learners = ["Ada", "ada", "ADA", *accent, "straße", "STRASSE", "a:b", "a?b", "CON", "con.x"]
    folder = lay_out(tmp_path / "class", {f"{n}/{STEM}.ipynb": NOTEBOOK for n in learners})
    names = list(found(folder))
    assert len(names) == len(learners)
    assert len({unicodedata.normalize("NFD", name).casefold() for name in names}) == len(names)
    assert {"ADA", "jörg", "STRASSE", "a_b", "_CON", "_con.x"} <= set(names)
    assert names == list(found(folder))

    two = write_class(tmp_path / "two", {"ada": solved(), "Ada": exercise()})
    assert batch.run(two, tmp_path / "out", exercise="08", unsafe=True) == 0
    assert sorted(one["total"] for one in results(tmp_path / "out").values()) == [0, 9]
    assert len(rows(tmp_path / "out")) == 2


UNSAFE = ["a/b\\c", "..", ".", "", " ", "a.", "nul", "LPT1.txt", "a\nb", "\u202egnp", "caf\udce9"]
UNSAFE += ["é" * 300, "x" * 5000, '<>:"|?*', "\0"]


@pytest.mark.parametrize("name", UNSAFE)
def test_a_safe_name_is_safe_everywhere(name):
    safe = safe_name(name)
    assert 0 < len(safe.encode()) <= 180
    assert not set(safe) & set('<>:"/\\|?*\0\n\u202e')
    assert not safe.startswith(".")
    assert safe == safe.strip().rstrip(".")
    assert safe.split(".")[0].upper() not in ("NUL", "LPT1")
    assert safe_name(safe) == safe
    assert len({name.casefold() for name in unique_names([(name, name)] * 3)}) == 3


def test_a_pipe_a_socket_and_a_folder_called_notebook(tmp_path, monkeypatch):
    folder = lay_out(tmp_path / "class", {"ada.ipynb": json.dumps(exercise()), "d/x.ipynb/a": "1"})
    os.mkfifo(folder / "pipe.ipynb")
    (folder / "e").mkdir()
    os.mkfifo(folder / "e" / f"{STEM}.ipynb")
    os.mkfifo(folder / "zip.zip")
    (folder / "x.ipynb").mkdir()
    monkeypatch.chdir(folder)  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.ipynb")
        assert batch.run(folder, tmp_path / "out", unsafe=True) == 0
    said = {learner: one["status"] for learner, one in results(tmp_path / "out").items()}
    odd = "needs a human (the file is a pipe or a device)"
    assert said == {
        "ada": "graded",
        "pipe": odd,
        "e": odd,
        "socket": odd,
        "zip": "needs a human (zip.zip cannot be opened: the file is a pipe or a device)",
        "d": "needs a human (no notebook in the folder, but a)",
        "x.ipynb": "needs a human (no notebook in the folder)",
    }


def test_links_are_never_followed(tmp_path):
    outside = lay_out(tmp_path / "outside", {f"{STEM}.ipynb": NOTEBOOK})
    folder = lay_out(tmp_path / "class", {"ada/a.txt": "", "ben/x.ipynb": NOTEBOOK})
    (folder / "ada" / f"{STEM}.ipynb").symlink_to(outside / f"{STEM}.ipynb")
    (folder / "ben" / "more").symlink_to(outside)
    (folder / "cem").symlink_to(outside)
    (folder / "dee.zip").symlink_to(outside)
    link = "the file is a link"
    assert found(folder) == {"ada": link, "ben": NOTEBOOK, "cem": link, "dee": link}


def test_a_folder_that_may_not_be_read(tmp_path, monkeypatch):
    folder = lay_out(tmp_path, {"ada/x.ipynb": NOTEBOOK, "ben/x.ipynb": NOTEBOOK, "cem/y/x": "1"})
    scandir = os.scandir

    def refusing(place):
        if getattr(place, "name", "") in ("ben", "y"):
            raise PermissionError(13, "Permission denied", str(place))
        return scandir(place)

    monkeypatch.setattr(submissions.os, "scandir", refusing)
    closed = "the folder cannot be read (Permission denied)"
    assert found(folder) == {"ada": NOTEBOOK, "ben": closed, "cem": closed}


def test_nothing_is_laid_aside_where_nothing_is_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    assert found(lay_out(tmp_path, {"ada.ipynb": NOTEBOOK})) == {"ada": NOTEBOOK}


def test_a_folder_with_too_much_in_it(tmp_path, monkeypatch):
    monkeypatch.setattr(submissions, "MOST_FILES", 3)
    lay_out(tmp_path, {f"{n}.ipynb": NOTEBOOK for n in range(4)})
    with pytest.raises(CourseError, match="more than 3 files"):
        found(tmp_path)


def test_submissions_that_go_away_while_the_class_is_graded(tmp_path, monkeypatch):
    names = ["ada", "ben", "cem", "dee", "eli"]
    folder = write_class(tmp_path / "class", dict.fromkeys(names, exercise()))
    keep = kept_results.keep

    def meanwhile(out, result):
        """Do what may happen to the files of others once the first result is kept."""
        if result["learner"] == "ada":
            (folder / "cem.ipynb").rename(folder / "moved.ipynb")
            (folder / "dee.ipynb").unlink()
            (folder / "dee.ipynb").mkdir()
            shutil.move(folder / "eli.ipynb", tmp_path)
            (folder / "eli.ipynb").symlink_to(tmp_path / "eli.ipynb")
        return keep(out, result)

    read = marking.read
    turn = threading.Event()

    def waiting(path):
        """Read the later files only after the first result."""
        if path.stem in ("cem", "dee", "eli"):
            assert turn.wait(60)
        return read(path)

    def kept(out, result):
        path = meanwhile(out, result)
        turn.set()
        return path

    monkeypatch.setattr(kept_results, "keep", kept)
    monkeypatch.setattr(marking, "read", waiting)
    assert batch.run(folder, tmp_path / "out", exercise="08", unsafe=True) == 0
    said = {learner: one["status"] for learner, one in results(tmp_path / "out").items()}
    assert said == {
        "ada": "graded",
        "ben": "graded",
        "cem": "needs a human (the file cannot be read (No such file or directory))",
        "dee": "needs a human (the file is a folder)",
        "eli": "needs a human (the file is a link)",
    }


def test_all_submissions_gone_at_once(tmp_path):
    folder = write_class(tmp_path / "class", {"ada": exercise(), "ben": exercise()})
    with gathered(folder) as handed_in:
        shutil.rmtree(folder)
        for one in find(handed_in, STEM):
            with pytest.raises(reading.Unreadable, match="cannot be read"):
                reading.read(one.path)
        assert exercise_of(handed_in, "8") == ("08", STEM)
        with pytest.raises(CourseError, match="--exercise NN"):
            exercise_of(handed_in, None)
