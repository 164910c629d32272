"""From a scene to a sparse code: units of the world that are on, and the few cells that answer."""

import numpy as np
from matplotlib.patches import FancyArrowPatch

from engramlab._types import Bool, Float
from engramlab.look import ROLE, SIZE, TYPE
from engramlab.plots._axes import Picture, ax_px, new_picture, style, text_px
from engramlab.plots._cells import Cells, CellSheet, sheet_px
from engramlab.plots._pictures import picture_pixels, show_pixels

_UNIT = 9  # px: one unit of the world
_TOP, _SHEET = 62, 296  # px


def sparse_code(context: Bool, excitability: Float, code: Bool) -> Picture:
    """Draw a context as a square of units and the cells that it makes active.

    Parameters
    ----------
    context : ndarray of bool of shape (n_units,)
        Units that are on; their number is a square.
    excitability : ndarray of shape (n_cells,)
        Of each cell, as its lightness.
    code : ndarray of bool of shape (n_cells,)
        Active cells: ringed.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If the units do not fill a square.

    Examples
    --------
    >>> import numpy as np
    >>> some = np.arange(400) < 30
    >>> sparse_code(some, np.zeros(400), some).alt
    'a scene of 30 of 400 units that are on makes 30 of 400 cells active'
    """
    side = round(context.size**0.5)
    if side * side != context.size:
        raise ValueError(f"context has {context.size} units; give a square number, such as 400")
    height = sheet_px(code.size)[1]
    n_on, n_active = int(context.sum()), int(code.sum())
    with style():
        figure = new_picture(height=_TOP + height + 16)
        left, low = SIZE["left"], _TOP + (height - side * _UNIT) // 2
        square = show_pixels(figure, left, low)
        values = np.where(context, 1, -1)
        square.set_data(picture_pixels(values, shape=(side, side), role="cue", cell=_UNIT))
        CellSheet(figure, left=_SHEET, top=_TOP, n_cells=code.size).set(
            Cells(excitability=excitability, engram=code)
        )
        text_px(figure, left, low - 34, "scene", color=ROLE["cue_text"], weight="bold")
        text_px(figure, left, low - 16, f"{n_on} of {context.size} units on", fontsize=TYPE["note"])
        text_px(figure, _SHEET, _TOP - 34, "sparse code", color=ROLE["engram"], weight="bold")
        active = f"{n_active} of {code.size} cells active; darker = more excitable"
        text_px(figure, _SHEET, _TOP - 16, active, fontsize=TYPE["note"])
        ends = left + side * _UNIT + 16, _SHEET - 22
        ax = ax_px(figure, 0, 0, SIZE["width"], _TOP + height + 16)
        ax.set(xlim=(0, SIZE["width"]), ylim=(_TOP + height + 16, 0))
        ax.set_axis_off()
        middle = _TOP + height / 2
        ax.add_patch(FancyArrowPatch((ends[0], middle), (ends[1], middle), arrowstyle="-|>",
                                     mutation_scale=12, lw=1.4, color=ROLE["ink"]))  # fmt: skip
    figure.alt = (
        f"a scene of {n_on} of {context.size} units that are on makes {n_active} of {code.size} "
        "cells active"
    )
    return figure
