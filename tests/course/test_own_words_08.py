"""Exercise 08, the free text: the teacher's example says what the exercise's own cell gives."""

import ast
import json
import re
from pathlib import Path

import numpy as np
import pytest

import engramlab as el

SOLUTION = Path(__file__).parents[2] / "solutions" / "08_pattern_completion.ipynb"
SETTINGS = {"kept": 0.6, "n_patterns": 10, "n_neurons": 200}


@pytest.fixture(scope="module")
def cells():
    notebook = json.loads(SOLUTION.read_text(encoding="utf-8"))
    return {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"]}


@pytest.fixture(scope="module")
def final(cells):
    """Run the last block of the cell `together` as a learner does who copies it."""
    block = re.findall(r"```python\n(.*?)```", cells["together"], re.S)[-1]
    names = {"el": el}
    exec(block.replace("grid=arms", "grid=arms, progress=False"), names)
    assert ast.parse(block).body
    return dict(zip(names["arms"]["arm"], names["final"], strict=True))


def test_the_numbers_of_the_example_are_those_of_the_cell(cells, final):
    text = cells["explain"].replace("$", "")
    assert final["stored"].size == final["novel"].size == 20
    assert "an overlap of 1.00 with it in all of 20 networks" in text
    assert final["stored"].min() > 0.995
    mean, spread = re.search(
        r"is (\S+) on average \(standard deviation (\S+) over 20", text
    ).groups()
    assert float(mean) == pytest.approx(final["novel"].mean(), abs=0.005)
    assert float(spread) == pytest.approx(final["novel"].std(), abs=0.005)


def test_another_set_of_networks_says_the_same():
    arms = {"arm": ["stored", "novel"]} | {name: [value] for name, value in SETTINGS.items()}
    runs = el.sweep(el.completion, seeds=40, grid=arms, seed=1, progress=False)
    stored, novel = runs.reshape(2, 40)
    assert np.mean(stored > 0.99) >= 0.9
    assert abs(novel.mean()) < 0.15
    assert novel.max() < 0.5


def test_cues_begin_at_an_overlap_of_0_6_and_all_come_to_rest():
    for seed in range(20):
        patterns = el.random_patterns(11, n_neurons=200, rng=seed)
        network = el.Hopfield.store(patterns[:-1])
        for pattern in patterns[[0, -1]]:
            cue = el.partial_cue(pattern, 0.6, rng=seed)
            assert el.overlap(cue, pattern) == pytest.approx(0.6, abs=0.2)
            assert network.recall(cue, rng=seed).converged
