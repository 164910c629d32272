"""The robustness map: recomputed, it says what the committed table says."""

from importlib.resources import files

import numpy as np
import pytest

import engramlab as el
from engramlab.ensemble import COURSE, TUNED, WEAK
from engramlab.experiments import EFFECTS, FACTORS, KNOBS, drive_at, robustness_text
from engramlab.experiments._runs import Setting
from engramlab.experiments.robustness import READ_OUT, turned

SOON = ("recruits", "links", "lights", "restores")
"""One effect of each of the four lessons; the others are recomputed with the whole table."""
TURNED_BY_HAND = [*TUNED, "weak"]


def agrees(now, then):
    return now == then or (then == "close" and now in ("holds", "fails"))


def fits(effect, knobs):
    """Every verdict of one effect, measured now, is that of the table.

    Where the table says close, either verdict may come out: that is what the word means.
    """
    found = el.robustness_verdicts([effect], knobs)[0]
    table = el.robustness_table()
    differing = {
        knob: (both.tolist(), table[effect, knob])
        for knob, both in zip(knobs, found, strict=True)
        if not all(agrees(now, then) for now, then in zip(both, table[effect, knob], strict=True))
    }
    assert not differing, f"{EFFECTS[effect].words}: (measured, table) {differing}"


@pytest.mark.parametrize("effect", SOON)
def test_the_table_says_what_the_model_does(effect):
    fits(effect, TURNED_BY_HAND)


@pytest.mark.full
@pytest.mark.parametrize("effect", EFFECTS)
def test_the_whole_table_says_what_the_model_does(effect):
    fits(effect, list(KNOBS))


@pytest.mark.parametrize("effect", EFFECTS)
def test_every_effect_holds_at_the_setting_of_the_course(effect):
    """By more than two standard errors of each mean."""
    assert EFFECTS[effect].verdict(EFFECTS[effect].measured()) == "holds"


def test_the_table_is_whole():
    table = el.robustness_table()
    assert list(table) == [(effect, knob) for effect in EFFECTS for knob in KNOBS]
    assert {word for both in table.values() for word in both} <= {
        "holds", "close", "fails", "same"
    }  # fmt: skip


def test_a_mean_near_its_limit_is_close():
    """Two standard errors on either side of the limit, 0.5 here."""
    effect = EFFECTS["excludes"]
    for shift, verdict in ((-0.3, "holds"), (-0.1, "close"), (0.1, "close"), (0.3, "fails")):
        found = 0.5 + shift + np.array([[-0.2], [0.2], [-0.2], [0.2]])  # standard error 0.12
        assert effect.verdict(found) == verdict
        assert (effect.margin(found) > 0) is (shift < 0)
    assert effect.verdict(np.array([[0.4]])) == "holds"  # one animal has no error
    both = EFFECTS["sizes"]
    one_fails = np.array([[0.10, -0.5], [0.10, -0.5]])
    assert both.verdict(one_fails) == "fails"
    assert both.verdict(np.array([[0.079, 0.5], [0.083, 0.5]])) == "close"


def test_what_was_tuned_is_among_the_knobs():
    assert set(TUNED) < set(KNOBS)
    assert set(READ_OUT) < set(KNOBS)


def test_each_effect_says_what_it_is():
    for effect in EFFECTS.values():
        assert effect.status in ("built in", "tuned", "emerged")
        assert effect.lesson in ("05", "06", "07", "11")
        assert len(effect.words) <= 30
        assert len(effect.run(Setting(), np.random.default_rng(1))) == len(effect.bounds)
    assert len({effect.words for effect in EFFECTS.values()}) == len(EFFECTS)


def test_a_verdict_can_fail():
    """With next to no effect of CREB few are recruited; without a bump nothing is linked."""
    at = Setting(constants=COURSE._replace(creb=0.01))
    assert EFFECTS["recruits"].margin(EFFECTS["recruits"].measured(at, seeds=4), at) < 0
    at = Setting(constants=COURSE._replace(bump=0.0))
    assert EFFECTS["links"].margin(EFFECTS["links"].measured(at, seeds=4), at) < 0
    strong = turned("weak", 1.5)
    assert EFFECTS["novel"].margin(EFFECTS["novel"].measured(strong, seeds=4), strong) < 0


def test_the_threshold_and_the_width_of_recall_enter_by_the_limits_alone():
    """What the margins of these two knobs take for granted."""
    for effect in EFFECTS.values():
        if effect is EFFECTS["remodels"]:
            continue
        there = effect.measured(seeds=1)
        for knob in READ_OUT:
            assert (effect.measured(turned(knob, 1.2), seeds=1) == there).all()


def test_knobs_turn_what_they_name():
    assert turned("bump", 0.5).constants == COURSE._replace(bump=0.4)
    assert turned("weak", 0.5) == Setting(weak=WEAK / 2)
    with pytest.raises(ValueError, match="knob is 'brake'; give one of"):
        turned("brake", 1.2)
    with pytest.raises(ValueError, match="factor is 0"):
        turned("bump", 0)
    with pytest.raises(ValueError, match="effects is 'charm'"):
        el.robustness_margins(["charm"])
    with pytest.raises(TypeError, match=r"effects is 'links'; give a list, such as \['links'\]"):
        el.robustness_margins("links")
    with pytest.raises(TypeError, match=r"knobs is 'bump'; give a list, such as \['bump'\]"):
        el.robustness_verdicts(["links"], "bump")
    with pytest.raises(TypeError, match=r"factors is 1.2; give a list, such as \[1.2\]"):
        el.robustness_margins(["links"], ["bump"], factors=1.2)
    with pytest.raises(ValueError, match="effects is empty; give at least one"):
        el.robustness_margins([])


def test_limits_known_as_recall_indices_are_read_as_drives():
    wanted = [0.66, 0.72, 0.80, 0.88, 0.94, 1.02]
    found = [drive_at(index) for index in (0.2, 0.3, 0.5, 0.7, 0.8, 0.9)]
    assert found == pytest.approx(wanted, abs=5e-3)
    flat = COURSE._replace(threshold_recall=1.0, width_recall=0.2)
    assert drive_at(0.5, flat) == 1.0
    for index in (0, 1, -0.5):
        with pytest.raises(ValueError, match="give a number above 0 and below 1"):
            drive_at(index)


def test_the_text_of_a_map_reads_back():
    table = el.robustness_table()
    verdicts = np.array(list(table.values())).reshape(len(EFFECTS), len(KNOBS), len(FACTORS))
    text = (files("engramlab") / "data" / "robustness.csv").read_text(encoding="utf-8")
    assert robustness_text(verdicts) == text


def test_a_knob_that_plays_no_part_is_said_to():
    """Or the share of effects that survive would be padded with what cannot fail."""
    found = el.robustness_verdicts(["recruits", "links"], ["bump", "creb"], seeds=2)
    assert found[0].tolist() == [["same", "same"], ["holds", "holds"]]
    assert found[1, 1].tolist() == ["same", "same"]
    assert "same" not in found[1, 0]
