"""The palette is legible, and told apart by eyes that see two hues, and in grey."""

from itertools import combinations, pairwise
from types import MappingProxyType

import numpy as np
import pytest

from engramlab import look
from engramlab.look import EXCITABILITY, MARK_ROLES, PANEL, ROLE, TEXT_ROLES

# Machado GM, Oliveira MM, Fernandes LAF (2009) IEEE TVCG 15:1291, severity 1, linear RGB.
SEEN_AS = {
    "normal": np.eye(3),
    "protan": np.array([[0.152286, 1.052583, -0.204868],
                        [0.114503, 0.786281, 0.099216],
                        [-0.003882, -0.048116, 1.051998]]),
    "deutan": np.array([[0.367322, 0.860646, -0.227968],
                        [0.280085, 0.672501, 0.047413],
                        [-0.011820, 0.042940, 0.968881]]),
    "grey": np.tile([0.2126, 0.7152, 0.0722], (3, 1)),
}  # fmt: skip


def linear(colour):
    code = np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)]) / 255
    return np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)


def luminance(colour):
    return float(linear(colour) @ [0.2126, 0.7152, 0.0722])


def contrast(one, two="#FFFFFF"):
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def oklab(rgb):
    cones = np.cbrt(
        np.array([[0.4122214708, 0.5363325363, 0.0514459929],
                  [0.2119034982, 0.6806995451, 0.1073969566],
                  [0.0883024619, 0.2817188376, 0.6299787005]])
        @ rgb
    )  # fmt: skip
    return (
        np.array([[0.2104542553, 0.7936177850, -0.0040720468],
                  [1.9779984951, -2.4285922050, 0.4505937099],
                  [0.0259040371, 0.7827717662, -0.8086757660]])
        @ cones
    )  # fmt: skip


def distance(one, two, eyes):
    """OKLab distance x 100: about 2 is just visible."""
    a, b = (oklab(np.clip(SEEN_AS[eyes] @ linear(ROLE[role]), 0, 1)) for role in (one, two))
    return 100 * float(np.linalg.norm(a - b))


def test_known_answers_of_the_measures():
    assert contrast("#000000") == pytest.approx(21.0)
    assert contrast("#767676") == pytest.approx(4.54, abs=0.01)
    assert oklab(np.ones(3)) == pytest.approx([1, 0, 0], abs=1e-3)
    for matrix in SEEN_AS.values():
        assert matrix.sum(axis=1) == pytest.approx(1.0, abs=1e-4)  # white stays white


@pytest.mark.parametrize("role", TEXT_ROLES)
def test_words_are_legible_on_white(role):
    assert contrast(ROLE[role]) >= 4.5


@pytest.mark.parametrize("role", MARK_ROLES)
def test_marks_are_seen_on_white(role):
    assert contrast(ROLE[role]) >= 3.0


def test_the_panel_is_seen_on_both_themes():
    assert contrast(PANEL["accent"]) >= 4.5
    assert contrast(PANEL["fault"]) >= 4.5
    assert contrast(PANEL["track"]) >= 3.0
    dark = PANEL["dark"]
    assert contrast(PANEL["accent_on_dark"], dark) >= 4.5
    assert contrast(PANEL["fault_on_dark"], dark) >= 4.5
    assert contrast(PANEL["track_on_dark"], dark) >= 3.0


@pytest.mark.parametrize("eyes", SEEN_AS)
@pytest.mark.parametrize(
    ("roles", "weak"),
    [
        # Pairs in `weak` are told apart by form: filled against hollow or dashed.
        (("cue", "engram", "recalled", "other"), {}),
        (("engram", "engram_b", "other"), {}),
        (("recalled", "ghost", "ghost_band"), {}),
        (("recalled", "control", "cue"), {}),
        (("drug", "recalled"), {"grey": 9.0}),
        (("drug", "light", "control", "engram"), {"grey": 2.5}),
    ],
)
def test_roles_that_share_a_picture_stand_apart(roles, weak, eyes):
    least = weak.get(eyes, 10.0)
    for one, two in combinations(roles, 2):
        assert distance(one, two, eyes) >= least, (one, two, eyes)


def test_a_darker_gold_would_fail():
    code = dict(ROLE) | {"cue": "#B27300"}
    a, b = (oklab(np.clip(SEEN_AS["deutan"] @ linear(code[r]), 0, 1)) for r in ("cue", "engram"))
    assert 100 * np.linalg.norm(a - b) < 10


def test_excitability_is_lightness_alone():
    steps = [luminance(colour) for colour in EXCITABILITY]
    assert all(high > low for high, low in pairwise(steps))


def test_every_role_has_a_form_and_the_tables_are_frozen():
    for name in ("ROLE", "FORM", "PANEL", "SIZE", "TYPE", "LINE", "DASH", "RC"):
        assert isinstance(getattr(look, name), MappingProxyType)
    assert set(look.FORM) <= set(ROLE)
    with pytest.raises(TypeError):
        ROLE["cue"] = "#000000"


def test_no_type_is_smaller_than_ten_points():
    assert min(look.TYPE.values()) >= 10
    assert look.RC["font.size"] >= 10
