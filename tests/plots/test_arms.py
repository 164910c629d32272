"""The arms of an experiment: words legible, controls on the right and hollow, dots that move."""

import numpy as np
import pytest
from picture_tools import crossings, faults, words

from engramlab import plots
from engramlab.look import ROLE, SIZE
from engramlab.plots._arms import ArmsDrawing, arms_height, in_order

ROWS = ("drug", "light", "silence", "cells lit")


def arm(name, mean, control=False, **rows):
    drives = np.clip(mean + 0.1 * np.random.default_rng(len(name)).standard_normal(20), 0, None)
    return plots.Arm(name, drives, {key.replace("_", " "): v for key, v in rows.items()}, control)


ARMS = [
    arm("light on others", 0.0, True, light="control", cells_lit="as many other cells"),
    arm("cue", 1.5),
    arm("light", 1.0, light="yes", cells_lit="half of the engram"),
    arm("silence", 0.0, silence="yes", cells_lit="engram"),
    arm("drug", 0.3, drug="yes"),
    arm("silence of others", 1.9, True, silence="control", cells_lit="others"),
]


def pixels(figure):
    return plots.render(figure, 100)[..., :3].astype(int)


def rgb(role):
    return np.array([int(ROLE[role][k : k + 2], 16) for k in (1, 3, 5)])


def drawing(arms=ARMS, **how):
    with plots.style():
        figure = plots.new_picture(height=58 + arms_height(arms, ROWS))
        return ArmsDrawing(figure, top=58, arms=arms, rows=ROWS, **how)


@pytest.mark.parametrize("n_arms", [2, 3, 4, 6])
def test_all_words_are_legible(n_arms):
    picture = plots.arms(ARMS[:n_arms], ROWS, title="Light is not the cue", heading="one box",
                         subtitle="20 animals an arm")  # fmt: skip
    assert faults(picture) == []
    assert crossings(picture) == []


def test_animals_above_all_expected_leave_the_words_alone():
    picture = plots.arms([arm("strong", 3.1), *ARMS], ROWS, title="High", heading="one box")
    assert faults(picture) == []
    assert crossings(picture) == []


def test_controls_stand_last_in_their_order():
    names = [one.name for one in in_order(ARMS)]
    assert names[-2:] == ["light on others", "silence of others"]
    assert names[:4] == ["cue", "light", "silence", "drug"]


def test_the_table_names_every_row_and_its_dashes():
    told = [text for text, _, _ in words(plots.arms(ARMS, ROWS, title="All"))]
    for row in (*ROWS, "mean drive", "control arms"):
        assert row in told
    assert told.count("–") == 5 + 4 + 4 + 2


def test_marks_have_the_colour_of_what_is_given():
    seen = pixels(plots.arms(ARMS, ROWS, title="All"))
    for role in ("drug", "light", "ink"):
        assert (np.abs(seen - rgb(role)).sum(axis=2) < 12).any()


def test_each_arm_has_its_mean_in_numbers_and_in_words():
    picture = plots.arms(ARMS, ROWS, title="All")
    told = [text for text, _, _ in words(picture)]
    for one in ARMS:
        assert f"{one.drives.mean():.2f}" in told
        assert f"{one.name} {one.drives.mean():.2f}" in picture.alt


def test_without_controls_and_half_there_is_no_bracket_and_no_line():
    told = [text for text, _, _ in words(plots.arms(ARMS[1:3], ROWS, title="All", half=None))]
    assert "control arms" not in told
    assert "read-out" not in told


def test_dots_and_numbers_move_and_nothing_else():
    drawn = drawing(y_top=2.0, moving_rows=["cells lit"])
    before = pixels(drawn.figure)
    drawn.set([one.drives for one in drawn.arms], {"cells lit": [""] * 6})
    still = pixels(drawn.figure)
    drawn.set([one.drives for one in drawn.arms])
    assert (pixels(drawn.figure) == before).all()
    assert (still != before).any()
    new = [0.5 * one.drives for one in drawn.arms]
    drawn.set(new, {"cells lit": ["all", "half", "none", "all", "others", "others"]})
    told = [text for text, _, _ in words(drawn.figure)]
    assert f"{new[0].mean():.2f}" in told
    assert "half" in told
    assert (pixels(drawn.figure) != before).any()
    assert len(drawn.moving()) == 3
    assert drawn.dots.get_offsets()[:20, 1] == pytest.approx(new[0])


def test_a_dot_stays_in_its_column():
    drawn = drawing()
    x = drawn.dots.get_offsets()[:, 0].reshape(len(ARMS), 20)
    for middle, place in zip(drawn.middles, x, strict=True):
        assert np.abs(place - middle).max() < drawn.step / 2
    assert drawn.middles[-1] + drawn.step / 2 <= SIZE["width"] - SIZE["right"] + 1


def test_a_ghost_is_left_behind_and_can_be_taken_away():
    drawn = drawing(y_top=2.0)
    before = pixels(drawn.figure)
    ghosts = drawn.ghost()
    assert (pixels(drawn.figure) != before).any()
    for part in ghosts:
        part.remove()
    assert (pixels(drawn.figure) == before).all()


def test_a_missing_arm_is_an_error():
    with pytest.raises(ValueError, match="6 arms, but drives for 1"):
        drawing().set([ARMS[0].drives])
