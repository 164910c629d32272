"""The visual language of the course: one colour and one form for each role. Data only.

Vermilion is a cell of the engram, gold is what you give, navy is what the model gives back; the
rest is grey. A role is never told by its colour alone: `FORM` says what carries each without it.
"""

from types import MappingProxyType
from typing import Any

ROLE = MappingProxyType(
    {
        "paper": "#FFFFFF",
        "ink": "#1B2430",
        "text": "#55606C",
        "axis": "#8A939D",
        "rule": "#E6E9ED",
        "cue": "#F5C211",
        "cue_edge": "#1B2430",
        "cue_text": "#80590A",
        "engram": "#C8371B",
        "engram_b": "#004F5C",
        "recalled": "#123566",
        "silent": "#C8371B",
        "other": "#868F99",
        "control": "#6B7580",
        "chance": "#868F99",
        "chance_fill": "#E9ECF0",
        "drug": "#7A1FA0",
        "light": "#2E95E0",
        "light_text": "#1569A8",
        "protein": "#4C6614",
        "protein_fill": "#DCEBC0",
        "ghost": "#55606C",
        "ghost_band": "#CDD3DA",
        "off": "#EEF0F4",
        "unknown_edge": "#C3CAD2",
    }
)
"""Hex colour of each role; names that end in `_fill`, `_edge` or `_text` belong to their role."""

TEXT_ROLES = ("ink", "text", "cue_text", "engram", "engram_b", "recalled", "light_text", "protein")
"""Roles in which words are written: contrast with white is at least 4.5."""

MARK_ROLES = ("axis", "cue_edge", "engram", "engram_b", "recalled", "silent", "other", "control",
              "chance", "drug", "light", "protein", "ghost")  # fmt: skip
"""Roles in which marks are drawn: contrast with white is at least 3."""

FORM = MappingProxyType(
    {
        "cue": "gold fill inside an ink outline: no other mark has one",
        "engram": "filled disc, or a thick ring with a white gap inside",
        "engram_b": "second row, with its label B",
        "recalled": "the thickest line, or a filled dot",
        "silent": "hollow, dashed outline",
        "other": "thin line without markers",
        "control": "hollow marker, dashed line",
        "chance": "pale band with a dashed mean and the word chance at its right end",
        "drug": "filled square",
        "light": "bolt; hollow where the light meets control cells",
        "protein": "filled area in a lane of its own",
        "ghost": "broad pale band with a dashed core",
    }
)
"""The form that carries each role when the colour is taken away."""

EXCITABILITY = ("#EEF2F6", "#B9C7D6", "#6F89A6", "#2C4A6E", "#10233F")
"""Low to high excitability, by lightness only."""

PANEL = MappingProxyType(
    {
        "accent": "#123566",
        "accent_on_dark": "#8FB4EC",
        "track": "#868F99",
        "track_on_dark": "#6B7580",
        "fault": "#A32D12",
        "fault_on_dark": "#F0907A",
        "dark": "#111111",
    }
)
"""Colours of the panel around a picture; `_on_dark` where JupyterLab has a dark theme."""

SIZE = MappingProxyType(
    {
        "width": 760,
        "height_two_panels": 384,
        "height_column": 420,
        "hero_width": 1000,
        "hero_height": 384,
        "left": 24,
        "axis_left": 66,
        "right": 24,
        "title_baseline": 30,
        "subtitle_baseline": 52,
        "axes_top": 108,
        "axes_top_live": 48,
        "gutter": 60,
    }
)
"""Pixels at 1x (100 dots per inch), from the left or the top edge of the figure."""

TYPE = MappingProxyType({"title": 13.0, "label": 10.5, "note": 10.0, "hero_name": 27.0,
                         "hero_head": 18.0, "hero_line": 16.0, "hero_note": 13.5})  # fmt: skip
"""Sizes of type in points; nothing is smaller than 10."""

LINE = MappingProxyType(
    {
        "result": 2.7,
        "second": 2.2,
        "other": 1.3,
        "seed": 0.7,
        "seed_alpha": 0.22,
        "spine": 0.8,
        "chance": 1.1,
        "reference": 1.2,
        "ghost_band": 9.0,
        "ghost_core": 1.5,
        "mark": 10.0,
        "mark_edge": 2.4,
        "cue_edge": 1.2,
        "silent": 1.4,
        "band_alpha": 0.14,
    }
)
"""Widths in points, transparencies between 0 and 1."""

DASH = MappingProxyType(
    {
        "control": (0, (4.0, 2.5)),
        "ghost": (0, (5.0, 3.0)),
        "reference": (0, (4.0, 3.0)),
        "silent": (0, (2.2, 1.4)),
    }
)
"""Dash patterns in units of the line width."""

DPI = 100
"""Dots per inch of a figure: one pixel of `SIZE` is one pixel at 1x."""

SHARP = 200
"""Dots per inch of the picture that stays in a saved notebook."""

_TICK: dict[str, Any] = {
    "labelsize": TYPE["note"],
    "color": ROLE["axis"],
    "labelcolor": ROLE["text"],
    "major.size": 4.0,
    "major.width": LINE["spine"],
    "major.pad": 4.0,
    "minor.size": 0.0,
    "direction": "out",
}

RC = MappingProxyType(
    {
        "font.family": ["DejaVu Sans"],
        "font.size": TYPE["note"],
        "text.color": ROLE["ink"],
        "text.usetex": False,
        "axes.labelsize": TYPE["label"],
        "axes.linewidth": LINE["spine"],
        "axes.edgecolor": ROLE["axis"],
        "axes.labelcolor": ROLE["text"],
        "axes.labelpad": 6.0,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": False,
        "axes.facecolor": "none",
        "axes.xmargin": 0.0,
        "axes.ymargin": 0.0,
        "axes.unicode_minus": True,
        "lines.linewidth": LINE["result"],
        "lines.solid_capstyle": "butt",
        "lines.solid_joinstyle": "round",
        "lines.markersize": 6.0,
        "hatch.color": ROLE["axis"],
        "hatch.linewidth": 0.8,
        "legend.frameon": False,
        "figure.dpi": DPI,
        "figure.facecolor": ROLE["paper"],
        "figure.autolayout": False,
        "figure.constrained_layout.use": False,
        "image.interpolation": "nearest",
        "savefig.facecolor": ROLE["paper"],
        "savefig.dpi": "figure",
        "path.simplify": True,
        **{f"xtick.{key}": value for key, value in _TICK.items()},
        **{f"ytick.{key}": value for key, value in _TICK.items()},
    }
)
"""Settings of matplotlib, applied only around the building and the drawing of a figure."""
