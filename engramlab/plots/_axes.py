"""Figures placed to the pixel, the common style of axes, and the way from a figure to a PNG."""

import base64
import html
import io
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, cast

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Annotation, Text
from matplotlib.textpath import text_to_path
from numpy.typing import NDArray
from PIL import Image

from engramlab.look import DPI, LINE, RC, ROLE, SHARP, SIZE, TYPE

_DRAWING = threading.RLock()  # rc_context changes a dict of the whole process while it lasts

NARROW = 390
"""Pixels: width of the narrowest page on which a whole picture is read without trouble."""

DRIVE_TITLE = "drive to the read-out (1 = an unstrengthened engram)"

Ticks = Sequence[float] | Mapping[float, str]


@contextmanager
def style() -> Iterator[None]:
    """Hold the drawing lock and apply the course's settings; on leaving, rcParams are as before."""
    with _DRAWING, mpl.rc_context(cast(Any, dict(RC))):
        yield


class Picture(Figure):
    """A figure that shows itself in a notebook with its text alternative, and needs no pyplot.

    Attributes
    ----------
    alt : str
        One sentence that says what the picture shows, with its numbers.
    """

    alt: str = ""

    def png(self, dpi: int = SHARP) -> bytes:
        """Return the picture as a PNG of at most 256 colours.

        Parameters
        ----------
        dpi : int, default 200
            Dots per inch; 100 gives the size in pixels of `engramlab.look.SIZE`.
        """
        return encode(render(self, dpi))

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {
            "text/html": image_html(
                self.png(), alt=self.alt, width=width_px(self), height=height_px(self)
            ),
            "text/plain": self.alt,
        }


def new_picture(width: int = SIZE["width"], height: int = SIZE["height_two_panels"]) -> Picture:
    """Return an empty white Picture of `width` x `height` pixels at 1x."""
    with style():
        figure = Picture(figsize=(width / DPI, height / DPI), dpi=DPI, facecolor=ROLE["paper"])
        FigureCanvasAgg(figure)
    return figure


def width_px(figure: Figure) -> int:
    """Return the width of `figure` in pixels at 1x."""
    return round(float(figure.get_size_inches()[0]) * DPI)


def height_px(figure: Figure) -> int:
    """Return the height of `figure` in pixels at 1x."""
    return round(float(figure.get_size_inches()[1]) * DPI)


def ax_px(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Add axes whose place is given in pixels at 1x, from the left and from the top edge."""
    full_width, full_height = width_px(figure), height_px(figure)
    return figure.add_axes(
        (
            left / full_width,
            1 - (top + height) / full_height,
            width / full_width,
            height / full_height,
        )
    )


def text_px(figure: Figure, x: float, y: float, words: str, **how: Any) -> Text:
    """Write `words` with the baseline at pixel (`x`, `y`) from the left and the top edge."""
    kind: dict[str, Any] = {"fontsize": TYPE["label"], "color": ROLE["text"], "va": "baseline"}
    return figure.text(x / width_px(figure), 1 - y / height_px(figure), words, **(kind | how))


def wrap_px(words: str, width: float, *, size: float = TYPE["note"]) -> list[str]:
    """Break `words` into lines of at most `width` pixels at `size` points; a word stays whole."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and length_px(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def length_px(words: str, size: float = TYPE["note"]) -> float:
    """Return the width of one line in pixels at 1x."""
    font = FontProperties(family=RC["font.family"], size=size)
    points, _, _ = text_to_path.get_text_width_height_descent(words, font, False)
    return float(points) * DPI / 72


def head(figure: Figure, title: str, subtitle: str = "") -> None:
    """Write the finding and, below it, what was done and how many times."""
    text_px(figure, SIZE["left"], SIZE["title_baseline"], title, fontsize=TYPE["title"],
            color=ROLE["ink"], weight="bold")  # fmt: skip
    if subtitle:
        text_px(figure, SIZE["left"], SIZE["subtitle_baseline"], subtitle)


def dress(
    ax: Axes,
    *,
    x: Ticks = (),
    y: Ticks = (),
    x_title: str = "",
    y_title: str = "",
    x_lim: tuple[float, float] | None = None,
    y_lim: tuple[float, float] | None = None,
    y_title_pad: float = 16,
    outward: float = 0,
) -> Axes:
    """Give `ax` the common style: two spines, few ticks, the y title level above its axis.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Axes placed by `ax_px`.
    x, y : sequence of float, or mapping from float to str
        Ticks, with their words if a number alone would not say it; none hides the axis.
    x_title, y_title : str
        Titles with units. The y title stands above the axis, its left edge on the axis line.
    x_lim, y_lim : tuple of two floats, optional
        Limits; by default the first and the last tick.
    y_title_pad : float, default 16
        Pixels from the top of the axes to the baseline of the y title.
    outward : float, default 0
        Points by which the x axis stands below the axes.
    """
    from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator

    for axis, ticks, spine, limits, put in (
        (ax.xaxis, x, "bottom", x_lim, ax.set_xlim),
        (ax.yaxis, y, "left", y_lim, ax.set_ylim),
    ):
        places = [float(place) for place in ticks]
        words = list(ticks.values()) if isinstance(ticks, Mapping) else [_say(v) for v in places]
        axis.set_minor_locator(NullLocator())
        axis.set_major_locator(FixedLocator(places))
        axis.set_major_formatter(FixedFormatter(words))
        if limits is None and places:
            limits = (places[0], places[-1])
        if limits is not None:
            put(*limits)
        if places:
            low = limits[0] if limits and spine == "bottom" else places[0]
            high = limits[1] if limits and spine == "bottom" else places[-1]
            ax.spines[spine].set_bounds(low, high)
        else:
            ax.spines[spine].set_visible(False)
    if outward:
        ax.spines["bottom"].set_position(("outward", outward))
    if x_title:
        ax.set_xlabel(x_title)
    if y_title:
        ax.annotate(
            y_title,
            (0, 1),
            xycoords="axes fraction",
            xytext=(0, y_title_pad * 72 / DPI),
            textcoords="offset points",
            fontsize=TYPE["label"],
            color=ROLE["text"],
            va="baseline",
            ha="left",
            annotation_clip=False,
        )
    return ax


def _say(value: float) -> str:
    """Write a tick as people say it: 0, 0.5, 100, 100 000."""
    if value == int(value):
        return f"{int(value):,}".replace(",", " ").replace("-", "−")
    return f"{value:g}".replace("-", "−")


def number(value: float, digits: int = 2) -> str:
    """Write a number for people: `digits` decimals, a true minus, and never a minus before zero.

    Examples
    --------
    >>> number(-0.125, 1), number(-0.001)
    ('−0.1', '0.00')
    """
    words = f"{value:.{digits}f}"
    return words.lstrip("-") if float(words) == 0 else words.replace("-", "−")


def beside(
    ax: Axes, x: float, y: float, words: str, dx: float = 0, dy: float = 0, **how: Any
) -> Annotation:
    """Write `words` at the data point (`x`, `y`) moved by `dx`, `dy` pixels (right, up)."""
    kind: dict[str, Any] = {"fontsize": TYPE["note"], "color": ROLE["text"], "va": "center"}
    return ax.annotate(
        words,
        (x, y),
        xytext=(dx * 72 / DPI, dy * 72 / DPI),
        textcoords="offset points",
        annotation_clip=False,
        **(kind | how),
    )


def clear_spot(
    ax: Axes,
    anchor: tuple[float, float],
    spots: Sequence[tuple[float, float, str]],
    words: str,
    curves: Sequence[tuple[Any, Any]],
    *,
    margin: float = 9,
) -> tuple[float, float, str] | None:
    """Return the first of `spots` at which `words` meet no curve and no edge of the axes.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    anchor : tuple of two floats
        Data point from which the spots are counted.
    spots : sequence of (dx, dy, alignment)
        Offsets in pixels (right, up) of the words' middle height, and "left" or "right".
    words : str
        One line at the size of a label.
    curves : sequence of (x, y)
        Curves that must stay clear, in data units.
    margin : float, default 9
        Pixels to keep free around the words.
    """
    to_pixels = ax.transData.transform
    lines = []
    for x, y in curves:
        points = to_pixels(np.column_stack([np.asarray(x, float), np.asarray(y, float)]))
        steps = np.linspace(0, len(points) - 1, 40 * len(points))
        lines.append(
            np.column_stack(
                [np.interp(steps, np.arange(len(points)), points[:, k]) for k in (0, 1)]
            )
        )
    cloud = np.concatenate(lines)
    width, height = 7.5 * len(words), 14.0
    (x_low, y_low), (x_high, y_high) = ax.get_window_extent().get_points()
    x_anchor, y_anchor = to_pixels(anchor)
    for dx, dy, side in spots:
        left = x_anchor + dx - (width if side == "right" else 0)
        bottom = y_anchor + dy - height / 2
        inside = left >= x_low and left + width <= x_high and bottom >= y_low + 4
        near = (
            (cloud[:, 0] > left - margin) & (cloud[:, 0] < left + width + margin)
            & (cloud[:, 1] > bottom - margin) & (cloud[:, 1] < bottom + height + margin)
        )  # fmt: skip
        if inside and bottom + height <= y_high and not near.any():
            return dx, dy, side
    return None


def ghost_lines(ax: Axes, x: Any, y: Any, *, zorder: float = 1.5) -> tuple[Any, Any]:
    """Draw a curve as a ghost: a broad pale band under a dashed core."""
    from engramlab.look import DASH

    band = ax.plot(x, y, color=ROLE["ghost_band"], lw=LINE["ghost_band"], zorder=zorder,
                   solid_capstyle="butt", clip_on=False)[0]  # fmt: skip
    core = ax.plot(x, y, color=ROLE["ghost"], lw=LINE["ghost_core"], ls=DASH["ghost"],
                   zorder=zorder + 0.1, clip_on=False)[0]  # fmt: skip
    return band, core


def render(figure: Figure, dpi: int) -> NDArray[np.uint8]:
    """Draw the whole of `figure` at `dpi` and return its pixels.

    Returns
    -------
    ndarray of shape (height, width, 4)
        Red, green, blue and opacity; a copy that later drawing does not change.
    """
    with style():
        before = figure.get_dpi()
        canvas: Any = figure.canvas
        if not isinstance(canvas, FigureCanvasAgg):
            canvas = FigureCanvasAgg(figure)
        try:
            figure.set_dpi(dpi)
            canvas.draw()
            return np.array(canvas.buffer_rgba(), dtype=np.uint8)
        finally:
            figure.set_dpi(before)


def indexed(pixels: NDArray[np.uint8], *, like: Image.Image | None = None) -> Image.Image:
    """Return `pixels` as an image of at most 256 colours, pure white kept.

    Parameters
    ----------
    pixels : ndarray of shape (height, width, 4)
        What `render` returns.
    like : Image, optional
        An image that this function returned for the same scene: its colours are taken, which is
        three times as fast as finding new ones. For a picture that the next one replaces at once.
    """
    image = Image.fromarray(pixels).convert("RGB")
    if like is not None:
        return image.quantize(palette=like, dither=Image.Dither.NONE)
    image = image.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette = np.array(image.getpalette(), dtype=np.uint8).reshape(-1, 3)
    palette[(palette >= 252).all(axis=1)] = 255  # the octree makes white 254
    image.putpalette(palette.tobytes())
    return image


def pack(image: Image.Image, *, fast: bool = False) -> bytes:
    """Return an image as a PNG; `fast` packs less tightly."""
    out = io.BytesIO()
    image.save(out, format="PNG", compress_level=1 if fast else 6)
    return out.getvalue()


def encode(pixels: NDArray[np.uint8]) -> bytes:
    """Return `pixels` (what `render` returns) as a PNG of at most 256 colours: a tenth the size."""
    return pack(indexed(pixels))


def image_html(png: bytes, *, alt: str, width: int, height: int | None = None) -> str:
    """Return an `<img>` that carries the picture and its text alternative.

    Parameters
    ----------
    png : bytes
        The picture.
    alt : str
        Its text alternative.
    width, height : int
        Size on the page in pixels at 1x. With a height the page keeps its place while it loads.
        Where the page is narrower the picture shrinks with it, down to `NARROW` pixels: there the
        smallest words are 7 px high, and the rest of the picture is scrolled to.
    """
    tall = "" if height is None else f' height="{height}"'
    data = base64.b64encode(png).decode("ascii")
    return (
        f'<img src="data:image/png;base64,{data}" alt="{html.escape(alt, quote=True)}" '
        f'width="{width}"{tall} style="max-width: 100%; min-width: {min(width, NARROW)}px; '
        'height: auto; border-radius: 8px">'
    )
