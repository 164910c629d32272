"""The picture of a protocol: whatever the steps, its words are legible and off every mark."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from picture_tools import crossings, faults, pixels_of
from strategies import protocols

from engramlab import plots
from engramlab._types import CourseError
from engramlab.ensemble import check_protocol
from engramlab.plots._timeline_layout import bands, clock_words, moments

TRAINED = [("label", "A"), ("encode", "A", "shock"), ("wait", 24)]
DRUGGED = [("label", "A"), ("drug", "on"), ("encode", "A", "shock"), ("wait", 4), ("drug", "off"),
           ("wait", 20)]  # fmt: skip
ARMS = {
    "light, random cells": [*DRUGGED, ("light", "random", "C")],
    "saline, cue": [*TRAINED, ("recall", "A")],
    "drug, cue": [*DRUGGED, ("recall", "A")],
    "drug, light": [*DRUGGED, ("light", "labelled", "C")],
}
DRIVES = {"saline, cue": [1.57], "drug, cue": [0.37], "drug, light": [0.93],
          "light, random cells": [-0.001]}  # fmt: skip
DAILY = [("encode", "A", "shock"), *[("wait", 24), ("remodel", 0.05)] * 28, ("recall", "A")]
ALL = [("creb", 0.15), ("label", "A"), ("encode", "A", "weak"), ("novelty",), ("wait", 0.5),
       ("drug", "on"), ("encode", "B", "shock", "labelled"), ("encode", "B", "shock", "random"),
       ("wait", 5), ("drug", "off"), ("replay", 2), ("replay", 1), ("silence", "labelled", "A"),
       ("silence", "random", "A"), ("wait", 1000), ("depress", "engram"), ("recall", "B"),
       ("potentiate", "engram"), ("depress", "random"), ("ablate", "creb"), ("ablate", "random"),
       ("remodel", 1 / 3), ("recall", "my own box"), ("encode", "A"), ("drug", "on"), ("wait", 1),
       ("light", "creb", "B")]  # fmt: skip

PICTURES = {
    "one": lambda: plots.timeline([*TRAINED, ("light", "labelled", "C"), ("light", "random", "C")]),
    "one step": lambda: plots.timeline([("novelty",)]),
    "a wait": lambda: plots.timeline([("wait", 3)]),
    "drives of one": lambda: plots.timeline(
        [*TRAINED, ("recall", "A"), ("recall", "C")], drives=[1.5, 0.02], title="A title"),
    "arms": lambda: plots.timeline(
        ARMS, drives=DRIVES, controls=["light, random cells"], title="A title",
        subtitle="mean of 8"),
    "all steps": lambda: plots.timeline(ALL),
    "daily": lambda: plots.timeline(DAILY),
    "two gaps": lambda: plots.timeline({
        f"{gap} h": [("encode", "A"), ("wait", gap), ("encode", "B", "shock"), ("wait", 24),
                     ("recall", "A")] for gap in (6, 24)}),
    "long names": lambda: plots.timeline(
        {"an arm with a name that goes on over several lines": TRAINED, "b": TRAINED}),
    "the longest": lambda: plots.timeline([("recall", "ABCDEFGHIJKL"), ("wait", 50)] * 100),
}  # fmt: skip


@pytest.fixture(scope="module", params=PICTURES)
def picture(request):
    return PICTURES[request.param]()


def test_words_are_legible_inside_and_apart(picture):
    assert faults(picture) + crossings(picture) == []


def test_it_shows_itself_with_its_text_alternative(picture):
    bundle = picture._repr_mimebundle_()
    assert bundle["text/plain"] == picture.alt != ""
    pixels = pixels_of(bundle["text/html"])
    assert pixels.shape[1] == 2 * plots._axes.width_px(picture)
    assert tuple(pixels[0, 0]) == (255, 255, 255)


@given(arms=st.lists(protocols(max_steps=8), min_size=1, max_size=3))
@settings(max_examples=15)
def test_any_protocols_are_drawn_without_a_fault(arms):
    figure = plots.timeline({f"arm {k}": arm for k, arm in enumerate(arms)})
    assert faults(figure) + crossings(figure) == []


@given(arms=st.lists(protocols(), min_size=1, max_size=4))
@settings(max_examples=60)
def test_every_step_of_every_arm_stands_once_and_in_order(arms):
    checked = [check_protocol(arm) for arm in arms]
    rows = moments(checked)
    for k, arm in enumerate(checked):
        drawn = [slot.steps[k] for each in rows for slot in each.slots if slot.steps[k]]
        wanted = [step for step in arm if step.kind != "wait"]
        if not any(each.more for each in rows):
            assert drawn == wanted
        assert set(map(id, drawn)) <= set(map(id, wanted))
    for band in bands(rows, left=140, right=736):
        middles = [x for place in band for x in place.middles]
        assert middles == sorted(middles)
        assert band[0].left == 140
        assert band[-1].right <= 736 + 1e-6


def test_like_stands_under_like_and_controls_stand_last():
    said = [text.get_text() for text in PICTURES["arms"]().texts]
    assert said.index("drug, cue") < said.index("control arms") < said.index("light, random")
    slots = moments([check_protocol(ARMS[name]) for name in ("saline, cue", "drug, cue")])
    first = [[step and step.kind for step in slot.steps] for slot in slots[0].slots]
    assert first == [["label", "label"], [None, "drug"], ["encode", "encode"]]
    readings = moments([check_protocol(arm) for arm in ARMS.values()])[-1].slots
    assert len(readings) == 1


def test_the_alternative_tells_each_arm_step_by_step_with_its_drive():
    alt = PICTURES["arms"]().alt
    assert alt.startswith(
        "saline, cue: label the cells of the next encounter with A; encode A with a shock; "
        "wait 24 h; recall in A (drive 1.57). drug, cue: "
    )
    assert alt.endswith("light on as many other cells (as many as the labelled cells) in C "
                        "(drive 0.00)")  # fmt: skip


def test_what_is_done_every_day_is_drawn_twice_and_told_once():
    figure = PICTURES["daily"]()
    assert "28 times (wait 24 h; remodel 5 % of contacts)" in figure.alt
    said = " ".join(text.get_text() for text in figure.texts)
    found = int(re.search(r"(\d+) more", said).group(1))
    assert found + said.count("remodel") == 28
    assert "28 days" in said


def test_light_on_other_cells_is_hollow_and_a_drug_has_its_time():
    def colours(step):
        return plots.timeline([*TRAINED, step]).png()

    assert colours(("light", "engram", "C")) != colours(("light", "random", "C"))
    pale = np.array([236, 223, 241])  # the drug's violet at a seventh

    def drugged(steps):
        pixels = pixels_of(plots.timeline(steps)._repr_mimebundle_()["text/html"]).astype(int)
        return (np.abs(pixels - pale).max(axis=2) < 4).any(axis=0).sum()

    off, on, open_end = (
        drugged([*TRAINED, ("recall", "A")]),
        drugged(DRUGGED),
        drugged(DRUGGED[:-2]),
    )
    assert off == 0
    assert on > 100
    assert open_end > 50


def test_hours_are_days_only_where_all_later_ones_are():
    assert clock_words([0, 24, 48, 168])[168] == "7 days"
    assert clock_words([0, 24, 168, 169])[168] == "168 h"
    assert clock_words([1000.333])[1000.333] == "1,000.33 h"


@pytest.mark.parametrize(
    ("protocol", "more", "kind", "said"),
    [
        ([("recall",)], {}, CourseError, "step 1"),
        ({"a": TRAINED, "b": [("tag", "A")]}, {}, CourseError, "arm 'b', step 1"),
        ({}, {}, ValueError, "0 arms"),
        ({f"{k}": TRAINED for k in range(9)}, {}, ValueError, "9 arms"),
        ({3: TRAINED}, {}, ValueError, "no arm 3"),
        (ARMS, {"controls": ["no such"]}, ValueError, "no arm 'no such'"),
        (ARMS, {"controls": "drug, cue"}, TypeError, "controls is 'drug, cue'"),
        (ARMS, {"drives": {"drug, cue": [1, 2]}}, ValueError, "2 numbers"),
        (ARMS, {"drives": {"drug, cue": ["much"]}}, TypeError, "drives is 'much'"),
        (ARMS, {"drives": {"no such": [1]}}, ValueError, "no arm 'no such'"),
        (ARMS, {"drives": [1, 2]}, TypeError, "drives is [1, 2]"),
        (TRAINED, {"drives": {"a": [1]}}, TypeError, "drives is {'a': [1]}"),
        ({f"{k}": [("recall", "A"), ("wait", 1 + k / 8)] * 100 for k in range(8)}, {}, CourseError,
         "pixels high"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused(protocol, more, kind, said):
    with pytest.raises(kind) as caught:
        plots.timeline(protocol, **more)
    assert said in str(caught.value)
