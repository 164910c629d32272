"""The ensemble kernels against their twins and their laws.

The tests named oracle also run with NUMBA_DISABLE_JIT=1.
"""

import ensemble_oracles as oracles
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from strategies import seeds, shares

import engramlab as el
from engramlab.kernels import ensemble as kernels

levels = st.floats(-3, 6, width=32)
row_of = st.integers(1, 30)
rows = row_of.flatmap(lambda n: hnp.arrays(np.float64, n, elements=levels))
tied = row_of.flatmap(lambda n: hnp.arrays(np.float64, n, elements=st.integers(-2, 4)))
gains = st.sampled_from([0.0, 0.5, 1.0, 2.0, 5.0, 14.0])


def synapses(seed, shape=(6, 9)):
    """Weights with gaps, parts from their lower to their upper bound, and masks."""
    rng = np.random.default_rng(seed)
    baseline = rng.random(shape) * (rng.random(shape) < 0.6)
    early, late = rng.uniform(-1, 1, shape), rng.uniform(-0.5, 1, shape)
    parts = [array.astype(np.float32) for array in (baseline, early, late)]
    return [*parts, rng.random(shape[1]) < 0.4, rng.random(shape[0]) < 0.5]


@given(seeds)
def test_oracle_drives(seed):
    baseline, early, late, context, _ = synapses(seed)
    start = np.random.default_rng(seed).standard_normal(len(baseline))
    drive = start.copy()
    kernels.add_drives(baseline, early, late, np.flatnonzero(context), drive)
    assert drive == pytest.approx(oracles.drives(baseline, early, late, context, start), abs=1e-12)


@given(st.one_of(rows, tied), gains)
def test_oracle_settle(drive, inhibition):
    active = np.ones(drive.size, dtype=bool)
    threshold = kernels.settle(drive, inhibition, active)
    assert np.array_equal(active, oracles.allocate(drive, inhibition))
    assert threshold == inhibition * active.sum() / drive.size


@given(st.one_of(rows, tied), shares)
def test_oracle_win(drive, share):
    k, active = round(share * drive.size), np.ones(drive.size, dtype=bool)
    kernels.win(drive, k, active)
    assert np.array_equal(active, oracles.strongest(drive, k))


def each_cell(seed, n):
    """How far each of n cells learns: from not at all to the whole way."""
    return np.random.default_rng([seed, n]).choice([0.0, 0.15, 0.5, 1.0], n)


@given(seeds, shares)
def test_oracle_change_inputs(seed, eta_off):
    """The order of the cells is none of its business."""
    baseline, early, _, context, active = synapses(seed)
    eta, mixed = each_cell(seed, 6), early[::-1].copy()
    kernels.change_inputs(
        baseline[::-1].copy(), context, active[::-1].copy(), eta[::-1].copy(), eta_off, mixed
    )
    twin = oracles.change_inputs(baseline, context, active, eta, eta_off, early.astype(float))
    kernels.change_inputs(baseline, context, active, eta, eta_off, early)
    assert early == pytest.approx(twin, abs=1e-6)
    assert np.abs(early).max() <= 1
    assert np.array_equal(mixed[::-1], early)


@given(seeds)
def test_oracle_change_output(seed):
    rng, eta = np.random.default_rng(seed), each_cell(seed, 12)
    active, grows, contacts = (rng.random(12) < 0.5 for _ in range(3))
    early = (contacts * rng.uniform(-1, 1, 12)).astype(np.float32)
    after, twin = oracles.change_output(active, grows, eta, contacts, early.astype(float))
    kernels.change_output(active, grows, eta, contacts, early)
    assert np.array_equal(contacts, after)
    assert early == pytest.approx(twin, abs=1e-6)


@given(seeds, st.floats(0, 200), st.floats(0, 200))
def test_oracle_drift(seed, first, second):
    rng = np.random.default_rng(seed)
    start, noise = rng.standard_normal((2, 5))
    after = start.copy()
    kernels.drift(noise, first, 7.0, 0.2, after)
    kept = np.exp(-first / 7.0)
    assert after == pytest.approx(kept * start + 0.2 * np.sqrt(1 - kept**2) * noise, abs=1e-7)
    # Without noise two steps are one.
    at_once, in_steps = start.copy(), start.copy()
    kernels.drift(noise, first + second, 7.0, 0.0, at_once)
    kernels.drift(noise, first, 7.0, 0.0, in_steps)
    kernels.drift(noise, second, 7.0, 0.0, in_steps)
    assert in_steps == pytest.approx(at_once, abs=1e-12)


@given(seeds, shares)
def test_oracle_move_contacts(seed, share):
    baseline, early, late, _, _ = synapses(seed)
    there = baseline > 0
    early, late = early * there, late * there
    moves = np.minimum((share * there.sum(axis=1)).astype(np.int64), (~there).sum(axis=1))
    picks = np.random.default_rng(seed).random((len(baseline), 2, int(moves.max())))
    twin = oracles.move_contacts(moves, picks, baseline, early, late)
    kernels.move_contacts(moves, picks, baseline, early, late)
    for array, expected in zip((baseline, early, late), twin, strict=True):
        assert np.array_equal(array, expected)
    assert np.array_equal((there & (baseline == 0)).sum(axis=1), moves)


def test_every_contact_is_as_likely_to_move_and_every_gap_to_be_filled():
    there = np.arange(8) < 5
    picks = np.random.default_rng(1).random((4000, 2, 2))
    baseline = np.tile(there, (4000, 1)).astype(np.float32)
    part = np.zeros_like(baseline)
    kernels.move_contacts(np.full(4000, 2), picks, baseline, part, part.copy())
    kept = (baseline > 0).mean(axis=0)
    assert kept[there] == pytest.approx(3 / 5, abs=0.03)
    assert kept[~there] == pytest.approx(2 / 3, abs=0.03)


@given(rows, gains)
def test_the_threshold_fits_the_cells_that_pass_it(drive, inhibition):
    """All winners are above it, and one more cell would raise it above that cell's own drive."""
    active = el.allocate(drive, inhibition)
    k, n = int(active.sum()), drive.size
    assert (drive[active] > inhibition * k / n).all()
    if k < n:
        assert drive[~active].max() <= inhibition * (k + 1) / n
        assert k == 0 or drive[~active].max() <= drive[active].min()


@given(rows, gains, seeds)
def test_the_order_of_cells_does_not_matter(drive, inhibition, seed):
    drive = np.unique(drive)  # equal drives go by index, so that their order does matter
    order = np.random.default_rng(seed).permutation(drive.size)
    assert np.array_equal(
        el.allocate(drive[order], inhibition), el.allocate(drive, inhibition)[order]
    )
    k = drive.size // 2
    assert np.array_equal(el.winners(drive[order], k), el.winners(drive, k)[order])


def test_of_equal_cells_the_lowest_index_wins():
    equal = np.full(50, 1.5)
    assert np.flatnonzero(el.allocate(equal, 10.0)).tolist() == list(range(7))  # 10 x 8/50 > 1.5
    assert np.flatnonzero(el.winners(equal, 3)).tolist() == [0, 1, 2]
    assert np.flatnonzero(el.winners([1.0, 2.0, 1.0, 2.0], 3)).tolist() == [0, 1, 3]


@given(rows, gains)
def test_more_inhibition_never_adds_a_cell(drive, inhibition):
    few, many = el.allocate(drive, inhibition + 1), el.allocate(drive, inhibition)
    assert not (few & ~many).any()


def test_without_inhibition_every_driven_cell_wins():
    assert el.allocate([0.1, 0.0, -1.0, 3.0], 0).tolist() == [True, False, False, True]
