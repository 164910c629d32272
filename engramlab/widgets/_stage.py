"""A scene moves few things before a still background; the stage redraws only what moved."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from numpy.typing import NDArray

from engramlab.plots import Picture, style


class Scene(ABC):
    """A picture that follows a result: axes are drawn once, `update` moves the data.

    Attributes
    ----------
    figure : Picture
        Made in `__init__`, inside `engramlab.plots.style()`, with everything that stays still.
    """

    figure: Picture

    @abstractmethod
    def update(self, result: Any) -> Sequence[Artist]:
        """Move the data to `result`; return all artists that ever move, in drawing order."""

    def freeze(self) -> Sequence[Artist]:
        """Leave the present result behind as a ghost and return the ghost's artists."""
        return ()


class Stage:
    """Draws a scene: the still part once for each resolution, the moving part each time.

    Parameters
    ----------
    scene : Scene
        What is drawn.
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._backgrounds: dict[int, Any] = {}
        self._moving: list[Artist] = []
        self._ghosts: list[Artist] = []

    def show(self, result: Any) -> None:
        """Move the scene to `result` without drawing it."""
        with style():
            self._moving = list(self.scene.update(result))
            for artist in self._moving:
                artist.set_animated(True)

    def pixels(self, dpi: int) -> NDArray[np.uint8]:
        """Draw the scene as it stands and return its pixels.

        Returns
        -------
        ndarray of shape (height, width, 4)
            Red, green, blue and opacity.
        """
        figure = self.scene.figure
        canvas: Any = figure.canvas
        with style():
            if figure.get_dpi() != dpi:
                figure.set_dpi(dpi)
            background = self._backgrounds.get(dpi)
            if background is None:
                canvas.draw()
                self._backgrounds[dpi] = canvas.copy_from_bbox(figure.bbox)
            else:
                canvas.get_renderer()
                canvas.restore_region(background)
            for artist in self._moving:
                (artist.axes or figure).draw_artist(artist)
            return np.array(canvas.buffer_rgba(), dtype=np.uint8)

    def freeze(self) -> None:
        """Put a ghost of the present result into the background."""
        with style():
            self._ghosts += list(self.scene.freeze())
        self._backgrounds.clear()

    def unfreeze(self) -> None:
        """Take all ghosts away."""
        for ghost in self._ghosts:
            ghost.remove()
        self._ghosts.clear()
        self._backgrounds.clear()
