"""Networks that show whether each unit has one turn in a sweep, and what it then looks at."""

from functools import cache
from itertools import permutations

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks.c08_pattern_completion._energies import ask_recall, ask_recall_each
from engramlab.course.checks.c08_pattern_completion._twins import Array

STALE = "reacts to what other units were"
TOO_MANY_VISITS = "visits some units twice in a sweep"

RIVALS = -np.array(
    [[0, 1, 2, 9, 9], [1, 0, 3, 9, 6], [2, 3, 0, 3, 3], [9, 9, 3, 0, 7], [9, 6, 3, 7, 0]],
    dtype=float,
)
"""Units that inhibit each other. All begin at +1. Of all such weights tried, these most often end
a sweep in a state that no order reaches if some unit has a second turn: once in 7 if only one has.
No field is ever 0."""
FOLLOWERS, MOST_TURNED = 60, 50
"""In one sweep half of the second followers turn: more than these once in 50 million times."""
ROUNDS = 45
"""A single turn too many goes unseen in all of them once in a thousand checks."""


def pairs(n_pairs: int) -> Array:
    """Return weights that join units 2k and 2k+1 by -1, and nothing else."""
    return np.kron(np.eye(n_pairs), np.array([[0.0, -1.0], [-1.0, 0.0]]))


def led(n_neurons: int, rng: np.random.Generator) -> tuple[Array, Array, Array]:
    """Return one half of symmetric weights, a cue, and units: a leader, its partner, the rest.

    In the cue leader and partner are on, and nothing joins the rest. The partner keeps the leader
    on whatever others do that it is joined to by weights of 1 or 2.
    """
    units = rng.permutation(n_neurons)
    weights = np.zeros((n_neurons, n_neurons))
    weights[units[0], units[1]] = 2 * n_neurons
    cue = np.full(n_neurons, -1, dtype=np.int8)
    cue[units[:2]] = 1
    return weights, cue, units


def examine_stale_fields(ask: Ask, rng: np.random.Generator) -> None:
    """Unlike pairs that start alike: after one sweep, whatever its order, each pair differs."""
    questions = [
        (pairs(n_pairs), np.ones(2 * n_pairs, dtype=np.int8), rng.spawn(1)[0], 1)
        for n_pairs in (20, 20, 1)
    ]
    for state, energies in ask_recall_each(ask, questions):
        turned_both = int(((state[::2] == -1) & (state[1::2] == -1)).sum())
        if energies.size == 2 and turned_both:
            raise Wrong(
                STALE,
                f"Pairs of units with weight -1 start at +1. In one sweep the first of a pair "
                f"should turn to -1 and the other, which sees that, stay; in {turned_both} of "
                f"{state.size // 2} both turned.",
            )


def examine_two_turns(ask: Ask, rng: np.random.Generator) -> None:
    """Units that follow a follower turn in the first sweep only if their turn comes after its."""
    weights, cue, units = led(2 + 2 * FOLLOWERS, rng)
    firsts, seconds = units[2::2], units[3::2]
    weights[units[0], firsts] = 2
    weights[firsts, seconds] = 1
    state, _ = ask_recall(ask, weights + weights.T, cue, rng.spawn(1)[0], 1)
    turned = int((state[seconds] > 0).sum())
    if turned > MOST_TURNED:
        raise Wrong(
            TOO_MANY_VISITS,
            f"{FOLLOWERS} units copy one that turns, and each of them is copied by another. With "
            f"max_sweeps=1 {turned} of those others turned. If each unit has its turn once, half "
            "of them come too early for that.",
        )


def examine_visits(ask: Ask, rng: np.random.Generator) -> None:
    """A few rivals end one sweep in one of the states that some order of single turns gives."""
    n_neurons = len(RIVALS)
    questions = []
    for _ in range(ROUNDS):
        places = rng.permutation(n_neurons)
        cue = rng.choice(np.array([-1, 1], dtype=np.int8), n_neurons)
        weights = RIVALS[np.ix_(places, places)] * np.outer(cue, cue)
        questions.append((places, (weights, cue, rng.spawn(1)[0], 1)))
    answers = ask_recall_each(ask, [question for _, question in questions])
    for (places, (_, cue, *_)), (state, _) in zip(questions, answers, strict=True):
        ends = np.empty(n_neurons, dtype=int)
        ends[places] = state * cue
        if tuple(ends.tolist()) not in _within_one_sweep():
            raise Wrong(
                TOO_MANY_VISITS,
                f"With max_sweeps=1 a network of {n_neurons} units ends in a state that no order "
                "reaches in which each unit has its turn once.",
            )


@cache
def _within_one_sweep() -> frozenset[tuple[int, ...]]:
    """Return all states in which the rivals may end their first sweep."""
    found = set()
    for order in permutations(range(len(RIVALS))):
        state = np.ones(len(RIVALS), dtype=int)
        for unit in order:
            state[unit] = np.sign(RIVALS[unit] @ state)
        found.add(tuple(state.tolist()))
    return frozenset(found)
