"""The ledger is whole: each row says where its number comes from and what holds it."""

import ast
import re
from pathlib import Path

import pytest

from engramlab._types import CourseError
from engramlab.course.claims import KINDS, KNOWN, QUOTE, STATUS, Claim, claim, claims, quoted

ROOT = Path(__file__).resolve().parents[2]
DOI = re.compile(r"10\.\d{4,9}/\S+[^\s.,;]")
ROWS = claims()
MODEL = [row for row in ROWS if row.kind == "model"]
PUBLISHED = [row for row in ROWS if row.kind == "published"]


def ids(rows):
    return [row.id for row in rows]


def digits_outside_years(sentence: str) -> str:
    """Numbers left in a sentence once years and names such as `CA3` or `arXiv:1` are taken out."""
    bare = re.sub(r"\b(18|19|20)\d\d\b", "", sentence)
    bare = re.sub(r"[A-Za-z]+\d+", "", bare)
    return "".join(re.findall(r"\d", bare))


def test_ids_are_unique_and_can_be_quoted():
    assert len(set(ids(ROWS))) == len(ROWS)
    for row in ROWS:
        assert QUOTE.fullmatch(row.id), row.id


def test_the_ledger_tells_the_two_capacities_apart():
    simulated, solved = claim("C-T1"), claim("C-T12")
    assert simulated.value == (0.15,)
    assert solved.value == (0.138,)
    assert "0 or 1" in simulated.sentence
    assert "-1 and +1" in solved.sentence
    assert claim("C-T2").value == (0.0091, 0.40, 0.6)


@pytest.mark.parametrize("row", ROWS, ids=ids(ROWS))
def test_row_is_complete(row: Claim):
    assert row.kind in KINDS
    assert row.known in KNOWN
    assert row.sentence.endswith(".")
    assert row.where
    assert bool(row.unit) == bool(row.value)
    assert not row.doi or DOI.fullmatch(row.doi), row.doi
    assert "http" not in row.doi


@pytest.mark.parametrize("row", PUBLISHED, ids=ids(PUBLISHED))
def test_published_row_has_a_source_and_says_how_it_is_known(row: Claim):
    assert row.source
    assert row.known != "measured"
    assert row.tolerance is None
    assert not row.test
    assert not row.status
    if row.known == "recalled":
        assert not row.value
        assert not digits_outside_years(row.sentence), "a recalled row states no number"
    if row.known == "secondary" and row.value:
        assert "about" in row.sentence


@pytest.mark.parametrize("row", MODEL, ids=ids(MODEL))
def test_model_row_has_a_test_that_exists(row: Claim):
    assert row.known == "measured"
    assert row.status in STATUS
    assert row.tolerance is not None
    assert row.tolerance >= 0
    assert row.value
    path, _, rest = row.test.partition("::")
    name, _, case = rest.partition("[")
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert name in functions, f"{row.id} names {row.test}, which is not there"
    text = ast.unparse(functions[name])
    if case:
        assert repr(case.rstrip("]")) in text, f"{row.test} is no case of that test"
    assert "holds(" in text


def test_every_model_row_is_measured_by_the_test_that_it_names():
    """Collected, not only written: pytest itself knows each node."""
    import subprocess
    import sys

    files = sorted({row.test.partition("::")[0] for row in MODEL})
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-n", "0", *files]
    found = subprocess.run(
        [*command, "-p", "no:cacheprovider"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    collected = set(found.stdout.splitlines())
    missing = [row.test for row in MODEL if row.test not in collected]
    assert not missing, found.stdout[-2000:] + found.stderr[-2000:]


def test_a_claim_agrees_within_its_tolerance_only():
    row = Claim(id="C-x", sentence="x", kind="model", known="measured", value=(0.5,), tolerance=0.1)
    assert row.agrees(0.59)
    assert not row.agrees(0.61)
    with pytest.raises(CourseError, match="published"):
        Claim(id="C-y", sentence="y", kind="published", known="read", value=(1.0,)).agrees(1.0)


def test_an_unknown_id_is_a_sentence_with_the_near_ones():
    with pytest.raises(CourseError, match=r"no row 'C-T99'.*C-T9"):
        claim("C-T99")


def test_quotes_are_read_once_and_in_order():
    assert quoted("x [C-T2, C-m-half-500] y C-T2.") == ["C-T2", "C-m-half-500"]
