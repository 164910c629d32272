"""What a picture must be, whatever it shows: words legible, inside, and off each other."""

import base64
import io
import re
from itertools import combinations

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from PIL import Image

from engramlab.plots import style

SMALLEST = 10.0  # points
PALEST = 215  # mean of red, green and blue: the ghost's pale band and a single thin line are darker


def words(figure):
    """Return the visible words of a figure with their boxes in pixels."""
    canvas = figure.canvas if isinstance(figure.canvas, FigureCanvasAgg) else None
    canvas = canvas or FigureCanvasAgg(figure)
    with style():
        canvas.draw()
        renderer = canvas.get_renderer()
        found = []
        for text in figure.findobj(Text):
            if not text.get_visible() or not text.get_text().strip() or not _shown(text):
                continue
            box = Text.get_window_extent(text, renderer)
            found.append((text.get_text(), text.get_fontsize(), box))
    return found


def _shown(text):
    """Whether the axes of a tick label show it: labels outside the limits are not drawn."""
    axes = text.axes
    if axes is None or not axes.axison:
        return axes is None or text in axes.texts
    for axis in (axes.xaxis, axes.yaxis):
        ticks = axis.get_major_ticks()
        if any(text in (tick.label1, tick.label2) for tick in ticks):
            low, high = sorted(axis.get_view_interval())
            return any(
                text is tick.label1 and low - 1e-9 <= tick.get_loc() <= high + 1e-9
                for tick in ticks
            )
    return True


def faults(figure):
    """Return what is wrong with the words of a figure, one line each."""
    found = words(figure)
    width, height = figure.bbox.width, figure.bbox.height
    wrong = [f"{text!r} has {size} pt" for text, size, _ in found if size < SMALLEST]
    wrong += [
        f"{text!r} leaves the figure: {box.extents.round()}"
        for text, _, box in found
        if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height
    ]
    for (one, _, a), (two, _, b) in combinations(found, 2):
        across = min(a.x1, b.x1) - max(a.x0, b.x0)
        up = min(a.y1, b.y1) - max(a.y0, b.y0)
        if across > 1 and up > 1:
            wrong.append(f"{one!r} lies on {two!r}")
    return wrong


def crossings(figure):
    """Return the words of a figure under which a line, a mark or a cell runs, one line each.

    The figure is drawn a second time without its words: where they stood it must be nearly white.
    """
    found = words(figure)
    hidden = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text()]
    for text in hidden:
        text.set_visible(False)
    with style():
        figure.canvas.draw()
        bare = np.asarray(figure.canvas.buffer_rgba())[..., :3].mean(axis=2)
    for text in hidden:
        text.set_visible(True)
    wrong = []
    for text, _, box in found:
        rows = slice(max(int(len(bare) - box.y1), 0), max(int(len(bare) - box.y0) + 1, 0))
        under = bare[rows, max(int(box.x0), 0) : max(int(box.x1) + 1, 0)]
        if under.size and under.min() < PALEST:
            wrong.append(f"{text!r} stands on something of brightness {under.min():.0f}")
    return wrong


def pixels_of(html):
    """Return the pixels of the picture in an `<img>` tag."""
    data = re.search(r"base64,([^\"]+)", html).group(1)
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB"))
