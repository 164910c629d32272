"""Choi J-H et al. (2018) Science 360:430-435, 10.1126/science.aas9204.

Synapses between engram cells are enhanced, others are not. In the model this is built in: only
active cells learn, and only from inputs that are on.
"""

import pytest
from claim_tools import holds
from effect_tools import means

import engramlab as el


def test_only_synapses_from_the_cue_onto_the_engram_last():
    table = means(el.engram_synapses)
    assert table[0, 0] == pytest.approx(0.70, abs=0.02)
    assert table.ravel()[1:] == pytest.approx([0, 0, 0], abs=0.02)
    holds("C-m-synapses", *table.ravel())


def test_under_the_drug_none_do():
    table = means(el.engram_synapses, drug=True)
    assert table.ravel() == pytest.approx([0] * 4, abs=1e-6)
    holds("C-m-synapses-drug", table.max())
