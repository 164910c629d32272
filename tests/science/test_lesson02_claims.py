"""Sjostrom PJ, Turrigiano GG, Nelson SB (2001) Neuron 32:1149-1164, 10.1016/S0896-6273(01)00542-6.

The model rows of the claims ledger that lesson 02 quotes: this course's own runs, with their
control arms. Each test reads value and tolerance from engramlab/data/claims.toml and measures what
the lesson's cells and pictures show.
"""

import dataclasses

import numpy as np
import pytest
from claim_tools import holds, over_seeds

import engramlab as el
from engramlab.experiments import plateau_share
from engramlab.plasticity import CALCIUM_SETS, TRIPLET_SETS

DATA = el.sjostrom2001()
MINIMAL = el.TripletSTDP.named("all-to-all minimal")


RATES = [0.1, 10.0, 50.0]


def changes(order, rate_hz):
    """Twenty runs with spikes that vary by 2 ms, other than those of the lesson."""
    return over_seeds(el.paired_spikes, 21, order=order, rate_hz=rate_hz)


@pytest.fixture(scope="module")
def runs():
    """The cell `control` of the lesson: 20 runs of each order at each rate."""
    grid = {"order": ["sender first", "receiver first", "no order"], "rate_hz": RATES}
    return el.sweep(el.paired_spikes, grid=grid, progress=False)


def error(rule):
    return DATA.error(rule.pairing_change(DATA.rate_hz, DATA.dt_ms))


def test_order_decides_at_low_rates():
    holds("C-m-order-slow", *MINIMAL.pairing_change(10.0, [10.0, -10.0]))
    sender, receiver = changes("sender first", 10.0), changes("receiver first", 10.0)
    assert sender.min() > 0 > receiver.max()
    assert [sender.mean(), receiver.mean()] == pytest.approx([0.12, -0.33], abs=0.02)


def test_half_a_period_apart_both_orders_are_nearly_one_train():
    """The control is the dish's window: with the same neighbours, pairs alone weaken more."""
    pre_ms, post_ms = el.pairing(50.0, 10.0)
    swapped = el.pairing(50.0, -10.0)
    assert (post_ms - pre_ms[0])[:-1] == pytest.approx(np.arange(10.0, 1190.0, 20.0))
    assert np.isin(swapped[0][:-1], post_ms).all()
    assert np.isin(swapped[1][1:], pre_ms).all()
    holds("C-m-order-fast", *MINIMAL.pairing_change(50.0, [10.0, -10.0]))
    jittered = changes("sender first", 50.0), changes("receiver first", 50.0)
    assert min(each.min() for each in jittered) > 0.6
    assert [each.mean() for each in jittered] == pytest.approx([0.78, 0.77], abs=0.03)
    amplitudes = {"a_plus": MINIMAL.a2_minus, "a_minus": MINIMAL.a2_minus}
    pairs = el.PairSTDP(tau_plus_ms=16.8, tau_minus_ms=33.7, **amplitudes)
    assert pairs.pairing_change(50.0, [10.0, -10.0]).max() < -0.3


def test_close_together_the_order_counts_at_any_rate():
    holds("C-m-order-near", *MINIMAL.pairing_change(50.0, [2.0, -2.0]))


def test_without_an_order_the_rate_decides(runs):
    """The control arm of both: as many spikes, the receiver's at random times."""
    slow, fast = runs[2, 1], runs[2, 2]
    assert fast.min() > 0.6 > 0 > slow.mean()
    holds("C-m-no-order", slow.mean(), fast.mean())
    others = [changes("no order", rate_hz).mean() for rate_hz in (10.0, 50.0)]
    assert others == pytest.approx([slow.mean(), fast.mean()], abs=0.12)


def test_pairs_alone_only_weaken(runs):
    holds("C-m-alone", *runs[:2, 0].mean(axis=1))
    others = [changes(order, 0.1).mean() for order in ("sender first", "receiver first")]
    assert others == pytest.approx([0.0, -0.32], abs=0.01)


def test_no_pair_rule_fits():
    free, fixed = el.fit_pair_rule(DATA), el.fit_pair_rule(DATA, free_times=False)
    holds("C-m-pair-error", error(free.rule), error(fixed.rule))
    holds("C-m-pair-times", free.rule.tau_plus_ms, free.rule.tau_minus_ms)
    assert free.rule.tau_minus_ms == pytest.approx(2.5, abs=0.1)


def test_triplets_fit():
    holds("C-m-triplet-error", error(MINIMAL))
    holds("C-m-late-40", MINIMAL.pairing_change(40.0, -10.0))
    holds("C-m-triplet-sets", *(error(el.TripletSTDP.named(name)) for name in TRIPLET_SETS))
    holds("C-m-no-triplets", error(dataclasses.replace(MINIMAL, a3_plus=0.0)))


def refitted_triplets(trains):
    """The minimal triplet rule with its three constants fitted to the points, given the trains."""
    goal = DATA.change / DATA.sem

    def parts(tau_y_ms):
        alone = {"a3_plus": 0.0, "a2_minus": 0.0}
        for name in alone:
            rule = dataclasses.replace(MINIMAL, tau_y_ms=tau_y_ms, **alone | {name: 1.0})
            yield np.array([rule.change(*each) for each in trains]) / DATA.sem

    def fit(tau_y_ms):
        columns = np.stack(list(parts(float(tau_y_ms))), axis=1)
        amplitudes = np.linalg.lstsq(columns, goal, rcond=None)[0]
        return np.mean((columns @ amplitudes - goal) ** 2), float(tau_y_ms), amplitudes

    _, tau_y_ms, (up, down) = min(map(fit, np.geomspace(10, 1000, 600)), key=lambda one: one[0])
    assert min(up, down) > 0
    found = {"a3_plus": float(up), "a2_minus": float(down), "tau_y_ms": tau_y_ms}
    return dataclasses.replace(MINIMAL, **found)


def test_bursts_need_other_numbers_and_still_triplets():
    """Refitted to 60 pairs in one row, the control, the rule comes out as it was published."""
    points = list(zip(DATA.rate_hz.tolist(), DATA.dt_ms.tolist(), strict=True))
    found = {}
    for single in (75, 50, 60):
        trains = [
            el.bursts_of_pairs(hz, dt) if hz > 1 else el.pairing(hz, dt, single)
            for hz, dt in points
        ]
        refit = refitted_triplets(trains)
        rules = MINIMAL, refit, el.fit_pair_rule(DATA, trains=trains).rule
        found[single] = [
            *(DATA.error([rule.change(*each) for each in trains]) for rule in rules),
            refit.crossover_hz,
        ]
        if single == 75:
            assert all(
                np.allclose(each, el.bursts_of_pairs(*point))
                for each, point in zip(trains, points, strict=True)
            )
            holds("C-m-bursts-published", found[75][0], MINIMAL.change(*trains[-1]))
            holds("C-m-bursts-refit", *found[75][1:3])
            ups, downs = (
                getattr(refit, name) / getattr(MINIMAL, name) for name in ("a3_plus", "a2_minus")
            )
            assert [ups, downs] == pytest.approx([2.75, 0.8], abs=0.01)
            holds("C-m-bursts-numbers", ups, downs, refit.tau_y_ms, refit.crossover_hz)
    assert found[50] == pytest.approx([5.8, 0.52, 4.2, 10.7], abs=0.06)
    assert found[60] == pytest.approx([5.8, 0.47, 4.5, 10.5], abs=0.06)
    in_a_row = [el.pairing(*point) for point in points]
    again = refitted_triplets(in_a_row)
    assert again.crossover_hz == pytest.approx(MINIMAL.crossover_hz, rel=0.1)
    assert el.fit_pair_rule(DATA, trains=in_a_row).error == pytest.approx(2.29, abs=0.01)


def test_wrong_bursts_are_refused():
    with pytest.raises(ValueError, match="trains holds 1; give one pair of trains for each of the"):
        el.fit_pair_rule(DATA, trains=[el.pairing(10.0, 10.0)])
    with pytest.raises(ValueError, match="gap_ms is 5; give more than the delay of a pair, 10"):
        el.bursts_of_pairs(10.0, -10.0, gap_ms=5)


def test_random_spikes_cross_over():
    """The pair rule is the control: it weakens on both sides of the crossover."""
    holds("C-m-crossover", MINIMAL.crossover_hz)
    below, above = (over_seeds(el.random_spikes_change, 22, rate_hz=hz) for hz in (10.0, 30.0))
    assert below.mean() < 0 < above.mean()
    pairs = (
        over_seeds(el.random_spikes_change, 22, rate_hz=hz, rule="pair") for hz in (10.0, 30.0)
    )
    assert max(each.mean() for each in pairs) < 0


def tenth(gaps, shares):
    return float(el.crossing(gaps, shares, 0.1))


def test_seconds_against_milliseconds():
    gaps_ms = np.arange(1.0, 10_000.0)
    rule = el.PairSTDP(a_plus=1.0, a_minus=1.0, tau_plus_ms=16.8, tau_minus_ms=33.7)
    sides = rule.window(gaps_ms), -rule.window(-gaps_ms)
    holds("C-m-window-tenth", *(tenth(gaps_ms, side) for side in sides))
    assert plateau_share([3016.0], spread=0.0, rng=1)[0] == pytest.approx(0.1, abs=1e-3)
    draws = over_seeds(lambda rng: tenth(gaps_ms, plateau_share(gaps_ms, rng=rng)), 23)
    holds("C-m-plateau-tenth", draws.mean() / 1000)
    after = tenth(gaps_ms, plateau_share(gaps_ms, before=False, spread=0.0, rng=1))
    assert after < draws.min()


def test_calcium_gives_many_windows():
    lags = np.linspace(-50.0, 50.0, 201)
    windows = {name: el.CalciumRule.named(name).change(lags) for name in CALCIUM_SETS}
    dp = windows["DP"]
    holds("C-m-calcium-shapes", dp.max(), lags[dp.argmax()], dp.min(), lags[dp.argmin()])
    assert dp.max() == pytest.approx(1.24, abs=0.005)
    assert dp.min() == pytest.approx(0.72, abs=0.005)
    assert windows["P"].min() >= 1
    assert windows["D"].max() <= 1 + 1e-9
    slices = el.CalciumRule.named("cortical slices")
    ends = [slices.change(-10.0, rate_hz=hz, n_pairs=75) for hz in (1.0, 50.0)]
    holds("C-m-calcium-rates", *ends)


def test_the_fault_depends_on_the_step():
    """The run of the lesson, and six in the mean; without the fault the step changes nothing."""
    rates, shares = {}, np.empty(0)
    for step_ms in (1.0, 0.5, 0.25):
        cell = dataclasses.replace(el.CompetingSynapses(), step_ms=step_ms)
        for fault in (True, False):
            ends = [cell.run(4e5, same_step_counts=fault, rng=seed) for seed in range(1, 7)]
            rates[step_ms, fault] = np.array([end.rates_hz[-100:].mean() for end in ends])
            if step_ms == 1.0 and not fault:
                borders = ((0, 0.2), (0.8, 1), (0.4, 0.6))
                shares = 100 * np.array([[end.share_between(*b) for b in borders] for end in ends])
    for of_runs in (lambda runs: runs[0], lambda runs: runs.mean(axis=0)):
        holds("C-m-same-step", *(of_runs(rates[step_ms, True]) for step_ms in (1.0, 0.5, 0.25)))
        for step_ms in (1.0, 0.5, 0.25):
            holds("C-m-right-step", of_runs(rates[step_ms, False]))
        holds("C-m-two-groups", *of_runs(shares))


def test_the_groups_still_drift_apart():
    ends = over_seeds(el.competition_shares, 24, seeds=6).mean(axis=0)
    holds("C-m-two-groups-late", 100 * ends[0], 100 * ends[2], ends[3])
    assert ends[1] < 0.07
