"""Exercise 11, the free text: the teacher's example says what the exercise's own cell gives."""

import re

import numpy as np
import pytest
from claim_tools import holds
from own_words_tools import run_together, solution_cells

import engramlab as el

STEM = "11_silent_engrams"


@pytest.fixture(scope="module")
def names():
    return run_together(STEM, ["engram_synapse_table", "remodel", "silent_engram_protocol"])


def test_the_numbers_of_the_example_are_in_the_ledger(names):
    """The very runs that exercise 11 asks for."""
    saline, drug = names["drives"]["saline"], names["drives"]["drug"]
    assert saline.shape == drug.shape == (20, 3)
    holds("C-m-ex11-place", saline[:, 0].mean(), drug[:, 0].mean())
    holds("C-m-ex11-light", drug[:, 1].mean(), drug[:, 1].std())
    holds("C-m-ex11-others", drug[:, 2].mean())
    plain, blocked = names["tables"]
    holds("C-m-ex11-synapses", plain[0, 0], blocked[0, 0])


def test_light_gives_more_than_the_place_and_than_others_in_every_animal(names):
    """As the example concludes, not only on average."""
    place, light, others = names["drives"]["drug"].T
    assert (light > place).all()
    assert (light > others).all()


def test_the_experiment_agrees_with_the_one_of_the_lesson(names):
    """Another 20 animals, run by the package's own experiment."""
    arms = {"drug": [False, True]}
    drives = names["drives"]
    natural = el.sweep(el.day_after, grid=arms, progress=False)[..., 0].mean(axis=1)
    assert drives["saline"][:, 0].mean() == pytest.approx(natural[0], abs=0.1)
    assert drives["drug"][:, 0].mean() == pytest.approx(natural[1], abs=0.1)


def test_the_table_is_the_packages_own(names):
    for table, right in zip(names["tables"], ([0.7, 0, 0, 0], [0, 0, 0, 0]), strict=True):
        assert np.abs(table.ravel() - right).max() < 0.01


def test_what_the_exercise_says_of_moved_contacts(names):
    """More than a half are where they were, and some of these had left and come back."""
    moved, structure = names["moved"], names["structure"]
    assert (moved.sum(axis=1) == structure.sum(axis=1)).all()
    assert (moved & structure).sum() / structure.sum() == pytest.approx(0.62, abs=0.02)
    assert 0.95**14 < 0.5  # what has never moved


def test_the_stretch_finds_a_share_near_1(names):
    cells = solution_cells(STEM)
    exec(cells["recovery_by_light"], names)
    [block] = re.findall(r"```python\n(.*?)```", cells["stretch-statement"], re.S)
    exec(block.replace("el.remodelled)", "el.remodelled, progress=False)"), names)
    natural, light = names["natural"], names["light"]
    shares = names["recovery_by_light"](natural, light)
    assert natural.shape == (4, 20)
    assert np.isnan(shares[0])
    assert ((shares[1:] > 0.95) & (shares[1:] < 1.35)).all()
    assert light.mean() > natural[0].mean()  # why a share may lie above 1


def test_the_example_quotes_its_rows():
    text = solution_cells(STEM)["explain"]
    for row in ("place", "light", "others", "synapses"):
        assert f"[C-m-ex11-{row}]" in text
