"""The runs of lesson 07 over a range of shares: how many cells are lit, silenced or treated.

One animal serves all shares, so a curve costs hardly more than a point. At one seed each point is
what `experiments.engrams` measures there.
"""

from collections.abc import Sequence
from copy import deepcopy

import numpy as np

from engramlab._checks import yes_or_no
from engramlab._quantities import known
from engramlab._types import Bool, Float, Rng, generator
from engramlab.ensemble import COURSE, Ensemble, EnsembleConstants, as_many_others
from engramlab.experiments.allocation import DAY_HOURS, newborn
from engramlab.experiments.engrams import a_day_later, unlabelled

SHARES = tuple(k / 10 for k in range(11))
"""From none of the engram to all of it."""
TREATED = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4)
"""Shares of the cells with more CREB."""
BACKGROUND = 0.05
"""Share of the other cells that a label catches too (ours)."""
CELLS = ("labelled", "others")


def lit_shares(
    *,
    cells: str = "labelled",
    shares: Sequence[float] = SHARES,
    background: float = BACKGROUND,
    shock: bool = True,
    drug: bool = False,
    constants: EnsembleConstants = COURSE,
    rng: Rng,
) -> Float:
    """Shock in A; a day later light in a new place, with a share of the engram labelled.

    Parameters
    ----------
    cells : {"labelled", "others"}
        Which cells are lit: the labelled ones, or as many that were neither labelled nor active in
        A.
    shares : sequence of float
        Of the engram that is labelled, each from 0 to 1.
    background : float
        Share of the other cells that is labelled too.
    shock : bool
        Whether there is a shock in A; a neutral memory is a control.
    drug : bool
        Whether protein synthesis is blocked in the hours after A. Lesson 11.
    constants : EnsembleConstants
        Of the animal.
    rng : int or numpy.random.Generator
        Draws the animal, the contexts, the label and the drift of excitability.

    Returns
    -------
    ndarray of shape (n_shares,)
        Drive of the read-out.

    See Also
    --------
    engramlab.day_after : one point, `place="C"`. Lesson 07.

    Examples
    --------
    >>> lit_shares(shares=(0.0, 0.5, 1.0), rng=1).round(1).tolist()
    [0.0, 0.7, 2.0]
    """
    known("cells", cells, CELLS)
    how = {"shock": yes_or_no("shock", shock), "drug": yes_or_no("drug", drug)}
    animal, contexts, engram, source = a_day_later(constants, rng, **how)
    drives = []
    for share in shares:
        group = _group(animal, engram, cells, share, background, deepcopy(source))
        drives.append(animal.recall(contexts[2], light=group).drive)
    return np.array(drives)


def silenced_shares(
    *,
    cells: str = "labelled",
    shares: Sequence[float] = SHARES,
    constants: EnsembleConstants = COURSE,
    rng: Rng,
) -> Float:
    """Shock in A; a day later back in A, with a share of the engram silenced.

    Parameters
    ----------
    cells : {"labelled", "others"}
        Which cells are silenced: that share of the engram, or as many cells outside it.
    shares : sequence of float
        Of the engram, each from 0 to 1.
    constants : EnsembleConstants
        Of the animal.
    rng : int or numpy.random.Generator
        Draws the animal, the contexts, the label and the drift of excitability.

    Returns
    -------
    ndarray of shape (n_shares,)
        Drive of the read-out.

    See Also
    --------
    engramlab.day_after : one point. Lesson 07.

    Examples
    --------
    >>> whole, none = silenced_shares(shares=(0.0, 1.0), rng=1)
    >>> bool(whole > 1), float(none)
    (True, 0.0)
    """
    known("cells", cells, CELLS)
    animal, contexts, engram, source = a_day_later(constants, rng)
    drives = []
    for share in shares:
        group = _group(animal, engram, cells, share, 0.0, deepcopy(source))
        drives.append(animal.recall(contexts[0], silence=group).drive)
    return np.array(drives)


def creb_losses(
    *, fractions: Sequence[float] = TREATED, constants: EnsembleConstants = COURSE, rng: Rng
) -> Float:
    """Shock in A with more CREB in some cells; a day later kill cells, and read out in A.

    Parameters
    ----------
    fractions : sequence of float
        Shares of the cells with more CREB, each from 0 to 0.5.
    constants : EnsembleConstants
        Of the animal.
    rng : int or numpy.random.Generator
        Draws the animal, the context, the treated cells and the drift of excitability.

    Returns
    -------
    ndarray of shape (5, n_fractions)
        Drive with all cells, without those with more CREB, without as many others; then the share
        of the engram that the first have, and that the others have.

    See Also
    --------
    engramlab.without_cells : one point. Lesson 07.

    Examples
    --------
    >>> creb_losses(fractions=(0.15,), rng=1).shape
    (5, 1)
    """
    start = generator(rng)
    born, (context,) = newborn(1, constants, rng=start)
    found = []
    for share in fractions:
        source = deepcopy(start)
        animal = born.overexpress_creb(share, rng=source)
        animal, engram = animal.encode(context, shock=True, rng=source)
        animal = animal.advance(DAY_HOURS, rng=source)
        others = as_many_others(animal.creb, rng=source)
        drives = [animal.recall(context).drive]
        drives += [animal.ablate(dead).recall(context).drive for dead in (animal.creb, others)]
        found.append([*drives, *(float(dead[engram].mean()) for dead in (animal.creb, others))])
    return np.array(found).T


def _group(
    animal: Ensemble,
    engram: Bool,
    cells: str,
    efficiency: float,
    background: float,
    source: np.random.Generator,
) -> Bool:
    """Return the labelled cells, or as many that are neither labelled nor in the engram."""
    label = animal.label(engram, efficiency=efficiency, background=background, rng=source)
    return label if cells == "labelled" else unlabelled(label, engram, rng=source.spawn(1)[0])
