"""`engramlab lab`: bring the workspace up to date and open JupyterLab on the first lesson."""

import contextlib
import json
import os
import socket
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from engramlab._types import CourseError
from engramlab.course.files import explain, write_atomic
from engramlab.course.settings import LAB_SETTINGS, missing_settings
from engramlab.course.versions import COURSE_VERSION
from engramlab.course.workspace import DEFAULT_NAME, Workspace, find_workspace

FIRST = "lessons/00_start.ipynb"


def run(
    folder: Path | None,
    *,
    port: int | None = None,
    browser: bool = True,
    extra: Sequence[str] = (),
) -> int:
    """Make or refresh the workspace, then serve it until the learner ends JupyterLab.

    Parameters
    ----------
    folder : Path or None
        The workspace; by default the one around the current folder, else `./engramlab-work`.
    port : int, optional
        Only this port. By default Jupyter takes 8888 or the next free one.
    browser : bool
        Whether to open the learner's browser.
    extra : sequence of str
        Further options for JupyterLab; they win over ours.

    Returns
    -------
    int
        JupyterLab's exit code, 0 after Ctrl-C.

    Raises
    ------
    CourseError
        If the workspace cannot be used or the port is taken.
    """
    here = Path.cwd()
    chosen = folder or find_workspace(here) or here / DEFAULT_NAME
    if port:
        _refuse_taken(port)
    workspace = Workspace.create(chosen)
    print(f"engramlab {COURSE_VERSION}: your workspace is {workspace.folder}")
    for sentence in workspace.changes.sentences():
        print(sentence)
    arguments = [*options(workspace.folder, port=port, browser=browser), *extra]
    prepare_environment(workspace.folder)
    print(
        "JupyterLab starts; if no browser opens, use the address that it prints. "
        "Ctrl-C here ends it.",
        flush=True,
    )
    return _serve(arguments)


def options(workspace: Path, *, port: int | None = None, browser: bool = True) -> list[str]:
    """Return JupyterLab's arguments for a workspace, and say in a line what is unusual in them."""
    arguments = [
        f"--ServerApp.root_dir={workspace}",
        f"--LabApp.workspaces_dir={workspace / '.engramlab' / 'lab-workspaces'}",
    ]
    if (workspace / FIRST).is_file():
        arguments.append(f"--LabApp.default_url=/lab/tree/{FIRST}")
    else:
        print(f"{FIRST} is not in this workspace; `engramlab reset 00` brings it back.")
    if port is not None:
        arguments += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    if not browser:
        arguments.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        print("You are root, so JupyterLab is started with --allow-root.")
        arguments.append("--allow-root")
    if not sys.stdin or not sys.stdin.isatty():
        arguments.append("--ServerApp.answer_yes=True")  # nobody there to answer on Ctrl-C
    return arguments


def prepare_environment(workspace: Path) -> None:
    """Set what kernels inherit: one BLAS thread, this environment's kernel, the course's settings.

    Raises
    ------
    CourseError
        If the settings cannot be written into the workspace.
    """
    # With several threads, small matrix products are 10 to 30 times slower on a busy machine.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # A python3 kernel of the user's home would start another Python, without engramlab.
    os.environ.setdefault("JUPYTER_PREFER_ENV_PATH", "1")
    if not missing_settings():
        return
    config = workspace / ".engramlab" / "jupyter"
    file = config / "labconfig" / "default_setting_overrides.json"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(file, (json.dumps(LAB_SETTINGS, indent=1) + "\n").encode())
    except OSError as error:
        raise explain(error, workspace, cure="choose another folder") from error
    before = os.environ.get("JUPYTER_CONFIG_PATH")
    paths = [str(config), *([before] if before else [])]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(paths)


def _refuse_taken(port: int) -> None:
    """Say so before anything is made if a port that the learner asked for cannot be had."""
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        with contextlib.ExitStack() as stack:
            try:
                probe = stack.enter_context(socket.socket(family, socket.SOCK_STREAM))
                if os.name != "nt":
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((address, port))
            except PermissionError:
                raise CourseError(
                    f"Port {port} is reserved for the system. Choose one above 1023, or leave out "
                    "--port."
                ) from None
            except OSError:
                if family is socket.AF_INET6 and not _has_ipv6():
                    continue
                raise CourseError(
                    f"Port {port} is in use by another program. Choose another, or leave out "
                    "--port and the next free one is taken."
                ) from None


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def _serve(arguments: list[str]) -> int:
    """Run JupyterLab in this process, so that signals and exit codes are its own."""
    try:
        app = import_module("jupyterlab.labapp")
    except ImportError as error:
        raise CourseError(
            f"JupyterLab does not start ({error}). "
            "`pip install --upgrade engramlab` mends its parts."
        ) from error
    try:
        app.LabApp.launch_instance(arguments)
    except KeyboardInterrupt:
        return 0
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0
