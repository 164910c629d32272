"""What the teacher adds by hand: points for the free text, and a word on what needs a human.

Both are entered in a small file of their own beside the gradebook. Grading again keeps every entry,
adds a row for each new learner, and says where something was handed in anew after it was marked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from engramlab.course.checks import Item
from engramlab.course.checks._items import RUBRIC
from engramlab.course.grading import results
from engramlab.course.grading.entries import (
    ALL,
    LEARNER,
    RE_MARKED,
    VERSION,
    Row,
    Sheet,
    version_of,
)
from engramlab.course.grading.results import Result
from engramlab.course.grading.sheets import number, unquoted
from engramlab.course.grading.showing import one_row

FREE_TEXT = "free_text.csv"
BY_HAND = "by_hand.csv"
OPEN, MARKED, CHANGED = "to be marked", "marked", "changed since it was marked"
NOT_ATTEMPTED, UNREAD = "not attempted", "could not be read"
RE_MARK = f'look again, then empty the cell under "{VERSION}"'
KEEP = "ok"
"""What a teacher enters to let the machine's points stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a learner stands once the teacher's entries are counted in; None is open, never zero.

    Parameters
    ----------
    status : str
        That of the result, or "settled by hand".
    total, bonus : float or None
        Points for the functions, and for the stretch on top.
    maximum : float
        Full marks for the functions.
    given : mapping of str to float
        Points that the teacher gave instead of the machine, by item.
    reason : str
        The teacher's word on that.
    text : str
        Whether the free text is marked, open, or why there is none.
    lines : tuple of bool
        Which lines of the rubric it meets; empty while it is open.
    comment : str
        The teacher's comment.
    is_open : bool
        Whether a human still has to look at the functions.
    """

    status: str
    total: float | None
    bonus: float | None
    maximum: float
    text: str
    is_open: bool
    given: Mapping[str, float] = field(default_factory=dict)
    reason: str = ""
    lines: tuple[bool, ...] = ()
    comment: str = ""

    @property
    def text_points(self) -> float | None:
        """Points for the free text; 0 where none was handed in, which `text` then says."""
        if self.lines:
            return float(sum(self.lines))
        return 0.0 if self.text == NOT_ATTEMPTED else None

    @property
    def final(self) -> float | None:
        """All points together, the stretch included."""
        if self.is_open or self.total is None or self.text_points is None:
            return None
        return self.total + (self.bonus or 0.0) + self.text_points

    @property
    def why_open(self) -> str:
        """What keeps the functions' points open, in a few words; "" where nothing does."""
        if not self.is_open:
            return ""
        return self.status if self.status != results.GRADED else f"to settle in {BY_HAND}"

    @property
    def full(self) -> float:
        """Full marks for functions and free text; the stretch comes on top."""
        return self.maximum + len(RUBRIC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """All standings by learner, and a sentence for each entry that cannot be used.

    `rows` says in which row of the file of free texts a learner stands.
    """

    standings: Mapping[str, Standing]
    problems: tuple[str, ...]
    rows: Mapping[str, int]


def by_machine(result: Result) -> Standing:
    """Return where a learner stands before the teacher has entered anything."""
    text = result["free_text"]
    unread = text is None or (not text and not result["items"])
    is_there = text or beside(result)
    return Standing(
        status=result["status"],
        total=result["total"],
        bonus=result["bonus"],
        maximum=result["maximum"],
        text=UNREAD if unread else OPEN if is_there else NOT_ATTEMPTED,
        is_open=result["status"] != results.GRADED,
    )


def beside(result: Result) -> str:
    """Return a sentence on what was handed in beside the notebook, "" where nothing was."""
    names = [one_row(name, 80) for name in result["beside"]]
    return f"there is also {', '.join(names)}" if names else ""


def merge(
    out: Path, kept: Sequence[Result], items: Sequence[Item], *, update: bool = False
) -> Marks:
    """Count the teacher's entries in.

    Parameters
    ----------
    out : Path
        The folder with the teacher's files.
    kept : sequence of Result
        Sorted by learner.
    items : sequence of Item
        The exercise's graded items.
    update : bool
        Complete the files with the learners who are new; otherwise they are only read.
    """
    standings = {result["learner"]: by_machine(result) for result in kept}
    words = _free_text(out, kept, standings)
    hands = _by_hand(out, kept, items, standings)
    if update:
        words.save()
        hands.save()
    problems = (*words.problems, *hands.problems)
    return Marks(standings=standings, problems=problems, rows=words.numbers())


def _free_text(out: Path, kept: Sequence[Result], standings: dict[str, Standing]) -> Sheet:
    rubric = (f"{line} (0 or 1)" for line in RUBRIC)
    heads = (LEARNER, *rubric, "comment", "note", f"{VERSION} ({RE_MARKED})")
    sheet = Sheet(out / FREE_TEXT, standings, heads, ("note", VERSION))
    mixed: set[str] = set()
    for result in kept:
        learner = result["learner"]
        standing = standings[learner]
        if sheet.is_broken:
            standings[learner] = replace(standing, text=OPEN)
            continue
        version = version_of(result["free_text"] or "", *result["beside"])
        rows = sheet.of(learner)
        state = "" if standing.text == OPEN else standing.text
        note = "; ".join(part for part in (state, beside(result)) if part)
        if not rows:
            sheet.add(learner, note=note, version=version)
            continue
        row = _only(sheet, rows)
        if row is None:
            mixed.update(sheet.alike(learner))
            continue
        marked = _marked(sheet, row, standing)
        if sheet.is_stale(row, version):
            sheet.complain(row, f"has a text that has {CHANGED}; {RE_MARK}")
            marked = replace(standing, text=CHANGED)
            note = f"the text has {CHANGED}"
        else:
            sheet.put(row, VERSION, version)
        sheet.put(row, "note", note)
        standings[learner] = marked
    for learner in mixed:
        standings[learner] = replace(standings[learner], text=OPEN, lines=())
    return sheet


def _only(sheet: Sheet, rows: list[Row]) -> Row | None:
    """Return the row of a learner that counts; None if there are two, and one has entries."""
    if len(rows) > 1 and any(row.is_typed for row in rows):
        sheet.complain_of(rows)
        return None
    return rows[0]


def _marked(sheet: Sheet, row: Row, standing: Standing) -> Standing:
    """Return a standing with the rubric and the comment of a row."""
    standing = replace(standing, comment=unquoted(sheet.cell(row, "comment")))
    cells = [sheet.cell(row, line) for line in RUBRIC]
    for line, cell in zip(RUBRIC, cells, strict=True):
        if cell and number(cell) not in (0.0, 1.0):
            sheet.complain(row, f'has "{one_row(cell, 40)}" under "{line}"; enter 0 or 1 there')
    lines = tuple(number(cell) == 1.0 for cell in cells if number(cell) in (0.0, 1.0))
    if len(lines) == len(RUBRIC):
        return replace(standing, text=MARKED, lines=lines)
    return replace(standing, text=OPEN) if any(cells) else standing


def _by_hand(
    out: Path, kept: Sequence[Result], items: Sequence[Item], standings: dict[str, Standing]
) -> Sheet:
    heads = (
        LEARNER,
        "why",
        f"item ({', '.join((ALL, *(item.name for item in items)))})",
        f"points (a number, or {KEEP}: the machine's stand)",
        "reason (the learner reads it)",
        f"{VERSION} ({RE_MARKED})",
    )
    sheet = Sheet(out / BY_HAND, standings, heads, ("why", VERSION))
    mixed: set[str] = set()
    for result in kept:
        learner = result["learner"]
        standing = standings[learner]
        if sheet.is_broken:
            standings[learner] = replace(standing, is_open=True)
            continue
        version = version_of(result["notebook"])
        why = one_row(result["status"]) if standing.is_open else ""
        rows = sheet.of(learner)
        if standing.is_open and not rows:
            sheet.add(learner, why=why, item=ALL, version=version)
        typed = [row for row in rows if row.is_typed]
        is_stale = any(sheet.is_stale(row, version) for row in typed)
        if is_stale:
            sheet.complain(typed[0], f"has handed in anew since you decided; {RE_MARK}")
        for row in rows:
            sheet.put(
                row,
                "why",
                f"changed since you decided: {one_row(result['status'])}" if is_stale else why,
            )
            if not is_stale:
                sheet.put(row, VERSION, version)
        if is_stale:
            standings[learner] = replace(standing, is_open=True)
        elif typed and any(_only(sheet, same) is None for same in _by_item(sheet, rows)):
            mixed.update(sheet.alike(learner))
        elif typed:
            standings[learner] = _settled(sheet, typed, result, items, standing)
    for learner in mixed:
        standings[learner] = replace(standings[learner], is_open=True, given={})
    return sheet


def _by_item(sheet: Sheet, rows: list[Row]) -> Iterable[list[Row]]:
    """Return the rows of a learner that are about the same item."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(_item(sheet, row), []).append(row)
    return groups.values()


def _item(sheet: Sheet, row: Row) -> str:
    return sheet.cell(row, "item").casefold() or ALL


def _settled(
    sheet: Sheet, rows: list[Row], result: Result, items: Sequence[Item], standing: Standing
) -> Standing:
    """Return a standing with the teacher's points in the place of the machine's."""
    given: dict[str, float] = {}
    most = {item.name: float(item.points) for item in items} | {ALL: float(result["maximum"])}
    is_good, reasons = True, []
    for row in rows:
        name = _item(sheet, row)
        item = next((each for each in most if each.casefold() == name), None)
        points = number(cell := sheet.cell(row, "points"))
        if reason := unquoted(sheet.cell(row, "reason")):
            reasons.append(reason)
        if item is None:
            sheet.complain(row, f'has the item "{one_row(name, 40)}"; enter {", ".join(most)}')
        elif not cell:
            sheet.complain(row, f"has no points; enter a number, or {KEEP}")
        elif cell.casefold() == KEEP and item == ALL and result["total"] is not None:
            continue
        elif points is None or points > most[item]:
            told = f'has "{one_row(cell, 40)}" for {item}; enter a number from 0 to {most[item]:g}'
            kept = f", or {KEEP}" if item == ALL and result["total"] is not None else ""
            sheet.complain(row, told + kept)
        else:
            given[item] = points
            continue
        is_good = False
    points_of = {v["item"]: v["points"] for v in result["items"]} | given
    lacking = [i.name for i in items if not i.stretch and i.name not in points_of]
    singles = [i.name for i in items if not i.stretch and i.name in given]
    if is_good and ALL in given and singles:
        sheet.complain(rows[0], f"has points for {ALL} and for {singles[0]}; keep one of them")
        is_good = False
    if is_good and lacking and ALL not in given:
        sheet.complain(rows[0], f"lacks points for {', '.join(lacking)}; or enter them for {ALL}")
        is_good = False
    if not is_good:
        return replace(standing, is_open=True)
    functions = sum(points_of[i.name] for i in items if not i.stretch and i.name in points_of)
    return replace(
        standing,
        status="settled by hand",
        total=given.get(ALL, functions),
        bonus=sum(points_of.get(item.name, 0.0) for item in items if item.stretch),
        given=given,
        reason="; ".join(reasons),
        is_open=False,
    )
