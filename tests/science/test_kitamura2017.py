"""Kitamura T et al. (2017) Science 356:73-78, 10.1126/science.aam6808.

Prefrontal engram cells form on day 1, are silent at first and mature with hippocampal input;
hippocampal engram cells fall silent. Two hypotheses about the hippocampal trace, over a month.

Bounds are drives: a recall index of 0.2, 0.3, 0.5, 0.8, 0.9 is a drive of 0.66, 0.72, 0.80, 0.94,
1.02. Day 1 and day 28 only: in between the seeds lie far apart.
"""

import numpy as np
import pytest
from claim_tools import holds

import engramlab as el
from engramlab.ensemble import COURSE, REGIONS, REGIONS_TUNED

SEEDS = range(12)  # a month takes about 0.1 s, so more seeds than a slow model could afford
FAILS, RECALLS = 0.72, 0.94
READ_OUTS = (
    "intact",
    "hippocampus_off",
    "cortex_off",
    "light_hippocampus",
    "light_cortex",
    "neutral",
)


def month(seeds=SEEDS, ensemble=COURSE, **settings):
    """The mean drive on day 1 and day 28 by each read-out; REGIONS fields may be changed."""
    own = {name: settings.pop(name) for name in tuple(settings) if name in REGIONS._fields}
    regions = REGIONS._replace(**own)
    courses = [
        el.consolidation_course([1, 28], constants=regions, ensemble=ensemble, rng=seed, **settings)
        for seed in seeds
    ]
    return {
        name: np.mean([getattr(course, name) for course in courses], axis=0) for name in READ_OUTS
    }


@pytest.fixture(scope="module")
def decays():
    return month()


@pytest.fixture(scope="module")
def blocked():
    return month(blocked=True)


@pytest.fixture(scope="module")
def blurs():
    return month(hypothesis="loses precision")


def check_dissociation(found):
    """The hippocampus is needed on day 1 and not on day 28; the cortex the other way round."""
    assert found["hippocampus_off"][0] < FAILS
    assert found["hippocampus_off"][1] > RECALLS
    assert found["cortex_off"][0] > 1.02
    assert found["cortex_off"][1] < FAILS
    assert found["intact"].min() > RECALLS
    assert found["neutral"].max() < FAILS


def test_if_the_trace_decays_the_memory_needs_another_region_after_a_month(decays):
    """Follows from the settings: late parts fade in hippocampus only."""
    check_dissociation(decays)
    holds("C-m-month-decays", *decays["hippocampus_off"], *decays["cortex_off"])
    holds("C-m-month-intact", *decays["intact"], decays["neutral"].max())


def test_control_without_replay_the_cortex_never_recalls(decays, blocked):
    assert blocked["hippocampus_off"].max() < 0.66
    assert decays["hippocampus_off"][1] > blocked["hippocampus_off"][1] + 0.5
    # Replay takes nothing from the hippocampus and gives it nothing.
    assert blocked["cortex_off"] == pytest.approx(decays["cortex_off"])
    assert blocked["light_hippocampus"] == pytest.approx(decays["light_hippocampus"])
    assert blocked["intact"][1] < decays["intact"][1] - 0.5
    holds("C-m-month-blocked", *blocked["hippocampus_off"], *blocked["intact"])


def test_either_engram_is_silent_at_one_end(decays):
    """Where the context fails, light on the engram cells succeeds."""
    assert decays["hippocampus_off"][0] < FAILS < 0.8 < decays["light_cortex"][0]
    assert decays["cortex_off"][1] < FAILS < 0.8 < decays["light_hippocampus"][1]
    assert decays["light_cortex"][1] > 1.02
    holds("C-m-month-light", *decays["light_hippocampus"], *decays["light_cortex"])


def test_control_light_on_as_many_other_cells_does_nothing():
    drives = []
    for seed in SEEDS:
        rng = np.random.default_rng([17, seed])
        box, other = el.random_contexts(2, rng=rng)
        brain = el.TwoRegions.build(rng=rng).encode(box, rng=rng).advance(24, rng=rng)
        cells = el.as_many_others(brain.engram_cortex, rng=rng)
        drives.append(brain.recall(other, off="hippocampus", light_cortex=cells).drive)
    assert max(drives) < 0.3
    holds("C-m-month-light-others", np.mean(drives))


def test_if_the_trace_stays_either_region_recalls_after_a_month(blurs):
    assert blurs["hippocampus_off"][0] < FAILS
    assert blurs["hippocampus_off"][1] > RECALLS
    assert blurs["cortex_off"].min() > 1.02


def test_switching_the_cortex_off_after_a_month_tells_the_hypotheses_apart(decays, blurs):
    assert blurs["cortex_off"][1] > decays["cortex_off"][1] + 0.8
    # Switching the hippocampus off does not.
    assert blurs["hippocampus_off"][1] == pytest.approx(decays["hippocampus_off"][1], abs=0.3)
    holds("C-m-month-stays", *blurs["hippocampus_off"], *blurs["cortex_off"])


def generalisation(day, **settings):
    """The recall index of the hippocampus at similarity 0, .2, .4, .6, mean over seeds."""
    rows = []
    for seed in SEEDS:
        rng = np.random.default_rng([18, seed])
        box = el.random_contexts(1, rng=rng)[0]
        regions = REGIONS._replace(**settings)
        brain = el.TwoRegions.build(hypothesis="loses precision", constants=regions, rng=rng)
        brain = brain.encode(box, rng=rng).advance(24 * day, rng=rng)
        drives = el.generalisation_curve(
            brain, [0, 0.2, 0.4, 0.6], off="cortex", n_contexts=4, rng=rng
        )
        rows.append((1 / (1 + np.exp(-(drives - 0.8) / 0.1))).mean(axis=1))
    return np.mean(rows, axis=0)


def test_a_memory_that_loses_precision_generalises():
    """Control: the same month with the inhibition kept at 14."""
    young, old, kept = (
        generalisation(1),
        generalisation(28),
        generalisation(28, inhibition_remote=14.0),
    )
    assert young == pytest.approx([0.00, 0.13, 0.68, 0.95], abs=0.15)
    assert old == pytest.approx([0.01, 0.32, 0.84, 0.99], abs=0.15)
    assert old[2] > kept[2] + 0.1
    assert kept[1] < old[1]
    assert kept == pytest.approx(young, abs=0.15)
    holds("C-m-gist", *young, *old)
    holds("C-m-gist-kept", *kept)


def test_inhibition_alone_widens_generalisation_in_one_ensemble():
    """One day after learning, at N = 400: nothing but the inhibition at recall differs."""
    rows = []
    for seed in SEEDS:
        rng = np.random.default_rng([19, seed])
        box = el.random_contexts(1, rng=rng)[0]
        ensemble, _ = el.Ensemble.build(rng=rng).encode(box, shock=True, rng=rng)
        later = ensemble.advance(24, rng=rng)
        tests = [
            [el.similar_context(box, share, rng=rng) for _ in range(4)]
            for share in (0, 0.2, 0.4, 0.6)
        ]
        rows.append(
            [
                [
                    np.mean([later.recall(test, inhibition=g).recall_index for test in same])
                    for same in tests
                ]
                for g in (14.0, 9.0)
            ]
        )
    fresh, remote = np.mean(rows, axis=0)
    assert fresh == pytest.approx([0.00, 0.13, 0.68, 0.95], abs=0.15)
    assert remote == pytest.approx([0.01, 0.32, 0.84, 0.99], abs=0.15)
    assert (remote > fresh).all()
    holds("C-m-gist-inhibition", *fresh, *remote)


def test_without_a_spread_over_cells_consolidation_is_all_or_nothing():
    """Why the spread is there: a replay a tenth weaker would never reach protein synthesis."""
    enough, too_weak = (
        month(seeds=range(6), spread_replay=0.0, eta_cortex=eta)["hippocampus_off"][1]
        for eta in (0.22, 0.20)
    )
    assert enough > RECALLS
    assert too_weak < 0.66


@pytest.mark.full
@pytest.mark.parametrize("factor", [0.8, 1.2])
@pytest.mark.parametrize("name", [name for name in REGIONS_TUNED if name != "n_replays"])
def test_each_tuned_constant_may_move_by_a_fifth(name, factor):
    check_dissociation(month(seeds=range(24), **{name: getattr(REGIONS, name) * factor}))


@pytest.mark.full
def test_two_replays_a_night_do_and_four_are_a_little_fast():
    check_dissociation(month(seeds=range(24), n_replays=2))
    four = month(seeds=range(24), n_replays=4)["hippocampus_off"]
    assert FAILS < four[0] < 0.80  # an index of a third on day 1
    assert four[1] > RECALLS


@pytest.mark.full
def test_the_same_over_other_seeds():
    found, still = month(seeds=range(100, 124)), month(seeds=range(100, 124), blocked=True)
    check_dissociation(found)
    assert still["hippocampus_off"].max() < 0.66
