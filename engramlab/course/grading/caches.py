"""What every learner's process would build anew: compiled kernels and matplotlib's list of fonts.

They are made once, by the package's own code alone, and kept in the teacher's cache folder. A
learner's process reads them and cannot write them.
"""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path

from engramlab.course.grading.sandbox import A_DAY_S, environment, sweep
from engramlab.course.resources import PACKAGE

WHOLE = "whole"
"""The file that says that a folder of caches is complete."""
MAKING = "making-"
LONGEST_S = 600


class Unmade(Exception):
    """The caches could not be made; the text says why."""


def ready(fallback: Path) -> Path:
    """Return the folder of caches for this package, made first where there is none.

    If they cannot be made, this is said on the standard error and an empty folder is returned:
    learners' processes only start slower then.

    Parameters
    ----------
    fallback : Path
        Where they go if the user's cache folder cannot be written, or others may write there.
    """
    root = _own_folder() or fallback
    sweep(root, MAKING, A_DAY_S)
    folder = root / f"grading-{_key()}"
    if (folder / WHOLE).exists():
        return folder
    try:
        return _made(root, folder)
    except OSError as error:
        reason = error.strerror or type(error).__name__
    except Unmade as error:
        reason = str(error)
    print(
        f"The caches for the learners' processes could not be made ({reason}). "
        "Grading goes on; each submission takes some seconds longer.",
        file=sys.stderr,
    )
    nothing = fallback / "nothing"
    nothing.mkdir(mode=0o755, parents=True, exist_ok=True)
    return nothing


def _own_folder() -> Path | None:
    """Return the folder of the user's caches, if it can be written, and by its owner alone."""
    try:
        home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        root = Path(home).absolute() / "engramlab"
        root.mkdir(parents=True, exist_ok=True)
        if root.stat().st_uid != os.getuid():
            return None
        root.chmod(0o755)
        with tempfile.TemporaryFile(dir=root):
            return root
    except (OSError, RuntimeError):  # there is no home
        return None


def _made(root: Path, folder: Path) -> Path:
    """Make the caches under another name and give them theirs when they are whole."""
    making = Path(tempfile.mkdtemp(dir=root, prefix=MAKING))
    try:
        making.chmod(0o755)
        _make(making)
        (making / WHOLE).touch()
        with contextlib.suppress(OSError):  # what a broken removal left of earlier ones
            if not (folder / WHOLE).exists():
                folder.rename(making / "earlier")
                shutil.rmtree(making / "earlier", ignore_errors=True)
        with contextlib.suppress(OSError):  # another grader was faster
            making.rename(folder)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    if not (folder / WHOLE).exists():
        raise Unmade("they were gone at once")
    return folder


def _make(folder: Path) -> None:
    """Run the models once with `folder` as their cache."""
    command = [sys.executable, "-I", "-X", "utf8", "-c"]
    code = f"import sys; sys.path.append({str(PACKAGE.parent)!r}); "
    code += "import matplotlib.font_manager; "  # builds the list of fonts
    code += "from engramlab.course.grading.caches import warm; warm()"
    surroundings = environment(folder, folder) | {"NUMBA_CACHE_DIR": str(folder / "numba")}
    try:
        done = subprocess.run(
            [*command, code], env=surroundings, timeout=LONGEST_S, check=False, capture_output=True
        )
    except subprocess.TimeoutExpired:
        raise Unmade(f"it took longer than {LONGEST_S} s") from None
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise Unmade(said[-1] if said else f"exit code {done.returncode}")
    if next(folder.rglob("*.nbi"), None) is None:
        raise Unmade("numba kept nothing; is its cache switched off?")
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _key() -> str:
    """Return what the caches hang on: the interpreter, the compilers, the package's kernels."""
    parts = [sys.version, str(PACKAGE), *map(metadata.version, ("numba", "numpy", "matplotlib"))]
    for path in sorted((PACKAGE / "kernels").glob("*.py")):
        seen = path.stat()
        parts.append(f"{path.name} {seen.st_mtime_ns} {seen.st_size}")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def warm() -> None:
    """Call what learners' notebooks call, so that it is compiled and cached."""
    import engramlab as el

    patterns = el.random_patterns(3, n_neurons=40, rng=1)
    el.Hopfield.store(patterns).recall(el.corrupt(patterns[0], 0.2, rng=2), rng=3)
    el.rescue(rng=1)
    el.recruited(rng=1)
    el.linked(rng=1)
    el.day_after(light="labelled", place="C", drug=True, rng=1)
    el.remodelled(days=(1,), rng=1)
    el.switched(restored=True, rng=1)
    el.linked_back(rng=1)
    el.weak_with_novelty(rng=1)
    el.consolidation_course(range(1, 3), rng=1)
    el.paired_spikes(rng=1)
