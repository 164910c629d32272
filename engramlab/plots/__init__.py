"""Pictures of results, in the visual language of `engramlab.look`.

Each function returns a figure that shows itself as the last line of a notebook cell, with a text
alternative; none opens a window, uses pyplot or changes matplotlib's settings.
"""

from engramlab.plots._arms import Arm, arms
from engramlab.plots._axes import (
    Picture,
    ax_px,
    dress,
    encode,
    image_html,
    new_picture,
    render,
    style,
)
from engramlab.plots._blackout import blackout
from engramlab.plots._completion import completion
from engramlab.plots._days import days
from engramlab.plots._hero import hero
from engramlab.plots._linking import linking
from engramlab.plots._pictures import draw_picture, picture_pixels
from engramlab.plots._prediction import option_strip, prediction_reveal
from engramlab.plots._published import published
from engramlab.plots._recall import recall
from engramlab.plots._robustness import month_robustness_map, robustness_map
from engramlab.plots._sparse_code import sparse_code
from engramlab.plots._timeline import timeline
from engramlab.plots._timing import timing_window

__all__ = [
    "Arm",
    "Picture",
    "arms",
    "ax_px",
    "blackout",
    "completion",
    "days",
    "draw_picture",
    "dress",
    "encode",
    "hero",
    "image_html",
    "linking",
    "month_robustness_map",
    "new_picture",
    "option_strip",
    "picture_pixels",
    "prediction_reveal",
    "published",
    "recall",
    "render",
    "robustness_map",
    "sparse_code",
    "style",
    "timeline",
    "timing_window",
]
