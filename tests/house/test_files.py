"""A file is read in one sitting, holds no leftovers, and names no machine."""

import re

import pytest
from house_tools import ROOT, modules, tracked

CEILING = 400
TEXT = {".py", ".md", ".toml", ".ipynb", ".json", ".js", ".yaml", ".cff", ".html", ".css", ""}
HERE = {"tests/house/test_files.py", "tests/house/test_notebooks.py"}  # name what they forbid


def texts():
    for path in tracked():
        if path.suffix in TEXT and path.relative_to(ROOT).as_posix() not in HERE:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_module_is_read_in_one_sitting(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= CEILING


def test_tests_are_read_in_one_sitting():
    long = {
        name: len(text.splitlines())
        for name, text in texts()
        if name.startswith("tests/") and name.endswith(".py") and len(text.splitlines()) > CEILING
    }
    assert not long


def test_no_leftovers():
    leftover = re.compile(r"TODO|FIXME|XXX|<YOUR_|lorem ipsum|Untitled")
    found = [f"{name}: {hit.group()}" for name, text in texts() for hit in leftover.finditer(text)]
    assert not found


def test_no_path_of_a_machine_and_no_registry():
    machine = re.compile(
        r"/home/\w+|/root/|/work/|/Users/|C:\\\\Users|pypi\.org|pythonhosted|registry\.npmjs"
    )
    found = [f"{name}: {hit.group()}" for name, text in texts() for hit in machine.finditer(text)]
    assert not found


def test_no_lock_file_is_part_of_the_project():
    locks = {"uv.lock", "poetry.lock", "package-lock.json", "yarn.lock", "pdm.lock"}
    assert not [path for path in tracked() if path.name in locks]


def test_tagged_cell_stands_nowhere():
    """A tag sits on a synapse; a cell is labelled (the commonest confusion of students)."""
    confusion = re.compile(r"tagged[ -](engram )?(cell|neuron)|(cell|neuron) tag\b", re.IGNORECASE)
    found = [f"{name}: {hit.group()}" for name, text in texts() for hit in confusion.finditer(text)]
    assert not found
