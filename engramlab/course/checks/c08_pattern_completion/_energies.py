"""What every answer to `recall` should keep to: its form, and energies that fit its states."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import close, name_of, numbers, shape_of, show
from engramlab.course.checks.c08_pattern_completion._twins import Array, energy

Question = tuple[Array, Array, np.random.Generator, int]
"""The weights, the cue, the Generator and the number of sweeps."""


def ask_recall(
    ask: Ask, weights: Array, cue: Array, rng: np.random.Generator, max_sweeps: int
) -> tuple[Array, Array]:
    """Return the state and the energies, after a look at all that any recall should keep to."""
    question = (weights, cue, rng, max_sweeps)
    return _looked_at(ask(*question), question)


def ask_recall_each(ask: Ask, questions: list[Question]) -> Iterator[tuple[Array, Array]]:
    """Give what `ask_recall` returns for each of many small questions."""
    return map(_looked_at, ask.each(questions), questions)


def _looked_at(answer: Any, question: Question) -> tuple[Array, Array]:
    weights, cue, _, max_sweeps = question
    state, energies = form(answer, cue)
    judge_energies(energies, weights, cue, state, max_sweeps)
    return state, energies


def form(answer: Any, cue: Array) -> tuple[Array, Array]:
    """Return the state and the energies of an answer, or say what is not as agreed."""
    if type(answer) not in (tuple, list) or len(answer) != 2:
        raise Wrong(
            "returns only the state" if shape_of(answer) == cue.shape else None,
            f"recall should return two things, `state, energies`; it returned {show(answer)}.",
        )
    state = numbers(answer[0], cue.shape, "The state")
    if (state == 0).any():
        raise Wrong(
            "a tie becomes 0",
            f"The state should hold -1 and +1 only; {int((state == 0).sum())} units are 0.",
        )
    if not (np.abs(state) == 1).all():
        raise Wrong(None, f"The state should hold -1 and +1 only; it is {show(state)}.")
    energies = numbers(answer[1], (shape_of(answer[1]) or (0,))[:1], "The list of energies")
    return state.astype(np.int8), energies.astype(float)


def judge_energies(
    energies: Array, weights: Array, cue: Array, state: Array, max_sweeps: int
) -> None:
    """Compare the energies with what the cue and the final state say of them."""
    start, end = energy(weights, cue), energy(weights, state)
    tolerance = 1e-6 * (1 + abs(start) + abs(end))
    if energies.size:
        ends = energies[[0, -1]]
        if close(ends, [start, end], tolerance):
            if not (np.diff(energies) <= tolerance).all():
                raise Wrong(
                    "the energy rises",
                    f"The energies are {show(energies)}: the energy should never rise.",
                )
            _at_most(energies.size - 1, max_sweeps, cue.size)
            return
        later = energies[0] if energies[0] < start - 0.01 * (1 + abs(start)) else np.inf
        twins = {
            "the energy has the wrong sign": [-start, -end],
            "the energy lacks its half": [2 * start, 2 * end],
            "the energy of the cue is missing": [later, end],
            "records the energy before each sweep": [start, start],
        }
        name = name_of(ends, twins, tolerance)
    else:
        name = None
    raise Wrong(
        name,
        f"The energies should begin with that of the cue, {show(start)}, and end with that of the "
        f"final state, {show(end)}; they are {show(energies)}.",
    )


def _at_most(n_sweeps: int, max_sweeps: int, n_neurons: int) -> None:
    if n_sweeps <= max_sweeps:
        return
    per_update = n_sweeps % n_neurons == 0
    raise Wrong(
        "one energy per update" if per_update else "ignores max_sweeps",
        f"With max_sweeps={max_sweeps} there are at most {max_sweeps + 1} energies, that of the "
        f"cue and one after each sweep; there are {n_sweeps + 1}.",
    )
