"""Item 1: `rescue_window`."""

from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Wrong
from engramlab.course.checks._tools import Faces, agrees, apart, face_of, shape_of, show
from engramlab.course.checks.c03_tagging_capture._own_work import OWN_WORK

Array = np.ndarray[Any, Any]

AT_CRITERION = "leaves out a late part of exactly the criterion"
NEVER = "gives a window where nothing is rescued"
DIP = "stops at the first gap that falls short"
EMPTY = "has no answer where nothing is rescued"
ZERO = "takes a gap of 0 for none"


def _examine_rescue_window(ask: Ask, rng: np.random.Generator) -> None:
    for n_gaps, dips in ((13, False), (9, False), (40, False), (21, True)):
        gaps, late, criterion = _case(n_gaps, dips, rng)
        _judge(ask(gaps, late, criterion), gaps, late, criterion)
    _judge_tie(ask, rng)
    gaps, late, _ = _case(12, False, rng)
    _judge_empty(ask, gaps, late)
    best = float(late.max())
    _judge(ask(gaps, late, best), gaps, late, best, named=False)
    _judge_zero(ask, rng)


def _case(n_gaps: int, dips: bool, rng: np.random.Generator) -> tuple[Array, Array, float]:
    """Return gaps, late parts and a criterion for which no two ideas give the same.

    With a dip, one gap well within the window falls short, as it may in noisy data.
    """
    while True:
        gaps = np.sort(rng.uniform(-4.5, 3.0, n_gaps))
        late = 0.6 * np.exp(-(((gaps + rng.uniform(0.2, 0.8)) / rng.uniform(1.0, 1.6)) ** 2))
        late = np.clip(late + rng.normal(0, 0.004, n_gaps), 0.0, 1.0)
        criterion = float(rng.uniform(0.1, 0.3))
        inside = np.flatnonzero(late >= criterion)
        if inside.size < 4 or gaps[inside[0]] > -0.3 or gaps[inside[-1]] < 0.2:
            continue
        if inside[0] < 1 or inside[-1] > n_gaps - 2:
            continue
        if dips:
            if inside.size < 6:
                continue
            late[inside[inside.size // 2]] = criterion / 2
        if apart(_window(gaps, late, criterion), _faces(gaps, late, criterion)):
            return gaps, late, criterion


def _window(gaps: Array, late: Array, criterion: float) -> Array:
    pairs = zip(gaps.tolist(), late.tolist(), strict=True)
    reached = [gap for gap, part in pairs if part >= criterion]
    return np.array([reached[0], reached[-1]])


def _faces(gaps: Array, late: Array, criterion: float) -> Faces:
    mask = late >= criterion
    first, last = np.flatnonzero(mask)[[0, -1]]
    low, high = float(gaps[first]), float(gaps[last])
    size = np.abs(gaps[mask])
    positive, negative = gaps[mask & (gaps >= 0)], gaps[mask & (gaps <= 0)]
    below = gaps[~mask]
    faces: list[tuple[str, Any]] = [
        ("the larger gap first", [high, low]),
        ("turns the sign of the gaps", [-high, -low]),
        ("turns the sign of the gaps", [-low, -high]),
        ("loses the order of the two events", [size.min(), size.max()]),
        ("loses the order of the two events", [-size.max(), size.max()]),
        ("looks at one order only", [positive.min(), positive.max()]),
        ("looks at one order only", [negative.min(), negative.max()]),
        ("looks at one order only", [0.0, high]),
        ("looks at one order only", [low, 0.0]),
        ("returns the places, not the hours", [first, last]),
        ("returns late parts, not gaps", [late[first], late[last]]),
        ("returns late parts, not gaps", [late[mask].min(), late[mask].max()]),
        ("returns the width", high - low),
        ("returns the best gap", gaps[np.argmax(late)]),
        ("takes the gaps that fall short", [below.min(), below.max()]),
        ("returns every gap", gaps[mask]),
    ]
    if first > 0 and last < gaps.size - 1:
        edges = [
            float(np.interp(criterion, late[[out, end]], gaps[[out, end]]))
            for out, end in ((first - 1, first), (last + 1, last))
        ]
        faces.append(("reads between the gaps", edges))
    runs = np.split(np.arange(first, last + 1), np.flatnonzero(~mask[first : last + 1]))
    for run in runs if len(runs) > 1 else ():
        reached = gaps[run][mask[run]]
        if reached.size:
            faces.append((DIP, [reached[0], reached[-1]]))
    return faces


def _judge(answer: Any, gaps: Array, late: Array, criterion: float, *, named: bool = True) -> None:
    right = _window(gaps, late, criterion)
    if _two_numbers(answer) and agrees(answer, right):
        return
    told = named and _is_numeric(answer)
    name = face_of(answer, _faces(gaps, late, criterion)) if told else None
    if name is None and not _two_numbers(answer):
        raise Wrong(
            None,
            "The window should be two numbers, the smallest and the largest gap; it is "
            f"{show(answer)}.",
        )
    raise Wrong(
        name,
        f"With {gaps.size} gaps from {show(float(gaps[0]))} to {show(float(gaps[-1]))} h and a "
        f"criterion of {show(criterion)} the window should be {show(right)}; it is {show(answer)}.",
    )


def _two_numbers(answer: Any) -> bool:
    return shape_of(answer) == (2,) and _is_numeric(answer)


def _is_numeric(answer: Any) -> bool:
    return shape_of(answer) is not None and np.asarray(answer).dtype.kind in "biuf"


def _judge_empty(ask: Ask, gaps: Array, late: Array) -> None:
    """No gap reaches the criterion."""
    where = "No late part reaches this criterion, so no gap is left."
    answer = ask.at_edge(EMPTY, where, gaps, late, float(late.max()) + 0.1)
    if not _two_numbers(answer) or not np.isnan(np.asarray(answer, dtype=float)).all():
        raise Wrong(NEVER, f"{where} Both numbers should be nan; yours are {show(answer)}.")


def _judge_zero(ask: Ask, rng: np.random.Generator) -> None:
    """A gap of 0 is the only one that reaches the criterion; then one end of the window."""
    gaps = np.arange(-4.0, 4.0)
    criterion = float(np.round(rng.uniform(0.1, 0.3), 2))
    for first, last in ((4, 4), (4, 6), (2, 4)):
        late = np.full(8, 0.01)
        late[first : last + 1] = 0.4
        answer = ask(gaps, late, criterion)
        right = gaps[[first, last]]
        if not _two_numbers(answer) or not agrees(answer, right):
            alone = _two_numbers(answer) and np.isnan(np.asarray(answer, dtype=float)).any()
            raise Wrong(
                ZERO if alone else None,
                f"The late part reaches the criterion at gaps of {show(gaps[first : last + 1])} h: "
                f"the window should be {show(right)}; it is {show(answer)}.",
            )


def _judge_tie(ask: Ask, rng: np.random.Generator) -> None:
    """The two outermost gaps of the window have a late part of exactly the criterion."""
    gaps = np.arange(-5.0, 4.0) + float(rng.integers(0, 2))
    late = np.array([0.0, 0.0, 0.25, 0.5, 0.5, 0.5, 0.25, 0.0, 0.0])
    answer = ask(gaps, late, 0.25)
    if not _two_numbers(answer) or not agrees(answer, gaps[[2, 6]]):
        inner = _two_numbers(answer) and agrees(answer, gaps[[3, 5]])
        raise Wrong(
            AT_CRITERION if inner else None,
            f"At gaps of {show(float(gaps[2]))} and {show(float(gaps[6]))} h the late part is "
            f"exactly the criterion, 0.25: they belong to the window. Yours is {show(answer)}.",
        )


RESCUE_WINDOW = Item(
    name="rescue_window",
    lesson="03",
    title="The window of a rescue",
    statement="Return the smallest and the largest gap at which the late part reaches the "
    "criterion; nan for both where it never does.",
    signature="rescue_window(gaps_hours, late, criterion)",
    points=2,
    hints=(
        "Which gaps would you underline in the worked value, for each criterion? Can an array of "
        "True and False pick them?",
        "`gaps_hours[late >= criterion]` are the gaps that reach it. What if there are none, "
        "`.size == 0`? If there are some, which two of them are asked for?",
    ),
    misconceptions={
        "the larger gap first": "The two numbers stand the other way round: the smallest gap "
        "first, also where it is negative.",
        "turns the sign of the gaps": "A negative gap is strong before weak, and it stays "
        "negative. Return the gaps as they are.",
        "loses the order of the two events": "You drop the sign of the gaps. It tells which event "
        "came first, and the window is not the same on both sides.",
        "looks at one order only": "Both orders count: a strong event may come before (negative "
        "gap) or after the weak one (positive).",
        "returns the places, not the hours": "These are places in the array. Take the gaps at "
        "these places.",
        "returns late parts, not gaps": "You return late parts. The window is made of gaps, in "
        "hours: choose by `late`, return from `gaps_hours`.",
        "returns the width": "That is the width of the window. Return its two ends.",
        "returns the best gap": "That is the gap with the largest late part. Return the smallest "
        "and the largest gap at which it reaches the criterion.",
        "takes the gaps that fall short": "These gaps have a late part below the criterion, as "
        "the first and the last of all gaps do. Keep only those where it is reached.",
        "reads between the gaps": "You draw a line between two gaps and read off where it crosses "
        "the criterion. Return gaps that were measured.",
        "returns every gap": "These are all gaps of the window. Return the smallest and the "
        "largest of them.",
        DIP: "Within the window one gap may fall short by chance. Look for the smallest and the "
        "largest gap over the whole array.",
        AT_CRITERION: "A late part of exactly the criterion reaches it: `>=`, not `>`.",
        EMPTY: "Ask for that case first, `if kept.size == 0`, and return `np.nan, np.nan`.",
        ZERO: "A gap of 0 h, both events at once, is a gap like any other, but Python takes 0 for "
        "False. Ask how many gaps there are, `.size == 0`, not whether they are 0.",
        NEVER: "Where no gap reaches the criterion there is no window: return `np.nan, np.nan`.",
    },
    examine=_examine_rescue_window,
    own_work=OWN_WORK,
)
