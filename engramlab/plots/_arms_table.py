"""The table under the arms of an experiment: its columns, rows, marks, and words that move."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from engramlab._types import Float
from engramlab.look import LINE, ROLE, SIZE, TYPE
from engramlab.plots._axes import ax_px, height_px, width_px, wrap_px
from engramlab.plots._marks import BOLT, STOP

_NARROW = 120  # px: in a column like this, words that move may need a second line
NOT_GIVEN = "–"

RIGHT = SIZE["width"] - SIZE["right"]  # px: where the table ends, if nothing is beside it
AXIS, FIRST = 132, 142  # px: the axis line, and where the arms begin
APART = 34  # px between the arms and their controls
ROW, WORDS_LINE, GAP = 30, 15, 14  # px: a row, a further line of words, from the axes to the table
FOOT = 8  # px under the table
MARKS: Mapping[str, tuple[Any, str, str, float]] = {
    "drug": ("s", "drug", "drug", 110),
    "light": (BOLT, "light", "light_text", 230),
    "silence": (STOP, "light", "light_text", 170),
}  # by the first word of the row's name: mark, its colour, colour of the name, size


@dataclass(frozen=True, slots=True, eq=False)
class Arm:
    """One arm of an experiment.

    Attributes
    ----------
    name : str
        For the text alternative.
    drives : ndarray of shape (n_animals,)
    rows : mapping from str to str
        What it is given, by row of the table: "" (not given, drawn as a dash), "yes" (a filled
        mark), "control" (a hollow mark), or words.
    control : bool
        Whether it is a control arm: hollow, and on the right under a bracket.
    """

    name: str
    drives: Float
    rows: Mapping[str, str] = field(default_factory=dict)
    control: bool = False


class MovingWords(Artist):
    """Words at many places of a figure that move as one artist."""

    def __init__(self, figure: Figure) -> None:
        super().__init__()
        self._at = figure
        self.texts: list[Text] = []
        self.set_zorder(4)
        figure.add_artist(self)

    def put(self, words: Sequence[tuple[float, float, str, Mapping[str, Any]]]) -> None:
        """Show other words: x and y in pixels from the left and the top edge, words, their look."""
        width, height = width_px(self._at), height_px(self._at)
        self.texts = []
        for x, y, what, how in words:
            look: dict[str, Any] = {"fontsize": TYPE["note"], "ha": "center", "color": ROLE["ink"]}
            text = Text(x / width, 1 - y / height, what, va="baseline", **(look | dict(how)))
            text.set_figure(self._at)
            text.set_transform(self._at.transFigure)
            self.texts.append(text)
        self.stale = True

    def get_children(self) -> list[Any]:
        """Return the words, for those who look through the figure."""
        return list(self.texts)

    def draw(self, renderer: Any) -> None:
        """Draw all words."""
        for text in self.texts:
            text.draw(renderer)
        self.stale = False


def in_order(arms: Sequence[Arm]) -> list[Arm]:
    """Return the arms with the controls last."""
    return sorted(arms, key=lambda arm: arm.control)


def columns(arms: Sequence[Arm], right: float) -> tuple[list[float], float]:
    """Return the middle of each column and the step between them, in pixels."""
    n_controls = sum(arm.control for arm in arms)
    apart = APART if 0 < n_controls < len(arms) else 0
    step = (right - FIRST - apart) / max(len(arms), 2)
    return [FIRST + (k + 0.5) * step + apart * arm.control for k, arm in enumerate(arms)], step


def row_name(row: str) -> list[str]:
    """Return the name of a row, line by line."""
    return wrap_px(row, FIRST - SIZE["left"] - 10, size=TYPE["label"])


def row_height(row: str, arms: Sequence[Arm], step: float, *, moving: bool) -> int:
    """Return the height of a row in pixels."""
    cells = [wrap_px(arm.rows.get(row, ""), step - 8) for arm in arms]
    lines = max(
        [len(row_name(row)), 1 + (moving and step < _NARROW), *(len(cell) for cell in cells)]
    )
    return ROW + WORDS_LINE * (lines - 1)


def put_mark(ax: Axes, row: str, x: float, y: float, *, hollow: bool) -> None:
    """Draw the mark of a row; hollow for a control."""
    marker, role, _, size = MARKS.get(row.split()[0], ("o", "ink", "", 64))
    ax.scatter([x], [y], s=size, marker=marker, facecolors=ROLE["paper" if hollow else role],
               edgecolors=ROLE[role], linewidths=1.4, zorder=3)  # fmt: skip


def level_rule(figure: Figure, y: float, ends: tuple[float, float], colour: str) -> None:
    """Draw a thin level line at `y` pixels from the upper edge."""
    line = ax_px(figure, ends[0], y - 1, ends[1] - ends[0], 2)
    line.set(xlim=(0, 1), ylim=(-1, 1))
    line.set_axis_off()
    line.plot((0, 1), (0, 0), color=colour, lw=LINE["reference"], clip_on=False)
