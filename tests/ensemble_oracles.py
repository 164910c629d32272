"""Twins of the ensemble kernels: the same equations in plain numpy or by trying every answer."""

import numpy as np


def drives(baseline, early, late, context, start):
    """start + sum over the units that are on of baseline max(1 + early + late, 0)."""
    weights = np.asarray(baseline, float) * np.maximum(1 + np.asarray(early, float) + late, 0)
    return start + weights @ np.asarray(context, float)


def strongest(drive, k):
    """The k largest, by looking for the largest that is left; the first of equal ones."""
    left, chosen = list(range(len(drive))), np.zeros(len(drive), dtype=bool)
    for _ in range(k):
        best = max(left, key=lambda i: drive[i])  # max keeps the first of equal ones
        left.remove(best)
        chosen[best] = True
    return chosen


def allocate(drive, inhibition):
    """The largest k that passes: every k from all cells down is tried."""
    n = len(drive)
    for k in range(n, 0, -1):
        chosen = strongest(drive, k)
        if min(drive[i] for i in range(n) if chosen[i]) > inhibition * k / n:
            return chosen
    return np.zeros(n, dtype=bool)


def change_inputs(baseline, context, active, eta, eta_off, early):
    """In active cells, where there is a contact: LTP of inputs that are on, LTD of the others."""
    up, down = early + eta[:, None] * (1 - early), early - eta_off * (0.5 + early)
    on = np.where(context, up, down)
    return np.where(active[:, None] & (baseline > 0), on, early)


def change_output(active, grows, eta, contacts, early):
    """New contacts of active cells where the coin says so, then LTP of all their contacts."""
    after = contacts | (active & grows)
    return after, np.where(active & after, early + eta * (1 - early), early)


def move_contacts(moves, picks, baseline, early, late):
    """Take one contact after the other out of the list of those left, and put it into a gap."""
    baseline, early, late = baseline.copy(), early.copy(), late.copy()
    for i, n in enumerate(moves):
        old = np.flatnonzero(baseline[i] > 0).tolist()
        new = np.flatnonzero(baseline[i] <= 0).tolist()
        for k in range(n):
            gone = _taken(old, int(picks[i, 0, k] * len(old)))
            there = _taken(new, int(picks[i, 1, k] * len(new)))
            baseline[i, there] = baseline[i, gone]
            baseline[i, gone] = early[i, gone] = late[i, gone] = 0
    return baseline, early, late


def _taken(left, index):
    """Remove an entry, the first taking its place, as a shuffle from the front does."""
    left[0], left[index] = left[index], left[0]
    return left.pop(0)
