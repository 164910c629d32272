"""The one set of constants of the ensemble model, and which of them were set by hand."""

from types import MappingProxyType
from typing import NamedTuple

from engramlab.kernels.capture import LUBOEINSKI_2021, CaptureConstants

STRONG, WEAK = 1.0, 0.43
"""How far an event moves its synapses towards their limit; WEAK leaves a tag, but makes no protein.

WEAK is tuned, the same as in lesson 03."""


class EnsembleConstants(NamedTuple):
    """What the ensemble model runs on; drive in units of the mean drive of a context.

    `MEANING` says what each is, `TUNED` which were set by hand; both in `ensemble_table`.
    """

    n_cells: int = 400
    n_inputs: int = 400
    n_active: int = 30
    p_connect: float = 0.5
    sigma_weights: float = 0.5
    inhibition: float = 14.0
    sd_excitability: float = 0.2
    tau_excitability_hours: float = 7.0
    bump: float = 0.8
    creb: float = 0.3
    lowered: float = 0.3
    light: float = 3.0
    eta_heterosynaptic: float = 0.05
    p_contact: float = 0.5
    size_expected: float = 0.10
    share_offline: float = 0.3
    gate_offline: float = 0.25
    threshold_recall: float = 0.8
    width_recall: float = 0.1
    capture: CaptureConstants = LUBOEINSKI_2021


COURSE = EnsembleConstants()
"""The set of every lesson."""

MEANING = MappingProxyType(
    {
        "n_cells": "cells of the ensemble: enough for an engram of 40",
        "n_inputs": "units of the world that a context can switch on",
        "n_active": "units on in one context; two at random share 2 or 3",
        "p_connect": "share of the inputs that a cell has a contact with",
        "sigma_weights": "spread of the log of a baseline weight",
        "inhibition": "threshold if all cells were active; set for an engram of 10 %",
        "sd_excitability": "spread of excitability; sets, with creb, how CREB recruits",
        "tau_excitability_hours": "hours until it has drifted; set so that 6 h link, 24 h not",
        "bump": "excitability that activity adds; set together with its hours",
        "creb": "excitability that more CREB adds to a cell",
        "lowered": "excitability that is taken away: the same size",
        "light": "drive that light adds; enough to make any cell fire",
        "eta_heterosynaptic": "how far inputs that are off are depressed towards their limit",
        "p_contact": "chance that an active cell gets a contact with the read-out",
        "size_expected": "share of the cells whose contacts count as a drive of 1",
        "share_offline": "share of an engram that fires in one offline bout",
        "gate_offline": "drive above which such a bout ties its cells to the read-out",
        "threshold_recall": "drive at which the recall index is one half",
        "width_recall": "width of the recall index: how steep it is",
        "capture": "tagging and capture, from Luboeinski and Tetzlaff (2021)",
    }
)
"""What each constant is, in a few words."""

TUNED = (
    "inhibition",
    "sd_excitability",
    "tau_excitability_hours",
    "bump",
    "creb",
    "light",
    "share_offline",
    "gate_offline",
    "threshold_recall",
    "width_recall",
)
"""The constants that were moved by hand until known results came out; the rest was chosen once."""

FIXED = ("n_cells", "n_inputs", "n_active", "p_connect", "sigma_weights")
"""What an ensemble is built with and cannot change later."""
