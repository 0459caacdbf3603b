"""Where a Python transformer takes part. It sees serialized literals, also inside packed documents.

There a value is offered as the literal that attribute access on an upstream output would make of it, and the literal
it returns is folded back by the same rule (type-system spec 4.7).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flyteidl.core import literals_pb2
from google.protobuf.message import DecodeError

from wingbeat.reference import struct_form, temporal, words
from wingbeat.reference.msgpack_form import pack, unpack
from wingbeat.reference.place import malformed, refusal, user_code
from wingbeat.reference.tree import Pairs

if TYPE_CHECKING:
    from wingbeat.reference.place import Place
    from wingbeat.reference.tree import Tree
    from wingbeat.types import schema as s


def read(schema: s.Callback, literal: literals_pb2.Literal, place: Place) -> Any:
    with user_code(place):
        return schema.decode(literal.SerializeToString())


def write(schema: s.Callback, value: Any, place: Place) -> literals_pb2.Literal:
    with user_code(place):
        data = schema.encode(value)
    try:
        return literals_pb2.Literal.FromString(data)
    except DecodeError as error:
        raise malformed(place, f"{schema.name} returned no literal: {error}") from None


def read_packed(schema: s.Callback, value: Tree, place: Place) -> Any:
    return read(schema, _unfold(value), place)


def _unfold(value: Tree) -> literals_pb2.Literal:
    if isinstance(value, list) and not isinstance(value, Pairs):
        # Elements stay packed, whatever they are.
        items = [_binary(item) for item in value]
        return literals_pb2.Literal(collection=literals_pb2.LiteralCollection(literals=items))
    if type(value) is bool:
        return _primitive(boolean=value)
    if type(value) is int and -(2**63) <= value < 2**63:
        return _primitive(integer=value)
    if type(value) is float:
        return _primitive(float_value=value)
    if type(value) is str:
        return _primitive(string_value=value)
    return _binary(value)


def _primitive(**member: Any) -> literals_pb2.Literal:
    return literals_pb2.Literal(scalar=literals_pb2.Scalar(primitive=literals_pb2.Primitive(**member)))


def _binary(value: Tree) -> literals_pb2.Literal:
    binary = literals_pb2.Binary(value=pack(value), tag="msgpack")
    return literals_pb2.Literal(scalar=literals_pb2.Scalar(binary=binary))


def write_packed(schema: s.Callback, value: Any, place: Place) -> Tree:
    return _fold(write(schema, value, place), place)


def _fold(literal: literals_pb2.Literal, place: Place) -> Tree:
    kind = literal.WhichOneof("value")
    if kind == "collection":
        return [_fold(item, place.index(i)) for i, item in enumerate(literal.collection.literals)]
    if kind == "map":
        return Pairs((key, _fold(item, place.key(key))) for key, item in literal.map.literals.items())
    scalar = literal.scalar.WhichOneof("value")
    if scalar == "primitive":
        primitive = literal.scalar.primitive.WhichOneof("value")
        if primitive == "datetime":
            return temporal.instant(literal.scalar.primitive.datetime, place).isoformat()
        if primitive == "duration":
            return temporal.span(literal.scalar.primitive.duration, place).total_seconds()
        if primitive is not None:
            return getattr(literal.scalar.primitive, primitive)
    if scalar == "none_type":
        return None
    if scalar == "binary":
        return unpack(literal.scalar.binary.value, place)
    if scalar == "generic":
        return struct_form.unfold(literal.scalar.generic)
    if scalar == "union":
        return _fold(literal.scalar.union.value, place)
    raise refusal(place, f"cannot be written as msgpack: literal of kind {words.literal(literal)}")
