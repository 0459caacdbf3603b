"""`TypedDict` inside a document: a map of which every key has a type of its own (type-system spec 4.3)."""

from __future__ import annotations

import typing

from wingbeat.types import schema
from wingbeat.types.document import Packer
from wingbeat.types.hints import form, is_annotated, name

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any


class Record:
    """Packs and unpacks the declared keys of a `TypedDict`; others are left out, as in flytekit.

    `types` are the keys' types, `bound` the arguments of a generic one. `describe(type, bound)` makes a key's node.
    """

    def __init__(
        self, hint: Any, arguments: tuple[Any, ...], describe: Callable[[Any, Mapping[Any, Any]], schema.Schema]
    ) -> None:
        self._name = name(hint)
        self.bound = dict(zip(getattr(hint, "__parameters__", ()), arguments, strict=False))
        hints = typing.get_type_hints(hint, include_extras=True)
        self.types = {key: _content(one) for key, one in hints.items()}
        self._required = frozenset(
            key for key, one in hints.items() if _is_required(one, key in hint.__required_keys__)
        )
        self._fields = {key: Packer(_maker(describe, one, self.bound)) for key, one in self.types.items()}
        self._text = Packer(schema.Str)
        self._whole = Packer(lambda: schema.Mapping(schema.Any(), schema.Any()))
        self._any = Packer(schema.Any)

    def pack(self, value: Any) -> bytes:
        """A dict as a msgpack map. Required keys come first, as in flytekit."""
        keys = [key for key in self._fields if key in self._required]
        for key in keys:
            if key not in value:
                raise KeyError(f"missing key {key!r} of {self._name}")
        keys += [key for key in self._fields if key not in self._required and key in value]
        entries = [self._text.pack(key) + self._fields[key].pack(value[key]) for key in keys]
        return _map_header(len(entries)) + b"".join(entries)

    def unpack(self, data: bytes) -> dict[str, Any]:
        """A msgpack map as a dict."""
        content = self._whole.unpack(data)
        for key in self._fields:
            if key in self._required and key not in content:
                raise KeyError(f"missing key {key!r} of {self._name}")
        return {
            key: field.unpack(self._any.pack(content[key])) for key, field in self._fields.items() if key in content
        }


def _maker(describe: Any, hint: Any, bound: Mapping[Any, Any]) -> Callable[[], schema.Schema]:
    return lambda: describe(hint, bound)


def _is_required(hint: Any, required: bool) -> bool:
    # On Python 3.10, and where annotations are postponed, `__required_keys__` does not know these.
    while is_annotated(hint):
        hint = hint.__origin__
    return {"Required": True, "NotRequired": False}.get(form(getattr(hint, "__origin__", None)), required)


def _content(hint: Any) -> Any:
    while form(getattr(hint, "__origin__", None)) in ("Required", "NotRequired", "ReadOnly"):
        hint = hint.__args__[0]
    return hint


def _map_header(length: int) -> bytes:
    if length < 16:
        return bytes((0x80 | length,))
    if length < 1 << 16:
        return b"\xde" + length.to_bytes(2, "big")
    return b"\xdf" + length.to_bytes(4, "big")
