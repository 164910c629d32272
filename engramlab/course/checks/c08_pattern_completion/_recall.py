"""Item 3: `recall`."""

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import binary, show
from engramlab.course.checks.c08_pattern_completion._chains import (
    ENERGIES_ELSEWHERE,
    ENERGIES_LEFT_OUT,
    GOES_ON,
    IGNORES_LIMIT,
    NO_CLOSING,
    ONE_ORDER,
    PICKS_UNSTABLE,
    STOPS_EARLY,
    examine_each_sweep,
    examine_fresh_orders,
    examine_one_sweep,
)
from engramlab.course.checks.c08_pattern_completion._energies import (
    ask_recall,
    ask_recall_each,
    form,
    judge_energies,
)
from engramlab.course.checks.c08_pattern_completion._twins import (
    OWN_WORK,
    flipped,
    frustrated,
    hebb,
)
from engramlab.course.checks.c08_pattern_completion._visits import (
    STALE,
    TOO_MANY_VISITS,
    examine_stale_fields,
    examine_two_turns,
    examine_visits,
    led,
    pairs,
)

TIE_FLIPS = "a tie flips the unit"
ONE_TOO_FEW = "makes one sweep too few"
LEFT_OUT, FEW_LEFT = "leaves units out of a sweep", 5
"""Drawn with replacement, 21 of 58 units are left out, with a standard deviation of 2.4."""


def _examine_recall(ask: Ask, rng: np.random.Generator) -> None:
    _examine_order(ask, rng)
    examine_stale_fields(ask, rng)
    _examine_sweeps(ask, rng)
    _examine_ties(ask, rng)
    examine_one_sweep(ask, rng)
    examine_two_turns(ask, rng)
    examine_each_sweep(ask, rng)
    examine_fresh_orders(ask, rng)
    examine_visits(ask, rng)
    for n_neurons in (60, 101):
        weights, cue = frustrated(n_neurons, rng), binary(rng, n_neurons)
        state, _ = ask_recall(ask, weights, cue, rng.spawn(1)[0], 200)
        unsettled = np.flatnonzero((weights @ state) * state < -1e-9)
        if unsettled.size:
            raise Wrong(
                STOPS_EARLY,
                f"From a random state of {n_neurons} units with 200 sweeps allowed, "
                f"{unsettled.size} units would still change.",
            )
        ask_recall(ask, weights, cue, rng.spawn(1)[0], 1)
    patterns = binary(rng, 3, 150)
    state, _ = ask_recall(ask, hebb(patterns), flipped(patterns[0], 22, rng), rng.spawn(1)[0], 50)
    if (state == patterns[0]).mean() < 0.97:
        raise Wrong(None, "22 of 150 units flipped in one of three memories should be mended.")


def _examine_order(ask: Ask, rng: np.random.Generator) -> None:
    """Unlike pairs that start alike: whichever unit comes first turns, and only that one."""
    weights, cue = pairs(20), np.ones(40, dtype=np.int8)
    seeds = rng.integers(2**32, size=2)
    states = []
    sources = [np.random.default_rng(seed) for seed in (seeds[0], seeds[1], seeds[0])]
    for answer in ask.each((weights, cue, source, 21) for source in sources):
        state, energies = form(answer, cue)
        alike = state[::2] == state[1::2]
        if alike.all():
            together = bool((state == -1).all())
            raise Wrong(
                "updates all units at once" if together else None,
                "Twenty pairs of units with weight -1 start at +1. In each pair one unit should "
                f"turn to -1 and the other stay; here both end at {int(state[0])}.",
            )
        first = state[::2]
        if (first == first[0]).all() and not alike.any():
            raise Wrong(
                "always the same order",
                "Twenty pairs of units with weight -1 start at +1. Which unit of a pair turns "
                "should be chance; here it is the same one in all twenty.",
            )
        judge_energies(energies, weights, cue, state, 21)
        states.append(state)
    if not np.array_equal(states[0], states[2]) or np.array_equal(states[0], states[1]):
        raise Wrong(
            "ignores the rng",
            "The same seed should give the same run, and another seed another run; "
            "here the outcome does not follow `rng`.",
        )


def _examine_sweeps(ask: Ask, rng: np.random.Generator) -> None:
    """Units that follow one leader: after one full sweep each of them agrees with it."""
    n_neurons = 60
    questions = []
    for _ in range(3):
        weights, cue, units = led(n_neurons, rng)
        weights[units[0], units[2:]] = 1
        questions.append((weights + weights.T, cue, rng.spawn(1)[0], 1))
    for state, energies in ask_recall_each(ask, questions):
        if energies.size == 1:
            raise Wrong(
                ONE_TOO_FEW,
                "With max_sweeps=1 one sweep is allowed, and none was made: there is only the "
                "energy of the cue.",
            )
        n_left = int((state < 0).sum())
        if n_left:
            raise Wrong(
                LEFT_OUT if n_left <= FEW_LEFT else "draws units with replacement",
                f"One sweep visits each unit once. After one sweep {n_left} of {n_neurons - 2} "
                "units that should have turned were never visited.",
            )


def _examine_ties(ask: Ask, rng: np.random.Generator) -> None:
    """Ten units without any weight: their field is exactly 0."""
    weights = np.zeros((30, 30))
    weights[:20, :20] = frustrated(20, rng)
    cue = binary(rng, 30)
    cue[20:] = [1, -1] * 5
    for max_sweeps in (1, 50):
        state, _ = ask_recall(ask, weights, cue, rng.spawn(1)[0], max_sweeps)
        on, off = state[20::2], state[21::2]
        if np.array_equal(state[20:], cue[20:]):
            continue
        name = None
        if (on == off).all():
            name = {5: "a tie turns the unit on", -5: "a tie turns the unit off"}.get(int(on.sum()))
        elif np.array_equal(state[20:], -cue[20:]):
            name = TIE_FLIPS
        raise Wrong(
            name,
            f"Ten units have no weights, so their field is 0. They start at {show(cue[20:])} and "
            f"should stay; with max_sweeps={max_sweeps} they end at {show(state[20:])}.",
        )


RECALL = Item(
    name="recall",
    lesson="08",
    title="Recall, one unit at a time",
    statement="Update one unit at a time in random order until nothing changes; return the final "
    "state and the energy of the cue and after each sweep.",
    signature="recall(W, cue, rng, max_sweeps)",
    points=4,
    hints=(
        "One sweep is `for i in rng.permutation(len(state))`. In it, the field of unit i is "
        "`W[i] @ state`; the unit changes only when field and state have opposite signs.",
        "Start with `state = cue.copy()` and `energies = [-0.5 * state @ W @ state]`. After each "
        "sweep append the energy; leave the loop with `break` when no unit changed in the sweep.",
    ),
    misconceptions={
        "updates all units at once": "All units change at the same moment, each reacting to what "
        "the others were: two units of unlike sign then swap for ever. Update one unit, and let "
        "the next one see the change.",
        "always the same order": "The units are visited in the same order in every run. Draw the "
        "order anew: `for i in rng.permutation(len(state))`.",
        "ignores the rng": "Chance does not come from `rng`: use `rng.permutation`, not "
        "`np.random` and not a Generator with a seed of your own.",
        "one energy per update": "You record the energy after every unit. Record it once per "
        "sweep: one level of indentation to the left.",
        "draws units with replacement": "A sweep that draws units by chance visits some twice and "
        "others not at all. `rng.permutation(len(state))` visits each exactly once.",
        LEFT_OUT: "Some units never have their turn in a sweep. `rng.permutation(len(state))` has "
        "all of them, the first and the last too.",
        IGNORES_LIMIT: "The loop goes on after `max_sweeps` sweeps. Use "
        "`for sweep in range(max_sweeps)` and leave it early with `break`.",
        "a tie becomes 0": "`np.sign(0)` is 0, which is no state of a unit. When the field is 0 "
        "the unit keeps the state it has.",
        "a tie turns the unit on": "When the field is exactly 0 the unit keeps its state; `>= 0` "
        "turns it to +1. Change a unit only if `field * state[i] < 0`.",
        "a tie turns the unit off": "When the field is exactly 0 the unit keeps its state; your "
        "`else` turns it to -1. Change a unit only if `field * state[i] < 0`.",
        TIE_FLIPS: "When the field is exactly 0 the unit keeps its state; `<= 0` flips it. Change "
        "a unit only if `field * state[i] < 0`.",
        STALE: "Units are updated in groups, or the field is computed anew only now and then, so "
        "some react to what others were. Compute `W[i] @ state` for each unit when its turn comes.",
        TOO_MANY_VISITS: "In one sweep some units have their turn twice. A sweep visits every unit "
        "exactly once: `for i in rng.permutation(len(state))`.",
        ONE_TOO_FEW: "`max_sweeps` sweeps are allowed, and you stop one short of it: use "
        "`range(max_sweeps)`.",
        STOPS_EARLY: "One sweep is not always enough. Go on sweeping until a whole "
        "sweep changes nothing, or `max_sweeps` is reached.",
        "returns only the state": "Return both, the final state and the list of energies: "
        "`return state, np.array(energies)`.",
        "the energy rises": "One-at-a-time updates never raise the energy. Does each unit follow "
        "the sign of its field, and does it see the changes made before it?",
        "the energy has the wrong sign": "The energy is minus one half of the sum of "
        "W[i, j] s[i] s[j]; yours has the opposite sign, so recall climbs.",
        "the energy lacks its half": "Every pair of units is counted twice in `state @ W @ state`. "
        "Multiply by -0.5.",
        ONE_ORDER: "The order is drawn once and used again in every sweep. Draw it inside the loop "
        "over sweeps: `for i in rng.permutation(len(state))`.",
        PICKS_UNSTABLE: "Only units that want to change are visited. A sweep visits every unit "
        "once, in random order; each looks at its field when its turn comes, since the changes "
        "before it may have moved it.",
        GOES_ON: "Recall ends with the first sweep in which no unit changes, and its energy is the "
        "last one. Leave the loop with `break` after that sweep.",
        NO_CLOSING: "The sweep in which nothing changes counts too: append its energy, then leave "
        "the loop. In the worked value the last energy stands there twice.",
        ENERGIES_LEFT_OUT: "Energies are missing. Append one inside the loop over sweeps, after "
        "each sweep, not only at the end.",
        ENERGIES_ELSEWHERE: "First and last energy are right, those between are not. After each "
        "sweep append the energy of the state as it then is.",
        "records the energy before each sweep": "Each energy belongs to the state after its sweep. "
        "Compute it at the end of the sweep, not at its beginning.",
        "the energy of the cue is missing": "The first energy is that of the cue, before any "
        "update. Start the list with it.",
    },
    examine=_examine_recall,
    own_work=OWN_WORK,
)
