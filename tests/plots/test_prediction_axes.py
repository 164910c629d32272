"""The pictures of predictions on axes that pass zero, go above 1, or have words for ticks."""

import numpy as np
import pytest
from picture_tools import crossings, faults

from engramlab import plots
from engramlab.look import LINE

X = np.linspace(-1.0, 1.0, 21)
FALLS_AND_RISES = 0.9 * X**3 + 0.1 * X
RANGES = {
    "below zero": ((-0.6, 0, 0.5, 1.0), np.clip(FALLS_AND_RISES, -0.55, 0.95),
                   np.full(X.size, -0.3)),
    "to ten": ((0, 5, 10), 5 + 4 * X, np.full(X.size, 2.0)),
    "per cent of the start": (
        {50: "50", 100: "100", 150: "150", 200: "200"}, 100 + 40 * (X > 0), 150 - 40 * X),
    "in words": ({0: "none", 0.5: "half", 1: "all"}, (X + 1) / 2, np.full(X.size, 0.1)),
    "decades": ({0: "1", 1: "10", 2: "100"}, 1 + X, 1 - 0.9 * X),
}  # fmt: skip
DECADES = {-1.0: "0.1 Hz", 0.0: "1 Hz", 1.0: "10 Hz"}


def both(name, **more):
    ticks, truth, guess = RANGES[name]
    strip = plots.option_strip(X, [truth, guess], texts=["one of them", "the other"],
                               x_title="rate", y_title="change", x_ticks=DECADES,
                               y_ticks=ticks)  # fmt: skip
    reveal = plots.prediction_reveal(
        X, truth, guess, key="b", belief="Each step changes it by as much as the one before.",
        title="You: this. The model: that.", subtitle="lesson 01, prediction 1",
        x_title="rate", y_title="change", x_ticks=DECADES, y_ticks=ticks,
        band=(truth - 0.05, truth + 0.05), band_words="band: 18 of 20 runs", **more)  # fmt: skip
    return strip, reveal


@pytest.mark.parametrize("name", RANGES)
def test_words_are_legible_and_apart_on_every_range(name):
    ticks = list(RANGES[name][0])
    for picture in both(name):
        assert faults(picture) + crossings(picture) == []
        for ax in picture.axes:
            assert ax.get_ylim() == (ticks[0], ticks[-1])


@pytest.mark.parametrize("name", RANGES)
def test_a_thin_line_marks_zero_where_the_axis_passes_it(name):
    for picture in both(name):
        for ax in picture.axes:
            thin = [line for line in ax.lines if line.get_linewidth() == LINE["spine"]]
            assert len(thin) == (name == "below zero")
            assert not any(np.any(line.get_ydata()) for line in thin)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("below zero", "from −0.55 to 0.95"),
        ("to ten", "from 1.0 to 9.0"),
        ("per cent of the start", "from 100 to 140"),
        ("in words", "from near none to near all"),
        ("decades", "from near 1 to near 100"),
    ],
)
def test_values_are_said_as_the_axis_says_them(name, said):
    strip, reveal = both(name)
    assert f"a: one of them, {said}" in strip.alt
    assert f"what happens: {said}" in reveal.alt


def test_the_gap_is_marked_on_a_range_below_zero():
    _, reveal = both("below zero")
    assert any(text.get_text().startswith("you −") for text in reveal.axes[0].texts)
    assert any("−" in text.get_text() for text in reveal.axes[0].texts)


def test_a_curve_that_leaves_the_axis_is_cut_there_and_its_name_stays_inside():
    steep = 0.5 + 3 * X
    reveal = plots.prediction_reveal(X, (X + 1) / 2, steep, key="a", belief="It goes on rising.",
                                     title="You: this. The model: that.")  # fmt: skip
    assert faults(reveal) + crossings(reveal) == []
    box = reveal.axes[0].get_window_extent()
    name = next(text for text in reveal.axes[0].texts if text.get_text() == "your pick, a")
    assert name.get_window_extent().y1 < box.y1 + 12
    cut = [line for line in reveal.axes[0].lines if np.max(line.get_ydata()) > 1]
    assert cut
    assert all(line.get_clip_on() for line in cut)
