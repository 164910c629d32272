"""Tanaka KZ et al. (2014) Neuron 84:347-354, 10.1016/j.neuron.2014.09.037.

Silencing the labelled CA1 cells blocks recall. That as many other cells may be silenced without
harm is our control, not the paper's.
"""

from claim_tools import holds
from effect_tools import assert_holds, drives

import engramlab as el


def test_silencing_the_engram_prevents_recall():
    silenced, index = drives(el.day_after, silence="labelled")
    assert silenced < 0.1
    assert index < 0.15
    assert_holds("silences")
    holds("C-m-silences", silenced)


def test_silencing_as_many_others_does_not():
    untouched, _ = drives(el.day_after)
    others, index = drives(el.day_after, silence="others")
    assert others > 0.95 * untouched
    assert index > 0.85
    holds("C-m-silences-others", others, untouched)
