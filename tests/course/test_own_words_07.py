"""Exercise 07, the free text: the teacher's example says what the exercise's own cell gives."""

import re

import numpy as np
import pytest
from claim_tools import holds
from own_words_tools import run_together, solution_cells

import engramlab as el

STEM = "07_engram_cells"


@pytest.fixture(scope="module")
def names():
    return run_together(STEM, ["necessity_sufficiency", "label_and_reactivate"])


def test_the_numbers_of_the_example_are_in_the_ledger(names):
    """The very runs that exercise 07 asks for."""
    drives, table = names["drives"], names["table"]
    assert drives.shape == (20, 3)
    lit, others, dark = drives.T
    holds("C-m-ex07-light", lit.mean(), lit.std())
    holds("C-m-ex07-controls", others.mean(), dark.mean())
    holds("C-m-ex07-silence", table["silenced"], table["others silenced"])


def test_other_animals_say_the_same(names):
    """In every animal light on the labelled cells does more than either control."""
    runs = [el.run_protocol(names["steps"], rng=seed) for seed in range(100, 120)]
    lit, others, dark = np.array([[one.drive for one in run] for run in runs]).T
    assert 0.75 < lit.mean() < 1.1
    assert others.mean() < 0.2 < dark.mean() < 0.45
    assert (lit > np.maximum(others, dark)).all()


def test_the_whole_table_shows_both_and_without_a_control_only_one(names):
    table, both = names["table"], names["necessity_sufficiency"]
    assert both(table, 0.8) == (True, True)
    for control, left in (("others lit", (True, False)), ("others silenced", (False, True))):
        some = {arm: drive for arm, drive in table.items() if arm != control}
        assert both(some, 0.8) == left


def test_the_worked_values():
    """Those of the functions; a list of steps that lacks all that is asked for."""
    cells = solution_cells(STEM)
    names = {"np": np}
    for name in ("necessity_sufficiency", "matched_control", "knobs_that_break"):
        exec(cells[name], names)
    table = {"place": 1.5, "silenced": 0.2, "others silenced": 1.4, "new place": 0.3, "lit": 0.9}
    assert str(table).replace("'", '"') in cells["table-statement"]
    assert names["necessity_sufficiency"](table, 0.8) == (True, False)
    engram, rng = np.array([True, True, False, False]), np.random.default_rng(1)
    assert names["matched_control"](engram, rng).tolist() == [False, False, True, True]
    with pytest.raises(ValueError, match="only 1 others are left"):
        names["matched_control"](np.array([True, True, True, False]), rng)
    rows = [("lights", "drift", "holds", "fails"), ("lights", "gate", "same", "same")]
    rows.append(("false", "drift", "close", "holds"))
    assert names["knobs_that_break"](rows, ["fails"]) == {"lights": ["drift"], "false": []}
    [natural] = el.run_protocol([("encode", "A", "shock"), ("wait", 24), ("recall", "A")], rng=1)
    assert natural.drive > 1


def test_what_the_stretch_finds_in_the_model(capsys):
    cells = solution_cells(STEM)
    names = {"np": np, "el": el}
    exec(cells["knobs_that_break"], names)
    [block] = re.findall(r"```python\n(.*?)```", cells["stretch-together"], re.S)
    exec(block, names)
    strict, careful = capsys.readouterr().out.splitlines()
    assert strict.startswith("['fails']")
    assert len(careful) > len(strict)
    found = names["knobs_that_break"](names["rows"], ["fails"])
    assert {"lights", "silences", "ablates", "false"} <= set(found)


def test_the_example_quotes_its_arms():
    text = solution_cells(STEM)["explain"]
    for claim in ("light", "controls", "silence"):
        assert f"[C-m-ex07-{claim}]" in text
