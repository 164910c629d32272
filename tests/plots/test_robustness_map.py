"""The map of robustness: a mark of its own form for each verdict, and the same in words."""

import pytest

from engramlab import plots
from engramlab.experiments import EFFECTS, KNOBS, MONTH_EFFECTS, MONTH_KNOBS

VERDICTS = {
    ("recruits", "creb"): ("close", "fails"),
    ("recruits", "bump"): ("same", "same"),
    ("links", "creb"): ("same", "same"),
    ("links", "bump"): ("fails", "holds"),
}


def marks(figure):
    """Number of marks by form; those of the key not counted."""
    found = {"filled": 0, "triangle": 0, "ring": 0, "stroke": 0}
    for dots in figure.axes[0].collections:
        corners = len(dots.get_paths()[0].vertices)
        form = "ring" if dots.get_sizes()[0] > 50 else "filled"
        form = {2: "stroke", 4: "triangle"}.get(corners, form)
        found[form] += len(dots.get_offsets())
    return found


def test_each_verdict_has_its_form():
    found = marks(plots.robustness_map(VERDICTS))
    assert found == {"filled": 1, "triangle": 1, "ring": 2, "stroke": 4}


def test_the_whole_map_has_a_mark_for_each_turn():
    assert sum(marks(plots.robustness_map()).values()) == 2 * len(EFFECTS) * len(KNOBS)


def test_the_words_say_which_fail():
    alt = plots.robustness_map(VERDICTS).alt
    assert alt.startswith("2 effects, 2 knobs turned by 20 % either way")
    assert "of 4 turns that change an effect it holds after 1" in alt
    assert "too close to tell for CREB recruits with 20 % less CREB; it fails for" in alt
    assert "CREB recruits with 20 % more CREB" in alt
    assert "overlap: 6 h above 24 h with 20 % less bump" in alt


def test_a_missing_pair_is_an_error():
    some = dict(VERDICTS)
    del some["links", "creb"]
    with pytest.raises(KeyError):
        plots.robustness_map(some)


def test_the_map_of_the_month_has_a_mark_for_each_turn():
    picture = plots.month_robustness_map(title="What hangs on a knob", subtitle="16 animals")
    assert sum(marks(picture).values()) == 2 * len(MONTH_EFFECTS) * len(MONTH_KNOBS)
    assert picture.alt.startswith("7 effects, 6 knobs turned by 20 % either way")
    assert "too close to tell for the cortex catches up with 20 % less replays" in picture.alt
