"""A file that is read by ranges: nothing but what is asked for is fetched."""

from __future__ import annotations

import io

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, BinaryIO

#: Bytes of one request at least, as long as the file is read on.
_BUFFER = 2**20


class RangeReader(io.RawIOBase):
    """The bytes that `read(start, end)` gives, as a file of `size` bytes."""

    def __init__(self, read: Callable[[int, int], Any], size: int) -> None:
        super().__init__()
        self._read = read
        self._size = size
        self._position = 0

    def buffered(self) -> BinaryIO:
        """The file that users get."""
        return io.BufferedReader(self, _BUFFER)

    def readable(self) -> bool:
        """Yes."""
        return True

    def seekable(self) -> bool:
        """Yes."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a position. Raises ValueError for one before the start."""
        base = (0, self._position, self._size)[whence]
        if base + offset < 0:
            raise ValueError(f"negative seek position {base + offset}")
        self._position = base + offset
        return self._position

    def tell(self) -> int:
        """The position."""
        return self._position

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as the file goes."""
        end = min(self._position + len(buffer), self._size)
        count = end - self._position
        if count <= 0:
            return 0
        buffer[:count] = memoryview(self._read(self._position, end)).cast("B")
        self._position = end
        return count
