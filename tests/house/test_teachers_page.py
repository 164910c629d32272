"""The teacher's page names what is there: options, files, limits, columns and links."""

import re

import pytest
from house_tools import ROOT

from engramlab.course import cli
from engramlab.course.grading import entries, export, marks
from engramlab.course.grading.sandbox import Limits

PAGE = (ROOT / "docs" / "teachers.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"(?m)^(?:\.venv/bin/)?engramlab (grade|export|doctor)\b(.*)$", PAGE)


def test_commands_are_those_of_the_parser():
    parser = cli._parser()
    assert {command for command, _ in COMMANDS} >= {"grade", "export"}
    for command, rest in COMMANDS:
        if "[" in rest:
            continue
        words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', rest.partition(" &&")[0])]
        assert parser.parse_args([command, *words])


@pytest.mark.parametrize("command", ["grade", "export"])
def test_every_option_is_named_and_no_other(command, capsys):
    assert cli.main([command, "--help"]) == 0
    there = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}
    assert {option for option in there if option in PAGE} == there - {"--jobs"}


def test_files_items_and_targets():
    for name in (marks.FREE_TEXT, marks.BY_HAND, f"`{marks.KEEP}`", f"`{entries.ALL}`"):
        assert name in PAGE
    assert all(f"export {target}" in PAGE for target in export.TARGETS)
    assert all(word in PAGE for word in ("`total`", "`final total`", "`final maximum`"))
    assert all(f'under "{head}"' in PAGE for head in ("version", "item"))


def test_limits_are_the_graders():
    limits = Limits()
    assert f"{limits.cell_s:g} s a cell, {limits.call_s:g} s a call" in PAGE
    assert f"{limits.submission_s / 60:g} minutes in all, {limits.memory / 2**30:g} GB" in PAGE
    assert f"{limits.disk / 2**20:g} MB of disk, {limits.processes} processes" in PAGE


def test_links_lead_somewhere():
    heads = {
        re.sub(r"[^\w -]", "", head).strip().lower().replace(" ", "-")
        for head in re.findall(r"(?m)^#+ (.*)$", PAGE)
    }
    targets = re.findall(r"\]\((?!https?:)([^)]+)\)", PAGE)
    assert targets
    for target in targets:
        assert target[1:] in heads if target[0] == "#" else (ROOT / "docs" / target).exists()
    assert "docs/teachers.md" in (ROOT / "README.md").read_text(encoding="utf-8")
