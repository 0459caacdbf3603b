"""What a literal holds, in the words of messages."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from wingbeat.idl import Literal

_SCALARS = {
    "primitive": "a primitive",
    "blob": "blob",
    "binary": "binary",
    "schema": "schema",
    "none_type": "none",
    "error": "error",
    "generic": "struct",
    "structured_dataset": "structured dataset",
    "union": "union",
}
_PRIMITIVES = {
    "integer": "integer",
    "float_value": "float",
    "string_value": "string",
    "boolean": "boolean",
    "datetime": "datetime",
    "duration": "duration",
}


def kind_of(literal: Literal) -> str:
    """`integer`, `collection of 3`, `none`, `blob`, ...: never the value itself."""
    if literal.collection is not None:
        return f"collection of {len(literal.collection.literals)}"
    if literal.map is not None:
        return f"map of {len(literal.map.literals)}"
    if literal.offloaded_metadata is not None:
        return "offloaded literal"
    scalar = literal.scalar
    if scalar is None:
        return "nothing"
    if scalar.primitive is not None:
        return next(
            (word for name, word in _PRIMITIVES.items() if getattr(scalar.primitive, name) is not None), "nothing"
        )
    return next((word for name, word in _SCALARS.items() if getattr(scalar, name) is not None), "nothing")
