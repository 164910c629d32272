"""The plasticity kernels against the same lines in Python, side by side.

Run by hand: pytest tests/speed -m speed -n 0.
"""

import numpy as np
import plasticity_oracles as oracles
import pytest
from speed_tools import ratio

import engramlab as el
from engramlab.kernels import capture
from engramlab.kernels.timing import TripletConstants, triplet_stdp

pytestmark = pytest.mark.speed


@pytest.fixture
def say(capsys):
    """Print past pytest's capture."""

    def printed(text):
        with capsys.disabled():
            print(f"\n  {text}", end="")

    return printed


def test_a_million_pairs_through_the_triplet_kernel(say):
    pre_ms, post_ms = el.pairing(50.0, 10.0, 1_000_000)
    rule = TripletConstants(5e-10, 6.2e-3, 7e-3, 2.3e-4, 16.8, 33.7, 101.0, 125.0, 1.0)
    plain = oracles.plain(triplet_stdp)
    assert triplet_stdp(pre_ms, post_ms, rule) == pytest.approx(plain(pre_ms, post_ms, rule))
    found = ratio(
        lambda: plain(pre_ms, post_ms, rule), lambda: triplet_stdp(pre_ms, post_ms, rule), rounds=3
    )
    say(f"triplet rule, 1e6 pairs: {found:.0f}x the same lines in Python")
    assert found >= 50


def test_a_day_of_tagging_and_capture_in_an_ensemble(say):
    """One jump of 24 h at 400 x 400, where one synapse in a hundred has a tag, against numpy."""
    rng = np.random.default_rng(1)
    early = (0.9 * rng.random((400, 400)) * (rng.random((400, 400)) < 0.01)).astype(np.float32)
    late, protein = np.zeros_like(early), np.zeros(400, dtype=np.float32)
    rule = capture.LUBOEINSKI_2021

    def ours():
        capture.advance(early.copy(), late.copy(), protein.copy(), 24.0, 1.0, rule)

    def numpy_in_closed_form():
        size = np.abs(early)
        made = np.maximum(rule.tau_early_hours * np.log(size.max(axis=1) / 0.5 + 1e-9), 0)
        full = 1 - np.exp(-made)
        with np.errstate(divide="ignore"):
            tag = np.clip(rule.tau_early_hours * np.log(size / 0.2), 0, 24)
        up = np.minimum(tag, made[:, None])
        total = up + np.expm1(-up) - full[:, None] * np.expm1(-np.maximum(tag - up, 0))
        goal = np.where(early > 0, 1.0, -0.5)
        return goal - (goal - late) * np.exp(-total), early * np.exp(-24 / rule.tau_early_hours)

    after = early.copy(), late.copy(), protein.copy()
    capture.advance(*after, 24.0, 1.0, rule)
    tagged = np.abs(early) > 0.2
    assert np.abs(numpy_in_closed_form()[0] - after[1])[tagged].max() < 1e-5
    found = ratio(numpy_in_closed_form, ours, rounds=5, calls=5)
    say(f"tagging and capture, 24 h at 400 x 400: {found:.0f}x the closed form in numpy")
    assert found >= 2
