"""The doctor: it sees what is missing, names the command that mends it, and never falls over."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest
from course_tools import make, write_course

from engramlab.course import doctor, resources, settings
from engramlab.course.doctor import Finding
from engramlab.course.grading import bubblewrap, caches
from engramlab.course.versions import version_key


def one(look: Callable[[], list[Finding]], name: str) -> Finding:
    (found,) = [finding for finding in look() if finding.name == name]
    return found


def test_a_whole_report(capsys: pytest.CaptureFixture[str]) -> None:
    findings = doctor.examine()
    names = [finding.name for finding in findings]
    for expected in (
        "Python",
        "engramlab",
        "numba",
        "jupyterlab",
        "numba cache",
        "bytecode",
        "BLAS threads in lessons",
        "names of sliders for screen readers",
        "JupyterLab settings",
        "chromium",
        "bubblewrap",
    ):
        assert expected in names
    assert {finding.state for finding in findings} <= {"ok", "missing", "optional"}
    assert all("\n" not in finding.detail for finding in findings)
    assert all(finding.cure for finding in findings if finding.state == "missing")
    code = doctor.run()
    shown = capsys.readouterr().out
    assert code == int(any(finding.state == "missing" for finding in findings))
    assert all(name in shown for name in names)


def test_exit_codes(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    good = Finding(name="a", state="ok", detail="there")
    spare = Finding(name="b", state="optional", detail="not found", cure="get b")
    bad = Finding(name="c", state="missing", detail="not found", cure="get c")
    monkeypatch.setattr(doctor, "_LOOKS", (lambda: [good, spare],))
    assert doctor.run() == 0
    assert "The course can run here." in capsys.readouterr().out
    monkeypatch.setattr(doctor, "_LOOKS", (lambda: [good, spare, bad],))
    assert doctor.run() == 1
    shown = capsys.readouterr().out
    assert "missing  c: not found" in shown
    assert "mend it with: get c" in shown
    assert "1 thing is missing" in shown


def test_an_examination_that_fails_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def _broken_look() -> list[Finding]:
        raise RuntimeError("odd")

    monkeypatch.setattr(doctor, "_LOOKS", (_broken_look,))
    (found,) = doctor.examine()
    assert (found.name, found.state) == ("broken look", "missing")
    assert "RuntimeError: odd" in found.detail


def test_lower_bounds_are_those_declared() -> None:
    bounds = dict(doctor.declared())
    assert {"numpy", "numba", "jupyterlab", "ipywidgets", "matplotlib"} <= set(bounds)
    assert "pytest" not in bounds
    assert "nbgrader" not in bounds
    assert all(bound != "0" for bound in bounds.values()), "each has a lower bound"


def test_old_and_absent_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        if name == "tqdm":
            raise metadata.PackageNotFoundError(name)
        return "1.26.4" if name == "numpy" else "99.0"

    monkeypatch.setattr(metadata, "version", version)
    numpy = one(doctor._dependencies, "numpy")
    assert numpy.state == "missing"
    assert "1.26.4 is older than 2.0" in numpy.detail
    assert numpy.cure == f"{sys.executable} -m pip install --upgrade 'numpy>=2.0'"
    assert one(doctor._dependencies, "tqdm").detail == "not installed"
    assert one(doctor._dependencies, "numba").state == "ok"


def test_versions_in_order() -> None:
    ordered = ["1.9", "1.10.dev1", "1.10a2", "1.10b1", "1.10rc3", "1.10", "1.10.1", "2", "10.0"]
    assert sorted(ordered, key=version_key) == ordered
    assert version_key("1.0") == version_key("1.0.0")
    assert version_key("1.0+local.5") == version_key("1.0")
    assert version_key("nonsense") < version_key("0.0.1")


def test_numba_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "not" / "there" / "yet"))
    assert one(doctor._compiled_code, "numba cache").state == "ok"
    monkeypatch.setattr(doctor, "_writable", lambda _folder: False)
    found = one(doctor._compiled_code, "numba cache")
    assert found.state == "missing"
    assert "NUMBA_CACHE_DIR" in found.cure
    monkeypatch.delenv("NUMBA_CACHE_DIR")
    assert str(resources.PACKAGE / "kernels") in one(doctor._compiled_code, "numba cache").detail


def test_writable_leaves_nothing_behind(tmp_path: Path) -> None:
    assert doctor._writable(tmp_path)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").touch()
    assert not doctor._writable(tmp_path / "file")


def test_bytecode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert "PYTHONDONTWRITEBYTECODE" in one(doctor._bytecode, "bytecode").cure
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    assert one(doctor._bytecode, "bytecode").cure == ""


def test_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "BLAS threads in lessons"
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    assert one(doctor._threads, name).state == "ok"
    stand_in = '[["openblas", 8]]'
    monkeypatch.setattr(
        subprocess,
        "run",
        lambda *_words, **_named: subprocess.CompletedProcess([], 0, stdout=stand_in),
    )
    found = one(doctor._threads, name)
    assert found.state == "optional"
    assert "openblas 8" in found.detail
    assert "OPENBLAS_NUM_THREADS" in found.cure


def test_settings_and_labextension(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert one(doctor._frontend, "names of sliders for screen readers").state == "missing"
    assert "another package owns" in one(doctor._frontend, "JupyterLab settings").detail
    extension = tmp_path / "share" / "jupyter" / "labextensions" / "engramlab-access"
    extension.mkdir(parents=True)
    (extension / "package.json").write_text("{}")
    settings.overrides_file().parent.mkdir(parents=True)
    settings.overrides_file().write_text(json.dumps(settings.LAB_SETTINGS))
    assert one(doctor._frontend, "names of sliders for screen readers").state == "ok"
    assert one(doctor._frontend, "JupyterLab settings").detail == "those of the course"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"@jupyterlab/notebook": 3}'])
def test_settings_of_another_package(tmp_path: Path, text: str) -> None:
    path = tmp_path / "overrides.json"
    path.write_text(text)
    wanted = [f"{plugin}.{key}" for plugin, keys in settings.LAB_SETTINGS.items() for key in keys]
    assert settings.missing_settings(path) == wanted


def test_our_overrides_file_gives_the_settings() -> None:
    shipped = resources.PACKAGE.parent / "frontend" / "overrides.json"
    assert settings.missing_settings(shipped) == []


@pytest.mark.parametrize(
    ("look", "name", "tool"),
    [(doctor._chromium, "chromium", "chromium"), (doctor._bubblewrap, "bubblewrap", "bwrap")],
)
def test_tools_are_optional_unless_required(
    monkeypatch: pytest.MonkeyPatch,
    look: Callable[[], list[Finding]],
    name: str,
    tool: str,
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    monkeypatch.delenv("ENGRAMLAB_REQUIRE", raising=False)
    found = one(look, name)
    assert (found.state, found.cure) == ("optional", f"sudo apt-get install {name}")
    monkeypatch.setenv("ENGRAMLAB_REQUIRE", "chromium,bwrap")
    assert tool in os.environ["ENGRAMLAB_REQUIRE"]
    assert one(look, name).state == "missing"


def test_a_sandbox_that_does_not_work(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(shutil, "which", lambda _name: str(tmp_path / "bwrap"))
    monkeypatch.delenv("ENGRAMLAB_REQUIRE", raising=False)
    found = one(doctor._bubblewrap, "bubblewrap")
    assert found.state == "optional"
    assert "makes no sandbox here" in found.detail
    assert "unprivileged_userns_clone" in found.cure


@pytest.mark.sandbox
def test_the_sandbox_is_tried_as_the_grader_makes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also without the caches, which take long to make."""
    monkeypatch.setattr(caches, "ready", lambda _folder: pytest.fail("made the caches"))
    assert one(doctor._bubblewrap, "bubblewrap").state == "ok"
    monkeypatch.setattr(bubblewrap, "SYSTEM", ("/usr",))  # no loader: nothing can start inside
    monkeypatch.delenv("ENGRAMLAB_REQUIRE", raising=False)
    found = one(doctor._bubblewrap, "bubblewrap")
    assert found.state == "optional"
    assert "makes no sandbox here (" in found.detail
    assert found.cure == bubblewrap.CURE


def test_another_system_has_no_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert "only on Linux" in one(doctor._bubblewrap, "bubblewrap").detail


def test_the_workspace(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert "none here yet" in one(doctor._workspace, "workspace").detail
    make(tmp_path / "engramlab-work", write_course(tmp_path / "course"))
    assert one(doctor._workspace, "workspace").detail == str(tmp_path / "engramlab-work")
    monkeypatch.setattr(doctor, "_writable", lambda _folder: False)
    assert one(doctor._workspace, "workspace").state == "missing"
