"""The result of one submission: what it holds, and how it is kept.

A result holds no clock, no duration, no path and no name of a machine, so that grading the same
notebooks again gives the same files byte for byte.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from engramlab._types import CourseError
from engramlab.course.checks import Item, Outcome, Verdict
from engramlab.course.files import digest as digest_of
from engramlab.course.files import remove_leftovers, write_atomic
from engramlab.course.grading.platforms import Platform
from engramlab.course.versions import COURSE_VERSION

FORMAT = 1
GRADED = "graded"
CHECKSUM = "checksum"
"""Stands in the file of a result only."""
OURS = ("The check itself", "The learner's process did not start")
"""How the message of a crash begins that is no fault of the learner."""
Result = dict[str, Any]


def seed_of(exercise: str, item: str, class_key: str) -> int:
    """Return the seed of an item's questions: the same for every learner of a class."""
    text = "|".join((exercise, item, COURSE_VERSION, class_key))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big")


def make(
    learner: str,
    exercise: str,
    *,
    items: tuple[Item, ...],
    verdicts: list[Verdict],
    reasons: list[str],
    digest: str,
    text: str,
    class_key: str,
    sandbox: str,
    platform: Platform | None = None,
    beside: tuple[str, ...] = (),
    handed_in_as: tuple[str, str] = ("", ""),
) -> Result:
    """Return the record of one submission; without verdicts its points stay open, not zero."""
    by_hand = not verdicts
    counted = [(item, verdict) for item, verdict in zip(items, verdicts, strict=not by_hand)]
    return {
        "format": FORMAT,
        "learner": learner,
        "exercise": exercise,
        "course_version": COURSE_VERSION,
        "class_key": class_key,
        "notebook": digest,
        "sandbox": sandbox,
        "status": f"needs a human ({'; '.join(reasons)})" if reasons else GRADED,
        "items": [_plain(verdict) for verdict in verdicts],
        "total": None if by_hand else sum(v.points for i, v in counted if not i.stretch),
        "bonus": None if by_hand else sum(v.points for i, v in counted if i.stretch),
        "maximum": sum(item.points for item in items if not item.stretch),
        "free_text": text,
        "platform": plain_platform(platform),
        "beside": list(beside),
        "handed_in_as": list(handed_in_as),
    }


def plain_platform(platform: Platform | None) -> dict[str, str] | None:
    """Return what a result says of the learner on a learning platform."""
    return None if platform is None else asdict(platform)


def _plain(verdict: Verdict) -> dict[str, Any]:
    return {name: str(v) if isinstance(v, Outcome) else v for name, v in asdict(verdict).items()}


def path_of(out: Path, learner: str) -> Path:
    """Return the file of a learner's result."""
    return out / "results" / f"{learner}.json"


def prepare(out: Path) -> None:
    """Make the folders of the results and remove what an earlier run left half-written there.

    Raises
    ------
    CourseError
        If one of the folders is a link, so that results would lie elsewhere.
    OSError
        If a folder cannot be made.
    """
    for folder in (out / "results", out / "results" / "previous", out / "feedback"):
        if folder.is_symlink():
            raise CourseError(
                f"{folder} is a link to {folder.readlink()}; what comes out would lie there. "
                "Remove the link, or choose another folder."
            )
    for folder in (out / "results", out / "feedback"):
        folder.mkdir(parents=True, exist_ok=True)
    for folder in (out, out / "feedback", *_folders(out / "results")):
        remove_leftovers(folder)


def _folders(folder: Path) -> Iterator[Path]:
    """Give a folder and all below it."""
    yield folder
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            yield from _folders(path)


def load(path: Path) -> Result | None:
    """Return a kept result, or None when there is none or it is not whole.

    Raises
    ------
    OSError
        If there is one that cannot be read.
    """
    try:
        result = json.loads(path.read_bytes())
        if not isinstance(result, dict) or result.pop(CHECKSUM, "") != _checksum(result):
            return None
    except FileNotFoundError:
        return None
    except (ValueError, RecursionError):
        return None
    return result if _is_whole(result) and result["learner"] == path.stem else None


def load_all(out: Path) -> list[Result]:
    """Return the whole results in a folder, sorted by learner."""
    loaded = [load(path) for path in (out / "results").glob("*.json")]
    return sorted((r for r in loaded if r is not None), key=lambda r: str(r["learner"]))


def names_given(out: Path) -> dict[tuple[str, str], str]:
    """Return the names that learners have in a folder's results, by what they handed in as."""
    given = {}
    for result in load_all(out):
        name, file = result["handed_in_as"]
        given[name or result["learner"], file or result["learner"]] = result["learner"]
    return given


def pass_on(out: Path, present: Mapping[str, Result]) -> list[tuple[str, str, Path]]:
    """Put aside the results of those who had a platform's number that is another learner's now.

    Parameters
    ----------
    out : Path
        Where the results lie.
    present : mapping of str to Result
        The results of all who handed in something; they stay.

    Returns
    -------
    list of (str, str, Path)
        The earlier name, the name now, and where the earlier result lies; its page lies beside it.
    """
    now = {_number(result): learner for learner, result in present.items() if result["platform"]}
    moved = []
    for other in load_all(out) if now else []:
        owner = now.get(_number(other))
        if owner is None or other["learner"] in present:
            continue
        path = path_of(out, other["learner"])
        aside = _put_aside(path, path.read_bytes())
        page = out / "feedback" / f"{path.stem}.html"
        if page.is_file() and not page.is_symlink():
            page.replace(aside.with_suffix(".html"))
        path.unlink()
        moved.append((other["learner"], owner, aside))
    return moved


def _number(result: Result) -> tuple[str, str]:
    """Return whose number on which platform a result is, two empty words for none."""
    known = result["platform"] or {"system": "", "id": ""}
    return known["system"], known["id"]


KINDS: dict[str, Any] = {
    "learner": str,
    "exercise": str,
    "course_version": str,
    "class_key": str,
    "notebook": str,
    "sandbox": str,
    "status": str,
    "items": list,
    "total": (int, float, type(None)),
    "bonus": (int, float, type(None)),
    "maximum": (int, float),
    "free_text": str,
    "platform": (dict, type(None)),
    "beside": list,
    "handed_in_as": list,
}
"""What each value of a result must be."""


def _is_whole(result: Any) -> bool:
    """Return whether a value is a result as `make` makes it, with points that add up."""
    if not isinstance(result, dict) or result.get("format") != FORMAT:
        return False
    if not all(isinstance(result.get(name), kind) for name, kind in KINDS.items()):
        return False
    if not KINDS.keys() <= result.keys():
        return False
    if not all(isinstance(name, str) for name in result["beside"] + result["handed_in_as"]):
        return False
    if len(result["handed_in_as"]) != 2:
        return False
    if result["platform"] is not None and result["platform"].keys() != _names(Platform):
        return False
    items = result["items"]
    if not all(_is_verdict(item) for item in items):
        return False
    points = [(item["points"], item["max_points"]) for item in items]
    counted = None if not items else sum(p for p, _ in points)
    given = None if result["total"] is None else result["total"] + (result["bonus"] or 0)
    return given == counted and all(0 <= p <= m for p, m in points)


def _is_verdict(item: Any) -> bool:
    """Return whether a value is a verdict as it stands in a result."""
    if not isinstance(item, dict) or item.keys() != _names(Verdict):
        return False
    numbers = {"points", "max_points", "seed"}
    texts = {name: value for name, value in item.items() if name not in numbers}
    return (
        all(type(item[name]) in (int, float) for name in numbers)
        and all(value is None or isinstance(value, str) for value in texts.values())
        and isinstance(texts["message"], str)
        and texts["outcome"] in set(Outcome)
    )


def _names(kind: type) -> set[str]:
    """Return the names of a dataclass's fields."""
    return {field.name for field in fields(kind)}


def still_holds(result: Result | None, digest: str, class_key: str, sandbox: str) -> bool:
    """Return whether a kept result is of this very notebook, course version, key and sandbox.

    What could not be marked by a fault that is not the learner's does not hold.
    """
    wanted = {
        "notebook": digest,
        "course_version": COURSE_VERSION,
        "class_key": class_key,
        "sandbox": sandbox,
    }
    if result is None or not digest or not wanted.items() <= result.items():
        return False
    items = result["items"]
    return bool(items) and not any(item["message"].startswith(OURS) for item in items)


def keep(out: Path, result: Result) -> Path:
    """Write a result whole or not at all; a different earlier one is put aside first."""
    path = path_of(out, result["learner"])
    result = {name: value for name, value in result.items() if name != CHECKSUM}
    result[CHECKSUM] = _checksum(result)
    text = json.dumps(result, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    data = text.encode("utf-8", "backslashreplace")  # half a letter becomes its escape in JSON
    if path.exists():
        before = path.read_bytes()
        if before == data:
            return path
        _put_aside(path, before)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, data)
    return path


def _checksum(result: Result) -> str:
    """Return the checksum of all that a result holds, by which a change by hand is noticed."""
    return digest_of(json.dumps(result, sort_keys=True).encode())


def set_broken_aside(out: Path) -> list[tuple[str, Path]]:
    """Move what is no whole result out of the way; return each learner and where it lies now."""
    moved = []
    for path in sorted((out / "results").glob("*.json")):
        if load(path) is None:
            aside = _put_aside(path, path.read_bytes(), mark="-broken")
            path.unlink()
            moved.append((path.stem, aside))
    return moved


def _put_aside(path: Path, data: bytes, mark: str = "") -> Path:
    """Keep what lay at `path` as the newest of the learner's previous results, once.

    A run may end between this and the writing of the new result; then the newest is there already.
    """
    folder = path.parent / "previous" / path.stem
    folder.mkdir(parents=True, exist_ok=True)
    named = [(re.fullmatch(r"(\d+)(?:-broken)?\.json", p.name), p) for p in folder.iterdir()]
    numbers = {int(match[1]): p for match, p in named if match}
    last = max(numbers, default=0)
    if last and numbers[last].read_bytes() == data:
        return numbers[last]
    aside = folder / f"{last + 1}{mark}.json"
    write_atomic(aside, data)
    return aside
