"""The caches of learners' processes: made once, whole, by their owner alone, and said if not."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from engramlab.course.grading import caches, sandbox


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A cache folder of its own, and no real work: one compiled kernel is written."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(caches.subprocess, "run", compiling)
    return tmp_path / "home" / "engramlab"


def compiling(_words, *, env, **_named):
    folder = Path(env["NUMBA_CACHE_DIR"]) / "kernels"
    folder.mkdir(parents=True)
    folder.chmod(0o700)
    (folder / "one.nbi").write_bytes(b"compiled")
    return subprocess.CompletedProcess([], 0, stdout=b"", stderr=b"")


def failing(_words, **_named):
    return subprocess.CompletedProcess([], 1, stdout=b"", stderr=b"...\nNo space left on device\n")


def test_they_are_made_once_and_only_their_owner_writes_there(home, tmp_path, monkeypatch, capsys):
    folder = caches.ready(tmp_path / "spare")
    assert folder.parent == home
    assert (folder / "numba" / "kernels" / "one.nbi").read_bytes() == b"compiled"
    for path in (home, folder, *folder.rglob("*")):
        assert path.stat().st_mode & 0o022 == 0
        assert path.stat().st_mode & 0o044 == 0o044
    monkeypatch.setattr(caches.subprocess, "run", lambda *_words, **_named: pytest.fail("anew"))
    assert caches.ready(tmp_path / "spare") == folder
    assert sorted(path.name for path in home.iterdir()) == [folder.name]
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("home")
def test_another_compiler_has_other_caches(tmp_path, monkeypatch):
    first = caches.ready(tmp_path)
    monkeypatch.setattr(caches.metadata, "version", lambda _name: "99")
    assert caches.ready(tmp_path) != first


@pytest.mark.parametrize("fault", ["fails", "makes nothing", "takes for ever", "disk full"])
def test_what_could_not_be_made_is_said_and_tried_again(home, tmp_path, capsys, fault):
    def slow(words, **_named):
        raise subprocess.TimeoutExpired(words, 600)

    def idle(_words, **_named):
        return subprocess.CompletedProcess([], 0, stdout=b"", stderr=b"")

    def full(**_named):
        raise OSError(28, "No space left on device")

    runs = {"fails": failing, "makes nothing": idle, "takes for ever": slow, "disk full": failing}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(caches.subprocess, "run", runs[fault])
        if fault == "disk full":
            patch.setattr(caches.tempfile, "mkdtemp", full)
        folder = caches.ready(tmp_path / "spare")
    said = capsys.readouterr().err
    reasons = {"makes nothing": "numba kept nothing", "takes for ever": "longer than 600 s"}
    assert reasons.get(fault, "No space left on device") in said
    assert folder.is_relative_to(tmp_path / "spare")
    assert list(folder.iterdir()) == []
    assert folder.stat().st_mode & 0o777 == 0o755
    assert list(home.iterdir()) == []
    assert caches.ready(tmp_path / "spare").parent == home


def test_half_a_folder_is_made_whole(home, tmp_path):
    folder = caches.ready(tmp_path / "spare")
    (folder / caches.WHOLE).unlink()
    shutil.rmtree(folder / "numba")
    (folder / "half").touch()
    assert caches.ready(tmp_path / "spare") == folder
    assert (folder / "numba" / "kernels" / "one.nbi").is_file()
    assert not (folder / "half").exists()
    assert list(home.iterdir()) == [folder]


def test_of_two_graders_that_make_them_the_slower_takes_the_others(home, tmp_path, monkeypatch):
    def meanwhile(words, **named):
        monkeypatch.setattr(caches.subprocess, "run", compiling)
        made.append(caches.ready(tmp_path / "spare"))
        (made[0] / "of the faster").touch()
        return compiling(words, **named)

    made = []
    monkeypatch.setattr(caches.subprocess, "run", meanwhile)
    assert caches.ready(tmp_path / "spare") == made[0]
    assert (made[0] / "of the faster").exists()
    assert list(home.iterdir()) == made


def test_where_the_home_may_not_be_written_they_lie_elsewhere(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setattr(caches.subprocess, "run", compiling)
    (tmp_path / "spare").mkdir()
    for place in ("file", "strangers"):
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / place))
        if place == "strangers":
            monkeypatch.setattr(caches.os, "getuid", lambda: 4711)
        assert caches.ready(tmp_path / "spare").parent == tmp_path / "spare"


def test_where_others_could_write_they_no_longer_can(home, tmp_path):
    home.mkdir(parents=True)
    home.chmod(0o777)
    caches.ready(tmp_path / "spare")
    assert home.stat().st_mode & 0o777 == 0o755


def test_without_a_home(tmp_path, monkeypatch):
    def homeless():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(caches.Path, "home", homeless)
    monkeypatch.setattr(caches.subprocess, "run", compiling)
    assert caches.ready(tmp_path).parent == tmp_path


def test_only_old_folders_of_killed_runs_are_swept(tmp_path):
    names = ("making-abcd_123", "making-abcdefgh", "making-of", "making-a film1", "other-abcdefgh")
    for name in names:
        (tmp_path / name).mkdir()
        (tmp_path / name / "inside").touch()
        os.utime(tmp_path / name, (1, 1))
    (tmp_path / "making-linkabcd").symlink_to(tmp_path / "other-abcdefgh")
    (tmp_path / "making-00000000").mkdir()
    sandbox.sweep(tmp_path, "making-", sandbox.A_DAY_S)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {*names[2:], "making-linkabcd", "making-00000000"}
    assert (tmp_path / "other-abcdefgh" / "inside").exists()
