"""The msgpack of a node, for a `Document` node that is made of one by a Python conversion."""

from __future__ import annotations

from wingbeat.types import proto, schema
from wingbeat.types.unsupported import failed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_TAG = proto.message(2, "msgpack")

#: A literal holds a map at its top; the value is the only one in it, under an empty key: the first two bytes.
_KEY = ""
_HEAD = b"\x81\xa0"


class Packer:
    """Packs and unpacks the values of one packed node.

    `describe` makes the node when it is first needed: what contains itself has no end otherwise.
    """

    __slots__ = ("_codec", "_describe")

    def __init__(self, describe: Callable[[], schema.Schema]) -> None:
        self._describe = describe
        self._codec: Any = None

    def pack(self, value: Any) -> bytes:
        """A value as msgpack. Raises `TypeTransformerFailedError` if it does not fit."""
        try:
            return _content(self._compiled().encode({_KEY: value}))[len(_HEAD) :]
        except failed() as error:
            raise _inside(error) from error

    def unpack(self, data: bytes) -> Any:
        """The value of a msgpack document. Raises `TypeTransformerFailedError` if it does not fit."""
        binary = proto.message(1, _HEAD + data) + _TAG
        try:
            return self._compiled().decode(proto.message(1, proto.message(3, binary)))[_KEY]
        except failed() as error:
            raise _inside(error) from error

    def _compiled(self) -> Any:
        if self._codec is None:
            from wingbeat._core import Codec

            self._codec = Codec(schema.Packed(schema.Mapping(schema.Str(), self._describe()), False, ""))
        return self._codec


def _inside(error: Exception) -> Exception:
    """The same error without the part of the path that is made up here."""
    return failed()(str(error).removeprefix('value[""]').removeprefix(": "))


def _content(literal: bytes) -> bytes:
    """The document in a binary literal that a codec wrote: inside scalar, binary and value, each with a length."""
    position = 0
    length = 0
    for _ in range(3):
        position, length = _length(literal, position + 1)
    return literal[position : position + length]


def _length(data: bytes, position: int) -> tuple[int, int]:
    """Where a varint ends, and its number."""
    number = shift = 0
    while True:
        byte = data[position]
        position += 1
        number |= (byte & 0x7F) << shift
        if byte < 0x80:
            return position, number
        shift += 7


def converted(
    cls: type,
    describe: Callable[[], schema.Schema],
    make: Callable[[Any], Any],
    take: Callable[[Any], Any] | None = None,
) -> schema.Schema:
    """A node for `cls`: `make` makes a value of what the node that `describe` returns has read, `take` undoes it."""
    packer = Packer(describe)

    def dump(value: Any) -> bytes:
        return packer.pack(value if take is None else take(value))

    def load(data: bytes) -> Any:
        return make(packer.unpack(data))

    return schema.Document(cls, dump, load)
