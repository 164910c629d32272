"""Answers that no check was written for: none is right, and none breaks a check."""

import numpy as np
import pytest

from engramlab.course import checks
from engramlab.course.checks import Outcome

NAN, INFINITE = float("nan"), float("inf")
ODD = {
    "NaN": NAN,
    "infinity": -INFINITE,
    "a number beyond all bounds": 2**500,
    "odd letters": "\udc80",
    "a dict": {"a": np.zeros(3)},
    "a Generator": np.random.default_rng(1),
    "a ragged list": [[1, "a", None], [NAN]],
    "a nest": [[[[[[]]]]]],
    "nothing in it": np.zeros((0, 3)),
    "two of them": (np.full((2, 2), NAN), [INFINITE]),
}
ITEMS = [item for lesson in checks.lessons() for item in checks.items(lesson)]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: f"{item.lesson}-{item.name}")
def test_no_odd_answer_is_right_and_none_breaks_a_check(item):
    answers = {name: lambda *_, value=value: value for name, value in ODD.items()}
    answers["NaN in the right shape"] = lambda *given: np.full(np.shape(given[0]), NAN)
    answers["what was given"] = lambda *given: given[-1]
    for name, function in answers.items():
        verdict = item.check(function, seed=1)
        assert verdict.outcome in (Outcome.WRONG, Outcome.ERROR), (name, verdict)
        assert verdict.points == 0
