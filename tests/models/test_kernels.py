"""Kernels compile once, keep their cache where they can, and never fail for want of a folder."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import engramlab
from engramlab._blas import _controller, one_thread

RECALL = """
import sys
sys.path.insert(0, sys.argv[1])
import engramlab as el
assert el.__file__.startswith(sys.argv[1]), el.__file__
from engramlab import kernels
run = el.Hopfield.store([[1, 1, -1, -1]]).recall([1, -1, -1, -1], rng=1)
assert run.final.tolist() == [1, 1, -1, -1]
print(kernels.CACHE)
"""


@pytest.fixture
def read_only_install(tmp_path):
    """A copy of the package where neither its folder nor the home can hold a cache.

    A file in the place of a folder stops every user, root included.
    """
    copy = tmp_path / "site" / "engramlab"
    source = Path(engramlab.__file__).parent
    for name in ("kernels", "attractors"):
        shutil.copytree(source / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for module in source.glob("*.py"):
        shutil.copy(module, copy)
    (copy / "kernels" / "__pycache__").touch()
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    home.touch()
    temporary.mkdir()
    keep = {k: v for k, v in os.environ.items() if not k.startswith(("NUMBA", "XDG", "IPYTHON"))}
    return (
        copy.parent,
        temporary,
        keep
        | {
            "HOME": str(home),
            "TMPDIR": str(temporary),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
    )


def run(site, environment):
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", RECALL, str(site)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=site,
    )


def test_a_read_only_install_keeps_its_cache_in_a_private_folder(read_only_install):
    site, temporary, environment = read_only_install
    done = run(site, environment)
    assert done.stderr == ""
    assert done.stdout == "True\n"
    (folder,) = temporary.iterdir()
    assert folder.stat().st_mode & 0o077 == 0
    compiled = sorted(folder.rglob("*.nbc"))
    assert compiled
    stamps = [path.stat().st_mtime_ns for path in compiled]
    assert run(site, environment).returncode == 0  # and the second start uses it
    assert [path.stat().st_mtime_ns for path in sorted(folder.rglob("*.nbc"))] == stamps


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="users are told apart by number on Unix")
def test_a_folder_that_others_can_write_is_not_trusted(read_only_install):
    site, temporary, environment = read_only_install
    planted = temporary / f"engramlab-numba-{os.getuid()}"
    planted.mkdir()
    planted.chmod(0o777)
    assert run(site, environment).stdout == "True\n"
    assert not list(planted.iterdir())


def test_without_any_folder_kernels_compile_anew(read_only_install):
    site, temporary, environment = read_only_install
    temporary.rmdir()
    # Python looks for such a folder in a few more places; take them all away.
    planted = "import tempfile; tempfile.tempdir = '/dev/null/none'\n"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", planted + RECALL, str(site)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=site,
    )
    assert done.stderr == ""
    assert done.stdout == "False\n"


def test_importing_the_package_loads_nothing_heavy():
    heavy = ["numba", "numpy", "matplotlib", "ipywidgets", "joblib", "threadpoolctl"]
    code = f"import sys, engramlab; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_blas_has_one_thread_inside_and_what_it_had_outside():
    def threads():
        return [lib["num_threads"] for lib in _controller().info() if lib["user_api"] == "blas"]

    with _controller().limit(limits=2, user_api="blas"):
        before = threads()
        if 2 not in before:
            pytest.skip("the BLAS of this numpy has one thread only")
        with one_thread():
            with one_thread():
                assert set(threads()) == {1}
            assert set(threads()) == {1}
        assert threads() == before
        with pytest.raises(ZeroDivisionError), one_thread():
            raise ZeroDivisionError
        assert threads() == before
