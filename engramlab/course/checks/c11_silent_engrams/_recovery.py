"""Stretch: `recovery_by_light`."""

from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import (
    Faces,
    apart,
    close,
    face_of,
    numbers,
    remembered,
    shape_of,
    show,
    within,
)
from engramlab.course.checks.c11_silent_engrams._own_work import OWN_WORK

Array = np.ndarray[Any, Any]

FIRST = "a number where nothing is lost"
BOUNDED = "keeps the share between 0 and 1"


def _examine_recovery(ask: Ask, rng: np.random.Generator) -> None:
    for n_days, n_animals in ((4, 6), (6, 4), (9, 20)):
        natural, light = _case(n_days, n_animals, rng)
        _judge(ask(natural, light), natural, light)
    natural, light = _case(5, 4, rng)
    natural[3] = natural[0] + 0.25  # above the first day: nothing is lost
    _judge(ask(natural, light), natural, light, named=False)
    natural, light = _case(5, 4, rng)
    light[2], light[4] = natural[0] + 0.25, natural[4] - 0.1  # more than was lost; less than none
    _judge(ask(natural, light), natural, light, named=False)


@remembered
def _case(n_days: int, n_animals: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Return drives that fall with the days, and drives of light, for which no two ideas agree."""
    while True:
        first = rng.uniform(1.0, 2.0, n_animals)
        left = np.sort(rng.uniform(0.1, 0.85, n_days))[::-1]
        left[0] = 1.0
        natural = first * left[:, None] * rng.uniform(0.9, 1.1, (n_days, n_animals))
        back = rng.uniform(0.3, 0.9, (n_days, 1)) * rng.uniform(0.8, 1.2, (n_days, n_animals))
        light = natural + back * np.maximum(first - natural, 0.1)
        light[0] = first * rng.uniform(0.85, 1.15, n_animals)
        right = _recovered(natural, light)
        if (natural.mean(axis=1)[1:] > natural[0].mean() - 0.1).any():
            continue
        if apart(right[1:], [(name, _tail(face)) for name, face in _faces(natural, light)]):
            return natural, light


def _tail(face: Array) -> Array:
    """Return what is left of an idea's answer without the first day."""
    return face[1:] if face.ndim else face


def _recovered(natural: Array, light: Array) -> Array:
    """Return the right answer, day by day."""
    start = float(natural[0].sum()) / natural.shape[1]
    shares = []
    for here, lit in zip(natural, light, strict=True):
        mean, lit_mean = float(here.sum()) / here.size, float(lit.sum()) / lit.size
        shares.append((lit_mean - mean) / (start - mean) if mean < start else np.nan)
    return np.array(shares)


def _faces(natural: Array, light: Array) -> list[tuple[str, Array]]:
    n, lit = natural.mean(axis=1), light.mean(axis=1)
    with np.errstate(all="ignore"):
        share = (lit - n) / (n[0] - n)
        faces = [
            ("divides what light gives by the first day", lit / n[0]),
            ("divides what light adds by the first day", (lit - n) / n[0]),
            ("compares light with the place", lit / n),
            ("compares light with the place", (lit - n) / n),
            ("compares light with the place", n / lit),
            ("compares light with the place", (lit - n) / lit),
            ("returns a drive, not a share", lit - n),
            ("returns a drive, not a share", n[0] - n),
            ("returns what is lost", (n[0] - n) / n[0]),
            ("returns what is lost", n / n[0]),
            ("turns the sign", -share),
            ("turns the fraction round", 1 / share),
            ("returns what is not recovered", 1 - share),
            ("takes light of the first day as the start", (lit - n) / (lit[0] - n)),
            ("a mean of shares",
             ((light - natural) / (natural[0] - natural)).mean(axis=1)),
            ("in per cent", 100 * share),
        ]  # fmt: skip
        each = (light - natural) / (natural[0] - natural)
    return [*faces, ("one share for each animal", each)]


def _judge(answer: Any, natural: Array, light: Array, *, named: bool = True) -> None:
    right = _recovered(natural, light)
    lost, n = ~np.isnan(right), natural.shape[0]
    faces: Faces = [(name, face[lost] if face.ndim == 1 else face[1:])
                    for name, face in _faces(natural, light)]  # fmt: skip
    if shape_of(answer) is None:
        numbers(answer, right.shape, "The shares")
    array = np.asarray(answer)
    name = None
    if named and array.dtype.kind in "biuf" and array.ndim and len(array) == n:
        name = face_of(array[lost] if array.ndim == 1 else array[1:], faces)
    if name is None and array.shape == (n - 1,) and close(array, right[1:], within(right[1:])):
        name = "leaves the first day out"
    if name is None:
        value = numbers(answer, right.shape, "The shares").astype(float)
        if close(value[lost], right[lost], within(right[lost])):
            if np.isnan(value[~lost]).all():
                return
            name = FIRST
        elif any(close(value[lost], np.clip(right[lost], *ends), within(right[lost]))
                 for ends in ((0, 1), (0, None), (None, 1))):  # fmt: skip
            name = BOUNDED
    raise Wrong(
        name,
        f"The place gives mean drives of {show(natural.mean(axis=1).round(3))} from day to day, "
        f"light {show(light.mean(axis=1).round(3))}. The shares should be "
        f"{show(right.round(4))}; yours are {show(answer)}.",
    )


RECOVERY_BY_LIGHT = Item(
    name="recovery_by_light",
    lesson="11",
    title="Stretch: what light recovers",
    statement="Return, for each day, which share of the drive that the place has lost since the "
    "first day light gives back; nan where nothing is lost.",
    signature="recovery_by_light(natural, light)",
    points=2,
    hints=(
        "Three means a day: the place on the first day, the place now, light now. Which two "
        "differences does the worked value take?",
        "`natural.mean(axis=1)` is one number a day. Lost is what the first day had more; gained "
        "is what light has more. Where lost is not above 0, `np.where(lost > 0, ..., np.nan)`; "
        "divide by `np.where(lost > 0, lost, np.nan)` and no warning comes.",
    ),
    misconceptions={
        "divides what light gives by the first day": "That counts what the place gives anyway. "
        "The question is for what light gives *back*: take away the place's own drive, above and "
        "below.",
        "divides what light adds by the first day": "Divide by what is lost since the first day, "
        "not by all that was there.",
        "compares light with the place": "That compares light and place of one day. The share is "
        "one of what was lost since the first day.",
        "returns a drive, not a share": "That is a difference of drives. A share is one difference "
        "over another.",
        "returns what is lost": "That says what the place lost or kept. How much of the loss does "
        "light give back?",
        "turns the sign": "The sign is turned: light gives more than the place, and the first day "
        "more than the later ones.",
        "turns the fraction round": "The fraction is turned round: what light gives back stands "
        "above, what is lost below.",
        "returns what is not recovered": "That is the share that stays lost. Return what light "
        "gives back.",
        "takes light of the first day as the start": "The loss is counted from what the *place* "
        "gave on the first day.",
        "a mean of shares": "Take the means over animals first, then one share a day. In an animal "
        "that lost little, its own share can be any number.",
        "one share for each animal": "Return one share a day, from the means over animals.",
        "in per cent": "Return a share: 0.5, not 50.",
        "leaves the first day out": "Return one number for each day, `np.nan` for the first.",
        BOUNDED: "Nothing keeps the share between 0 and 1: light may give more than was lost, or "
        "less than the place. Return it as it is.",
        FIRST: "Where nothing is lost, on the first day for one, there is nothing to recover: "
        "`np.nan`.",
    },
    examine=_examine_recovery,
    stretch=True,
    own_work=OWN_WORK,
)
