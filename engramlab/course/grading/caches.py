"""What every learner's process would build anew: compiled kernels and matplotlib's list of fonts.

They are made once, by the package's own code alone, and kept in the teacher's cache folder. A
learner's process reads them and cannot write them.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from engramlab.course.grading.sandbox import environment
from engramlab.course.resources import PACKAGE

WHOLE = "whole"
"""The file that says that a folder of caches is complete."""
LONGEST_S = 600


def ready(fallback: Path) -> Path:
    """Return the folder of caches for this package, made first where there is none.

    Parameters
    ----------
    fallback : Path
        Where they go if the user's cache folder cannot be written.
    """
    root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "engramlab"
    try:
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=root):
            pass
    except OSError:
        root = fallback
    folder = root / f"grading-{_key()}"
    if not (folder / WHOLE).exists():
        making = Path(tempfile.mkdtemp(dir=root, prefix="making-"))
        making.chmod(0o755)
        _make(making)
        try:
            making.rename(folder)
        except OSError:  # another grader was faster
            shutil.rmtree(making, ignore_errors=True)
    return folder


def _make(folder: Path) -> None:
    """Run the models once with `folder` as their cache; without them children only start slower."""
    command = [sys.executable, "-I", "-X", "utf8", "-c"]
    code = f"import sys; sys.path.append({str(PACKAGE.parent)!r}); "
    code += "import matplotlib.font_manager; "  # builds the list of fonts
    code += "from engramlab.course.grading.caches import warm; warm()"
    surroundings = environment(folder, folder) | {"NUMBA_CACHE_DIR": str(folder / "numba")}
    subprocess.run(
        [*command, code], env=surroundings, timeout=LONGEST_S, check=False, capture_output=True
    )
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    (folder / WHOLE).touch()


def _key() -> str:
    """Return what the caches hang on: the interpreter, where the package lies, and its kernels."""
    parts = [sys.version, str(PACKAGE)]
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
