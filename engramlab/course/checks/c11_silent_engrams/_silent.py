"""The lesson's own check: `is_silent`."""

from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import Faces, agrees, face_of, numbers, shape_of, show

Array = np.ndarray[Any, Any]

TIE = "a drive of exactly half counts as recall"


def _examine_is_silent(ask: Ask, rng: np.random.Generator) -> None:
    for n_animals in (8, 30):
        half = float(np.round(rng.uniform(0.6, 1.2), 2))
        natural = rng.uniform(0.0, 2.0, n_animals) * half
        light = rng.uniform(0.0, 2.0, n_animals) * half
        natural[:6] = half * np.array([0.3, 0.6, 0.3, 1.6, 1.4, 1.7])
        light[:6] = half * np.array([1.3, 0.4, 0.6, 1.8, 0.2, 1.2])
        order = rng.permutation(n_animals)
        _judge(ask(natural[order], light[order], half), natural[order], light[order], half)
    half = float(np.round(rng.uniform(0.6, 1.2), 2))
    for natural_drive, light_drive in ((half, half + 0.5), (half - 0.5, half), (0.1, half + 0.3)):
        answer = ask(natural_drive, light_drive, half)
        right = natural_drive < half <= light_drive
        if not agrees(numbers(answer, (), "The answer for numbers"), float(right)):
            raise Wrong(
                TIE if half in (natural_drive, light_drive) else None,
                f"With half = {half:g}, a drive of {natural_drive:g} in the place and of "
                f"{light_drive:g} with light should give {right}; it gives {show(answer)}.",
            )


def _judge(answer: Any, natural: Array, light: Array, half: float) -> None:
    right = np.array([a < half <= b for a, b in zip(natural, light, strict=True)])
    fails, succeeds = natural < half, light >= half
    faces: Faces = (
        ("only asks whether light gives more", natural < light),
        ("only asks whether the place fails", fails),
        ("only asks whether light succeeds", succeeds),
        ("turns the two round", (light < half) & (natural >= half)),
        ("either is enough", fails | succeeds),
        ("calls a lost memory silent", fails & ~succeeds),
        ("says how much, not whether", light - natural),
        ("one answer for all animals", right.any()),
        ("one answer for all animals", right.all()),
        ("one answer for all animals", right.sum()),
        ("one answer for all animals", right.mean()),
    )
    name = face_of(answer, faces)
    if name is None:
        value = numbers(answer, natural.shape, "The answer for arrays")
        if agrees(value.astype(float), right):
            return
    if shape_of(answer) != natural.shape:
        raise Wrong(
            name, f"There are {natural.size} animals, each with its own answer; yours is "
            f"{show(answer)}."
        )  # fmt: skip
    at = int(np.argmax(np.asarray(answer) != right))
    raise Wrong(
        name,
        f"With half = {half:g}, a drive of {natural[at]:.2f} in the place and of {light[at]:.2f} "
        f"with light should give {bool(right[at])}; yours gives {show(np.asarray(answer)[at])}.",
    )


IS_SILENT = Item(
    name="a",
    lesson="11",
    title="Silent",
    statement="Return True where an engram is silent: the place gives a drive below half, and "
    "light on its cells one of half or more (numbers or arrays).",
    signature="is_silent(natural, light, half)",
    points=0,
    hints=(
        "Two things have to hold at once: the place fails, and light succeeds. Each is a "
        "comparison with `half`.",
        "`&` joins two comparisons, for numbers and for arrays, if each stands in brackets: "
        "`(natural < half) & (...)`.",
    ),
    misconceptions={
        "only asks whether light gives more": "Light may give a little more than the place where "
        "both recall, or neither does. Compare each of them with `half`.",
        "only asks whether the place fails": "Where the place fails, the memory may be silent or "
        "gone. Only light tells which: ask for it too.",
        "only asks whether light succeeds": "Light succeeds for a memory that the place recalls as "
        "well. Silent means that the place fails.",
        "turns the two round": "The two comparisons are turned round: the drive of the place is "
        "below half, that of light is not.",
        "either is enough": "Both have to hold at once: `&`, not `|`.",
        "calls a lost memory silent": "Where light fails too, nothing shows that the memory is "
        "there. Light has to reach `half`.",
        "says how much, not whether": "That is a difference of drives. Return True or False.",
        "one answer for all animals": "Each animal has its own answer. Return one for each: no "
        "`any`, no `all`, no sum.",
        TIE: "A drive of exactly `half` counts as recall: `natural < half`, `light >= half`.",
    },
    examine=_examine_is_silent,
    graded=False,
    solution="def is_silent(natural, light, half):\n"
    "    return (natural < half) & (light >= half)\n",
)
