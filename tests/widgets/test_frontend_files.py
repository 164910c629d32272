"""What we give to JupyterLab: settings and a small extension, complete and installed."""

import json
import sys
from pathlib import Path

import pytest

FRONTEND = Path(__file__).resolve().parents[2] / "frontend"
SHARE = Path(sys.prefix) / "share" / "jupyter"
PLACES = {
    FRONTEND / "overrides.json": SHARE / "lab" / "settings" / "overrides.json",
    FRONTEND / "engramlab-access": SHARE / "labextensions" / "engramlab-access",
}


def test_the_settings_keep_widgets_and_ask_nobody_for_news():
    settings = json.loads((FRONTEND / "overrides.json").read_text(encoding="utf-8"))
    kernels = settings["@jupyterlab/apputils-extension:kernels-settings"]
    news = settings["@jupyterlab/apputils-extension:notification"]
    assert settings["@jupyter-widgets/jupyterlab-manager:plugin"] == {"saveState": True}
    assert kernels == {"commsOverSubshells": "disabled"}
    assert news == {"fetchNews": "false", "checkForUpdates": False}


def test_the_extension_is_complete_under_its_own_name():
    folder = FRONTEND / "engramlab-access"
    package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    build = package["jupyterlab"]["_build"]
    script = (folder / build["load"]).read_text(encoding="utf-8")
    assert package["name"] == folder.name
    assert f"_JUPYTERLAB['{package['name']}']" in script
    assert f"'{build['extension']}'" in script
    assert "__esModule: true" in script  # without it JupyterLab does not start
    assert "http" not in script


@pytest.mark.parametrize("source", PLACES, ids=lambda path: path.name)
def test_the_installed_copy_is_the_present_one(source):
    installed = PLACES[source]
    assert installed.exists(), "run: pip install -e ."
    for file in [source] if source.is_file() else sorted(source.rglob("*.*")):
        copy = installed if source.is_file() else installed / file.relative_to(source)
        if file.is_file():
            assert copy.read_bytes() == file.read_bytes(), f"{copy} is old: run pip install -e ."
