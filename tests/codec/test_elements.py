"""The elements of a map task's inputs: the same values as decoding each by itself."""

from __future__ import annotations

import random

import pytest

from tests import literals as l
from wingbeat._core import Elements, InterfaceCodec
from wingbeat.errors import MalformedLiteralError, OffloadedLiteralError, TypeTransformerFailedError
from wingbeat.types import schema as s

CODEC = InterfaceCodec({"a": s.Int(), "b": s.Str(), "c": s.List(s.Int(), None)})
C = l.collection(l.integer(1), l.integer(2))


def inputs(count: int) -> bytes:
    numbers = l.collection(*(l.integer(7 * i) for i in range(count)))
    words = l.collection(*(l.string(f"{'x' * (i % 300)}{i}") for i in range(count)))
    literals = l.LiteralMap(literals={"a": numbers, "b": words, "c": C, "unknown": l.none()})
    return literals.SerializeToString(deterministic=True)


@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 128, 1000])
def test_each_element_is_what_decoding_it_alone_gives(count):
    data = inputs(count)
    elements = Elements(CODEC, data, ["c"])
    assert elements.counts() == {"a": count, "b": count}
    for index in range(count):
        assert elements.decode(index) == CODEC.decode(data, index, ["c"])
    for index in (count, count + 1, count + 1000):
        with pytest.raises(IndexError, match=rf"element {index} of a collection of {count}"):
            elements.decode(index)


def test_in_any_order():
    data = inputs(500)
    elements = Elements(CODEC, data, ["c"])
    indices = list(range(500))
    random.Random(0).shuffle(indices)
    assert [elements.decode(index)["a"] for index in indices] == [7 * index for index in indices]


def test_lists_of_different_lengths_are_counted():
    data = l.LiteralMap(literals={"a": l.collection(l.integer(1)), "b": l.collection()}).SerializeToString()
    assert Elements(CODEC, data).counts() == {"a": 1, "b": 0}


def test_bytes_in_pieces_are_joined():
    one, two = (l.LiteralMap(literals={"a": l.collection(l.integer(i))}) for i in (1, 2))
    halves = l.LiteralMap()
    halves.literals["a"].CopyFrom(l.collection(l.integer(1)))
    entry = halves.SerializeToString()
    second = l.collection(l.integer(2)).SerializeToString()
    entry = entry + b"\x12" + bytes([len(second)]) + second
    data = b"\x0a" + bytes([len(entry) - 2]) + entry[2:]
    assert Elements(CODEC, data).counts() == {"a": 2}
    assert [Elements(CODEC, data).decode(i)["a"] for i in (0, 1)] == [1, 2]
    repeated = one.SerializeToString() + two.SerializeToString()
    assert Elements(CODEC, repeated).decode(0) == {"a": 2}


def test_what_is_no_collection_is_refused():
    data = l.LiteralMap(literals={"a": l.integer(1)}).SerializeToString()
    with pytest.raises(TypeTransformerFailedError, match=r"inputs\.a: expected collection, one element of which"):
        Elements(CODEC, data)
    offloaded = l.LiteralMap(literals={"a": l.offloaded("s3://b/x")}).SerializeToString()
    with pytest.raises(OffloadedLiteralError):
        Elements(CODEC, offloaded)
    with pytest.raises(MalformedLiteralError):
        Elements(CODEC, data[:-1])


def test_errors_say_which_element():
    data = l.LiteralMap(literals={"a": l.collection(l.integer(1), l.string("x"))}).SerializeToString()
    with pytest.raises(TypeTransformerFailedError, match=r"inputs\.a\[1\]: expected integer, got string 'x'"):
        Elements(CODEC, data).decode(1)


def test_locations_of_an_element():
    node = s.Blob("b", lambda *place: place, lambda value: value, None, True)
    codec = InterfaceCodec({"f": node, "g": node})
    files = l.collection(l.blob("x0"), l.blob("x1"))
    data = l.LiteralMap(literals={"f": files, "g": l.blob("whole")}).SerializeToString()
    assert Elements(codec, data, ["g"]).locations(1) == [("f[1]", "x1", False, True), ("g", "whole", False, True)]
