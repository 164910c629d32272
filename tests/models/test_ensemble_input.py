"""What the ensemble refuses, and what it takes as nothing to do."""

import numpy as np
import pytest

import engramlab as el
from engramlab.ensemble import COURSE

NAN = float("nan")
BOX = el.random_contexts(1, rng=1)[0]
START = el.Ensemble.build(rng=2)
ALL, NONE, SHORT = np.ones(400, bool), np.zeros(400, bool), np.ones(399, bool)
FOUND = START.recall(BOX)


def built(**changes):
    return el.Ensemble.build(constants=COURSE._replace(**changes), rng=1)


def captured(**changes):
    return START.with_constants(capture=COURSE.capture._replace(**changes))


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: START.recall(BOX, light=SHORT), ValueError,
         "light has 399 entries; give one for each of the 400 cells"),
        (lambda: START.recall(BOX, light=[3, 7]), ValueError, "light has 2 entries"),
        (lambda: START.recall(BOX, light=np.arange(400)), ValueError, "light holds 2; .*no ind"),
        (lambda: START.recall(BOX, light=ALL[None]), ValueError, r"light has shape \(1, 400\)"),
        (lambda: START.recall(BOX, light="engram"), TypeError, "light holds <U6"),
        (lambda: START.encode(BOX, light=SHORT, rng=1), ValueError, "light has 399 entries"),
        (lambda: START.encode(BOX, silence=SHORT, rng=1), ValueError, "silence has 399 entries"),
        (lambda: START.recall(BOX, silence=ALL), ValueError, "silence leaves no cell that can"),
        (lambda: START.encode(BOX, silence=ALL, rng=1), ValueError, "silence leaves no cell"),
        (lambda: START.ablate(BOX).recall(BOX, silence=~BOX), ValueError, "silence leaves no cell"),
        (lambda: START.ablate(ALL), ValueError, "cells would ablate every cell"),
        (lambda: START.ablate(SHORT), ValueError, "cells has 399 entries"),
        (lambda: START.recall(SHORT), ValueError,
         "context has 399 entries; give one for each of the 400 inputs"),
        (lambda: START.recall(NONE), ValueError, "context has no input in it"),
        (lambda: START.recall([BOX, BOX]), ValueError, r"context has shape \(2, 400\)"),
        (lambda: START.recall(BOX, inhibition=-1), ValueError, "inhibition is -1; .*0 or more"),
        (lambda: START.recall(BOX, inhibition=NAN), ValueError, "inhibition is nan"),
        (lambda: START.encode(NONE, rng=1), ValueError, "context has no input in it"),
        (lambda: START.encode(BOX, shock="yes", rng=1), TypeError, "shock is 'yes'; .*True or Fal"),
        (lambda: START.encode(BOX, strength=1.2, rng=1), ValueError, "strength is 1.2; .*from 0"),
        (lambda: START.encode(BOX, rng=None), TypeError, "rng is None; give an integer seed"),
        (lambda: START.advance(-1, rng=1), ValueError, "hours is -1; give a number of 0 or more"),
        (lambda: START.advance(NAN, rng=1), ValueError, "hours is nan"),
        (lambda: START.advance("a day", rng=1), TypeError, "hours is 'a day'"),
        (lambda: START.advance(1, protein_synthesis=1, rng=1), TypeError, "protein_synthesis is 1"),
        (lambda: START.advance(1, rng=-1), ValueError, "rng is -1"),
        (lambda: START.overexpress_creb(1.5, rng=1), ValueError,
         "fraction is 1.5: CREB in 600 cells of 400; .*0.15 means 15 %"),
        (lambda: START.overexpress_creb(60, rng=1), ValueError, "CREB in 24000 cells of 400"),
        (lambda: START.overexpress_creb(-0.1, rng=1), ValueError, "fraction is -0.1; .*from 0"),
        (lambda: START.overexpress_creb(NAN, rng=1), ValueError, "fraction is nan"),
        (lambda: START.overexpress_creb(ALL, rng=1), TypeError, "give one number from 0 to 1"),
        (lambda: START.lower_excitability(2, rng=1), ValueError, "in 800 cells of 400"),
        (lambda: START.excite(SHORT, 0.4), ValueError, "cells has 399 entries"),
        (lambda: START.excite(ALL, NAN), ValueError, "amount is nan; give one number, such as 0.4"),
        (lambda: START.remodel(1.1, rng=1), ValueError, "fraction is 1.1"),
        (lambda: START.depress(SHORT), ValueError, "cells has 399 entries"),
        (lambda: START.depress(ALL, -1), ValueError, "strength is -1"),
        (lambda: START.potentiate(ALL, 2), ValueError, "strength is 2"),
        (lambda: START.label(SHORT, rng=1), ValueError, "engram has 399 entries"),
        (lambda: START.label(ALL, efficiency=1.1, rng=1), ValueError, "efficiency is 1.1"),
        (lambda: START.label(ALL, background=-1, rng=1), ValueError, "background is -1"),
        (lambda: START.coreactivate([], rng=1), ValueError, "engrams is empty"),
        (lambda: START.coreactivate(None, rng=1), TypeError, "engrams is None; give a list of mas"),
        (lambda: START.coreactivate("AB", rng=1), TypeError, "engrams is 'AB'"),
        (lambda: START.coreactivate(ALL, rng=1), ValueError, r"engrams\[0\] has shape \(\)"),
        (lambda: START.coreactivate([ALL, NONE], rng=1), ValueError, r"engrams\[1\] has no cell"),
        (lambda: START.with_constants(bumb=1.0), TypeError, "bumb is no constant .*it has .*bump"),
        (lambda: START.with_constants(n_cells=10), ValueError, "n_cells is fixed when .*is built"),
        (lambda: START.with_constants(bump=-1.0), ValueError, "bump is -1.0"),
        (lambda: START.with_constants(width_recall=0.0), ValueError, "width_recall is 0.0; .*abo"),
        (lambda: START.with_constants(capture=3), TypeError, "capture is 3; give LUBOEINSKI_2021"),
        (lambda: START.with_constants(capture=(1.0,) * 8), TypeError, r"capture is \(1.0, .*give"),
        (lambda: captured(tau_build_hours=0), ValueError, "capture.tau_build_hours is 0; .*abo"),
        (lambda: captured(threshold_tag=NAN), ValueError, "capture.threshold_tag is nan"),
        (lambda: captured(late_up="x"), TypeError, "capture.late_up is 'x'; give one number"),
        (lambda: START.with_constants(gate_offline=-1), ValueError, "gate_offline is -1; .*0.25"),
        (lambda: el.ensemble_table({}), TypeError, r"constants is \{\}; give COURSE"),
        (lambda: START.with_constants(p_contact=1.5), ValueError, "p_contact is 1.5"),
        (lambda: built(n_cells=0), ValueError, "n_cells is 0; give a whole number, 1 or more"),
        (lambda: built(n_active=500), ValueError, "n_active is 500, n_inputs 400"),
        (lambda: built(inhibition=None), TypeError, "inhibition is None"),
        (lambda: el.Ensemble.build(constants={}, rng=1), TypeError, r"constants is \{\}; give C"),
        (lambda: el.Ensemble.build(rng=None), TypeError, "rng is None"),
        (lambda: FOUND.reactivated(NONE), ValueError, "engram has no cell in it"),
        (lambda: FOUND.reactivated(SHORT), ValueError, "engram has 399 entries"),
        (lambda: el.random_contexts(0, rng=1), ValueError, "n_contexts is 0; .*1 or more"),
        (lambda: el.random_contexts(1.0, rng=1), TypeError, "n_contexts is 1.0"),
        (lambda: el.random_contexts(1, n_active=0, rng=1), ValueError, "n_active is 0"),
        (lambda: el.random_contexts(1, n_inputs=20, rng=1), ValueError, "n_active is 30, n_input"),
        (lambda: el.similar_context(NONE, 0.5, rng=1), ValueError, "context has no input in it"),
        (lambda: el.similar_context(BOX, 1.5, rng=1), ValueError, "similarity is 1.5"),
        (lambda: el.similar_context([1, 1, 0], 0.0, rng=1), ValueError,
         "similarity is 0.0; it asks for 2 other units and only 1 are off"),
        (lambda: el.as_many_others([1, 1, 0], rng=1), ValueError,
         "cells holds 2 cells and only 1 others are left"),
        (lambda: el.as_many_others([1, 0], among=[1], rng=1), ValueError, "among has 1 entries"),
        (lambda: el.allocate([], 14), ValueError, r"drive has shape \(0,\)"),
        (lambda: el.allocate([1.0, NAN], 14), ValueError, "drive holds NaN or infinity"),
        (lambda: el.allocate([[1.0]], 14), ValueError, r"drive has shape \(1, 1\)"),
        (lambda: el.allocate([1.0], -2), ValueError, "inhibition is -2"),
        (lambda: el.winners([1.0], 2), ValueError, "k is 2; there are 1 cells"),
        (lambda: el.winners([1.0], -1), ValueError, "k is -1"),
        (lambda: el.winners([1.0], 0.5), TypeError, "k is 0.5"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named_with_its_cure(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_lists_of_0_and_1_and_whole_numbers_are_fine():
    light = [1] * 40 + [0] * 360
    assert START.recall(BOX.astype(int).tolist(), light=light).active[:40].all()
    assert START.recall(BOX.astype(float), inhibition=14).drive == 0.0
    assert START.advance(24, rng=np.int64(3)).at_hours == 24


def test_nothing_to_do_changes_nothing():
    assert np.array_equal(START.recall(BOX, light=NONE, silence=NONE).active, FOUND.active)
    assert START.ablate(NONE).alive.all()
    assert not START.remodel(0.0, rng=1).early.any()
    assert not START.label(NONE, background=0.0, rng=1).any()
    assert not el.as_many_others(NONE, rng=1).any()
    assert not el.winners([1.0, 2.0], 0).any()


def test_one_cell_and_one_input_are_an_ensemble():
    tiny = built(n_cells=1, n_inputs=1, n_active=1)
    after, engram = tiny.encode([True], shock=True, rng=1)
    assert engram.size == 1
    assert np.isfinite(after.advance(24, rng=1).recall([True]).drive)


def test_only_cells_that_are_alive_are_treated():
    some_dead = el.Ensemble.build(rng=1).ablate(np.arange(400) < 300)
    with pytest.raises(
        ValueError, match=r"CREB in 200 cells, and only 100 are alive; give at most"
    ):
        some_dead.overexpress_creb(0.5, rng=2)
    treated = some_dead.overexpress_creb(0.2, rng=2).creb
    assert treated.sum() == 80
    assert not treated[:300].any()
    with pytest.raises(ValueError, match=r"less than one of 400 cells; give 0 or at least 0\.0025"):
        some_dead.lower_excitability(0.001, rng=2)
