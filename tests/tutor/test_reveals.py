"""Every prediction of every lesson with every answer: the words of its pictures and outcome."""

import re

import pytest
from picture_tools import crossings, faults
from tutor_tools import words

from engramlab import plots
from engramlab.course.predictions import NO_IDEA, Prediction, lessons, predictions
from engramlab.tutor._outcome import distance, reveal
from engramlab.tutor._prediction import PredictionPanel

EVERY = [one for lesson in lessons() for one in predictions(lesson)]


def guesses(one: Prediction) -> tuple[str, ...]:
    """Numbers to type: both ends, the truth, and a little off to both sides of it."""
    truth = one.pictures().number
    if one.number is None or truth is None:
        return ("",)
    tries = (one.number.low, truth / 3, truth, truth * 0.8, truth * 1.25, truth * 3,
             one.number.high)  # fmt: skip
    return tuple(f"{number:.3g}" for number in tries
                 if one.number.low <= float(f"{number:.3g}") <= one.number.high)  # fmt: skip


CASES = [  # every number with the right shape; with the others one, and the rest in the long run
    pytest.param(
        one,
        key,
        typed,
        id=f"{one.id}-{key}-{typed}",
        marks=[pytest.mark.full] if place and key != one.answer else [],
    )
    for one in EVERY
    for key in (*one.keys, NO_IDEA)
    for place, typed in enumerate(guesses(one) if key != NO_IDEA else ("",))
]


def locked(one: Prediction, key: str, typed: str) -> PredictionPanel:
    panel = PredictionPanel(one, place="", record=lambda *_, **__: "")
    panel.choice.index = [*one.keys, NO_IDEA].index(key)
    panel.confidence.index = 1
    panel.number.value = typed
    if one.because:
        panel.reason.index = 0
    panel.button.click()
    assert panel.locked, words(panel.message)
    return panel


@pytest.mark.parametrize(("one", "key", "typed"), CASES)
def test_the_words_of_every_reveal_are_inside_and_apart(one: Prediction, key: str, typed: str):
    panel = locked(one, key, typed)
    picture = reveal(one, panel.answer)
    assert faults(picture) + crossings(picture) == []
    said = words(panel.message)
    if one.number is not None and key != NO_IDEA:
        assert said.startswith("Shape: ")
        assert "Score by distance: " in said
        near = "which counts as right" in said
        assert near is one.near(float(typed))
        assert panel.answer["right"] is (near and key == one.answer)
    elif key != NO_IDEA:
        assert ("As you predicted" in said) is bool(panel.answer["right"])


@pytest.mark.parametrize("one", EVERY, ids=[one.id for one in EVERY])
def test_the_words_of_every_strip_are_inside_and_apart(one: Prediction, monkeypatch):
    drawn = []

    def caught(*given, **more):
        drawn.append(option_strip(*given, **more))
        return drawn[-1]

    option_strip = plots.option_strip
    monkeypatch.setattr(plots, "option_strip", caught)
    PredictionPanel(one, place="", record=lambda *_, **__: "")
    assert faults(drawn[0]) + crossings(drawn[0]) == []
    assert re.search(r"from .+ to .+", drawn[0].alt)


@pytest.mark.parametrize(
    ("guess", "said"),
    [
        (0.10, "off by 0 %, which counts as right"),
        (0.13, "off by 30 %, which counts as right"),
        (0.05, "off by a factor of 2; up to 30 % counts as right"),
        (0.14, "off by 40 %; up to 30 % counts as right"),
        (0.0, "that is not near enough"),
    ],
)
def test_how_far_a_number_is_off_is_said_in_words(guess: float, said: str):
    number = next(one.number for one in EVERY if one.id == "08-3")
    assert number is not None
    assert distance(number, guess, 0.10) == said
