"""Untyped dicts, and dicts with keys other than str: one msgpack document (type-system spec 2.5, 4.1; rows 45-54)."""

from __future__ import annotations

import datetime
import math
from collections import OrderedDict, defaultdict
from typing import Any, Dict, List, Optional

import msgpack
import pytest

from tests import literals as l
from tests.labels import label
from wingbeat.errors import MalformedLiteralError, TypeTransformerFailedError


@pytest.mark.parametrize(
    ("hint", "value"),
    [
        (dict, {}),
        (dict, {"a": 1, "b": None, "c": [True, 1.5, "x", b"y"], "d": {"e": {}}}),
        (Dict, {1: 2, 1.5: 3, None: 4, b"k": 6}),
        (dict, {"big": 2**64 - 1, "small": -(2**63)}),
        (dict, {"inf": math.inf}),
        (Dict[int, int], {1: 2, -5: 2**40}),
        (Dict[int, Dict[str, List[float]]], {1: {"a": [1.5]}}),
        (Dict[float, str], {1.5: "a"}),
        (Dict[bool, int], {True: 1}),
        (Dict[int, Optional[int]], {1: None}),
        (Dict[datetime.date, int], {datetime.date(2020, 1, 2): 1}),
        (Dict[int, datetime.datetime], {1: datetime.datetime(2020, 1, 2, 3)}),
        (Dict[int, Any], {1: ["x", None]}),
        (List[dict], [{}, {"a": 1}]),
    ],
    ids=label,
)
def test_round_trip(codecs, hint, value):
    decoded = codecs.decode(hint, codecs.encode(hint, value))
    assert decoded == value
    assert repr(decoded) == repr(value)


@pytest.mark.parametrize(
    ("hint", "value"),
    [
        (dict, {"a": [1, -1, 127, 128, 255, 256, 65535, 65536, 2**32, -32, -33, -129, -32769, -(2**31) - 1]}),
        (dict, {"s": "x" * 31, "t": "x" * 32, "u": "x" * 255, "v": "x" * 256, "w": "x" * 70000}),
        (dict, {"a": list(range(15)), "b": list(range(16)), "c": list(range(70000))}),
        (dict, {i: i for i in range(16)}),
        (dict, {i: i for i in range(70000)}),
        (dict, {"f": 1.0, "g": -0.0, "b": b"x" * 300, "c": bytearray(b"y"), "d": memoryview(b"z")}),
        (dict, {"z": 1, "a": 2, "m": {"y": 1, "b": 2}}),
        (Dict[int, int], {3: 1, 1: 2}),
        (Dict[int, float], {1: 2}),
        (Dict[int, int], {"a": "b"}),
    ],
    ids=lambda part: label(part)[:40],
)
def test_the_bytes_are_those_of_msgpack_python(codecs, hint, value):
    literal = l.Literal.FromString(codecs.encode(hint, value))
    assert literal.scalar.binary.tag == "msgpack"
    assert literal.scalar.binary.value == msgpack.packb(value, use_bin_type=True)


class Text(str):
    """A subclass."""

    __slots__ = ()


class Number(int):
    """A subclass."""


@pytest.mark.parametrize(
    ("value", "decoded"),
    [
        ({"a": (1, 2)}, {"a": [1, 2]}),
        ({"a": OrderedDict(b=1)}, {"a": {"b": 1}}),
        ({"d": defaultdict(list, a=[1])}, {"d": {"a": [1]}}),
        ({Text("a"): Text("b")}, {"a": "b"}),
        ({"a": Number(5)}, {"a": 5}),
        ({"a": bytearray(b"x")}, {"a": b"x"}),
    ],
    ids=label,
)
def test_subclasses_and_relatives_are_written(codecs, value, decoded):
    assert repr(codecs.decode(dict, codecs.encode(dict, value))) == repr(decoded)


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ({"a": datetime.datetime(2020, 1, 1)}, 'value["a"]'),
        ({"a": [1, {1, 2}]}, 'value["a"][1]'),
        ({"a": {"b": object()}}, 'value["a"]["b"]'),
        ({"a": 2**64}, 'value["a"]'),
        ({"a": -(2**63) - 1}, 'value["a"]'),
        ({"a": "\ud800"}, 'value["a"]'),
        ({"a": 1j}, 'value["a"]'),
    ],
    ids=label,
)
def test_what_msgpack_cannot_hold(codecs, value, path):
    with pytest.raises(TypeTransformerFailedError) as caught:
        codecs.encode(dict, value)
    assert caught.value.path == path


@pytest.mark.parametrize("value", [None, [], "a", 1, [("a", 1)], OrderedDict(a=1), defaultdict(int)], ids=label)
def test_only_a_dict_is_written(codecs, value):
    with pytest.raises(TypeTransformerFailedError):
        codecs.encode(dict, value)


def test_a_dict_inside_itself_ends(codecs):
    loop: dict = {}
    loop["a"] = loop
    with pytest.raises(TypeTransformerFailedError, match="deep"):
        codecs.encode(dict, loop)


def test_keys_that_python_cannot_hash_are_written_but_not_read(codecs):
    data = codecs.encode(dict, {(1, 2): 3})
    with pytest.raises(TypeTransformerFailedError):
        codecs.decode(dict, data)


@pytest.mark.parametrize(
    ("hint", "literal", "value"),
    [
        (
            dict,
            l.struct(a=1, b=None, d=[3], e={"f": "g"}, h=True),
            {"a": 1.0, "b": None, "d": [3.0], "e": {"f": "g"}, "h": True},
        ),
        (dict, l.struct(), {}),
        (Dict[int, int], l.struct(**{"1": 1}), {1: 1}),
        (Dict[int, str], l.binary({"1": "a"}), {1: "a"}),
        (Dict[int, float], l.binary({1: 2}), {1: 2.0}),
        (Dict[int, int], l.binary({1.0: 2.0}), {1: 2}),
        (dict, l.raw_binary(b"\x82\xa1a\x01\xa1a\x02"), {"a": 2}),
        (Dict[int, int], l.raw_binary(b"\x82\x01\x01\xa11\x02"), {1: 2}),
    ],
    ids=lambda part: " ".join(label(part).split())[-50:],
)
def test_other_forms_that_are_understood(codecs, hint, literal, value):
    assert repr(sorted(codecs.decode(hint, literal).items())) == repr(sorted(value.items()))


@pytest.mark.parametrize(
    ("hint", "literal"),
    [
        (dict, l.mapping()),
        (dict, l.mapping(a=l.integer(1))),
        (Dict[int, int], l.mapping()),
        (dict, l.none()),
        (dict, l.nothing()),
        (dict, l.integer(1)),
        (dict, l.collection()),
        (dict, l.binary([])),
        (dict, l.binary(None)),
        (dict, l.binary(1)),
        (dict, l.raw_binary(b"\x80", tag="x")),
        (dict, l.raw_binary(b"\x81\x91\x01\x02")),
        (dict, l.raw_binary(b"\x81\x80\x02")),
        (dict, l.raw_binary(b"\x81\xa1a\xd6\xff\x00\x00\x00\x01")),
        (dict, l.raw_binary(b"\x81\xa1a\xd4\x05\x00")),
        (Dict[int, int], l.binary({"a": 1})),
        (Dict[int, int], l.binary({1: "a"})),
        (Dict[int, int], l.binary({1: None})),
        (Dict[int, int], l.binary({1: 1.5})),
    ],
    ids=lambda part: " ".join(str(part).split())[-50:] or "nothing",
)
def test_other_forms_are_refused(codecs, hint, literal):
    with pytest.raises(TypeTransformerFailedError):
        codecs.decode(hint, literal)


DOCUMENT = msgpack.packb({"a": [1, "bc", 1.5, None], "d": {"e": b"fg"}, "big": 2**40})


@pytest.mark.parametrize("length", range(len(DOCUMENT)))
def test_truncated_documents(codecs, length):
    with pytest.raises(MalformedLiteralError) as caught:
        codecs.decode(dict, l.raw_binary(DOCUMENT[:length]))
    assert caught.value.path.startswith("value")


@pytest.mark.parametrize(
    "document",
    [
        DOCUMENT + b"\x00",
        b"\xc1",
        b"\x81\xa1a\xc1",
        b"\x81\xa1\xff\x01",
        b"\x81\xa1a\xa2\xc3\x28",
        b"\xdf\xff\xff\xff\xff",
        b"\xdd\xff\xff\xff\xff\x01",
        b"\xdb\xff\xff\xff\xffabc",
        b"\x81\xa1a\xc6\xff\xff\xff\xffabc",
        b"\x81\xa1a" + b"\x91" * 200 + b"\x01",
        b"\x81\xa1a" + b"\x91" * 100_000 + b"\x01",
        b"\x81\xa1a" * 100_000 + b"\x01",
    ],
    ids=lambda part: part[:8].hex(),
)
def test_corrupt_documents(codecs, document):
    with pytest.raises((MalformedLiteralError, TypeTransformerFailedError)):
        codecs.decode(dict, l.raw_binary(document))


def test_nesting_up_to_the_limit(codecs):
    value: Any = 1
    for _ in range(127):
        value = {"a": value}
    assert codecs.decode(dict, codecs.encode(dict, value)) == value
    with pytest.raises((MalformedLiteralError, TypeTransformerFailedError)):
        codecs.decode(dict, l.binary({"a": {"a": value}}))
