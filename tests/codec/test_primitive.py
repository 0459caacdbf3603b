"""int, float, str, bool, None (type-system spec 2.3, rows 1-18, 29-30 of 8.2)."""

from __future__ import annotations

import math
from typing import Optional

import pytest

from tests import literals as l
from tests.labels import label
from wingbeat.errors import TypeTransformerFailedError

NoneType = type(None)


class Text(str):
    """A subclass."""

    __slots__ = ()


class Number(int):
    """A subclass."""


@pytest.mark.parametrize(
    ("hint", "value"),
    [
        (int, 0),
        (int, 1),
        (int, -1),
        (int, 2**63 - 1),
        (int, -(2**63)),
        (float, 0.0),
        (float, 1.5),
        (float, 5e-324),
        (float, 1.7976931348623157e308),
        (float, math.inf),
        (float, -math.inf),
        (str, ""),
        (str, "abc"),
        (str, "a\0b"),
        (str, "é€😀"),
        (str, "x" * 100_000),
        (bool, True),
        (bool, False),
        (NoneType, None),
        (None, None),
    ],
    ids=lambda part: label(part)[:20],
)
def test_round_trip(codecs, hint, value):
    decoded = codecs.decode(hint, codecs.encode(hint, value))
    assert decoded == value
    assert type(decoded) is type(value)


def test_float_bits_survive(codecs):
    assert math.copysign(1, codecs.decode(float, codecs.encode(float, -0.0))) == -1
    assert math.isnan(codecs.decode(float, codecs.encode(float, math.nan)))


@pytest.mark.parametrize(
    ("hint", "value"),
    [
        (int, 2**63),
        (int, -(2**63) - 1),
        (int, 10**400),
        (int, True),
        (int, 1.0),
        (int, "1"),
        (int, None),
        (int, Number(1)),
        (int, [1]),
        (float, 1),
        (float, True),
        (float, None),
        (float, "1.5"),
        (str, "\ud800"),
        (str, "ok\udfff"),
        (str, b"abc"),
        (str, 1),
        (str, None),
        (str, Text("abc")),
        (bool, 1),
        (bool, None),
        (bool, "true"),
        (NoneType, 0),
        (NoneType, False),
        (NoneType, ""),
    ],
    ids=lambda part: label(part)[:20],
)
def test_a_value_of_another_type_is_refused(codecs, hint, value):
    with pytest.raises(TypeTransformerFailedError) as caught:
        codecs.encode(hint, value)
    assert caught.value.path == "value"


@pytest.mark.parametrize("hint", [int, float, str, bool])
def test_none_suggests_optional(codecs, hint):
    with pytest.raises(TypeTransformerFailedError, match="Optional"):
        codecs.encode(hint, None)
    with pytest.raises(TypeTransformerFailedError, match="Optional"):
        codecs.decode(hint, l.none())


@pytest.mark.parametrize(
    ("hint", "literal", "value"),
    [
        (int, l.floating(3.0), 3),
        (int, l.floating(-(2.0**70)), -(2**70)),
        (int, l.binary(3), 3),
        (int, l.binary(-(2**63)), -(2**63)),
        (int, l.binary(2**64 - 1), 2**64 - 1),
        (float, l.integer(3), 3.0),
        (float, l.integer(9007199254740993), 9007199254740992.0),
        (float, l.binary(1.5), 1.5),
        (float, l.binary(3), 3.0),
        (float, l.raw_binary(b"\xca\x3f\xc0\x00\x00"), 1.5),
        (str, l.binary("a"), "a"),
        (str, l.binary(""), ""),
        (bool, l.binary(True), True),
        (bool, l.binary(False), False),
        (NoneType, l.binary(None), None),
    ],
    ids=lambda part: " ".join(label(part).split())[:40],
)
def test_other_kinds_that_are_understood(codecs, hint, literal, value):
    decoded = codecs.decode(hint, literal)
    assert decoded == value
    assert type(decoded) is type(value)


KINDS = {
    "integer": l.integer(1),
    "float": l.floating(1.5),
    "whole float": l.floating(1.0),
    "nan": l.floating(math.nan),
    "inf": l.floating(math.inf),
    "string": l.string("a"),
    "boolean": l.boolean(True),
    "datetime": l.datetime(0),
    "duration": l.duration(1),
    "none": l.none(),
    "nothing": l.nothing(),
    "empty scalar": l.scalar(),
    "empty primitive": l.primitive(),
    "collection": l.collection(),
    "map": l.mapping(),
    "blob": l.blob(),
    "struct": l.struct(),
    "binary nil": l.binary(None),
    "binary bool": l.binary(True),
    "binary int": l.binary(3),
    "binary float": l.binary(3.0),
    "binary str": l.binary("3"),
    "binary bin": l.binary(b"3"),
    "binary array": l.binary([3]),
    "binary map": l.binary({"3": 3}),
    "binary other tag": l.raw_binary(b"\x03", tag="x"),
    "binary no tag": l.raw_binary(b"\x03", tag=""),
}
UNDERSTOOD = {
    int: {"integer", "whole float", "binary int"},
    float: {"integer", "float", "whole float", "nan", "inf", "binary int", "binary float"},
    str: {"string", "binary str"},
    bool: {"boolean", "binary bool"},
    NoneType: {"none", "binary nil"},
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("hint", UNDERSTOOD)
def test_every_other_kind_is_refused(codecs, hint, kind):
    if kind in UNDERSTOOD[hint]:
        codecs.decode(hint, KINDS[kind])
        return
    with pytest.raises(TypeTransformerFailedError) as caught:
        codecs.decode(hint, KINDS[kind])
    assert caught.value.path == "value"


def test_a_foreign_binary_tag_is_named(codecs):
    with pytest.raises(TypeTransformerFailedError, match="cbor"):
        codecs.decode(int, l.raw_binary(b"\x03", tag="cbor"))


@pytest.mark.parametrize(("hint", "value"), [(int, 3), (str, "a"), (float, 1.5)])
def test_a_union_literal_is_unwrapped_once(codecs, hint, value):
    wrapped = l.Literal.FromString(codecs.encode(Optional[hint], value))
    assert codecs.decode(hint, wrapped) == value
    twice = l.union(wrapped, wrapped.scalar.union.type)
    with pytest.raises(TypeTransformerFailedError):
        codecs.decode(hint, twice)


def test_an_offloaded_literal_is_named(codecs):
    for hint in (int, str, Optional[int], list[int], dict):
        with pytest.raises(TypeTransformerFailedError, match="s3://bucket/offloaded"):
            codecs.decode(hint, l.offloaded("s3://bucket/offloaded"))
