"""The language between the grader and the process that runs a learner's code.

A value is written as one byte that names its type, then its content. Only plain data can be
written: None, bool, int, float, str, numeric arrays, tuples, lists, dicts with text keys, the
state of a numpy Generator, and the name of a function that stays on the other side. There is no
pickle, and nothing that is read can run. Whatever is larger, deeper or of another type is refused.
"""

import struct
from dataclasses import dataclass
from typing import Any

import numpy as np

LARGEST = 16 * 2**20
"""Bytes that one message may hold."""
MOST_VALUES = 500_000
"""Values that one message may hold; an array is one. Reading them takes time and memory."""
MOST_GENERATORS = 1000
DEEPEST = 16
"""Levels of lists within lists."""
MOST_AXES = 32
LARGEST_INT = 64
"""Bytes that one integer may fill."""
GATHER_S, GATHER_BYTES = 0.05, 2**18
"""Answers to one question of several are sent together, unless they take longer or are larger."""

_DTYPES = ("?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f4", "f8")
_LENGTH = struct.Struct("<Q")
_FLOAT = struct.Struct("<d")
_CONSTANTS = {b"N": None, b"T": True, b"F": False}


class WireError(ValueError):
    """A value that may not travel, or bytes that are no message."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function that stays on the sending side; the receiver calls it by this name."""

    name: str


def plain(value: Any, depth: int = 0) -> Any:
    """Return `value` with numpy scalars and named tuples turned into Python's, or refuse it.

    The instant check and the grader both pass a learner's answer through here, so they agree on
    what an answer may be.

    Raises
    ------
    WireError
        If `value` holds a type that may not travel, or is nested too deep.
    """
    if depth > DEEPEST:
        raise WireError(f"a value is nested more than {DEEPEST} levels deep")
    kind = type(value)
    if value is None or kind in (bool, int, float, str, Function):
        return value
    if issubclass(kind, np.generic):
        if issubclass(kind, np.bool_):
            return bool(value)
        if issubclass(kind, np.integer):
            return int(value)
        if issubclass(kind, np.floating):
            return float(value)
    if kind is np.ndarray or kind is np.matrix:
        value = _array(value)
        if value.dtype.kind == "f" and value.itemsize not in (4, 8):
            value = value.astype(float)
        if value.dtype.newbyteorder("=").str[1:] not in _ARRAY_NAMES:
            raise WireError(f"an array of type {value.dtype} is not an array of numbers")
        if value.ndim > MOST_AXES or max(value.shape, default=0) > LARGEST:
            raise WireError(f"an array of {value.ndim} axes or with so long an axis is too large")
        return value
    # Of a class made from one of these, such as a named tuple, none of its own methods is asked.
    if issubclass(kind, list):
        return [plain(item, depth + 1) for item in list.__iter__(value)]
    if issubclass(kind, tuple):
        return tuple(plain(item, depth + 1) for item in tuple.__iter__(value))
    if issubclass(kind, dict):
        if any(type(key) is not str for key in dict.__iter__(value)):
            raise WireError("a dict has a key that is not text")
        return {key: plain(item, depth + 1) for key, item in dict.items(value)}
    if kind is np.random.Generator:
        if type(value.bit_generator) is not np.random.PCG64:
            raise WireError("a Generator is not one made by np.random.default_rng")
        return value
    raise WireError(
        f"a value of type {shown_type(kind)} cannot be handed in; give numbers, text, arrays, "
        "or tuples, lists and dicts of these"
    )


def _array(value: Any) -> Any:
    """Return a matrix as the array that it is; only numpy's own methods are asked."""
    return np.ndarray.view(value, np.ndarray) if type(value) is np.matrix else value


_ARRAY_NAMES = {np.dtype(name).str[1:]: place for place, name in enumerate(_DTYPES)}


def shown_type(kind: type) -> str:
    """Return the name of a type, cut to a length that fits a sentence."""
    return str(getattr(kind, "__name__", "?"))[:60]


def encode(value: Any) -> bytes:
    """Return `value` as bytes.

    Raises
    ------
    WireError
        If the value may not travel or is larger than `LARGEST` bytes.

    Examples
    --------
    >>> decode(encode({"load": 0.1, "units": (1, -1)}))
    {'load': 0.1, 'units': (1, -1)}
    """
    value = plain(value)
    if _count(value) > MOST_VALUES:
        raise WireError(f"a value of more than {MOST_VALUES} parts is too large; give an array")
    parts: list[bytes] = []
    _write(value, parts)
    size = sum(map(len, parts))
    if size > LARGEST:
        raise WireError(f"a value of {size} bytes is larger than the {LARGEST} that may be sent")
    return b"".join(parts)


def _count(value: Any) -> int:
    """Return how many values a plain value is made of."""
    if type(value) in (tuple, list):
        return 1 + sum(map(_count, value))
    return 1 + len(value) + sum(map(_count, value.values())) if type(value) is dict else 1


def _write(value: Any, parts: list[bytes]) -> None:
    """Append the bytes of a plain value to `parts`."""
    kind = type(value)
    if kind is str:
        raw = value.encode("utf-8", "surrogatepass")
        parts += (b"s", _LENGTH.pack(len(raw)), raw)
    elif kind is int:
        raw = value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True)
        if len(raw) > LARGEST_INT:
            raise WireError("an integer has more than 150 digits")
        parts += (b"i", bytes([len(raw)]), raw)
    elif kind is float:
        parts += (b"d", _FLOAT.pack(value))
    elif value is None:
        parts.append(b"N")
    elif kind is bool:
        parts.append(b"T" if value else b"F")
    elif kind is tuple or kind is list:
        parts += (b"t" if kind is tuple else b"l", _LENGTH.pack(len(value)))
        for item in value:
            _write(item, parts)
    elif kind is dict:
        parts += (b"m", _LENGTH.pack(len(value)))
        for key, item in value.items():
            _write(key, parts)
            _write(item, parts)
    elif kind is np.ndarray:
        if value.nbytes > LARGEST:
            raise WireError(f"an array of shape {value.shape} is too large to be sent")
        little = np.ascontiguousarray(value, value.dtype.newbyteorder("<"))
        place = _ARRAY_NAMES[value.dtype.newbyteorder("=").str[1:]]
        parts += (b"a", bytes([place, value.ndim]), *map(_LENGTH.pack, value.shape))
        parts.append(little.tobytes())
    elif kind is Function:
        raw = value.name.encode()
        parts += (b"f", _LENGTH.pack(len(raw)), raw)
    else:
        state: Any = value.bit_generator.state
        inner = state["state"]
        parts.append(b"r")
        for field in (inner["state"], inner["inc"], state["has_uint32"], state["uinteger"]):
            _write(int(field), parts)


def decode(data: bytes) -> Any:
    """Return the value that `data` holds.

    Raises
    ------
    WireError
        If `data` is cut, longer than its content, or not of this language.
    """
    reader = _Reader(data)
    value = reader.value(0)
    if reader.place != len(data):
        raise WireError("a message has bytes after its end")
    return value


def decode_all(data: bytes) -> list[Any]:
    """Return the values that `data` holds, at least one, each encoded and put behind the other.

    Raises
    ------
    WireError
        As of `decode`. What one message may hold, these may hold together.
    """
    reader = _Reader(data)
    values = [reader.value(0)]
    while reader.place != len(data):
        values.append(reader.value(0))
    return values


class _Reader:
    """Reads one value after the other and never past the end."""

    def __init__(self, data: bytes) -> None:
        if len(data) > LARGEST:
            raise WireError(f"a message of {len(data)} bytes is larger than {LARGEST}")
        self.data = data
        self.place = 0
        self.values_left = MOST_VALUES
        self.generators_left = MOST_GENERATORS

    def take(self, size: int) -> bytes:
        start, end = self.place, self.place + size
        if end > len(self.data):
            raise WireError("a message ends too early")
        self.place = end
        return self.data[start:end]

    def length(self) -> int:
        return int(_LENGTH.unpack(self.take(8))[0])

    def count(self) -> int:
        count = self.length()
        if count > len(self.data) - self.place:
            raise WireError("a message promises more values than it holds")
        return count

    def text(self) -> str:
        try:
            return self.take(self.length()).decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            raise WireError("a text is not UTF-8") from None

    def value(self, depth: int) -> Any:
        if depth > DEEPEST:
            raise WireError(f"a message is nested more than {DEEPEST} levels deep")
        self.values_left -= 1
        if self.values_left < 0:
            raise WireError(f"a message holds more than {MOST_VALUES} values")
        tag = self.take(1)
        if tag == b"s":
            return self.text()
        if tag == b"i":
            return int.from_bytes(self.take(self.take(1)[0]), "little", signed=True)
        if tag == b"d":
            return _FLOAT.unpack(self.take(8))[0]
        if tag == b"t":
            return tuple(self.items(depth))
        if tag == b"l":
            return self.items(depth)
        if tag == b"m":
            return self.mapping(depth)
        if tag in _CONSTANTS:
            return _CONSTANTS[tag]
        if tag == b"a":
            return self.array()
        if tag == b"r":
            return self.generator(depth)
        if tag == b"f":
            return Function(self.text())
        raise WireError(f"a message holds the unknown mark {tag!r}")

    def items(self, depth: int) -> list[Any]:
        return [self.value(depth + 1) for _ in range(self.count())]

    def array(self) -> Any:
        place, n_axes = self.take(2)
        if place >= len(_DTYPES) or n_axes > MOST_AXES:
            raise WireError("a message holds an array of unknown type")
        shape = tuple(self.length() for _ in range(n_axes))
        dtype = np.dtype(_DTYPES[place]).newbyteorder("<")
        size = dtype.itemsize
        for length in shape:
            size *= length
        raw = self.take(size)
        if size == 0 and max(shape) > LARGEST:
            raise WireError("a message holds an array with an axis that is too long")
        native = np.dtype(_DTYPES[place])
        if native == np.bool_:
            raw = bytes(map(bool, raw)) if raw.strip(b"\0\1") else raw
        try:
            return np.frombuffer(raw, dtype).reshape(shape).astype(native)
        except ValueError:
            raise WireError("a message holds an array that is too large") from None

    def generator(self, depth: int) -> np.random.Generator:
        self.generators_left -= 1
        if self.generators_left < 0:
            raise WireError(f"a message holds more than {MOST_GENERATORS} Generators")
        fields = [self.value(depth + 1) for _ in range(4)]
        limits = (2**128, 2**128, 2, 2**32)
        if any(
            type(field) is not int or not 0 <= field < limit
            for field, limit in zip(fields, limits, strict=True)
        ):
            raise WireError("a message holds a broken Generator")
        generator = np.random.default_rng(fields[0])  # so that what it spawns follows its state
        generator.bit_generator.state = {
            "bit_generator": "PCG64",
            "state": {"state": fields[0], "inc": fields[1]},
            "has_uint32": fields[2],
            "uinteger": fields[3],
        }
        return generator

    def mapping(self, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for _ in range(self.count()):
            key = self.value(depth + 1)
            if type(key) is not str or key in result:
                raise WireError("a message holds a dict with a wrong or repeated key")
            result[key] = self.value(depth + 1)
        return result
