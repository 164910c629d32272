"""The wheel is the whole course: installed elsewhere it serves lesson 0, settings and all."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from house_tools import ROOT, notebooks
from lab_server import engramlab_lab, private_environment

SHARED = Path(sysconfig.get_path("data")) / "share" / "jupyter"
BORROWED = [  # what other packages put beside ours; a learner's pip brings it
    "kernels",
    "lab/static",
    "lab/schemas",
    "lab/themes",
    "labextensions/@jupyter-widgets",
    "labextensions/jupyterlab_pygments",
]


def run(*words, **options):
    done = subprocess.run(
        [str(word) for word in words], capture_output=True, text=True, check=False, **options
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel from the sources, with no network and no other environment."""
    out = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(wheel, tmp_path_factory):
    """A fresh environment with the wheel; its dependencies are read from the tests' own."""
    folder = tmp_path_factory.mktemp("elsewhere") / "env"
    venv.create(folder, with_pip=True, symlinks=os.name != "nt")
    python = folder / "bin" / "python"
    run(python, "-m", "pip", "install", "--no-deps", "--no-index", "--quiet", wheel)
    packages = Path(
        run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    )
    # A plain line in a .pth file: Python reads the folder's packages but not its own .pth files,
    # so the editable engramlab of the repository stays out.
    (packages / "dependencies.pth").write_text(
        sysconfig.get_path("purelib") + "\n", encoding="utf-8"
    )
    for name in BORROWED:
        here = folder / "share" / "jupyter" / name
        here.parent.mkdir(parents=True, exist_ok=True)
        if (SHARED / name).exists() and not here.exists():
            here.symlink_to(SHARED / name, target_is_directory=True)
    return folder


@pytest.fixture(scope="module")
def server(elsewhere, tmp_path_factory):
    folder = tmp_path_factory.mktemp("learner")
    command = [elsewhere / "bin" / "engramlab"]
    with engramlab_lab(folder / "work", home=folder / "home", command=command) as lab:
        yield lab


def test_wheel_holds_the_course(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for path in notebooks("lessons", "exercises"):
        assert f"engramlab/data/course/{path.parent.name}/{path.name}" in names
    data = [name for name in names if ".data/data/share/jupyter/" in name]
    assert any(name.endswith("lab/settings/overrides.json") for name in data)
    assert any(name.endswith("labextensions/engramlab-access/package.json") for name in data)
    assert "engramlab/py.typed" in names
    assert not [name for name in names if name.startswith(("tests/", "solutions/"))]


def test_wheel_holds_each_file_of_the_package(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    missing = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "engramlab").rglob("*")
        if path.is_file()
        and path.suffix not in {".pyc", ".nbi", ".nbc"}
        and path.relative_to(ROOT).as_posix() not in names
    ]
    assert not missing


def test_the_package_in_use_is_the_wheel(elsewhere, tmp_path):
    told = run(
        elsewhere / "bin" / "python",
        "-c",
        "import engramlab, sys; print(engramlab.__file__); print(sys.prefix)",
        cwd=tmp_path,
        env=private_environment(tmp_path / "home"),
    ).split()
    assert told[1] == str(elsewhere)
    assert Path(told[0]).is_relative_to(elsewhere)


def test_lab_serves_lesson_0(server):
    assert "00_start.ipynb" in server.listing("lessons")
    served = json.loads(server.get("/api/contents/lessons/00_start.ipynb"))["content"]
    source = json.loads((ROOT / "lessons" / "00_start.ipynb").read_text(encoding="utf-8"))
    assert [cell["id"] for cell in served["cells"]] == [cell["id"] for cell in source["cells"]]
    assert b"jupyter-config-data" in server.get("/lab/tree/lessons/00_start.ipynb")


def test_named_sliders_and_settings_come_with_the_wheel(server):
    page = server.get("/lab").decode()
    config = json.loads(
        page.split('id="jupyter-config-data"', 1)[1].split(">", 1)[1].split("<", 1)[0]
    )
    ours = [one for one in config["federated_extensions"] if one["name"] == "engramlab-access"]
    assert len(ours) == 1
    assert server.get(f"/lab/extensions/engramlab-access/{ours[0]['load']}")
    plugin = json.loads(server.get("/lab/api/settings/@jupyter-widgets/jupyterlab-manager:plugin"))
    assert plugin["schema"]["properties"]["saveState"]["default"] is True


def test_lesson_0_runs_from_the_wheel(elsewhere, server):
    """The kernel of that environment runs the lesson in the learner's workspace."""
    lesson = server.folder / "lessons" / "00_start.ipynb"
    program = (
        "import nbclient, nbformat, sys\n"
        "book = nbformat.read(sys.argv[1], as_version=4)\n"
        "run = {'metadata': {'path': sys.argv[2]}}\n"
        "nbclient.NotebookClient(book, timeout=120, resources=run).execute()\n"
        "print(sum(cell.cell_type == 'code' for cell in book.cells))\n"
    )
    done = run(
        elsewhere / "bin" / "python", "-c", program, lesson, lesson.parent,
        env=private_environment(server.folder.parent / "run"),
    )  # fmt: skip
    assert int(done) >= 5
