"""The claims ledger: every number that a lesson states, where it comes from and what holds it.

A lesson quotes a row by its id, ``[C-T2]``. A published row names its source and how it is known
(`read` in the paper, `secondary` in somebody else's words, `recalled` from memory and therefore
written without a number). A model row names the test that measures it again at every run.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from engramlab._types import CourseError

QUOTE = re.compile(r"\bC-[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
KINDS = ("published", "model")
KNOWN = ("read", "secondary", "recalled", "measured")
STATUS = ("built in", "tuned", "emerged")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One row of the ledger.

    Attributes
    ----------
    id : str
        What a lesson quotes, `C-` and then the id of the sources page.
    sentence : str
        What the course may say, in full.
    kind : str
        `published` or `model`.
    known : str
        `read`, `secondary` or `recalled` for a published row, `measured` for a model row.
    source : str
        Authors, year and journal; empty for a model row.
    doi : str
        Without the resolver; empty where it has not been seen in print.
    where : str
        Page, equation, table or figure; for a model row, the network and the number of seeds.
    value : tuple of float
        The numbers of the sentence, in its order.
    unit : str
        Of `value`.
    tolerance : float or None
        How far the model may be from `value`, in the same unit; None for a published row.
    status : str
        `built in`, `tuned` or `emerged` for a model row, else empty.
    test : str
        The pytest node that measures a model row, else empty.
    note : str
        What must be said with it.
    """

    id: str
    sentence: str
    kind: str
    known: str
    source: str = ""
    doi: str = ""
    where: str = ""
    value: tuple[float, ...] = ()
    unit: str = ""
    tolerance: float | None = None
    status: str = ""
    test: str = ""
    note: str = ""

    @property
    def reference(self) -> str:
        """The source in one line, with its DOI where there is one."""
        if self.kind == "model":
            return f"engramlab, this course's own measurement: {self.where}"
        return f"{self.source}. https://doi.org/{self.doi}" if self.doi else f"{self.source}."

    def agrees(self, measured: float, index: int = 0) -> bool:
        """Return whether a measured number lies within the tolerance of `value[index]`."""
        if self.tolerance is None:
            raise CourseError(f"{self.id} is a published row: it has no tolerance to agree with")
        return abs(measured - self.value[index]) <= self.tolerance


def _row(entry: dict[str, Any]) -> Claim:
    value = entry.pop("value", [])
    numbers = value if isinstance(value, list) else [value]
    return Claim(value=tuple(float(number) for number in numbers), **entry)


@cache
def claims() -> tuple[Claim, ...]:
    """Return all rows of the ledger, in the order of the file."""
    text = (files("engramlab") / "data" / "claims.toml").read_text(encoding="utf-8")
    return tuple(_row(entry) for entry in tomllib.loads(text)["claim"])


def claim(claim_id: str) -> Claim:
    """Return the row with this id.

    Raises
    ------
    CourseError
        If the ledger has no such row; the sentence names those that come nearest.
    """
    rows = {row.id: row for row in claims()}
    if claim_id not in rows:
        stem = claim_id[:4].lower()
        near = [name for name in rows if name.lower().startswith(stem)] or list(rows)
        raise CourseError(
            f"the ledger has no row {claim_id!r}; near it are {', '.join(near[:8])}. "
            "Add the row to engramlab/data/claims.toml with its source"
        )
    return rows[claim_id]


def quoted(text: str) -> list[str]:
    """Return the claim ids that a text quotes, each once, in order of appearance.

    Examples
    --------
    >>> quoted("About 0.15 N [C-T1], later 0.138 [C-T12, C-T1].")
    ['C-T1', 'C-T12']
    """
    return list(dict.fromkeys(QUOTE.findall(text)))
