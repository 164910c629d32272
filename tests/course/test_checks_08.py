"""What only the checks of lesson 08 do."""

import numpy as np
import pytest
from answer_tools import function_of

from engramlab.course import checks
from engramlab.course.answers import reference
from engramlab.course.checks import Outcome
from engramlab.course.checks.c08_pattern_completion import _visits

ITEMS = {item.name: item for item in checks.items("08")}


def test_the_items_in_their_order():
    assert list(ITEMS) == [
        "completion_curve", "hebbian_weights", "recall", "pseudo_inverse_weights", "a",
    ]  # fmt: skip


def test_an_error_inside_the_given_recall_shows_the_line_that_called_it():
    item = ITEMS["completion_curve"]
    source = f"def {item.signature}:\n    return recall(W, cues[0], rng, 100)\n"
    verdict = item.check(function_of(source, item.function))
    assert verdict.line == "line 2: return recall(W, cues[0], rng, 100)"
    assert "recall takes one cue of shape (20,)" in verdict.message


def test_an_answer_fixed_to_an_input_of_its_own_fails():
    item = ITEMS["hebbian_weights"]
    hebb = function_of(reference("08", "hebbian_weights"), "hebbian_weights")
    fixed = hebb(np.array([[1, 1, -1, -1], [1, -1, 1, -1]], dtype=np.int8))
    assert item.check(lambda patterns: fixed).outcome is Outcome.WRONG  # noqa: ARG005


@pytest.mark.parametrize("sweeps", ["np.int64(100)", "int(1e2)"])
def test_any_whole_number_of_sweeps_is_as_good(sweeps):
    source = reference("08", "completion_curve").replace("100", sweeps)
    item = ITEMS["completion_curve"]
    assert item.check(function_of(source, "completion_curve")).outcome is Outcome.RIGHT


PASSED_ON = {
    "by name": ("recall(W=W, cue=cues[level, k], rng=rng, max_sweeps=100)", ""),
    "after other draws": ("recall(W, cues[level, k], rng, 100)", "rng.random(7)"),
    "a copy made once": ("recall(W, cues[level, k], rng, 100)", "rng = copy.deepcopy(rng)"),
    "a child": ("recall(W, cues[level, k], rng.spawn(1)[0], 100)", ""),
    "a seed from it": (
        "recall(W, cues[level, k], np.random.default_rng(rng.integers(2**32)), 100)",
        "",
    ),
    "after one call more": (
        "recall(W, cues[level, k], rng, 100)",
        "recall(W, cues[0, 0], rng, 100)",
    ),
}


@pytest.mark.parametrize("name", PASSED_ON)
def test_any_chance_that_follows_from_rng_is_right(name):
    call, first = PASSED_ON[name]
    source = reference("08", "completion_curve").replace(
        "recall(W, cues[level, k], rng, 100)", call
    )
    source = "import copy\n" + source.replace("    curve =", f"    {first}\n    curve =", 1)
    function, item = function_of(source, "completion_curve"), ITEMS["completion_curve"]
    for seed in range(20):
        verdict = item.check(function, seed=seed)
        assert verdict.outcome is Outcome.RIGHT, (seed, verdict.message)


def test_no_order_of_single_turns_leaves_the_known_ends_and_a_second_turn_often_does():
    rng, ends = np.random.default_rng(1), _visits._within_one_sweep()
    outside = {False: 0, True: 0}
    for second_turn in outside:
        for _ in range(1000):
            state = np.ones(5)
            order = list(rng.permutation(5)) + [rng.integers(5)] * second_turn
            for unit in order:
                field = _visits.RIVALS[unit] @ state
                assert field != 0
                state[unit] = np.sign(field)
            outside[second_turn] += tuple(state.astype(int).tolist()) not in ends
    assert outside[False] == 0
    assert 100 < outside[True] < 200


def test_an_answer_in_words_is_told_what_it_should_be():
    verdict = ITEMS["completion_curve"].check(lambda *_: "high")
    assert verdict.message.startswith("The ")
    assert "should be an array of numbers; it is 'high'" in verdict.message


def test_a_kept_diagonal_is_told_what_it_does():
    hint = ITEMS["hebbian_weights"].hint_for("keeps self-coupling")
    assert "at high load a damaged copy mostly stays as damaged as it was" in hint
    assert "Below capacity that makes little difference" in hint


def test_the_packages_own_model_does_not_pass_for_an_answer():
    source = (
        "import engramlab as el\ndef hebbian_weights(p):\n    return el.Hopfield.store(p).weights\n"
    )
    item = ITEMS["hebbian_weights"]
    verdict = item.check(function_of(source, "hebbian_weights"))
    assert (verdict.outcome, verdict.misconception) == (
        Outcome.WRONG,
        "calls the package's own model",
    )
    named = (
        'def hebbian_weights(patterns):\n    "As el.Hopfield does."\n'
        + reference("08", "hebbian_weights").partition('"""\n')[2]
    )
    assert item.check(function_of(named, "hebbian_weights")).outcome is Outcome.RIGHT
