"""pydantic's models: they convert themselves to and from JSON (type-system spec 2.11).

Loaded only for one, so pydantic itself is there.
"""

from __future__ import annotations

from wingbeat.types import schema
from wingbeat.types.kinds import refused

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def json_node(cls: Any) -> schema.Schema:
    """The node of a model."""

    def dump(value: Any) -> str:
        if not hasattr(value, "model_dump_json"):
            raise refused(cls.__name__, value)
        text: str = value.model_dump_json()
        return text

    return schema.Json(cls, dump, loader(cls))


def loader(cls: Any) -> Callable[[bytes], Any]:
    """What makes a model of JSON text, with the context that flytekit gives.

    A class that has pydantic's own `model_validate_json` is spared the Python frame of it: the validator is called,
    which is all that it does. Fields are also found by their names where they have aliases: so they are written.
    """
    import sys

    pydantic = sys.modules["pydantic"]
    validate = cls.model_validate_json
    if getattr(validate, "__func__", None) is pydantic.BaseModel.model_validate_json.__func__:
        validate = cls.__pydantic_validator__.validate_json
        if tuple(map(int, pydantic.VERSION.split(".")[:2])) < (2, 11):
            validate = _without_names(validate)
    else:
        validate = _without_names(validate)
    context = {"deserialize": True}
    invalid = pydantic.ValidationError

    def load(text: bytes) -> Any:
        try:
            return validate(text, strict=False, context=context, by_alias=True, by_name=True)
        except invalid as error:
            from wingbeat.types.invalid_content import of_model

            raise of_model(cls, error) from error

    return load


def _without_names(validate: Callable[..., Any]) -> Callable[..., Any]:
    """For what does not know the last two arguments: a method of the user's, or pydantic before 2.11."""
    return lambda text, *, strict, context, by_alias, by_name: validate(text, strict=strict, context=context)  # noqa: ARG005


def field_types(cls: Any) -> dict[str, Any]:
    """The type of each field by name."""
    return {name: field.annotation for name, field in cls.model_fields.items()}


def json_schema(cls: Any) -> dict[str, Any]:
    """What pydantic says about the model."""
    found: dict[str, Any] = cls.model_json_schema()
    return found
