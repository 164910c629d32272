"""Plasticity: how an experience changes a synapse, and what makes the change last.

What it teaches: rates set the sign of a change and need a sliding threshold (`_bcm`, `_oja`); the
order of spikes matters, but not alone (`_timing`, with the data in `_data`), as calcium explains
(`_calcium`); synapses compete (`_competition`); a change lasts where a tag meets new proteins
(`_slice`, `_course`).
"""

from engramlab.kernels.capture import LUBOEINSKI_2021, CaptureConstants
from engramlab.plasticity._bcm import BCM, BCMRun, bcm_step, tuned_inputs
from engramlab.plasticity._calcium import CALCIUM_SETS, CalciumRule
from engramlab.plasticity._competition import CompetingSynapses, Competition
from engramlab.plasticity._course import SliceCourse, slice_course
from engramlab.plasticity._data import PairingData, sjostrom2001
from engramlab.plasticity._fit import PairFit, fit_pair_rule
from engramlab.plasticity._oja import Oja, OjaRun, oja_step
from engramlab.plasticity._slice import Slice
from engramlab.plasticity._timing import TRIPLET_SETS, PairSTDP, TripletSTDP

__all__ = [
    "BCM",
    "CALCIUM_SETS",
    "LUBOEINSKI_2021",
    "TRIPLET_SETS",
    "BCMRun",
    "CalciumRule",
    "CaptureConstants",
    "CompetingSynapses",
    "Competition",
    "Oja",
    "OjaRun",
    "PairFit",
    "PairSTDP",
    "PairingData",
    "Slice",
    "SliceCourse",
    "TripletSTDP",
    "bcm_step",
    "fit_pair_rule",
    "oja_step",
    "sjostrom2001",
    "slice_course",
    "tuned_inputs",
]
