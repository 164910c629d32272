"""Two synapses of one cell over hours: weights, tags and proteins on one clock."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch

from engramlab._types import Float
from engramlab.look import DASH, LINE, ROLE, SIZE, TYPE
from engramlab.plots._axes import ax_px, beside, dress, ghost_lines, number, text_px

_WIDTH, _HEIGHT = 480, 196  # px of the axes of the weights
_NAMES = SIZE["axis_left"] + _WIDTH + 14  # where the names at the right begin
_EVENTS = 2.2  # height of the two events, above all weights
_BAR, _STEP = 14, 25  # px: a tag bar, and from one lane to the next
_PROTEIN = 74  # px for a protein level of 1
_ROOM = 0.13  # of the weight axis: one line of words


class SliceDrawing:
    """Weights above, then a lane each for the tags, the drug and the proteins.

    Time counts from the weak event. The pale column is the time of the weak synapse's tag; how much
    of the proteins it covers sets what that synapse captures.

    Parameters
    ----------
    figure : Picture
    top : int
        Pixels from the upper edge to the axes.
    x_lim : tuple of two floats
        First and last hour.
    x_ticks : mapping from float to str
    weak_tag_hours, strong_tag_hours : float
        How long the tags stand.
    references : mapping from str to ndarray of shape (2, n_moments)
        Hours and weights of curves that stay: the control, by the name at its end.
    drug : bool
        Whether there is a lane for a drug.
    """

    def __init__(
        self,
        figure: Figure,
        *,
        top: int,
        x_lim: tuple[float, float],
        x_ticks: Mapping[float, str],
        weak_tag_hours: float,
        strong_tag_hours: float,
        references: Mapping[str, Float],
        drug: bool = False,
    ) -> None:
        left = SIZE["axis_left"]
        self.tags = weak_tag_hours, strong_tag_hours
        self.end = x_lim[1]
        self._references = {name: float(curve[1, -1]) for name, curve in references.items()}
        self.ax = ax_px(figure, left, top, _WIDTH, _HEIGHT)
        dress(self.ax, y=(1, 1.5, 2), x_lim=x_lim, y_lim=(0.92, 2.3), y_title_pad=6,
              y_title="weight (1 = before)")  # fmt: skip
        base = 2 * _STEP + _STEP * drug + 62  # px from the weights to the foot of the proteins
        self.lanes = ax_px(figure, left, top + _HEIGHT, _WIDTH, base)
        dress(self.lanes, x=x_ticks, x_lim=x_lim, y_lim=(base, 0),
              x_title="hours from the weak event")  # fmt: skip
        for ax in (self.ax, self.lanes):
            ax.axvspan(0, weak_tag_hours, color=ROLE["engram_b"], alpha=0.09, lw=0, zorder=0.2)
        self.ax.plot(x_lim, (1, 1), color=ROLE["rule"], lw=LINE["reference"], zorder=0.5)
        for curve in references.values():
            self.ax.plot(*curve, color=ROLE["control"], lw=LINE["second"] - 0.4, zorder=2,
                         ls=DASH["control"], clip_on=False)  # fmt: skip
        self._base, self._drug = base, drug
        self._name_lanes(figure, top + _HEIGHT, drug)
        self._move_in(drug)

    def _name_lanes(self, figure: Figure, top: int, drug: bool) -> None:
        """Write what each lane is, at its right end, and draw the bar that stays."""
        weak, strong = self.tags
        rows = [
            (f"tag, weak synapse: {weak:.1f} h", "engram_b"),
            (f"tag, strong synapse: {strong:.1f} h", "engram"),
        ]
        rows += [("drug: no new proteins", "drug")] if drug else []
        for k, (words, role) in enumerate(rows):
            text_px(figure, _NAMES, top + 8 + _STEP * k + 11, words, fontsize=TYPE["note"],
                    color=ROLE[role])  # fmt: skip
        foot = top + self._base
        text_px(figure, _NAMES, foot - 20, "proteins of the cell", color=ROLE["protein"],
                fontsize=TYPE["note"])  # fmt: skip
        self.note = text_px(figure, _NAMES, foot - 3, "", color=ROLE["protein"],
                            fontsize=TYPE["note"])  # fmt: skip
        self.lanes.broken_barh([(0, weak)], (8, _BAR), facecolor=ROLE["engram_b"], lw=0, zorder=2)

    def _move_in(self, drug: bool) -> None:
        """Make what moves."""
        ax, lanes = self.ax, self.lanes
        self.proteins = PolyCollection(
            [], facecolors=[ROLE["protein_fill"], ROLE["protein"]], linewidths=[1.6, 0], zorder=2,
            edgecolors=ROLE["protein"],
        )  # fmt: skip
        colours = [ROLE["engram"]] + ([ROLE["drug"]] if drug else [])
        self.bars = PolyCollection([], facecolors=colours, linewidths=0, zorder=2)
        for collection in (self.proteins, self.bars):
            lanes.add_collection(collection, autolim=False)
        self.weights = LineCollection(
            [], colors=[ROLE["engram"], ROLE["engram_b"]], zorder=3,
            linewidths=[LINE["second"], LINE["result"]],
        )  # fmt: skip
        self.weights.set_clip_on(False)
        ax.add_collection(self.weights, autolim=False)
        self.arrow = FancyArrowPatch((0, _EVENTS), (1, _EVENTS), arrowstyle="<|-|>", lw=1.4,
                                     mutation_scale=9, color=ROLE["ink"], zorder=3,
                                     shrinkA=5, shrinkB=7, visible=False)  # fmt: skip
        ax.add_patch(self.arrow)
        self.events = ax.scatter([0, 0], [_EVENTS] * 2, s=[36, 110], zorder=5, clip_on=False,
                                 facecolors=ROLE["cue"], edgecolors=ROLE["cue_edge"],
                                 linewidths=LINE["cue_edge"])  # fmt: skip
        self.gap = beside(ax, 0, _EVENTS, "", dx=15, weight="bold", color=ROLE["ink"],
                          fontsize=TYPE["label"])  # fmt: skip
        self.names = {
            name: beside(ax, self.end, 1, "", dx=14, fontsize=TYPE["label"], color=ROLE[role],
                         weight="bold" if role != "control" else "normal")
            for name, role in (("strong", "engram"), ("weak", "engram_b"),
                               *((name, "control") for name in self._references))
        }  # fmt: skip

    def moving(self) -> list[Artist]:
        """Return what `set` moves, in the order in which it is drawn."""
        arrow = [] if self._drug else [self.arrow]  # under a drug the events stay close together
        return [self.proteins, self.bars, self.weights, *arrow, self.events, self.gap, self.note,
                *self.names.values()]  # fmt: skip

    def set(
        self,
        *,
        strong_after_hours: float,
        hours: Float,
        weak: Float,
        strong: Float,
        protein: Float,
        drug: tuple[float, float] | None = None,
    ) -> None:
        """Show other curves.

        Parameters
        ----------
        strong_after_hours : float
            From the weak to the strong event; negative: strong first.
        hours, weak, strong, protein : ndarray of shape (n_moments,)
            Time from the weak event, the two weights, the proteins.
        drug : tuple of two floats, optional
            First and last hour of the drug.
        """
        gap = strong_after_hours
        self._shown = hours, weak
        self.weights.set_segments([np.column_stack([hours, each]) for each in (strong, weak)])
        inside = hours[(hours > 0) & (hours < self.tags[0])]
        tagged = np.concatenate([[0.0], inside, [self.tags[0]]])
        captured = np.interp(tagged, hours, protein)
        self.proteins.set_verts([self._area(hours, protein), self._area(tagged, captured)])
        low, high = self.lanes.get_xlim()
        bars = [(gap, gap + self.tags[1])] + ([drug] if drug else [])
        made, met = protein.max() > 0, captured.max() > 0
        self.note.set_text("dark: during the weak tag" if met else "" if made else "none are made")
        self.bars.set_verts([
            _box(max(first, low), min(last, high), 8 + _STEP * (k + 1))
            for k, (first, last) in enumerate(bars)
        ])  # fmt: skip
        self.events.set_offsets([(0, _EVENTS), (gap, _EVENTS)])
        self.arrow.set_positions((0, _EVENTS), (gap, _EVENTS))
        self.arrow.set_visible(abs(gap) > 0.9)
        when = "later" if gap > 0 else "earlier"
        words = f"strong {abs(gap):g} h {when}" if gap else "both at once"
        self.gap.set_text(words)
        self.gap.xy = (max(0.0, gap), _EVENTS)
        self._name_ends({"strong": float(strong[-1]), "weak": float(weak[-1])} | self._references)

    def _name_ends(self, ends: Mapping[str, float]) -> None:
        places = apart(list(ends.values()), _ROOM, low=0.98)
        for (name, value), y in zip(ends.items(), places, strict=True):
            self.names[name].set_text(f"{number(value)}  {name}")
            self.names[name].xy = (self.end, y)

    def _area(self, hours: Float, level: Float) -> Float:
        """Return the outline of the proteins over some hours, in the pixels of their lane."""
        tops = np.column_stack([hours, self._base - _PROTEIN * level])
        feet = [(hours[-1], self._base), (hours[0], self._base)]
        return np.concatenate([tops, np.array(feet)])

    def ghost(self) -> list[Artist]:
        """Leave the weak synapse's present weight behind as a ghost and return its parts."""
        return list(ghost_lines(self.ax, *self._shown))


def _box(first: float, last: float, top: float) -> Any:
    """Return the corners of a bar in a lane; none is seen if it has no length."""
    return [(first, top), (last, top), (last, top + _BAR), (first, top + _BAR)]


def apart(values: Sequence[float], room: float, *, low: float) -> list[float]:
    """Return places near `values`, in the same order, at least `room` apart and not below `low`.

    Of equal values the first gets the highest place.

    Examples
    --------
    >>> apart([2.0, 1.0], 0.5, low=0.0)
    [2.0, 1.0]
    >>> apart([1.0, 1.0, 3.0], 0.5, low=1.0)
    [1.5, 1.0, 3.0]
    """
    order = sorted(range(len(values)), key=lambda k: (values[k], -k))
    places = [float(values[k]) for k in order]
    for _ in range(40):
        for k in range(1, len(places)):
            short = room - (places[k] - places[k - 1])
            if short > 1e-9:
                places[k - 1] -= short / 2
                places[k] += short / 2
        places[0] = max(places[0], low)
    for k in range(1, len(places)):
        places[k] = max(places[k], places[k - 1] + room)
    found = [0.0] * len(places)
    for rank, k in enumerate(order):
        found[k] = round(places[rank], 6)
    return found
