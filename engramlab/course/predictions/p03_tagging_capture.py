"""Lesson 03: a weak event before a strong one, the same under a drug, and the longest gap.

Each wrong picture is drawn by the same slice with one belief switched on: no tag that waits (too
late), the strong event reaching both synapses (it helps all), the newcomer taking the place of the
old; a drug without effect, a drug that stops every change, a drug that only delays. In the third,
the shapes of two beliefs about help that comes late. Slices differ in what a stimulation does to
them, as in `engramlab.experiments.rescue`.
"""

from functools import cache

import numpy as np

from engramlab.course.predictions._types import (
    Array,
    Belief,
    Number,
    Option,
    Prediction,
    Reason,
    Simulated,
)
from engramlab.experiments import rescue
from engramlab.experiments.capture import event_sizes
from engramlab.measures import crossing
from engramlab.plasticity import LUBOEINSKI_2021, CaptureConstants, slice_course
from engramlab.protocols import DrugWindow, Stimulus

BEFORE = 0.5  # hours shown before the weak event
GAP = 0.5  # hours from the weak to the strong event
DRUG = 4.0  # hours from the weak event to the end of the drug
SPREAD = 0.1
HOURS = np.linspace(-BEFORE, 10.0, 106)
GAPS = np.linspace(0.0, 4.0, 41)
LEFT = 0.2  # of what is kept at gap zero
# Tag and synthesis outlast the drug; tuned so that as much is kept as without it.
PATIENT = LUBOEINSKI_2021._replace(threshold_tag=0.032, threshold_protein=0.05)


def _weight(
    *stimuli: Stimulus,
    drug: DrugWindow | None = None,
    constants: CaptureConstants = LUBOEINSKI_2021,
) -> Array:
    """Return the weight of pathway 0 at each of `HOURS`."""
    until = float(HOURS[-1]) + BEFORE
    course = slice_course(stimuli, until_hours=until, drug=drug, n_points=106, constants=constants)
    return np.asarray(np.interp(HOURS, course.hours - BEFORE, course.weight[0]))


def _events(seed: int, number: int) -> tuple[Stimulus, Stimulus]:
    """Return the weak event of one slice on pathway 0, and the strong one on pathway 1."""
    weak, strong = event_sizes(SPREAD, np.random.default_rng([3, number, seed]))
    return (
        Stimulus(at_hours=BEFORE, pathway=0, size=weak),
        Stimulus(at_hours=BEFORE + GAP, pathway=1, size=strong),
    )


def _effect(n_seeds: int) -> Simulated:
    curves: dict[str, list[Array]] = {key: [] for key in "abcd"}
    for seed in range(n_seeds):
        weak, strong = _events(seed, 1)
        reached = Stimulus(at_hours=strong.at_hours, pathway=0, size=strong.size)
        early = weak.size * np.exp(-GAP / LUBOEINSKI_2021.tau_early_hours)
        replaced = Stimulus(at_hours=strong.at_hours, pathway=0, size=-early / (1 + early))
        curves["a"].append(_weight(weak))
        curves["b"].append(_weight(weak, strong))
        curves["c"].append(_weight(weak, strong, reached))
        curves["d"].append(_weight(weak, replaced))
    return Simulated(x=HOURS, curves={key: np.array(rows) for key, rows in curves.items()})


def _control(n_seeds: int) -> Simulated:
    curves: dict[str, list[Array]] = {key: [] for key in "abcd"}
    drug = DrugWindow(start_hours=0.0, end_hours=BEFORE + DRUG)
    for seed in range(n_seeds):
        events = _events(seed, 2)
        curves["a"].append(_weight(*events))
        curves["b"].append(_weight())
        curves["c"].append(_weight(*events, drug=drug, constants=PATIENT))
        curves["d"].append(_weight(*events, drug=drug))
    return Simulated(x=HOURS, curves={key: np.array(rows) for key, rows in curves.items()})


@cache
def _limit(n_seeds: int) -> Simulated:
    late = np.array(
        [
            [
                rescue(
                    strong_after_hours=gap,
                    spread=SPREAD,
                    rng=np.random.default_rng([3, 3, seed]),
                )
                for gap in GAPS.tolist()
            ]
            for seed in range(n_seeds)
        ]
    )
    share = late / late[:, :1]
    longest = crossing(GAPS, share.mean(axis=0), LEFT)
    alike = np.ones((n_seeds, 1))
    return Simulated(
        x=GAPS,
        curves={
            "a": alike * _fading(GAPS, longest),
            "b": alike * _door(GAPS, longest),
            "c": share,
        },
        number=longest,
    )


def _fading(x: Array, longest: float) -> Array:
    """Fast at first, then ever more slowly: `LEFT` at `longest`, and never nothing."""
    return np.asarray(1.0 / (1.0 + (1.0 / LEFT - 1.0) * x / longest))


def _door(x: Array, longest: float) -> Array:
    """All of it up to `longest`, where it ends within a tenth of that time."""
    steep = (longest - x) / (0.1 * longest)
    return np.asarray(np.clip(LEFT + (1.0 - LEFT) * steep, 0.0, 1.0))


def _through(key: str, guess: float, x: Array) -> Array:
    """Draw the chosen shape so that a fifth is left at the learner's gap."""
    if key == "a":
        return _fading(x, guess)
    if key == "b":
        return _door(x, guess)
    truth = _limit(20)
    return np.asarray(np.interp(x * (truth.number or guess) / guess, truth.x, truth.mean("c")))


WEIGHTS = (1, 1.5, 2)

PREDICTIONS = (
    Prediction(
        lesson="03",
        id="03-1",
        title="weak first, strong later",
        question=(
            "This time the weak stimulation comes first, at 0 h. A strong stimulation of the "
            "other pathway follows 0.5 h later. How does the strength of the weakly stimulated "
            "synapses go on?"
        ),
        options=(
            Option(
                key="a",
                text="it fades as if alone",
                belief=Belief(
                    id="strong_must_come_first",
                    sentence="What has happened cannot be helped by something that comes later.",
                ),
            ),
            Option(
                key="b",
                text="a part of it stays",
                belief=Belief(
                    id="tag_waits",
                    sentence="The weak synapse can still use what the strong event makes.",
                ),
            ),
            Option(
                key="c",
                text="it joins the strong one",
                belief=Belief(
                    id="strong_helps_all",
                    sentence="A strong event strengthens all synapses of the cell.",
                ),
            ),
            Option(
                key="d",
                text="it is wiped out",
                belief=Belief(
                    id="newcomer_wins",
                    sentence="The strong event takes the place of what was there before.",
                ),
            ),
        ),
        answer="b",
        simulate=_effect,
        x_label="hours from the weak stimulation",
        x_ticks=(0, 5, 10),
        y_label="strength (1 = before)",
        y_ticks=WEIGHTS,
        finding=(
            "A part of the weak change stays for good, though the strong event came only later."
        ),
        settings=(0, GAP),
        claims=("C-m-weak-first",),
        model="the slice",
        runs="slices",
    ),
    Prediction(
        lesson="03",
        id="03-2",
        title="no new proteins",
        question=(
            "The same again, weak at 0 h and strong at 0.5 h. But from the start until 4 h a drug "
            "keeps the cell from making new proteins. How does the strength of the weakly "
            "stimulated synapses go on?"
        ),
        options=(
            Option(
                key="a",
                text="as without the drug",
                belief=Belief(
                    id="activity_is_enough",
                    sentence="What rescues is the strong activity itself, and it still happens.",
                ),
            ),
            Option(
                key="b",
                text="it never rises at all",
                belief=Belief(
                    id="every_change_needs_proteins",
                    sentence="A synapse cannot change at all without new proteins.",
                ),
            ),
            Option(
                key="c",
                text="it comes back later",
                belief=Belief(
                    id="drug_only_delays",
                    sentence="Once the drug is gone, the cell makes up for what it missed.",
                ),
            ),
            Option(
                key="d",
                text="it fades as if alone",
                belief=Belief(
                    id="lasting_needs_proteins",
                    sentence="The change needs no new proteins, but to last it does.",
                ),
            ),
        ),
        answer="d",
        because=(
            Reason(
                key="1",
                text="the strong activity itself keeps the weak change, drug or no drug",
                feedback=(
                    "The drug of the model touches only proteins. If activity were enough, the "
                    "rescue would still be there. And had it spread, the weak synapses would end "
                    "as high as the strong ones without the drug: they do not."
                ),
            ),
            Reason(
                key="2",
                text="without proteins a synapse cannot get stronger in the first place",
                feedback=(
                    "It does get stronger: the early change uses what is already at the synapse. "
                    "What it lacks is the means to stay."
                ),
            ),
            Reason(
                key="3",
                text="a change needs no new proteins, but keeping it does, and only for a while",
                feedback=(
                    "Yes: when the drug is gone, the strong event has long stopped asking for "
                    "proteins, and the weak synapse could no longer use them."
                ),
            ),
        ),
        reason="3",
        simulate=_control,
        x_label="hours from the weak stimulation",
        x_ticks=(0, 5, 10),
        y_label="strength (1 = before)",
        y_ticks=WEIGHTS,
        finding="Both synapses get stronger at first, and with the drug neither stays so.",
        settings=(0, GAP, DRUG),
        claims=("C-m-drug",),
        model="the slice",
        runs="slices",
    ),
    Prediction(
        lesson="03",
        id="03-3",
        title="the longest gap",
        question=(
            "Let the strong stimulation come later and later after the weak one. The weak synapses "
            "keep most if both come at once. In this model, at which gap do they keep only a fifth "
            "of that, and what does the way there look like?"
        ),
        options=(
            Option(
                key="a",
                text="fast, then slowly",
                belief=Belief(
                    id="chance_fades_as_memory",
                    sentence="The chance fades as a memory does: never quite to nothing.",
                ),
            ),
            Option(
                key="b",
                text="all, then nothing",
                belief=Belief(
                    id="door_shuts",
                    sentence="A window is open, and then it is shut.",
                ),
            ),
            Option(
                key="c",
                text="down from the start",
                belief=Belief(
                    id="tag_runs_out",
                    sentence="Each minute of waiting is one minute less to use the proteins.",
                ),
            ),
        ),
        answer="c",
        number=Number(
            label="A fifth is left at",
            unit="h",
            low=0.02,
            high=24.0,
            near=1.3,
            wide=8.0,
            few="short",
            many="long",
        ),
        through=_through,
        simulate=_limit,
        x_label="gap from weak to strong (h)",
        x_ticks=(0, 1, 2, 3, 4),
        y_label="share that is kept",
        finding=(
            "It falls from the first minute on, and is gone when the proteins come too late for "
            "the weak synapse."
        ),
        claims=("C-m-longest",),
        model="the slice",
        runs="slices",
    ),
)
