"""What `FileAccess.put_raw_data` takes, as chunks of bytes."""

from __future__ import annotations

import io
import os

from wingbeat.exceptions import FlyteAssertion

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


def is_path(source: Any) -> bool:
    """Whether it names a file or folder."""
    return isinstance(source, (str, os.PathLike))


def chunks_of(source: Any, size: int, encoding: str) -> Iterator[bytes]:
    """The content of bytes or of an open file, from its start, `size` bytes or characters at a time.

    Raises:
        FlyteAssertion: it is neither, or was not opened for reading.
    """
    if isinstance(source, (bytes, bytearray, memoryview)):
        return iter((bytes(source),))
    if isinstance(source, io.TextIOBase):
        # One encoder for all of it: in UTF-16, say, only the first chunk begins with a mark.
        return encode(read(source, size), encoding)
    if isinstance(source, io.IOBase):
        return read(source, size)
    raise FlyteAssertion(f"Unsupported lpath type {type(source)}")


def read(file: Any, size: int) -> Iterator[Any]:
    """The chunks of a file that is open."""
    if not file.readable():
        raise FlyteAssertion("Buffered reader must be readable")
    if file.seekable():
        file.seek(0)
    while chunk := file.read(size):
        yield chunk


def encode(chunks: Iterator[str], encoding: str) -> Iterator[bytes]:
    """Text as bytes."""
    from codecs import iterencode

    return iterencode(chunks, encoding)
