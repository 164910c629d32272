"""Protocols as data: which steps there are, and what is wrong with a list that will not run."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from reprlib import Repr
from types import MappingProxyType
from typing import Any

from engramlab._checks import is_number
from engramlab._types import CourseError

MOST_STEPS, MOST_HOURS, MOST_BOUTS = 200, 10_000, 200
"""The longest protocol: steps, hours on its clock, bouts of replay in all its steps."""

WHO = ("labelled", "engram", "creb", "random")
EVENTS = ("shock", "weak", "neutral")
READ_OUTS = ("recall", "light", "silence")

STEPS = MappingProxyType(
    {
        "label": '("label", "A")',
        "encode": '("encode", "A", "shock")',
        "recall": '("recall", "A")',
        "wait": '("wait", 24)',
        "drug": '("drug", "on")',
        "light": '("light", "labelled", "C")',
        "silence": '("silence", "labelled", "A")',
        "ablate": '("ablate", "creb")',
        "creb": '("creb", 0.15)',
        "novelty": '("novelty",)',
        "depress": '("depress", "engram")',
        "potentiate": '("potentiate", "engram")',
        "remodel": '("remodel", 0.05)',
        "replay": '("replay", 2)',
    }
)
"""Each kind of step with an example of it."""

_PARTS = MappingProxyType(
    {
        "label": ("context",),
        "encode": ("context", "event?", "who?"),
        "recall": ("context",),
        "wait": ("hours",),
        "drug": ("switch",),
        "light": ("who", "context"),
        "silence": ("who", "context"),
        "ablate": ("who",),
        "creb": ("fraction",),
        "novelty": (),
        "depress": ("who",),
        "potentiate": ("who",),
        "remodel": ("fraction",),
        "replay": ("bouts",),
    }
)
_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9 _'-]{0,10}[A-Za-z0-9])?")
_TAKEN = {*WHO, *EVENTS, *STEPS, "on", "off"}
_SHORT = Repr()
_SHORT.maxlist = _SHORT.maxtuple = 5
_SHORT.maxdict = _SHORT.maxset = 2
_SHORT.maxlevel = 2
GROUP = {
    "labelled": "the labelled cells",
    "engram": "the engram",
    "creb": "the CREB cells",
    "random": "as many other cells",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a protocol, checked.

    Attributes
    ----------
    kind : str
        One of `STEPS`.
    at_hours : float
        When it is done; for "wait", when the wait begins.
    context : str, optional
        Where.
    how : str, optional
        For "encode" one of `EVENTS`; for "drug" "on" or "off".
    who : str, optional
        Which cells, one of `WHO`; for "encode" those that are lit meanwhile.
    like : str, optional
        For random cells: as many as which group.
    amount : float, optional
        Hours, a fraction, or how many bouts.
    drug : bool
        Whether protein synthesis is blocked once the step is done.
    """

    kind: str
    at_hours: float
    context: str | None = None
    how: str | None = None
    who: str | None = None
    like: str | None = None
    amount: float | None = None
    drug: bool = False

    @property
    def reads_out(self) -> bool:
        """Whether the step gives a reading."""
        return self.kind in READ_OUTS

    @property
    def words(self) -> str:
        """The step in a few words, such as "light on the labelled cells in C"."""
        where = "" if self.context is None else f" in {self.context}"
        group = "" if self.who is None else GROUP[self.who]
        if self.like is not None:
            group += f" (as many as {GROUP[self.like]})"
        amount = 0.0 if self.amount is None else self.amount
        match self.kind:
            case "label":
                return f"label the cells of the next encounter with {self.context}"
            case "encode":
                event = {"shock": " with a shock", "weak": " with a weak shock"}
                lit = f", light on {group}" if group else ""
                return f"encode {self.context}{event.get(self.how or '', '')}{lit}"
            case "recall":
                return f"recall{where}"
            case "wait":
                return f"wait {amount:g} h"
            case "drug":
                return f"drug {self.how}"
            case "creb":
                return f"CREB in {100 * amount:g} % of cells"
            case "novelty":
                return "novelty"
            case "remodel":
                return f"remodel {100 * amount:g} % of contacts"
            case "replay":
                return f"replay in {amount:g} bout{'' if amount == 1 else 's'}"
            case "light":
                return f"light on {group}{where}"
            case _:
                return f"{self.kind} {group}{where}"


def show(value: Any) -> str:
    """Return a short repr of anything, of junk too."""
    try:
        words = _SHORT.repr(value)
    except (ValueError, TypeError, RecursionError):  # an integer of 5,000 digits has no repr
        words = f"a value of type {type(value).__name__}"
    return words if len(words) <= 80 else words[:77] + "..."


def check_protocol(steps: Any) -> tuple[Step, ...]:
    """Return the steps of a protocol, each checked, with its hour; nothing is run.

    Parameters
    ----------
    steps : list of tuples
        At most 200, over at most 10,000 hours. The steps are ("label", context): the cells that are
        active at the next encounter with the context are labelled; ("encode", context, event),
        event = "shock", "weak" or "neutral" (left out: neutral), and a fourth entry lights cells
        meanwhile; ("recall", context); ("wait", hours); ("drug", "on") or ("drug", "off");
        ("light", who, context); ("silence", who, context); ("ablate", who); ("creb", fraction);
        ("novelty",); ("depress", who); ("potentiate", who); ("remodel", fraction);
        ("replay", bouts).
        A context is a short name such as "A". Who is "labelled"; "engram", the cells active at the
        latest "encode"; "creb"; or "random", others and as many as the group that was named last
        before it, or if none was, as the labelled cells, else the CREB cells, else the engram.

    Returns
    -------
    tuple of Step

    Raises
    ------
    CourseError
        At the first step that is unknown, or impossible where it stands: its number counted from 1,
        what came and what would be right.

    See Also
    --------
    run_protocol : the same, run on a model.

    Examples
    --------
    >>> steps = [("encode", "A", "shock"), ("wait", 24), ("light", "engram", "C")]
    >>> [step.words for step in check_protocol(steps)]
    ['encode A with a shock', 'wait 24 h', 'light on the engram in C']
    """
    if not isinstance(steps, (list, tuple)):
        raise CourseError(
            f"steps is {show(steps)}; give a list of steps such as [{STEPS['encode']}, "
            f"{STEPS['wait']}, {STEPS['recall']}]"
        )
    if len(steps) == 0:
        raise CourseError(f"steps is empty; give at least one step, such as {STEPS['encode']}")
    if len(steps) > MOST_STEPS:
        raise CourseError(f"steps has {len(steps)} entries; give at most {MOST_STEPS}")
    if isinstance(steps[0], str) and steps[0] in STEPS:
        raise CourseError(
            f"step 1 is the word {show(steps[0])}; give a list of steps, each in brackets of its "
            f"own: [{STEPS[str(steps[0])]}]"
        )
    book = _Book()
    checked = tuple(book.add(number, step) for number, step in enumerate(steps, start=1))
    for context, number in book.waiting.items():
        raise _wrong(
            number,
            steps[number - 1],
            f"no later step meets {context!r}, so that no cell is labelled",
            f'put ("encode", "{context}", "shock") or ("recall", "{context}") after it',
        )
    return checked


def _wrong(number: int, step: Any, fault: str, cure: str) -> CourseError:
    """Return the error of one step: its number, what came, what would be right."""
    return CourseError(f"step {number} is {show(step)}: {fault}; {cure}")


class _Book:
    """What has been done so far in a protocol that is being checked."""

    def __init__(self) -> None:
        self.at_hours = 0.0
        self.bouts = 0
        self.drug = False
        self.waiting: dict[str, int] = {}
        self.groups: set[str] = set()
        self.shocked = False
        self.named: str | None = None

    def add(self, number: int, step: Any) -> Step:
        """Check the next step and write down what it does."""
        entry = _read(number, step)
        kind, context, who, how = entry.kind, entry.context, entry.who, entry.how

        def refuse(fault: str, cure: str) -> CourseError:
            return _wrong(number, step, fault, cure)

        like = None if who is None else self._named(who, refuse)
        start = self.at_hours
        if kind == "label":
            context = context or ""
            if context in self.waiting:
                raise refuse(
                    f"the label for {context!r} of step {self.waiting[context]} is still waiting",
                    f"meet {context!r} before you label again, or leave this step out",
                )
            self.waiting[context] = number
        elif context is not None and self.waiting.pop(context, None) is not None:
            self.groups.add("labelled")
        if kind == "encode":
            self.groups.add("engram")
            self.shocked = self.shocked or how != "neutral"
        elif kind == "creb" and entry.amount:
            self.groups.add("creb")
        elif kind == "drug":
            if (how == "on") is self.drug:
                other = "off" if how == "on" else "on"
                raise refuse(f"the drug is {how} already", f'turn it {other} first: ("drug", '
                             f'"{other}")')  # fmt: skip
            self.drug = how == "on"
        elif kind == "wait":
            self.at_hours += entry.amount or 0.0
            if self.at_hours > MOST_HOURS:
                raise refuse(f"it ends {self.at_hours:g} h after the start",
                             f"let all waits together last at most {MOST_HOURS:,} h")  # fmt: skip
        elif kind == "replay":
            if not self.shocked:
                raise refuse("offline replay follows an event with a shock, and there was none",
                             f"put {STEPS['encode']} before it")  # fmt: skip
            self.bouts += int(entry.amount or 0)
            if self.bouts > MOST_BOUTS:
                raise refuse(f"it makes {self.bouts} bouts in all", f"give at most {MOST_BOUTS}")
        return Step(kind=kind, at_hours=start, context=context, how=how, who=who, like=like,
                    amount=entry.amount, drug=self.drug)  # fmt: skip

    def _named(self, who: str, refuse: Callable[[str, str], CourseError]) -> str | None:
        """Refuse a group that does not exist yet; return which one random cells are matched to."""
        if who == "random":
            found = self.named or next((g for g in ("labelled", "creb", "engram")
                                        if g in self.groups), None)  # fmt: skip
            if found is None:
                raise refuse("random cells are as many as a group that is there before, and none "
                             "is", f"put {STEPS['encode']} before it")  # fmt: skip
            return found
        if who not in self.groups:
            fault, cure = {
                "labelled": (
                    "no cell is labelled yet",
                    f"put {STEPS['label']} and, after that, {STEPS['encode']} before it",
                ),
                "engram": ("nothing is encoded yet", f"put {STEPS['encode']} before it"),
                "creb": ("no cell has extra CREB yet", f"put {STEPS['creb']} before it"),
            }[who]
            raise refuse(fault, cure)
        self.named = who
        return None


def _read(number: int, step: Any) -> Step:
    """Return a step with the right words and numbers in it, wherever it stands."""
    if isinstance(step, str):
        cure = STEPS.get(step, STEPS["encode"])
        raise _wrong(number, step, "a step is a pair of brackets, not a word", f"write {cure}")
    if not isinstance(step, (list, tuple)) or len(step) == 0:
        raise _wrong(number, step, "a step is a tuple that begins with what is done",
                     f"give one such as {STEPS['encode']}")  # fmt: skip
    kind = step[0]
    if not isinstance(kind, str) or kind not in STEPS:
        raise _wrong(number, step, f"there is no step {show(kind)}", "give one of "
                     + ", ".join(STEPS))  # fmt: skip
    parts = _PARTS[str(kind)]
    given = step[1:]
    least = sum(not part.endswith("?") for part in parts)
    if not least <= len(given) <= len(parts):
        wanted = str(least) if least == len(parts) else f"{least} to {len(parts)}"
        names = ", ".join(part.rstrip("?") for part in parts) or "nothing"
        raise _wrong(number, step, f'after "{kind}" come {len(given)} entries instead of {wanted} '
                     f"({names})", f"write it as {STEPS[kind]}")  # fmt: skip
    found: dict[str, Any] = {"how": "neutral"} if kind == "encode" else {}
    for part, value in zip(parts, given, strict=False):
        name = part.rstrip("?")
        slot, read = _READERS[name]
        result = read(value)
        if result is None:
            raise _wrong(number, step, f"{show(value)} is no {_CALLED[name]}",
                         f"give {_RIGHT[name]}, as in {STEPS[kind]}")  # fmt: skip
        found[slot] = result
    return Step(kind=str(kind), at_hours=0.0, **found)


def _one_of(words: Sequence[str]) -> Callable[[Any], str | None]:
    return lambda value: str(value) if isinstance(value, str) and value in words else None


def _context(value: Any) -> str | None:
    fits = isinstance(value, str) and _NAME.fullmatch(value) and value not in _TAKEN
    return str(value) if fits else None


def _between(low: float, high: float, *, whole: bool = False) -> Callable[[Any], float | None]:
    def read(value: Any) -> float | None:
        if not is_number(value) or not low <= value <= high or (whole and value != int(value)):
            return None
        return float(value)

    return read


def is_context_name(value: Any) -> bool:
    """Return whether a context may be called so in a protocol."""
    return _context(value) is not None


_READERS: dict[str, tuple[str, Callable[[Any], str | float | None]]] = {
    "context": ("context", _context),
    "event": ("how", _one_of(EVENTS)),
    "switch": ("how", _one_of(("on", "off"))),
    "who": ("who", _one_of(WHO)),
    "hours": ("amount", _between(0, MOST_HOURS)),
    "fraction": ("amount", _between(0, 1)),
    "bouts": ("amount", _between(0, MOST_BOUTS, whole=True)),
}
_CALLED = {
    "context": "name of a context",
    "event": "event",
    "switch": "switch",
    "who": "group of cells",
    "hours": "time in hours",
    "fraction": "fraction of cells or contacts",
    "bouts": "number of bouts",
}
_RIGHT = {
    "context": "one to twelve letters or digits that are no other word of the protocol",
    "event": '"shock", "weak" or "neutral"',
    "switch": '"on" or "off"',
    "who": '"labelled", "engram", "creb" or "random"',
    "hours": f"a number from 0 to {MOST_HOURS:,}",
    "fraction": "a number from 0 to 1 (0.2 means 20 %)",
    "bouts": f"a whole number from 0 to {MOST_BOUTS}",
}
