"""Published freezing: equal to the ledger, with its n, on an axis of its own, words legible."""

import re

import pytest
from picture_tools import crossings, faults, words

from engramlab import plots
from engramlab.course.claims import claim
from engramlab.plots._published import arms_of, published_freezing, published_words

ROWS = published_freezing()
CLAIMS = sorted({row.claim for row in ROWS})
STUDIES = sorted({row.study for row in ROWS})


def numbers(rows):
    """The numbers of some rows, a range as its two ends."""
    return sorted(
        value
        for row in rows
        for value in ([row.low] if row.low == row.high else [row.low, row.high])
    )


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_the_file_is_the_ledger(claim_id):
    row = claim(claim_id)
    own = [one for one in ROWS if one.claim == claim_id]
    assert (row.kind, row.unit) == ("published", "%")
    wanted = [value for value in row.value if claim_id != "C-ramirez2013-compete" or value != 50]
    assert numbers(own) == sorted(wanted)  # 50 % with the light on, of two groups, is not drawn


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_every_n_stands_in_the_ledger(claim_id):
    told = {int(number) for number in re.findall(r"\d+", claim(claim_id).where.partition(";")[2])}
    own = {one.n for one in ROWS if one.claim == claim_id and one.n is not None}
    assert own <= told


def test_what_is_read_off_a_figure_is_about():
    assert all(row.share.startswith("about ") for row in ROWS)
    assert all("about" in claim(row.claim).note for row in ROWS)


@pytest.mark.parametrize("study", STUDIES)
def test_words_are_legible_and_each_arm_has_its_n(study):
    picture = plots.published([study], title="As published", high=80)
    assert faults(picture) == []
    assert crossings(picture) == []
    told = [text for text, _, _ in words(picture)]
    for row in arms_of([study])[0]:
        assert row.words in told
        assert f"{row.words} {row.share}" in picture.alt


def test_three_studies_stand_side_by_side():
    studies = ["Liu 2012", "Ramirez 2013", "Ryan 2015"]
    picture = plots.published(studies, title="As published", subtitle="mice")
    assert faults(picture) == []
    assert crossings(picture) == []
    assert picture.alt.endswith(f"{published_words(studies)}.")


def test_the_file_says_nothing_of_a_study_that_is_not_there():
    with pytest.raises(ValueError, match="no study 'Nobody 1999'; there are Liu 2012"):
        arms_of(["Nobody 1999"])


def test_controls_are_hollow():
    found = {row.arm: row.control for row in arms_of(["Liu 2012"])[0]}
    assert found["light on; control mice"]
    assert not found["light on"]
