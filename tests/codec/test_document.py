"""Classes whose packed form is their own affair: mashumaro's options and serializable types (type-system spec 4.2)."""

from __future__ import annotations

import base64
from typing import Any

import msgpack
import pytest

from tests import literals as l
from wingbeat.errors import MalformedLiteralError, TypeTransformerFailedError
from wingbeat.types import schema as s


class Raw:
    """Is what its document holds."""

    def __init__(self, data: bytes) -> None:
        self.data = data


def dump(value: Any) -> bytes:
    return value.data


NODE = s.Document(Raw, dump, Raw)
INSIDE = s.Packed(s.Mapping(s.Str(), s.Array(NODE, list)), False, "")


@pytest.mark.parametrize("content", [None, 5, "a", b"x", [1, {"a": 2}], {"a": {1: None}}, {}], ids=repr)
def test_a_whole_document(codecs, content):
    codec = codecs.of_schema(s.Packed(NODE, False, ""))
    data = codec.encode(Raw(msgpack.packb(content)))
    assert l.content(data) == content
    assert msgpack.unpackb(codec.decode(data).data, strict_map_key=False) == content


def test_extensions_pass(codecs):
    document = msgpack.packb({"a": msgpack.ExtType(5, b"xyz"), "b": msgpack.Timestamp(1, 2)})
    codec = codecs.of_schema(INSIDE)
    data = codec.encode({"k": [Raw(document)]})
    assert codec.decode(data)["k"][0].data == document


def test_each_gets_its_own_part(codecs):
    codec = codecs.of_schema(INSIDE)
    parts = [msgpack.packb(content) for content in (1, [2, 3], {"a": "b" * 300}, None)]
    data = codec.encode({"k": [Raw(part) for part in parts], "l": []})
    assert l.content(data) == {"k": [1, [2, 3], {"a": "b" * 300}, None], "l": []}
    assert [raw.data for raw in codec.decode(data)["k"]] == parts


@pytest.mark.parametrize("data", [b"", b"\x92\x01", b"\x01\x02", b"\xc1", b"\x81\xa1"])
def test_what_is_not_one_value_is_not_spliced(codecs, data):
    for node, value in ((s.Packed(NODE, False, ""), Raw(data)), (INSIDE, {"k": [Raw(data)]})):
        with pytest.raises(MalformedLiteralError, match="^value"):
            codecs.of_schema(node).encode(value)


@pytest.mark.parametrize("given", ["text", None, 5])
def test_only_bytes_are_spliced(codecs, given):
    with pytest.raises(TypeTransformerFailedError, match=r'^value\["k"\]\[0\]: TypeError: '):
        codecs.of_schema(INSIDE).encode({"k": [Raw(given)]})


def test_what_the_class_raises_is_told_with_its_place(codecs):
    def load(data: bytes) -> Any:
        raise LookupError("not mine")

    node = s.Packed(s.Array(s.Document(Raw, dump, load), list), False, "")
    with pytest.raises(TypeTransformerFailedError, match=r"^value\[0\]: LookupError: not mine") as raised:
        codecs.of_schema(node).decode(l.binary([1]).SerializeToString())
    assert isinstance(raised.value.__cause__, LookupError)
    with pytest.raises(TypeTransformerFailedError, match=r"^value: AttributeError: "):
        codecs.of_schema(s.Packed(NODE, False, "")).encode(5)


def test_a_struct_holds_bytes_as_text(codecs):
    codec = codecs.of_schema(s.Packed(NODE, True, ""))
    data = codec.encode(Raw(msgpack.packb({"a": 1, "b": b"x" * 60})))
    assert l.Literal.FromString(data) == l.struct(a=1, b=base64.encodebytes(b"x" * 60).decode())
    assert msgpack.unpackb(codec.decode(data).data)["a"] == 1.0


def test_a_union_inside_goes_by_class_then_by_what_loads(codecs):
    def load(data: bytes) -> Any:
        if msgpack.unpackb(data) == {"bad": 1}:
            raise ValueError("not mine")
        return Raw(data)

    union = s.OneOf((s.Mapping(s.Str(), s.Str()), s.Document(Raw, dump, load)))
    codec = codecs.of_schema(s.Packed(s.Mapping(s.Str(), union), False, ""))
    data = codec.encode({"a": Raw(msgpack.packb({"n": 1})), "b": {"x": "y"}})
    assert l.content(data) == {"a": {"n": 1}, "b": {"x": "y"}}
    found = codec.decode(l.binary({"a": {"n": None}, "b": {"x": "y"}}).SerializeToString())
    assert type(found["a"]) is Raw
    assert found["b"] == {"x": "y"}
