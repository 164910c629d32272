"""The runs that lessons, pictures and claims share: what they measure and what they refuse."""

import inspect

import numpy as np
import pytest

import engramlab as el


def test_a_cue_of_half_the_units_flipped_is_one_of_overlap_zero():
    """`cue_overlap` is the overlap of the cue: with far too little load nothing changes it back."""
    mirror = el.final_overlaps(load=0.02, n_neurons=200, cue_overlap=-1.0, rng=1)
    assert (mirror == -1).all()
    whole = el.final_overlaps(load=0.02, n_neurons=200, cue_overlap=1.0, rng=1)
    assert (whole == 1).all()


def test_probes_are_the_first_memories_of_the_same_network():
    every = el.final_overlaps(load=0.2, n_neurons=100, rng=1)
    some = el.final_overlaps(load=0.2, n_neurons=100, probes=5, rng=1)
    assert every.shape == (20,)
    assert np.array_equal(every[:5], some)
    assert el.final_overlaps(load=0.02, n_neurons=100, probes=99, rng=1).shape == (2,)


def test_the_share_recalled_counts_the_overlaps_above_0_9():
    for seed in range(3):
        ends = el.final_overlaps(load=0.17, n_neurons=200, rng=seed)
        assert el.fraction_recalled(load=0.17, n_neurons=200, rng=seed) == np.mean(ends > 0.9)


def test_the_nearest_memory_belongs_to_the_same_run_as_the_control():
    """A state that is a stored memory has little in common with a picture of no memory."""
    for seed in range(10):
        nearest = el.nearest_memory(rng=seed)
        stranger = el.completion(arm="novel", rng=seed)
        assert 0 <= nearest <= 1
        assert abs(stranger) < 0.3 or nearest < 0.95


def test_self_coupling_is_passed_on():
    settings = {"load": 0.8, "n_neurons": 100, "rng": 1}
    assert el.leaving_units(self_coupling=True, **settings) < 0.05
    assert el.leaving_units(self_coupling=False, **settings) > 0.1
    ends = [
        el.final_overlaps(cue_overlap=0.8, self_coupling=kept, **settings).mean()
        for kept in (True, False)
    ]
    assert ends[0] > ends[1] + 0.2


@pytest.mark.parametrize("run", [el.fraction_recalled, el.final_overlaps, el.leaving_units])
@pytest.mark.parametrize(
    ("load", "error", "words"),
    [
        ("a", TypeError, "load is 'a'; give a number above 0, such as 0.1"),
        (None, TypeError, "load is None; give a number above 0"),
        (True, TypeError, "load is True"),
        ([0.1], TypeError, r"load is \[0\.1\]"),
        (float("inf"), ValueError, "load is inf; give a number above 0"),
        (float("nan"), ValueError, "load is nan; give a number above 0"),
        (0, ValueError, "load is 0; give a number above 0"),
        (-0.1, ValueError, "load is -0.1; give a number above 0"),
    ],
)
def test_a_load_that_is_none_is_named(run, load, error, words):
    with pytest.raises(error, match=words):
        run(load=load, n_neurons=50, rng=1)


@pytest.mark.parametrize(
    ("run", "settings", "error", "words"),
    [
        (el.final_overlaps, {"n_neurons": "a"}, TypeError, "n_neurons is 'a'; give a whole number"),
        (el.final_overlaps, {"n_neurons": 0}, ValueError, "n_neurons is 0; give a whole number"),
        (el.final_overlaps, {"probes": 0}, ValueError, "probes is 0; give a whole number, 1"),
        (el.final_overlaps, {"probes": 2.5}, TypeError, r"probes is 2\.5; give a whole number"),
        (el.final_overlaps, {"cue_overlap": 2}, ValueError, "cue_overlap is 2; .* from -1 to 1"),
        (el.final_overlaps, {"cue_overlap": "x"}, TypeError, "cue_overlap is 'x'; give one number"),
        (el.final_overlaps, {"self_coupling": 1}, TypeError, "self_coupling is 1; give True or"),
        (el.leaving_units, {"self_coupling": "no"}, TypeError, "self_coupling is 'no'; give True"),
        (el.completion, {"arm": "old"}, ValueError, "arm is 'old'; give one of 'stored', 'novel'"),
        (el.completion, {"kept": "x"}, TypeError, "kept is 'x'; give one number from 0 to 1"),
        (el.completion, {"n_patterns": "x"}, TypeError, "n_patterns is 'x'; give a whole number"),
        (el.nearest_memory, {"n_patterns": 0}, ValueError, "n_patterns is 0; give a whole number"),
        (el.nearest_memory, {"kept": 2}, ValueError, "kept is 2; give a number from 0 to 1"),
    ],
)
def test_settings_out_of_range_are_named(run, settings, error, words):
    given = {"load": 0.1} if "load" in inspect.signature(run).parameters else {}
    with pytest.raises(error, match=words):
        run(rng=1, **given | settings)
