"""What errors say: the exact sentence, the path, and never more than a glimpse of the data."""

from __future__ import annotations

import copy
import dataclasses
import datetime
import enum
import pickle
import time
from typing import Dict, List, Literal, Optional, Union

import msgpack
import pytest

from tests import literals as l
from tests.labels import label
from wingbeat.errors import MalformedLiteralError, TypeTransformerFailedError


class Color(enum.Enum):
    RED = "red"
    BLUE = "blue"


@dataclasses.dataclass
class Address:
    street: str
    zip: int


@dataclasses.dataclass
class Person:
    name: str
    address: Address
    emails: List[str] = dataclasses.field(default_factory=list)


def person(zip_code: object) -> l.Literal:
    return l.binary({"name": "n", "address": {"street": "s", "zip": zip_code}})


DECODING = [
    (int, l.string("abc"), "inputs.x: expected integer, got string 'abc'"),
    (int, l.floating(3.7), "inputs.x: expected integer, got float 3.7"),
    (int, l.boolean(True), "inputs.x: expected integer, got boolean true"),
    (int, l.none(), "inputs.x: expected integer, got none; declare Optional[...] where None is allowed"),
    (int, l.nothing(), "inputs.x: expected integer, got nothing"),
    (int, l.collection(l.integer(1)), "inputs.x: expected integer, got collection of 1"),
    (int, l.mapping(a=l.integer(1), b=l.none()), "inputs.x: expected integer, got map of 2"),
    (int, l.blob(), "inputs.x: expected integer, got blob"),
    (int, l.struct(a=1), "inputs.x: expected integer, got struct"),
    (int, l.datetime(0), "inputs.x: expected integer, got datetime"),
    (int, l.binary("abc"), "inputs.x: expected integer, got string 'abc'"),
    (int, l.raw_binary(b"\x01", tag="cbor"), "inputs.x: expected binary of tag 'msgpack', got binary of tag 'cbor'"),
    (str, l.integer(5), "inputs.x: expected string, got integer 5"),
    (float, l.string("1.5"), "inputs.x: expected float, got string '1.5'"),
    (bool, l.integer(1), "inputs.x: expected boolean, got integer 1"),
    (type(None), l.integer(1), "inputs.x: expected none, got integer 1"),
    (datetime.datetime, l.integer(1), "inputs.x: expected datetime, got integer 1"),
    (datetime.timedelta, l.string("1"), "inputs.x: expected duration, got string '1'"),
    (List[int], l.integer(1), "inputs.x: expected collection, got integer 1"),
    (Dict[str, int], l.collection(), "inputs.x: expected map, got collection of 0"),
    (dict, l.mapping(), "inputs.x: expected binary or struct, got map of 0"),
    (Person, l.string("x"), "inputs.x: expected binary or struct, got string 'x'"),
    (List[int], l.collection(l.integer(1), l.string("abc")), "inputs.x[1]: expected integer, got string 'abc'"),
    (List[List[int]], l.collection(l.collection(l.none())), None),
    (Dict[str, int], l.mapping(**{"a b": l.string("c")}), "inputs.x[\"a b\"]: expected integer, got string 'c'"),
    (Person, person("abc"), "inputs.x.address.zip: expected integer, got string 'abc'"),
    (List[Person], l.collection(person(1), person(1.5)), "inputs.x[1].address.zip: expected integer, got float 1.5"),
    (List[Person], l.binary([{"name": "n"}]), "inputs.x[0]: missing field 'address' of Person"),
    (Person, l.binary({"name": "n", "address": {"street": "s"}}), "inputs.x.address: missing field 'zip' of Address"),
    (Color, l.string("green"), "inputs.x: expected value of Color, got string 'green'; allowed: 'red', 'blue'"),
    (Literal["a", "b"], l.string("c"), "inputs.x: expected one of 'a', 'b', got str 'c'"),
    (Optional[int], l.string("a"), "inputs.x: expected one of int, None, got string 'a'"),
    (Union[str, Color], l.string("red"), "inputs.x: ambiguous: string 'red' fits str, Color"),
]


@pytest.mark.parametrize(("hint", "literal", "message"), DECODING, ids=lambda part: " ".join(str(part).split())[-60:])
def test_decoding(codecs, hint, literal, message):
    data = l.LiteralMap(literals={"x": literal}).SerializeToString()
    with pytest.raises(TypeTransformerFailedError) as caught:
        codecs.InterfaceCodec({"x": hint}).decode(data)
    if message is not None:
        assert str(caught.value) == message


ENCODING = [
    (int, "abc", "outputs.x: expected int, got str 'abc'"),
    (int, True, "outputs.x: expected int, got bool True"),
    (int, None, "outputs.x: expected int, got None; declare Optional[int] if None is allowed"),
    (int, 2**63, "outputs.x: expected int of 64 bits, got int 9223372036854775808"),
    (int, 10**1000, "outputs.x: expected int of 64 bits, got int of 3322 bits"),
    (int, object(), "outputs.x: expected int, got object"),
    (str, b"abc", "outputs.x: expected str, got bytes b'abc'"),
    (bool, 1, "outputs.x: expected bool, got int 1"),
    (type(None), 0, "outputs.x: expected None, got int 0"),
    (datetime.date, "2020-01-02", "outputs.x: expected date, got str '2020-01-02'"),
    (List[int], (1, 2), "outputs.x: expected list, got tuple of 2; use a list"),
    (List[int], {1: 2}, "outputs.x: expected list, got dict of 1"),
    (List[int], [1, "a"], "outputs.x[1]: expected int, got str 'a'"),
    (Dict[str, int], {1: 2}, "outputs.x: expected keys of type str, got int 1"),
    (Dict[str, int], {"k": None}, 'outputs.x["k"]: expected int, got None; declare Optional[int] if None is allowed'),
    (dict, {"a": [object()]}, 'outputs.x["a"][0]: cannot be written as msgpack: object of type object'),
    (dict, [1], "outputs.x: expected dict, got list of 1"),
    (Person, 5, "outputs.x: expected Person, got int 5"),
    (
        Person,
        Person("n", None),
        "outputs.x.address: expected Address, got None; declare Optional[Address] if None is allowed",
    ),
    (Color, "green", "outputs.x: expected Color, got str 'green'; allowed: 'red', 'blue'"),
    (Literal["a", "b"], "c", "outputs.x: expected one of 'a', 'b', got str 'c'"),
    (Optional[int], 1.5, "outputs.x: expected one of int, None, got float 1.5"),
    (Union[List[int], List[str]], [], None),
]


@pytest.mark.parametrize(("hint", "value", "message"), ENCODING, ids=lambda part: label(str(part))[-60:])
def test_encoding(codecs, hint, value, message):
    with pytest.raises(TypeTransformerFailedError) as caught:
        codecs.InterfaceCodec({"x": hint}).encode({"x": value})
    if message is not None:
        assert str(caught.value) == message


def test_the_parts_of_an_error(codecs):
    data = l.LiteralMap(literals={"xs": l.collection(*[person(1)] * 17, person("abc"))}).SerializeToString()
    with pytest.raises(TypeTransformerFailedError) as caught:
        codecs.InterfaceCodec({"xs": List[Person]}).decode(data)
    error = caught.value
    assert str(error) == "inputs.xs[17].address.zip: expected integer, got string 'abc'"
    assert (error.path, error.expected, error.got) == ("inputs.xs[17].address.zip", "integer", "string 'abc'")
    assert error.hint == ""
    with pytest.raises(TypeTransformerFailedError) as caught:
        codecs.Codec(int).decode(l.none().SerializeToString())
    assert "Optional" in caught.value.hint


@pytest.mark.parametrize("catch", [TypeError, AssertionError, ValueError])
def test_the_classes_that_callers_of_flytekit_catch(codecs, catch):
    with pytest.raises(catch):
        codecs.encode(int, "abc")


def test_malformed_bytes_are_a_value_error(codecs):
    with pytest.raises(ValueError, match=r"^value") as caught:
        codecs.decode(int, b"\x0a")
    assert type(caught.value) is MalformedLiteralError
    assert caught.value.path == "value"
    assert not isinstance(caught.value, TypeError)


def test_errors_can_be_copied_and_pickled(codecs):
    """Process pools send exceptions by pickle."""
    for attempt in (lambda: codecs.encode(int, "abc"), lambda: codecs.decode(int, b"\x0a")):
        with pytest.raises(ValueError, match=r"^value") as caught:
            attempt()
        for again in (copy.copy(caught.value), pickle.loads(pickle.dumps(caught.value))):
            assert type(again) is type(caught.value)
            assert str(again) == str(caught.value)
            assert again.path == "value"


HUGE = "x" * 1_000_000


@pytest.mark.parametrize(
    ("hint", "literal"),
    [
        (int, l.string(HUGE)),
        (int, l.binary(HUGE)),
        (Color, l.string(HUGE)),
        (Literal["a"], l.string(HUGE)),
        (Literal[HUGE], l.string("a")),
        (Optional[int], l.string(HUGE)),
        (datetime.datetime, l.string(HUGE)),
        (Dict[str, int], l.mapping(**{HUGE: l.string("a")})),
        (Dict[int, int], l.binary({HUGE: 1})),
        (dict, l.raw_binary(b"", tag=HUGE)),
        (Person, person(HUGE)),
        (Person, person(HUGE.encode())),
        (int, l.offloaded(HUGE)),
        (List[Union[int, bool]], l.collection(l.string(HUGE))),
        (Optional[int], l.union(l.integer(1), l.simple(1, HUGE))),
    ],
    ids=lambda part: label(part)[:40],
)
def test_only_a_glimpse_of_a_value_is_shown_when_decoding(codecs, hint, literal):
    before = time.perf_counter()
    with pytest.raises(TypeTransformerFailedError) as caught:
        codecs.decode(hint, literal)
    assert time.perf_counter() - before < 1
    assert len(str(caught.value)) < 700
    assert HUGE[:300] not in str(caught.value)


@pytest.mark.parametrize(
    ("hint", "value"),
    [
        (int, HUGE),
        (int, HUGE.encode()),
        (int, [0] * 1_000_000),
        (int, 10**100_000),
        (List[int], [HUGE]),
        (Dict[str, int], {HUGE: None}),
        (Dict[str, int], {HUGE.encode(): 1}),
        (dict, {HUGE: object()}),
        (Optional[int], HUGE),
        (Color, HUGE),
        (Literal["a"], HUGE),
        (Person, Person("n", Address("s", {1, 2}))),
        (Person, {HUGE: 1}),
        (str, HUGE + "\ud800"),
    ],
    ids=lambda part: label(part)[:40] if not isinstance(part, int) else "int",
)
def test_only_a_glimpse_of_a_value_is_shown_when_encoding(codecs, hint, value):
    before = time.perf_counter()
    with pytest.raises(TypeTransformerFailedError) as caught:
        codecs.encode(hint, value)
    assert time.perf_counter() - before < 1
    assert len(str(caught.value)) < 700
    assert HUGE[:300] not in str(caught.value)


class Loud:
    """Its `repr` must not be asked: it may be long, slow or broken."""

    def __repr__(self):
        raise AssertionError("repr was called")


def test_the_repr_of_foreign_objects_is_not_called(codecs):
    for hint, value in [(int, Loud()), (dict, {"a": Loud()}), (List[str], [Loud()]), (Optional[int], Loud())]:
        with pytest.raises(TypeTransformerFailedError, match="Loud"):
            codecs.encode(hint, value)


def test_a_wrong_type_in_a_list_of_100_000(codecs):
    """The error is short, and found no more slowly than the list is read."""
    items = [l.integer(i) for i in range(100_000)]
    good = l.LiteralMap(literals={"xs": l.collection(*items)}).SerializeToString()
    items[99_999] = l.string("abc")
    bad = l.LiteralMap(literals={"xs": l.collection(*items)}).SerializeToString()
    codec = codecs.InterfaceCodec({"xs": List[int]})

    start = time.perf_counter()
    codec.decode(good)
    right = time.perf_counter() - start
    start = time.perf_counter()
    with pytest.raises(TypeTransformerFailedError) as caught:
        codec.decode(bad)
    wrong = time.perf_counter() - start
    assert str(caught.value) == "inputs.xs[99999]: expected integer, got string 'abc'"
    assert wrong < 3 * right + 0.05


def test_a_wrong_type_in_a_document_of_100_000(codecs):
    document = msgpack.packb([*range(99_999), "abc"])
    with pytest.raises(TypeTransformerFailedError) as caught:
        codecs.decode(List[int], l.raw_binary(document))
    assert str(caught.value) == "value[99999]: expected integer, got string 'abc'"
