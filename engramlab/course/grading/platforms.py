"""Who handed in what, by the names that learning platforms give to files.

Moodle ("Download all submissions") puts what a learner handed in under
``Full Name_123456_assignsubmission_file``, with an underscore at the end in older versions. It is a
folder, or the beginning of a file name where "Download submissions in folders" is off. The number
is the participant's, as in the grading worksheet; ``onlinetext`` in the place of ``file`` is text
typed in on the page. Underscores of a name become spaces. A team has its group's name and number,
and the default team no number. Source: ``mod/assign/classes/downloader.php`` of moodle/moodle,
``get_student_prefix`` and ``load_submissionplugin_filelist``.

Canvas ("Download Submissions") gives loose files called
``lastnamefirstname_LATE_12345_67890_name.ipynb``: the sortable name in small letters without what
is no letter, digit or underscore; LATE where it was; the user's number, as in the column ID of the
gradebook; the attachment's number; the learner's own file name, to which a second upload of one
name adds ``-1``. In an anonymous assignment ``anon`` and a code stand for name and number; text
and links end in ``_text.html`` and ``_link.html``. Source: ``lib/content_zipper.rb`` of
instructure/canvas-lms, ``get_filename`` and ``add_upload_submission``.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engramlab.course.files import digest

LONGEST_NAME = 180
"""Bytes of a learner's name in a file's name; endings are added to it."""

_MOODLE = re.compile(
    r"(?P<name>.+?)(?:_(?P<id>\d+))?_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<file>.*))?", re.DOTALL
)
_CANVAS = (
    re.compile(r"(?:LATE_)?(?P<name>anon)_(?P<id>[A-Za-z0-9]+)_\d+_(?P<file>.+)", re.DOTALL),
    re.compile(r"(?P<name>\w+?)(?:_LATE)?_(?P<id>\d+)_\d+_(?P<file>.+)", re.DOTALL),
    re.compile(r"(?P<name>\w+?)(?:_LATE)?_(?P<id>\d+)_(?P<typed>text|link)\.html"),
)
_UNSAFE = re.compile(r'[<>:"/\\|?*\u202a-\u202e\u2066-\u2069]')
_CONTROL = ("Cc", "Cs", "Zl", "Zp")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """A learner as a learning platform knows them; `system` is "moodle" or "canvas"."""

    system: str
    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a platform's name says: whose it is, and what the learner called the file.

    `file` is "" for a folder, and None where no file was handed in but text or a link.
    """

    learner: str
    platform: Platform | None
    file: str | None


def label_of(name: str, *, is_folder: bool) -> Label | None:
    """Return what the name of a file or folder says, None if no platform gave it.

    Examples
    --------
    >>> label_of("Ada Lovelace_12_assignsubmission_file_08.ipynb", is_folder=False).learner
    'Ada Lovelace_12'
    >>> label_of("lovelaceada_LATE_12_345_08.ipynb", is_folder=False).platform.id
    '12'
    """
    if found := _MOODLE.fullmatch(name):
        file = found["file"] or ""
        return _label("moodle", found, file if found["kind"] == "file" else None)
    if is_folder:
        return None
    for pattern in _CANVAS:
        if found := pattern.fullmatch(name):
            return _label("canvas", found, found.groupdict().get("file"))
    return None


def _label(system: str, found: re.Match[str], file: str | None) -> Label:
    name, number = found["name"], found["id"]
    if number is None:
        return Label(learner=name, platform=None, file=file)
    platform = Platform(system=system, id=number, name=name)
    return Label(learner=f"{name}_{number}", platform=platform, file=file)


def safe_name(name: str) -> str:
    """Return a learner's name as it can stand in the name of a file on any system.

    Examples
    --------
    >>> safe_name("a/b: c. ")
    'a_b_ c'
    """
    name = unicodedata.normalize("NFC", name)
    name = "".join("_" if unicodedata.category(c) in _CONTROL else c for c in name)
    name = _UNSAFE.sub("_", name).strip().rstrip(". ")
    if not name or name.startswith(".") or _RESERVED.fullmatch(name):
        name = f"_{name}"
    if len(name.encode()) > LONGEST_NAME:
        name = f"{name[:40]}-{_mark(name)}"
    return name


def unique_names(
    wanted: Iterable[tuple[str, str]], kept: Mapping[tuple[str, str], str] | None = None
) -> list[str]:
    """Return a file's name for each learner; no two are the same to any system.

    Some systems take capital and small letters, or two spellings of one accent, for the same. Who
    has a name from an earlier run keeps it, and nobody else gets it. Of the others the first gets
    the name; another gets its longer form, or a mark made of it.

    Parameters
    ----------
    wanted : iterable of (str, str)
        The name of each learner, and the longer form, such as the file's whole name.
    kept : mapping of (str, str) to str, optional
        The names given in an earlier run, by what was wanted then.

    Examples
    --------
    >>> unique_names([("ada", "ada"), ("ben", "ben"), ("ada", "ada.ipynb")])
    ['ada', 'ben', 'ada.ipynb']
    >>> unique_names([("a:b", "a:b"), ("a?b", "a?b")], {("a?b", "a?b"): "a_b"})[1]
    'a_b'
    """
    wanted = list(wanted)
    given = _given_before(wanted, kept or {})
    taken = {_folded(name) for name in (kept or {}).values()}
    names = []
    for at, (name, longer) in enumerate(wanted):
        if at in given:
            names.append(given[at])
            continue
        safe = safe_name(name)
        if _folded(safe) in taken:
            safe = safe_name(longer)
        number = 1
        while _folded(safe) in taken:
            number += 1
            safe = f"{safe_name(name)[:40]}-{_mark(name, longer, str(number))}"
        taken.add(_folded(safe))
        names.append(safe)
    return names


def _given_before(
    wanted: list[tuple[str, str]], kept: Mapping[tuple[str, str], str]
) -> dict[int, str]:
    """Return who has a name already, by their places: by both forms first, then by the shorter."""
    free = dict(kept)
    given: dict[int, str] = {}
    for at, both in enumerate(wanted):
        if both in free:
            given[at] = free.pop(both)
    by_name = {name: key for (name, _), key in free.items()}
    for at, (name, _) in enumerate(wanted):
        if at not in given and name in by_name:
            given[at] = by_name.pop(name)
    return given


def _mark(*texts: str) -> str:
    return digest("\0".join(texts).encode("utf-8", "surrogateescape"))[:12]


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", name).casefold())
