"""The learner's workspace: pristine copies, updates that never overwrite work, and reset.

The rules, for each notebook of the course:

- not in the workspace yet: it is copied there;
- there, and as the course gave it (by content hash): a new version replaces it;
- there, and touched (saved outputs count): it stays, and a new version lands beside it once, with
  the course version in its name;
- deleted by the learner: it stays away; `engramlab reset NN` brings it back;
- a file of that name that the course never gave: it is the learner's, and treated as touched.
"""

import contextlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engramlab._types import CourseError
from engramlab.course import resources
from engramlab.course.changes import Changes, Log
from engramlab.course.files import digest, explain, free_name, stage, stamp, write_atomic
from engramlab.course.syllabus import find
from engramlab.course.versions import COURSE_VERSION, version_key

FORMAT = 1
MARK = Path(".engramlab") / "workspace.json"
DEFAULT_NAME = "engramlab-work"

_CURE = f"choose another folder, such as `engramlab lab {Path('~') / DEFAULT_NAME}`"
_NOT_A_FILE = "not a file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the workspace knows of one notebook."""

    given: str
    """Content hash of what the course last put under this name; "" if that was never the course."""
    offered: str | None = None
    """Content hash of the newest version that was laid beside a touched notebook."""
    offered_as: str | None = None


@dataclass(slots=True, kw_only=True)
class Workspace:
    """A folder in which a learner works on the course.

    Use `Workspace.create` to make one or to bring one up to date, `Workspace.open` to use one as it
    is.
    """

    folder: Path
    sources: Mapping[str, Path]
    version: str
    made_by: str
    entries: dict[str, Entry]
    changes: Changes

    @classmethod
    def create(
        cls, folder: Path, *, sources: Mapping[str, Path] | None = None, version: str | None = None
    ) -> "Workspace":
        """Make a workspace and copy the course into it; one that exists is opened and refreshed.

        Parameters
        ----------
        folder : Path
            May exist and hold other files: none of them is changed.
        sources : mapping of str to Path, optional
            The pristine folders by name; the course's own by default.
        version : str, optional
            The course version; this package's by default.

        Raises
        ------
        CourseError
            If the folder cannot be used; the sentence says why and what to do.
        """
        folder = Path(folder).expanduser().absolute()
        sources = resources.sources() if sources is None else sources
        _refuse_the_course_itself(folder, sources)
        try:
            known = (folder / MARK).is_file()
            foreign = not known and folder.is_dir() and any(folder.iterdir())
            if not known:
                (folder / MARK).parent.mkdir(parents=True, exist_ok=True)
                write_atomic(folder / MARK, _encode({}, version or COURSE_VERSION))
        except OSError as error:
            raise explain(error, folder, cure=_CURE) from error
        workspace = cls.open(folder, sources=sources, version=version)
        workspace.refresh()
        if foreign:
            note = f"{folder} held files before; they stay as they are."
            workspace.changes = replace(workspace.changes, notes=(note, *workspace.changes.notes))
        return workspace

    @classmethod
    def open(
        cls, folder: Path, *, sources: Mapping[str, Path] | None = None, version: str | None = None
    ) -> "Workspace":
        """Open a workspace as it is, without copying anything.

        Raises
        ------
        CourseError
            If the folder is no workspace, cannot be read, or was made by a newer engramlab.
        """
        folder = Path(folder).expanduser().absolute()
        sources = resources.sources() if sources is None else sources
        try:
            text = (folder / MARK).read_bytes()
        except FileNotFoundError:
            raise CourseError(
                f"{folder} is not a course workspace. `engramlab lab` makes one."
            ) from None
        except OSError as error:
            raise explain(error, folder, cure=_CURE) from error
        entries, made_by, notes = _decode(text, folder)
        return cls(
            folder=folder,
            sources=sources,
            version=version or COURSE_VERSION,
            made_by=made_by or version or COURSE_VERSION,
            entries=entries,
            changes=Changes(notes=notes),
        )

    def refresh(self) -> Changes:
        """Bring the workspace up to date by the rules of this module; return what was done.

        Raises
        ------
        CourseError
            If the disk is full or the folder may not be written. What was done until then is sound,
            and the next refresh goes on from there.
        """
        notes = self.changes.notes
        if version_key(self.made_by) > version_key(self.version):
            note = (
                f"This workspace holds the course {self.made_by}, newer than this engramlab "
                f"{self.version}, so nothing in it was changed; `pip install --upgrade engramlab` "
                "brings the newer one."
            )
            self.changes = Changes(notes=(*notes, note))
            return self.changes
        log = Log()
        try:
            for name, source in self._pristine():
                self._refresh_one(name, source.read_bytes(), log)
            self._save()
        except OSError as error:
            with contextlib.suppress(OSError):
                self._save()
            raise explain(error, self.folder, cure=_CURE) from error
        self.made_by = self.version
        self.changes = log.changes(notes)
        return self.changes

    def reset(self, lesson: str | int, *, only: str | None = None) -> Changes:
        """Put the pristine notebooks of one lesson in place; move the learner's copies aside.

        Parameters
        ----------
        lesson : str or int
            Number or stem.
        only : {"lessons", "exercises"}, optional
            Reset one of the two notebooks; both by default.

        Raises
        ------
        CourseError
            If this version of the course has no such notebook, or the disk refuses. Then the
            learner's copy is where it was.
        """
        stem = find(lesson).stem
        chosen = {
            name: source
            for name, source in self._pristine()
            if source.stem == stem and only in (None, name.partition("/")[0])
        }
        if not chosen:
            what = f"no {only}" if only else "no notebook"
            raise CourseError(f"This version of the course has {what} for {stem} yet.")
        log = Log()
        try:
            for name, source in chosen.items():
                self._reset_one(name, source.read_bytes(), log)
            self._save()
        except OSError as error:
            raise explain(error, self.folder, cure=_CURE) from error
        self.changes = log.changes(())
        return self.changes

    def notebook(self, kind: str, lesson: str | int) -> Path:
        """Return the path of a lesson or an exercise, whether or not it is there."""
        return self.folder / kind / f"{find(lesson).stem}.ipynb"

    def _pristine(self) -> list[tuple[str, Path]]:
        return [
            (f"{kind}/{path.name}", path)
            for kind, folder in self.sources.items()
            for path in sorted(folder.glob("*.ipynb"))
            if not path.name.startswith(".")
        ]

    def _refresh_one(self, name: str, data: bytes, log: "Log") -> None:
        path, new, entry = self.folder / name, digest(data), self.entries.get(name)
        mine = _content(path)
        if mine == new:
            self.entries[name] = Entry(given=new)
        elif mine is None and entry is not None and entry.given:
            log.deleted.append(name)
        elif mine is None:
            path.parent.mkdir(exist_ok=True)
            write_atomic(path, data)
            self.entries[name] = Entry(given=new)
            log.added.append(name)
        elif entry is not None and mine == entry.given:
            write_atomic(path, data)
            self.entries[name] = Entry(given=new)
            log.refreshed.append(name)
        else:
            self._offer(name, data, log)

    def _offer(self, name: str, data: bytes, log: "Log") -> None:
        """Lay a new version beside a touched notebook, once; it replaces an untouched older one."""
        new = digest(data)
        entry = self.entries.get(name)
        if entry is None:  # a file of this name that the course never gave
            entry = Entry(given="")
        if new in (entry.given, entry.offered):
            return
        path = self.folder / name
        beside = path.with_name(f"{path.stem}.course-{self.version}{path.suffix}")
        if _content(beside) != new:  # equal after a kill between the copy and the record of it
            older = None if entry.offered_as is None else path.with_name(entry.offered_as)
            stale = older is not None and _content(older) == entry.offered
            if not (stale and older == beside):
                beside = free_name(beside)
            write_atomic(beside, data)
            if stale and older is not None and older != beside:
                older.unlink()
        self.entries[name] = replace(entry, offered=new, offered_as=beside.name)
        log.beside.append((name, f"{name.partition('/')[0]}/{beside.name}"))

    def _reset_one(self, name: str, data: bytes, log: "Log") -> None:
        path, new, entry = self.folder / name, digest(data), self.entries.get(name)
        mine = _content(path)
        if mine != new:
            path.parent.mkdir(exist_ok=True)
            fresh = stage(path, data)
            try:
                if mine is not None and (entry is None or mine != entry.given):
                    kept = free_name(path.with_name(f"{path.stem}.mine-{stamp()}{path.suffix}"))
                    path.replace(kept)
                    log.aside.append((name, f"{name.partition('/')[0]}/{kept.name}"))
                fresh.replace(path)
            except BaseException:
                with contextlib.suppress(OSError):
                    fresh.unlink()
                raise
            if not log.aside or log.aside[-1][0] != name:
                log.refreshed.append(name) if mine is not None else log.added.append(name)
        else:
            log.notes.append(f"{name} is as the course gives it already.")
        self.entries[name] = Entry(given=new)

    def _save(self) -> None:
        write_atomic(self.folder / MARK, _encode(self.entries, self.version))


def find_workspace(start: Path) -> Path | None:
    """Return the nearest workspace at or above `start`, or None."""
    start = Path(start).expanduser().absolute()
    for folder in (start, *start.parents):
        try:
            if (folder / MARK).is_file():
                return folder
        except OSError:
            continue
    return None


def locate(start: Path, named: Path | None = None) -> Path:
    """Return the workspace that a command means: the one named, the one around, the default one.

    Raises
    ------
    CourseError
        If there is none; the sentence says how to make one.
    """
    if named is not None:
        return Workspace.open(named, sources={}).folder
    around = find_workspace(start)
    if around is not None:
        return around
    default = Path(start).absolute() / DEFAULT_NAME
    if find_workspace(default) == default:
        return default
    raise CourseError(
        f"There is no course workspace in {Path(start).absolute()}. `engramlab lab` makes one; if "
        "yours is elsewhere, name it with --workspace FOLDER."
    )


def _content(path: Path) -> str | None:
    """Return the content hash, None where nothing lies, or a mark for what is not a file."""
    if not os.path.lexists(path):
        return None
    if not path.is_file():
        return _NOT_A_FILE
    return digest(path.read_bytes())


def _refuse_the_course_itself(folder: Path, sources: Mapping[str, Path]) -> None:
    for kind, source in sources.items():
        if (folder / kind).resolve() == source.resolve():
            raise CourseError(
                f"{folder} holds the course's own pristine notebooks, so your work would mix with "
                f"them; choose another folder, such as `engramlab lab {DEFAULT_NAME}`."
            )


def _encode(entries: Mapping[str, Entry], version: str) -> bytes:
    files = {
        name: {"given": one.given, "offered": one.offered, "offered_as": one.offered_as}
        for name, one in entries.items()
    }
    record = {"format": FORMAT, "course": version, "files": files}
    return (json.dumps(record, indent=1, sort_keys=True) + "\n").encode()


def _decode(text: bytes, folder: Path) -> tuple[dict[str, Entry], str | None, tuple[str, ...]]:
    """Read workspace.json; a broken one is kept under another name and every notebook spared."""
    try:
        record: Any = json.loads(text)
        number = record["format"]
        if isinstance(number, int) and number > FORMAT:
            raise CourseError(
                f"{folder} was made by a newer engramlab ({record.get('course', 'unknown')}; this "
                f"is {COURSE_VERSION}). Run `pip install --upgrade engramlab`, or {_CURE}."
            )
        entries = {
            str(name): Entry(
                given=one["given"], offered=one["offered"], offered_as=one["offered_as"]
            )
            for name, one in record["files"].items()
        }
        return entries, str(record["course"]), ()
    except CourseError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        broken = free_name(folder / MARK.with_name(f"workspace.broken-{stamp()}.json"))
        with contextlib.suppress(OSError):
            broken.write_bytes(text)
        note = (
            f"{MARK.as_posix()} could not be read; it is kept as {broken.name}, and every notebook "
            "that differs from the course's counts as your work."
        )
        return {}, None, (note,)
