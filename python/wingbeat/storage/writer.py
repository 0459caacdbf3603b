"""A file that is put in its place when it is closed, and only then."""

from __future__ import annotations

import io

from wingbeat.storage import copy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO, Any


class Target(io.FileIO):
    """The temporary file.

    `temporary` is what is deleted in the end, the file or its folder; `finish` puts the file in its place. That is not
    done once `abandoned` is set.
    """

    def __init__(self, path: str, mode: str, temporary: str, finish: Callable[[], None]) -> None:
        super().__init__(path, mode)
        self.abandoned = False
        self._temporary = temporary
        self._finish = finish

    def close(self) -> None:
        """Put it in its place. Raises StorageError."""
        if self.closed:
            return
        try:
            super().close()
            if not self.abandoned:
                self._finish()
        finally:
            copy.discard(self._temporary)


class BinaryWriter(io.BufferedWriter):
    """What users write bytes to."""

    raw: Target

    def close(self) -> None:
        """Put it in its place, unless its last bytes cannot be written. Raises OSError, StorageError."""
        if self.closed:
            return
        try:
            self.flush()
        except BaseException:
            self.raw.abandoned = True
            raise
        finally:
            super().close()

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.raw.abandoned |= kind is not None
        self.close()

    def __del__(self) -> None:
        # Nobody has closed it: what led there was an exception, or half of what was meant to be written.
        if not self.closed:
            self.raw.abandoned = True
            self.close()


class TextWriter(io.TextIOWrapper):
    """What users write text to."""

    buffer: BinaryWriter

    def close(self) -> None:
        """Put it in its place, unless its last characters cannot be written. Raises OSError, StorageError."""
        if self.closed:
            return
        try:
            self.flush()
        except BaseException:
            self.buffer.raw.abandoned = True
            raise
        finally:
            super().close()

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.buffer.raw.abandoned |= kind is not None
        self.close()

    def __del__(self) -> None:
        if not self.closed:
            self.buffer.raw.abandoned = True
            self.close()


def in_binary(target: Target) -> IO[bytes]:
    """For bytes."""
    return BinaryWriter(target)


def in_text(target: Target, options: dict[str, Any]) -> IO[str]:
    """For text."""
    return TextWriter(BinaryWriter(target), **{name: value for name, value in options.items() if name != "buffering"})
