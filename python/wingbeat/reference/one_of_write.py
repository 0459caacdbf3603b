"""A union inside a packed document, written by the value's exact type.

flytekit's choice depends on the order of the variants and may write a dict as the list of its keys (spec 8.1).
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.reference import packed_write, words
from wingbeat.reference.one_of_read import label
from wingbeat.reference.place import mismatch
from wingbeat.types import schema as s

if TYPE_CHECKING:
    from wingbeat.reference.place import Place
    from wingbeat.reference.tree import Tree

_OF_A_CLASS = (s.Enum, s.Dataclass, s.Text, s.Recursion, s.Json, s.Document)
_SCALARS: dict[str, type] = {
    "int": int,
    "float": float,
    "str": str,
    "bool": bool,
    "none": type(None),
    "bytes": bytes,
    "datetime": datetime.datetime,
    "date": datetime.date,
    "time": datetime.time,
    "timedelta": datetime.timedelta,
}


def write(schema: s.OneOf, value: Any, place: Place) -> Tree:
    # Three rounds: the exact type all the way down, then the exact outer class, then a subclass or a transformer.
    for belongs in (_is, _is_outside, _may_be):
        for variant in schema.variants:
            if belongs(variant, value, place):
                try:
                    return packed_write.write(variant, value, place)
                except TypeTransformerFailedError:
                    continue
    expected = f"one of {', '.join(label(v) for v in schema.variants)}"
    raise mismatch(place, expected, words.python(value), words.OPTIONAL if value is None else "")


def _is(schema: s.Schema, value: Any, place: Place) -> bool:
    if isinstance(schema, s.Array):
        return _is_outside(schema, value, place) and all(_is(schema.item, item, place) for item in value)
    if isinstance(schema, s.Tuple):
        return (
            _is_outside(schema, value, place)
            and len(value) == len(schema.items)
            and all(_is(node, item, place) for node, item in zip(schema.items, value, strict=True))
        )
    if isinstance(schema, s.Mapping):
        return type(value) is dict and all(
            _is(schema.key, key, place) and _is(schema.value, item, place) for key, item in value.items()
        )
    return _is_outside(schema, value, place)


def _is_outside(schema: s.Schema, value: Any, place: Place) -> bool:
    if isinstance(schema, _OF_A_CLASS):
        return type(value) is schema.cls
    if isinstance(schema, s.Choice):
        return any(type(value) is type(v) and value == v for v in schema.values)
    if isinstance(schema, s.Optional):
        return value is None or _is_outside(schema.item, value, place)
    if isinstance(schema, s.OneOf):
        return any(_is_outside(variant, value, place) for variant in schema.variants)
    return type(value) is _outer(schema)


def _may_be(schema: s.Schema, value: Any, place: Place) -> bool:
    if isinstance(schema, _OF_A_CLASS):
        return isinstance(value, schema.cls)
    if isinstance(schema, s.Optional):
        return _may_be(schema.item, value, place)
    if isinstance(schema, s.OneOf):
        return any(_may_be(variant, value, place) for variant in schema.variants)
    outer = _outer(schema)
    return isinstance(schema, (s.Any, s.Callback)) or (outer is not None and isinstance(value, outer))


def _outer(schema: s.Schema) -> type | None:
    if isinstance(schema, s.Array):
        return schema.container
    if isinstance(schema, s.Tuple):
        return schema.factory or tuple
    if isinstance(schema, s.Mapping):
        return dict
    return _SCALARS.get(schema.kind)
