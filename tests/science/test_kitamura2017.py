"""Kitamura T et al. (2017) Science 356:73-78, 10.1126/science.aam6808.

Prefrontal engram cells form on day 1, are silent at first and mature with hippocampal input;
hippocampal engram cells fall silent. Two hypotheses about the hippocampal trace, over a month.

Bounds are drives: a recall index of 0.2, 0.3, 0.5, 0.8, 0.9 is a drive of 0.66, 0.72, 0.80, 0.94,
1.02. Day 1 and day 28 only: in between the seeds lie far apart.
"""

import numpy as np
import pytest
from claim_tools import holds
from effect_tools import near

import engramlab as el
from engramlab.ensemble import REGIONS
from engramlab.experiments import READ_OUTS, many_months

SEEDS = 20  # the animals of lesson 12: its widgets and cells show the same numbers
FAILS, RECALLS = 0.72, 0.94
TESTED = [0, 0.2, 0.4, 0.6]  # shares of the first place


def at_the_ends(months):
    """The mean drive on the first and the last day by each read-out."""
    return {name: months[:, k][:, [0, -1]].mean(axis=0) for k, name in enumerate(READ_OUTS)}


def month(seeds=range(6), **changes):
    """The same on day 1 and 28 in other animals, with constants of the regions changed."""
    regions = REGIONS._replace(
        **{name: changes.pop(name) for name in [*changes] if name != "replay"}
    )
    return at_the_ends(
        np.array(
            [el.month_drives(days=[1, 28], constants=regions, rng=s, **changes) for s in seeds]
        )
    )


@pytest.fixture(scope="module")
def decays():
    return at_the_ends(many_months(SEEDS))


@pytest.fixture(scope="module")
def blocked():
    return at_the_ends(many_months(SEEDS, replay="blocked"))


@pytest.fixture(scope="module")
def context_only():
    return at_the_ends(many_months(SEEDS, replay="out of reach"))


@pytest.fixture(scope="module")
def blurs():
    return at_the_ends(many_months(SEEDS, hypothesis="loses precision"))


def check_dissociation(found):
    """The hippocampus is needed on day 1 and not on day 28; the cortex the other way round."""
    assert found["hippocampus off"][0] < FAILS
    assert found["hippocampus off"][1] > RECALLS
    assert found["cortex off"][0] > 1.02
    assert found["cortex off"][1] < FAILS
    assert found["intact"].min() > RECALLS
    assert found["another place"].max() < FAILS


def test_if_the_trace_decays_the_memory_needs_another_region_after_a_month(decays):
    """Follows from the settings: late parts fade in hippocampus only."""
    check_dissociation(decays)
    holds("C-m-month-decays", *decays["hippocampus off"], *decays["cortex off"])
    holds("C-m-month-intact", *decays["intact"], decays["another place"].max())


def test_control_without_replay_the_cortex_never_recalls(decays, blocked):
    """Nothing of a replay reaches the cortex: neither the context nor a call."""
    assert blocked["hippocampus off"].max() < 0.66
    assert decays["hippocampus off"][1] > blocked["hippocampus off"][1] + 0.5
    # Replay takes nothing from the hippocampus and gives it nothing.
    assert blocked["cortex off"] == pytest.approx(decays["cortex off"])
    assert blocked["light on hippocampus"] == pytest.approx(decays["light on hippocampus"])
    assert blocked["intact"][1] < decays["intact"][1] - 0.5
    holds("C-m-month-blocked", *blocked["hippocampus off"], *blocked["intact"])


def test_control_without_the_call_the_context_alone_teaches_the_cortex_half(
    decays, blocked, context_only
):
    """The context comes back in the cortex, but no hippocampal cell is heard there.

    Some learning is left, since that a replay brings the context back in both regions is built in.
    It stays between: what picks the cells of the engram each time is the call.
    """
    on, none, half = (one["hippocampus off"] for one in (decays, blocked, context_only))
    assert none[1] + 0.3 < half[1] < on[1] - 0.5
    assert half[1] < RECALLS < on[1]
    assert context_only["cortex off"] == pytest.approx(decays["cortex off"])
    holds("C-m-month-reach", *half, context_only["intact"][1])


def test_either_engram_is_silent_at_one_end(decays):
    """Where the context fails, light on the engram cells succeeds."""
    assert decays["hippocampus off"][0] < FAILS < 0.8 < decays["light on cortex"][0]
    assert decays["cortex off"][1] < FAILS < 0.8 < decays["light on hippocampus"][1]
    assert decays["light on cortex"][1] > 1.02
    holds("C-m-month-light", *decays["light on hippocampus"], *decays["light on cortex"])


def light_on_others(*, rng):
    """The drive from the cortex on day 1, with as many cells outside its engram lit."""
    box, other = el.random_contexts(2, rng=rng)
    brain = el.TwoRegions.build(rng=rng).encode(box, rng=rng).advance(24, rng=rng)
    cells = el.as_many_others(brain.engram_cortex, rng=rng)
    return brain.recall(other, off="hippocampus", light_cortex=cells).drive


def test_control_light_on_as_many_other_cells_does_nothing():
    drives = el.sweep(light_on_others, seeds=SEEDS, progress=False)
    assert drives.max() < 0.3
    holds("C-m-month-light-others", drives.mean())


def test_if_the_trace_stays_either_region_recalls_after_a_month(blurs):
    assert blurs["hippocampus off"][0] < FAILS
    assert blurs["hippocampus off"][1] > RECALLS
    assert blurs["cortex off"].min() > 1.02


def test_switching_the_cortex_off_after_a_month_tells_the_hypotheses_apart(decays, blurs):
    assert blurs["cortex off"][1] > decays["cortex off"][1] + 0.8
    # Switching the hippocampus off does not.
    assert blurs["hippocampus off"][1] == pytest.approx(decays["hippocampus off"][1], abs=0.3)
    holds("C-m-month-stays", *blurs["hippocampus off"], *blurs["cortex off"])


def gist(*, day, inhibition_remote=9.0, rng):
    """The recall index of the hippocampus in places that share a part with the first."""
    box = el.random_contexts(1, rng=rng)[0]
    regions = REGIONS._replace(inhibition_remote=inhibition_remote)
    brain = el.TwoRegions.build(hypothesis="loses precision", constants=regions, rng=rng)
    brain = brain.encode(box, rng=rng).advance(24 * day, rng=rng)
    drives = el.generalisation_curve(brain, TESTED, off="cortex", n_contexts=4, rng=rng)
    return (1 / (1 + np.exp(-(drives - 0.8) / 0.1))).mean(axis=1)


def gists(day, inhibition_remote=9.0):
    """The same of each animal."""
    grid = {"day": [day], "inhibition_remote": [inhibition_remote]}
    return el.sweep(gist, seeds=SEEDS, grid=grid, progress=False)[0, 0]


def test_a_memory_that_loses_precision_generalises():
    """Control: the same month with the inhibition kept at 14.

    Compared on one day. With the inhibition kept, day 28 is a little narrower than day 1, on which
    some of the excitability that the event left still helps the engram's cells to win; so day 28
    does not quite reach .32 and .84, which inhibition alone gives on day 1 (the next test).
    """
    young, old, kept = gists(1), gists(28), gists(28, inhibition_remote=14.0)
    assert near(young, [0.00, 0.13, 0.68, 0.95])
    assert (old >= kept).all()  # paired: nothing but the inhibition at recall differs
    young, old, kept = (found.mean(axis=0) for found in (young, old, kept))
    assert old[1] > kept[1] + 0.05
    assert old[2] > kept[2] + 0.1
    assert kept == pytest.approx(young, abs=0.15)
    holds("C-m-gist", *young, *old)
    holds("C-m-gist-kept", *kept)


def gist_in_one(*, rng):
    """The recall index of one ensemble a day after learning, with an inhibition of 14 and of 9."""
    box = el.random_contexts(1, rng=rng)[0]
    ensemble, _ = el.Ensemble.build(rng=rng).encode(box, shock=True, rng=rng)
    later = ensemble.advance(24, rng=rng)
    tests = [[el.similar_context(box, share, rng=rng) for _ in range(4)] for share in TESTED]
    return [
        [
            np.mean([later.recall(test, inhibition=g).recall_index for test in same])
            for same in tests
        ]
        for g in (14.0, 9.0)
    ]


def test_inhibition_alone_widens_generalisation_in_one_ensemble():
    """One day after learning, at N = 400: nothing but the inhibition at recall differs."""
    fresh, remote = el.sweep(gist_in_one, seeds=SEEDS, progress=False).mean(axis=0)
    assert fresh == pytest.approx([0.00, 0.13, 0.68, 0.95], abs=0.15)
    assert remote == pytest.approx([0.01, 0.32, 0.84, 0.99], abs=0.15)
    assert (remote > fresh).all()
    holds("C-m-gist-inhibition", *fresh, *remote)


def test_without_a_spread_over_cells_consolidation_is_all_or_nothing():
    """Why the spread is there: a replay a tenth weaker would never reach protein synthesis."""
    enough, too_weak = (
        month(spread_replay=0.0, eta_cortex=eta)["hippocampus off"][1] for eta in (0.22, 0.20)
    )
    assert enough > RECALLS
    assert too_weak < 0.66


@pytest.mark.full
def test_the_same_over_other_seeds():
    seeds = range(100, 124)
    check_dissociation(month(seeds))
    assert month(seeds, replay="blocked")["hippocampus off"].max() < 0.66
    assert month(seeds, replay="out of reach")["hippocampus off"].max() < RECALLS
