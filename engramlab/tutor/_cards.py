"""Small panels of text: one look, one text alternative, both themes of JupyterLab."""

import re
from collections.abc import Iterable, Sequence
from html import escape as escape
from typing import Any

from engramlab.look import PANEL

# Outcome -> (word, form, class). The form and the word say it without the colour.
OUTCOMES = {
    "right": ("Right", "●", "elab-good"),
    "wrong": ("Not yet", "○", "elab-open"),
    "not attempted": ("Not attempted", "–", "elab-open"),
    "error": ("Your code stopped", "△", "elab-fault"),
    "timeout": ("Took too long", "△", "elab-fault"),
    "crashed": ("The kernel was lost", "△", "elab-fault"),
}

_CSS = f"""
.elab {{ --elab-accent: {PANEL["accent"]}; --elab-line: {PANEL["track"]};
  --elab-fault: {PANEL["fault"]}; max-width: 760px; line-height: 1.45; font-size: 14px;
  font-family: var(--jp-content-font-family, sans-serif);
  color: var(--jp-content-font-color1, inherit); }}
[data-jp-theme-light="false"] .elab {{ --elab-accent: {PANEL["accent_on_dark"]};
  --elab-line: {PANEL["track_on_dark"]}; --elab-fault: {PANEL["fault_on_dark"]}; }}
.elab p, .elab ol, .elab ul {{ margin: 4px 0; }}
.elab .elab-q {{ font-size: 17px; font-weight: 600; margin: 4px 0 6px 0; }}
.elab .elab-small {{ font-size: 13px; color: var(--jp-content-font-color2, inherit); }}
.elab-card {{ border-left: 4px solid var(--elab-line); padding: 4px 0 4px 14px; margin: 6px 0; }}
.elab-card.elab-good {{ border-left-color: var(--elab-accent); }}
.elab-card.elab-open {{ border-left-style: dashed; }}
.elab-card.elab-fault {{ border-left-style: double; border-left-width: 6px;
  border-left-color: var(--elab-fault); }}
.elab .elab-word {{ font-weight: 600; }}
.elab-good .elab-word {{ color: var(--elab-accent); }}
.elab-fault .elab-word {{ color: var(--elab-fault); }}
.elab pre {{ margin: 6px 0; padding: 8px 12px; overflow-x: auto; border-radius: 4px;
  background: var(--jp-layout-color2, transparent); color: inherit; font-size: 13px; }}
.elab table {{ border-collapse: collapse; margin: 6px 0; font-size: 14px; width: 100%; }}
.elab table th, .elab table td {{ text-align: left !important; padding: 5px 16px 5px 0 !important;
  vertical-align: top; border-bottom: 1px solid var(--jp-border-color2, currentColor); }}
.elab tr {{ background: transparent !important; }}
.elab .elab-id {{ white-space: nowrap; }}
.elab table th {{ font-weight: 600; }}
.elab img {{ display: block; }}
.elab code {{ font-size: 13px; background: var(--jp-layout-color2, transparent); color: inherit;
  padding: 0 3px; border-radius: 3px; }}
.elab.engramlab-reading {{ border: 0; padding: 0; min-height: 0; font-size: 14px; }}
.elab-panel {{ max-width: 760px; overflow: visible; }}
.elab-panel > * {{ overflow: visible; }}
.elab-radio {{ margin: 6px 2px 2px; height: auto; flex-direction: column;
  align-items: flex-start; }}
.elab-radio > .widget-label {{ font-size: 14px; font-weight: 600; text-align: left; width: auto;
  max-width: 100%; white-space: normal; line-height: 20px; height: auto;
  color: var(--jp-content-font-color1, inherit); }}
.elab-radio .widget-radio-box {{ width: 100%; height: auto; margin: 0; }}
.elab-radio .widget-radio-box label {{ font-size: 14px; line-height: 20px; height: auto;
  min-height: 24px; white-space: normal; width: auto; max-width: 700px; align-items: flex-start;
  display: flex; flex-direction: row-reverse; justify-content: flex-end;
  padding: 1px 0; color: var(--jp-content-font-color1, inherit); }}
.elab-radio .widget-radio-box input {{ flex: none; }}
.elab-radio label:has(input:checked:disabled) {{ font-weight: 600; }}
.elab-quiz .elab-radio > .widget-label {{ font-size: 13px; font-weight: 400;
  color: var(--jp-content-font-color2, inherit); }}
.elab-quiz .elab-radio {{ margin: 0 2px; }}
.elab-question {{ margin: 4px 0 10px; overflow: visible; }}
.elab-across .widget-radio-box {{ flex-wrap: wrap; gap: 0 20px; }}
.elab-number {{ flex-wrap: wrap; height: auto; max-width: 100%; }}
.elab-number .widget-label {{ font-size: 14px; font-weight: 600; width: auto; max-width: 100%;
  height: auto; white-space: normal; color: var(--jp-content-font-color1, inherit); }}
.elab-number input {{ flex: 1 1 110px; }}
.elab-panel .elab-lock {{ width: auto; align-self: flex-start; height: 32px; line-height: 28px;
  padding: 0 18px; margin: 8px 2px; border: 1px solid var(--elab-accent, currentColor);
  border-radius: 6px; font-size: 14px;
  background: transparent; box-shadow: none; color: var(--jp-content-font-color1, inherit); }}
.elab-lock:focus-visible, .elab-radio input:focus-visible {{ outline-offset: 2px;
  outline: 2px solid var(--jp-brand-color1, currentColor); }}
.elab-panel .elab-lock:disabled {{ opacity: 1; border-style: dashed; }}
.elab-stale {{ display: none; font-weight: 600; padding: 4px 2px; }}
.elab-past .elab-stale, .jupyter-widgets-disconnected .elab-stale {{ display: block; }}
.elab-past .elab-now, .elab-panel .elab-lock.jupyter-widgets-disconnected,
.elab-panel .engramlab-live.jupyter-widgets-disconnected {{ display: none; }}
.elab-panel.jupyter-widgets-disconnected::before,
.elab-panel .jupyter-widgets-disconnected::before {{ content: none; }}
"""


def rich(text: str) -> str:
    """Escape a text and set what stands between backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def style() -> str:
    """The style sheet, which every panel carries so that a saved page needs nothing else."""
    return f"<style>{_CSS}</style>"


class Card:
    """A panel that shows as HTML in a notebook and as plain text everywhere else."""

    def __init__(self, html: str, text: str, *, kind: str = "", live: bool = False) -> None:
        role = ' role="status"' if live else ""
        shell = f"elab-card {kind}".strip() if kind else ""
        self.html = f'<div class="elab {shell}"{role}>{html}</div>'
        self.text = text

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/html": style() + self.html, "text/plain": self.text}

    def __repr__(self) -> str:
        return self.text


def sentence(text: str, *, kind: str = "elab-open") -> Card:
    """One sentence to the learner."""
    return Card(f"<p>{rich(text)}</p>", text, kind=kind, live=True)


def status(text: str, *, kind: str = "") -> str:
    """A live line for a widget: announced by a screen reader when it changes."""
    inner = f'<div class="elab-card {kind}">{text}</div>' if kind else text
    return f'{style()}<div class="elab engramlab-reading" role="status">{inner}</div>'


def outcome(name: str, title: str, lines: Iterable[str], *, code: str = "", note: str = "") -> Card:
    """The card of one check: the outcome as word, form and colour, then what to know.

    It carries the kernel's session, so that the page can tell an outcome of an earlier kernel: the
    function may have changed since, and the card then says to run the cell.
    """
    word, form, kind = OUTCOMES.get(name, (name, "△", "elab-fault"))
    lines = [line for line in lines if line]
    html = f'<p class="elab-word"><span aria-hidden="true">{form}</span> {escape(word)}: '
    html += f"{rich(title)}</p>" + "".join(f"<p>{rich(line)}</p>" for line in lines)
    if code:
        html += f"<pre>{escape(code)}</pre>"
    if note:
        html += f'<p class="elab-small">{rich(note)}</p>'
    text = "\n".join([f"{word}: {title}", *lines, *filter(None, (code, note))])
    html = (
        f'<div class="elab-now" data-elab-session="{escape(session())}">{html}</div>'
        '<p class="elab-stale">run the cell to check again: this outcome is from an earlier '
        "session</p>"
    )
    return Card(html, text, kind=kind, live=True)


def session() -> str:
    """Return the id that the notebook's kernel puts on its messages, "" without a kernel."""
    try:
        from IPython import get_ipython
    except ImportError:
        return ""
    kernel = getattr(get_ipython(), "kernel", None)
    return str(getattr(getattr(kernel, "session", None), "session", ""))


def listing(title: str, code: str, *, note: str = "") -> Card:
    """Lines of code under a heading."""
    html = f'<p class="elab-word">{escape(title)}</p><pre>{escape(code)}</pre>'
    html += f'<p class="elab-small">{rich(note)}</p>' if note else ""
    return Card(html, "\n".join([title, code, *([note] * bool(note))]), kind="elab-plain")


def table(head: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> tuple[str, str]:
    """A table as HTML and as text."""
    html = f'<table><caption class="elab-small" style="text-align:left">{escape(caption)}</caption>'
    html += "<tr>" + "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head) + "</tr>"
    for row in rows:
        html += "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
    text = "\n".join([caption, *(" | ".join(row) for row in (head, *rows))])
    return html + "</table>", text


def image(figure: Any) -> str:
    """A picture of `engramlab.plots` with its text alternative, sharp at its own width."""
    from engramlab.plots import image_html

    width = round(figure.get_size_inches()[0] * 100)
    tag = image_html(figure.png(), alt=figure.alt, width=width)
    return f'{style()}<div class="elab">{tag}</div>'
