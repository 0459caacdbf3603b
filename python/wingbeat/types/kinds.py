"""What a literal or a value is, in the words of messages."""

from __future__ import annotations

from wingbeat.types.preview import preview

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from wingbeat.errors import TypeTransformerFailedError
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

#: Classes whose `repr` is short and never fails.
_SHOWN = ("NoneType", "bool", "int", "float", "str", "bytes", "datetime", "date", "timedelta")
_COUNTED = (list, tuple, dict, set, frozenset)


def unexpected(expected: str, literal: Literal) -> TypeTransformerFailedError:
    """The error of a literal of another kind; of one that holds None, with what to do about it."""
    from wingbeat.errors import TypeTransformerFailedError

    got = kind_of(literal)
    advice = "; declare Optional[...] where None is allowed" if got == "none" else ""
    return TypeTransformerFailedError(f"expected {expected}, got {got}{advice}")


def refused(expected: str, value: Any) -> TypeTransformerFailedError:
    """The error of a value of another class than `expected`; of None, with what to do about it."""
    from wingbeat.errors import TypeTransformerFailedError

    advice = f"; declare Optional[{expected}] if None is allowed" if value is None else ""
    return TypeTransformerFailedError(f"expected {expected}, got {value_kind(value)}{advice}")


def value_kind(value: Any) -> str:
    """`int 5`, `list of 3`, `Point`: a value's class, and of a plain scalar a glimpse of it."""
    kind = type(value).__name__
    if value is None:
        return "None"
    if isinstance(value, _COUNTED):
        return f"{kind} of {len(value)}"
    if type(value).__module__ not in ("builtins", "datetime") or kind not in _SHOWN:
        return kind
    if isinstance(value, int) and value.bit_length() > 640:  # printing a long one is slow, and refused
        return f"{kind} of {value.bit_length()} bits"
    return f"{kind} {preview(repr(value[:201] if isinstance(value, (str, bytes)) else value))}"


def is_literal_map(data: bytes) -> bool:
    """Whether protobuf can parse a `LiteralMap`, whatever the documents inside of it hold."""
    from wingbeat.idl import LiteralMap

    try:
        LiteralMap.from_bytes(data)
    except ValueError:
        return False
    return True


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
