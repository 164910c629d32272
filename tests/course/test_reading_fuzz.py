"""Notebooks that were mangled on the way: what holds an answer still comes through, or is named."""

import copy
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from grading_tools import SHORT, STEM, of_format_3, solved, without_metadata
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from engramlab._types import CourseError
from engramlab.course import reading
from engramlab.course.grading import marking
from engramlab.course.grading.exercise import exercise_of
from engramlab.course.grading.sandbox import UnsafeLauncher
from engramlab.course.grading.submissions import Submission, find, gathered
from engramlab.course.reading import GUESSED, Notebook, Unreadable, parse

SOLVED = solved()
ANSWERS = ["".join(c["source"]) for c in SOLVED["cells"] if "def " in "".join(c["source"])]
FUZZ = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
RUNS = settings(FUZZ, phases=[Phase.generate])  # to make a failure smaller would take an hour
HUGE = "a number of many digits"
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]
ENCODINGS += ["utf-32", "utf-32-le", "utf-32-be", "cp1252"]


def answers(data):
    """Return whether all answers come through, whatever the ends of their lines."""
    cells = parse(data).cells
    return all(answer in cells for answer in ANSWERS)


def with_cells(change):
    """Return the solved notebook's bytes, each cell changed in place."""
    notebook = copy.deepcopy(SOLVED)
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])
        change(cell)
    return json.dumps(notebook).encode()


def joined(mark):
    return with_cells(lambda cell: cell.update(source=cell["source"].replace("\n", mark)))


TEXT = json.dumps(SOLVED, ensure_ascii=False)
DEEP = "[" * 500 + "]" * 500
HARMLESS = {
    "no metadata": json.dumps(without_metadata(SOLVED)),
    "format 3": json.dumps(of_format_3(SOLVED)),
    "format 2": json.dumps(of_format_3(SOLVED) | {"nbformat": 2}),
    "as the server sends it": json.dumps({"type": "notebook", "content": SOLVED}),
    "a number of many digits": TEXT.replace('"minutes": 30', '"minutes": ' + "9" * 9999),
    "no numbers at all": TEXT.replace('"minutes": 30', '"minutes": [NaN, -Infinity, 1e999]'),
    "a key twice": '{"cells": [], ' + TEXT[1:],
    "half a letter": TEXT.replace("# Exercise", "\\ud83d # Exercise"),
    "half a letter as bytes": TEXT.replace("# Exercise", "\ud83d").encode("utf-8", "surrogatepass"),
    "nested deep": TEXT.replace('"minutes": 30', '"minutes": ' + DEEP),
    "cells that are none": TEXT.replace('"cells": [', '"cells": [null, 3, "x", [], [[{}]], {}, '),
    "padded": TEXT + "\0" * 512 + "\x1a",
    "raw ends of lines in strings": re.sub(r"(?<!\\)\\n", "\n", TEXT),
    "CRLF": joined("\r\n"),
    "CR": joined("\r"),
    "a form feed": with_cells(lambda cell: cell.update(source="\f" + cell["source"])),
    "zero bytes": with_cells(lambda cell: cell.update(source=cell["source"] + "\0\0")),
    "a mark in the cell": with_cells(lambda cell: cell.update(source="\ufeff" + cell["source"])),
    "lines without ends": with_cells(lambda cell: cell.update(source=cell["source"].split("\n"))),
    "nested lines": with_cells(
        lambda cell: cell.update(source=[[part] for part in cell["source"].splitlines(True)])
    ),
    "ids of other types": with_cells(lambda cell: cell.update(id=[1], metadata=7)),
    "kinds in capitals": with_cells(lambda cell: cell.update(cell_type=cell["cell_type"].upper())),
    "no kinds": with_cells(lambda cell: cell.pop("cell_type")),
    "a notebook in a notebook": with_cells(lambda cell: cell.update(metadata={"cells": [SOLVED]})),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_does_no_harm(name):
    data = HARMLESS[name]
    data = data.encode() if isinstance(data, str) else data
    if name == "a form feed":
        assert all(f"\f{answer}" in parse(data).cells for answer in ANSWERS)
    else:
        assert answers(data)
    assert parse(data).doubt == ""
    "".join(parse(data).cells).encode()  # no half letter is left


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings(encoding):
    data = TEXT.replace("# Exercise", "# Éxercise").encode(encoding, "replace")
    assert answers(data)
    assert parse(data).doubt == (GUESSED if encoding == "cp1252" else "")


USELESS = {
    "empty": (b"", "not JSON"),
    "text": (b"hello", "not JSON"),
    "two at once": (TEXT.encode() * 2, "not JSON"),
    "a script": (b"def recall():\n    pass\n", "not JSON"),
    "half of an encoding": (b"\xff\xfe{\0", "not JSON"),
    "no text in any encoding": (b'{"\x81', "not text in UTF-8"),
    "deep": (b'{"a":' * 100_000, "nested too deep"),
    "many values": (b'{"cells": [' + b"[]," * 3_000_001, "too many values"),
    "many cells": (b'{"cells": [' + b"{}," * 2001 + b"{}]}", "too many or too large cells"),
    "a large cell": (
        json.dumps({"cells": [{"cell_type": "code", "source": "x" * (2**20 + 1)}]}).encode(),
        "too many or too large cells",
    ),
    "a list": (b"[]", "holds no cells"),
    "cells of another kind": (b'{"cells": {"0": {}}}', "holds no cells"),
}


@pytest.mark.parametrize("name", USELESS)
def test_what_cannot_be_read_is_named(name):
    data, reason = USELESS[name]
    with pytest.raises(Unreadable, match=reason) as caught:
        parse(data)
    assert len(caught.value.digest) == 64


def test_sixty_megabytes_of_saved_output(tmp_path, record_property):
    line = "0.1234, 0.5678, [1, 2, 3] \\u00e9\\n"
    text = TEXT.replace('"outputs": []', f'"outputs": [{{"text": "{line * 2_000_000}"}}]', 1)
    path = tmp_path / "x.ipynb"
    path.write_text(text, encoding="utf-8")
    began = time.perf_counter()
    notebook = reading.read(path)
    took = time.perf_counter() - began
    assert all(answer in notebook.cells for answer in ANSWERS)
    size = path.stat().st_size / 2**20
    record_property("say", f"reading a notebook of {size:.0f} MB took {took:.1f} s")
    path.write_bytes(b" " * (reading.LARGEST_FILE + 1))
    with pytest.raises(Unreadable, match="larger than 100 MB"):
        reading.read(path)


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells a process its own peak of memory")
def test_the_worst_file_needs_little_memory(record_property):
    """The file with the most values, all of the dearest kind, in a process of its own."""
    script = (
        "from engramlab.course.reading import MOST_VALUES, Unreadable, parse\n"
        "try: parse(b'{\"cells\":[' + b'{\"a\":{}},' * (MOST_VALUES // 3 - 9) + b'0]}')\n"
        "except Unreadable as fault: print(*open('/proc/self/status'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    megabytes = int(re.search(r"VmHWM:\s+(\d+)", done.stdout)[1]) / 1024  # not that of a parent
    record_property("say", f"the worst file that is still read takes {megabytes:.0f} MB of memory")
    assert megabytes < 1000


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just(HUGE),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=5,
)
LINES = [
    lambda text: text,
    lambda text: text.splitlines(keepends=True),
    lambda text: text.split("\n"),
    lambda text: [[line] for line in text.splitlines(keepends=True)],
    lambda text: text.replace("\n", "\r\n"),
    lambda text: text.replace("\n", "\r"),
]


@st.composite
def mangled(draw):
    """The solved notebook after harm that costs no answer; the bytes, and whether it is a guess."""
    notebook = copy.deepcopy(SOLVED)
    setup, rest = notebook["cells"][1], [notebook["cells"][0], *notebook["cells"][2:]]
    if draw(st.booleans()):
        rest = draw(st.permutations(rest))
    rest = [cell for cell in rest for _ in range(draw(st.sampled_from([1, 1, 1, 2])))]
    cells = [copy.deepcopy(cell) for cell in [setup, *rest]]
    lines = draw(st.sampled_from(LINES))
    values = draw(st.lists(VALUES, min_size=1, max_size=4))
    mangle = draw(st.sets(st.sampled_from(["metadata", "id", "outputs", "execution_count"])))
    for number, cell in enumerate(cells):
        cell["source"] = lines("".join(cell["source"]))
        for key in mangle:
            cell[key] = values[number % len(values)]
    for value in draw(st.lists(VALUES, max_size=3)):
        cells.insert(draw(st.integers(0, len(cells))), value)
    notebook["cells"] = cells
    for key in draw(st.sets(st.sampled_from(["metadata", "nbformat", "nbformat_minor"]))):
        notebook[key] = values[0]
    form = draw(st.sampled_from(["4", "4", "3", "content"]))
    if form == "3":
        notebook = {"worksheets": [{"cells": cells}, *values], "nbformat": 3}
    if form == "content":
        notebook = {"content": notebook}
    text = json.dumps(
        notebook, indent=draw(st.sampled_from([None, 1])), ensure_ascii=draw(st.booleans())
    )
    text = text.replace(f'"{HUGE}"', "9" * 5000)
    encoding = draw(st.sampled_from(ENCODINGS))
    if encoding == "cp1252":
        return text.encode("cp1252", "replace"), encoding
    return text.encode(encoding, "surrogatepass"), encoding


@given(mangled())
@settings(FUZZ, max_examples=60)
def test_no_answer_is_lost_by_what_does_no_harm(drawn):
    data, _ = drawn
    assert answers(data)


@st.composite
def damaged(draw):
    """The solved notebook after bytes were turned, put in or cut off."""
    data = bytearray(draw(st.sampled_from([TEXT.encode(), TEXT.encode("utf-16"), b"{}"])))
    for _ in range(draw(st.integers(0, 8))):
        at = draw(st.integers(0, len(data)))
        data[at : at + draw(st.integers(0, 3))] = draw(st.binary(max_size=3))
    if draw(st.booleans()):
        data = data[: draw(st.integers(0, len(data)))]
    return bytes(data)


KEYS = ("cells", "worksheets", "content", "source", "input", "cell_type", "metadata")
SHAPES = st.recursive(
    VALUES,
    lambda inner: st.dictionaries(
        st.sampled_from(KEYS), inner | st.lists(inner, max_size=3), max_size=3
    ),
    max_leaves=20,
)


@given(damaged() | SHAPES.map(lambda value: json.dumps(value).encode()) | st.binary())
@settings(FUZZ, max_examples=150)
def test_reading_gives_a_notebook_or_a_reason_and_nothing_else(data):
    try:
        notebook = parse(data)
    except Unreadable:
        return
    assert isinstance(notebook, Notebook)
    assert all(isinstance(cell, str) for cell in notebook.cells)
    json.dumps([notebook.cells, notebook.text], ensure_ascii=False).encode()


KNOWN = ["ada.ipynb", "Ada.IPYNB", f"{STEM}.ipynb", f"{STEM} (1).ipynb", "x.zip", "a_1_2_b.ipynb"]
KNOWN += ["A_1_assignsubmission_file_", "A_1_assignsubmission_file_x.ipynb", "lessons", "a", "x.py"]
NAMES = st.sampled_from(KNOWN) | st.text(
    st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=20
).filter(lambda name: name not in (".", ".."))


@given(st.dictionaries(st.tuples(NAMES, NAMES) | st.tuples(NAMES), damaged(), max_size=6))
@settings(FUZZ, max_examples=40)
def test_finding_gives_every_file_to_somebody_and_each_a_name_of_their_own(files):
    with tempfile.TemporaryDirectory() as place:
        for parts, data in files.items():
            path = Path(place, *parts)
            if not any(above.is_file() for above in path.parents) and not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        folders = [path for path in Path(place).iterdir() if path.is_dir()]
        has_row = any(not path.name.startswith(".") for path in folders)
        try:
            with gathered(Path(place)) as handed_in:
                found = find(handed_in, STEM)
                assert exercise_of(handed_in, "08") == ("08", STEM)
        except CourseError:  # it holds no submissions
            found = []
        names = [one.learner for one in found]
        assert len({name.casefold() for name in names}) == len(names)
        assert found or not has_row
        assert all((one.path is None) == bool(one.problem) for one in found)


def marked(data):
    """Return the result of a notebook's bytes, run without a sandbox."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "x.ipynb")
        path.write_bytes(data)
        terms = marking.Terms(exercise="08", class_key="", limits=SHORT, unsafe=True)
        task = marking.task_of(Submission(learner="ada", path=path), terms)
        return marking.mark(task, UnsafeLauncher(Path(place)))[0]


def check_marks(drawn):
    data, encoding = drawn
    result = marked(data)
    assert [verdict["outcome"] for verdict in result["items"]] == ["right"] * 4
    is_guessed = encoding == "cp1252" and not data.isascii()
    assert result["status"] == (f"needs a human ({GUESSED})" if is_guessed else "graded")


@given(mangled())
@settings(RUNS, max_examples=6)
def test_a_right_answer_gets_its_points_after_what_does_no_harm(drawn):
    check_marks(drawn)


@pytest.mark.full
@given(mangled())
@settings(RUNS, max_examples=150)
def test_many_right_answers_get_their_points_after_what_does_no_harm(drawn):
    check_marks(drawn)


@st.composite
def incomplete(draw):
    """The solved notebook without some of its cells, or cut off somewhere."""
    if draw(st.booleans()):
        return TEXT.encode()[: draw(st.integers(0, len(TEXT) - 1))]
    dropped = draw(st.sets(st.integers(0, len(SOLVED["cells"]) - 1), min_size=1))
    kept = [cell for number, cell in enumerate(SOLVED["cells"]) if number not in dropped - {1}]
    return json.dumps(SOLVED | {"cells": kept}).encode()


def check_no_silent_zero(data):
    result = marked(data)
    if result["status"] == "graded":
        assert [verdict["outcome"] for verdict in result["items"]] == ["right"] * 4
    else:
        assert result["status"].startswith("needs a human (")


@given(incomplete())
@settings(RUNS, max_examples=6)
def test_what_is_missing_is_never_a_silent_zero(data):
    check_no_silent_zero(data)


@pytest.mark.full
@given(incomplete())
@settings(RUNS, max_examples=150)
def test_what_is_missing_is_never_a_silent_zero_in_many_cases(data):
    check_no_silent_zero(data)
