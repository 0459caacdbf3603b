"""Values with a hash beside them, which cache keys use in their place (type-system spec 2.19, 6.1)."""

from __future__ import annotations

from typing import Any

import pytest

from tests import literals as l
from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types import schema as s

INT = s.Int()


def hashes(data: bytes) -> Any:
    literal = l.Literal.FromString(data)
    kind = literal.WhichOneof("value")
    if kind == "collection":
        return [item.hash for item in literal.collection.literals]
    if kind == "map":
        return {key: item.hash for key, item in literal.map.literals.items()}
    return literal.hash


def test_the_hash_stands_beside_the_value(codecs):
    codec = codecs.of_schema(s.Hashed(INT, lambda value: f"h{value}"))
    data = codec.encode(5)
    expected = l.integer(5)
    expected.hash = "h5"
    assert l.Literal.FromString(data) == expected
    assert codec.decode(data) == 5
    assert codec.decode(l.integer(7).SerializeToString()) == 7


@pytest.mark.parametrize("nothing", [None, ""])
def test_no_hash(codecs, nothing):
    assert l.Literal.FromString(codecs.of_schema(s.Hashed(INT, lambda value: nothing)).encode(5)) == l.integer(5)


@pytest.mark.parametrize("wrong", [5, b"h", ["h"], True])
def test_a_hash_is_text(codecs, wrong):
    with pytest.raises(TypeTransformerFailedError, match="value: expected a hash of type str, got "):
        codecs.of_schema(s.Hashed(INT, lambda value: wrong)).encode(5)


def test_a_hash_is_utf8(codecs):
    with pytest.raises(TypeTransformerFailedError):
        codecs.of_schema(s.Hashed(INT, lambda value: "\ud800")).encode(5)


def test_a_subclass_of_text_is_text(codecs):
    class Text(str):
        pass

    assert hashes(codecs.of_schema(s.Hashed(INT, lambda value: Text("é"))).encode(5)) == "é"


def test_the_value_comes_first(codecs):
    def fail(value: Any) -> str:
        raise AssertionError("not to be called")

    with pytest.raises(TypeTransformerFailedError, match="expected int, got str 'a'"):
        codecs.of_schema(s.Hashed(INT, fail)).encode("a")


def test_each_element_has_its_own(codecs):
    item = s.Hashed(INT, str)
    assert hashes(codecs.of_schema(s.List(item, None)).encode([1, 2])) == ["1", "2"]
    assert hashes(codecs.of_schema(s.Map(item, None)).encode({"a": 1, "b": 2})) == {"a": "1", "b": "2"}
    whole = codecs.of_schema(s.Hashed(s.List(INT, None), lambda values: str(len(values)))).encode([1, 2])
    assert l.Literal.FromString(whole).hash == "2"
    assert hashes(whole) == ["", ""]


def test_a_union_as_a_whole(codecs):
    stored = l.simple(1, "int").SerializeToString()
    union = s.Union((s.Variant(INT, "int", stored, "int"), s.Variant(s.NoneType(), "none", b"", "None")), None)
    codec = codecs.of_schema(s.Hashed(union, repr))
    assert hashes(codec.encode(1)) == "1"
    assert hashes(codec.encode(None)) == "None"
    assert codec.decode(codec.encode(1)) == 1


def test_what_the_function_raises_is_told_with_its_place(codecs):
    def fail(value: Any) -> str:
        raise LookupError(f"no hash of {value}")

    with pytest.raises(TypeTransformerFailedError, match=r"^value\[1\]: LookupError: no hash of 2") as raised:
        codecs.of_schema(s.List(s.Hashed(INT, lambda v: "h" if v == 1 else fail(v)), None)).encode([1, 2])
    assert isinstance(raised.value.__cause__, LookupError)


def test_a_hash_of_a_document_and_of_a_transformers_literal(codecs):
    assert hashes(codecs.of_schema(s.Hashed(s.Packed(s.Any(), False, ""), lambda v: "d")).encode({})) == "d"
    literal = l.blob()
    literal.hash = "own"
    callback = s.Callback("c", lambda data: data, lambda value: literal.SerializeToString())
    assert hashes(codecs.of_schema(callback).encode(1)) == "own"
    assert hashes(codecs.of_schema(s.Hashed(callback, lambda v: "other")).encode(1)) == "other"
    # Nothing to say: what the transformer said stays.
    assert hashes(codecs.of_schema(s.Hashed(callback, lambda v: None)).encode(1)) == "own"
