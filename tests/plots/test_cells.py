"""The sheet of cells: a cell keeps its place, and each fact has a channel of its own."""

import numpy as np
import pytest
from picture_tools import crossings, faults

from engramlab.look import EXCITABILITY
from engramlab.plots import new_picture, render, sparse_code, style
from engramlab.plots._cells import (
    HIGH,
    LOW,
    SHAPES,
    Cells,
    CellSheet,
    places,
    shade,
    sheet_key,
    sheet_px,
)


def drawn(cells, **how):
    with style():
        figure = new_picture(height=420)
        sheet = CellSheet(figure, left=24, top=48, **how)
        sheet.set(cells)
    return figure, sheet


def some(**more):
    rng = np.random.default_rng(1)
    return Cells(excitability=rng.normal(0, 0.3, 400), engram=np.arange(400) % 10 == 0, **more)


def test_a_cell_stands_where_it_always_stood():
    assert places(400) is places(400)
    np.testing.assert_array_equal(places(240), places(400)[:240])
    with pytest.raises(ValueError, match="read-only"):
        places(400)[0] = 0
    width, height = sheet_px(400)
    assert (places(400) > 4).all()
    assert (places(400) < (width - 4, height - 4)).all()


def test_no_two_cells_touch():
    gaps = np.linalg.norm(places(400)[:, None] - places(400)[None], axis=2)
    assert gaps[~np.eye(400, dtype=bool)].min() > 12.5


def test_excitability_is_lightness_and_stops_at_its_ends():
    grey = shade(np.linspace(LOW, HIGH, 50))[:, :3].mean(axis=1)
    assert (np.diff(grey) < 0).all()
    np.testing.assert_array_equal(
        shade(np.array([LOW - 1, HIGH + 1])), shade(np.array([LOW, HIGH]))
    )
    assert len(EXCITABILITY) == 5


def test_shape_ring_and_lightness_move_apart():
    """Each of the three facts changes the picture alone, and leaves the artists as they are."""
    plain, sheet = drawn(some())
    assert len(sheet.moving()) == 2
    pictures = [render(plain, 100)]
    base = some()
    for other in (
        some(treated=np.arange(400) < 60),
        Cells(excitability=-base.excitability, engram=base.engram),
        Cells(excitability=base.excitability, engram=~base.engram),
        some(second=np.arange(400) % 7 == 0),
        Cells(excitability=base.excitability, engram=np.zeros(400, bool)),
    ):
        sheet.set(other)
        pictures.append(render(plain, 100))
    for k, one in enumerate(pictures):
        for two in pictures[k + 1 :]:
            assert np.abs(one.astype(int) - two).max() > 30


@pytest.mark.parametrize("treatment", ["creb", "lowered"])
def test_treated_cells_have_the_other_outline(treatment):
    treated = np.arange(400) % 3 == 0
    _, sheet = drawn(some(treated=treated), treatment=treatment)
    for outline, is_treated in zip(sheet.cells.get_paths(), treated, strict=True):
        assert outline is SHAPES[treatment if is_treated else "plain"]
    assert sheet.rings.get_paths()[0] is SHAPES[treatment]


def test_the_outlines_cover_about_as_much():
    spans = {name: np.ptp(path.vertices, axis=0).max() for name, path in SHAPES.items()}
    assert max(spans.values()) / min(spans.values()) < 1.35


@pytest.mark.parametrize("words", ["CREB cell", "less excitable", "labelled"])
def test_the_key_is_legible(words):
    with style():
        figure = new_picture(height=120)
        sheet_key(figure, left=24, top=40, words=words)
    assert faults(figure) + crossings(figure) == []


def test_a_scene_and_its_code_are_counted_and_legible():
    scene = np.random.default_rng(2).permutation(400) < 30
    code = np.random.default_rng(3).permutation(400) < 38
    picture = sparse_code(scene, np.zeros(400), code)
    assert "30 of 400 units" in picture.alt
    assert picture.alt.endswith("38 of 400 cells active")
    assert faults(picture) + crossings(picture) == []
    with pytest.raises(ValueError, match="square number"):
        sparse_code(scene[:390], np.zeros(400), code)
