"""Lesson 00: what a network that has stored six letters makes of a spoilt one."""

import numpy as np

from engramlab.attractors import Hopfield
from engramlab.course.predictions._runs import SWEEPS, half_cut_off, share_right, unconnected
from engramlab.course.predictions._types import Array, Belief, Option, Prediction, Simulated
from engramlab.patterns import corrupt, embed, letter_patterns

N_UNITS, N_PIXELS, FLIPPED = 400, 100, 0.30
WORD, SHOWN = "ENGRAM", 3  # the R


def _letter(n_seeds: int) -> Simulated:
    curves: dict[str, list[Array]] = {key: [] for key in "abcd"}
    for seed in range(n_seeds):
        rng = np.random.default_rng([0, 1, seed])
        patterns = embed(letter_patterns(WORD), n_neurons=N_UNITS, rng=rng)
        network, target = Hopfield.store(patterns), patterns[SHOWN]
        cue = corrupt(target, FLIPPED, rng=rng)
        networks = {
            "a": network,
            "b": unconnected(N_UNITS),
            "c": half_cut_off(network, np.flatnonzero(cue != target), rng),
            "d": network.shuffled(rng=rng),
        }
        for key, one in networks.items():
            curves[key].append(share_right(one, cue, target, rng=rng, n_shown=N_PIXELS))
    return Simulated(x=SWEEPS, curves={key: np.array(rows) for key, rows in curves.items()})


PREDICTIONS = (
    Prediction(
        lesson="00",
        id="00-1",
        title="a spoilt letter",
        question=(
            "A network has stored the six letters of ENGRAM. You show it an R in which about 30 of "
            "100 pixels are the wrong way round, black for white. The units then listen to each "
            "other a few times. What happens to the letter?"
        ),
        options=(
            Option(
                key="a",
                text="it becomes whole",
                belief=Belief(
                    id="whole_from_part",
                    sentence="Units that belong together call each other until the whole stands.",
                ),
            ),
            Option(
                key="b",
                text="it stays as shown",
                belief=Belief(
                    id="copy_of_the_cue",
                    sentence="A memory gives back what it is given.",
                ),
            ),
            Option(
                key="c",
                text="half of it is mended",
                belief=Belief(
                    id="rest_is_guessed",
                    sentence="What follows from the good pixels is mended, the rest is guessed.",
                ),
            ),
            Option(
                key="d",
                text="it falls apart",
                belief=Belief(
                    id="noise_wins",
                    sentence="Wrong pixels infect their neighbours until nothing is left.",
                ),
            ),
        ),
        answer="a",
        simulate=_letter,
        x_label="sweeps (in one, each unit listens once)",
        y_label="share of pixels right",
        x_ticks=(0, 1, 2, 3),
        finding="All pixels come right: the letter is rebuilt from what the network has stored.",
        settings=(100 * FLIPPED, N_PIXELS),
        claims=("C-m-letter",),
    ),
)
