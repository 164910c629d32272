"""Which of a learner's files is the notebook of an exercise."""

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engramlab.course import checks
from engramlab.course.files import digest
from engramlab.course.grading.archives import Member
from engramlab.course.reading import Unreadable, content

_COPY = re.compile(r"(?: *\(\d+\)|-\d{1,2}|[ _-]+copy *\(?\d*\)?)+", re.IGNORECASE)
"""What browsers, systems and platforms add to a name that is there already."""
_ENDING = re.compile(r"(?i)\.(ipynb(\.\w{1,8})?|json|zip)$")
_SEPARATORS = " _-."
NOT_HANDED_IN = (".csv", ".xlsx", ".ods", ".log", ".ini", ".db")
"""Endings of files that are a teacher's lists or the system's own, and nobody's work."""
NO_WORDS = (*NOT_HANDED_IN, ".json", ".py", ".pyc", ".npy", ".npz", ".pkl", ".toml", ".lock")
"""Endings of files beside a notebook in which nobody answers a question."""
MOST_BESIDE = 10
OF_PROGRAMS = frozenset({".ipynb_checkpoints", ".git", ".venv", ".idea", ".vscode", ".cache"})
"""Hidden folders that nobody asks after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that was handed in: the parts of its name, and where it lies or why it cannot be had.

    `member` is what is still to be unpacked; `is_typed` marks text that was typed into a page.
    """

    parts: tuple[str, ...]
    path: Path | None = None
    problem: str = ""
    member: Member | None = None
    is_folder: bool = False
    is_typed: bool = False

    @property
    def name(self) -> str:
        """The last part of the name."""
        return self.parts[-1]

    @property
    def is_zip(self) -> bool:
        """Whether it is a zip file, by its name."""
        return not self.is_folder and self.name.lower().endswith(".zip")

    @property
    def is_wanted(self) -> bool:
        """Whether it may be, or hold, a notebook."""
        is_file = not (self.is_folder or self.is_typed)
        return is_file and (self.is_zip or rank(self.name) is not None)


def notebook_of(files: Sequence[File], stem: str) -> File:
    """Return the notebook of an exercise: the one of its name, or the only one there is.

    Copies with the same content count as one. Where several could be meant, or what is meant cannot
    be had, the file that is returned has no path but a problem; and neither where there is none.
    """
    files = [file for file in files if not (file.is_folder or file.is_typed)]
    notebooks = _best(files)
    for fits in (
        [file for file in notebooks if _plain(file.name) == stem],
        [file for file in notebooks if file.name.startswith(stem[:3])],
        notebooks,
    ):
        different = _different(handed_in(fits), stem)
        if len(different) == 1:
            return different[0]
        if different:
            return File(
                parts=(stem,),
                problem=f"{len(different)} notebooks in the folder, and no telling which is meant",
            )
    return next((file for file in files if file.problem), File(parts=(stem,)))


def others_beside(chosen: File, files: Sequence[File]) -> int:
    """Return how many notebooks a learner handed in beside the chosen one, other exercises not."""
    notebooks = _best(file for file in files if file.is_wanted)
    others = [
        file for file in handed_in(notebooks) if file is not chosen and not is_of_course(file.name)
    ]
    own = _digest(chosen) if others else ""
    return sum(_digest(file) != own for file in others)


def beside(chosen: File, files: Sequence[File]) -> tuple[str, ...]:
    """Return the names of what else a learner handed in that may hold an answer in words.

    Notebooks are not among them (`others_beside` counts these), nor are lists, data and code.
    """
    names = {
        shown(file)
        for file in files
        if file is not chosen and not file.is_folder and not _came_with_the_course(file)
        if file.is_typed or _may_hold_words(file, chosen)
    }
    return tuple(sorted(names)[:MOST_BESIDE])


def _may_hold_words(file: File, chosen: File) -> bool:
    likeness = rank(file.name)
    if file.name.lower().endswith(NO_WORDS) or likeness == 0:
        return False
    if likeness is not None and (likeness == rank(chosen.name) or _digest(file) == _digest(chosen)):
        return False
    try:
        return file.path is None or file.path.lstat().st_size > 0
    except OSError:
        return True


def nothing_in(files: Sequence[File], *, is_loose: bool) -> str:
    """Return why there is no notebook among a learner's files."""
    if is_loose:
        return f"{shown(files[0])} is no notebook"
    for file in files:
        if file.is_folder and file.problem:
            return file.problem
    others = [shown(file) for file in files if not (file.is_folder or file.is_typed)]
    if not others and any(file.is_typed for file in files):
        return "text typed into the platform, and no notebook"
    there = f", but {', '.join(others[:3])}" if others else ""
    return f"no notebook in the folder{there}{' and more' if len(others) > 3 else ''}"


def rank(name: str) -> int | None:
    """Return how much a name looks like a notebook's: 0 most, None not at all.

    Browsers save notebooks as ``x.ipynb.txt``, ``x.ipynb.json`` or ``x.json``.
    """
    name = name.lower()
    if name.endswith(".ipynb"):
        return 0
    if name.endswith(".zip"):
        return None
    return 1 if ".ipynb" in name else 2 if name.endswith(".json") else None


def bare(name: str) -> str:
    """Return a file's name without the endings of a notebook.

    Examples
    --------
    >>> bare("ada.ipynb.txt")
    'ada'
    """
    return _ENDING.sub("", name) if _ENDING.search(name) else Path(name).stem


def learner_in(name: str) -> str:
    """Return whose a loose file is: what stands beside the exercise's name, if that is a word.

    Examples
    --------
    >>> learner_in("ada-08_pattern_completion.ipynb")
    'ada'
    >>> learner_in("08_pattern_completion (1).ipynb")
    '08_pattern_completion (1)'
    """
    whole = bare(name)
    for stem in _stems():
        before, found, after = whole.partition(stem)
        if found and any(letter.isalpha() for letter in before + _COPY.sub("", after)):
            return " ".join(filter(None, (part.strip(_SEPARATORS) for part in (before, after))))
    return whole


def is_of_course(name: str) -> bool:
    """Return whether a file's name is that of an exercise or a copy of it."""
    return _plain(name) in _stems()


def is_junk(parts: Sequence[str]) -> bool:
    """Return whether a system or JupyterLab made a file or folder, and no learner."""
    *folders, name = parts
    if name == ".DS_Store" or name.startswith(("._", ".~")):
        return True
    if name.startswith(".") and not name.lower().endswith(".ipynb"):
        return True
    hidden = any(part.startswith(".") for part in folders)
    return hidden or not {"__MACOSX", "__pycache__"}.isdisjoint(parts)


def hidden_folders(folder: Path) -> list[str]:
    """Return the names of a folder's hidden folders that no program is known to make."""
    if not folder.is_dir():
        return []
    with os.scandir(folder) as listed:
        names = [one.name for one in listed if one.is_dir(follow_symlinks=False)]
    found = sorted(n for n in names if n.startswith(".") and n not in OF_PROGRAMS)
    return [name.encode("utf-8", "replace").decode() for name in found]


def shown(file: File) -> str:
    """Return a file's name as it can be printed, not too long."""
    name = "".join(letter if letter.isprintable() else "_" for letter in file.name)
    return name if len(name) <= 60 else f"{name[:57]}..."


def handed_in(files: Sequence[File]) -> Sequence[File]:
    """Return what a whole workspace was handed in for: not the lesson, nor what came before."""
    chosen = [file for file in files if not _came_with_the_course(file)]
    submitted = [file for file in chosen if "submissions" in file.parts[:-1]]
    return submitted or chosen or files


def _came_with_the_course(file: File) -> bool:
    return not {"lessons", "earlier"}.isdisjoint(file.parts[:-1])


@cache
def _stems() -> tuple[str, ...]:
    return tuple(checks.lessons().values())


def _plain(name: str) -> str:
    """Return a name without endings and the marks of a copy."""
    whole = bare(name)
    for stem in _stems():
        if whole.startswith(stem) and _COPY.fullmatch(whole[len(stem) :]):
            return stem
    return whole


def _best(files: Iterable[File]) -> list[File]:
    """Return the files that look most like notebooks."""
    ranked = [(rank(file.name), file) for file in files]
    best = min((found for found, _ in ranked if found is not None), default=None)
    return [file for found, file in ranked if best is not None and found == best]


def _different(files: Iterable[File], stem: str) -> list[File]:
    """Return one file of each content, the one of the exercise's very name first."""
    files = sorted(files, key=lambda file: (bare(file.name) != stem, len(file.parts), file.parts))
    if len(files) < 2:
        return files
    found: dict[str, File] = {}
    for file in files:
        found.setdefault(_digest(file) or "/".join(file.parts), file)
    return list(found.values())


def _digest(file: File) -> str:
    if file.path is None:
        return ""
    try:
        return digest(content(file.path))
    except Unreadable:
        return ""
