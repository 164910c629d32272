"""Exercise 06, the free text: the teacher's example says what the exercise's own cell gives."""

import json
import re

import numpy as np
import pytest
from claim_tools import holds
from own_words_tools import SOLUTIONS, run_together, solution_cells

import engramlab as el

STEM = "06_linking"


@pytest.fixture(scope="module")
def names():
    return run_together(STEM, ["linking_window", "engram_overlap", "overlap_above_chance"])


def at(names, hours):
    return int(np.flatnonzero(names["gaps"] == hours)[0])


def test_the_numbers_of_the_example_are_in_the_ledger(names):
    """The very runs that exercise 06 asks for."""
    assert names["runs"].shape == (8, 20, 6)
    week, six = at(names, 168), at(names, 6)
    holds("C-m-ex06-overlap", names["overlap"][week], names["chance"][week])
    drives = np.array([names["drive_a"], names["drive_c"]])
    holds("C-m-ex06-drives", *drives[:, week], *drives[:, six])
    holds("C-m-ex06-windows", names["window"], names["strict"])
    assert names["window"] == names["gaps"][-1]  # it never ends: the example says so


def test_a_week_apart_fear_in_a_is_that_of_any_place(names):
    """The mean difference between A and C lies within two standard errors of 0; at 6 h far off."""
    difference = names["runs"][..., 2] - names["runs"][..., 4]
    error = difference.std(axis=1, ddof=1) / np.sqrt(20)
    mean = difference.mean(axis=1)
    assert abs(mean[at(names, 168)]) < 2 * error[at(names, 168)]
    assert mean[at(names, 6)] > 5 * error[at(names, 6)]


def test_a_week_apart_cells_are_shared_above_chance(names):
    """As the colleague says: the mean, not each animal."""
    above = names["runs"][at(names, 168), :, 0] - names["runs"][at(names, 168), :, 1]
    assert above.mean() > 3 * above.std(ddof=1) / np.sqrt(20)
    assert above.min() < 0


def test_another_set_of_animals_says_the_same(names):
    arms = {"gap_hours": names["gaps"]}
    runs = el.sweep(el.linked, grid=arms, seed=1, seeds=40, progress=False).mean(axis=1)
    window = names["linking_window"]
    assert window(names["gaps"], runs[:, 0], runs[:, 1]) == 168
    assert window(names["gaps"], runs[:, 0], np.full(8, names["edge"])) == 12
    assert abs(runs[-1, 2] - runs[-1, 4]) < 0.1


def test_the_edge_is_the_upper_end_of_the_lessons_band(names):
    from engramlab.plots._linking_parts import chance_band

    assert names["edge"] == pytest.approx(chance_band(40, 400)[2])


def test_after_a_week_some_animals_stand_out_and_others_do_not(names):
    """What the stretch says of single animals; the one that it runs is shown at three gaps."""
    cells = solution_cells(STEM)
    exec(cells["shuffle_p_value"], names)
    [block] = re.findall(r"```python\n(.*?)```", cells["stretch-statement"], re.S)
    assert "rng=3)" in block
    found = []
    for seed in range(3, 13):
        shown = []
        exec(block.replace("build(rng=3)", f"build(rng={seed})").replace("print", "keep"),
             names | {"keep": lambda *row, shown=shown: shown.append(row)})  # fmt: skip
        found.append([p for _, _, p in shown])
    six, _, week = np.array(found).T
    assert (six == 0.001).all()
    assert (week < 0.025).any()
    assert (week > 0.05).any()


def test_the_worked_values(names):
    window, overlap = names["linking_window"], names["engram_overlap"]
    above = names["overlap_above_chance"]
    chance = np.full(4, 0.1)
    assert window(np.array([1, 6, 24, 48]), np.array([0.6, 0.3, 0.1, 0.2]), chance) == 6
    cells = np.arange(16)
    assert overlap(cells[:6] < 4, cells[:6] == 3) == 0.5
    two = above(cells < 4, (cells >= 2) & (cells < 6))
    assert two == pytest.approx(-above(cells < 4, (cells >= 4) & (cells < 8)))
    assert two == pytest.approx(1 / 3)


def test_the_example_quotes_its_rows():
    text = solution_cells(STEM)["explain"]
    for row in ("overlap", "windows", "drives"):
        assert f"[C-m-ex06-{row}]" in text


def test_the_points_are_those_of_the_checks():
    notebook = json.loads((SOLUTIONS / f"{STEM}.ipynb").read_text(encoding="utf-8"))
    marks = [cell["metadata"].get("nbgrader", {}) for cell in notebook["cells"]]
    assert sum(mark.get("points", 0) for mark in marks) == 13
