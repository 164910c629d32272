"""The ensemble: frozen values, a clock that only `advance` moves, and each treatment."""

from dataclasses import FrozenInstanceError, fields, replace

import numpy as np
import pytest

import engramlab as el
from engramlab.ensemble import COURSE, TUNED, WEAK, EnsembleConstants

STILL = COURSE._replace(sd_excitability=0.0)
BOX, OTHER = el.random_contexts(2, rng=1)
START = el.Ensemble.build(rng=2)
SHOCKED, ENGRAM = START.encode(BOX, shock=True, rng=3)
LATER = SHOCKED.advance(24, rng=4)
SYNAPSES = ("baseline", "early", "late", "protein", "contacts", "out_early", "out_late")


def same(one, other, names=None):
    """Whether two ensembles hold the same numbers."""
    names = names or [field.name for field in fields(one)]
    pairs = [(getattr(one, name), getattr(other, name)) for name in names]
    return all(np.array_equal(a, b) if isinstance(a, np.ndarray) else a == b for a, b in pairs)


def copied(ensemble):
    """A copy that shares no array."""
    arrays = {
        field.name: getattr(ensemble, field.name).copy()
        for field in fields(ensemble)
        if isinstance(getattr(ensemble, field.name), np.ndarray)
    }
    return replace(ensemble, **arrays)


CHANGES = {
    "encode": lambda e: e.encode(OTHER, shock=True, light=ENGRAM, rng=5)[0],
    "advance": lambda e: e.advance(5, rng=5),
    "creb": lambda e: e.overexpress_creb(0.2, rng=5),
    "lower": lambda e: e.lower_excitability(0.2, rng=5),
    "excite": lambda e: e.excite(ENGRAM, 0.4),
    "ablate": lambda e: e.ablate(ENGRAM),
    "novelty": lambda e: e.novelty(),
    "remodel": lambda e: e.remodel(0.1, rng=5),
    "depress": lambda e: e.depress(ENGRAM),
    "potentiate": lambda e: e.potentiate(ENGRAM, 0.5),
    "coreactivate": lambda e: e.coreactivate([ENGRAM], rng=5),
    "constants": lambda e: e.with_constants(bump=0.1),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_gives_a_new_value_and_leaves_the_old_one(name):
    before = copied(LATER)
    after = CHANGES[name](LATER)
    assert same(LATER, before)
    assert not same(LATER, after)
    assert type(after) is el.Ensemble
    assert same(after, CHANGES[name](LATER))  # the same seed, the same numbers
    assert (after.at_hours == before.at_hours) is (name != "advance")


def test_a_value_is_frozen():
    with pytest.raises(FrozenInstanceError):
        START.at_hours = 3.0
    with pytest.raises(FrozenInstanceError):
        LATER.recall(BOX).drive = 3.0


def test_recall_learns_nothing_and_gives_the_same_twice():
    before = copied(LATER)
    one, two = (LATER.recall(BOX, light=ENGRAM, inhibition=9) for _ in range(2))
    assert same(LATER, before)
    assert same(one, two)


def test_a_cell_has_the_same_total_weight_and_a_context_drives_it_by_one():
    assert START.baseline.sum(axis=1) == pytest.approx(400 / 30, rel=1e-5)
    assert (START.baseline > 0).mean() == pytest.approx(0.5, abs=0.01)
    means = [START.recall(box).cell_drive.mean() for box in el.random_contexts(20, rng=1)]
    assert np.mean(means) == pytest.approx(1.0, abs=0.03)
    flat = el.Ensemble.build(constants=STILL, rng=1).recall(BOX).cell_drive
    assert flat.std() == pytest.approx(0.21, abs=0.03)
    assert not START.contacts.any()


def test_what_a_recall_says_hangs_together():
    found = LATER.recall(BOX)
    assert np.array_equal(found.active, el.allocate(found.cell_drive, COURSE.inhibition))
    assert found.threshold == COURSE.inhibition * found.active.mean()
    assert found.drive == pytest.approx(LATER.out_weight[found.active].sum() / (0.5 * 40))
    assert found.recall_index == pytest.approx(1 / (1 + np.exp(-(found.drive - 0.8) / 0.1)))
    assert found.reactivated(ENGRAM) == (found.active & ENGRAM).sum() / ENGRAM.sum()
    assert LATER.recall(BOX, inhibition=COURSE.inhibition).drive == found.drive


def test_an_event_changes_only_what_it_should():
    neutral, engram = START.encode(BOX, rng=3)
    assert np.array_equal(engram, ENGRAM)  # the shock does not choose the cells
    assert same(neutral, START.encode(BOX, rng=99)[0])  # nothing is drawn without a shock
    assert not neutral.contacts.any()
    assert (neutral.early[~engram] == 0).all()
    there = neutral.baseline[engram] > 0
    assert (neutral.early[engram][there & BOX] == 1).all()
    assert neutral.early[engram][there & ~BOX] == pytest.approx(-0.025)
    assert (neutral.early[engram][~there] == 0).all()
    assert neutral.excitability - START.excitability == pytest.approx(0.8 * engram)
    assert not (SHOCKED.contacts & ~ENGRAM).any()
    assert 0.2 < SHOCKED.contacts[ENGRAM].mean() < 0.8
    assert (SHOCKED.out_early[SHOCKED.contacts] == 1).all()
    assert (SHOCKED.out_early[~SHOCKED.contacts] == 0).all()
    weak, _ = START.encode(BOX, shock=True, strength=WEAK, rng=3)
    assert weak.out_early.max() == pytest.approx(0.43)
    assert np.array_equal(weak.contacts, SHOCKED.contacts)


def test_half_of_the_cells_get_a_contact():
    formed = [START.encode(BOX, shock=True, rng=k)[0].contacts[ENGRAM].mean() for k in range(60)]
    assert np.mean(formed) == pytest.approx(0.5, abs=0.04)


def test_without_drift_two_advances_are_one():
    shocked, _ = el.Ensemble.build(constants=STILL, rng=1).encode(BOX, shock=True, rng=3)
    for first, second in ((1.0, 23.0), (0.3, 0.4), (2.0, 0.0), (5.0, 1000.0)):
        at_once = shocked.advance(first + second, rng=1)
        in_steps = shocked.advance(first, rng=1).advance(second, rng=2)
        for name in (*SYNAPSES, "out_protein", "at_hours"):
            assert getattr(in_steps, name) == pytest.approx(getattr(at_once, name), abs=2e-6)
        assert in_steps.excitability == pytest.approx(at_once.excitability, abs=1e-12)
    assert same(shocked.advance(0, rng=1), shocked)


def test_excitability_keeps_its_spread_and_a_bump_fades():
    later = [SHOCKED.advance(7, rng=k).excitability for k in range(40)]
    mean, spread = np.mean(later, axis=0), np.std(later, axis=0)
    assert mean == pytest.approx(SHOCKED.excitability / np.e, abs=0.15)
    assert spread.mean() == pytest.approx(0.2 * np.sqrt(1 - np.exp(-2)), abs=0.01)
    assert START.advance(1000, rng=1).excitability.std() == pytest.approx(0.2, abs=0.02)


def test_the_read_out_and_each_cell_follow_the_slice():
    """One strong event on one synapse: the same late part as lesson 03's pathway."""
    pathway = el.Slice.rest().potentiate(0, 1.0).advance(24)
    assert LATER.out_late[SHOCKED.contacts] == pytest.approx(pathway.late[0], abs=1e-6)
    there = (LATER.baseline > 0)[np.ix_(ENGRAM, BOX)]
    assert LATER.late[np.ix_(ENGRAM, BOX)][there] == pytest.approx(pathway.late[0], abs=1e-6)


def test_a_drug_keeps_contacts_and_takes_the_late_part():
    drugged = SHOCKED.advance(24, protein_synthesis=False, rng=4)
    assert (drugged.late == 0).all()
    assert (drugged.out_late == 0).all()
    assert np.array_equal(drugged.contacts, SHOCKED.contacts)


def test_light_silence_and_ablation():
    some = np.arange(400) < 40
    lit = START.recall(BOX, light=some)
    assert lit.active[some].all()
    assert lit.cell_drive - START.recall(BOX).cell_drive == pytest.approx(3.0 * some)
    dark = LATER.recall(BOX, silence=ENGRAM)
    assert dark.drive == 0
    assert not (dark.active & ENGRAM).any()
    assert not (LATER.recall(BOX, light=ENGRAM, silence=ENGRAM).active & ENGRAM).any()
    gone = LATER.ablate(ENGRAM)
    assert np.array_equal(gone.recall(BOX).active, dark.active)
    assert not (gone.recall(BOX, light=ENGRAM).active & ENGRAM).any()
    assert np.array_equal(gone.ablate(some).alive, ~ENGRAM & ~some)
    _, written = START.encode(OTHER, light=some, rng=1)
    assert written[some].all()
    _, other = START.encode(BOX, silence=ENGRAM, rng=1)
    assert not (other & ENGRAM).any()
    assert other.any()


def test_treatments_of_excitability():
    treated = START.overexpress_creb(0.15, rng=1)
    assert treated.creb.sum() == 60
    assert not treated.lowered.any()
    assert treated.recall(BOX).cell_drive - START.recall(BOX).cell_drive == pytest.approx(
        0.3 * treated.creb
    )
    assert START.lower_excitability(0.15, rng=1).lowered.sum() == 60
    assert START.overexpress_creb(1, rng=1).creb.all()
    assert not START.overexpress_creb(0, rng=1).creb.any()
    assert np.array_equal(treated.advance(500, rng=1).creb, treated.creb)  # it lasts
    stronger = START.with_constants(creb=0.6).overexpress_creb(0.15, rng=1)
    assert stronger.virus.max() == 0.6
    assert START.excite(ENGRAM, -0.4).excitability - START.excitability == pytest.approx(
        -0.4 * ENGRAM
    )


def test_novelty_makes_a_weak_event_last():
    weak = START.encode(BOX, shock=True, strength=WEAK, rng=3)[0]
    assert weak.advance(24, rng=1).out_late.max() == 0
    helped = weak.novelty().advance(24, rng=1)
    assert helped.out_late[helped.contacts].min() > 0.5
    assert helped.late.max() > 0.5


def test_remodelling_moves_contacts_of_each_cell():
    moved = LATER.remodel(0.1, rng=1)
    before, after = LATER.baseline > 0, moved.baseline > 0
    n_moved = (before & ~after).sum(axis=1)
    assert np.array_equal(after.sum(axis=1), before.sum(axis=1))
    assert np.array_equal(n_moved, np.round(0.1 * before.sum(axis=1)))
    assert np.array_equal(np.sort(moved.baseline, axis=1), np.sort(LATER.baseline, axis=1))
    assert (moved.late[after & ~before] == 0).all()
    assert (moved.late[~after] == 0).all()
    kept = before & after
    assert np.array_equal(moved.late[kept], LATER.late[kept])
    assert np.array_equal(moved.contacts, LATER.contacts)
    assert same(LATER.remodel(0, rng=1), LATER)
    assert moved.recall(OTHER, light=ENGRAM).drive == pytest.approx(
        LATER.recall(OTHER, light=ENGRAM).drive, abs=0.15
    )


def test_bouts_on_the_output_touch_its_contacts_alone():
    down, up = LATER.depress(ENGRAM), LATER.potentiate(ENGRAM, 0.5)
    assert (down.out_early[LATER.contacts] == -1).all()
    assert up.out_early[LATER.contacts] == pytest.approx(0.5, abs=1e-4)
    for after in (down, up):
        assert np.array_equal(after.contacts, LATER.contacts)
        assert (after.out_early[~LATER.contacts] == 0).all()
        assert same(after, LATER, ("early", "late", "excitability", "out_late"))
    assert same(LATER.depress(~ENGRAM), LATER)
    assert same(LATER.ablate(ENGRAM).depress(ENGRAM), LATER.ablate(ENGRAM))


def test_labels_fall_on_part_of_an_engram_and_a_few_others():
    labels = np.array([START.label(ENGRAM, rng=k) for k in range(100)])
    assert labels[:, ENGRAM].mean() == pytest.approx(0.5, abs=0.03)
    assert labels[:, ~ENGRAM].mean() == pytest.approx(0.05, abs=0.01)
    assert np.array_equal(START.label(ENGRAM, efficiency=1, background=0, rng=1), ENGRAM)
    dead = START.ablate(ENGRAM).label(ENGRAM, efficiency=1, background=1, rng=1)
    assert np.array_equal(dead, ~ENGRAM)


OTHERS = ~ENGRAM & (np.arange(400) < 80)


def test_an_offline_bout_takes_a_part_of_the_engrams():
    bouts = [SHOCKED.coreactivate([ENGRAM, OTHERS], rng=k) for k in range(50)]
    fired = np.array([bout.excitability > SHOCKED.excitability for bout in bouts])
    assert not (fired & ~(ENGRAM | OTHERS)).any()
    for cells in (ENGRAM, OTHERS):
        assert fired[:, cells].mean() == pytest.approx(0.3, abs=0.03)
    assert same(bouts[0], SHOCKED, ("early", "late", "alive"))
    everyone = START.with_constants(share_offline=1.0).coreactivate([ENGRAM], rng=1)
    assert np.array_equal(everyone.excitability > START.excitability, ENGRAM)


def test_a_bout_ties_its_cells_if_they_drive_the_read_out():
    """Half of those that fire get a contact; below the gate no cell does."""
    open_gate = SHOCKED.with_constants(gate_offline=0.0)
    bouts = [open_gate.coreactivate([ENGRAM, OTHERS], rng=k) for k in range(50)]
    formed = np.array([bout.contacts for bout in bouts])
    assert formed[:, OTHERS].mean() == pytest.approx(0.15, abs=0.03)
    tied = SHOCKED.coreactivate([ENGRAM, OTHERS], rng=1)
    assert (tied.contacts & OTHERS).any()
    closed = SHOCKED.with_constants(gate_offline=5.0).coreactivate([ENGRAM, OTHERS], rng=1)
    assert same(closed, SHOCKED, ("contacts", "out_early"))
    assert np.array_equal(closed.excitability, tied.excitability)
    assert not START.coreactivate([ENGRAM, OTHERS], rng=1).contacts.any()
    assert not SHOCKED.coreactivate([OTHERS], rng=1).contacts[OTHERS].any()
    dead = SHOCKED.ablate(ENGRAM).coreactivate([ENGRAM, OTHERS], rng=1)
    assert np.array_equal(dead.contacts, SHOCKED.contacts)


def test_the_order_of_cells_and_inputs_does_not_matter():
    rng = np.random.default_rng(1)
    cells, inputs = rng.permutation(400), rng.permutation(400)
    moved = replace(
        LATER,
        **{name: getattr(LATER, name)[np.ix_(cells, inputs)] for name in SYNAPSES[:3]},
        **{
            name: getattr(LATER, name)[cells]
            for name in ("protein", "excitability", "virus", "alive", *SYNAPSES[4:])
        },
    )
    straight, shuffled = LATER.recall(BOX), moved.recall(BOX[inputs])
    assert shuffled.cell_drive == pytest.approx(straight.cell_drive[cells], abs=1e-9)
    assert np.array_equal(shuffled.active, straight.active[cells])
    assert shuffled.drive == pytest.approx(straight.drive)


def test_constants_can_be_changed_and_are_named():
    assert START.constants == COURSE
    assert set(TUNED) <= set(EnsembleConstants._fields)
    looser = START.with_constants(inhibition=7.0)
    assert np.array_equal(looser.recall(BOX).active, START.recall(BOX, inhibition=7.0).active)
    small = el.Ensemble.build(
        constants=COURSE._replace(n_cells=50, n_inputs=80, n_active=10), rng=1
    )
    assert small.n_cells == 50
    assert small.encode(np.arange(80) < 10, rng=1)[1].size == 50
    assert repr(small) == (
        "Ensemble(50 cells, 80 inputs, 0 contacts with the read-out, at 0 hours)"
    )


def test_contexts_are_as_similar_as_asked():
    many = el.random_contexts(200, rng=1)
    assert (many.sum(axis=1) == 30).all()
    shared = many[::2] & many[1::2]
    assert shared.sum(axis=1).mean() == pytest.approx(30 * 30 / 400, abs=0.4)
    for similarity, n in ((0, 0), (0.2, 6), (0.5, 15), (0.9, 27), (1, 30)):
        other = el.similar_context(BOX, similarity, rng=2)
        assert (other & BOX).sum() == n
        assert other.sum() == 30


def test_as_many_others_are_others():
    others = el.as_many_others(ENGRAM, rng=1)
    assert others.sum() == ENGRAM.sum()
    assert not (others & ENGRAM).any()
    assert not np.array_equal(others, el.as_many_others(ENGRAM, rng=2))
    low = np.arange(400) < 200
    assert not (el.as_many_others(ENGRAM, among=low, rng=1) & ~low).any()
    drawn = np.mean([el.as_many_others(ENGRAM, rng=k) for k in range(400)], axis=0)
    expected = ENGRAM.sum() / (~ENGRAM).sum()
    assert drawn[~ENGRAM] == pytest.approx(expected, abs=0.08)
