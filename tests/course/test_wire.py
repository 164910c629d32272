"""The grader's wire: plain data goes round unchanged, everything else is refused."""

import pickle
from collections import Counter, OrderedDict, namedtuple

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engramlab.course import wire

NUMBERS = (
    hnp.boolean_dtypes()
    | hnp.integer_dtypes()
    | hnp.unsigned_integer_dtypes()
    | hnp.floating_dtypes(sizes=(32, 64))
)
ARRAYS = hnp.arrays(NUMBERS, hnp.array_shapes(min_dims=0, min_side=0, max_side=4))
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**500), 2**500)
    | st.floats()
    | st.text()
    | ARRAYS
    | st.builds(wire.Function, st.text(max_size=9))
    | st.builds(np.random.default_rng, st.integers(0, 2**64))
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


def same(a, b):
    if type(a) is not type(b):
        return False
    if type(a) is np.ndarray:
        native = a.astype(a.dtype.newbyteorder("="))
        return (native.dtype, a.shape, native.tobytes()) == (b.dtype, b.shape, b.tobytes())
    if type(a) is np.random.Generator:
        return a.bit_generator.state == b.bit_generator.state
    if type(a) in (list, tuple):
        return len(a) == len(b) and all(map(same, a, b))
    if type(a) is dict:
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    return a == b or (a != a and b != b)


@settings(deadline=None, max_examples=200)
@given(VALUES)
def test_round_trip(value):
    assert same(value, wire.decode(wire.encode(value)))


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_value_or_a_wire_error(data):
    try:
        wire.decode(data)
    except wire.WireError:
        pass


@settings(deadline=None, max_examples=200)
@given(VALUES, st.data())
def test_damaged_messages_are_a_value_or_a_wire_error(value, data):
    message = bytearray(wire.encode(value))
    place = data.draw(st.integers(0, len(message) - 1))
    message[place] = data.draw(st.integers(0, 255))
    for damaged in (bytes(message), bytes(message[:place]), bytes(message) + b"N"):
        try:
            wire.decode(damaged)
        except wire.WireError:
            pass


@settings(deadline=None, max_examples=50)
@given(VALUES)
def test_a_cut_or_lengthened_message_is_refused(value):
    message = wire.encode(value)
    for broken in (message[:-1], message + b"N"):
        with pytest.raises(wire.WireError):
            wire.decode(broken)


def deep(levels):
    value = []
    for _ in range(levels):
        value = [value]
    return value


def endless():
    value = []
    value.append(value)
    return value


class Pickled:
    def __reduce__(self):
        return (print, ("run",))


@pytest.mark.parametrize(
    "value",
    [
        object(),
        {1, 2},
        b"bytes",
        1j,
        len,
        Pickled(),
        np.array([object()]),
        np.array(["text"]),
        np.array([1j]),
        np.ones((1, 1)).view(type("Sub", (np.ndarray,), {})),
        np.zeros((1,) * 32).reshape((1,) * 33) if np.__version__ > "2" else 1j,
        np.zeros((0, 10**12)),
        np.ma.masked_array([1], mask=[1]),
        np.random.Generator(np.random.MT19937(1)),
        {1: "a key that is no text"},
        2 ** (8 * wire.LARGEST_INT),
        deep(wire.DEEPEST + 1),
        endless(),
        type("Int", (int,), {})(3),
    ],
    ids=lambda value: type(value).__name__,
)
def test_other_types_are_refused(value):
    with pytest.raises(wire.WireError):
        wire.encode(value)
    with pytest.raises(wire.WireError):
        wire.encode({"inside": [value]})


class Lies:
    """What a class of the learner may say of itself."""

    @property
    def __class__(self):
        return float

    def says(self, *_):
        raise AssertionError("a method of the learner was called")

    __iter__ = __eq__ = __len__ = __getitem__ = __array__ = __getattribute__ = says
    items = keys = values = says
    __hash__ = None


def test_a_class_made_from_a_plain_one_travels_as_that_one():
    pair = namedtuple("Pair", "state energies")(np.int8(1), 0.5)
    assert wire.plain([pair, OrderedDict(a=pair), Counter("aab")]) == [
        (1, 0.5),
        {"a": (1, 0.5)},
        {"a": 2, "b": 1},
    ]
    assert [type(item) for item in wire.plain((pair, Counter()))] == [tuple, dict]
    for kind, value in ((list, [1, 2]), (tuple, (1, 2)), (dict, {"a": 1})):
        lying = type("Lying", (Lies, kind), {})(value)
        assert wire.plain([lying]) == [value]
        assert type(wire.plain(lying)) is kind
    matrix = wire.decode(wire.encode(np.array([[1.0, 2.0]]).view(np.matrix)))
    assert type(matrix) is np.ndarray
    assert matrix.tolist() == [[1.0, 2.0]]
    assert type(wire.plain(np.ones((1, 1)).view(np.matrix))) is np.ndarray


def test_numpy_scalars_become_pythons():
    value = wire.plain((np.float32(0.5), np.int8(-3), np.bool_(True)))
    assert value == (0.5, -3, True)
    assert [type(item) for item in value] == [float, int, bool]


def test_floats_of_other_sizes_become_pythons():
    for kind in (np.float16, np.longdouble):
        value = wire.decode(wire.encode(np.array([0.5, 2], dtype=kind)))
        assert value.dtype == float
        assert value.tolist() == [0.5, 2]


def test_too_large_is_refused_without_being_built():
    with pytest.raises(wire.WireError, match="too large"):
        wire.encode(np.broadcast_to(np.zeros(1), (wire.LARGEST,)))
    promise = b"a" + bytes([10, 2]) + (2**40).to_bytes(8, "little") * 2
    with pytest.raises(wire.WireError, match="ends too early"):
        wire.decode(promise)
    with pytest.raises(wire.WireError, match="promises more"):
        wire.decode(b"l" + (2**60).to_bytes(8, "little"))


def test_a_message_of_very_many_values_is_refused():
    with pytest.raises(wire.WireError, match="give an array"):
        wire.encode([[0] * 1000] * 1000)
    many = wire.MOST_VALUES + 1
    with pytest.raises(wire.WireError, match="more than 500000 values"):
        wire.decode(b"l" + many.to_bytes(8, "little") + b"N" * many)
    generators = wire.encode([np.random.default_rng(1)] * (wire.MOST_GENERATORS + 1))
    with pytest.raises(wire.WireError, match="1000 Generators"):
        wire.decode(generators)


def test_a_pickle_is_no_message():
    with pytest.raises(wire.WireError):
        wire.decode(pickle.dumps(Pickled()))


def test_a_generator_goes_on_where_it_was():
    mine = np.random.default_rng(3)
    mine.integers(9, size=5, dtype=np.int32)
    theirs = wire.decode(wire.encode(mine))
    assert (mine.random(4) == theirs.random(4)).all()


def test_the_children_of_a_generator_follow_its_state():
    first, again, other = (
        wire.decode(wire.encode(np.random.default_rng(seed))).spawn(1)[0].random()
        for seed in (1, 1, 2)
    )
    assert first == again != other
