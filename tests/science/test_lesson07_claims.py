"""The model rows of the claims ledger that lesson 07 quotes and that no published test holds.

Each test reads value and tolerance from engramlab/data/claims.toml, each with its control arm.
"""

import numpy as np
import pytest
from claim_tools import holds

import engramlab as el
from engramlab.course.predictions import prediction
from engramlab.ensemble import COURSE
from engramlab.experiments import day_after
from engramlab.experiments.allocation import newborn
from engramlab.experiments.shares import BACKGROUND, SHARES, lit_shares, silenced_shares

N_ANIMALS = 20


def readings(**settings):
    """Drive, recall index and share of the engram that is active, over 20 animals."""
    grid = {name: [value] for name, value in settings.items()}
    found = el.sweep(day_after, seeds=N_ANIMALS, grid=grid, progress=False)
    return found.reshape(N_ANIMALS, 3)


def curves(function, **settings):
    """Drives over `SHARES`, shape (animals, shares)."""
    grid = {name: [value] for name, value in settings.items()}
    found = el.sweep(function, seeds=N_ANIMALS, grid=grid, progress=False)
    return found.reshape(N_ANIMALS, len(SHARES))


def test_light_on_half_of_the_engram():
    half = readings(light="labelled", place="C", efficiency=0.5, background=BACKGROUND)
    others = readings(light="others", place="C", efficiency=0.5, background=BACKGROUND)
    holds("C-m-light-half", *half.mean(axis=0)[:2])
    assert curves(lit_shares)[:, SHARES.index(0.5)] == pytest.approx(half[:, 0])
    assert others[:, 0].mean() < 0.2
    assert (half[:, 0] > others[:, 0]).all()


def test_whom_the_label_catches():
    caught, size, wrong = [], [], []
    for seed in range(N_ANIMALS):
        source = np.random.default_rng([0, seed])
        animal, contexts = newborn(3, COURSE, rng=source)
        animal, engram = animal.encode(contexts[0], shock=True, rng=source)
        label = animal.label(engram, efficiency=0.5, background=BACKGROUND, rng=source)
        caught.append((label & engram).sum())
        size.append(engram.sum())
        wrong.append((label & ~engram).sum())
    holds("C-m-label-cells", np.mean(caught), np.mean(size), np.mean(wrong))


def test_half_of_the_engram_is_half_of_the_drive():
    mean = curves(silenced_shares).mean(axis=0)
    half = 100 * el.crossing(np.array(SHARES), mean, mean[0] / 2)
    holds("C-m-silence-half", half)
    assert prediction("07", 3).pictures().number == pytest.approx(half, abs=3)
    others = curves(silenced_shares, cells="others").mean(axis=0)
    assert others == pytest.approx(np.full(len(SHARES), others[0]), abs=0.05)


def test_the_pictures_of_the_predictions_are_the_numbers_of_the_text():
    """Shares of what the same animal gives in the place of the shock."""
    effect, control, _ = (prediction("07", k).pictures() for k in (1, 2, 3))
    place = readings()[:, :1]
    middle = effect.x.tolist().index(50.0)
    assert (effect.curves["b"] * place)[:, middle].mean() == pytest.approx(0.86, abs=0.06)
    assert (control.curves["d"] * place)[:, middle].mean() == pytest.approx(0.08, abs=0.06)
    assert (effect.curves["a"] * place).mean() == pytest.approx(0.31, abs=0.06)
