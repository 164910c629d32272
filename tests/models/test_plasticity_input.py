"""What the plasticity models refuse, and what they take as nothing to do."""

import numpy as np
import pytest

import engramlab as el
from engramlab import plasticity
from engramlab.protocols import Stimulus

NAN = float("nan")
PAIR = el.PairSTDP()
TRIPLET = el.TripletSTDP.named("all-to-all full")
CALCIUM = el.CalciumRule.named("DP")
REST = el.Slice.rest()
CELL = el.BCM.from_weights([1.0, 1.0])


@pytest.mark.parametrize("rule", [PAIR, TRIPLET], ids=["pair", "triplet"])
@pytest.mark.parametrize(
    ("times", "error", "words"),
    [
        ([-1.0, 2.0], ValueError, r"pre_ms holds the time -1; .*0 ms or more"),
        ([2.0, 1.0], ValueError, r"pre_ms goes back from 2 to 1 ms \(index 0 and 1\)"),
        ([1.0, 1.0], ValueError, "pre_ms has two spikes at 1 ms"),
        ([NAN], ValueError, "pre_ms holds NaN or infinity"),
        ([np.inf], ValueError, "pre_ms holds NaN or infinity"),
        ([[1.0]], ValueError, r"pre_ms has shape \(1, 1\); give spike times of shape"),
        (3.0, ValueError, r"pre_ms has shape \(\)"),
        (["a"], TypeError, "pre_ms holds <U1"),
        ([True], TypeError, "pre_ms holds bool"),
        (None, TypeError, "pre_ms holds object"),
    ],
)
def test_trains_that_are_none_are_named(rule, times, error, words):
    with pytest.raises(error, match=words):
        rule.change(times, [1.0])
    with pytest.raises(error, match=words.replace("pre_ms", "post_ms")):
        rule.change([1.0], times)


@pytest.mark.parametrize("rule", [PAIR, TRIPLET], ids=["pair", "triplet"])
def test_an_empty_train_changes_nothing(rule):
    for pre_ms, post_ms in (([], []), ([1.0, 2.0], []), ([], [1.0]), (np.empty(0), [5.0])):
        assert rule.change(pre_ms, post_ms) == 0.0
    assert REST.tetanise(0, []) is REST


def test_whole_numbers_are_times_too():
    assert PAIR.change([0, 20], [40]) == PAIR.change([0.0, 20.0], [40.0])


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: el.PairSTDP(a_plus=-1.0), ValueError, "a_plus is -1.0; .*0 or more"),
        (lambda: el.PairSTDP(tau_plus_ms=0), ValueError, "tau_plus_ms is 0; give a time in ms"),
        (lambda: el.PairSTDP(tau_minus_ms=NAN), ValueError, "tau_minus_ms is nan"),
        (lambda: el.PairSTDP(nearest="yes"), TypeError, "nearest is 'yes'; give True or False"),
        (lambda: PAIR.window(NAN), ValueError, "dt_ms holds NaN"),
        (lambda: PAIR.pairing_change(-1, 10), ValueError, "rate_hz is -1"),
        (lambda: TRIPLET.pairing_change([1, 0], 10), ValueError, "rate_hz is 0"),
        (lambda: TRIPLET.pairing_change(1, 10, n_pairs=0), ValueError, "n_pairs is 0"),
        (
            lambda: el.TripletSTDP.named("full"),
            ValueError,
            "name is 'full'; give one of 'all-to-all full', 'all-to-all minimal', 'nearest full'",
        ),
        (lambda: el.TripletSTDP.named(None), ValueError, "name is None; give one of"),
        (lambda: el.CalciumRule.named("DDP"), ValueError, "name is 'DDP'; give one of 'DP', 'DPD'"),
        (lambda: CALCIUM.change(NAN), ValueError, "dt_ms holds NaN"),
        (lambda: CALCIUM.change(1.0, rate_hz=-1), ValueError, "rate_hz is -1"),
        (lambda: CALCIUM.change(1.0, n_pairs=0), ValueError, "n_pairs is 0"),
        (lambda: plasticity.sjostrom2001().error([1.0]), ValueError, r"change has shape \(1,\)"),
        (
            lambda: plasticity.sjostrom2001().error([NAN] * 10),
            ValueError,
            "change holds NaN or infinity",
        ),
        (lambda: el.fit_pair_rule(el.sjostrom2001(), n_pairs=0), ValueError, "n_pairs is 0"),
        (lambda: el.CompetingSynapses(rate_hz=-1), ValueError, "rate_hz is -1"),
        (lambda: el.CompetingSynapses(rate_hz=2000), ValueError, "rate_hz is 2000; .*less than"),
        (lambda: el.CompetingSynapses(reset_mv=-50.0), ValueError, "reset_mv is -50.0; .*below"),
        (lambda: el.CompetingSynapses(n_synapses=0), ValueError, "n_synapses is 0"),
        (lambda: el.CompetingSynapses().run(1500.0, rng=1), ValueError, "whole seconds"),
        (lambda: el.CompetingSynapses().run(-1.0, rng=1), ValueError, "duration_ms is -1.0"),
        (lambda: el.CompetingSynapses().run(1000.0, rng=None), TypeError, "rng is None"),
        (
            lambda: el.CompetingSynapses(n_synapses=2).run(1000.0, rng=1, start=[0.0, 2.0]),
            ValueError,
            "start runs from 0 to 2; give strengths",
        ),
        (
            lambda: el.CompetingSynapses(n_synapses=2).run(1000.0, rng=1, start=[0.5]),
            ValueError,
            "start has 1 inputs",
        ),
    ],
)
def test_spike_rules_name_what_is_wrong(call, error, words):
    with pytest.raises(error, match=words):
        call()


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: plasticity.bcm_step([], [], 1.0, 0.1), (ValueError, TypeError), "weights"),
        (lambda: plasticity.bcm_step([1.0], [1.0, 2.0], 1.0, 0.1), ValueError, "x has 2 inputs"),
        (lambda: plasticity.bcm_step([NAN], [1.0], 1.0, 0.1), ValueError, "weights holds NaN"),
        (lambda: plasticity.bcm_step([1.0], [1.0], 1.0, -0.1), ValueError, "eta is -0.1"),
        (lambda: plasticity.bcm_step([1.0], [1.0], NAN, 0.1), ValueError, "threshold is nan"),
        (lambda: plasticity.oja_step([1.0], [1.0], 0.1, -1), ValueError, "decay is -1"),
        (lambda: el.BCM.start(3, rng=None), TypeError, "rng is None; give an integer seed"),
        (lambda: el.BCM.start(0, rng=1), ValueError, "n_inputs is 0"),
        (lambda: el.BCM.start(3, rng=1, eta=0), ValueError, "eta is 0; .*above 0"),
        (lambda: el.BCM.start(3, rng=1, tau_steps=-1), ValueError, "tau_steps is -1; .*math.inf"),
        (lambda: el.BCM.start(3, rng=1, y0=0), ValueError, "y0 is 0"),
        (lambda: el.BCM.from_weights([[1.0]]), ValueError, r"weights has shape \(1, 1\)"),
        (lambda: CELL.learn(np.eye(3), n_steps=5, rng=1), ValueError, "patterns has 3 inputs"),
        (lambda: CELL.learn(np.eye(2), n_steps=0, rng=1), ValueError, "n_steps is 0"),
        (lambda: CELL.learn(np.empty((0, 2)), n_steps=5, rng=1), ValueError, "not empty"),
        (lambda: CELL.learn(np.eye(2), n_steps=5, rng=None), TypeError, "rng is None"),
        (lambda: CELL.outputs([1.0, 2.0]), ValueError, r"patterns has shape \(2,\)"),
        (lambda: el.Oja(weights=np.ones(2), eta=-1).learn(np.eye(2)), ValueError, "eta is -1"),
        (lambda: el.tuned_inputs(0), ValueError, "n_patterns is 0"),
        (lambda: el.tuned_inputs(width=0), ValueError, "width is 0"),
        (lambda: el.learned_outputs(rule="bcm", rng=1), ValueError, "rule is 'bcm'; give one of"),
        (lambda: el.random_spikes_change(rate_hz=-1, rng=1), ValueError, "rate_hz is -1"),
        (lambda: el.random_spikes_change(rule="x", rng=1), ValueError, "rule is 'x'"),
    ],
)
def test_rate_rules_name_what_is_wrong(call, error, words):
    with pytest.raises(error, match=words):
        call()


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: REST.advance(-1), ValueError, "hours is -1; give a number of 0 or more"),
        (lambda: REST.advance(NAN), ValueError, "hours is nan"),
        (lambda: REST.advance("1"), TypeError, "hours is '1'"),
        (lambda: REST.advance(1, protein_synthesis="no"), TypeError, "give True or False"),
        (lambda: REST.potentiate(2, 0.5), ValueError, "pathway is 2; this slice has 2, numbered"),
        (lambda: REST.potentiate(-1, 0.5), ValueError, "pathway is -1"),
        (lambda: REST.potentiate("weak", 0.5), TypeError, "pathway is 'weak'"),
        (lambda: REST.potentiate(0, 1.5), ValueError, "size is 1.5; give a number from 0 to 1"),
        (lambda: REST.potentiate(0, NAN), ValueError, "size is nan"),
        (lambda: REST.depress(0, -0.5), ValueError, "size is -0.5"),
        (lambda: REST.tetanise(0, [-5.0]), ValueError, "pre_ms holds the time -5"),
        (lambda: REST.tetanise(5, [5.0]), ValueError, "pathway is 5"),
        (lambda: el.Slice.rest(0), ValueError, "n_pathways is 0"),
        (lambda: el.slice_course([0.43]), TypeError, "stimuli holds 0.43; give weak_stimulation"),
        (
            lambda: el.slice_course([el.weak_stimulation(at_hours=11)]),
            ValueError,
            "stimuli has one at 11 h; give until_hours above that",
        ),
        (
            lambda: el.slice_course([Stimulus(at_hours=0, pathway=2, size=0.5)]),
            ValueError,
            "pathway is 2",
        ),
        (lambda: el.slice_course([], until_hours=0), ValueError, "until_hours is 0"),
        (lambda: el.slice_course([], n_points=1), ValueError, "n_points is 1"),
        (lambda: el.rescue(spread=-1, rng=1), ValueError, "spread is -1"),
        (lambda: el.rescue(strong_after_hours=NAN, rng=1), ValueError, "strong_after_hours is nan"),
    ],
)
def test_slices_name_what_is_wrong(call, error, words):
    with pytest.raises(error, match=words):
        call()


def test_what_was_given_is_not_changed():
    weights, x = np.array([1.0, 2.0]), np.array([1.0, 1.0])
    plasticity.bcm_step(weights, x, 1.0, 0.1)
    plasticity.oja_step(weights, x, 0.1)
    assert weights.tolist() == [1.0, 2.0]
    before = REST.potentiate(0, 0.5)
    before.advance(3.0)
    before.depress(0, 0.5)
    assert before.early.tolist() == [0.5, 0.0]
    assert REST.early.tolist() == [0.0, 0.0]
