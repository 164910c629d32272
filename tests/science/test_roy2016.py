"""Roy DS et al. (2016) Nature 531:508-512, 10.1038/nature17172.

In mice that model Alzheimer's disease, LTP of the engram's synapses by light restores natural
recall. Here the same is done after the drug of Ryan 2015; what is known of that case is Roy 2017
(PAK1). Light in A strengthens the inputs and a bout the output; with the inputs alone the drive
ends at 0.94.
"""

from claim_tools import holds
from effect_tools import assert_holds, drives

import engramlab as el
from engramlab.experiments import drive_at


def test_ltp_gives_the_place_back_its_power():
    before, _ = drives(el.day_after, drug=True)
    after, _ = drives(el.day_after, drug=True, strengthened=True)
    assert before < drive_at(0.2)
    assert after > drive_at(0.8)
    assert_holds("restores")
    holds("C-m-restores", before, after)


def test_it_does_not_spread_to_a_new_place():
    elsewhere, _ = drives(el.day_after, drug=True, strengthened=True, place="C")
    assert elsewhere < drive_at(0.2)
    holds("C-m-restores-elsewhere", elsewhere)
