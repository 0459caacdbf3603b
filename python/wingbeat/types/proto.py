"""Just enough of the protobuf wire format to write a `LiteralType` without importing protobuf."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def varint(number: int) -> bytes:
    """A non-negative integer, seven bits a byte, the lowest first."""
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def enum(field: int, number: int) -> bytes:
    """A field that holds an enum's number."""
    return varint(field << 3) + varint(number)


def message(field: int, body: bytes | str) -> bytes:
    """A field that holds a message, a string or bytes."""
    if isinstance(body, str):
        body = body.encode()
    return varint(field << 3 | 2) + varint(len(body)) + body


def struct(content: dict[str, Any]) -> bytes:
    """The body of a `google.protobuf.Struct`. Keys must be strings, numbers become doubles."""
    return b"".join(message(1, message(1, key) + message(2, _value(value))) for key, value in content.items())


def _value(value: Any) -> bytes:
    if value is None:
        return b"\x08\x00"
    if isinstance(value, bool):
        return b"\x20\x01" if value else b"\x20\x00"
    if isinstance(value, (int, float)):
        import struct as binary

        return b"\x11" + binary.pack("<d", value)
    if isinstance(value, str):
        return message(3, value)
    if isinstance(value, dict):
        return message(5, struct(value))
    if isinstance(value, (list, tuple)):
        return message(6, b"".join(message(1, _value(item)) for item in value))
    raise TypeError(f"{type(value).__name__} has no place in a protobuf Struct")
