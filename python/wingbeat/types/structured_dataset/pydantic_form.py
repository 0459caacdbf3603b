"""`StructuredDataset` as a field of a pydantic model. Loaded when pydantic asks."""

from __future__ import annotations

from typing import Any

from wingbeat.types.structured_dataset.document_form import from_document, to_document
from wingbeat.types.third_party import load

__all__ = ["core_schema", "json_schema"]

# The schema that flytekit stores, with its description: it is part of the literal type of the model.
_DESCRIPTION = (
    "This is the user facing StructuredDataset class. Please don't confuse it with the literals.StructuredDataset\n"
    "class (that is just a model, a Python class representation of the protobuf)."
)


def core_schema(cls: Any) -> Any:
    """A dict with `uri` and `file_format`, or an instance. Of what was stored, a dataset that can be opened is made."""
    make = load("pydantic_core.core_schema", "for a field of a pydantic model")

    def checked(value: Any, info: Any) -> Any:
        dataset = value if isinstance(value, cls) else cls(**value)
        if not (info.context or {}).get("deserialize"):
            return dataset
        return from_document({"uri": dataset.uri, "file_format": dataset.file_format}, cls)

    text = make.typed_dict_field(make.nullable_schema(make.str_schema()), required=False)
    document = make.typed_dict_schema({"uri": text, "file_format": text})
    return make.with_info_after_validator_function(
        checked,
        make.union_schema([make.is_instance_schema(cls), document]),
        ref=f"{cls.__module__}.{cls.__qualname__}:{id(cls)}",
        serialization=make.plain_serializer_function_ser_schema(to_document),
    )


def json_schema() -> dict[str, Any]:
    """The schema of the document."""
    text = {"anyOf": [{"type": "string"}, {"type": "null"}]}
    return {
        "description": _DESCRIPTION,
        "properties": {
            "uri": {**text, "default": None, "title": "Uri"},
            "file_format": {**text, "default": "", "title": "File Format"},
        },
        "title": "StructuredDataset",
        "type": "object",
    }
