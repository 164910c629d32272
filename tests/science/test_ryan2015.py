"""Ryan TJ et al. (2015) Science 348:1007-1013, 10.1126/science.aaa5542.

After anisomycin the place no longer recalls, light on the labelled cells does. That contacts
outlive the drug is the authors' hypothesis and built in. Freezing in the paper is 10 to 35 %; light
does not restore natural recall there.
"""

import numpy as np
import pytest
from claim_tools import holds
from effect_tools import assert_holds, near, runs

import engramlab as el
from engramlab.experiments import drive_at


@pytest.fixture(scope="module")
def animals():
    """`Reading` of each animal, by arm."""
    light = {"light": "labelled", "place": "C"}
    return {
        "place": runs(el.day_after),
        "place, drug": runs(el.day_after, drug=True),
        "light": runs(el.day_after, **light),
        "light, drug": runs(el.day_after, drug=True, **light),
        "light on others, drug": runs(el.day_after, drug=True, light="others", place="C"),
        "new place": runs(el.day_after, place="C"),
    }


@pytest.fixture(scope="module")
def arms(animals):
    return {arm: found.mean(axis=0) for arm, found in animals.items()}


def test_the_place_fails_and_light_succeeds(arms):
    drive = {arm: result[0] for arm, result in arms.items()}
    assert drive["place"] > drive_at(0.8)
    assert drive["place, drug"] < drive_at(0.2)
    assert drive["light, drug"] > drive_at(0.5)
    assert drive["light"] > drive_at(0.8)
    assert_holds("silent")
    holds("C-m-silent", *(drive[arm] for arm in ("place", "place, drug", "light", "light, drug")))


def test_controls_recall_nothing(arms):
    for arm in ("light on others, drug", "new place"):
        assert arms[arm][0] < drive_at(0.1)
    holds("C-m-silent-controls", arms["light on others, drug"][0], arms["new place"][0])


def test_the_drives_of_the_specification(animals, arms):
    """Mean drives 1.57, 0.37, 0.93; that of a new place is 0.08 there and 0.31 here.

    A new place shares 2 or 3 of 30 units with A on average, which bring back a sixth of its engram:
    more in some animals than in others (standard deviation 0.15). The index is 0.02 all the same.
    """
    drive = [arms[arm][0] for arm in ("place", "place, drug", "light, drug")]
    assert drive == pytest.approx([1.57, 0.37, 0.93], abs=0.15)
    chosen = ("place", "place, drug", "light, drug", "new place")
    index = np.stack([animals[arm][:, 1] for arm in chosen], axis=1)
    assert near(index, [0.99, 0.03, 0.73, 0.00])
    holds("C-m-silent-index", *index.mean(axis=0))


def test_how_much_of_the_engram_is_active_again(arms):
    shares = [arms[arm][2] for arm in ("place", "place, drug")]
    assert shares == pytest.approx([0.97, 0.41], abs=0.1)
    holds("C-m-silent-cells", *shares)
