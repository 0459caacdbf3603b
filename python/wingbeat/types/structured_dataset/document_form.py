"""`StructuredDataset` inside a document: `{"uri": ..., "file_format": ...}` (type-system spec 4.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wingbeat.errors import TypeTransformerFailedError
from wingbeat.types import schema
from wingbeat.types.context import current_context
from wingbeat.types.document import converted
from wingbeat.types.preview import preview
from wingbeat.types.structured_dataset.stored import literal_of, metadata_of

if TYPE_CHECKING:
    from wingbeat.types.transformers.structured_dataset import StructuredDatasetTransformerEngine

__all__ = ["from_document", "node", "schema_of", "to_document"]


def node(hint: Any) -> schema.Schema:
    """The packed node of `StructuredDataset` or a subclass."""
    text = schema.Optional(schema.Str())
    return converted(
        hint, lambda: schema.Mapping(schema.Str(), text), lambda content: from_document(content, hint), to_document
    )


def schema_of() -> dict[str, Any]:
    """The JSON schema, as mashumaro writes it."""
    text = {"anyOf": [{"type": "string"}, {"type": "null"}]}
    return {
        "type": "object",
        "title": "StructuredDataset",
        "properties": {"uri": {**text, "default": None}, "file_format": {**text, "default": ""}},
        "additionalProperties": False,
    }


def to_document(value: Any) -> dict[str, str]:
    """Location and format of a dataset, whose table is written if it is not stored yet."""
    from wingbeat.types.structured_dataset.dataset import StructuredDataset

    literal: Any = _transformer().to_literal(current_context(), value, StructuredDataset, None)
    stored = literal.scalar.structured_dataset
    return {"uri": stored.uri, "file_format": stored.metadata.structured_dataset_type.format}


def from_document(content: Any, hint: Any) -> Any:
    """The value of location and format, declared as `hint`.

    Raises `TypeTransformerFailedError` if there is no location.
    """
    from wingbeat.idl import StructuredDataset as Stored
    from wingbeat.idl import StructuredDatasetType

    uri = content.get("uri") if isinstance(content, dict) else None
    if uri is None:
        # The beginning is flytekit's message.
        raise TypeTransformerFailedError(
            "StructuredDataset's uri and file format should not be None; expected a map with 'uri' and 'file_format',"
            f" got {preview(content)}"
        )
    kind = StructuredDatasetType(columns=[], format=content.get("file_format") or "")
    literal = literal_of(Stored(uri=uri, metadata=metadata_of(kind)))
    return _transformer().to_python_value(current_context(), literal, hint)


def _transformer() -> StructuredDatasetTransformerEngine:
    from wingbeat.types.transformers.structured_dataset import transformer

    return transformer()
