"""The result of one submission: what it holds, and how it is kept.

A result holds no clock, no duration, no path and no name of a machine, so that grading the same
notebooks again gives the same files byte for byte.
"""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engramlab.course.checks import Item, Outcome, Verdict
from engramlab.course.files import free_name, write_atomic
from engramlab.course.versions import COURSE_VERSION

FORMAT = 1
GRADED = "graded"
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
    }


def _plain(verdict: Verdict) -> dict[str, Any]:
    return {name: str(v) if isinstance(v, Outcome) else v for name, v in asdict(verdict).items()}


def path_of(out: Path, learner: str) -> Path:
    """Return the file of a learner's result."""
    return out / "results" / f"{learner}.json"


def load(path: Path) -> Result | None:
    """Return a kept result, or None when there is none or it is broken."""
    try:
        result = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return result if isinstance(result, dict) and result.get("format") == FORMAT else None


def still_holds(result: Result | None, digest: str, class_key: str, sandbox: str) -> bool:
    """Return whether a kept result is of this very notebook, course version, key and sandbox."""
    wanted = {
        "notebook": digest,
        "course_version": COURSE_VERSION,
        "class_key": class_key,
        "sandbox": sandbox,
    }
    return result is not None and bool(digest) and wanted.items() <= result.items()


def keep(out: Path, result: Result) -> Path:
    """Write a result whole or not at all; a different earlier one is put aside first."""
    path = path_of(out, result["learner"])
    text = json.dumps(result, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    data = text.encode("utf-8", "replace")
    if path.exists():
        before = path.read_bytes()
        if before == data:
            return path
        aside = free_name(out / "results" / "previous" / path.name)
        aside.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(aside, before)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, data)
    return path
