"""The widgets of ensembles: lessons 05 to 07 (allocation, linking, engrams), 11 and 12."""

from collections.abc import Callable

from engramlab.widgets._panel import Exhibit, Panel
from engramlab.widgets.ensemble._allocation import allocation_exhibit, exclusion_exhibit
from engramlab.widgets.ensemble._allocation_threshold import (
    engram_sizes_exhibit,
    settling_exhibit,
)
from engramlab.widgets.ensemble._engrams import controls_exhibit, light_exhibit
from engramlab.widgets.ensemble._engrams_lost import loss_exhibit, silence_exhibit
from engramlab.widgets.ensemble._linking import ageing_exhibit, linking_exhibit
from engramlab.widgets.ensemble._linking_back import linked_back_exhibit
from engramlab.widgets.ensemble._month import gist_exhibit, month_exhibit, replay_exhibit
from engramlab.widgets.ensemble._silence import silent_exhibit, switch_exhibit
from engramlab.widgets.ensemble._silence_days import days_exhibit

EXHIBITS: dict[str, Callable[[], Exhibit]] = {
    "allocation": allocation_exhibit,
    "engram_sizes": engram_sizes_exhibit,
    "exclusion": exclusion_exhibit,
    "settling": settling_exhibit,
    "gist": gist_exhibit,
    "month": month_exhibit,
    "replay_blocked": replay_exhibit,
    "ageing": ageing_exhibit,
    "creb_loss": loss_exhibit,
    "label_and_light": light_exhibit,
    "light_and_others": controls_exhibit,
    "silence_share": silence_exhibit,
    "remodelled_contacts": days_exhibit,
    "silent_engram": silent_exhibit,
    "switch_off_and_on": switch_exhibit,
    "linked_back": linked_back_exhibit,
    "linking": linking_exhibit,
}


def allocation() -> Panel:
    """Give some cells more CREB and move the inhibition; see who wins in one network and in 20."""
    return allocation_exhibit().panel()


def exclusion() -> Panel:
    """Make some cells harder to excite; see what becomes of the others."""
    return exclusion_exhibit().panel()


def settling() -> Panel:
    """Move the inhibition and the CREB cells; see where two curves cross."""
    return settling_exhibit().panel()


def engram_sizes() -> Panel:
    """Move the inhibition; see how many cells an event takes in 20 networks."""
    return engram_sizes_exhibit().panel()


def linking() -> Panel:
    """Move two events apart; see which cells they share, and what the first brings back."""
    return linking_exhibit().panel()


def ageing() -> Panel:
    """Take the bump of excitability away, as in old animals; see which cells two events share."""
    return ageing_exhibit().panel()


def linked_back() -> Panel:
    """Let the cells of two events be active together offline after a strong shock, or not."""
    return linked_back_exhibit().panel()


def month() -> Panel:
    """Move the day; see what each region gives alone, under two hypotheses."""
    return month_exhibit().panel()


def replay_blocked() -> Panel:
    """Let offline replay happen, or stop it in two ways, and move the day."""
    return replay_exhibit().panel()


def gist() -> Panel:
    """Move the test place away from the first, and the inhibition at recall."""
    return gist_exhibit().panel()


def label_and_light() -> Panel:
    """Move the share of an engram that is labelled; see what light on it recalls in a new place."""
    return light_exhibit().panel()


def light_and_others() -> Panel:
    """Move the share of an engram that is labelled; see light on it beside three controls."""
    return controls_exhibit().panel()


def silence_share() -> Panel:
    """Move the share of an engram that is silenced, and of as many other cells."""
    return silence_exhibit().panel()


def creb_loss() -> Panel:
    """Move the number of cells with more CREB; see what is recalled when they are lost."""
    return loss_exhibit().panel()


def silent_engram() -> Panel:
    """Move the share of an engram that is labelled; see place and light, drug or none."""
    return silent_exhibit().panel()


def switch_off_and_on() -> Panel:
    """Give the cells of one of two memories LTD and LTP; see both memories."""
    return switch_exhibit().panel()


def remodelled_contacts() -> Panel:
    """Let contacts move every day; see when the place fails, and whether light does."""
    return days_exhibit().panel()
