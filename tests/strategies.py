"""What hypothesis draws: seeds, patterns, networks with whole-number weights."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from engramlab import Hopfield

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
