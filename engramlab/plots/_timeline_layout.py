"""Where the steps of a protocol stand in its picture: one column a step, arms side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from engramlab.ensemble import Step
from engramlab.plots._axes import length_px

_APART, _LEAST = 14, 46  # px: between the words of two steps, and the least width of a step
_GAP = 40  # px between two moments, whatever the time between them
_MOST_SPREAD = 1.6  # a short protocol is drawn at most so much wider than its words need
_GAP_MORE = 84  # px where moments are left out
_REPEATS = 4  # as many equal moments in a row are drawn as the first and the last
_CALLED = {"creb": "CREB"}


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Slot:
    """What each arm does at one place of the picture; None where an arm does nothing."""

    steps: tuple[Step | None, ...]

    def width(self, reading: float) -> float:
        """Return the pixels that its words need, and `reading` if a number stands below them."""
        steps = [step for step in self.steps if step]
        words = max((length_px(line) for step in steps for line in step_words(step)), default=0)
        return max(_LEAST, _APART + words, reading if any(s.reads_out for s in steps) else 0)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Moment:
    """All that is done at one hour; `more` equal moments that follow it are left out."""

    at_hours: float
    slots: tuple[Slot, ...]
    more: int = 0


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Place:
    """A stretch of one moment in one band of the picture."""

    left: float
    moment: Moment
    slots: tuple[Slot, ...]
    middles: tuple[float, ...]
    right: float


def step_words(step: Step) -> list[str]:
    """Return what stands below the mark of a step, in one to three short lines."""
    amount = 0.0 if step.amount is None else step.amount
    who = _CALLED.get(step.who or "", step.who or "")
    match step.kind:
        case "label":
            return ["label", f"in {step.context}"]
        case "encode":
            lit = ["and light", who] if who else []
            event = "" if step.how == "neutral" else f"{step.how}"
            first = ["encode"] if step.how == "neutral" else [event]
            return [*first, f"in {step.context}", *lit]
        case "recall":
            return ["recall", f"in {step.context}"]
        case "drug":
            return ["drug", str(step.how)]
        case "creb":
            return ["CREB", f"{100 * amount:.3g} %"]
        case "remodel":
            return ["remodel", f"{100 * amount:.3g} %"]
        case "replay":
            return ["replay", f"{amount:g} bout{'' if amount == 1 else 's'}"]
        case "light" | "silence":
            return [step.kind, who, f"in {step.context}"]
        case _:
            return [step.kind, *([who] if who else [])]


def moments(arms: Sequence[Sequence[Step]]) -> list[Moment]:
    """Return what the arms do, hour by hour; equal or like steps of two arms share a slot.

    If the last thing is a wait, a moment in which nothing is done stands at its end.
    """
    hours = sorted({step.at_hours for arm in arms for step in arm if step.kind != "wait"})
    found = []
    for hour in hours:
        rows = [
            [step for step in arm if step.at_hours == hour and step.kind != "wait"] for arm in arms
        ]
        found.append(Moment(at_hours=hour, slots=_aligned(rows)))
    found = _thinned(found)
    end = max(arm[-1].at_hours + _waited(arm[-1]) for arm in arms)
    if not hours or end > hours[-1]:
        found.append(Moment(at_hours=end, slots=(Slot(steps=(None,) * len(arms)),)))
    return found


def _waited(step: Step) -> float:
    return (step.amount or 0.0) if step.kind == "wait" else 0.0


def _aligned(rows: Sequence[Sequence[Step]]) -> tuple[Slot, ...]:
    """Return the fewest slots in which each arm keeps its order and like stands under like."""
    kinds: list[str] = []
    places: list[list[int]] = []  # of each arm so far: the slots of its steps
    for row in rows:
        mine = [_like(step) for step in row]
        where: list[int] = []
        moved = list(range(len(kinds)))
        merged: list[str] = []
        for change, a, b, c, d in SequenceMatcher(None, kinds, mine, autojunk=False).get_opcodes():
            for k in range(a, b):
                moved[k] = len(merged) + k - a
            start = len(merged)
            merged += kinds[a:b]
            if change == "equal":
                where += range(start, len(merged))
            else:
                where += range(len(merged), len(merged) + d - c)
                merged += mine[c:d]
        places = [[moved[k] for k in before] for before in places] + [where]
        kinds = merged
    grid: list[list[Step | None]] = [[None] * len(rows) for _ in kinds]
    for arm, (row, where) in enumerate(zip(rows, places, strict=True)):
        for step, slot in zip(row, where, strict=True):
            grid[slot][arm] = step
    return tuple(Slot(steps=tuple(steps)) for steps in grid)


def _like(step: Step) -> str:
    """Return what two steps have in common if one is the other's control."""
    return "read" if step.reads_out else f"{step.kind} {step.how if step.kind == 'drug' else ''}"


def _thinned(all_moments: list[Moment]) -> list[Moment]:
    """Leave out the middle of a row of equal moments that are equally far apart."""
    kept: list[Moment] = []
    k = 0
    while k < len(all_moments):
        last = k + 1
        while last < len(all_moments) and _repeats(all_moments, k, last):
            last += 1
        if last - k >= _REPEATS:
            first = all_moments[k]
            kept.append(Moment(at_hours=first.at_hours, slots=first.slots, more=last - k - 2))
            k = last - 1
            kept.append(all_moments[k])
        else:
            kept.append(all_moments[k])
        k += 1
    return kept


def _repeats(all_moments: list[Moment], first: int, k: int) -> bool:
    """Whether moment `k` does what moment `first` does, at the same beat, and nothing is read."""
    one, other = all_moments[first], all_moments[k]
    beat = all_moments[first + 1].at_hours - one.at_hours
    on_beat = abs(other.at_hours - all_moments[k - 1].at_hours - beat) < 1e-9
    return on_beat and len(one.slots) == len(other.slots) and all(
        _same(a, b) for a, b in zip(one.slots, other.slots, strict=True)
    )  # fmt: skip


def _same(a: Slot, b: Slot) -> bool:
    """Whether each arm does the same in both slots, and none is a reading."""
    for one, other in zip(a.steps, b.steps, strict=True):
        if (one is None) is not (other is None):
            return False
        if one and other and (one.words != other.words or one.reads_out or one.drug != other.drug):
            return False
    return True


def bands(
    all_moments: Sequence[Moment], *, left: float, right: float, reading: float = 0
) -> list[list[Place]]:
    """Break the moments into rows that fit between two pixels; what fits into one is spread.

    A slot of readings is at least `reading` pixels wide.
    """
    needs = sum(slot.width(reading) for each in all_moments for slot in each.slots)
    gaps = sum(_gap(each) for each in all_moments[:-1])
    room = right - left
    spread = min(_MOST_SPREAD, room / (needs + gaps)) if needs + gaps <= room else 1.0
    rows: list[list[Place]] = [[]]
    x = left
    for moment in all_moments:
        start = x
        slots: list[Slot] = []
        middles: list[float] = []
        for slot in moment.slots:
            width = slot.width(reading) * spread
            if x + width > right + 1e-6 and (slots or rows[-1]):
                if slots:
                    rows[-1].append(_place(start, moment, slots, middles, x))
                rows.append([])
                x = start = left
                slots, middles = [], []
            slots.append(slot)
            middles.append(x + width / 2)
            x += width
        rows[-1].append(_place(start, moment, slots, middles, x))
        x += _gap(moment) * spread
    return rows


def _gap(moment: Moment) -> float:
    return _GAP_MORE if moment.more else _GAP


def _place(
    start: float, moment: Moment, slots: list[Slot], middles: list[float], end: float
) -> Place:
    return Place(left=start, moment=moment, slots=tuple(slots), middles=tuple(middles), right=end)


def clock_words(hours: Sequence[float]) -> dict[float, str]:
    """Return how people say each hour of a clock: 24 h, and 7 days where all later ones are days.

    Examples
    --------
    >>> list(clock_words([0, 24, 168]).values()), clock_words([168, 169])[169]
    (['0 h', '24 h', '7 days'], '169 h')
    """
    whole = all(hour % 24 == 0 for hour in hours if hour >= 72)
    return {
        hour: f"{hour / 24:,.0f} days" if whole and hour >= 72 else f"{round(hour, 2):,g} h"
        for hour in hours
    }
