"""A fragment of a digit, or of a letter, brings back the whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist

from engramlab._types import Bool, Int
from engramlab.attractors import Hopfield
from engramlab.experiments import RECALLED
from engramlab.measures import overlap
from engramlab.patterns import digit_patterns, embed, letter_patterns, random_patterns
from engramlab.plots import new_picture, style
from engramlab.plots._axes import number
from engramlab.plots._completion import Completion, CompletionDrawing, completion_alt
from engramlab.widgets._controls import Slider
from engramlab.widgets._panel import Exhibit
from engramlab.widgets._stage import Scene

N_NEURONS = 400
MOST = 60
SWEEPS = 6
_DIGITS = (3, 0, 7, 9, 1, 5, 2, 8, 6, 4)
_DIGIT_NAMES = tuple(map(str, _DIGITS))
_LETTERS = "GENRAM"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Shown(Completion):
    """One recall at one setting of the sliders."""

    kept: int
    names: Sequence[str]

    @property
    def name(self) -> str:
        """Name of the memory that the cue came from."""
        return self.names[self.target]


@cache
def digit_memories() -> Int:
    """Return 60 memories of 400 units: ten show a digit in their first 64 units, 50 are random."""
    pictures = embed(digit_patterns(_DIGITS), n_neurons=N_NEURONS, rng=8)
    others = random_patterns(MOST - len(pictures), n_neurons=N_NEURONS, rng=9)
    return np.concatenate([pictures, others])


@cache
def letter_memories() -> Int:
    """Return six memories of 400 units that show a letter in their first 100 units."""
    return embed(letter_patterns(_LETTERS), n_neurons=N_NEURONS, rng=1)


def fragment(pattern: Int, kept: float, *, seed: int) -> tuple[Int, Bool]:
    """Return a cue that gives round(kept x N) units, the others by a coin, and which it gives.

    The order of the units and the coins depend on the seed alone: with a larger `kept` a cue gives
    what it gave before and more.
    """
    source = np.random.default_rng(seed)
    rank = source.permutation(pattern.size)
    coins = 2 * source.integers(0, 2, size=pattern.size, dtype=np.int8) - 1
    known = rank < round(kept * pattern.size)
    return np.where(known, pattern, coins).astype(np.int8), known


def _recall(memories: Int, kept: int, *, names: Sequence[str], seed: int) -> Shown:
    cue, known = fragment(memories[0], kept / 100, seed=seed)
    run = Hopfield.store(memories).recall(cue, rng=seed, max_sweeps=SWEEPS)
    return Shown(run=run, patterns=memories, target=0, known=known, kept=kept, names=names)


def complete_digit(cue: int, stored: int) -> Shown:
    """Store the first `stored` digit memories and recall the 3 from `cue` % of its units."""
    return _recall(digit_memories()[:stored], cue, names=_DIGIT_NAMES, seed=8)


def complete_letter(cue: int) -> Shown:
    """Store six letters and recall the G from `cue` % of its units."""
    return _recall(letter_memories(), cue, names=_LETTERS, seed=28)


def reading(shown: Shown) -> str:
    """Return the one line: cue and number stored, overlap, units right before and after."""
    words = f"cue {shown.kept} %, {len(shown.patterns)} stored: "
    words += completion_alt(shown, name=shown.name)
    ends = np.atleast_1d(overlap(shown.run.final, shown.patterns))
    nearest = int(np.argmax(np.abs(ends)))
    if ends[nearest] < -RECALLED and nearest == shown.target:
        words += f"; this is the mirror of the {shown.name}, every unit reversed"
    elif abs(ends[nearest]) > RECALLED and nearest != shown.target:
        name = f"the {shown.names[nearest]}" if nearest < len(shown.names) else "another memory"
        mirror = ", its mirror," if ends[nearest] < 0 else ""
        words += f"; overlap {number(ends[nearest])} with {name}{mirror} instead"
    return words if shown.run.converged else f"{words}, still moving after {SWEEPS} sweeps"


class CompletionScene(Scene):
    """Cue, half a sweep, recalled; the other memories; the overlap over the sweeps."""

    def __init__(self, shape: tuple[int, int], name: str) -> None:
        with style():
            self.figure = new_picture(height=318)
            self.drawing = CompletionDrawing(
                self.figure, top=50, shape=shape, name=name, sweeps=SWEEPS
            )

    def update(self, result: Any) -> Sequence[Artist]:
        """Show another recall."""
        self.drawing.set(result)
        return self.drawing.moving()

    def freeze(self) -> Sequence[Artist]:
        """Leave the course of the overlap behind."""
        return self.drawing.course.ghost()


def pattern_completion_exhibit() -> Exhibit:
    """Return the parts of `pattern_completion`."""
    return Exhibit(
        question="How much of a memory must you give to get the whole back?",
        model=complete_digit,
        scene=lambda: CompletionScene((8, 8), "3"),
        alt=reading,
        controls={
            "cue": Slider(label="Cue", low=0, high=100, step=1, value=30, unit="% of the units"),
            "stored": Slider(label="Memories stored", low=1, high=MOST, step=1, value=5,
                             unit=f"in {N_NEURONS} units"),
        },
    )  # fmt: skip


def letter_exhibit() -> Exhibit:
    """Return the parts of `letter`."""
    return Exhibit(
        question="How much of a letter must you give to get the whole back?",
        model=complete_letter,
        scene=lambda: CompletionScene((10, 10), "G"),
        alt=reading,
        controls={
            "cue": Slider(label="Cue", low=0, high=100, step=1, value=40, unit="% of the units")
        },
    )
