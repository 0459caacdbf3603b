"""Where a Python transformer takes part: it sees literals, also inside packed documents (type-system spec 4.7)."""

from __future__ import annotations

import dataclasses
from typing import Any

import msgpack
import pytest

from tests import literals as l
from tests.labels import label
from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types import schema as s
from wingbeat.types.describe import describe


class Wrapped:
    """What the test's transformer makes of a literal."""

    def __init__(self, literal: l.Literal) -> None:
        self.literal = literal


def decode(data: bytes) -> Wrapped:
    literal = l.Literal.FromString(data)
    if literal.scalar.primitive.string_value == "fail":
        raise RuntimeError("the transformer refuses")
    return Wrapped(literal)


def encode(value: Any) -> bytes:
    if not isinstance(value, Wrapped):
        raise TypeError(f"not a Wrapped: {value!r}")
    return value.literal.SerializeToString()


NODE = s.Callback("Wrapped", decode, encode)


def variant(node: s.Schema, tag: str) -> s.Variant:
    literal_type = l.LiteralType(simple=7)
    literal_type.structure.tag = tag
    return s.Variant(node, tag, literal_type.SerializeToString(), tag)


@dataclasses.dataclass
class Holder:
    field: Any


HOLDER = s.Packed(s.Dataclass(Holder, (s.Field("field", NODE, s.REQUIRED, None, True, False),), True), False, "")
LITERALS = [
    l.integer(1),
    l.string("a"),
    l.none(),
    l.nothing(),
    l.blob(),
    l.collection(l.integer(1), l.blob()),
    l.mapping(a=l.blob()),
    l.struct(a=1),
    l.binary({"a": 1}),
    l.Literal(scalar=l.integer(1).scalar, hash="h", metadata={"k": "v"}),
]


@pytest.mark.parametrize("literal", LITERALS, ids=lambda part: " ".join(str(part).split())[:40] or "nothing")
def test_the_transformer_gets_and_gives_the_whole_literal(codecs, literal):
    codec = codecs.of_schema(NODE)
    decoded = codec.decode(literal.SerializeToString())
    assert decoded.literal == literal
    assert l.Literal.FromString(codec.encode(decoded)) == literal


@pytest.mark.parametrize("literal", LITERALS, ids=lambda part: " ".join(str(part).split())[:40] or "nothing")
def test_nested_in_lists_and_maps(codecs, literal):
    codec = codecs.of_schema(s.Map(s.List(NODE, None), None))
    data = l.mapping(k=l.collection(literal, literal)).SerializeToString()
    decoded = codec.decode(data)
    assert [item.literal for item in decoded["k"]] == [literal, literal]
    assert l.Literal.FromString(codec.encode(decoded)) == l.Literal.FromString(data)


def test_last_in_a_union(codecs):
    codec = codecs.of_schema(s.Union((variant(NODE, "wrapped"), variant(describe(int), "int")), None))
    assert l.Literal.FromString(codec.encode(5)).scalar.union.type.structure.tag == "int"
    stored = l.Literal.FromString(codec.encode(Wrapped(l.blob())))
    assert stored.scalar.union.type.structure.tag == "wrapped"
    assert codec.decode(stored.SerializeToString()).literal == l.blob()
    assert codec.decode(l.integer(5).SerializeToString()) == 5
    with pytest.raises(TypeTransformerFailedError):
        codec.encode("neither")


@pytest.mark.parametrize(
    ("packed", "literal"),
    [
        (1, l.integer(1)),
        (-(2**63), l.integer(-(2**63))),
        (2**64 - 1, l.binary(2**64 - 1)),
        (1.5, l.floating(1.5)),
        ("a", l.string("a")),
        (True, l.boolean(True)),
        (None, l.binary(None)),
        (b"x", l.binary(b"x")),
        ({"a": [1]}, l.binary({"a": [1]})),
        ([], l.collection()),
        ([1, "a", [2], None], l.collection(l.binary(1), l.binary("a"), l.binary([2]), l.binary(None))),
    ],
    ids=lambda part: " ".join(label(part).split())[:40],
)
def test_a_packed_value_is_offered_as_attribute_access_would(codecs, packed, literal):
    codec = codecs.of_schema(HOLDER)
    decoded = codec.decode(l.binary({"field": packed}).SerializeToString())
    assert decoded.field.literal == literal
    assert l.content(codec.encode(decoded)) == {"field": packed}


def test_a_map_keeps_its_bytes_order(codecs):
    document = msgpack.packb({"field": {"z": 1, "a": {"y": 2, "b": 3}}})
    codec = codecs.of_schema(HOLDER)
    encoded = l.Literal.FromString(codec.encode(codec.decode(l.raw_binary(document).SerializeToString())))
    assert encoded.scalar.binary.value == document


@pytest.mark.parametrize(
    ("literal", "packed"),
    [
        (l.none(), None),
        (l.struct(a=1, b=[None]), {"a": 1.0, "b": [None]}),
        (l.datetime(0), "1970-01-01T00:00:00+00:00"),
        (l.duration(1, 500_000_000), 1.5),
        (l.collection(l.integer(1), l.collection()), [1, []]),
        (l.mapping(a=l.mapping(b=l.none())), {"a": {"b": None}}),
        (l.union(l.integer(1), l.simple(1, "int")), 1),
    ],
    ids=lambda part: " ".join(label(part).split())[:40],
)
def test_a_literal_is_folded_into_the_document(codecs, literal, packed):
    assert l.content(codecs.of_schema(HOLDER).encode(Holder(Wrapped(literal)))) == {"field": packed}


def test_a_literal_without_a_packed_form(codecs):
    with pytest.raises(TypeTransformerFailedError) as caught:
        codecs.of_schema(HOLDER).encode(Holder(Wrapped(l.scalar(error={"message": "x"}))))
    assert caught.value.path == "value.field"


def test_what_the_transformer_raises_is_the_cause(codecs):
    codec = codecs.of_schema(s.List(NODE, None))
    with pytest.raises(TypeTransformerFailedError, match="RuntimeError: the transformer refuses") as caught:
        codec.decode(l.collection(l.none(), l.string("fail")).SerializeToString())
    assert caught.value.path == "value[1]"
    assert isinstance(caught.value.__cause__, RuntimeError)
    with pytest.raises(TypeTransformerFailedError, match="TypeError: not a Wrapped: 5") as caught:
        codec.encode([Wrapped(l.none()), 5])
    assert caught.value.path == "value[1]"


@pytest.mark.parametrize("answer", [None, "text", 5, object()], ids=label)
def test_a_transformer_that_returns_no_bytes(codecs, answer):
    node = s.List(s.Callback("odd", lambda data: data, lambda value: answer), None)
    with pytest.raises((TypeTransformerFailedError, TypeError)):
        codecs.of_schema(node).encode([1])


def test_the_interpreters_own_exceptions_pass(codecs):
    def interrupt(_: Any) -> Any:
        raise KeyboardInterrupt

    node = s.Union((variant(s.Callback("odd", interrupt, interrupt), "odd"), variant(describe(int), "int")), None)
    with pytest.raises(KeyboardInterrupt):
        codecs.of_schema(node).encode("x")
    with pytest.raises(KeyboardInterrupt):
        codecs.of_schema(node).decode(l.string("x").SerializeToString())
