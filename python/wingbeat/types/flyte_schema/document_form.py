"""`FlyteSchema` inside a document: `{"remote_path": ...}` (type-system spec 4.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types import schema
from wingbeat.types.context import current_context
from wingbeat.types.document import converted
from wingbeat.types.preview import preview
from wingbeat.types.third_party import load

if TYPE_CHECKING:
    from wingbeat.types.transformers.flyte_schema import FlyteSchemaTransformer

__all__ = ["core_schema", "from_document", "json_schema", "model_schema", "node", "to_document"]

_TEXT = {"anyOf": [{"type": "string"}, {"type": "null"}]}


def node(hint: Any) -> schema.Schema:
    """The packed node."""
    text = schema.Optional(schema.Str())
    return converted(
        hint, lambda: schema.Mapping(schema.Str(), text), lambda content: from_document(content, hint), to_document
    )


def json_schema() -> dict[str, Any]:
    """The JSON schema, as mashumaro writes it."""
    return {
        "type": "object",
        "title": "FlyteSchema",
        "properties": {"remote_path": {**_TEXT, "default": None}},
        "additionalProperties": False,
    }


def to_document(value: Any) -> dict[str, str]:
    """The location of a schema, whose tables are uploaded."""
    literal: Any = _transformer().to_literal(current_context(), value, type(value), None)
    return {"remote_path": literal.scalar.schema.uri}


def from_document(content: Any, hint: Any) -> Any:
    """The schema of a location. Raises `TypeTransformerFailedError` if there is none."""
    from wingbeat.idl import Literal, Scalar, Schema, SchemaType

    path = content.get("remote_path") if isinstance(content, dict) else None
    if path is None:
        # The beginning is flytekit's message.
        raise TypeTransformerFailedError(
            f"FlyteSchema's path should not be None; expected a map with 'remote_path', got {preview(content)}"
        )
    literal = Literal(scalar=Scalar(schema=Schema(uri=path, type=SchemaType(columns=[]))))
    return _transformer().to_python_value(current_context(), literal, hint)


def core_schema(cls: Any) -> Any:
    """For pydantic: a dict with `remote_path`, or an instance. Of what was stored, a schema for reading is made."""
    make = load("pydantic_core.core_schema", "for a field of a pydantic model")

    def checked(value: Any, info: Any) -> Any:
        found = value if isinstance(value, cls) else cls(**value)
        if not (info.context or {}).get("deserialize"):
            return found
        return from_document({"remote_path": found.remote_path}, cls)

    text = make.typed_dict_field(make.nullable_schema(make.str_schema()), required=False)
    return make.with_info_after_validator_function(
        checked,
        make.union_schema([make.is_instance_schema(cls), make.typed_dict_schema({"remote_path": text})]),
        ref=f"{cls.__module__}.{cls.__qualname__}:{id(cls)}",
        serialization=make.plain_serializer_function_ser_schema(to_document),
    )


def model_schema() -> dict[str, Any]:
    """The JSON schema, as pydantic writes it."""
    return {
        "properties": {"remote_path": {**_TEXT, "default": None, "title": "Remote Path"}},
        "title": "FlyteSchema",
        "type": "object",
    }


def _transformer() -> FlyteSchemaTransformer:
    from wingbeat.types.transformers.flyte_schema import FlyteSchemaTransformer

    return FlyteSchemaTransformer()
