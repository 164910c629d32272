"""Liu X et al. (2012) Nature 484:381-385, 10.1038/nature11028.

Light on labelled dentate cells recalls fear in another place, and in the paper less than the place
itself does. Here the share of the engram that is labelled sets how much.
"""

import numpy as np
import pytest
from claim_tools import holds
from effect_tools import assert_holds, drives, near, runs

import engramlab as el

EFFICIENCIES = (0.2, 0.4, 0.6, 0.8, 1.0)


@pytest.fixture(scope="module")
def animals():
    """`Reading` by animal and efficiency, light in a new place, 5 % of other cells labelled too."""
    light = {"light": "labelled", "place": "C", "background": 0.05}
    return np.stack(
        [runs(el.day_after, efficiency=share, **light) for share in EFFICIENCIES], axis=1
    )


@pytest.fixture(scope="module")
def dose(animals):
    return animals.mean(axis=0)


def test_the_drive_is_in_proportion_to_the_label(dose):
    drive = dose[:, 0]
    assert drive / drive[-1] == pytest.approx(EFFICIENCIES, abs=0.12)
    assert drive[-1] == pytest.approx(1.59, abs=0.15)
    assert_holds("lights")
    holds("C-m-label-dose", *drive)


def test_the_recall_index_beside_it(animals):
    """0.08, 0.44, 0.62, 0.95, 0.99 in the specification, within 0.15.

    At 0.6 the drive of an animal, 1.0 with a standard deviation of 0.25, straddles the steep part
    of the read-out: 0.80 over 48 animals, against 0.62 over the specification's 12. The proportion
    of the drives above is the test.
    """
    index = animals[..., 1]
    assert near(index, [0.08, 0.44, 0.62, 0.95, 0.99])
    assert (np.diff(index.mean(axis=0)) > 0).all()
    holds("C-m-label-dose-index", *index.mean(axis=0))


def test_light_on_as_many_others_recalls_nothing():
    others, _ = drives(el.day_after, light="others", place="C")
    dark, _ = drives(el.day_after, place="C")
    assert others < 0.2
    assert dark < 0.5
    holds("C-m-light-others", others, dark)


def test_light_on_the_engram_of_a_neutral_memory_recalls_no_fear():
    """The cells fire as before; nothing ties them to the read-out."""
    neutral = drives(el.day_after, light="labelled", place="C", shock=False)
    assert neutral[0] == 0
    holds("C-m-light-neutral", neutral[0])


def test_all_of_the_engram_is_as_good_as_the_place():
    """In the model; in mice light recalls less. Natural recall and full label: 1.59 both."""
    natural, _ = drives(el.day_after)
    light, _ = drives(el.day_after, light="labelled", place="C")
    assert natural == pytest.approx(light, abs=0.1)
    holds("C-m-light-natural", light, natural)
