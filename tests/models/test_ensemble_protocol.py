"""Experiments written as a list of steps: what runs, what is refused, and how arms are paired."""

import ast
import json

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from strategies import protocols, seeds

from engramlab._types import CourseError
from engramlab.ensemble import (
    COURSE,
    STEPS,
    Ensemble,
    Reactivation,
    check_protocol,
    random_contexts,
    run_protocol,
    similar_context,
)
from engramlab.ensemble._steps import MOST_BOUTS, MOST_HOURS, MOST_STEPS

SMALL = Ensemble.build(
    constants=COURSE._replace(n_cells=80, n_inputs=60, n_active=12, inhibition=6.0), rng=1
)
TRAINED = [("label", "A"), ("encode", "A", "shock"), ("wait", 24)]
DRUGGED = [("label", "A"), ("drug", "on"), ("encode", "A", "shock"), ("wait", 24), ("drug", "off")]

EACH = {
    "label": [("label", "A"), ("recall", "A")],
    "encode": [("encode", "A")],
    "encode, shock": [("encode", "A", "shock")],
    "encode, weak": [("encode", "A", "weak")],
    "encode, neutral": [("encode", "A", "neutral")],
    "encode under light": [*TRAINED, ("encode", "B", "shock", "labelled")],
    "recall": [("recall", "A")],
    "wait": [("wait", 24)],
    "wait for no time": [("wait", 0)],
    "wait half an hour": [("wait", 0.5)],
    "drug": [("drug", "on"), ("wait", 4), ("drug", "off"), ("drug", "on")],
    "light": [*TRAINED, ("light", "labelled", "C"), ("light", "engram", "C")],
    "light on as many others": [*TRAINED, ("light", "random", "C")],
    "silence": [*TRAINED, ("silence", "labelled", "A"), ("silence", "random", "A")],
    "ablate": [("creb", 0.15), *TRAINED, ("ablate", "creb"), ("recall", "A")],
    "ablate as many others": [("creb", 0.15), ("encode", "A"), ("ablate", "random")],
    "creb": [("creb", 0.15)],
    "creb in none": [("creb", 0)],
    "novelty": [("novelty",)],
    "depress": [*TRAINED, ("depress", "engram"), ("depress", "random")],
    "potentiate": [*TRAINED, ("potentiate", "labelled"), ("potentiate", "random")],
    "remodel": [("remodel", 0.05), ("remodel", 0), ("remodel", 1)],
    "replay": [("encode", "A"), ("encode", "B", "shock"), ("replay", 2), ("replay", 0)],
    "a label at a reading": [("label", "C"), ("recall", "C"), ("light", "labelled", "C")],
    "two labels": [("label", "A"), ("label", "B"), ("encode", "B"), ("encode", "A")],
}

REFUSED = [
    # what comes, and what the error must say
    (None, ["steps is None", "give a list"]),
    ("encode", ["steps is 'encode'", "give a list"]),
    ({"a": 1}, ["steps is {'a': 1}", "give a list"]),
    (np.zeros(3), ["give a list"]),
    ([], ["steps is empty", "at least one step"]),
    ([("wait", 1)] * 201, ["201", "at most 200"]),
    (("encode", "A", "shock"), ["step 1", "'encode'", '[("encode", "A", "shock")]']),
    (["novelty"], ["step 1", "'novelty'", '("novelty",)']),
    ([("wait", 1), "novelty"], ["step 2", "'novelty'", 'write ("novelty",)']),
    ([("wait", 1), 7], ["step 2", "7", "a step is a tuple"]),
    ([("wait", 1), ()], ["step 2", "()", "a step is a tuple"]),
    ([("wait", 1), None], ["step 2", "None", "a step is a tuple"]),
    ([("tag", "A")], ["step 1", "('tag', 'A')", "no step 'tag'", "label, encode, recall"]),
    ([(["label"], "A")], ["step 1", "no step ['label']"]),
    ([("Label", "A")], ["step 1", "no step 'Label'"]),
    ([("label",)], ["step 1", "0 entries instead of 1 (context)", '("label", "A")']),
    ([("label", "A", "B")], ["step 1", "2 entries instead of 1 (context)"]),
    ([("encode",)], ["step 1", "instead of 1 to 3 (context, event, who)"]),
    ([("novelty", 1)], ["step 1", "1 entries instead of 0 (nothing)"]),
    ([("encode", "A", "Shock")], ["step 1", "'Shock' is no event", '"shock", "weak" or "neutral"']),
    ([("encode", "A", "shock", "all")], ["step 1", "'all' is no group of cells", '"labelled"']),
    ([("recall", "labelled")], ["step 1", "'labelled' is no name of a context"]),
    ([("recall", 1)], ["step 1", "1 is no name of a context", "letters or digits"]),
    ([("recall", "")], ["step 1", "'' is no name of a context"]),
    ([("recall", "a name that is far too long")], ["is no name of a context"]),
    ([("recall", "$x$")], ["'$x$' is no name of a context"]),
    ([("recall", "A\n")], ["is no name of a context"]),
    ([("light", "C", "labelled")], ["step 1", "'C' is no group of cells"]),
    ([("wait", -1)], ["step 1", "-1 is no time in hours", "from 0 to 10,000"]),
    ([("wait", float("nan"))], ["step 1", "nan is no time in hours"]),
    ([("wait", float("inf"))], ["step 1", "inf is no time in hours"]),
    ([("wait", "24")], ["step 1", "'24' is no time in hours"]),
    ([("wait", True)], ["step 1", "True is no time in hours"]),
    ([("wait", 10**5000)], ["step 1", "no time in hours"]),
    ([("wait", 9000), ("wait", 1001)], ["step 2", "10001 h after the start", "10,000 h"]),
    ([("drug", True)], ["step 1", "True is no switch", '"on" or "off"']),
    ([("drug", "off")], ["step 1", "the drug is off already", '("drug", "on")']),
    ([("drug", "on"), ("drug", "on")], ["step 2", "the drug is on already", '("drug", "off")']),
    ([("creb", 1.2)], ["step 1", "1.2 is no fraction", "0.2 means 20 %"]),
    ([("creb", 15)], ["step 1", "15 is no fraction"]),
    ([("remodel", -0.1)], ["step 1", "-0.1 is no fraction"]),
    ([("encode", "A", "shock"), ("replay", 1.5)],
     ["step 2", "1.5 is no number of bouts", "whole number"]),
    ([("encode", "A", "weak"), ("replay", 150), ("replay", 51)],
     ["step 3", "201 bouts", "at most 200"]),
    ([("replay", 1)], ["step 1", "there was none", '("encode", "A", "shock")']),
    ([("encode", "A"), ("replay", 1)], ["step 2", "follows an event with a shock", '"shock")']),
    ([("encode", "A"), ("label", "A"), ("recall", "A"), ("ablate", "labelled"),
      ("light", "labelled", "C")], ["step 5", "no cell of the group 'labelled' is alive"]),
    ([("wait", 1), ("label", "A")], ["step 2", "no later step meets 'A'", '("recall", "A")']),
    ([("label", "A"), ("encode", "B")], ["step 1", "no later step meets 'A'"]),
    ([("label", "A"), ("label", "A"), ("recall", "A")], ["step 2", "of step 1 is still waiting"]),
    ([("light", "labelled", "C")], ["step 1", "no cell is labelled yet", '("label", "A")']),
    ([("label", "A"), ("light", "labelled", "A")], ["step 2", "no cell is labelled yet"]),
    ([("ablate", "engram")], ["step 1", "nothing is encoded yet"]),
    ([("creb", 0), ("ablate", "creb")], ["step 2", "no cell has extra CREB", '("creb", 0.15)']),
    ([("light", "random", "C")], ["step 1", "as many as a group", "none is"]),
    ([("wait", 1), ("creb", 1), ("ablate", "creb")],
     ["step 3", "('ablate', 'creb')", "every cell"]),
    ([("creb", 0.8), ("ablate", "random")],
     ["step 2", "('ablate', 'random')", "cannot be done", "as many as the CREB cells, 64",
      "only 16 other cells are left; name a smaller group"]),
    ([("creb", 1), ("silence", "creb", "A")],
     ["step 2", "cannot be done", "no cell that can fire"]),
]  # fmt: skip


@pytest.mark.parametrize("name", EACH)
def test_each_step_runs_and_gives_one_reading_for_each_read_out(name):
    steps = EACH[name]
    readings = run_protocol(steps, ensemble=SMALL, rng=1)
    assert len(readings) == sum(step[0] in ("recall", "light", "silence") for step in steps)
    assert all(isinstance(reading, Reactivation) for reading in readings)


def test_every_kind_of_step_has_a_test_and_an_example_that_is_read():
    assert {step[0] for steps in EACH.values() for step in steps} == set(STEPS)
    before = [("creb", 0.1), ("label", "A"), ("encode", "A", "shock")]
    for words in STEPS.values():
        check_protocol([*before, ast.literal_eval(words), ("recall", "A")])


@pytest.mark.parametrize(("steps", "said"), REFUSED, ids=range(len(REFUSED)))
def test_what_cannot_be_done_is_told_with_its_number_what_came_and_the_cure(steps, said):
    with pytest.raises(CourseError) as caught:
        run_protocol(steps, ensemble=SMALL, rng=1)
    missing = [words for words in said if words not in str(caught.value)]
    assert missing == [], str(caught.value)
    assert len(str(caught.value)) < 400


def test_the_bounds_themselves_are_allowed():
    assert len(check_protocol([("wait", MOST_HOURS / MOST_STEPS)] * MOST_STEPS)) == MOST_STEPS
    check_protocol([("encode", "A", "shock"), ("wait", MOST_HOURS), ("replay", MOST_BOUTS)])


def test_the_whole_list_is_checked_before_anything_is_run():
    rng = np.random.default_rng(1)
    with pytest.raises(CourseError, match="step 4"):
        run_protocol([*TRAINED, ("light", "creb", "A")], rng=rng)
    assert rng.integers(2**63) == np.random.default_rng(1).integers(2**63)


def test_what_came_through_json_runs_alike():
    steps = [*TRAINED, ("light", "labelled", "C"), ("light", "random", "C"), ("recall", "A")]
    one = run_protocol(steps, ensemble=SMALL, rng=3)
    other = run_protocol(json.loads(json.dumps(steps)), ensemble=SMALL, rng=3)
    assert [reading.drive for reading in one] == [reading.drive for reading in other]


def test_numpy_numbers_and_words_are_numbers_and_words():
    steps = [("encode", np.str_("A"), "shock"), ("wait", np.float32(24)), ("replay", np.int64(1)),
             ("replay", 1.0), ("recall", "A")]  # fmt: skip
    assert len(run_protocol(steps, ensemble=SMALL, rng=1)) == 1


def test_one_seed_gives_one_run_and_another_seed_another():
    steps = [*TRAINED, ("recall", "A")]
    drives = [run_protocol(steps, rng=seed)[0].drive for seed in (1, 1, 2)]
    generator = run_protocol(steps, rng=np.random.default_rng(1))[0].drive
    assert drives[0] == drives[1] == generator != drives[2]


def test_arms_that_differ_in_one_step_share_all_the_rest():
    saline, drug = (run_protocol([*arm, ("recall", "C")], rng=5)[0] for arm in (TRAINED, DRUGGED))
    first, second = (
        run_protocol([("label", "A"), *more, ("encode", "A"), ("recall", "A")], rng=5)[-1].active
        for more in ([], [("recall", "B"), ("novelty",)])
    )
    assert (first == second).all()
    assert np.corrcoef(saline.cell_drive, drug.cell_drive)[0, 1] > 0.9  # one drift in both arms
    lit, cued = (
        run_protocol([*TRAINED, step, ("recall", "A")], rng=5)[1].drive
        for step in (("light", "labelled", "C"), ("silence", "random", "C"))
    )
    assert lit == cued


def test_a_context_is_the_same_in_every_arm_whatever_is_met_before():
    drives = [
        run_protocol(steps, rng=2)[-1].cell_drive
        for steps in ([("recall", "C")], [("recall", "A"), ("recall", "B"), ("recall", "C")])
    ]
    assert (drives[0] == drives[1]).all()


def test_own_contexts_and_an_own_animal_are_used():
    box = random_contexts(1, rng=1)[0]
    near, far = (similar_context(box, share, rng=2) for share in (0.9, 0.0))
    animal = Ensemble.build(rng=4)
    steps = [("encode", "A", "shock"), ("wait", 24), ("recall", "near"), ("recall", "far")]
    given_ = {"A": box, "near": near, "far": far}
    found = [run_protocol(steps, ensemble=animal, contexts=given_, rng=seed) for seed in range(6)]
    assert np.mean([a.drive for a, _ in found]) > 2 * np.mean([b.drive for _, b in found])
    assert set(given_) == {"A", "near", "far"}
    assert animal.at_hours == 0


def labelled_and_random(step, rng, **setting):
    """What light drives: the cells whose drive rises by 3 over the same recall in the dark."""
    dark, *lit = run_protocol(
        [*TRAINED, ("recall", "C"),
         *[(step, who, "C") for who in ("labelled", "engram", "random")]],
        rng=rng, **setting)  # fmt: skip
    return [reading.cell_drive - dark.cell_drive > 1 for reading in lit]


@pytest.mark.parametrize("seed", range(6))
def test_random_cells_are_as_many_as_the_group_named_before_and_others(seed):
    labelled, engram, others = labelled_and_random("light", seed)
    assert others.sum() == engram.sum()
    assert not (others & engram).any()
    assert 0 < (labelled & engram).sum() < engram.sum()
    labelled, engram, _ = labelled_and_random(
        "light", seed, label_efficiency=1.0, label_background=0.0
    )
    assert (labelled == engram).all()


def test_random_cells_stay_the_same_until_their_group_changes():
    steps = [*TRAINED, ("recall", "C"), ("light", "random", "C"), ("recall", "A"),
             ("light", "random", "C")]  # fmt: skip
    dark, first, _, again = run_protocol(steps, rng=1)
    assert (first.cell_drive == again.cell_drive).all()
    assert (first.cell_drive != dark.cell_drive).any()


def test_random_cells_that_stand_alone_match_the_labelled_then_the_creb_cells():
    creb = [("creb", 0.15), ("encode", "A"), ("ablate", "random")]
    assert check_protocol(creb)[-1].like == "creb"
    assert check_protocol([*TRAINED, *creb])[-1].like == "labelled"
    assert check_protocol([("encode", "A"), ("ablate", "random")])[-1].like == "engram"
    assert check_protocol([*TRAINED, ("creb", 0.1), ("light", "creb", "A"), ("ablate", "random")])[
        -1].like == "creb"  # fmt: skip


def mean_drive(steps, n=8, **setting):
    """Mean drive of each reading over some animals."""
    runs = [[r.drive for r in run_protocol(steps, rng=seed, **setting)] for seed in range(n)]
    return np.mean(runs, axis=0)


def test_the_silent_engram_comes_out_of_a_list_of_steps():
    sure = {"label_efficiency": 1.0, "label_background": 0.0}
    (cued,) = mean_drive([*TRAINED, ("recall", "A")])
    readings = [("recall", "A"), ("light", "labelled", "C"), ("light", "random", "C")]
    lost, lit, others = mean_drive([*DRUGGED, *readings], **sure)
    assert cued > 1.2
    assert lost < 0.6
    assert lit > lost + 0.3
    assert others < 0.2


def test_a_false_memory_needs_light_on_the_label_during_the_shock():
    arms = [
        [("label", "A"), ("encode", "A"), ("wait", 24), ("encode", "B", "shock", *lit),
         ("wait", 24), ("recall", "A"), ("recall", "C")]
        for lit in (["labelled"], ["random"], [])
    ]  # fmt: skip
    sure = {"label_efficiency": 1.0, "label_background": 0.0}
    false, elsewhere, none = (mean_drive(arm, **sure) for arm in arms)
    assert false[0] > 0.8 > false[1]
    assert max(elsewhere[0], none[0]) < 0.5


def test_replay_after_a_strong_shock_links_back_and_only_backwards():
    before = [("encode", "A"), ("wait", 48), ("encode", "B", "shock")]
    bouts = [("replay", 1), ("wait", 12), ("replay", 1), ("wait", 12)]
    after = [("encode", "B", "shock"), *bouts, ("wait", 24), ("encode", "A"), ("wait", 24)]
    (linked,) = mean_drive([*before, *bouts, ("recall", "A")])
    (control,) = mean_drive([*before, ("wait", 24), ("recall", "A")])
    (reverse,) = mean_drive([*after, ("recall", "A")])
    assert linked > 0.8
    assert max(control, reverse) < 0.6


def test_a_drug_blocks_the_proteins_that_novelty_makes():
    weak = [("encode", "A", "weak"), ("wait", 24), ("recall", "A")]
    helped, blocked = (mean_drive([*drug, ("novelty",), *weak]) for drug in ([], [("drug", "on")]))
    assert helped > blocked + 0.2
    assert blocked == pytest.approx(mean_drive([("drug", "on"), *weak]))


@pytest.mark.parametrize(
    ("wrong", "kind", "said"),
    [
        ({"rng": None}, TypeError, "rng is None"),
        ({"rng": -1}, ValueError, "rng is -1"),
        ({"ensemble": 3}, TypeError, "ensemble is int"),
        ({"contexts": ["A"]}, TypeError, "contexts is list"),
        ({"label_efficiency": 1.5}, ValueError, "label_efficiency is 1.5"),
        ({"label_background": "no"}, TypeError, "label_background is 'no'"),
        ({"contexts": {"A": [True]}}, ValueError,
         "contexts['A'] has 1 entries; give one for each of the 400 inputs"),
        ({"contexts": {"A": [False] * 400}}, ValueError, "contexts['A'] has no input in it"),
        ({"contexts": {"A": "box"}}, TypeError, "contexts['A'] holds"),
        ({"contexts": {1: [True] * 400}}, ValueError, "contexts has the name 1; give one to"),
        ({"contexts": {"light": [True] * 400}}, ValueError, "contexts has the name 'light'"),
    ],
)  # fmt: skip
def test_wrong_settings_are_refused(wrong, kind, said):
    with pytest.raises(kind) as caught:
        run_protocol([("recall", "A")], **({"rng": 1} | wrong))
    assert said in str(caught.value)


@given(steps=protocols(), seed=seeds)
@settings(max_examples=60)
def test_random_protocols_run(steps, seed):
    try:
        readings = run_protocol(steps, ensemble=SMALL, rng=seed)
    except CourseError as error:  # such as more random cells than there are others
        assert "cannot be done" in str(error)  # noqa: PT017
    else:
        assert len(readings) == sum(step.reads_out for step in check_protocol(steps))
        assert all(np.isfinite(reading.drive) for reading in readings)


ATOMS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=6),
    st.binary(max_size=3),
    st.sampled_from([*STEPS, "A", "C", "shock", "labelled", "random", "engram", "on", 10**400]),
)  # fmt: skip
JUNK = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(st.text(max_size=2), inner, max_size=2),
    ),
    max_leaves=12,
)


@given(junk=st.one_of(JUNK, st.lists(st.one_of(JUNK, st.lists(ATOMS, min_size=1, max_size=4)))))
@example(junk=[["wait", object()]])
@example(junk=[{"label": "A"}])
@example(junk=[np.array(["label", "A"])])
@example(junk=[("encode", np.array(["A"]))])
@example(junk=[("wait", np.array([1.0]))])
@example(junk=[("wait", 1j)])
@example(junk=[("label", "\ud800")])
@example(junk=[set()])
@settings(max_examples=300)
def test_junk_is_refused_in_words_and_never_breaks_anything(junk):
    try:
        check_protocol(junk)
    except CourseError as error:
        assert str(error)  # noqa: PT017


def test_a_list_that_holds_itself_is_refused():
    steps = [("wait", 1)]
    steps.append(steps)
    with pytest.raises(CourseError, match="step 2"):
        check_protocol(steps)


def test_random_cells_are_drawn_anew_once_some_of_them_are_dead():
    before = [("encode", "A", "shock"), ("wait", 24), ("light", "random", "C")]
    first, second = run_protocol(
        [*before, ("ablate", "random"), ("light", "random", "C")], ensemble=SMALL, rng=1
    )
    lit = [reading.active & (reading.cell_drive > 2) for reading in (first, second)]
    assert lit[1].sum() == lit[0].sum() > 0
    assert not (lit[0] & lit[1]).any()


def test_light_on_an_empty_label_is_refused():
    steps = [("label", "A"), ("encode", "A", "shock"), ("wait", 24), ("light", "labelled", "C")]
    with pytest.raises(ValueError, match="the group 'labelled' holds no cell, so nothing is there"):
        run_protocol(steps, label_efficiency=0.0, label_background=0.0, rng=1)
