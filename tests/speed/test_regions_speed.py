"""A month of consolidation, timed, and its kernel against the same lines in Python.

Run by hand: pytest tests/speed -m speed -n 0.
"""

import statistics

import numpy as np
import plasticity_oracles as oracles
import pytest
from speed_tools import ratio, seconds

import engramlab as el
from engramlab.kernels.regions import learn_from_replay

pytestmark = pytest.mark.speed


@pytest.fixture
def say(capsys):
    """Print past pytest's capture."""

    def printed(text):
        with capsys.disabled():
            print(f"\n  {text}", end="")

    return printed


def test_a_month_of_two_regions(say):
    """Printed, not asserted: the aim is 0.3 s at 500 cells a region."""
    start = el.TwoRegions.build(rng=1).encode(el.random_contexts(1, rng=2)[0], rng=3)
    start.advance(24, rng=4)
    times = [seconds(lambda: start.advance(28 * 24, rng=4)) for _ in range(5)]
    say(f"28 days, 3 replays a night, 500 cells a region: {statistics.median(times):.2f} s")


def test_learning_from_replay(say):
    """One replay at 500 x 400, 50 cells active."""
    rng = np.random.default_rng(1)
    baseline = rng.random((500, 400)).astype(np.float32)
    context, active = rng.random(400) < 0.075, rng.random(500) < 0.1
    eta, contacts = rng.random(500), rng.random(500) < 0.5
    early, out_early = np.zeros_like(baseline), np.zeros(500, dtype=np.float32)

    def ours(kernel=learn_from_replay):
        kernel(baseline, context, active, eta, 0.05, contacts, early, out_early)

    found = ratio(lambda: ours(oracles.plain(learn_from_replay)), ours, rounds=3, calls=3)
    say(f"learning from one replay at 500 x 400: {found:.0f}x the same lines in Python")
    assert found >= 20
