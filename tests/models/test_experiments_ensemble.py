"""The experiments of lessons 05, 06, 07 and 11: paired arms, repeatable, and clear errors."""

import numpy as np
import pytest

import engramlab as el
from engramlab.ensemble import COURSE
from engramlab.experiments import engrams

EXPERIMENTS = {
    "recruited": 3,
    "engram_size": None,
    "sizes_in_a_row": 5,
    "linked": 6,
    "linked_back": 6,
    "weak_after_strong": 2,
    "kept_cells": 10,
    "day_after": 3,
    "false_memory": 3,
    "without_cells": 3,
    "weak_with_novelty": 3,
    "switched": 4,
    "engram_synapses": (2, 2),
}
FAULTS = [
    ("recruited", {"treatment": "magic"}, "treatment is 'magic'"),
    ("recruited", {"fraction_treated": 1.5}, "fraction_treated is 1.5"),
    ("recruited", {"fraction_treated": 0.0}, "fraction_treated is 0"),
    ("recruited", {"fraction_treated": 1.0}, "fraction_treated is 1"),
    ("engram_size", {"inhibition": -1.0}, "inhibition is -1"),
    ("sizes_in_a_row", {"n_events": 0}, "n_events is 0"),
    ("linked", {"gap_hours": -1.0}, "gap_hours is -1"),
    ("linked", {"excited": -1.0}, "excited is -1"),
    ("linked", {"excited_cells": "B"}, "excited_cells is 'B'; give one of 'A', 'others'"),
    ("linked_back", {"n_bouts": 0}, "n_bouts is 0"),
    ("linked_back", {"bouts_of": "C"}, "bouts_of is 'C'; give one of 'both', 'A', 'B'"),
    ("linked_back", {"bouts_of": "A", "shock_first": True}, "bouts_of is 'A' .*no A yet"),
    ("linked_back", {"strength": 2.0}, "strength is 2"),
    ("linked_back", {"shock_first": True, "n_bouts": 5}, "give a gap of at least 60 h"),
    ("weak_after_strong", {"strength": 2.0}, "strength is 2"),
    ("weak_after_strong", {"strength_first": -1.0}, "strength_first is -1"),
    ("kept_cells", {"n_visits": 0}, "n_visits is 0"),
    ("day_after", {"place": "D"}, "place is 'D'"),
    ("day_after", {"light": "all"}, "light is 'all'"),
    ("day_after", {"light": "labelled", "silence": "others"}, "give one of them"),
    ("day_after", {"efficiency": 2.0}, "efficiency is 2"),
    ("day_after", {"strengthened": "all"}, "strengthened is 'all'; give one of 'none', 'visit'"),
    ("day_after", {"strengthened": True}, "strengthened is True"),
    ("day_after", {"light": "others", "background": 0.9}, "background labels .*smaller backgro"),
    ("false_memory", {"place": "D"}, "place is 'D'"),
    ("false_memory", {"light": True}, "light is True; give one of 'none', 'labelled', 'others'"),
    ("without_cells", {"ablated": "all"}, "ablated is 'all'"),
    ("without_cells", {"fraction_treated": 0.6}, "fraction_treated is 0.6"),
    ("weak_with_novelty", {"novelty_after_hours": 30.0}, "novelty_after_hours is 30"),
    ("switched", {"n_weakenings": -1}, "n_weakenings is -1"),
    ("switched", {"aim": "C"}, "aim is 'C'; give one of 'A', 'B'"),
    ("remodelled", {"daily_share": 2.0}, "daily_share is 2"),
    ("remodelled", {"days": ()}, "ascending"),
    ("remodelled", {"days": (7, 1)}, "ascending"),
]


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_same_seed_same_result_and_its_shape(name):
    experiment = getattr(el, name)
    one, again = (np.asarray(experiment(rng=3)) for _ in range(2))
    other = np.asarray(experiment(rng=4))
    assert (one == again).all()
    assert (one != other).any() or name in ("engram_synapses", "engram_size")
    shape = EXPERIMENTS[name]
    assert one.shape == (() if shape is None else shape if isinstance(shape, tuple) else (shape,))


def test_same_seed_same_result_of_remodelling():
    one, again = (el.remodelled(days=(1, 3), rng=3) for _ in range(2))
    assert (one == again).all()
    assert one.shape == (2, 3, 3)


@pytest.mark.parametrize(("name", "settings", "message"), FAULTS)
def test_what_cannot_be_is_told(name, settings, message):
    with pytest.raises(ValueError, match=message):
        getattr(el, name)(rng=1, **settings)


@pytest.mark.parametrize("name", [*EXPERIMENTS, "remodelled"])
def test_a_seed_is_needed(name):
    with pytest.raises(TypeError, match="rng"):
        getattr(el, name)(rng=None)


def test_the_recall_index_is_that_of_the_drive():
    found = el.day_after(drug=True, rng=5)
    steep = COURSE.threshold_recall, COURSE.width_recall
    assert found.recall_index == pytest.approx(
        1 / (1 + np.exp(-(found.drive - steep[0]) / steep[1]))
    )


def test_arms_are_of_the_same_animal():
    """What differs between arms is the arm: the untreated size, the chance, the memory before."""
    sizes = {el.recruited(treatment=arm, rng=2).size_untreated for arm in ("creb", "none")}
    assert len(sizes) == 1
    natural = el.day_after(rng=2).drive
    assert el.day_after(light="others", rng=2).drive != natural
    assert el.switched(n_weakenings=0, aim="B", rng=2) == el.switched(n_weakenings=0, rng=2)
    assert el.linked(excited_cells="others", rng=2) == el.linked(rng=2)
    arms = ({}, {"bouts_of": "A"}, {"bouts_of": "B"}, {"coactivated": False})
    assert len({el.linked_back(rng=2, **arm).overlap for arm in arms}) == 1


def test_the_other_cells_are_no_part_of_the_engram():
    """Matched to the label, which half of the engram escapes; all of them have no contact."""
    for seed in range(5):
        others = el.day_after(light="others", place="C", efficiency=0.5, rng=seed)
        assert others.reactivated < 0.25
        silenced = el.day_after(silence="others", efficiency=0.5, background=0.3, rng=seed)
        assert silenced.drive > 0.9 * el.day_after(rng=seed).drive


def test_as_many_other_cells_as_are_labelled(monkeypatch):
    """Counted at the call: none is labelled, none in the engram."""
    seen = []
    drawn = engrams.as_many_others

    def counted(cells, **how):
        others = drawn(cells, **how)
        seen.append((cells, how["among"], others))
        return others

    monkeypatch.setattr(engrams, "as_many_others", counted)
    el.day_after(light="others", efficiency=0.4, background=0.1, rng=1)
    label, pool, others = seen[0]
    assert others.sum() == label.sum() > 0
    assert not (others & label).any()
    assert not (others & ~pool).any()
    assert (~pool).sum() > label.sum()  # the cells of the engram that escaped the label too


def test_days_are_a_list():
    for wrong in (3, "14", None):
        with pytest.raises(TypeError, match=r"days is .*give a list of days, such as \(1, 7"):
            el.remodelled(days=wrong, rng=1)
    with pytest.raises(TypeError, match=r"days is 1.5"):
        el.remodelled(days=(1.5,), rng=1)


def test_constants_are_the_animals():
    small = COURSE._replace(n_cells=200, n_inputs=100, n_active=10)
    assert el.linked(constants=small, rng=1).overlap > 0
    assert el.remodelled(days=(1,), constants=small, rng=1).shape == (1, 3, 3)
