"""Experiments of the ensemble as means over seeds, and the criterion of an effect."""

import numpy as np

import engramlab as el
from engramlab.experiments import EFFECTS

SEEDS = 16


def runs(experiment, seeds=SEEDS, **settings):
    """One result for each seed, shape (seeds, ...); the same animals in every arm."""
    grid = {name: [value] for name, value in settings.items()}
    found = el.sweep(experiment, seeds=seeds, grid=grid, progress=False)
    return found.reshape(seeds, *found.shape[len(grid) + 1 :])


def means(experiment, seeds=SEEDS, **settings):
    """The mean over seeds of each number that an experiment returns."""
    return runs(experiment, seeds, **settings).mean(axis=0)


def drives(experiment, **settings):
    """Mean drive and mean recall index of a `Reading`."""
    drive, index, _ = means(experiment, **settings)
    return float(drive), float(index)


def assert_holds(name):
    """The criterion that the robustness map applies to an effect, over as many seeds as here."""
    effect = EFFECTS[name]
    found = effect.measured(seeds=SEEDS)
    assert effect.margin(found) > 0, (
        f"{effect.words}: {np.round(found.mean(axis=0), 3)} against {effect.bounds}"
    )
