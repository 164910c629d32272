"""Finding the learners' notebooks in what the teacher has: one submission for each learner.

What was handed in is gathered first, whatever the exercise (`gathered`), and then the notebook of
an exercise is chosen for each learner (`find`). Whoever handed in anything is in the list: with a
notebook, or with the reason why there is none to grade.
"""

import contextlib
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import ZipFile

from engramlab._types import CourseError
from engramlab.course.grading import archives, choosing, nesting
from engramlab.course.grading.archives import Allowance, Refused, Room
from engramlab.course.grading.choosing import File
from engramlab.course.grading.platforms import Label, Platform, label_of, unique_names
from engramlab.course.grading.showing import counted
from engramlab.course.reading import LARGEST_FILE

MOST_FILES = 100_000
"""Files below SUBMISSIONS that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One learner's hand-in: a notebook, or the reason why there is none to grade.

    `others` is the number of notebooks beside it that are of no exercise by their names, `beside`
    the names of other files that may hold an answer, and `handed_in_as` the learner's name and that
    of the file or folder as they were before they became `learner`.
    """

    learner: str
    path: Path | None
    problem: str = ""
    platform: Platform | None = None
    others: int = 0
    beside: tuple[str, ...] = ()
    handed_in_as: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class HandIn:
    """All that one learner handed in, whatever the exercise."""

    learner: str
    files: tuple[File, ...]
    platform: Platform | None = None
    is_loose: bool = False
    problem: str = ""
    handed_in_as: tuple[str, str] = ("", "")


@contextlib.contextmanager
def gathered(
    source: Path, kept: Mapping[tuple[str, str], str] | None = None
) -> Iterator[list[HandIn]]:
    """Gather what the learners handed in, sorted by learner, for as long as the block runs.

    What has to be unpacked lies in a private folder until then.

    Parameters
    ----------
    source : Path
        A folder or a zip file that holds a folder, a notebook or a zip file for each learner, or
        what a learning platform exports; or one notebook.
    kept : mapping of (str, str) to str, optional
        The names that learners have from an earlier run, by what they handed in as.

    Raises
    ------
    CourseError
        If there is no such folder or file, nothing in it, the zip file is broken or hostile, or
        what the learners handed in lies further down.
    """
    with contextlib.ExitStack() as until:
        yield _gather(source, Room(until), kept or {})


def find(handed_in: Iterable[HandIn], stem: str) -> list[Submission]:
    """Return the submission of each learner to one exercise, in the order of the learners.

    Parameters
    ----------
    handed_in : iterable of HandIn
        What `gathered` found.
    stem : str
        The exercise's file name without ending, such as "08_pattern_completion".
    """
    return [_submission(hand_in, stem) for hand_in in handed_in]


def hints(source: Path, found: Iterable[Submission]) -> Iterator[str]:
    """Give a sentence on each thing that was taken in, or left out, other than somebody may think.

    Parameters
    ----------
    source : Path
        What was gathered.
    found : iterable of Submission
        The learners that it gave.
    """
    hidden = choosing.hidden_folders(source)
    if hidden:
        yield f"{counted(len(hidden), 'hidden folder')} left out: {', '.join(hidden[:5])}."
    alike: dict[str, list[str]] = defaultdict(list)
    for one in found:
        if one.platform is None:
            alike[one.handed_in_as[0]].append(one.learner)
    for names in alike.values():
        if len(names) > 1:
            yield f"Perhaps one learner who handed in more than once: {', '.join(names)}."


def _submission(hand_in: HandIn, stem: str) -> Submission:
    chosen = choosing.notebook_of(hand_in.files, stem)
    path, problem = chosen.path, hand_in.problem or chosen.problem
    if path is None and not problem:
        is_loose = hand_in.is_loose and len(hand_in.files) == 1
        problem = choosing.nothing_in(hand_in.files, is_loose=is_loose)
    return Submission(
        learner=hand_in.learner,
        path=None if problem else path,
        problem=problem,
        platform=hand_in.platform,
        others=choosing.others_beside(chosen, hand_in.files),
        beside=choosing.beside(chosen, hand_in.files),
        handed_in_as=hand_in.handed_in_as,
    )


def _gather(source: Path, room: Room, kept: Mapping[tuple[str, str], str]) -> list[HandIn]:
    if source.is_dir():
        found = _grouped(nesting.without_wrapper(_below(source), is_zip=False))
    elif not source.is_file():
        raise CourseError(
            f"There is no folder {source}, nor a zip file of that name. Name the one that holds "
            "a folder or a notebook for each learner."
        )
    elif choosing.rank(source.name) is None:
        found = _of_archive(source, room)
    else:
        found = _grouped([File(parts=(source.name,), path=source.resolve())])
    if not found:
        raise CourseError(
            f"{source} holds no submissions: no folders and no files that end in .ipynb or .zip."
        )
    found = [replace(hand_in, files=tuple(_with_insides(hand_in, room))) for hand_in in found]
    found.sort(key=lambda hand_in: (hand_in.learner, hand_in.files[0].parts))
    found = _one_for_each_number(_no_classes(source, found))
    wanted = [(one.learner, _longer(one)) for one in found]
    named = [
        replace(one, learner=name, handed_in_as=both)
        for one, name, both in zip(found, unique_names(wanted, kept), wanted, strict=True)
    ]
    return sorted(named, key=lambda hand_in: hand_in.learner)


def _longer(hand_in: HandIn) -> str:
    """Return the longer form of a learner's name; a platform's number is in the name already."""
    return hand_in.learner if hand_in.platform else hand_in.files[0].parts[0]


def _one_for_each_number(found: list[HandIn]) -> list[HandIn]:
    """Leave those to a human who share a platform's number, which one learner alone has."""
    numbers = Counter((one.platform.system, one.platform.id) for one in found if one.platform)
    checked = []
    for one in found:
        known = one.platform
        many = numbers[known.system, known.id] if known else 1
        if known and many > 1:
            said = {2: "two"}.get(many, str(many))
            one = replace(one, problem=f"{said} submissions have the number {known.id}")
        checked.append(one)
    return checked


def _no_classes(source: Path, found: list[HandIn]) -> list[HandIn]:
    """Leave to a human what holds the hand-ins of several learners; refuse where all do."""
    inside = [() if one.platform else nesting.learners_inside(one.files) for one in found]
    if all(inside):
        places = [f"{source / one.files[0].parts[0]}" for one in found]
        which = places[0] if len(places) == 1 else f"{places[0]} (and so on, one at a time)"
        raise CourseError(
            f"{source} itself holds no learners' files: what a platform exported lies one deeper. "
            f"You probably mean {which}."
        )
    return [
        replace(one, problem=f"it holds the files of other learners: {', '.join(those[:3])}")
        if those
        else one
        for one, those in zip(found, inside, strict=True)
    ]


def _below(folder: Path) -> list[File]:
    """Return all files and folders below a folder; links are not followed."""
    found: list[File] = []
    waiting: list[tuple[Path, tuple[str, ...]]] = [(folder, ())]
    while waiting:
        place, parts = waiting.pop()
        try:
            with os.scandir(place) as listed:
                entries = sorted(listed, key=lambda entry: entry.name)
        except OSError as error:
            if not parts:
                raise
            problem = f"the folder cannot be read ({error.strerror})"
            found.append(File(parts=parts, is_folder=True, problem=problem))
            continue
        for entry in entries:
            inside = (*parts, entry.name)
            if choosing.is_junk(inside):
                continue
            path = Path(entry.path)
            if entry.is_symlink():
                found.append(File(parts=inside, problem="the file is a link"))
            elif entry.is_dir(follow_symlinks=False):
                found.append(File(parts=inside, is_folder=True))
                waiting.append((path, inside))
            else:
                found.append(File(parts=inside, path=path))
        if len(found) > MOST_FILES:
            raise CourseError(
                f"{folder} holds more than {MOST_FILES} files. Name the folder that holds the "
                "submissions and nothing else."
            )
    return found


def _of_archive(source: Path, room: Room) -> list[HandIn]:
    """Return what a class's zip file holds, unpacked."""
    try:
        with archives.reading(source.resolve()) as (archive, members):
            files = [_listed(member) for member in members if not choosing.is_junk(member.parts)]
            found = _grouped(nesting.without_wrapper(files, is_zip=True))
            size = sum(_size(hand_in) for hand_in in found)
            archives.refuse_bomb(size, source)
            room.check(size)
            return [
                replace(hand_in, files=tuple(_unpacked(hand_in.files, archive, room, Allowance())))
                for hand_in in found
            ]
    except Refused as fault:
        raise CourseError(
            f"{source} was not opened: {fault.reason}. Nothing was graded; export it again, or "
            "unpack it yourself and name the folder."
        ) from None


def _listed(member: archives.Member) -> File:
    is_folder = member.info.orig_filename.endswith(("/", "\\"))
    return File(parts=member.parts, is_folder=is_folder, member=member)


def _size(hand_in: HandIn) -> int:
    """Return how many bytes of one learner will be unpacked, at most."""
    wanted = [file.member for file in hand_in.files if file.member and file.is_wanted]
    sizes = [member.info.file_size for member in wanted]
    return min(sum(size for size in sizes if size <= LARGEST_FILE), archives.LARGEST_LEARNER)


def _grouped(files: list[File]) -> list[HandIn]:
    """Return what belongs together: by the learner in a platform's name, or by folder or file."""
    by_top: dict[str, list[File]] = defaultdict(list)
    for file in files:
        by_top[file.parts[0]].append(file)
    labels = {top: _label(top, inside) for top, inside in by_top.items()}
    _drop_doubtful(labels)
    shared: dict[str, HandIn] = {}
    own = []
    for top, inside in by_top.items():
        label = labels[top]
        is_loose = _is_loose(inside)
        if label is None:
            if not is_loose or _is_somebodys(inside[0]):
                learner = choosing.learner_in(top) if is_loose else top
                own.append(HandIn(learner=learner, files=tuple(inside), is_loose=is_loose))
            continue
        if is_loose:
            inside = [replace(inside[0], parts=(label.file or top,), is_typed=label.file is None)]
        elif label.file is None:
            inside = [replace(file, is_typed=True) for file in inside]
        before = shared.get(label.learner)
        files_so_far = before.files if before else ()
        shared[label.learner] = HandIn(
            learner=label.learner, files=(*files_so_far, *inside), platform=label.platform
        )
    return [*shared.values(), *own]


def _label(top: str, inside: list[File]) -> Label | None:
    return label_of(top, is_folder=not _is_loose(inside))


def _is_loose(inside: list[File]) -> bool:
    return len(inside) == 1 and len(inside[0].parts) == 1 and not inside[0].is_folder


def _drop_doubtful(labels: dict[str, Label | None]) -> None:
    """Take one number under two names for no number of Canvas, such as the year in a date."""
    names: dict[str, set[str]] = defaultdict(set)
    for label in labels.values():
        if label and label.platform and label.platform.system == "canvas":
            names[label.platform.id].add(label.platform.name)
    for top, label in labels.items():
        if label and label.platform and len(names[label.platform.id]) > 1:
            labels[top] = None


def _is_somebodys(file: File) -> bool:
    """Return whether a loose file is a learner's: any but a teacher's list or an empty one."""
    name = file.parts[0].lower()
    if file.problem or file.is_wanted:
        return True
    if name.endswith(choosing.NOT_HANDED_IN):
        return False
    if file.member is not None:
        return file.member.info.file_size > 0
    try:
        return file.path is not None and file.path.lstat().st_size > 0
    except OSError:
        return True


def _with_insides(hand_in: HandIn, room: Room) -> Iterator[File]:
    """Return a learner's files, and in the place of each zip file what is in it."""
    allowance = Allowance()
    for file in hand_in.files:
        if file.path is None or not file.is_zip:
            yield file
            continue
        try:
            with archives.reading(file.path) as (archive, members):
                inside = [
                    replace(_listed(member), parts=(*file.parts, *member.parts))
                    for member in members
                    if not choosing.is_junk(member.parts)
                ]
                if not inside:
                    raise Refused("it is empty")
                yield from _unpacked(inside, archive, room, allowance, deepest=True)
        except Refused as fault:
            problem = f"{choosing.shown(file)} cannot be opened: {fault.reason}"
            yield replace(file, path=None, problem=problem)
        except OSError as error:
            problem = f"{choosing.shown(file)} cannot be read ({error.strerror})"
            yield replace(file, path=None, problem=problem)


def _unpacked(
    files: Iterable[File],
    archive: ZipFile,
    room: Room,
    allowance: Allowance,
    *,
    deepest: bool = False,
) -> Iterator[File]:
    for file in files:
        if file.member is None or not file.is_wanted:
            yield replace(file, member=None)
        elif deepest and file.is_zip:
            yield replace(file, member=None, problem="a zip file lies in a zip file")
        else:
            try:
                path = room.unpack(archive, file.member, allowance)
            except Refused as fault:
                yield replace(file, member=None, problem=fault.reason)
            else:
                yield replace(file, member=None, path=path)
