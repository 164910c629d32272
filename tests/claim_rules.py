"""The rule of the claims ledger, read off a text: which numbers need a row, and whether they agree.

Free of a row are digits in `code`, in $math$, in a heading, a table or a year in brackets, the
number of a lesson or an exercise, minutes, an id itself, and a paragraph that begins with "Worked
value", which is arithmetic that anybody can repeat by hand. A number alone between dollar signs is
free too, but where its sentence quotes a row it must agree with that row.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engramlab.course.claims import Claim, quoted

FENCE = re.compile(r"^(```|~~~).*?^\1", re.M | re.S)
DISPLAY = re.compile(r"\$\$.*?\$\$", re.S)
BARE_MATH = re.compile(r"\$(\d+(?:\.\d+)?)((?:\\,)?\\%)?\$")
INLINE = re.compile(r"\$[^$\n]+\$")
CODE = re.compile(r"`[^`]*`")
COMMENT = re.compile(r"^### (BEGIN|END) SOLUTION$", re.M)
WORKED = re.compile(r"^\*\*Worked value\.\*\*.*?(?=\n\s*\n|\Z)", re.M | re.S)
TAG = re.compile(r"<[^>]*>")
LINK = re.compile(r"\]\([^)]*\)")
YEARS = re.compile(r"\([^()]*\b(1[5-9]|20)\d\d[^()]*\)|\b(in|of|from) (1[5-9]|20)\d\d\b")
LESSON = re.compile(
    r"\b(lessons?|exercises?|predictions?|loops?|questions?|steps?|parts?)\s+"
    r"\d+(\s*(,|and|to|or|-|–)\s*\d+)*",
    re.I,
)
MINUTES = re.compile(r"\d+\s*(\+\s*\d+\s*)?min(ute)?s?\b", re.I)
STEM = re.compile(r"\b\d\d_[a-z_]+")
NAMES = re.compile(r"\bC-[A-Za-z0-9-]+|\b[A-Za-z]+\d+\b|CC BY(-SA)? \d\.\d")
ITEM = re.compile(r"^\s*\d+\.\s", re.M)
NOT_A_STOP = re.compile(r"\b(e\.g|i\.e|et al|Fig|cf|vs)\.")
GROUPED = re.compile(r"(?<![\d.])\d{1,3}(?:[ ,]\d{3})+(?![\d.])")  # 1 000 or 1,000
NUMBER = re.compile(r"(\d+(?:\.\d+)?)(\s*%)?")


@dataclass(frozen=True)
class Number:
    """A number as printed, and whether a per-cent sign follows."""

    text: str
    percent: bool = False

    @property
    def decimals(self) -> int:
        return len(self.text.partition(".")[2])

    def prints(self, value: float) -> bool:
        """Whether `value`, rounded to the digits printed, is this number, and not far from it."""
        printed, value = float(self.text), abs(value)
        near = abs(value - printed) <= 0.5 * 10**-self.decimals + 1e-12
        return near and abs(value - printed) <= 0.1 * value

    def __str__(self) -> str:
        return f"{self.text} %" if self.percent else self.text


def prose(source: str) -> str:
    """The markdown without what may hold numbers freely; a bare number in $ $ is kept as `<3>`."""
    for pattern in (FENCE, DISPLAY, CODE, COMMENT, WORKED):
        source = pattern.sub(" ", source)
    lines = ["" if one.strip().startswith(("#", "|")) else one for one in source.splitlines()]
    text = TAG.sub(" ", LINK.sub("]", "\n".join(lines)))
    text = BARE_MATH.sub(lambda found: f"<{found[1]}{' %' if found[2] else ''}>", text)
    text = INLINE.sub(" ", text)
    return ITEM.sub("", NOT_A_STOP.sub(lambda found: found.group()[:-1], text))


def sentences(source: str) -> list[str]:
    """Sentences of the prose: a paragraph or a list item, split at full stops."""
    parts = re.split(r"\n\s*\n|\n\s*[-*+]\s", prose(source))
    found = []
    for part in parts:
        joined = " ".join(part.split())
        # an id in brackets after the full stop still belongs to the sentence before it
        joined = re.sub(r"([.!?])(\s*\[C-[^\]]*\])", r"\2\1", joined)
        found += re.split(r"(?<=[.!?:])\s+(?=[A-Z\"“*(])", joined)
    return [each for each in found if each]


def numbers(sentence: str, *, math: bool = False) -> list[Number]:
    """The numbers that need a row; with `math` also those that stand alone between dollar signs."""
    sentence = re.sub(r"<([\d.]+(?: %)?)>", r"\1" if math else " ", sentence)
    if MINUTES.search(sentence):
        sentence = re.sub(r"\b\d+ more\b", " ", sentence)  # "20 minutes, 10 more if ..."
    for pattern in (YEARS, LESSON, MINUTES, STEM, NAMES):
        sentence = pattern.sub(" ", sentence)
    sentence = GROUPED.sub(lambda found: re.sub("[ ,]", "", found.group()), sentence)
    return [Number(text, bool(sign)) for text, sign in NUMBER.findall(sentence)]


def held(number: Number, row: Claim) -> bool:
    """Whether a row holds a number: among its values, or printed in its sentence.

    Per cent agree with per cent, and with a row whose unit is a share or a probability, times 100.
    """
    if any(number.percent == other.percent and number.prints(float(other.text))
           for other in numbers(row.sentence)):  # fmt: skip
        return True
    units = [unit.strip() for unit in row.unit.split(",")]
    units = units if len(units) == len(row.value) else [row.unit] * len(row.value)
    for value, unit in zip(row.value, units, strict=True):
        if number.percent and unit.startswith(("share", "probability")):
            value = 100 * value
        elif number.percent != unit.startswith("%"):
            continue
        if number.prints(value):
            return True
    return False


def disagreements(sentence: str, rows: Iterable[Claim], free: Iterable[float] = ()) -> list[str]:
    """The numbers of a sentence that none of its rows holds."""
    rows, free = list(rows), list(free)
    names = ", ".join(row.id for row in rows) or "any claim"
    return [
        f"{number} is not in {names}: {sentence!r}"
        for number in numbers(sentence, math=True)
        if float(number.text) not in free and not any(held(number, row) for row in rows)
    ]


def faults(sources: list[str], ledger: Mapping[str, Claim]) -> list[str]:
    """Every breach of the rule in a notebook's markdown cells."""
    found = []
    for source in sources:
        unknown = [claim_id for claim_id in quoted(source) if claim_id not in ledger]
        found += [f"{claim_id} has no row in the ledger" for claim_id in unknown]
        for sentence in sentences(source):
            rows = [ledger[each] for each in quoted(sentence) if each in ledger]
            found += sentence_faults(sentence, rows, cited=bool(quoted(sentence)))
    return found


def sentence_faults(sentence: str, rows: list[Claim], *, cited: bool) -> list[str]:
    """Every breach of the rule in one sentence that quotes `rows`."""
    printed = numbers(sentence)
    if printed and not cited:
        return [f"{', '.join(map(str, printed))} without an id: {sentence!r}"]
    found = disagreements(sentence, rows) if rows else []
    if printed and rows and all(row.known == "recalled" for row in rows):
        found.append(f"a recalled claim with a number: {sentence!r}")
    unsure = [row for row in rows if row.known == "secondary" and row.value]
    if printed and len(unsure) == len(rows) > 0 and "about" not in sentence.lower():
        found.append(f"a second-hand number without 'about': {sentence!r}")
    return found
