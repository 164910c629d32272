"""Exercise 03, the free text: the teacher's example says what the exercise's own cell gives."""

import dataclasses

import numpy as np
import pytest
from claim_tools import holds
from own_words_tools import run_together, solution_cells

import engramlab as el

STEM = "03_tagging_capture"


@pytest.fixture(scope="module")
def names():
    return run_together(STEM, ["rescue_window", "tag_alive_hours"])


def test_the_numbers_of_the_example_are_in_the_ledger(names):
    """The very run that exercise 03 asks for."""
    late = names["late"]
    assert late.shape == (2, 2, 20)
    soon, far = late
    holds("C-m-ex03-rescued", soon[0].mean(), soon[0].std())
    holds("C-m-ex03-controls", max(soon[1].max(), far.max()))


def test_another_set_of_slices_says_the_same():
    """In no slice does the weak stimulation make proteins of its own."""
    arms = {"strong_after_hours": [0.5, 3.0], "drug": [False, True]}
    soon, far = el.sweep(el.rescue, grid=arms, seed=1, seeds=40, progress=False)
    assert 0.2 < soon[0].mean() < 0.32
    assert soon[0].min() > 0.02
    assert max(soon[1].max(), far.max()) < 0.005


def test_in_all_four_arms_the_weak_pathway_has_a_tag():
    """As the example says, in every slice of the experiment: sizes vary by a tenth."""
    sizes = 0.43 * (1 + 0.1 * np.random.default_rng(0).standard_normal(1000))
    assert sizes.min() > 0.2


def test_the_window_ends_where_tag_or_proteins_have_gone(names):
    low, high = names["rescue_window"](names["gaps"], mean_over_gaps(names["gaps"]), 0.1)
    [weak_tag] = names["tag"]
    assert weak_tag == pytest.approx(1.46, abs=0.01)
    assert (low, high) == names["window"] == (-2.75, 0.75)
    assert 0 < high < weak_tag


@pytest.mark.parametrize("strong_early", [0.8, 0.98])
def test_the_left_end_follows_the_proteins_and_not_the_tag_of_the_strong_synapses(strong_early):
    """Proteins of half the amount move it, though the tag of the strong synapses stands on."""

    def kept(wait_hours, share):
        tissue = el.Slice.rest().potentiate(1, strong_early).advance(wait_hours)
        tissue = dataclasses.replace(tissue, protein=share * tissue.protein)
        return tissue.potentiate(0, 0.43).advance(12).late[0]

    waits = np.linspace(1.5, 4, 51)
    all_of_it, half = (max(w for w in waits if kept(w, share) >= 0.1) for share in (1, 0.5))
    assert all_of_it - half == pytest.approx(np.log(2), abs=0.1)  # they fade with 1 h


def mean_over_gaps(gaps):
    """Return the mean late part at each gap, as the exercise's first block has it."""
    grid = {"strong_after_hours": gaps}
    return el.sweep(el.rescue, grid=grid, progress=False).mean(axis=1)


def test_the_example_quotes_its_arms():
    text = solution_cells(STEM)["explain"]
    assert "[C-m-ex03-rescued]" in text
    assert "[C-m-ex03-controls]" in text
