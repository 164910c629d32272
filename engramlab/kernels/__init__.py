"""The equations as compiled loops: numba, numpy and math only.

numba keeps each compiled kernel on disk. `CACHE` says whether it can: next to the source, in the
user's cache folder, or, where both are read-only, in a private folder for temporary files. Without
any of these a kernel compiles anew in each process, which takes seconds and changes no result.
"""

import os
import stat
import tempfile
from pathlib import Path

import numba


def _nothing() -> None:
    """Stand in for a kernel when asking numba for a cache folder."""


def _cache_works() -> bool:
    """Return whether numba finds a folder that it can write for a function of this package."""
    try:
        numba.njit(cache=True)(_nothing)
    except RuntimeError:
        return False
    return True


def _private_folder() -> str | None:
    """Return a temporary folder that only this user can write (a cache holds code), or None."""
    user = os.getuid() if hasattr(os, "getuid") else None
    try:
        folder = Path(tempfile.gettempdir()) / f"engramlab-numba-{'user' if user is None else user}"
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        shared = user is not None and (found.st_uid != user or bool(found.st_mode & 0o022))
        if shared or not stat.S_ISDIR(found.st_mode):
            return tempfile.mkdtemp(prefix="engramlab-numba-")
    except OSError:
        return None
    return str(folder)


def _find_cache() -> bool:
    """Return whether kernels can be cached, after pointing numba to a folder that it can write."""
    if _cache_works():
        return True
    folder = _private_folder()
    if folder is None:
        return False
    # numba reads the variable at its own import and again whenever the environment changes.
    os.environ["NUMBA_CACHE_DIR"] = folder
    setattr(numba.config, "CACHE_DIR", folder)  # noqa: B010 (the stubs do not know it)
    return _cache_works()


CACHE: bool = _find_cache()
