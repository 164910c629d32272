"""`engramlab grade` on honest classes: points, misconceptions, books, and nothing lost."""

import json
import re
import tempfile

import pytest
from grading_tools import (
    ITEMS,
    contents,
    exercise,
    grade,
    of_format_3,
    outcomes,
    results,
    rows,
    solved,
    without_metadata,
    write_class,
)
from wrong_answers_08 import WRONG_ANSWERS

from engramlab._types import CourseError
from engramlab.course.answers import references
from engramlab.course.grading import batch, marking
from engramlab.course.grading import results as kept_results

RIGHT = dict.fromkeys(ITEMS, "right")
UNTOUCHED = dict.fromkeys(ITEMS, "not attempted")


def test_reference_untouched_and_half_done(tmp_path, capsys):
    half = solved(recall="def recall(W, cue, rng, max_sweeps):\n    raise NotImplementedError()")
    found = grade(tmp_path, {"ada": solved(), "ben": exercise(), "cem": half})
    assert outcomes(found["ada"]) == RIGHT
    assert outcomes(found["ben"]) == UNTOUCHED
    assert outcomes(found["cem"]) == RIGHT | {"recall": "not attempted"}
    assert [
        (r["total"], r["bonus"], r["maximum"]) for r in map(found.get, ("ada", "ben", "cem"))
    ] == [
        (9, 2, 9),
        (0, 0, 9),
        (5, 2, 9),
    ]
    assert {result["status"] for result in found.values()} == {"graded"}
    assert "3 submissions, 0 of them for a human" in capsys.readouterr().out


def test_the_gradebook_says_all(tmp_path):
    wrong = solved(recall=WRONG_ANSWERS["recall"]["a tie becomes 0"])
    grade(tmp_path, {"ada": solved(), "=cmd|' C calc'!A0": wrong, "ben": b"{"})
    found = rows(tmp_path / "out")
    assert set(found) == {"ada", "'=cmd_' C calc'!A0", "ben"}
    bad = found["'=cmd_' C calc'!A0"]
    assert bad["recall"] == "wrong (a tie becomes 0)"
    assert (bad["recall points"], bad["total"], bad["maximum"], bad["stretch"]) == (
        "0",
        "5",
        "9",
        "2",
    )
    assert found["ben"]["total"] == ""
    assert found["ben"]["status"] == "needs a human (the file is not JSON)"
    assert {row["sandbox"] for row in found.values()} == {"none (--unsafe)"}
    assert {row["exercise"] for row in found.values()} == {"08"}


def test_the_feedback_is_safe_and_holds_no_answer(tmp_path):
    evil = solved(
        recall="def recall(W, cue, rng, max_sweeps):\n    raise ValueError('<script>x</script>')"
    )
    evil = evil | {
        "cells": [
            cell | {"source": ["<script>y</script> in words"]} if cell["id"] == "explain" else cell
            for cell in evil["cells"]
        ]
    }
    grade(tmp_path, {"<img src=x>": evil})
    text = (tmp_path / "out/feedback/_img src=x_.html").read_text(encoding="utf-8")
    assert "<script" not in text
    assert "<img" not in text
    assert "http:" not in text.replace("http-equiv", "")
    assert "&lt;script&gt;y&lt;/script&gt; in words" in text
    assert "line 2: raise ValueError" in text
    assert not [
        line
        for source in references("08").values()
        for line in source.splitlines()[-3:]
        if len(line.strip()) > 10 and line.strip() in text
    ]


BROKEN = {
    "nothing in it": (b"", "not JSON"),
    "cut": (b'{"cells": [', "not JSON"),
    "no text": (b"\xff\xfe\x00\xd8\x00", "not text in UTF-8"),
    "a list": (b"[]", "holds no cells"),
    "cells of another kind": (b'{"cells": 3}', "holds no cells"),
    "deep": (b"[" * 100_000, "nested too deep"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_is_for_a_human_and_never_a_zero(tmp_path, name):
    data, reason = BROKEN[name]
    found = grade(tmp_path, {"ada": data, "ben": exercise()})
    assert reason in found["ada"]["status"]
    assert found["ada"]["status"].startswith("needs a human")
    assert found["ada"]["total"] is None
    assert found["ben"]["status"] == "graded"
    assert (tmp_path / "out/feedback/ada.html").exists()


def test_notebooks_that_were_mangled_on_the_way_still_grade(tmp_path):
    plain = json.dumps(solved())
    twice = solved()
    twice["cells"] += [cell for cell in twice["cells"] if cell["cell_type"] == "code"]
    learners = {
        "stripped": without_metadata(solved()),
        "format 3": of_format_3(solved()),
        "mark": b"\xef\xbb\xbf" + plain.encode(),
        "utf 16": plain.encode("utf-16"),
        "twice": twice,
        "magics": solved(recall="%matplotlib inline\n" + references("08")["recall"]),
        "no tests": {"cells": [c for c in solved()["cells"] if "L.check" not in str(c["source"])]},
    }
    for learner, result in grade(tmp_path, learners).items():
        assert outcomes(result) == RIGHT, learner
        assert result["status"] == "graded"


def test_a_function_that_is_missing_or_there_twice_is_for_a_human(tmp_path):
    stub = next(c for c in exercise()["cells"] if "def recall(" in "".join(c["source"]))
    doubled = solved()
    doubled["cells"].append(stub)
    renamed = solved(recall=references("08")["recall"].replace("def recall", "def recal"))
    found = grade(tmp_path, {"renamed": renamed, "doubled": doubled})
    for result in found.values():
        assert outcomes(result) == RIGHT | {"recall": "not attempted"}
        assert result["total"] == 5
    assert found["renamed"]["status"] == "needs a human (there is no function recall)"
    assert "2 cells define recall" in found["doubled"]["status"]


def test_folders_and_files_side_by_side(tmp_path):
    folder = tmp_path / "class"
    write_class(folder / "ada", {"08_pattern_completion": solved(), "scratch": exercise()})
    write_class(folder / "ben" / "deep", {"any name": solved()})
    write_class(folder / "cem", {"one": solved(), "two": exercise()})
    write_class(folder / "dee" / ".ipynb_checkpoints", {"08_pattern_completion": solved()})
    write_class(folder, {"ada": exercise()})
    (folder / "notes.txt").write_text("", encoding="utf-8")
    (folder / "eli.ipynb").symlink_to(folder / "ada.ipynb")
    assert batch.run(folder, tmp_path / "out", unsafe=True) == 0
    found = results(tmp_path / "out")
    assert set(found) == {"ada", "ada.ipynb", "ben", "cem", "dee", "eli"}
    assert outcomes(found["ada"]) == outcomes(found["ben"]) == RIGHT
    assert outcomes(found["ada.ipynb"]) == UNTOUCHED
    assert "2 notebooks in the folder" in found["cem"]["status"]
    assert "no notebook in the folder" in found["dee"]["status"]
    assert "a link" in found["eli"]["status"]


def test_names_that_are_long_or_of_no_encoding(tmp_path):
    long = "a" * 200
    found = grade(tmp_path, {long: exercise(), long + "b": exercise(), "caf\udce9": exercise()})
    assert len(found) == len(rows(tmp_path / "out")) == 3
    assert {result["status"] for result in found.values()} == {"graded"}


def test_a_fault_of_the_grader_is_for_a_human_and_stops_nobody_else(tmp_path, monkeypatch):
    examine = marking._examine

    def breaks(session, item, terms):
        if "breaks" in session.cells[0]:
            raise ZeroDivisionError("of ours")
        return examine(session, item, terms)

    monkeypatch.setattr(marking, "_examine", breaks)
    broken = solved()
    broken["cells"].insert(0, {"cell_type": "code", "source": "breaks", "metadata": {}})
    found = grade(tmp_path, {"ada": broken, "ben": solved()})
    assert "the grader failed: ZeroDivisionError: of ours" in found["ada"]["status"]
    assert found["ada"]["total"] is None
    assert outcomes(found["ben"]) == RIGHT


def test_what_there_is_to_refuse(tmp_path):
    def run(folder, **options):
        return batch.run(folder, tmp_path / "out", unsafe=True, **options)

    with pytest.raises(CourseError, match="There is no folder"):
        run(tmp_path / "nowhere")
    with pytest.raises(CourseError, match="lies inside"):
        batch.run(tmp_path, tmp_path / "out", unsafe=True)
    (tmp_path / "empty").mkdir()
    with pytest.raises(CourseError, match="holds no submissions"):
        run(tmp_path / "empty")
    folder = write_class(tmp_path / "class", {"ada": exercise()})
    with pytest.raises(CourseError, match="08"):
        run(folder, exercise="77")
    assert run(folder, exercise="8") == 0
    kept_results.keep(tmp_path / "out", results(tmp_path / "out")["ada"] | {"exercise": "03"})
    with pytest.raises(CourseError, match="results of exercise 03"):
        run(folder, exercise="08")


def test_results_are_the_same_at_any_number_of_jobs_and_name_no_machine(tmp_path):
    class_ = {
        f"learner {k}": solved(recall=s) for k, s in enumerate(WRONG_ANSWERS["recall"].values())
    }
    for jobs in (1, 3):
        grade(tmp_path / str(jobs), class_, jobs=jobs)
    left = contents(tmp_path / "1/out")
    assert left == contents(tmp_path / "3/out")
    everything = b"\n".join(left.values()).decode()
    assert tempfile.gettempdir() not in everything
    assert not re.search(r"0x[0-9a-f]{6}|\d\d:\d\d:\d\d|\d\.\d{9}", everything)


def test_a_result_is_kept_until_the_notebook_changes(tmp_path, monkeypatch):
    class_ = {"ada": solved(), "ben": exercise()}
    grade(tmp_path, class_)
    log = tmp_path / "out/run.log"
    assert "kept from an earlier run" not in log.read_text(encoding="utf-8")
    before = contents(tmp_path / "out")
    grade(tmp_path, class_)
    assert log.read_text(encoding="utf-8").count("kept from an earlier run") == 2
    grade(tmp_path, class_, fresh=True)
    assert log.read_text(encoding="utf-8").count("kept from an earlier run") == 2
    assert contents(tmp_path / "out") == before

    found = grade(tmp_path, class_ | {"ben": solved()})
    assert outcomes(found["ben"]) == RIGHT
    previous = tmp_path / "out/results/previous"
    assert (previous / "ben/1.json").read_bytes() == before["results/ben.json"]
    assert not (previous / "ada").exists()

    monkeypatch.setenv("ENGRAMLAB_CLASS_KEY", "2b")
    again = grade(tmp_path, class_ | {"ben": solved()})
    assert again["ada"]["items"][0]["seed"] != found["ada"]["items"][0]["seed"]
    assert rows(tmp_path / "out")["ada"]["class key"] == "2b"
    assert sorted(path.name for path in (previous / "ben").iterdir()) == ["1.json", "2.json"]


def test_the_exercise_is_known_by_its_functions_whatever_the_files_are_called(tmp_path):
    folder = write_class(tmp_path / "class", {"ada": without_metadata(exercise()), "bob": b"{"})
    assert batch.run(folder, tmp_path / "out", unsafe=True) == 0
    assert {result["exercise"] for result in results(tmp_path / "out").values()} == {"08"}


def test_notebooks_that_name_no_exercise_need_the_teachers_word(tmp_path):
    folder = write_class(tmp_path / "class", {"ada": b'{"cells": []}'})
    with pytest.raises(CourseError, match=r"may hold the exercises 01, .* --exercise NN"):
        batch.run(folder, tmp_path / "out", unsafe=True)
