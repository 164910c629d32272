"""Twins of the plasticity kernels: the equations as the papers state them, with nothing clever."""

import math

import numpy as np


def plain(kernel):
    """The Python of a kernel, also where numba is switched off."""
    return getattr(kernel, "py_func", kernel)


def pair_stdp(pre_ms, post_ms, a_plus, a_minus, tau_plus_ms, tau_minus_ms):
    """All pairs: one term for each presynaptic with each postsynaptic spike."""
    change = 0.0
    for pre in pre_ms:
        for post in post_ms:
            if post > pre:
                change += a_plus * math.exp((pre - post) / tau_plus_ms)
            elif post < pre:
                change -= a_minus * math.exp((post - pre) / tau_minus_ms)
    return change


def trace(spikes_ms, now, tau_ms, nearest):
    """What earlier spikes have left: of each, or of the last one only."""
    earlier = [spike for spike in spikes_ms if spike < now]
    earlier = earlier[-1:] if nearest else earlier
    return sum(math.exp((spike - now) / tau_ms) for spike in earlier)


def triplet_stdp(pre_ms, post_ms, rule):
    """Pfister and Gerstner (2006): r1, r2, o1, o2 just before each spike."""
    change = 0.0
    for now in post_ms:
        r1 = trace(pre_ms, now, rule.tau_plus_ms, rule.nearest)
        o2 = trace(post_ms, now, rule.tau_y_ms, rule.nearest)
        change += r1 * (rule.a2_plus + rule.a3_plus * o2)
    for now in pre_ms:
        o1 = trace(post_ms, now, rule.tau_minus_ms, rule.nearest)
        r2 = trace(pre_ms, now, rule.tau_x_ms, rule.nearest)
        change -= o1 * (rule.a2_minus + rule.a3_minus * r2)
    return change


def bcm(weights, patterns, order, theta, eta, tau, y0):
    """Bienenstock, Cooper and Munro (1982), with the mean of y^2 as the threshold."""
    weights, outputs, thresholds = np.array(weights), [], []
    for which in order:
        y = weights @ patterns[which]
        weights = weights + eta * y * (y - theta) * patterns[which]
        theta = theta + (y**2 / y0 - theta) / tau
        outputs.append(y)
        thresholds.append(theta)
    return weights, outputs, thresholds


def oja(weights, inputs, eta, decay):
    """Oja (1982)."""
    for x in inputs:
        y = weights @ x
        weights = weights + eta * y * (x - decay * y * weights)
    return weights


def calcium_above(lag_ms, period_ms, c_first, c_second, tau_ms, threshold, n=200_000):
    """Time above threshold in the last of many periods, by sampling."""
    t = (np.arange(n) + 0.5) * period_ms / n
    calcium = np.zeros(n)
    for back in range(max(2, math.ceil(40 * tau_ms / period_ms))):
        for jump, at in ((c_first, 0.0), (c_second, lag_ms)):
            since = t - at + back * period_ms
            calcium += np.where(since >= 0, jump * np.exp(-np.maximum(since, 0) / tau_ms), 0)
    return period_ms * np.mean(calcium > threshold)


def follow_calcium(times_ms, jumps, weight, until_ms, c, step_ms=0.01):
    """The weight under a train of jumps, by small steps."""
    calcium, due = 0.0, list(zip(times_ms, jumps, strict=True))
    for k in range(round(until_ms / step_ms)):
        while due and due[0][0] <= k * step_ms + 1e-9:
            calcium += due.pop(0)[1]
        slope = c.leak * (c.rest - weight)
        slope += c.gamma_up * (1 - weight) * (calcium > c.threshold_up)
        slope -= c.gamma_down * weight * (calcium > c.threshold_down)
        weight += step_ms / c.tau_ms * slope
        calcium *= math.exp(-step_ms / c.tau_calcium_ms)
    return weight


def capture(early, late, protein, hours, synthesis, c, n_steps=20_000):
    """Tagging and capture of one neuron by small steps (Luboeinski and Tetzlaff 2021)."""
    early, late, step = np.array(early, float), np.array(late, float), hours / n_steps
    for _ in range(n_steps):
        made = synthesis * (np.abs(early).max() > c.threshold_protein)
        tagged = np.abs(early) > c.threshold_tag
        goal = np.where(early > 0, c.late_up, c.late_down)
        grown = protein * (goal - late) / c.tau_build_hours
        late = late + step * np.where(tagged, grown, -late / c.tau_late_hours)
        protein = protein + step * (made - protein) / c.tau_protein_hours
        early = early * (1 - step / c.tau_early_hours)
    return early, late, protein


def compete(strengths, n_steps, step_ms, chance, cell, rng):
    """Song, Miller and Abbott (2000), all synapses in each step; pairs in one step are none."""
    strengths, n_spikes = np.array(strengths, float), 0
    gaps = rng.geometric(chance, size=n_steps * strengths.size)
    fired = np.cumsum(gaps) - 1
    pre = np.zeros((n_steps, strengths.size), dtype=bool)
    pre.ravel()[fired[fired < pre.size]] = True
    v, g, trace, post = cell.rest_mv, 0.0, np.zeros(strengths.size), 0.0
    for arrived in pre:
        trace *= math.exp(-step_ms / cell.tau_plus_ms)
        post *= math.exp(-step_ms / cell.tau_minus_ms)
        goal = (cell.rest_mv + g * cell.reversal_mv) / (1 + g)
        v = goal + (v - goal) * math.exp(-step_ms * (1 + g) / cell.tau_membrane_ms)
        g = g * math.exp(-step_ms / cell.tau_synapse_ms) + cell.g_max * strengths[arrived].sum()
        strengths[arrived] = np.maximum(strengths[arrived] - post, 0)
        if cell.same_bin:
            trace[arrived] += cell.a_plus
        if v > cell.threshold_mv:
            v, n_spikes = cell.reset_mv, n_spikes + 1
            strengths = np.minimum(strengths + trace, 1)
            post += cell.a_minus
        if not cell.same_bin:
            trace[arrived] += cell.a_plus
    return strengths, n_spikes
