"""Whether a value's own type is the declared Flyte type (flytekit: `strict_type_hint_matching`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wingbeat.types.castable import literal_types_match
from wingbeat.types.engine import TypeEngine
from wingbeat.types.preview import preview

if TYPE_CHECKING:
    from wingbeat.idl import LiteralType

__all__ = ["strict_type_hint_matching"]


def strict_type_hint_matching(input_val: Any, target_literal_type: LiteralType) -> Any:
    """The type of a value, if its Flyte type is the given one. Raises `ValueError` if it is another, or none at all."""
    native = type(input_val)
    inferred = TypeEngine.to_literal_type(native)
    if literal_types_match(inferred, target_literal_type):
        return native
    raise ValueError(
        f"the Flyte type of {native.__name__} is {preview(inferred)},"
        f" which does not match {preview(target_literal_type)}"
    )
