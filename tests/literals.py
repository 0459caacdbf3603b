"""Short spellings of `flyteidl` messages, for tests that say what is on the wire."""

from __future__ import annotations

from typing import Any

import msgpack
from flyteidl.core import literals_pb2, types_pb2
from google.protobuf import duration_pb2, struct_pb2, timestamp_pb2

Literal = literals_pb2.Literal
LiteralMap = literals_pb2.LiteralMap
LiteralType = types_pb2.LiteralType


def scalar(**member: Any) -> Literal:
    return Literal(scalar=literals_pb2.Scalar(**member))


def primitive(**member: Any) -> Literal:
    return scalar(primitive=literals_pb2.Primitive(**member))


def integer(value: int) -> Literal:
    return primitive(integer=value)


def floating(value: float) -> Literal:
    return primitive(float_value=value)


def string(value: str) -> Literal:
    return primitive(string_value=value)


def boolean(value: bool) -> Literal:
    return primitive(boolean=value)


def datetime(seconds: int, nanos: int = 0) -> Literal:
    return primitive(datetime=timestamp_pb2.Timestamp(seconds=seconds, nanos=nanos))


def duration(seconds: int, nanos: int = 0) -> Literal:
    return primitive(duration=duration_pb2.Duration(seconds=seconds, nanos=nanos))


def none() -> Literal:
    return scalar(none_type=literals_pb2.Void())


def nothing() -> Literal:
    return Literal()


def collection(*items: Literal) -> Literal:
    return Literal(collection=literals_pb2.LiteralCollection(literals=items))


def mapping(**items: Literal) -> Literal:
    return Literal(map=literals_pb2.LiteralMap(literals=items))


def raw_binary(data: bytes, tag: str = "msgpack") -> Literal:
    return scalar(binary=literals_pb2.Binary(value=data, tag=tag))


def binary(value: Any) -> Literal:
    """What msgpack-python makes of `value`."""
    return raw_binary(msgpack.packb(value, use_bin_type=True))


def struct(**fields: Any) -> Literal:
    message = struct_pb2.Struct()
    message.update(fields)
    return scalar(generic=message)


def blob(uri: str = "s3://bucket/key") -> Literal:
    return scalar(blob=literals_pb2.Blob(uri=uri))


def offloaded(uri: str) -> Literal:
    return Literal(offloaded_metadata=literals_pb2.LiteralOffloadedMetadata(uri=uri, size_bytes=1))


def simple(kind: int, tag: str | None = None) -> LiteralType:
    structure = None if tag is None else types_pb2.TypeStructure(tag=tag)
    return LiteralType(simple=kind, structure=structure)


def union(value: Literal, stored: LiteralType) -> Literal:
    return scalar(union=literals_pb2.Union(value=value, type=stored))


def content(data: bytes) -> Any:
    """The msgpack content of a serialized `Binary` literal."""
    literal = Literal.FromString(data)
    assert literal.scalar.binary.tag == "msgpack"
    return msgpack.unpackb(literal.scalar.binary.value, strict_map_key=False)
