"""A learner in a real Chromium: opens a lesson, runs it, reads it, comes back another day."""

import contextlib
import json
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from lab_server import Lab
from playwright.sync_api import Error, Locator, Page, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
VIEW = {"width": 1400, "height": 1400}
PATIENCE = 90_000  # ms; generous, since the machine may be busy
IN_VIEW = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook"
HOME_HOSTS = {"127.0.0.1", "localhost"}

CELLS = """() => jupyterapp.shell.currentWidget.content.widgets.map(cell => ({
  id: cell.model.sharedModel.id,
  kind: cell.model.type,
  source: cell.model.sharedModel.getSource(),
  prompt: cell.model.type === 'code' ? cell.model.executionCount : null,
  state: cell.model.type === 'code' ? (cell.model.executionState ?? '') : '',
  outputs: cell.model.type === 'code' ? cell.model.outputs.toJSON() : [],
}))"""
DONE = """() => {
  const code = jupyterapp.shell.currentWidget.content.widgets.filter(
    cell => cell.model.type === 'code' && cell.model.sharedModel.getSource().trim());
  const failed = cell => cell.model.outputs.toJSON().some(one => one.output_type === 'error');
  const done = cell => cell.model.executionCount && cell.model.executionState !== 'running';
  return code.some(failed) || code.every(done);
}"""
TO_CELL = """id => {
  const book = jupyterapp.shell.currentWidget.content;
  const at = book.widgets.findIndex(cell => cell.model.sharedModel.id === id);
  if (at < 0) throw new Error('no cell ' + id);
  book.activeCellIndex = at;
  return book.scrollToItem(at, 'start').then(() => at);
}"""
KERNEL = "jupyterapp.shell.currentWidget.sessionContext.session.kernel.id"
CONNECTED = """() => {
  const panel = jupyterapp.shell.currentWidget;
  const session = panel && panel.sessionContext;
  return !!(session && session.isReady && session.session && session.session.kernel
            && session.session.kernel.connectionStatus === 'connected');
}"""


@contextlib.contextmanager
def visit(lab: Lab, *, profile: Path, pictures: Path) -> Iterator["Visit"]:
    """Start Chromium with a fresh profile on a server; note every request that it makes."""
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=shutil.which("chromium"), args=FLAGS, viewport=VIEW
        )
        context.set_default_timeout(PATIENCE)
        page = context.pages[0]
        one = Visit(lab=lab, page=page, pictures=pictures)
        context.on("request", lambda request: one.requests.append(request.url))
        page.on("websocket", lambda socket: one.requests.append(socket.url))
        page.on("pageerror", lambda error: one.faults.append(str(error)))
        yield one
        context.close()


@dataclass
class Visit:
    """One browser on one server."""

    lab: Lab
    page: Page
    pictures: Path
    requests: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def open(self, path: str) -> "Notebook":
        """Open a notebook of the workspace, and no other, and wait until its kernel is there."""
        self.page.goto(self.lab.url(f"/lab/tree/{path}") + "&reset")
        return self._arrive(path)

    def reload_with_a_new_kernel(self, notebook: "Notebook") -> "Notebook":
        """Shut every kernel down, load the page again, and wait for another kernel."""
        before = self.page.evaluate(KERNEL)
        self.page.evaluate("jupyterapp.serviceManager.sessions.shutdownAll()")
        self.page.goto(self.lab.url(f"/lab/tree/{notebook.path}"))
        again = self._arrive(notebook.path)
        assert self.page.evaluate(KERNEL) != before
        return again

    def _arrive(self, path: str) -> "Notebook":
        name = Path(path).name
        self.page.wait_for_function(
            "name => globalThis.jupyterapp && jupyterapp.shell.currentWidget"
            " && jupyterapp.shell.currentWidget.context"
            " && jupyterapp.shell.currentWidget.context.path.endsWith(name)",
            arg=name,
        )
        self.page.evaluate("jupyterapp.shell.currentWidget.context.ready")
        self.page.wait_for_function(CONNECTED)
        return Notebook(visit=self, path=path)

    def photograph(self, name: str, target: Locator | None = None) -> Path:
        """Keep a picture of the page, or of one part of it."""
        path = self.pictures / f"{name}.png"
        (target or self.page).screenshot(path=path)
        return path

    def theme(self, name: str) -> None:
        """Change JupyterLab's theme and wait until the page wears it."""
        self.page.evaluate(
            "theme => jupyterapp.commands.execute('apputils:change-theme', {theme})", name
        )
        self.page.wait_for_function(
            "theme => document.body.dataset.jpThemeName === theme", arg=name
        )

    def strangers(self) -> list[str]:
        """Return the requests that asked for another machine."""
        return [url for url in self.requests if leaves_the_machine(url)]


def leaves_the_machine(url: str) -> bool:
    """Return whether an address asks for another machine than this one."""
    parts = urlsplit(url)
    return parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in HOME_HOSTS


@dataclass
class Notebook:
    """The notebook that is open in the browser."""

    visit: Visit
    path: str

    @property
    def page(self) -> Page:
        return self.visit.page

    def cells(self) -> list[dict[str, Any]]:
        """Return what JupyterLab's model holds of every cell, in view or not."""
        cells: list[dict[str, Any]] = self.page.evaluate(CELLS)
        return cells

    def run_all(self, *, patience: float = 240) -> None:
        """Run every cell and wait until the last one is done.

        The command is lost without a word while the session is not connected, so it is repeated
        until a cell has begun.
        """
        deadline = time.monotonic() + patience
        while not any(cell["prompt"] or cell["state"] == "running" for cell in self.cells()):
            assert time.monotonic() < deadline, "no cell ever began"
            self.page.evaluate("void jupyterapp.commands.execute('notebook:run-all-cells')")
            with contextlib.suppress(Error):
                self.page.wait_for_function(
                    "() => jupyterapp.shell.currentWidget.content.widgets.some(cell =>"
                    " cell.model.type === 'code'"
                    " && (cell.model.executionCount || cell.model.executionState === 'running'))",
                    timeout=3_000,
                )
        try:
            self.page.wait_for_function(DONE, timeout=patience * 1000)
        except Error:
            waiting = [one["id"] for one in self.cells() if one["state"] == "running"]
            raise AssertionError(f"still running after {patience} s: {waiting}") from None

    def errors(self) -> list[str]:
        """Return what went wrong: a line for each error output, and each line on stderr."""
        found = []
        for cell in self.cells():
            for output in cell["outputs"]:
                if output["output_type"] == "error":
                    found.append(f"{cell['id']}: {output['ename']}: {output['evalue']}")
                elif output.get("name") == "stderr":
                    found.append(f"{cell['id']}: {_joined(output['text'])}")
        return found

    def go_to(self, cell_id: str) -> Locator:
        """Scroll to a cell and return its output area."""
        at = self.page.evaluate(TO_CELL, cell_id)
        cell = self.page.locator(f'{IN_VIEW} .jp-Cell[data-windowed-list-index="{at}"]')
        cell.first.wait_for(state="attached")
        return cell.locator(".jp-Cell-outputArea").first

    def replace(self, cell_id: str, source: str, *, prompt: int) -> None:
        """Write another text into a cell, run it, and wait until it is done."""
        self.go_to(cell_id)
        self.page.evaluate(
            "source => jupyterapp.shell.currentWidget.content.activeCell.model.sharedModel"
            ".setSource(source)",
            source,
        )
        self.page.evaluate("jupyterapp.commands.execute('notebook:run-cell')")
        self.page.wait_for_function(
            "before => { const cell = jupyterapp.shell.currentWidget.content.activeCell.model;"
            " return cell.executionCount > before && cell.executionState !== 'running'; }",
            arg=prompt,
        )

    def save(self) -> dict[str, Any]:
        """Save, and return the notebook as it lies on the disk."""
        self.page.evaluate("jupyterapp.commands.execute('docmanager:save')")
        self.page.wait_for_function("() => !jupyterapp.shell.currentWidget.context.model.dirty")
        text = (self.visit.lab.folder / self.path).read_text(encoding="utf-8")
        saved: dict[str, Any] = json.loads(text)
        return saved


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)
