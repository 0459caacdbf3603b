"""Flyte types -> Python types, for values of tasks whose code is not at hand (type-system spec 2.1, 2.10)."""

from __future__ import annotations

import dataclasses
import datetime
import enum
import typing
from typing import TYPE_CHECKING, Any

from wingbeat.types import registry

if TYPE_CHECKING:
    from wingbeat.idl import LiteralType

_SIMPLE = {
    0: type(None),
    1: int,
    2: float,
    3: str,
    4: bool,
    5: datetime.datetime,
    6: datetime.timedelta,
}
_STRUCT = 9
_JSON = {"integer": int, "number": float, "boolean": bool, "string": str, "null": type(None)}


def guess(literal_type: LiteralType) -> Any:
    """The Python type of a Flyte type: wingbeat's own types first, then the registered transformers in order.

    A dataclass is rebuilt from its JSON schema; calls with the same schema give the same class. Raises `ValueError` if
    no transformer knows the Flyte type.
    """
    try:
        return guess_builtin(literal_type)
    except ValueError:
        for transformer in registry.transformers.values():
            try:
                return transformer.guess_python_type(literal_type)
            except ValueError:
                continue
        raise


def guess_builtin(literal_type: LiteralType) -> Any:
    """As `guess`, but the outermost type is one that wingbeat converts by itself."""
    simple = literal_type.simple
    if simple is not None and simple in _SIMPLE:
        return _SIMPLE[simple]
    if simple == _STRUCT:
        return _struct(literal_type)
    if literal_type.collection_type is not None:
        return typing.List[guess(literal_type.collection_type)]  # type: ignore[misc]  # noqa: UP006
    if literal_type.map_value_type is not None:
        return typing.Dict[str, guess(literal_type.map_value_type)]  # type: ignore[misc]  # noqa: UP006
    if literal_type.enum_type is not None:
        return enum.Enum("DynamicEnum", {value: value for value in literal_type.enum_type.values})
    if literal_type.union_type is not None:
        return typing.Union[tuple(guess(variant) for variant in literal_type.union_type.variants)]  # noqa: UP007
    raise ValueError(f"No transformers could reverse Flyte literal type {literal_type}")


def _struct(literal_type: LiteralType) -> Any:
    schema = literal_type.metadata
    if schema is None:
        return dict
    if "title" not in schema and "$ref" not in schema:
        raise ValueError(f"No transformers could reverse Flyte literal type {literal_type}")
    import json

    # Defaults and key order are lost or arbitrary in a Struct, so equal schemas have equal sorted text.
    key = json.dumps(schema, sort_keys=True)
    found = _guessed.get(key)
    if found is None:
        found = _guessed[key] = _json_type(schema, schema, {})
    return found


_guessed: dict[str, Any] = {}


def _json_type(schema: dict[str, Any], root: dict[str, Any], open_refs: dict[str, Any]) -> Any:
    """`open_refs` are the definitions that this schema is inside of: a class inside itself becomes a dict."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if name in open_refs:
            return dict
        definitions = root.get("$defs") or root.get("definitions") or {}
        if name not in definitions:
            raise ValueError(f"Cannot find definition for $ref {schema['$ref']!r} in schema")
        return _json_type(definitions[name], root, {**open_refs, name: None})
    for transformer in registry.transformers.values():
        if transformer.schema_match(schema):
            return transformer.python_type
    if schema.get("anyOf"):
        return typing.Union[tuple(_json_type(one, root, open_refs) for one in schema["anyOf"])]  # noqa: UP007
    if "enum" in schema or "const" in schema:
        return str
    kind = schema.get("type")
    if kind == "array":
        return typing.List[_json_type(schema["items"], root, open_refs)] if "items" in schema else list  # type: ignore[misc]  # noqa: UP006
    if kind == "object":
        return _json_object(schema, root, open_refs)
    return _JSON.get(kind, Any) if isinstance(kind, str) else Any


def _json_object(schema: dict[str, Any], root: dict[str, Any], open_refs: dict[str, Any]) -> Any:
    values = schema.get("additionalProperties")
    if isinstance(values, dict):
        return typing.Dict[str, _json_type(values, root, open_refs)]  # type: ignore[misc]  # noqa: UP006
    if "title" not in schema:
        return dict
    properties = schema.get("properties") or {}
    fields = [(name, _json_type(one, root, open_refs)) for name, one in properties.items()]
    return dataclasses.make_dataclass(schema["title"], fields)
