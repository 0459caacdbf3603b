"""Which parts of a type are converted in Rust, and which by Python."""

from __future__ import annotations

from wingbeat.types import schema

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


def python_parts(node: schema.Schema) -> list[str]:
    """What Python does for values of a type, each once: names of transformers, and of classes that convert themselves.

    Empty if Rust does everything; it also does what is around those parts, such as the list that they are in.
    """
    return list(dict.fromkeys(parts(node)))


def parts(node: Any) -> Iterator[str]:
    """The same, as often as it occurs."""
    if isinstance(node, (schema.Callback, schema.Blob)):
        yield node.name
    elif isinstance(node, (schema.Json, schema.Document)):
        yield f"{node.cls.__name__}, which converts itself"
    elif isinstance(node, (tuple, list)):
        for one in node:
            yield from parts(one)
    elif isinstance(node, schema.Schema):
        if isinstance(node, schema.Hashed):
            yield "a hash method"
        for slot in node.__slots__:
            value = getattr(node, slot)
            if slot != "default":
                yield from parts(value)
