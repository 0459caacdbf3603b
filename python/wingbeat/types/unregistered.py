"""The transformers of types for which none is registered: what compiled codecs convert, and what is pickled."""

from __future__ import annotations

from wingbeat.types.hints import (
    is_annotated,
    is_dataclass,
    is_enum,
    is_literal,
    is_named_tuple,
    is_odd_container,
    is_pydantic_model,
    is_union,
    origin,
)
from wingbeat.types.literal_type import tag_of
from wingbeat.types.transformer import RestrictedTypeTransformer
from wingbeat.types.transformers.builtin import BuiltinTransformer
from wingbeat.types.unsupported import refuse_odd, refuse_string, refuse_unpicklable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.types.transformer import TypeTransformer


def unregistered(hint: Any) -> TypeTransformer[Any]:
    """The transformer of a hint. Raises `TypeTransformerFailedError` if nothing converts it."""
    if is_annotated(hint):
        return unregistered(hint.__origin__)
    tag = tag_of(hint)
    if tag == "FlytePickle":
        outer = origin(hint) or hint
        if outer is tuple or is_named_tuple(hint):
            return RestrictedTypeTransformer("non typed tuple", tuple)
        if isinstance(hint, str):
            refuse_string(hint, "")
        if is_odd_container(hint):
            refuse_odd(hint, "")
        refuse_unpicklable(hint, "")
        from wingbeat.types.transformers.pickle import fallback

        return fallback(hint)
    return BuiltinTransformer(tag, _family(hint))


def _family(hint: Any) -> Any:
    """The type that flytekit's transformer of this hint names as its own."""
    if is_union(hint):
        import typing

        return typing.Union
    if is_enum(hint):
        import enum

        return enum.Enum
    if is_literal(hint) or is_dataclass(hint):
        return object
    if is_pydantic_model(hint):
        return next(
            base for base in hint.__mro__ if base.__module__ == "pydantic.main" and base.__name__ == "BaseModel"
        )
    return origin(hint) or hint
