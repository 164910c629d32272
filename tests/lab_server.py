"""A JupyterLab of its own for a test: a free loopback port, a fresh home, a sure end."""

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ENGRAMLAB = Path(sys.executable).with_name("engramlab")
START_SECONDS = 120


@dataclass(frozen=True, kw_only=True)
class Lab:
    """A server that answers: where it is, what it serves, and what it printed."""

    base: str
    token: str
    folder: Path
    log: Path

    def url(self, path: str) -> str:
        """Return an address on this server, with its token."""
        return f"{self.base}{path}?token={self.token}"

    def get(self, path: str) -> bytes:
        """Return the body that the server answers with."""
        request = urllib.request.Request(
            self.base + path, headers={"Authorization": f"token {self.token}"}
        )
        with DIRECT.open(request, timeout=30) as answer:
            body: bytes = answer.read()
        return body

    def listing(self, path: str = "") -> list[str]:
        """Return the names of what lies in a folder of the workspace, as the server sees it."""
        return [one["name"] for one in json.loads(self.get(f"/api/contents/{path}"))["content"]]


DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def free_port() -> int:
    """Return a loopback port on which nothing listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def private_environment(home: Path, token: str = "") -> dict[str, str]:
    """Return an environment whose Jupyter knows nothing of the person who runs the tests."""
    home.mkdir(parents=True, exist_ok=True)
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("JUPYTER", "ENGRAMLAB", "PYTEST", "PYTHON", "COV_", "IPYTHON"))
    }
    return kept | {
        "HOME": str(home),
        "IPYTHONDIR": str(home / "ipython"),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTER_PLATFORM_DIRS": "1",
        "JUPYTER_TOKEN": token,
        "OPENBLAS_NUM_THREADS": "1",
        "PYTHONUNBUFFERED": "1",
    }


@contextlib.contextmanager
def engramlab_lab(
    folder: Path,
    *,
    home: Path,
    command: Sequence[str | Path] = (ENGRAMLAB,),
    options: Sequence[str] = (),
    environment: dict[str, str] | None = None,
    cwd: Path | None = None,
) -> Iterator[Lab]:
    """Run `engramlab lab FOLDER --no-browser` until the block ends.

    Parameters
    ----------
    folder : Path
        The workspace.
    home : Path
        An empty folder for Jupyter's settings, its runtime files and the log.
    command : sequence of str or Path
        How engramlab is called.
    options : sequence of str
        Further options of JupyterLab.
    environment : dict of str to str, optional
        Variables on top of the private environment.
    """
    port, token = free_port(), secrets.token_hex(16)
    log = home / "server.log"
    variables = private_environment(home, token) | (environment or {})
    words = [
        *map(str, command),
        "lab",
        str(folder),
        "--no-browser",
        f"--port={port}",
        "--",
        *options,
    ]
    with log.open("wb") as sink:
        process = subprocess.Popen(
            words, cwd=cwd or home, env=variables, stdin=subprocess.DEVNULL,
            stdout=sink, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        lab = Lab(base=f"http://127.0.0.1:{port}", token=token, folder=folder, log=log)
        try:
            _wait_for(lab, process)
            yield lab
        finally:
            _end(process)


def _wait_for(lab: Lab, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            lab.get("/api/status")
            return
        time.sleep(0.05)
    said = lab.log.read_text(encoding="utf-8", errors="replace")
    raise AssertionError(f"the server did not answer (exit code {process.poll()}):\n{said}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask the server and its kernels to go, then see to it."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            os.killpg(process.pid, sign)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=20)
