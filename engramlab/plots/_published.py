"""What animals did, beside the model and never on its axis: freezing as published, with n."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from matplotlib.figure import Figure

from engramlab.look import LINE, ROLE, SIZE, TYPE
from engramlab.plots._axes import Picture, ax_px, dress, head, new_picture, style, text_px

_ROW, _HEADING = 32, 26  # px: an arm with its words, and the name of a study
_TICKS = (0, 20, 40, 60, 80)
_UNIT = "time freezing, % (about)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Freezing:
    """One published arm.

    Attributes
    ----------
    study, arm : str
    control : bool
        Whether it is a control arm: hollow.
    low, high : float
        Per cent of the test time in which the mice froze, read off a figure.
    n : int or None
        Mice; None where the number was not noted.
    claim : str
        Row of the ledger.
    """

    study: str
    arm: str
    control: bool
    low: float
    high: float
    n: int | None
    claim: str

    @property
    def words(self) -> str:
        """The arm and how many mice; a question mark where the number was not noted."""
        return f"{self.arm} (n {'?' if self.n is None else self.n})"

    @property
    def share(self) -> str:
        """The number in words, as "about 2 to 4 %"."""
        low, high = f"{self.low:g}", f"{self.high:g}"
        return f"about {low} %" if low == high else f"about {low} to {high} %"


@cache
def published_freezing() -> tuple[Freezing, ...]:
    """Return all published arms, in the order of the file."""
    text = files("engramlab").joinpath("data/published_freezing.csv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return tuple(
        Freezing(
            study=row["study"],
            arm=row["arm"],
            control=row["control"] == "yes",
            low=float(row["low"]),
            high=float(row["high"]),
            n=int(row["n"]) if row["n"] else None,
            claim=row["claim"],
        )
        for row in csv.DictReader(lines)
    )


def arms_of(studies: Sequence[str]) -> list[list[Freezing]]:
    """Return the arms of each study.

    Raises
    ------
    ValueError
        If there is no such study.
    """
    known = list(dict.fromkeys(row.study for row in published_freezing()))
    for name in studies:
        if name not in known:
            raise ValueError(f"there is no study {name!r}; there are {', '.join(known)}")
    return [[row for row in published_freezing() if row.study == name] for name in studies]


def published_height(studies: Sequence[str]) -> int:
    """Return how many pixels `draw_published` needs, from its top down."""
    groups = arms_of(studies)
    return _HEADING * len(groups) + _ROW * sum(len(group) for group in groups) + 52


def draw_published(
    figure: Figure,
    studies: Sequence[str],
    *,
    left: int,
    top: int,
    width: int = 190,
    high: float = 40,
) -> None:
    """Draw published arms as dots over their words, on an axis of their own.

    Parameters
    ----------
    figure : Picture
    studies : sequence of str
        As in the file: "Liu 2012", "Ryan 2015".
    left, top, width : int
        Pixels: the zero of the axis, the upper edge, and the length of the axis.
    high : float
        Per cent at the right end of the axis.
    """
    y = top
    height = published_height(studies) - 52
    ax = ax_px(figure, left, top, width, height)
    dress(
        ax,
        x=[tick for tick in _TICKS if tick <= high],
        x_lim=(0, high),
        y_lim=(height, 0),
        x_title=_UNIT,
    )
    for name, group in zip(studies, arms_of(studies), strict=True):
        text_px(figure, left, y + 16, f"mice, {name}", color=ROLE["ink"], weight="bold")
        y += _HEADING
        for row in group:
            text_px(figure, left, y + 12, row.words, fontsize=TYPE["note"])
            colour = ROLE["control" if row.control else "ink"]
            place = y + 22 - top
            ax.plot((0, high), (place, place), color=ROLE["rule"], lw=LINE["spine"], zorder=0.5)
            if row.high > row.low:
                ax.plot((row.low, row.high), (place, place), color=colour, lw=LINE["second"])
            ax.scatter(
                sorted({row.low, row.high}), [place] * len({row.low, row.high}), s=40, zorder=3,
                facecolors=ROLE["paper"] if row.control else colour, edgecolors=colour,
                linewidths=1.4, clip_on=False,
            )  # fmt: skip
            y += _ROW


def published_words(studies: Sequence[str]) -> str:
    """Return the arms in words.

    Examples
    --------
    >>> published_words(["Ryan 2015"])
    'Ryan 2015: place of the shock (n 10) about 31 %, the same after the drug (n 8) about 10 %'
    """
    return "; ".join(
        f"{name}: {', '.join(f'{row.words} {row.share}' for row in group)}"
        for name, group in zip(studies, arms_of(studies), strict=True)
    )


def published(
    studies: Sequence[str], *, title: str, subtitle: str = "", high: float = 40
) -> Picture:
    """Return a picture of published freezing, each study in a column of its own.

    Parameters
    ----------
    studies : sequence of str
        Up to three, as in `engramlab/data/published_freezing.csv`: "Liu 2012".
    title, subtitle : str
        The finding; what was done.
    high : float
        Per cent at the right end of the axes.

    Returns
    -------
    Picture
    """
    tall = max(published_height([name]) for name in studies)
    top = SIZE["axes_top"] - 34
    with style():
        figure = new_picture(height=top + tall)
        head(figure, title, subtitle)
        for k, name in enumerate(studies):
            draw_published(figure, [name], left=SIZE["left"] + 240 * k, top=top, high=high)
    figure.alt = f"{title}. Freezing of mice as published: {published_words(studies)}."
    return figure
