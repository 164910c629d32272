"""Morrison DJ et al. (2016) Neurobiol Learn Mem, 10.1016/j.nlm.2016.07.007.

Silencing parvalbumin cells during training enlarges the engram. The 10 % are our setting.
"""

import numpy as np
import pytest
from claim_tools import holds
from effect_tools import assert_holds, means

import engramlab as el

INHIBITION = (3.5, 7.0, 14.0, 28.0, 56.0)


def test_less_inhibition_is_a_larger_engram():
    sizes = [float(means(el.engram_size, inhibition=level)) for level in INHIBITION]
    assert (np.diff(sizes) < 0).all()
    assert sizes == pytest.approx([0.32, 0.18, 0.10, 0.05, 0.03], abs=0.02)
    assert_holds("sizes")
    holds("C-m-sizes", *sizes)


def test_without_rest_engrams_grow_from_event_to_event():
    """A limit of the model, from the specification: 40 to 54 of 400 over five events."""
    at_once = means(el.sizes_in_a_row)
    rested = means(el.sizes_in_a_row, gap_hours=24.0)
    assert at_once == pytest.approx([40, 44, 49, 52, 54], abs=4)
    assert np.ptp(rested) < 0.5 * np.ptp(at_once)
    holds("C-m-no-rest", *at_once)
    holds("C-m-rested", *rested)
