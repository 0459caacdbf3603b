"""Python values to literals, one function for each literal node. Nothing is coerced (type-system spec 2.3-2.10)."""

from __future__ import annotations

import datetime
import enum
from typing import TYPE_CHECKING, Any

from flyteidl.core import literals_pb2
from google.protobuf.message import DecodeError, EncodeError

from wingbeat.reference import blobs, callbacks, numbers, packed_write, struct_form, temporal, union_write, words
from wingbeat.reference.msgpack_form import pack
from wingbeat.reference.place import mismatch, refusal, user_code
from wingbeat.types import schema as s

if TYPE_CHECKING:
    from wingbeat.reference.place import Place


def write(schema: s.Schema, value: Any, place: Place) -> literals_pb2.Literal:
    """The literal of `value`, which must be of exactly the type that `schema` describes."""
    return _WRITERS[schema.kind](schema, value, place)


def wrong(expected: str, value: Any, place: Place, hint: str = "") -> Exception:
    if value is None:
        hint = f"declare Optional[{expected}] if None is allowed"
    elif isinstance(value, tuple):
        hint = "use a list" if expected == "list" else ""
    return mismatch(place, expected, words.python(value), hint)


def _primitive(**member: Any) -> literals_pb2.Literal:
    return literals_pb2.Literal(scalar=literals_pb2.Scalar(primitive=literals_pb2.Primitive(**member)))


def _int(schema: s.Int, value: Any, place: Place) -> literals_pb2.Literal:
    if type(value) is not int:
        raise wrong("int", value, place)
    if not -(2**63) <= value < 2**63:
        raise mismatch(place, "int of 64 bits", words.python(value))
    return _primitive(integer=value)


def _float(schema: s.Float, value: Any, place: Place) -> literals_pb2.Literal:
    if type(value) is not float:
        raise wrong("float", value, place, f"write {value}.0" if type(value) is int and abs(value) < 10**6 else "")
    return _primitive(float_value=value)


def _str(schema: s.Str, value: Any, place: Place) -> literals_pb2.Literal:
    if type(value) is not str:
        raise wrong("str", value, place)
    packed_write.check_text(value, place)
    return _primitive(string_value=value)


def _bool(schema: s.Bool, value: Any, place: Place) -> literals_pb2.Literal:
    if type(value) is not bool:
        raise wrong("bool", value, place)
    return _primitive(boolean=value)


def _none(schema: s.NoneType, value: Any, place: Place) -> literals_pb2.Literal:
    if value is not None:
        raise wrong("None", value, place)
    return literals_pb2.Literal(scalar=literals_pb2.Scalar(none_type=literals_pb2.Void()))


def _datetime(schema: s.Datetime, value: Any, place: Place) -> literals_pb2.Literal:
    if type(value) is not datetime.datetime:
        raise wrong("datetime", value, place)
    return _primitive(datetime=temporal.timestamp(value, place))


def _date(schema: s.Date, value: Any, place: Place) -> literals_pb2.Literal:
    if type(value) is not datetime.date:
        raise wrong("date", value, place)
    return _primitive(datetime=temporal.midnight(value, place))


def _timedelta(schema: s.Timedelta, value: Any, place: Place) -> literals_pb2.Literal:
    if type(value) is not datetime.timedelta:
        raise wrong("timedelta", value, place)
    return _primitive(duration=temporal.duration(value))


def _enum(schema: s.Enum, value: Any, place: Place) -> literals_pb2.Literal:
    """A member, or its value as a plain string."""
    if value in schema.members and isinstance(value, schema.cls):
        return _primitive(string_value=schema.values[schema.members.index(value)])
    if type(value) is str:
        packed_write.check_text(value, place)
        if value in schema.values:
            return _primitive(string_value=value)
    if is_like_member(schema, value):
        return _primitive(string_value=value.value)
    hint = f"allowed: {words.listing(schema.values)}" if isinstance(value, str) else ""
    raise wrong(schema.cls.__name__, value, place, hint)


def is_like_member(schema: s.Enum, value: Any) -> bool:
    """Whether the value is a member of another enum with a value of this one: the same class, imported twice."""
    return isinstance(value, enum.Enum) and type(value.value) is str and value.value in schema.values


def _choice(schema: s.Choice, value: Any, place: Place) -> literals_pb2.Literal:
    literal = write(schema.base, value, place)
    if value not in schema.values:
        options = ", ".join(words.preview(v) for v in schema.values)
        raise mismatch(place, f"one of {options}"[: words.PREVIEW], words.python(value))
    return literal


def _list(schema: s.List, value: Any, place: Place) -> literals_pb2.Literal:
    if type(value) is not list:
        raise wrong("list", value, place)
    literal = literals_pb2.Literal(collection=literals_pb2.LiteralCollection())
    literal.collection.literals.extend(write(schema.item, item, place.index(i)) for i, item in enumerate(value))
    return literal


def _map(schema: s.Map, value: Any, place: Place) -> literals_pb2.Literal:
    if type(value) is not dict:
        raise wrong("dict", value, place)
    literal = literals_pb2.Literal(map=literals_pb2.LiteralMap())
    for key, item in value.items():
        if type(key) is not str:
            raise mismatch(place, "keys of type str", words.python(key))
        inner = place.key(key)
        packed_write.check_text(key, place)
        literal.map.literals[key].CopyFrom(write(schema.value, item, inner))
    return literal


def _packed(schema: s.Packed, value: Any, place: Place) -> literals_pb2.Literal:
    if value is None and not isinstance(schema.target, (s.Json, s.Document)):
        name = schema.target.cls.__name__ if isinstance(schema.target, s.Dataclass) else "dict"
        raise wrong(name, value, place)
    tree = packed_write.write_top(schema.target, value, place.document())
    if schema.legacy:
        struct = struct_form.fold(tree, place, bytes_as_text=isinstance(schema.target, (s.Dataclass, s.Document)))
        literal = literals_pb2.Literal(scalar=literals_pb2.Scalar(generic=struct))
        if schema.metadata_format:
            literal.metadata["format"] = schema.metadata_format
        return literal
    binary = literals_pb2.Binary(value=pack(tree), tag="msgpack")
    return literals_pb2.Literal(scalar=literals_pb2.Scalar(binary=binary))


def _union(schema: s.Union, value: Any, place: Place) -> literals_pb2.Literal:
    return union_write.write(schema, value, place)


def _hashed(schema: s.Hashed, value: Any, place: Place) -> literals_pb2.Literal:
    literal = write(schema.item, value, place)
    with user_code(place):
        text = schema.hash(value)
    if text is None:
        return literal
    if not isinstance(text, str):
        raise mismatch(place, "a hash of type str", words.python(text))
    packed_write.check_text(text, place)
    literal.hash = text
    return literal


def _numbers(schema: s.Numbers, value: Any, place: Place) -> literals_pb2.Literal:
    return numbers.write(schema, value, place) if schema.collected else write(schema.blob, value, place)


def _callback(schema: s.Callback, value: Any, place: Place) -> literals_pb2.Literal:
    return callbacks.write(schema, value, place)


def checked(schema: s.Schema, name: str, value: Any, place: Place) -> literals_pb2.LiteralMap:
    """The map of one name, unless it is nested more deeply than flytekit's protobuf library reads (spec 1.1)."""
    try:
        literals = literals_pb2.LiteralMap(literals={name: write(schema, value, place)})
        return literals_pb2.LiteralMap.FromString(literals.SerializeToString())
    except (DecodeError, EncodeError):  # copying a message parses it, too
        raise refusal(place, "nested too deeply: Flyte's readers refuse more than 100 levels of messages") from None


_WRITERS: dict[str, Any] = {
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
    "union": _union,
    "hashed": _hashed,
    "callback": _callback,
    "blob": blobs.write,
    "numbers": _numbers,
}
