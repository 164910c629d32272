"""Colours come from the palette by role: no picture names one itself."""

import re
from pathlib import Path

import pytest

import engramlab

ROOM = Path(engramlab.__file__).parent
FILES = sorted([*(ROOM / "plots").rglob("*.py"), *(ROOM / "widgets").rglob("*.py")])
STRAY = re.compile(
    r"""["']\#[0-9A-Fa-f]{3,8}["'\s;]|["'](?:tab:\w+|C\d|(?:dark|light)?(?:red|green|blue|grey|gray|"""
    r"""black|white|orange|yellow|purple|navy|gold))["']|viridis|\bjet\b|\brainbow\b|\#[0-9A-Fa-f]{6}"""
)


def test_the_pattern_finds_what_it_forbids():
    for line in ('color="#12abEF"', "color='C0'", 'c="tab:blue"', '"red"', 'cmap="viridis"'):
        assert STRAY.search(line), line
    for line in ('ROLE["cue"]', '"none"', '"recalled"'):
        assert not STRAY.search(line), line


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOM)))
def test_no_colour_is_named_outside_the_palette(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        assert not STRAY.search(line), f"{path.name}:{number}: {line.strip()}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOM)))
def test_no_pyplot_and_no_global_style(path):
    text = path.read_text(encoding="utf-8")
    for forbidden in ("pyplot", "rcParams.update", "style.use", "tight_layout", "bbox_inches"):
        assert f"import {forbidden}" not in text
        assert f".{forbidden}" not in text.replace("matplotlib.pyplot", ".pyplot")
