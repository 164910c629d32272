"""`engramlab doctor`: what this machine has, what is missing, and the command that mends it."""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from engramlab._types import CourseError
from engramlab.course import resources
from engramlab.course.settings import labextension_folder, missing_settings
from engramlab.course.versions import COURSE_VERSION, version_key
from engramlab.course.workspace import find_workspace

REINSTALL = f"{sys.executable} -m pip install --force-reinstall --no-deps engramlab"
UPGRADE = f"{sys.executable} -m pip install --upgrade engramlab"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the doctor's report.

    Parameters
    ----------
    name : str
        What was looked at.
    state : {"ok", "missing", "optional"}
        "missing" makes the doctor's exit code 1; "optional" is needed for tests or grading only.
    detail : str
        What was found.
    cure : str
        The command or the action that mends it; "" where all is well.
    """

    name: str
    state: str
    detail: str
    cure: str = ""

    def __str__(self) -> str:
        line = f"{self.state:<8} {self.name}: {self.detail}"
        return f"{line}\n         mend it with: {self.cure}" if self.cure else line


def run() -> int:
    """Print the report; return 0 if nothing that the course needs is missing, else 1."""
    findings = examine()
    for finding in findings:
        print(finding)
    missing = sum(finding.state == "missing" for finding in findings)
    if missing:
        print(f"{missing} {'thing is' if missing == 1 else 'things are'} missing; see above.")
    else:
        print("The course can run here.")
    return int(missing > 0)


def examine() -> list[Finding]:
    """Return all findings; an examination that fails is itself a finding."""
    findings: list[Finding] = []
    for look in _LOOKS:
        try:
            findings += look()
        except Exception as error:
            name = look.__name__.strip("_").replace("_", " ")
            findings.append(
                Finding(
                    name=name,
                    state="missing",
                    detail=f"could not be examined ({type(error).__name__}: {error})",
                    cure=UPGRADE,
                )
            )
    return findings


def _python() -> list[Finding]:
    version = platform.python_version()
    good = sys.version_info >= (3, 11)
    return [
        Finding(
            name="Python",
            state="ok" if good else "missing",
            detail=f"{version} at {sys.executable} on {platform.system()}",
            cure="" if good else "install Python 3.11 or newer",
        ),
        Finding(name="engramlab", state="ok", detail=f"{COURSE_VERSION} at {resources.PACKAGE}"),
    ]


def declared() -> list[tuple[str, str]]:
    """Return the declared dependencies with their lower bounds, those of extras left out.

    Raises
    ------
    importlib.metadata.PackageNotFoundError
        If the package is used without being installed.
    """
    found = []
    for line in metadata.requires("engramlab") or []:
        requirement, _, marker = line.partition(";")
        if "extra" in marker:
            continue
        name = re.match(r"[A-Za-z0-9._-]+", requirement)
        bound = re.search(r">=\s*([0-9][\w.]*)", requirement)
        if name is not None:
            found.append((name.group(), bound.group(1) if bound else "0"))
    return found


def _dependencies() -> list[Finding]:
    findings = []
    for name, bound in declared():
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            detail, good = "not installed", False
        else:
            good = version_key(version) >= version_key(bound)
            detail = version if good else f"{version} is older than {bound}"
        cure = "" if good else f"{sys.executable} -m pip install --upgrade '{name}>={bound}'"
        findings.append(
            Finding(name=name, state="ok" if good else "missing", detail=detail, cure=cure)
        )
    return findings


def _notebooks() -> list[Finding]:
    counts = []
    for kind, folder in resources.sources().items():
        counts.append(f"{len(list(folder.glob('*.ipynb')))} {kind} in {folder}")
    good = any(resources.lessons_folder().glob("*.ipynb"))
    return [
        Finding(
            name="the course's notebooks",
            state="ok" if good else "missing",
            detail="; ".join(counts),
            cure="" if good else REINSTALL,
        )
    ]


def _compiled_code() -> list[Finding]:
    """Where numba can keep compiled kernels; without a place each start compiles anew."""
    named = os.environ.get("NUMBA_CACHE_DIR")
    places = [Path(named)] if named else [resources.PACKAGE / "kernels", _user_cache()]
    for place in places:
        if _writable(place):
            return [Finding(name="numba cache", state="ok", detail=f"kept under {place}")]
    folder = Path(tempfile.gettempdir()) / "numba-cache"
    return [
        Finding(
            name="numba cache",
            state="missing",
            detail=f"may not be written in {' or '.join(map(str, places))}: each start is slow",
            cure=_export("NUMBA_CACHE_DIR", str(folder)),
        )
    ]


def _bytecode() -> list[Finding]:
    if not sys.dont_write_bytecode:
        return [Finding(name="bytecode", state="ok", detail="is kept, so imports are fast")]
    unset = (
        "Remove-Item Env:PYTHONDONTWRITEBYTECODE"
        if os.name == "nt"
        else ("unset PYTHONDONTWRITEBYTECODE")
    )
    return [
        Finding(
            name="bytecode",
            state="optional",
            detail="is not written, so each kernel starts seconds later",
            cure=unset,
        )
    ]


def _threads() -> list[Finding]:
    """Threads of the linear algebra, asked of a fresh process as a kernel would have them."""
    asked = os.environ.get("OPENBLAS_NUM_THREADS")
    code = (
        "import json, numpy, threadpoolctl; "
        "print(json.dumps([[i['internal_api'], i['num_threads']] "
        "for i in threadpoolctl.threadpool_info() if i['user_api'] == 'blas']))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "OPENBLAS_NUM_THREADS": asked or "1"},
        capture_output=True,
        timeout=60,
        check=True,
    )
    found = json.loads(answer.stdout)
    detail = ", ".join(f"{name} {count}" for name, count in found) or "none that can be asked"
    several = any(count > 1 for _, count in found)
    return [
        Finding(
            name="BLAS threads in lessons",
            state="optional" if several else "ok",
            detail=f"{detail}; several make small models slow on a busy machine"
            if several
            else detail,
            cure=_export("OPENBLAS_NUM_THREADS", "1") if several else "",
        )
    ]


def _frontend() -> list[Finding]:
    folder, absent = labextension_folder(), missing_settings()
    return [
        Finding(
            name="names of sliders for screen readers",
            state="missing" if folder is None else "ok",
            detail="the JupyterLab extension engramlab-access is not installed"
            if folder is None
            else f"{folder}",
            cure=REINSTALL if folder is None else "",
        ),
        Finding(
            name="JupyterLab settings",
            state="ok",
            detail="those of the course"
            if not absent
            else f"another package owns the file, so `engramlab lab` adds {', '.join(absent)}",
        ),
    ]


def _workspace() -> list[Finding]:
    here = Path.cwd()
    folder = find_workspace(here) or find_workspace(here / "engramlab-work")
    if folder is None:
        return [
            Finding(name="workspace", state="ok", detail="none here yet; `engramlab lab` makes it")
        ]
    good = _writable(folder / ".engramlab")
    return [
        Finding(
            name="workspace",
            state="ok" if good else "missing",
            detail=f"{folder}" if good else f"{folder} may not be written or its disk is full",
            cure="" if good else "free some space, or give yourself the right to write there",
        )
    ]


def _chromium() -> list[Finding]:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    return [
        Finding(
            name="chromium",
            state="ok" if path else _tool_state("chromium"),
            detail=path or "not found; needed by the browser tests only",
            cure="" if path else "sudo apt-get install chromium",
        )
    ]


def _bubblewrap() -> list[Finding]:
    name = "bubblewrap"
    if not sys.platform.startswith("linux"):
        detail = "only on Linux; teachers grade in a container or in WSL"
        return [Finding(name=name, state="optional", detail=detail)]
    path = shutil.which("bwrap")
    if path is None:
        return [
            Finding(
                name=name,
                state=_tool_state("bwrap"),
                detail="not found; needed by teachers for grading in a sandbox",
                cure="sudo apt-get install bubblewrap",
            )
        ]
    from engramlab.course.grading.bubblewrap import CURE, Bubblewrap
    from engramlab.course.grading.sandbox import Limits

    try:
        with tempfile.TemporaryDirectory() as folder:
            Bubblewrap(Limits(), Path(folder), with_caches=False)
    except CourseError as refusal:
        detail, state, cure = f"{path}: {refusal}", _tool_state("bwrap"), CURE
        if CURE not in detail:  # it names its own
            cure = ""
    else:
        detail, state, cure = f"{path} makes the grader's sandbox", "ok", ""
    return [Finding(name=name, state=state, detail=detail, cure=cure)]


def _tool_state(tool: str) -> str:
    """Return "missing" for a tool that ENGRAMLAB_REQUIRE names, else "optional"."""
    required = os.environ.get("ENGRAMLAB_REQUIRE", "").split(",")
    return "missing" if tool in [name.strip() for name in required] else "optional"


def _user_cache() -> Path:
    """Return the folder that numba falls back to (its own rule, by system)."""
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "numba"
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "numba"


def _writable(folder: Path) -> bool:
    """Return whether a file can be made in a folder, or in the nearest one above that exists."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"0" * 4096)
            file.flush()
    except OSError:
        return False
    return True


def _export(name: str, value: str) -> str:
    return f'$Env:{name} = "{value}"' if os.name == "nt" else f"export {name}={value}"


_LOOKS: tuple[Callable[[], list[Finding]], ...] = (
    _python,
    _dependencies,
    _notebooks,
    _compiled_code,
    _bytecode,
    _threads,
    _frontend,
    _workspace,
    _chromium,
    _bubblewrap,
)
