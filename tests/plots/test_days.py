"""Curves over days: each animal and each mean, the marker on the mean, names that stand apart."""

import numpy as np
import pytest
from picture_tools import crossings, faults

from engramlab import plots
from engramlab.look import LINE, ROLE
from engramlab.plots._days import _LINE, DayCurve, DaysDrawing, _apart

DAYS = np.array([1.0, 7.0, 14.0, 28.0])
RISES = np.array([[0.4, 0.6], [0.8, 1.0], [1.2, 1.2], [1.4, 1.6]])
FALLS = RISES[::-1]


def curves():
    return [
        DayCurve(name="it rises", drives=RISES),
        DayCurve(name="it falls", drives=FALLS, role="engram_b"),
        DayCurve(name="control", drives=RISES.mean(axis=1, keepdims=True), role="control",
                 control=True),
    ]  # fmt: skip


@pytest.fixture
def drawing():
    with plots.style():
        drawn = DaysDrawing(plots.new_picture(height=350), top=48, days=DAYS, n_curves=3)
        drawn.set(10.5, curves())
    return drawn


def test_each_animal_is_a_thin_line_and_each_arm_a_mean(drawing):
    animals, means = drawing.animals.get_segments(), drawing.means.get_segments()
    assert len(animals) == 4  # an arm of a single animal is its own mean
    np.testing.assert_allclose(animals[1], np.column_stack([DAYS, RISES[:, 1]]))
    np.testing.assert_allclose(means[0], np.column_stack([DAYS, RISES.mean(axis=1)]))
    widths = drawing.means.get_linewidth()
    assert widths[0] == LINE["result"] > widths[1]
    dashes = [pattern for _, pattern in drawing.means.get_linestyle()]
    assert dashes[0] is dashes[1] is None
    assert dashes[2]


def test_the_marker_stands_on_the_means_between_two_days_too(drawing):
    offsets = np.asarray(drawing.marks.get_offsets())
    np.testing.assert_allclose(offsets[:, 0], 10.5)
    np.testing.assert_allclose(offsets[:, 1], [1.05, 1.05, 1.05])
    drawing.set(None, curves())
    assert len(drawing.marks.get_offsets()) == 0


def test_the_result_is_bold_and_words_have_a_colour_that_can_be_read(drawing):
    assert [name.get_fontweight() for name in drawing.names] == ["bold", "normal", "normal"]
    lit = DayCurve(name="light", drives=RISES, role="light")
    drawing.set(1, [lit])
    assert drawing.names[0].get_color() == ROLE["light_text"]
    assert [name.get_text() for name in drawing.names] == ["light", "", ""]


@pytest.mark.parametrize(
    "wanted", [[50, 50, 50], [94, 95, 96], [10, 200, 11], [93, 20, 97], [100, 100], [95]]
)
@pytest.mark.parametrize("fixed", [95.0, None])
def test_names_stand_a_line_apart_and_in_order(wanted, fixed):
    found = _apart(wanted, fixed)
    every = sorted(found if fixed is None else [*found, fixed])
    assert np.diff(every).min(initial=_LINE) >= _LINE - 1e-9
    order = np.argsort(wanted, kind="stable")
    by_place = [wanted[k] for k in np.argsort(found)]
    assert by_place == [wanted[k] for k in order]
    assert np.abs(np.subtract(found, wanted)).max() <= len(wanted) * _LINE


def test_a_ghost_is_left_for_each_arm_but_not_for_what_stays(drawing):
    n_before = len(drawing.ax.lines)
    parts = drawing.ghost()
    assert len(parts) == 2 * 2  # the control has no animals of its own
    assert len(drawing.ax.lines) == n_before + 4
    for part in parts:
        part.remove()
    assert len(drawing.ax.lines) == n_before


def test_the_picture_of_a_notebook_reads_and_says_its_numbers():
    picture = plots.days(
        DAYS, curves(), title="It comes late", subtitle="2 animals", day=28, highest=2.2
    )
    assert faults(picture) == []
    assert crossings(picture) == []
    assert picture.alt == (
        "It comes late. Mean drive: it rises 0.50 on day 1 and 1.50 on day 28; it falls 1.50 on "
        "day 1 and 0.50 on day 28; control 0.50 on day 1 and 1.50 on day 28."
    )
