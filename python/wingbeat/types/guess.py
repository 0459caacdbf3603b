"""Flyte types -> Python types, for values of tasks whose code is not at hand (type-system spec 2.1, 2.10)."""

from __future__ import annotations

import dataclasses
import datetime
import enum
import typing
from typing import TYPE_CHECKING, Any

from wingbeat.types import registry

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    """The Python type of a Flyte type, asked of flytekit's transformers in its order (type-system spec 3.2).

    wingbeat's own come first, then the registered ones; a dataclass is rebuilt from its JSON schema if nobody else
    knows it. Calls with the same schema give the same class. Raises `ValueError` if nobody knows the type.
    """
    found = _without_class(literal_type)
    if found is not None:
        return found
    for transformer in (*_brought(), *registry.transformers.values()):
        try:
            return transformer.guess_python_type(literal_type)
        except ValueError:
            continue
    return _class(literal_type)


def _brought() -> Iterator[Any]:
    from wingbeat.types.transformers import (
        directory,
        error,
        file,
        flyte_schema,
        iterator,
        pickle,
        protobuf,
        structured_dataset,
    )

    yield protobuf.ProtobufTransformer()
    yield error.ErrorTransformer(error.FlyteError)
    yield pickle.PickleTransformer()
    yield file.FlyteFilePathTransformer()
    yield directory.FlyteDirToMultipartBlobTransformer()
    yield iterator.JSONIteratorTransformer()
    yield structured_dataset.transformer()
    yield flyte_schema.FlyteSchemaTransformer()


def guess_builtin(literal_type: LiteralType) -> Any:
    """As `guess`, but the outermost type is one that wingbeat converts by a node of its own."""
    found = _without_class(literal_type)
    return _class(literal_type) if found is None else found


def _without_class(literal_type: LiteralType) -> Any:
    simple = literal_type.simple
    if simple is not None and simple in _SIMPLE:
        return _SIMPLE[simple]
    if simple == _STRUCT and literal_type.metadata is None:
        return dict
    if literal_type.collection_type is not None:
        return typing.List[guess(literal_type.collection_type)]  # type: ignore[misc]  # noqa: UP006
    if literal_type.map_value_type is not None:
        return typing.Dict[str, guess(literal_type.map_value_type)]  # type: ignore[misc]  # noqa: UP006
    if literal_type.enum_type is not None:
        return enum.Enum("DynamicEnum", {value: value for value in literal_type.enum_type.values})
    if literal_type.union_type is not None:
        return typing.Union[tuple(guess(variant) for variant in literal_type.union_type.variants)]  # noqa: UP007
    return None


def _class(literal_type: LiteralType) -> Any:
    schema = literal_type.metadata
    if literal_type.simple != _STRUCT or schema is None or ("title" not in schema and "$ref" not in schema):
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
