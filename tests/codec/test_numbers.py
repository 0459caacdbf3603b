"""Arrays that are collections of numbers: read and written without an object for each number."""

from __future__ import annotations

import math
import re
from typing import Annotated, Any, Optional, Union

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests import literals as l
from wingbeat import Collection, HashMethod
from wingbeat.errors import MalformedLiteralError, TypeTransformerFailedError

Plain = numpy.ndarray
Ints = Annotated[numpy.ndarray, Collection(int)]
Floats = Annotated[numpy.ndarray, Collection(float)]
Bools = Annotated[numpy.ndarray, Collection(bool)]
Table = Annotated[numpy.ndarray, Collection(float, dimensions=2)]

ROWS = "; the rows of an array are of one length"
MIXED = "; an array holds either numbers or booleans"


def literal(content: Any) -> l.Literal:
    """Nested lists as nested collections; what is a literal stays one."""
    if isinstance(content, l.Literal):
        return content
    if isinstance(content, list):
        return l.collection(*map(literal, content))
    if content is None:
        return l.none()
    make = {bool: l.boolean, int: l.integer, float: l.floating, str: l.string}[type(content)]
    return make(content)  # type: ignore[operator]


def nested(content: Any, depth: int) -> Any:
    for _ in range(depth):
        content = [content]
    return content


def same(found: Any, expected: Any) -> bool:
    return (
        type(found) is numpy.ndarray
        and found.dtype == expected.dtype
        and found.shape == expected.shape
        and numpy.array_equal(found, expected, equal_nan=found.dtype.kind == "f")
    )


def array(content: Any, kind: type) -> Any:
    return numpy.array(content, {int: "int64", float: "float64", bool: "bool"}[kind])


READ: list[tuple[Any, Any, Any]] = [
    (Plain, [1, 2, -3], array([1, 2, -3], int)),
    (Plain, [2**63 - 1, -(2**63)], array([2**63 - 1, -(2**63)], int)),
    (Plain, [0.5, -0.0, math.nan, math.inf, -math.inf], array([0.5, -0.0, math.nan, math.inf, -math.inf], float)),
    (Plain, [True, False], array([True, False], bool)),
    (Plain, [1, 0.5, 2], array([1, 0.5, 2], float)),
    (Plain, [0.5, 1, 2], array([0.5, 1, 2], float)),
    (Plain, [[1, 2, 3], [4, 5, 6]], array([[1, 2, 3], [4, 5, 6]], int)),
    (Plain, [[1], [2.5]], array([[1], [2.5]], float)),
    (Plain, [[[True], [False]], [[True], [True]]], array([[[True], [False]], [[True], [True]]], bool)),
    (Plain, nested(7, 32), array(nested(7, 32), int)),
    (Plain, [], array([], float)),
    (Plain, [[], []], numpy.zeros((2, 0))),
    (Plain, [[[], []]], numpy.zeros((1, 2, 0))),
    (Ints, [], array([], int)),
    (Bools, [], array([], bool)),
    (Table, [], numpy.zeros((0, 0))),
    (Table, [[], []], numpy.zeros((2, 0))),
    (Ints, [1, 2], array([1, 2], int)),
    (Ints, [1.0, -2.0, 3], array([1, -2, 3], int)),
    (Ints, [-(2.0**63)], array([-(2**63)], int)),
    (Floats, [1, 2], array([1, 2], float)),
    (Floats, [2**63 - 1], array([2.0**63], float)),
    (Floats, [1, 0.5], array([1, 0.5], float)),
    (Bools, [False, True], array([False, True], bool)),
    (Table, [[1, 2], [3, 4.5]], array([[1, 2], [3, 4.5]], float)),
    (NDArray[numpy.float64], [1, 2], array([1, 2], float)),
    (NDArray[numpy.float32], [1, 2], array([1, 2], float)),
    (NDArray[numpy.int64], [1.0, 2.0], array([1, 2], int)),
    (NDArray[numpy.uint8], [1, 2], array([1, 2], int)),
    (NDArray[numpy.bool_], [True], array([True], bool)),
    (NDArray[Any], [1, 2], array([1, 2], int)),
    # What attribute access on an upstream output gives (type-system spec 4.7).
    (Plain, l.binary([1, 2]), array([1, 2], int)),
    (Plain, l.binary([[1, 2.5], [3, 4]]), array([[1, 2.5], [3, 4]], float)),
    (Plain, l.binary([True]), array([True], bool)),
    (Plain, l.binary([]), array([], float)),
    (Ints, l.binary([1.0]), array([1], int)),
    (Table, l.binary([]), numpy.zeros((0, 0))),
    (Floats, l.binary([1, 2]), array([1, 2], float)),
    (Plain, [l.binary(1), l.binary(2)], array([1, 2], int)),
    (Plain, [l.binary(1.5), 2], array([1.5, 2], float)),
    (Floats, [l.binary(1)], array([1], float)),
    (Plain, [l.binary([1, 2]), l.binary([3, 4])], array([[1, 2], [3, 4]], int)),
    (Plain, [[1, 2], l.binary([3, 4.5])], array([[1, 2], [3, 4.5]], float)),
    (Table, [l.binary([1.0])], array([[1]], float)),
    # A union around the whole, and around each element, as `Optional` elements of a map task are written.
    (Plain, l.union(literal([1, 2]), l.LiteralType()), array([1, 2], int)),
    (Plain, [l.union(l.integer(1), l.LiteralType()), 2], array([1, 2], int)),
    (Plain, [l.union(literal([1]), l.LiteralType()), [2]], array([[1], [2]], int)),
]


@pytest.mark.parametrize(("hint", "content", "expected"), READ)
def test_read(codecs, hint, content, expected):
    found = codecs.decode(hint, literal(content))
    assert same(found, expected), f"{found!r} of {found.dtype}"
    assert found.flags.writeable
    assert found.flags.c_contiguous


REFUSED: list[tuple[Any, Any, str]] = [
    (Plain, [[1, 2, 3, 4], [1, 2, 3]], f"value[1]: expected 4 numbers, got 3{ROWS}"),
    (Plain, [[1], [2], []], f"value[2]: expected 1 numbers, got 0{ROWS}"),
    (Plain, [[], [1]], f"value[1]: expected 0 numbers, got 1{ROWS}"),
    (Plain, [[[1], [2]], [[3]]], f"value[1]: expected 2 collections, got 1{ROWS}"),
    (Plain, [[[1], [2]], [[3], [4, 5]]], f"value[1][1]: expected 1 numbers, got 2{ROWS}"),
    (Plain, [1, "a"], "value[1]: expected number, got string 'a'"),
    (Plain, ["a"], "value[0]: expected number, got string 'a'"),
    (Plain, [[0, 1], [2, "a"]], "value[1][1]: expected number, got string 'a'"),
    (Plain, [1, [2]], "value[1]: expected number, got collection of 1"),
    (Plain, [[1], 2], "value[1]: expected collection, got integer 2"),
    (Plain, [[[1]], [2]], "value[1][0]: expected collection, got integer 2"),
    (Plain, [1, None], "value[1]: expected number, got none; declare Optional[...] where None is allowed"),
    (Plain, [None, 1], "value[0]: expected number, got none; declare Optional[...] where None is allowed"),
    (
        Plain,
        [l.union(l.none(), l.LiteralType()), 1],
        "value[0]: expected number, got none; declare Optional[...] where None is allowed",
    ),
    (Plain, [1, l.nothing()], "value[1]: expected number, got nothing"),
    (Plain, [1, l.blob()], "value[1]: expected number, got blob"),
    (Plain, [1, l.mapping(a=l.integer(1))], "value[1]: expected number, got map of 1"),
    (Plain, [1, l.datetime(0)], "value[1]: expected number, got datetime"),
    (Plain, [1, l.binary("a")], "value[1]: expected number, got string 'a'"),
    (Plain, [1, l.binary(None)], "value[1]: expected number, got none; declare Optional[...] where None is allowed"),
    (Plain, [1, l.raw_binary(b"\x01", "json")], "value[1]: expected binary of tag 'msgpack', got binary of tag 'json'"),
    (Plain, [1, True], f"value[1]: expected number, got boolean{MIXED}"),
    (Plain, [True, 1], f"value[1]: expected boolean, got number{MIXED}"),
    (Plain, [[0.5], [True]], f"value[1][0]: expected number, got boolean{MIXED}"),
    (Floats, [True], f"value[0]: expected number, got boolean{MIXED}"),
    (Ints, [False], f"value[0]: expected number, got boolean{MIXED}"),
    (Bools, [1], f"value[0]: expected boolean, got number{MIXED}"),
    (Ints, [1, 2.5], "value[1]: expected integer, got float 2.5"),
    (Ints, [2.0**63], "value[0]: expected integer, got float 9.223372036854776e+18"),
    (Ints, [math.nan], "value[0]: expected integer, got float nan"),
    (Ints, [math.inf], "value[0]: expected integer, got float inf"),
    (NDArray[numpy.int32], [0.5], "value[0]: expected integer, got float 0.5"),
    (Ints, [[1]], "value: expected numbers in collections 1 deep, got 2 deep"),
    (Table, [1], "value: expected numbers in collections 2 deep, got 1 deep"),
    (Table, [[[]]], "value: expected numbers in collections 2 deep, got 3 deep"),
    (Plain, nested(7, 33), f"value{'[0]' * 32}: collections nested more than 32 deep make no array"),
    (Plain, 1, "value: expected blob or collection of numbers, got integer 1"),
    (Ints, "a", "value: expected blob or collection of numbers, got string 'a'"),
    (Plain, l.mapping(), "value: expected blob or collection of numbers, got map of 0"),
    (
        Plain,
        None,
        "value: expected blob or collection of numbers, got none; declare Optional[...] where None is allowed",
    ),
    (Plain, l.binary([[1, 2], [3]]), f"value[1]: expected 2 numbers, got 1{ROWS}"),
    (Plain, [l.binary([1]), l.binary([1, 2])], f"value[1]: expected 1 numbers, got 2{ROWS}"),
    (Plain, [l.binary([1]), l.string("a")], "value[1]: expected number, got string 'a'"),
    (Plain, l.binary([1, "a"]), "value[1]: expected number, got string 'a'"),
    (Plain, l.binary([1, None]), "value[1]: expected number, got none; declare Optional[...] where None is allowed"),
    (Plain, l.binary([1, [2]]), "value[1]: expected number, got collection of 1"),
    (Plain, l.binary([[1], 2]), "value[1]: expected collection, got integer 2"),
    (Plain, l.binary([True, 1]), f"value[1]: expected boolean, got number{MIXED}"),
    (Plain, l.binary([[1], [True]]), f"value[1][0]: expected number, got boolean{MIXED}"),
    (Ints, l.binary([1, 0.5]), "value[1]: expected integer, got float 0.5"),
    (Table, l.binary([1]), "value: expected numbers in collections 2 deep, got 1 deep"),
    (Plain, l.binary([2**64 - 1]), "value[0]: expected integer of 64 bits, got integer 18446744073709551615"),
    (Plain, l.binary({"a": 1}), "value: expected blob or collection of numbers, got map of 1"),
    (Plain, l.struct(a=1), "value: expected blob or collection of numbers, got map of 1"),
]


@pytest.mark.parametrize(("hint", "content", "message"), REFUSED)
def test_not_read(codecs, hint, content, message):
    with pytest.raises(TypeTransformerFailedError) as raised:
        codecs.decode(hint, literal(content))
    assert str(raised.value) == message
    assert raised.value.path == message.partition(":")[0]


def test_the_path_begins_with_the_input(codecs):
    data = l.LiteralMap(literals={"x": literal([[0, 1], [2, "a"]])}).SerializeToString()
    with pytest.raises(TypeTransformerFailedError, match=r"^inputs\.x\[1\]\[1\]: expected number, got string 'a'$"):
        codecs.InterfaceCodec({"x": Plain}).decode(data)


def test_one_element_of_a_map_task(codecs):
    data = l.LiteralMap(literals={"x": literal([[0, 1], [2, 3, 4]])}).SerializeToString()
    codec = codecs.InterfaceCodec({"x": Plain})
    assert same(codec.decode(data, element=1)["x"], array([2, 3, 4], int))


def test_rows_that_the_first_one_does_not_foretell_cost_nothing(codecs):
    """An array of that many rows of that length would need 400 GB."""
    content = l.collection(literal([0] * 10_000), *[l.collection()] * 10_000)
    with pytest.raises(TypeTransformerFailedError, match=re.escape(f"value[1]: expected 10000 numbers, got 0{ROWS}")):
        codecs.decode(Plain, content)


def test_many_numbers(codecs):
    numbers = list(range(-50_000, 50_000))
    assert same(codecs.decode(Plain, literal(numbers)), array(numbers, int))
    floats = [number / 7 for number in numbers]
    data = codecs.encode(Floats, numpy.array(floats))
    assert data == codecs.encode(list[float], floats)
    assert same(codecs.decode(Floats, data), array(floats, float))


@pytest.mark.parametrize("cut", [1, 5, 9])
def test_truncated(codecs, cut):
    data = literal([1, 2.5]).SerializeToString()
    with pytest.raises((MalformedLiteralError, TypeTransformerFailedError)):
        codecs.decode(Plain, data[:-cut])


# --- writing --------------------------------------------------------------------------------------------------------


WRITTEN: list[tuple[Any, Any, Any]] = [
    (Ints, array([1, -2], int), [1, -2]),
    (Ints, numpy.array([1, 2], "int8"), [1, 2]),
    (Ints, numpy.array([1, 2], "uint64"), [1, 2]),
    (Ints, numpy.array([1, 2], ">i4"), [1, 2]),
    (Ints, numpy.arange(6)[::2], [0, 2, 4]),
    (Ints, array([], int), []),
    (Floats, array([0.5, math.nan, math.inf, -0.0], float), [0.5, math.nan, math.inf, -0.0]),
    (Floats, numpy.array([0.1], "float32"), [float(numpy.float32(0.1))]),
    (Floats, numpy.array([0.5], "float16"), [0.5]),
    (Floats, numpy.array([0.5], ">f8"), [0.5]),
    (Floats, array([1, 2], int), [1.0, 2.0]),
    (Bools, array([True, False], bool), [True, False]),
    (Bools, numpy.array([0, 1, 2]) > 0, [False, True, True]),
    (Table, array([[1, 2], [3, 4.5]], float), [[1.0, 2.0], [3.0, 4.5]]),
    (Table, numpy.asfortranarray([[1.0, 2.0], [3.0, 4.0]]), [[1.0, 2.0], [3.0, 4.0]]),
    (Table, array([[1, 2], [3, 4]], float).T[:, ::-1], [[3.0, 1.0], [4.0, 2.0]]),
    (Table, numpy.zeros((2, 0)), [[], []]),
    (Table, numpy.zeros((0, 3)), []),
    (Annotated[numpy.ndarray, Collection(int, dimensions=3)], numpy.arange(4).reshape(2, 1, 2), [[[0, 1]], [[2, 3]]]),
    (Annotated[numpy.ndarray, Collection(int, dimensions=32)], array(nested(7, 32), int), nested(7, 32)),
]


@pytest.mark.parametrize(("hint", "value", "expected"), WRITTEN)
def test_written(codecs, hint, value, expected):
    value.flags.writeable = False
    data = codecs.encode(hint, value)
    assert str(l.Literal.FromString(data)) == str(literal(expected))  # as text: nan is nan
    found = codecs.decode(hint, data)
    assert found.ndim == value.ndim
    assert numpy.array_equal(found, value, equal_nan=found.dtype.kind == "f") or not value.size


NOT_WRITTEN: list[tuple[Any, Any, str]] = [
    (Ints, array([1], float), "value: expected array of int, got array of float64; convert it by astype(int)"),
    (Ints, array([True], bool), "value: expected array of int, got array of bool; convert it by astype(int)"),
    (Floats, array([True], bool), "value: expected array of float, got array of bool; convert it by astype(float)"),
    (Bools, array([1], int), "value: expected array of bool, got array of int64; convert it by astype(bool)"),
    (Floats, numpy.array([1j]), "value: expected array of float, got array of complex128; convert it by astype(float)"),
    (Floats, numpy.array(["a"]), "value: expected array of float, got array of <U1; convert it by astype(float)"),
    (Floats, numpy.array([None]), "value: expected array of float, got array of object; convert it by astype(float)"),
    (
        Ints,
        numpy.array([2**64 - 1], "uint64"),
        "value: expected integer of 64 bits, got 18446744073709551615",
    ),
    (Ints, numpy.array(1), "value: expected array of 1 dimension, got 0 dimensions"),
    (Ints, array([[1]], int), "value: expected array of 1 dimension, got 2 dimensions"),
    (Table, array([1], float), "value: expected array of 2 dimensions, got 1 dimension"),
    (Ints, [1], "value: expected array, got list; numpy.asarray makes one"),
    (Floats, numpy.float64(1), "value: expected array, got float64; numpy.asarray makes one"),
    (Floats, None, "value: expected array, got None; declare Optional[...] where None is allowed"),
    (
        Floats,
        numpy.ma.array([1.0], mask=[True]),
        (
            "value: expected array, got masked array; "
            "a collection has no place for what is masked, give it a value: filled()"
        ),
    ),
]


@pytest.mark.parametrize(("hint", "value", "message"), NOT_WRITTEN)
def test_not_written(codecs, hint, value, message):
    with pytest.raises(TypeTransformerFailedError) as raised:
        codecs.encode(hint, value)
    assert str(raised.value) == message


# --- inside others ---------------------------------------------------------------------------------------------------


def test_lists_and_dicts_of_arrays(codecs):
    values = [array([1, 2], float), array([], float)]
    found = codecs.decode(list[Floats], codecs.encode(list[Floats], values))
    assert all(map(same, found, values))
    data = codecs.encode(dict[str, Floats], {"a": values[0]})
    assert same(codecs.decode(dict[str, Floats], data)["a"], values[0])
    assert codecs.decode(dict[str, list[float]], data) == {"a": [1.0, 2.0]}


@pytest.mark.parametrize("hint", [Optional[Floats], Union[int, Floats, None]])
def test_unions_of_arrays(codecs, hint):
    assert codecs.decode(hint, codecs.encode(hint, None)) is None
    data = codecs.encode(hint, array([0.5], float))
    stored = l.Literal.FromString(data).scalar.union
    assert stored.type.structure.tag == "Numpy Array"
    assert stored.type.collection_type.simple == 2
    assert same(codecs.decode(hint, data), array([0.5], float))
    assert same(codecs.decode(hint, literal([1, 2])), array([1, 2], float))


def test_a_bare_collection_for_an_optional_file(codecs):
    assert same(codecs.decode(Optional[Plain], literal([1, 2])), array([1, 2], int))


def test_a_hash_beside_the_collection(codecs):
    hint = Annotated[numpy.ndarray, Collection(int), HashMethod(lambda value: str(value.sum()))]
    data = codecs.encode(hint, array([1, 2], int))
    assert l.Literal.FromString(data).hash == "3"
    assert same(codecs.decode(hint, data), array([1, 2], int))


# --- both alike ------------------------------------------------------------------------------------------------------

_ELEMENTS = st.one_of(
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.booleans(),
    st.none(),
    st.text(max_size=2),
    st.sampled_from([l.binary(1), l.binary("a"), l.binary([1]), l.nothing(), l.union(l.integer(1), l.LiteralType())]),
)
_NESTED = st.one_of(
    st.recursive(_ELEMENTS, lambda inner: st.lists(inner, max_size=3), max_leaves=12),
    st.lists(st.lists(st.one_of(st.integers(0, 9), st.floats()), min_size=2, max_size=2), max_size=4),
    st.lists(st.one_of(st.integers(0, 9), st.floats(), st.booleans()), max_size=6),
)


def outcomes(both, hint, content):
    for codecs in both:
        try:
            found = codecs.decode(hint, content)
            yield str(found.dtype), found.shape, found.tobytes()
        except TypeTransformerFailedError as error:
            yield str(error)


@pytest.mark.parametrize("hint", [Plain, Ints, Table], ids=str)
@given(content=_NESTED)
def test_both_read_the_same(both, hint, content):
    ours, reference = outcomes(both, hint, literal(content))
    assert ours == reference


@pytest.mark.parametrize("hint", [Ints, Floats, Bools], ids=["ints", "floats", "booleans"])
@given(seed=st.integers(0, 2**32), bits=st.sampled_from([1, 7, 30, 63]), count=st.integers(500, 1500), data=st.data())
def test_a_long_list_of_integers_with_something_wrong_in_it(both, hint, seed, bits, count, data):
    """It is read at several places at the same time, if it is what it looks like."""
    drawn = numpy.random.default_rng(seed)
    content = bytearray(both[0].encode(list[int], [int(x) for x in drawn.integers(-(2**bits), 2**bits, count)]))
    for _ in range(data.draw(st.integers(0, 2))):
        content[data.draw(st.integers(5, len(content) - 1))] = data.draw(st.sampled_from([0, 8, 10, 17, 128, 255]))
    try:
        (expected,) = outcomes(both[1:], hint, bytes(content))
    except MalformedLiteralError:
        expected = ""  # of a damaged message, Rust may have read a part that is wrong in itself
    try:
        (ours,) = outcomes(both[:1], hint, bytes(content))
    except MalformedLiteralError:
        ours = ""
    assert ours == expected or (expected == "" and isinstance(ours, str))
