"""How error messages call literals, packed values and Python values. No message ever holds a whole literal."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from wingbeat.reference.tree import Extension, Pairs

if TYPE_CHECKING:
    from flyteidl.core import literals_pb2

#: Characters of a value that a message shows.
PREVIEW = 200
#: What to do about a null where a value is declared.
OPTIONAL = "declare Optional[...] where None is allowed"

_PRIMITIVES = {
    "integer": "integer",
    "float_value": "float",
    "string_value": "string",
    "boolean": "boolean",
    "datetime": "datetime",
    "duration": "duration",
}
_SCALARS = {
    "blob": "blob",
    "binary": "binary",
    "schema": "schema",
    "none_type": "none",
    "error": "error",
    "generic": "struct",
    "structured_dataset": "structured dataset",
}


def preview(value: Any) -> str:
    """At most `PREVIEW` characters of a scalar's `repr`; never a container's content, nor what a subclass may print."""
    if type(value) in (str, bytes):
        text = repr(value[: PREVIEW + 1])
    elif type(value) is int:
        # `repr` of a huge integer is slow, and refused above 4,300 digits.
        text = repr(value) if value.bit_length() <= 640 else f"of {value.bit_length()} bits"
    elif type(value) in (type(None), bool, float, datetime.datetime, datetime.date, datetime.timedelta):
        text = repr(value)
    else:
        text = ""
    return preview_text(text)


def listing(values: Any) -> str:
    """Values in a row."""
    return preview_text(", ".join(map(preview, values)))


def preview_text(text: str) -> str:
    """Text of somebody else's making, cut to the same length."""
    return text if len(text) <= PREVIEW else text[: PREVIEW - 1] + "…"


def literal(value: literals_pb2.Literal) -> str:
    """A literal in literal words: `string 'abc'`, `collection of 3`, `nothing`."""
    kind = value.WhichOneof("value")
    if kind == "collection":
        return f"collection of {len(value.collection.literals)}"
    if kind == "map":
        return f"map of {len(value.map.literals)}"
    if kind == "offloaded_metadata":
        return "offloaded literal"
    if kind is None:
        return "nothing"
    scalar = value.scalar.WhichOneof("value")
    if scalar == "union":
        return f"union of tag {preview(value.scalar.union.type.structure.tag)}"
    if scalar != "primitive":
        return "nothing" if scalar is None else _SCALARS[scalar]
    primitive = value.scalar.primitive.WhichOneof("value")
    if primitive is None:
        return "nothing"
    word = _PRIMITIVES[primitive]
    if primitive in ("datetime", "duration"):
        return word
    shown = getattr(value.scalar.primitive, primitive)
    return f"{word} {str(shown).lower() if primitive == 'boolean' else preview(shown)}"


def packed(value: Any) -> str:
    """A value of a msgpack document or a `Struct`, in literal words."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return f"boolean {str(value).lower()}"
    if isinstance(value, Pairs):
        return f"map of {len(value)}"
    if isinstance(value, list):
        return f"collection of {len(value)}"
    if isinstance(value, Extension):
        return f"extension of type {value.code}"
    words = {int: "integer", float: "float", str: "string"}
    if type(value) in words:
        return f"{words[type(value)]} {preview(value)}"
    return f"binary of {len(value)} bytes"


def python(value: Any) -> str:
    """A Python value in Python words: `str 'abc'`, `list of 3`, `None`."""
    if value is None:
        return "None"
    name = type(value).__name__
    if isinstance(value, (list, tuple, dict, set, frozenset)):
        return f"{name} of {len(value)}"
    shown = preview(value)
    return f"{name} {shown}" if shown else name
