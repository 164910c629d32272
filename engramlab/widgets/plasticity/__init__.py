"""The widgets of plasticity: lessons 01 (rates), 02 (spike timing), 03 (tagging and capture)."""

from collections.abc import Callable

from engramlab.widgets._panel import Exhibit, Panel
from engramlab.widgets.plasticity._capture import protein_block_exhibit, tag_and_capture_exhibit
from engramlab.widgets.plasticity._capture_gap import rescue_gap_exhibit, weak_size_exhibit
from engramlab.widgets.plasticity._rates import hebb_exhibit
from engramlab.widgets.plasticity._rates_deeper import calcium_rates_exhibit, oja_exhibit
from engramlab.widgets.plasticity._rates_threshold import (
    sliding_threshold_exhibit,
    slow_threshold_exhibit,
)
from engramlab.widgets.plasticity._timing import (
    pair_against_triplet_exhibit,
    pairing_rate_exhibit,
    triplet_sets_exhibit,
)
from engramlab.widgets.plasticity._timing_competition import competing_synapses_exhibit
from engramlab.widgets.plasticity._timing_window import calcium_sets_exhibit, wide_window_exhibit

EXHIBITS: dict[str, Callable[[], Exhibit]] = {
    "calcium_rates": calcium_rates_exhibit,
    "hebb_alone": hebb_exhibit,
    "oja": oja_exhibit,
    "sliding_threshold": sliding_threshold_exhibit,
    "slow_threshold": slow_threshold_exhibit,
    "protein_block": protein_block_exhibit,
    "rescue_gap": rescue_gap_exhibit,
    "tag_and_capture": tag_and_capture_exhibit,
    "weak_size": weak_size_exhibit,
    "calcium_sets": calcium_sets_exhibit,
    "competing_synapses": competing_synapses_exhibit,
    "pair_against_triplet": pair_against_triplet_exhibit,
    "pairing_rate": pairing_rate_exhibit,
    "triplet_sets": triplet_sets_exhibit,
    "wide_window": wide_window_exhibit,
}


def hebb_alone() -> Panel:
    """Move the learning rate and the time of cells that learn by Hebb's rule alone."""
    return hebb_exhibit().panel()


def sliding_threshold() -> Panel:
    """Let the threshold slide, or fix it; see to which patterns a cell still answers."""
    return sliding_threshold_exhibit().panel()


def slow_threshold() -> Panel:
    """Move the memory of the threshold in 20 cells; see when they lose their answer."""
    return slow_threshold_exhibit().panel()


def calcium_rates() -> Panel:
    """Move the rate of spike pairs; see what calcium makes of it, and what was measured."""
    return calcium_rates_exhibit().panel()


def oja() -> Panel:
    """Turn the inputs of 20 cells that learn by Oja's rule."""
    return oja_exhibit().panel()


def pairing_rate() -> Panel:
    """Move the rate of pairs and the triplet part of the rule; see the change with either order."""
    return pairing_rate_exhibit().panel()


def pair_against_triplet() -> Panel:
    """Turn the knobs of the pair rule; see how far from the measured points it stays."""
    return pair_against_triplet_exhibit().panel()


def triplet_sets() -> Panel:
    """Compare the four published sets of the triplet rule with the points."""
    return triplet_sets_exhibit().panel()


def wide_window() -> Panel:
    """Move the gap between two events; see what a pair of spikes and a plateau leave of it."""
    return wide_window_exhibit().panel()


def calcium_sets() -> Panel:
    """Pick one of nine sets of the calcium rule; see the window that it gives."""
    return calcium_sets_exhibit().panel()


def competing_synapses() -> Panel:
    """Let a thousand synapses compete in two programs, one of which has a fault."""
    return competing_synapses_exhibit().panel()


def tag_and_capture() -> Panel:
    """Move a strong event from before to after a weak one; see what the weak synapse keeps."""
    return tag_and_capture_exhibit().panel()


def protein_block() -> Panel:
    """Give a drug that stops the making of proteins, and move its start."""
    return protein_block_exhibit().panel()


def rescue_gap() -> Panel:
    """Move the gap between two events in 20 slices, under what laboratories found."""
    return rescue_gap_exhibit().panel()


def weak_size() -> Panel:
    """Move the gap; see what weak events of all sizes keep."""
    return weak_size_exhibit().panel()
