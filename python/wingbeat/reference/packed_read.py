"""Packed values to Python values: mashumaro's coercions, minus those that corrupt silently (type-system spec 4.3)."""

from __future__ import annotations

import base64
import binascii
import datetime
from typing import TYPE_CHECKING, Any

from wingbeat.reference import callbacks, json_form, one_of_read, temporal, words
from wingbeat.reference.msgpack_form import pack
from wingbeat.reference.place import mismatch, refusal, user_code
from wingbeat.reference.tree import Extension, Pairs
from wingbeat.types import schema as s

if TYPE_CHECKING:
    from wingbeat.reference.place import Place
    from wingbeat.reference.tree import Tree


def read(schema: s.Schema, value: Tree, place: Place) -> Any:
    """`value`, which came from msgpack or a `Struct`, as `schema` describes it."""
    return _READERS[schema.kind](schema, value, place)


def wrong(expected: str, value: Tree, place: Place) -> Exception:
    return mismatch(place, expected, words.packed(value), words.OPTIONAL if value is None else "")


def _int(schema: s.Int, value: Tree, place: Place) -> int:
    if type(value) in (int, bool) or (type(value) is float and value.is_integer()):
        return int(value)
    if type(value) is str:
        try:
            return int(value)
        except ValueError:
            pass
    raise wrong("integer", value, place)


def _float(schema: s.Float, value: Tree, place: Place) -> float:
    if type(value) in (float, int, bool):
        return float(value)
    if type(value) is str:
        try:
            return float(value)
        except ValueError:
            pass
    raise wrong("float", value, place)


def _str(schema: s.Str, value: Tree, place: Place) -> str:
    if type(value) in (str, int, float, bool):
        return str(value)
    raise wrong("string", value, place)


def _bool(schema: s.Bool, value: Tree, place: Place) -> bool:
    if type(value) in (bool, int, float):
        return bool(value)
    raise wrong("boolean", value, place)


def _none(schema: s.NoneType, value: Tree, place: Place) -> None:
    if value is not None:
        raise wrong("none", value, place)


def _any(schema: s.Any, value: Tree, place: Place) -> Any:
    if isinstance(value, Pairs):
        return {_any_key(key, place): _any(schema, item, place.key(key)) for key, item in value}
    if isinstance(value, list):
        return [_any(schema, item, place.index(i)) for i, item in enumerate(value)]
    if isinstance(value, Extension):
        raise wrong("a msgpack value", value, place)
    return value


_ANY = s.Any()


def _any_key(key: Tree, place: Place) -> Any:
    if isinstance(key, (list, Extension)):
        raise wrong("a key that can be hashed", key, place)
    return key


def _bytes(schema: s.Bytes, value: Tree, place: Place) -> bytes:
    if type(value) is bytes:
        return value
    if type(value) is str:
        try:
            # mashumaro breaks the lines of long base64 text.
            return base64.b64decode(value.replace("\n", ""), validate=True)
        except (binascii.Error, ValueError):  # not base64; not ASCII
            pass
    raise wrong("binary or base64", value, place)


def _datetime(schema: s.Datetime, value: Tree, place: Place) -> Any:
    return _iso(datetime.datetime, value, place)


def _date(schema: s.Date, value: Tree, place: Place) -> Any:
    return _iso(datetime.date, value, place)


def _time(schema: s.Time, value: Tree, place: Place) -> Any:
    return _iso(datetime.time, value, place)


def _iso(cls: Any, value: Tree, place: Place) -> Any:
    if type(value) is not str:
        raise wrong(f"{cls.__name__} in ISO 8601", value, place)
    return temporal.parse(cls, value, place, words.packed(value))


def _timedelta(schema: s.Timedelta, value: Tree, place: Place) -> datetime.timedelta:
    if type(value) not in (int, float):
        raise wrong("a number of seconds", value, place)
    return temporal.seconds(value, place, words.packed(value))


def _text(schema: s.Text, value: Tree, place: Place) -> Any:
    if type(value) is not str:
        raise wrong(schema.cls.__name__, value, place)
    try:
        return schema.load(value)
    except (ValueError, TypeError, ArithmeticError):  # `decimal.InvalidOperation` is an ArithmeticError
        raise wrong(schema.cls.__name__, value, place) from None


def member(schema: s.Enum, value: Tree, place: Place) -> Any:
    """The enum's member by value, as calling the class finds it (`_missing_` included)."""
    if not isinstance(value, (list, Extension)):
        if any(value == candidate for candidate in schema.values):
            return schema.cls(value)
        hook = getattr(schema.cls, "_missing_", None)
        with user_code(place):
            found = None if hook is None else hook(value)
        if isinstance(found, schema.cls):
            return found
    allowed = ", ".join(words.preview(v) for v in schema.values)
    raise mismatch(
        place, f"value of {schema.cls.__name__}", words.packed(value), f"allowed: {allowed}"[: words.PREVIEW]
    )


def choose(schema: s.Choice, value: Any, place: Place) -> Any:
    """The allowed value that equals this one; of `1` and `True`, the one of the same type."""
    for allowed in schema.values:
        if type(allowed) is type(value) and allowed == value:
            return allowed
    for allowed in schema.values:
        if allowed == value:
            return allowed
    options = ", ".join(words.preview(v) for v in schema.values)
    raise mismatch(place, f"one of {options}"[: words.PREVIEW], words.python(value))


def _choice(schema: s.Choice, value: Tree, place: Place) -> Any:
    return choose(schema, _any(_ANY, value, place), place)


def _array(schema: s.Array, value: Tree, place: Place) -> Any:
    if not isinstance(value, list) or isinstance(value, Pairs):
        raise wrong("collection", value, place)
    items = [read(schema.item, item, place.index(i)) for i, item in enumerate(value)]
    try:
        return schema.container(items)
    except TypeError:  # a set of lists
        raise refusal(place, f"{schema.container.__name__} holds values that cannot be hashed") from None


def _tuple(schema: s.Tuple, value: Tree, place: Place) -> Any:
    if not isinstance(value, list) or isinstance(value, Pairs):
        raise wrong("collection", value, place)
    items = [read(node, item, place.index(i)) for i, (node, item) in enumerate(zip(schema.items, value, strict=False))]
    if schema.factory is not None:
        defaults = schema.factory._field_defaults  # type: ignore[attr-defined]
        names = schema.factory._fields  # type: ignore[attr-defined]
        missing = [name for name in names[len(items) :] if name not in defaults]
        if not missing:
            return schema.factory(*items)
    elif len(items) == len(schema.items):
        return tuple(items)
    raise mismatch(place, f"collection of {len(schema.items)}", words.packed(value))


def _mapping(schema: s.Mapping, value: Tree, place: Place) -> dict[Any, Any]:
    if not isinstance(value, Pairs):
        raise wrong("map", value, place)
    result = {}
    for key, item in value:
        name = read(schema.key, key, place.key(key))
        decoded = read(schema.value, item, place.key(name))
        try:
            result[name] = decoded
        except TypeError:
            raise wrong("a key that can be hashed", key, place.key(name)) from None
    return result


def _optional(schema: s.Optional, value: Tree, place: Place) -> Any:
    return None if value is None else read(schema.item, value, place)


def _dataclass(schema: s.Dataclass, value: Tree, place: Place) -> Any:
    if not isinstance(value, Pairs):
        raise wrong(f"map for {schema.cls.__name__}", value, place)
    place = place.inside(schema)
    fields = {field.name: field for field in schema.fields if field.init}
    arguments: dict[str, Any] = {}
    for key, item in value:
        field = fields.get(key) if type(key) is str else None
        if field is not None:
            nil = item is None and field.default is None
            arguments[field.name] = None if nil else read(field.schema, item, place.field(field.name))
    for field in fields.values():
        if field.name not in arguments and field.default is s.REQUIRED and field.factory is None:
            missing = f"field {field.name!r} of {schema.cls.__name__}"
            raise refusal(place, f"missing {missing}", missing, "nothing")
    # What is absent is left to the class: its own defaults and factories, and `__post_init__`.
    with user_code(place):
        return schema.cls(**arguments)


def _recursion(schema: s.Recursion, value: Tree, place: Place) -> Any:
    return _dataclass(place.recursion(schema.cls), value, place)


def _one_of(schema: s.OneOf, value: Tree, place: Place) -> Any:
    return one_of_read.read(schema, value, place)


def _json(schema: s.Json, value: Tree, place: Place) -> Any:
    text = json_form.text(value, place)
    with user_code(place):
        return schema.load(text)


def _document(schema: s.Document, value: Tree, place: Place) -> Any:
    with user_code(place):
        return schema.load(pack(value))


def _callback(schema: s.Callback, value: Tree, place: Place) -> Any:
    return callbacks.read_packed(schema, value, place)


_READERS: dict[str, Any] = {
    "int": _int,
    "float": _float,
    "str": _str,
    "bool": _bool,
    "none": _none,
    "any": _any,
    "bytes": _bytes,
    "datetime": _datetime,
    "date": _date,
    "time": _time,
    "timedelta": _timedelta,
    "text": _text,
    "enum": member,
    "choice": _choice,
    "array": _array,
    "tuple": _tuple,
    "mapping": _mapping,
    "optional": _optional,
    "dataclass": _dataclass,
    "recursion": _recursion,
    "oneof": _one_of,
    "json": _json,
    "document": _document,
    "callback": _callback,
}
