"""The one panel of the course: the question, the controls, the picture, and what it reads."""

import asyncio
import html
import itertools
import math
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import ipywidgets
from IPython import display as ipython
from PIL import Image

from engramlab.look import DPI, SHARP
from engramlab.plots import Picture, encode, image_html
from engramlab.plots._axes import height_px, indexed, pack, width_px
from engramlab.widgets._controls import Control, row, sheet
from engramlab.widgets._stage import Scene, Stage

_notebook: Any = ipython

SLOW = 0.030
"""Seconds: a model slower than this is run only when the control rests."""

_REST = 0.120  # seconds without a move before a slow model runs
_SHARPEN = 0.150  # seconds without a move before the fine picture is drawn
_LINE = 22  # px: height of a line of the reading, as in `_controls.sheet`
_ACROSS = 95  # characters of the reading that a line of 760 px surely holds
_OVERTAKEN = 0.150  # seconds in which a move that a click has overtaken arrives
_VIEW = "application/vnd.jupyter.widget-view+json"


class Panel:
    """A question, its controls, the picture and the reading, kept in step.

    Made by `explore`. As the last line of a cell it shows itself: the controls, one picture that is
    replaced in place (and stays, with its text alternative, in the saved notebook), the reading.

    Attributes
    ----------
    controls : dict of str to ipywidgets widget
        The controls by parameter name.
    params : dict
        Value of each control at the last drawing.
    result : object
        What the model returned last.
    reading : str
        One line computed from the result: the setting with its unit, then what came out.
    frozen : str or None
        The reading of the frozen setting.
    alt : str
        Text alternative of the picture: the reading, with the frozen one if there is a ghost.
    error : Exception or None
        What the model or the scene raised at the last move; shown in the panel, never swallowed.
    """

    def __init__(
        self,
        model: Callable[..., Any],
        scene: Scene,
        alt: Callable[[Any], str],
        *,
        question: str,
        controls: Mapping[str, Control],
    ) -> None:
        if not 1 <= len(controls) <= 3:
            raise ValueError(f"a panel has one to three controls; {len(controls)} were given")
        self._model, self._alt, self._stage = model, alt, Stage(scene)
        self._lock = threading.RLock()
        self._turns = itertools.count()
        self._turn = 0
        self._handles: list[Any] = []
        self._seconds = 0.0
        self._colours: Image.Image | None = None  # those of the last fine picture
        self._quiet = False
        self._after_reset: int | None = (
            None  # the turn of a Reset, while moves may be older than it
        )
        self._first = {name: control.value for name, control in controls.items()}
        self.question = question
        self.frozen: str | None = None
        self.error: Exception | None = None
        self.controls = {name: control.widget() for name, control in controls.items()}
        for widget in self.controls.values():
            widget.observe(self._moved, names="value")
        self.reset_button = ipywidgets.Button(description="Reset")
        self.reset_button.on_click(lambda _: self.reset())
        self.freeze_button = ipywidgets.Button(description="Freeze and compare")
        self.freeze_button.add_class("engramlab-freeze")
        self.freeze_button.on_click(lambda _: self.unfreeze() if self.frozen else self.freeze())
        buttons = ipywidgets.HBox([self.reset_button, self.freeze_button])
        buttons.add_class("engramlab-buttons")
        heading = ipywidgets.HTML(
            f'{sheet()}<div class="engramlab-question" role="heading" aria-level="3">'
            f"{html.escape(question)}</div>"
        )
        rows = [row(self.controls[name], control.unit) for name, control in controls.items()]
        self.top = ipywidgets.VBox([heading, *rows, buttons])
        self.top.add_class("engramlab-panel")
        self.live = ipywidgets.HTML()
        self.live.add_class("engramlab-panel")
        self.live.add_class("engramlab-live")
        self.params = self._values()
        self._compute()  # a fault in the first picture is raised, not shown
        self._seconds = 0.0  # the first run compiles: it says nothing of the next
        lines = math.ceil((1.1 * len(self.reading) + len("frozen: ")) / _ACROSS)
        self._room = 2 * lines * _LINE  # from the start, so that freezing moves nothing below
        self._say()

    # -- what a learner or a test does ---------------------------------------------------------

    def set(self, **values: Any) -> None:
        """Move controls, by parameter name, as the learner would."""
        self._after_reset = None
        for name, value in values.items():
            if name not in self.controls:
                raise ValueError(f"there is no control {name!r}; there are "
                                 f"{', '.join(self.controls)}")  # fmt: skip
            self.controls[name].value = value

    def reset(self) -> None:
        """Put every control back to where it stood at first.

        ipywidgets holds a second quick change of a slider back until the kernel has answered the
        first, but sends a click at once, so the click can overtake. A change that comes right after
        the click was made before it, and is put back.
        """
        with self._lock:
            self._put_back()
            self._moved()
            if self._later(_OVERTAKEN, self._reset_is_done):
                self._after_reset = self._turn

    def _reset_is_done(self, turn: int) -> None:
        with self._lock:
            if turn == self._after_reset:
                self._after_reset = None

    def _put_back(self) -> None:
        self._quiet = True
        try:
            self.set(**self._first)
        finally:
            self._quiet = False

    def freeze(self) -> None:
        """Leave a ghost of the present setting in the picture, to compare the next ones with."""
        with self._lock:
            self.flush()
            self._stage.freeze()
            self.frozen = self.reading
            self.freeze_button.description = "Unfreeze"
            self._draw()

    def unfreeze(self) -> None:
        """Take the ghost away."""
        with self._lock:
            self._stage.unfreeze()
            self.frozen = None
            self.freeze_button.description = "Freeze and compare"
            self._draw()

    def flush(self) -> None:
        """Do now what waits for the controls to rest."""
        with self._lock:
            self._turn = next(self._turns)
            if self.params != self._values():
                self._step()

    def png(self, dpi: int = SHARP) -> bytes:
        """Return the picture as it stands, as a PNG of at most 256 colours."""
        with self._lock:
            return encode(self._stage.pixels(dpi))

    @property
    def alt(self) -> str:
        """Text alternative of the picture."""
        return self.reading if self.frozen is None else f"{self.reading}; frozen: {self.frozen}"

    # -- drawing -------------------------------------------------------------------------------

    def _values(self) -> dict[str, Any]:
        return {name: widget.value for name, widget in self.controls.items()}

    def _moved(self, _: Any = None) -> None:
        """Follow a control: at once, or when it rests if the model is slow."""
        if self._quiet:
            return
        with self._lock:
            if self._after_reset is not None:
                turn = self._after_reset
                self._put_back()
                self._after_reset = turn
                return
            self._turn = next(self._turns)
            if self._seconds > SLOW and self._handles and self._later(_REST, self._rested):
                self._say("computing")
            else:
                self._step()

    def _rested(self, turn: int) -> None:
        with self._lock:
            if turn == self._turn:
                self._step()

    def _step(self) -> None:
        """Run the model at the present setting and draw; show a fault in the panel."""
        self.params = self._values()
        try:
            self._compute()
        except Exception as fault:  # whatever the model raises is for the learner to read
            self.error = fault
            self._say(f"{type(fault).__name__}: {fault}", fault=True)
            return
        self._draw()

    def _compute(self) -> None:
        begin = time.perf_counter()
        result = self._model(**self.params)
        self._seconds = time.perf_counter() - begin
        reading = self._alt(result)
        self._stage.show(result)
        self.result, self.reading, self.error = result, reading, None

    def _draw(self) -> None:
        """Send the coarse picture now and the fine one when the controls rest."""
        if self._handles:
            waits = self._later(_SHARPEN, self._sharpen)
            self._send(DPI if waits else SHARP, fast=waits)
        self._say()

    def _sharpen(self, turn: int) -> None:
        with self._lock:
            if turn == self._turn:
                self._send(SHARP, fast=False)

    def _later(self, seconds: float, call: Callable[[int], None]) -> bool:
        """Call `call` with the number of the present turn after `seconds`; False if it cannot."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return False
        loop.call_later(seconds, call, self._turn)
        return True

    # -- showing -------------------------------------------------------------------------------

    def _bundle(self, dpi: int, *, fast: bool) -> dict[str, str]:
        image = indexed(self._stage.pixels(dpi), like=self._colours if fast else None)
        if not fast:
            self._colours = image
        png = pack(image, fast=fast)
        figure = self._stage.scene.figure
        size = {"width": width_px(figure), "height": height_px(figure)}
        return {"text/html": image_html(png, alt=self.alt, **size), "text/plain": self.alt}

    def _send(self, dpi: int, *, fast: bool) -> None:
        bundle = self._bundle(dpi, fast=fast)
        for handle in self._handles:
            handle.update(bundle, raw=True)

    def _say(self, words: str | None = None, *, fault: bool = False) -> None:
        """Write the reading (or what keeps it from being true) below the picture."""
        now = self.alt if words is None else words
        kind = "engramlab-reading" + (" engramlab-fault" if fault else "")
        lines = "<br>".join(html.escape(line) for line in now.split("; frozen: "))
        if words is None and self.frozen is not None:
            lines = lines.replace("<br>", "<br>frozen: ", 1)
        self.live.value = (
            f'<div class="{kind}" style="min-height: {self._room}px" role="status">'
            f'<span class="engramlab-now">{lines}</span>'
            '<span class="engramlab-stale">run the cell to move this</span></div>'
        )

    def _ipython_display_(self) -> None:
        with self._lock:
            self.flush()
            _show_view(self.top, self.question)
            bundle = self._bundle(SHARP, fast=False)
            handle = _notebook.DisplayHandle()
            handle.display(bundle, raw=True)
            self._handles.append(handle)
            _show_view(self.live, "")

    def __repr__(self) -> str:
        return f"Panel({self.question!r}, {self.params})"


def _show_view(widget: Any, words: str) -> None:
    """Display a widget, with `words` where only text can be shown."""
    bundle = dict(widget._repr_mimebundle_())
    bundle["text/plain"] = words
    if _VIEW in bundle:
        _notebook.display(bundle, raw=True)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Exhibit:
    """What a widget is made of, so that it can be moved in a panel or drawn once.

    Attributes
    ----------
    question : str
        The question that the widget answers: the panel's heading.
    model : callable
        `model(**params)` returns a result; it draws nothing and keeps nothing.
    scene : callable
        Returns a new `Scene`.
    alt : callable
        `alt(result)` returns the one-line reading.
    controls : mapping of str to Slider or Choice
        At most three, by parameter name.
    """

    question: str
    model: Callable[..., Any]
    scene: Callable[[], Scene]
    alt: Callable[[Any], str]
    controls: Mapping[str, Control]

    def panel(self) -> Panel:
        """Return a live panel."""
        return explore(self.model, self.scene(), self.alt, question=self.question, **self.controls)

    def view(self, **params: Any) -> Picture:
        """Return the picture at one setting; what is not given stands as the panel starts."""
        unknown = sorted(set(params) - set(self.controls))
        if unknown:
            raise ValueError(f"there is no setting {unknown[0]!r}; there are "
                             f"{', '.join(self.controls)}")  # fmt: skip
        setting = {name: control.value for name, control in self.controls.items()} | params
        scene = self.scene()
        result = self.model(**setting)
        scene.update(result)
        scene.figure.alt = self.alt(result)
        return scene.figure


def explore(
    model: Callable[..., Any],
    scene: Scene,
    alt: Callable[[Any], str],
    *,
    question: str,
    **controls: Control,
) -> Panel:
    """Return a panel in which a learner moves a model.

    Parameters
    ----------
    model : callable
        `model(**params)` returns a result; called at each move.
    scene : Scene
        Draws the result; moves only what changes.
    alt : callable
        `alt(result)` returns one line: the setting with its unit, then counts or a number. It is
        the reading below the picture and the picture's text alternative.
    question : str
        Heading of the panel. The question, never the finding.
    **controls : Slider or Choice
        At most three, named as the model's parameters.

    Returns
    -------
    Panel
        As the last line of a cell it shows itself.

    Raises
    ------
    ValueError
        If there is no control or more than three.
    """
    return Panel(model, scene, alt, question=question, controls=controls)
