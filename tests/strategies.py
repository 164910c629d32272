"""What hypothesis draws: seeds, patterns, networks with whole-number weights."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from engramlab import Hopfield
from engramlab._types import CourseError
from engramlab.ensemble import check_protocol
from engramlab.ensemble._steps import EVENTS, WHO

seeds = st.integers(0, 2**32 - 1)
shares = st.floats(0, 1)


def states(n_neurons):
    """States of +1 and -1 with this many units."""
    return hnp.arrays(np.int8, n_neurons, elements=st.sampled_from([-1, 1]))


@st.composite
def patterns(draw, max_patterns=8, max_neurons=24):
    """Between one and `max_patterns` patterns; equal rows are not avoided."""
    shape = draw(st.integers(1, max_patterns)), draw(st.integers(1, max_neurons))
    return draw(hnp.arrays(np.int8, shape, elements=st.sampled_from([-1, 1])))


@st.composite
def whole_weights(draw, max_neurons=16, bound=5):
    """Symmetric whole-number weights without self-coupling, frustrated ones included."""
    n_neurons = draw(st.integers(2, max_neurons))
    upper = np.triu(
        draw(hnp.arrays(np.int64, (n_neurons, n_neurons), elements=st.integers(-bound, bound))), 1
    )
    return upper + upper.T


@st.composite
def networks(draw):
    """A network, stored or given, with or without self-coupling."""
    if draw(st.booleans()):
        return Hopfield.store(draw(patterns()), self_coupling=draw(st.booleans()))
    return Hopfield.from_weights(draw(whole_weights()))


@st.composite
def networks_and_cues(draw, max_cues=5):
    """A network and some cues for it."""
    net = draw(networks())
    n_cues = draw(st.integers(1, max_cues))
    cues = hnp.arrays(np.int8, (n_cues, net.n_neurons), elements=st.sampled_from([-1, 1]))
    return net, draw(cues)


_CONTEXTS = st.sampled_from(["A", "B", "new box"])
_WHO = st.sampled_from(WHO)
_SHARES = st.sampled_from([0, 0.05, 0.15, 1 / 3])
_STEPS = st.one_of(
    st.tuples(st.sampled_from(["label", "recall", "encode"]), _CONTEXTS),
    st.tuples(st.just("encode"), _CONTEXTS, st.sampled_from(EVENTS)),
    st.tuples(st.just("encode"), _CONTEXTS, st.sampled_from(EVENTS), _WHO),
    st.tuples(st.just("wait"), st.sampled_from([0, 0.5, 6, 24, 168])),
    st.tuples(st.just("drug"), st.sampled_from(["on", "off"])),
    st.tuples(st.sampled_from(["light", "silence"]), _WHO, _CONTEXTS),
    st.tuples(st.sampled_from(["ablate", "depress", "potentiate"]), _WHO),
    st.tuples(st.sampled_from(["creb", "remodel"]), _SHARES),
    st.tuples(st.just("replay"), st.integers(0, 3)),
    st.just(("novelty",)),
)


@st.composite
def protocols(draw, max_steps=14):
    """Lists of steps that hold together: what would be impossible where it stands is left out."""
    closing = [("recall", name) for name in ("A", "B", "new box")]  # no label is left waiting
    steps = []
    for step in draw(st.lists(_STEPS, min_size=1, max_size=max_steps)):
        try:
            check_protocol([*steps, step, *closing])
        except CourseError:
            continue
        steps.append(step)
    return [*steps, *closing[: draw(st.integers(1, 3))]] if _holds(steps) else [*steps, *closing]


def _holds(steps):
    try:
        check_protocol([*steps, ("recall", "A")])
    except CourseError:
        return False
    return True
