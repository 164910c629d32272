"""Experiments of the ensemble as means over seeds, and the criterion of an effect."""

import numpy as np

import engramlab as el
from engramlab.experiments import EFFECTS

SEEDS = 20  # what a lesson sweeps over: its cells print what the ledger says


def runs(experiment, seeds=SEEDS, **settings):
    """One result for each seed, shape (seeds, ...); the same animals in every arm."""
    grid = {name: [value] for name, value in settings.items()}
    found = el.sweep(experiment, seeds=seeds, grid=grid, progress=False)
    return found.reshape(seeds, *found.shape[len(grid) + 1 :])


def means(experiment, seeds=SEEDS, **settings):
    """The mean over seeds of each number that an experiment returns."""
    return runs(experiment, seeds, **settings).mean(axis=0)


def drives(experiment, **settings):
    """Mean drive and mean recall index, the first two numbers of a result."""
    drive, index = means(experiment, **settings)[:2]
    return float(drive), float(index)


def near(found, wanted, by=0.15):
    """Whether means over seeds (the first axis) lie within `by` of what was specified."""
    return bool((np.abs(found.mean(axis=0) - np.asarray(wanted)) <= by).all())


def assert_holds(name):
    """The criterion that the robustness map applies to an effect, over as many seeds as here."""
    effect = EFFECTS[name]
    found = effect.measured(seeds=SEEDS)
    assert effect.margin(found) > 0, (
        f"{effect.words}: {np.round(found.mean(axis=0), 3)} against {effect.bounds}"
    )
