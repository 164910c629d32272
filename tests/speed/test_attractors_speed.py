"""Recall against batched numpy, the matrix product and other packages, side by side.

Run by hand: pytest tests/speed -m speed -n 0. For a fair BLAS unset OPENBLAS_CORETYPE and
OPENBLAS_L2_SIZE in that command. The packages hopfieldnetwork and neurodynex3 are compared where
they are installed.
"""

import dataclasses
import os
import subprocess
import sys
from functools import partial

import numpy as np
import oracles
import pytest
import sweep_runs
from speed_tools import blas, ratio, seconds

import engramlab as el
from engramlab._blas import one_thread
from engramlab.kernels import attractors as kernels

pytestmark = pytest.mark.speed


@pytest.fixture
def say(capsys):
    """Print past pytest's capture."""

    def printed(text):
        with capsys.disabled():
            print(f"\n  {text}", end="")

    return printed


def network(n_neurons, n_patterns, n_cues=100):
    """A network and cues with 10 % of the units flipped."""
    patterns = el.random_patterns(n_patterns, n_neurons=n_neurons, rng=1)
    chosen = np.random.default_rng(2).integers(0, n_patterns, n_cues)
    return el.Hopfield.store(patterns), el.corrupt(patterns[chosen], 0.1, rng=3)


@pytest.mark.parametrize("n_neurons", [1000, 4000, 8000])
def test_asynchronous_recall_against_numpy_batched_over_cues(n_neurons, say):
    net, cues = network(n_neurons, round(0.08 * n_neurons))

    def peer():
        with one_thread():
            return oracles.recall_batched(net.couplings, cues, np.random.default_rng(4))

    assert np.array_equal(peer(), net.recall_many(cues, rng=4).final)
    found = ratio(peer, lambda: net.recall_many(cues, rng=4), rounds=5 if n_neurons < 8000 else 3)
    say(f"asynchronous, exact, 100 cues, N={n_neurons}: {found:.1f}x batched numpy ({blas()})")
    assert found >= 8


@pytest.mark.parametrize("n_neurons", [1000, 2000, 4000])
def test_synchronous_dense_step_against_the_bare_matrix_product(n_neurons, say):
    net, cues = network(n_neurons, n_neurons // 20)
    dense = dataclasses.replace(net, rule="given")
    units = cues.astype(np.float32)
    fields = np.empty_like(units)

    def product():
        with one_thread():
            np.matmul(units, net.couplings, out=fields)

    share = ratio(product, lambda: dense.step(cues), rounds=9, calls=5)
    numpy = ratio(lambda: oracles.step(net.couplings, cues), lambda: dense.step(cues), calls=5)
    say(f"synchronous, dense, N={n_neurons}: {share:.0%} of SGEMM, {numpy:.2f}x numpy ({blas()})")
    assert share >= 0.70


@pytest.mark.parametrize(("n_neurons", "n_patterns"), [(1000, 20), (2000, 50), (4000, 100)])
def test_synchronous_low_rank_step_against_batched_numpy(n_neurons, n_patterns, say):
    net, cues = network(n_neurons, n_patterns)

    def peer():
        with one_thread():
            return oracles.step(net.couplings, cues)

    assert np.array_equal(peer(), net.step(cues))
    found = ratio(peer, lambda: net.step(cues), calls=5)
    say(f"synchronous, low rank, N={n_neurons}, P={n_patterns}: {found:.1f}x batched numpy")
    assert found >= 5


def test_the_compiled_pass_against_the_same_lines_in_python(say):
    net, cues = network(400, 30)

    def run(kernel):
        state = cues[0].copy()
        fields = (net.couplings @ state.astype(np.float32)).astype(np.float32)
        order, flipped = np.random.default_rng(1).permutation(400), np.empty(400, dtype=np.int64)
        kernel(net.couplings, order, state, fields, flipped)
        return state

    python = partial(run, kernels.update_all.py_func)
    compiled = partial(run, kernels.update_all)
    assert np.array_equal(python(), compiled())
    found = ratio(python, compiled, calls=3)
    say(f"compiled pass, N=400: {found:.0f}x the same lines in Python")
    assert found >= 20


def test_recall_against_hopfieldnetwork(say):
    package = pytest.importorskip("hopfieldnetwork")
    net, cues = network(1000, 50, n_cues=10)
    theirs = package.HopfieldNetwork(N=1000)
    theirs.w[:] = net.weights

    def peer():
        ends = []
        for cue in cues:
            theirs.set_initial_neurons_state(cue.copy())
            theirs.update_neurons(0, "async", run_max=True)
            ends.append(theirs.S)
        return np.array(ends)

    assert np.array_equal(peer(), net.recall_many(cues, rng=1).final)  # both find the memories
    found = ratio(peer, lambda: net.recall_many(cues, rng=1), calls=1)
    say(f"asynchronous, 10 cues, N=1000: {found:.0f}x hopfieldnetwork")
    assert found >= 8


def test_recall_against_neurodynex3(say):
    package = pytest.importorskip("neurodynex3.hopfield_network.network")
    net, cues = network(1000, 50, n_cues=10)
    theirs = package.HopfieldNetwork(1000)
    theirs.weights = net.weights
    theirs.set_dynamics_sign_async()

    def peer():
        ends = []
        for cue in cues:
            theirs.set_state_from_pattern(cue)
            theirs.run(nr_steps=2)  # it has no stopping rule; two sweeps are what the cues need
            ends.append(theirs.state)
        return np.array(ends)

    assert np.array_equal(peer(), net.recall_many(cues, rng=1).final)
    found = ratio(peer, lambda: net.recall_many(cues, rng=1), calls=1)
    say(f"asynchronous, 10 cues, N=1000: {found:.0f}x neurodynex3")
    assert found >= 8


@pytest.mark.skipif(
    hasattr(os, "getloadavg") and os.getloadavg()[0] > 1, reason="two workers need two quiet cores"
)
def test_two_workers_against_one(say):
    def runs(n_jobs):
        el.sweep(
            sweep_runs.recalled,
            seeds=40,
            grid={"load": [0.12], "n_neurons": [2000]},
            n_jobs=n_jobs,
            progress=False,
        )

    found = ratio(partial(runs, 1), partial(runs, 2))
    say(f"sweep of 40 runs at N=2000 with two threads: {found:.2f}x one")
    assert found >= 1.3


def test_the_second_start_is_mostly_that_of_numba(say):
    first = "import engramlab as el; el.Hopfield.store([[1, 1, -1]]).recall([1, 1, 1], rng=1)"

    def start(code):
        return lambda: subprocess.run([sys.executable, "-c", code], check=True)

    found = 1 / ratio(start("import numba"), start(first))
    say(f"start to first recall: {found:.2f}x `import numba` ({seconds(start(first)):.2f} s)")
    assert found <= 2.5
