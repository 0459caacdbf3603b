"""Python values to the neutral form of a packed document, by the declared type (type-system spec 4.3).

Scalars and untyped values are written as they are, unchecked, as flytekit does; the declared class of a dataclass says
which attributes are read. The user's objects are never changed.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from wingbeat.reference import callbacks, json_form, one_of_write, words
from wingbeat.reference.msgpack_form import MAX_DEPTH, unpack
from wingbeat.reference.place import mismatch, refusal, user_code
from wingbeat.reference.tree import Pairs
from wingbeat.types import schema as s

if TYPE_CHECKING:
    from wingbeat.reference.place import Place
    from wingbeat.reference.tree import Tree


def write_top(schema: s.Schema, value: Any, place: Place) -> Tree:
    """The root of a document, which alone may be a plain dict in place of a dataclass instance."""
    if isinstance(schema, s.Dataclass):
        if type(value) is dict:
            return _dict_for_dataclass(schema, value, place)
        if not dataclasses.is_dataclass(value) or isinstance(value, type):
            raise wrong(schema.cls.__name__, value, place)
    elif not isinstance(schema, (s.Json, s.Document)) and type(value) is not dict:
        raise wrong("dict", value, place)
    tree = write(schema, value, place)
    if _is_deeper(tree, MAX_DEPTH):
        raise _too_deep(place)
    return tree


def _is_deeper(tree: Tree, levels: int) -> bool:
    """Whether containers are nested in each other more than so many times: what classes convert themselves counts."""
    if not isinstance(tree, list):
        return False
    items = (part for pair in tree for part in pair) if isinstance(tree, Pairs) else tree
    return levels == 0 or any(_is_deeper(item, levels - 1) for item in items)


def _too_deep(place: Place) -> Exception:
    return refusal(place, f"nested too deeply: more than {MAX_DEPTH} containers")


def write(schema: s.Schema, value: Any, place: Place) -> Tree:
    if place.depth > MAX_DEPTH:
        raise _too_deep(place)
    return _WRITERS[schema.kind](schema, value, place)


def wrong(expected: str, value: Any, place: Place) -> Exception:
    hint = f"declare Optional[{expected}] if None is allowed" if value is None else ""
    return mismatch(place, expected, words.python(value), hint)


def check_text(text: str, place: Place) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise mismatch(place, "text", f"{words.python(text)} with a lone surrogate") from None


def _as_it_is(schema: s.Schema, value: Any, place: Place) -> Tree:
    """What msgpack can hold, subclasses included."""
    if value is None or isinstance(value, (bool, float)):
        return value
    if isinstance(value, int):
        if not -(2**63) <= value < 2**64:
            raise refusal(place, f"cannot be written as msgpack: {words.python(value)} is outside 64 bits")
        return value
    if isinstance(value, str):
        check_text(value, place)
        return value
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value)
    if isinstance(value, (list, tuple)):
        return [write(_ANY, item, place.index(i)) for i, item in enumerate(value)]
    if isinstance(value, dict):
        return Pairs(
            (write(_ANY, key, place.key(key)), write(_ANY, item, place.key(key))) for key, item in value.items()
        )
    raise refusal(place, f"cannot be written as msgpack: object of type {type(value).__name__}")


_ANY = s.Any()


def _iso(schema: s.Schema, value: Any, place: Place) -> Tree:
    if not hasattr(value, "isoformat"):
        raise wrong(schema.kind, value, place)
    return _as_it_is(_ANY, value.isoformat(), place)


def _timedelta(schema: s.Timedelta, value: Any, place: Place) -> Tree:
    if not hasattr(value, "total_seconds"):
        raise wrong("timedelta", value, place)
    return _as_it_is(_ANY, value.total_seconds(), place)


def _text(schema: s.Text, value: Any, place: Place) -> Tree:
    with user_code(place):
        text = schema.dump(value)
    return _as_it_is(_ANY, text, place)


def _enum(schema: s.Enum, value: Any, place: Place) -> Tree:
    if not hasattr(value, "value"):
        raise wrong(schema.cls.__name__, value, place)
    return _as_it_is(_ANY, value.value, place)


def _choice(schema: s.Choice, value: Any, place: Place) -> Tree:
    if value not in schema.values:
        options = ", ".join(words.preview(v) for v in schema.values)
        raise mismatch(place, f"one of {options}"[: words.PREVIEW], words.python(value))
    return _as_it_is(_ANY, value, place)


def _array(schema: s.Array, value: Any, place: Place) -> Tree:
    return [write(schema.item, item, place.index(i)) for i, item in enumerate(_items(schema, value, place))]


def _tuple(schema: s.Tuple, value: Any, place: Place) -> Tree:
    items = list(_items(schema, value, place))
    if len(items) != len(schema.items):
        raise wrong(f"tuple of {len(schema.items)}", value, place)
    return [write(node, item, place.index(i)) for i, (node, item) in enumerate(zip(schema.items, items, strict=True))]


def _items(schema: s.Array | s.Tuple, value: Any, place: Place) -> Any:
    # Text and maps are iterable too; flytekit would write their characters or keys (spec 8.1).
    if isinstance(value, (str, dict)) or not hasattr(value, "__iter__"):
        raise wrong(schema.container.__name__ if isinstance(schema, s.Array) else "tuple", value, place)
    return value


def _mapping(schema: s.Mapping, value: Any, place: Place) -> Tree:
    if not hasattr(value, "items"):
        raise wrong("dict", value, place)
    return Pairs(
        (write(schema.key, key, place.key(key)), write(schema.value, item, place.key(key)))
        for key, item in value.items()
    )


def _optional(schema: s.Optional, value: Any, place: Place) -> Tree:
    return None if value is None else write(schema.item, value, place)


def _dataclass(schema: s.Dataclass, value: Any, place: Place) -> Tree:
    place = place.inside(schema)
    if value is None:
        raise wrong(schema.cls.__name__, value, place)
    pairs = Pairs()
    for field in schema.fields:
        inner = place.field(field.name)
        try:
            item = getattr(value, field.name)
        except AttributeError:
            raise mismatch(inner, f"field {field.name!r} of {schema.cls.__name__}", words.python(value)) from None
        nil = item is None and field.default is None
        pairs.append((field.name, None if nil else write(field.schema, item, inner)))
    return pairs


def _dict_for_dataclass(schema: s.Dataclass, value: dict[Any, Any], place: Place) -> Tree:
    """flytekit takes a dict with the class's keys and packs it unchanged; defaults do not make a key optional."""
    names = {field.name for field in schema.fields}
    unknown = [key for key in value if key not in names]
    if unknown:
        raise refusal(place, f"unknown field {words.preview(unknown[0])} of {schema.cls.__name__}")
    for field in schema.fields:
        if field.name not in value and not isinstance(field.schema, s.Optional):
            raise refusal(place, f"missing field {field.name!r} of {schema.cls.__name__}")
    return _as_it_is(_ANY, value, place)


def _recursion(schema: s.Recursion, value: Any, place: Place) -> Tree:
    return _dataclass(place.recursion(schema.cls), value, place)


def _one_of(schema: s.OneOf, value: Any, place: Place) -> Tree:
    return one_of_write.write(schema, value, place)


def _json(schema: s.Json, value: Any, place: Place) -> Tree:
    with user_code(place):
        try:
            text = schema.dump(value)
        except AttributeError:
            if isinstance(value, schema.cls):
                raise
            text = None
    if text is None:
        raise wrong(schema.cls.__name__, value, place)
    return json_form.tree(text, place)


def _document(schema: s.Document, value: Any, place: Place) -> Tree:
    with user_code(place):
        data = memoryview(schema.dump(value)).tobytes()
    return unpack(data, place)


def _callback(schema: s.Callback, value: Any, place: Place) -> Tree:
    return callbacks.write_packed(schema, value, place)


_WRITERS: dict[str, Any] = {
    "int": _as_it_is,
    "float": _as_it_is,
    "str": _as_it_is,
    "bool": _as_it_is,
    "any": _as_it_is,
    "bytes": _as_it_is,
    "none": _as_it_is,
    "datetime": _iso,
    "date": _iso,
    "time": _iso,
    "timedelta": _timedelta,
    "text": _text,
    "enum": _enum,
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
