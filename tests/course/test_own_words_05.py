"""Exercise 05, the free text: the teacher's example says what the exercise's own cell gives."""

import numpy as np
import pytest
from claim_tools import holds
from own_words_tools import run_together, solution_cells

import engramlab as el

STEM = "05_allocation"


@pytest.fixture(scope="module")
def names():
    return run_together(STEM, ["recruitment_ratio", "allocate", "paired_effect"])


def test_the_numbers_of_the_example_are_in_the_ledger(names):
    """The very run that exercise 05 asks for."""
    ratio, size = names["ratio"], names["size"]
    assert len(ratio["creb"]) == 50
    holds("C-m-ex05-ratio", ratio["creb"].mean(), ratio["control"].mean())
    effect = names["paired_effect"](size["creb"], size["control"])
    holds("C-m-ex05-size", size["creb"].mean(), size["control"].mean(), *effect)
    fixed = names["fixed"]
    assert np.array_equal(fixed["control"], size["control"])
    holds("C-m-ex05-fixed", fixed["control"].mean(), fixed["creb"].mean())


def test_the_networks_of_the_exercise_win_as_the_ensemble_does(names):
    """The learner's function on Gaussian drives agrees with the model's own."""
    rng = np.random.default_rng(0)
    for _ in range(20):
        drive = rng.normal(1.0, 0.29, 400)
        assert np.array_equal(names["allocate"](drive, 14.0), el.allocate(drive, 14.0))


def test_the_worked_values(names):
    engram = np.array([True, True, True, False, False, False])
    assert names["recruitment_ratio"](engram, np.arange(6) < 2) == 4
    wins = names["allocate"](np.array([1.9, 0.2, 1.6, 1.4]), 2.0)
    assert wins.tolist() == [True, False, True, False]
    found = names["paired_effect"](np.array([12.0, 15, 21]), np.array([10.0, 14, 18]))
    assert found == pytest.approx((2, 1 / 3**0.5))
    exec(solution_cells(STEM)["mean_field_size"], names)
    assert names["mean_field_size"](14.0, 1.0, 0.29) == pytest.approx(0.098, abs=5e-4)
    assert names["mean_field_size"](0.0, 1.0, 0.29) == pytest.approx(0.9997, abs=5e-5)


def test_the_example_quotes_its_arms():
    text = solution_cells(STEM)["explain"]
    for name in ("ratio", "size", "fixed"):
        assert f"[C-m-ex05-{name}]" in text
