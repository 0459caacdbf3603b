"""pydantic's models: they convert themselves to and from JSON (type-system spec 2.11).

Loaded only for one, so pydantic itself is there.
"""

from __future__ import annotations

from wingbeat.types import schema
from wingbeat.types.preview import preview

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def json_node(cls: Any) -> schema.Schema:
    """The node of a model."""

    def dump(value: Any) -> str:
        dump_json = getattr(value, "model_dump_json", None)
        if dump_json is None:
            from wingbeat.errors import TypeTransformerFailedError

            raise TypeTransformerFailedError(
                f"expected {cls.__name__}, got {type(value).__name__} {preview(repr(value))}"
            )
        text: str = dump_json()
        return text

    def load(text: bytes) -> Any:
        return cls.model_validate_json(text, strict=False, context={"deserialize": True})

    return schema.Json(cls, dump, load)


def field_types(cls: Any) -> dict[str, Any]:
    """The type of each field by name."""
    return {name: field.annotation for name, field in cls.model_fields.items()}


def json_schema(cls: Any) -> dict[str, Any]:
    """What pydantic says about the model."""
    found: dict[str, Any] = cls.model_json_schema()
    return found
