"""Measured again and compared with the ledger: what every test of a model claim ends with."""

import numpy as np

import engramlab as el
from engramlab.course.claims import claim


def holds(claim_id, *measured):
    """Every number of the row is measured, and lies within the row's tolerance."""
    row = claim(claim_id)
    assert len(measured) == len(row.value)
    for index, number in enumerate(measured):
        assert row.agrees(number, index), (
            f"{claim_id}: measured {number:.4f}, ledger {row.value[index]} +- {row.tolerance}"
        )


def over_seeds(experiment, tag, seeds=20, **settings):
    """One result of `engramlab.experiments` for each seed, with a stream of its own by `tag`."""
    rngs = (np.random.default_rng([tag, seed]) for seed in range(seeds))
    return np.array([experiment(rng=rng, **settings) for rng in rngs])


def mean_over_seeds(experiment, grid, tag, seeds, **settings):
    """The mean over seeds at each point of one axis, `grid = (name, values)`; seeds are paired."""
    name, values = grid
    means = [over_seeds(experiment, tag, seeds, **{name: x}, **settings).mean() for x in values]
    return np.array(means)


def half_lost(n_neurons, loads, seeds, probes=30):
    """The load at which half of the memories are lost, and how wide the fall from 0.6 to 0.4 is."""
    share = mean_over_seeds(
        el.fraction_recalled,
        ("load", loads.tolist()),
        tag=n_neurons,
        seeds=seeds,
        n_neurons=n_neurons,
        probes=probes,
    )
    width = el.crossing(loads, share, 0.4) - el.crossing(loads, share, 0.6)
    return el.crossing(loads, share, 0.5), width
