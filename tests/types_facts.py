"""What wingbeat really does with a type, in the words of `tests/types_table.py`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgpack
from flyteidl.core import literals_pb2

from tests import literals as l
from tests.peers.shared_types import evaluate
from wingbeat import Codec
from wingbeat.errors import MalformedLiteralError, TypeTransformerFailedError
from wingbeat.types import schema as s
from wingbeat.types.literal_type import literal_type

#: What Python does for a node that Rust converts otherwise. A class's own `__init__` is not counted.
PARTS = {
    s.Json: "JSON by its class",
    s.Document: "msgpack by its class",
    s.Text: "text by its class",
    s.Hashed: "your hash",
    s.Callback: "Python",
    s.Blob: "Python",
}


def path(node: s.Schema) -> str:
    """Who converts values of a node."""
    if isinstance(node, (s.Callback, s.Blob)):
        return "Python"
    parts = sorted({PARTS[type(inner)] for inner in nodes(node) if type(inner) in PARTS})
    return " + ".join(["Rust", *parts])


def nodes(node: Any) -> Iterator[s.Schema]:
    """A node and all nodes inside it, those excepted that only read an alternative form."""
    if isinstance(node, tuple):
        for item in node:
            yield from nodes(item)
    elif isinstance(node, s.Schema):
        yield node
        for slot in node.__slots__:
            if slot != "packed" and not (slot == "blob" and node.collected):  # type: ignore[attr-defined]
                yield from nodes(getattr(node, slot))


def declared(hint: str) -> str:
    """The declared Flyte type in words."""
    stored = l.LiteralType.FromString(literal_type(evaluate(hint)))
    kind = stored.WhichOneof("type")
    if kind == "simple":
        return type(stored).DESCRIPTOR.fields_by_name["simple"].enum_type.values_by_number[stored.simple].name
    if kind == "blob":
        return " ".join(filter(None, ["blob", stored.blob.format, "(folder)" if stored.blob.dimensionality else ""]))
    return kind.removesuffix("_type").removesuffix("_value").replace("collection", "list").replace("_", " ")


def kind(literal: l.Literal) -> str:
    """A literal's kind in words."""
    found = literal.WhichOneof("value")
    if found != "scalar":
        return {"collection": "list"}.get(found, found)
    found = literal.scalar.WhichOneof("value")
    if found == "primitive":
        found = literal.scalar.primitive.WhichOneof("value")
    words = {"none_type": "none", "generic": "struct", "float_value": "float", "string_value": "string"}
    return words.get(found, found).replace("_", " ")


_POOL = [
    *(l.integer(value) for value in (0, 1, 3)),
    *(l.floating(value) for value in (1.0, 2.5)),
    *(l.string(text) for text in ("a", "red", "2020-01-02", "2020-01-02T03:04:05")),
    *(l.boolean(True), l.datetime(0), l.duration(1), l.none(), l.blob(), l.collection(), l.mapping(), l.struct()),
    *(l.binary(content) for content in (None, 1, 1.0, 2.5, "a", "red", "2020-01-02", True, [], {}, {1: 2}, {"1": 2})),
]


def read(hint: str, own: l.Literal) -> str:
    """The kinds of literals that are read, the written one first."""
    codec: Codec[Any] = Codec(evaluate(hint))
    found = {kind(own): None}
    for literal in sorted([*_other_forms(own), *_POOL], key=kind):
        try:
            codec.decode(literal.SerializeToString())
        except (TypeTransformerFailedError, MalformedLiteralError):
            continue
        found[kind(literal)] = None
    return ", ".join(found)


def _other_forms(own: l.Literal) -> Iterator[l.Literal]:
    if own.scalar.HasField("union"):
        yield own.scalar.union.value
        yield from _other_forms(own.scalar.union.value)
    else:
        yield l.union(own, l.LiteralType())
    if own.scalar.HasField("blob"):
        yield l.binary({"path": own.scalar.blob.uri})
        yield l.struct(path=own.scalar.blob.uri)
    if own.scalar.HasField("structured_dataset"):
        yield l.Literal(scalar=literals_pb2.Scalar(schema={"uri": own.scalar.structured_dataset.uri}))
    if own.scalar.HasField("schema"):
        yield l.Literal(scalar=literals_pb2.Scalar(structured_dataset={"uri": own.scalar.schema.uri}))
    content = _content(own)
    if content is not None:
        yield l.binary(content)
        if isinstance(content, dict):
            yield l.struct(**json.loads(json.dumps(content, default=repr)))


def _content(literal: l.Literal) -> Any:
    """What propeller would find in a document where this literal is."""
    found = kind(literal)
    if found == "list":
        return [_content(item) for item in literal.collection.literals]
    if found == "map":
        return {key: _content(item) for key, item in literal.map.literals.items()}
    if found == "binary":
        return msgpack.unpackb(literal.scalar.binary.value, strict_map_key=False)
    if found in ("integer", "float", "string", "boolean"):
        primitive = literal.scalar.primitive
        return getattr(primitive, primitive.WhichOneof("value"))
    if found == "structured dataset":
        stored = literal.scalar.structured_dataset
        return {"uri": stored.uri, "file_format": stored.metadata.structured_dataset_type.format}
    if found == "schema":
        return {"remote_path": literal.scalar.schema.uri}
    return None


def form(content: bytes) -> str:
    """The msgpack form of a field's value."""
    value = msgpack.unpackb(content, strict_map_key=False)["f"]
    if type(value) in (list, dict):
        inner = value if isinstance(value, list) else list(value.values())
        return ("array" if isinstance(value, list) else "map") + (f" of {_form(inner[0])}" if inner else "")
    return _form(value)


def _form(value: Any) -> str:
    words = {"NoneType": "nil", "str": "text", "bytes": "bin", "list": "array", "dict": "map"}
    return words.get(type(value).__name__, type(value).__name__)
