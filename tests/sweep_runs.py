"""Plain functions for tests of `sweep`: in a module, so that processes can import them."""

import os
import threading

import numpy as np

import engramlab as el


def draw(rng, scale=1.0):
    return scale * rng.random()


def draw_two(rng, a, b):
    return np.array([a, b, rng.random()])


def recalled(rng, load, n_neurons=100):
    return el.fraction_recalled(load=load, n_neurons=n_neurons, rng=rng)


def fails(rng, load):
    if load > 0.1 and rng.random() < 2:
        raise ZeroDivisionError("no memory left")
    return 1.0


def worker(rng):
    assert rng is not None
    return os.getpid(), threading.get_ident()


def uneven(rng, size):
    return rng.random(size)
