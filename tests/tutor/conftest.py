"""Two places to open a lesson: a workspace, and a folder that is none."""

from pathlib import Path

import pytest
from tutor_tools import Stage, open_stage

from engramlab.course.workspace import Workspace


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Inside a learner's workspace."""
    Workspace.create(tmp_path / "work", sources={})
    (tmp_path / "work" / "lessons").mkdir(exist_ok=True)
    return open_stage(tmp_path / "work" / "lessons", monkeypatch)


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """In a folder that is no workspace."""
    return open_stage(tmp_path, monkeypatch)
