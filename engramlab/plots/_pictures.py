"""Memories as pictures: gold where you gave it, navy where it came back, hollow where unknown.

A picture is one array of colours drawn as it is, so that it moves fast under a slider.
"""

from typing import Any, Literal

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from numpy.typing import NDArray

from engramlab._types import Bool, Int
from engramlab.look import ROLE

PictureRole = Literal["cue", "recalled", "other"]

_GAP = 2  # pixels at 2x left white to the right of and below each cell
_EDGE = 3  # pixels at 2x of the outline of a cell


def _colour(role: str) -> NDArray[np.uint8]:
    return np.array([*(round(255 * part) for part in to_rgb(ROLE[role])), 255], dtype=np.uint8)


def _tiles(role: PictureRole, size: int) -> NDArray[np.uint8]:
    """Return three cells, off, on and unknown, of shape (3, size, size, 4)."""
    tiles = np.zeros((3, size, size, 4), dtype=np.uint8)
    inside = slice(0, size - _GAP)
    tiles[0, inside, inside] = _colour("off")
    tiles[1, inside, inside] = _colour({"cue": "cue_edge"}.get(role, role))
    if role == "cue":
        core = slice(_EDGE, size - _GAP - _EDGE)
        tiles[1, core, core] = _colour("cue")
    tiles[2, inside, inside] = _colour("unknown_edge")
    hollow = slice(2, size - _GAP - 2)
    tiles[2, hollow, hollow] = _colour("paper")
    return tiles


def picture_pixels(
    values: Int,
    *,
    shape: tuple[int, int],
    role: PictureRole = "recalled",
    known: Bool | None = None,
    cell: int = 14,
) -> NDArray[np.uint8]:
    """Return a memory as an array of colours, twice as fine as the screen at 1x.

    Parameters
    ----------
    values : ndarray of shape (n_neurons,)
        States of -1 and +1; the first rows x columns of them are the picture.
    shape : tuple of two ints
        Rows and columns of the picture: (8, 8) for digits, (10, 10) for letters.
    role : {"cue", "recalled", "other"}
        What the picture is: given by us, given back by the network, or another memory.
    known : ndarray of bool of shape (n_neurons,), optional
        False where the cue says nothing: drawn hollow, neither on nor off.
    cell : int, default 14
        Size of one cell in pixels at 1x.

    Returns
    -------
    ndarray of shape (rows * 2 * cell, columns * 2 * cell, 4)
        Red, green, blue and opacity between 0 and 255.

    Raises
    ------
    ValueError
        If there are fewer values than cells.
    """
    rows, columns = shape
    values = np.asarray(values)
    if values.ndim != 1 or values.size < rows * columns:
        raise ValueError(
            f"values has shape {values.shape}; a picture of {rows} x {columns} cells needs "
            f"one row of at least {rows * columns} states"
        )
    kind = (values[: rows * columns] > 0).astype(np.intp)
    if known is not None:
        kind = np.where(np.asarray(known)[: rows * columns], kind, 2)
    size = 2 * cell
    blocks = _tiles(role, size)[kind.reshape(rows, columns)]
    return blocks.transpose(0, 2, 1, 3, 4).reshape(rows * size, columns * size, 4)


def row_of_pictures(pictures: list[NDArray[np.uint8]], *, gap: int) -> NDArray[np.uint8]:
    """Return pictures of one height side by side, `gap` clear pixels (at 1x) between them."""
    height = pictures[0].shape[0]
    clear = np.zeros((height, 2 * gap, 4), dtype=np.uint8)
    parts: list[NDArray[np.uint8]] = [pictures[0]]
    for picture in pictures[1:]:
        parts += [clear, picture]
    return np.concatenate(parts, axis=1)


class Pixels(Artist):
    """An array of colours at a fixed place of a figure, drawn cell by cell without resampling.

    Ten times as fast as `imshow`, which a moving picture needs, and exact to the pixel at 100 and
    at 200 dots per inch.

    Parameters
    ----------
    left, top : float
        Place of the upper left corner in pixels at 1x.
    """

    def __init__(self, left: float, top: float) -> None:
        super().__init__()
        self.left, self.top = left, top
        self.data: NDArray[np.uint8] = np.zeros((2, 2, 4), dtype=np.uint8)
        self.set_zorder(2)

    def set_data(self, data: NDArray[np.uint8]) -> None:
        """Show `data`, ndarray of shape (height, width, 4), twice as fine as the screen at 1x."""
        self.data = data
        self.stale = True

    def draw(self, renderer: Any) -> None:
        """Draw the array at the renderer's own resolution."""
        figure: Any = self.get_figure(root=True)
        scale = figure.dpi / 100
        steps = [
            np.minimum(np.arange(round(n * scale / 2)) * 2 / scale, n - 1).astype(np.intp)
            for n in self.data.shape[:2]
        ]
        data = self.data if scale == 2 else self.data[steps[0]][:, steps[1]]
        bottom = figure.bbox.height - self.top * scale - data.shape[0]
        gc = renderer.new_gc()
        renderer.draw_image(gc, round(self.left * scale), round(bottom), data[::-1])
        gc.restore()
        self.stale = False


def show_pixels(figure: Figure, left: float, top: float) -> Pixels:
    """Add an empty `Pixels` at (`left`, `top`) to `figure` and return it."""
    pixels = Pixels(left, top)
    figure.add_artist(pixels)
    return pixels


def draw_picture(
    ax: Axes,
    values: Int,
    *,
    shape: tuple[int, int],
    role: PictureRole = "recalled",
    known: Bool | None = None,
) -> AxesImage:
    """Draw one memory as a picture that fills `ax`; see `picture_pixels` for the arguments."""
    pixels = picture_pixels(values, shape=shape, role=role, known=known)
    ax.set_axis_off()
    return ax.imshow(pixels, interpolation="nearest", aspect="auto", origin="upper")
