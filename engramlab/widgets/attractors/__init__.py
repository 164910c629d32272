"""The widgets of pattern completion: lessons 00 and 08."""

from engramlab.widgets._panel import Panel
from engramlab.widgets.attractors._arms import cue_control_exhibit
from engramlab.widgets.attractors._capacity import basins_exhibit, blackout_exhibit
from engramlab.widgets.attractors._completion import letter_exhibit, pattern_completion_exhibit
from engramlab.widgets.attractors._rules import pseudo_inverse_exhibit, self_coupling_exhibit

EXHIBITS = {
    "basins": basins_exhibit,
    "blackout": blackout_exhibit,
    "cue_control": cue_control_exhibit,
    "letter": letter_exhibit,
    "pattern_completion": pattern_completion_exhibit,
    "pseudo_inverse": pseudo_inverse_exhibit,
    "self_coupling": self_coupling_exhibit,
}


def pattern_completion() -> Panel:
    """Move the size of a cue and the number of memories; see what of a digit comes back."""
    return pattern_completion_exhibit().panel()


def letter() -> Panel:
    """Move the size of a cue; see what of a letter comes back."""
    return letter_exhibit().panel()


def cue_control() -> Panel:
    """Compare a cue of a memory with an equal cue of none, and with shuffled weights."""
    return cue_control_exhibit().panel()


def blackout() -> Panel:
    """Move the number of memories in 20 networks; see how many come back, and how they are lost."""
    return blackout_exhibit().panel()


def basins() -> Panel:
    """Move load and cue; see where the pull of a memory ends."""
    return basins_exhibit().panel()


def self_coupling() -> Panel:
    """Move the load of networks with and without self-coupling."""
    return self_coupling_exhibit().panel()


def pseudo_inverse() -> Panel:
    """Store digits, which resemble each other, by the Hebbian rule and by the pseudo-inverse."""
    return pseudo_inverse_exhibit().panel()
