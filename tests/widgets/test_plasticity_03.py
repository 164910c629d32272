"""The widgets of lesson 03: what they read is the model's, and the marks are the published ones."""

import numpy as np
import pytest

import engramlab as el
from engramlab.course.claims import claim
from engramlab.plots._capture import apart
from engramlab.widgets.plasticity import _capture, _capture_gap


def test_the_first_view_reads_what_the_ledger_holds():
    kept, alone = claim("C-m-weak-first").value
    words = el.widgets.view("tag_and_capture").alt
    assert words.startswith("strong event 0.50 h after the weak one: at 10 h the weak synapse's")
    assert f"weight is {kept:.2f} (late part {kept - 1:.2f})" in words
    assert words.endswith(f"weak event alone {alone:.2f}")
    strong, weak, *_ = claim("C-m-drug").value
    words = el.widgets.view("protein_block").alt
    assert f"the strong synapse's weight is {strong:.2f}, the weak one's {weak:.2f}" in words


def test_without_the_drug_the_two_widgets_show_one_slice():
    free, plain = _capture.move_strong(0.5), _capture.give_drug("none", 2.0)
    np.testing.assert_allclose(np.interp(plain.hours, free.hours, free.weak)[20:],
                               plain.weak[20:], atol=1e-4)  # fmt: skip
    assert plain.late == pytest.approx(free.late)
    assert "no drug" in _capture.drug_reading(plain)


@pytest.mark.parametrize("strong", [-4.0, -1.0, 0.0, 0.5, 4.0])
def test_the_dark_area_is_what_sets_the_late_part(strong):
    """late = 1 - exp(-area), with the area drawn, in hours times level."""
    scene = _capture.CaptureScene()
    shown = _capture.move_strong(strong)
    scene.update(shown)
    x, y = scene.drawing.proteins.get_paths()[1].vertices.T
    area = 0.5 * abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))
    level = area / 74  # px for a protein level of 1
    assert 1 - np.exp(-level) == pytest.approx(shown.late, abs=2e-3)


def test_the_marks_are_the_published_results():
    minutes, *hours = claim("C-fm1998").value
    tried = _capture_gap.PUBLISHED["Frey & Morris 1998"]
    assert list(tried) == pytest.approx([minutes / 60, *hours])
    assert list(tried.values()) == [True, True, False, False]
    newer = _capture_gap.PUBLISHED["Commun Biol 2025"]
    assert sorted({abs(gap) for gap in newer}) == list(claim("C-commbio2025").value)
    assert [gap for gap, kept in newer.items() if not kept] == [3.0]


def test_the_gap_reads_counts_and_laboratories():
    words = _capture_gap.gap_reading(_capture_gap.at_gap(1.0))
    assert words.startswith("strong event 1.00 h after the weak one: late part 0.07 in the model")
    assert "4 of 20 keep 0.1 or more" in words
    assert words.endswith("in the laboratory, Frey & Morris 1998: kept [C-fm1998]")
    for name, row in _capture_gap.CLAIMS.items():
        assert name.split()[-1] in claim(row).source
        assert name in _capture_gap.PUBLISHED
    nobody = _capture_gap.gap_reading(_capture_gap.at_gap(-1.0))
    assert nobody.endswith("not tried in the slices quoted")


def test_the_size_of_the_weak_event_reads_its_tag():
    words = el.widgets.view("weak_size", strong=1.0).alt
    tag, late = claim("C-m-largest-weak").value
    assert words.endswith(f"{late:.2f} at 0.499 (tag {tag:.2f} h)")
    own = _capture_gap.all_sizes(None)
    assert own[_capture_gap.SIZES < 0.5 - 1e-9].max() == 0
    assert own[-1] > 0


@pytest.mark.parametrize("values", [[1.0, 1.0, 1.0, 1.0], [2.0, 1.0, 1.05], [1.3, 1.29, 1.7, 1.69]])
def test_names_at_the_ends_stand_apart_and_in_order(values):
    places = apart(values, 0.13, low=0.98)
    gaps = np.diff(np.sort(places))
    assert gaps.min() >= 0.13 - 1e-6
    assert min(places) >= 0.98
    by_value = sorted(range(len(values)), key=lambda k: (values[k], -k))
    assert by_value == sorted(range(len(values)), key=lambda k: places[k])
    assert max(abs(np.subtract(places, values))) < 0.4
