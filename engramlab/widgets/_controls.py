"""The controls of a panel, each with its name and its unit, and the sheet that dresses them."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ipywidgets

from engramlab.look import PANEL

_LABEL, _TRACK, _UNIT = "170px", "608px", "136px"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slider:
    """A number that the learner moves.

    Attributes
    ----------
    label : str
        Its name, in words.
    low, high, step : int or float
        Ends and step; whole numbers give a slider of whole numbers.
    value : int or float
        Where it stands at first and after Reset.
    unit : str
        Unit, or words that follow the number such as "in 500 units".
    """

    label: str
    low: float
    high: float
    step: float = 1
    value: float
    unit: str = ""

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise ValueError(
                f"slider {self.label!r} starts at {self.value}, which is not between its ends "
                f"{self.low} and {self.high}"
            )

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest value."""
        return self.low, self.high

    @property
    def whole(self) -> bool:
        """Whether it moves over whole numbers."""
        return all(isinstance(part, int) for part in (self.low, self.high, self.step, self.value))

    @property
    def said(self) -> str:
        """The first value as the panel and a screen reader say it, with its unit."""
        number = f"{self.value}" if self.whole else f"{self.value:.2f}"
        return f"{number} {self.unit}".strip()

    def widget(self) -> Any:
        """Return the ipywidgets slider; its number can be typed too."""
        whole = self.whole
        kind = ipywidgets.IntSlider if whole else ipywidgets.FloatSlider
        more = {} if whole else {"readout_format": ".2f"}
        return kind(
            value=self.value,
            min=self.low,
            max=self.high,
            step=self.step,
            description=self.label,
            continuous_update=True,
            style={"description_width": _LABEL},
            layout={"width": _TRACK, "max_width": "100%"},
            **more,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of a few words that the learner picks.

    Attributes
    ----------
    label : str
        Its name, in words.
    options : sequence of str
        What there is to pick.
    value : str
        What is picked at first and after Reset.
    unit : str
        Words that follow.
    """

    label: str
    options: Sequence[str]
    value: str
    unit: str = ""

    def __post_init__(self) -> None:
        if self.value not in self.options:
            raise ValueError(
                f"choice {self.label!r} starts at {self.value!r}, which is none of "
                f"{', '.join(map(repr, self.options))}"
            )

    @property
    def ends(self) -> tuple[str, str]:
        """The first and the last option."""
        return self.options[0], self.options[-1]

    def widget(self) -> Any:
        """Return the ipywidgets menu."""
        return ipywidgets.Dropdown(
            options=list(self.options),
            value=self.value,
            description=self.label,
            style={"description_width": _LABEL},
            layout={"width": "330px", "max_width": "100%"},
        )


Control = Slider | Choice


def row(widget: Any, unit: str) -> Any:
    """Return one row of the panel: label, track, number, and the unit beside it."""
    words = ipywidgets.HTML(
        f'<span class="engramlab-unit">{html.escape(unit)}</span>', layout={"width": _UNIT}
    )
    box = ipywidgets.HBox([widget, words])
    box.add_class("engramlab-row")
    return box


def sheet() -> str:
    """Return the style sheet of all panels; colours follow JupyterLab's theme."""
    dark = 'body[data-jp-theme-light="false"]'
    return f"""<style>
.engramlab-panel {{ max-width: 760px; width: 100%; container-type: inline-size;
  --engramlab-accent: {PANEL["accent"]};
  --engramlab-track: {PANEL["track"]}; --engramlab-fault: {PANEL["fault"]};
  --jp-widgets-slider-handle-size: 18px; --jp-widgets-slider-track-thickness: 4px;
  --jp-widgets-slider-active-handle-color: var(--engramlab-accent); overflow: visible; }}
{dark} .engramlab-panel {{ --engramlab-accent: {PANEL["accent_on_dark"]};
  --engramlab-track: {PANEL["track_on_dark"]}; --engramlab-fault: {PANEL["fault_on_dark"]}; }}
.engramlab-question {{ font-size: 17px; font-weight: 700; line-height: 24px; padding: 4px 0 6px;
  white-space: normal; color: var(--jp-content-font-color1, inherit); }}
.engramlab-row {{ min-height: 36px; align-items: center; overflow: visible; }}
.engramlab-row .widget-label {{ text-align: left; font-size: 14px;
  color: var(--jp-content-font-color1, inherit); }}
.engramlab-row .widget-readout {{ font-weight: 700; font-size: 15px; text-align: right;
  min-width: 44px; width: 52px; border-bottom: 1px dotted var(--engramlab-track);
  color: var(--jp-content-font-color1, inherit); }}
.engramlab-unit {{ font-size: 14px; color: var(--jp-content-font-color1, inherit); }}
.engramlab-row .widget-slider .noUi-target.noUi-horizontal {{ background: var(--engramlab-track);
  border: 0; border-radius: 2px; margin-left: -14px; padding-left: 14px; }}
.engramlab-row .widget-slider .noUi-target .noUi-connects {{ background: transparent; }}
.engramlab-row .noUi-base {{ clip-path: inset(-24px -14px -24px -14px); }}
.engramlab-row .noUi-handle {{ background: var(--jp-layout-color0, Canvas); box-shadow: none;
  border: 3px solid var(--engramlab-accent); border-radius: 50%; }}
.engramlab-row .noUi-handle::before {{ content: ""; display: block; position: absolute;
  inset: calc(50% - 2px) calc(100% + 2px) auto auto; width: 900px; height: 4px;
  background: var(--engramlab-accent); }}
.engramlab-row .noUi-handle:focus-visible, .engramlab-row .widget-readout:focus-visible,
.engramlab-buttons button:focus-visible {{ outline: 2px solid var(--engramlab-accent);
  outline-offset: 2px; }}
.engramlab-buttons {{ padding: 4px 0 10px; overflow: visible; }}
.engramlab-buttons button {{ background: transparent; border: 1px solid var(--engramlab-track);
  border-radius: 6px; font-size: 14px; height: 32px; line-height: 28px; padding: 0 14px;
  width: auto; box-shadow: none; color: var(--jp-content-font-color1, inherit); }}
.engramlab-buttons .engramlab-freeze {{ border-color: var(--engramlab-accent);
  color: var(--engramlab-accent); }}
.engramlab-reading {{ border-left: 4px solid var(--engramlab-accent); padding: 4px 0 4px 14px;
  min-height: 44px; font-size: 15px; line-height: 22px; white-space: normal;
  color: var(--jp-content-font-color1, inherit); }}
.engramlab-fault {{ border-left-color: var(--engramlab-fault); color: var(--engramlab-fault); }}
.engramlab-panel.jupyter-widgets-disconnected::before,
.engramlab-panel .jupyter-widgets-disconnected::before {{ content: none; }}
@container (max-width: 560px) {{
  .engramlab-row, .engramlab-row .widget-slider {{ flex-wrap: wrap; height: auto; }}
  .engramlab-row .widget-slider .widget-label {{ width: 100% !important; }}
  .engramlab-row .slider-container {{ min-width: 120px; margin-left: 16px; }}
}}
.engramlab-stale {{ display: none; }}
.jupyter-widgets-disconnected .engramlab-stale {{ display: block; }}
.jupyter-widgets-disconnected .engramlab-now {{ display: none; }}
</style>"""
