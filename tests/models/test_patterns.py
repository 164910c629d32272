"""Memories and cues: counts are exact, inputs stay as they were, faults are named."""

import numpy as np
import oracles
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st

import engramlab as el

MAKERS = {
    "corrupt": lambda x, share, rng: el.corrupt(x, share, rng=rng),
    "partial_cue": lambda x, share, rng: el.partial_cue(x, share, rng=rng),
}


def test_random_patterns_are_signs_from_a_fair_coin():
    patterns = el.random_patterns(200, n_neurons=500, rng=1)
    assert patterns.shape == (200, 500)
    assert patterns.dtype == np.int8
    assert set(np.unique(patterns)) == {-1, 1}
    assert abs(patterns.mean()) < 5 / np.sqrt(patterns.size)
    likeness = patterns.astype(int) @ patterns.T / 500
    others = likeness[~np.eye(200, dtype=bool)]
    assert abs(others.std() - 1 / np.sqrt(500)) < 0.002  # independent coins: 1 / sqrt(N)


def test_a_seed_and_its_generator_give_the_same():
    a = el.random_patterns(3, n_neurons=9, rng=7)
    b = el.random_patterns(3, n_neurons=9, rng=np.random.default_rng(7))
    c = el.random_patterns(3, n_neurons=9, rng=8)
    assert np.array_equal(a, b)
    assert not np.array_equal(a, c)


@given(strategies.patterns(), strategies.shares, strategies.seeds)
def test_corrupt_flips_exactly_the_share_of_each_row(patterns, share, seed):
    flipped = (el.corrupt(patterns, share, rng=seed) != patterns).sum(axis=1)
    assert (flipped == round(share * patterns.shape[1])).all()


@given(strategies.patterns(), strategies.shares, strategies.seeds)
def test_the_first_row_of_many_is_spoilt_as_if_alone(patterns, share, seed):
    for spoil in MAKERS.values():
        assert np.array_equal(spoil(patterns, share, seed)[0], spoil(patterns[0], share, seed))


def test_corrupt_at_its_ends_and_on_the_half():
    pattern = el.random_patterns(1, n_neurons=11, rng=1)[0]
    assert np.array_equal(el.corrupt(pattern, 0, rng=1), pattern)
    assert np.array_equal(el.corrupt(pattern, 1, rng=1), -pattern)
    assert (el.corrupt(np.ones(5), 0.5, rng=1) == -1).sum() == 2  # round(2.5) is 2
    assert el.overlap(el.corrupt(np.ones(400), 0.2, rng=1), np.ones(400)) == 0.6


def test_corrupt_reaches_every_unit_alike():
    """Each unit is flipped in about 30 % of many draws: no unit is favoured, none left out."""
    rng = np.random.default_rng(1)
    often = sum(el.corrupt(np.ones(20), 0.3, rng=rng) == -1 for _ in range(2000)) / 2000
    assert np.abs(often - 0.3).max() < 5 * np.sqrt(0.3 * 0.7 / 2000)


def test_partial_cue_keeps_its_share_and_draws_the_rest():
    pattern = np.ones(1000)
    rng = np.random.default_rng(1)
    agree = [(el.partial_cue(pattern, 0.3, rng=rng) == 1).sum() for _ in range(200)]
    assert min(agree) >= 300
    assert abs(np.mean(agree) - 650) < 5 * np.sqrt(700 / 4 / 200)  # 300 kept, 700 fair coins
    assert abs(np.std(agree) - np.sqrt(700 / 4)) < 2.5
    assert np.array_equal(el.partial_cue(pattern, 1, rng=1), pattern)


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_cues_are_new_arrays_and_the_pattern_stays(make):
    pattern = el.random_patterns(2, n_neurons=30, rng=1)
    before = pattern.copy()
    for share in (0, 0.5, 1):
        cue = make(pattern, share, 2)
        assert cue.dtype == np.int8
        assert not np.shares_memory(cue, pattern)
        assert set(np.unique(cue)) <= {-1, 1}
    assert np.array_equal(pattern, before)


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_other_number_types_and_strides_are_welcome(make):
    pattern = el.random_patterns(1, n_neurons=30, rng=1)[0]
    wanted = make(pattern, 0.3, 5)
    for given_as in (pattern.astype(float), pattern.tolist(), np.repeat(pattern, 2)[::2]):
        assert np.array_equal(make(given_as, 0.3, 5), wanted)


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
@pytest.mark.parametrize(
    ("share", "error", "words"),
    [
        (1.01, ValueError, "1.01; give a number from 0 to 1"),
        (-0.1, ValueError, "-0.1; give a number from 0 to 1"),
        (5, ValueError, "5; give a number from 0 to 1"),
        (float("nan"), ValueError, "nan; give a number from 0 to 1"),
        (float("inf"), ValueError, "inf; give"),
        ("0.2", TypeError, "'0.2'; give one number from 0 to 1"),
        (None, TypeError, "None; give one number"),
        (True, TypeError, "True; give one number"),
        ([0.1, 0.2], TypeError, "give one number"),
    ],
)
def test_a_share_that_is_none_is_named(make, share, error, words):
    name = "fraction" if make is MAKERS["corrupt"] else "kept"
    with pytest.raises(error, match=f"{name} is .*{words}".replace("[", r"\[")):
        make(np.ones(10), share, 1)


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
@pytest.mark.parametrize(
    ("pattern", "error", "words"),
    [
        ([0, 1, 1], ValueError, r"pattern holds 0; every unit is \+1 or -1; .*2 \* x - 1"),
        ([1, 2], ValueError, r"pattern holds 2; every unit is \+1 or -1$"),
        ([1.0, np.nan], ValueError, "pattern holds nan"),
        ([0.5, 1], ValueError, "pattern holds 0.5"),
        ([], ValueError, "pattern is empty"),
        (1, ValueError, r"pattern has shape \(\); give shape \(n_neurons,\)"),
        (np.ones((2, 2, 2)), ValueError, r"pattern has shape \(2, 2, 2\)"),
        ([True, False], TypeError, "pattern holds bool"),
        (["a"], TypeError, "pattern holds <U1"),
        (None, TypeError, "pattern holds object"),
        ([[1, -1], [1]], TypeError, "pattern has rows of different lengths"),
        (np.array([1 + 0j]), TypeError, "pattern holds complex128"),
    ],
)
def test_a_pattern_that_is_none_is_named(make, pattern, error, words):
    with pytest.raises(error, match=words):
        make(pattern, 0.2, 1)


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
@pytest.mark.parametrize("rng", [None, 1.5, "1", True, -1])
def test_a_seed_that_is_none_is_named(make, rng):
    with pytest.raises((TypeError, ValueError), match=r"rng is .*seed"):
        make(np.ones(4), 0.5, rng)


@pytest.mark.parametrize(
    ("count", "n_neurons", "error", "words"),
    [
        (0, 5, ValueError, "n_patterns is 0; give a whole number, 1 or more"),
        (-2, 5, ValueError, "n_patterns is -2"),
        (2, 0, ValueError, "n_neurons is 0"),
        (2.0, 5, TypeError, "n_patterns is 2.0; give a whole number"),
        (True, 5, TypeError, "n_patterns is True"),
        (2, "5", TypeError, "n_neurons is '5'"),
    ],
)
def test_counts_that_are_none_are_named(count, n_neurons, error, words):
    with pytest.raises(error, match=words):
        el.random_patterns(count, n_neurons=n_neurons, rng=1)


def test_no_rng_is_refused():
    with pytest.raises(TypeError, match="rng"):
        el.random_patterns(1, n_neurons=2)
    with pytest.raises(TypeError, match=r"rng is None; give an integer seed"):
        el.random_patterns(1, n_neurons=2, rng=None)


def test_embed_puts_the_picture_first_and_chance_behind():
    digits = el.digit_patterns()
    memories = el.embed(digits, n_neurons=2064, rng=1)
    assert memories.shape == (10, 2064)
    assert memories.dtype == np.int8
    assert np.array_equal(memories[:, :64], digits)
    rest = memories[:, 64:].astype(int)
    assert np.abs(rest @ rest.T / 2000 - np.eye(10)).max() < 5 / np.sqrt(2000)
    assert np.array_equal(el.embed(digits, n_neurons=64, rng=1), digits)
    assert el.embed(digits[0], n_neurons=70, rng=1).shape == (70,)


def test_embed_in_too_few_units_says_how_many():
    with pytest.raises(ValueError, match=r"n_neurons is 63, but a picture has 64 pixels.*least 64"):
        el.embed(el.digit_patterns(), n_neurons=63, rng=1)


def test_the_digits_are_those_of_the_test_partition():
    """Counts per digit as in scikit-learn's copy (178 to 182, 174 of the eight); 1,797 in all."""
    counts = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    for digit, count in enumerate(counts):
        assert el.digit_patterns(digit, nth=count - 1).shape == (1, 64)
        with pytest.raises(ValueError, match=f"there are {count} examples of the digit {digit}"):
            el.digit_patterns(digit, nth=count)
    assert sum(counts) == 1797


def test_a_zero_is_a_ring():
    zero = el.digit_patterns(0)[0].reshape(8, 8)
    assert zero[3:5, 3:5].max() == -1  # the hole
    assert zero.max(axis=1).min() == 1  # ink in each row
    assert (
        "".join("#" if p > 0 else "." for p in zero[3]) == "..#..##."
    )  # grey levels 0 4 12 0 0 8 8 0: 8 is ink


def test_digits_come_in_the_order_asked():
    both = el.digit_patterns([8, 3])
    assert np.array_equal(both, el.digit_patterns([3, 8])[::-1])
    assert np.array_equal(both[0], el.digit_patterns(8)[0])
    assert not np.array_equal(el.digit_patterns(8), el.digit_patterns(8, nth=1))


def test_real_pictures_resemble_each_other_and_random_ones_do_not():
    digits = el.digit_patterns().astype(int)
    likeness = (digits @ digits.T / 64)[~np.eye(10, dtype=bool)]
    assert likeness.mean() > 0.4


@pytest.mark.parametrize(
    ("digits", "nth", "error", "words"),
    [
        ([10], 0, ValueError, "digits holds 10; a digit is a whole number from 0 to 9"),
        (-1, 0, ValueError, "digits is -1"),
        ([], 0, ValueError, "digits is empty"),
        ([1.5], 0, TypeError, "digits is 1.5"),
        ("12", 0, TypeError, "digits is '1'"),
        (None, 0, TypeError, "digits is None; give a digit from 0 to 9 or a list of them"),
        (3.0, 0, TypeError, r"digits is 3\.0; give a digit"),
        ([1], -1, ValueError, "nth is -1"),
        ([1], 2.5, TypeError, "nth is 2.5"),
    ],
)
def test_digits_that_do_not_exist_are_named(digits, nth, error, words):
    with pytest.raises(error, match=words):
        el.digit_patterns(digits, nth=nth)


def test_all_letters_are_drawn_apart():
    alphabet = el.letter_patterns("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert alphabet.shape == (26, 100)
    assert set(np.unique(alphabet)) == {-1, 1}
    distances = (alphabet[:, None] != alphabet[None]).sum(axis=-1)
    assert distances[~np.eye(26, dtype=bool)].min() >= 7
    ink = (alphabet == 1).sum(axis=1)
    assert ink.min() >= 40
    assert ink.max() <= 80


def test_letters_read_as_drawn():
    letter = el.letter_patterns("l")[0].reshape(10, 10)
    assert (letter[:8, 0] == 1).all()
    assert (letter[:8, 3:] == -1).all()
    assert (letter[8:] == 1).all()
    assert np.array_equal(el.letter_patterns("AA")[0], el.letter_patterns("a")[0])


@pytest.mark.parametrize(
    ("letters", "error", "words"),
    [
        ("", ValueError, "letters is empty"),
        ("A1", ValueError, "letters holds '1'; only A to Z"),
        ("Ä", ValueError, "letters holds 'Ä'"),
        ("ß", ValueError, "letters holds 'ß'"),
        (["A"], TypeError, r"letters is \['A'\]; give a string"),
        (5, TypeError, "letters is 5"),
    ],
)
def test_letters_that_are_not_drawn_are_named(letters, error, words):
    with pytest.raises(error, match=words):
        el.letter_patterns(letters)


@given(strategies.patterns(max_patterns=2, max_neurons=40), st.data())
def test_overlap_of_a_cue_is_the_count_of_its_flips(patterns, data):
    share = data.draw(strategies.shares)
    cue = el.corrupt(patterns[0], share, rng=3)
    flips = round(share * cue.size)
    assert oracles.overlap(cue, patterns[0]) == pytest.approx(1 - 2 * flips / cue.size)
