"""Yiu AP et al. (2014) Neuron 83:722-735, 10.1016/j.neuron.2014.07.017.

A memory goes to the cells that are more excitable just before training; fewer of those that were
made less excitable join it (the latter without a number here).
"""

from claim_tools import holds
from effect_tools import assert_holds, means

import engramlab as el


def test_cells_of_low_excitability_are_left_out():
    lowered, plain = (means(el.recruited, treatment=arm)[0] for arm in ("lowered", "none"))
    assert lowered < 0.5
    assert lowered < 0.5 * plain
    assert_holds("excludes")
    holds("C-m-excludes", lowered, plain)


def test_the_others_fill_their_places():
    _, treated, untreated = means(el.recruited, treatment="lowered")
    assert abs(treated - untreated) < 0.02
    holds("C-m-excludes-size", treated, untreated)
