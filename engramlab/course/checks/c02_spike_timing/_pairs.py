"""Item 3: `pair_change`."""

from collections.abc import Callable
from typing import Any

import numpy as np

from engramlab.course.checks._asks import Ask
from engramlab.course.checks._items import Item
from engramlab.course.checks._outcomes import Outcome, Stopped, Wrong
from engramlab.course.checks._tools import Faces, agrees, apart, judge, numbers, show
from engramlab.course.checks.c02_spike_timing._twins import (
    OWN_WORK,
    SIGN_OF_DT,
    Array,
    lobes,
    window_parameters,
)

NEAREST = "counts the nearest only"
MEAN = "takes a mean over pairs or spikes"
EACH = "does not add everything up"
HALF = "counts one order only"
IGNORES = "ignores the window that is handed in"
EMPTY = "an empty train does not give 0"
AFRESH = "starts afresh or stops within a loop"
TRIANGLE = "leaves out pairs with an earlier spike"
Window = Callable[[Any], Any]


def _examine_pair_change(ask: Ask, rng: np.random.Generator) -> None:
    for n_pre, n_post in ((6, 6), (5, 8), (9, 4), (1, 3), (2, 1)):
        calls: list[int] = []
        while True:
            pre, post = _train(n_pre, rng), _train(n_post, rng)
            window = _stand_in(window_parameters(rng, more_plus=n_pre < n_post), calls)
            each, faces = window(post[:, None] - pre), _faces(pre, post, window)
            if apart(each.sum(), faces):
                break
        calls.clear()
        answer = ask(pre, post, window)
        what = f"The change by {n_pre} presynaptic and {n_post} postsynaptic spikes"
        try:
            judge(answer, each.sum(), faces, what)
        except Wrong as wrong:
            if wrong.misconception is None and not calls:
                raise Wrong(IGNORES, wrong.message) from None
            raise
    for n_pre, n_post in ((0, 4), (3, 0), (0, 0)):
        _judge_empty(ask, _train(n_pre, rng), _train(n_post, rng), rng)


def _train(n_spikes: int, rng: np.random.Generator) -> Array:
    """Return ascending times, no two of which come close to one another."""
    return np.round(np.cumsum(rng.uniform(8.0, 30.0, n_spikes)), 3)


def _stand_in(rule: tuple[float, ...], calls: list[int]) -> Window:
    """Return a window of known numbers, for one delay or an array of them; it notes its calls."""

    def window(dt_ms: Any) -> Any:
        calls.append(1)
        up, down = lobes(numbers(dt_ms, np.shape(dt_ms), "A delay"), *rule)
        change = up - down
        return float(change) if change.ndim == 0 else change

    return window


def _judge_empty(ask: Ask, pre: Array, post: Array, rng: np.random.Generator) -> None:
    window = _stand_in(window_parameters(rng, more_plus=True), [])
    where = f"With {pre.size} presynaptic and {post.size} postsynaptic spikes"
    try:
        answer = ask(pre, post, window)
    except Stopped as stop:
        if stop.outcome is not Outcome.ERROR:
            raise
        text = f"{where} the function stops: {stop.message}"
        raise Wrong(EMPTY, text) from None
    if not agrees(numbers(answer, (), f"{where} the change"), 0.0):
        raise Wrong(EMPTY, f"{where} the change should be 0; it is {show(answer)}.")


def _faces(pre: Array, post: Array, window: Window) -> Faces:
    """Return the twins; rows of `dt` are postsynaptic spikes, columns presynaptic ones."""
    dt = post[:, None] - pre
    each = window(dt)
    total, common = each.sum(), min(pre.size, post.size)
    single = common == 1
    earlier_pre, earlier_post = _nearest(dt), _nearest(-dt.T)
    later_pre, later_post = _nearest(-dt), _nearest(dt.T)
    up, down = window(earlier_pre).sum(), window(-earlier_post).sum()
    faces = [
        (SIGN_OF_DT, window(-dt).sum()),
        ("counts weakening as strengthening", np.abs(each).sum()),
        (MEAN, each.mean()),
        (MEAN, total / pre.size),
        (MEAN, total / post.size),
        (MEAN, total / (pre.size + post.size)),
        (MEAN, window(dt.mean())),
        (HALF, each[dt > 0].sum()),
        (HALF, each[dt < 0].sum()),
        (EACH, each),
        (EACH, each.T),
        (EACH, each.sum(axis=0)),
        (EACH, each.sum(axis=1)),
        (NEAREST, up + down),
        (NEAREST, up),
        (NEAREST, down),
        (NEAREST, up + window(-later_pre).sum()),
        (NEAREST, down + window(later_post).sum()),
        (NEAREST, each[np.arange(post.size), np.abs(dt).argmin(axis=1)].sum()),
        (NEAREST, each[np.abs(dt).argmin(axis=0), np.arange(pre.size)].sum()),
        *((AFRESH, part.sum()) for part in (each[-1], each[:, -1], each[0], each[:, 0])),
        (AFRESH, each[-1, -1]),
        (AFRESH, each[0, 0]),
        *((TRIANGLE, np.triu(table, k).sum()) for table in (each, each.T) for k in (0, 1)),
        ("pairs first with first, second with second", np.trace(each)),
        ("pairs first with first, second with second", np.diag(each)),
    ]
    return [
        (name, twin) for name, twin in faces if not (single or _same(twin, 0.0)) or name == EACH
    ]


def _nearest(dt: Array) -> Array:
    """Return, for each row, the shortest positive delay, where there is one."""
    ahead = np.where(dt > 0, dt, np.inf).min(axis=1)
    return np.asarray(ahead[np.isfinite(ahead)])


def _same(twin: Any, value: float) -> bool:
    return np.ndim(twin) == 0 and agrees(twin, value)


PAIR_CHANGE = Item(
    name="pair_change",
    lesson="02",
    title="Two trains of spikes",
    statement="Return the change of the synapse by two trains: the sum of the window over all "
    "pairs of a presynaptic and a postsynaptic spike.",
    signature="pair_change(pre_ms, post_ms, window)",
    points=4,
    hints=(
        "Each presynaptic spike forms a pair with each postsynaptic one: two loops, one within "
        "the other, or a table of all delays.",
        "`post_ms[:, None] - pre_ms` is that table, one row for each postsynaptic spike. "
        "`window(...)` of it gives the changes; add them all up.",
    ),
    misconceptions={
        SIGN_OF_DT: "You hand `pre - post` to the window. The delay is dt = post - pre.",
        "counts weakening as strengthening": "You add up absolute values. A pair with post before "
        "pre takes away: keep its sign.",
        MEAN: "You divide. Each pair adds its own change, so twice as many pairs change the "
        "synapse more: the answer is the sum.",
        HALF: "Pairs of one order are missing. Each pair counts, pre before post and post before "
        "pre.",
        EACH: "You have one number for each pair or spike. The change of the synapse is one "
        "number: the sum over all pairs.",
        NEAREST: "You pair a spike with its nearest neighbour only. That is another rule, and a "
        "serious one; here all pairs count, the far ones for less by the window itself.",
        "pairs first with first, second with second": "You pair the first spikes with each other, "
        "then the second ones, and forget all other pairs. Each presynaptic spike forms a pair "
        "with each postsynaptic one.",
        AFRESH: "Your sum holds only the pairs of a first or last spike. Set the total to 0 once, "
        "before both loops, and return it once, after both.",
        TRIANGLE: "Your inner loop does not begin at 0, so pairs are missing. Each presynaptic "
        "spike meets all postsynaptic ones, those with a smaller index too.",
        IGNORES: "Your function never calls the `window` among its arguments. Call that one, "
        "whatever else in the notebook has the same use.",
        EMPTY: "A silent cell forms no pair, so nothing changes: the answer is 0.0. A mean of "
        "nothing, a minimum of nothing or an index into nothing fails there; a sum does not.",
    },
    examine=_examine_pair_change,
    own_work=OWN_WORK,
)
