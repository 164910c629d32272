"""Oja E (1982) J Math Biol 15:267-273, 10.1007/BF00275687.

Hebb's rule with a decay by the square of the output finds the first principal component.
"""

import numpy as np
import pytest

import engramlab as el


def inputs(seed, n_inputs=5, n_steps=20_000):
    """Correlated inputs of mean 0."""
    rng = np.random.default_rng(seed)
    mixing = rng.standard_normal((n_inputs, n_inputs)) / np.sqrt(n_inputs)
    mixing[0] *= 3  # one direction stands out
    return rng.standard_normal((n_steps, n_inputs)) @ mixing


@pytest.mark.parametrize("seed", range(6))
def test_the_weights_end_as_the_first_principal_component(seed):
    data = inputs(seed)
    start = np.random.default_rng(seed + 100).standard_normal(5) * 0.3
    run = el.Oja(weights=start, eta=1e-3).learn(data)
    first = np.linalg.eigh(np.cov(data.T))[1][:, -1]
    assert run.lengths[-1] == pytest.approx(1, abs=0.02)
    assert abs(run.cell.weights @ first) / run.lengths[-1] > 0.99
    assert not run.ran_away


def test_control_without_the_decay_the_weights_run_away():
    run = el.Oja(weights=np.full(5, 0.1), eta=1e-3, decay=0.0).learn(inputs(1))
    assert run.ran_away
    assert (np.diff(run.lengths[-100:]) >= 0).all()
