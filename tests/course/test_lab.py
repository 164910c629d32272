"""`engramlab lab` as a learner starts it: a real server, and what it says when it cannot start."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
from collections.abc import Iterator
from pathlib import Path

import pytest
from course_tools import make, write_course
from lab_server import ENGRAMLAB, Lab, engramlab_lab, free_port, private_environment

from engramlab.course import lab, resources, settings


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """One server for the tests that only ask."""
    root = tmp_path_factory.mktemp("lab")
    root.joinpath("home").mkdir()
    with engramlab_lab(root / "my work", home=root / "home") as running:
        yield running


def test_lesson_00_is_served(served: Lab) -> None:
    model = json.loads(served.get("/api/contents/lessons/00_start.ipynb"))
    assert model["type"] == "notebook"
    assert model["content"]["cells"]
    assert "lessons" in served.listing()
    assert ".engramlab" not in served.listing()


def test_the_address_that_is_printed_leads_to_lesson_00(served: Lab) -> None:
    said = served.log.read_text()
    assert f"your workspace is {served.folder}" in said
    assert f"{served.base}/lab/tree/lessons/00_start.ipynb?token=" in said
    assert "New: " in said


def test_the_token_is_asked_for(served: Lab) -> None:
    stranger = Lab(base=served.base, token="wrong", folder=served.folder, log=served.log)
    with pytest.raises(urllib.error.HTTPError) as caught:
        stranger.get("/api/contents/lessons/00_start.ipynb")
    assert caught.value.code == 403
    caught.value.close()


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="another system")
def test_only_this_machine_is_served(served: Lab) -> None:
    port = int(served.base.rpartition(":")[2])
    table = Path("/proc/net/tcp")
    listening = {
        line.split()[1].split(":")[0]
        for line in table.read_text().splitlines()[1:]
        if line.split()[1].endswith(f":{port:04X}") and line.split()[3] == "0A"
    }
    assert listening == {"0100007F"}


@pytest.mark.parametrize("plugin", settings.LAB_SETTINGS)
def test_the_settings_of_the_course_hold(served: Lab, plugin: str) -> None:
    schema = json.loads(served.get(f"/lab/api/settings/{plugin}"))["schema"]
    for key, value in settings.LAB_SETTINGS[plugin].items():
        assert schema["properties"][key]["default"] == value


def test_layouts_of_other_projects_stay_out(served: Lab) -> None:
    assert json.loads(served.get("/lab/api/workspaces"))["workspaces"]["ids"] == []


def start(
    folder: Path, home: Path, *options: str, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `engramlab lab` where it is expected to end by itself."""
    return subprocess.run(
        [str(ENGRAMLAB), "lab", str(folder), "--no-browser", *options],
        capture_output=True,
        text=True,
        env=private_environment(home) | (environment or {}),
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )


def test_a_port_in_use_is_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ended = start(tmp_path / "work", tmp_path / "home", f"--port={port}")
    assert ended.returncode == 1
    assert ended.stderr == (
        f"engramlab: Port {port} is in use by another program. Choose another, or leave out --port "
        "and the next free one is taken.\n"
    )
    assert not (tmp_path / "work").exists()


def test_a_workspace_that_cannot_be_used_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "work").write_text("mine")
    ended = start(tmp_path / "work", tmp_path / "home")
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"engramlab: {tmp_path / 'work'} cannot be a folder")
    assert ended.stderr.count("\n") == 1


READ_ONLY = """
import os, sys
from pathlib import Path
from engramlab.course import cli, lab, resources
resources.PACKAGE = Path(sys.argv.pop(1))  # another user may not read the folder of a clone
cli.main(["--version"])  # nor what is imported later
if os.geteuid() == 0:
    os.setuid(65534)  # rights do not bind root
sys.exit(cli.main(sys.argv[1:]))
"""


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="rights of another system")
def test_a_read_only_workspace_is_a_sentence() -> None:
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as course:
        for kind, folder in resources.sources().items():
            shutil.copytree(folder, Path(course, "data", "course", kind))
        Path(course).chmod(0o755)
        Path(name).chmod(0o555)
        ended = subprocess.run(
            [sys.executable, "-c", READ_ONLY, course, "lab", f"{name}/work", "--no-browser"],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        Path(name).chmod(0o755)
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"engramlab: You may not read and write in {name}/work.")
    assert ended.stderr.count("\n") == 1


def test_an_option_that_jupyter_does_not_take(tmp_path: Path) -> None:
    ended = start(tmp_path / "work", tmp_path / "home", "--", "--ServerApp.port=seven")
    assert ended.returncode not in (0, 2)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of another system")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_cleanly(tmp_path: Path, sign: signal.Signals) -> None:
    port, home = free_port(), tmp_path / "home"
    process = subprocess.Popen(
        [str(ENGRAMLAB), "lab", str(tmp_path / "work"), "--no-browser", f"--port={port}"],
        env=private_environment(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "Use Control-C to stop this server" in line:
            break
    process.send_signal(sign)
    said += process.communicate(timeout=60)[0]
    assert process.returncode == 0, said
    assert "Traceback" not in said
    assert (tmp_path / "work" / "lessons" / "00_start.ipynb").is_file()


def test_arguments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    work = make(tmp_path / "work", write_course(tmp_path / "course")).folder
    usual = lab.options(work)
    assert f"--ServerApp.root_dir={work}" in usual
    assert "--LabApp.default_url=/lab/tree/lessons/00_start.ipynb" in usual
    assert not any("port" in one or "browser" in one for one in usual)
    assert "--no-browser" in lab.options(work, browser=False)
    assert "--ServerApp.port=9000" in lab.options(work, port=9000)
    (work / lab.FIRST).unlink()
    capsys.readouterr()
    assert not any("default_url" in one for one in lab.options(work))
    assert "`engramlab reset 00` brings it back" in capsys.readouterr().out


@pytest.mark.parametrize(("user", "expected"), [(0, True), (1000, False)])
def test_root_is_allowed_with_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    user: int,
    expected: bool,
) -> None:
    work = make(tmp_path / "work", write_course(tmp_path / "course")).folder
    monkeypatch.setattr(os, "geteuid", lambda: user, raising=False)
    assert ("--allow-root" in lab.options(work)) is expected
    said = capsys.readouterr().out
    assert said.count("\n") == int(expected)


def test_environment_of_kernels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "/before")
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "1")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS")
    monkeypatch.setattr(lab, "missing_settings", list)
    lab.prepare_environment(tmp_path)
    assert os.environ["OPENBLAS_NUM_THREADS"] == "1"
    assert os.environ["JUPYTER_CONFIG_PATH"] == "/before"
    assert list(tmp_path.iterdir()) == [], "where our overrides hold, nothing is added"
    os.environ["OPENBLAS_NUM_THREADS"] = "3"
    monkeypatch.setattr(lab, "missing_settings", lambda: ["one"])
    lab.prepare_environment(tmp_path)
    assert os.environ["OPENBLAS_NUM_THREADS"] == "3"
    added, before = os.environ["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    assert before == "/before"
    file = Path(added) / "labconfig" / "default_setting_overrides.json"
    assert json.loads(file.read_bytes()) == settings.LAB_SETTINGS


def test_the_layer_reaches_jupyterlab(tmp_path: Path) -> None:
    """Where another package owns overrides.json, Jupyter's own layer of defaults carries ours."""
    code = (
        "import json, sys\n"
        "from pathlib import Path\n"
        "from engramlab.course import lab\n"
        "lab.missing_settings = lambda: ['any']\n"
        "lab.prepare_environment(Path(sys.argv[1]))\n"
        "from jupyterlab_server.settings_utils import _get_overrides\n"
        "print(json.dumps(_get_overrides(sys.argv[2])[0]))\n"
    )
    other = tmp_path / "other"
    other.mkdir()
    plugin = "@jupyterlab/apputils-extension:notification"
    theirs = {plugin: {"doNotDisturbMode": True}, "@other/package:plugin": {"a": 1}}
    (other / "overrides.json").write_text(json.dumps(theirs))
    ended = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "work"), str(other)],
        capture_output=True,
        text=True,
        env=private_environment(tmp_path / "home"),
        check=True,
    )
    found = json.loads(ended.stdout)
    assert found["@other/package:plugin"] == {"a": 1}
    assert found[plugin] == {"doNotDisturbMode": True, **settings.LAB_SETTINGS[plugin]}
    for name, wanted in settings.LAB_SETTINGS.items():
        assert wanted.items() <= found[name].items()
