"""Hippocampus and cortex: the clock, replay, recall with a region off, and what is refused."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import engramlab as el
from engramlab.ensemble import COURSE, HYPOTHESES, REGIONS, RegionConstants, _regions

SMALL = REGIONS._replace(n_cells=100)
BOX, OTHER = el.random_contexts(2, rng=1)


def learned(hypothesis="decays", constants=SMALL, rng=2):
    start = el.TwoRegions.build(hypothesis=hypothesis, constants=constants, rng=rng)
    return start.encode(BOX, rng=3)


@pytest.fixture(scope="module")
def brain():
    """A small pair of regions just after a shock in BOX."""
    return learned()


@pytest.fixture
def replays(monkeypatch):
    """The hours at which the cortex learned from a replay."""
    at_hours, plain = [], _regions.TwoRegions.replay

    def counted(self, **settings):
        at_hours.append(round(self.at_hours, 6))
        return plain(self, **settings)

    monkeypatch.setattr(_regions.TwoRegions, "replay", counted)
    return at_hours


def arrays(brain):
    """Every array of both regions, or of one, to see whether any has changed."""
    both = hasattr(brain, "cortex")
    parts = (brain, brain.hippocampus, brain.cortex) if both else (brain,)
    names = [(part, field.name) for part in parts for field in dataclasses.fields(part)]
    values = [getattr(part, name) for part, name in names]
    return [value.copy() for value in values if isinstance(value, np.ndarray)]


def same(some, others):
    return all(np.array_equal(a, b) for a, b in zip(some, others, strict=True))


def test_encoding_leaves_an_engram_in_each_region_and_contacts_between_them(brain):
    assert 0.05 < brain.engram_hippocampus.mean() < 0.15
    assert 0.05 < brain.engram_cortex.mean() < 0.15
    pairs = np.outer(brain.engram_cortex, brain.engram_hippocampus)
    assert not (brain.contacts & ~pairs).any()
    assert 0.3 < brain.contacts[pairs].mean() < 0.7
    assert (brain.at_hours, brain.learned_at_hours, brain.age_hours) == (0, 0, 0)
    assert np.array_equal(brain.context, BOX)


def test_the_hippocampus_learns_at_once_and_the_cortex_a_little(brain):
    fast, slow = brain.hippocampus.early, brain.cortex.early
    assert fast.max() == 1
    assert slow.max() == pytest.approx(SMALL.eta_cortex)


def test_nothing_is_changed_in_place(brain):
    before = arrays(brain)
    brain.advance(40, rng=1)
    brain.replay(rng=1)
    brain.recall(BOX, light_cortex=brain.engram_cortex)
    el.generalisation_curve(brain, [0.5], rng=1)
    assert same(before, arrays(brain))


def test_the_same_seed_gives_the_same_month(brain):
    assert same(arrays(brain.advance(60, rng=7)), arrays(brain.advance(60, rng=7)))
    assert not same(arrays(brain.advance(60, rng=7)), arrays(brain.advance(60, rng=8)))


learned_once = learned()


@given(st.lists(st.integers(0, 300).map(lambda tenths: tenths / 10), max_size=12))
def test_nights_are_the_same_however_time_is_cut(cuts):
    """Three replays at 12 h, 36 h, ... after learning, in one step or in many."""
    seen, at, hour = [], learned_once, 0.0
    for cut in cuts:
        hour += cut
        seen += at._nights(hour)
        clock = dataclasses.replace(at.hippocampus, at_hours=hour)
        at = dataclasses.replace(at, hippocampus=clock)
    assert seen == learned_once._nights(sum(cuts))


def test_three_replays_each_night(brain, replays):
    brain.advance(11.9, rng=1)
    assert replays == []
    brain.advance(36, rng=1)
    assert replays == [12] * 3 + [36] * 3


def test_many_short_times_meet_each_night_once(brain, replays):
    later = brain
    for _ in range(480):
        later = later.advance(0.1, rng=1)
    assert replays == [12] * 3 + [36] * 3
    assert later.at_hours == pytest.approx(48)


def test_the_first_night_counts_from_learning_and_not_from_the_start(replays):
    start = el.TwoRegions.build(constants=SMALL, rng=1).advance(100, rng=1)
    assert replays == []
    start.encode(BOX, rng=1).advance(24, rng=1)
    assert replays == [112] * 3


def test_both_regions_keep_one_clock(brain):
    later = brain.advance(50, rng=1)
    assert later.at_hours == later.hippocampus.at_hours == later.cortex.at_hours == 50


def test_a_blocked_replay_changes_nothing_and_draws_as_much(brain):
    first, second = (np.random.default_rng(5) for _ in range(2))
    blocked = brain.replay(blocked=True, rng=first)
    assert same(arrays(blocked), arrays(brain))
    brain.replay(rng=second)
    assert first.random() == second.random()


def test_a_replay_teaches_the_cortex_and_only_it(brain):
    after = brain.replay(rng=1)
    for name in ("early", "late", "protein", "excitability", "out_early", "contacts"):
        old, new = (getattr(regions.hippocampus, name) for regions in (brain, after))
        assert np.array_equal(old, new)
    assert after.at_hours == brain.at_hours
    changed = after.cortex.early != brain.cortex.early
    taught = changed.any(axis=1)
    assert not (
        taught & (after.cortex.early[:, BOX] <= brain.cortex.early[:, BOX]).all(axis=1)
    ).any()
    # With the call from the hippocampus the cells that learn are those of the engram.
    assert (taught & brain.engram_cortex).sum() > 0.8 * taught.sum() > 0
    assert np.array_equal(after.cortex.contacts, brain.cortex.contacts)


def test_each_cell_learns_by_a_strength_of_its_own(brain):
    """Share of the way to the limit, over the synapses of a cell that the replay reached."""
    after = brain.replay(rng=1).cortex
    early, new = brain.cortex.early[:, BOX], after.early[:, BOX]
    rose = new > early
    share = np.where(rose, (new - early) / (1 - early), np.nan)
    taught = rose.any(axis=1)
    assert np.nanstd(share[taught], axis=1).max() < 1e-5
    strengths = np.nanmean(share[taught], axis=1)
    assert np.log(strengths).std() == pytest.approx(SMALL.spread_replay, abs=0.3)
    tied = taught & brain.cortex.contacts
    gained = after.out_early - brain.cortex.out_early
    assert np.array_equal(gained > 0, tied)


def test_control_without_the_call_the_context_comes_back_and_other_cells_learn():
    """`reach` 0: hippocampal cells fire, cortical cells learn, but it is chance which."""
    shares = []
    for reach in (1.0, 0.0):
        start = learned(constants=SMALL._replace(reach=reach)).advance(200, blocked=True, rng=4)
        after = start.replay(rng=1)
        taught = (after.cortex.early != start.cortex.early).any(axis=1)
        assert taught.any()
        shares.append((taught & start.engram_cortex).sum() / taught.sum())
    assert shares[0] > shares[1] + 0.2


def test_the_controls_of_replay_differ_in_the_context_alone():
    """Blocked, the cortex changes in nothing; out of reach, it learns in the same nights."""
    start = learned(constants=SMALL._replace(reach=0.0))
    blocked, context = (start.advance(36, blocked=how, rng=1) for how in (True, False))
    assert same(arrays(blocked.hippocampus), arrays(context.hippocampus))
    grown = context.cortex.early[:, BOX].sum() - blocked.cortex.early[:, BOX].sum()
    assert grown > 0


def test_drives_of_the_regions_add(brain):
    later = brain.advance(24, rng=1)
    both = later.recall(BOX)
    alone = [later.recall(BOX, off=place).drive for place in ("cortex", "hippocampus")]
    assert both.drive == pytest.approx(sum(alone))
    assert both.drive == both.hippocampus.drive + both.cortex.drive
    assert later.recall(BOX, off="cortex").cortex is None
    assert later.recall(BOX, off="hippocampus").hippocampus is None
    assert both.recall_index == pytest.approx(1 / (1 + np.exp(-(both.drive - 0.8) / 0.1)))


def test_light_drives_one_engram(brain):
    later = brain.advance(24, rng=1)
    lit = later.recall(OTHER, off="hippocampus", light_cortex=later.engram_cortex)
    assert lit.cortex.reactivated(later.engram_cortex) == 1
    assert lit.drive > later.recall(OTHER, off="hippocampus").drive + 0.3


def test_inhibition_falls_only_where_precision_is_lost():
    for hypothesis, at_the_end in zip(HYPOTHESES, (14, 9), strict=True):
        start = learned(hypothesis)
        assert start.inhibition_hippocampus == 14
        assert el.TwoRegions.build(hypothesis=hypothesis, rng=1).inhibition_hippocampus == 14
        middle = start.advance(14 * 24, rng=1)
        assert middle.inhibition_hippocampus == (14 + at_the_end) / 2
        assert middle.advance(30 * 24, rng=1).inhibition_hippocampus == at_the_end


def test_late_parts_fade_only_in_a_hippocampus_that_decays():
    kept = {}
    for hypothesis in HYPOTHESES:
        early, late = (learned(hypothesis).advance(24 * day, rng=1) for day in (1, 9))
        kept[hypothesis] = late.hippocampus.late.max() / early.hippocampus.late.max()
        assert late.cortex.late.max() >= early.cortex.late.max()
    assert kept["decays"] == pytest.approx(np.exp(-1), abs=0.02)
    assert kept["loses precision"] == 1


def test_a_course_reads_each_day():
    course = el.consolidation_course([1, 2.5], constants=SMALL, rng=1)
    assert course.days.tolist() == [1, 2.5]
    assert course.final.at_hours == 60
    for field in dataclasses.fields(course)[:-1]:
        assert getattr(course, field.name).shape == (2,)
    assert course.intact == pytest.approx(course.hippocampus_off + course.cortex_off)
    assert "at 60 hours" in repr(course.final)


def test_a_curve_has_one_row_for_each_similarity(brain):
    curve = el.generalisation_curve(brain.advance(24, rng=1), [0, 0.5, 1], n_contexts=4, rng=1)
    assert curve.shape == (3, 4)
    assert np.ptp(curve[2]) == 0
    assert (np.diff(curve.mean(axis=1)) > 0).all()


def test_no_replays_and_no_fidelity_are_allowed():
    for constants in (SMALL._replace(n_replays=0), SMALL._replace(fidelity=0.0)):
        start = learned(constants=constants)
        blocked = start.advance(30, blocked=True, rng=1)
        assert same(arrays(start.advance(30, rng=1)), arrays(blocked))


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda b: b.encode(OTHER, rng=1), ValueError, "one memory"),
        (lambda b: b.advance(-1, rng=1), ValueError, "hours is -1"),
        (lambda b: b.advance(float("nan"), rng=1), ValueError, "hours"),
        (lambda b: b.advance("1", rng=1), TypeError, "hours"),
        (lambda b: b.advance(1, blocked="no", rng=1), TypeError, "blocked"),
        (lambda b: b.replay(blocked=1, rng=1), TypeError, "blocked"),
        (lambda b: b.advance(1, rng=None), TypeError, "rng"),
        (lambda b: b.recall(BOX, off="amygdala"), ValueError, "'cortex'"),
        (lambda b: b.recall(BOX[:9]), ValueError, "9"),
        (lambda b: b.recall(BOX, light_cortex=[True]), ValueError, "light_cortex"),
        (
            lambda b: b.recall(BOX, off="cortex", light_cortex=b.engram_cortex),
            ValueError,
            "the cortex is off",
        ),
        (lambda b: el.generalisation_curve(b, [], rng=1), ValueError, "similarities"),
        (lambda b: el.generalisation_curve(b, [1.2], rng=1), ValueError, "similarity is 1.2"),
        (lambda b: el.generalisation_curve(b, n_contexts=0, rng=1), ValueError, "n_contexts"),
    ],
)
def test_bad_input(brain, call, error, words):
    with pytest.raises(error, match=words):
        call(brain)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: el.TwoRegions.build(hypothesis="moves", rng=1), ValueError, "'decays'"),
        (lambda: el.TwoRegions.build(), TypeError, "rng"),
        (lambda: el.TwoRegions.build(rng=1).replay(rng=1), ValueError, "nothing has been learned"),
        (
            lambda: el.generalisation_curve(el.TwoRegions.build(rng=1), rng=1),
            ValueError,
            "nothing has been learned",
        ),
        (
            lambda: el.TwoRegions.build(rng=1).encode(np.zeros(400), rng=1),
            ValueError,
            "context has no input",
        ),
        (lambda: el.consolidation_course([2, 1], rng=1), ValueError, "days"),
        (lambda: el.consolidation_course([0], rng=1), ValueError, "days"),
        (lambda: el.consolidation_course([], rng=1), ValueError, "days"),
        (
            lambda: el.TwoRegions.build(constants={}, rng=1),
            TypeError,
            r"constants is \{\}; give REGI",
        ),
        (lambda: el.TwoRegions.build(ensemble=3, rng=1), TypeError, "ensemble is 3; give COURSE"),
        (lambda: el.consolidation_course(ensemble=REGIONS, rng=1), TypeError, "ensemble is Region"),
        (lambda: el.consolidation_course(constants=COURSE, rng=1), TypeError, "give REGIONS or"),
        (
            lambda: el.generalisation_curve(el.Ensemble.build(rng=1), rng=1),
            TypeError,
            "brain is Ensemble.*give a TwoRegions",
        ),
    ],
)
def test_bad_settings(call, error, words):
    with pytest.raises(error, match=words):
        call()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("n_cells", 0),
        ("n_replays", -1),
        ("n_replays", 1.5),
        ("fidelity", 1.1),
        ("eta_cortex", -0.1),
        ("p_contact", 2.0),
        ("tau_late_hours", 0.0),
        ("precision_hours", -3.0),
        ("spread_replay", float("inf")),
        ("reach", -1.0),
        ("inhibition_remote", "9"),
    ],
)
def test_bad_constants(name, value):
    with pytest.raises((TypeError, ValueError), match=name):
        el.TwoRegions.build(constants=RegionConstants()._replace(**{name: value}), rng=1)
