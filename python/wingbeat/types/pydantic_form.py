"""pydantic's models: they convert themselves to and from JSON (type-system spec 2.11).

Loaded only for one, so pydantic itself is there.
"""

from __future__ import annotations

from wingbeat.types import schema
from wingbeat.types.preview import preview

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
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

    return schema.Json(cls, dump, loader(cls))


def loader(cls: Any) -> Callable[[bytes], Any]:
    """What makes a model of JSON text, with the context that flytekit gives.

    A class that has pydantic's own `model_validate_json` is spared the Python frame of it: the validator is called,
    which is all that it does.
    """
    import sys
    from functools import partial

    base = sys.modules["pydantic"].BaseModel
    validate = cls.model_validate_json
    if getattr(validate, "__func__", None) is base.model_validate_json.__func__:
        validate = cls.__pydantic_validator__.validate_json
    return partial(validate, strict=False, context={"deserialize": True})


def field_types(cls: Any) -> dict[str, Any]:
    """The type of each field by name."""
    return {name: field.annotation for name, field in cls.model_fields.items()}


def json_schema(cls: Any) -> dict[str, Any]:
    """What pydantic says about the model."""
    found: dict[str, Any] = cls.model_json_schema()
    return found
