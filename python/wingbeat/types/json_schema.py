"""The JSON schema of a dataclass, as stored in `LiteralType.metadata` (type-system spec 4.5).

What mashumaro writes (draft 2020-12) for the field types that wingbeat supports, computed without it: other SDKs and
the console read the schema, and it is part of the cache key of a union that holds the dataclass.
"""

from __future__ import annotations

import sys

from wingbeat.types import registry
from wingbeat.types.fields import field_types, fields, is_missing, is_serializable, own_form
from wingbeat.types.hints import (
    NoneType,
    arguments,
    form,
    home,
    is_annotated,
    is_any,
    is_dataclass,
    is_enum,
    is_literal,
    is_named_tuple,
    is_subscribed,
    is_type_alias,
    is_type_var,
    is_typed_dict,
    is_union,
    origin,
)
from wingbeat.types.json_default import choice, jsonable
from wingbeat.types.json_schema_leaves import NoSchemaError, named_schema, positions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    Json = dict[str, Any]

_TYPES = {int: "integer", float: "number", str: "string", bool: "boolean", NoneType: "null", None: "null"}

_SETS = ("set", "frozenset", "Set", "MutableSet")
_SEQUENCES = ("list", "Sequence", "MutableSequence", "deque")
_MAPPINGS = ("dict", "Mapping", "MutableMapping", "OrderedDict", "defaultdict", "Counter", "mappingproxy")


def json_schema(cls: type) -> Json | None:
    """The schema of a dataclass, or None if one of its fields cannot have one, as in flytekit."""
    builder = _Builder()
    try:
        schema = builder.schema(cls, {})
    except NoSchemaError:
        return None
    except _OwnFormError:
        from wingbeat.types.mashumaro_form import json_schema

        return json_schema(cls)
    if builder.definitions:
        schema["$defs"] = builder.definitions
    return schema


class _OwnFormError(Exception):
    """A class that mashumaro is told to write in another way: it has to be asked."""


class _Builder:
    def __init__(self) -> None:
        self.definitions: dict[str, Any] = {}
        self._open: dict[type, None] = {}

    def schema(self, hint: Any, bound: Mapping[Any, Any]) -> Json:
        """The schema of any type; empty for `Any`. `bound` gives the arguments of type variables."""
        if is_annotated(hint):
            return self.schema(hint.__origin__, bound)
        if is_any(hint):
            return {}
        if is_union(hint):
            return {"anyOf": [self.schema(member, bound) for member in arguments(hint)]}
        if is_literal(hint):
            return choice(arguments(hint))
        if hint is None or isinstance(hint, type):
            kind = _TYPES.get(hint)
            if kind is not None:
                return {"type": kind}
        if is_subscribed(hint):
            return self._subscribed(hint, bound)
        return self._plain(hint, bound)

    def _plain(self, hint: Any, bound: Mapping[Any, Any]) -> Json:
        own = getattr(registry.find(hint), "document_schema", None)
        found: Json | None = None if own is None else own(hint)
        if found is not None:
            return found
        if is_dataclass(hint):
            return self._dataclass(hint, ())
        if is_serializable(hint):
            raise _OwnFormError
        if is_enum(hint):
            return {"enum": [member.value for member in hint]}
        if is_named_tuple(hint):
            return self._named_tuple(hint, bound)
        if is_typed_dict(hint):
            return self._typed_dict(hint, (), bound)
        if is_type_var(hint):
            return self._type_var(hint, bound)
        if is_type_alias(hint):
            return self.schema(hint.__value__, bound)
        if form(hint) == "Self" and self._open:
            return self._dataclass(next(reversed(self._open)), ())
        supertype = getattr(hint, "__supertype__", None)
        if supertype is not None:
            return self.schema(supertype, bound)
        return named_schema(hint) or self._bare(hint, bound)

    def _bare(self, hint: Any, bound: Mapping[Any, Any]) -> Json:
        if origin(hint) in (list, dict):
            # flytekit looks for the argument of `typing.List`, finds none, and leaves the schema out.
            raise NoSchemaError
        return self._container(origin(hint) or hint, (), bound)

    def _subscribed(self, hint: Any, bound: Mapping[Any, Any]) -> Json:
        outer, inner = hint.__origin__, arguments(hint)
        if is_serializable(outer):
            raise _OwnFormError
        if is_dataclass(outer):
            return self._dataclass(outer, tuple(bound.get(one, one) if is_type_var(one) else one for one in inner))
        if is_typed_dict(outer):
            return self._typed_dict(outer, inner, bound)
        if form(outer) in ("Required", "NotRequired", "ReadOnly"):
            return self.schema(inner[0], bound)
        if outer is tuple and not (len(inner) == 2 and inner[1] is ...):
            if not inner:
                return {"type": "array", "maxItems": 0}
            return positions([self.schema(one, bound) for one in inner])
        return self._container(outer, inner, bound)

    def _container(self, outer: Any, inner: tuple[Any, ...], bound: Mapping[Any, Any]) -> Json:
        module, kind = home(outer)
        if module not in ("builtins", "collections.abc", "collections"):
            raise NoSchemaError
        items = [self.schema(one, bound) for one in inner if one is not ...]
        if kind == "ChainMap":
            return {"type": "array", "items": self._container(dict, inner, bound)}
        if kind == "Counter":
            items = [*(items or [{}]), {"type": "integer"}]
        if kind in _MAPPINGS:
            schema: Json = {"type": "object"}
            if items and items[1]:
                schema["additionalProperties"] = items[1]
            if items and items[0]:
                schema["propertyNames"] = items[0]
            return schema
        if kind not in (*_SEQUENCES, *_SETS, "tuple"):
            raise NoSchemaError
        schema = {"type": "array"}
        if items and items[0]:
            schema["items"] = items[0]
        if kind in _SETS:
            schema["uniqueItems"] = True
        return schema

    def _named_tuple(self, hint: Any, bound: Mapping[Any, Any]) -> Json:
        import typing

        types = typing.get_type_hints(hint, include_extras=True)
        schemas = []
        for name in hint._fields:
            schema = self.schema(types[name], bound) if name in types else {}
            if name in hint._field_defaults:
                schema["default"] = jsonable(hint._field_defaults[name])
            schemas.append(schema)
        return positions(schemas)

    def _typed_dict(self, hint: Any, inner: tuple[Any, ...], bound: Mapping[Any, Any]) -> Json:
        import typing

        arguments = tuple(bound.get(one, one) if is_type_var(one) else one for one in inner)
        own = dict(zip(getattr(hint, "__parameters__", ()), arguments, strict=False))
        types = typing.get_type_hints(hint, include_extras=True)
        schema: Json = {"type": "object"}
        if types:
            schema["properties"] = {key: self.schema(one, own) for key, one in types.items()}
        required = sorted(key for key in types if key in hint.__required_keys__)
        if required:
            schema["required"] = required
        return {**schema, "additionalProperties": False}

    def _type_var(self, hint: Any, bound: Mapping[Any, Any]) -> Json:
        if hint in bound:
            return self.schema(bound[hint], {})
        if hint.__constraints__:
            return {"anyOf": [self.schema(one, bound) for one in hint.__constraints__]}
        return {} if hint.__bound__ is None else self.schema(hint.__bound__, bound)

    def _dataclass(self, cls: Any, inner: tuple[Any, ...]) -> Json:
        if own_form(cls) and "mashumaro" in sys.modules:
            raise _OwnFormError
        name = cls.__name__
        reference = {"$ref": f"#/$defs/{name}"}
        if cls in self._open:
            self.definitions.setdefault(name, None)
            return reference
        self._open[cls] = None
        try:
            schema = self._object(cls, dict(zip(getattr(cls, "__parameters__", ()), inner, strict=False)))
        finally:
            del self._open[cls]
        if name in self.definitions and self.definitions[name] is None:
            # It was met inside itself.
            self.definitions[name] = schema
            return reference
        return schema

    def _object(self, cls: Any, bound: Mapping[Any, Any]) -> Json:
        types = field_types(cls, "")
        properties, required = {}, []
        for field in fields(cls):
            if not field.init:
                continue
            schema = self.schema(types[field.name], bound)
            if not is_missing(field.default):
                schema = {**schema, "default": jsonable(field.default)}
            elif is_missing(field.default_factory):
                required.append(field.name)
            description = field.metadata.get("description")
            if description:
                schema = {**schema, "description": description}
            properties[field.name] = schema
        found: Json = {"type": "object", "title": cls.__name__, "additionalProperties": False}
        if properties:
            found["properties"] = properties
        if required:
            found["required"] = required
        return found
