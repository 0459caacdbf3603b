"""Literals to Python values, one function for each literal node (type-system spec 2.1, 2.3-2.5, 2.8, 2.9)."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from wingbeat.reference import blobs, callbacks, numbers, packed_read, struct_form, temporal, union_read, words
from wingbeat.reference.msgpack_form import unpack
from wingbeat.reference.place import mismatch, user_code
from wingbeat.types import schema as s

if TYPE_CHECKING:
    from flyteidl.core import literals_pb2

    from wingbeat.reference.place import Place


def read(schema: s.Schema, literal: literals_pb2.Literal, place: Place) -> Any:
    """The value of `literal` as `schema` describes it."""
    if isinstance(schema, s.Hashed):
        return read(schema.item, literal, place)
    if isinstance(schema, s.Union):
        return union_read.read(schema, not_offloaded(literal, place), place)
    if isinstance(schema, s.Callback):
        return callbacks.read(schema, not_offloaded(literal, place), place)
    literal = not_offloaded(literal, place)
    if literal.scalar.WhichOneof("value") == "union":
        # Written for an Optional, read as T: flytekit refuses, the value is nevertheless there. One level only.
        literal = not_offloaded(literal.scalar.union.value, place)
    return _READERS[schema.kind](schema, literal, place)


def not_offloaded(literal: literals_pb2.Literal, place: Place) -> literals_pb2.Literal:
    if literal.WhichOneof("value") == "offloaded_metadata":
        uri = words.preview(literal.offloaded_metadata.uri)
        raise mismatch(place, "a literal", f"offloaded literal at {uri}")
    return literal


def form(literal: literals_pb2.Literal, place: Place) -> tuple[str, Any]:
    """What a literal holds: the name of the member that is set, and its value; for `binary`, the msgpack content."""
    kind = literal.WhichOneof("value")
    if kind == "collection":
        return kind, literal.collection.literals
    if kind == "map":
        return kind, literal.map.literals
    scalar = literal.scalar.WhichOneof("value")
    if scalar == "primitive":
        primitive = literal.scalar.primitive.WhichOneof("value")
        return (primitive, getattr(literal.scalar.primitive, primitive)) if primitive else ("nothing", None)
    if scalar == "binary":
        tag = literal.scalar.binary.tag
        if tag != "msgpack":
            raise mismatch(place, "binary of tag 'msgpack'", f"binary of tag {words.preview(tag)}")
        return "binary", unpack(literal.scalar.binary.value, place)
    if scalar is None:
        return "nothing", None
    return scalar, getattr(literal.scalar, scalar)


def wrong(expected: str, literal: literals_pb2.Literal, kind: str, value: Any, place: Place) -> Exception:
    got = words.packed(value) if kind == "binary" else words.literal(literal)
    return mismatch(place, expected, got, words.OPTIONAL if got == "none" else "")


def _int(schema: s.Int, literal: literals_pb2.Literal, place: Place) -> int:
    kind, value = form(literal, place)
    if kind == "integer" or (kind == "binary" and type(value) is int):
        return value
    if kind == "float_value" and value.is_integer():  # false for nan and inf
        return int(value)
    raise wrong("integer", literal, kind, value, place)


def _float(schema: s.Float, literal: literals_pb2.Literal, place: Place) -> float:
    kind, value = form(literal, place)
    if kind in ("float_value", "integer") or (kind == "binary" and type(value) in (float, int)):
        return float(value)
    raise wrong("float", literal, kind, value, place)


def _str(schema: s.Str, literal: literals_pb2.Literal, place: Place) -> str:
    kind, value = form(literal, place)
    if kind == "string_value" or (kind == "binary" and type(value) is str):
        return value
    raise wrong("string", literal, kind, value, place)


def _bool(schema: s.Bool, literal: literals_pb2.Literal, place: Place) -> bool:
    kind, value = form(literal, place)
    if kind == "boolean" or (kind == "binary" and type(value) is bool):
        return value
    raise wrong("boolean", literal, kind, value, place)


def _none(schema: s.NoneType, literal: literals_pb2.Literal, place: Place) -> None:
    kind, value = form(literal, place)
    if kind != "none_type" and not (kind == "binary" and value is None):
        raise wrong("none", literal, kind, value, place)


def _datetime(schema: s.Datetime, literal: literals_pb2.Literal, place: Place) -> Any:
    kind, value = form(literal, place)
    if kind == "datetime":
        return temporal.instant(value, place)
    if kind == "string_value" or (kind == "binary" and type(value) is str):
        return temporal.parse(datetime.datetime, value, place, words.packed(value))
    raise wrong("datetime", literal, kind, value, place)


def _date(schema: s.Date, literal: literals_pb2.Literal, place: Place) -> Any:
    kind, value = form(literal, place)
    if kind == "datetime":
        return temporal.instant(value, place).date()
    if kind == "string_value" or (kind == "binary" and type(value) is str):
        return temporal.parse(datetime.date, value, place, words.packed(value))
    raise wrong("datetime", literal, kind, value, place)


def _timedelta(schema: s.Timedelta, literal: literals_pb2.Literal, place: Place) -> datetime.timedelta:
    kind, value = form(literal, place)
    if kind == "duration":
        return temporal.span(value, place)
    if kind in ("integer", "float_value") or (kind == "binary" and type(value) in (int, float)):
        return temporal.seconds(value, place, words.packed(value))
    raise wrong("duration", literal, kind, value, place)


def _enum(schema: s.Enum, literal: literals_pb2.Literal, place: Place) -> Any:
    kind, value = form(literal, place)
    if kind == "string_value" or (kind == "binary" and type(value) is str):
        return packed_read.member(schema, value, place)
    raise wrong(f"value of {schema.cls.__name__}", literal, kind, value, place)


def _choice(schema: s.Choice, literal: literals_pb2.Literal, place: Place) -> Any:
    return packed_read.choose(schema, _READERS[schema.base.kind](schema.base, literal, place), place)


def _list(schema: s.List, literal: literals_pb2.Literal, place: Place) -> list[Any]:
    kind = literal.WhichOneof("value")
    if kind == "collection":
        return [read(schema.item, item, place.index(i)) for i, item in enumerate(literal.collection.literals)]
    kind, value = form(literal, place)
    if kind == "binary" and schema.packed is not None:
        return packed_read.read(schema.packed, value, place.document())
    raise wrong("collection", literal, kind, value, place)


def _map(schema: s.Map, literal: literals_pb2.Literal, place: Place) -> dict[str, Any]:
    if literal.WhichOneof("value") == "map":
        return {key: read(schema.value, item, place.key(key)) for key, item in literal.map.literals.items()}
    kind, value = form(literal, place)
    if schema.packed is not None:
        if kind == "binary":
            return packed_read.read(schema.packed, value, place.document())
        if kind == "generic":
            return packed_read.read(schema.packed, struct_form.unfold(value), place.document())
    raise wrong("map", literal, kind, value, place)


def _packed(schema: s.Packed, literal: literals_pb2.Literal, place: Place) -> Any:
    kind, value = form(literal, place)
    if kind == "binary":
        return packed_read.read(schema.target, value, place.document())
    if kind == "generic" and literal.metadata.get("format") == "pickle":
        if schema.pickled is None:
            raise mismatch(place, "binary or struct", "struct that names a pickle")
        with user_code(place):
            return schema.pickled(literal.SerializeToString())
    if kind == "generic":
        return packed_read.read(schema.target, struct_form.unfold(value), place.document())
    raise wrong("binary or struct", literal, kind, value, place)


def _blob(schema: s.Blob, literal: literals_pb2.Literal, place: Place) -> Any:
    kind, value = form(literal, place)
    if kind == "blob" or (kind in ("binary", "generic") and schema.document is not None):
        return blobs.read(schema, literal, (kind, value), place)
    raise wrong("blob", literal, kind, value, place)


_READERS: dict[str, Any] = {
    "blob": _blob,
    "int": _int,
    "float": _float,
    "str": _str,
    "bool": _bool,
    "none": _none,
    "datetime": _datetime,
    "date": _date,
    "timedelta": _timedelta,
    "enum": _enum,
    "choice": _choice,
    "list": _list,
    "map": _map,
    "packed": _packed,
    "numbers": numbers.read,
}
