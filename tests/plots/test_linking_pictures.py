"""The pictures of linking: ticks to be counted, every animal drawn, chance beside them."""

import numpy as np
import pytest
from picture_tools import crossings, faults, words

from engramlab import plots
from engramlab.plots._linking_parts import Shared, Strips, chance_band, when

HOURS = np.array([1.5, 6.0, 24.0, 168.0])
OVERLAP = np.random.default_rng(1).normal(0, 0.03, (4, 20)) + np.array(
    [[0.85], [0.54], [0.2], [0.16]]
)
NEAR, FAR = (Shared(first=39, second=40, both=n, n_cells=400) for n in (21, 6))


def picture(pairs=((6.0, NEAR), (24.0, FAR)), **more):
    return plots.linking(HOURS, OVERLAP, pairs, **more)


def strips(shared):
    with plots.style():
        figure = plots.new_picture(300, 120)
        drawn = Strips(figure, left=30, top=20)
        drawn.set(shared)
    return drawn


@pytest.mark.parametrize("title", ["", "Events close in time share cells; a day apart, few"])
@pytest.mark.parametrize("pairs", [((6.0, NEAR), (24.0, FAR)), ((168.0, FAR),)])
def test_words_are_legible_inside_and_apart(title, pairs):
    assert faults(picture(pairs, title=title)) + crossings(picture(pairs, title=title)) == []


def test_it_says_every_mean_and_chance():
    alt = picture().alt
    for mean in OVERLAP.mean(axis=1):
        assert f"{mean:.2f} at " in alt
    assert alt.endswith("chance 0.10")
    assert "chance" in [text for text, _, _ in words(picture())]


@pytest.mark.parametrize("both", [0, 1, 21, 39])
def test_one_tick_is_one_cell_and_the_shared_stretch_stands_in_both_rows(both):
    drawn = strips(Shared(first=39, second=44, both=both, n_cells=400))
    boxes = [path.vertices for path in drawn.cells.get_paths()]
    rows = {row: [box for box in boxes if box[:, 1].min() == row] for row in (0, 22)}
    assert [len(row) for row in rows.values()] == [39, 44]
    first, second = ({float(box[:, 0].min()) for box in row} for row in rows.values())
    assert len(first & second) == both
    assert len(drawn.ends.get_segments()) == (2 if both else 0)
    for segment in drawn.ends.get_segments():  # between cells, not through one
        assert all(not x < segment[0, 0] < x + 2 for x in first | second)
    assert drawn.words.get_text() == f"{both} shared; by chance about 4"


def test_every_animal_is_a_dot():
    (ax, *_) = picture().axes
    (dots,) = [one for one in ax.collections if one.get_sizes().size]
    np.testing.assert_allclose(np.sort(dots.get_offsets()[:, 1]), np.sort(OVERLAP.ravel()))


def test_the_band_of_chance_is_the_hypergeometric_one():
    """40 of 400 cells twice: 1 to 8 shared, mean 4."""
    assert chance_band(40, 400) == (0.025, 0.1, 0.2)
    low, mean, high = chance_band(200, 400)
    assert low < mean == 0.5 < high
    assert chance_band(400, 400) == (1.0, 1.0, 1.0)


def test_times_are_said_as_people_say_them():
    assert [when(hours) for hours in HOURS] == ["1.5 h", "6 h", "24 h", "7 days"]


def test_arrays_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="overlap has shape"):
        plots.linking(HOURS[:3], OVERLAP, [(6.0, NEAR)])
    for pairs in ([], [(6.0, NEAR)] * 3):
        with pytest.raises(ValueError, match=f"there are {len(pairs)} pairs"):
            picture(pairs)
