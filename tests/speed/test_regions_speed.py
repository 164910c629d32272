"""A month of consolidation, timed; its kernels are those of the ensemble.

Run by hand: pytest tests/speed -m speed -n 0.
"""

import statistics

import pytest
from speed_tools import seconds

import engramlab as el

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
