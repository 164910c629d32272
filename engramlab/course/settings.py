"""The JupyterLab settings that the course needs, and whether this installation has them.

They ship as `share/jupyter/lab/settings/overrides.json`, one file per environment that another
package may own. Where it lacks ours, `engramlab lab` adds them by Jupyter's own layer of defaults
(`labconfig/default_setting_overrides.json` on JUPYTER_CONFIG_PATH). What the learner set by hand
stands above both.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

LAB_SETTINGS: dict[str, dict[str, Any]] = {
    "@jupyterlab/apputils-extension:kernels-settings": {"commsOverSubshells": "disabled"},
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True},
}
"""Why each is there: widgets draw in order; nothing is fetched; sliders come back on reload."""


def overrides_file() -> Path:
    """Return where JupyterLab of this environment reads its overrides."""
    return Path(sys.prefix) / "share" / "jupyter" / "lab" / "settings" / "overrides.json"


def missing_settings(path: Path | None = None) -> list[str]:
    """Return the names of our settings that the environment's overrides do not give."""
    try:
        have = json.loads((path or overrides_file()).read_bytes())
    except (OSError, ValueError):
        have = {}
    if not isinstance(have, Mapping):
        have = {}
    return [
        f"{plugin}.{key}"
        for plugin, wanted in LAB_SETTINGS.items()
        for key, value in wanted.items()
        if not isinstance(have.get(plugin), Mapping) or have[plugin].get(key) != value
    ]


def labextension_folder() -> Path | None:
    """Return where the extension that names the sliders is installed, or None."""
    folder = Path(sys.prefix) / "share" / "jupyter" / "labextensions" / "engramlab-access"
    return folder if (folder / "package.json").is_file() else None
