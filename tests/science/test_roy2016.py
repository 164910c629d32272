"""Roy DS et al. (2016) Nature 531:508-512, 10.1038/nature17172.

In mice that model early Alzheimer's disease, LTP of the engram's synapses by light restores natural
recall. Here the same is done after the drug of Ryan 2015; what is known of that case is Roy 2017
(PAK1). Light in A strengthens the inputs from A and a bout the output; each alone is a control arm.
"""

import pytest
from claim_tools import holds
from effect_tools import assert_holds, means

import engramlab as el
from engramlab.experiments import drive_at
from engramlab.experiments.engrams import STRENGTHENED


@pytest.fixture(scope="module")
def drive():
    """Mean drive by what was done, and by where it is read out."""
    return {
        (arm, place): means(el.day_after, drug=True, strengthened=arm, place=place)[0]
        for arm in STRENGTHENED
        for place in "AC"
    }


def test_ltp_gives_the_place_back_its_power(drive):
    before, after = drive["none", "A"], drive["full", "A"]
    assert before < drive_at(0.2)
    assert after > drive_at(0.8)
    assert_holds("restores")
    holds("C-m-restores", before, after)


def test_each_part_alone_does_less(drive):
    """The visit alone and the output alone; both on other cells, which have no contacts."""
    parts = [drive[arm, "A"] for arm in ("visit", "unlit", "others")]
    assert max(parts) < drive["full", "A"] - 0.5
    assert parts[0] < drive_at(0.2)
    assert parts[2] < drive_at(0.2)
    holds("C-m-restores-parts", *parts)


def test_it_does_not_spread_to_a_new_place(drive):
    assert drive["full", "C"] < drive_at(0.2)
    holds("C-m-restores-elsewhere", drive["full", "C"])


def test_light_in_a_new_place_ties_that_place(drive):
    """Light on the labelled cells in C: C comes to recall, A gains what the output gives it."""
    in_a, in_c = drive["elsewhere", "A"], drive["elsewhere", "C"]
    assert in_a < drive["full", "A"] - 0.5
    assert in_c > drive["full", "C"] + 0.5
    holds("C-m-restores-in-c", in_a, in_c)
