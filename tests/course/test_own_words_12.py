"""Exercise 12, the free text: the teacher's example says what the exercise's own cell gives."""

import numpy as np
import pytest
from claim_tools import holds
from own_words_tools import run_together, solution_cells

import engramlab as el
from engramlab.experiments import READ_OUTS, many_months

STEM = "12_consolidation"
FUNCTIONS = ["generalisation_width", "dissociation"]


@pytest.fixture(scope="module")
def names():
    return run_together(STEM, FUNCTIONS)


def ends(months, name):
    """Young and old memory of each animal."""
    return months[:, READ_OUTS.index(name)][:, [0, -1]]


def weaker_half(names, months):
    return names["dissociation"](ends(months, "hippocampus off"), ends(months, "cortex off"))


def test_the_numbers_of_the_example_are_in_the_ledger(names):
    """The very groups that exercise 12 runs."""
    found = [weaker_half(names, many_months(**group)) for group in names["groups"]]
    holds("C-m-ex12-dissociation", *found)
    assert names["groups"] == [
        {"hypothesis": "decays"},
        {"hypothesis": "loses precision"},
        {"replay": "blocked"},
    ]


def test_another_set_of_animals_says_the_same(names):
    """Only a trace that decays dissociates; without the hippocampus both recall."""
    days = {"days": [(1, 28)]}
    decays, stays, blocked = (
        el.sweep(el.month_drives, grid=days | grid, seed=1, seeds=20, progress=False)[0, 0]
        for grid in ({"hypothesis": ["decays"]}, {"hypothesis": ["loses precision"]},
                     {"replay": ["blocked"]})
    )  # fmt: skip
    assert weaker_half(names, decays) > 0.8
    assert weaker_half(names, stays) < 0.2
    assert weaker_half(names, blocked) < 0.1
    old = [ends(months, "hippocampus off")[:, 1].mean() for months in (decays, stays)]
    assert min(old) > 1.02


def test_less_inhibition_generalises_further(names):
    assert names["widths"] == pytest.approx([0.6, 0.7])
    places = np.array(names["SIMILARITIES"])
    found = el.sweep(el.gist_drives, seed=1, seeds=20, progress=False).mean(axis=0)
    narrow, wide = (names["generalisation_width"](places, drive) for drive in found)
    assert narrow < wide


def test_the_example_quotes_its_arms():
    text = solution_cells(STEM)["explain"]
    for claim in ("C-m-ex12-dissociation", "C-m-month-decays", "C-m-month-stays"):
        assert f"[{claim}]" in text
