"""The bytes of an archive in their order, unpacked while they are read, never more than a few of them in memory."""

from __future__ import annotations

import zlib

from wingbeat.runtime.bundle.errors import BundleError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from wingbeat.runtime.bundle.limits import Limits

PIECE = 1024 * 1024
GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31  # of zlib: gzip's own frame, with its checksum


class Stream:
    """Reads from an open file, which is gzip or is not: its first bytes say so, not its name."""

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        self._file = file
        self._limits = limits
        self._packed = 0
        self._pieces = self._unpack()
        self._piece = b""
        self._at = 0

    def read(self, size: int) -> bytes:
        """The next `size` bytes, fewer only at the end. For headers; content goes by `pieces`."""
        parts = []
        while size and self._more():
            part = self._piece[self._at : self._at + size]
            self._at += len(part)
            size -= len(part)
            parts.append(part)
        return b"".join(parts)

    def pieces(self, size: int) -> Iterator[bytes]:
        """The next `size` bytes in pieces.

        Raises:
            BundleError: the archive ends before.
        """
        while size:
            part = self.read(min(size, PIECE))
            if not part:
                raise ended()
            size -= len(part)
            yield part

    def drain(self) -> None:
        """Read to the end: only there does gzip say whether everything before was right."""
        self._at = len(self._piece)
        while self._more():
            self._at = len(self._piece)

    def _more(self) -> bool:
        """Whether there is something to take from the current piece, or from the next that is not empty."""
        while self._at >= len(self._piece):
            piece = next(self._pieces, None)
            if piece is None:
                return False
            self._limits.add_bytes(len(piece), self._packed)
            self._piece, self._at = piece, 0
        return True

    def _load(self) -> bytes:
        data = self._file.read(PIECE)
        self._packed += len(data)
        return data

    def _unpack(self) -> Iterator[bytes]:
        data = self._load()
        if data.startswith(GZIP):
            try:
                yield from self._gunzip(data)
            except zlib.error as error:
                raise BundleError(f"it is damaged: {error}. Register the task again") from error
        else:
            while data:
                yield data
                data = self._load()

    def _gunzip(self, data: bytes) -> Iterator[bytes]:
        """What is in the frames of gzip, of which there may be several, and zeros after them."""
        while data:
            frame = zlib.decompressobj(_GZIP_WINDOW)
            while not frame.eof:
                data = data or self._load()
                piece = frame.decompress(data, PIECE)
                if not data and not piece and not frame.eof:
                    raise ended()
                yield piece
                data = frame.unconsumed_tail
            data = frame.unused_data.lstrip(b"\0")
            while not data:
                loaded = self._load()
                if not loaded:
                    return
                data = loaded.lstrip(b"\0")


def ended() -> BundleError:
    """The error of an archive that is not whole."""
    return BundleError("it ends in the middle, so its upload or its download broke off. Register the task again")
