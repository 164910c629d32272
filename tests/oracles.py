"""Each kernel's twin: the equation in a few lines, as the paper states it, with nothing clever."""

import math

import numpy as np


def hebbian_couplings(patterns):
    """J_ij = sum_mu xi_i xi_j and J_ii = 0, by loops over whole numbers (Hopfield 1982, eq 2)."""
    n_neurons = len(patterns[0])
    couplings = [[0] * n_neurons for _ in range(n_neurons)]
    for i in range(n_neurons):
        for j in range(n_neurons):
            if i != j:
                couplings[i][j] = sum(int(xi[i]) * int(xi[j]) for xi in patterns)
    return np.array(couplings, dtype=np.int64)


def pseudo_inverse_weights(patterns):
    """w = X^T (X X^T)^-1 X for linearly independent patterns (Personnaz, Guyon, Dreyfus 1985)."""
    rows = np.asarray(patterns, dtype=float)
    return rows.T @ np.linalg.solve(rows @ rows.T, rows)


def energy(couplings, state):
    """E = -1/2 sum_ij J_ij S_i S_j, doubled so that whole numbers stay whole: returns 2 E."""
    pairs = [(i, j) for i in range(len(state)) for j in range(len(state))]
    return -sum(int(couplings[i][j]) * int(state[i]) * int(state[j]) for i, j in pairs)


def update_all(couplings, order, state):
    """One pass over the units; the field is summed anew for each unit, a field of 0 keeps it."""
    state, flipped = np.array(state, dtype=np.int64), []
    for unit in order:
        field = np.dot(couplings[unit], state)
        if field * state[unit] < 0:
            state[unit] *= -1
            flipped.append(int(unit))
    return state, flipped


def recall(couplings, cue, rng, max_sweeps=100):
    """Sweeps in an order drawn anew each time, until one changes nothing."""
    state, flips, n_sweeps = np.array(cue, dtype=np.int64), [], 0
    while n_sweeps < max_sweeps:
        n_sweeps += 1
        state, flipped = update_all(couplings, rng.permutation(len(state)), state)
        flips += flipped
        if not flipped:
            break
    return state, flips, n_sweeps


def recall_batched(couplings, cues, rng, max_sweeps=100):
    """Plain numpy, batched: one unit of all cues at a time, in float32."""
    states = np.array(cues, dtype=np.float32)
    for _ in range(max_sweeps):
        before = states.copy()
        for unit in rng.permutation(states.shape[1]):
            fields = states @ couplings[unit]
            states[:, unit] = np.where(fields == 0, states[:, unit], np.sign(fields))
        if np.array_equal(before, states):
            break
    return states.astype(np.int8)


def step(couplings, states):
    """All units at once, in float32; a field of 0 keeps the unit (a peer in tests/speed)."""
    states = np.asarray(states, dtype=np.float32)
    fields = states @ np.asarray(couplings, dtype=np.float32)
    return np.where(fields == 0, states, np.sign(fields)).astype(np.int8)


def overlap(state, pattern):
    """m = (1/N) sum_i xi_i S_i."""
    return sum(int(s) * int(x) for s, x in zip(state, pattern, strict=True)) / len(state)


def ags_curve(n_points=200_000):
    """Loads and overlaps of the zero-temperature equation, on a fine grid of y (AGS 1987)."""
    ys = np.linspace(0.5, 6, n_points)
    erf = np.array([math.erf(y) for y in ys])
    return 0.5 * (erf / ys - 2 / math.sqrt(math.pi) * np.exp(-(ys**2))) ** 2, erf


def recall_zero_one(couplings, cue, rng, max_sweeps=50):
    """Hopfield's own units, 0 or 1 with threshold 0: V_i -> 1 if sum_j T_ij V_j > 0, 0 if < 0."""
    active = np.array(cue, dtype=np.int64)
    for _ in range(max_sweeps):
        before = active.copy()
        for unit in rng.permutation(len(active)):
            drive = couplings[unit] @ active
            active[unit] = active[unit] if drive == 0 else int(drive > 0)
        if np.array_equal(before, active):
            break
    return active
