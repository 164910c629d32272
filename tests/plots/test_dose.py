"""Drive against a share of cells: the control beside it, markers on the means, ghosts that go."""

import numpy as np
import pytest
from picture_tools import crossings, faults, words

from engramlab import plots
from engramlab.plots._dose import DoseDrawing

SHARES = np.linspace(0, 1, 11)
DRIVES = np.linspace(1.6, 0, 11)[:, None] * np.linspace(0.8, 1.2, 20)
CONTROL = np.full((11, 20), 1.6)


@pytest.fixture
def drawing():
    with plots.style():
        return DoseDrawing(
            plots.new_picture(height=346), top=46, shares=SHARES, drives=DRIVES, control=CONTROL,
            x_title="cells silenced", y_title="drive", names=("engram cells", "as many others"),
            half=(0.8, "half of the drive"),
            losses=[(0.5, 0.9, "some lost"), (0.1, 1.6, "others lost")],
        )  # fmt: skip


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_words_are_legible_and_clear(drawing, share):
    drawing.set(share)
    drawing.ghost()
    assert faults(drawing.ax.figure) == []
    assert crossings(drawing.ax.figure) == []


def test_every_curve_has_its_name(drawing):
    drawing.set(0.5)
    told = {text for text, _, _ in words(drawing.ax.figure)}
    assert {"engram cells", "as many others", "half of the drive", "some lost"} <= told


def test_markers_stand_on_the_means(drawing):
    drawing.set(0.25)
    found = np.asarray(drawing.marks.get_offsets())
    assert found == pytest.approx(np.array([(0.25, 1.6), (0.25, 1.2)]))
    assert len(drawing.moving()) == 2


def test_a_ghost_goes_again(drawing):
    drawing.set(1.0)
    before = plots.render(drawing.ax.figure, 100)
    parts = drawing.ghost()
    assert (plots.render(drawing.ax.figure, 100) != before).any()
    for part in parts:
        part.remove()
    assert (plots.render(drawing.ax.figure, 100) == before).all()
