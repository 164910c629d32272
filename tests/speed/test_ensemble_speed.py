"""Recall, an event and a day of the ensemble against the same lines in Python.

Run by hand: pytest tests/speed -m speed -n 0.
"""

import statistics

import numpy as np
import plasticity_oracles as oracles
import pytest
from speed_tools import ratio, seconds

import engramlab as el
from engramlab.ensemble import _ensemble

pytestmark = pytest.mark.speed

KERNELS = ("add_drives", "settle", "change_inputs", "change_output", "drift", "advance")
BOX, OTHER = el.random_contexts(2, rng=1)
SHOCKED = el.Ensemble.build(rng=2).encode(BOX, shock=True, rng=3)[0]
CALLS = {
    "recall": lambda: SHOCKED.recall(BOX),
    "encode": lambda: SHOCKED.encode(OTHER, shock=True, rng=np.random.default_rng(4))[0],
    "a day": lambda: SHOCKED.advance(24, rng=np.random.default_rng(4)),
}


@pytest.mark.parametrize("name", CALLS)
def test_an_ensemble_of_400_cells(name, capsys, monkeypatch):
    """The aim is 0.5 ms each at 400 cells and 400 inputs; printed, not asserted."""
    call = CALLS[name]

    def in_python():
        with monkeypatch.context() as patch:
            for kernel in KERNELS:
                patch.setattr(_ensemble, kernel, oracles.plain(getattr(_ensemble, kernel)))
            call()

    found = ratio(in_python, call, rounds=3, calls=3)
    took_ms = 1e3 * statistics.median(seconds(call) for _ in range(50))
    with capsys.disabled():
        print(f"\n  {name} at 400 x 400: {took_ms:.2f} ms, {found:.0f}x the same lines in Python")
    assert found >= 10
