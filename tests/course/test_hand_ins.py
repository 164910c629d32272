"""What a class hands in over time: names and numbers that stay, classes one deeper, other files."""

import io
import json
import shutil
import zipfile

import pytest
from grading_tools import ITEMS, STEM, contents, exercise, results, rows, solved
from test_submissions import NOTEBOOK, OTHER, found, lay_out

from engramlab._types import CourseError
from engramlab.course.grading import batch, submissions
from engramlab.course.grading.platforms import unique_names
from engramlab.course.grading.submissions import find, gathered

UNTOUCHED, SOLVED = json.dumps(exercise()), json.dumps(solved())


def run(folder, out, **options):
    """Grade a folder without a sandbox and return the results by learner."""
    assert batch.run(folder, out, unsafe=True, **{"exercise": "08"} | options) == 0
    return results(out)


def moodle(name, number, file=f"{STEM}.ipynb"):
    return f"{name}_{number}_assignsubmission_file_/{file}"


def zipped(files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def beside(folder):
    with gathered(folder) as handed_in:
        return {one.learner: one.beside for one in find(handed_in, STEM)}


WITH_TEXTS = {
    moodle("Ann", 1): NOTEBOOK,
    "Ann_1_assignsubmission_onlinetext_/onlinetext.html": "my text",
    moodle("Cy", 3): NOTEBOOK,
    moodle("Cy", 3, "answers.docx"): "PK",
    moodle("Cy", 3, "explain.txt"): "mine",
    moodle("Cy", 3, "empty.txt"): "",
    moodle("Cy", 3, "scan.zip"): b"no zip",
    f"dee_4_9_{STEM}.ipynb": NOTEBOOK,
    "dee_4_text.html": "my text",
    f"eli/{STEM}.ipynb": NOTEBOOK,
    "eli/data.csv": "1",
    "eli/helpers.py": "1",
    "eli/07_other.ipynb": NOTEBOOK,
    "eli/lessons/notes.md": "came with the course",
    "eli/.hidden.txt": "x",
}


def test_files_beside_the_notebook_are_named(tmp_path):
    expected = {
        "Ann_1": ("onlinetext.html",),
        "Cy_3": ("answers.docx", "explain.txt", "scan.zip"),
        "dee_4": ("dee_4_text.html",),
        "eli": (),
    }
    assert beside(lay_out(tmp_path / "class", WITH_TEXTS)) == expected
    sure = {name: data for name, data in WITH_TEXTS.items() if "empty" not in name}
    (tmp_path / "class.zip").write_bytes(zipped(sure))
    assert beside(tmp_path / "class.zip") == expected


def test_of_many_files_beside_ten_are_named_as_they_can_be_printed(tmp_path):
    files = {f"ada/{number:02}\x1b.txt": "x" for number in range(30)}
    folder = lay_out(tmp_path, files | {f"ada/{STEM}.ipynb": NOTEBOOK})
    assert beside(folder)["ada"] == tuple(f"{number:02}_.txt" for number in range(10))


def test_what_comes_in_beside_later_is_in_the_result(tmp_path):
    folder = lay_out(tmp_path / "class", {f"ada/{STEM}.ipynb": UNTOUCHED})
    assert run(folder, tmp_path / "out")["ada"]["beside"] == []
    lay_out(folder, {"ada/explain.txt": "mine"})
    assert run(folder, tmp_path / "out")["ada"]["beside"] == ["explain.txt"]
    lay_out(folder, {f"ada/{STEM}.ipynb": b"{"})
    assert run(folder, tmp_path / "out")["ada"]["beside"] == ["explain.txt"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (moodle("Zora Alt", 12345), moodle("Anna Neu", 12345)),
        (moodle("Anna Alt", 12345), moodle("Zora Neu", 12345)),
        (f"zalt_12345_9_{STEM}.ipynb", f"aneu_12345_10_{STEM}.ipynb"),
    ],
)
def test_a_number_of_a_platform_has_one_row_whatever_the_name(tmp_path, capsys, before, after):
    folder, out = tmp_path / "class", tmp_path / "out"
    (old,) = run(lay_out(folder, {before: UNTOUCHED}), out)
    data = (out / f"results/{old}.json").read_bytes()
    shutil.rmtree(folder)
    (new,) = run(lay_out(folder, {after: SOLVED}), out)
    assert new != old
    assert new.endswith("_12345")
    assert set(rows(out)) == {new}
    assert (out / f"results/previous/{old}/1.json").read_bytes() == data
    assert [page.stem for page in (out / "feedback").glob("*.html")] == [new]
    assert f"{old} is now {new}, by the platform's number" in capsys.readouterr().out
    before_again = contents(out)
    run(folder, out)
    assert contents(out) == before_again


def test_two_who_have_one_number_are_for_a_human(tmp_path):
    files = {moodle("Ann", 5): SOLVED, moodle("Bob", 5): UNTOUCHED, moodle("Cy", 6): SOLVED}
    made = run(lay_out(tmp_path / "class", files), tmp_path / "out")
    said = "needs a human (two submissions have the number 5)"
    assert {name: one["status"] for name, one in made.items()} == {
        "Ann_5": said,
        "Bob_5": said,
        "Cy_6": "graded",
    }
    assert made["Ann_5"]["total"] is None


NEWCOMERS = [
    ({"anna.ipynb": "anna"}, "Anna.ipynb"),
    ({"a?b.ipynb": "a_b"}, "a:b.ipynb"),
    ({"anna.ipynb": "anna"}, f"anna/{STEM}.ipynb"),
    ({"b/x.ipynb": "b"}, "B/x.ipynb"),
]


@pytest.mark.parametrize(("first", "newcomer"), NEWCOMERS)
def test_who_has_a_result_keeps_the_name(tmp_path, first, newcomer):
    folder, out = tmp_path / "class", tmp_path / "out"
    ((file, key),) = first.items()
    lay_out(folder, {file: SOLVED})
    run(folder, out)
    kept = (out / f"results/{key}.json").read_bytes()
    lay_out(folder, {newcomer: UNTOUCHED})
    both = run(folder, out)
    assert len(both) == 2
    assert (out / f"results/{key}.json").read_bytes() == kept
    (other,) = both.keys() - {key}
    assert both[other]["total"] == 0
    before = contents(out)
    run(folder, out)
    assert contents(out) == before
    (folder / file).unlink()
    for place in folder.iterdir():
        if place.is_dir() and not list(place.iterdir()):
            place.rmdir()
    run(folder, out)  # nobody gets what is another's
    assert (out / f"results/{key}.json").read_bytes() == kept


def test_a_file_under_another_name_is_still_the_same_learner(tmp_path):
    folder, out = tmp_path / "class", tmp_path / "out"
    run(lay_out(folder, {"anna.ipynb": UNTOUCHED}), out)
    (folder / "anna.ipynb").rename(folder / f"anna_{STEM}.ipynb")
    assert set(run(folder, out)) == {"anna"}


def test_names_that_were_given_are_nobody_elses():
    kept = {("a?b", "a?b"): "a_b", ("gone", "gone"): "a:c"}
    assert unique_names([("a:b", "a:b.ipynb"), ("a?b", "a?b")], kept) == ["a_b.ipynb", "a_b"]
    assert unique_names([("a?b", "other")], kept) == ["a_b"]


CLASS = {moodle("Ann", 1): NOTEBOOK, moodle("Bob", 2): OTHER}


@pytest.mark.parametrize(
    ("files", "learners"),
    [
        (CLASS, {"Ann_1": NOTEBOOK, "Bob_2": OTHER}),
        ({moodle("Ann", 1): NOTEBOOK}, {"Ann_1": NOTEBOOK}),
        ({"ann_1_8_x.ipynb": NOTEBOOK, "bob_2_9_x.ipynb": OTHER}, None),
        ({f"ann/{STEM}.ipynb": NOTEBOOK, "bob/x.ipynb": OTHER}, {"ann": NOTEBOOK, "bob": OTHER}),
    ],
)
def test_a_class_in_one_more_folder_is_found(tmp_path, files, learners):
    folder = lay_out(tmp_path, {f"Course-99/{name}": data for name, data in files.items()})
    assert found(folder) == (learners or {"ann_1": NOTEBOOK, "bob_2": OTHER})


@pytest.mark.parametrize(
    "files",
    [
        {f"anna/{STEM}.ipynb": NOTEBOOK, "anna/notes/x.ipynb": OTHER},
        {"anna/exercises/x.ipynb": NOTEBOOK, "anna/lessons/y.ipynb": OTHER},
        {"anna/first.ipynb": NOTEBOOK, "anna/second.ipynb": OTHER},
    ],
)
def test_the_folder_of_the_only_learner_stays(tmp_path, files):
    assert list(found(lay_out(tmp_path, files))) == ["anna"]


@pytest.mark.parametrize(
    "files",
    [
        {f"{room}/{name}": data for room in "AB" for name, data in CLASS.items()},
        {"A.zip": zipped(CLASS), "B.zip": zipped(CLASS), "list.csv": "Ann"},
        {"A.zip": zipped(CLASS)},
        {f"{room}/{n}_{i}_7_x.ipynb": NOTEBOOK for room in "AB" for i, n in enumerate("xyz")},
    ],
)
def test_classes_one_deeper_are_refused_with_the_place(tmp_path, files):
    folder = lay_out(tmp_path, files)
    first = folder / next(iter(files)).split("/")[0]
    with pytest.raises(CourseError, match="You probably mean") as refused:
        found(folder)
    assert str(first) in str(refused.value)


def test_one_learner_who_hands_in_a_class_stops_nobody(tmp_path):
    files = {f"eve/{name}": data for name, data in CLASS.items()}
    folder = lay_out(tmp_path, {f"ada/{STEM}.ipynb": NOTEBOOK} | files)
    assert found(folder) == {
        "ada": NOTEBOOK,
        "eve": "it holds the files of other learners: Ann_1, Bob_2",
    }


def test_what_may_surprise_is_said(tmp_path, capsys):
    files = dict.fromkeys((f"bob/{STEM}.ipynb", "bob.ipynb", f"bob_{STEM}.ipynb"), UNTOUCHED)
    hidden = {f".zoe/{STEM}.ipynb": UNTOUCHED, ".git/x": "", ".ipynb_checkpoints/x": ""}
    run(lay_out(tmp_path / "class", files | hidden), tmp_path / "out")
    said = capsys.readouterr().out
    assert "1 hidden folder left out: .zoe." in said
    assert f"handed in more than once: bob, bob.ipynb, bob_{STEM}.ipynb." in said
    with gathered(tmp_path / "class") as handed_in:
        apart = [one for one in find(handed_in, STEM) if one.learner == "bob"]
    assert list(submissions.hints(tmp_path / "class", apart)) == ["1 hidden folder left out: .zoe."]


def test_the_notebook_of_another_exercise_is_said_to_be_one(tmp_path):
    folder = lay_out(tmp_path / "class", {"ada.ipynb": json.dumps(exercise("07"))})
    made = run(folder, tmp_path / "out")["ada"]
    assert made["status"] == "needs a human (this looks like exercise 07)"
    broken = {item: f"{item} = 1\n'''def {item}('''" for item in ITEMS}
    lay_out(folder, {"ada.ipynb": json.dumps(solved(**broken))})
    assert "looks like" not in run(folder, tmp_path / "out")["ada"]["status"]


def test_results_that_go_while_they_are_made_are_named(tmp_path, monkeypatch):
    folder = lay_out(tmp_path / "class", {"ada.ipynb": UNTOUCHED, "ben.ipynb": UNTOUCHED})
    out = tmp_path / "out"

    class Away(batch.Desk):
        def write_books(self):
            (self.out / "results/ada.json").unlink()
            super().write_books()

    monkeypatch.setattr(batch, "Desk", Away)
    with pytest.raises(CourseError) as refused:
        run(folder, out)
    assert "1 of 2 are no longer there (ada)" in str(refused.value)
    assert "1 of 2 graded are kept" in str(refused.value)
    monkeypatch.undo()
    assert set(run(folder, out)) == {"ada", "ben"}


def test_a_folder_of_ours_is_no_class(tmp_path):
    run(lay_out(tmp_path / "class", {"ada.ipynb": UNTOUCHED}), tmp_path / "out")
    with pytest.raises(CourseError, match="engramlab grade wrote, not one of submissions"):
        batch.run(tmp_path / "out", tmp_path / "new", unsafe=True)
    assert not (tmp_path / "new").exists()
