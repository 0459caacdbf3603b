"""What hostile or broken data does: it is refused, quickly, and with a place (type-system spec 1.1, 4.1).

The bounds: 128 containers inside each other in msgpack and JSON, 100 messages in a literal; claims are never believed.
"""

from __future__ import annotations

import dataclasses
import json
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Dict, List, Optional, Union

import pydantic
import pytest
from mashumaro.mixins.json import DataClassJSONMixin

from tests import literals as l
from tests.types.files import Files, context
from wingbeat import Codec, InterfaceCodec
from wingbeat.errors import MalformedLiteralError, TypeTransformerFailedError
from wingbeat.types import context as contexts

ERRORS = (MalformedLiteralError, TypeTransformerFailedError)


class Tree(pydantic.BaseModel):
    children: "List[Tree]" = []


@dataclasses.dataclass
class Node:
    next: "Optional[Node]" = None
    both: "Union[Node, Dict[str, Node], None]" = None
    anything: Any = None


@dataclasses.dataclass
class Mixin(DataClassJSONMixin):
    content: Dict[int, Any]


class Thing:
    pass


DEEP = 100_000
#: Nested far deeper than any stack.
BOMBS = {
    "arrays": b"\x91" * DEEP + b"\xc0",
    "maps": b"\x81\xa1a" * DEEP + b"\xc0",
    "keys": b"\x81" * DEEP + b"\xc0",
    "nodes": b"\x81\xa4next" * DEEP + b"\xc0",
    "unions": b"\x81\xa4both" * DEEP + b"\xc0",
    "children": b"\x81\xa8children\x91" * DEEP + b"\x80",
    "anything": b"\x81\xa8anything" + b"\x91" * DEEP + b"\xc0",
}
HINTS = [dict, List[int], Dict[str, Any], Dict[int, int], Node, Optional[Node], List[Node], Tree, List[Tree], Mixin]


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("hint", HINTS, ids=str)
def test_a_recursion_bomb_is_refused(codecs, hint, bomb):
    literal = l.raw_binary(BOMBS[bomb]).SerializeToString()
    start = time.perf_counter()
    with pytest.raises(ERRORS, match="^value"):
        codecs.decode(hint, literal)
    assert time.perf_counter() - start < 5


def test_deep_messages_are_refused(codecs):
    literal = l.integer(1).SerializeToString()
    for _ in range(2_000):
        literal = l.Literal(hash="x").SerializeToString()[:0] + _wrapped(literal)
    hint: Any = int
    for _ in range(60):
        hint = List[hint]
    for other in (hint, int, dict, Optional[int]):
        with pytest.raises(ERRORS, match="^value"):
            codecs.decode(other, literal)


def _wrapped(literal: bytes) -> bytes:
    """A collection of one, without a protobuf library to object."""
    return _field(2, _field(1, literal))


def _field(number: int, content: bytes) -> bytes:
    size, length = bytearray(), len(content)
    while length > 127:
        size.append(length & 127 | 128)
        length >>= 7
    return bytes([number << 3 | 2, *size, length]) + content


#: Headers that claim more than is there.
CLAIMS = {
    "array": b"\xdd\xff\xff\xff\xff",
    "map": b"\xdf\xff\xff\xff\xff",
    "text": b"\xdb\xff\xff\xff\xff",
    "bin": b"\xc6\xff\xff\xff\xff",
    "extension": b"\xc9\xff\xff\xff\xff\x05",
    "array of arrays": b"\xdd\x00\x00\xff\xff" * 20,
    "field": b"\x81\xa7content\xdf\xff\xff\xff\xff\x01",
}


@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.parametrize("hint", HINTS, ids=str)
def test_a_huge_claim_allocates_nothing(hint, claim):
    codec: Any = Codec(hint)
    literal = l.raw_binary(CLAIMS[claim]).SerializeToString()
    tracemalloc.start()
    with pytest.raises(ERRORS, match="^value"):
        codec.decode(literal)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000


@pytest.mark.parametrize("content", [b"\x12\xff\xff\xff\xff\x0f", b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\x7f"])
def test_a_message_that_claims_too_much(codecs, content):
    for hint in (int, List[int], dict):
        with pytest.raises(MalformedLiteralError, match="^value"):
            codecs.decode(hint, content)


def test_the_last_of_equal_keys_wins(codecs):
    twice = l.raw_binary(b"\x82\xa1a\x01\xa1a\x02").SerializeToString()
    assert codecs.decode(dict, twice) == {"a": 2}
    assert codecs.decode(Dict[str, int], twice) == {"a": 2}
    assert codecs.decode(Dict[str, Any], l.raw_binary(b"\x80").SerializeToString()) == {}
    twice = l.raw_binary(b"\x82\x01\xa1a\xa11\xa1b").SerializeToString()
    assert codecs.decode(Dict[int, str], twice) == {1: "b"}
    twice = l.raw_binary(b"\x82\xa8anything\x01\xa8anything\x02").SerializeToString()
    assert codecs.decode(Node, twice) == Node(anything=2)
    twice = l.raw_binary(b"\x82\xa7content\x80\xa7content\x81\xa11\x05").SerializeToString()
    assert codecs.decode(Mixin, twice) == Mixin({1: 5})
    twice = l.raw_binary(b"\x82\xa8children\x91\x80\xa8children\x90").SerializeToString()
    assert codecs.decode(Tree, twice) == Tree()


def test_the_last_of_equal_keys_wins_in_messages(codecs):
    one, two = (l.mapping(a=l.integer(value)).SerializeToString() for value in (1, 2))
    assert codecs.decode(Dict[str, int], one + two) == {"a": 2}
    one, two = (l.struct(a=value).SerializeToString() for value in (1, 2))
    assert codecs.decode(dict, one + two) == {"a": 2.0}


def test_a_cycle_is_no_document(codecs):
    loop: dict[str, Any] = {}
    loop["loop"] = loop
    node = Node()
    node.next = node
    items: list[Any] = []
    items.append(items)
    for hint, value in ((dict, loop), (Node, node), (Node, Node(anything=items)), (Mixin, Mixin({1: items}))):
        with pytest.raises(TypeTransformerFailedError, match="^value"):
            codecs.encode(hint, value)


def test_a_deep_document_is_written_up_to_the_bound(codecs):
    value: Any = {}
    for _ in range(127):
        value = {"a": value}
    assert codecs.decode(dict, codecs.encode(dict, value)) == value
    with pytest.raises(TypeTransformerFailedError, match="nested too deeply"):
        codecs.encode(dict, {"a": value})


def test_json_inside_a_document_counts_from_where_it_is(codecs):
    """A model at the bottom of a deep value must not make a document that nobody reads back."""
    deep: Any = Tree()
    for _ in range(60):
        deep = Tree(children=[deep])
    data = codecs.encode(Tree, deep)
    assert json.loads(codecs.decode(Tree, data).model_dump_json()) == json.loads(deep.model_dump_json())
    for _ in range(10):
        deep = Tree(children=[deep])
    with pytest.raises(TypeTransformerFailedError, match="nested too deeply|malformed"):
        codecs.encode(Tree, deep)


@pytest.fixture
def denied(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    files = Files(tmp_path)
    contexts.provide(lambda: context(files))
    monkeypatch.setenv("WINGBEAT_PICKLE", "deny")
    yield
    contexts.provide(None)


@pytest.mark.parametrize("hint", [Any, Thing, bytes, Optional[Thing], List[Thing], Dict[str, Any]], ids=str)
def test_denied_pickles_are_named(denied, monkeypatch, hint):
    value: Any = Thing()
    value = {List[Thing]: [value], Dict[str, Any]: {"k": value}, bytes: b"x"}.get(hint, value)
    with pytest.raises(TypeTransformerFailedError, match=r"outputs\.model.*WINGBEAT_PICKLE=deny forbids"):
        InterfaceCodec({"model": hint}).encode({"model": value})
    monkeypatch.setenv("WINGBEAT_PICKLE", "allow")
    data = InterfaceCodec({"model": hint}).encode({"model": value})
    monkeypatch.setenv("WINGBEAT_PICKLE", "deny")
    with pytest.raises(TypeTransformerFailedError, match=r"inputs\.model.*WINGBEAT_PICKLE=deny forbids") as raised:
        InterfaceCodec({"model": hint}).decode(data)
    assert raised.value.path.startswith("inputs.model")
