"""What a network refuses: each fault is named, with the value that came and the cure."""

import numpy as np
import pytest

import engramlab as el


@pytest.mark.parametrize(
    ("patterns", "keywords", "error", "words"),
    [
        (np.empty((0, 5)), {}, ValueError, r"patterns is empty \(shape \(0, 5\)\)"),
        (np.empty((5, 0)), {}, ValueError, "patterns is empty"),
        ([1, -1], {}, ValueError, r"patterns has shape \(2,\); give shape \(n, n_neurons\)"),
        ([[1, 0]], {}, ValueError, r"patterns holds 0; .*2 \* x - 1"),
        ([[1, -3]], {}, ValueError, "patterns holds -3"),
        (np.array([[1, 255]], dtype=np.uint8), {}, ValueError, "patterns holds 255"),
        (np.array([[1, -128]], dtype=np.int8), {}, ValueError, "patterns holds -128"),
        ([[True]], {}, TypeError, "patterns holds bool"),
        ([[1, -1], [1]], {}, TypeError, "rows of different lengths"),
        ("patterns", {}, TypeError, "patterns holds <U8"),
        ([[1, -1]], {"rule": "hebb"}, ValueError, "rule is 'hebb'; give one of 'hebbian', 'pseudo"),
        ([[1, -1]], {"self_coupling": "no"}, TypeError, "self_coupling is 'no'; give True or Fal"),
        ([[1, -1]], {"self_coupling": 1}, TypeError, "self_coupling is 1; give True or False"),
    ],
)
def test_what_cannot_be_stored_is_named(patterns, keywords, error, words):
    with pytest.raises(error, match=words):
        el.Hopfield.store(patterns, **keywords)


@pytest.mark.parametrize(
    ("weights", "error", "words"),
    [
        (np.ones((2, 3)), ValueError, r"weights has shape \(2, 3\); give a square matrix"),
        (np.ones(3), ValueError, r"weights has shape \(3,\)"),
        (np.empty((0, 0)), ValueError, "square matrix"),
        ([[0, 1], [2, 0]], ValueError, r"weights\[0, 1\] is 1 and weights\[1, 0\] is 2; give w_ij"),
        ([[0, np.inf], [np.inf, 0]], ValueError, "weights holds NaN or infinity"),
        ([[0, np.nan], [0, 0]], ValueError, "weights holds NaN or infinity"),
        ([["a"]], TypeError, "weights holds <U1"),
        (None, TypeError, "weights holds object"),
    ],
)
def test_weights_that_make_no_network_are_named(weights, error, words):
    with pytest.raises(error, match=words):
        el.Hopfield.from_weights(weights)


@pytest.mark.parametrize(
    ("method", "given_as", "error", "words"),
    [
        ("recall", np.ones(4), ValueError, r"cue has 4 units .*this network has 5"),
        (
            "recall",
            np.ones((1, 5)),
            ValueError,
            r"cue has shape \(1, 5\); give shape \(n_neurons,\)",
        ),
        ("recall", [1, 1, 1, 1, 0], ValueError, "cue holds 0"),
        ("recall", [1, 1, 1, 1, np.nan], ValueError, "cue holds nan"),
        ("recall", None, TypeError, "cue holds object"),
        (
            "recall_many",
            np.ones(5),
            ValueError,
            r"cues has shape \(5,\); give shape \(n, n_neurons",
        ),
        ("recall_many", np.ones((2, 4)), ValueError, "cues has 4 units"),
        ("recall_many", np.empty((0, 5)), ValueError, "cues is empty"),
        ("recall_many", [[1, 1, 1, 1, 2]], ValueError, "cues holds 2"),
        ("step", np.ones((2, 2, 5)), ValueError, r"states has shape \(2, 2, 5\)"),
        ("step", np.zeros(5), ValueError, "states holds 0"),
    ],
)
def test_cues_that_do_not_fit_are_named(method, given_as, error, words):
    net = el.Hopfield.store(np.ones((1, 5)))
    keywords = {} if method == "step" else {"rng": 1}
    with pytest.raises(error, match=words):
        getattr(net, method)(given_as, **keywords)


@pytest.mark.parametrize("method", ["recall", "recall_many"])
def test_seeds_and_limits_that_are_none_are_named(method):
    net = el.Hopfield.store(np.ones((1, 5)))
    cue = np.ones(5) if method == "recall" else np.ones((1, 5))
    call = getattr(net, method)
    with pytest.raises(TypeError, match="rng is None; give an integer seed"):
        call(cue, rng=None)
    with pytest.raises(TypeError, match="rng"):
        call(cue)
    with pytest.raises(ValueError, match="max_sweeps is 0; give a whole number, 1 or more"):
        call(cue, rng=1, max_sweeps=0)
    with pytest.raises(TypeError, match=r"max_sweeps is 2\.5"):
        call(cue, rng=1, max_sweeps=2.5)
    with pytest.raises(TypeError, match="rng is None"):
        net.shuffled(rng=None)


@pytest.mark.parametrize(
    ("load", "error", "words"),
    [
        (-0.1, ValueError, "load is -0.1; give .* 0 or more"),
        (float("nan"), ValueError, "load is nan"),
        ([0.1, -1], ValueError, r"load is \[0.1, -1\]"),
        ("0.1", TypeError, "load is '0.1'"),
        (None, TypeError, "load is None"),
        (True, TypeError, "load is True"),
    ],
)
def test_loads_without_a_theory_are_named(load, error, words):
    with pytest.raises(error, match=words):
        el.ags_overlap(load)
