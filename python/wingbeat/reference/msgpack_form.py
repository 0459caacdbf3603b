"""msgpack documents to and from the neutral form, as flytekit's packer writes them (type-system spec 4.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgpack

from wingbeat.reference.place import malformed
from wingbeat.reference.tree import Extension, Pairs

if TYPE_CHECKING:
    from wingbeat.reference.place import Place

#: Containers inside each other, read and written.
MAX_DEPTH = 128


def unpack(data: bytes, place: Place) -> Any:
    """The content of one document. Anything but exactly one well-formed document is malformed."""
    try:
        value = msgpack.unpackb(data, raw=False, strict_map_key=False, object_pairs_hook=Pairs, ext_hook=Extension)
    except msgpack.ExtraData as error:
        raise malformed(place, f"{len(error.extra)} bytes follow the msgpack document") from None
    except (ValueError, msgpack.UnpackException) as error:  # truncated, unknown byte, not UTF-8, nested too deeply
        raise malformed(place, f"not a msgpack document: {error}") from None
    return _checked(value, place, 0)


def _checked(value: Any, place: Place, depth: int) -> Any:
    if isinstance(value, msgpack.Timestamp):
        return Extension(-1, value.to_bytes())
    if isinstance(value, list):
        if depth == MAX_DEPTH:
            raise malformed(place, "the nesting is too deep")
        if isinstance(value, Pairs):
            return Pairs((_checked(k, place, depth + 1), _checked(v, place, depth + 1)) for k, v in value)
        return [_checked(item, place, depth + 1) for item in value]
    return value


def pack(value: Any) -> bytes:
    """The bytes of a neutral value; `packed_write` has checked that it can be written."""
    packer = msgpack.Packer(use_bin_type=True, autoreset=False)
    _pack(packer, value)
    return packer.bytes()


def _pack(packer: msgpack.Packer, value: Any) -> None:
    if isinstance(value, Extension):
        packer.pack_ext_type(*value)
    elif isinstance(value, Pairs):
        packer.pack_map_header(len(value))
        for key, item in value:
            _pack(packer, key)
            _pack(packer, item)
    elif isinstance(value, list):
        packer.pack_array_header(len(value))
        for item in value:
            _pack(packer, item)
    else:
        packer.pack(value)
