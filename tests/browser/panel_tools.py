"""What a learner meets inside an output: a panel with its sliders, picture, reading, buttons."""

import contextlib
import hashlib
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from browser_tools import Notebook, Visit
from playwright.sync_api import Locator, TimeoutError

from engramlab.widgets import Choice, Exhibit

VALUE = "one => one.getAttribute('aria-valuenow') ?? one.value"
SHARP = 1500  # px: the picture at rest is drawn at twice the size of the one under a moving slider

AGREED = """out => {
  const picture = [...out.querySelectorAll('img[alt]')].at(-1);
  const status = out.querySelector('.engramlab-live [role=status]');
  const lines = status.innerText.split('\\n').map(line => line.trim()).filter(line => line);
  return lines.join('; ') === picture.alt;
}"""


@dataclass
class Panel:
    """The panel in one cell's output."""

    notebook: Notebook
    cell: str
    out: Locator

    @property
    def picture(self) -> Locator:
        return self.out.locator("img[alt]").last

    @property
    def alt(self) -> str:
        return self.picture.get_attribute("alt") or ""

    @property
    def digest(self) -> str:
        """A short name for the picture that is shown now."""
        source = self.picture.get_attribute("src") or ""
        return hashlib.sha256(source.encode()).hexdigest()[:12]

    @property
    def reading(self) -> str:
        """The line below the picture; with a ghost it has two lines, joined as in the text."""
        status = self.out.locator(".engramlab-live").get_by_role("status").first
        return "; ".join(line.strip() for line in status.inner_text().splitlines() if line.strip())

    def has_controls(self) -> bool:
        """Return whether the saved controls have come back beside the picture, or come soon."""
        with contextlib.suppress(TimeoutError):
            self.out.locator(".engramlab-live").first.wait_for(timeout=20_000)
            return True
        return False

    def says(self) -> str:
        """Return the reading, once it has caught up with the picture (or will not any more).

        The picture and the line below it reach the page as two messages.
        """
        with contextlib.suppress(TimeoutError):
            self.notebook.page.wait_for_function(
                AGREED, arg=self.out.element_handle(), timeout=10_000
            )
        return self.reading

    @property
    def sliders(self) -> list[Locator]:
        return self.out.locator(".widget-slider [role=slider]").all()

    @property
    def menus(self) -> list[Locator]:
        return self.out.locator(".widget-dropdown select").all()

    def controls(self, exhibit: Exhibit) -> dict[str, Locator]:
        """Return the slider or the menu of each parameter of the exhibit that is shown."""
        sliders, menus = iter(self.sliders), iter(self.menus)
        found = {
            name: next(menus if isinstance(kind, Choice) else sliders)
            for name, kind in exhibit.controls.items()
        }
        assert len(found) == len(self.sliders) + len(self.menus)
        return found

    def setting(self, exhibit: Exhibit) -> dict[str, Any]:
        """Return where each control stands, as the model takes it."""
        told = {name: one.evaluate(VALUE) for name, one in self.controls(exhibit).items()}
        for name, kind in exhibit.controls.items():
            if not isinstance(kind, Choice):
                number = float(told[name])
                told[name] = int(number) if kind.whole else number
        return told

    def settled(self) -> "Panel":
        """Wait until the sharp picture of the present setting stands there."""
        self.notebook.page.wait_for_function(
            "([out, wide]) => { const img = [...out.querySelectorAll('img[alt]')].at(-1);"
            " return img && img.complete && img.naturalWidth >= wide; }",
            arg=[self.out.element_handle(), SHARP],
        )
        return self

    def press(self, control: Locator, *keys: str) -> "Panel":
        """Press keys on a slider or a menu and wait for the picture of where it then stands."""
        for key in keys:
            before, value = self.alt, control.evaluate(VALUE)
            control.focus()
            self.notebook.page.keyboard.press(key)
            if control.evaluate(VALUE) != value:
                self.wait_for_another(before)
        return self.settled()

    def params(self) -> list[float]:
        """Return where each slider stands."""
        return [float(one.get_attribute("aria-valuenow") or "nan") for one in self.sliders]

    def click(self, button: str) -> "Panel":
        """Press a button by the keyboard: focus and Enter."""
        one = self.button(button)
        one.focus()
        self.notebook.page.keyboard.press("Enter")
        return self

    def button(self, name: str) -> Locator:
        return self.out.get_by_role("button", name=name, exact=True)

    def wait_for_another(self, alt: str) -> None:
        """Wait until the picture says something else than `alt`."""
        self.notebook.page.wait_for_function(
            "([out, alt]) => { const img = [...out.querySelectorAll('img[alt]')].at(-1);"
            " return img && img.alt !== alt; }",
            arg=[self.out.element_handle(), alt],
        )

    def wait_for(self, alt: str) -> None:
        """Wait until the picture says exactly `alt`."""
        self.notebook.page.wait_for_function(
            "([out, alt]) => { const img = [...out.querySelectorAll('img[alt]')].at(-1);"
            " return img && img.alt === alt; }",
            arg=[self.out.element_handle(), alt],
        )

    def height(self) -> float:
        """Return the height of the whole panel in pixels."""
        box = self.out.bounding_box()
        assert box is not None
        return round(box["height"], 1)

    def photograph(self, name: str) -> None:
        """Keep a picture of the whole panel."""
        self.notebook.visit.photograph(f"{self.cell}-{name}", self.out)


@dataclass(frozen=True)
class Look:
    """What a panel shows at one moment."""

    alt: str
    digest: str

    @classmethod
    def at(cls, one: Panel) -> "Look":
        return cls(alt=one.alt, digest=one.digest)


def panel(notebook: Notebook, cell: str) -> Panel:
    """Return the panel of a cell, in view and at rest."""
    out = notebook.go_to(cell)
    out.locator("img[alt]").last.wait_for()
    return Panel(notebook=notebook, cell=cell, out=out).settled()


def accessible(visit: Visit, role: str) -> list[dict[str, str]]:
    """Return what Chromium tells a screen reader of everything in view that has a role.

    `name` and `value` come from Chromium's accessibility tree; it does not hand out the words in
    which a value is spoken, so `says` is read from the element that the node stands for.
    """
    session = visit.page.context.new_cdp_session(visit.page)
    session.send("DOM.getDocument")
    found = []
    for node in session.send("Accessibility.getFullAXTree")["nodes"]:
        if node.get("ignored") or node.get("role", {}).get("value") != role:
            continue
        one = {"backendNodeId": node["backendDOMNodeId"]}
        words = session.send("DOM.describeNode", one)["node"].get("attributes", [])
        attributes = dict(zip(words[::2], words[1::2], strict=True))
        found.append(
            {
                "name": str(node.get("name", {}).get("value", "")).strip(),
                "value": str(node.get("value", {}).get("value", "")).replace("\xa0", " "),
                "says": attributes.get("aria-valuetext", ""),
            }
        )
    session.detach()
    return found


def violations(visit: Visit, within: str = ".jp-OutputArea-output") -> list[str]:
    """Return the serious and critical faults that axe-core finds in our output."""
    visit.page.evaluate(AXE_SCRIPT)
    result = visit.page.evaluate(
        "within => axe.run({include: [[within]]}, {resultTypes: ['violations']})", within
    )
    return [
        f"{fault['id']} ({fault['impact']}): {node['target']}: {node['html'][:200]}"
        for fault in result["violations"]
        if fault["impact"] in {"serious", "critical"}
        for node in fault["nodes"]
    ]
